"""How bodies voted on their resolutions, as far as it is recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Resolution
from ogpcase.values import frozen
from ogpcase.views.shown import Shown


@frozen
class Vote:
    """How a resolution was voted on: numbers of votes and the way of voting, None where not recorded."""

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
    """Yields each resolution in the case's order, whether its vote is recorded or not."""
    return (_vote(shown, event) for event in shown.events() if isinstance(event, Resolution))


def _vote(shown: Shown, event: Resolution) -> Vote:
    votes = event.votes
    return Vote(
        case=shown.case.id,
        event=event.id,
        dated=event.dated.text,
        title=shown.text(event.title),
        by=shown.names(event.by),
        context=event.context,
        certain=shown.reader.moment.certain(event),
        in_favour=votes.for_ if votes else None,
        against=votes.against if votes else None,
        abstained=votes.abstain if votes else None,
        method=votes.method if votes else None,
    )
