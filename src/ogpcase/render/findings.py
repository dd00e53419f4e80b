"""Allegations in the terminal: each beside what was cited for it, what was said to it, and what was found of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.render.findings_entries import (
    concluded_lines,
    ended_lines,
    evidence_lines,
    found_lines,
    said_lines,
    whole_lines,
)
from ogpcase.render.findings_words import findings_legend, grounds_words
from ogpcase.render.heading import heading_lines, language_lines
from ogpcase.render.lines import Line, Piece, Style, hanging, line, wrap
from ogpcase.render.page import Page, date_in_short, separated
from ogpcase.views.findings_rows import (
    AllegationRow,
    ConcernGroup,
    Findings,
    FindingState,
    ReplyState,
    WholeAnswer,
    summary_of,
)

LABELS = 12
"""Columns that a label stands in, before what it is the label of."""


def findings_lines(findings: Findings, page: Page) -> list[Line]:
    """Returns the head, what stands out, each allegation in turn, what else was said and found, and how it ended."""
    lines = [*heading_lines(findings.heading, page), line(), *_standing_out(findings, page)]
    for concern in findings.concerns:
        lines += [line(), *_concern_lines(concern, page)]
        for each in concern.allegations:
            lines += [line(), *_allegation_lines(each, page)]
    inner = _narrower(page, 2)
    lines += _section("Also said", (said_lines(each, inner, about=True) for each in findings.also_said))
    lines += _section("Also found", (found_lines(each, inner, about=True) for each in findings.also_found))
    lines += _section("What the reports conclude", (concluded_lines(each, inner) for each in findings.conclusions))
    lines += _section("How the case ended", (ended_lines(each, inner) for each in (findings.ended,) if each))
    if findings.unread:
        said = f"not read in full, so more may be recorded there: {', '.join(findings.unread)}"
        lines += [line(), *_wrapped(said, page, "warning")]
    lines += language_lines(findings.language, findings.elsewhere, page)
    return [*lines, *findings_legend(findings, page)]


_STANDING_OUT = (
    ReplyState.UNANSWERED, ReplyState.WITHHELD, ReplyState.NOT_ADDRESSED_IN_REPLY, ReplyState.ANSWERED_AS_A_WHOLE,
)  # fmt: skip
"""States of a reply that are listed over the allegations, in this order."""


def _standing_out(findings: Findings, page: Page) -> Iterator[Line]:
    """The sum, and the allegations that no reply and no finding is recorded on."""
    yield from _wrapped(summary_of(findings), page, "title")
    rows = findings.allegations
    for reply in _STANDING_OUT:
        named = [_named(row, row.perhaps_reply_state) for row in rows if row.reply_state is reply]
        yield from _listed(reply.label, named, page)
    for finding in (FindingState.NO_FINDING, FindingState.WITHHELD):
        named = [_named(row, row.perhaps_finding_state) for row in rows if row.finding_state is finding]
        yield from _listed(finding.label, named, page)


def _named(row: AllegationRow, perhaps: ReplyState | FindingState | None) -> str:
    return f"{row.reference}{f' (perhaps {perhaps.label})' if perhaps else ''}"


def _listed(label: str, references: list[str], page: Page) -> Iterator[Line]:
    if references:
        yield from hanging([Piece(f"  {label}: ", "warning")], ", ".join(references), page.width)


def _concern_lines(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """The Concern, who filed it, and the papers that answer it as a whole."""
    yield from _wrapped(concern.title, page, "stage")
    added = f"adds to {concern.addendum_to}" if concern.addendum_to else ""
    about = [date_in_short(concern.dated), concern.reference, added, "" if concern.certain else "perhaps"]
    yield from _wrapped(separated((part for part in about if part), page), page, "dim")
    filers = "; ".join("not named" if name == "unknown" else name for name in concern.filers)
    count = concern.filer_count
    stated = f" ({count} as stated)" if count is not None and count != len(concern.filers) else ""
    if filers or stated:
        yield from hanging([Piece("  filed by  ", "dim")], f"{filers}{stated}".strip(), page.width)
    if concern.grounds:
        yield from hanging([Piece("  grounds   ", "dim")], grounds_words(concern.grounds), page.width)
    if not concern.allegations:
        yield from hanging([Piece("  ")], "no allegation is recorded", page.width, "open")
    inner = _narrower(page, LABELS)
    for words, papers in _by_words(concern.answers_as_a_whole).items():
        told = [list(whole_lines(each, inner)) for each in papers]
        yield from _labelled("papers", [*told, hanging([], _of_several(words, len(papers)), inner.width, "warning")])


def _by_words(answers: Iterable[WholeAnswer]) -> dict[str, list[WholeAnswer]]:
    """Papers of which the same is to be said stand together."""
    by_words: dict[str, list[WholeAnswer]] = {}
    for each in answers:
        items = ", ".join(name.partition("#")[2] or name for name in each.silent_on)
        words = f"{'answers' if each.answers else 'speaks of'} the Concern"
        if each.of_all or items:
            words += f"; what it says of {'each allegation' if each.of_all else items} is not recorded"
        by_words.setdefault(words, []).append(each)
    return by_words


def _of_several(words: str, count: int) -> str:
    """What one paper does, said of several."""
    if count == 1:
        return words
    return words.replace("answers", "answer", 1).replace("speaks", "speak", 1).replace("it says", "they say", 1)


def _allegation_lines(row: AllegationRow, page: Page) -> Iterator[Line]:
    yield from hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, page.width, "title")
    about = [row.reference, grounds_words(row.grounds), "" if row.certain else "perhaps"]
    yield from hanging([Piece("  ")], separated((part for part in about if part), page), page.width, "dim")
    inner = _narrower(page, LABELS)
    cited = [list(evidence_lines(each, inner)) for each in row.evidence]
    yield from _labelled("evidence", cited or [hanging([], "none recorded", inner.width, "dim")])
    said = [list(said_lines(each, inner)) for each in row.replies]
    if row.reply_state is not ReplyState.ANSWERED:
        perhaps = f", perhaps {row.perhaps_reply_state.label}" if row.perhaps_reply_state else ""
        said.append(hanging([], f"{_no_reply(row.reply_state)}{perhaps}", inner.width, "warning"))
    yield from _labelled("replies", said)
    found = [list(found_lines(each, inner)) for each in row.findings]
    if row.finding_state is not FindingState.FOUND:
        words = "none that is certain" if row.perhaps_finding_state else row.finding_state.label
        found.append(hanging([], words, inner.width, "warning"))
    yield from _labelled("findings", found)


def _no_reply(state: ReplyState) -> str:
    """What is said where no reply is recorded; of a Concern answered as a whole, that none to this allegation is."""
    whole = f"no reply to this allegation is recorded; {state.label}"
    return whole if state is ReplyState.ANSWERED_AS_A_WHOLE else state.label


def _labelled(label: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """A label, and beside it the lines of what it is the label of."""
    first = Piece(f"  {label}".ljust(LABELS), "dim")
    for number, each in enumerate(each for entry in entries for each in entry):
        yield (first if number == 0 else Piece(" " * LABELS), *each)


def _section(words: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    for number, entry in enumerate(entries):
        if number == 0:
            yield from (line(), line(Piece(words, "title")))
        yield from ((Piece("  "), *each) for each in entry)


def _narrower(page: Page, columns: int) -> Page:
    return Page(None if page.width is None else page.width - columns, page.glyphs)


def _wrapped(text: str, page: Page, style: Style) -> Iterator[Line]:
    yield from (line(Piece(part, style)) for part in wrap(text, page.width))
