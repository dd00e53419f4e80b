"""The entries of a timeline at a glance: which rows are folded, and the sign, day, title and parts of each."""

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import Literal, NamedTuple, Self, get_args

from ogpcase.ledger import ANSWERED
from ogpcase.model.events import Event
from ogpcase.output.bars import hue_of
from ogpcase.output.lines import Line, Page, Piece, Style, cells, flowed, line, padded, width_of, wrap
from ogpcase.output.messages import _, ngettext, pgettext, with_days
from ogpcase.output.words import GLUE, apart, before, date_in_short, days_in_words, glued_before, last_named, lowered
from ogpcase.reports.requests.rows import AskLine, RowAsk
from ogpcase.reports.requests.text import SPANS, due_words, line_words, name_of, words_of_asks
from ogpcase.reports.shown import for_words, inferred_words, named
from ogpcase.reports.timeline.phrases import inferred_beside, phrases_of
from ogpcase.reports.timeline.rows import OpenAsks, Row, Timeline

LEFT = 4
"""Columns before what stands below a title: the rail and blanks."""
A_DAY = 10
"""The columns of a day; a longer date moves its own title to the right."""
CUTS = (None, 44, 36, 30, 24, 20, 16, 12)
"""The columns that a name may take: the most that saves a line counts, and no name is cut further than the last."""
SHORT = 12
"""The most events of a timeline that folds no papers: at two lines each they are a screen."""
Sort = Literal["event", "context", "papers"]
SORTS: tuple[Sort, ...] = get_args(Sort)


class Entry(NamedTuple):
    """Rows that stand together, in their order: one event, or several events of the background, or several papers."""

    sort: Sort
    rows: tuple[Row, ...]


def entries_of(timeline: Timeline) -> tuple[Entry, ...]:
    """Returns the entries of a timeline; every row is in one, and none holds rows of two stays."""
    fold_papers = len(timeline.rows) > SHORT
    entries: list[Entry] = []
    for row in timeline.rows:
        sort = _sort(row, fold_papers=fold_papers, fold_context=not timeline.context)
        last = entries[-1] if entries else None
        if last and sort == last.sort != "event" and _stand_together(last.rows[-1], row):
            entries[-1] = last._replace(rows=(*last.rows, row))
        else:
            entries.append(Entry(sort, (row,)))
    return tuple(entries)


def _stand_together(one: Row, other: Row) -> bool:
    """True if no heading stands between two rows."""
    return one.stays == other.stays and (one.event.day.form == "unknown") == (other.event.day.form == "unknown")


def _sort(row: Row, *, fold_papers: bool, fold_context: bool) -> Sort:
    """Returns how a row stands: what only may have happened, and what a note is on, is never folded as a paper."""
    if row.event.context:
        return "context" if fold_context and row.certain else "event"
    plain = row.certain and not row.notes and not phrases_of(row, row.asks)
    return "papers" if fold_papers and plain else "event"


def date_words(row: Row) -> str:
    """Returns an event's date in few columns."""
    return date_in_short(row.event.date_text)


def sign_of(entry: Entry, page: Page) -> str:
    """Returns the sign of an entry on the rail."""
    row, signs = entry.rows[0], page.glyphs
    if entry.sort == "papers" or len(entry.rows) > 1:
        return signs.folded
    if not row.certain:
        return signs.perhaps
    if row.moves_to and not row.event.context:
        return signs.step
    return signs.context if row.event.context else signs.paper


def hue_at(row: Row) -> Style:
    """Returns the style of the rail at a row: the hue of the stage that the case is in."""
    return hue_of(row.stage) if row.stage is not None and row.stays else "dim"


class Columns(NamedTuple):
    """The widths of the columns of dates, and of the numbers of open requests at the right edge.

    `crowded` is true where there are so many events that what is below a title begins beside it if that saves a line.
    """

    date: int
    edge: int
    crowded: bool

    @classmethod
    def of(cls, timeline: Timeline) -> Self:
        """Returns the widths that hold all days, and all numbers; a longer date moves its own title to the right."""
        dates = (width for row in timeline.rows if (width := cells(date_words(row))) <= A_DAY)
        numbers = (len(_number(asks)) for asks in (timeline.open_asks, *(row.open_asks for row in timeline.rows)))
        return cls(max(dates, default=A_DAY), max(numbers) + 1, len(timeline.rows) > SHORT)


def _number(asks: OpenAsks) -> str:
    few, most = asks
    return "" if not most else str(most) if few == most else f"{few}-{most}"


def entry_lines(page: Page, entry: Entry, columns: Columns, entered: bool) -> Iterator[Line]:  # noqa: FBT001 - as `Draw` is called
    """Yields the lines of an entry; `entered` is true where a heading above it names the stage that it leads to."""
    row, first = entry.rows[0], first_pieces(entry, page, columns)
    left = width_of(first) + columns.edge
    below = page.narrower(LEFT)
    if entry.sort == "event":
        lines = _event_lines(row, below, left - LEFT, entered=entered, crowded=columns.crowded)
        lines += [each for ask in unfolded(row) for each in _ask_lines(ask, below)]
    else:
        lines = [line(Piece(_folded_words(entry, page.narrower(left)), "dim"))]
    yield from railed(entry, lines, page, columns)


def first_pieces(entry: Entry, page: Page, columns: Columns) -> list[Piece]:
    """Returns what stands before the title: the sign and the day."""
    sign = Piece(f"{sign_of(entry, page)} ", hue_at(entry.rows[0]))
    return [sign, Piece(padded(date_words(entry.rows[0]), columns.date), "date"), Piece("  ")]


def railed(entry: Entry, lines: Sequence[Line], page: Page, columns: Columns) -> Iterator[Line]:
    """Yields an entry: its first line between its sign, its day and the number of requests, the others on the rail."""
    head, *rest = lines
    yield with_edge((*first_pieces(entry, page, columns), *head), entry.rows[-1].open_asks, page)
    rail = Piece(page.glyphs.line + " " * (LEFT - 1), hue_at(entry.rows[0]))
    yield from ((rail, *each) for each in rest)


def with_edge(pieces: Line, asks: OpenAsks, page: Page) -> Line:
    """Returns a line with the number of open requests at the right edge, or after it where there is no edge."""
    number = _number(asks)
    if page.width is None or not number:
        words = ngettext("{asks} ask open", "{asks} asks open", asks.most, asks=number)
        return (*pieces, Piece(f" {page.glyphs.dot} {words}" if number else "", "open"))
    return (*pieces, Piece(padded(number, page.width - width_of(pieces), right=True), "open"))


def _folded_words(entry: Entry, page: Page) -> str:
    """Returns how many events are folded up to when, and their titles; of one its title, who acts, and its id.

    What does not fit one line is left out, or cut.
    """
    rows = entry.rows
    if len(rows) == 1:
        parts = [titled(rows[0]), *_who(rows[0], page, None, _marks(rows[0])), rows[0].event.id]
        ways = [wrap(page.separated(parts[:last]), None)[0] for last in (len(parts), len(parts) - 1, 1)]
        words = next((way for way in ways if page.width is None or cells(way) <= page.width), ways[-1])
    else:
        titles = (f"{titled(row)} ({row.event.id})" if page.width is None else titled(row) for row in rows)
        number = len(rows)
        what = ngettext("{number} paper", "{number} papers", number)
        if entry.sort == "context":
            what = ngettext("{number} context event", "{number} context events", number)
        last = last_named(rows[-1].event.date_text)
        if not date_words(rows[0]).endswith(last):  # `by 2017-06-19` says it already
            what = f"{what} {with_days('up to {day}', day=last)}"
        (words,) = wrap(before(what) + apart(titles), None)
    return page.cut(words, page.width and max(_NARROW, page.width))


def titled(row: Row) -> str:
    """Returns the title with the numbers of its notes."""
    return row.title + "".join(f"{GLUE}[{number}]" for number in row.notes)


_NARROW, _LEAST = 12, 30
"""The fewest columns of the titles of folded events, and of the text of a request, that are cut."""
_WIDE = 60
"""The fewest columns of a page on which an event is brought down to a line below its title."""


class _Parts(NamedTuple):
    """Which parts stand below a title: the kind, the whole id or only its beginning, who is addressed, and who acts."""

    kind: bool = True
    whole_id: bool = True
    whom: bool = True
    who: bool = True


_LESS = (
    _Parts(),
    _Parts(kind=False),
    _Parts(kind=False, whole_id=False),
    _Parts(kind=False, whole_id=False, whom=False),
    _Parts(kind=False, whole_id=False, whom=False, who=False),
)
"""The parts of an event, from all to the fewest; an id tells the kind, and its beginning will do for a command."""


def _event_lines(row: Row, page: Page, first: int, *, entered: bool, crowded: bool) -> list[Line]:
    """Returns the title, who acts, what came of it, and the id, in as few lines as they need.

    Names are cut, and stand beside the title, only as far as that saves a line. On a wide page parts are left out where
    more than a line below the title would be needed, but never what came of it. The first line is narrower by `first`.
    """
    title = flowed([Piece(titled(row), "title")], page.width, first)
    phrases = phrases_of(row, _summed_up(row), entered=entered)
    ways: list[list[Line]] = []
    for parts in _LESS if page.width is not None and page.width >= _WIDE else _LESS[:1]:
        ways.append(_below(_Titled(row, title, first, crowded), phrases, parts, page))
        if len(ways[-1]) <= len(title) + 1:
            return ways[-1]
    return min(ways, key=len)


class _Titled(NamedTuple):
    """An event, its title as drawn and how much narrower its first line is, and whether more may begin beside it."""

    row: Row
    title: list[Line]
    first: int
    crowded: bool


def _below(event: _Titled, phrases: Sequence[str], parts: _Parts, page: Page) -> list[Line]:
    """Returns the title and the parts below it, in the fewest lines that names cut for them give."""
    row, title, first, crowded = event
    dot, marks = f"{GLUE}{page.glyphs.dot}", _marks(row)
    of_id = row.event.id if parts.whole_id or row.beginning == row.event.id else f"{row.beginning}{page.glyphs.more}"
    ways: list[list[Line]] = []
    tried = product((False, True)[: 1 + crowded], CUTS) if page.width is not None else [(crowded, None)]
    for beside, most in tried:
        who = [Piece(words + dot, "dim") for words in _who(row, page, most, marks, parts)]
        pieces = [*who, *(Piece(words + dot) for words in phrases), Piece(of_id, "dim")]
        last = [line(pieces.pop())] if page.width is not None and cells(of_id) > page.width else []  # never cut
        below = _beside(title, pieces, page, first) if beside else [*title, *flowed(pieces, page.width)]
        ways.append([*below, *last])
    return min(ways, key=len)


def _beside(title: list[Line], pieces: Sequence[Piece], page: Page, first: int) -> list[Line]:
    """Returns pieces that begin on the last line of a title, after two blanks."""
    used = width_of(title[-1]) + 2 + (first if len(title) == 1 else 0)
    head, *rest = flowed(pieces, page.width, used)
    return [*title[:-1], (*title[-1], Piece("  "), *head), *rest]


def _who(row: Row, page: Page, most: int | None, marks: Sequence[str], parts: _Parts = _LESS[0]) -> list[str]:
    """Returns the kind, who acts and for whom, who is addressed, and marks as `perhaps`."""
    event, arrow = row.event, f"{page.glyphs.arrow}{GLUE}"
    acting = next((name for name in event.acting if getattr(event, name)), "")
    who = _names(row.actors, page, most) + _inferred(event, acting)
    who += for_words([page.cut(name, most) for name in row.on_behalf_of])
    if row.addressees and parts.whom:
        who = f"{who} {arrow}{_names(row.addressees, page, most)}{_inferred(event, 'addressees')}"
    kind = lowered(_(event.kind.label)) if parts.kind else ""
    return [*filter(None, [kind, who if parts.who else "", *marks])]


def _marks(row: Row) -> list[str]:
    """Returns marks beside who acts: context, a doubt, a departure, and what is inferred and has no other mark."""
    shown = {*row.event.acting, "addressees"}
    inferred = inferred_words(name for name in inferred_beside(row) if name not in shown)
    marks = {_("context"): row.event.context, _("perhaps"): not row.certain, _("a departure"): row.event.departs}
    return [*(mark for mark, there in marks.items() if there), *filter(None, [inferred])]


def _inferred(event: Event, name: str) -> str:
    return f" {_('(inferred)')}" if name in event.inferred else ""


def _names(names: Sequence[str], page: Page, most: int | None) -> str:
    """Returns the first name and the number of the others; each cut to so many columns."""
    if not names:
        return ""
    first = page.cut(named(names[0]), most)
    others = len(names) - 1
    words = ngettext("{name} and {number} other", "{name} and {number} others", others, name=first)
    return glued_before(words, others) if others else first


def _ask_lines(ask: RowAsk, page: Page) -> Iterator[Line]:
    """Yields a request in a line, its text cut to it, and how it stands; below it where that is long."""
    label = Piece(f"{_('duty') if ask.duty else pgettext('of somebody', 'asks')} ", "ask")
    for said, several in groupby(_waited(ask), line_words if ask.duty else _waiting):
        (words,) = wrap(before(", ".join(map(name_of, several))) + ask.said + due_words(ask.term), None)
        (tail,) = wrap(f"{page.glyphs.arrow} {said}", None)
        room = None if page.width is None else page.width - cells(label.text)
        if room is None or cells(tail) + 1 + min(_LEAST, cells(words)) <= room:
            beside = room and room - cells(tail) - 1
            yield line(label, page.cut(words, beside), Piece(f" {tail}", "open"))
        else:
            yield line(label, page.cut(words, room))
            yield from page.hanging([Piece(f"{' ' * cells(label.text)}{page.glyphs.arrow} ", "open")], said, "open")


def _waiting(each: AskLine) -> str:
    """Returns how a request to one party stands: for how long it is open where nothing else is recorded."""
    return _("open {days}", days=days_in_words(each.open_for)) if _is_only_open(each) else line_words(each)


def _is_only_open(each: AskLine) -> bool:
    """True if nothing is known of a request to one party but for how long it has been open."""
    nothing = each.outcome == "unanswered" and not each.parts and each.timing == "no_limit"
    return nothing and bool(days_in_words(each.open_for))


def words_waiting(timeline: Timeline) -> Iterator[str]:
    """Yields the words for the legend that unfolded requests use."""
    lines = ((ask, each) for row in timeline.rows for ask in unfolded(row) for each in _waited(ask))
    words = words_of_asks(each for ask, each in lines if ask.duty or not _is_only_open(each))
    yield from (word for word in words if word != SPANS)  # a range of days says that itself


def _waited(ask: RowAsk) -> list[AskLine]:
    """Returns the parties that an unfolded request waits for; of a duty all who owe it."""
    asked = [each for each in ask.lines if each.asked]
    return [each for each in asked if ask.duty or each.outcome not in ANSWERED or not each.certain]


def unfolded(row: Row) -> list[RowAsk]:
    """Returns the requests that are or may be open now, without those open when the case ended, and all duties."""
    return [ask for ask in row.asks if ask.duty or (ask.open is not False and not ask.at_end)]


def _summed_up(row: Row) -> list[RowAsk]:
    """Returns the requests that a phrase sums up: all, unless each of them is unfolded."""
    asks = [ask for ask in row.asks if not ask.duty]
    return [] if len(unfolded(row)) == len(row.asks) else asks
