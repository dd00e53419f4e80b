"""Writes a verdict as a Code Quality report, which GitLab compares with that of the target branch."""

from __future__ import annotations

from ogpcase.diagnostics import Diagnostic, Severity, Verdict
from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.verdicts import details, fingerprints

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}
"""GitLab's words; its others are `info`, `critical` and `blocker`."""


def gitlab(verdict: Verdict) -> str:
    """Returns a list with an entry for each diagnostic; an empty list says that there is none."""
    both = zip(verdict.diagnostics, fingerprints(verdict), strict=True)
    return dumps([_entry(diagnostic, fingerprint) for diagnostic, fingerprint in both])


def _entry(diagnostic: Diagnostic, fingerprint: str) -> Mapped:
    first = diagnostic.spots[0]
    return {
        "description": "\n".join(map(visible, (diagnostic.message or diagnostic.name, *details(diagnostic)))),
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": visible(first.path), "lines": {"begin": first.span.line, "end": first.span.end_line}},
    }
