"""`ogpcase open`: the paper of an event, or another source, in the program that the system has for it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, NamedTuple
from urllib.parse import urlsplit

from typer import Argument, Option

from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.errors import CannotRead, Refused, UnknownEvent
from ogpcase.store.system import installed

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.model.events import Event
    from ogpcase.model.sources import Source, SourceRecord
    from ogpcase.reports.shown import Shown
    from ogpcase.workspace.opening import Workspace


SHOWN_ONLY = frozenset({
    ".csv", ".docx", ".gif", ".htm", ".html", ".jpeg", ".jpg", ".md", ".odt", ".pdf", ".png", ".rtf", ".tif", ".tiff",
    ".txt", ".webp", ".xlsx",
})  # fmt: skip
"""The endings of files that programs show; with another ending, to open a file may be to run it."""


class Target(NamedTuple):
    """What to open: an address, or a kept copy, by its path as it is printed and by its whole path.

    `fault` says why it is not opened, though it can be printed.
    """

    shown: str
    whole: str
    fault: str | None = None


@reads(options=("as_of", "lang", "root"))
def run(
    reference: Annotated[str, Argument(metavar="REF", help="CASE/EVENT or CASE/sources/ID, or a bare id.")],
    *,
    session: ReadSession,
    online: Annotated[bool, Option("--online", help="The address, even where a copy is kept.")] = False,
    only_print: Annotated[bool, Option("--print", help="Print the path or address alone; open nothing.")] = False,
) -> Report:
    """The source that an event names as its `paper`, else its only source; if it has several, they are listed.

    A kept copy is opened where there is one: nobody else learns of that. Otherwise the address is opened, in the
    program that BROWSER names or in that of your desktop.
    """
    from ogpcase.output.lines import Piece, line

    target = _target(session.workspace, *_source_meant(session, reference), online=online)
    words = ""
    if target.fault and not only_print:
        raise Refused(f"`{target.shown}` {target.fault}", "--print prints it", "`ogpcase validate` checks kept copies")
    if not only_print:
        session.doing = ""  # the program may use this terminal
        words = "opened  " if opened(target.whole) else "there is no desktop here; open it yourself: "
    return Report(target, lambda target, _: [line(Piece(words, "dim"), target.shown)])


def _source_meant(session: ReadSession, typed: str) -> tuple[CaseFile, SourceRecord, str]:
    """Returns the source that a reference names, with its case and id. Raises UnknownEvent, CannotRead."""
    from ogpcase.cli.show import thing_for
    from ogpcase.model.ids import Reference
    from ogpcase.reports.record.rows import Record
    from ogpcase.reports.shown import Shown
    from ogpcase.reports.sources.rows import SourcePage

    thing, cases = thing_for(session.workspace, typed, session.reader)
    if isinstance(thing, SourcePage):
        return cases[0], thing.row.text, thing.row.id
    if not isinstance(thing, Record):
        raise UnknownEvent(f"`{typed}` is no event and no source", "`ogpcase sources` lists the sources")
    shown = Shown(cases[0], session.reader)
    source = _paper_of(shown, cases[0].record_by_id[Reference(thing.reference).event])
    return cases[0], source, source.id


def _paper_of(shown: Shown, event: Event) -> Source:
    """Returns the paper of an event, else its only source. Raises UnknownEvent with the list of several."""
    from ogpcase.reports.shown import source_named

    sources = shown.case.sources_of(event)
    meant = [source for source in sources if source.id == event.paper] or list(sources)
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise UnknownEvent(f"{event.id} names no source")
    listed = (f"`{shown.case.id}/sources/{each.id}`: {source_named(shown, event, each.id)}" for each in sources)
    raise UnknownEvent(f"{event.id} has several sources and names none as its paper: open one of them", *listed)


def _target(workspace: Workspace, case: CaseFile, source: SourceRecord, source_id: str, *, online: bool) -> Target:
    """Returns the kept copy or the address of a source. Raises CannotRead."""
    if source.file is not None and not online:
        return _kept_copy(workspace, f"{case.id}/{source.file}", source.sha256)
    address = source.url or source.archived_url
    if address is None:
        hint = f"`ogpcase show {case.id}/sources/{source_id}` says what is recorded of it"
        raise CannotRead(f"`{source_id}` has no address{'' if source.file else ' and no kept copy'}", hint)
    parts = urlsplit(address)
    is_page = parts.scheme in {"http", "https"} and parts.hostname
    return Target(address, address, None if is_page else "is not the address of a page")


def _kept_copy(workspace: Workspace, file: str, pinned: str | None) -> Target:
    """Returns a kept copy: a plain file of the case, never what a link leads to. Raises CannotRead."""
    target = Target(workspace.root.shown_path(file), str(workspace.root.path / file))
    digest = workspace.files.digest(file)
    if not isinstance(digest, str):
        what = "is not there" if digest is None else "is no file that can be read"
        hints = "`ogpcase validate` says more", "--online opens the address"
        raise CannotRead(f"the kept copy `{target.shown}` {what}", *hints)
    if pinned is not None and pinned != digest:
        return target._replace(fault="is not the copy that was kept")
    if PurePosixPath(file).suffix.lower() not in SHOWN_ONLY:
        return target._replace(fault="may be a program: its ending is none of a text or picture")
    return target


def opened(target: str) -> bool:
    """Opens a target: an `http` or `https` address, or the absolute path of a file; false if there is no desktop here.

    An address goes to `BROWSER` if that is set. Raises CannotRead if the program cannot be started, or fails.
    """
    if sys.platform == "win32":
        return _start_file(target)
    words = _words_for(target)
    if words is None:
        return False
    try:
        done = subprocess.run(words, check=False)  # noqa: S603 - no shell; the user's own program
    except OSError as error:
        raise CannotRead(f"`{words[0]}` cannot be started", f"open it yourself: {target}") from error
    if done.returncode != 0:
        raise CannotRead(f"`{words[0]}` exited with code {done.returncode}", f"open it yourself: {target}")
    return True


if sys.platform == "win32":

    def _start_file(target: str) -> bool:
        try:
            os.startfile(target)  # noqa: S606 - it runs no shell
        except OSError as error:
            raise CannotRead("no program here opens this", f"open it yourself: {target}") from error
        return True


def _words_for(target: str) -> list[str] | None:
    if "://" in target and (browser := _browser(target)):
        return browser
    if sys.platform == "darwin":
        return ["/usr/bin/open", target]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    program = installed("xdg-open")
    return [program, target] if program else None


def _browser(address: str) -> list[str] | None:
    """Returns the first command of `BROWSER` that is installed, with the address in the place of `%s` or at the end."""
    for command in os.environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command.replace("%s", "\0"))
        except ValueError:  # a quote is open
            continue
        if words and (program := _program(words[0])):
            rest = [word.replace("\0", address) for word in words[1:]]
            return [program, *rest, *([] if "\0" in "".join(words[1:]) else [address])]
    return None


def _program(name: str) -> str | None:
    """Returns the path of the program that the user named, by a path or by a name."""
    return installed(name) if os.path.dirname(name) == "" else shutil.which(os.path.abspath(name))  # noqa: PTH100, PTH120 - the user named a path
