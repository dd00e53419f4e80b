"""Every check there is, by code, with its page."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

from ogpcase import checks
from ogpcase.diagnostics import Check, Rule
from ogpcase.model import problems
from ogpcase.store import checksums
from ogpcase.store import problems as of_folder
from ogpcase.workspace.judge_folder import more_problems
from ogpcase.workspace.publishing import refusals
from ogpcase.yamltree import problems as of_text

RULES: tuple[Check[Any], ...] = tuple(
    sorted(
        (
            *of_text.RULES,
            *problems.RULES,
            *of_folder.RULES,
            *checksums.RULES,
            more_problems,
            *checks.RULES,
            *refusals.RULES,
        ),
        key=lambda check: check.rule.code,
    )
)
"""The checks of all rooms, in the order of their codes."""
NOT_GIVEN = ("OC218", "OC219", "OC220", "OC320", "OC505", "OC506", "OC507")
"""Codes that no new check may take. Whoever takes a check out adds its code: old verdicts name it."""
HEADINGS = ("Why it matters", "Wrong", "Right", "Not reported when")
"""What every page has after its first sentence, in this order."""


def page_of(rule: Rule) -> str:
    """Returns a check's page as Markdown; what is wrong and right stands as it would in a record."""
    (_, sentence), *rest = parts_of(rule)
    lines = [f"# {rule.code}: {rule.name}", "", f"Severity: {rule.severity}.", "", sentence]
    for heading, text in rest:
        lines += ["", f"## {heading}", "", *(["```text", text, "```"] if heading in {"Wrong", "Right"} else [text])]
    return "\n".join([*lines, ""])


def parts_of(rule: Rule) -> list[tuple[str, str]]:
    """Returns a check's page as its first sentence, under no heading, and what stands under each of the four."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in cleandoc(rule.page).splitlines():
        if line in HEADINGS:
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    return [(heading, cleandoc("\n".join(lines))) for heading, lines in parts]
