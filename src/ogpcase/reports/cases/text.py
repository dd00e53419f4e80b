"""All cases in the terminal."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from ogpcase.model.dates import Days
from ogpcase.output.bars import hue_of, key_lines, room, scaled, shade_of, shared
from ogpcase.output.lines import Line, Page, Piece, Style, cells, line, padded, wrap
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import any_of, apart, before, date_in_short, day_words, days_in_words, perhaps
from ogpcase.reports.cases.rows import ListedCase, NextDue, Waiting
from ogpcase.reports.heading.rows import NOT_READ
from ogpcase.reports.heading.text import (
    counted_to_lines,
    joined,
    language_lines,
    quiet_words,
    related_name,
    since_words,
)
from ogpcase.reports.requests.text import MEANINGS, legend_lines, words_of_days
from ogpcase.reports.shown import said_of

NO_CASE = marked("no case to show; open one with `ogpcase open-case ID`")
_AT_END = marked("+ N")
_TITLE = marked("title")
_GAP = 2
"""Columns between two columns of the list."""
_LEAST_STAGE, _LEAST_TITLE = 16, 24
"""The fewest columns for a stage, whose words are broken below that width, and for a title, else left out."""


def listing_lines(cases: Sequence[ListedCase], page: Page) -> list[Line]:
    """Returns a line for each case under the names of the columns, and then the totals.

    A column that no case has anything in is left out, and so are titles where there is no room for them.
    """
    if not cases:
        return [line(Piece(_(NO_CASE), "dim"))]
    lines = [*_table(cases, page), line(), *page.paragraph(_totals(cases), "title")]
    lines += page.paragraph(_("--full shows stays, what was waited for longest, and related cases"), "dim")
    lines += language_lines(joined(each.languages for each in cases), page)
    perhaps_open = any(case.perhaps_open or case.heading.alternatives for case in cases)
    words = {_AT_END: any(case.open_at_end for case in cases), "perhaps": perhaps_open}
    return [
        *lines,
        *page.legend(
            {_AT_END: marked("open when the case ended"), **MEANINGS}, [word for word, used in words.items() if used]
        ),
    ]


class _Cells(NamedTuple):
    """A column: its name, a cell for each case, and the style."""

    name: str
    cells: list[str]
    style: Style = ""
    right: bool = False

    @property
    def width(self) -> int:
        """The columns that the widest cell takes."""
        return max(map(cells, (_(self.name), *self.cells)))


def _columns(cases: Sequence[ListedCase]) -> list[_Cells]:
    columns = [
        _Cells(marked("case"), [case.heading.case for case in cases], "title"),
        _Cells(marked("stage"), [_stage(case) for case in cases], "stage"),
        _Cells(
            marked("since"), [date_in_short(case.heading.since or "") * case.heading.known for case in cases], "date"
        ),
        _Cells(marked("open"), [_open(case) for case in cases], right=True),
        _Cells(marked("perhaps"), [str(case.perhaps_open or "") for case in cases], right=True),
        _Cells(marked("due"), [_due(case.next_due) for case in cases], "date"),
        _Cells(marked("nothing since"), [str(case.heading.quiet_since or "") for case in cases], "date"),
        _Cells(_TITLE, [case.heading.title for case in cases], "dim"),
    ]
    plain = [column._replace(cells=[wrap(each, None)[0] for each in column.cells]) for column in columns]
    return [column for column in plain if any(column.cells)]


def _stage(case: ListedCase) -> str:
    if not case.heading.known:
        return _("not known: a record cannot be read")
    stands = case.heading.stands
    stands = _("{stage}, inferred", stage=stands) if case.heading.inferred else stands
    stages = any_of(_(stage.label) for stage in case.heading.alternatives)
    return _("{stage}, perhaps {stages}", stage=stands, stages=stages) if stages else stands


def _open(case: ListedCase) -> str:
    """Returns how many requests are open, and after a plus how many of them the end of the case left open."""
    if case.open_asks is None:
        return _("not known")
    at_end = case.open_at_end or 0
    return f"{case.open_asks - at_end} + {at_end}" if at_end else str(case.open_asks or "")


def _due(due: NextDue | None) -> str:
    return perhaps(day_words(due.term.last_day or ""), certain=due.certain) if due else ""


def _table(cases: Sequence[ListedCase], page: Page) -> Iterator[Line]:
    """Yields the columns beside each other; where even their narrowest do not fit, a paragraph for each case."""
    columns = _columns(cases)
    widths = _widths(columns, page)
    if widths is None:
        for number in range(len(cases)):
            named = [f"{_(each.name)} {each.cells[number]}" for each in columns[1:-1] if each.cells[number]]
            yield from page.hanging([Piece(f"{columns[0].cells[number]}  ", "title")], page.separated(named))
        return
    yield from _row([column._replace(cells=[_(column.name)], style="dim") for column in columns], widths, 0, page)
    for number in range(len(cases)):
        yield from _row(columns, widths, number, page)


def _widths(columns: Sequence[_Cells], page: Page) -> list[int] | None:
    """Returns the widths of the columns that are drawn; None where they do not fit beside each other."""
    natural = [column.width for column in columns]
    if page.width is None:
        return natural
    *fixed, title = natural
    room = page.width - sum(fixed) - _GAP * len(fixed)
    if room >= min(title, _LEAST_TITLE):
        return [*fixed, min(title, room)]
    stage = fixed[1] + min(0, room + _GAP)
    return [fixed[0], stage, *fixed[2:]] if stage >= min(fixed[1], _LEAST_STAGE) else None


def _row(columns: Sequence[_Cells], widths: Sequence[int], number: int, page: Page) -> Iterator[Line]:
    """Yields a case's cells beside each other; a stage that is too wide goes on below itself, and a title is cut."""
    wrapped = [
        [page.cut(column.cells[number], width)]
        if column.name == _TITLE and page.width is not None
        else wrap(column.cells[number], width)
        for column, width in zip(columns, widths, strict=False)
    ]
    for parts in zip_longest(*wrapped, fillvalue=""):
        drawn = zip(columns, widths, parts, strict=False)
        pieces = [Piece(padded(part, width, right=each.right) + " " * _GAP, each.style) for each, width, part in drawn]
        yield (*pieces[:-1], pieces[-1]._replace(text=pieces[-1].text.rstrip()))


def _totals(cases: Sequence[ListedCase]) -> str:
    known = [case.heading for case in cases if case.heading.known]
    ended = sum(heading.stage.ends for heading in known)
    going, unread = len(known) - ended, len(cases) - len(known)
    parts = [ngettext("{number} ended", "{number} ended", ended)] if ended else []
    parts += [ngettext("{number} not ended", "{number} not ended", going)] if going else []
    parts += [ngettext("{number} of an unknown stage", "{number} of an unknown stage", unread)] if unread else []
    asks, at_end, may_be = (
        sum(getattr(case, name) or 0 for case in cases) for name in ("open_asks", "open_at_end", "perhaps_open")
    )
    requests = [ngettext("{number} request open", "{number} requests open", asks - at_end)]
    left_open = ngettext("{number} left open at the end of a case", "{number} left open at the end of a case", at_end)
    requests += [left_open] if at_end else []
    requests += [ngettext("{number} perhaps open", "{number} perhaps open", may_be)] if may_be else []
    if unknown := sum(case.open_asks is None for case in cases):
        requests += [
            ngettext("how many in {number} case is not known", "how many in {number} cases is not known", unknown)
        ]
    number = ngettext("{number} case", "{number} cases", len(cases))
    return before(number) + apart([", ".join(parts), ", ".join(requests)])


def full_listing_lines(cases: Sequence[ListedCase], page: Page) -> list[Line]:
    """Returns some lines for each case: where it stands, its stays as a bar, what is open, due and waited for."""
    if not cases:
        return [line(Piece(_(NO_CASE), "dim"))]
    lines: list[Line] = []
    longest = max(sum(_known_days(each)) for each in cases)
    for case in cases:
        lines += [*_case(case, longest, page), line()]
    if any(case.heading.quiet_since and case.open_longest for case in cases):
        lines += counted_to_lines(cases[0].heading.as_of, page)
    lines += _keys(cases, page)
    lines += language_lines(joined(each.languages for each in cases), page)
    return [*lines, *legend_lines(_words_used(cases), page)]


def _case(case: ListedCase, longest: int, page: Page) -> Iterator[Line]:
    heading = case.heading
    yield from page.hanging([Piece(f"{heading.case}  ", "title")], heading.title)
    yield from page.paragraph(page.separated(_stands(case)), "stage", 2)
    if drawn := _bar(case, longest, page):
        yield line("  ", *drawn)
    yield from page.paragraph(page.separated(_counts(case)), "dim", 2)
    if case.next_due:
        yield from _request(_("next due"), _due_words(case.next_due), case.next_due, page)
    if case.silence:
        yield from _request(_("longest silence"), days_in_words(case.silence.days), case.silence, page)
    if case.open_longest:
        days = days_in_words(case.open_longest.days)
        words = _("{days} at its end", days=days) if case.open_longest.at_end else days
        yield from _request(_("open longest"), words, case.open_longest, page)
    for related in heading.related:
        named = related_name(related) or _("not named")
        yield from page.hanging([Piece(f"  {before(related.relation)}", "dim")], named)


def _stands(case: ListedCase) -> list[str]:
    heading = case.heading
    if not heading.known:
        return [_(NOT_READ)]
    quiet = heading.quiet_since is not None
    length = "" if quiet and case.in_stage and case.in_stage.most == 0 else days_in_words(case.in_stage)
    length = _("{days} to its last record", days=length) if length and heading.quiet_since else length
    stands = [f"{heading.stands}{since_words(heading)}{f', {length}' if length else ''}"]
    stages = any_of(_(stage.label) for stage in heading.alternatives)
    stands += filter(None, [quiet_words(heading)])
    return stands + ([perhaps(stages, certain=False)] if stages else [])


def _counts(case: ListedCase) -> list[str]:
    track, events = said_of(case.heading.track), _("how many events is not known")
    events = events if case.events is None else ngettext("{number} event", "{number} events", case.events)
    if case.open_asks is None:
        return [track, events, _("how many requests are open is not known")]
    counts = [ngettext("{number} request open", "{number} requests open", case.open_asks)]
    if at_end := case.open_at_end:
        counts += [ngettext("{number} of them at its end", "{number} of them at its end", at_end)]
    if may_be := case.perhaps_open:
        counts += [ngettext("{number} perhaps open", "{number} perhaps open", may_be)]
    return [track, events, ", ".join(counts)]


def _request(what: str, words: str, request: NextDue | Waiting, page: Page) -> Iterator[Line]:
    words = perhaps(words, certain=request.certain)
    yield from page.hanging([Piece(f"  {before(what)}", "dim")], f"{before(words)}{request.text}")
    yield line("    ", Piece(request.reference, "dim"))


def _due_words(due: NextDue) -> str:
    day, days = day_words(due.term.last_day or ""), days_in_words(due.left)
    if due.left == Days(0, 0):
        return _("{day}, today", day=day)
    return _("{day}, {days} left", day=day, days=days) if days else day


def _known_days(case: ListedCase) -> list[int]:
    return [span.most_days for span in case.spans if span.most_days is not None]


def _bar(case: ListedCase, longest: int, page: Page) -> list[Piece]:
    """Draws the stays in proportion to the longest case; a stay of unknown length is a single sign."""
    days = _known_days(case)
    if not sum(days):
        return []
    columns = iter(shared(days, scaled(sum(days), longest, room(page))))
    signs: list[Piece] = []
    for span in case.spans:
        if span.most_days is not None:
            signs.append(Piece(shade_of(span.stage, page) * next(columns), hue_of(span.stage)))
        elif span.until is not None or not span.stage.ends:
            signs.append(Piece(page.glyphs.perhaps, "dim"))
    return signs


def _keys(cases: Sequence[ListedCase], page: Page) -> Iterator[Line]:
    """Yields what the signs of the bars mean: for each procedure apart, since a sign is a stage of a procedure."""
    by_track: dict[str, list[ListedCase]] = {}
    for case in cases:
        by_track.setdefault(case.heading.track, []).append(case)
    for track, several in by_track.items():
        yield from key_lines(_signs(several, page), page, track if len(by_track) > 1 else "")


def _signs(cases: Sequence[ListedCase], page: Page) -> Iterator[tuple[Piece, str]]:
    drawn = [span for each in cases if sum(_known_days(each)) for span in each.spans]
    known = {span.stage for span in drawn if span.most_days is not None}
    in_order = sorted((stage for stage in known if stage.open), key=lambda stage: (stage.place, stage))
    yield from ((Piece(shade_of(stage, page), hue_of(stage)), _(stage.label)) for stage in in_order)
    if any(stage.ends for stage in known):
        yield Piece(page.glyphs.dot), _("ended for the time being")
    if any(span.most_days is None and (span.until is not None or not span.stage.ends) for span in drawn):
        yield Piece(page.glyphs.perhaps), _("days not known")


def _words_used(cases: Sequence[ListedCase]) -> Iterator[str]:
    for case in cases:
        yield from words_of_days(case.in_stage)
        if case.next_due:
            yield from words_of_days(case.next_due.left)
        asked = (case.next_due, case.silence, case.open_longest)
        yield from words_of_days(*(each.days for each in asked[1:] if each))
        if case.heading.perhaps or any(one is not None and not one.certain for one in asked):
            yield "perhaps"
