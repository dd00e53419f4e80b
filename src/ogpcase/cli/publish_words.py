"""What `ogpcase publish` says: what becomes public, what leaves the copy, what is left out, and what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ogpcase.diagnostics.visible_text import visible
from ogpcase.model.texts import Text
from ogpcase.output.lines import Line, before, cells, line, padded
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.store.init_templates import Skeleton
from ogpcase.workspace.publishing.making import Publication
from ogpcase.workspace.publishing.preview import Change, Sort, Told, told_of

_TELLING: Mapping[Sort, tuple[str, str]] = {
    "new": (marked("new"), "{file}"),
    "changed": (marked("changed"), "{file}"),
    "no longer": (marked("no longer"), marked("{file}; earlier commits of the copy may still hold it")),
    "told": (marked("told"), marked("{of} of {file}, withheld until now")),
    "known": (marked("known"), marked("{file} was public: earlier commits of the copy may show who {of} is")),
    "named": (marked("named"), marked("{of} (no party file; in {file})")),
    "look over": (marked("look over"), marked("the word `{of}`, of a withheld name, in {file}")),
    "left out": (marked("left out"), "{file}"),
    "left out in part": (marked("left out"), "{file}: {of}"),
    "pseudonym": (marked("left out"), marked("{file}, under a pseudonym")),
    "unread": (marked("left out"), marked("{file} (cannot be read as text)")),
    "not published": (marked("left out"), marked("{file} (no `publish_copy`)")),
}
"""The word at the head of a line, and how the line goes on."""
_NEXT = marked("next")


def preview_lines(publication: Publication, change: Change, language: str | None) -> Iterator[Line]:
    """Yields the lines of a preview; titles are in a language as far as records have it."""
    for told in told_of(publication, change):
        word, telling = _TELLING[told.sort]
        said = _(telling, file=told.file, of=", ".join(told.of))
        title = _title(told, language)
        yield _headed(word, f"{said}  {title}" if title else said)


def _title(told: Told, language: str | None) -> str:
    return told.title.chosen(language, None)[0] if isinstance(told.title, Text) else told.title or ""


def _headed(word: str, what: str) -> Line:
    width = max(cells(_(each)) for each in (_NEXT, *(word for word, _telling in _TELLING.values()))) + 1
    return line(f"{padded(_(word), width)}{what}")


def next_line(command: str) -> Line:
    """Returns the line with the command to run next."""
    return _headed(_NEXT, command)


def up_to_date_line(copy: Path, *, yes: bool) -> Line:
    """Returns whether a copy is up to date."""
    words = (
        marked("{path} is up to date; nothing was written")
        if yes
        else marked("{path} is not up to date: publish again")
    )
    return line(_(words, path=copy))


def written_lines(change: Change, copy: Path, changes: Path, *, dry_run: bool) -> Iterator[Line]:
    """Yields what was written, or what a run would write, with the number of files."""
    wrote = marked("would write {path}") if dry_run else marked("wrote {path}")
    counts = [
        ngettext("{number} new", "{number} new", len(change.new)),
        ngettext("{number} changed", "{number} changed", len(change.changed)),
        ngettext("{number} no longer there", "{number} no longer there", len(change.gone)),
    ]
    yield line(before(_(wrote, path=copy)) + ", ".join(counts))
    yield line(_(wrote, path=changes))


def beside_lines(skeleton: Skeleton) -> Iterator[Line]:
    """Yields what was written beside a copy, and the lines that a file of a person's lacks."""
    yield from (line(_("wrote {path}", path=path)) for path in skeleton.written)
    for path, missing in skeleton.kept:
        yield line(_("{path} stays as it is; so that git changes no kept copy, it also needs", path=path))
        yield from (line(f"  {each}") for each in missing)


def news_of(change: Change) -> str:
    """Returns what becomes public for the first time."""
    who = ", ".join(map(visible, [*change.parties, *change.names]))
    parts = [_("this is the first copy")] if change.first else []
    parts += [_("for the first time it names {names}", names=who)] if who else []
    parts += [
        _("it shows {fields} of {file}, withheld until now", fields=", ".join(fields), file=file)
        for file, fields in change.told
    ]
    return "; ".join(parts)
