"""A comparison in the terminal and in one line, and what each commit changed in a record."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ogpcase.diagnostics import Severity
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.lines import UNICODE, Line, Page, Piece, Style, cells, line, padded
from ogpcase.output.messages import _, marked
from ogpcase.output.verdicts import frame
from ogpcase.output.words import counted, date_in_short, lowered
from ogpcase.reports.changes.fields import MORE, FieldChange, Passage, passages
from ogpcase.reports.changes.rows import (
    AskChange,
    AskWord,
    CaseChange,
    Difference,
    EventChange,
    OutcomeChange,
    PartyChange,
    SourceChange,
    Stand,
    What,
)
from ogpcase.reports.changes.versions import History, Told
from ogpcase.reports.heading.rows import NOT_READ
from ogpcase.reports.requests.rows import english_words
from ogpcase.reports.shown import inferred_words, path_words
from ogpcase.workspace.comparing import Problems

SHORTEST = 40
"""Characters of a value from which it is compared word by word; of shorter ones both are shown."""
WHAT: Mapping[What, str] = {
    "added": marked("Added"),
    "renamed": marked("Renamed"),
    "amended": marked("Amended"),
    "withdrawn": marked("Taken out"),
    "unreadable": marked("Can no longer be read"),
    "readable": marked("Can be read now"),
}
"""Words for what became of a record, in the order in which they are shown."""
ASKS: Mapping[AskWord, str] = {
    "made": "Asked",
    "answered": "Answered",
    "unanswered": "No longer answered",
    "withheld": "Answer withheld now",
    "withdrawn": "Ask taken back",
}
"""Words for what became of a request, in the order in which they are shown."""
_STYLES: Mapping[str, Style] = {"added": "good", "withdrawn": "bad", "unreadable": "bad"}
_OF_SIDE: Mapping[str, Style] = {"before": "bad", "after": "good"}


def stand_words(stand: Stand) -> str:
    """Returns a stage in words, since when, and the stage that the case is perhaps in."""
    if not stand.known:
        return NOT_READ
    since = f" since {stand.since}" if stand.since else ""
    perhaps = f", perhaps {stand.perhaps.label}" if stand.perhaps else ""
    return f"{stand.stage.label}{since}{perhaps}"


def field_name(field: FieldChange) -> str:
    """Returns the path of a field in words: `requests work-plan, due` for `requests#work-plan.due`."""
    return ", ".join(path_words(part.replace("#", " ", 1)) for part in field.field.split("."))


def outcome_words(outcome: OutcomeChange, arrow: str) -> str:
    """Returns `silent → met`, or the one outcome of a party that was not asked before."""
    after = english_words(outcome.after) if outcome.after else "no longer asked"
    return after if outcome.before is None else f"{english_words(outcome.before)} {arrow} {after}"


def whom_words(ask: AskChange) -> str:
    """Returns who asks whom, and by when: `by Open Arcadia, of Government of Arcadia, due 2023-03-01`."""
    by = f"by {'; '.join(ask.by)}" if ask.by else ""
    asked = f"of {'; '.join(ask.asked)}" if ask.asked else ""
    due = f"due {ask.due}" if ask.due and ask.what == "made" else ""
    return ", ".join(filter(None, [by, asked, due]))


def problem_words(problems: Problems) -> str:
    """Returns how many problems are new, mended and unchanged; nothing if there are none."""
    new, mended = len(problems.new.diagnostics), sum(problems.mended.values())
    if not new and not mended and not problems.remaining:
        return ""
    return f"{new} new, {mended} mended, {problems.remaining} there before"


def not_judged_words(problems: Problems) -> str:
    """Returns how many problems nobody can judge now; nothing if there are none."""
    if not problems.not_judged:
        return ""
    verb = "is" if problems.not_judged == 1 else "are"
    return f"{counted(problems.not_judged, 'problem')} {verb} not judged: a record can no longer be read"


def given_twice(name: str) -> str:
    """Returns what to do about an id that both sides gave."""
    return f"{name} was made on both sides, with different content: rename one, or join the two"


def difference_lines(told: Told, page: Page) -> list[Line]:
    """Returns the first line that says what matters, then everything that changed."""
    lines = page.paragraph(headline_of(told).replace("→", page.glyphs.arrow), "title")
    for case in told.difference.cases:
        lines += [line(), *_case_lines(case, page)]
    for number, party in enumerate(told.difference.parties):
        was = f", was {party.was}" if party.was else ""
        lines += [line(), line(Piece("Parties", "title"))] if number == 0 else []
        lines += _record_lines(party, f"{party.name} ({party.party}{was})", page, 2)
    lines += [line()] if told.difference.both_added else []
    for name in told.difference.both_added:
        lines += page.hanging([Piece("warning: ", "warning")], given_twice(f"`{name}`"))
    return [*lines, *_problem_lines(told.problems, page)]


def _problem_lines(problems: Problems, page: Page) -> Iterator[Line]:
    words, not_judged = problem_words(problems), not_judged_words(problems)
    yield from [line()] if words or not_judged else []
    if words:
        yield line(Piece("Problems: ", "title"), Piece(words, "error" if problems.new.failed else ""))
    yield from page.paragraph(not_judged, "note") if not_judged else []
    for diagnostic in problems.new.diagnostics:
        yield from [line(), *frame(diagnostic, page)]


def history_lines(history: History, page: Page) -> list[Line]:
    """Returns what each commit changed in a record, the earliest first."""
    lines = [line(Piece(_("{reference}, as it changed", reference=history.reference), "title"))]
    for row in history.rows:
        when = row.on.isoformat() if row.on else " " * 10
        commit = row.commit[:10] if row.commit else _("not committed")
        word = lowered(_(WHAT[row.what]))
        words = _("{what}, was {name}", what=word, name=row.was) if row.was else word
        lines += page.hanging([Piece(f"  {when}  ", "date"), Piece(f"{padded(commit, 13)}  ", "dim")], words)
        lines += _field_lines(row.fields, page, 6)
    return lines if history.rows else [*lines, line(f"  {_('no commit that can be shown has changed it')}")]


def _case_lines(case: CaseChange, page: Page) -> Iterator[Line]:
    yield from page.hanging([Piece(f"{case.case}  ", "title")], case.title, "title")
    if case.was:
        yield line(Piece("  was     ", "dim"), case.was)
    if case.before is not None and case.before != case.after:
        yield from page.hanging([Piece("  stood   ", "dim")], stand_words(case.before), "stage")
    if case.after is not None:
        yield from page.hanging([Piece("  stands  ", "dim")], stand_words(case.after), "stage")
    if case.header:
        yield from [line(), line(Piece("  Header", "note")), *_field_lines(case.header, page, 4)]
    for what, words in WHAT.items():
        events = [event for event in case.events if event.what == what]
        yield from [line(), line(Piece(f"  {words}", _STYLES.get(what, "note")))] if events else []
        for event in events:
            yield from _event_lines(case, event, page)
    yield from [line(), line(Piece("  Sources", "note"))] if case.sources else []
    for source in case.sources:
        yield from _record_lines(source, f"{source.title} ({source.source})", page, 4)
    yield from _asks(case, page)


def _event_lines(case: CaseChange, event: EventChange, page: Page) -> Iterator[Line]:
    if event.title is None:
        was = f"   (was {event.was})" if event.was else ""
        yield line(f"    {case.case}/{event.event}{was}")
        return
    date = padded(date_in_short(event.dated or ""), 10)
    margin = cells(date) + 6
    yield from page.hanging([Piece(f"    {date}  ", "date")], event.title)
    yield from page.paragraph(who_wrote(event, page.glyphs.arrow), "dim", margin)
    yield line(" " * margin, Piece(f"{case.case}/{event.event}", "dim"))
    if event.was:
        yield line(" " * margin, Piece(f"was {case.was or case.case}/{event.was}", "dim"))
    yield from _field_lines(event.fields, page, margin)


def who_wrote(event: EventChange, arrow: str) -> str:
    """Returns the kind of an event, who acts and to whom, and what is inferred."""
    who = "; ".join(event.by)
    to = f" {arrow} {'; '.join(event.to)}" if event.to else ""
    inferred = inferred_words(event.inferred)
    return ", ".join(filter(None, [event.kind_in_words, f"{who or 'nobody named'}{to}" if who or to else "", inferred]))


def _record_lines(change: SourceChange | PartyChange, words: str, page: Page, indent: int) -> Iterator[Line]:
    """Yields what became of a source or a party, and its fields that changed."""
    first = f"{' ' * indent}{padded(WHAT[change.what].lower(), 9)}  "
    yield from page.hanging([Piece(first, _STYLES.get(change.what, "note"))], words)
    yield from _field_lines(change.fields, page, len(first))


def asks_by_word(case: CaseChange) -> Iterator[tuple[str, list[AskChange], list[AskChange]]]:
    """Yields in words what became of requests, those requests, and the duties that steps bring or no longer bring."""
    for what, words in ASKS.items():
        asks = [ask for ask in case.asks if ask.what == what]
        if asks:
            yield words, [ask for ask in asks if not ask.brought], [ask for ask in asks if ask.brought]


def _asks(case: CaseChange, page: Page) -> Iterator[Line]:
    for words, asks, duties in asks_by_word(case):
        yield from [line(), line(Piece(f"  {words}", "note"))]
        for ask in asks:
            yield from _ask_lines(case, ask, page)
        for event, several in groupby(duties, lambda duty: duty.request.partition("#")[0]):
            yield from _duty_lines(case, event, list(several), page)


def _ask_lines(case: CaseChange, ask: AskChange, page: Page) -> Iterator[Line]:
    yield from page.paragraph(f"{ask.text}{' (a duty of the policy)' if ask.duty else ''}", "ask", 4)
    if words := whom_words(ask):
        yield from page.paragraph(words, indent=6)
    yield line(" " * 6, Piece(f"{case.case}/{ask.request}", "dim"))
    column = max((cells(each.party) for each in ask.came if cells(each.party) <= SHORTEST), default=0)
    for outcome in ask.came:
        first = [Piece(f"      {padded(outcome.party, column)}  ")]
        yield from page.hanging(first, outcome_words(outcome, page.glyphs.arrow))


def _duty_lines(case: CaseChange, event: str, duties: Sequence[AskChange], page: Page) -> Iterator[Line]:
    ids = ", ".join(duty.request.partition("#")[2] for duty in duties)
    yield from page.paragraph(f"{duty_words(duties)}: {ids}", indent=4)
    yield line(" " * 6, Piece(f"{case.case}/{event}", "dim"))


def duty_words(duties: Sequence[AskChange]) -> str:
    """Returns how many duties there are, and whose: `2 duties of the policy, of Government of Arcadia`."""
    whom = "; ".join(dict.fromkeys(party for duty in duties for party in duty.asked))
    words = counted(len(duties), "duty of the policy", "duties of the policy")
    return f"{words}, of {whom}" if whom else words


def _field_lines(fields: Sequence[FieldChange], page: Page, indent: int) -> Iterator[Line]:
    names = [field_name(field) for field in fields]
    column = max((cells(name) for name in names if cells(name) <= SHORTEST // 2), default=0)
    for field, name in zip(fields, names, strict=True):
        yield from _field(field, Piece(f"{' ' * indent}{padded(name, column)}  ", "dim"), page)


def _field(field: FieldChange, label: Piece, page: Page) -> Iterator[Line]:
    before, after = field.in_words
    if before is None or after is None:
        sign, value = ("+ ", after) if before is None else ("- ", before)
        yield from page.hanging([label, Piece(sign, "good" if before is None else "bad")], value or "")
    elif before == after:
        yield from page.hanging([label], _("changed"))
    elif max(len(before), len(after)) < SHORTEST:
        yield from page.hanging([label], f"{before} {page.glyphs.arrow} {after}")
    else:
        both, width = passages(before, after), max(cells(_("before")), cells(_("now"))) + 2
        beside = Piece(" " * cells(label.text))
        yield from _side("before", both, [label, Piece(padded(_("before"), width), "dim")], page)
        yield from _side("after", both, [beside, Piece(padded(_("now"), width), "dim")], page)


def _side(side: str, both: Iterable[Passage], first: Sequence[Piece], page: Page) -> Iterator[Line]:
    """Yields one of two texts, with the words marked that the other one has not."""
    more, style = MORE if page.glyphs == UNICODE else "...", _OF_SIDE[side]
    parts = [
        (harmless(text.replace(MORE, more)), not each.same)
        for each in both
        if (text := each.same or getattr(each, side))
    ]
    marks = iter([changed for text, changed in parts for sign in text if not sign.isspace()])
    for each in page.hanging(first, " ".join(text for text, _changed in parts)):
        *head, last = each
        yield (*head, *_marked(last.text, marks, style))


def _marked(text: str, marks: Iterator[bool], style: Style) -> Iterator[Piece]:
    """Yields the pieces of a line; each sign that is no blank has a mark."""
    marked: list[tuple[str, bool]] = []
    for sign in text:
        changed = marked[-1][1] if sign.isspace() and marked else False if sign.isspace() else next(marks, False)
        marked.append((sign, changed))
    for changed, signs in groupby(marked, lambda each: each[1]):
        yield Piece("".join(sign for sign, _ in signs), style if changed else "")


NOTHING_NEW = "no record says anything else"
_BECAME = {
    "made": "made",
    "answered": "answered",
    "unanswered": "no longer answered",
    "withheld": "with an answer withheld",
    "withdrawn": "taken back",
}
"""Words for what became of requests."""


def headline(difference: Difference, new_errors: int, new_warnings: int = 0) -> str:
    """Returns where cases moved and how many records changed: `mexico-2018: Under review → Report adopted; …`."""
    parts = list(_parts(difference))
    parts += [counted(new_errors, "new error")] if new_errors else []
    parts += [counted(new_warnings, "new warning")] if new_warnings and not new_errors else []
    return "; ".join(parts) or NOTHING_NEW


def headline_of(told: Told) -> str:
    """Returns the headline of a difference, with how many problems are new."""
    errors, warnings = (told.problems.new.number_of(severity) for severity in (Severity.ERROR, Severity.WARNING))
    return headline(told.difference, errors, warnings)


def _parts(difference: Difference) -> Iterator[str]:
    if len(difference.cases) == 1:
        yield _case_in_short(difference.cases[0])
    elif difference.cases:
        moved = [f"{case.case}: {move}" for case in difference.cases if (move := _named_and_moved(case))]
        yield "; ".join([f"{len(difference.cases)} cases changed", *moved[:3]])
    if count := len(difference.parties):
        yield f"{counted(count, 'party', 'parties')} changed"
    if count := len(difference.both_added):
        yield f"{counted(count, 'id')} given twice"


def _case_in_short(change: CaseChange) -> str:
    asks = (_BECAME[ask.what] for ask in change.asks if not ask.brought)
    parts = [_named_and_moved(change)]
    parts += [_counts("event", (event.what for event in change.events)), _counts("ask", asks)]
    parts += ["header changed" if change.header else "", _counts("source", (each.what for each in change.sources))]
    return f"{change.case}: {'; '.join(part for part in parts if part) or 'changed'}"


def _named_and_moved(change: CaseChange) -> str:
    return "; ".join(filter(None, [f"was {change.was}" if change.was else "", _move(change)]))


def _move(change: CaseChange) -> str:
    if change.before is None or change.after is None:
        return f"opened, {change.after.stage.label}" if change.after else "removed"
    if not (change.before.known and change.after.known):
        return "" if change.before.known is change.after.known else "stage not known in one of the two versions"
    if change.before.stage != change.after.stage:
        return f"{change.before.stage.label} → {change.after.stage.label}"
    if change.after.perhaps and change.after.perhaps is not change.before.perhaps:
        return f"perhaps {change.after.perhaps.label}"
    return ""


def _counts(word: str, outcomes: Iterable[str]) -> str:
    """Returns `2 events added, 1 amended`; nothing where there is none."""
    counts = sorted(Counter(outcomes).items())
    first = [f"{counted(count, word)} {what}" for what, count in counts[:1]]
    return ", ".join([*first, *(f"{count} {what}" for what, count in counts[1:])])
