"""The doubts of a case in the terminal, with their sources and what would settle them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from ogpcase.output.lines import Line, Page, Piece, cells, counted, line
from ogpcase.reports.doubts.doubt import About, Bears, Doubt, SaidBy
from ogpcase.reports.doubts.rows import Doubts, counts_of
from ogpcase.reports.heading.text import heading_lines, joined, language_lines

_MEANINGS = {
    "contradicted": "sources or records exclude each other; both are kept",
    "uncertain": "not known, or not for sure",
    "unsourced": "no source is named for it",
    "perhaps": "of an event that may not have happened, or been known, by the day",
}
_FIELD_TOLD = frozenset({
    About.DATES_DISAGREE, About.DATES_MAY_BE_THE_SAME, About.IMPRECISE_DATE, About.QUALIFIED_DATE, About.UNDATED,
    About.FACT_DISAGREES,
})  # fmt: skip
"""The doubts that show their field, since nothing else names the fact in doubt."""

_WIDEST_VALUE = 16
"""Columns; a longer value has its sources below it."""


def doubts_lines(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns the doubts of the one case: the head, how many there are, and then each, the most important first."""
    (doubts,) = cases
    lines = [*heading_lines(doubts.heading, page), line(), *_summary(doubts.doubts, page), *_sections(doubts, page)]
    return [*lines, *language_lines(doubts.languages, page), *_legend(doubts.doubts, page)]


def all_doubts_lines(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns the doubts of several cases, case by case; a case without any is named too."""
    if not cases:
        return [line(Piece("no case to show; open one with `ogpcase open-case ID`", "dim"))]
    every = tuple(doubt for case in cases for doubt in case.doubts)
    lines = [*_summary(every, page, f" in {counted(len(cases), 'case')}"), line()]
    for case in cases:
        lines += page.hanging([Piece(f"{case.heading.case}  ", "title")], case.heading.title)
        lines += [*_summary(case.doubts, page), *_sections(case, page), line()]
    return [*lines[:-1], *language_lines(joined(case.languages for case in cases), page), *_legend(every, page)]


def _summary(doubts: Sequence[Doubt], page: Page, where: str = "") -> list[Line]:
    if not doubts:
        return page.paragraph(f"no doubts{where}: nothing recorded is contradicted, uncertain or unsourced")
    counts = [f"{number} {what}" for what, number in counts_of(doubts).items() if number]
    return page.paragraph(f"{counted(len(doubts), 'doubt')}{where}: {page.separated(counts)}")


_SECTIONS: dict[Bears, str] = {
    "stage": "About where the case stands",
    "step": "About its steps",
    "other": "About other events",
    "context": "About background",
}


def _sections(doubts: Doubts, page: Page) -> Iterator[Line]:
    for bears_on, of_a_sort in groupby(doubts.doubts, lambda doubt: doubt.bears_on):
        by_subject: dict[About, list[Doubt]] = {}
        for doubt in of_a_sort:
            by_subject.setdefault(doubt.about, []).append(doubt)
        groups = (_group(about, several, page) for about, several in by_subject.items())
        yield from page.section(_SECTIONS[bears_on], chain.from_iterable(groups))


def _group(about: About, doubts: Sequence[Doubt], page: Page) -> Iterator[Line]:
    """Yields the doubts of one headline; a record that would settle several is named once, after them."""
    yield from page.hanging([Piece(f"  {about.label} ", "note")], f"({about.what})", "dim")
    for settled_by, several in groupby(doubts, lambda doubt: doubt.settled_by):
        for doubt in _together(about, several):
            yield from _doubt(doubt, page)
        yield from page.hanging([Piece(f"      {page.glyphs.arrow} ", "dim")], settled_by, "dim")


def _together(about: About, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yields doubts, with the unsourced facts of an event joined into one."""
    for _, several in groupby(doubts, lambda doubt: (doubt.case, doubt.reference)):
        alike = tuple(several)
        if about is About.FACT_WITHOUT_SOURCE:
            yield alike[0]._replace(said=", ".join(doubt.said for doubt in alike))
        else:
            yield from alike


def _doubt(doubt: Doubt, page: Page) -> Iterator[Line]:
    names_field = doubt.about in _FIELD_TOLD and doubt.field and doubt.field != "dated"
    field = f", {doubt.field.replace('_', ' ')}" if names_field and doubt.field else ""
    notes = ", ".join(_notes(doubt))
    head = f"{doubt.reference}{field}{f' ({notes})' if notes else ''}"
    mark = [Piece(f"    {page.glyphs.dot} ")]
    if not doubt.values or doubt.about is About.ANSWERS_DISAGREE:
        yield from page.hanging(mark, f"{head}: {doubt.said}")
        return
    yield from page.hanging(mark, head)
    for value in doubt.values:
        yield from _value(value, page)


def _notes(doubt: Doubt) -> Iterator[str]:
    if not doubt.certain and doubt.about is not About.PERHAPS_MOVED:
        yield "perhaps"


def _value(value: SaidBy, page: Page) -> Iterator[Line]:
    """Yields a value and the names of its sources, beside it or, if the value is long, below it."""
    sources = f"{'; '.join(value.sources)}{f' ({value.note})' if value.note else ''}"
    if page.width is None or cells(value.in_words) <= _WIDEST_VALUE:
        yield from page.hanging([Piece("        "), Piece(f"{value.in_words}: ", "date")], sources)
        return
    yield from page.paragraph(f"{value.in_words}:", "date", 8)
    yield from page.paragraph(sources, indent=10)


def _legend(doubts: Sequence[Doubt], page: Page) -> list[Line]:
    """Returns the meanings of the words that were used."""
    if not doubts:
        return []
    used = {doubt.what for doubt in doubts} | {note for doubt in doubts for note in _notes(doubt)}
    settled_by = page.hanging([Piece(f"  {page.glyphs.arrow} ", "dim")], "the record that would settle it", "dim")
    return [*page.legend(_MEANINGS, used), *settled_by]
