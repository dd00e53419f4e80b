"""Each allegation with its state, the evidence cited for it, the replies to it, and the findings on it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList, Conclusion, Ground, Position
from ogpcase.model.events import Concern, Event, Letter, Report, Resolution, Statement
from ogpcase.model.ids import Reference
from ogpcase.model.items import Finding, MentionForm
from ogpcase.model.parties import NamedParty
from ogpcase.model.table_codes import TableCode
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import apart, glued_before
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.policy.procedures import SUBJECT, Stage
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.shown import Languages, Shown, ids_of


class Evidence(NamedTuple):
    """Evidence cited for an allegation: an event or a description; an event without a record has only its reference."""

    reference: str | None
    dated: str | None
    title: str | None
    text: str | None
    certain: bool = True


class Voice(NamedTuple):
    """Who speaks in a paper: the party's name, the printed name if it differs, the office, and the party's id."""

    name: str
    as_named: str | None = None
    office: str | None = None
    party_id: str | None = None


class Paper(NamedTuple):
    """A paper and who speaks in it; `certain` is false where it may not have been there on the reader's day."""

    event: str
    dated: str
    title: str
    voices: tuple[Voice, ...]
    certain: bool
    on_behalf_of: tuple[str, ...] = ()
    on_behalf_of_ids: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


class Saying(NamedTuple):
    """What a letter or statement says about an allegation or another subject.

    `by_subject` is whether the case's Subject, or a part of it, speaks; None where that is not known.
    """

    about: str
    paper: Paper
    by_subject: bool | None
    position: Position
    text: str | None


class ShownReport(NamedTuple):
    """A report: its record, who wrote and who adopted it, and the stage that it carried the case to, if any."""

    record: Report
    paper: Paper
    authors: tuple[str, ...]
    adopted_by: tuple[str, ...]
    carried: Stage | None


class Found(NamedTuple):
    """What a report found about an allegation or another subject."""

    about: str
    report: ShownReport
    finding: Finding
    text: str | None


def _name_of(shown: Shown, reference: Reference) -> str | None:
    """Returns a reference, without the id of this case; None where the event is not there yet."""
    _case, event = shown.pointed(reference)
    if event is not None and not shown.reader.moment.possible(event):
        return None
    item = f"#{reference.item}" if reference.item else ""
    return f"{reference.event}{item}" if shown.case.owns(reference) else str(reference)


def _evidence(shown: Shown, mention: MentionForm) -> Evidence | None:
    """Returns what is cited; None where it was not there yet."""
    text = shown.text(mention.text) if mention.text else None
    if mention.event is None:
        return Evidence(None, None, None, text)
    name = _name_of(shown, mention.event)
    there, event = shown.pointed(mention.event)
    if name is None or event is None:
        return Evidence(name, None, None, text) if name else None
    return Evidence(name, event.dated.text, there.text(event.title), text, shown.reader.moment.certain(event))


def _paper(shown: Shown, event: Event) -> Paper:
    return Paper(
        event.id,
        event.dated.text,
        shown.text(event.title),
        tuple(dict.fromkeys(_voice(shown, party) for party in event.actors)),
        shown.reader.moment.certain(event),
        shown.acted_for(event),
        ids_of(event.on_behalf_of),
        event.inferred,
    )


def _voice(shown: Shown, party: NamedParty) -> Voice:
    name = shown.name(party)
    return Voice(name, None if party.as_named == name else party.as_named, party.office, party.known_id)


class ReplyState(CodeList):
    """The recorded state of the Subject's reply to an allegation."""

    ANSWERED = "answered", marked("answered"), "a reply of the government to this allegation is recorded"
    NOT_ADDRESSED_IN_REPLY = (
        "not_addressed_in_reply",
        marked("left aside in the reply"),
        marked("the government replied, and its reply leaves this allegation unanswered"),
    )
    ANSWERED_AS_A_WHOLE = (
        "answered_as_a_whole",
        marked("answered as a whole"),
        marked("the government answered the Concern; what it says of this allegation is not recorded"),
    )
    WITHHELD = "withheld", marked("reply withheld"), marked("this public copy leaves out what was replied")
    NOT_READ = (
        "not_read",
        marked("reply not known"),
        marked("a record of the case cannot be read; it may hold a reply"),
    )
    UNANSWERED = (
        "unanswered",
        marked("nothing recorded"),
        marked("no reply of the government is recorded, which does not mean that nothing was said"),
    )


class FindingState(CodeList):
    """Whether a recorded report has a finding on an allegation."""

    FOUND = "found", marked("recorded"), "a report is recorded to speak to this allegation"
    WITHHELD = "withheld", marked("finding withheld"), marked("this public copy leaves out what was found")
    NOT_READ = (
        "not_read",
        marked("finding not known"),
        marked("a record of the case cannot be read; it may hold a finding"),
    )
    NO_FINDING = "no_finding", marked("no finding"), marked("no report is recorded to speak to this allegation")


class AllegationRow(NamedTuple):
    """An allegation beside all that is recorded of it.

    The states count only what is certain on the reader's day. `perhaps_…` also counts papers that may not have been
    there, or may not speak for the Subject; None where that gives the same state.
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
    """A paper of the Subject on a Concern; what it says of some allegations is not recorded.

    `answers` is false where the paper speaks of the Concern without replying to it. `silent_on` are those allegations,
    and `of_all` is true where they are all of the Concern's. `by_subject` is None where nobody knows whose paper it is.
    """

    paper: Paper
    by_subject: bool | None
    answers: bool
    silent_on: tuple[str, ...]
    of_all: bool


class ConcernGroup(NamedTuple):
    """A Concern or an addendum with its allegations, in their order."""

    event: Concern
    title: str
    addendum_to: str | None
    filers: tuple[str, ...]
    certain: bool
    allegations: tuple[AllegationRow, ...]
    answers_as_a_whole: tuple[WholeAnswer, ...]


class Ended(NamedTuple):
    """How the case ended: the stage, and the event that led there."""

    stage: Stage
    event: Event
    title: str


@dataclass(frozen=True, slots=True)
class Findings:
    """A case's allegations, what else was said and found, the conclusions, and how the case ended.

    `unread` are papers with a wrong field on these matters, which was left out; their files may say more. `full` is
    true where views show every text, every name and the evidence.
    """

    heading: Heading
    concerns: tuple[ConcernGroup, ...]
    also_said: tuple[Saying, ...]
    also_found: tuple[Found, ...]
    conclusions: tuple[ShownReport, ...]
    ended: Ended | None
    unread: tuple[str, ...]
    languages: Languages
    full: bool = False

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


def reply_state(
    said: Sequence[Saying], wholes: Sequence[WholeAnswer], *, hidden: ReplyState | None, perhaps: bool
) -> ReplyState:
    """Returns an allegation's reply state from the Subject's certain papers or, with `perhaps`, from all its papers.

    A reply that leaves the allegation aside does not answer it, even where another paper answers the whole Concern.
    If replies are `hidden`, in a public copy or in a record that cannot be read, only the other answers can be shown.
    """
    positions = {each.position for each in said if _counts(each.by_subject, each.paper, perhaps=perhaps)}
    if positions - {Position.DOES_NOT_ADDRESS}:
        return ReplyState.ANSWERED
    if hidden:
        return hidden
    if positions:
        return ReplyState.NOT_ADDRESSED_IN_REPLY
    answered = any(_counts(whole.by_subject, whole.paper, perhaps=perhaps) for whole in wholes)
    return ReplyState.ANSWERED_AS_A_WHOLE if answered else ReplyState.UNANSWERED


def _counts(ours: bool | None, paper: Paper, *, perhaps: bool) -> bool:  # noqa: FBT001 - the answer to whose it is
    return ours is not False if perhaps else bool(ours) and paper.certain


def finding_state(found: Sequence[Found], *, hidden: FindingState | None, perhaps: bool) -> FindingState:
    """Returns whether a report has a finding on an allegation: a certain report or, with `perhaps`, any."""
    if any(perhaps or each.report.paper.certain for each in found):
        return FindingState.FOUND
    return hidden or FindingState.NO_FINDING


def summary_of(findings: Findings) -> str:
    """Returns `6 allegations: 3 answered, 1 answered as a whole, 2 with nothing recorded; findings on 4`.

    The counts are of certain states; the end says how many states may be different.
    """
    rows = findings.allegations
    if not rows:
        return _("no allegation is recorded")
    unsure = sum(not row.certain for row in rows)
    otherwise = sum(bool(row.perhaps_reply_state or row.perhaps_finding_state) for row in rows)
    counts = ", ".join(say(count) for state, say in _COUNTED.items() if (count := findings.count(state)))
    said = ngettext("{number} allegation", "{number} allegations", len(rows))
    said += _(" ({number} perhaps)", number=unsure) if unsure else ""
    known = all(row.finding_state is not FindingState.NOT_READ for row in rows)
    found = str(findings.found or _("none")) if known else _("at least {number}", number=findings.found)
    said = _("{allegations}: {counts}; findings on {found}", allegations=said, counts=counts, found=found)
    return apart([said, *([_("{number} perhaps otherwise", number=otherwise)] if otherwise else [])])


_COUNTED: Mapping[ReplyState, Callable[[int], str]] = {
    ReplyState.ANSWERED: lambda number: ngettext("{number} answered", "{number} answered", number),
    ReplyState.NOT_ADDRESSED_IN_REPLY: lambda number: ngettext(
        "{number} left aside in the reply", "{number} left aside in the reply", number
    ),
    ReplyState.ANSWERED_AS_A_WHOLE: lambda number: ngettext(
        "{number} answered as a whole", "{number} answered as a whole", number
    ),
    ReplyState.WITHHELD: lambda number: ngettext("{number} reply withheld", "{number} reply withheld", number),
    ReplyState.NOT_READ: lambda number: ngettext("{number} reply not known", "{number} reply not known", number),
    ReplyState.UNANSWERED: lambda number: ngettext(
        "{number} with nothing recorded", "{number} with nothing recorded", number
    ),
}
"""How many allegations have each state, in words."""
NOT_RECORDED, NOT_KNOWN = marked("not recorded"), Conclusion.UNKNOWN.label.lower()
OTHERS = marked("not for the government")
NO_EVIDENCE = marked("none recorded")
ALSO_SAID, ALSO_FOUND = marked("Also said"), marked("Also found")
CONCLUDE, ENDED = marked("What the reports conclude"), marked("How the case ended")


def spoken_for(by_subject: bool | None) -> str:  # noqa: FBT001 - the answer to whose it is
    """Returns whether a paper speaks for the Subject; empty where it does."""
    if by_subject is None:
        return _("perhaps for the government")
    return "" if by_subject else _(OTHERS)


def position_words(position: Position, about: str = "") -> str:
    """Returns what a paper does to the allegation beside which it stands, or to what it is `about`."""
    if position is Position.DOES_NOT_ADDRESS and not about:
        return _("does not address it")
    words = _(position.label).lower()
    return f"{words} {about}" if about else words


def state_words(state: CodeList, perhaps: CodeList | None) -> str:
    """Returns the state of a reply or a finding, and the one that is possible too."""
    return f"{_(state.label)}, {_('perhaps {words}', words=_(perhaps.label))}" if perhaps else _(state.label)


def basis_words(basis: str | None) -> str:
    """Returns on which clause a decision rests."""
    return glued_before(_("on the basis of {clause}", clause=basis), basis) if basis else _("basis not recorded")


def answers_words(papers: int, *, answers: bool) -> str:
    """Returns what papers do that answer a Concern, or only speak of it."""
    if answers:
        return ngettext("answers the Concern", "answer the Concern", papers)
    return ngettext("speaks of the Concern", "speak of the Concern", papers)


def silent_words(papers: int, allegations: str) -> str:
    """Returns for which allegations no words of papers are recorded."""
    return ngettext(
        "what it says of {allegations} is not recorded",
        "what they say of {allegations} is not recorded",
        papers,
        allegations=allegations,
    )


def grade(code: CodeList | TableCode | None) -> str:
    """Returns what a report found in English: not known where it is `unknown`, not recorded where nothing is."""
    return NOT_RECORDED if code is None else code.label.lower()


def graded(code: CodeList | TableCode | None) -> str:
    """Returns what a report found in words: not known where it is `unknown`, not recorded where nothing is."""
    return _(NOT_RECORDED) if code is None else _(code.label).lower()


TELLING = frozenset({"allegations", "replies", "findings", "in_reply_to", "about", "conclusion"})
"""The fields that this view is made of."""


class _Spoken(NamedTuple):
    """A paper that may be the Subject's, with the full references of what it replies to and of what it is about."""

    replies_to: frozenset[str]
    about: frozenset[str]
    paper: Paper
    by_subject: bool | None


class _Collected(NamedTuple):
    """The replies and findings of a case by the full reference of their subject, and the papers of the government."""

    said: Sequence[tuple[str, Saying]]
    found: Sequence[tuple[str, Found]]
    spoken: Sequence[_Spoken]


_SilentOn: TypeAlias = tuple[frozenset[str], WholeAnswer]
"""The ids of the allegations for which the paper's words are not recorded, and the paper."""


def findings_of(case: CaseFile, reader: Reader) -> Findings:
    """Returns each allegation of the case beside the evidence, the replies and the findings, on the reader's day.

    Where a reference leads to a case that is not there, the reference alone is shown.
    """
    shown, stood = Shown(case, reader), standing(case, reader.moment)
    events = shown.events()
    collected = _Collected(
        [pair for event in events for pair in _replies_in(shown, event)],
        [pair for event in events for pair in _findings_in(shown, event, stood)],
        [spoken for event in events for spoken in _spoken(shown, event)],
    )
    concerns = [event for event in events if isinstance(event, Concern) and not event.context]
    own = {f"{case.id}/{concern.id}#{item.id}" for concern in concerns for item in concern.allegations}
    concluding = (event for event in events if isinstance(event, Report) and event.conclusion)
    return Findings(
        heading=heading_of(shown, stood),
        concerns=tuple(_group(shown, concern, collected) for concern in concerns),
        also_said=tuple(saying for about, saying in collected.said if about not in own),
        also_found=tuple(found for about, found in collected.found if about not in own),
        conclusions=tuple(_shown_report(shown, report, stood) for report in concluding),
        ended=_ended(shown, stood),
        unread=tuple(event.id for event in events if TELLING & case.flawed.get(event.id, frozenset())),
        languages=shown.languages,
    )


def _replies_in(shown: Shown, event: Event) -> Iterator[tuple[str, Saying]]:
    """Yields what a letter or statement says, each with the full reference of its subject."""
    for reply in event.replies if isinstance(event, Letter | Statement) else ():
        about = _name_of(shown, reply.about)
        if about is not None:
            text = shown.text(reply.text) if reply.text else None
            ours = acts_for(SUBJECT, event, shown.case)
            yield shown.case.full(reply.about), Saying(about, _paper(shown, event), ours, reply.position, text)


def _findings_in(shown: Shown, event: Event, stood: Standing) -> Iterator[tuple[str, Found]]:
    """Yields what a report found, each with the full reference of its subject."""
    for finding in event.findings if isinstance(event, Report) else ():
        about = _name_of(shown, finding.about)
        if about is not None and isinstance(event, Report):
            text = shown.text(finding.text) if finding.text else None
            yield shown.case.full(finding.about), Found(about, _shown_report(shown, event, stood), finding, text)


def _shown_report(shown: Shown, report: Report, stood: Standing) -> ShownReport:
    authors, adopted_by = map(shown.names, (report.authors, report.adopted_by))
    carried = _carried_to(shown, report, stood)
    return ShownReport(report, _paper(shown, report), authors, adopted_by, carried)


def _carried_to(shown: Shown, report: Report, stood: Standing) -> Stage | None:
    """Returns the stage in which a report waits for a decision, if this one or a resolution that adopts it led there.

    A possible move counts where the report itself made it, since the report is then as uncertain.
    """
    made = (step for step in stood.steps if step.end.report_judged)
    by_report = (
        step.end for step in made if step.event is report or (step.certain and _adopts(shown, step.event, report))
    )
    return next(by_report, None)


def _adopts(shown: Shown, event: Event, report: Report) -> bool:
    adopted = event.adopts if isinstance(event, Resolution) else None
    return adopted is not None and shown.case.owns(adopted) and adopted.event == report.id


def _spoken(shown: Shown, event: Event) -> Iterator[_Spoken]:
    case = shown.case
    if isinstance(event, Letter | Statement | Report):
        replies_to = frozenset(map(case.full, _replies_to(event)))
        about = frozenset(map(case.full, event.about if isinstance(event, Letter | Statement) else ()))
        if (replies_to or about) and (ours := acts_for(SUBJECT, event, case)) is not False:
            yield _Spoken(replies_to, about, _paper(shown, event), ours)


def _replies_to(event: Letter | Statement | Report) -> Iterator[Reference]:
    """Yields what a paper replies to, and the Concerns that it answers as a whole."""
    yield from event.in_reply_to
    for reply in event.replies if not isinstance(event, Report) else ():
        if reply.position is not Position.DOES_NOT_ADDRESS and reply.about.item is None:
            yield reply.about


def _group(shown: Shown, concern: Concern, collected: _Collected) -> ConcernGroup:
    wholes = [whole for spoken in collected.spoken for whole in _wholes(shown, concern, spoken, collected.said)]
    return ConcernGroup(
        event=concern,
        title=shown.text(concern.title),
        addendum_to=_name_of(shown, concern.addendum_to) if concern.addendum_to else None,
        filers=shown.names(concern.filers),
        certain=shown.reader.moment.certain(concern),
        allegations=tuple(_rows(shown, concern, collected, wholes)),
        answers_as_a_whole=tuple(whole for _, whole in wholes),
    )


def _wholes(shown: Shown, concern: Concern, spoken: _Spoken, said: Sequence[tuple[str, Saying]]) -> Iterator[_SilentOn]:
    """Yields a paper that replies to the Concern, or else speaks of it, with the allegations it says nothing of.

    Papers on a Concern without recorded allegations are included, and so are papers of which a public copy leaves out
    what they say.
    """
    whole, items = f"{shown.case.id}/{concern.id}", [item.id for item in concern.allegations]
    withheld = {item.id for item in concern.allegations if item.reply_withheld}
    told = {about for about, saying in said if saying.paper.event == spoken.paper.event}
    for answers, meant in ((True, spoken.replies_to), (False, spoken.about)):
        silent = [item for item in items if {whole, f"{whole}#{item}"} & meant and f"{whole}#{item}" not in told]
        if silent or (not items and whole in meant):
            names = tuple(f"{concern.id}#{item}" for item in silent if item not in withheld)
            of_all = bool(names or not items) and len(names) == len(items)
            yield frozenset(silent), WholeAnswer(spoken.paper, spoken.by_subject, answers, names, of_all)
            return


def _rows(
    shown: Shown, concern: Concern, collected: _Collected, wholes: Sequence[_SilentOn]
) -> Iterator[AllegationRow]:
    for allegation in concern.allegations:
        name = f"{shown.case.id}/{concern.id}#{allegation.id}"
        said = tuple(saying for about, saying in collected.said if about == name)
        found = tuple(finding for about, finding in collected.found if about == name)
        answers = [whole for items, whole in wholes if allegation.id in items and whole.answers]
        both, known = (False, True), shown.case.findings_are_known
        no_reply = ReplyState.WITHHELD if allegation.reply_withheld else None if known else ReplyState.NOT_READ
        no_finding = FindingState.WITHHELD if allegation.finding_withheld else None if known else FindingState.NOT_READ
        replied = [reply_state(said, answers, hidden=no_reply, perhaps=perhaps) for perhaps in both]
        spoken_to = [finding_state(found, hidden=no_finding, perhaps=perhaps) for perhaps in both]
        yield AllegationRow(
            reference=f"{concern.id}#{allegation.id}",
            concern=concern.id,
            text=shown.text(allegation.text),
            grounds=allegation.grounds,
            certain=shown.reader.moment.certain(concern),
            evidence=tuple(cited for one in allegation.evidence if (cited := _evidence(shown, one)) is not None),
            replies=said,
            reply_state=replied[0],
            perhaps_reply_state=replied[1] if replied[1] is not replied[0] else None,
            findings=found,
            finding_state=spoken_to[0],
            perhaps_finding_state=spoken_to[1] if spoken_to[1] is not spoken_to[0] else None,
        )


def _ended(shown: Shown, stood: Standing) -> Ended | None:
    """Returns the end of the case if it has certainly ended."""
    event = stood.since
    if event is None or not stood.stage.ends or not shown.case.stage_is_known:
        return None
    return Ended(stood.stage, event, shown.text(event.title))
