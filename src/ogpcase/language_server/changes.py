"""What an editor is offered to change: mends, the nearest of known words, and a new id with every reference to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from lsprotocol import types

from ogpcase.diagnostics import Diagnostic, FileId, Severity, Span
from ogpcase.editing.changing import BYTE_ORDER_MARK
from ogpcase.editing.fixing import mended, mends_of, own_words, replacement, right_name
from ogpcase.editing.renaming import Plan, planned, would_bring
from ogpcase.errors import BadInput
from ogpcase.language_server.answers import Named, Place, record_of
from ogpcase.language_server.folder import Columns, EditedFolder
from ogpcase.workspace.opening import Workspace

_NEAR = re.compile(r"did you mean `([^`]+)`\?")
_WRONG = re.compile(r"`([^`]+)`")


class Mend(NamedTuple):
    """A new text of a file; `code` and `span` are of the problem that it mends, None for all that `--fix` mends."""

    title: str
    new: str
    code: str | None = None
    span: Span | None = None


def mends(place: Place, lines: tuple[int, int], today: date) -> Iterator[Mend]:
    """Yields the mends of the problems that begin in some lines, counted from 1, and one of the whole text.

    A nearest word is only offered if the problem is gone with it, and no other is there instead.
    """
    text = place.folder.text_of(place.file)
    for code, span, new in mends_of(text, place.file):
        if lines[0] <= span.line <= lines[1]:
            yield Mend(f"Put `{text[span.start : span.end]}` in quotes", new, code, span)
    yield from _nearest_words(place, lines, today)
    case = place.folder.case_of(place.file)
    workspace = place.folder.workspace
    words: Mapping[str, str] = own_words(workspace, case) if case is not None and workspace.has_case(case) else {}
    new = mended(text, place.file, words=words if f"{case}/events/" in place.file else None)
    if new != text:
        yield Mend("Mend what has only one right answer in this file", new)


def _nearest_words(place: Place, lines: tuple[int, int], today: date) -> Iterator[Mend]:
    text, found = place.folder.text_of(place.file), _judged(place, place.folder, today)
    for problem in found.get(place.file, ()):
        span = problem.spots[0].span
        near = _NEAR.search("\n".join(problem.helps))
        if near is None or not lines[0] <= span.line <= lines[1]:
            continue
        for written in _candidates(text[span.start : span.end], problem.message, near[1]):
            new = text[: span.start] + written + text[span.end :]
            if _mends(found, _judged(place, place.folder.with_text(place.file, new), today), problem):
                yield Mend(f"Write `{near[1]}`", new, problem.code, span)
                break


def _candidates(old: str, message: str, near: str) -> Iterator[str]:
    """Yields what may stand in the place of a wrong text: the text with its wrong word replaced, or the near word."""
    wrong = _WRONG.search(message)
    if wrong is not None and old.count(wrong[1]) == 1:
        yield old.replace(wrong[1], near)
    yield near


def _judged(place: Place, folder: EditedFolder, today: date) -> dict[FileId, list[Diagnostic]]:
    return folder.judged(folder.case_of(place.file), today)


def _mends(
    before: Mapping[FileId, list[Diagnostic]], after: Mapping[FileId, list[Diagnostic]], problem: Diagnostic
) -> bool:
    """True if a problem is gone, and there is no error that was not there before."""
    old, new = (
        Counter((each.code, each.message, each.severity) for listed in found.values() for each in listed)
        for found in (before, after)
    )
    brought = [severity for _, _, severity in new - old]
    key = problem.code, problem.message, problem.severity
    return new[key] < old[key] and Severity.ERROR not in brought


def text_edit(old: str, new: str, unit: str) -> types.TextEdit:
    """Returns the smallest edit that makes one text of another, without byte-order marks, which editors do not show."""
    old, new = old.removeprefix(BYTE_ORDER_MARK), new.removeprefix(BYTE_ORDER_MARK)
    span, written = replacement(old, new)
    return types.TextEdit(Columns(old, unit).range_of(span), written)


def edit_of(plan: Plan, unit: str, uri_of: Callable[[FileId], str]) -> types.WorkspaceEdit:
    """Returns the edits of a renaming, of the files at their old paths, and then the renaming itself."""
    edits = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(uri_of(plan.move.before(change.file))),
            [text_edit(change.old, change.new, unit)],
        )
        for change in plan.changes
    ]
    return types.WorkspaceEdit(
        document_changes=[*edits, types.RenameFile(uri_of(plan.move.old), uri_of(plan.move.new))]
    )


def right_names(place: Place, lines: tuple[int, int], today: date) -> Iterator[Plan]:
    """Yields the renaming of the file that `--fix` would do, if it mends a problem that begins in some lines."""
    for problem in _judged(place, place.folder, today).get(place.file, ()):
        new = right_name(problem.code, problem.helps)
        own = record_of(place.file)
        if new is not None and own is not None and lines[0] <= problem.spots[0].span.line <= lines[1]:
            with suppress(BadInput):
                yield _plan(place.folder.workspace, own, new, today)


def renamable(place: Place) -> types.PrepareRenamePlaceholder | None:
    """Returns the id that a renaming at a place would change: of the record that a value names, else of the file's."""
    node, named = place.node, place.subject
    if node is None or named is None:
        return None
    return types.PrepareRenamePlaceholder(place.columns.range_of(node[0].span_of(*node[1:])), named.name.old)


def renaming(place: Place, new: str, today: date) -> Plan:
    """Returns the plan to give the record at a place another id, with every reference to it.

    Raises BadInput if there is no record, it cannot have this id, or the folder would have a new error.
    """
    if place.subject is None:
        raise BadInput("there is no record here to rename")
    return _plan(place.folder.workspace, place.subject, new, today)


def _plan(workspace: Workspace, named: Named, new: str, today: date) -> Plan:
    plan = planned(workspace, named.name._replace(new=new))
    wrong = next((each for each in would_bring(workspace, plan, today) if each.severity is Severity.ERROR), None)
    if wrong is not None:
        raise BadInput(f"with the id `{new}` there would be an error: {wrong.message}")
    return plan
