"""Terms: the last day, how it is counted, and how it was moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ogpcase.ledger import Counted, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CountedFrom
from ogpcase.model.ids import Reference
from ogpcase.model.items import Unit
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.requests.rows import Missed, RowAsk, ShownTerm, row_ask
from ogpcase.reports.shown import Shown

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, REPLY = "2023-02-01-letter-ask", "2023-08-30-letter-reply"
DUE = "2023-03-01"


def asked(item: str = "publish", **fields: object) -> dict[str, Any]:
    return {"requests": [{"id": item, "text": "Publish them", "asked_of": ["government-of-arcadia"], **fields}]}


def extended(*new_due: str | None, dated: str = "", **fields: object) -> dict[str, Any]:
    """Letters of the government, each of which moves the term."""
    letters = {}
    for number, day in enumerate(new_due):
        told = {"request": f"{ASK}#publish", "answer": "extended", **({"new_due": day} if day else {})}
        given = dated or f"2023-02-2{number}"
        values = {"kind": "letter", "dated": given, "senders": ["government-of-arcadia"], "answers": [told], **fields}
        letters[f"2023-02-2{number}-letter-more-time"] = values
    return letters


def the_ask(case: CaseFile, reader: Reader = LATER, item: str = "publish") -> RowAsk:
    shown = Shown(case, reader)
    return row_ask(shown, next(ask for ask in asks_of(case, reader.moment) if ask.item == item))


def so_many(number: int, unit: Unit, after: str | None, start: str) -> Counted:
    return Counted(number, unit, Reference(after) if after else None, CountedFrom(start))


def term(case: CaseFile, reader: Reader = LATER) -> ShownTerm:
    found = the_ask(case, reader).term
    assert found is not None
    return found


def test_a_named_day_is_shown_as_written(build: Build) -> None:
    day = date(2023, 3, 1)
    assert ShownTerm(
        DUE, DUE, day, day, certain=True, counted=None, moves=(), not_known=None
    ) == term(build())  # fmt: skip
    month = term(build({ASK: asked(due="2023-03")}))
    assert ("2023-03", "2023-03-31", True) == (month.set_to, month.last_day, month.certain)
    assert (date(2023, 3, 31),) * 2 == (month.earliest, month.latest)
    lasting = term(build({ASK: asked(due="2023-03-01/2023-04-15")}))
    assert ("2023-04-15", date(2023, 4, 15), True) == (lasting.last_day, lasting.latest, lasting.certain)


def test_without_a_term_there_is_none(build: Build) -> None:
    case = build({ASK: asked()})
    assert the_ask(case).term is None
    assert [None] == [line.term for line in the_ask(case).lines]


def test_an_unknown_day_is_said_to_be_so(build: Build) -> None:
    found = term(build({ASK: asked(due="unknown")}))
    assert ("unknown", None, "day", False) == (found.set_to, found.last_day, found.not_known, found.certain)


@pytest.mark.parametrize(
    ("within", "counted", "last_day"),
    [
        ({"days": 30}, so_many(30, "days", None, "dated"), "2023-03-03"),
        ({"months": 1, "from": "received"}, so_many(1, "months", None, "received"), "2023-03-04"),
        ({"weeks": 2, "from": "published"}, so_many(2, "weeks", None, "published"), None),
        ({"years": 1, "after": REPLY}, so_many(1, "years", REPLY, "dated"), "2024-08-30"),
        ({"days": 1, "after": f"{REPLY}#other"}, so_many(1, "days", f"{REPLY}#other", "dated"), None),
    ],
)
def test_a_counted_term_says_from_what(
    build: Build, within: dict[str, Any], counted: Counted, last_day: str | None
) -> None:
    found = term(build({ASK: {**asked(within=within), "received": "2023-02-04"}, REPLY: {"answers": []}}))
    assert (last_day, counted, last_day) == (found.set_to, found.counted, found.last_day)
    assert found.not_known == (None if last_day else "start")


def test_a_move_shows_to_which_day_by_which_paper_and_keeps_the_first_day(build: Build) -> None:
    case = build({**extended("2023-06-01", "2023-05-01"), REPLY: {"answers": []}})
    found = term(case)
    assert (DUE, "2023-05-01", date(2023, 5, 1), True) == (found.set_to, found.last_day, found.latest, found.certain)
    assert [
        ("2023-06-01", "2023-02-20-letter-more-time", False, True),
        ("2023-05-01", "2023-02-21-letter-more-time", True, True),
    ] == [(str(each.to), each.told.event.id, each.brought_forward, each.told.certain) for each in found.moves]
    assert "2023-05-01" == the_ask(case).extended_to


def test_a_counted_term_that_was_moved_keeps_how_it_was_counted_and_its_first_day(build: Build) -> None:
    found = term(build({ASK: asked(within={"days": 30}), **extended("2023-06-01")}))
    assert ("2023-03-03", so_many(30, "days", None, "dated"), "2023-06-01") == (
        found.set_to, found.counted, found.last_day,
    )  # fmt: skip


def test_a_move_to_no_day_leaves_none(build: Build) -> None:
    found = term(build(extended(None)))
    assert (DUE, None, "day") == (found.set_to, found.last_day, found.not_known)
    assert [None] == [each.to for each in found.moves]


def test_a_merely_possible_move_leaves_both_days_and_neither_for_sure(build: Build) -> None:
    found = term(build(extended("2023-06-01", dated="unknown")))
    assert (date(2023, 3, 1), date(2023, 6, 1), False) == (found.earliest, found.latest, found.certain)
    assert [False] == [each.told.certain for each in found.moves]


def test_a_move_for_one_party_shows_in_its_line_alone(build: Build) -> None:
    two = asked(due=DUE)
    two["requests"][0]["asked_of"] = ["open-arcadia", "records-office"]
    told = {"request": f"{ASK}#publish", "answer": "extended", "new_due": "2023-06-01", "of": ["records-office"]}
    ask = the_ask(build({ASK: two, **extended("2023-06-01", answers=[told])}))
    assert ask.term is not None
    assert DUE == ask.term.last_day
    assert {"Open Arcadia": DUE, "Records Office": "2023-06-01"} == {
        line.party: line.term.last_day if line.term else None for line in ask.lines
    }


def test_on_a_day_before_it_was_moved_the_term_is_the_first(build: Build) -> None:
    found = term(build(extended("2023-06-01")), Reader(date(2023, 2, 19)))
    assert (DUE, ()) == (found.last_day, found.moves)


ENDS = procedure_named("response_policy-2017").stage("permanently_suspended")


def test_what_follows_is_told_in_the_readers_language(build: Build) -> None:
    missed = {"text": {"en": "It ends", "es": "Termina"}, "stage": "permanently_suspended"}
    case = build({ASK: asked(due=DUE, on_missed=missed)})
    assert Missed("It ends", ENDS) == the_ask(case).on_missed
    assert Missed("Termina", ENDS) == the_ask(case, LATER._replace(language="es")).on_missed
    assert Missed("It ends", None) == the_ask(build({ASK: asked(on_missed={"text": "It ends"})})).on_missed
    assert the_ask(build()).on_missed is None


NOTICE = "2023-05-22-letter-notice"


def beside(build: Build, case: CaseFile, *names: str) -> CaseFile:
    """The case beside another one, of which these are events; none of those of the sound case are in it."""
    others = {name: {"kind": "letter"} for name in names}
    other = replace(build({**dict.fromkeys((ASK, REPLY, NOTICE)), **others}), id="borduria-2022")
    return replace(case, beside={other.id: other})


def test_a_term_runs_from_a_paper_of_another_case(build: Build) -> None:
    within = {"days": 1, "after": "borduria-2022/2023-12-30-letter"}
    case = build({ASK: asked(within=within)})
    assert "2023-12-31" == term(beside(build, case, "2023-12-30-letter")).last_day
