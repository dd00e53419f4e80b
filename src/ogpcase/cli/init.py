"""`ogpcase init`: starts a case folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.cli.boundary import tell

if TYPE_CHECKING:
    from ogpcase.output.lines import Line
    from ogpcase.store.init_templates import Skeleton


def run(
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
