"""Who appears in which role how often; and nothing that only perhaps happened as certain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import chain

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.output.columns import flat, table_csv
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.parties.rows import ROLES, Parties, PartyLine, parties_in
from ogpcase.reports.parties.tables import COLUMNS, PARTIES
from ogpcase.reports.parties.text import parties_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, REPLY = "2023-02-01-letter-ask", "2023-08-30-letter-reply"


def listed(case: CaseFile, reader: Reader = LATER) -> Parties:
    return parties_in(case.registry, [case], reader)


def line(parties: Parties, party: str) -> PartyLine:
    return next(each for each in (*parties.named, *parties.absent) if each.party == party)


def drawn(parties: Parties) -> str:
    """The list in full."""
    return "\n".join(map(plain, parties_lines(parties._replace(full=True), Page(80))))


def counts(each: PartyLine) -> dict[str, int]:
    return {one.role: one.times for one in each.roles}


def test_roles_are_counted_and_those_in_most_records_come_first(build: Build) -> None:
    parties = listed(build())
    assert [
        ("government-of-arcadia", 2), ("ogp-criteria-and-standards", 2), ("open-arcadia", 2), ("ogp-support-unit", 1),
        ("records-office", 1),
    ] == [(each.party, each.records) for each in parties.named]  # fmt: skip
    assert {"subject": 1, "addressee": 1, "asked": 1, "through_parts": 1} == counts(parties.named[0])
    assert {"adopter": 1, "decider": 1} == counts(parties.named[1])
    assert {"filer": 1, "sender": 1} == counts(parties.named[2])
    assert {"sender": 1, "answers": 1} == counts(line(parties, "records-office"))


def test_every_role_there_is_can_be_had(build: Build) -> None:
    everybody = ["open-arcadia"]
    case = build(
        {
            ASK: {"copied": everybody, "addressees": everybody, "signatories": everybody,
                  "signed_by": [{"name": "X", "for": "open-arcadia"}],
                  "also_stated": [{"field": "senders", "value": "open-arcadia", "source": "page"}],
                  "requests": [{"id": "publish", "text": "x", "asked_of": everybody}]},
            REPLY: {"answers": [{"request": f"{ASK}#publish", "answer": "none", "of": everybody}]},
            "2024-07-01-statement": {"kind": "statement", "issued_by": everybody,
                                     "answers": [{"request": f"{ASK}#publish", "answer": "met"}]},
            "2024-07-01-report": {"kind": "report", "authors": everybody, "adopted_by": everybody},
            "2024-07-01-resolution": {"kind": "resolution", "by": everybody},
            "2024-07-01-development": {"kind": "development", "participants": everybody, "on_behalf_of": everybody},
            "2024-07-01-commitment": {"kind": "commitment", "lead": everybody, "assessments": [
                {"by": "open-arcadia", "dated": "2025", "completion": "limited"}]},
        },
        {"ogp-support-unit": {"part_of": ["open-arcadia"]}},
        subject="open-arcadia",
    )  # fmt: skip
    assert dict.fromkeys(ROLES, 1) == counts(line(listed(case), "open-arcadia"))


def test_a_party_in_no_record_stands_apart_and_a_name_without_a_file_among_the_rest(build: Build) -> None:
    case = build({ASK: {"copied": ["stranger"]}}, {"bystander": {"name": "Bystander", "classification": "other"}})
    parties = listed(case)
    assert ["bystander"] == [each.party for each in parties.absent]
    assert (False, {"copied": 1}) == (line(parties, "stranger").recorded, counts(line(parties, "stranger")))
    text = drawn(parties)
    assert text.endswith("\nIn no record of this case\n  Bystander (bystander)")
    assert "has no file · copied 1" in text


def test_names_as_printed_stand_beside_the_party(build: Build) -> None:
    named = {"party": "open-arcadia", "as_named": "Open-Arcadia e.V."}
    case = build({ASK: {"senders": [named]}, "2024-07-01-letter": {"kind": "letter", "copied": [named]}})
    assert ("Open-Arcadia e.V.",) == line(listed(case), "open-arcadia").as_named
    assert "\n     as “Open-Arcadia e.V.”" in drawn(listed(case))


def test_what_perhaps_happened_is_counted_apart_and_what_came_later_not_at_all(build: Build) -> None:
    case = build({REPLY: {"dated": "2023-08"}})
    office = line(listed(case, Reader(date(2023, 8, 15))), "records-office")
    assert (0, 1, [("sender", 0, 1), ("answers", 0, 1)]) == (
        office.records, office.perhaps, [(each.role, each.times, each.perhaps) for each in office.roles]
    )  # fmt: skip
    assert () == line(listed(case, Reader(date(2023, 7, 1))), "records-office").roles
    text = drawn(listed(case, Reader(date(2023, 8, 15))))
    assert "sender perhaps 1 · answers perhaps 1" in text
    assert "perhaps in 1 more record" in text
    short = [*map(plain, parties_lines(listed(case, Reader(date(2023, 8, 15))), Page(120)))]
    assert any("sender perhaps 1, answers perhaps 1, perhaps in 1 more record" in each for each in short)


def test_before_anything_happened_nobody_appears(build: Build) -> None:
    parties = listed(build(), Reader(date(2020, 1, 1)))
    assert ((), 5) == (parties.named, len(parties.absent))


def test_a_folder_without_a_case_lists_its_parties(build: Build) -> None:
    parties = parties_in(build().registry, [], LATER)
    assert ((), 5) == (parties.named, len(parties.absent))
    assert () == parties_in(Registry(), [], LATER).absent


def test_the_cells_of_the_table_are_numbers_by_role(build: Build) -> None:
    case = build({}, {"open-arcadia": {"name": "=Open()"}})
    head, *rows = table_csv(PARTIES.table(listed(case))).split("\r\n")
    assert ",".join(f'"{each}"' for each in (column.name for column in flat(COLUMNS))) == head
    mine = next(each for each in rows if each.startswith('"open-arcadia"'))
    assert mine.startswith('"open-arcadia","\'=Open()","civil_society","","","2","0","0","1","1","0"')


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_list_fits_its_page(build: Build, width: int) -> None:
    case = build({}, {"open-arcadia": {"name": "字幕 " * 20}})
    several = (parties_lines(listed(case)._replace(full=full), Page(width)) for full in (False, True))
    for each in map(plain, chain.from_iterable(several)):
        assert cells(each) <= width or " " not in each.strip(), each
