"""What the project is built from and judged by: nothing unpinned, no right to write, nothing that a stranger chose."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in [
        *sorted((ROOT / ".github" / "workflows").iterdir()),
        *sorted((ROOT / "src" / "ogpcase" / "store" / "templates").glob("*.yml")),
    ]
}
"""Our own workflows, and those that `ogpcase init` gives to others."""

STEPPED = {**WORKFLOWS, "action.yml": (ROOT / "action.yml").read_text(encoding="utf-8")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = [
    Requirement(each)
    for each in [
        *PROJECT["project"]["dependencies"],
        *PROJECT["project"]["optional-dependencies"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
]
"""What pyproject.toml names itself, to run, to test and to build."""

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
REQUIREMENTS = ROOT / "requirements"
RELEASE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)

RELEASE_WORKFLOW = ".github/workflows/release.yml"
REGISTER_WORKFLOW = "src/ogpcase/store/templates/register.yml"

workflow = pytest.mark.parametrize("text", WORKFLOWS.values(), ids=WORKFLOWS.keys())
stepped = pytest.mark.parametrize("text", STEPPED.values(), ids=STEPPED.keys())


def jobs(text: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)["jobs"]
    return loaded


PUBLISH = jobs(WORKFLOWS[RELEASE_WORKFLOW])["publish"]
DEPLOY = jobs(WORKFLOWS[REGISTER_WORKFLOW])["deploy"]


def steps(text: str) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow, or those of an action."""
    loaded = yaml.safe_load(text)
    lists = [loaded["runs"]["steps"]] if "runs" in loaded else [job["steps"] for job in loaded["jobs"].values()]
    return list(chain.from_iterable(lists))


def lowest(requirement: Requirement) -> Version:
    return next(Version(each.version) for each in requirement.specifier if each.operator == ">=")


def releases(file: str) -> Mapping[str, list[Version]]:
    """The pinned releases of a file by name; a name has several where Pythons differ."""
    found: dict[str, list[Version]] = {}
    for match in RELEASE.finditer((REQUIREMENTS / file).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(match["name"]), []).append(Version(match["version"]))
    return found


@stepped
def test_what_others_made_is_pinned_to_a_commit(text: str) -> None:
    """A tag or a branch can be moved to other code; a commit cannot."""
    used = [step["uses"] for step in steps(text) if "uses" in step]
    assert [] == [each for each in used if not each.startswith("./") and not PINNED.fullmatch(each)]


def test_one_action_has_one_commit() -> None:
    """No workflow lags behind the others."""
    used = {step["uses"] for text in STEPPED.values() for step in steps(text) if "@" in step.get("uses", "")}
    assert len({each.partition("@")[0] for each in used}) == len(used)


@workflow
def test_a_workflow_may_only_read(text: str) -> None:
    """The permissions stand for the whole workflow, and no job but those that publish may write anything."""
    assert {"contents": "read"} == yaml.safe_load(text)["permissions"]
    others = [job.get("permissions", {}) for job in jobs(text).values() if job not in (PUBLISH, DEPLOY)]
    assert [] == [each for each in others if set(each.values()) - {"read"}]


def test_what_publishes_runs_nothing_of_ours() -> None:
    """It may prove who it is to the registry, and so it has no checkout, no command and no change of a stranger."""
    assert {"id-token": "write"} == PUBLISH["permissions"]
    assert [] == [step for step in PUBLISH["steps"] if "run" in step or "checkout" in step["uses"]]
    assert {"push": {"tags": ["v*"]}} == yaml.safe_load(WORKFLOWS[RELEASE_WORKFLOW])[True]


def test_what_deploys_the_register_runs_nothing_but_the_hosts_own_action() -> None:
    assert {"pages": "write", "id-token": "write"} == DEPLOY["permissions"]
    assert ["actions/deploy-pages"] == [step["uses"].partition("@")[0] for step in DEPLOY["steps"]]


@workflow
def test_a_change_of_a_stranger_never_runs_with_our_rights(text: str) -> None:
    """The events that would give it those, `pull_request_target` and `workflow_run`, are not among ours."""
    events = yaml.safe_load(text)[True]  # YAML 1.1 reads the key `on` as true
    assert set(events) <= {"push", "pull_request"}


@stepped
def test_nothing_asks_for_a_secret(text: str) -> None:
    """Comments may speak of secrets; what runs may not."""
    asked = re.findall(r"\bsecrets\b|github\.token|GITHUB_TOKEN|id-token", str(yaml.safe_load(text)))
    publishing = (WORKFLOWS[RELEASE_WORKFLOW], WORKFLOWS[REGISTER_WORKFLOW])
    assert (["id-token"] if text in publishing else []) == asked


@workflow
def test_a_checkout_leaves_no_credentials(text: str) -> None:
    checkouts = [step for step in steps(text) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert [] == [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False]


@workflow
def test_no_job_runs_for_ever(text: str) -> None:
    """A job has at most an hour."""
    assert [] == [name for name, job in jobs(text).items() if not 0 < job.get("timeout-minutes", 0) <= 60]


@stepped
def test_no_command_is_made_of_what_a_change_says(text: str) -> None:
    """Titles, branches and inputs reach a command through the environment, never as its words."""
    assert [] == [step["run"] for step in steps(text) if "${{" in step.get("run", "")]


@pytest.mark.parametrize(
    "text", [WORKFLOWS[".github/workflows/ci.yml"], WORKFLOWS[RELEASE_WORKFLOW]], ids=["ci.yml", "release.yml"]
)
def test_what_ci_installs_is_pinned(text: str) -> None:
    """By hash or by the file of lowest releases; what is neither is our own folder without its dependencies."""
    holding = ("--require-hashes", "--constraint requirements/lowest.txt", "--no-deps")
    installs = [step["run"] for step in steps(text) if "pip install" in step.get("run", "")]
    assert installs
    assert [] == [each for each in installs if not any(word in each for word in holding)]


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_every_lower_bound_is_tried(requirement: Requirement) -> None:
    """What pyproject.toml says is enough is what the job `lowest` installs; `make pins` writes the file anew."""
    bound = lowest(requirement)
    pinned = releases("lowest.txt")[canonicalize_name(requirement.name)]
    assert all(each in requirement.specifier for each in pinned)
    assert {bound.release} == {each.release[: len(bound.release)] for each in pinned}


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_every_dependency_is_pinned_within_its_bounds(requirement: Requirement) -> None:
    pinned = releases("ci.txt")[canonicalize_name(requirement.name)]
    assert all(each in requirement.specifier for each in pinned)


def test_what_is_tested_is_what_is_pinned_by_hash() -> None:
    """The README's test line installs the releases that the job `pinned` holds to their hashes."""
    assert releases("ci.txt") == releases("tested.txt")


def test_what_builds_is_what_the_project_says() -> None:
    """requirements/build.in repeats the build-system, which no resolver reads by itself."""
    lines = (REQUIREMENTS / "build.in").read_text(encoding="utf-8").splitlines()
    assert set(PROJECT["build-system"]["requires"]) <= set(lines)


@pytest.mark.parametrize("file", ["action.txt", "audit.txt", "browser.txt", "ci.txt"])
def test_every_pinned_release_has_its_hashes(file: str) -> None:
    """A line that continues ends in a backslash, and what it continues with is a hash."""
    text = (REQUIREMENTS / file).read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if not line.startswith(("#", " "))]
    assert len(pins) == len(re.findall(r"^\S+==.*\\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE))
    assert pins


@pytest.mark.parametrize("file", sorted(path.name for path in REQUIREMENTS.iterdir()))
def test_pins_say_what_and_never_from_where(file: str) -> None:
    """No address and no path: where releases are fetched is whoever installs them to say."""
    text = (REQUIREMENTS / file).read_text(encoding="utf-8")
    assert [] == re.findall(r"://|--(?:extra-)?index-url|--find-links|\s/\w+", text)


@pytest.mark.parametrize(
    ("report", "code", "printed"),
    [
        ([{"name": "rich", "version": "1", "vulns": []}], 0, "1 releases looked up, 0 with a known weakness"),
        (
            [{"name": "rich", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}],
            1,
            "rich 1: PYSEC-1 (mended in 2)",
        ),
        ([{"name": "rich", "skip_reason": "not found"}], 0, "::warning::not run for 1 of 1 releases"),
        (None, 0, "::warning::not run: pip-audit wrote no report"),
    ],
    ids=["sound", "weak", "out of reach", "no report"],
)
def test_an_audit_that_did_not_run_is_no_pass(
    tmp_path: Path, report: list[dict[str, Any]] | None, code: int, printed: str
) -> None:
    """It says so; only a known weakness fails."""
    file = tmp_path / "audit.json"
    if report is not None:
        file.write_text(json.dumps({"dependencies": report, "fixes": []}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit.py", file], capture_output=True, text=True, check=False
    )
    assert code == done.returncode, done.stderr
    assert printed in done.stdout
