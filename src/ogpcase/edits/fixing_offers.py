"""What `--fix` would write, problem by problem, for tools that offer a person to mend one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ogpcase.diagnostics import Diagnostic, FileId, Span, Verdict
from ogpcase.edits.fixing_text import mends_of
from ogpcase.values import frozen
from ogpcase.workspace import Workspace
from ogpcase.yamltree.lines import Lines


@frozen
class Offer:
    """One mend: the path, code, line and column of what it mends, the stretch it replaces, and by what."""

    path: str
    code: str
    line: int
    column: int
    span: Span
    text: str


def offers(workspace: Workspace, verdict: Verdict) -> tuple[Offer, ...]:
    """Returns the mends there are for a verdict's diagnostics; none for a line that may not be quoted."""
    quoted = {_key(each): each for each in verdict.diagnostics if each.spots[0].excerpt is not None}
    files = {workspace.root.shown_path(file): file for file in _files(workspace)}
    paths = dict.fromkeys(each.spots[0].path for each in quoted.values())
    found = (offer for path in paths if path in files for offer in _offers(workspace, path, files[path]))
    return tuple(offer for offer in found if (offer.path, offer.code, offer.line, offer.column) in quoted)


def _key(diagnostic: Diagnostic) -> tuple[str, str, int, int]:
    first = diagnostic.spots[0]
    return first.path, diagnostic.code, first.span.line, first.span.column


def _files(workspace: Workspace) -> Iterator[FileId]:
    yield from workspace.parties.digests
    for case in workspace.all():
        yield from case.digests


def _offers(workspace: Workspace, path: str, file: FileId) -> Iterator[Offer]:
    data = workspace.files.read(file)
    try:
        text = data.decode() if isinstance(data, bytes) else ""
    except UnicodeDecodeError:
        return
    for code, at, new in mends_of(text, file):
        yield Offer(path, code, at.line, at.column, *_replacement(text, new))


def _replacement(old: str, new: str) -> tuple[Span, str]:
    """The smallest stretch of the old text that differs, and what stands there in the new one."""
    start = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    return Lines(old).span(start, len(old) - tail), new[start : len(new) - tail]


def _alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
