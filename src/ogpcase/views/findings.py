"""Allegation by allegation: what was cited for it, what was said to it, and what was found of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Position
from ogpcase.model.events import Concern, Event, Letter, Report, Statement
from ogpcase.model.ids import Reference
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.values import frozen
from ogpcase.views.findings_parts import (
    Found,
    Paper,
    Reading,
    Said,
    carried_the_case,
    findings_in,
    paper_of,
    replies_in,
)
from ogpcase.views.findings_rows import (
    AllegationRow,
    ConcernGroup,
    Concluded,
    Ended,
    Findings,
    WholeAnswer,
    finding_state,
    reply_state,
)
from ogpcase.views.heading import heading_of
from ogpcase.views.shown import Reader, Shown

TELLING = frozenset({"allegations", "replies", "findings", "in_reply_to", "about", "conclusion"})
"""The fields that this view is made of."""


@frozen
class _Spoken:
    """A paper that is perhaps the Subject's, with the full names of what it replies to, and of what it is about."""

    event: str
    replies_to: frozenset[str]
    about: frozenset[str]
    paper: Paper
    by_subject: bool | None


@frozen
class _Collected:
    """The replies and findings of a case by (what each is about, the event it stands in), and the Subject's papers."""

    said: Sequence[tuple[str, str, Said]]
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
