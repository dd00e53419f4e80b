"""What papers say of an allegation: the evidence cited, each reply and each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Addressed, Credibility, Position, Relevance, ReportType, Stage
from ogpcase.model.events import Event, Letter, MentionForm, Report, Resolution, Statement
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import Standing
from ogpcase.reports.shown import Shown


class Evidence(NamedTuple):
    """Something cited for an allegation: an event with its date and title, or words; a reference alone where nothing
    is recorded under it.
    """

    reference: str | None
    dated: str | None
    title: str | None
    text: str | None
    certain: bool = True


class Voice(NamedTuple):
    """Who speaks in a paper: the party's name, the name as printed where it is another, and the office."""

    name: str
    as_named: str | None = None
    office: str | None = None


class Paper(NamedTuple):
    """A paper and who speaks in it; `certain` is false where it only possibly was there on the reader's day."""

    event: str
    dated: str
    title: str
    voices: tuple[Voice, ...]
    certain: bool


class Saying(NamedTuple):
    """What a letter or statement says of something.

    `by_subject` is whether the case's Subject, or a part of it, speaks; None where that is not known.
    """

    about: str
    paper: Paper
    by_subject: bool | None
    position: Position
    text: str | None


class Found(NamedTuple):
    """What a report found of something; None where it records nothing. `carried` the case to `report_adopted`."""

    about: str
    paper: Paper
    report_type: ReportType | None
    authors: tuple[str, ...]
    adopted_by: tuple[str, ...]
    relevance: Relevance | None
    credibility: Credibility | None
    addressed: Addressed | None
    text: str | None
    carried: bool


@dataclass(frozen=True)
class Reading:
    """A case as one reader sees it, beside the other cases that it refers to."""

    shown: Shown
    others: Mapping[str, CaseFile]
    _known: dict[str, Shown] = field(default_factory=dict, init=False, compare=False)

    def certain(self, event: Event) -> bool:
        """True when the event had certainly happened on the reader's day."""
        return self.shown.reader.moment.certain(event)

    def name_of(self, reference: Reference) -> str | None:
        """Returns a reference without the case where that is this one; None where the event is not there yet."""
        shown, event = self._pointed(reference)
        if event is not None and not shown.reader.moment.possible(event):
            return None
        item = f"#{reference.item}" if reference.item else ""
        return f"{reference.event}{item}" if self.shown.case.owns(reference) else str(reference)

    def evidence(self, mention: MentionForm) -> Evidence | None:
        """Returns what is cited; None where it was not there yet."""
        text = self.shown.text(mention.text) if mention.text else None
        if mention.event is None:
            return Evidence(None, None, None, text)
        name = self.name_of(mention.event)
        if name is None:
            return None
        shown, event = self._pointed(mention.event)
        if event is None:
            return Evidence(name, None, None, text)
        return Evidence(name, event.dated.text, shown.text(event.title), text, shown.reader.moment.certain(event))

    def elsewhere(self) -> tuple[str, ...]:
        """Returns the languages of the texts shown so far that there are not in the reader's language."""
        every = (self.shown, *self._known.values())
        return tuple(sorted({tag for each in every for tag in each.elsewhere()}))

    def _pointed(self, reference: Reference) -> tuple[Shown, Event | None]:
        """The case that a reference points into, this one where there is no such case, and the event if it is there."""
        shown = self.shown
        if not shown.case.owns(reference):
            other = self.others.get(reference.case or "")
            if other is None:
                return shown, None
            shown = self._known.setdefault(other.id, Shown(other, shown.reader))
        return shown, shown.case.event_by_id.get(reference.event)


def paper_of(reading: Reading, event: Event) -> Paper:
    """Returns a paper as what is said or found stands in it."""
    shown = reading.shown
    voices = tuple(dict.fromkeys(_voice(shown, each) for each in event.actors))
    return Paper(event.id, event.dated.text, shown.text(event.title), voices, reading.certain(event))


def _voice(shown: Shown, party: NamedParty) -> Voice:
    name = shown.name(party)
    return Voice(name, None if party.as_named == name else party.as_named, party.office)


def replies_in(reading: Reading, event: Event) -> Iterator[tuple[Reference, Saying]]:
    """Yields what a letter or statement says, each with what it is about."""
    shown = reading.shown
    for each in event.replies if isinstance(event, Letter | Statement) else ():
        about = reading.name_of(each.about)
        if about is not None:
            text = shown.text(each.text) if each.text else None
            yield (
                each.about,
                Saying(about, paper_of(reading, event), acts_for("subject", event, shown.case), each.position, text),
            )


def findings_in(reading: Reading, event: Event, stood: Standing) -> Iterator[tuple[Reference, Found]]:
    """Yields what a report found, each with what it is about."""
    shown = reading.shown
    if not isinstance(event, Report):
        return
    for each in event.findings:
        about = reading.name_of(each.about)
        if about is not None:
            yield (
                each.about,
                Found(
                    about=about,
                    paper=paper_of(reading, event),
                    report_type=event.report_type,
                    authors=shown.names(event.authors),
                    adopted_by=shown.names(event.adopted_by),
                    relevance=each.relevance,
                    credibility=each.credibility,
                    addressed=each.addressed,
                    text=shown.text(each.text) if each.text else None,
                    carried=carried_the_case(shown, event, stood),
                ),
            )


def carried_the_case(shown: Shown, report: Report, stood: Standing) -> bool:
    """True when the report, or a resolution that adopts it, moved the case to `report_adopted`.

    A move that only possibly happened counts where the report itself made it: its paper then is as uncertain.
    """
    return any(
        step.end is Stage.REPORT_ADOPTED
        and (step.event is report or (step.certain and _adopts(shown, step.event, report)))
        for step in stood.steps
    )


def _adopts(shown: Shown, event: Event, report: Report) -> bool:
    if not isinstance(event, Resolution) or event.adopts is None:
        return False
    return shown.case.owns(event.adopts) and event.adopts.event == report.id
