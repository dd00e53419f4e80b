"""What one party asks of another, with its term, and what came back."""

from typing import Literal, Self, get_args

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import AnyReference, Flag, Frozen, Id, ItemReference, Number, public, public_list
from ogpcase.model.codelists import CountedFrom, Outcome, Stage
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties
from ogpcase.model.texts import Text

Unit = Literal["days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Within(Frozen):
    """A term: so many days, weeks, months or years after something."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [unit]} for unit in UNITS]})

    days: Number | None = public("So many days.")
    weeks: Number | None = public("So many weeks.")
    months: Number | None = public("So many calendar months; clamped to the month's end.")
    years: Number | None = public("So many calendar years.")
    after: AnyReference | None = public("The event, or the request whose being met, starts the term; else this paper.")
    from_: CountedFrom | None = public("From which day of that paper it counts.", alias="from")

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if sum(getattr(self, unit) is not None for unit in UNITS) != 1:
            raise PydanticCustomError("needs_just_one", "{fields}", {"fields": ", ".join(UNITS)})
        return self


class OnMissed(Frozen):
    """What the paper says will follow when the term is missed; shown, never applied by itself."""

    text: Text = public("What follows, in our own words.", required=True)
    stage: Stage | None = public("The stage that would follow.")


class Request(Frozen):
    """One thing asked of one or several parties; recommendations and milestones too."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["due", "within"]}})

    id: Id = public("Its name within this record, as `independent-investigation`.", required=True)
    asked_of: Parties = public_list("Who is asked; left out when the paper names nobody.")
    text: Text = public("What is asked, in our own words.", required=True)
    due: FuzzyDate | None = public("The last day that is in time.")
    within: Within | None = public("The term, when it is counted from something.")
    on_missed: OnMissed | None = public("What follows when the term is missed.")
    answer_withheld: Flag = public("True in a public copy that leaves out what came back.", default=False)

    @model_validator(mode="after")
    def _has_one_term(self) -> Self:
        if self.due is not None and self.within is not None:
            raise PydanticCustomError("excludes", "{fields}", {"fields": "due, within"})
        return self


class Answer(Frozen):
    """What this record says came back on a request, its own or, told `of` others, theirs."""

    request: ItemReference = public("The request it speaks to: `event-id#item`.", required=True)
    answer: Outcome = public("What came back.", required=True)
    of: Parties = public_list(
        "Whose answer this is when it is not that of whoever acts here; always given with `none`."
    )
    new_due: FuzzyDate | None = public("The new last day, when the term was moved.")
