"""A comparison in words: in one line, in the terminal, and as Markdown for a comment on a pull request.

In Markdown the words of a record are in code spans, so that GitHub makes no mentions, links or formatting of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ogpcase.diagnostics import Diagnostic, Severity
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.lines import Line, Page, Piece, Style, line, padded
from ogpcase.output.verdicts import frame
from ogpcase.reports.changes.rows import (
    AskChange,
    CaseChange,
    Difference,
    EventChange,
    FieldChange,
    OutcomeChange,
    PartyChange,
    Stand,
)
from ogpcase.reports.changes.versions import History, Told
from ogpcase.reports.heading.rows import NOT_READ
from ogpcase.reports.shown import inferred_words
from ogpcase.workspace.comparing import Problems

NOTHING_NEW = "no record says anything else"
LONGEST = 60
"""Characters of a value that is printed; a longer one is only said to have changed."""
LONGEST_COMMENT = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
_GROUPS = ("added", "renamed", "amended", "withdrawn", "unreadable", "readable")
_STYLES: Mapping[str, Style] = {"added": "good", "withdrawn": "bad", "unreadable": "bad"}
_WORDS = {"unreadable": "can no longer be read", "readable": "can be read now"}
_ASKS = {
    "made": ("asks made", "Asked"),
    "answered": ("asks answered", "Answered"),
    "unanswered": ("asks no longer answered", "No longer answered"),
    "withheld": ("asks whose answer is withheld now", "Answer withheld now"),
    "withdrawn": ("asks taken back", "Ask taken back"),
}
"""Words for changed requests: for several, and for one."""
_RUNS = re.compile(r"`+")
_PLAIN = re.compile(r"[a-z0-9_ :;,→-]*")
Quote = Callable[[object], str]
"""Escapes the words of a record for the place where they are printed."""


def headline(difference: Difference, new_errors: int, new_warnings: int = 0) -> str:
    """Returns where cases moved and how many records changed: `mexico-2018: under_review → report_adopted; …`."""
    parts = list(_parts(difference))
    parts += [f"{_several('new error', new_errors)}"] if new_errors else []
    parts += [f"{_several('new warning', new_warnings)}"] if new_warnings and not new_errors else []
    return "; ".join(parts) or NOTHING_NEW


def headline_of(told: Told) -> str:
    """Returns the headline of a difference, with how many problems are new."""
    errors, warnings = (told.problems.new.count(severity) for severity in (Severity.ERROR, Severity.WARNING))
    return headline(told.difference, errors, warnings)


def _parts(difference: Difference) -> Iterator[str]:
    if len(difference.cases) == 1:
        yield _case_in_short(difference.cases[0])
    elif difference.cases:
        moved = [f"{case.case}: {move}" for case in difference.cases if (move := _move(case))]
        yield "; ".join([f"{len(difference.cases)} cases changed", *moved[:3]])
    if count := len(difference.parties):
        yield f"{_several('party', count)} changed"
    if count := len(difference.both_added):
        yield f"{_several('id', count)} given twice"


def _case_in_short(change: CaseChange) -> str:
    events = _counts("event", (event.what for event in change.events))
    asks = _counts("ask", (ask.what for ask in change.asks if not (ask.duty and ask.what == "made")))
    parts = [_move(change), events, asks, "header changed" if change.header else ""]
    parts.append(_counts("source", (source.what for source in change.sources)))
    return f"{change.case}: {'; '.join(part for part in parts if part) or 'changed'}"


def _move(change: CaseChange) -> str:
    if change.before is None or change.after is None:
        return f"opened, {change.after.stage}" if change.after else "removed"
    if not (change.before.known and change.after.known):
        return "" if change.before.known is change.after.known else "stage not known in one of the two versions"
    if change.before.stage != change.after.stage:
        return f"{change.before.stage} → {change.after.stage}"
    if change.after.perhaps and change.after.perhaps is not change.before.perhaps:
        return f"perhaps {change.after.perhaps}"
    return ""


def _counts(word: str, outcomes: Iterable[str]) -> str:
    """Returns `2 events added, 1 amended`; nothing where there is none."""
    counts = sorted(Counter(outcomes).items())
    first = [f"{_several(word, count)} {what}" for what, count in counts[:1]]
    return ", ".join([*first, *(f"{count} {what}" for what, count in counts[1:])])


def _several(word: str, count: int) -> str:
    several = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{count} {word if count == 1 else several}"


def change_in_words(field: FieldChange, arrow: str = "→", quote: Quote = str) -> str:
    """Returns `old → new`, `+ new` or `- old` for short values, `changed`, `added` or `taken out` for long ones."""
    short = all(value is None or len(value) <= LONGEST for value in (field.before, field.after))
    if field.before is None:
        return f"+ {quote(field.after)}" if short else "added"
    if field.after is None:
        return f"- {quote(field.before)}" if short else "taken out"
    if not short or field.before == field.after:
        return "changed"
    return f"{quote(field.before)} {arrow} {quote(field.after)}"


def _stand(stand: Stand, quote: Quote = str) -> str:
    if not stand.known:
        return NOT_READ
    since = f" since {quote(stand.since)}" if stand.since else ""
    perhaps = f", perhaps {stand.perhaps.label}" if stand.perhaps else ""
    return f"{stand.stage.label}{since}{perhaps}"


def _asked(ask: AskChange, separator: str, quote: Quote = str) -> str:
    """Returns who is asked and by when, in brackets; says if it is a duty of the policy."""
    asked = f"of {separator.join(map(quote, ask.asked))}" if ask.asked else ""
    whom = f"a duty {asked}".rstrip() if ask.duty else f"asked {asked}" if asked else ""
    due = f"due {quote(ask.due)}" if ask.due and ask.what == "made" else ""
    words = ", ".join(part for part in (whom, due) if part)
    return f" ({words})" if words else ""


def _outcome(outcome: OutcomeChange, arrow: str, quote: Quote = str) -> str:
    after = outcome.after or "no longer asked"
    before = "" if outcome.before is None else f"{outcome.before} {arrow} "
    return f"{quote(outcome.party)}: {before}{after}"


def _problem_counts(problems: Problems) -> str:
    """Returns how many problems are new, mended and unchanged; nothing if there are none."""
    new, mended = len(problems.new.diagnostics), sum(problems.mended.values())
    if not new and not mended and not problems.remaining and not problems.not_judged:
        return ""
    not_judged = f", {problems.not_judged} not judged" if problems.not_judged else ""
    return f"{new} new, {mended} mended{not_judged}, {problems.remaining} there before"


def _given_twice(name: str) -> str:
    return f"{name} was made on both sides, with different content: rename one, or join the two"


def difference_lines(told: Told, page: Page) -> list[Line]:
    """Returns the first line that says what matters, then everything that changed."""
    lines = page.paragraph(headline_of(told).replace("→", page.glyphs.arrow), "title")
    for case in told.difference.cases:
        lines += [line(), *_case_lines(case, page)]
    parties = (each for party in told.difference.parties for each in _party_lines(party, page))
    lines += page.section("Parties", parties)
    lines += [line()] if told.difference.both_added else []
    for name in told.difference.both_added:
        lines += page.hanging([Piece("warning: ", "warning")], _given_twice(f"`{name}`"))
    if counts := _problem_counts(told.problems):
        failed = told.problems.new.failed
        lines += [line(), line(Piece("Problems: ", "title"), Piece(counts, "error" if failed else ""))]
    for diagnostic in told.problems.new.diagnostics:
        lines += [line(), *frame(diagnostic, page)]
    return lines


def history_lines(history: History, page: Page) -> list[Line]:
    """Returns what each commit changed in a record, the earliest first."""
    lines = [line(Piece(f"{history.reference}, as it changed", "title"))]
    for row in history.rows:
        when = row.on.isoformat() if row.on else " " * 10
        commit = row.commit[:10] if row.commit else "not committed"
        words = f"{row.what}, was {row.was}" if row.was else row.what
        lines += page.hanging([Piece(f"  {when}  ", "date"), Piece(f"{padded(commit, 13)}  ", "dim")], words)
        lines += _field_lines(row.fields, page, 6)
    return lines if history.rows else [*lines, line("  no commit that can be shown has changed it")]


def _case_lines(case: CaseChange, page: Page) -> Iterator[Line]:
    yield from page.paragraph(f"{case.case} {page.glyphs.dot} {case.title}", "title")
    if case.before is not None and case.before != case.after:
        yield from page.hanging([Piece("  stood   ", "dim")], _stand(case.before), "stage")
    if case.after is not None:
        yield from page.hanging([Piece("  stands  ", "dim")], _stand(case.after), "stage")
    yield from [line(Piece("  header", "dim"))] if case.header else []
    yield from _field_lines(case.header, page, 4)
    yield from [line(Piece("  sources", "dim"))] if case.sources else []
    for source in case.sources:
        first = Piece(f"    {source.what}  ", _STYLES.get(source.what, "note"))
        yield from page.hanging([first], f"{source.title} ({source.source})")
        yield from _field_lines(source.fields, page, 6)
    for what in _GROUPS:
        events = [event for event in case.events if event.what == what]
        yield from [line(Piece(f"  {_WORDS.get(what, what)}", _STYLES.get(what, "note")))] if events else []
        for event in events:
            yield from _event_lines(event, page)
    for what, (words, _) in _ASKS.items():
        asks = [ask for ask in case.asks if ask.what == what]
        yield from [line(Piece(f"  {words}", "ask"))] if asks else []
        for ask in asks:
            yield from page.hanging([Piece(f"    {ask.request}  ", "dim")], f"{ask.text}{_asked(ask, '; ')}")
            for outcome in ask.came:
                yield from page.paragraph(_outcome(outcome, page.glyphs.arrow), indent=6)


def _event_lines(event: EventChange, page: Page) -> Iterator[Line]:
    if event.title is None:
        yield line(f"    {event.event}")
        return
    first = [Piece(f"    {padded(event.dated or '', 10)}  ", "date")]
    was = f"was {event.was}, now " if event.was else ""
    inferred = inferred_words(event.inferred)
    yield from page.hanging(first, f"{event.title} ({was}{event.event}){f'; {inferred}' if inferred else ''}")
    yield from _field_lines(event.fields, page, 16)


def _field_lines(fields: Iterable[FieldChange], page: Page, indent: int) -> Iterator[Line]:
    for field in fields:
        label = Piece(" " * indent + f"{field.field.replace('_', ' ')}: ", "dim")
        yield from page.hanging([label], change_in_words(field, page.glyphs.arrow))


def _party_lines(party: PartyChange, page: Page) -> Iterator[Line]:
    first = Piece(f"  {party.what}  ", _STYLES.get(party.what, "note"))
    yield from page.hanging([first], f"{party.name} ({party.party})")
    yield from _field_lines(party.fields, page, 4)


def difference_markdown(told: Told) -> str:
    """Returns the headline and the changes of each case, cut to the length that a comment may have."""
    difference, first = told.difference, headline_of(told)
    lines = [f"**{first}**" if _PLAIN.fullmatch(first) else quoted(first)]
    for case in difference.cases:
        lines += ["", f"### {quoted(case.case)} {quoted(case.title)}", "", *_case(case)]
    lines += ["", "### Parties", "", *map(_party, difference.parties)] if difference.parties else []
    lines += [""] if difference.both_added else []
    lines += [f"> **Warning**: {_given_twice(quoted(name))}" for name in difference.both_added]
    new = told.problems.new.diagnostics
    if counts := _problem_counts(told.problems):
        lines += ["", f"### Problems: {counts}", *([""] if new else []), *map(_problem, new)]
    return "".join(_fitting(lines))


def quoted(text: object) -> str:
    """Returns any text as a code span on one line; invisible characters are shown as code points."""
    plain = harmless(str(text))
    longest = max((len(run) for run in _RUNS.findall(plain)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if not plain.strip() or plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{edge}{plain}{edge}{fence}"


def _case(case: CaseChange) -> Iterator[str]:
    if case.before != case.after:
        stood = _stand(case.before, quoted) if case.before else "was not there"
        stands = _stand(case.after, quoted) if case.after else "is no longer there"
        yield f"- **Stage**: {stood} → {stands}"
    yield from (f"- **Header**: {_field(field)}" for field in case.header)
    for source in case.sources:
        fields = f": {'; '.join(map(_field, source.fields))}" if source.fields else ""
        yield f"- **Source {source.what}** {quoted(source.source)} {quoted(source.title)}{fields}"
    for event in case.events:
        word = _WORDS.get(event.what, event.what).capitalize()
        about = f" {event.kind}, {quoted(event.dated)}: {quoted(event.title)}" if event.title is not None else ""
        was = f", was {quoted(event.was)}" if event.was else ""
        inferred = f"; inferred: {', '.join(map(quoted, event.inferred))}" if event.inferred else ""
        yield f"- **{word}** {quoted(event.event)}{was}{about}{inferred}"
        yield from (f"  - {_field(field)}" for field in event.fields)
    for ask in case.asks:
        _, word = _ASKS[ask.what]
        yield f"- **{word}** {quoted(ask.request)}: {quoted(ask.text)}{_asked(ask, ', ', quoted)}"
        yield from (f"  - {_outcome(outcome, '→', quoted)}" for outcome in ask.came)


def _field(field: FieldChange) -> str:
    return f"{quoted(field.field)}: {change_in_words(field, quote=quoted)}"


def _party(party: PartyChange) -> str:
    fields = f": {'; '.join(map(_field, party.fields))}" if party.fields else ""
    return f"- **{party.what.capitalize()}** {quoted(party.party)} {quoted(party.name)}{fields}"


def _problem(diagnostic: Diagnostic) -> str:
    spot = diagnostic.spots[0]
    where = f"{spot.path}:{spot.span.line}:{spot.span.column}"
    return f"- {diagnostic.severity} {diagnostic.code} {quoted(where)}: {quoted(diagnostic.message)}"


def _fitting(lines: Sequence[str]) -> Iterator[str]:
    used = 0
    for number, text in enumerate(lines):
        used += len(text) + 1
        if used > LONGEST_COMMENT:
            yield f"\n{len(lines) - number} more lines do not fit here; `ogpcase diff` prints them all\n"
            return
        yield f"{text}\n"
