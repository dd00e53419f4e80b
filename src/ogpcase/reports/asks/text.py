"""Requests, terms and what came back as lines, and the words that explain them below a view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.model.dates import Days
from ogpcase.output.lines import GLUE, Line, Page, Piece, Style, counted, days_in_words, glued, with_tail
from ogpcase.reports.asks.rows import AskLine, CountedTerm, Missed, MovedTerm, RowAsk, ShownTerm
from ogpcase.reports.timeline.rows import RowAnswer

_OF = {"dated": "", "received": "the receipt of ", "published": "the publication of "}
_OF_ITSELF = {"dated": "this paper", "received": "its receipt", "published": "its publication"}


def due_words(term: ShownTerm | None, *, with_day: bool = True) -> str:
    """Returns a request's term in brackets, after a blank; nothing where it has none.

    Without its day only how it is counted, and how it was moved.
    """
    if term is None:
        return ""
    parts = [f"due {day_words(term.set_to)}"] if term.set_to and (with_day or term.moves) else []
    parts += [_counted_words(term.counted)] if term.counted else []
    if term.set_to is None and not term.moves:
        parts[-1:] = [f"{parts[-1]}, which is not recorded" if parts else "due on a day that is not recorded"]
    parts += [_moved_words(each) for each in term.moves]
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
    return f"if missed: {missed.text}{f' ({missed.stage})' if missed.stage else ''}"


def missed_lines(missed: Missed | None, page: Page, indent: int) -> list[Line]:
    """Returns what follows when the term is missed, so many columns in; nothing where the paper does not say."""
    return page.paragraph(missed_words(missed), "note", indent) if missed else []


def timing_words(each: AskLine) -> str:
    """Returns how what came back stands to its term; nothing where there is none."""
    days = days_in_words(each.timing_days)
    perhaps = "" if each.certain else "perhaps "
    if each.outcome == "unanswered" and each.parts:
        return ""
    if each.timing in {"running", "due_passed"} and (each.outcome == "overtaken" or each.at_end):
        then = " when the case ended" if each.at_end else ""
        return f"not yet due{then}" if each.timing == "running" else f"term passed {days} before{then[5:]}"
    words = {
        "on_time": f"{perhaps}in time",
        "late": f"{perhaps}{days} {'past the last day' if each.outcome == 'silent' else 'late'}".replace("  ", " "),
        "possibly_late": "possibly late",
        "running": "today is its last day" if days == "0 days" else f"{days} left" if days else "its term runs",
        "due_passed": f"term passed {days} ago",
        "unknown": "timing not known",
    }
    return words.get(each.timing, "")


def _counted_words(term: CountedTerm) -> str:
    unit = term.unit.removesuffix("s")
    length = f"within {counted(term.number, unit)} of "
    if term.after is None:
        return length + _OF_ITSELF[term.counted_from]
    return f"{length}{term.after} being met" if "#" in term.after else f"{length}{_OF[term.counted_from]}{term.after}"


def _moved_words(moved: MovedTerm) -> str:
    perhaps = "" if moved.certain else "perhaps "
    if moved.to is None or moved.to == "unknown":
        return f"{perhaps}extended, to a day not recorded"
    return f"{perhaps}{'brought forward' if moved.brought_forward else 'extended'} to {day_words(moved.to)}"


_STYLES: dict[str, Style] = {"met": "good", "partly_met": "good", "refused": "bad", "silent": "bad"}


def ask_lines(ask: RowAsk, page: Page) -> Iterator[Line]:
    """Yields what is asked of whom, and what came back; parties with different outcomes get a line each."""
    due = due_words(ask.term)
    words = {line_words(each) for each in ask.lines}
    if len(words) == 1:
        names = ", ".join(name_of(each) for each in ask.lines)
        of = f"{names}: " if any(each.party != "unknown" for each in ask.lines) else ""
        told = page.hanging([Piece("asks ", "ask")], f"{of}{ask.text}{due}")
        yield from with_tail(told, page.glyphs.arrow, Piece(words.pop(), _style_of(ask.lines[0])), page.width)
    else:
        yield from page.hanging([Piece("asks ", "ask")], f"{ask.text}{due}")
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


def line_words(each: AskLine) -> str:
    """Returns the outcome, who told it when, and of which parts, in words."""
    how = "looked for" if each.outcome == "unknown" else "told"
    told = f", {how}{GLUE}{each.told_on}" if each.told_on else ""
    perhaps = "" if each.certain else "perhaps "
    of = f" of {', '.join(part.party for part in each.parts)}" if _alike(each) else ""
    timed = f", {timing}" if (timing := timing_words(each)) else ""
    apart = (
        f" ({'; '.join(f'{part.party}: {line_words(part)}' for part in each.parts)})" if each.parts and not of else ""
    )
    outcome = "its parts differ" if each.outcome == "unanswered" and each.parts else each.outcome
    return f"{perhaps}{outcome.replace('_', ' ')}{told}{of}{timed}{apart}"


def name_of(each: AskLine) -> str:
    """Returns who was asked."""
    return "nobody named" if each.party == "unknown" else each.party


def _style_of(each: AskLine) -> Style:
    return _STYLES.get(each.outcome, "open")


def outcome_lines(each: AskLine, page: Page, indent: int, who: str | None = None, more: str = "") -> list[Line]:
    """Returns what came back from one party, and from its parts where they differ; `who` stands before it."""
    first = [Piece(" " * indent + f"{page.glyphs.arrow} ", "dim")]
    words = f"{f'{name_of(each)}: ' if who is None else who}{line_words(each)}{more}"
    return page.hanging(first, words, _style_of(each))


def _alike(each: AskLine) -> bool:
    """True when all parts say what the whole does: then one line tells it."""
    said = (each.outcome, each.told_on, each.certain)
    return bool(each.parts) and all((part.outcome, part.told_on, part.certain) == said for part in each.parts)


def answer_lines(answers: Iterable[RowAnswer], page: Page) -> Iterator[Line]:
    """Yields what the event says came back on requests of other events, the same of the same event together."""
    items: dict[tuple[str, str], list[str]] = {}
    for each in answers:
        said = "no answer" if each.answer == "none" else each.answer.replace("_", " ")
        of = f" of {', '.join(each.of)}" if each.of else ""
        event, _, item = each.request.partition("#")
        items.setdefault((f"{said}{of}", event), []).append(item or "a request")
    for (said, event), named in items.items():
        told = page.hanging([Piece("tells ", "ask")], f"{', '.join(named)} of{GLUE}{event}")
        yield from with_tail(told, page.glyphs.arrow, Piece(said), page.width)


SPANS = "days with “to”, “at least” or “at most”"
MEANINGS: dict[str, str] = {
    "silent": "a source attests that no answer came",
    "unanswered": "nothing is recorded; that is not to say that nothing was done",
    "unknown": "it was looked for, and the sources are silent",
    "term passed": "the last day is over and nothing is recorded; that accuses nobody",
    "possibly late": "a date is not known to the day, or not sure: it may have been in time",
    "timing not known": "it is not recorded when the term began or what came",
    "perhaps": "going by its date it may have happened by then, or not",
    SPANS: "a date is not known to the day",
}
_OUTCOMES = frozenset({"silent", "unanswered", "unknown"})
_TIMINGS = {"due_passed": "term passed", "possibly_late": "possibly late", "unknown": "timing not known"}


def legend_lines(used: Iterable[str], page: Page) -> list[Line]:
    """Returns a line for each word that was used, in a fixed order; nothing where none was."""
    return page.legend(MEANINGS, set(used))


def words_of_asks(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words that lines of requests, and of their parts, use."""
    for each in lines_shown:
        of_its_own = each.outcome != "unanswered" or not each.parts
        if each.outcome in _OUTCOMES and of_its_own:
            yield each.outcome
        if each.timing in _TIMINGS and of_its_own:
            yield _TIMINGS[each.timing]
        if not each.certain:
            yield "perhaps"
        yield from words_of_days(each.timing_days, each.open_for)
        yield from words_of_asks(each.parts)


def words_of_days(*stretches: Days | None) -> Iterator[str]:
    """Yields the words for stretches of days that are not known to the day."""
    if any(days and days.fewest != days.most for days in stretches):
        yield SPANS
