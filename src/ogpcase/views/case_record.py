"""A case's header as a record: what it says, where the case stands, its events by kind, and its action plans."""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.policy.lifecycle import standing
from ogpcase.values import frozen
from ogpcase.views.heading import Heading, heading_of
from ogpcase.views.plan import PlanFile, plans_in
from ogpcase.views.shown import Reader, Shown


@frozen
class KindCount:
    """How many events of a kind have certainly happened by the reader's day, and how many more perhaps."""

    kind: str
    times: int
    perhaps: int


@frozen
class CaseRecord:
    """A case's header; `earliest` and `latest` are the dates, as written, of its first and last event in order.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `reads`, the one asked for.
    """

    heading: Heading
    country: str | None
    language: str | None
    kinds: tuple[KindCount, ...]
    earliest: str | None
    latest: str | None
    plans: tuple[PlanFile, ...]
    reads: str | None = None
    elsewhere: tuple[str, ...] = ()


def case_record(case: CaseFile, reader: Reader) -> CaseRecord:
    """Returns what a case's header says and what stands under it, on the reader's day."""
    shown = Shown(case, reader)
    there = shown.events()
    dates = [event.dated.text for event in there if event.dated.form != "unknown"]
    certain = [event.kind for event in there if reader.moment.certain(event)]
    counts = [(kind, certain.count(kind), sum(event.kind is kind for event in there)) for kind in Kind]
    return CaseRecord(
        heading=heading_of(shown, standing(shown.case, reader.moment)),
        country=case.header.country if case.header else None,
        language=case.language,
        kinds=tuple(KindCount(str(kind), times, every - times) for kind, times, every in counts if every),
        earliest=dates[0] if dates else None,
        latest=dates[-1] if dates else None,
        plans=plans_in(shown),
        reads=reader.language,
        elsewhere=shown.elsewhere(),
    )
