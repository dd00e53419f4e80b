"""JSON: every answer in the one envelope, its rows plain mappings. Documented in docs/json.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ogpcase.diagnostics import envelope
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, day_row, days_row, dumps
from ogpcase.reports.cases.rows import ListedCase, NextDue, Silence
from ogpcase.reports.heading.rows import RelatedCase
from ogpcase.reports.heading.tables import heading_row


def _named(related: RelatedCase) -> str:
    return f"{related.relation}: {related.title or related.url or 'not named'}"


COLUMNS: Columns[ListedCase] = (
    Column("case", "the case's id", lambda row: row.heading.case),
    Column("title", "its title", lambda row: row.heading.title),
    Column("subject", "the government it is about", lambda row: row.heading.subject),
    Column("track", "which of OGP's procedures it is under", lambda row: row.heading.track),
    Column("policy_version", "the version of the policy in force at filing", lambda row: row.heading.policy_version),
    Column("stage", "where it stands", lambda row: row.heading.stage),
    Column("since", "the date of its first entry into that stage", lambda row: row.heading.since),
    Column("perhaps", "where merely possible moves would lead, if elsewhere", lambda row: row.heading.perhaps),
    Column("filed", "the date of the filing", lambda row: row.heading.filed),
    Column("ended", "whether that stage ends a case", lambda row: row.heading.stage.ends, ColumnType.FLAG),
    Column(
        "days_from_filing",
        "days from the filing to the end, or so far",
        lambda row: row.heading.length,
        ColumnType.DAYS,
    ),
    Column("days_in_stage", "days in its present stage; empty for an end", lambda row: row.in_stage, ColumnType.DAYS),
    Column("events", "how many there are", lambda row: row.events, ColumnType.NUMBER),
    Column(
        "open_requests",
        "how many requests are not answered, duties apart",
        lambda row: row.open_asks,
        ColumnType.NUMBER,
    ),
    Column(
        "open_at_end", "how many of them were open when the case ended", lambda row: row.open_at_end, ColumnType.NUMBER
    ),
    Column(
        "next_due",
        "the last day that comes first, as far as it is known",
        lambda row: row.next_due and row.next_due.last_day,
    ),
    Column(
        "earliest_next_due",
        "the earliest day that it can be",
        lambda row: row.next_due and row.next_due.earliest,
        ColumnType.DAY,
    ),
    Column(
        "latest_next_due",
        "the latest day that it can be",
        lambda row: row.next_due and row.next_due.latest,
        ColumnType.DAY,
    ),
    Column(
        "next_due_certain",
        "whether the day is known and to come, and the request certain",
        lambda row: row.next_due and row.next_due.certain,
        ColumnType.FLAG,
    ),
    Column("next_due_request", "the request that is due then", lambda row: row.next_due and row.next_due.reference),
    Column(
        "silent_request",
        "the request on which nothing has come back for longest",
        lambda row: row.silence and row.silence.reference,
    ),
    Column(
        "days_of_silence", "for how many days", lambda row: row.silence.days if row.silence else None, ColumnType.DAYS
    ),
    Column(
        "silence_at_end",
        "whether they are those up to the end of the case",
        lambda row: row.silence and row.silence.at_end,
        ColumnType.FLAG,
    ),
    Column(
        "silence_certain", "whether that is certain", lambda row: row.silence and row.silence.certain, ColumnType.FLAG
    ),
    Column(
        "related",
        "other cases, each with its relation",
        lambda row: tuple(map(_named, row.heading.related)),
        ColumnType.TEXTS,
    ),
)
"""A row for each case."""


def list_csv(cases: Iterable[ListedCase]) -> str:
    """Returns a row for each case as CSV with a header line; lengths of time are in days."""
    return table_csv(Table("list", COLUMNS, tuple(cases)))


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


def list_json(cases: Sequence[ListedCase], as_of: date, known_by: date | None = None) -> str:
    """Returns a row for each case."""
    known = known_by.isoformat() if known_by else None
    whole = envelope("list", list(map(listed_row, cases)), as_of=as_of.isoformat(), known_by=known)
    versions = {each.heading.policy_version for each in cases if each.heading.policy_version}
    return dumps({**whole, "policy_versions": sorted(versions)})
