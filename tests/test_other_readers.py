"""Tables read by frictionless, Datasette, pandas and polars, where they are: `.ci/run` installs them for this alone.

They bring many packages, so they are not among those that the other tests need.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import pytest

import ogpcase
from ogpcase.output.columns import Type, flat
from ogpcase.reports.tables import EXPORTED, TABLES

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
DAY = ("--as-of", "2026-11-22")
HOSTILE = '"=HYPERLINK(1)\\n\\"quoted\\", ; | <b>'


@pytest.fixture
def exported(mexico: Path, tmp_path: Path, ogpcase: Run) -> Path:
    """Our own cases and the invented ones, with a hostile title, as a Data Package and as a database."""
    copytree(INVENTED, mexico, dirs_exist_ok=True)
    letter = mexico / "mexico-2018" / "events" / "2018-11-30-letter-government-response.yaml"
    lines = letter.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("title:")]
    letter.write_text("\n".join([kept[0], f'title: {HOSTILE}"', *kept[1:]]) + "\n", encoding="utf-8")
    for form in ("csv", "sqlite"):
        done = ogpcase("export", form, "--to", tmp_path / form, *DAY)
        assert (0, "") == (done.returncode, done.stderr)
    return tmp_path


def test_frictionless_finds_the_data_package_valid(exported: Path) -> None:
    """Types, keys, references between tables, sizes and checksums included."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = frictionless.Package(str(exported / "csv" / "datapackage.json"))
    report = package.validate()
    assert [] == report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert list(TABLES) == package.resource_names
    for name in TABLES:
        resource = package.get_resource(name)
        assert EXPORTED[name].sentence == resource.description
        assert [column.name for column in flat(EXPORTED[name].columns)] == [
            field.name for field in resource.schema.fields
        ]
        assert resource.read_rows()
    events = package.get_resource("events")
    assert {"date"} == {field.type for field in events.schema.fields if field.name in {"earliest", "latest"}}
    assert any(row["title"].startswith("'=HYPERLINK(1)") for row in events.read_rows())


def test_frictionless_would_see_a_reference_that_leads_nowhere(exported: Path) -> None:
    """A test of the test above."""
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    path = exported / "csv" / "datapackage.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    cases = (exported / "csv" / "cases.csv").read_bytes().splitlines(keepends=True)[:-1]
    (exported / "csv" / "cases.csv").write_bytes(b"".join(cases))
    for resource in told["resources"]:
        resource.pop("bytes")
        resource.pop("hash")
    path.write_text(json.dumps(told), encoding="utf-8")
    report = frictionless.Package(str(path)).validate()
    assert {"foreign-key"} == {kind for (kind,) in report.flatten(["type"])}


def test_datasette_serves_the_database_with_its_sentences_keys_and_search(exported: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="datasette is not installed")
    metadata = json.loads((exported / "sqlite" / "metadata.json").read_text(encoding="utf-8"))
    served = app.Datasette([], immutables=[str(exported / "sqlite" / "ogpcase.db")], metadata=metadata)

    async def asked() -> tuple[Any, Any, str, str]:
        client = served.client
        found = (await client.get("/ogpcase/events.json?_shape=objects&_search=vigilancia&_size=max")).json()
        linked = (await client.get("/ogpcase/requests.json?_shape=objects&_labels=on&_size=3")).json()
        return found, linked, (await client.get("/ogpcase/events")).text, (await client.get("/ogpcase")).text

    found, linked, table, tables = asyncio.run(asked())
    assert found["rows"]
    assert {"value", "label"} <= set(linked["rows"][0]["case"])
    sentence = next(column.sentence for column in flat(EXPORTED["events"].columns) if column.name == "departure")
    assert sentence in table
    assert EXPORTED["events"].sentence in table
    for name in TABLES:
        assert f"/ogpcase/{name}" in tables
    assert Type.FLAG in {column.type for column in flat(EXPORTED["events"].columns)}


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_frame_for_a_python_program_has_every_value(mexico: Path, library: str) -> None:
    """Lists, days, halves in a median, and columns of nothing come back as pyarrow has them."""
    pytest.importorskip(library, reason=f"{library} is not installed")
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    copytree(INVENTED, mexico, dirs_exist_ok=True)
    folder = ogpcase.open(mexico, as_of=DAY[1])
    for table in (folder.cases, folder.events, folder.requests, folder.findings, folder.moves, folder.durations):
        frame = getattr(table, f"to_{library}")()
        back = frame.to_arrow() if library == "polars" else pyarrow.Table.from_pandas(frame, preserve_index=False)
        assert table.to_arrow().to_pylist() == back.to_pylist()
