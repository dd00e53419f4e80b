"""All checks by code, with their pages."""

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

_ALL = (
    *of_text.RULES, *problems.RULES, *of_folder.RULES, *checksums.RULES, more_problems, *checks.RULES, *refusals.RULES,
)  # fmt: skip
RULES: tuple[Check[Any], ...] = tuple(sorted(_ALL, key=lambda check: check.rule.code))
"""The checks of all rooms, by code."""
NOT_GIVEN = ("OC218", "OC219", "OC220", "OC320", "OC505", "OC506", "OC507")
"""Codes of removed checks. No new check may take one, since old verdicts name them."""
HEADINGS = ("Why it matters", "Wrong", "Right", "Not reported when")
"""The headings of every page, in this order."""


def page_of(rule: Rule) -> str:
    """Returns a check's page as Markdown."""
    (_, sentence), *rest = parts_of(rule)
    lines = [f"# {rule.code}: {rule.name}", "", f"Severity: {rule.severity}.", "", sentence]
    for heading, text in rest:
        lines += ["", f"## {heading}", "", *(["```text", text, "```"] if heading in {"Wrong", "Right"} else [text])]
    return "\n".join([*lines, ""])


def parts_of(rule: Rule) -> list[tuple[str, str]]:
    """Returns a check's page as (heading, text): first the sentence without a heading, then the four parts."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in cleandoc(rule.page).splitlines():
        if line in HEADINGS:
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    return [(heading, cleandoc("\n".join(lines))) for heading, lines in parts]
