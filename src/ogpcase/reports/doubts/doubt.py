"""A doubt about a fact of a case, the record that would settle it, and the list of all kinds of doubt."""

from enum import StrEnum
from typing import Literal, NamedTuple, Self, TypeAlias, get_args

from ogpcase.model.codelists import Kind
from ogpcase.model.events import Concern, Event, Report, Resolution
from ogpcase.output.messages import _, marked
from ogpcase.policy.procedures import procedure_of
from ogpcase.reports.shown import Shown

What: TypeAlias = Literal["contradicted", "uncertain", "unsourced"]
WHATS: tuple[What, ...] = ("contradicted", "uncertain", "unsourced")
"""The kinds of doubt, the gravest first."""
Touches: TypeAlias = Literal["step", "other", "context"]
"""What a doubt affects: a step of the case, another event, or background."""


class About(StrEnum):
    """The reason for a doubt: a stable code, the kind of doubt, and a headline; in the order of display."""

    what: What
    label: str

    def __new__(cls, code: str, what: What, label: str) -> Self:
        """Makes a member from a code, a kind of doubt and a headline."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.what = what
        member.label = label
        return member

    DATES_DISAGREE = "dates_disagree", "contradicted", marked("Sources give different days")
    FACT_DISAGREES = "fact_disagrees", "contradicted", marked("Sources state a fact differently")
    ANSWERS_DISAGREE = "answers_disagree", "contradicted", marked("Two sides tell differently what came back")
    AS_STATED_DIFFERS = "as_stated_differs", "contradicted", marked("A source's word for the status is another stage's")
    PERHAPS_MOVED = "perhaps_moved", "uncertain", marked("Perhaps the case has moved on")
    ORDER_OPEN = "order_open", "uncertain", marked("Which of two steps came first is open")
    VERSION_UNKNOWN = "version_unknown", "uncertain", marked("The policy's version is not known")
    RULE_NOT_VERIFIED = "rule_not_verified", "uncertain", marked("A step rests on a rule that nobody could verify")
    DEPARTURE = "departure", "uncertain", marked("Steps outside the policy's moves, or not verified")
    FILERS_NOT_ALL_NAMED = "filers_not_all_named", "uncertain", marked("Not all filers are named")
    GROUNDS_UNKNOWN = "grounds_unknown", "uncertain", marked("The grounds are not known")
    ALLEGATIONS_UNKNOWN = "allegations_unknown", "uncertain", marked("What is alleged is not known")
    POSITION_UNKNOWN = (
        "position_unknown",
        "uncertain",
        marked("What the government says of the allegations is not known"),
    )
    CONCLUSION_UNKNOWN = "conclusion_unknown", "uncertain", marked("What a report concludes is not known")
    FINDING_UNKNOWN = "finding_unknown", "uncertain", marked("What a report found is not known")
    ACTOR_UNKNOWN = "actor_unknown", "uncertain", marked("Who acted is not known")
    UNDATED = "undated", "uncertain", marked("No date is known")
    QUALIFIED_DATE = "qualified_date", "uncertain", marked("Dates that are not sure")
    IMPRECISE_DATE = "imprecise_date", "uncertain", marked("Dates known only roughly")
    NO_START = "no_start", "uncertain", marked("Terms whose start is not known")
    NEW_TERM_UNKNOWN = "new_term_unknown", "uncertain", marked("Terms moved to a day that is not known")
    ANSWER_UNKNOWN = "answer_unknown", "uncertain", marked("Answers that were looked for in vain")
    LEAD_UNKNOWN = "lead_unknown", "uncertain", marked("Who leads is not known")
    COMPLETION_UNKNOWN = "completion_unknown", "uncertain", marked("How far a commitment was kept is not known")
    SIGNATORIES_NOT_ALL_NAMED = "signatories_not_all_named", "uncertain", marked("Not all signatories are named")
    PARTY_UNKNOWN = "party_unknown", "uncertain", marked("Somebody is not named")
    DATES_MAY_BE_THE_SAME = "dates_may_be_the_same", "uncertain", marked("Dates that may mean the same day")
    NO_SOURCE = "no_source", "unsourced", marked("Events without a source")
    DEPARTURE_WITHOUT_SOURCE = "departure_without_source", "unsourced", marked("Departures without a source")
    INFERRED = "inferred", "unsourced", marked("Facts that are inferred")
    FACT_WITHOUT_SOURCE = "fact_without_source", "unsourced", marked("Facts that no source gives")


_DECIDES = frozenset({About.PERHAPS_MOVED, About.ORDER_OPEN, About.AS_STATED_DIFFERS})
"""The doubts of which the stage of the case hangs."""
Bears: TypeAlias = Literal["stage", "step", "other", "context"]
BEARS: tuple[Bears, ...] = get_args(Bears)
"""What a doubt bears on, the most important first: the present stage, then what it affects."""


class SaidBy(NamedTuple):
    """One of several values that sources give for the same fact, with these sources; it may be a code with a label."""

    value: str
    sources: tuple[str, ...]
    note: str | None = None

    @property
    def in_words(self) -> str:
        """The value as a view prints it: of a code, its label."""
        label: str | None = getattr(self.value, "label", None)
        return _(label) if label else self.value


class Doubt(NamedTuple):
    """A fact that is uncertain, contradicted or unsourced: its place, the doubt, and what would settle it.

    `reference` is an event or an item of one, or the case's id where it is about the header. `values` are what the
    sources say where they differ. `certain` is false where the event has only possibly happened.
    """

    case: str
    about: About
    touches: Touches
    reference: str
    kind: Kind | None
    field: str | None
    said: str
    settled_by: str
    certain: bool
    values: tuple[SaidBy, ...] = ()

    @property
    def what(self) -> What:
        """The kind of the doubt."""
        return self.about.what

    @property
    def bears_on(self) -> Bears:
        """The stage, if that hangs on the doubt; else what it affects."""
        return "stage" if self.about in _DECIDES and self.touches != "context" else self.touches


class DoubtedEvent(NamedTuple):
    """An event in which doubts are looked for, and its case as one reader sees it."""

    shown: Shown
    event: Event

    def sound(self, *fields: str) -> bool:
        """True if all values of these fields could be used; wrong values are left out."""
        return self.shown.case.flawed.get(self.event.id, frozenset()).isdisjoint(fields)

    def doubt(  # noqa: PLR0913 - the parts of a doubt, most of them by name
        self,
        about: About,
        field: str | None,
        said: str,
        settled_by: str,
        *,
        item: str | None = None,
        values: tuple[SaidBy, ...] = (),
    ) -> Doubt:
        """Returns a doubt about this event, or about an item of it."""
        event = self.event
        reference = f"{event.id}#{item}" if item else event.id
        certain = self.shown.reader.moment.certain(event)
        return Doubt(
            self.shown.case.id, about, self.touches, reference, event.kind, field, said, settled_by, certain, values
        )

    @property
    def touches(self) -> Touches:
        """What doubts about this event affect."""
        event = self.event
        if event.context and self.sound("context"):
            return "context"
        moves = bool(event.moves_to) and self.sound("moves_to")
        own = isinstance(event, Report) and procedure_of(self.shown.case).has_report_type(event.report_type)
        return "step" if moves or own or isinstance(event, Concern | Resolution) else "other"

    @property
    def copy(self) -> str:
        """What to look for if the paper itself would settle a doubt."""
        return _(_PAPERS[self.event.kind])


_PAPERS = {
    Kind.CONCERN: marked("a copy of the Letter of Concern"),
    Kind.LETTER: marked("a copy of the letter"),
    Kind.STATEMENT: marked("a copy of the statement"),
    Kind.REPORT: marked("a copy of the report"),
    Kind.RESOLUTION: marked("a copy of the resolution"),
    Kind.COMMITMENT: marked("a copy of the action plan"),
    Kind.DEVELOPMENT: marked("a source made at the time"),
}
