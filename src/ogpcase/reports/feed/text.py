"""The words of a feed: an entry for each event, and for each request without an answer; they accuse nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ogpcase.output.atom import Entry, Feed, Paragraph
from ogpcase.output.lines import before
from ogpcase.output.messages import _, marked, with_days
from ogpcase.reports.feed.rows import Address, FeedOfCase, NotTold, Told
from ogpcase.reports.long_dates import in_long
from ogpcase.reports.requests.rows import AskLine, outcome_words
from ogpcase.reports.requests.text import name_of
from ogpcase.reports.timeline.paragraphs import Paragraphs, paragraphs_by_event


def entries_of(feed: FeedOfCase, address: Address, paragraphs: Paragraphs | None = None) -> tuple[Entry, ...]:
    """Returns the entries of a case, the latest first; `address` leads to the page of a record.

    `paragraphs` are those of the events of its timeline; whoever has them already hands them over.
    """
    said = paragraphs or paragraphs_by_event(feed.timeline)
    entries = [_of_event(told, feed, address, said[told.row.event.id]) for told in feed.events]
    entries += [_of_request(told, feed, address) for told in feed.terms]
    return latest_first(entries)


def latest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Returns entries of any cases, the last changed first; of one day the last that happened first."""

    def order(entry: Entry) -> tuple[int, int, tuple[str, ...]]:
        return (-entry.updated.toordinal(), -entry.happened.toordinal(), entry.identity)

    return tuple(sorted(entries, key=order))


def feed_of_cases(entries: Iterable[Entry], title: str, own: str, home: str, identity: str = "") -> Feed:
    """Returns a feed of entries; `own` is its address, `home` that of the page it is of.

    `identity` is the id of the case that it is of, empty of all cases.
    """
    return Feed(("feed", identity), title, title, own, home, latest_first(entries))


def _of_event(told: Told, feed: FeedOfCase, address: Address, paragraphs: Sequence[Paragraph]) -> Entry:
    row, heading = told.row, feed.timeline.heading
    return Entry(
        identity=(told.case, told.identity),
        title=before(heading.title) + row.title,
        updated=told.updated,
        published=told.published,
        happened=row.event.day.last or row.event.day.latest or date.min,
        address=address(f"{told.case}/{row.event.id}"),
        about=(told.case, heading.title),
        language=row.language,
        paragraphs=tuple(paragraphs),
    )


_RECORDED = {
    "unanswered": marked("No answer is recorded here."),
    "acknowledged": marked("Only that it was received is recorded here."),
}


def _of_request(told: NotTold, feed: FeedOfCase, address: Address) -> Entry:
    row, heading = told.row, feed.timeline.heading
    what = _("a term passed and no answer is recorded") if told.passed else _("no answer was found")
    return Entry(
        identity=told.identity,
        title=before(heading.title) + before(what) + row.ask.text,
        updated=told.updated,
        published=told.updated,
        happened=told.updated,
        address=address(f"{told.case}/{row.reference}"),
        about=(told.case, heading.title),
        language=None,
        paragraphs=tuple(Paragraph(each) for each in _what_is_known(told)),
    )


NOT_AN_ACCUSATION = marked("This says what the records hold. It does not say that nothing was done.")


def _what_is_known(told: NotTold) -> Iterator[str]:
    row, term = told.row, told.row.line.term
    yield _("Asked of {whom}: {what}", whom=name_of(row.line), what=row.ask.said)
    if told.passed and term and term.last_day:
        yield with_days("The last day was {day}.", say=in_long, day=term.last_day)
    yield _recorded(row.line)
    yield _(NOT_AN_ACCUSATION)


def _recorded(line: AskLine) -> str:
    day = line.told_on or _("a day not recorded")
    if line.outcome == "unknown":
        return with_days("Last looked for on {day}: no answer was found.", say=in_long, day=day)
    if line.outcome == "silent":
        return with_days("A source attests that none had come by {day}.", say=in_long, day=day)
    return (
        _(_RECORDED[line.outcome])
        if line.outcome in _RECORDED
        else _("Recorded is only: {outcome}.", outcome=outcome_words(line.outcome))
    )
