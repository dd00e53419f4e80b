"""A verdict with one line for each problem, as editors and `grep` read it; and what all writers of verdicts share."""

from __future__ import annotations

from ogpcase.diagnostics import Diagnostic, Severity, Spot, Verdict
from ogpcase.diagnostics.visible_text import log_line


def concise(verdict: Verdict) -> str:
    """Returns `path:line:column: error[OC301] message` for each diagnostic, never wrapped; else nothing."""
    return "".join(f"{concise_line(each)}\n" for each in verdict.diagnostics)


def concise_line(diagnostic: Diagnostic) -> str:
    """Returns the line of one diagnostic, without its end."""
    return log_line(f"{place(diagnostic.spots[0])}: {diagnostic.severity}[{diagnostic.code}] {diagnostic.message}")


def details(diagnostic: Diagnostic) -> list[str]:
    """Returns what is said beside the message: the label of the primary place, the other places, notes and helps."""
    first, *others = diagnostic.spots
    labels = [first.label] if first.label else []
    labels += [f"{place(spot)}: {spot.label}" for spot in others]
    return [*labels, *(f"note: {each}" for each in diagnostic.notes), *(f"help: {each}" for each in diagnostic.helps)]


def place(spot: Spot) -> str:
    """Returns `path:line:column`."""
    return f"{spot.path}:{spot.span.line}:{spot.span.column}"


def total(verdict: Verdict) -> str:
    """Returns the sum of a run: `2 errors, 1 warning in 1 case (4 files)`, or `no problems in …`."""
    counts = ((verdict.count(each), str(each)) for each in Severity)
    found = ", ".join(several(count, word) for count, word in counts if count) or "no problems"
    return f"{found} in {several(verdict.cases, 'case')} ({several(verdict.files, 'file')})"


def several(count: int, word: str) -> str:
    """Returns `1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def path_from_top(path: str, folder: str) -> str:
    """Returns a path from the repository's top; `folder` leads from there to the folder that `path` is relative to."""
    return path if not folder or path.startswith("/") else f"{folder}/{path}"
