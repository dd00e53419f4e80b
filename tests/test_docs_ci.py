"""docs/ci.md says what the action, the hook and the formats are; its snippets are YAML that those files bear out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ogpcase.cli.validate import FORMATS

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```yaml\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
PINNED = re.compile(r"uses: (\S+@[0-9a-f]{40}  # v\S+)")


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def first_cells(heading: str) -> list[str]:
    """The first column of the table whose head begins with a word."""
    table = DOCUMENT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)


def test_every_format_of_a_verdict_is_in_the_table() -> None:
    assert ["text", *FORMATS] == first_cells("`validate --format`")


def test_every_input_of_the_action_is_in_the_table_with_its_default() -> None:
    inputs = loaded("action.yml")["inputs"]
    assert list(inputs) == first_cells("input")
    assert [] == [
        name
        for name in ("root", "python")
        if f"| `{name}` | `{inputs[name]['default']}` | {inputs[name]['description'][0].lower()}" not in DOCUMENT
    ]


def test_the_snippets_are_yaml() -> None:
    """A workflow, a hook's configuration and a pipeline, in this order."""
    workflow, hooks, pipeline = map(yaml.safe_load, SNIPPETS)
    assert {"contents": "read"} == workflow["permissions"]
    assert [each["id"] for each in loaded(".pre-commit-hooks.yaml")] == [
        each["id"] for repository in hooks["repos"] for each in repository["hooks"]
    ]
    assert pipeline["ogpcase"]["artifacts"]["reports"]["junit"] == "ogpcase.xml"


@pytest.mark.parametrize("file", [".github/workflows/cases.yml", "src/ogpcase/store/templates/workflow.yml"])
def test_actions_of_others_are_pinned_alike(file: str) -> None:
    """The document shows the very commits that the workflows use."""
    used = set(PINNED.findall((ROOT / file).read_text(encoding="utf-8")))
    assert used
    assert used == set(PINNED.findall(DOCUMENT))
