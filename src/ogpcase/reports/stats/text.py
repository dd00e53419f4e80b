"""Figures over cases in the terminal, with bars on one scale."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ogpcase.model.items import Votes
from ogpcase.output.bars import BarColumns, key_lines, scaled, shared
from ogpcase.output.lines import Line, Page, Piece, line
from ogpcase.output.messages import _, marked, ngettext, pgettext
from ogpcase.output.words import apart, glued
from ogpcase.policy.procedures import default_procedure, procedures_of
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.rows import OUTCOMES_EXPLAINED, outcome_words
from ogpcase.reports.requests.text import MEANINGS, NOBODY, SPANS
from ogpcase.reports.stats.rows import AskedParty, CaseCounts, Duration, Figure, Sort, Spread, Stats, Vote

TITLES: dict[Sort, str] = {
    "request": marked("Requests, by the party that was asked"),
    "duty": marked("Duties of the policy, by the party that has them"),
    "context": marked("Requests of background papers, by the party that was asked"),
}
GROUPS = {
    marked("settled"): ("met", "partly_met", "not_met", "refused", "overtaken"),
    marked("acknowledged only"): ("acknowledged",),
    marked("silent"): ("silent",),
    marked("nothing recorded, or not sure"): ("unanswered", "unknown", "perhaps"),
}
"""The meanings of the shades of a bar."""
_TIMINGS = {
    "on_time": marked("in time"),
    "late": marked("late"),
    "possibly_late": marked("possibly late"),
    "due_passed": marked("term passed"),
}


_SO_FAR = marked("so far")
_TO_THIS_DAY = marked("up to this day")
_TO_THE_LAST_RECORD = marked("up to this day, or to the last record of a case if that is more than a year old")
_SPANNED = marked("a date is not known to the day, or sources give different ones")


def _asks_lines(stats: Stats, page: Page) -> Iterator[Line]:
    """Yields a line with a bar and the counts for each party, requests first, duties and background apart."""
    parties = stats.asks
    most = max((party.asked for party in parties), default=0)
    columns = BarColumns.of(map(_name, parties), page)
    for sort, title in TITLES.items():
        drawn = (_party_lines(party, most, columns, page) for party in parties if party.sort == sort)
        yield from page.section(_(title), chain.from_iterable(drawn))
        if sort == "request" and stats.calls:
            said = ngettext(
                "{number} call is not counted: nobody owes an answer to a call",
                "{number} calls are not counted: nobody owes an answer to a call",
                stats.calls,
            )
            yield from page.paragraph(said, "dim", 2)
    if parties:
        yield line()
        yield from key_lines(_signs_of_outcomes(parties, page), page)


def _name(party: AskedParty) -> str:
    return _(NOBODY) if party.party is None else party.name


def _party_lines(party: AskedParty, most: int, columns: BarColumns, page: Page) -> list[Line]:
    """Returns the name, the bar and the number; below them what came back, if that is more than one word says."""
    bar, counts = _bar(party, most, columns.bar, page), counts_of(party)
    alone = len(counts) == 1
    lines = columns.lines(_name(party), bar, glued(counts[0]) if alone else str(party.asked), page)
    return lines if alone else [*lines, *page.paragraph(page.separated(map(glued, counts)), "dim", 4)]


def _words_of_parties(parties: Iterable[AskedParty]) -> Iterator[str]:
    """Yields the words of the legend that the counts use."""
    for party in parties:
        yield from (word for outcome, word in OUTCOMES_EXPLAINED.items() if party.outcomes.get(outcome))
        yield from (_TIMINGS[word] for word in ("possibly_late", "due_passed") if party.timings[word])
        if party.perhaps:
            yield "perhaps"
        if party.party is None:
            yield NOBODY


def counts_of(party: AskedParty) -> list[str]:
    """Returns in words what came back from a party, and in what time."""
    outcomes = [f"{number} {outcome_words(word, number)}" for word, number in party.outcomes.items() if number]
    outcomes += [f"{party.perhaps} {_('perhaps')}"] if party.perhaps else []
    return [*outcomes, *(_timed(word, party.timings[word]) for word in _TIMINGS if party.timings[word])]


def _timed(word: str, number: int) -> str:
    if word == "due_passed":
        return ngettext("{number} term passed", "{number} term passed", number)
    return f"{number} {_(_TIMINGS[word])}"


def _bar(party: AskedParty, most: int, width: int, page: Page) -> str:
    numbers = [number for number in grouped(party).values() if number]
    columns = iter(shared(numbers, scaled(party.asked, most, width)))
    signs = zip(page.glyphs.shades, grouped(party).values(), strict=False)
    return "".join(sign * next(columns) for sign, number in signs if number)


def grouped(party: AskedParty) -> dict[str, int]:
    """Returns the requests to a party by what came back, in the groups of a bar."""
    numbers = {**party.outcomes, "perhaps": party.perhaps}
    return {group: sum(numbers[word] for word in words) for group, words in GROUPS.items()}


def _signs_of_outcomes(parties: Sequence[AskedParty], page: Page) -> Iterator[tuple[Piece, str]]:
    for sign, group in zip(page.glyphs.shades, GROUPS, strict=False):
        if any(grouped(party)[group] for party in parties):
            yield Piece(sign, "stage"), _(group)


_DATE = 13
"""The width of the date column."""


def _vote_lines(vote: Vote, page: Page, *, one: bool) -> Iterator[Line]:
    """Yields a resolution with its vote, recorded or not; `one` leaves out the case's id."""
    marks = ([_("background")] if vote.event.context else []) + ([] if vote.certain else [_("perhaps")])
    words = page.separated([votes_in_words(vote.votes), *marks, vote.title])
    yield from page.dated(vote.event.date_text, words, column=_DATE)
    yield line(" " * (_DATE + 4), Piece(vote.event.id if one else f"{vote.case}/{vote.event.id}", "dim"))


def votes_in_words(votes: Votes) -> str:
    """Returns how a resolution was voted on."""
    counted = (
        (votes.for_, marked("{number} for"), marked("for not recorded")),
        (votes.against, marked("{number} against"), marked("against not recorded")),
        (votes.abstain, marked("{number} abstaining"), marked("abstaining not recorded")),
    )
    if all(number is None for number, *_words in counted):
        return apart([votes.method, _("numbers not recorded")]) if votes.method else _("vote not recorded")
    numbers = (_(missing) if number is None else _(words, number=number) for number, words, missing in counted)
    return apart([", ".join(numbers), votes.method or _("way of voting not recorded")])


def stats_lines(stats: Stats, page: Page) -> list[Line]:
    """Returns the durations, the votes, and the outcomes of requests."""
    rows = stats.by_case if stats.one else stats.over_cases
    lines = page.paragraph(summary_of(stats.counts), "title")
    lines += _durations(rows, page, quiet=stats.quiet)
    votes = (_vote_lines(vote, page, one=stats.one) for vote in stats.votes)
    lines += page.section(_("Votes on resolutions"), chain.from_iterable(votes))
    lines += _asks_lines(stats, page)
    lines += language_lines(stats.languages, page)
    so_far = _TO_THE_LAST_RECORD if stats.quiet else _TO_THIS_DAY
    return [*lines, *page.legend({_SO_FAR: so_far, **MEANINGS, SPANS: _SPANNED}, _words_used(rows, stats))]


def figure_words(figure: Figure) -> str:
    """Returns `42 days`, `about 42 days`, `21 to 51.5 days`, `at least 21 days`."""
    fewest, most = figure.fewest, figure.most
    if most is None:
        return ngettext("at least {number} day", "at least {number} days", fewest)
    if fewest != most:
        return _("{fewest} to {most} days", fewest=fewest, most=most)
    about = ngettext("about {number} day", "about {number} days", fewest)
    return ngettext("{number} day", "{number} days", fewest) if figure.certain else about


def more_words(spread: Spread) -> list[str]:
    """Returns what a figure of several lengths does not say: how many they are, the shortest and the longest."""
    words: list[str] = []
    if spread.minimum and spread.maximum and spread.count > 1:
        words = [
            _("median of {number}", number=spread.count),
            glued(_("shortest {days}", days=figure_words(spread.minimum))),
            glued(_("longest {days}", days=figure_words(spread.maximum))),
        ]
    return [*words, *([_("days not known: {number}", number=spread.unknown)] if spread.unknown else [])]


def summary_of(counts: CaseCounts) -> str:
    """Returns how many cases there are, and in which state."""
    parts = [(counts.cases, ngettext("{number} case", "{number} cases", counts.cases))]
    parts += [
        (counts.ended, ngettext("{number} ended", "{number} ended", counts.ended)),
        (counts.open, pgettext("cases", "{number} open", number=counts.open)),
        (counts.no_step, _("{number} without a recorded step", number=counts.no_step)),
        (
            counts.not_read,
            _("{number} whose stage is not known, since a record cannot be read", number=counts.not_read),
        ),
    ]
    return ", ".join(words for place, (number, words) in enumerate(parts) if number or not place)


def _durations(rows: Sequence[Duration], page: Page, *, quiet: bool) -> Iterator[Line]:
    longest = max((longest_of(spread) for row in rows for spread in (row.finished, row.so_far)), default=0)
    columns = BarColumns.of(chain.from_iterable(_names(row, page) for row in rows), page)
    scale = _Scale(longest, columns, page, quiet)
    tracks = list(dict.fromkeys(row.track for row in rows))
    for track in tracks:
        named = f" ({_(track.label) if track else _('track not known')})" if len(tracks) > 1 else ""
        opening = procedures_of(track)[-1].opening if track else default_procedure().opening
        for words, several in sections_of([row for row in rows if row.track == track], opening.name).items():
            drawn = (_duration(row, scale) for row in several)
            yield from page.section(f"{words}{named}", chain.from_iterable(drawn))
    if signs := list(_signs_of_durations(rows, page)):
        yield line()
        yield from key_lines(signs, page)


def sections_of(rows: Sequence[Duration], opening: str) -> dict[str, list[Duration]]:
    """Returns the durations of a track under their titles; `opening` is what its filing is called."""
    between = [row for row in rows if row.measure == "between_stages"]
    return {
        _("From stage to stage"): between,
        _("In each stage"): [row for row in rows if row.measure == "in_stage" and _adds(row, between)],
        _("From {opening} to the end", opening=pgettext("opening", opening)): [
            row for row in rows if row.measure == "filing_to_end"
        ],
    }


def _adds(stay: Duration, told: Sequence[Duration]) -> bool:
    """True if the row of a stage says more than the only row that leads out of it."""
    return bool(stay.so_far.count or stay.so_far.unknown) or sum(each.start == stay.start for each in told) > 1


class _Scale(NamedTuple):
    """The longest length of a page, whose bar is the widest, and where names and bars stand.

    `quiet` is true if some lengths so far are counted to a last record.
    """

    longest: float
    columns: BarColumns
    page: Page
    quiet: bool

    def bar(self, spread: Spread, shades: str) -> str:
        """Returns the bar of a figure: up to the median in one shade, from there to the longest in another."""
        if spread.median is None:
            return ""
        middle = scaled(spread.median.fewest, self.longest, self.columns.bar)
        whole = scaled(longest_of(spread), self.longest, self.columns.bar)
        if longest_of(spread) > spread.median.fewest:  # both shades are drawn, since the key explains both
            middle = min(middle, self.columns.bar - 1)
            whole = max(whole, middle + 1)
        return shades[0] * middle + shades[1] * (whole - middle)


def _names(row: Duration, page: Page) -> tuple[str, str]:
    """Returns what a length is called, over and so far."""
    to = f" {page.glyphs.arrow} {_(row.to.label)}" if row.to else ""
    name = f"{_(row.start.label)}{to}" if row.start else _("the whole case")
    return name, _("{name}, so far", name=name)


def _duration(row: Duration, scale: _Scale) -> Iterator[Line]:
    over, so_far = _names(row, scale.page)
    shades = scale.page.glyphs.shades
    yield from _spread(row.finished, over, shades[:2], scale)
    yield from _spread(row.so_far, so_far, shades[3:1:-1], scale)


def _spread(spread: Spread, name: str, shades: str, scale: _Scale) -> Iterator[Line]:
    """Yields the name, the bar and the median on one line, and below it what several lengths need to be understood."""
    if not spread.count and not spread.unknown:
        return
    figure = figure_words(spread.median) if spread.median else _("not known")
    if shades != scale.page.glyphs.shades[:2] and spread.maximum and spread.maximum.most == 0 and scale.quiet:
        figure = _("no later record")
    yield from scale.columns.lines(name, scale.bar(spread, shades), glued(figure), scale.page)
    more = more_words(spread) if spread.count else []
    if more:
        yield from scale.page.paragraph(scale.page.separated(more), "dim", 4)


def longest_of(spread: Spread) -> float:
    """Returns the most days that the longest one may have taken, or its fewest days if there is no upper limit."""
    if spread.maximum is None:
        return 0
    return spread.maximum.fewest if spread.maximum.most is None else spread.maximum.most


def _signs_of_durations(rows: Sequence[Duration], page: Page) -> Iterator[tuple[Piece, str]]:
    """Yields the meanings of the shades; nothing where each bar is one exact length that is over."""
    full, half, dark, light = tuple(page.glyphs.shades[:4])
    for first, second, spreads, so_far in (
        (full, half, [row.finished for row in rows], False),
        (light, dark, [row.so_far for row in rows], True),
    ):
        longer = any(spread.median and longest_of(spread) > spread.median.fewest for spread in spreads)
        if longer or (so_far and any(longest_of(spread) for spread in spreads)):
            yield Piece(first, "stage"), _("up to the median so far") if so_far else _("up to the median")
        if longer:
            longest = _("up to the longest it may have been")
            so_far_longest = _("up to the longest it may have been so far")
            yield Piece(second, "stage"), so_far_longest if so_far else longest


def _words_used(rows: Iterable[Duration], stats: Stats) -> Iterator[str]:
    spreads = [spread for each in rows for spread in (each.finished, each.so_far)]
    if any(one.fewest != one.most for spread in spreads for one in spread.figures):
        yield SPANS
    if any(each.so_far.count for each in rows):
        yield _SO_FAR
    yield from _words_of_parties(stats.asks)
    if any(not vote.certain for vote in stats.votes):
        yield "perhaps"
