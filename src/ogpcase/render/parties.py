"""Who appears, in the terminal: a party with its roles, those in most records first."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.render.heading import language_lines
from ogpcase.render.legend import legend_lines
from ogpcase.render.lines import Line, Piece, hanging, line, padded, wrap
from ogpcase.render.page import Page, counted, separated
from ogpcase.views.parties import Parties, PartyLine, RoleCount
from ogpcase.views.roles import role_in_words


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
    lines += language_lines(parties.language, parties.elsewhere, page)
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
