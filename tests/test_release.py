"""What a release says of itself: the registry's page, the citation, and what keeps a wheel from being published."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from trove_classifiers import classifiers

from ogpcase import __version__

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ADDRESS = "https://forge.example/arcadia/ogpcase"
CHANGELOG = "# Changelog\n\n## 1.2.3 (2026-11-30)\n"
RELATIVE = re.compile(r"\]\((?!https?:|#)")


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """hatch_build.py, which nothing but the build imports."""
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def told(hook: ModuleType, repository: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {"version": __version__}
    hook.RegistryPage(str(ROOT), {"repository": repository}).update(metadata)
    return metadata


def test_the_readme_has_links_that_the_build_must_mend() -> None:
    """Else the two tests below would hold nothing."""
    assert RELATIVE.search((ROOT / "README.md").read_text(encoding="utf-8"))


def test_with_an_address_every_link_of_the_page_leads_to_the_release(hook: ModuleType) -> None:
    metadata = told(hook, ADDRESS)
    assert not RELATIVE.search(metadata["readme"]["text"])
    assert f"({ADDRESS}/blob/v{__version__}/docs/ci.md)" in metadata["readme"]["text"]
    assert metadata["urls"]["Source"] == ADDRESS
    assert all(each.startswith(ADDRESS) for each in metadata["urls"].values())


def test_without_an_address_the_page_has_no_dead_link_and_names_no_place(hook: ModuleType) -> None:
    metadata = told(hook, "")
    assert not RELATIVE.search(metadata["readme"]["text"])
    assert "[docs/ci.md]" in metadata["readme"]["text"]
    assert {} == metadata["urls"]


def test_classifiers_are_known_and_name_the_pythons_of_the_matrix() -> None:
    named = PROJECT["project"]["classifiers"]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert set(named) <= classifiers
    assert {each.rpartition(" ")[2] for each in named if re.search(r":: 3\.\d+$", each)} == {
        *workflow["jobs"]["check"]["strategy"]["matrix"]["python"]
    }


def test_the_version_stands_in_one_place() -> None:
    """The package has it, the changelog begins with it, as another test holds, and nothing else repeats it."""
    assert "version" in PROJECT["project"]["dynamic"]
    assert "version" not in yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_citation_says_what_the_project_says() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = PROJECT["project"]
    assert citation["title"] == project["name"]
    assert citation["authors"] == project["authors"]
    assert project["license"] in citation["license"]


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A folder with the script of a release and a changelog that is ready."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "release.py").write_bytes((ROOT / ".ci" / "release.py").read_bytes())
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return tmp_path


def judged(released: Path, tag: str, source: str, body: str) -> tuple[int, str]:
    """Runs the script on a wheel that says this of itself; returns its exit code and what it printed."""
    wheel = released / "ogpcase-1.2.3-py3-none-any.whl"
    with ZipFile(wheel, "w") as archive:
        archive.writestr("ogpcase-1.2.3.dist-info/METADATA", f"Name: ogpcase\nVersion: 1.2.3\n{source}\n{body}\n")
    here = {"GITHUB_SERVER_URL": "https://forge.example", "GITHUB_REPOSITORY": "arcadia/ogpcase"}
    done = subprocess.run(
        [sys.executable, released / ".ci" / "release.py", tag, wheel],
        env=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.returncode, done.stdout


SOURCE = f"Project-URL: Source, {ADDRESS}\n"


@pytest.mark.parametrize(
    ("tag", "source", "body", "code", "printed"),
    [
        ("v1.2.3", SOURCE, f"[here]({ADDRESS}) and [below](#more)", 0, "may be released as v1.2.3"),
        ("v1.2.4", SOURCE, "", 1, "the tag is v1.2.4, and the wheel is of version 1.2.3"),
        ("v1.2.3", "", "", 1, "`repository` in pyproject.toml is empty"),
        ("v1.2.3", "Project-URL: Source, https://else.example/x\n", "", 1, f"and this is {ADDRESS}"),
        ("v1.2.3", SOURCE, "[a file](docs/ci.md)", 1, "leads nowhere: ](docs/ci.md)"),
    ],
    ids=["ready", "other tag", "no address", "other address", "relative link"],
)
def test_a_release_is_refused_with_every_reason(  # noqa: PLR0913, PLR0917 - what goes in and what comes out
    released: Path, tag: str, source: str, body: str, code: int, printed: str
) -> None:
    really, text = judged(released, tag, source, body)
    assert code == really
    assert printed in text


def test_a_version_without_a_day_in_the_changelog_is_not_released(released: Path) -> None:
    (released / "CHANGELOG.md").write_text("## 1.2.3 (unreleased)\n", encoding="utf-8")
    code, text = judged(released, "v1.2.3", SOURCE, "")
    assert code == 1
    assert "CHANGELOG.md has no heading `## 1.2.3 (YEAR-MONTH-DAY)`" in text


def test_with_an_address_schemas_and_their_catalogue_say_theirs(
    hook: ModuleType, tmp_path: Path, ogpcase: Callable[..., CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one line of pyproject.toml is all that is needed; what a schema refers to is found below the same address."""
    package = Message()
    for label, url in told(hook, ADDRESS)["urls"].items():
        package["Project-URL"] = f"{label}, {url}"
    monkeypatch.setattr("ogpcase.store.init_templates.metadata", lambda _: package)
    assert 0 == ogpcase("schema", tmp_path).returncode
    texts = {path.name: json.loads(path.read_text()) for path in sorted(tmp_path.glob("*.schema.json"))}
    ids = [f"{ADDRESS}/raw/HEAD/schemas/{name}" for name in texts]
    assert ids == [text["$id"] for text in texts.values()]
    registry: Registry[Any] = Registry().with_resources(
        [(text["$id"], DRAFT202012.create_resource(text)) for text in texts.values()]
    )
    event = Draft202012Validator(texts["event.schema.json"], registry=registry)
    letter = {"kind": "letter", "title": "A", "dated": "2023", "senders": ["a"], "addressees": ["b"]}
    assert [True, False] == [event.is_valid(each) for each in (letter, {**letter, "no_such_field": 1})]
    listed = json.loads((tmp_path / "catalog.json").read_text())["schemas"]
    assert ids == [each["url"] for each in listed]
    assert all(each["name"] and each["description"] for each in listed)
