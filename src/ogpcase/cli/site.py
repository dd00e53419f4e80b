"""`ogpcase site`: the public register, as a folder of pages."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.cli.options import RootOption, day_of, today
from ogpcase.errors import EXIT_DONE, Misused
from ogpcase.output.lines import line
from ogpcase.output.terminal import write

if TYPE_CHECKING:
    from ogpcase.site.building import Building

HERE = "127.0.0.1"
"""Where pages are served: only programs on this machine reach it."""


def run(
    folder: Annotated[
        Path | None, Argument(metavar="DIR", help="Where to write the pages: a new folder, or a register of before.")
    ] = None,
    base_url: Annotated[
        str | None, Option(metavar="URL", help="Where the register will stand, as https://example.org/cases.")
    ] = None,
    title: Annotated[str, Option(help="What the register is called.")] = "Register of cases",
    only: Annotated[list[str] | None, Option(metavar="CASE", help="Only this case; repeats.")] = None,
    as_of: Annotated[
        str | None,
        Option(
            metavar="DATE", help="As the records would have shown it that day; default: when the copy last changed."
        ),
    ] = None,
    serve: Annotated[
        bool, Option("--serve", help="Show the pages on this machine only, at an address that is printed.")
    ] = False,
    root: RootOption = None,
) -> int:
    """Pages of a public copy: all cases, each case, event, party and source, with permanent addresses.

    Given a working folder, makes the public copy first, in memory, and refuses what `publish` refuses. The folder is
    replaced whole, or not at all. The same copy gives the same bytes, whatever the day.
    """
    from ogpcase.store.export_files import passing_folder

    if folder is None and not serve:
        raise Misused("no folder is named for the pages", "name one, or look at them with --serve")
    with passing_folder() if folder is None else nullcontext(folder) as place:
        if base_url is not None and not base_url.startswith(("https://", "http://")):
            raise Misused("--base-url takes an address that begins with https:// or http://")
        building = _building(root, only or (), day_of(as_of), title, (base_url or "").rstrip("/"))
        target = _written(building, place)
        if serve:
            _serve_here(target)
    return EXIT_DONE


def _written(building: Building, place: Path) -> Path:
    """Writes the pages, says how many files they are, and returns their folder."""
    from ogpcase.output.terminal import progress
    from ogpcase.store.export_files import register_folder, replace_register

    target = register_folder(place, building.workspace.root.path)
    with progress(lambda: building.doing):
        number = replace_register(target, building.pages())
    write([line(f"wrote     {place}: {number} files, as of {building.site.day}")])
    if not building.published.days:
        write([line("note      the pages cannot tell when the register told of what: only a copy that")])
        write([line("          `ogpcase publish` wrote keeps that, in `changes/` beside it")])
    return target


def _building(root: Path | None, only: Sequence[str], day: date | None, title: str, address: str) -> Building:
    """Returns the register of a public copy, which is made first of a working folder."""
    from ogpcase.cli.read_session import opened
    from ogpcase.output.frames import needed

    needed("jinja2", "`site`", "site")
    from ogpcase.site.building import Building, trees_for
    from ogpcase.site.pages import Site
    from ogpcase.workspace.published import published_in
    from ogpcase.workspace.typed_ids import case_meant

    workspace = opened(root, public=True)
    shown = tuple(case_meant(workspace, case) for case in only)
    trees = trees_for(workspace, shown or workspace.case_ids())
    corrections = workspace.settings.corrections or ""
    told = [day.day for day in published_in(workspace).days]
    site = Site(title, address, day or max(told, default=today()), corrections, trees)
    return Building(workspace, site, shown)


def _serve_here(folder: Path) -> None:
    """Serves a folder on a free port of this machine, prints the address, and goes on until somebody stops it."""
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Says nothing of what is looked at."""

    with ThreadingHTTPServer((HERE, 0), partial(Quiet, directory=folder)) as server:
        write([line(f"look at   http://{HERE}:{server.server_port}/ (Ctrl-C ends it)")])
        server.serve_forever()
