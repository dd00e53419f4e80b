"""What `init` writes: OGP's bodies as parties, schemas for editors, and settings for CI, pre-commit and VS Code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ogpcase import __version__
from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.layout import PARTIES, ROOT_NAME, reason

_BODIES = ("ogp", "ogp-criteria-and-standards", "ogp-irm", "ogp-steering-committee", "ogp-support-unit")
_TEMPLATES = {
    f"{ROOT_NAME}/README.md": "README.md",
    **{f"{ROOT_NAME}/{PARTIES}/{body}.yaml": f"parties/{body}.yaml" for body in _BODIES},
    ".github/workflows/ogpcase.yml": "workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/settings.json": "vscode-settings.json",
    ".gitignore": "gitignore",
}
"""Where each template goes, below the folder."""


def write_skeleton(folder: Path, schemas: Mapping[str, str]) -> tuple[Path, ...]:
    """Writes what a case folder starts with; `schemas` are the texts of `schemas/` by name.

    What is there already is left as it is. Returns what was written.

    Raises:
        CannotWrite: says what had been written before.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in _files(schemas):
            if _written(folder, file, text):
                written.append(folder / file)
    except OSError as error:
        before = f"{len(written)} files were written before" if written else "nothing was written"
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(error)}; {before}") from error
    return tuple(written)


def _files(schemas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    from importlib.resources import files  # only `init` needs it

    templates = files("ogpcase.store") / "templates"
    for file, name in _TEMPLATES.items():
        text = (templates / name).read_text(encoding="utf-8")
        yield file, text.replace("==VERSION", f"=={__version__}")
    for name, text in schemas.items():
        yield f"schemas/{name}", text


def _written(folder: Path, file: str, text: str) -> bool:
    if os.path.lexists(folder / file):
        return False
    with folder_of(folder, file, make=True) as (below, name), work_file(below, [text.encode()]) as work:
        done = place(below, work, name)
        confirm(below)
    return done
