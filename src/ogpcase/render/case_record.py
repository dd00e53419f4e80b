"""A case's header in the terminal: what it says, the events under it by kind, and its action plans."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.render.heading import heading_lines, language_lines, related_lines
from ogpcase.render.lines import Line, Piece, hanging, line, wrap
from ogpcase.render.page import Page, counted, separated
from ogpcase.views.case_record import CaseRecord, KindCount


def case_record_lines(case: CaseRecord, page: Page) -> list[Line]:
    """Returns the head of a case, how many events of each kind it has, its action plans, and related cases."""
    lines = heading_lines(case.heading, page)
    said = [f"country {case.country}"] if case.country else []
    said += [f"language {case.language}"] if case.language else []
    lines += [line(Piece(part, "dim")) for part in wrap(separated(said, page), page.width)] if said else []
    lines += _events(case, page)
    lines += _plans(case, page)
    lines += related_lines(case.heading, page)
    lines += language_lines(case.reads, case.elsewhere, page)
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
