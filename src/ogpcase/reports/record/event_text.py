"""An event as a page: who, when, what it says and decides, what it asks and answers, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, TypeAlias

from ogpcase.model.codelists import Kind
from ogpcase.model.questions import Question, fields_of
from ogpcase.model.spans import bounds_in_words
from ogpcase.output.lines import Line, Page, Piece, apart, before, cells, date_in_short, line, lowered, padded
from ogpcase.output.messages import _, with_days
from ogpcase.reports.heading.text import language_lines, language_words
from ogpcase.reports.record.beside import AnswerGiven, RecordLink, SourceGiven
from ogpcase.reports.record.commitment_text import legend_of, promise_lines
from ogpcase.reports.record.rows import Record, Value
from ogpcase.reports.record.values_text import (
    entry_lines,
    inferred_mark,
    reference_line,
    title_lines,
    withdrawn_lines,
)
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_lines, outcome_lines
from ogpcase.reports.shown import fact_words, field_words, somebody

Part: TypeAlias = Literal["Who", "When", "What it says", "What it decides", "Other facts", "elsewhere"]
"""The parts of the page that are made of the values of fields."""
_BY_SHAPE: Mapping[str, Part] = {
    "party": "Who", "date": "When", "text": "What it says", "mention": "What it says", "reference": "elsewhere",
    "code": "What it decides",
}  # fmt: skip
_BY_NAME: Mapping[str, Part] = {
    "kind": "elsewhere",
    "title": "elsewhere",
    "signed_by": "Who",
    "filer_class": "Who",
    "filer_count": "Who",
    "signatory_count": "Who",
    "also_dated": "When",
    "also_stated": "elsewhere",
    "allegations": "What it says",
    "preamble": "What it says",
    "replies": "What it says",
    "findings": "What it says",
    "clauses": "What it decides",
    "basis": "What it decides",
    "as_stated_status": "What it decides",
    "departure": "What it decides",
    "term": "What it decides",
    "votes": "What it decides",
    "grounds": "What it says",
    "report_type": "What it says",
    "requests": "elsewhere",
    "milestones": "elsewhere",
    "assessments": "elsewhere",
    "answers": "elsewhere",
    "sources": "elsewhere",
    "paper": "elsewhere",
    "told_by": "elsewhere",
    "inferred": "elsewhere",
    "withdrawn": "elsewhere",
}
"""Fields whose part does not follow from the shape of their value; those of "elsewhere" have a section of their own."""


PARTS: tuple[Part, ...] = ("Who", "When", "What it says", "What it decides")
"""The parts of the page in their order; their names are those in the catalogues."""


def part_of(field: Question) -> Part:
    """Returns the part of the page that shows a field; a field that nobody placed is under the other facts."""
    return _BY_NAME.get(field.name) or _BY_SHAPE.get(field.shape) or "Other facts"


def event_lines(record: Record, page: Page) -> list[Line]:
    """Returns an event as a page; each section is there only if it says something."""
    kind = Kind(str(record.values["kind"]))
    lines = title_lines(record, page, _(kind.label))
    lines += withdrawn_lines(record, page)
    fields = [field for field in fields_of(kind) if field.name in record.words]
    for part in PARTS:
        lines += page.section(_(part), _fields(record, [each for each in fields if part_of(each) == part], page))
    promised = {ask.item for ask in record.commitment.milestones} if record.commitment else set()
    lines += promise_lines(record.commitment, page) if record.commitment else []
    asks = [ask for ask in record.asks if ask.item not in promised]
    lines += page.section(_("What it asks"), _asks([ask for ask in asks if not ask.duty], record, page))
    lines += page.section(
        _("Duties that the policy ties to it"), _asks([ask for ask in asks if ask.duty], record, page)
    )
    lines += page.section(_("What it answers"), chain.from_iterable(_answer(each, page) for each in record.answers))
    lines += page.section(
        _("Records that it names"), link_lines([link for link in record.links if not link.back], page)
    )
    lines += page.section(_("Records that name it"), link_lines([link for link in record.links if link.back], page))
    lines += page.section(
        _("Other facts"), _fields(record, [each for each in fields if part_of(each) == "Other facts"], page)
    )
    lines += page.section(_("Where sources disagree"), _disagreements(record, page))
    sources = chain.from_iterable(_source(each, page) for each in record.sources)
    lines += page.section(_("Sources"), chain(_not_stated(record, page), sources))
    meanings = {lowered(each.answer): lowered(each.meaning).removesuffix(".") for each in record.answers}
    words = page.legend(meanings, meanings)
    legend = legend_of(record, page)
    return [*lines, *language_lines(record.languages, page), *legend, *(words[1:] if legend else words)]


def _fields(record: Record, fields: Sequence[Question], page: Page) -> Iterator[Line]:
    short = (field.name for field in fields if _is_short(record.words[field.name]))
    column = max((cells(field_words(name) + inferred_mark(name, record)) for name in short), default=0)
    for field in sorted(fields, key=lambda field: not _is_short(record.words[field.name])):
        yield from entry_lines(field.name, record.words[field.name], page, column, inferred_mark(field.name, record))
        if field.name == "dated" and record.bounded is not None:
            margin = Piece(" " * (column + 4))
            yield from page.hanging([margin], bounds_in_words(record.bounded, _) or "", "dim")


def _is_short(value: Value) -> bool:
    """True for what stands beside its label: no list of items and no mapping."""
    return not isinstance(value, dict) and not (
        isinstance(value, list) and any(isinstance(each, dict) for each in value)
    )


def _asks(asks: Sequence[RowAsk], record: Record, page: Page) -> Iterator[Line]:
    for ask in asks:
        yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], f"{ask.said}{due_words(ask.term)}", "ask")
        yield reference_line(f"{record.reference}#{ask.item}", 4, page)
        if printed := [name for name in _asked_of(record, ask.item) if name not in {each.party for each in ask.lines}]:
            yield from page.paragraph(_("of {names}", names=apart(printed)), indent=4)
        for each in ask.lines:
            told = f" ({each.told_by})" if each.told_by else ""
            yield from outcome_lines(each, page, 4, more=told)
        yield from missed_lines(ask.on_missed, page, 4)


def _asked_of(record: Record, item: str) -> list[str]:
    """Returns whom a request asks, with the names and offices that the paper prints."""
    requests = record.words.get("requests")
    for each in requests if isinstance(requests, list) else ():
        if isinstance(each, dict) and each.get("id") == item:
            asked = each.get("asked_of")
            return [str(name) for name in asked] if isinstance(asked, list) else []
    return []


def _answer(answer: AnswerGiven, page: Page) -> Iterator[Line]:
    said = answer.text or answer.request
    yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], said, "ask")
    if answer.text:
        names = apart(map(somebody, answer.by))
        by = _("asked by {names}", names=names) if answer.by else _("asked")
        day = date_in_short(answer.dated or "")
        yield from page.paragraph(f"{by} {with_days('on {day}', day=day)}" if day else by, indent=4)
        yield reference_line(answer.request, 4, page)
    of = _(", of {names}", names=apart(map(somebody, answer.of))) if answer.of else ""
    due = _(", new last day {day}", day=answer.new_due) if answer.new_due else ""
    yield from page.hanging([Piece(f"    {page.glyphs.arrow} ", "dim")], f"{lowered(answer.answer)}{of}{due}")


def link_lines(links: Sequence[RecordLink], page: Page) -> Iterator[Line]:
    """Yields each record once, with all fields that name it, and what it says of an item."""
    by_reference: dict[str, list[RecordLink]] = {}
    for link in links:
        by_reference.setdefault(link.reference, []).append(link)
    column = max((cells(date_in_short(links[0].dated or "")) for links in by_reference.values()), default=0)
    for reference, several in by_reference.items():
        first = Piece(f"  {padded(date_in_short(several[0].dated or ''), column)}  ", "date")
        fields = dict.fromkeys(link.field for link in several)
        names = "" if [*fields] == [_OF_ITEM] else f" ({', '.join(map(field_words, fields))})"
        words = f"{several[0].title or _('no record is there')}{names}"
        yield from page.hanging([first], words)
        for said in filter(None, (link.said for link in several)):
            yield from page.paragraph(said, indent=column + 4)
        yield reference_line(reference, column + 4, page)


_OF_ITEM = "of"
"""The field that leads from an item to its event, which the heading above it tells."""


def _disagreements(record: Record, page: Page) -> Iterator[Line]:
    """Yields each fact that a source states otherwise, with the source, and what is recorded."""
    stated = record.words.get("also_stated")
    for each in stated if isinstance(stated, list) else ():
        assert isinstance(each, dict)
        value, by = each["value"], each.get("recorded_by")
        said = apart(map(str, value)) if isinstance(value, list) else str(value)
        field = field_words(str(each["field"]))
        first = [Piece(f"  {page.glyphs.dot} ", "dim"), Piece(before(field), "dim")]
        source = f"{each['source_title']} ({each['source']})"
        yield from page.hanging(first, _("{value}, by {names}", value=said, names=source))
        if "recorded" in each:
            recorded = str(each["recorded"])
            if isinstance(by, list):
                recorded = _("{value}, by {names}", value=recorded, names=", ".join(map(str, by)))
            yield from page.hanging([Piece(f"    {before(_('recorded'))}", "dim")], recorded)


def _not_stated(record: Record, page: Page) -> Iterator[Line]:
    """Yields the fields that no source states in words."""
    inferred = record.values.get("inferred")
    if isinstance(inferred, list):
        names = ", ".join(fact_words(str(name)) for name in inferred)
        yield from page.paragraph(before(_("no source states in words")) + names, "note", 2)


def _source(given: SourceGiven, page: Page) -> Iterator[Line]:
    source = given.source
    what = _("tells of it as past") if given.tells else ""
    what = _("the paper itself") if given.paper else what
    title = f"{given.title} ({what})" if what else given.title
    yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], title)
    gives = ", ".join(map(fact_words, given.gives))
    words = _("gives {fields}", fields=gives) if gives else _("what it gives is not recorded")
    yield from page.paragraph(words, indent=4)
    about = [
        source.publisher,
        source.published and with_days("published {day}", day=source.published.text),
        source.retrieved and with_days("read {day}", day=source.retrieved.text),
        source.language and _("language {code}", code=language_words(source.language)),
        source.file and _("kept as {file}", file=source.file),
    ]
    if said := [each for each in about if each]:
        yield from page.paragraph(page.separated(said), "dim", 4)
    for address in (source.url, source.archived_url):
        if address and address != given.title:
            yield line("    ", Piece(address, "dim"))
    yield line("    ", Piece(source.id, "dim"))
