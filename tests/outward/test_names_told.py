"""What is withheld by its name: however many names there are, and with a warning where one stands plain elsewhere."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outward.records import Folder, event_values, header_values
from tests.outward.running import inside, run
from tests.outward.tokens import GOVERNMENT, plain
from tests.outward.withheld import PARTIES, STEPS

from ogpcase.checks.leaks import withheld_name_stands_plain
from ogpcase.checks.scope import Scope
from ogpcase.model.codelists import Kind
from ogpcase.model.redacting import Redaction
from ogpcase.model.withhold import WITHHELD
from ogpcase.workspace import Workspace
from ogpcase.yamltree.limits import LARGEST

NAME = "Bdfghjklm Npqrstvwx"
LETTERS = st.text(alphabet="abAB é\u0301_-.\u2122\u0131İſ①x²\u00b4ﬁK'", min_size=3, max_size=6)  # noqa: RUF001 - what folds oddly


def with_witness(folder: Folder) -> Folder:
    folder.parties["witness"] = {"name": NAME, "classification": "individual", "withhold": "all"}
    return folder


def warned(root: Path, code: str) -> set[tuple[str, str]]:
    """Returns the file and the route of each warning of a code."""
    with inside(root):
        rows = json.loads(run("validate", "--json").out)["rows"]
    found = [row for row in rows if row["code"] == code]
    assert not any(NAME.casefold()[:9] in json.dumps(row).casefold() for row in found)
    places = [row["places"][0] for row in found]
    return {(place["path"], ".".join(map(str, place["route"]))) for place in places}


@pytest.mark.parametrize("kind", Kind)
def test_a_withheld_name_is_warned_of_in_every_text_that_a_record_can_have(kind: Kind, tmp_path: Path) -> None:
    """In whatever spelling, in a record of any kind, found by its fields; and nowhere else."""
    told: list[str] = []

    def say(sort: str, way: str) -> object:
        if sort in {"text", "line"}:
            told.append(way.replace(".2.", "."))  # the second of two items
            return f"{plain(sort, way)} for {NAME.upper() if len(told) % 2 else NAME}"
        return plain(sort, way)

    case = "arcadia-2023"
    folder = with_witness(Folder(dict(PARTIES), {case: header_values(plain, GOVERNMENT)}, {case: dict(STEPS)}))
    folder.events[case]["2023-07-01-told"] = {**event_values(kind, say), "dated": "2023-07-01"}
    read = Workspace.open(folder.write(tmp_path)).case(case).casefile
    found = list(withheld_name_stands_plain(Scope(read, {}, date(2026, 1, 1))))  # of one file not all are reported
    places = [each.places[0] for each in found]
    assert {f"{case}/events/2023-07-01-told.yaml"} == {place.file for place in places}
    ways = {".".join(each for each in place.route if isinstance(each, str)).removesuffix(".en") for place in places}
    assert set(told) == ways


def test_a_file_called_after_a_withheld_name_is_warned_of(tmp_path: Path) -> None:
    case = "arcadia-2023"
    folder = with_witness(Folder(dict(PARTIES), {case: header_values(plain, GOVERNMENT)}, {case: dict(STEPS)}))
    folder.events[case]["2023-07-01-letter-bdfghjklm-npqrstvwx"] = {**event_values(Kind.LETTER, plain), "dated": "2023"}
    folder.write(tmp_path)
    assert {(f"cases/{case}/{WITHHELD}", "")} == warned(tmp_path, "OC604")


def test_a_text_withheld_in_one_place_is_warned_of_in_another(tmp_path: Path) -> None:
    case, text = "arcadia-2023", f"A visit to {NAME} at night"
    folder = Folder(dict(PARTIES), {case: header_values(plain, GOVERNMENT)}, {case: dict(STEPS)})
    values = {**event_values(Kind.LETTER, plain), "dated": "2023-07-01"}
    folder.events[case]["2023-07-01-letter-one"] = {**values, "summary": text, "withhold": ["summary"]}
    folder.events[case]["2023-07-01-letter-two"] = {**values, "summary": f"He tells of {text}."}
    folder.write(tmp_path)
    assert {(f"cases/{case}/events/2023-07-01-letter-two.yaml", "summary")} == warned(tmp_path, "OC603")


@given(st.frozensets(LETTERS, max_size=30), LETTERS, LETTERS)
def test_a_name_is_taken_out_wherever_it_stands_as_words(names: frozenset[str], before: str, after: str) -> None:
    redaction = Redaction(names)
    for name in names:
        said = redaction.without(f"{before} {name} {after}")
        assert name in (before, after) or f" {name} " not in f" {said} "


def test_a_party_of_19_000_names_is_as_fast_as_any(tmp_path: Path) -> None:
    """In seconds of the processor."""
    names = [f"n{number:07}" for number in range(19_000)]
    case = "arcadia-2023"
    folder = with_witness(Folder(dict(PARTIES), {case: header_values(plain, GOVERNMENT)}, {case: dict(STEPS)}))
    folder.write(tmp_path)
    path = tmp_path / "cases" / "parties" / "witness.yaml"
    path.write_text(f"name: {NAME}\nclassification: individual\nwithhold: all\nother_names: [{', '.join(names)}]\n")
    assert path.stat().st_size < LARGEST
    with inside(tmp_path):
        begun = time.process_time()
        said = run("timeline", case, "--json").out + run("validate").out
        spent = time.process_time() - begun
    assert "n0000017" not in said
    assert spent < 2.5, spent
