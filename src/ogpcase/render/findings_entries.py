"""One entry of findings in the terminal: a piece of evidence, a reply, a finding, a conclusion, an end."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.codelists import Stage
from ogpcase.render.findings_words import conclusion_words, graded, position_words, voices_words
from ogpcase.render.lines import GLUE, Line, Piece, glued, hanging
from ogpcase.render.page import Page, date_in_short, separated
from ogpcase.views.findings_parts import Evidence, Found, Paper, Said
from ogpcase.views.findings_rows import Concluded, Ended, WholeAnswer

_SPOKEN_FOR = {True: "", False: "not for the government", None: "perhaps for the government"}


def evidence_lines(cited: Evidence, page: Page) -> Iterator[Line]:
    """Yields what is cited: an event with its date and title, or words, or a reference that leads to nothing known."""
    if cited.title is not None:
        said = separated([cited.title, *([] if cited.certain else ["perhaps"])], page)
        yield from _dated(cited.dated or "", said, page)
        yield from _below(cited.reference or "", page, dim=True)
    elif cited.reference is not None:
        yield from hanging([], cited.reference, page.width)
    if cited.text is not None:
        yield from _below(cited.text, page) if cited.reference is not None else hanging([], cited.text, page.width)


def said_lines(said: Said, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields who says what of it, and where; with `about`, also of what."""
    marks = [_SPOKEN_FOR[said.by_subject], "" if said.paper.certain else "perhaps"]
    position = f"{voices_words(said.paper.voices)}: {position_words(said.position)}"
    yield from _dated(said.paper.dated, separated([position, *filter(None, marks)], page), page)
    yield from _below(f"about {said.about}", page) if about else ()
    yield from _below(said.text, page) if said.text else ()
    yield from _below(said.paper.event, page, dim=True)


def found_lines(found: Found, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields which report found what of it; with `about`, also of what."""
    yield from _report(found, page)
    yield from _below(f"about {found.about}", page) if about else ()
    grades = {
        "relevance": found.relevance,
        "credibility": found.credibility,
        "addressed domestically": found.addressed,
    }
    yield from _below(separated((glued(f"{name}: {graded(code)}") for name, code in grades.items()), page), page)
    yield from _below(found.text, page) if found.text else ()
    yield from _below(found.paper.event, page, dim=True)


def whole_lines(answer: WholeAnswer, page: Page) -> Iterator[Line]:
    """Yields a paper that answers a Concern as a whole."""
    paper = answer.paper
    marks = [_SPOKEN_FOR[answer.by_subject], "" if paper.certain else "perhaps"]
    said = f"{voices_words(paper.voices)}: {paper.title}"
    yield from _dated(paper.dated, separated([said, *filter(None, marks)], page), page)
    yield from _below(paper.event, page, dim=True)


def concluded_lines(concluded: Concluded, page: Page) -> Iterator[Line]:
    """Yields what a report concludes as a whole."""
    yield from _report(concluded, page)
    yield from _below(f"concludes: {conclusion_words(concluded.conclusion)}", page)
    yield from _below(concluded.paper.event, page, dim=True)


def ended_lines(ended: Ended, page: Page) -> Iterator[Line]:
    """Yields the stage that the case ended in, on which basis and by which event."""
    basis = f"on the basis of{GLUE}{ended.basis}" if ended.basis else "basis not recorded"
    yield from _dated(ended.since, separated([ended.stage.label, basis], page), page)
    yield from _below(ended.title, page)
    yield from _below(ended.event, page, dim=True)


def _report(told: Found | Concluded, page: Page) -> Iterator[Line]:
    """The report's date and title, what sort it is, who wrote and who adopted it, and whether it moved the case."""
    paper: Paper = told.paper
    yield from _dated(paper.dated, separated([paper.title, *([] if paper.certain else ["perhaps"])], page), page)
    kind = told.report_type.label.lower() if told.report_type else ""
    adopted, written = (
        "; ".join(name for name in names if name != "unknown") for names in (told.adopted_by, told.authors)
    )
    by = f"adopted by {adopted}" if adopted else f"by {written}" if written else ""
    moved = f"{page.glyphs.arrow}{GLUE}{Stage.REPORT_ADOPTED.label}" if told.carried else ""
    if about := list(filter(None, [kind, by, moved])):
        yield from _below(separated(about, page), page, dim=True)


def _dated(dated: str, text: str, page: Page) -> Iterator[Line]:
    yield from hanging([Piece(f"{date_in_short(dated)}  ", "date")], text, page.width)


def _below(text: str, page: Page, *, dim: bool = False) -> Iterator[Line]:
    yield from hanging([Piece("  ")], text, page.width, "dim" if dim else "")
