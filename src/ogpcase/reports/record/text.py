"""One record in the terminal: its fields, what became of a commitment or an action plan, or the header of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ogpcase.model.spans import bounds_in_words
from ogpcase.output.lines import GLUE, Line, Page, Piece, cells, counted, line, padded
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.record.rows import (
    CaseRecord,
    KindCount,
    PlanFile,
    Record,
    ShownAssessment,
    ShownCommitment,
    SpokenTo,
    Value,
)
from ogpcase.reports.requests.rows import AskLine, RowAsk
from ogpcase.reports.requests.text import (
    due_words,
    legend_lines,
    line_words,
    missed_lines,
    outcome_lines,
    words_of_asks,
)

_SHOWN_APART = {"milestones", "assessments"}
"""Fields of a commitment that are shown in separate sections, with their results."""


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns the record's values, and the outcomes of its requests."""
    lines = title_lines(record, page)
    if record.withdrawn is not None:
        lines += [*page.paragraph(record.withdrawn, "note"), *page.paragraph("it is no part of the case", "dim")]
    lines += [line(), *value_lines(record, page)]
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
    """Yields a record's values by name, without those that a commitment shows in separate sections."""
    for name, value in record.values.items():
        if record.commitment is None or name not in _SHOWN_APART or not isinstance(value, list):
            yield from _value_lines(name, value, page, 0, _inferred(name, record))
        if name == "dated" and record.bounded is not None:
            yield from page.hanging([Piece("  ")], bounds_in_words(record.bounded) or "", "dim")


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    yield line("  ", Piece(ask.item, "ask"))
    if ask.term is not None and (ask.term.counted or ask.term.moves):  # else the value says it all
        yield from page.paragraph(due_words(ask.term).strip(), indent=4)
    for each in ask.lines:
        yield from outcome_lines(each, page, 4)
    yield from missed_lines(ask.on_missed, page, 4)


def _inferred(name: str, record: Record) -> str:
    """Returns ` (inferred)` for a field that no source states, ` (a inferred)` for an item `name#a` of it."""
    fields = record.values.get("inferred")
    named = [field.partition("#") for field in map(str, fields if isinstance(fields, list) else ())]
    said = [f"{item} inferred" if item else "inferred" for field, _, item in named if field == name]
    return f" ({', '.join(said)})" if said else ""


def _value_lines(name: str, value: Value, page: Page, indent: int, mark: str = "") -> Iterator[Line]:
    words = " " * indent + name.replace("_", " ") + mark
    label = Piece(f"{words}: ", "dim")
    if isinstance(value, dict):
        yield line(Piece(f"{words}:", "dim"))
        for inner, each in _joined(value).items():
            yield from _value_lines(inner, each, page, indent + 2)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        yield line(Piece(f"{words}:", "dim"))
        for each in value:
            yield from _item_lines(each, page, indent + 2)
    elif isinstance(value, list):
        yield from _plain_list(label, [str(each) for each in value], page)
    else:
        yield from page.hanging([label], _word(value))


def _plain_list(label: Piece, values: list[str], page: Page) -> Iterator[Line]:
    """Yields each value on a line of its own where one has a comma, so that one name does not look like two."""
    if not any("," in value for value in values):
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
    """Joins a source's title and id, and what the record says with the sources that give it."""
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


def reference_line(text: str, indent: int, page: Page, least: int = 2) -> Line:
    """Returns a reference on a line of its own, moved left where it would not fit at `indent`; it is never cut."""
    room = indent if page.width is None else max(0, page.width - cells(text))
    return line(" " * (indent if room >= indent else min(least, room)), Piece(text, "dim"))


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
