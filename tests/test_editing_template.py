"""A template holds a record as it is, whatever the record; and a text with its own values is the same text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ogpcase.editing.composing import values_in
from ogpcase.editing.given_text import is_template, template_text, text_with, without_template
from ogpcase.editing.picks import Picks
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party
from ogpcase.model.sources import SourceRecord
from ogpcase.workspace.opening import Workspace

CASES = Path(__file__).parent.parent / "cases"
RECORDS = sorted(path for path in CASES.rglob("*.yaml") if path.name != "ogpcase.yaml")
FOLDERS = {"parties": Party, "sources": SourceRecord}


@pytest.fixture(scope="module")
def offered() -> Picks:
    workspace = Workspace.open(CASES)
    return Picks(workspace.case("mexico-2018").casefile, workspace.parties.registry, date(2026, 11, 30))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_template_that_is_left_as_it_is_gives_the_record_back(path: Path, offered: Picks) -> None:
    text = path.read_text()
    values = values_in(text, path.name)
    model = KINDS[Kind(values["kind"])] if "kind" in values else FOLDERS.get(path.parent.name, CaseHeader)
    template = template_text(model, values, offered)
    assert is_template(template)
    assert values == values_in(without_template(template), path.name)
    assert values == values_in(without_template(template_text(model, values, offered, text)), path.name)
    assert text == text_with(text, values)
