"""A difference in few words: what matters most in one line, and one field in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ogpcase.reports.changes.rows import CaseChange, Difference, FieldChange

NOTHING_NEW = "no record says anything else"


LONGEST = 60
"""Characters of a value that is printed; of a longer one only that it changed."""


def change_in_words(field: FieldChange, arrow: str = "→") -> str:
    """Returns `old → new`, `+ new` or `- old` for short values, `changed`, `added` or `taken out` for long ones."""
    short = all(value is None or len(value) <= LONGEST for value in (field.before, field.after))
    if field.before is None:
        return f"+ {field.after}" if short else "added"
    if field.after is None:
        return f"- {field.before}" if short else "taken out"
    return f"{field.before} {arrow} {field.after}" if short and field.before != field.after else "changed"


def headline(difference: Difference, new_errors: int, new_warnings: int = 0) -> str:
    """Returns where cases moved and how many records changed: `mexico-2018: under_review → report_adopted; …`."""
    found = list(_parts(difference))
    found += [f"{new_errors} new {_several('error', new_errors)}"] if new_errors else []
    found += [f"{new_warnings} new {_several('warning', new_warnings)}"] if new_warnings and not new_errors else []
    return "; ".join(found) or NOTHING_NEW


def _parts(difference: Difference) -> Iterator[str]:
    if len(difference.cases) == 1:
        yield _case(difference.cases[0])
    elif difference.cases:
        moved = [f"{each.case}: {move}" for each in difference.cases if (move := _move(each))]
        yield "; ".join([f"{len(difference.cases)} cases changed", *moved[:3]])
    if count := len(difference.parties):
        yield f"{count} {_several('party', count)} changed"
    if count := len(difference.both_added):
        yield f"{count} {_several('id', count)} given twice"


def _case(change: CaseChange) -> str:
    parts = [_move(change), *_events(change), *_asks(change), "header changed" if change.header else ""]
    return f"{change.case}: {'; '.join(part for part in parts if part) or 'changed'}"


def _move(change: CaseChange) -> str:
    if change.before is None or change.after is None:
        return f"opened, {change.after.stage}" if change.after else "removed"
    if change.before.stage is not change.after.stage:
        return f"{change.before.stage} → {change.after.stage}"
    if change.after.perhaps and change.after.perhaps is not change.before.perhaps:
        return f"perhaps {change.after.perhaps}"
    return ""


def _events(change: CaseChange) -> Iterator[str]:
    yield _counted("event", (each.what for each in change.events))


def _asks(change: CaseChange) -> Iterator[str]:
    yield _counted("ask", (each.what for each in change.asks if not (each.duty and each.what == "made")))


def _counted(word: str, outcomes: Iterable[str]) -> str:
    """Returns `2 events added, 1 amended`; nothing where there is none."""
    counts = sorted(Counter(outcomes).items())
    return ", ".join(
        f"{count} {_several(word, count)} {what}" if number == 0 else f"{count} {what}"
        for number, (what, count) in enumerate(counts)
    )


def _several(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
