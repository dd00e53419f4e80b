"""All cases in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.output.bars import key_lines, room, scaled, shade_of, shared
from ogpcase.output.lines import Line, Page, Piece, counted, days_in_words, line
from ogpcase.reports.cases.rows import ListedCase, NextDue, Waiting
from ogpcase.reports.heading.rows import NOT_READ
from ogpcase.reports.heading.text import joined, language_lines, quiet_words, related_name, since_words
from ogpcase.reports.requests.text import day_words, legend_lines, words_of_days


def listing_lines(cases: Sequence[ListedCase], page: Page) -> list[Line]:
    """Returns some lines for each case: where it stands, its stays as a bar, what is open, due and waited for."""
    if not cases:
        return [line(Piece("no case to show; open one with `ogpcase open-case ID`", "dim"))]
    lines: list[Line] = []
    longest = max(sum(_known_days(each)) for each in cases)
    for case in cases:
        lines += [*_case(case, longest, page), line()]
    lines += key_lines(_signs(cases, page), page)
    lines += language_lines(joined(each.languages for each in cases), page)
    return [*lines, *legend_lines(_words_used(cases), page)]


def _case(case: ListedCase, longest: int, page: Page) -> Iterator[Line]:
    heading = case.heading
    yield from page.hanging([Piece(f"{heading.case}  ", "title")], heading.title)
    yield from page.paragraph(page.separated(_stands(case)), "stage", 2)
    if drawn := _bar(case, longest, page):
        yield line("  ", Piece(drawn, "stage"))
    yield from page.paragraph(page.separated(_counts(case)), "dim", 2)
    if case.next_due:
        yield from _request("next due", _due_words(case.next_due), case.next_due, page)
    if case.silence:
        yield from _request("longest silence", days_in_words(case.silence.days), case.silence, page)
    if case.open_longest:
        words = f"{days_in_words(case.open_longest.days)}{' at its end' if case.open_longest.at_end else ''}"
        yield from _request("open longest", words, case.open_longest, page)
    for related in heading.related:
        named = related_name(related) or "not named"
        yield from page.hanging([Piece(f"  {related.relation}: ", "dim")], named)


def _stands(case: ListedCase) -> list[str]:
    heading = case.heading
    if not heading.known:
        return [NOT_READ]
    length = days_in_words(case.in_stage)
    to_last = " to its last record" if heading.quiet_since else ""
    stands = [f"{heading.stands}{since_words(heading)}{f', {length}{to_last}' if length else ''}"]
    perhaps = " or ".join(stage.label for stage in heading.alternatives)
    stands += filter(None, [quiet_words(heading)])
    return stands + ([f"perhaps {perhaps}"] if perhaps else [])


def _counts(case: ListedCase) -> list[str]:
    events = "how many events is not known" if case.events is None else counted(case.events, "event")
    if case.open_asks is None:
        return [case.heading.track, events, "how many requests are open is not known"]
    still_open = f"{counted(case.open_asks, 'request')} open"
    at_end = f", {case.open_at_end} of them at its end" if case.open_at_end else ""
    perhaps = f", {case.perhaps_open} perhaps open" if case.perhaps_open else ""
    return [case.heading.track, events, f"{still_open}{at_end}{perhaps}"]


def _request(what: str, words: str, request: NextDue | Waiting, page: Page) -> Iterator[Line]:
    perhaps = "" if request.certain else "perhaps "
    yield from page.hanging([Piece(f"  {what}: ", "dim")], f"{perhaps}{words}: {request.text}")
    yield line("    ", Piece(request.reference, "dim"))


def _due_words(due: NextDue) -> str:
    days = days_in_words(due.left)
    left = "" if not days else ", today" if days == "0 days" else f", {days} left"
    return f"{day_words(due.term.last_day or '')}{left}"


def _known_days(case: ListedCase) -> list[int]:
    return [span.most_days for span in case.spans if span.most_days is not None]


def _bar(case: ListedCase, longest: int, page: Page) -> str:
    """Draws the stays in proportion to the longest case; a stay of unknown length is a single sign."""
    days = _known_days(case)
    if not sum(days):
        return ""
    columns = iter(shared(days, scaled(sum(days), longest, room(page))))
    signs: list[str] = []
    for span in case.spans:
        if span.most_days is not None:
            signs.append(shade_of(span.stage, page) * next(columns))
        elif span.until is not None or not span.stage.ends:
            signs.append(page.glyphs.perhaps)
    return "".join(signs)


def _signs(cases: Sequence[ListedCase], page: Page) -> Iterator[tuple[str, str]]:
    drawn = [span for each in cases if sum(_known_days(each)) for span in each.spans]
    known = {span.stage for span in drawn if span.most_days is not None}
    in_order = sorted((stage for stage in known if stage.open), key=lambda stage: (stage.place, stage))
    yield from ((shade_of(stage, page), stage.label) for stage in in_order)
    if any(stage.ends for stage in known):
        yield page.glyphs.dot, "ended for the time being"
    if any(span.most_days is None and (span.until is not None or not span.stage.ends) for span in drawn):
        yield page.glyphs.perhaps, "days not known"


def _words_used(cases: Sequence[ListedCase]) -> Iterator[str]:
    for case in cases:
        yield from words_of_days(case.in_stage)
        if case.next_due:
            yield from words_of_days(case.next_due.left)
        asked = (case.next_due, case.silence, case.open_longest)
        yield from words_of_days(*(each.days for each in asked[1:] if each))
        if case.heading.perhaps or any(one is not None and not one.certain for one in asked):
            yield "perhaps"
