"""`ogpcase schema`: writes the JSON Schemas and code lists, for editors and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import EXIT_DONE, EXIT_FAILED


def run(
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
