"""The values of a record in the terminal, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogpcase.output.lines import Line, Page, Piece, before, cells, line, padded
from ogpcase.output.messages import _
from ogpcase.reports.record.rows import Record, Value
from ogpcase.reports.shown import field_words, said_of


def title_lines(record: Record, page: Page, *about: str) -> list[Line]:
    """Returns what a record is called, its reference, and what else is said of it there."""
    return [*page.paragraph(record.title, "title"), *page.paragraph(page.separated([record.reference, *about]), "dim")]


def withdrawn_lines(record: Record, page: Page) -> list[Line]:
    """Returns when and why a record was taken back; nothing of a record that counts."""
    if record.withdrawn is None:
        return []
    return [*page.paragraph(record.withdrawn, "note"), *page.paragraph(_("it is no part of the case"), "dim")]


def inferred_mark(name: str, record: Record) -> str:
    """Returns ` (inferred)` for a field that no source states, ` (a inferred)` for an item `name#a` of it."""
    fields = record.values.get("inferred")
    named = [field.partition("#") for field in map(str, fields if isinstance(fields, list) else ())]
    said = [_("{item} inferred", item=item) if item else _("inferred") for field, _mark, item in named if field == name]
    return f" ({', '.join(said)})" if said else ""


def _value_lines(name: str, value: Value, page: Page, indent: int, mark: str = "") -> Iterator[Line]:
    words = " " * indent + field_words(name) + mark
    label = Piece(before(words), "dim")
    if isinstance(value, dict):
        yield line(Piece(before(words).rstrip(), "dim"))
        for inner, each in _joined(value).items():
            yield from _value_lines(inner, each, page, indent + 2)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield line(Piece(before(words).rstrip(), "dim"))
        for each in value:
            yield from _item_lines(each, page, indent + 2)
    elif isinstance(value, list):
        yield from _plain_list(label, [said_of(str(each)) for each in value], page)
    else:
        yield from page.hanging([label], _word(value))


def _plain_list(label: Piece, values: list[str], page: Page) -> Iterator[Line]:
    """Yields each value on a line of its own where one has a comma, so that one name does not look like two."""
    if not any("," in value for value in values):
        yield from page.hanging([label], ", ".join(values))
        return
    for number, each in enumerate(values):
        yield from page.hanging([label if number == 0 else Piece(" " * len(label.text))], each)


def _item_lines(value: Value, page: Page, indent: int) -> Iterator[Line]:
    if not isinstance(value, dict):
        yield from page.hanging([Piece(" " * indent + f"{page.glyphs.dot} ")], _word(value))
        return
    for number, (name, each) in enumerate(_joined(value).items()):
        rows = list(_value_lines(name, each, page, indent + 2))
        if number == 0:
            head, *rest = rows
            first = Piece(" " * indent + f"{page.glyphs.dot} " + head[0].text[indent + 2 :], head[0].style)
            rows = [(first, *head[1:]), *rest]
        yield from rows


def _joined(value: Mapping[str, Value]) -> Mapping[str, Value]:
    """Joins a source's title and id, and what the record says with the sources that give it."""
    joined = {name: each for name, each in value.items() if name not in {"source_title", "recorded_by"}}
    title, source = value.get("source_title"), value.get("source")
    if title is not None and title != source:
        joined["source"] = f"{title} ({source})"
    if isinstance(given := value.get("recorded_by"), list):
        joined["recorded"] = _("{value}, by {names}", value=value["recorded"], names=", ".join(map(str, given)))
    return joined


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return said_of(str(value))


def reference_line(text: str, indent: int, page: Page, least: int = 2) -> Line:
    """Returns a reference on a line of its own, moved left where it would not fit at `indent`; it is never cut."""
    room = indent if page.width is None else max(0, page.width - cells(text))
    return line(" " * (indent if room >= indent else min(least, room)), Piece(text, "dim"))


def entry_lines(name: str, value: Value, page: Page, column: int, mark: str = "") -> Iterator[Line]:
    """Yields a field of a page: its name in a column and its value beside it, or its items below it."""
    words = f"{field_words(name)}{mark}"
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield from page.paragraph(words, "dim", 2)
        for each in value:
            yield from _item(each, page) if isinstance(each, dict) else page.paragraph(str(each), indent=4)
    elif isinstance(value, dict):
        yield from _value_lines(name, value, page, 2, mark)
    elif isinstance(value, list):
        names = [said_of(str(each)) for each in value]
        yield from _plain_list(Piece(f"  {padded(words, column)}  ", "dim"), names, page)
    else:
        yield from page.hanging([Piece(f"  {padded(words, column)}  ", "dim")], _word(value))


def fields_lines(values: Mapping[str, Value], page: Page) -> Iterator[Line]:
    """Yields fields of a page below each other, their names in a column."""
    column = max((cells(field_words(name)) for name in values), default=0)
    for name, value in values.items():
        yield from entry_lines(name, value, page, column)


_SAYING = ("text", "because", "name", "value")
"""The field of an item that says most; the first that it has stands at its head."""


def _item(item: Mapping[str, Value], page: Page) -> Iterator[Line]:
    """Yields an item: what it says, its other fields, and its id."""
    joined = _joined(item)
    head = next((name for name in _SAYING if name in joined), None)
    if head is None:
        yield from _item_lines(dict(item), page, 4)
        return
    verb = before(str(joined["verb"])) if "verb" in joined else ""
    yield from page.hanging([Piece(f"    {page.glyphs.dot} ", "dim")], f"{verb}{_word(joined[head])}")
    for name, each in joined.items():
        if name not in {head, "id", "verb"}:
            yield from _value_lines(name, each, page, 6)
    if "id" in item:
        yield line(" " * 6, Piece(str(item["id"]), "dim"))
