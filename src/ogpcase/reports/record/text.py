"""A case's header in the terminal: what it says, the events under it by kind, and its action plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.output.lines import Line, Page, Piece, cells, counted, hanging, line, padded, separated, wrap
from ogpcase.reports.asks.rows import RowAsk
from ogpcase.reports.asks.text import due_words, legend_lines, missed_words, outcome_lines
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.plan.text import promise_lines, words_of_commitment, words_of_lines
from ogpcase.reports.record.rows import Appearance, CaseRecord, KindCount, Record, Value

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
    lines += language_lines(record.languages, page)
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


def case_record_lines(case: CaseRecord, page: Page) -> list[Line]:
    """Returns the head of a case, how many events of each kind it has, its action plans, and related cases."""
    lines = heading_lines(case.heading, page)
    said = [f"country {case.country}"] if case.country else []
    said += [f"language {case.language}"] if case.language else []
    lines += [line(Piece(part, "dim")) for part in wrap(separated(said, page), page.width)] if said else []
    lines += _events(case, page)
    lines += _plans(case, page)
    lines += related_lines(case.heading, page)
    lines += language_lines(case.languages, page)
    id_of = case.heading.case
    more = f"`ogpcase timeline {id_of}` tells how it went, `ogpcase status {id_of}` what is open"
    return [*lines, line(), *(line(Piece(part, "dim")) for part in wrap(more, page.width))]


def _events(case: CaseRecord, page: Page) -> Iterator[Line]:
    certain, perhaps = sum(each.times for each in case.kinds), sum(each.perhaps for each in case.kinds)
    span = f", {case.earliest} to {case.latest}" if case.earliest else ""
    more = f" and perhaps {perhaps} more" if perhaps else ""
    yield line()
    yield from hanging([], f"{counted(certain, 'event')}{more}{span}", page.width, "title")
    if case.kinds:
        yield from hanging([Piece("  ")], separated(map(_kind, case.kinds), page), page.width)


def _kind(each: KindCount) -> str:
    perhaps = f"perhaps {each.perhaps}" if each.perhaps else ""
    return " and ".join(filter(None, [counted(each.times, each.kind) if each.times else "", perhaps])) + (
        f" {each.kind}" if not each.times else ""
    )


def _plans(case: CaseRecord, page: Page) -> Iterator[Line]:
    for number, plan in enumerate(case.plans):
        yield from [line(), line(Piece("Action plans", "title"))] if number == 0 else []
        period = f", {', '.join(plan.periods)}" if plan.periods else ""
        yield from hanging(
            [Piece("  ")], f"{plan.title}{period}: {counted(len(plan.commitments), 'commitment')}", page.width
        )
        yield from hanging([Piece("    ")], plan.reference, page.width, "dim")
