"""`ogpcase init`: starts a case folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run(folder: Annotated[Path, typer.Argument(help="Where to create `cases/`.")] = Path()) -> None:
    """Writes OGP's bodies as parties, schemas for editors, a CI workflow and a pre-commit hook. Overwrites nothing."""
    from ogpcase.cli.write_session import tell
    from ogpcase.model.jsonschema import schema_files
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write
    from ogpcase.store.init_templates import write_skeleton

    written = write_skeleton(folder, schema_files(), tell)
    lines = [line(Piece("wrote   ", "good"), str(path)) for path in written if "schemas" not in path.parts]
    schemas = sum("schemas" in path.parts for path in written)
    if schemas:
        lines.append(line(Piece("wrote   ", "good"), f"{schemas} files in {folder / 'schemas'}"))
    if not written:
        lines.append(line("everything already exists; nothing was written"))
    write([*lines, line(Piece("next    ", "dim"), "ogpcase open-case ID --title … --subject … --country …")])
