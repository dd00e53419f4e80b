"""What became of a case as text and back, without the lines it quotes: no words of a record are kept anywhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ogpcase.checks import CaseFacts
from ogpcase.diagnostics import Diagnostic, FileId, Severity, Span, Spot
from ogpcase.workspace.judged import Judged

Line = Callable[[FileId, int], str | None]
"""Gives a line of a file, counted from 1; None where there is none."""


def encoded(judged: Judged, paths: Mapping[str, FileId]) -> str | None:
    """Returns all but the quoted lines; None for what nothing is kept of.

    `paths` leads from the paths that are printed to the files that are quoted.
    """
    if judged.hides or judged.facts.secrets:
        return None
    told = [spot for each in judged.diagnostics for spot in each.spots if spot.excerpt is not None]
    if any(spot.path not in paths for spot in told):
        return None
    diagnostics = [_diagnostic(each, paths) for each in judged.diagnostics]
    return json.dumps([diagnostics, sorted(judged.facts.used), judged.facts.whole, judged.files, judged.departures])


def decoded(text: str, line: Line) -> Judged:
    """Returns what was encoded, its lines quoted anew. Raises ValueError where it is not whole."""
    try:
        diagnostics, used, whole, files, departures = json.loads(text)
        facts = CaseFacts(frozenset(map(_text, used)), _flag(whole))
        found = tuple(_read(each, line) for each in diagnostics)
        return Judged(found, facts, hides=False, files=_number(files), departures=_number(departures))
    except (TypeError, KeyError, IndexError) as fault:
        raise ValueError("not what was encoded") from fault


def _diagnostic(diagnostic: Diagnostic, paths: Mapping[str, FileId]) -> list[object]:
    spots = [_spot(each, paths) for each in diagnostic.spots]
    about = [diagnostic.code, diagnostic.name, str(diagnostic.severity), diagnostic.message]
    return [*about, spots, list(diagnostic.notes), list(diagnostic.helps)]


def _spot(spot: Spot, paths: Mapping[str, FileId]) -> list[object]:
    span = spot.span
    where = [span.line, span.column, span.end_line, span.end_column, span.start, span.end]
    return [spot.path, where, list(spot.route), spot.label, None if spot.excerpt is None else paths[spot.path]]


def _read(row: Any, line: Line) -> Diagnostic:  # noqa: ANN401 - as it was parsed
    code, name, severity, message, spots, notes, helps = row
    return Diagnostic(
        _text(code),
        _text(name),
        Severity(severity),
        _text(message),
        tuple(_spot_of(each, line) for each in spots),
        tuple(map(_text, notes)),
        tuple(map(_text, helps)),
    )


def _spot_of(row: Any, line: Line) -> Spot:  # noqa: ANN401 - as it was parsed
    path, where, route, label, file = row
    span = Span(*map(_number, where))
    excerpt = None if file is None else line(_text(file), span.line)
    steps = tuple(each if isinstance(each, str) else _number(each) for each in route)
    return Spot(_text(path), span, steps, _text(label), excerpt)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value
