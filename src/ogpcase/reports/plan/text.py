"""Action plans and commitments in the terminal: what is promised, by whom, and how far it was found to be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ogpcase.output.lines import GLUE, Line, Page, Piece, cells, counted, line, padded
from ogpcase.reports.asks.rows import AskLine
from ogpcase.reports.asks.text import due_words, legend_lines, line_words, missed_lines, outcome_lines, words_of_asks
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.plan.rows import PlanFile, ShownCommitment, SpokenTo
from ogpcase.reports.sources import ShownAssessment

_ROUGH = re.compile(r"\d to \d|at (?:least|most) \d")
"""A length of time that is not known to the day."""


def plan_lines(plan: PlanFile, page: Page) -> list[Line]:
    """Returns the plan's head, each of its commitments with what became of it, and the developments that name it."""
    about = [plan.reference, *(["period " + ", ".join(plan.periods)] if plan.periods else [])]
    lines = page.paragraph(plan.title, "title")
    lines += page.paragraph(page.separated(about), "dim")
    if plan.names[1:]:
        lines += page.hanging([Piece("also called: ", "dim")], "; ".join(plan.names[1:]))
    count = counted(len(plan.commitments), "commitment") if plan.commitments else "no commitment of it is recorded"
    lines += [line(), *page.paragraph(count, "title")]
    for number, each in enumerate(plan.commitments):
        lines += [line()] if number else []
        lines += _commitment(each, page)
    lines += page.section("Developments that name it", _developments(plan, page))
    lines += language_lines(plan.languages, page)
    return [*lines, *legend_lines({word for each in plan.commitments for word in words_of_commitment(each)}, page)]


def promise_lines(each: ShownCommitment, page: Page) -> Iterator[Line]:
    """Yields what became of a commitment in sections: milestones, assessments, requests it answers or cites."""
    yield from page.section(f"Milestones: {_met_words(each)}", _milestones(each, page, 2))
    yield from page.section("Assessments", _assessments(each.assessments, page, 2))
    yield from page.section("Requests that it answers or cites", _spoken_to(each.speaks_to, page, 2))


def _met_words(each: ShownCommitment) -> str:
    """Returns how many milestones are recorded as met: `1 of 3 recorded as met, perhaps 1 more`."""
    perhaps = f", perhaps {each.perhaps_met} more" if each.perhaps_met else ""
    return f"{each.met} of {len(each.milestones)} recorded as met{perhaps}"


def words_of_commitment(each: ShownCommitment) -> Iterator[str]:
    """Yields the words of the legend that a commitment uses."""
    yield from words_of_lines(one for ask in each.milestones for one in ask.lines)
    if not each.certain or each.perhaps_met or not all(one.certain for one in each.assessments):
        yield "perhaps"


def words_of_lines(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words of the legend that lines use, of lengths of time only where they stand in the line itself."""
    for each in lines_shown:
        drawn = [each] if _ROUGH.search(line_words(each)) else [each._replace(open_for=None, timing_days=None)]
        yield from words_of_asks(one._replace(parts=()) for one in drawn)
        yield from words_of_lines(each.parts)


def reference_line(text: str, indent: int, page: Page, least: int = 2) -> Line:
    """Returns a reference on a line of its own, not cut: at `indent`, or further left where it would not fit."""
    room = indent if page.width is None else max(0, page.width - cells(text))
    return line(" " * (indent if room >= indent else min(least, room)), Piece(text, "dim"))


def _commitment(each: ShownCommitment, page: Page) -> Iterator[Line]:
    number = f"{each.number}. " if each.number is not None else f"{page.glyphs.dot}  "
    first = [Piece("  "), Piece(number, "dim")]
    yield from page.hanging(first, f"{each.title}{'' if each.certain else ' (perhaps)'}", "stage")
    yield reference_line(each.reference, 5, page)
    span = f"from{GLUE}{each.dated}" + (f" until{GLUE}{each.until}" if each.until else "")
    led = f"led by {'; '.join(each.lead)}".replace("led by unknown", "led by nobody named") if each.lead else ""
    yield from page.paragraph(page.separated(filter(None, [span, led])), indent=5)
    if each.milestones:
        yield from page.paragraph(f"milestones: {_met_words(each)}", indent=5)
        yield from _milestones(each, page, 7)
    yield from _assessments(each.latest, page, 5)
    yield from _spoken_to(each.speaks_to, page, 5)


def _milestones(each: ShownCommitment, page: Page, indent: int) -> Iterator[Line]:
    for ask in each.milestones:
        first = [Piece(" " * indent + f"{page.glyphs.dot} ", "dim")]
        yield from page.hanging(first, f"{ask.text}{due_words(ask.term)}")
        yield from page.paragraph(ask.item, "dim", indent + 2)
        for one in ask.lines:
            yield from outcome_lines(one, page, indent + 2)
        yield from missed_lines(ask.on_missed, page, indent + 2)


def _assessments(several: Sequence[ShownAssessment], page: Page, indent: int) -> Iterator[Line]:
    column = max((cells(one.dated) for one in several), default=0)
    for one in several:
        who = f"{one.by}, {one.office}" if one.office else one.by
        source = f" ({one.source_title})" if one.source_title else ""
        perhaps = "" if one.certain else "perhaps "
        said = f"{perhaps}assessed as {one.completion.replace('_', ' ')} by {who}{source}"
        date = Piece(" " * indent + f"{padded(one.dated, column)}  ", "date")
        yield from page.hanging([date], said)


def _spoken_to(requests: Iterable[SpokenTo], page: Page, indent: int) -> Iterator[Line]:
    for to in requests:
        how = f"answers, as {to.answer.replace('_', ' ')}: " if to.answer else "cites: "
        yield from page.hanging([Piece(" " * indent), Piece(how, "ask")], to.text)
        yield reference_line(to.request, indent + 2, page)


def _developments(plan: PlanFile, page: Page) -> Iterator[Line]:
    column = max((cells(each.dated) for each in plan.developments), default=0)
    for each in plan.developments:
        perhaps = "" if each.certain else "perhaps: "
        process = f" (process {each.process})" if each.process else ""
        date = Piece(f"  {padded(each.dated, column)}  ", "date")
        yield from page.hanging([date], f"{perhaps}{each.title}{process}")
        yield reference_line(each.reference, column + 4, page)
