"""Requests, terms and outcomes in the terminal, the legend of a view, and the ledger of all requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ogpcase.ledger import Counted, Moved
from ogpcase.model.dates import Days
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import (
    GLUE,
    Line,
    Page,
    Piece,
    Style,
    cells,
    counted,
    date_in_short,
    days_in_words,
    glued,
    line,
    padded,
    with_tail,
)
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.rows import Asked, AskLine, Missed, Requests, RowAsk, ShownTerm, folded_words
from ogpcase.reports.shown import for_words, inferred_words

_OF = {"dated": "", "received": "the receipt of ", "published": "the publication of "}
_OF_ITSELF = {"dated": "this paper", "received": "its receipt", "published": "its publication"}


def due_words(term: ShownTerm | None, *, with_day: bool = True) -> str:
    """Returns a request's term in brackets, after a blank; nothing where it has none.

    If the last day is not known, says how the term is counted and how it was moved.
    """
    if term is None:
        return ""
    parts = [f"due {day_words(term.set_to)}"] if term.set_to and (with_day or term.moves) else []
    parts += [_counted_words(term.counted)] if term.counted else []
    if term.set_to is None and not term.moves:
        parts[-1:] = [f"{parts[-1]}, which is not recorded" if parts else "due on a day that is not recorded"]
    parts += [_moved_words(move) for move in term.moves]
    if not parts:
        return ""
    return f" {glued(f'({parts[0]})')}" if len(parts) == 1 else f" ({', '.join(parts)})"


def day_words(text: str) -> str:
    """Returns a day as far as it is known: `2024-06-05`, `between 2024-06-01 and 2024-06-30`, `by 2024-06-30`."""
    if not text.startswith("["):
        return text
    inner = text.strip("[]")
    if "," in inner or ".." not in inner:
        return f"one of {', '.join(map(_one_of, inner.split(',')))}"
    first, last = inner.split("..")
    if first and last:
        return f"between{GLUE}{first} and{GLUE}{last}"
    return f"by{GLUE}{last} at the latest" if last else f"{first} at the earliest"


def _one_of(part: str) -> str:
    first, dots, last = part.partition("..")
    if not dots:
        return part
    return f"{first} to {last}" if first and last else f"{first} or later" if first else f"up to {last}"


def missed_words(missed: Missed | None) -> str:
    """Returns what follows when the term is missed; nothing where the paper does not say."""
    if missed is None:
        return ""
    return f"if missed: {missed.text}{f' ({missed.stage.label})' if missed.stage else ''}"


def missed_lines(missed: Missed | None, page: Page, indent: int) -> list[Line]:
    """Returns what follows when the term is missed, indented; nothing where the paper does not say."""
    return page.paragraph(missed_words(missed), "note", indent) if missed else []


def timing_words(answer: AskLine) -> str:
    """Returns whether the answer was in time; nothing if there is no term."""
    days = days_in_words(answer.timing_days)
    perhaps = "" if answer.certain else "perhaps "
    if (answer.outcome == "unanswered" and answer.parts) or answer.outcome == "not_read":
        return ""
    if answer.timing in {"running", "due_passed"} and (answer.outcome in {"overtaken", "not_met"} or answer.at_end):
        then = " when the case ended" if answer.at_end else ""
        return f"{_not_passed(answer)}{then}" if answer.timing == "running" else f"term passed {days} before{then[5:]}"
    words = {
        "on_time": f"{perhaps}in time",
        "late": f"{perhaps}{days} {'past the last day' if answer.outcome == 'silent' else 'late'}".replace("  ", " "),
        "possibly_late": "possibly late",
        "running": "today is its last day" if days == "0 days" else f"{days} left" if days else "its term runs",
        "due_passed": f"term passed {days} ago",
        "ended": f"ended {days} ago",
        "unknown": "timing not known",
    }
    return words.get(answer.timing, "")


def _not_passed(answer: AskLine) -> str:
    """Returns where in its term a request was that ended or was said not to be done; its last day is within it."""
    days = answer.timing_days
    if days is None or days.fewest != 0:
        return "not yet due"
    return "on its last day" if days.most == 0 else "not past its last day"


def _counted_words(term: Counted) -> str:
    unit = term.unit.removesuffix("s")
    length = f"within {counted(term.number, unit)} of "
    if term.after is None:
        return length + _OF_ITSELF[term.counted_from]
    return f"{length}{term.after} being met" if "#" in term.after else f"{length}{_OF[term.counted_from]}{term.after}"


def _moved_words(moved: Moved) -> str:
    perhaps = "" if moved.told.certain else "perhaps "
    if moved.to is None or moved.to.form == "unknown":
        return f"{perhaps}extended, to a day not recorded"
    return f"{perhaps}{'brought forward' if moved.brought_forward else 'extended'} to {day_words(moved.to.text)}"


_STYLES: dict[str, Style] = {"met": "good", "partly_met": "good", "refused": "bad", "not_met": "bad", "silent": "bad"}


def ask_lines(ask: RowAsk, page: Page) -> Iterator[Line]:
    """Yields what is asked of whom, and the outcomes; parties with different outcomes get a line each."""
    due = due_words(ask.term)
    words = {line_words(each) for each in ask.lines}
    if len(words) == 1:
        names = ", ".join(name_of(each) for each in ask.lines)
        of = f"{names}: " if any(each.party != "unknown" for each in ask.lines) else ""
        told = page.hanging([Piece("asks ", "ask")], f"{of}{ask.said}{due}")
        yield from with_tail(told, page.glyphs.arrow, Piece(words.pop(), _style_of(ask.lines[0])), page.width)
    else:
        yield from page.hanging([Piece("asks ", "ask")], f"{ask.said}{due}")
        for each in ask.lines:
            yield from outcome_lines(each, page, len("asks "))
    yield from missed_lines(ask.on_missed, page, len("asks "))


def duty_lines(duties: Sequence[RowAsk], page: Page) -> Iterator[Line]:
    """Yields the duties of the policy that an event brings, those with the same outcome together."""
    by_words: dict[str, list[RowAsk]] = {}
    for duty in duties:
        by_words.setdefault("; ".join(dict.fromkeys(map(line_words, duty.lines))), []).append(duty)
    for words, several in by_words.items():
        told = page.hanging([Piece("duties ", "ask")], ", ".join(duty.item for duty in several))
        yield from with_tail(told, page.glyphs.arrow, Piece(words, _style_of(several[0].lines[0])), page.width)


def line_words(answer: AskLine) -> str:
    """Returns in words the outcome, who reported it and when, and the parts that it is about."""
    how = "looked for" if answer.outcome == "unknown" else "told"
    told = f", {how}{GLUE}{answer.told_on}" if answer.told_on else ""
    perhaps = "" if answer.certain else "perhaps "
    of = (
        f"{', and' if answer.own else ''} of {', '.join(part.party for part in answer.parts)}" if _alike(answer) else ""
    )
    timed = f", {timing}" if (timing := timing_words(answer)) else ""
    apart = (
        f" ({'; '.join(f'{part.party}: {line_words(part)}' for part in answer.parts)})"
        if answer.parts and not of
        else ""
    )
    outcome = "its parts differ" if answer.told_outcome == "parts_differ" else answer.outcome
    length = days_in_words(answer.silent_for)
    lasted = f" for {length}" if length and length != "0 days" else ""
    inferred = " (inferred)" if answer.inferred else ""
    return f"{perhaps}{outcome.replace('_', ' ')}{lasted}{told}{inferred}{of}{timed}{apart}"


def name_of(answer: AskLine) -> str:
    """Returns who was asked."""
    return name_in_words(answer.party)


def name_in_words(name: str) -> str:
    """Returns the name of somebody asked; `nobody named` where a paper does not say whom it asks."""
    return NOBODY if name == UNKNOWN else name


def _style_of(answer: AskLine) -> Style:
    return _STYLES.get(answer.outcome, "open")


def outcome_lines(answer: AskLine, page: Page, indent: int, who: str | None = None, more: str = "") -> list[Line]:
    """Returns the outcome for one party, and for its parts if they differ; `who` is put before it."""
    first = [Piece(" " * indent + f"{page.glyphs.arrow} ", "dim")]
    words = f"{f'{name_of(answer)}: ' if who is None else who}{line_words(answer)}{more}"
    return page.hanging(first, words, _style_of(answer))


def _alike(answer: AskLine) -> bool:
    """True when all parts have the same outcome as the whole, so that one line is enough."""
    said = (answer.outcome, answer.told_on, answer.certain)
    return bool(answer.parts) and all((part.outcome, part.told_on, part.certain) == said for part in answer.parts)


NOBODY = "nobody named"
SPANS = "days with “to”, “at least” or “at most”"
SHORT_SPANS = "days with “-”, “+” or “up to”"
MEANINGS: dict[str, str] = {
    "silent": "a source attests that no answer had come by its own day",
    "unanswered": "nothing is recorded, which does not mean that nothing was done",
    "call": "the public or nobody in particular is asked: nobody owes an answer",
    NOBODY: "the paper does not say who is asked; somebody may owe an answer",
    "unknown": "it was looked for, and the sources are silent",
    "not read": "a record of the case cannot be read; it may tell of an answer",
    "left open": "the case ended before an answer was recorded; the days are counted to its end",
    "term passed": "the last day is over, no answer is recorded; that accuses nobody",
    "possibly late": "a date is not known to the day, or not sure: it may have been in time",
    "timing not known": "it is not recorded when the term began or what came",
    "perhaps": "going by its date it may have happened by then, or not",
    SPANS: "a date is not known to the day",
    SHORT_SPANS: "a date is not known to the day",
}
OUTCOMES_EXPLAINED = {
    "silent": "silent",
    "unanswered": "unanswered",
    "unknown": "unknown",
    "not_read": "not read",
    "call": "call",
}
"""The outcomes that a legend explains, each with the words that views print for it."""
_TIMINGS = {"due_passed": "term passed", "possibly_late": "possibly late", "unknown": "timing not known"}


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
    widths = _Widths.of(row for row in shown if _stands(row) != "call")
    for words, rows in groups_of(shown):
        drawn = (
            _full_lines(rows, page)
            if requests.full
            else [each for row in rows for each in _short_lines(row, widths, page)]
        )
        lines += [line(), *page.paragraph(words, "stage"), *drawn]
    lines += folded_lines((row.open for row in requests.rows if row.ask.duty and not requests.duties), page)
    if shown and not requests.full:
        lines += [line(), *page.paragraph("--full shows each text whole, who asks, its term and its reference", "dim")]
    words_used = _words_used(shown) if requests.full else _words_in_short(shown)
    return [*lines, *language_lines(requests.languages, page), *legend_lines(words_used, page)]


def _full_lines(rows: Iterable[Asked], page: Page) -> list[Line]:
    return [each for row in rows for each in (line(), *_row_lines(row, page))][1:]


_WIDEST_STATE = 28
"""The greatest width of the column of what came back; longer ones go beyond it."""


class _Widths(NamedTuple):
    """The widths of the first columns of the short view: the day, and what came back."""

    day: int
    state: int

    @classmethod
    def of(cls, rows: Iterable[Asked]) -> _Widths:
        """Returns the widths for all these rows."""
        several = list(rows)
        day, state = (max(map(cells, map(column, several)), default=0) for column in (_day, _state))
        return cls(day, min(state, _WIDEST_STATE))


def _short_lines(row: Asked, widths: _Widths, page: Page) -> list[Line]:
    """Returns a request on one line: the day, what came back and how long that took, and as much of it as fits.

    Of a call it says whom it is to instead of what came back. On a narrow page the text stands below, whole.
    """
    call = _stands(row) == "call"
    first = f"  {padded(_day(row), widths.day)}  "
    state = f"to {name_of(row.line)}{_state(row).removeprefix('call')}: " if call else f"{_state(row)}  "
    state = state if call else padded(state, widths.state + 2)
    text = f"{row.ask.said}{' (background)' * row.event.context}"
    text = page.cut(text, page.room(cells(first) + cells(state)))
    return page.hanging([Piece(first, "date"), Piece(state, _style_of(row.line))], text)


def _day(row: Asked) -> str:
    """Returns the event's date, a set of days in short: `2017-06-19..22`, `..2017-07-21`."""
    written = row.event.date_text
    first, dots, last = written.strip("[]").partition("..")
    if not dots or "," in written:
        return date_in_short(written)
    month = len("2017-06-")
    return f"{first}..{last[month:] if last[:month] == first[:month] and len(first) == len(last) else last}"


def _state(row: Asked) -> str:
    """Returns in a few words what came back, whether its term is over, and how long it took or has been open."""
    answer = row.line
    perhaps = "" if answer.certain and row.ask.certain else "perhaps "
    outcome = answer.told_outcome
    silent, open_for, after = (
        days_in_words(days, short=True) for days in (answer.silent_for, answer.open_for, answer.after)
    )
    length = open_for if row.open is not False else ""
    length = f"{silent.removesuffix(' d')} of {open_for}" if silent and silent != open_for else length
    length = length or (f"after {after}" if after else "")
    passed = answer.timing == "due_passed" and row.open is False  # of what was said not to be done, or overtaken
    timing = "" if passed else _TIMINGS_IN_SHORT.get(answer.timing, "")
    timing = "term passed" if _silent_too_long(answer) else "not yet due" if _stopped(row) else timing
    running = answer.timing == "running" and row.open and not _stopped(row)
    left = days_in_words(answer.timing_days, short=True) if running else ""
    timed = f", {left} left" if left else f", {timing}" if timing else ""
    return f"{perhaps}{outcome.replace('_', ' ')}{f' {length}' if length else ''}{timed}"


def _silent_too_long(answer: AskLine) -> bool:
    """True if silence is attested after the last day."""
    return answer.outcome == "silent" and answer.timing == "late"


def _stopped(row: Asked) -> bool:
    """True if the case ended while the term still ran."""
    return row.ask.at_end and row.line.timing == "running"


_TIMINGS_IN_SHORT = {
    "on_time": "in time",
    "late": "late",
    "possibly_late": "possibly late",
    "due_passed": "term passed",
    "ended": "ended",
    "unknown": "timing not known",
}


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

    for _, group in groupby(sorted(rows, key=order), key=order):
        few = list(group)
        yield _heading(few, case=few[0].case if several_cases else ""), few


def _heading(rows: Sequence[Asked], case: str) -> str:
    row, number = rows[0], len(rows)
    of_case = f" in {case}" if case else ""
    if _stands(row) == "call":
        return f"{counted(number, 'call')}{of_case}, to which nobody owes an answer"
    stands = "left open when the case ended" if _stands(row) == "left open" else _stands(row)
    what = f"{counted(number, 'duty', 'duties')} of the policy" if row.ask.duty else str(number)
    name = NOBODY.capitalize() if row.line.party == UNKNOWN else row.line.party  # a name keeps its own letters
    return f"{name}{of_case}: {what} {stands}"


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
    said = (counted(counts[word], word) if word == "call" else f"{counts[word]} {word}" for word in _STATES.values())
    parts = [counted(len(states), "request"), *(words for words in said if not words.startswith("0 "))]
    duties = sum(row.ask.duty for row in requests.rows) if requests.duties else 0
    parts = [*(parts if states else []), *([f"{counted(duties, 'duty', 'duties')} of the policy"] if duties else [])]
    parts = parts or ["no request is recorded" if not requests.left_out else "no request is chosen"]
    left_out = f"; {counted(requests.left_out, 'other')} left out by the options given" if requests.left_out else ""
    return f"{', '.join(parts)}{left_out}"


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
        yield from outcome_lines(other, page, beside, who=f"{name_of(other)}, not asked: ")
    yield from missed_lines(row.ask.on_missed, page, beside) if row.open else ()
    yield line(" " * beside, Piece(f"{row.case}/{row.reference}", "dim"))  # never broken: it is to be copied


def asker_of(row: Asked, page: Page) -> str:
    """Returns who asks, and what else is to be known of the request: that it is background, perhaps made, inferred."""
    by = "a duty of the policy" if row.ask.duty else ", ".join(row.by[:3]) + (" and others" if row.by[3:] else "")
    whom = f" {page.glyphs.arrow}{GLUE}{name_of(row.line)}" if _stands(row) == "call" else ""
    by += for_words(row.on_behalf_of)
    marks = ["background"] if row.event.context else []
    marks += [] if row.ask.certain else ["perhaps"]
    marks += filter(None, [inferred_words(row.event.inferred)])
    return page.separated([f"{by.replace('unknown', 'not named') or 'not named'}{whom}", *marks])


def days_of(row: Asked) -> str:
    """Returns how long it took, or how long it has been open; nothing where that is not known."""
    if not row.open or row.line.after is not None:
        took = days_in_words(row.line.after)
        return f", after {took}" if took else ""
    length = days_in_words(row.line.open_for)
    return f", open {length}" if length else ""


def _words_used(rows: Iterable[Asked]) -> Iterator[str]:
    for row in rows:
        yield from words_of_asks([row.line, *row.others])
        yield from words_of_days(row.line.after)
        if not row.ask.certain:
            yield "perhaps"
        if row.line.party == UNKNOWN:
            yield NOBODY
