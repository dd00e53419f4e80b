"""The marks that an editor shows: what `validate` reports, as the protocol has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from lsprotocol import types

from ogpcase.diagnostics import Diagnostic, FileId, Severity
from ogpcase.language_server.folder import EditedFolder
from ogpcase.language_server.positions import Columns

Marks = dict[FileId, list[types.Diagnostic]]
"""The marks of each file that has any."""
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


def marks_of(
    folder: EditedFolder, found: Mapping[FileId, list[Diagnostic]], unit: str, uri_of: Callable[[FileId], str]
) -> Marks:
    """Returns the marks for the diagnostics of a folder; `unit` is that of columns."""

    @cache
    def columns(file: FileId) -> Columns:
        return Columns(folder.text_of(file), unit)

    def mark(file: FileId, diagnostic: Diagnostic) -> types.Diagnostic:
        others = ((folder.file_shown(spot.path), spot) for spot in diagnostic.spots[1:])
        return types.Diagnostic(
            range=columns(file).range_of(diagnostic.spots[0].span),
            message=_message(diagnostic),
            severity=_SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            source="ogpcase",
            related_information=[
                types.DiagnosticRelatedInformation(
                    types.Location(uri_of(other), columns(other).range_of(spot.span)), spot.label or "see here"
                )
                for other, spot in others
            ],
        )

    return {file: [mark(file, diagnostic) for diagnostic in listed] for file, listed in found.items()}


def _message(diagnostic: Diagnostic) -> str:
    label = diagnostic.spots[0].label
    start = diagnostic.message + (f" ({label})" if label and label not in diagnostic.message else "")
    notes = (f"note: {note}" for note in diagnostic.notes)
    helps = (f"help: {text}" for text in diagnostic.helps)
    return "\n".join([start, *notes, *helps])
