"""One record, party or item in the terminal: a name and its value a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.render.asks import outcome_legend, outcome_lines
from ogpcase.render.heading import language_lines
from ogpcase.render.lines import Line, Piece, cells, hanging, line, padded, wrap
from ogpcase.render.page import Page
from ogpcase.views.show import Appearance, Record, Value


def record_lines(record: Record, appearances: Sequence[Appearance], page: Page) -> list[Line]:
    """Returns the record's values, what came back on what it asks, and where it is named."""
    lines = [line(Piece(part, "title")) for part in wrap(record.title, page.width)]
    lines += [line(Piece(record.reference, "dim")), line()]
    for name, value in record.values.items():
        lines += _value_lines(name, value, page, 0)
    for number, (item, outcomes) in enumerate(record.asks):
        lines += [line(), line(Piece("What came back", "title"))] if number == 0 else []
        lines.append(line("  ", Piece(item, "ask")))
        for each in outcomes:
            lines += outcome_lines(each, page.width, page, 4)
    column = max((cells(one.dated) for one in appearances), default=0)
    for number, one in enumerate(appearances):
        lines += [line(), line(Piece("Named in", "title"))] if number == 0 else []
        first = [Piece(f"  {padded(one.dated, column)}  ", "date")]
        lines += hanging(first, f"{one.title} ({one.role}; {one.reference})", page.width)
    lines += language_lines(record.language, record.elsewhere, page)
    return [*lines, *outcome_legend([each for _, outcomes in record.asks for each in outcomes], page)]


def _value_lines(name: str, value: Value, page: Page, indent: int) -> Iterator[Line]:
    label = Piece(" " * indent + f"{name.replace('_', ' ')}: ", "dim")
    if isinstance(value, dict):
        yield line(Piece(" " * indent + f"{name.replace('_', ' ')}:", "dim"))
        for inner, each in value.items():
            yield from _value_lines(inner, each, page, indent + 2)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield line(Piece(" " * indent + f"{name.replace('_', ' ')}:", "dim"))
        for each in value:
            yield from _item_lines(each, page, indent + 2)
    elif isinstance(value, list):
        yield from _plain_list(label, [str(each) for each in value], page)
    else:
        yield from hanging([label], _word(value), page.width)


def _plain_list(label: Piece, values: list[str], page: Page) -> Iterator[Line]:
    """Values with commas in them stand one a line: a name must not seem two."""
    if not any("," in each for each in values):
        yield from hanging([label], ", ".join(values), page.width)
        return
    for number, each in enumerate(values):
        yield from hanging([label if number == 0 else Piece(" " * len(label.text))], each, page.width)


def _item_lines(value: Value, page: Page, indent: int) -> Iterator[Line]:
    if not isinstance(value, dict):
        yield from hanging([Piece(" " * indent + f"{page.glyphs.dot} ")], _word(value), page.width)
        return
    for number, (name, each) in enumerate(value.items()):
        rows = list(_value_lines(name, each, page, indent + 2))
        if number == 0:
            head, *rest = rows
            first = Piece(" " * indent + f"{page.glyphs.dot} " + head[0].text[indent + 2 :], head[0].style)
            rows = [(first, *head[1:]), *rest]
        yield from rows


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
