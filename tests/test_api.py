"""`ogpcase.open`: typed values for programs, the same that commands print; nothing unreadable is left out unasked."""

from __future__ import annotations

import gc
import json
import pickle
import subprocess
import sys
import traceback
import types
import weakref
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from tests.living import Living

import ogpcase as package
from ogpcase import api

Run = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).parent.parent
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
DAY = "2026-11-22"
TABLES = ("events", "requests", "findings", "moves", "sources", "durations")
EVENT = "mexico-2018/events/2018-07-16-concern.yaml"


@pytest.fixture(params=[ROOT / "cases", INVENTED], ids=["ours", "invented"])
def folder(request: pytest.FixtureRequest) -> api.Folder:
    return package.open(request.param, as_of=DAY)


def tables_of(folder: api.Folder) -> list[api.Table[Any]]:
    return [folder.cases, *(getattr(folder, name) for name in TABLES)]


def as_json(value: object) -> Any:
    """A value as JSON has it: fields by the names of their columns, days in ISO format, tuples as lists."""
    if is_dataclass(value):
        return {each.name.removesuffix("_"): as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return list(map(as_json, value)) if isinstance(value, tuple) else value


def test_every_value_has_the_type_that_its_field_says(folder: api.Folder) -> None:
    values = [row for table in tables_of(folder) for row in table]
    assert [] == [fault for value in [*values, *folder.problems] for fault in wrong_fields(value)]


def wrong_fields(value: Any) -> list[str]:
    hints = get_type_hints(type(value), vars(api) | {"date": date})
    return [f"{type(value).__name__}.{name}" for name, kind in hints.items() if not fits(getattr(value, name), kind)]


def fits(value: Any, kind: Any) -> bool:
    if get_origin(kind) in {Union, types.UnionType}:
        return any(fits(value, each) for each in get_args(kind))
    if get_origin(kind) is tuple:
        return type(value) is tuple and all(fits(each, get_args(kind)[0]) for each in value)
    if is_dataclass(kind):
        return type(value) is kind and not wrong_fields(value)
    return type(value) in ({int, float} if kind is float else {kind})


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("cases", ("list",)),
        ("requests", ("requests", "--duties")),
        ("durations", ("stats",)),
    ],
)
def test_the_rows_are_those_that_a_command_prints(
    ogpcase: Run, folder: api.Folder, name: str, command: tuple[str, ...]
) -> None:
    done = ogpcase(*command, "--json", "--as-of", DAY, "--root", folder.path)
    assert json.loads(done.stdout)["rows"] == [as_json(row) for row in getattr(folder, name)]


def test_the_events_of_a_case_are_those_of_its_timeline(ogpcase: Run, folder: api.Folder) -> None:
    for case in folder:
        done = ogpcase("timeline", case.id, "--json", "--as-of", DAY, "--root", folder.path)
        ours = [as_json(row) for row in case.events]
        theirs = json.loads(done.stdout)["rows"]
        assert theirs == [{field: row[field] for field in theirs[0]} for row in ours]


def test_a_frame_has_the_cells_that_are_exported(ogpcase: Run, folder: api.Folder) -> None:
    done = ogpcase("export", "json", "--working", "--as-of", DAY, "--root", folder.path)
    exported = {table["table"]: table for table in json.loads(done.stdout)["rows"]}
    for table in tables_of(folder):
        frame = table.to_arrow()
        assert list(table.columns) == frame.column_names
        if table.name in exported:
            rows = [{name: as_json(value) for name, value in row.items()} for row in frame.to_pylist()]
            assert exported[table.name]["rows"] == rows


def test_problems_are_those_of_validate(ogpcase: Run, mexico: Path) -> None:
    plant(mexico, EVENT, "kind: concern", "kind: cncern")
    done = ogpcase("validate", "--format", "json")
    ours = package.open("cases").problems
    assert json.loads(done.stdout)["rows"] == [as_json(problem) for problem in ours]
    assert "error" in {problem.severity for problem in ours}


def plant(root: Path, file: str, right: str, wrong: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert right in text
    (root / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "right", "wrong", "whole"),
    [
        (EVENT, "kind: concern", "kind: cncern", True),
        (EVENT, "told_by: consultant-page", "told_by: [consultant-page]", False),
        ("mexico-2018/case.yaml", "title:", "titel:", False),
    ],
)
def test_what_cannot_be_read_is_never_left_out_unasked(
    mexico: Path, file: str, right: str, wrong: str, *, whole: bool
) -> None:
    plant(mexico, file, right, wrong)
    folder = package.open("cases", as_of=DAY)
    for ask in (lambda: folder.case("mexico-2018"), lambda: list(folder), *map(asking, tables_of(folder))):
        with pytest.raises(api.NotRead, match="cannot be read") as raised:
            ask()
        assert {f"cases/{file}": whole} == raised.value.files
    assert folder.case("mexico-2023").summary.stage
    assert {f"cases/{file}": whole} == folder.not_read
    part = package.open("cases", as_of=DAY, incomplete=True)
    assert {f"cases/{file}": whole} == part.case("mexico-2018").not_read == part.not_read
    assert 3 == len(list(part.cases))
    assert [] == [table.name for table in tables_of(part) if not list(table)]


def asking(table: api.Table[Any]) -> Callable[[], list[Any]]:
    return lambda: list(table)


def test_a_party_that_cannot_be_read_is_told_too(mexico: Path) -> None:
    party = mexico / "parties" / "government-of-mexico.yaml"
    party.write_text("name: [\n", encoding="utf-8")
    with pytest.raises(api.NotRead) as raised:
        list(package.open("cases", as_of=DAY).events)
    assert {"cases/parties/government-of-mexico.yaml": True} == raised.value.files
    assert "government-of-mexico" in str(package.open("cases", incomplete=True).not_read)


def test_a_case_that_is_no_folder_stops_the_list(mexico: Path) -> None:
    (mexico / "arcadia-2024").write_text("", encoding="utf-8")
    (mexico / "arcadia-2023").symlink_to(mexico / "mexico-2018", target_is_directory=True)
    with pytest.raises(api.NotRead):
        list(package.open("cases").cases)


def test_the_reader_decides_what_is_there() -> None:
    def stage(**reader: Any) -> str | None:
        return package.open(ROOT / "cases", **reader).case("mexico-2018").summary.stage

    assert "under_review" == stage(as_of="2018-10-01") == stage(as_of=date(2018, 10, 1))
    assert "under_review" == stage(as_of=datetime(2018, 10, 1, 12))  # noqa: DTZ001 - a day is a day
    assert "initial_review" == stage(known_by="2018-10-01")
    folder = package.open(ROOT / "cases", known_by="2018-10-01", lang="es")
    assert (date(2018, 10, 1), date(2018, 10, 1), "es", False) == (
        folder.as_of, folder.known_by, folder.lang, folder.public,
    )  # fmt: skip
    spanish = package.open(ROOT / "cases", lang="es").case("mexico-2018")
    assert {"es"} <= {event.language for event in spanish.events}


def test_the_public_copy_has_nothing_that_is_withheld(arcadia: Path) -> None:
    event = next((arcadia / "arcadia-2023" / "events").glob("*-letter-*.yaml"))
    name = f"arcadia-2023/events/{event.name}"
    plant(arcadia, name, "\nsources:", "\nsummary: The shelter stands at the harbour\nwithhold: [summary]\nsources:")
    working = package.open("cases")
    copy = package.open("cases", public=True)
    assert (False, True) == (working.public, copy.public)
    assert (1, 0) == (working.case("arcadia-2023").withholds, copy.case("arcadia-2023").withholds)
    assert "harbour" not in str([list(table) for table in tables_of(copy)])
    assert "harbour" not in str(copy.problems)


def test_a_copy_that_is_refused_is_an_exception(mexico: Path) -> None:
    plant(mexico, EVENT, "kind: concern", "kind: cncern")
    with pytest.raises(api.NotPublished) as raised:
        package.open("cases", public=True)
    assert {api.Problem} == set(map(type, raised.value.reasons))
    assert [f"cases/{EVENT}"] == [place.path for problem in raised.value.reasons for place in problem.places]


@pytest.mark.parametrize(
    ("raised", "opening"),
    [
        (api.Misused, {"as_of": "2018-13-01"}),
        (api.Misused, {"as_of": "20180716"}),
        (api.Misused, {"known_by": "yesterday"}),
        (api.Misused, {"as_of": 20180716}),
        (api.Misused, {"lang": "no language"}),
        (api.Misused, {"lang": 5}),
        (api.NoCasesHere, {"path": "nowhere"}),
    ],
)
def test_what_is_no_day_language_or_folder_is_refused(raised: type[Exception], opening: dict[str, Any]) -> None:
    with pytest.raises(raised):
        package.open(**{"path": ROOT / "cases", **opening})


def test_an_error_says_its_hints_and_comes_whole_from_another_process(mexico: Path) -> None:
    plant(mexico, EVENT, "kind: concern", "kind: cncern")
    with pytest.raises(api.NotRead) as raised:
        list(package.open("cases").events)
    again = pickle.loads(pickle.dumps(raised.value))
    assert f"`cases/{EVENT}` cannot be read" == str(again) == again.message
    assert ({f"cases/{EVENT}": True}, raised.value.hints) == (again.files, again.hints)
    assert "open the folder with `incomplete=True`" in "".join(traceback.format_exception(again))


def test_folders_and_cases_say_what_they_are(mexico: Path) -> None:
    folder = package.open(mexico, as_of=DAY)
    assert f"<ogpcase folder cases, as of {DAY}>" == repr(folder)
    assert f"<ogpcase case mexico-2018, as of {DAY}>" == repr(folder.case("mexico-2018"))
    assert "<ogpcase table of events>" == repr(folder.events)


def test_a_case_that_is_not_there_is_an_exception() -> None:
    with pytest.raises(api.UnknownCase, match="no case is called `atlantis`"):
        package.open(ROOT / "cases").case("atlantis")


def test_a_library_that_is_missing_is_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = package.open(ROOT / "cases").cases
    for library in ("pandas", "polars", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    for frame, extra in ((cases.to_arrow, "parquet"), (cases.to_pandas, "pandas"), (cases.to_polars, "polars")):
        with pytest.raises(api.BrokenInstallation, match=frame.__name__) as raised:
            frame()
        assert (f"install it with the tool: pip install 'ogpcase[{extra}]'",) == raised.value.hints


@pytest.fixture
def thirteen(tmp_path: Path) -> Path:
    """A folder of thirteen cases that are alike."""
    source = Path(__file__).parent / "folders" / "arcadia" / "cases"
    copytree(source, tmp_path / "cases")
    for number in range(12):
        copytree(source / "arcadia-2023", tmp_path / "cases" / f"arcadia-{number}")
    return tmp_path


def test_few_cases_are_in_memory_at_once(thirteen: Path) -> None:
    alive: list[weakref.ref[Any]] = []
    most = 0
    for case in package.open(thirteen, as_of=DAY):
        assert case.summary.events == len(list(case.events))
        alive.append(weakref.ref(vars(case)["_case"]))
        most = max(most, sum(each() is not None for each in alive))
        del case
    gc.collect()
    assert most <= 3
    assert len(alive) >= 13


@pytest.mark.parametrize("made", [list, api.Table.to_arrow], ids=["rows", "frame"])
@pytest.mark.parametrize("name", ["cases", *TABLES])
def test_a_table_holds_the_events_of_few_cases(
    thirteen: Path, monkeypatch: pytest.MonkeyPatch, name: str, made: Callable[[api.Table[Any]], object]
) -> None:
    """Counted whenever a case is read, and at the end: also of the tables in one order over all cases."""
    living = Living(monkeypatch)
    rows = made(getattr(package.open(thirteen, as_of=DAY), name))
    of_one = living.read // 13
    assert rows
    assert of_one
    assert living.most <= 3 * of_one
    gc.collect()
    assert living.now <= 3 * of_one


def test_nothing_is_printed_and_no_command_line_is_loaded(capfd: pytest.CaptureFixture[str]) -> None:
    script = f"""
import sys
import ogpcase
light = set(sys.modules)
folder = ogpcase.open({str(ROOT / "cases")!r})
assert folder.problems and all(list(case.events) for case in folder)
print(sorted(light & {{"pydantic", "typing", "yaml"}}))
print(sorted(sys.modules.keys() & {{"ogpcase.cli", "typer", "rich", "pyarrow"}}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ("[]\n[]\n", "") == (done.stdout, done.stderr)
    package.open(ROOT / "cases").case("mexico-2018")
    assert ("", "") == capfd.readouterr()


def test_other_names_of_the_package_are_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = package.opened
