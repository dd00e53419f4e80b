"""Each allegation with its state and the papers beside it, and how the case ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList, Conclusion, Ground, Position, ReportType, Stage
from ogpcase.model.events import Concern, Event, Letter, Report, Statement
from ogpcase.model.ids import Reference
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.reports.findings.papers import (
    Evidence,
    Found,
    Paper,
    Reading,
    Saying,
    carried_the_case,
    findings_in,
    paper_of,
    replies_in,
)
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.shown import Shown


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


class AllegationRow(NamedTuple):
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
    replies: tuple[Saying, ...]
    reply_state: ReplyState
    perhaps_reply_state: ReplyState | None
    findings: tuple[Found, ...]
    finding_state: FindingState
    perhaps_finding_state: FindingState | None


class WholeAnswer(NamedTuple):
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


class ConcernGroup(NamedTuple):
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


class Concluded(NamedTuple):
    """What a report concludes as a whole."""

    paper: Paper
    report_type: ReportType | None
    authors: tuple[str, ...]
    adopted_by: tuple[str, ...]
    conclusion: Conclusion
    carried: bool


class Ended(NamedTuple):
    """How the case ended: the stage, when, by which event and on which clause."""

    stage: Stage
    since: str
    event: str
    title: str
    basis: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """A case's allegations, what else was said and found, the conclusions, and how the case ended.

    `unread` are papers from whose record a wrong field on these matters was left out: more may be recorded there.
    """

    heading: Heading
    concerns: tuple[ConcernGroup, ...]
    also_said: tuple[Saying, ...]
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


def reply_state(said: Sequence[Saying], wholes: Sequence[WholeAnswer], *, withheld: bool, perhaps: bool) -> ReplyState:
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


TELLING = frozenset({"allegations", "replies", "findings", "in_reply_to", "about", "conclusion"})
"""The fields that this view is made of."""


class _Spoken(NamedTuple):
    """A paper that is perhaps the Subject's, with the full names of what it replies to, and of what it is about."""

    event: str
    replies_to: frozenset[str]
    about: frozenset[str]
    paper: Paper
    by_subject: bool | None


class _Collected(NamedTuple):
    """The replies and findings of a case by (what each is about, the event it stands in), and the Subject's papers."""

    said: Sequence[tuple[str, str, Saying]]
    found: Sequence[tuple[str, str, Found]]
    spoken: Sequence[_Spoken]


_SilentOn: TypeAlias = tuple[frozenset[str], WholeAnswer]
"""The ids of the allegations that a paper says nothing recorded of, and the paper."""


def findings_of(case: CaseFile, reader: Reader, others: Mapping[str, CaseFile] | None = None) -> Findings:
    """Returns each allegation of the case beside the evidence, the replies and the findings, on the reader's day.

    `others` are the cases by id that references lead to; where one is not there, the reference alone is shown.
    """
    shown = Shown(case, reader)
    reading, stood = Reading(shown, others or {}), standing(shown.case, reader.moment)
    events = shown.events()
    collected = _collect(reading, events, stood)
    concerns = [each for each in events if isinstance(each, Concern) and not each.context]
    own = {f"{case.id}/{each.id}#{item.id}" for each in concerns for item in each.allegations}
    return Findings(
        heading=heading_of(shown, stood),
        concerns=tuple(_group(reading, each, collected) for each in concerns),
        also_said=tuple(said for about, _, said in collected.said if about not in own),
        also_found=tuple(found for about, _, found in collected.found if about not in own),
        conclusions=tuple(_conclusions(reading, events, stood)),
        ended=_ended(shown, stood),
        unread=tuple(event.id for event in events if TELLING & case.flawed.get(event.id, frozenset())),
        language=reader.language,
        elsewhere=reading.elsewhere(),
    )


def _collect(reading: Reading, events: Sequence[Event], stood: Standing) -> _Collected:
    full = reading.shown.case.full
    said = [(full(about), event.id, each) for event in events for about, each in replies_in(reading, event)]
    found = [(full(about), event.id, each) for event in events for about, each in findings_in(reading, event, stood)]
    return _Collected(said, found, [each for event in events for each in _spoken(reading, event)])


def _spoken(reading: Reading, event: Event) -> Iterator[_Spoken]:
    shown = reading.shown
    if isinstance(event, Letter | Statement | Report):
        replies_to = frozenset(map(shown.case.full, _replies_to(event)))
        about = frozenset(map(shown.case.full, event.about if isinstance(event, Statement) else ()))
        if (replies_to or about) and (ours := acts_for("subject", event, shown.case)) is not False:
            yield _Spoken(event.id, replies_to, about, paper_of(reading, event), ours)


def _replies_to(event: Letter | Statement | Report) -> Iterator[Reference]:
    """What a paper replies to; a Concern also where it says something of the Concern as a whole."""
    yield from event.in_reply_to
    if not isinstance(event, Report):
        answered = (each for each in event.replies if each.position is not Position.DOES_NOT_ADDRESS)
        yield from (each.about for each in answered if each.about.item is None)


def _group(reading: Reading, concern: Concern, collected: _Collected) -> ConcernGroup:
    shown = reading.shown
    wholes = [whole for each in collected.spoken for whole in _wholes(shown, concern, each, collected)]
    return ConcernGroup(
        reference=concern.id,
        dated=concern.dated.text,
        title=shown.text(concern.title),
        addendum_to=reading.name_of(concern.addendum_to) if concern.addendum_to else None,
        filers=shown.names(concern.filers),
        filer_count=concern.filer_count,
        grounds=concern.grounds,
        certain=reading.certain(concern),
        allegations=tuple(_rows(reading, concern, collected, wholes)),
        answers_as_a_whole=tuple(whole for _, whole in wholes),
    )


def _wholes(shown: Shown, concern: Concern, spoken: _Spoken, collected: _Collected) -> Iterator[_SilentOn]:
    """Yields a paper that replies to the Concern, or else speaks of it, with the allegations it says nothing of.

    A paper on a Concern of which no allegation is recorded is silent on none, and is told of all the same. So is it
    where a public copy leaves out what it says.
    """
    whole, items = f"{shown.case.id}/{concern.id}", [each.id for each in concern.allegations]
    withheld = {each.id for each in concern.allegations if each.reply_withheld}
    told = {about for about, event, _ in collected.said if event == spoken.event}
    for answers, meant in ((True, spoken.replies_to), (False, spoken.about)):
        silent = [each for each in items if {whole, f"{whole}#{each}"} & meant and f"{whole}#{each}" not in told]
        if silent or (not items and whole in meant):
            names = tuple(f"{concern.id}#{each}" for each in silent if each not in withheld)
            of_all = bool(names or not items) and len(names) == len(items)
            yield frozenset(silent), WholeAnswer(spoken.paper, spoken.by_subject, answers, names, of_all)
            return


def _rows(
    reading: Reading, concern: Concern, collected: _Collected, wholes: Sequence[_SilentOn]
) -> Iterator[AllegationRow]:
    shown = reading.shown
    for each in concern.allegations:
        name = f"{shown.case.id}/{concern.id}#{each.id}"
        said = tuple(one for about, _, one in collected.said if about == name)
        found = tuple(one for about, _, one in collected.found if about == name)
        answers = [whole for items, whole in wholes if each.id in items and whole.answers]
        both = (False, True)
        replied = [reply_state(said, answers, withheld=each.reply_withheld, perhaps=perhaps) for perhaps in both]
        spoken_to = [finding_state(found, withheld=each.finding_withheld, perhaps=perhaps) for perhaps in both]
        yield AllegationRow(
            reference=f"{concern.id}#{each.id}",
            concern=concern.id,
            text=shown.text(each.text),
            grounds=each.grounds,
            certain=reading.certain(concern),
            evidence=tuple(cited for one in each.evidence if (cited := reading.evidence(one)) is not None),
            replies=said,
            reply_state=replied[0],
            perhaps_reply_state=replied[1] if replied[1] is not replied[0] else None,
            findings=found,
            finding_state=spoken_to[0],
            perhaps_finding_state=spoken_to[1] if spoken_to[1] is not spoken_to[0] else None,
        )


def _conclusions(reading: Reading, events: Sequence[Event], stood: Standing) -> Iterator[Concluded]:
    shown = reading.shown
    for event in events:
        if isinstance(event, Report) and event.conclusion:
            yield Concluded(
                paper=paper_of(reading, event),
                report_type=event.report_type,
                authors=shown.names(event.authors),
                adopted_by=shown.names(event.adopted_by),
                conclusion=event.conclusion,
                carried=carried_the_case(shown, event, stood),
            )


def _ended(shown: Shown, stood: Standing) -> Ended | None:
    """How the case certainly ended."""
    event = stood.since
    if event is None or not stood.stage.ends:
        return None
    return Ended(stood.stage, event.dated.text, event.id, shown.text(event.title), event.basis)
