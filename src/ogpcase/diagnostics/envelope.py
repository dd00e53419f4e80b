"""The one JSON shape that every machine-readable answer has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogpcase import __version__

FORMAT = 1
"""Raised when a field changes its meaning or goes away; a new field does not raise it."""


def envelope(  # noqa: PLR0913 - a parameter for each field of the envelope
    kind: str,
    rows: Sequence[Mapping[str, object]],
    *,
    as_of: str | None,
    known_by: str | None = None,
    case: str | None = None,
    policy_versions: Sequence[str] = (),
) -> dict[str, object]:
    """Returns the envelope around `rows`: always a list, whatever the kind; days are in ISO 8601."""
    return {
        "format": FORMAT,
        "ogpcase": __version__,
        "kind": kind,
        "as_of": as_of,
        "known_by": known_by,
        "policy_versions": list(policy_versions),
        "case": case,
        "rows": list(rows),
    }
