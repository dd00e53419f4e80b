"""A case's header in the terminal: what it says, the events under it by kind, and its action plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from ogpcase.output.lines import Line, Page, Piece, counted, line
from ogpcase.reports.asks.rows import RowAsk
from ogpcase.reports.asks.text import due_words, legend_lines, missed_lines, outcome_lines
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.plan.rows import PlanFile
from ogpcase.reports.plan.text import promise_lines, words_of_commitment, words_of_lines
from ogpcase.reports.record.rows import CaseRecord, KindCount, Record, Value

_SHOWN_APART = {"milestones", "assessments"}
"""Fields of a commitment that stand in sections of their own, with what became of them."""


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns the record's values, and what came back on what it asks."""
    lines = [*title_lines(record, page), line(), *value_lines(record, page)]
    promised = {ask.item for ask in record.commitment.milestones} if record.commitment else set()
    lines += promise_lines(record.commitment, page) if record.commitment else []
    came_back = (_came_back(ask, page) for ask in record.asks if ask.item not in promised)
    lines += page.section("What came back", chain.from_iterable(came_back))
    lines += language_lines(record.languages, page)
    used = {*words_of_lines(each for ask in record.asks for each in ask.lines)}
    used |= {*words_of_commitment(record.commitment)} if record.commitment else set()
    return [*lines, *legend_lines(used, page)]


def title_lines(record: Record, page: Page) -> list[Line]:
    """Returns what a record is called, and its reference."""
    return [*page.paragraph(record.title, "title"), line(Piece(record.reference, "dim"))]


def value_lines(record: Record, page: Page) -> Iterator[Line]:
    """Yields a record's values by name; not those that a commitment shows in a section of their own."""
    for name, value in record.values.items():
        if record.commitment is None or name not in _SHOWN_APART or not isinstance(value, list):
            yield from _value_lines(name, value, page, 0)


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    yield line("  ", Piece(ask.item, "ask"))
    if ask.term is not None and (ask.term.counted or ask.term.moves):  # else the value says it all
        yield from page.paragraph(due_words(ask.term).strip(), indent=4)
    for each in ask.lines:
        yield from outcome_lines(each, page, 4)
    yield from missed_lines(ask.on_missed, page, 4)


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
        yield from page.hanging([label], _word(value))


def _plain_list(label: Piece, values: list[str], page: Page) -> Iterator[Line]:
    """Values with commas in them stand one a line: a name must not seem two."""
    if not any("," in each for each in values):
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
    about = [f"country {case.country}"] if case.country else []
    about += [f"language {case.language}"] if case.language else []
    lines += page.paragraph(page.separated(about), "dim") if about else []
    certain, perhaps = sum(kind.times for kind in case.kinds), sum(kind.perhaps for kind in case.kinds)
    span = f", {case.earliest} to {case.latest}" if case.earliest else ""
    more = f" and perhaps {perhaps} more" if perhaps else ""
    lines += [line(), *page.paragraph(f"{counted(certain, 'event')}{more}{span}", "title")]
    lines += page.paragraph(page.separated(map(_kind, case.kinds)), indent=2) if case.kinds else []
    lines += page.section("Action plans", chain.from_iterable(_plan(plan, page) for plan in case.plans))
    lines += related_lines(case.heading, page)
    lines += language_lines(case.languages, page)
    id_of = case.heading.case
    hint = f"`ogpcase timeline {id_of}` tells how it went, `ogpcase status {id_of}` what is open"
    return [*lines, line(), *page.paragraph(hint, "dim")]


def _kind(count: KindCount) -> str:
    if not count.times:
        return f"perhaps {count.perhaps} {count.kind}"
    return counted(count.times, count.kind) + (f" and perhaps {count.perhaps}" if count.perhaps else "")


def _plan(plan: PlanFile, page: Page) -> Iterator[Line]:
    period = f", {', '.join(plan.periods)}" if plan.periods else ""
    yield from page.paragraph(f"{plan.title}{period}: {counted(len(plan.commitments), 'commitment')}", indent=2)
    yield from page.paragraph(plan.reference, "dim", 4)
