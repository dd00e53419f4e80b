"""One record in the terminal: an event, an item of one, or the header of a case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ogpcase.output.lines import Line, Page, Piece, counted, line
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.record.commitment_text import legend_of
from ogpcase.reports.record.event_text import event_lines
from ogpcase.reports.record.rows import CaseRecord, KindCount, PlanFile, Record
from ogpcase.reports.record.values_text import title_lines, value_lines
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_lines, outcome_lines


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns an event as a page; of an item its values, and the outcomes of its requests."""
    if "kind" in record.values:
        return event_lines(record, page)
    lines = [*title_lines(record, page), line(), *value_lines(record, page)]
    lines += page.section("What came back", chain.from_iterable(_came_back(ask, page) for ask in record.asks))
    return [*lines, *language_lines(record.languages, page), *legend_of(record, page)]


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    yield line("  ", Piece(ask.item, "ask"))
    if ask.term is not None and (ask.term.counted or ask.term.moves):  # else the value says it all
        yield from page.paragraph(due_words(ask.term).strip(), indent=4)
    for each in ask.lines:
        yield from outcome_lines(each, page, 4)
    yield from missed_lines(ask.on_missed, page, 4)


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
