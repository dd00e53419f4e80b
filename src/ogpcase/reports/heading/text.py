"""The head of a case in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.output.lines import GLUE, Line, Page, Piece, days_in_words, hanging, line, separated, wrap
from ogpcase.reports.heading.rows import Heading


def heading_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns title, subject and track, and where the case stands, for how long."""
    version = f", {heading.policy_version} version" if heading.policy_version else ""
    about = separated([heading.case, heading.subject, heading.track + version], page)
    titles = [line(Piece(part, "title")) for part in wrap(heading.title, page.width)]
    abouts = [line(Piece(part, "dim")) for part in wrap(about, page.width)]
    return [*titles, *abouts, *stage_lines(heading, page)]


def stage_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the line on where the case stands, since when and for how long, and what it perhaps is."""
    since = f" since{GLUE}{heading.since}" if heading.since else ""
    if not heading.tracked:
        said = "no stage: the moves of this track are not known here"
        return [*(line(Piece(part, "stage")) for part in wrap(said, page.width)), *clock_lines(heading, page)]
    parts = [f"{heading.stage.label}{since}"]
    if length := days_in_words(heading.length):
        parts.append(f"{length} from filing to end" if heading.stage.ends else f"{length} since filing")
    lines = [line(Piece(part, "stage")) for part in wrap(separated(parts, page), page.width)]
    lines += clock_lines(heading, page)
    if heading.perhaps is not None:
        why = f"what may have happened by {heading.as_of}"
        if heading.known_by is not None:
            why = f"what may have been known on {heading.known_by}"
        stages = " or ".join(stage.label for stage in heading.alternatives or (heading.perhaps,))
        said = f"perhaps {stages}: {why} would move it there"
        lines += hanging([Piece("  ")], said, page.width, "open")
    return lines


def clock_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the day that a case which has not ended is read on, and by which day things had to be known."""
    if heading.known_by is None:
        return [] if heading.stage.ends else [line(Piece(f"as of {heading.as_of}", "dim"))]
    said = f"as of {heading.as_of}, going by what an outsider could know on {heading.known_by}"
    return [line(Piece(part, "dim")) for part in wrap(said, page.width)]


def language_lines(wanted: str | None, shown_in: Sequence[str], page: Page) -> list[Line]:
    """Returns a line that says which texts are not in the reader's language; none where all are."""
    if not shown_in:
        return []
    said = f"what is not recorded in `{wanted}` is shown in {', '.join(f'`{tag}`' for tag in shown_in)}"
    return [line(), *(line(Piece(part, "dim")) for part in wrap(said, page.width))]


def related_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the related cases, each with its address."""
    lines: list[Line] = []
    for each in heading.related:
        lines += hanging([Piece(f"  {each.relation}: ", "dim")], each.title, page.width)
        if each.url:
            lines.append(line("    ", Piece(each.url, "dim")))
    return [line(), line(Piece("Related cases", "title")), *lines] if lines else []
