"""A commitment and an action plan in the terminal, with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import (
    Line,
    Page,
    Piece,
    apart,
    before,
    cells,
    date_in_short,
    days_in_words,
    glued_before,
    line,
    lowered,
    padded,
)
from ogpcase.output.messages import _, ngettext, with_days
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
from ogpcase.reports.requests.words import outcome_words, perhaps
from ogpcase.reports.shown import said_of


def plan_lines(plan: PlanFile, page: Page) -> list[Line]:
    """Returns the plan's heading, its commitments with their results, and the developments that name the plan."""
    about = [plan.reference, *([_("period {years}", years=", ".join(plan.periods))] if plan.periods else [])]
    lines = page.paragraph(plan.title, "title")
    lines += page.paragraph(page.separated(about), "dim")
    if plan.names[1:]:
        lines += page.hanging([Piece(before(_("also called")), "dim")], apart(plan.names[1:]))
    count = ngettext("{number} commitment", "{number} commitments", len(plan.commitments))
    count = count if plan.commitments else _("no commitment of it is recorded")
    lines += [line(), *page.paragraph(count, "title")]
    for number, each in enumerate(plan.commitments):
        lines += [line()] if number else []
        lines += _commitment(each, page)
    lines += page.section(_("Developments that name it"), _developments(plan, page))
    lines += language_lines(plan.languages, page)
    return [*lines, *legend_lines({word for each in plan.commitments for word in words_of_commitment(each)}, page)]


def promise_lines(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    """Yields the sections of a commitment: milestones, assessments, and requests that it answers or cites."""
    yield from page.section(before(_("Milestones")) + _met_words(commitment), _milestones(commitment, page, 2))
    yield from page.section(_("Assessments"), _assessments(commitment.assessments, page, 2))
    yield from page.section(_("Requests that it answers or cites"), _spoken_to(commitment.speaks_to, page, 2))


def _met_words(commitment: ShownCommitment) -> str:
    """Returns how many milestones are recorded as met: `1 of 3 recorded as met, perhaps 1 more`."""
    met, all_of_them = commitment.met, len(commitment.milestones)
    words = ngettext("{met} of {number} recorded as met", "{met} of {number} recorded as met", all_of_them, met=met)
    more = commitment.perhaps_met
    return _("{words}, perhaps {number} more", words=words, number=more) if more else words


def words_of_commitment(commitment: ShownCommitment) -> Iterator[str]:
    """Yields the words of the legend that a commitment uses."""
    yield from words_of_lines(one for ask in commitment.milestones for one in ask.lines)
    if not commitment.certain or commitment.perhaps_met or not all(one.certain for one in commitment.assessments):
        yield "perhaps"


def words_of_lines(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words of the legend that lines use; words for lengths of time only where the line shows one."""
    for each in lines_shown:
        told = line_words(each)
        rough = [days for days in (each.timing_days, each.silent_for) if days and days.fewest != days.most]
        shown = any(words in told for words in map(days_in_words, rough) if words)
        drawn = each if shown else each._replace(open_for=None, timing_days=None)
        yield from words_of_asks([drawn._replace(parts=())])
        yield from words_of_lines(each.parts)


def _commitment(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    number = f"{commitment.event.number}. " if commitment.event.number is not None else f"{page.glyphs.dot}  "
    first = [Piece("  "), Piece(number, "dim")]
    doubt = "" if commitment.certain else f" ({_('perhaps')})"
    yield from page.hanging(first, f"{commitment.title}{doubt}", "stage")
    yield reference_line(commitment.reference, 5, page)
    first_day, until = date_in_short(commitment.event.date_text), commitment.event.until
    span = glued_before(with_days("from {day}", day=first_day), first_day)
    span += f" {glued_before(with_days('until {day}', day=until.text), until.text)}" if until else ""
    leaders = apart(_("nobody named") if name == UNKNOWN else name for name in commitment.lead)
    led = _("led by {names}", names=leaders) if leaders else ""
    yield from page.paragraph(page.separated(filter(None, [span, led])), indent=5)
    if commitment.milestones:
        yield from page.paragraph(before(_("milestones")) + _met_words(commitment), indent=5)
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
        result = lowered(_(assessment.completion.label))
        said = _("assessed as {result} by {assessor}", result=result, assessor=said_of(who))
        said = perhaps(said, certain=one.certain) + source
        date = Piece(" " * indent + f"{padded(assessment.dated.text, column)}  ", "date")
        yield from page.hanging([date], said)


def _spoken_to(requests: Iterable[SpokenTo], page: Page, indent: int) -> Iterator[Line]:
    for to in requests:
        how = _("answers, as {outcome}", outcome=outcome_words(to.answer)) if to.answer else _("cites")
        yield from page.hanging([Piece(" " * indent), Piece(before(how), "ask")], to.text)
        yield reference_line(to.request, indent + 2, page)


def _developments(plan: PlanFile, page: Page) -> Iterator[Line]:
    column = max((cells(date_in_short(each.event.date_text)) for each in plan.developments), default=0)
    for development in plan.developments:
        state = development.event.process
        process = f" ({_('process {state}', state=lowered(_(state.label)))})" if state else ""
        title = development.title if development.certain else _("perhaps: {title}", title=development.title)
        date = Piece(f"  {padded(date_in_short(development.event.date_text), column)}  ", "date")
        yield from page.hanging([date], f"{title}{process}")
        yield reference_line(development.reference, column + 4, page)


def legend_of(record: Record, page: Page) -> list[Line]:
    """Returns the meanings of the words that the outcomes of a record use."""
    used = {*words_of_lines(each for ask in record.asks for each in ask.lines)}
    used |= {*words_of_commitment(record.commitment)} if record.commitment else set()
    return legend_lines(used, page)
