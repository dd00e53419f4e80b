"""The verbs that set something up: a case folder, the schemas of editors, a language server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, cast

from typer import Argument, Option

from ogpcase.cli.boundary import tell
from ogpcase.cli.options import RootOption, today
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused

if TYPE_CHECKING:
    from ogpcase.output.lines import Line
    from ogpcase.store.init_templates import Skeleton


def run_init(
    folder: Annotated[Path, Argument(help="Where to create `cases/`.")] = Path(),
    install_from: Annotated[
        str | None,
        Option(
            metavar="VERSION|ADDRESS",
            help="What CI installs; default: where this ogpcase came from, if others can reach that.",
        ),
    ] = None,
    register: Annotated[
        bool, Option("--register", help="In a public copy: only the workflow that publishes its register.")
    ] = False,
) -> None:
    """Writes OGP's bodies as parties, schemas for editors, and what git needs beside `cases/`; at the top of the
    repository a CI workflow, a pre-commit hook and settings of VS Code. Overwrites nothing.
    """
    from ogpcase.model.jsonschema import schema_files
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write
    from ogpcase.store.init_templates import (
        own_requirement,
        requirement_of,
        schemas_address,
        write_register_workflow,
        write_skeleton,
    )

    requirement = own_requirement() if install_from is None else requirement_of(install_from)
    if register:
        write(list(_lines("ogpcase init --register", folder, write_register_workflow(folder, requirement))))
        return
    schemas = schema_files(schemas_address())
    write(list(_lines("ogpcase init", folder, write_skeleton(folder, schemas, requirement, tell))))
    write([line(Piece("next    ", "dim"), "ogpcase open-case ID --title … --subject … --country …")])


def _lines(program: str, folder: Path, skeleton: Skeleton) -> Iterator[Line]:
    """Yields what was written, what a person has to add to files that were there, and how to get the rest."""
    from ogpcase.diagnostics.visible_text import command
    from ogpcase.output.lines import Piece, line

    written, schemas = skeleton.written, [path for path in skeleton.written if "schemas" in path.parts]
    yield from (line(Piece("wrote   ", "good"), str(path)) for path in written if path not in schemas)
    if schemas:
        yield line(Piece("wrote   ", "good"), f"{len(schemas)} files in {folder / 'schemas'}")
    if not written and skeleton.no_workflow is None:
        yield line("everything already exists; nothing was written")
    for path, missing in skeleton.kept:
        yield line(Piece("kept    ", "bad"), f"{path} as it is; for these cases it also needs")
        yield from (line(f"          {each}") for each in missing)
    if skeleton.no_workflow is not None:
        why = "this ogpcase came from a folder or file that CI cannot reach"
        yield line(Piece("missing ", "bad"), f"{skeleton.no_workflow}: {why}")
        again = command(program, *([] if folder == Path() else [str(folder)]))
        yield line(
            Piece("next    ", "dim"), f"{again} --install-from VERSION, or git+https://HOST/OWNER/ogpcase@COMMIT"
        )


def run_schema(
    folder: Annotated[Path, Argument(help="The folder to write to.")] = Path("schemas"),
    check: Annotated[bool, Option("--check", help="Write nothing; fail if a file is not up to date.")] = False,
) -> int:
    """Writes a schema for each kind of event, for headers and for parties, and a CSV file for each code list."""
    from ogpcase.model.jsonschema import schema_files
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write
    from ogpcase.store.export_files import differing, write_all
    from ogpcase.store.init_templates import schemas_address

    wanted = schema_files(schemas_address())
    if not check:
        written = write_all(folder, wanted)
        write([line(f"wrote {len(written)} of {len(wanted)} files in {folder}; the others are up to date")])
        return EXIT_DONE
    stale = differing(folder, wanted)
    for name, why in stale:
        write([line(f"{folder / name} is {why}")])
    if stale:
        write([line(f"run `{command('ogpcase schema', str(folder))}` to write them")])
        return EXIT_FAILED
    write([line(f"{len(wanted)} files in {folder} are up to date")])
    return EXIT_DONE


def run_lsp(
    stdio: Annotated[
        bool, Option("--stdio", help="Speak over stdin and stdout, as it does anyway; editors may say it.")
    ] = False,
    root: RootOption = None,
) -> int:
    """Shows problems, completion, sentences of fields and references in an editor, as you type.

    The editor starts it: docs/editors.md says how it is told to. Texts that are not saved yet count as they stand in
    the editor. It writes nothing; without `--root`, each open file is of the case folder that it lies in.
    """
    from ogpcase.output.frames import needed

    del stdio  # there is no other way
    needed("pygls.lsp.server", "`lsp`", "lsp")
    if sys.stdin.isatty():
        raise Misused("`lsp` speaks with an editor, not with a person", "docs/editors.md says how an editor starts it")
    from ogpcase.language_server.server import server_of
    from ogpcase.store.layout import current_folder, find_root

    server = server_of(None if root is None else find_root(root, current_folder()), today)
    server.start_io(stdout=cast("BinaryIO", _KeptOpen(sys.stdout.buffer)))
    return EXIT_DONE


class _KeptOpen(RawIOBase):
    """Passes bytes on to a stream at once; the server closes this in its place."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the server writes nothing but bytes
        written = self._stream.write(data)
        self._stream.flush()
        return written
