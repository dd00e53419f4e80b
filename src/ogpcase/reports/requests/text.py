"""Requests, terms and outcomes in the terminal, the legend of a view, and the ledger of all requests."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from ogpcase.ledger import Counted, Moved
from ogpcase.model.dates import Days
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import Line, Page, Piece, Style, cells, line, padded, with_tail
from ogpcase.output.messages import _, marked, ngettext, pgettext, with_days
from ogpcase.output.words import (
    GLUE,
    apart,
    before,
    date_in_short,
    day_words,
    days_in_words,
    glued,
    glued_before,
    perhaps,
)
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.rows import (
    OUTCOMES_EXPLAINED,
    Asked,
    AskLine,
    Missed,
    Requests,
    RowAsk,
    ShownTerm,
    folded_words,
    outcome_words,
    repeated_words,
    timing_words,
)
from ogpcase.reports.shown import for_words, inferred_words

_OF = {
    "dated": marked("{length} of {paper}"),
    "received": marked("{length} of the receipt of {paper}"),
    "published": marked("{length} of the publication of {paper}"),
}
_OF_ITSELF = {
    "dated": marked("{length} of this paper"),
    "received": marked("{length} of its receipt"),
    "published": marked("{length} of its publication"),
}


def due_words(term: ShownTerm | None, *, with_day: bool = True) -> str:
    """Returns a request's term in brackets, after a blank; nothing where it has none.

    If the last day is not known, says how the term is counted and how it was moved.
    """
    if term is None:
        return ""
    parts = [_("due {day}", day=day_words(term.set_to))] if term.set_to and (with_day or term.moves) else []
    parts += [_counted_words(term.counted)] if term.counted else []
    if term.set_to is None and not term.moves:
        counted_from = parts.pop() if parts else ""
        none = _("due on a day that is not recorded")
        parts += [_("{term}, which is not recorded", term=counted_from) if counted_from else none]
    parts += [_moved_words(move) for move in term.moves]
    if not parts:
        return ""
    return f" {glued(f'({parts[0]})')}" if len(parts) == 1 else f" ({', '.join(parts)})"


def missed_words(missed: Missed | None) -> str:
    """Returns what follows when the term is missed; nothing where the paper does not say."""
    if missed is None:
        return ""
    follows = f"{missed.text} ({_(missed.stage.label)})" if missed.stage else missed.text
    return _("if missed: {what}", what=follows)


def missed_lines(missed: Missed | None, page: Page, indent: int) -> list[Line]:
    """Returns what follows when the term is missed, indented; nothing where the paper does not say."""
    return page.paragraph(missed_words(missed), "note", indent) if missed else []


def _counted_words(term: Counted) -> str:
    length = _LENGTHS[term.unit](term.number)
    if term.after is None:
        return _(_OF_ITSELF[term.counted_from], length=length)
    if "#" in term.after:
        return _("{length} of {request} being met", length=length, request=term.after)
    return _(_OF[term.counted_from], length=length, paper=term.after)


_LENGTHS: Mapping[str, Callable[[int], str]] = {
    "days": lambda number: ngettext("within {number} day", "within {number} days", number),
    "weeks": lambda number: ngettext("within {number} week", "within {number} weeks", number),
    "months": lambda number: ngettext("within {number} month", "within {number} months", number),
    "years": lambda number: ngettext("within {number} year", "within {number} years", number),
}


def _moved_words(moved: Moved) -> str:
    if moved.to is None or moved.to.form == "unknown":
        return perhaps(_("extended, to a day not recorded"), certain=moved.told.certain)
    day = day_words(moved.to.text)
    words = _("brought forward to {day}", day=day) if moved.brought_forward else _("extended to {day}", day=day)
    return perhaps(words, certain=moved.told.certain)


_STYLES: dict[str, Style] = {"met": "good", "partly_met": "good", "refused": "bad", "not_met": "bad", "silent": "bad"}


def ask_lines(ask: RowAsk, page: Page) -> Iterator[Line]:
    """Yields what is asked of whom, and the outcomes; parties with different outcomes get a line each."""
    due = due_words(ask.term)
    words = {line_words(each) for each in ask.lines}
    if len(words) == 1:
        names = ", ".join(name_of(each) for each in ask.lines)
        named = any(each.party != UNKNOWN for each in ask.lines)
        asks = pgettext("of somebody", "asks") if named else _("asks")
        told = page.hanging([Piece(f"{asks} ", "ask")], f"{before(names) if named else ''}{ask.said}{due}")
        yield from with_tail(told, page.glyphs.arrow, Piece(words.pop(), _style_of(ask.lines[0])), page.width)
    else:
        yield from page.hanging([Piece(f"{_('asks')} ", "ask")], f"{ask.said}{due}")
        for each in ask.lines:
            yield from outcome_lines(each, page, cells(_("asks")) + 1)
    yield from missed_lines(ask.on_missed, page, cells(_("asks")) + 1)


def line_words(answer: AskLine) -> str:
    """Returns in words the outcome, who reported it and when, and the parts that it is about."""
    said = (answer.outcome, answer.told_on, answer.certain)
    of = differing = ""
    if answer.parts and all((part.outcome, part.told_on, part.certain) == said for part in answer.parts):
        names = ", ".join(part.party for part in answer.parts)
        alone = pgettext("told", " of {names}", names=names)
        of = pgettext("told", ", and of {names}", names=names) if answer.own else alone
    elif answer.parts:
        differing = f" ({apart(before(part.party) + line_words(part) for part in answer.parts)})"
    timed = f", {timing}" if (timing := timing_words(answer)) else ""
    outcome = _("its parts differ") if answer.told_outcome == "parts_differ" else outcome_words(answer.outcome)
    length = days_in_words(answer.silent_for) if answer.silent_for != Days(0, 0) else ""
    outcome = _("{outcome} for {length}", outcome=outcome, length=length) if length else outcome
    inferred = f" {_('(inferred)')}" if answer.inferred else ""
    return f"{perhaps(outcome, certain=answer.certain)}{_told(answer)}{inferred}{of}{timed}{differing}"


def _told(answer: AskLine) -> str:
    """Returns when a record told of the outcome, or of a search for it, after a comma."""
    if not answer.told_on:
        return ""
    if answer.told_on == UNKNOWN:
        return _(", told on a day that is not known")
    day = date_in_short(answer.told_on)
    said = (
        with_days(", looked for {day}", day=day) if answer.outcome == "unknown" else with_days(", told {day}", day=day)
    )
    return glued_before(said, day)


def name_of(answer: AskLine) -> str:
    """Returns who was asked."""
    return name_in_words(answer.party)


def name_in_words(name: str) -> str:
    """Returns the name of somebody asked; `nobody named` where a paper does not say whom it asks."""
    return _(NOBODY) if name == UNKNOWN else name


def _style_of(answer: AskLine) -> Style:
    return _STYLES.get(answer.outcome, "open")


def outcome_lines(answer: AskLine, page: Page, indent: int, who: str | None = None, more: str = "") -> list[Line]:
    """Returns the outcome for one party, and for its parts if they differ; `who` is put before it."""
    first = [Piece(" " * indent + f"{page.glyphs.arrow} ", "dim")]
    words = f"{before(name_of(answer)) if who is None else who}{line_words(answer)}{more}"
    return page.hanging(first, words, _style_of(answer))


NOBODY = marked("nobody named")
SPANS = marked("days with “to”, “at least” or “at most”")
SHORT_SPANS = marked("days with “-”, “+” or “up to”")
MEANINGS: dict[str, str] = {
    marked("silent"): marked("a source attests that no answer had come by its own day"),
    marked("unanswered"): marked("nothing is recorded, which does not mean that nothing was done"),
    marked("call"): marked("the public or nobody in particular is asked: nobody owes an answer"),
    NOBODY: marked("the paper does not say who is asked; somebody may owe an answer"),
    marked("not known"): marked("it was looked for, and the sources are silent"),
    marked("not read"): marked("a record of the case cannot be read; it may tell of an answer"),
    marked("left open"): marked("the case ended before an answer was recorded; the days are counted to its end"),
    marked("term passed"): marked("the last day is over, no answer is recorded; that accuses nobody"),
    marked("possibly late"): marked("a date is not known to the day, or not sure: it may have been in time"),
    marked("timing not known"): marked("it is not recorded when the term began or what came"),
    marked("perhaps"): marked("going by its date it may have happened by then, or not"),
    SPANS: marked("a date is not known to the day"),
    SHORT_SPANS: marked("a date is not known to the day"),
}
_TIMINGS = {
    "due_passed": marked("term passed"),
    "possibly_late": marked("possibly late"),
    "unknown": marked("timing not known"),
}


def legend_lines(used: Iterable[str], page: Page) -> list[Line]:
    """Returns a line for each word that was used, in a fixed order; nothing where none was."""
    return page.legend(MEANINGS, set(used))


def words_of_asks(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words that lines of requests, and of their parts, use."""
    for each in lines_shown:
        of_its_own = each.outcome != "unanswered" or not each.parts
        if each.outcome in OUTCOMES_EXPLAINED and of_its_own:
            yield OUTCOMES_EXPLAINED[each.outcome]
        if each.timing in _TIMINGS and of_its_own and each.outcome != "not_read":
            yield _TIMINGS[each.timing]
        if not each.certain:
            yield "perhaps"
        yield from words_of_days(each.timing_days, each.open_for, each.silent_for)
        yield from words_of_asks(each.parts)


def words_of_days(*stretches: Days | None) -> Iterator[str]:
    """Yields the words for stretches of days that are not known to the day."""
    if any(days and days.fewest != days.most for days in stretches):
        yield SPANS


def words_of_short_days(*stretches: Days | None) -> Iterator[str]:
    """Yields the words for such stretches where they are printed in short."""
    if any(words_of_days(*stretches)):
        yield SHORT_SPANS


WIDEST_DATE = 14
"""The greatest width of the date column."""


def requests_lines(requests: Requests, page: Page) -> list[Line]:
    """Returns the requests by who was asked, a line each; with `full` each text, who asks, its term and reference.

    Those who have been waited for longest come first, then nobody named, then calls, then duties if asked for.
    """
    shown = [row for row in requests.rows if requests.duties or not row.ask.duty]
    lines = page.paragraph(summary_of(requests), "title")
    if several := repeated_words((row.case, row.reference) for row in shown):
        lines += page.paragraph(several, "dim")
    widths = _widths([row for row in shown if _stands(row) != "call"], page)
    for words, rows in groups_of(shown):
        lines += [line(), *page.paragraph(words, "stage")]
        for number, row in enumerate(rows):
            lines += [line()] if requests.full and number else []
            lines += _row_lines(row, page) if requests.full else _short_lines(row, widths, page)
    lines += folded_lines((row.open for row in requests.rows if row.ask.duty and not requests.duties), page)
    if shown and not requests.full:
        words = _("--full shows each text whole, who asks, its term and its reference")
        lines += [line(), *page.paragraph(words, "dim")]
    words_used = _words_used(shown) if requests.full else _words_in_short(shown)
    return [*lines, *language_lines(requests.languages, page), *legend_lines(words_used, page)]


_STATE_IN_100 = 35
"""The greatest part, in hundredths, of a page that the column of what came back takes; longer ones go beyond it."""


def _widths(rows: Sequence[Asked], page: Page) -> tuple[int, int]:
    """Returns the widths of the first columns of the short view: the day, and what came back."""
    day, state = (max(map(cells, map(column, rows)), default=0) for column in (_day, _state))
    return day, state if page.width is None else min(state, page.width * _STATE_IN_100 // 100)


def _short_lines(row: Asked, widths: tuple[int, int], page: Page) -> list[Line]:
    """Returns a request on one line: the day, what came back and how long that took, and as much of it as fits.

    Of a call it says whom it is to instead of what came back. On a narrow page the text stands below, whole.
    """
    call = _stands(row) == "call"
    first = f"  {padded(_day(row), widths[0])}  "
    state = _called(row) if call else padded(f"{_state(row)}  ", widths[1] + 2)
    background = f" {_('(background)')}" if row.event.context else ""
    text = page.cut(f"{row.ask.said}{background}", page.room(cells(first) + cells(state)))
    return page.hanging([Piece(first, "date"), Piece(state, _style_of(row.line))], text)


def _called(row: Asked) -> str:
    """Returns whom a call is to, and how its term stands."""
    timed = f", {timing}" if (timing := _timed(row)) else ""
    return before(f"{perhaps(_('to {name}', name=name_of(row.line)), certain=_is_certain(row))}{timed}")


def _is_certain(row: Asked) -> bool:
    return row.line.certain and row.ask.certain


def _day(row: Asked) -> str:
    return date_in_short(row.event.date_text)


def _state(row: Asked) -> str:
    """Returns in a few words what came back, whether its term is over, and how long it took or has been open."""
    length, timing = _length(row), _timed(row)
    outcome = perhaps(outcome_words(row.line.told_outcome), certain=_is_certain(row))
    return f"{outcome}{f' {length}' if length else ''}{f', {timing}' if timing else ''}"


def _length(row: Asked) -> str:
    """Returns how long an answer took, or how long a request has been open and how much of that is attested silence."""
    answer = row.line
    silent, open_for, after = (
        days_in_words(days, short=True) for days in (answer.silent_for, answer.open_for, answer.after)
    )
    if silent and silent != open_for:
        unit = _("{number} d", number="")
        return _("{silent} of {open}", silent=silent.removesuffix(unit), open=open_for)
    return (open_for if row.open is not False else "") or (_("after {days}", days=after) if after else "")


def _timed(row: Asked) -> str:
    """Returns in a few words whether an answer was in time, or how the term stands."""
    answer = row.line
    if _silent_too_long(answer):
        return _("term passed")
    if row.ask.at_end and answer.timing == "running":  # the case ended while it ran
        return _("not yet due")
    if answer.timing == "running" and row.open and (left := days_in_words(answer.timing_days, short=True)):
        return _("{days} left", days=left)
    passed = answer.timing == "due_passed" and row.open is False  # of what was said not to be done, or overtaken
    return "" if passed or answer.timing not in _TIMINGS_IN_SHORT else _(_TIMINGS_IN_SHORT[answer.timing])


def _silent_too_long(answer: AskLine) -> bool:
    """True if silence is attested after the last day."""
    return answer.outcome == "silent" and answer.timing == "late"


_TIMINGS_IN_SHORT = {**_TIMINGS, "on_time": marked("in time"), "late": marked("late"), "ended": marked("ended")}


def groups_of(rows: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    """Yields the rows of each party asked by what has become of them, under their headings, in the order of display.

    Where there are several cases, those of each stand apart; all calls of a case are together.
    """
    several_cases = len({row.case for row in rows}) > 1
    firsts: dict[tuple[str, str | None], int] = {}
    for place, row in enumerate(rows):
        firsts.setdefault((row.line.party, row.line.party_id), place)

    def order(row: Asked) -> tuple[object, ...]:
        stands, first = _stands(row), firsts[row.line.party, row.line.party_id]
        call = stands == "call"
        return (row.ask.duty, call, row.line.party == UNKNOWN, 0 if call else first, row.case, _STANDS.index(stands))

    for _key, group in groupby(sorted(rows, key=order), key=order):
        few = list(group)
        yield _heading(few, case=few[0].case if several_cases else ""), few


def _heading(rows: Sequence[Asked], case: str) -> str:
    row, number = rows[0], len(rows)
    if _stands(row) == "call":
        calls = ngettext("{number} call", "{number} calls", number)
        calls = _("{what} in {case}", what=calls, case=case) if case else calls
        return _("{calls}, to which nobody owes an answer", calls=calls)
    nobody = _(NOBODY)  # a name keeps its own letters
    name = nobody[:1].upper() + nobody[1:] if row.line.party == UNKNOWN else row.line.party
    name = _("{what} in {case}", what=name, case=case) if case else name
    counts = _DUTIES_THAT_STAND if row.ask.duty else _ASKS_THAT_STAND
    return before(name) + counts[_stands(row)](number)


_ASKS_THAT_STAND: Mapping[str, Callable[[int], str]] = {
    "open": lambda number: ngettext("{number} open", "{number} open", number),
    "left open": lambda number: ngettext(
        "{number} left open when the case ended", "{number} left open when the case ended", number
    ),
    "perhaps open": lambda number: ngettext("{number} perhaps open", "{number} perhaps open", number),
    "settled": lambda number: ngettext("{number} settled", "{number} settled", number),
    "call": lambda number: ngettext("{number} call", "{number} calls", number),
}
_DUTIES_THAT_STAND: Mapping[str, Callable[[int], str]] = {
    "open": lambda number: ngettext("{number} duty of the policy open", "{number} duties of the policy open", number),
    "left open": lambda number: ngettext(
        "{number} duty of the policy left open when the case ended",
        "{number} duties of the policy left open when the case ended",
        number,
    ),
    "perhaps open": lambda number: ngettext(
        "{number} duty of the policy perhaps open", "{number} duties of the policy perhaps open", number
    ),
    "settled": lambda number: ngettext(
        "{number} duty of the policy settled", "{number} duties of the policy settled", number
    ),
}
_STANDS = ("open", "left open", "perhaps open", "settled", "call")
"""What has become of a request to one party, in the order of display."""


def _stands(row: Asked) -> str:
    if row.line.outcome == "call":
        return "call"
    if row.open:
        return "left open" if row.ask.at_end else "open"
    return "settled" if row.open is False else "perhaps open"


def _words_in_short(rows: Sequence[Asked]) -> Iterator[str]:
    """Yields the words of the short view that the legend explains."""
    for row in rows:
        answer = row.line
        if _stands(row) != "call":
            yield from (word for word in words_of_asks([answer._replace(parts=())]) if word != SPANS)
        yield from words_of_short_days(answer.open_for, answer.silent_for, answer.after, answer.timing_days)
        if not row.ask.certain:
            yield "perhaps"
        if answer.party == UNKNOWN:
            yield NOBODY
        if _stands(row) == "left open":
            yield "left open"
        if _silent_too_long(answer):
            yield "term passed"


def folded_lines(duties: Iterable[bool | None], page: Page) -> list[Line]:
    """Returns a line on the duties that a view leaves out; nothing where there is none."""
    words = folded_words(duties)
    return [line(), *page.paragraph(words, "dim")] if words else []


def summary_of(requests: Requests) -> str:
    """Counts requests, each once, whomever it asks; a duty is counted elsewhere."""
    states: dict[tuple[str, str], set[bool | str | None]] = {}
    for row in requests.rows:
        if not row.ask.duty:
            state = row.line.outcome if row.line.outcome == "call" else row.open
            states.setdefault((row.case, row.reference), set()).add(state)
    counts = Counter(next(word for state, word in _STATES.items() if state in several) for several in states.values())
    said = (_ASKS_THAT_STAND[word](counts[word]) for word in _STATES.values() if counts[word])
    parts = [ngettext("{number} request", "{number} requests", len(states)), *said] if states else []
    duties = sum(row.ask.duty for row in requests.rows) if requests.duties else 0
    parts += [ngettext("{number} duty of the policy", "{number} duties of the policy", duties)] if duties else []
    parts = parts or [_("no request is chosen") if requests.left_out else _("no request is recorded")]
    if requests.left_out:
        left_out = ngettext(
            "{number} other left out by the options given",
            "{number} others left out by the options given",
            requests.left_out,
        )
        return apart([", ".join(parts), left_out])
    return ", ".join(parts)


_STATES: dict[bool | str | None, str] = {True: "open", None: "perhaps open", False: "settled", "call": "call"}
"""What a request is, by what those asked are: the first that holds for one of them."""


def _row_lines(row: Asked, page: Page) -> Iterator[Line]:
    dated = _day(row)
    fits = cells(dated) <= WIDEST_DATE
    date = Piece(f"  {padded(dated if fits else '', WIDEST_DATE)}  ", "date")
    beside, who = WIDEST_DATE + 4, asker_of(row, page)
    yield from page.hanging([date], who if fits else page.separated([glued(dated), who]), "dim")
    yield from page.paragraph(f"{row.ask.text}{due_words(row.line.term)}", indent=beside)
    yield from outcome_lines(row.line, page, beside, who="", more=days_of(row))
    for other in row.others:
        who = before(_("{name}, not asked", name=name_of(other)))
        yield from outcome_lines(other, page, beside, who=who)
    yield from missed_lines(row.ask.on_missed, page, beside) if row.open else ()
    yield line(" " * beside, Piece(f"{row.case}/{row.reference}", "dim"))  # never broken: it is to be copied


def asker_of(row: Asked, page: Page) -> str:
    """Returns who asks, and what else is to be known of the request: that it is background, perhaps made, inferred."""
    names = ", ".join(_("not named") if name == UNKNOWN else name for name in row.by[:3]) or _("not named")
    by = _("{names} and others", names=names) if row.by[3:] else names
    by = _("a duty of the policy") if row.ask.duty else by + for_words(row.on_behalf_of)
    whom = f" {page.glyphs.arrow}{GLUE}{name_of(row.line)}" if _stands(row) == "call" else ""
    marks = [_("background")] if row.event.context else []
    marks += [] if row.ask.certain else [_("perhaps")]
    marks += filter(None, [inferred_words(row.event.inferred)])
    return page.separated([f"{by}{whom}", *marks])


def days_of(row: Asked) -> str:
    """Returns how long it took, or how long it has been open; nothing where that is not known."""
    if not row.open or row.line.after is not None:
        took = days_in_words(row.line.after)
        return _(", after {days}", days=took) if took else ""
    length = days_in_words(row.line.open_for)
    return _(", open {days}", days=length) if length else ""


def _words_used(rows: Iterable[Asked]) -> Iterator[str]:
    for row in rows:
        yield from words_of_asks([row.line, *row.others])
        yield from words_of_days(row.line.after)
        if not row.ask.certain:
            yield "perhaps"
        if row.line.party == UNKNOWN:
            yield NOBODY
