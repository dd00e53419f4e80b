"""The doubts of a case in the terminal, with their sources and what would settle them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ogpcase.output.lines import Line, Page, Piece, Style, cells, line
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import GLUE, any_of, apart, before, day_words, lowered
from ogpcase.reports.doubts.doubt import About, Bears, Doubt, SaidBy, What
from ogpcase.reports.doubts.rows import Doubts, counts_of
from ogpcase.reports.heading.text import heading_lines, joined, language_lines
from ogpcase.reports.shown import fact_words, field_words

MEANINGS = {
    marked("contradicted"): marked("sources or records exclude each other; both are kept"),
    marked("uncertain"): marked("not known, or not for sure"),
    marked("unsourced"): marked("no source is named for it"),
    marked("perhaps"): marked("of an event that may not have happened, or been known, by the day"),
}
_FIELD_TOLD = frozenset({
    About.DATES_DISAGREE, About.DATES_MAY_BE_THE_SAME, About.IMPRECISE_DATE, About.QUALIFIED_DATE, About.UNDATED,
    About.FACT_DISAGREES,
})  # fmt: skip
"""The doubts that show their field, since nothing else names the fact in doubt."""
_STYLES: Mapping[What, Style] = {"contradicted": "bad", "uncertain": "note", "unsourced": "warning"}
_WIDEST_VALUE = 16
"""Columns; a longer value has its sources below it."""


def doubts_lines(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns the doubts of the one case: the head, how many there are, and then each, the most important first."""
    (doubts,) = cases
    shown, left_out = _sections(doubts, page)
    lines = [*heading_lines(doubts.heading, page), line(), *_summary(doubts.doubts, page), *shown]
    lines += [*_rest(left_out, page), *_hint(cases, page)[bool(left_out) :]]
    return [*lines, *language_lines(doubts.languages, page), *_legend(doubts.doubts, page)]


def all_doubts_lines(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns the doubts of several cases, case by case; a case without any is named too."""
    if not cases:
        return [line(Piece(_("no case to show; open one with `ogpcase open-case ID`"), "dim"))]
    every = tuple(doubt for case in cases for doubt in case.doubts)
    lines = [*_summary(every, page, ngettext("{number} case", "{number} cases", len(cases))), line()]
    for case in cases:
        lines += page.hanging([Piece(f"{case.heading.case}  ", "title")], case.heading.title)
        shown, left_out = _sections(case, page, len(cases))
        lines += [*_summary(case.doubts, page), *shown, *_rest(left_out, page), line()]
    lines = [*lines[:-1], *_hint(cases, page)]
    return [*lines, *language_lines(joined(case.languages for case in cases), page), *_legend(every, page)]


def _hint(cases: Sequence[Doubts], page: Page) -> list[Line]:
    """Returns which option shows more; nothing where all is shown or there is no doubt."""
    if not any(case.doubts and not case.full for case in cases):
        return []
    return [line(), *page.paragraph(_("--full shows each doubt whole, with what each source says"), "dim")]


def _summary(doubts: Sequence[Doubt], page: Page, where: str = "") -> list[Line]:
    if not doubts:
        number = _("no doubts")
        said = _("nothing recorded is contradicted, uncertain or unsourced")
    else:
        number = ngettext("{number} doubt", "{number} doubts", len(doubts))
        said = page.separated(_(_COUNTS[what], number=few) for what, few in counts_of(doubts).items() if few)
    return page.paragraph(before(_("{what} in {case}", what=number, case=where) if where else number) + said)


_COUNTS: Mapping[What, str] = {
    "contradicted": marked("{number} contradicted"),
    "uncertain": marked("{number} uncertain"),
    "unsourced": marked("{number} unsourced"),
}
SECTIONS: dict[Bears, str] = {
    "stage": marked("About where the case stands"),
    "step": marked("About its steps"),
    "other": marked("About other events"),
    "context": marked("About background"),
}
MOST, LEAST = 34, 6
"""The most lines of doubts at a glance on a terminal, and the least where several cases share them."""


def _sections(doubts: Doubts, page: Page, cases: int = 1) -> tuple[list[Line], Sequence[Doubt]]:
    """Returns the doubts by what they bear on and by their headline, and those that a terminal has no room for."""
    draw = _in_full if doubts.full else _at_a_glance
    most = None if doubts.full or page.width is None else max(LEAST, MOST // cases)
    groups = [tuple(several) for _same, several in groupby(doubts.doubts, lambda doubt: (doubt.bears_on, doubt.about))]
    lines: list[Line] = []
    shown, section = 0, None
    for several in groups:
        drawn, bears_on = list(draw(several, page)), several[0].bears_on
        if bears_on != section:
            drawn = page.section(_(SECTIONS[bears_on]), drawn)
        if most is not None and lines and len(lines) + len(drawn) > most:
            break
        lines, shown, section = [*lines, *drawn], shown + len(several), bears_on
    return lines, doubts.doubts[shown:]


def _rest(doubts: Sequence[Doubt], page: Page) -> list[Line]:
    """Returns how many doubts a view leaves out, and what they are about; nothing if it leaves out none."""
    counts = Counter(lowered(_(SECTIONS[doubt.bears_on])) for doubt in doubts)
    about = ", ".join(f"{number} {words}" for words, number in counts.items())
    more = ngettext("and {number} more doubt", "and {number} more doubts", len(doubts))
    return [line(), *page.paragraph(before(more) + about, "dim")] if doubts else []


def _in_full(doubts: Sequence[Doubt], page: Page) -> Iterator[Line]:
    """Yields the doubts of one headline; a record that would settle several is named once, after them."""
    about = doubts[0].about
    yield from page.hanging([Piece(f"  {_(about.label)} ", "note")], f"({_(about.what)})", "dim")
    for settled_by, several in groupby(doubts, lambda doubt: doubt.settled_by):
        for doubt in together(about, several):
            yield from _doubt(doubt, page)
        yield from page.hanging([Piece(f"      {page.glyphs.arrow} ", "dim")], settled_by, "dim")


def _at_a_glance(doubts: Sequence[Doubt], page: Page) -> Iterator[Line]:
    """Yields the headline of doubts, what would settle them, and a line for each event in doubt."""
    about = doubts[0].about
    for settled_by, several in groupby(doubts, lambda doubt: doubt.settled_by):
        headline, settled = f"  {_(about.label)} ", f"{page.glyphs.arrow} {settled_by}"
        if page.width is None or cells(headline) + cells(settled) <= page.width:
            yield line(Piece(headline, _STYLES[about.what]), Piece(settled, "dim"))
        else:
            yield from page.paragraph(_(about.label), _STYLES[about.what], 2)
            yield from page.hanging([Piece(f"    {page.glyphs.arrow} ", "dim")], settled_by, "dim")
        for _event_of, alike in groupby(several, lambda doubt: (doubt.case, doubt.reference.partition("#")[0])):
            yield from _event(tuple(alike), page)


def _event(doubts: Sequence[Doubt], page: Page) -> Iterator[Line]:
    """Yields an event with what is in doubt of it, cut to a line on a terminal."""
    doubt = doubts[0]
    name = doubt.reference.partition("#")[0] if doubts[1:] else doubt.reference
    number = f" ({len(doubts)})" if doubts[1:] else ""
    said = apart(filter(None, (_in_short(each) for each in doubts)))
    notes = ", ".join(dict.fromkeys(note for each in doubts for note in _notes(each)))
    first = [Piece("    "), Piece(f"{name}{number}  ", "date")]
    used = sum(cells(piece.text) for piece in first)
    words = before(notes) + said if notes and said else notes or said
    yield from page.hanging(first, page.cut(words, page.room(used)) if words else "")


def _in_short(doubt: Doubt) -> str:
    """Returns what is in doubt, or the different values without their sources."""
    field = field_words(doubt.field) if doubt.field else ""
    if doubt.about is About.INFERRED:
        return fact_words(doubt.field or "")
    if not doubt.values or doubt.about is About.ANSWERS_DISAGREE:
        return doubt.said
    values = any_of(_said(doubt, value) for value in doubt.values)
    return before(field) + values if _names_field(doubt) else values


def together(about: About, doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Yields doubts, with the unsourced facts of an event joined into one."""
    for _record, several in groupby(doubts, lambda doubt: (doubt.case, doubt.reference)):
        alike = tuple(several)
        if about is About.FACT_WITHOUT_SOURCE:
            yield alike[0]._replace(said=", ".join(doubt.said for doubt in alike))
        else:
            yield from alike


def _doubt(doubt: Doubt, page: Page) -> Iterator[Line]:
    field = f", {field_words(doubt.field)}" if doubt.field and _names_field(doubt) else ""
    notes = ", ".join(_notes(doubt))
    head = f"{doubt.reference}{field}{f' ({notes})' if notes else ''}"
    mark = [Piece(f"    {page.glyphs.dot} ")]
    if not doubt.values or doubt.about is About.ANSWERS_DISAGREE:
        yield from page.hanging(mark, before(head) + doubt.said)
        return
    yield from page.hanging(mark, head)
    for value in doubt.values:
        yield from _value(value, _said(doubt, value).replace(GLUE, " "), page)


def _names_field(doubt: Doubt) -> bool:
    return doubt.about in _FIELD_TOLD and doubt.field != "dated"


def _notes(doubt: Doubt) -> Iterator[str]:
    if not doubt.certain and doubt.about is not About.PERHAPS_MOVED:
        yield _("perhaps")


def _said(doubt: Doubt, value: SaidBy) -> str:
    """Returns a day in words; what is said of another field as it was written, also if it looks like a date."""
    return day_words(value.in_words) if doubt.field == "dated" else value.in_words


def _value(value: SaidBy, words: str, page: Page) -> Iterator[Line]:
    """Yields a value and the names of its sources, beside it or, if the value is long, below it."""
    sources = f"{apart(value.sources)}{f' ({value.note})' if value.note else ''}"
    if page.width is None or cells(words) <= _WIDEST_VALUE:
        yield from page.hanging([Piece("        "), Piece(before(words), "date")], sources)
        return
    yield from page.paragraph(before(words), "date", 8)
    yield from page.paragraph(sources, indent=10)


def _legend(doubts: Sequence[Doubt], page: Page) -> list[Line]:
    if not doubts:
        return []
    used = {doubt.what for doubt in doubts} | {"perhaps" for doubt in doubts if [*_notes(doubt)]}
    settled_by = page.hanging([Piece(f"  {page.glyphs.arrow} ", "dim")], _("the record that would settle it"), "dim")
    return [*page.legend(MEANINGS, used), *settled_by]
