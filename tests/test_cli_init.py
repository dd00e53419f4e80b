"""`ogpcase init`: a folder to begin with, in which the whole way from the first letter to a move can be gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
BODIES = ["ogp", "ogp-criteria-and-standards", "ogp-irm", "ogp-steering-committee", "ogp-support-unit"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_writes_bodies_schemas_and_settings(here: Path, ogpcase: Run) -> None:
    done = ogpcase("init", "--install-from", "0.1.0")
    assert (0, "") == (done.returncode, done.stderr)
    assert BODIES == sorted(path.stem for path in (here / "cases" / "parties").iterdir())
    for name in (
        ".github/workflows/ogpcase.yml",
        ".pre-commit-config.yaml",
        ".gitignore",
        ".gitattributes",
        "schemas/letter.schema.json",
    ):
        assert (here / name).is_file()
    settings = json.loads((here / ".vscode" / "settings.json").read_text())
    assert any("schemas/letter.schema.json" in schema or "schemas/event.schema.json" in schema
               for schema in settings["yaml.schemas"])  # fmt: skip
    assert done.stdout.endswith("next    ogpcase open-case ID --title … --subject … --country …\n")
    assert 0 == ogpcase("schema", "--check").returncode
    assert 0 == ogpcase("validate").returncode
    assert "no case to show; open one with `ogpcase open-case ID`\n" == ogpcase("list").stdout


def test_nothing_there_is_overwritten(here: Path, ogpcase: Run) -> None:
    (here / ".gitignore").write_text("mine\n")
    ogpcase("init", "below")
    first = ogpcase("init", "--install-from", "0.1.0")
    second = ogpcase("init", "--install-from", "0.1.0")
    assert "mine\n" == (here / ".gitignore").read_text()
    assert ".gitignore" not in first.stdout
    assert (0, True) == (
        second.returncode,
        second.stdout.startswith("everything already exists; nothing was written\n"),
    )
    assert (here / "below" / "cases" / "parties").is_dir()


def test_a_public_copy_is_left_to_publish(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in arcadia.parent.rglob("*") if path.is_file()}
    done = ogpcase("init", "--install-from", "0.1.0")
    assert (1, "") == (done.returncode, done.stdout)
    assert "is a public copy, which only `publish` writes; nothing was written" in done.stderr
    assert "`ogpcase init --register`" in done.stderr
    assert before == {path: path.read_bytes() for path in arcadia.parent.rglob("*") if path.is_file()}


def test_a_folder_that_is_a_file_is_named(here: Path, ogpcase: Run) -> None:
    (here / "taken").write_text("")
    done = ogpcase("init", "taken")
    assert (1, "") == (done.returncode, done.stdout)
    assert "error: `taken` cannot be filled: " in done.stderr
    assert "nothing was written" in done.stderr


def test_the_whole_way_of_an_analyst(here: Path, ogpcase: Run) -> None:
    source = ("--source", "https://example.org/page")
    for words in (
        ("init",),
        ("open-case", "utopia-2023", "--title", "{en: Sealed ports, eo: Fermitaj havenoj}", "--country", "XU",
         "--policy-version", "2017", "--subject", "Government of Utopia",
         "--new-party", "{name: Government of Utopia, classification: government, country: XU}"),
        ("add-party", "open-ports", "--name", "Open Ports, a Network", "--classification", "civil_society"),
        ("add-event", "utopia-2023", "letter", "--title", "A plea", "--dated", "2023-02-01",
         "--senders", "open ports, a network", "--addressees", "Government of Utopia", "--slug", "plea",
         "--request", "{id: open, asked_of: [Government of Utopia], text: Open the ports, due: 2023-03-01}", *source),
        ("add-event", "utopia-2023", "concern", "--title", "The Concern", "--dated", "2023-04-10",
         "--filers", "open-ports", "--filer-class", "involved_entity", "--grounds", "civic_space",
         "--allegation", "{id: ports, text: The ports are sealed}", "--prior-step", "2023-02-01-letter-plea", *source),
        ("add-event", "utopia-2023", "statement", "--title", "No answer came", "--dated", "2023-05-02",
         "--issued-by", "open-ports", *source,
         "--answer", "{request: 2023-02-01-letter-plea#open, answer: none, of: [Government of Utopia]}"),
        ("advance", "utopia-2023", "under_review", "--kind", "letter", "--title", "Notice", "--dated", "2023-05-22",
         "--addressees", "government-of-utopia", *source),
    ):  # fmt: skip
        done = ogpcase(*words)
        assert 0 == done.returncode, done.stderr
    assert (0, "") == ((judged := ogpcase("validate")).returncode, judged.stderr)
    told = ogpcase("timeline", "utopia-2023", "--as-of", "2023-06-01", "--lang", "eo").stdout
    assert told.startswith(
        "as of 2023-06-01\nFermitaj havenoj\nutopia-2023 · Government of Utopia · Response Policy, 2017 version\n"
    )
    assert "→ silent" in told
    assert "(due 2023-03-01)" in told
    assert "Under review since 2023-05-22" in ogpcase("status", "utopia-2023", "--as-of", "2023-06-01").stdout
    assert here.is_dir()
