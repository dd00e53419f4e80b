"""Action plans and commitments in the terminal: what is promised, by whom, and how far it was found to be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ogpcase.output.lines import GLUE, Line, Page, Piece, cells, counted, hanging, line, padded, separated, wrap
from ogpcase.reports.asks.rows import AskLine
from ogpcase.reports.asks.text import due_words, legend_lines, line_words, missed_words, outcome_lines, words_of_asks
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.plan.rows import PlanFile, ShownCommitment, SpokenTo
from ogpcase.reports.sources import ShownAssessment

_ROUGH = re.compile(r"\d to \d|at (?:least|most) \d")
"""A length of time that is not known to the day."""


def plan_lines(plan: PlanFile, page: Page) -> list[Line]:
    """Returns the plan's head, each of its commitments with what became of it, and the developments that name it."""
    about = [plan.reference, *(["period " + ", ".join(plan.periods)] if plan.periods else [])]
    lines = [line(Piece(part, "title")) for part in wrap(plan.title, page.width)]
    lines += [line(Piece(part, "dim")) for part in wrap(separated(about, page), page.width)]
    if plan.names[1:]:
        lines += hanging([Piece("also called: ", "dim")], "; ".join(plan.names[1:]), page.width)
    count = counted(len(plan.commitments), "commitment") if plan.commitments else "no commitment of it is recorded"
    lines += [line(), *_heading(count, page)]
    for number, each in enumerate(plan.commitments):
        lines += [line()] if number else []
        lines += _commitment(each, page)
    lines += _developments(plan, page)
    lines += language_lines(plan.languages, page)
    return [*lines, *legend_lines({word for each in plan.commitments for word in words_of_commitment(each)}, page)]


def promise_lines(each: ShownCommitment, page: Page) -> Iterator[Line]:
    """Yields what became of a commitment in sections: milestones, assessments, requests it answers or cites."""
    if each.milestones:
        yield from [line(), *_heading(f"Milestones: {met_words(each)}", page)]
        yield from _milestones(each, page, 2)
    if each.assessments:
        yield from [line(), *_heading("Assessments", page)]
        yield from _assessments(each.assessments, page, 2)
    if each.speaks_to:
        yield from [line(), *_heading("Requests that it answers or cites", page)]
        for spoken in each.speaks_to:
            yield from _spoken_to(spoken, page, 2)


def met_words(each: ShownCommitment) -> str:
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


def _heading(words: str, page: Page) -> list[Line]:
    return [line(Piece(part, "title")) for part in wrap(words, page.width)]


def _commitment(each: ShownCommitment, page: Page) -> Iterator[Line]:
    number = f"{each.number}. " if each.number is not None else f"{page.glyphs.dot}  "
    first = [Piece("  "), Piece(number, "dim")]
    yield from hanging(first, f"{each.title}{'' if each.certain else ' (perhaps)'}", page.width, "stage")
    yield reference_line(each.reference, 5, page)
    span = f"from{GLUE}{each.dated}" + (f" until{GLUE}{each.until}" if each.until else "")
    led = f"led by {'; '.join(each.lead)}".replace("led by unknown", "led by nobody named") if each.lead else ""
    yield from hanging([Piece("     ")], separated(filter(None, [span, led]), page), page.width)
    if each.milestones:
        yield from hanging([Piece("     ")], f"milestones: {met_words(each)}", page.width)
        yield from _milestones(each, page, 7)
    yield from _assessments(each.latest, page, 5)
    for spoken in each.speaks_to:
        yield from _spoken_to(spoken, page, 5)


def _milestones(each: ShownCommitment, page: Page, indent: int) -> Iterator[Line]:
    for ask in each.milestones:
        first = [Piece(" " * indent + f"{page.glyphs.dot} ", "dim")]
        yield from hanging(first, f"{ask.text}{due_words(ask.term)}", page.width)
        yield from hanging([Piece(" " * (indent + 2))], ask.item, page.width, "dim")
        for one in ask.lines:
            yield from outcome_lines(one, page.width, page, indent + 2)
        if ask.on_missed:
            yield from hanging([Piece(" " * (indent + 2))], missed_words(ask.on_missed), page.width, "note")


def _assessments(several: Sequence[ShownAssessment], page: Page, indent: int) -> Iterator[Line]:
    column = max((cells(one.dated) for one in several), default=0)
    for one in several:
        who = f"{one.by}, {one.office}" if one.office else one.by
        source = f" ({one.source_title})" if one.source_title else ""
        perhaps = "" if one.certain else "perhaps "
        said = f"{perhaps}assessed as {one.completion.replace('_', ' ')} by {who}{source}"
        date = Piece(" " * indent + f"{padded(one.dated, column)}  ", "date")
        yield from hanging([date], said, page.width)


def _spoken_to(to: SpokenTo, page: Page, indent: int) -> Iterator[Line]:
    how = f"answers, as {to.answer.replace('_', ' ')}: " if to.answer else "cites: "
    yield from hanging([Piece(" " * indent), Piece(how, "ask")], to.text, page.width)
    yield reference_line(to.request, indent + 2, page)


def _developments(plan: PlanFile, page: Page) -> Iterator[Line]:
    column = max((cells(each.dated) for each in plan.developments), default=0)
    for number, each in enumerate(plan.developments):
        yield from [line(), *_heading("Developments that name it", page)] if number == 0 else []
        perhaps = "" if each.certain else "perhaps: "
        process = f" (process {each.process})" if each.process else ""
        date = Piece(f"  {padded(each.dated, column)}  ", "date")
        yield from hanging([date], f"{perhaps}{each.title}{process}", page.width)
        yield reference_line(each.reference, column + 4, page)
