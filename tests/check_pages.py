"""The pages of `docs/checks/`, made of the docstrings of the checks."""

from __future__ import annotations

from ogpcase.workspace.catalogue import NOT_GIVEN, RULES, page_of, parts_of

FAMILIES = {
    "OC1": "Text and YAML",
    "OC2": "One record, its file and its folder",
    "OC30": "Order in time",
    "OC31": "Parties and references",
    "OC32": "Requests and answers",
    "OC33": "Ids that records had",
    "OC40": "Moves",
    "OC41": "Filing and standing",
    "OC42": "Wording against the policy",
    "OC5": "Sources",
    "OC6": "What must not be published",
}
"""What the codes of each family begin with."""


def pages() -> dict[str, str]:
    """Returns the text of every file that belongs into `docs/checks/`, by its name."""
    return {"README.md": _index()} | {f"{check.rule.code}.md": page_of(check.rule) for check in RULES}


def family_of(code: str) -> str:
    """Returns the title of the family that a code belongs to; raises StopIteration for a code of none."""
    return next(title for start, title in FAMILIES.items() if code.startswith(start))


def _index() -> str:
    lines = [
        "# Checks",
        "",
        "One page for each; `ogpcase explain CODE` prints the same.",
        "These pages are generated from the checks by `make bless`.",
        "A new check takes the number after the last of its family.",
        f"These numbers are not given: {', '.join(NOT_GIVEN)}.",
    ]
    for family in FAMILIES.values():
        rows = [each.rule for each in RULES if family_of(each.rule.code) == family]
        table = [f"| [{r.code}]({r.code}.md) | {r.severity} | {r.name} | {parts_of(r)[0][1]} |" for r in rows]
        lines += ["", f"## {family}", "", "| code | severity | name | reported when |", "|---|---|---|---|", *table]
    return "\n".join([*lines, ""])
