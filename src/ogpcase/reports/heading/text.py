"""The top of a case's views in the terminal, and the last lines of most views."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ogpcase.output.lines import GLUE, Line, Page, Piece, days_in_words, line
from ogpcase.reports.heading.rows import NOT_READ, Heading, RelatedCase
from ogpcase.reports.shown import Languages, inferred_words


def heading_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the title, subject and track of the case, its stage, and the time in it."""
    version = f", {heading.policy_version} version" if heading.policy_version else ""
    about = page.separated([heading.case, heading.subject, heading.track + version])
    return [
        *page.paragraph(heading.title, "title"),
        *page.paragraph(about, "dim"),
        *stage_lines(heading, page),
    ]


def stage_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the line with the case's stage, its date, the time in it, and the stage that the case is perhaps in."""
    if not heading.known:
        by_the_others = f"by the records that can be read: {heading.stands}{since_words(heading)}"
        return [*page.paragraph(NOT_READ, "bad"), *page.paragraph(by_the_others, "open", 2)]
    parts = [f"{heading.stands}{since_words(heading)}"]
    if length := days_in_words(heading.length):
        until = "to end" if heading.stage.ends else "to the last record" if heading.quiet_since else ""
        name = heading.opening.name
        told = f"{length} from {name} {until}" if until else f"{length} since {name}"
        parts.append(told + _length_doubts(heading))
    parts += filter(None, [quiet_words(heading)])
    lines = page.paragraph(page.separated(parts), "stage")
    if heading.perhaps is not None:
        why = f"what may have happened by {heading.as_of}"
        if heading.known_by is not None:
            why = f"what may have been known on {heading.known_by}"
        stages = " or ".join(stage.label for stage in heading.alternatives or (heading.perhaps,))
        lines += page.paragraph(f"perhaps {stages}: {why} would move it there", "open", 2)
    return lines


def _length_doubts(heading: Heading) -> str:
    """Returns in brackets what makes the length of the case doubtful: an inferred first step, or other dates."""
    inferred = [f"the {heading.opening.name} is inferred"] if heading.filing_inferred else []
    others = " or ".join(words for days in heading.other_lengths if (words := days_in_words(days)))
    said = [*inferred, *([f"{others} by another date"] if others else [])]
    return f" ({'; '.join(said)})" if said else ""


def since_words(heading: Heading) -> str:
    """Returns since when the case has been in its stage, after a blank; nothing before the first step."""
    inferred = inferred_words(heading.inferred)
    return f" since{GLUE}{heading.since}{f' ({inferred})' if inferred else ''}" if heading.since else ""


def quiet_words(heading: Heading) -> str:
    """Returns since when nothing is recorded, if that is long ago; never that nothing was done."""
    return f"nothing recorded since{GLUE}{heading.quiet_since}" if heading.quiet_since and heading.known else ""


def counted_to_lines(on: date, page: Page) -> list[Line]:
    """Returns to which days lengths are counted, where nothing has been recorded of a case for long."""
    return page.paragraph(f"days open run to {on}, days of the case to its last record", "dim")


def joined(several: Iterable[Languages]) -> Languages:
    """Returns the languages that a reader of several cases sees, in the order of the cases."""
    each = list(several)
    return Languages(each[0].asked, tuple(dict.fromkeys(tag for languages in each for tag in languages.shown)))


def language_lines(languages: Languages, page: Page) -> list[Line]:
    """Returns a line that names the texts in other languages than the reader's; nothing if there are none."""
    if not languages.shown:
        return []
    tags = ", ".join(f"`{tag}`" for tag in languages.shown)
    return [line(), *page.paragraph(f"what is not recorded in `{languages.asked}` is shown in {tags}", "dim")]


def related_name(related: RelatedCase) -> str:
    """Returns the title of another case and its id in this folder, else its addresses."""
    title = related.title or ", ".join(related.urls)
    named = f"{title} ({related.case})" if related.case not in {None, title} else title
    return named if related.dated else f"{named}; when it began is not recorded here"


def related_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the related cases, each with its addresses."""
    lines: list[Line] = []
    for related in heading.related:
        lines += page.hanging([Piece(f"  {related.relation}: ", "dim")], related_name(related))
        lines += [line("    ", Piece(url, "dim")) for url in related.urls]
    return page.section("Related cases", lines)
