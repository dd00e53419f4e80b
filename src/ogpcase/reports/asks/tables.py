"""Requests, terms and what came back as plain mappings."""

from __future__ import annotations

from ogpcase.output.json import Mapped, day_row, days_row
from ogpcase.reports.asks.rows import AskLine, CountedTerm, Missed, MovedTerm, RowAsk, ShownTerm
from ogpcase.reports.status.rows import OpenAsk
from ogpcase.reports.timeline.rows import RowAnswer


def ask_row(ask: RowAsk) -> Mapped:
    """A request of an event."""
    return {"item": ask.item, **_said(ask)}


def open_row(each: OpenAsk) -> Mapped:
    """A request that is open, with the days it has been."""
    return {"request": each.reference, **_said(each.ask), "days_open": days_row(each.days)}


def _said(ask: RowAsk) -> Mapped:
    return {
        "text": ask.text,
        "due": ask.due,
        "extended_to": ask.extended_to,
        "term": term_row(ask.term),
        "on_missed": missed_row(ask.on_missed),
        "duty": ask.duty,
        "open_at_end": ask.at_end,
        "certain": ask.certain,
        "asked_of": [line_row(each) for each in ask.lines],
    }


def line_row(line: AskLine) -> Mapped:
    """What came back from one party."""
    return {
        "party": line.party,
        "outcome": line.outcome,
        "certain": line.certain,
        "timing": line.timing,
        "timing_days": days_row(line.timing_days),
        "days_to_answer": days_row(line.after),
        "days_open": days_row(line.open_for),
        "told_by": line.told_by,
        "told_on": line.told_on,
        "parts": [line_row(part) for part in line.parts],
    }


def answer_row(answer: RowAnswer) -> Mapped:
    """What an event says came back on a request."""
    return {"request": answer.request, "answer": answer.answer, "of": list(answer.of)}


def term_row(term: ShownTerm | None) -> Mapped | None:
    """A term: its last day as far as it is known, how it is counted, and how it was moved."""
    if term is None:
        return None
    return {
        "last_day": term.last_day,
        "earliest": day_row(term.earliest),
        "latest": day_row(term.latest),
        "certain": term.certain,
        "counted": _counted(term.counted) if term.counted else None,
        "moves": [_moved(each) for each in term.moves],
        "not_known": term.not_known,
    }


def missed_row(missed: Missed | None) -> Mapped | None:
    """What the paper says will follow when the term is missed."""
    return None if missed is None else {"text": missed.text, "stage": missed.stage}


def _counted(counted: CountedTerm) -> Mapped:
    return {"count": counted.number, "unit": counted.unit, "after": counted.after, "from": counted.counted_from}


def _moved(moved: MovedTerm) -> Mapped:
    return {"to": moved.to, "by": moved.by, "on": moved.on, "brought_forward": moved.brought_forward,
            "certain": moved.certain}  # fmt: skip
