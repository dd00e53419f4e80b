"""The status of a case, and the moves of the policy, in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ogpcase.output.lines import (
    GLUE,
    Line,
    Page,
    Piece,
    cells,
    counted,
    date_in_short,
    days_in_words,
    either,
    glued,
    line,
    padded,
    wrap,
)
from ogpcase.policy.procedures import UNKNOWN, Procedure, Stage
from ogpcase.reports.due.rows import DueRow
from ogpcase.reports.heading.rows import RelatedCase
from ogpcase.reports.heading.text import counted_to_lines, heading_lines, language_lines, related_lines, related_name
from ogpcase.reports.requests.text import (
    NOBODY,
    OUTCOMES_EXPLAINED,
    SHORT_SPANS,
    SPANS,
    day_words,
    due_words,
    folded_lines,
    legend_lines,
    missed_lines,
    name_in_words,
    outcome_lines,
    words_of_asks,
    words_of_days,
    words_of_short_days,
)
from ogpcase.reports.status.rows import LatestEvent, MoveRow, OpenAsk, OpenParty, Status

SCREEN = 21
"""The most lines of a status on a terminal of 80 columns or more.

That leaves three of 24: for the prompt, for the day of the view, and for what a public copy leaves out.
"""
_USUAL_WIDTH = 80
_LABEL = 13
"""The width of the column of labels."""


class _Entry(NamedTuple):
    """Some lines of a status, and their words that the legend explains."""

    lines: list[Line]
    words: frozenset[str] = frozenset()


class _Block(NamedTuple):
    """Entries under one label, the first of which are shown. `what` is what they are called where some are not."""

    label: str
    entries: list[_Entry]
    what: tuple[str, str]
    shown: int

    @classmethod
    def of(cls, label: str, entries: Iterable[_Entry], what: tuple[str, str]) -> _Block:
        """Returns a block that shows every entry."""
        several = list(entries)
        return cls(label, several, what, len(several))

    def lines(self, page: Page) -> Iterator[Line]:
        """Yields the label beside the entries, and how many are left out."""
        drawn = [each for entry in self.entries[: self.shown] for each in entry.lines]
        if left_out := len(self.entries) - self.shown:
            few = counted(left_out, *(f"more {what}" if self.shown else what for what in self.what))
            more = f"{'and ' if self.shown else ''}{few}; --all shows {'it' if left_out == 1 else 'them'}"
            drawn += page.narrower(_LABEL).paragraph(more, "dim")
        for number, each in enumerate(drawn):
            yield (Piece(padded(self.label if number == 0 else "", _LABEL), "dim"), *each)


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the case on one screen: its stage, what may come next, what runs out, what is open, what came last.

    With `whole`, returns instead each open request, each move and each related case with all that is recorded.
    """
    if status.whole:
        return _whole_lines(status, page)
    head = [*_head_lines(status, page), line()]
    blocks = [block for block in _blocks(status, page.narrower(_LABEL)) if block.entries]

    def drawn(blocks: Sequence[_Block]) -> list[Line]:
        words = {"perhaps"} if status.heading.perhaps else set()
        words = words.union(*(entry.words for block in blocks for entry in block.entries[: block.shown]))
        below = [*language_lines(status.languages, page), *_legend(words, page)]
        return [*head, *chain.from_iterable(block.lines(page) for block in blocks), *below]

    if page.width is None or page.width < _USUAL_WIDTH:
        return drawn(blocks)
    return drawn(_fitted(blocks, lambda tried: len(drawn(tried)) <= SCREEN))


_MEANINGS = {
    "silent": "a source attests that nothing came",
    "unanswered": "nothing is recorded",
    "unknown": "looked for in vain",
    "not read": "a record cannot be read",
    "term passed": "the last day is over",
    NOBODY: "the paper does not say who is asked",
    "perhaps": "going by its date",
    SPANS: "a date is not known to the day",
    SHORT_SPANS: "a date is not known to the day",
}
"""The meanings of the words of a status, in few words. The other views explain them at length."""


def _legend(used: Collection[str], page: Page) -> list[Line]:
    """Returns a blank line and the words that were used with their meanings, as many in a line as fit."""
    said = page.separated(
        f"{word}: {meaning}".replace(" ", GLUE) for word, meaning in _MEANINGS.items() if word in used
    )
    return [line(), *page.paragraph(said, "dim", 2)] if said else []


def _fitted(blocks: Sequence[_Block], fits: Callable[[Sequence[_Block]], bool]) -> list[_Block]:
    """Returns the blocks with as many entries as fit, one more of each block in turn, what is open first."""
    fitted = [block._replace(shown=0) for block in blocks]
    growing = True
    while growing:
        growing = False
        for place in sorted(range(len(fitted)), key=lambda place: "open" not in fitted[place].label):
            block = fitted[place]
            more = block._replace(shown=min(block.shown + 1, len(block.entries)))
            tried = [*fitted[:place], more, *fitted[place + 1 :]]
            if more != block and fits(tried):
                fitted, growing = tried, True
    return fitted


def _head_lines(status: Status, page: Page) -> list[Line]:
    lines = heading_lines(status.heading, page)
    if status.departures:
        steps = counted(status.departures, "step is", "steps are")
        lines += page.paragraph(f"{steps} recorded as outside the policy, or as not verified", "note")
    if status.heading.quiet_since and status.parties:
        lines += counted_to_lines(status.heading.as_of, page)
    return lines


def _blocks(status: Status, page: Page) -> Iterator[_Block]:
    """Yields what a status tells in short, in the order of display; the page is that beside the labels."""
    moves = [_next(row, page) for row in status.moves]
    ended = status.heading.stage.ends and status.heading.known
    yield _Block.of("may follow", moves or [_Entry(page.paragraph(_nothing(ended=ended)))], ("move", "moves"))
    yield _Block.of("runs out", [_runs_out(row, page) for row in _running(status)], ("term", "terms"))
    yield from _open_blocks(status.parties, page)
    if duties := sum(ask.ask.duty for ask in status.open_asks):
        them = "it" if duties == 1 else "them"
        words = f"{duties} of the policy without an answer; --duties shows {them}"
        yield _Block.of("duties", [_Entry(page.paragraph(words))], ("duty", "duties"))
    if status.latest:
        yield _Block.of("came last", [_Entry(_latest(status.latest, page))], ("event", "events"))
    related = (
        page.hanging([Piece(f"{each.relation}: ", "dim")], related_name(each)) for each in status.heading.related
    )
    yield _Block.of("related", list(map(_Entry, related)), ("related case", "related cases"))


def _related(related: RelatedCase, page: Page) -> _Entry:
    return _Entry(page.hanging([Piece(f"{related.relation}: ", "dim")], related_name(related)))


def _running(status: Status) -> list[DueRow]:
    return [row for row in status.due.rows if row.timing in {"running", "possibly_late"}]


def _open_blocks(parties: Sequence[OpenParty], page: Page) -> Iterator[_Block]:
    certain = [party for party in parties if party.certain]
    by_label = {
        "open": [party for party in certain if not party.at_end],
        "open at end": [party for party in certain if party.at_end],
        "perhaps open": [party for party in parties if not party.certain],
    }
    width = min(max((cells(_counts(party)) for party in parties), default=0), _COUNTS)
    for label, several in by_label.items():
        yield _Block.of(label, [_open_party(party, width, page) for party in several], ("party", "parties"))


_COUNTS = 34
"""The greatest width of the column of counts."""


def _next(row: MoveRow, page: Page) -> _Entry:
    doubt = "" if row.move.verified else ", not verified"
    first = [Piece(f"{page.glyphs.arrow} "), Piece(f"{row.to.label}  ", "stage")]
    return _Entry(page.hanging(first, f"by {row.deciders}{doubt}", "dim"))


def _nothing(*, ended: bool) -> str:
    return "The case has ended: the policy has no move from here" if ended else "No move is known"


def _runs_out(row: DueRow, page: Page) -> _Entry:
    first = Piece(f"{wrap(day_words(row.last_day or ''), None)[0]}  ", "date")
    left = days_in_words(row.days)
    when = "today" if left == "0 days" else f"{left} left" if left else "may have passed"
    whom = f"{name_in_words(row.of)}: " if row.of else ""
    doubt = "" if row.certain else ", perhaps"
    words = {*words_of_days(row.days), *(["perhaps"] if doubt else [])}
    return _Entry(page.hanging([first], f"{when}{doubt}; {whom}{row.text}"), frozenset(words))


def _open_party(party: OpenParty, width: int, page: Page) -> _Entry:
    first = [Piece(f"{padded(wrap(_counts(party), None)[0], width)}  ", "open")]
    words = {word for outcome, word in OUTCOMES_EXPLAINED.items() if outcome in party.outcomes}
    words |= set(words_of_short_days(party.days))
    also = {"term passed": party.passed, NOBODY: party.name == UNKNOWN, "perhaps": not party.certain}
    words |= {word for word, used in also.items() if used}
    beside = page.hanging(first, name_in_words(party.name))
    alone = page.paragraph(f"{name_in_words(party.name)}: {_counts(party)}", "open")
    return _Entry(beside if cells(_counts(party)) <= width else alone, frozenset(words))


def _counts(party: OpenParty) -> str:
    counts = [f"{number} {word.replace('_', ' ')}" for word, number in party.outcomes.items()]
    counts += [f"{party.passed} term passed"] if party.passed else []
    length = days_in_words(party.days, short=True)
    longest = "longest " if party.number > 1 else ""
    return ", ".join(map(glued, [*counts, *([f"{longest}{length}"] if length else [])]))


def _latest(latest: LatestEvent, page: Page) -> list[Line]:
    perhaps = "" if latest.certain else "perhaps: "
    first = Piece(f"{date_in_short(latest.event.date_text)}  ", "date")
    return [*page.hanging([first], f"{perhaps}{latest.title}"), line(Piece(latest.event.id, "dim"))]


def _whole_lines(status: Status, page: Page) -> list[Line]:
    lines = _head_lines(status, page)
    asked, owed = ([ask for ask in status.open_asks if ask.ask.duty is duty] for duty in (False, True))
    sections = {
        "Open": [ask for ask in asked if ask.ask.open and not ask.ask.at_end],
        "Left open when the case ended": [ask for ask in asked if ask.ask.open and ask.ask.at_end],
        "Perhaps open": [ask for ask in asked if ask.ask.open is None],
        "Duties of the policy that no record answers": owed if status.duties else [],
    }
    ended = status.heading.stage.ends and status.heading.known
    for words, asks in sections.items():
        lines += page.section(words, _asks(asks, page))
    lines += folded_lines((ask.ask.open for ask in owed if not status.duties), page)
    lines += moves_lines(status.moves, page, ended=ended, typed=False)
    inner = page.narrower(2)
    running = chain.from_iterable(_runs_out(row, inner).lines for row in _running(status))
    lines += page.section("What runs out", ((Piece("  "), *each) for each in running))
    latest = _latest(status.latest, inner) if status.latest else []
    lines += page.section("What came last", ((Piece("  "), *each) for each in latest))
    lines += related_lines(status.heading, page)
    lines += language_lines(status.languages, page)
    return [*lines, *legend_lines(_words_used(status), page)]


def _words_used(status: Status) -> Iterator[str]:
    shown = [each for each in status.open_asks if status.duties or not each.ask.duty]
    yield from words_of_asks(one for each in shown for one in each.ask.lines)
    yield from words_of_days(*(ask.days for ask in shown))
    if status.heading.perhaps or not all(each.ask.certain for each in shown):
        yield "perhaps"


def _asks(asks: Iterable[OpenAsk], page: Page) -> Iterator[Line]:
    for each in asks:
        ask, length = each.ask, days_in_words(each.days)
        open_for = "(asked today)" if length == "0 days" else f"(open {length})" if length else ""
        perhaps = "" if ask.certain else "(perhaps asked)"
        words = " ".join(filter(None, [f"{ask.said}{due_words(ask.term)}", glued(open_for), perhaps]))
        yield from page.paragraph(words, indent=2)
        yield line("    ", Piece(each.reference, "dim"))
        for one in ask.lines:
            yield from outcome_lines(one, page, 4)
        yield from missed_lines(ask.on_missed, page, 4)


def moves_lines(rows: Sequence[MoveRow], page: Page, *, ended: bool, typed: bool = True) -> Iterator[Line]:
    """Yields the moves from the present stage, each with its decider, its kinds of paper and its clause.

    With `typed`, each has the word that `ogpcase advance` takes for its stage.
    """
    yield line()
    if not rows:
        yield from page.paragraph(_nothing(ended=ended), "title")
        return
    yield line(Piece("The policy's moves from here", "title"))
    for row in rows:
        to = [Piece(f"  {page.glyphs.arrow} "), Piece(f"{row.to.label} ", "stage")]
        yield from page.hanging(to, f"(type `{row.to}`)" if typed else "", "dim")
        yield from page.paragraph(_decided(row), "dim", 6)
        yield from page.paragraph(_known(row), "dim", 6)
        yield from page.hanging([Piece("      requires: ", "dim")], row.move.requires.text, "dim")


def _decided(row: MoveRow) -> str:
    papers = either(row.move.carried_by) if row.move.carried_by else "a paper of a kind that is not known"
    return f"decided by {row.deciders}, carried by {papers}"


def _known(row: MoveRow) -> str:
    """Returns the clause, and how well the row is known."""
    return f"{row.move.clause or 'clause not known'}; {_evidence(row)}"


def _evidence(row: MoveRow) -> str:
    return f"{'' if row.move.verified else 'not verified: '}{row.move.evidence.words}"


def policy_lines(table: Procedure, page: Page) -> list[Line]:
    """Returns what is known of the procedure, its stages with their words, and its moves."""
    lines = page.paragraph(table.title, "title")
    lines += page.hanging([Piece("in force ", "dim")], f"{table.in_force.text}; {table.in_force_note}", "dim")
    lines += page.paragraph(table.note, "dim")
    whole = "" if table.complete else "; other moves may exist that nobody has seen"
    lines += page.paragraph(f"opens with {either(table.opening.kinds)}{whole}", "dim")
    lines += page.section("Stages", chain.from_iterable(_stage(stage, page) for stage in table.stages))
    lines += [line(), *page.paragraph("Moves", "title")]
    for number, move in enumerate(table.moves):
        lines += [*([line()] if number else []), *_move(MoveRow.of(move, table), table, page)]
    return lines


def _stage(stage: Stage, page: Page) -> Iterator[Line]:
    word = "" if stage.word in {UNKNOWN, stage.label.lower()} else f" OGP's word: {stage.word}."
    end = " (end)" if stage.ends else ""
    yield line("  ", Piece(f"{stage.label}{end}", "stage"))
    yield from page.paragraph(f"{stage.sentence}{word}", "dim", 6)


def _move(row: MoveRow, table: Procedure, page: Page) -> Iterator[Line]:
    move = row.move
    starts = ", ".join(table.stage(start).label for start in move.from_)
    yield from page.hanging([Piece("  ")], move.title, "title")
    yield from page.hanging([Piece("    ")], f"{starts} {page.glyphs.arrow}{GLUE}{row.to.label}", "stage")
    about = {
        "": _decided(row),
        "clause": move.clause or "not known",
        "known": _evidence(row),
        "requires": move.requires.text,
        "note": move.note,
    }
    several = [("then due", duty.text) for duty in move.then_due]
    for name, words in (*about.items(), *several, *(("source", str(each)) for each in move.source)):
        if words:
            yield from page.hanging([Piece(f"    {name}: " if name else "    ", "dim")], words)
