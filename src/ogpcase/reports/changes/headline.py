"""A comparison in one line: where cases moved, and how many records changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ogpcase.diagnostics import Severity
from ogpcase.output.lines import counted
from ogpcase.reports.changes.rows import CaseChange, Difference
from ogpcase.reports.changes.versions import Told

NOTHING_NEW = "no record says anything else"
_ASKS = {
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
    errors, warnings = (told.problems.new.count(severity) for severity in (Severity.ERROR, Severity.WARNING))
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
    asks = (_ASKS[ask.what] for ask in change.asks if not (ask.duty and ask.what in {"made", "withdrawn"}))
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
