"""One record in the terminal: an event, an item of one, or the header of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from ogpcase.model.codelists import Kind
from ogpcase.output.lines import Line, Page, before, line
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.reports.heading.text import heading_lines, language_lines, language_words, related_lines
from ogpcase.reports.record.commitment_text import legend_of
from ogpcase.reports.record.event_text import event_lines, link_lines
from ogpcase.reports.record.rows import CaseRecord, KindCount, PlanFile, Record, Value
from ogpcase.reports.record.values_text import fields_lines, title_lines
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_lines, outcome_lines
from ogpcase.reports.requests.words import perhaps


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns an event or an item of one as a page."""
    return event_lines(record, page) if "kind" in record.values else _item_lines(record, page)


_TOLD_APART = frozenset({"of", "field", "id", "text", "asked_of", "due", "within", "on_missed"})
"""The values of an item that stand in its title, in who is asked, or with what came back."""


_ITEMS = {
    "requests": marked("Request"),
    "allegations": marked("Allegation"),
    "clauses": marked("Clause"),
    "milestones": marked("Milestone"),
}
"""What an item of a field is called."""
_A_DUTY = marked("Duty of the policy")


def _item_lines(record: Record, page: Page) -> list[Line]:
    """Returns an item: what it says and where, who asks whom and by when, what came back, and which records name it."""
    sort, (event, *links) = _ITEMS.get(str(record.words["field"]), _A_DUTY), record.links
    titled = record._replace(title=str(record.words.get("text", record.title)))
    lines = title_lines(titled, page, _(sort))
    lines += page.section(_("In"), link_lines([event], page))
    who: dict[str, Value] = {"by": list(record.by), "asked_of": record.words.get("asked_of", [])}
    lines += page.section(_("Who"), fields_lines({name: names for name, names in who.items() if names}, page))
    rest = {name: value for name, value in record.words.items() if name not in _TOLD_APART}
    lines += page.section(_("What it says"), fields_lines(rest, page))
    lines += page.section(_("What came back"), chain.from_iterable(_came_back(ask, page) for ask in record.asks))
    lines += page.section(_("Records that name it"), link_lines(links, page))
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
    about = [_("country {code}", code=case.country)] if case.country else []
    about += [_("language {code}", code=language_words(case.language))] if case.language else []
    lines += page.paragraph(page.separated(about), "dim") if about else []
    certain, may_be = sum(kind.times for kind in case.kinds), sum(kind.perhaps for kind in case.kinds)
    events = ngettext("{number} event", "{number} events", certain)
    events = _("{what} and perhaps {number} more", what=events, number=may_be) if may_be else events
    span = with_days("{first} to {last}", first=case.earliest, last=case.latest) if case.earliest else ""
    lines += [line(), *page.paragraph(f"{events}, {span}" if span else events, "title")]
    lines += page.paragraph(page.separated(map(_kind, case.kinds)), indent=2) if case.kinds else []
    lines += page.section(_("Action plans"), chain.from_iterable(_plan(plan, page) for plan in case.plans))
    lines += related_lines(case.heading, page)
    lines += language_lines(case.languages, page)
    id_of = case.heading.case
    hint = _("`ogpcase timeline {case}` tells how it went, `ogpcase status {case}` what is open", case=id_of)
    return [*lines, line(), *page.paragraph(hint, "dim")]


def _kind(count: KindCount) -> str:
    words = _KINDS[count.kind]
    if not count.times:
        return perhaps(words(count.perhaps), certain=False)
    said = words(count.times)
    return _("{what} and perhaps {number}", what=said, number=count.perhaps) if count.perhaps else said


_KINDS: Mapping[str, Callable[[int], str]] = {
    Kind.CONCERN: lambda number: ngettext("{number} concern", "{number} concerns", number),
    Kind.LETTER: lambda number: ngettext("{number} letter", "{number} letters", number),
    Kind.STATEMENT: lambda number: ngettext("{number} statement", "{number} statements", number),
    Kind.REPORT: lambda number: ngettext("{number} report", "{number} reports", number),
    Kind.RESOLUTION: lambda number: ngettext("{number} resolution", "{number} resolutions", number),
    Kind.COMMITMENT: lambda number: ngettext("{number} commitment", "{number} commitments", number),
    Kind.DEVELOPMENT: lambda number: ngettext("{number} development", "{number} developments", number),
}
"""So many events of each kind."""


def _plan(plan: PlanFile, page: Page) -> Iterator[Line]:
    period = f", {', '.join(plan.periods)}" if plan.periods else ""
    commitments = ngettext("{number} commitment", "{number} commitments", len(plan.commitments))
    yield from page.paragraph(before(f"{plan.title}{period}") + commitments, indent=2)
    yield from page.paragraph(plan.reference, "dim", 4)
