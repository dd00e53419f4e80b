"""Who appears, in the terminal: a party with its roles, those in most records first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import (
    Line,
    Page,
    Piece,
    cells,
    counted,
    date_in_short,
    days_in_words,
    hanging,
    line,
    padded,
    separated,
    wrap,
)
from ogpcase.reports.asks.text import (
    due_words,
    legend_lines,
    line_words,
    missed_words,
    outcome_lines,
    style_of,
    words_of_days,
)
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.parties.rows import (
    Deed,
    Doings,
    Parties,
    PartyAsk,
    PartyFile,
    PartyLine,
    RoleCount,
    Signature,
    role_in_words,
)
from ogpcase.reports.plan.text import reference_line, words_of_lines
from ogpcase.reports.record.text import title_lines, value_lines

_DATE = 13
"""Columns of the date column: `2017-10-19/20`."""
_FEW = 3
"""Of so many who ask together each is named; their paper names them all."""


def party_lines(party: PartyFile, page: Page) -> list[Line]:
    """Returns a party's own record, then what the cases tell of it and of each of its parts."""
    lines = [*title_lines(party.record, page), line(), *value_lines(party.record, page)]
    for number, each in enumerate(party.subject_of):
        lines += [line(), line(Piece("Subject of", "title"))] if number == 0 else []
        lines += hanging([Piece(f"  {each.case}  ", "dim")], each.title, page.width)
    lines += _doings(party.doings, page)
    if party.doings.empty:
        lines += [line(), *hanging([], "no record names it", page.width, "dim")]
    lines += _parts(party.parts, page)
    lines += language_lines(party.record.languages, page)
    return [*lines, *legend_lines(set(_words_used([party.doings, *party.parts])), page)]


def _parts(parts: Sequence[Doings], page: Page) -> Iterator[Line]:
    """What each part did stands under its name; those that no record tells anything of are named together."""
    telling = [each for each in parts if not each.empty]
    if parts:
        yield from [line(), line(Piece("Through its parts", "title"))]
    for number, each in enumerate(telling):
        yield from [line()] if number else []
        yield from hanging([Piece("  ")], each.name, page.width, "stage")
        yield from hanging([Piece("  ")], each.party, page.width, "dim")
        yield from _doings(each, page, 4)
    if silent := [each.name for each in parts if each.empty]:
        yield from [line()] if telling else []
        yield from hanging([Piece("  nothing more is recorded of ", "dim")], "; ".join(silent), page.width, "dim")


def _doings(doings: Doings, page: Page, indent: int = 0) -> Iterator[Line]:
    """A section for each sort of thing there is something of; under a part's name the first follows at once."""
    inner, concerned = indent + 2, doings.left_open
    sections: list[tuple[str, Iterable[Line]]] = [
        ("What it did", (one for each in doings.did for one in _deed(each, page, inner))),
        ("What it asked", (one for each in doings.asked for one in _made(each, page, inner))),
        (
            "Asked of it and open, the longest first",
            _concerned([each for each in concerned if not each.ask.duty], page, inner),
        ),
        (
            "Duties of the policy that no record answers, the longest first",
            _concerned([each for each in concerned if each.ask.duty], page, inner),
        ),
        ("What it answered", _concerned(doings.answered, page, inner)),
        (
            "What came back from it, not being asked, and left the request open",
            _concerned(doings.volunteered, page, inner),
        ),
        ("Where others name it", (one for each in doings.named for one in _deed(each, page, inner))),
        ("Who signed for it", _signatures(doings.signed, page, inner)),
    ]
    told = [(words, drawn) for words, lines in sections if (drawn := list(lines))]
    for number, (words, drawn) in enumerate(told):
        yield from [line()] if number or not indent else []
        yield from hanging([Piece(" " * indent)], words, page.width, "note" if indent else "title")
        yield from drawn


def _deed(each: Deed, page: Page, indent: int) -> Iterator[Line]:
    date, beside = _dated(each.dated, indent)
    perhaps = "" if each.certain else "perhaps: "
    yield from hanging([date], f"{perhaps}{each.title}", page.width)
    roles = [role_in_words(role) for role in each.roles if role != "signed_for"]  # who signed stands below
    names = [f"as “{name}”" for name in each.as_named if name != each.name]
    marks = [", ".join([*roles, *names, *each.offices]), *(["context"] if each.context else [])]
    if any(marks):
        yield from hanging([beside], separated(filter(None, marks), page), page.width)
    for one in each.signed:
        yield from hanging([beside], f"signed by {_person(one)}", page.width)
    yield from _reference(each.reference, beside, page)


def _made(each: PartyAsk, page: Page, indent: int) -> Iterator[Line]:
    """What the party asked, with what came back from everybody asked."""
    date, beside = _dated(each.dated, indent)
    yield from hanging([date], f"{each.ask.text}{due_words(each.ask.term)}", page.width)
    for one in each.ask.lines:
        yield from outcome_lines(one, page.width, page, cells(beside.text))
    yield from _reference(each.request, beside, page)


def _concerned(several: Iterable[PartyAsk], page: Page, indent: int) -> Iterator[Line]:
    """What was asked of the party, by whom, and what came back from it."""
    for each in several:
        date, beside = _dated(each.dated, indent)
        (one,) = each.ask.lines
        perhaps = "" if each.certain else "perhaps: "
        yield from hanging([date], f"{perhaps}{each.ask.text}{due_words(each.ask.term)}", page.width)
        yield from hanging([beside], _asker(each, page), page.width, "dim")
        came = f"{line_words(one)}{_days(each)}"
        yield from hanging([Piece(f"{beside.text}{page.glyphs.arrow} ", "dim")], came, page.width, style_of(one))
        if each.open and each.ask.on_missed:
            yield from hanging([beside], missed_words(each.ask.on_missed), page.width, "note")
        yield from _reference(each.request, beside, page)


def _asker(each: PartyAsk, page: Page) -> str:
    several = f" and {counted(len(each.by) - _FEW, 'other')}" if len(each.by) > _FEW else ""
    names = "; ".join(each.by[:_FEW]).replace(UNKNOWN, "nobody named") or "nobody named"
    who = f"asked by {names}{several}"
    who = "a duty of the policy" if each.ask.duty else "promised in its own commitment" if each.promised else who
    marks = [f"as part of {each.through}"] if each.through else []
    marks += [] if each.asked else ["it was not the one asked"]
    return separated([who, *marks], page)


def _days(each: PartyAsk) -> str:
    """How long it took, or how long it has been open; nothing where nobody can know."""
    length = days_in_words(each.days)
    if not length:
        return ""
    ended = " when the case ended" if each.open and each.ask.lines[0].at_end else ""
    return f", open {length}{ended}" if each.open else f", after {length}"


def _reference(text: str, beside: Piece, page: Page) -> Iterator[Line]:
    yield reference_line(text, len(beside.text), page, len(beside.text) - _DATE)


def _signatures(signed: Sequence[Signature], page: Page, indent: int) -> Iterator[Line]:
    """Offices outlive their holders: each signature stands with its day."""
    for each in signed:
        date, beside = _dated(each.dated, indent)
        perhaps = "" if each.certain else "perhaps: "
        yield from hanging([date], f"{perhaps}{_person(each)}", page.width)
        yield from _reference(each.event, beside, page)


def _person(one: Signature) -> str:
    return f"{one.name}, {one.office}" if one.office else one.name


def _dated(text: str, indent: int) -> tuple[Piece, Piece]:
    """A date as a first column, and what stands under it."""
    short = date_in_short(text)
    date = f"{' ' * indent}{padded(short, _DATE)}  "
    return Piece(date, "date"), Piece(" " * (indent + _DATE + 2))


def _words_used(several: Iterable[Doings]) -> Iterator[str]:
    for doings in several:
        asks = (*doings.asked, *doings.lines)
        for each in asks:
            yield from words_of_lines(each.ask.lines)
            yield from words_of_days(each.days)
        certain = [each.certain for each in (*doings.did, *doings.named)] + [each.certain for each in asks]
        if not all(certain):
            yield "perhaps"


def parties_lines(parties: Parties, page: Page) -> list[Line]:
    """Returns how many appear, each with its roles, and apart those that are in no record."""
    cases = counted(parties.cases, "case")
    said = f"{counted(len(parties.named), 'party', 'parties')} in {cases}, by the number of records that name them"
    nobody = f"no party appears in {cases}"
    lines = [line(Piece(part, "title")) for part in wrap(said if parties.named else nobody, page.width)]
    lines += [line()] if parties.named else []
    width = max((len(str(each.records)) for each in parties.named), default=0)
    for each in parties.named:
        lines += _party(each, page, width)
    if parties.absent:
        lines += [
            line(),
            *hanging([], f"In no record of {cases if parties.cases != 1 else 'this case'}", page.width, "title"),
        ]
    for each in parties.absent:
        lines += hanging([Piece("  ")], f"{each.name} ({each.party})", page.width, "dim")
    lines += language_lines(parties.languages, page)
    unsure = any(each.perhaps for each in parties.named)
    return [*lines, *legend_lines({"perhaps"} if unsure else (), page)]


def _party(each: PartyLine, page: Page, width: int) -> Iterator[Line]:
    first = Piece(f"  {padded(str(each.records), width, right=True)}  ", "date")
    beside = Piece(" " * len(first.text))
    yield from hanging([first], separated([each.name, each.party], page), page.width, "stage")
    yield from hanging([beside], separated([_sort(each), *map(_role, each.roles)], page), page.width)
    if each.perhaps:
        yield from hanging([beside], f"perhaps in {counted(each.perhaps, 'more record')}", page.width, "open")
    if each.as_named:
        yield from hanging([beside], f"as {', '.join(f'“{name}”' for name in each.as_named)}", page.width, "dim")


def _sort(each: PartyLine) -> str:
    if not each.recorded:
        return "has no file"
    sort = each.classification.label if each.classification else "its file cannot be read"
    return f"{sort}: {each.body.label}" if each.body else sort


def _role(each: RoleCount) -> str:
    perhaps = f"perhaps {each.perhaps}" if each.perhaps else ""
    times = " and ".join(filter(None, [str(each.times) if each.times else "", perhaps]))
    return f"{role_in_words(each.role)} {times}"
