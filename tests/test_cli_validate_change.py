"""`validate --base`, `--new-only` and `--fix`, and `show --history`, on a repository with a change in it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]

LETTER = "arcadia-2023/events"


@pytest.fixture
def committed(arcadia: Path) -> Path:
    """The case of Arcadia in a repository, with a letter that has an unknown field committed."""
    old = first_event(arcadia)
    old.write_text(old.read_text() + "notanyfield: here before\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "before")):
        git(arcadia, *words)
    return arcadia


def git(folder: Path, *words: str) -> None:
    alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org")
    subprocess.run(["git", "-C", str(folder.parent), *who, *words], env=alone, check=True, capture_output=True)


def first_event(cases: Path) -> Path:
    return min((cases / LETTER).iterdir())


def last_event(cases: Path) -> Path:
    return max((cases / LETTER).iterdir())


def codes(done: CompletedProcess[str]) -> list[str]:
    return [row["code"] for row in json.loads(done.stdout)["rows"] if row["severity"] == "error"]


def test_new_only_passes_where_the_change_brings_nothing(committed: Path, ogpcase: Run) -> None:
    """An error that was there before fails `validate`, and not `--new-only`."""
    assert 1 == ogpcase("validate", "--json").returncode
    done = ogpcase("validate", "--new-only", "--json")
    assert 0 == done.returncode
    assert [] == codes(done)
    assert committed.is_dir()


def test_new_only_fails_for_what_the_change_brings_alone(committed: Path, ogpcase: Run) -> None:
    """Of two errors only the new one is reported."""
    new = last_event(committed)
    new.write_text(new.read_text() + "norisany: new\n")
    done = ogpcase("validate", "--new-only", "--base", "HEAD", "--json")
    assert 1 == done.returncode
    rows = json.loads(done.stdout)["rows"]
    assert [new.name] == [Path(row["places"][0]["path"]).name for row in rows if row["severity"] == "error"]


def test_new_only_takes_neither_paths_nor_fix(committed: Path, ogpcase: Run) -> None:
    for more in (("--fix",), (str(first_event(committed)),)):
        done = ogpcase("validate", "--new-only", *more)
        assert 2 == done.returncode
        assert "leave out" in done.stderr


def test_changed_files_come_first_in_annotations(committed: Path, ogpcase: Run) -> None:
    """Ten annotations are shown: those of the change must be among them."""
    new = last_event(committed)
    new.write_text(new.read_text() + "norisany: new\n")
    plain = ogpcase("validate", "--format", "github").stdout
    with_base = ogpcase("validate", "--format", "github", "--base", "HEAD").stdout

    def first(text: str) -> str:
        return next(line for line in text.splitlines() if line.startswith("::error"))

    assert first_event(committed).name in first(plain)
    assert new.name in first(with_base)


def test_a_base_that_is_none_is_refused(committed: Path, ogpcase: Run) -> None:
    assert committed.is_dir()
    for base in ("no-such-revision", "-x", "--output=x", "HEAD:cases"):
        done = ogpcase("validate", f"--base={base}")
        assert done.returncode in {1, 2}
        assert done.stderr


def test_fix_mends_what_has_one_right_answer_and_nothing_else(arcadia: Path, ogpcase: Run) -> None:
    """Line ends are mended, every other byte stays; a second run changes nothing."""
    file = first_event(arcadia)
    before = file.read_bytes()
    lines = before.split(b"\n")
    file.write_bytes(b"\n".join([lines[0] + b"\r", *lines[1:]]))
    others = {path: path.read_bytes() for path in arcadia.rglob("*.yaml") if path != file}
    done = ogpcase("validate", "--fix", file)
    assert 0 == done.returncode, done.stdout + done.stderr
    assert file.name in done.stderr
    assert before == file.read_bytes()
    assert others == {path: path.read_bytes() for path in others}
    again = ogpcase("validate", "--fix", file)
    assert "nothing was written" in again.stderr
    assert before == file.read_bytes()


def test_fix_leaves_a_nearest_name_to_a_person(arcadia: Path, ogpcase: Run) -> None:
    file = first_event(arcadia)
    text = file.read_text().replace("\ntitle:", "\ntitel:", 1)
    file.write_text(text)
    done = ogpcase("validate", "--fix", "--format", "concise")
    assert 1 == done.returncode
    assert "OC202" in done.stdout
    assert text == file.read_text()


def test_history_is_shown(committed: Path, ogpcase: Run) -> None:
    name = last_event(committed).stem
    done = ogpcase("show", f"arcadia-2023/{name}", "--history")
    assert 0 == done.returncode, done.stderr
    assert "added" in done.stdout
    as_json = ogpcase("show", f"arcadia-2023/{name}", "--history", "--json")
    assert "history" == json.loads(as_json.stdout)["kind"]


def test_a_history_says_values_in_the_language_of_its_reader(committed: Path, ogpcase: Run) -> None:
    report = committed / LETTER / "2024-01-15-report-review.yaml"
    text = report.read_text().replace("addressed: addressed", "addressed: not_addressed")
    report.write_text(f"{text}context: true\n")
    done = ogpcase("show", "arcadia-2023/2024-01-15-report-review", "--history", "--lang", "es")
    told = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "hallazgos 2023-04-10-concern sealed-contracts, atención en el país Atendido → No atendido" in told
    assert "contexto no → sí" in told
    assert ["addressed", "not_addressed"] == _values(ogpcase("show", report.stem, "--history", "--json"))


def _values(history: CompletedProcess[str]) -> list[str]:
    fields = [field for row in json.loads(history.stdout)["rows"] for field in row["fields"]]
    return next([field["before"], field["after"]] for field in fields if field["field"].endswith(".addressed"))
