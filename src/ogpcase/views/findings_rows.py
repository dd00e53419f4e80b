"""The values that `findings` shows: each allegation with its state, the papers beside it, and how the case ended.

No state accuses: `unanswered` says that nothing is recorded, not that nothing was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.model.codelists import CodeList, Conclusion, Ground, Position, ReportType, Stage
from ogpcase.values import frozen
from ogpcase.views.findings_parts import Evidence, Found, Paper, Said
from ogpcase.views.heading import Heading


class ReplyState(CodeList):
    """What is recorded of the Subject's reply to an allegation."""

    ANSWERED = "answered", "answered", "a reply of the government to this allegation is recorded"
    NOT_ADDRESSED_IN_REPLY = (
        "not_addressed_in_reply",
        "left aside in the reply",
        "the government replied, and its reply leaves this allegation unanswered",
    )
    ANSWERED_AS_A_WHOLE = (
        "answered_as_a_whole",
        "answered as a whole",
        "the government answered the Concern; what it says of this allegation is not recorded",
    )
    WITHHELD = ("withheld", "reply withheld", "this public copy leaves out what was replied")
    UNANSWERED = (
        "unanswered",
        "nothing recorded",
        "no reply of the government is recorded; that is not to say that nothing was said",
    )


class FindingState(CodeList):
    """Whether a report is recorded to find something of an allegation."""

    FOUND = "found", "found", "a report is recorded to speak to this allegation"
    WITHHELD = "withheld", "finding withheld", "this public copy leaves out what was found"
    NO_FINDING = "no_finding", "no finding", "no report is recorded to speak to this allegation"


@frozen
class AllegationRow:
    """An allegation beside all that is recorded of it.

    The states are what is certain on the reader's day; `perhaps_…` is the state that papers which only possibly were
    there, or of which nobody knows whether the Subject speaks in them, would give, where it is another.
    """

    reference: str
    concern: str
    text: str
    grounds: tuple[Ground, ...]
    certain: bool
    evidence: tuple[Evidence, ...]
    replies: tuple[Said, ...]
    reply_state: ReplyState
    perhaps_reply_state: ReplyState | None
    findings: tuple[Found, ...]
    finding_state: FindingState
    perhaps_finding_state: FindingState | None


@frozen
class WholeAnswer:
    """A paper of the Subject on a Concern, of which it is not recorded what it says of some allegations.

    `answers` is false where it only speaks of the Concern, and is no reply to it. `silent_on` are those allegations;
    `of_all` is true where they are all that the Concern makes. `by_subject` is None where nobody knows whether the
    paper is the Subject's.
    """

    paper: Paper
    by_subject: bool | None
    answers: bool
    silent_on: tuple[str, ...]
    of_all: bool


@frozen
class ConcernGroup:
    """A Concern or an addendum with its allegations, in their order."""

    reference: str
    dated: str
    title: str
    addendum_to: str | None
    filers: tuple[str, ...]
    filer_count: int | None
    grounds: tuple[Ground, ...]
    certain: bool
    allegations: tuple[AllegationRow, ...]
    answers_as_a_whole: tuple[WholeAnswer, ...]


@frozen
class Concluded:
    """What a report concludes as a whole."""

    paper: Paper
    report_type: ReportType | None
    authors: tuple[str, ...]
    adopted_by: tuple[str, ...]
    conclusion: Conclusion
    carried: bool


@frozen
class Ended:
    """How the case ended: the stage, when, by which event and on which clause."""

    stage: Stage
    since: str
    event: str
    title: str
    basis: str | None


@frozen
class Findings:
    """A case's allegations, what else was said and found, the conclusions, and how the case ended.

    `unread` are papers from whose record a wrong field on these matters was left out: more may be recorded there.
    """

    heading: Heading
    concerns: tuple[ConcernGroup, ...]
    also_said: tuple[Said, ...]
    also_found: tuple[Found, ...]
    conclusions: tuple[Concluded, ...]
    ended: Ended | None
    unread: tuple[str, ...] = ()
    language: str | None = None
    elsewhere: tuple[str, ...] = ()

    @property
    def allegations(self) -> tuple[AllegationRow, ...]:
        """Every allegation of the case, those of addenda included, in the case's order."""
        return tuple(row for concern in self.concerns for row in concern.allegations)

    def count(self, state: ReplyState) -> int:
        """Returns how many allegations certainly have this state."""
        return sum(row.reply_state is state for row in self.allegations)

    @property
    def found(self) -> int:
        """How many allegations a finding certainly speaks to."""
        return sum(row.finding_state is FindingState.FOUND for row in self.allegations)


def reply_state(said: Sequence[Said], wholes: Sequence[WholeAnswer], *, withheld: bool, perhaps: bool) -> ReplyState:
    """Returns what the Subject's papers make of an allegation: only those that are certain, or `perhaps` all.

    A reply that leaves the allegation aside is no answer to it, whatever other papers say of the Concern as a whole.
    Where a public copy leaves replies out, only an answer that it has can be told.
    """
    positions = {each.position for each in said if _counts(each.by_subject, each.paper, perhaps=perhaps)}
    if positions - {Position.DOES_NOT_ADDRESS}:
        return ReplyState.ANSWERED
    if withheld:
        return ReplyState.WITHHELD
    if positions:
        return ReplyState.NOT_ADDRESSED_IN_REPLY
    answered = any(_counts(each.by_subject, each.paper, perhaps=perhaps) for each in wholes)
    return ReplyState.ANSWERED_AS_A_WHOLE if answered else ReplyState.UNANSWERED


def _counts(ours: bool | None, paper: Paper, *, perhaps: bool) -> bool:  # noqa: FBT001 - the answer to whose it is
    return ours is not False if perhaps else bool(ours) and paper.certain


def finding_state(found: Sequence[Found], *, withheld: bool, perhaps: bool) -> FindingState:
    """Returns whether a report speaks to an allegation: one that is certain, or `perhaps` any."""
    if any(perhaps or each.paper.certain for each in found):
        return FindingState.FOUND
    return FindingState.WITHHELD if withheld else FindingState.NO_FINDING


def summary_of(findings: Findings) -> str:
    """Returns `6 allegations: 3 answered, 1 answered as a whole, 2 with nothing recorded; findings on 4`.

    Counts are of what is certain; how many may stand otherwise is said last.
    """
    rows = findings.allegations
    if not rows:
        return "no allegation is recorded"
    unsure = sum(not row.certain for row in rows)
    otherwise = sum(bool(row.perhaps_reply_state or row.perhaps_finding_state) for row in rows)
    counts = [(findings.count(state), state) for state in ReplyState]
    told = ", ".join(f"{number} {_told(state)}" for number, state in counts if number)
    whole = f"{len(rows)} allegation{'' if len(rows) == 1 else 's'}{f' ({unsure} perhaps)' if unsure else ''}"
    return (
        f"{whole}: {told}; findings on {findings.found or 'none'}{f'; {otherwise} perhaps otherwise' * bool(otherwise)}"
    )


def _told(state: ReplyState) -> str:
    return f"with {state.label}" if state is ReplyState.UNANSWERED else state.label
