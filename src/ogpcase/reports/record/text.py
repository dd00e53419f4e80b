"""One record in the terminal: an event, an item of one, or the header of a case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ogpcase.output.lines import Line, Page, counted, line
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.record.commitment_text import legend_of
from ogpcase.reports.record.event_text import event_lines, link_lines
from ogpcase.reports.record.rows import CaseRecord, KindCount, PlanFile, Record, Value
from ogpcase.reports.record.values_text import fields_lines, title_lines
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_lines, outcome_lines


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns an event or an item of one as a page."""
    return event_lines(record, page) if "kind" in record.values else _item_lines(record, page)


_TOLD_APART = frozenset({"of", "field", "id", "text", "asked_of", "due", "within", "on_missed"})
"""The values of an item that stand in its title, in who is asked, or with what came back."""


def _item_lines(record: Record, page: Page) -> list[Line]:
    """Returns an item: what it says and where, who asks whom and by when, what came back, and which records name it."""
    field, (event, *links) = str(record.words["field"]).replace("_", " "), record.links
    titled = record._replace(title=str(record.words.get("text", record.title)))
    lines = title_lines(titled, page, field.removeprefix("a ").removesuffix("s").capitalize())
    lines += page.section("In", link_lines([event], page))
    who: dict[str, Value] = {"by": list(record.by), "asked of": record.words.get("asked_of", [])}
    lines += page.section("Who", fields_lines({name: names for name, names in who.items() if names}, page))
    rest = {name: value for name, value in record.words.items() if name not in _TOLD_APART}
    lines += page.section("What it says", fields_lines(rest, page))
    lines += page.section("What came back", chain.from_iterable(_came_back(ask, page) for ask in record.asks))
    lines += page.section("Records that name it", link_lines(links, page))
    return [*lines, *language_lines(record.languages, page), *legend_of(record, page)]


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    if term := due_words(ask.term).strip():
        yield from page.paragraph(term.strip("()"), indent=2)
    for each in ask.lines:
        yield from outcome_lines(each, page, 2)
    yield from missed_lines(ask.on_missed, page, 2)


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
