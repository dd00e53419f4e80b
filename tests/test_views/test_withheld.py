"""What is withheld is in no view: not as text, not in a count, not in what a filter chooses; `[withheld]` at most."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ogpcase.export.csv import timeline_csv
from ogpcase.export.json import list_json, status_json, timeline_json
from ogpcase.export.markdown import timeline_markdown
from ogpcase.export.mermaid import timeline_mermaid
from ogpcase.export.record import record_json
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Stage
from ogpcase.model.ids import Reference
from ogpcase.model.withhold import WITHHELD
from ogpcase.render.lines import plain
from ogpcase.render.page import Page
from ogpcase.render.show import record_lines
from ogpcase.render.status import status_lines
from ogpcase.render.timeline import timeline_lines
from ogpcase.views.listing import listed_case
from ogpcase.views.show import appearances, event_record, item_record
from ogpcase.views.shown import Reader, Shown
from ogpcase.views.status import status_of
from ogpcase.views.timeline import Filter, timeline_of

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ALL = Reader(date(2026, 11, 22), withheld=True)
CANARY = "zeta-quux"
NAME = "Zéta Quux"
TITLED = "Zeta Quux said so"
ASK, CONCERN, NOTICE, REPLY = (
    "2023-02-01-letter-ask",
    "2023-04-10-concern",
    "2023-05-22-letter-notice",
    "2023-08-30-letter-reply",
)


def printed(case: CaseFile, reader: Reader = LATER) -> str:
    """Everything that any view of the case prints to this reader, in every format."""
    timeline, status, listed = timeline_of(case, reader), status_of(case, reader), listed_case(case, reader)
    pieces = [
        timeline_json(timeline), timeline_csv(timeline), timeline_markdown(timeline), timeline_mermaid(timeline),
        status_json(status), list_json([listed], reader.on),
        *map(plain, timeline_lines(timeline, Page(80))), *map(plain, status_lines(status, Page(80))),
    ]  # fmt: skip
    for event in case.events:
        if not Shown(case, reader).hides(event):
            record = event_record(case, event, reader)
            pieces += [record_json(record, (), reader, case.id), *map(plain, record_lines(record, (), Page(None)))]
    for party in case.registry.parties.values():
        if reader.withheld or not party.withhold:
            pieces.append(str(list(appearances(case, party.id, reader))))
    return "\n".join(pieces)


def traces(text: str) -> list[str]:
    """The lines in which the canary can still be heard, whatever its spelling."""
    return [each for each in text.splitlines() if "quux" in each.casefold() or "2023-12-31" in each]


PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "title": (REPLY, {"title": TITLED, "withhold": ["title"]}),
    "title of a step": (NOTICE, {"title": {"en": TITLED}, "withhold": ["title"]}),
    "summary": (REPLY, {"summary": TITLED, "withhold": "summary"}),
    "actors": (REPLY, {"senders": [CANARY], "withhold": ["senders"]}),
    "addressees": (REPLY, {"addressees": [{"party": CANARY, "as_named": NAME, "office": TITLED}],
                           "withhold": ["addressees"]}),
    "filers": (CONCERN, {"filers": [CANARY], "withhold": ["filers"]}),
    "requests": (REPLY, {"requests": [{"id": CANARY, "text": TITLED, "asked_of": [CANARY]}], "withhold": ["requests"]}),
    "an item": (REPLY, {"requests": [{"id": CANARY, "text": TITLED, "asked_of": [CANARY]}],
                        "withhold": [f"requests#{CANARY}"]}),
    "another sort of item": (CONCERN, {"allegations": [{"id": CANARY, "text": TITLED, "evidence": [{"text": TITLED}]}],
                                       "withhold": [f"allegations#{CANARY}"]}),
    "answers": (REPLY, {"answers": [{"request": f"{ASK}#publish", "answer": "met", "of": [CANARY]}],
                        "withhold": ["answers"]}),
    "sources": (REPLY, {"sources": [{"id": CANARY, "title": TITLED, "url": "https://example.org/zeta-quux"}],
                        "withhold": ["sources"]}),
    "another date": (REPLY, {"also_dated": [{"value": "2023-12-31", "source": CANARY}], "withhold": ["also_dated"]}),
    "the date": ("2023-12-31-letter-late", {"kind": "letter", "withhold": ["dated"]}),
    "another statement": (REPLY, {"also_stated": [{"field": "senders", "value": [NAME], "source": CANARY}],
                                  "withhold": ["also_stated"]}),
    "a statement on a withheld field": (REPLY, {"also_stated": [{"field": "senders", "value": [NAME], "source": "s"}],
                                                "withhold": ["senders", "also_stated"]}),
    "a departure": (REPLY, {"departure": [{"because": TITLED}], "withhold": ["departure"]}),
    "a signature": (REPLY, {"signed_by": [{"name": NAME, "for": CANARY}], "withhold": ["signed_by"]}),
    "the whole event": ("2023-12-31-letter-zeta-quux", {"kind": "letter", "title": TITLED, "summary": TITLED,
                        "requests": [{"id": "a", "text": TITLED}], "sources": [{"id": "s", "title": TITLED}],
                        "answers": [{"request": f"{ASK}#publish", "answer": "met", "of": [CANARY]}],
                        "also_dated": [{"value": "2022", "source": "s"}], "departure": [{"because": TITLED}],
                        "withhold": "all"}),
    "the kind": ("2023-12-31-letter-zeta-quux", {"kind": "letter", "title": TITLED, "withhold": ["kind"]}),
    "an event whose withholding cannot be read": ("2023-12-31-letter-zeta-quux",
                                                  {"kind": "letter", "title": TITLED, "withhold": ["titel"]}),
    "an event whose withholding is misspelt": ("2023-12-31-letter-zeta-quux",
                                               {"kind": "letter", "title": TITLED, "withold": "all"}),
    "a lead of milestones": ("2023-06-01-commitment", {"kind": "commitment", "lead": [CANARY],
                             "milestones": [{"id": "a", "text": "x"}], "withhold": ["lead"]}),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_is_withheld_is_printed_nowhere(build: Build, place: str) -> None:
    event, fields = PLACES[place]
    assert [] == traces(printed(build({event: fields})))


@pytest.mark.parametrize("place", PLACES)
def test_who_asks_for_it_sees_it(build: Build, place: str) -> None:
    """Else the test above would hold of anything."""
    event, fields = PLACES[place]
    if "withold" not in fields:
        assert traces(printed(build({event: fields}), ALL))


PARTY = {"name": {"en": NAME, "es": "La Quux"}, "other_names": ["ZETA-QUUX ÖNLUS"], "classification": "individual",
         "links": [{"url": "https://example.org/quux"}], "withhold": "all"}  # fmt: skip
NAMING: dict[str, tuple[str, dict[str, Any]]] = {
    "actors": (REPLY, {"senders": [CANARY, "records-office"]}),
    "as named": (REPLY, {"addressees": [{"party": CANARY, "as_named": NAME, "office": "Chair"}]}),
    "asked": (REPLY, {"requests": [{"id": CANARY, "text": f"Protect {NAME}", "asked_of": [CANARY, "records-office"]}]}),
    "answers of": (REPLY, {"answers": [{"request": f"{ASK}#publish", "answer": "none", "of": [CANARY]}]}),
    "stated": (REPLY, {"also_stated": [{"field": "senders", "value": [CANARY, NAME, "zeta quux"], "source": "page"}]}),
    "signed for": (REPLY, {"signed_by": [{"name": "X", "for": CANARY}]}),
    "signed": (REPLY, {"signed_by": [{"name": "zéta  quux"}]}),
    "title": (REPLY, {"title": f"A letter from {NAME}, and from ZETA QUUX"}),
    "departure": (REPLY, {"departure": [{"because": f"{NAME} fled"}]}),
    "source": (REPLY, {"sources": [{"id": CANARY, "title": f"{NAME}'s page", "publisher": NAME,
                                    "url": "https://example.org/zeta-quux"}],
                       "also_dated": [{"value": "2022", "source": CANARY}]}),
    "id": ("2023-09-01-letter-zeta-quux", {"kind": "letter", "title": "x", "cites": [f"{REPLY}#zeta-quux"]}),
    "cited": ("2023-09-01-letter-zeta-quux", {"kind": "letter", "title": "x", "requests": [{"id": "a", "text": "x"}]}),
}  # fmt: skip


@pytest.mark.parametrize("place", NAMING)
def test_a_withheld_party_is_named_nowhere(build: Build, place: str) -> None:
    """Neither by its id nor by any of its names, in whatever spelling, nor in the names of records."""
    event, fields = NAMING[place]
    changes: dict[str, Any] = {event: fields}
    if place == "cited":
        changes["2023-09-02-letter"] = {
            "kind": "letter",
            "cites": [event],
            "answers": [{"request": f"{event}#a", "answer": "met"}],
        }
    case = build(
        changes, {CANARY: PARTY}, related=[{"relation": "precedent", "title": NAME, "url": "https://x.org/zeta-quux"}]
    )
    assert [] == traces(printed(case))


def test_a_withheld_date_shows_in_no_id_that_begins_with_it(build: Build) -> None:
    case = build({"2023-12-31-letter-late": {"kind": "letter", "withhold": ["dated"]}})
    row = next(each for each in timeline_of(case, LATER).rows if each.dated == WITHHELD)
    assert (WITHHELD, None, None, None) == (row.event, row.earliest, row.latest, row.gap)


def test_an_answer_that_is_withheld_changes_no_outcome_and_no_count(build: Build) -> None:
    secret = {"kind": "letter", "senders": ["government-of-arcadia"],
              "answers": [{"request": f"{ASK}#publish", "answer": "met"}]}  # fmt: skip
    without = build()
    for withhold in ("all", ["answers"], ["senders"]):
        case = build({"2024-01-01-letter-late": {**secret, "withhold": withhold}})
        lines = [line for ask in timeline_of(case, LATER).rows[0].asks for line in ask.lines]
        assert [line for ask in timeline_of(without, LATER).rows[0].asks for line in ask.lines] == lines
        assert listed_case(without, LATER).open_asks == listed_case(case, LATER).open_asks
    named = build({"2024-01-01-letter-late": secret})
    assert ["met"] == [line.outcome for ask in timeline_of(named, LATER).rows[0].asks for line in ask.lines]


def test_a_withheld_event_leaves_the_stage_and_nothing_else(build: Build) -> None:
    """The stage has to be true; its date and the lengths before and after it stay back."""
    timeline = timeline_of(build({NOTICE: {"withhold": "all"}}), LATER)
    assert 5 == len(timeline.rows)
    assert 0 == timeline.hidden_rows
    assert [
        (Stage.INITIAL_REVIEW, "2023-04-10", WITHHELD, None),
        (Stage.UNDER_REVIEW, WITHHELD, "2024-01-15", None),
    ] == [(each.stage, each.since, each.until, each.days) for each in timeline.spans[:2]]
    assert [0, 1, 2, 3, 4] == [row.stays for row in timeline.rows]
    open_case = timeline_of(build({NOTICE: {"withhold": "all"}}), Reader(date(2023, 6, 1))).heading
    assert (Stage.UNDER_REVIEW, WITHHELD) == (open_case.stage, open_case.since)


def test_a_withheld_move_is_not_told_by_the_row_that_made_it(build: Build) -> None:
    """The step shows after the one before it, not in the rows beside the event that made it."""
    rows = timeline_of(build({NOTICE: {"withhold": ["moves_to"]}}), LATER).rows
    row = next(each for each in rows if each.event == NOTICE)
    assert ((), Stage.UNDER_REVIEW, 2) == (row.moves_to, row.stage, row.stays)
    earlier = {"2023-04-20-letter-thanks": {"kind": "letter"}, NOTICE: {"withhold": ["moves_to"]}}
    rows = timeline_of(build(earlier), LATER).rows
    assert [0, 1, 2, 2, 2, 3, 4] == [each.stays for each in rows]
    head = timeline_of(build({NOTICE: {"withhold": ["moves_to"]}}), Reader(date(2023, 6, 1))).heading
    assert WITHHELD == head.since


def test_a_withheld_departure_is_not_counted(build: Build) -> None:
    for withhold in (["departure"], "all"):
        case = build({REPLY: {"departure": [{"because": "x"}], "withhold": withhold}})
        assert 0 == status_of(case, LATER).departures
        assert not any(row.departed for row in timeline_of(case, LATER).rows)


def test_a_filter_never_tells_what_is_withheld(build: Build) -> None:
    """Asking for a party, or for days, gives the same rows as if the withheld fact were not there."""
    fields = {"addressees": ["records-office"], "senders": ["open-arcadia"]}
    wanted = Filter(parties=frozenset({"records-office"}))
    shown = timeline_of(build({NOTICE: fields, REPLY: None}), LATER, wanted).rows
    hidden = timeline_of(build({NOTICE: {**fields, "withhold": ["addressees"]}, REPLY: None}), LATER, wanted).rows
    assert ([NOTICE], []) == ([each.event for each in shown], list(hidden))
    withheld_date = build({NOTICE: {"withhold": ["dated"]}})
    for chosen in (Filter(since=date(2000, 1, 1)), Filter(until=date(2030, 1, 1))):
        assert WITHHELD not in [each.dated for each in timeline_of(withheld_date, LATER, chosen).rows]
    assert WITHHELD in [each.dated for each in timeline_of(withheld_date, LATER).rows]
    party = {CANARY: PARTY}
    assert (
        () == timeline_of(build({REPLY: {"senders": [CANARY]}}, party), LATER, Filter(parties=frozenset({CANARY}))).rows
    )


def test_a_withheld_item_cannot_be_shown_and_a_visible_one_can(build: Build) -> None:
    items = [{"id": "shelter", "text": "x"}, {"id": "open", "text": "y"}]
    case = build({REPLY: {"requests": items, "withhold": ["requests#shelter"]}})
    event = case.event_by_id[REPLY]
    assert None is item_record(case, event, Reference(f"arcadia-2023/{REPLY}#shelter"), LATER)
    record = item_record(case, event, Reference(f"arcadia-2023/{REPLY}#open"), LATER)
    assert record is not None
    assert ("y", "requests") == (record.values["text"], record.values["field"])
    assert item_record(case, event, Reference(f"arcadia-2023/{REPLY}#shelter"), ALL) is not None


def test_only_a_name_that_stands_by_itself_is_taken_out(build: Build) -> None:
    """A withheld Ann does not black out an annual report."""
    ann = {"name": "Ann", "classification": "individual", "withhold": "all"}
    case = build({REPLY: {"title": "Ann's annual report to ANN, announced"}}, {"ann": ann})
    row = next(each for each in timeline_of(case, LATER).rows if each.event == REPLY)
    assert f"{WITHHELD}'s annual report to {WITHHELD}, announced" == row.title
    assert json.loads(timeline_json(timeline_of(case, LATER)))["rows"]
