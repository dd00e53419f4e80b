"""The status of a case, and the moves of the policy, in the terminal."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ogpcase.model.dates import Days
from ogpcase.output.lines import Line, Page, Piece, cells, line, padded, wrap
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import GLUE, apart, before, day_words, days_in_words, either, glued, lowered, perhaps_titled
from ogpcase.policy.procedures import UNKNOWN, Procedure, Stage
from ogpcase.reports.due.rows import DueRow
from ogpcase.reports.heading.text import counted_to_lines, heading_lines, language_lines, related_lines, related_name
from ogpcase.reports.requests.rows import OUTCOMES_EXPLAINED, outcome_words
from ogpcase.reports.requests.text import (
    MEANINGS,
    NOBODY,
    SHORT_SPANS,
    SPANS,
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
from ogpcase.reports.status.rows import LatestEvent, MoveRow, OpenAsk, OpenParty, Status, in_force_words

SCREEN = 21
"""The most lines of a status on a terminal of 80 columns or more.

That leaves three of 24: for the prompt, for the day of the view, and for what a public copy leaves out.
"""
_USUAL_WIDTH = 80


class _Entry(NamedTuple):
    """Some lines of a status, and their words that the legend explains."""

    lines: list[Line]
    words: frozenset[str] = frozenset()


class _Block(NamedTuple):
    """Entries under one label, the first of which are shown; all of them, unless a number is given."""

    label: str
    entries: list[_Entry]
    shown: int | None = None

    def lines(self, page: Page) -> Iterator[Line]:
        """Yields the label beside the entries, and how many are left out."""
        drawn = [each for entry in self.entries[: self.shown] for each in entry.lines]
        if self.shown is not None and (left_out := len(self.entries) - self.shown):
            more = ngettext("and {number} more; --all shows it", "and {number} more; --all shows them", left_out)
            none = ngettext("{number} left out; --all shows it", "{number} left out; --all shows them", left_out)
            drawn += page.narrower(_beside()).paragraph(more if self.shown else none, "dim")
        for number, each in enumerate(drawn):
            yield (Piece(padded(_(self.label) if number == 0 else "", _beside()), "dim"), *each)


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the case on one screen: its stage, what may come next, what runs out, what is open, what came last.

    With `whole`, returns instead each open request, each move and each related case with all that is recorded.
    """
    if status.whole:
        return _whole_lines(status, page)
    head = [*_head_lines(status, page), line()]
    blocks = [block for block in _blocks(status, page.narrower(_beside())) if block.entries]

    def drawn(blocks: Sequence[_Block]) -> list[Line]:
        words = {"perhaps"} if status.heading.perhaps else set()
        words = words.union(*(entry.words for block in blocks for entry in block.entries[: block.shown]))
        below = [*language_lines(status.languages, page), *_legend(words, page)]
        return [*head, *chain.from_iterable(block.lines(page) for block in blocks), *below]

    if page.width is None or page.width < _USUAL_WIDTH:
        return drawn(blocks)
    return drawn(_fitted(blocks, lambda tried: len(drawn(tried)) <= SCREEN))


_MEANINGS = {
    "silent": marked("a source says no answer had come"),
    "unanswered": marked("nothing is recorded"),
    "not known": marked("looked for in vain"),
    "not read": marked("a record cannot be read"),
    "term passed": marked("the last day is over"),
    NOBODY: marked("the paper does not say who is asked"),
    "perhaps": marked("going by its date"),
    SPANS: MEANINGS[SPANS],
    SHORT_SPANS: MEANINGS[SHORT_SPANS],
}
"""The meanings of the words of a status, in few words. The other views explain them at length."""


def _legend(used: Collection[str], page: Page) -> list[Line]:
    """Returns a blank line and the words that were used with their meanings, as many in a line as fit."""
    said = page.separated(
        f"{before(_(word))}{_(meaning)}".replace(" ", GLUE) for word, meaning in _MEANINGS.items() if word in used
    )
    return [line(), *page.paragraph(said, "dim", 2)] if said else []


def _fitted(blocks: Sequence[_Block], fits: Callable[[Sequence[_Block]], bool]) -> list[_Block]:
    """Returns the blocks with as many entries as fit, one more of each block in turn, what is open first."""
    fitted = [block._replace(shown=0) for block in blocks]
    growing = True
    while growing:
        growing = False
        for place in sorted(range(len(fitted)), key=lambda place: fitted[place].label not in _OF_PARTIES):
            block = fitted[place]
            more = block._replace(shown=min((block.shown or 0) + 1, len(block.entries)))
            tried = [*fitted[:place], more, *fitted[place + 1 :]]
            if more != block and fits(tried):
                fitted, growing = tried, True
    return fitted


def _head_lines(status: Status, page: Page) -> list[Line]:
    lines = heading_lines(status.heading, page)
    if status.departures:
        words = ngettext(
            "{number} step is recorded as outside the policy, or as not verified",
            "{number} steps are recorded as outside the policy, or as not verified",
            status.departures,
        )
        lines += page.paragraph(words, "note")
    if status.heading.quiet_since and status.parties:
        lines += counted_to_lines(status.heading.as_of, page)
    return lines


def _blocks(status: Status, page: Page) -> Iterator[_Block]:
    """Yields what a status tells in short, in the order of display; the page is that beside the labels."""
    moves = [_next(row, page) for row in status.moves]
    ended = status.heading.stage.ends and status.heading.known
    yield _Block(_MAY_FOLLOW, moves or [_Entry(page.paragraph(_nothing(ended=ended)))])
    yield _Block(_RUNS_OUT, [_runs_out(row, page) for row in _running(status)])
    yield from _open_blocks(status.parties, page)
    if duties := sum(ask.ask.duty for ask in status.open_asks):
        words = ngettext(
            "{number} of the policy without an answer; --duties shows it",
            "{number} of the policy without an answer; --duties shows them",
            duties,
        )
        yield _Block(_DUTIES, [_Entry(page.paragraph(words))])
    if status.latest:
        yield _Block(_CAME_LAST, [_Entry(_latest(status.latest, page))])
    related = (
        page.hanging([Piece(before(each.relation), "dim")], related_name(each)) for each in status.heading.related
    )
    yield _Block(_RELATED, list(map(_Entry, related)))


def _running(status: Status) -> list[DueRow]:
    return [row for row in status.due.rows if row.timing in {"running", "possibly_late"}]


def _open_blocks(parties: Sequence[OpenParty], page: Page) -> Iterator[_Block]:
    certain = [party for party in parties if party.certain]
    by_label = {
        _OPEN: [party for party in certain if not party.at_end],
        _OPEN_AT_END: [party for party in certain if party.at_end],
        _PERHAPS_OPEN: [party for party in parties if not party.certain],
    }
    width = min(max((cells(_counts(party)) for party in parties), default=0), _COUNTS)
    for label, several in by_label.items():
        yield _Block(label, [_open_party(party, width, page) for party in several])


_OPEN, _OPEN_AT_END, _PERHAPS_OPEN = marked("open"), marked("open at end"), marked("perhaps open")
_OF_PARTIES = {_OPEN, _OPEN_AT_END, _PERHAPS_OPEN}
_MAY_FOLLOW, _RUNS_OUT, _DUTIES = marked("may follow"), marked("runs out"), marked("duties")
_CAME_LAST, _RELATED = marked("came last"), marked("related")


def _beside() -> int:
    labels = (*_OF_PARTIES, _MAY_FOLLOW, _RUNS_OUT, _DUTIES, _CAME_LAST, _RELATED)
    return max(cells(_(label)) for label in labels) + 1


_COUNTS = 38
"""The greatest width of the column of counts."""


def _next(row: MoveRow, page: Page) -> _Entry:
    first = [Piece(f"{page.glyphs.arrow} "), Piece(f"{_(row.to.label)}  ", "stage")]
    by = marked("by {deciders}") if row.move.verified else marked("by {deciders}, not verified")
    return _Entry(page.hanging(first, _(by, deciders=row.deciders), "dim"))


def _nothing(*, ended: bool) -> str:
    return _("The case has ended: the policy has no move from here") if ended else _("No move is known")


def _runs_out(row: DueRow, page: Page) -> _Entry:
    first = Piece(f"{wrap(day_words(row.last_day or ''), None)[0]}  ", "date")
    left = days_in_words(row.days)
    when = _("{days} left", days=left) if left else _("may have passed")
    when = _("today") if row.days == Days(0, 0) else when
    when = when if row.certain else _("{when}, perhaps", when=when)
    whom = before(name_in_words(row.of)) if row.of else ""
    words = {*words_of_days(row.days), *([] if row.certain else ["perhaps"])}
    return _Entry(page.hanging([first], apart([when, f"{whom}{row.text}"])), frozenset(words))


def _open_party(party: OpenParty, width: int, page: Page) -> _Entry:
    first = [Piece(f"{padded(wrap(_counts(party), None)[0], width)}  ", "open")]
    words = {word for outcome, word in OUTCOMES_EXPLAINED.items() if outcome in party.outcomes}
    words |= set(words_of_short_days(party.days))
    also = {"term passed": party.passed, NOBODY: party.name == UNKNOWN, "perhaps": not party.certain}
    words |= {word for word, used in also.items() if used}
    beside = page.hanging(first, name_in_words(party.name))
    alone = page.paragraph(before(name_in_words(party.name)) + _counts(party), "open")
    return _Entry(beside if cells(_counts(party)) <= width else alone, frozenset(words))


def _counts(party: OpenParty) -> str:
    counts = [f"{number} {outcome_words(outcome, number)}" for outcome, number in party.outcomes.items()]
    counts += [ngettext("{number} term passed", "{number} term passed", party.passed)] if party.passed else []
    length = days_in_words(party.days, short=True)
    longest = _("longest {days}", days=length) if length and party.number > 1 else length
    if length and "silent" in party.outcomes:  # the silence is attested up to the day of a source, and no further
        longest = _("longest open {days}", days=length) if party.number > 1 else _("open {days}", days=length)
    return ", ".join(map(glued, [*counts, *([longest] if longest else [])]))


def _latest(latest: LatestEvent, page: Page) -> list[Line]:
    title = perhaps_titled(latest.title, certain=latest.certain)
    return [*page.dated(latest.event.date_text, title, indent=0), line(Piece(latest.event.id, "dim"))]


def _whole_lines(status: Status, page: Page) -> list[Line]:
    lines = _head_lines(status, page)
    asked, owed = ([ask for ask in status.open_asks if ask.ask.duty is duty] for duty in (False, True))
    sections = {
        marked("Open"): [ask for ask in asked if ask.ask.open and not ask.ask.at_end],
        marked("Left open when the case ended"): [ask for ask in asked if ask.ask.open and ask.ask.at_end],
        marked("Perhaps open"): [ask for ask in asked if ask.ask.open is None],
        marked("Duties of the policy that no record answers"): owed if status.duties else [],
    }
    ended = status.heading.stage.ends and status.heading.known
    for words, asks in sections.items():
        lines += page.section(_(words), _asks(asks, page))
    lines += folded_lines((ask.ask.open for ask in owed if not status.duties), page)
    lines += moves_lines(status.moves, page, ended=ended, typed=False)
    inner = page.narrower(2)
    running = chain.from_iterable(_runs_out(row, inner).lines for row in _running(status))
    lines += page.section(_("What runs out"), ((Piece("  "), *each) for each in running))
    latest = _latest(status.latest, inner) if status.latest else []
    lines += page.section(_("What came last"), ((Piece("  "), *each) for each in latest))
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
        open_for = _("(open {days})", days=length) if length else ""
        open_for = _("(asked today)") if each.days == Days(0, 0) else open_for
        perhaps = "" if ask.certain else _("(perhaps asked)")
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
    yield line(Piece(_("The policy's moves from here"), "title"))
    for row in rows:
        to = [Piece(f"  {page.glyphs.arrow} "), Piece(f"{_(row.to.label)} ", "stage")]
        yield from page.hanging(to, _("(type `{stage}`)", stage=row.to) if typed else "", "dim")
        yield from page.paragraph(_decided(row), "dim", 6)
        yield from page.paragraph(apart([row.move.clause or _("clause not known"), _evidence(row)]), "dim", 6)
        requires = [Piece(f"      {before(_('requires'))}", "dim")]
        yield from page.hanging(requires, _(row.move.requires.text), "dim")


def _decided(row: MoveRow) -> str:
    kinds = [lowered(_(kind.label)) for kind in row.move.carried_by]
    papers = either(kinds) if kinds else _("a paper of a kind that is not known")
    return _("decided by {deciders}, carried by {papers}", deciders=row.deciders, papers=papers)


def _evidence(row: MoveRow) -> str:
    known = _(row.move.evidence.words)
    return known if row.move.verified else _("not verified: {known}", known=known)


def policy_lines(table: Procedure, page: Page) -> list[Line]:
    """Returns what is known of the procedure, its stages with their words, and its moves."""
    lines = page.paragraph(table.title, "title")
    whole = "." if table.complete else "; other moves may exist that nobody has seen."
    for words in (in_force_words(table), table.note, f"It opens with {either(table.opening.kinds)}{whole}"):
        lines += page.paragraph(words, "dim")
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
