"""Cases in short for other programs: a mapping and a row of a table for each."""

from __future__ import annotations

from collections.abc import Iterable

from ogpcase.export.basics import Mapped, day_row, days_row, flat_days
from ogpcase.export.csv import table
from ogpcase.export.plain import heading_row
from ogpcase.views.heading import RelatedCase
from ogpcase.views.listing import ListedCase, NextDue, Silence

LIST_COLUMNS = (
    "case", "title", "subject", "track", "policy_version", "stage", "since", "perhaps", "filed", "ended",
    "fewest_days_from_filing", "most_days_from_filing", "fewest_days_in_stage", "most_days_in_stage", "events",
    "open_requests", "open_at_end", "next_due", "earliest_next_due", "latest_next_due", "next_due_certain",
    "next_due_request", "silent_request", "fewest_days_of_silence", "most_days_of_silence", "silence_at_end",
    "silence_certain", "related",
)  # fmt: skip
"""The columns of a list: one row for each case; several values of a cell are separated by `; `."""


def list_csv(cases: Iterable[ListedCase]) -> str:
    """Returns a row for each case as CSV with a header line; lengths of time are in days."""
    return table(LIST_COLUMNS, map(listed_cells, cases))


def listed_row(each: ListedCase) -> Mapped:
    """A case in a list."""
    return {
        **heading_row(each.heading),
        "days_in_stage": days_row(each.in_stage),
        "events": each.events,
        "open_requests": each.open_asks,
        "open_at_end": each.open_at_end,
        "next_due": _next_due(each.next_due) if each.next_due else None,
        "longest_silence": _silence(each.silence) if each.silence else None,
    }


def listed_cells(each: ListedCase) -> Mapped:
    """The same in cells of a table."""
    due, silence = each.next_due, each.silence
    return {
        **listed_row(each),
        **flat_days("days_from_filing", each.heading.length),
        **flat_days("days_in_stage", each.in_stage),
        "next_due": due.last_day if due else None,
        "earliest_next_due": day_row(due.earliest) if due else None,
        "latest_next_due": day_row(due.latest) if due else None,
        "next_due_certain": due.certain if due else None,
        "next_due_request": due.reference if due else None,
        "silent_request": silence.reference if silence else None,
        **flat_days("days_of_silence", silence.days if silence else None),
        "silence_at_end": silence.at_end if silence else None,
        "silence_certain": silence.certain if silence else None,
        "related": list(map(_named, each.heading.related)),
    }


def _next_due(due: NextDue) -> Mapped:
    return {
        "request": due.reference,
        "text": due.text,
        "last_day": due.last_day,
        "earliest": day_row(due.earliest),
        "latest": day_row(due.latest),
        "days_left": days_row(due.left),
        "certain": due.certain,
    }


def _silence(silence: Silence) -> Mapped:
    return {
        "request": silence.reference,
        "text": silence.text,
        "days": days_row(silence.days),
        "at_end": silence.at_end,
        "certain": silence.certain,
    }


def _named(related: RelatedCase) -> str:
    return f"{related.relation}: {related.title or related.url or 'not named'}"
