"""What is doubtful in a case, in the terminal: what is said, by whom, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ogpcase.output.lines import Line, Page, Piece, cells, counted, hanging, line, separated
from ogpcase.reports.doubts.rows import WHATS, About, Doubt, Doubts, SaidBy, counts_of
from ogpcase.reports.heading.text import heading_lines, language_lines

_MEANINGS = {
    "contradicted": "sources or records exclude each other; both are kept",
    "uncertain": "not known, or not for sure",
    "unsourced": "no source is named for it",
    "background": "of an event that is no step of the case",
    "perhaps": "of an event that may not have happened, or been known, by the day",
}
_FIELD_TOLD = frozenset({
    About.DATES_DISAGREE, About.DATES_MAY_BE_THE_SAME, About.IMPRECISE_DATE, About.QUALIFIED_DATE, About.UNDATED,
    About.FACT_DISAGREES,
})  # fmt: skip
"""The doubts of which only the field says which fact they are about, where it is not the date."""

_WIDEST_VALUE = 16
"""Columns of a value at most that has its sources beside it."""


def doubts_lines(doubts: Doubts, page: Page) -> list[Line]:
    """Returns one case's doubts: the head, how many there are, and then each, the gravest first."""
    lines = [*heading_lines(doubts.heading, page), line(), *_summary(doubts.doubts, page), *_sections(doubts, page)]
    return [*lines, *language_lines(doubts.language, doubts.elsewhere, page), *_legend(doubts.doubts, page)]


def all_doubts_lines(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns the doubts of several cases, case by case; a case without any is named too."""
    if not cases:
        return [line(Piece("no cases yet; open one with `ogpcase open-case ID`", "dim"))]
    found = tuple(doubt for each in cases for doubt in each.doubts)
    lines = [*_summary(found, page, f" in {counted(len(cases), 'case')}"), line()]
    for each in cases:
        lines += hanging([Piece(f"{each.heading.case}  ", "title")], each.heading.title, page.width)
        lines += [*_summary(each.doubts, page), *_sections(each, page), line()]
    elsewhere = tuple(dict.fromkeys(tag for each in cases for tag in each.elsewhere))
    return [*lines[:-1], *language_lines(cases[0].language, elsewhere, page), *_legend(found, page)]


def _summary(doubts: tuple[Doubt, ...], page: Page, where: str = "") -> list[Line]:
    if not doubts:
        return hanging([], f"no doubts{where}: nothing recorded is contradicted, uncertain or unsourced", page.width)
    counts = [f"{number} {what}" for what, number in counts_of(doubts).items() if number]
    return hanging([], f"{counted(len(doubts), 'doubt')}{where}: {separated(counts, page)}", page.width)


def _sections(doubts: Doubts, page: Page) -> Iterator[Line]:
    for what in WHATS:
        mine = [doubt for doubt in doubts.doubts if doubt.what == what]
        if mine:
            yield line()
            yield line(Piece(what.capitalize(), "title"))
            for about in dict.fromkeys(doubt.about for doubt in mine):
                yield from _group(about, [doubt for doubt in mine if doubt.about is about], page)


def _group(about: About, doubts: Sequence[Doubt], page: Page) -> Iterator[Line]:
    """The doubts about one thing: those that the same record would settle have it named once, after them."""
    yield from hanging([Piece("  ")], about.label, page.width, "note")
    for settled_by, several in groupby(doubts, lambda doubt: doubt.settled_by):
        for doubt in _together(about, several):
            yield from _doubt(doubt, page)
        yield from hanging([Piece(f"    {page.glyphs.arrow} ", "dim")], settled_by, page.width, "dim")


def _together(about: About, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yields doubts; the facts of one event that no source gives as one."""
    for _, several in groupby(doubts, lambda doubt: (doubt.case, doubt.reference)):
        alike = tuple(several)
        if about is About.FACT_WITHOUT_SOURCE:
            yield alike[0]._replace(said=", ".join(doubt.said for doubt in alike))
        else:
            yield from alike


def _doubt(doubt: Doubt, page: Page) -> Iterator[Line]:
    field = f", {doubt.field.replace('_', ' ')}" if _names_field(doubt) and doubt.field else ""
    notes = ", ".join(_notes(doubt))
    head = f"{doubt.reference}{field}{f' ({notes})' if notes else ''}"
    mark = [Piece(f"    {page.glyphs.dot} ")]
    if not _tabled(doubt):
        yield from hanging(mark, f"{head}: {doubt.said}", page.width)
        return
    yield from hanging(mark, head, page.width)
    for each in doubt.values:
        yield from _value(each, page)


def _notes(doubt: Doubt) -> Iterator[str]:
    if doubt.touches == "context":
        yield "background"
    if not doubt.certain and doubt.about is not About.PERHAPS_MOVED:
        yield "perhaps"


def _value(each: SaidBy, page: Page) -> Iterator[Line]:
    """What some sources say, with these beside it, or below it where it is long."""
    sources = f"{'; '.join(each.sources)}{f' ({each.note})' if each.note else ''}"
    if page.width is None or cells(each.value) <= _WIDEST_VALUE:
        yield from hanging([Piece("        "), Piece(f"{each.value}: ", "date")], sources, page.width)
        return
    yield from hanging([Piece("        ")], f"{each.value}:", page.width, "date")
    yield from hanging([Piece("          ")], sources, page.width)


def _names_field(doubt: Doubt) -> bool:
    return doubt.about in _FIELD_TOLD and doubt.field != "dated"


def _tabled(doubt: Doubt) -> bool:
    """True where what each source says stands on a line of its own."""
    return bool(doubt.values) and doubt.about is not About.ANSWERS_DISAGREE


def _legend(doubts: Sequence[Doubt], page: Page) -> list[Line]:
    """Returns what the words mean, of those that were used."""
    if not doubts:
        return []
    used = {doubt.what for doubt in doubts} | {note for doubt in doubts for note in _notes(doubt)}
    meanings = [(f"{word}:", meaning) for word, meaning in _MEANINGS.items() if word in used]
    lines = [line()]
    for word, meaning in (*meanings, (page.glyphs.arrow, "the record that would settle it")):
        lines += hanging([Piece(f"  {word} ", "dim")], meaning, page.width, "dim")
    return lines
