"""Requests and answers in the terminal, and the legend that says once what the words for outcomes mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.render.lines import GLUE, Line, Piece, Style, glued, hanging, line, with_tail
from ogpcase.render.page import Page
from ogpcase.views.asks import AskLine, RowAsk, outcomes
from ogpcase.views.rows import Row, RowAnswer

OUTCOMES: dict[str, str] = {
    "silent": "a source attests that no answer came",
    "unanswered": "nothing is recorded; that is not to say that nothing was done",
    "unknown": "it was looked for, and the sources are silent",
}
_STYLES: dict[str, Style] = {"met": "good", "partly_met": "good", "refused": "bad", "silent": "bad"}


def due_words(due: str | None, extended_to: str | None) -> str:
    """Returns a request's last day, and the day it was moved to; nothing where there is no day."""
    parts = [f"due {due}"] if due else []
    parts += [f"extended to {extended_to}"] if extended_to else []
    said = ", ".join(parts)
    return f" {glued(f'({said})')}" if said else ""


def ask_lines(ask: RowAsk, width: int | None, page: Page) -> Iterator[Line]:
    """Yields what is asked of whom, and what came back; parties with different outcomes get a line each."""
    due = due_words(ask.due, ask.extended_to)
    words = {_words(each) for each in ask.lines}
    if len(words) == 1:
        names = ", ".join(_name(each) for each in ask.lines)
        of = f"{names}: " if any(each.party != "unknown" for each in ask.lines) else ""
        told = hanging([Piece("asks ", "ask")], f"{of}{ask.text}{due}", width)
        yield from with_tail(told, page.glyphs.arrow, Piece(words.pop(), _style(ask.lines[0])), width)
        return
    yield from hanging([Piece("asks ", "ask")], f"{ask.text}{due}", width)
    for each in ask.lines:
        yield from outcome_lines(each, width, page, len("asks "))


def duty_lines(duties: Sequence[RowAsk], width: int | None, page: Page) -> Iterator[Line]:
    """Yields the duties of the policy that an event brings, those with the same outcome together."""
    by_words: dict[str, list[RowAsk]] = {}
    for duty in duties:
        by_words.setdefault("; ".join(dict.fromkeys(map(_words, duty.lines))), []).append(duty)
    for words, several in by_words.items():
        told = hanging([Piece("duties ", "ask")], ", ".join(duty.item for duty in several), width)
        yield from with_tail(told, page.glyphs.arrow, Piece(words, _style(several[0].lines[0])), width)


def _words(each: AskLine) -> str:
    """The outcome, who told it when, and of which parts, in words."""
    told = f", told{GLUE}{each.told_on}" if each.told_on else ""
    perhaps = "" if each.certain else "perhaps "
    of = f" of {', '.join(part.party for part in each.parts)}" if _alike(each) else ""
    apart = f" ({'; '.join(f'{part.party}: {_words(part)}' for part in each.parts)})" if each.parts and not of else ""
    return f"{perhaps}{each.outcome.replace('_', ' ')}{told}{of}{apart}"


def _name(each: AskLine) -> str:
    return "nobody named" if each.party == "unknown" else each.party


def _style(each: AskLine) -> Style:
    return _STYLES.get(each.outcome, "open")


def outcome_lines(each: AskLine, width: int | None, page: Page, indent: int) -> Iterator[Line]:
    """Yields what came back from one party, and from its parts where they differ."""
    first = [Piece(" " * indent + f"{page.glyphs.arrow} ", "dim")]
    yield from hanging(first, f"{_name(each)}: {_words(each)}", width, _style(each))


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


def legend_lines(rows: Iterable[Row], page: Page) -> list[Line]:
    """Returns what the words for outcomes mean, of those that were used."""
    return outcome_legend([each for row in rows for ask in row.asks for each in ask.lines], page)


def outcome_legend(lines_shown: Iterable[AskLine], page: Page) -> list[Line]:
    """Returns the meaning of each word that the lines use and that could be misread as an accusation."""
    used = {outcome for each in lines_shown for outcome in outcomes(each)}
    lines: list[Line] = []
    for word, meaning in OUTCOMES.items():
        if word in used:
            lines += hanging([Piece(f"  {word}: ", "dim")], meaning, page.width, "dim")
    return [line(), *lines] if lines else []
