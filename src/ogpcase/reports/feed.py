"""The entries of a feed: each event of a case, and each request of which no answer is known.

What an entry says holds on every day, so that a reader who keeps it is told nothing false later: no days are counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.atom import Entry, Feed, Paragraph
from ogpcase.output.messages import _, marked, with_days
from ogpcase.output.words import before, in_long
from ogpcase.reports.requests.rows import Asked, AskLine, Requests, outcome_words, requests_of
from ogpcase.reports.requests.text import name_of
from ogpcase.reports.timeline.paragraphs import Paragraphs, paragraphs_by_event, with_texts
from ogpcase.reports.timeline.rows import Row, Timeline, timeline_of, without_duties
from ogpcase.workspace.published import Published

Address = Callable[[str], str]
"""Returns the address of the page of a record, by its reference: CASE, CASE/EVENT or CASE/EVENT#ITEM."""


class FeedOfCase(NamedTuple):
    """What a feed tells of a case on the reader's day: its timeline with the texts of its rows, and its requests."""

    case: CaseFile
    reader: Reader
    timeline: Timeline
    requests: Requests


def feed_of(
    case: CaseFile, reader: Reader, timeline: Timeline | None = None, requests: Requests | None = None
) -> FeedOfCase:
    """Returns what a feed tells of a case on the reader's day.

    `timeline` and `requests` are those of the case on that day; whoever has them already hands them over.
    """
    timeline = without_duties(with_texts(timeline or timeline_of(case, reader), case, reader))
    return FeedOfCase(case, reader, timeline, requests or requests_of([case], reader))


def entries_of(
    feed: FeedOfCase, published: Published, address: Address, paragraphs: Paragraphs | None = None
) -> tuple[Entry, ...]:
    """Returns the entries of a case, the latest first; `published` says since when a copy tells of an event.

    `paragraphs` are those of the events of its timeline; whoever has them already hands them over.
    """
    said = paragraphs or paragraphs_by_event(feed.timeline)
    events = [_of_event(feed, row, published, said[row.event.id]) for row in feed.timeline.rows]
    entries = (*events, *_of_requests(feed))
    return latest_first(entry._replace(address=address(entry.address)) for entry in entries)


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


def _of_event(feed: FeedOfCase, row: Row, published: Published, paragraphs: Sequence[Paragraph]) -> Entry:
    """Returns the entry of an event, named under the first id that it had; the reference of its page is its address."""
    case, event, title = feed.case.id, row.event, feed.timeline.heading.title
    day = event.day.last or event.day.latest
    return Entry(
        identity=(case, (*event.aliases, event.id)[0]),
        title=before(title) + row.title,
        updated=published.changed(case, event) or day or event.day.earliest or feed.reader.on,
        published=published.since(case, event),
        happened=day or date.min,
        address=f"{case}/{event.id}",
        about=(case, title),
        language=row.language,
        paragraphs=tuple(paragraphs),
    )


def _of_requests(feed: FeedOfCase) -> Iterator[Entry]:
    """Yields each open request whose term has certainly passed, or for whose answer somebody last looked in vain."""
    case, title = feed.case.id, feed.timeline.heading.title
    known = Counter[tuple[str, ...]]()
    for row in feed.requests.rows:
        passed, sought = _term_passed(row), _last_sought(feed.case, row)
        if row.ask.duty or not row.open or not row.ask.certain or (passed is None and sought is None):
            continue
        identity = (case, row.reference, row.line.party_id or "", "no answer")
        known[identity] += 1
        again = ["again"] * (known[identity] - 1)  # somebody without a party file may be asked beside another
        what = _("a term passed and no answer is recorded") if passed else _("no answer was found")
        updated = max(filter(None, (passed, sought)))
        yield Entry(
            identity=(*identity, *again),
            title=before(title) + before(what) + row.ask.text,
            updated=updated,
            published=updated,
            happened=updated,
            address=f"{case}/{row.reference}",
            about=(case, title),
            language=None,
            paragraphs=tuple(map(Paragraph, _what_is_known(row, passed=passed is not None))),
        )


def _term_passed(row: Asked) -> date | None:
    """Returns the day after the last day of an answer, if it has certainly passed."""
    term = row.line.term
    certain = term is not None and term.certain and row.line.timing == "due_passed"
    return term.latest + timedelta(days=1) if certain and term and term.latest else None


def _last_sought(case: CaseFile, row: Asked) -> date | None:
    """Returns the day on which an answer was certainly looked for in vain, and after which nothing was told."""
    event = case.event_by_id.get(row.line.told_by or "")
    return event.day.latest if event and row.line.outcome == "unknown" and row.line.certain else None


_RECORDED = {
    "unanswered": marked("No answer is recorded here."),
    "acknowledged": marked("Only that it was received is recorded here."),
}
NOT_AN_ACCUSATION = marked("This says what the records hold. It does not say that nothing was done.")


def _what_is_known(row: Asked, *, passed: bool) -> Iterator[str]:
    term = row.line.term
    yield _("Asked of {whom}: {what}", whom=name_of(row.line), what=row.ask.said)
    if passed and term and term.last_day:
        yield with_days("The last day was {day}.", say=in_long, day=term.last_day)
    yield _recorded(row.line)
    yield _(NOT_AN_ACCUSATION)


def _recorded(line: AskLine) -> str:
    day = line.told_on or _("a day not recorded")
    if line.outcome == "unknown":
        return with_days("Last looked for on {day}: no answer was found.", say=in_long, day=day)
    if line.outcome == "silent":
        return with_days("A source attests that none had come by {day}.", say=in_long, day=day)
    if line.outcome in _RECORDED:
        return _(_RECORDED[line.outcome])
    return _("Recorded is only: {outcome}.", outcome=outcome_words(line.outcome))
