"""What a change means, in the terminal: the line that matters, then case by case, then what is wrong now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.diagnostics import Severity
from ogpcase.output.frames import frame
from ogpcase.output.lines import Line, Page, Piece, Style, hanging, line, padded, wrap
from ogpcase.reports.changes.rows import AskChange, CaseChange, EventChange, FieldChange, PartyChange, Stand
from ogpcase.reports.changes.versions import HistoryRow, Told
from ogpcase.reports.changes.words import change_in_words, headline
from ogpcase.workspace.comparing import Problems

_GROUPS = ("added", "renamed", "amended", "withdrawn", "unreadable", "readable")
_STYLES: dict[str, Style] = {"added": "good", "withdrawn": "bad", "unreadable": "bad"}


def difference_lines(told: Told, page: Page) -> list[Line]:
    """Returns the first line that says what matters, then everything that changed."""
    found = told.difference
    errors, warnings = (told.problems.new.count(each) for each in (Severity.ERROR, Severity.WARNING))
    first = headline(found, errors, warnings).replace("→", page.glyphs.arrow)
    lines = [line(Piece(part, "title")) for part in wrap(first, page.width)]
    for case in found.cases:
        lines += [line(), *_case_lines(case, page)]
    if found.parties:
        lines += [line(), line(Piece("Parties", "title"))]
        lines += [each for party in found.parties for each in _party_lines(party, page)]
    for number, name in enumerate(found.both_added):
        lines += [line()] if number == 0 else []
        said = f"`{name}` was made on both sides, with different content: rename one, or join the two"
        lines += hanging([Piece("warning: ", "warning")], said, page.width)
    return [*lines, *_problem_lines(told.problems, page)]


def history_lines(reference: str, rows: Sequence[HistoryRow], page: Page) -> list[Line]:
    """Returns what each commit changed in a record, the earliest first."""
    lines = [line(Piece(f"{reference}, as it changed", "title"))]
    for row in rows:
        when = row.on.isoformat() if row.on else " " * 10
        commit = row.commit[:10] if row.commit else "not committed"
        said = f"{row.what}, was {row.was}" if row.was else row.what
        lines += hanging([Piece(f"  {when}  ", "date"), Piece(f"{padded(commit, 13)}  ", "dim")], said, page.width)
        lines += [each for field in row.fields for each in _field_lines(field, page, 6)]
    return lines if rows else [*lines, line("  no commit that can be shown has changed it")]


def _case_lines(case: CaseChange, page: Page) -> Iterator[Line]:
    dot = f" {page.glyphs.dot} "
    yield from (line(Piece(part, "title")) for part in wrap(f"{case.case}{dot}{case.title}", page.width))
    yield from _stand_lines(case.before, case.after, page)
    for number, field in enumerate(case.header):
        if number == 0:
            yield line(Piece("  header", "dim"))
        yield from _field_lines(field, page, 4)
    for what in _GROUPS:
        for number, event in enumerate(each for each in case.events if each.what == what):
            if number == 0:
                yield line(Piece(f"  {_WORDS.get(what, what)}", _STYLES.get(what, "note")))
            yield from _event_lines(event, page)
    yield from _ask_lines(case.asks, page)


_WORDS = {"unreadable": "can no longer be read", "readable": "can be read now"}


def _stand_lines(before: Stand | None, after: Stand | None, page: Page) -> Iterator[Line]:
    if before is not None and (after is None or before != after):
        yield from hanging([Piece("  stood   ", "dim")], _stand(before), page.width, "stage")
    if after is not None:
        yield from hanging([Piece("  stands  ", "dim")], _stand(after), page.width, "stage")


def _stand(stand: Stand) -> str:
    since = f" since {stand.since}" if stand.since else ""
    perhaps = f", perhaps {stand.perhaps.label}" if stand.perhaps else ""
    return f"{stand.stage.label}{since}{perhaps}"


def _event_lines(event: EventChange, page: Page) -> Iterator[Line]:
    if event.title is None:
        yield line(f"    {event.event}")
        return
    first = [Piece(f"    {padded(event.dated or '', 10)}  ", "date")]
    was = f"was {event.was}, now " if event.was else ""
    yield from hanging(first, f"{event.title} ({was}{event.event})", page.width)
    for field in event.fields:
        yield from _field_lines(field, page, 16)


def _field_lines(field: FieldChange, page: Page, indent: int) -> Iterator[Line]:
    label = Piece(" " * indent + f"{field.field.replace('_', ' ')}: ", "dim")
    yield from hanging([label], change_in_words(field, page.glyphs.arrow), page.width)


_HEADS = {
    "made": "asks made",
    "answered": "asks answered",
    "unanswered": "asks no longer answered",
    "withheld": "asks whose answer is withheld now",
    "withdrawn": "asks taken back",
}


def _ask_lines(asks: Iterable[AskChange], page: Page) -> Iterator[Line]:
    several = list(asks)
    for what, words in _HEADS.items():
        for number, ask in enumerate(each for each in several if each.what == what):
            if number == 0:
                yield line(Piece(f"  {words}", "ask"))
            yield from hanging([Piece(f"    {ask.request}  ", "dim")], f"{ask.text}{_asked(ask)}", page.width)
            for each in ask.came:
                yield from hanging([Piece("      ")], _outcome(each.party, each.before, each.after, page), page.width)


def _asked(ask: AskChange) -> str:
    """Returns of whom it is asked and by when, in brackets; a policy's duty is said to be one."""
    asked = f"of {'; '.join(ask.asked)}" if ask.asked else ""
    whom = f"a duty {asked}".rstrip() if ask.duty else f"asked {asked}" if asked else ""
    due = f"due {ask.due}" if ask.due and ask.what == "made" else ""
    said = ", ".join(part for part in (whom, due) if part)
    return f" ({said})" if said else ""


def _outcome(party: str, before: str | None, after: str | None, page: Page) -> str:
    if before is None:
        return f"{party}: {after}"
    return f"{party}: {before} {page.glyphs.arrow} {after or 'no longer asked'}"


def _party_lines(party: PartyChange, page: Page) -> Iterator[Line]:
    yield from hanging([Piece(f"  {party.what}  ", _STYLES.get(party.what, "note"))], f"{party.name} ({party.party})",
                       page.width)  # fmt: skip
    for field in party.fields:
        yield from _field_lines(field, page, 4)


def _problem_lines(problems: Problems, page: Page) -> Iterator[Line]:
    new, mended = problems.new, sum(problems.mended.values())
    if not new.diagnostics and not mended and not problems.remaining:
        return
    yield line()
    counts = f"{len(new.diagnostics)} new, {mended} mended, {problems.remaining} there before"
    yield line(Piece("Problems: ", "title"), Piece(counts, "error" if new.failed else ""))
    for each in new.diagnostics:
        yield line()
        yield from frame(each, page)
