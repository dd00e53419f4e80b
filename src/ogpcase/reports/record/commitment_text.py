"""A commitment and an action plan in the terminal, with what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ogpcase.output.lines import GLUE, Line, Page, Piece, cells, counted, line, padded
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.record.rows import PlanFile, Record, ShownAssessment, ShownCommitment, SpokenTo
from ogpcase.reports.record.values_text import reference_line
from ogpcase.reports.requests.rows import AskLine
from ogpcase.reports.requests.text import (
    due_words,
    legend_lines,
    line_words,
    missed_lines,
    outcome_lines,
    words_of_asks,
)

_ROUGH = re.compile(r"\d to \d|at (?:least|most) \d")
"""A length of time that is not known to the day."""


def plan_lines(plan: PlanFile, page: Page) -> list[Line]:
    """Returns the plan's heading, its commitments with their results, and the developments that name the plan."""
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


def promise_lines(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    """Yields the sections of a commitment: milestones, assessments, and requests that it answers or cites."""
    yield from page.section(f"Milestones: {_met_words(commitment)}", _milestones(commitment, page, 2))
    yield from page.section("Assessments", _assessments(commitment.assessments, page, 2))
    yield from page.section("Requests that it answers or cites", _spoken_to(commitment.speaks_to, page, 2))


def _met_words(commitment: ShownCommitment) -> str:
    """Returns how many milestones are recorded as met: `1 of 3 recorded as met, perhaps 1 more`."""
    perhaps = f", perhaps {commitment.perhaps_met} more" if commitment.perhaps_met else ""
    return f"{commitment.met} of {len(commitment.milestones)} recorded as met{perhaps}"


def words_of_commitment(commitment: ShownCommitment) -> Iterator[str]:
    """Yields the words of the legend that a commitment uses."""
    yield from words_of_lines(one for ask in commitment.milestones for one in ask.lines)
    if not commitment.certain or commitment.perhaps_met or not all(one.certain for one in commitment.assessments):
        yield "perhaps"


def words_of_lines(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words of the legend that lines use; words for lengths of time only where the line shows one."""
    for each in lines_shown:
        drawn = [each] if _ROUGH.search(line_words(each)) else [each._replace(open_for=None, timing_days=None)]
        yield from words_of_asks(one._replace(parts=()) for one in drawn)
        yield from words_of_lines(each.parts)


def _commitment(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    number = f"{commitment.event.number}. " if commitment.event.number is not None else f"{page.glyphs.dot}  "
    first = [Piece("  "), Piece(number, "dim")]
    yield from page.hanging(first, f"{commitment.title}{'' if commitment.certain else ' (perhaps)'}", "stage")
    yield reference_line(commitment.reference, 5, page)
    span = f"from{GLUE}{commitment.event.date_text}" + (
        f" until{GLUE}{commitment.event.until.text}" if commitment.event.until else ""
    )
    led = (
        f"led by {'; '.join(commitment.lead)}".replace("led by unknown", "led by nobody named")
        if commitment.lead
        else ""
    )
    yield from page.paragraph(page.separated(filter(None, [span, led])), indent=5)
    if commitment.milestones:
        yield from page.paragraph(f"milestones: {_met_words(commitment)}", indent=5)
        yield from _milestones(commitment, page, 7)
    yield from _assessments(commitment.latest, page, 5)
    yield from _spoken_to(commitment.speaks_to, page, 5)


def _milestones(commitment: ShownCommitment, page: Page, indent: int) -> Iterator[Line]:
    for ask in commitment.milestones:
        first = [Piece(" " * indent + f"{page.glyphs.dot} ", "dim")]
        yield from page.hanging(first, f"{ask.said}{due_words(ask.term)}")
        yield from page.paragraph(ask.item, "dim", indent + 2)
        for one in ask.lines:
            yield from outcome_lines(one, page, indent + 2)
        yield from missed_lines(ask.on_missed, page, indent + 2)


def _assessments(several: Sequence[ShownAssessment], page: Page, indent: int) -> Iterator[Line]:
    column = max((cells(one.assessment.dated.text) for one in several), default=0)
    for one in several:
        assessment, office = one.assessment, one.assessment.by.office
        who = f"{one.by}, {office}" if office else one.by
        source = f" ({one.source_title})" if one.source_title else ""
        perhaps = "" if one.certain else "perhaps "
        said = f"{perhaps}assessed as {assessment.completion.replace('_', ' ')} by {who}{source}"
        date = Piece(" " * indent + f"{padded(assessment.dated.text, column)}  ", "date")
        yield from page.hanging([date], said)


def _spoken_to(requests: Iterable[SpokenTo], page: Page, indent: int) -> Iterator[Line]:
    for to in requests:
        how = f"answers, as {to.answer.replace('_', ' ')}: " if to.answer else "cites: "
        yield from page.hanging([Piece(" " * indent), Piece(how, "ask")], to.text)
        yield reference_line(to.request, indent + 2, page)


def _developments(plan: PlanFile, page: Page) -> Iterator[Line]:
    column = max((cells(each.event.date_text) for each in plan.developments), default=0)
    for development in plan.developments:
        perhaps = "" if development.certain else "perhaps: "
        process = f" (process {development.event.process})" if development.event.process else ""
        date = Piece(f"  {padded(development.event.date_text, column)}  ", "date")
        yield from page.hanging([date], f"{perhaps}{development.title}{process}")
        yield reference_line(development.reference, column + 4, page)


def legend_of(record: Record, page: Page) -> list[Line]:
    """Returns the meanings of the words that the outcomes of a record use."""
    used = {*words_of_lines(each for ask in record.asks for each in ask.lines)}
    used |= {*words_of_commitment(record.commitment)} if record.commitment else set()
    return legend_lines(used, page)
