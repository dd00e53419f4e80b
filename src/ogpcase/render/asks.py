"""Requests and answers in the terminal: what is asked of whom, by when, and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.render.lines import GLUE, Line, Piece, Style, hanging, with_tail
from ogpcase.render.page import Page
from ogpcase.render.terms import due_words, missed_words, timing_words
from ogpcase.views.asks import AskLine, RowAsk
from ogpcase.views.rows import RowAnswer

_STYLES: dict[str, Style] = {"met": "good", "partly_met": "good", "refused": "bad", "silent": "bad"}


def ask_lines(ask: RowAsk, width: int | None, page: Page) -> Iterator[Line]:
    """Yields what is asked of whom, and what came back; parties with different outcomes get a line each."""
    due = due_words(ask.term)
    words = {line_words(each) for each in ask.lines}
    if len(words) == 1:
        names = ", ".join(name_of(each) for each in ask.lines)
        of = f"{names}: " if any(each.party != "unknown" for each in ask.lines) else ""
        told = hanging([Piece("asks ", "ask")], f"{of}{ask.text}{due}", width)
        yield from with_tail(told, page.glyphs.arrow, Piece(words.pop(), style_of(ask.lines[0])), width)
    else:
        yield from hanging([Piece("asks ", "ask")], f"{ask.text}{due}", width)
        for each in ask.lines:
            yield from outcome_lines(each, width, page, len("asks "))
    if ask.on_missed:
        yield from hanging([Piece(" " * len("asks "))], missed_words(ask.on_missed), width, "note")


def duty_lines(duties: Sequence[RowAsk], width: int | None, page: Page) -> Iterator[Line]:
    """Yields the duties of the policy that an event brings, those with the same outcome together."""
    by_words: dict[str, list[RowAsk]] = {}
    for duty in duties:
        by_words.setdefault("; ".join(dict.fromkeys(map(line_words, duty.lines))), []).append(duty)
    for words, several in by_words.items():
        told = hanging([Piece("duties ", "ask")], ", ".join(duty.item for duty in several), width)
        yield from with_tail(told, page.glyphs.arrow, Piece(words, style_of(several[0].lines[0])), width)


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


def style_of(each: AskLine) -> Style:
    """Returns the style of an outcome."""
    return _STYLES.get(each.outcome, "open")


def outcome_lines(each: AskLine, width: int | None, page: Page, indent: int) -> Iterator[Line]:
    """Yields what came back from one party, and from its parts where they differ."""
    first = [Piece(" " * indent + f"{page.glyphs.arrow} ", "dim")]
    yield from hanging(first, f"{name_of(each)}: {line_words(each)}", width, style_of(each))


def _alike(each: AskLine) -> bool:
    """True when all parts say what the whole does: then one line tells it."""
    said = (each.outcome, each.told_on, each.certain)
    return bool(each.parts) and all((part.outcome, part.told_on, part.certain) == said for part in each.parts)


def answer_lines(answers: Iterable[RowAnswer], width: int | None, page: Page) -> Iterator[Line]:
    """Yields what the event says came back on requests of other events, the same of the same event together."""
    items: dict[tuple[str, str], list[str]] = {}
    for each in answers:
        said = "no answer" if each.answer == "none" else each.answer.replace("_", " ")
        of = f" of {', '.join(each.of)}" if each.of else ""
        event, _, item = each.request.partition("#")
        items.setdefault((f"{said}{of}", event), []).append(item or "a request")
    for (said, event), named in items.items():
        told = hanging([Piece("tells ", "ask")], f"{', '.join(named)} of{GLUE}{event}", width)
        yield from with_tail(told, page.glyphs.arrow, Piece(said), width)
