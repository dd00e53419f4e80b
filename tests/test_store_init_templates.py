"""What `init` writes: once, and never over what is there."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from ogpcase.errors import CannotWrite
from ogpcase.model.jsonschema import schema_files
from ogpcase.store.files import DiskFiles
from ogpcase.store.init_templates import write_skeleton
from ogpcase.store.layout import find_root
from ogpcase.store.load import load_registry

BODIES = {"ogp", "ogp-support-unit", "ogp-criteria-and-standards", "ogp-steering-committee", "ogp-irm"}
OWN_CASES = Path(__file__).parent.parent / "cases"


def test_the_bodies_of_ogp_are_sound_parties(tmp_path: Path) -> None:
    write_skeleton(tmp_path, {})

    loaded = load_registry(DiskFiles(find_root(None, tmp_path).path))

    assert loaded.problems == ()
    assert BODIES == set(loaded.registry.parties)
    assert {"support_unit", "criteria_and_standards", "steering_committee", "irm", "ogp"} == {
        str(party.body) for party in loaded.registry.parties.values()
    }


@pytest.mark.parametrize("body", sorted(BODIES))
def test_the_project_writes_the_parties_that_it_uses_itself(tmp_path: Path, body: str) -> None:
    write_skeleton(tmp_path, {})

    written = (tmp_path / "cases" / "parties" / f"{body}.yaml").read_text()
    assert (OWN_CASES / "parties" / f"{body}.yaml").read_text() == written


def test_what_is_there_is_left_and_not_named_as_written(tmp_path: Path) -> None:
    settings = tmp_path / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text("{}\n")
    (tmp_path / ".gitignore").symlink_to("nowhere")

    first = write_skeleton(tmp_path, {"case.schema.json": "{}\n"}).written
    again = write_skeleton(tmp_path, {"case.schema.json": "{}\n"}).written

    assert settings.read_text() == "{}\n"
    assert settings not in first
    assert not (tmp_path / "nowhere").exists()
    assert tmp_path / "schemas" / "case.schema.json" in first
    assert all(path.is_file() for path in first)
    assert again == ()


def test_editors_are_pointed_at_schemas_that_are_written(tmp_path: Path) -> None:
    write_skeleton(tmp_path, schema_files())

    mapping = json.loads((tmp_path / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    for schema in mapping:
        assert (tmp_path / schema).is_file(), schema
    of_cases = {f"cases/*/{name}" for name in ("case.yaml", "import.yaml", "events/*.yaml", "sources/*.yaml")}
    records = {*of_cases, "cases/parties/*.yaml", "cases/ogpcase.yaml"}
    assert records == set(mapping.values())


def test_the_workflow_reads_only_and_installs_what_is_named(tmp_path: Path) -> None:
    write_skeleton(tmp_path, {}, "ogpcase==0.1.0")

    text = (tmp_path / ".github" / "workflows" / "ogpcase.yml").read_text()
    assert 'OGPCASE: "ogpcase==0.1.0"' in text
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    assert "pull_request:" in text
    assert "pull_request_target" not in text
    assert "persist-credentials: false" in text


def test_a_folder_that_cannot_be_filled_says_how_far_it_got(tmp_path: Path) -> None:
    (tmp_path / ".vscode").write_text("a file where a folder belongs")

    with pytest.raises(CannotWrite, match="files were written before"):
        write_skeleton(tmp_path, {})

    assert not any(name.startswith(".ogpcase-") for _, _, names in os.walk(tmp_path) for name in names)
