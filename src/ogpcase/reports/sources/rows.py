"""The sources of cases: those in files, those that events write out, and the records that rest on each."""

from collections.abc import Iterator
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.sources import Source, SourceRecord
from ogpcase.reports.record.rows import Record, source_record
from ogpcase.reports.shown import Languages, Shown, other_dates, other_facts


class Resting(NamedTuple):
    """A record that names a source, and what the source gives it.

    `gives` are fields; they are empty if the record does not say which. `otherwise` are fields that the source states
    differently, each with the value. `paper` is true if the source is the record's paper itself, `tells` if it tells of
    the event as past.
    """

    event: Event
    title: str
    gives: tuple[str, ...]
    otherwise: tuple[tuple[str, str], ...]
    paper: bool
    tells: bool
    certain: bool


class SourceRow(NamedTuple):
    """A source of a case; `text` says what it is, `written_in` are the ids of the events that write it out.

    `recorded` is false if events name it, and its file is missing or cannot be read.
    """

    case: str
    id: str
    title: str | None
    text: SourceRecord
    written_in: tuple[str, ...]
    recorded: bool
    records: tuple[Resting, ...]

    @property
    def reference(self) -> str:
        """How `show` and `open` take it."""
        return f"{self.case}/sources/{self.id}"

    @property
    def called(self) -> str:
        """Its title, else its address, its kept copy or its id."""
        return self.title or self.text.url or self.text.file or self.id

    @property
    def paper_of(self) -> tuple[str, ...]:
        """The ids of the events whose paper it is."""
        return tuple(each.event.id for each in self.records if each.paper)


class CaseSources(NamedTuple):
    """The sources of a case, those on which most records rest first.

    `full` is true where views show what a line has no room for.
    """

    case: str
    title: str
    rows: tuple[SourceRow, ...]
    languages: Languages
    full: bool = False


class SourcePage(NamedTuple):
    """One source with the records that rest on it, and its record."""

    row: SourceRow
    record: Record
    languages: Languages


def sources_of(case: CaseFile, reader: Reader) -> CaseSources:
    """Returns the sources of a case, on the reader's day."""
    shown, header = Shown(case, reader), case.header
    title = shown.text(header.title) if header else case.id
    rows = sorted(_rows(shown), key=lambda row: (-len(row.records), row.id, row.written_in))
    return CaseSources(case.id, title, tuple(rows), shown.languages)


def source_pages(case: CaseFile, source_id: str, reader: Reader) -> tuple[SourcePage, ...]:
    """Returns the source of this id; none if there is none, several if events write out different ones."""
    shown = Shown(case, reader)
    rows = [row for row in _rows(shown) if row.id == source_id]
    return tuple(SourcePage(row, source_record(shown, row.text, row.written_in), shown.languages) for row in rows)


def _rows(shown: Shown) -> Iterator[SourceRow]:
    """Yields the sources; a file that only later events name is left out, as they are."""
    named: dict[tuple[str, SourceRecord | None], list[tuple[Event, Source]]] = {}
    for event in shown.events():
        for source in event.sources:
            own = source.model_copy(update={"gives": (), "withhold": None}) if source.is_written_out else None
            named.setdefault((source.id, own), []).append((event, source))
    ever = {source.id for event in shown.case.events for source in event.sources if not source.is_written_out}
    for name in shown.case.sources.keys() - ever:
        named[name, None] = []
    for (name, written), uses in named.items():
        text = written or shown.case.sources.get(name)
        yield SourceRow(
            case=shown.case.id,
            id=name,
            title=shown.text(text.title) if text and text.title else None,
            text=text or uses[0][1],
            written_in=tuple(event.id for event, _ in uses) if written else (),
            recorded=text is not None,
            records=tuple(_resting(shown, event, source) for event, source in uses),
        )


def _resting(shown: Shown, event: Event, source: Source) -> Resting:
    dates = (("dated", other.value) for other in other_dates(shown, event) if other.source_id == source.id)
    facts = ((fact.field, ", ".join(fact.values)) for fact in other_facts(shown, event) if fact.source_id == source.id)
    return Resting(
        event=event,
        title=shown.text(event.title),
        gives=source.gives,
        otherwise=(*dates, *facts),
        paper=event.paper == source.id,
        tells=event.told_by == source.id,
        certain=shown.reader.moment.certain(event),
    )
