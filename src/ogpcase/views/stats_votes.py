"""How bodies voted on their resolutions, as far as it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Resolution
from ogpcase.values import frozen
from ogpcase.views.shown import Shown


@frozen
class Vote:
    """How a resolution was voted on: numbers of votes and the way of voting, None where not recorded or withheld."""

    case: str
    event: str
    dated: str
    title: str
    by: tuple[str, ...]
    context: bool
    certain: bool
    in_favour: int | None
    against: int | None
    abstained: int | None
    method: str | None


def votes_of(shown: Shown) -> Iterator[Vote]:
    """Yields each resolution that the reader may see, in the case's order, whether its vote is recorded or not."""
    moment = shown.reader.moment
    for event in shown.case.events:
        if isinstance(event, Resolution) and moment.possible(event) and not shown.hides(event):
            yield _vote(shown, event)


def _vote(shown: Shown, event: Resolution) -> Vote:
    kept_back = shown.withholding(event)
    votes = None if kept_back.covers_field("votes") else event.votes
    return Vote(
        case=shown.safe_id(shown.case.id),
        event=shown.id_of(event),
        dated=shown.dated(event),
        title=shown.title(event),
        by=shown.names(event, "by"),
        context=event.context and not kept_back.covers_field("context"),
        certain=shown.reader.moment.certain(event),
        in_favour=votes.for_ if votes else None,
        against=votes.against if votes else None,
        abstained=votes.abstain if votes else None,
        method=shown.plain(votes.method) if votes and votes.method else None,
    )
