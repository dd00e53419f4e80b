"""A difference as Markdown for a comment on a pull request or the summary of a job.

Every word of a record stands in a code span: there no mention, link, issue number, HTML or Markdown acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ogpcase.diagnostics import Diagnostic, Severity
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.reports.changes.rows import (
    AskChange,
    CaseChange,
    EventChange,
    FieldChange,
    OutcomeChange,
    PartyChange,
    Stand,
)
from ogpcase.reports.changes.versions import Told
from ogpcase.reports.changes.words import LONGEST, headline
from ogpcase.workspace.comparing import Problems

LONGEST_COMMENT = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""
_RUNS = re.compile(r"`+")
_PLAIN = re.compile(r"[a-z0-9_ :;,→-]*")


def difference_markdown(told: Told) -> str:
    """Returns the line that matters, then what changed case by case; cut where no comment could hold it."""
    found = told.difference
    errors, warnings = (told.problems.new.count(each) for each in (Severity.ERROR, Severity.WARNING))
    first = headline(found, errors, warnings)
    lines = [f"**{first}**" if _PLAIN.fullmatch(first) else quoted(first)]
    for case in found.cases:
        lines += ["", f"### {quoted(case.case)} {quoted(case.title)}", "", *_case(case)]
    lines += ["", "### Parties", "", *(_party(each) for each in found.parties)] if found.parties else []
    lines += ["", *map(_given_twice, found.both_added)] if found.both_added else []
    lines += _problems(told.problems)
    return "".join(_fitting(lines))


def quoted(text: object) -> str:
    """Returns text as a code span on one line, whatever it holds; what is invisible stands as its code point."""
    plain = harmless(str(text))
    longest = max((len(run) for run in _RUNS.findall(plain)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if not plain.strip() or plain[0] in "` " or plain[-1] in "` " else ""
    return f"{fence}{edge}{plain}{edge}{fence}"


def _case(case: CaseChange) -> Iterator[str]:
    if case.before != case.after:
        stood = _stand(case.before) if case.before else "was not there"
        stands = _stand(case.after) if case.after else "is no longer there"
        yield f"- **Stage**: {stood} → {stands}"
    yield from (f"- **Header**: {_field(each)}" for each in case.header)
    for event in case.events:
        yield from _event(event)
    for ask in case.asks:
        yield from _ask(ask)


def _stand(stand: Stand) -> str:
    since = f" since {quoted(stand.since)}" if stand.since else ""
    perhaps = f", perhaps {stand.perhaps.label}" if stand.perhaps else ""
    return f"{stand.stage.label}{since}{perhaps}"


_WORDS = {"unreadable": "Can no longer be read", "readable": "Can be read now"}


def _event(event: EventChange) -> Iterator[str]:
    word = _WORDS.get(event.what, event.what.capitalize())
    about = f" {event.kind}, {quoted(event.dated)}: {quoted(event.title)}" if event.title is not None else ""
    was = f", was {quoted(event.was)}" if event.was else ""
    yield f"- **{word}** {quoted(event.event)}{was}{about}"
    yield from (f"  - {_field(each)}" for each in event.fields)


def _field(field: FieldChange) -> str:
    name = quoted(field.field)
    short = all(value is None or len(value) <= LONGEST for value in (field.before, field.after))
    if field.before is None:
        return f"{name}: + {quoted(field.after)}" if short else f"{name}: added"
    if field.after is None:
        return f"{name}: - {quoted(field.before)}" if short else f"{name}: taken out"
    if not short or field.before == field.after:
        return f"{name}: changed"
    return f"{name}: {quoted(field.before)} → {quoted(field.after)}"


_HEADS = {
    "made": "Asked",
    "answered": "Answered",
    "unanswered": "No longer answered",
    "withheld": "Answer withheld now",
    "withdrawn": "Ask taken back",
}


def _ask(ask: AskChange) -> Iterator[str]:
    word = _HEADS[ask.what]
    asked = f"of {', '.join(map(quoted, ask.asked))}" if ask.asked else ""
    whom = f"a duty {asked}".rstrip() if ask.duty else f"asked {asked}" if asked else ""
    due = f"due {quoted(ask.due)}" if ask.due and ask.what == "made" else ""
    said = ", ".join(part for part in (whom, due) if part)
    yield f"- **{word}** {quoted(ask.request)}: {quoted(ask.text)}{f' ({said})' if said else ''}"
    yield from (f"  - {_outcome(each)}" for each in ask.came)


def _outcome(each: OutcomeChange) -> str:
    after = each.after or "no longer asked"
    return f"{quoted(each.party)}: {after if each.before is None else f'{each.before} → {after}'}"


def _party(party: PartyChange) -> str:
    fields = "; ".join(map(_field, party.fields))
    return (
        f"- **{party.what.capitalize()}** {quoted(party.party)} {quoted(party.name)}{f': {fields}' if fields else ''}"
    )


def _given_twice(name: str) -> str:
    return f"> **Warning**: {quoted(name)} was made on both sides, with different content: rename one, or join the two"


def _problems(problems: Problems) -> list[str]:
    new, mended = problems.new.diagnostics, sum(problems.mended.values())
    if not new and not mended and not problems.remaining:
        return []
    counts = f"{len(new)} new, {mended} mended, {problems.remaining} there before"
    return ["", f"### Problems: {counts}", *([""] if new else []), *map(_problem, new)]


def _problem(diagnostic: Diagnostic) -> str:
    spot = diagnostic.spots[0]
    where = f"{spot.path}:{spot.span.line}:{spot.span.column}"
    return f"- {diagnostic.severity} {diagnostic.code} {quoted(where)}: {quoted(diagnostic.message)}"


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    used = 0
    several = list(lines)
    for number, each in enumerate(several):
        used += len(each) + 1
        if used > LONGEST_COMMENT:
            yield f"\n{len(several) - number} more lines do not fit here; `ogpcase diff` prints them all\n"
            return
        yield f"{each}\n"
