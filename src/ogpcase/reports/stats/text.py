"""Figures over cases in the terminal, with bars on one scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.model.events import Votes
from ogpcase.output.bars import key_lines, room, scaled, shared
from ogpcase.output.lines import Line, Page, Piece, counted, date_in_short, glued, line, padded
from ogpcase.policy.procedures import default_procedure, procedures_of
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.text import SPANS, legend_lines
from ogpcase.reports.stats.rows import AskedParty, CaseCounts, Duration, Figure, Sort, Spread, Stats, Vote

_TITLES: dict[Sort, str] = {
    "request": "Requests, by the party that was asked",
    "duty": "Duties of the policy, by the party that has them",
    "context": "Requests of background papers, by the party that was asked",
}
_GROUPS = {
    "settled": ("met", "partly_met", "not_met", "refused", "overtaken"),
    "acknowledged only": ("acknowledged",),
    "silent": ("silent",),
    "nothing recorded, or not sure": ("unanswered", "unknown", "perhaps"),
}
"""The meanings of the shades of a bar."""
_TIMINGS = {
    "on_time": "in time",
    "late": "late",
    "possibly_late": "possibly late",
    "due_passed": "term passed",
}


def _asks_lines(parties: Sequence[AskedParty], page: Page) -> Iterator[Line]:
    """Yields a bar and the counts for each party, requests first, duties and background apart."""
    most = max((party.asked for party in parties), default=0)
    for sort, title in _TITLES.items():
        drawn = (_party_lines(party, most, page) for party in parties if party.sort == sort)
        yield from page.section(title, chain.from_iterable(drawn))
    if parties:
        yield line()
        yield from key_lines(_signs_of_outcomes(parties, page), page)


def _party_lines(party: AskedParty, most: int, page: Page) -> Iterator[Line]:
    yield from page.paragraph("nobody named" if party.party is None else party.name, "stage", 2)
    yield line("    ", Piece(_bar(party, most, page), "stage"))
    yield from page.paragraph(page.separated(_counts(party)), indent=4)


def _words_of_parties(parties: Iterable[AskedParty]) -> Iterator[str]:
    """Yields the words of the legend that the counts use."""
    for party in parties:
        yield from (word for word in ("silent", "unanswered", "unknown") if party.outcomes[word])
        yield from (_TIMINGS[word] for word in ("possibly_late", "due_passed") if party.timings[word])
        if party.perhaps:
            yield "perhaps"


def _counts(party: AskedParty) -> list[str]:
    outcomes = [f"{number} {word.replace('_', ' ')}" for word, number in party.outcomes.items() if number]
    outcomes += [f"{party.perhaps} perhaps"] if party.perhaps else []
    timings = ", ".join(f"{party.timings[word]} {said}" for word, said in _TIMINGS.items() if party.timings[word])
    often = "once" if party.asked == 1 else f"{party.asked} times"
    return [f"asked {often}: {', '.join(outcomes)}", *([timings] if timings else [])]


def _bar(party: AskedParty, most: int, page: Page) -> str:
    numbers = [number for number in _grouped(party).values() if number]
    columns = iter(shared(numbers, scaled(party.asked, most, room(page))))
    signs = zip(page.glyphs.shades, _grouped(party).values(), strict=False)
    return "".join(sign * next(columns) for sign, number in signs if number)


def _grouped(party: AskedParty) -> dict[str, int]:
    numbers = {**party.outcomes, "perhaps": party.perhaps}
    return {group: sum(numbers[word] for word in words) for group, words in _GROUPS.items()}


def _signs_of_outcomes(parties: Sequence[AskedParty], page: Page) -> Iterator[tuple[str, str]]:
    for sign, group in zip(page.glyphs.shades, _GROUPS, strict=False):
        if any(_grouped(party)[group] for party in parties):
            yield sign, group


_DATE = 12
"""The width of the date column."""


def _vote_lines(vote: Vote, page: Page, *, one: bool) -> Iterator[Line]:
    """Yields a resolution with its vote, recorded or not; `one` leaves out the case's id."""
    date = Piece(f"  {padded(date_in_short(vote.event.date_text), _DATE)}  ", "date")
    marks = (["context"] if vote.event.context else []) + ([] if vote.certain else ["perhaps"])
    yield from page.hanging([date], page.separated([_votes_in_words(vote.votes), *marks]))
    yield from page.paragraph(vote.title, "dim", _DATE + 4)
    yield line(" " * (_DATE + 4), Piece(vote.event.id if one else f"{vote.case}/{vote.event.id}", "dim"))


def _votes_in_words(votes: Votes) -> str:
    counted = ((votes.for_, "for"), (votes.against, "against"), (votes.abstain, "abstaining"))
    if all(number is None for number, _ in counted):
        return f"{votes.method}; numbers not recorded" if votes.method else "vote not recorded"
    numbers = ", ".join(f"{'unknown' if number is None else number} {what}" for number, what in counted)
    return f"{numbers}; {votes.method or 'way of voting unknown'}"


def stats_lines(stats: Stats, page: Page) -> list[Line]:
    """Returns the durations, the votes, and the outcomes of requests."""
    rows = stats.by_case if stats.one else stats.over_cases
    lines = page.paragraph(_summary(stats.counts), "title")
    lines += _durations(rows, page)
    votes = (_vote_lines(vote, page, one=stats.one) for vote in stats.votes)
    lines += page.section("Votes on resolutions", chain.from_iterable(votes))
    lines += _asks_lines(stats.asks, page)
    lines += language_lines(stats.languages, page)
    return [*lines, *legend_lines(_words_used(rows, stats), page)]


def _figure_words(figure: Figure) -> str:
    """Returns `42 days`, `about 42 days`, `21 to 51.5 days`, `at least 21 days`."""
    unit = "day" if figure.fewest == figure.most == 1 else "days"
    if figure.most is None:
        return f"at least {figure.fewest} {unit}"
    if figure.fewest != figure.most:
        return f"{figure.fewest} to {figure.most} {unit}"
    return f"{'' if figure.certain else 'about '}{figure.fewest} {unit}"


def _spread_words(spread: Spread) -> list[str]:
    """Returns the count, the shortest, the median and the longest, and how many have unknown days."""
    words: list[str] = []
    if spread.minimum and spread.median and spread.maximum:
        if spread.count == 1:
            words = [f"once, {_figure_words(spread.median)}"]
        else:
            three = (("shortest", spread.minimum), ("median", spread.median), ("longest", spread.maximum))
            words = [f"{spread.count} times", *(f"{name} {_figure_words(each)}" for name, each in three)]
    return [*words, *([f"days not known: {spread.unknown}"] if spread.unknown else [])]


def _summary(counts: CaseCounts) -> str:
    by_state = {
        "ended": counts.ended,
        "open": counts.open,
        "without a recorded step": counts.no_step,
        "whose stage is not known, since a record cannot be read": counts.not_read,
    }
    return ", ".join([counted(counts.cases, "case"), *(f"{count} {what}" for what, count in by_state.items() if count)])


def _durations(rows: Sequence[Duration], page: Page) -> Iterator[Line]:
    longest = max((_longest(spread) for row in rows for spread in (row.finished, row.so_far)), default=0)
    tracks = list(dict.fromkeys(row.track for row in rows))
    for track in tracks:
        named = f" ({track.label if track else 'track unknown'})" if len(tracks) > 1 else ""
        opening = procedures_of(track)[-1].opening if track else default_procedure().opening
        for words, several in _sections([row for row in rows if row.track == track], opening.name).items():
            drawn = (_duration(row, longest, page) for row in several)
            yield from page.section(f"{words}{named}", chain.from_iterable(drawn))
    if longest:
        yield line()
        yield from key_lines(_signs_of_durations(rows, page), page)


def _sections(rows: Sequence[Duration], opening: str) -> dict[str, list[Duration]]:
    between = [row for row in rows if row.measure == "between_stages"]
    return {
        "From stage to stage": between,
        "In each stage": [row for row in rows if row.measure == "in_stage" and _adds(row, between)],
        f"From {opening} to the end": [row for row in rows if row.measure == "filing_to_end"],
    }


def _adds(stay: Duration, told: Sequence[Duration]) -> bool:
    """True if the row of a stage says more than the only row that leads out of it."""
    return bool(stay.so_far.count or stay.so_far.unknown) or sum(each.start == stay.start for each in told) > 1


def _duration(row: Duration, longest: float, page: Page) -> Iterator[Line]:
    if row.start:
        to = f" {glued(page.glyphs.arrow)} {row.to.label}" if row.to else ""
        yield from page.paragraph(f"{row.start.label}{to}", "stage", 2)
    yield from _spread(row.finished, "", page.glyphs.shades[:2], longest, page)
    yield from _spread(row.so_far, "so far: ", page.glyphs.shades[3:1:-1], longest, page)


def _spread(spread: Spread, before: str, shades: str, longest: float, page: Page) -> Iterator[Line]:
    words = _spread_words(spread)
    if not words:
        return
    if spread.median and spread.maximum:
        middle = scaled(spread.median.fewest, longest, room(page))
        whole = scaled(_longest(spread), longest, room(page))
        yield line("    ", Piece(shades[0] * middle + shades[1] * (whole - middle), "stage"))
    yield from page.hanging([Piece(f"    {before}")], page.separated(words))


def _longest(spread: Spread) -> float:
    """Returns the most days that the longest one may have taken, or its fewest days if there is no upper limit."""
    if spread.maximum is None:
        return 0
    return spread.maximum.fewest if spread.maximum.most is None else spread.maximum.most


def _signs_of_durations(rows: Sequence[Duration], page: Page) -> Iterator[tuple[str, str]]:
    full, half, dark, light = tuple(page.glyphs.shades[:4])
    for first, second, spreads, which in (
        (full, half, [row.finished for row in rows], ""),
        (light, dark, [row.so_far for row in rows], " so far"),
    ):
        if any(spread.count for spread in spreads):
            yield first, f"up to the median{which}"
        if any(spread.median and _longest(spread) > spread.median.fewest for spread in spreads):
            yield second, f"up to the longest it may have been{which}"


def _words_used(rows: Iterable[Duration], stats: Stats) -> Iterator[str]:
    spreads = [spread for each in rows for spread in (each.finished, each.so_far)]
    if any(one.fewest != one.most for spread in spreads for one in spread.figures):
        yield SPANS
    yield from _words_of_parties(stats.asks)
    if any(not vote.certain for vote in stats.votes):
        yield "perhaps"
