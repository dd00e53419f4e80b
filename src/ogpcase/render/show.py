"""One record, party or item in the terminal: a name and its value a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.render.asks import outcome_lines
from ogpcase.render.heading import language_lines
from ogpcase.render.legend import legend_lines
from ogpcase.render.lines import Line, Piece, cells, hanging, line, padded, wrap
from ogpcase.render.page import Page
from ogpcase.render.plan import promise_lines, words_of_commitment, words_of_lines
from ogpcase.render.terms import due_words, missed_words
from ogpcase.views.asks import RowAsk
from ogpcase.views.show import Appearance, Record, Value

_SHOWN_APART = {"milestones", "assessments"}
"""Fields of a commitment that stand in sections of their own, with what became of them."""


def record_lines(record: Record, appearances: Sequence[Appearance], page: Page) -> list[Line]:
    """Returns the record's values, what came back on what it asks, and where it is named."""
    lines = [*title_lines(record, page), line(), *value_lines(record, page)]
    promised = {ask.item for ask in record.commitment.milestones} if record.commitment else set()
    asks = [ask for ask in record.asks if ask.item not in promised]
    if record.commitment is not None:
        lines += promise_lines(record.commitment, page)
    lines += [line(), line(Piece("What came back", "title"))] if asks else []
    for ask in asks:
        lines += _came_back(ask, page)
    lines += _named_in(appearances, page)
    lines += language_lines(record.language, record.elsewhere, page)
    used = {*words_of_lines(each for ask in record.asks for each in ask.lines)}
    used |= {*words_of_commitment(record.commitment)} if record.commitment else set()
    return [*lines, *legend_lines(used, page)]


def title_lines(record: Record, page: Page) -> list[Line]:
    """Returns what a record is called, and its reference."""
    return [
        *(line(Piece(part, "title")) for part in wrap(record.title, page.width)),
        line(Piece(record.reference, "dim")),
    ]


def value_lines(record: Record, page: Page) -> Iterator[Line]:
    """Yields a record's values by name; not those that a commitment shows in a section of their own."""
    for name, value in record.values.items():
        if record.commitment is None or name not in _SHOWN_APART or not isinstance(value, list):
            yield from _value_lines(name, value, page, 0)


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    reckoned = ask.term is not None and bool(ask.term.counted or ask.term.moves)  # else the value says it all
    yield line("  ", Piece(ask.item, "ask"))
    if reckoned:
        yield from hanging([Piece("    ")], due_words(ask.term).strip(), page.width)
    for each in ask.lines:
        yield from outcome_lines(each, page.width, page, 4)
    if ask.on_missed:
        yield from hanging([Piece("    ")], missed_words(ask.on_missed), page.width, "note")


def _named_in(appearances: Sequence[Appearance], page: Page) -> Iterator[Line]:
    column = max((cells(one.dated) for one in appearances), default=0)
    for number, one in enumerate(appearances):
        yield from [line(), line(Piece("Named in", "title"))] if number == 0 else []
        first = [Piece(f"  {padded(one.dated, column)}  ", "date")]
        yield from hanging(first, f"{one.title} ({one.role}; {one.reference})", page.width)


def _value_lines(name: str, value: Value, page: Page, indent: int) -> Iterator[Line]:
    label = Piece(" " * indent + f"{name.replace('_', ' ')}: ", "dim")
    if isinstance(value, dict):
        yield line(Piece(" " * indent + f"{name.replace('_', ' ')}:", "dim"))
        for inner, each in _joined(value).items():
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
    for number, (name, each) in enumerate(_joined(value).items()):
        rows = list(_value_lines(name, each, page, indent + 2))
        if number == 0:
            head, *rest = rows
            first = Piece(" " * indent + f"{page.glyphs.dot} " + head[0].text[indent + 2 :], head[0].style)
            rows = [(first, *head[1:]), *rest]
        yield from rows


def _joined(value: Mapping[str, Value]) -> Mapping[str, Value]:
    """A source's title and id on one line; what the record says beside another source, with those that give it."""
    joined = {name: each for name, each in value.items() if name not in {"source_title", "recorded_by"}}
    title, source = value.get("source_title"), value.get("source")
    if title is not None and title != source:
        joined["source"] = f"{title} ({source})"
    if isinstance(given := value.get("recorded_by"), list):
        joined["recorded"] = f"{value['recorded']}, by {', '.join(map(str, given))}"
    return joined


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
