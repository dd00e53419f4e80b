"""What one party asks of another, with its term, and what came back."""

from typing import Annotated, Literal, Self, get_args

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import AnyReference, Coded, Flag, Frozen, Id, ItemReference, Number, described, described_list
from ogpcase.model.codelists import CountedFrom, Outcome, Stage
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties
from ogpcase.model.texts import Text

Unit = Literal["days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Within(Frozen):
    """A term: so many days, weeks, months or years after something."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [unit]} for unit in UNITS]})

    days: Number | None = described("So many days.", public=True)
    weeks: Number | None = described("So many weeks.", public=True)
    months: Number | None = described("So many calendar months; clamped to the month's end.", public=True)
    years: Number | None = described("So many calendar years.", public=True)
    after: AnyReference | None = described(
        "The event, or the request whose being met, starts the term; else this paper.", public=True
    )
    from_: Annotated[CountedFrom, Coded] | None = described(
        "From which day of that paper it counts.", alias="from", public=True
    )

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if sum(getattr(self, unit) is not None for unit in UNITS) != 1:
            raise PydanticCustomError("needs_just_one", "{fields}", {"fields": ", ".join(UNITS)})
        return self


class OnMissed(Frozen):
    """What the paper says will follow when the term is missed; shown, never applied by itself."""

    text: Text = described("What follows, in our own words.", required=True, public=True)
    stage: Annotated[Stage, Coded] | None = described("The stage that would follow.", public=True)


class Request(Frozen):
    """One thing asked of one or several parties; recommendations and milestones too."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["due", "within"]}})

    id: Id = described("Its name within this record, as `independent-investigation`.", required=True, public=True)
    asked_of: Parties = described_list("Who is asked; left out when the paper names nobody.", public=True)
    text: Text = described("What is asked, in our own words.", required=True, public=True)
    due: FuzzyDate | None = described("The last day that is in time.", public=True)
    within: Within | None = described("The term, when it is counted from something.", public=True)
    on_missed: OnMissed | None = described("What follows when the term is missed.", public=True)
    answer_withheld: Flag = described(
        "True in a public copy that leaves out what came back.", public=True, default=False
    )

    @model_validator(mode="after")
    def _has_one_term(self) -> Self:
        if self.due is not None and self.within is not None:
            raise PydanticCustomError("excludes", "{fields}", {"fields": "due, within"})
        return self


class Answer(Frozen):
    """What this record says came back on a request, its own or, told `of` others, theirs."""

    request: ItemReference = described("The request it speaks to: `event-id#item`.", required=True, public=True)
    answer: Annotated[Outcome, Coded] = described("What came back.", required=True, public=True)
    of: Parties = described_list(
        "Whose answer this is when it is not that of whoever acts here; always given with `none`.", public=True
    )
    new_due: FuzzyDate | None = described("The new last day, when the term was moved.", public=True)
