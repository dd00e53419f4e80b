"""What `init` writes: OGP's bodies as parties, schemas for editors, and settings for CI, pre-commit and VS Code.

In a new case folder the parties are written last and all at once. No command finds the folder before that, so the next
`init` continues an interrupted one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path

from ogpcase import __version__
from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotRead, CannotWrite
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.policy.procedures import default_procedure
from ogpcase.store.export_files import PUBLIC, fill_new
from ogpcase.store.files import RECORD
from ogpcase.store.layout import PARTIES, ROOT_NAME, Root, reason, root_at
from ogpcase.store.lock import locked
from ogpcase.store.save import clear_stale, folder_made, folder_of, store_file, swept
from ogpcase.store.transaction import Step, finished, store_all
from ogpcase.yamltree.emitting import emit

_TEMPLATES = files("ogpcase.store") / "templates"
_PLACES = {
    ".github/workflows/ogpcase.yml": "workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/settings.json": "vscode-settings.json",
    ".gitignore": "gitignore",
    f"{ROOT_NAME}/README.md": "README.md",
}
"""The file that each template becomes."""


def write_skeleton(
    folder: Path, schemas: Mapping[str, str], tell: Callable[[str], None] | None = None
) -> tuple[Path, ...]:
    """Writes the first files of a case folder and returns them; `schemas` are the texts of `schemas/` by name.

    Existing files stay as they are. `tell` gets a message when the command waits or finishes an interrupted one.
    Raises CannotWrite, whose message says what was written before.
    """
    written: list[Path] = []
    root = root_at(folder / ROOT_NAME, Path.cwd())
    try:
        with folder_made(folder), folder_made(root.path), locked(root, tell):
            recovered = finished(root)
            if recovered is not None and tell is not None:
                tell(recovered)
            swept(root)
            texts = _texts(root, schemas)
            _sweep_beside(folder, texts)
            for file, text in texts.items():
                if not os.path.lexists(folder / file) and store_file(folder, file, text, over=False):
                    written.append(folder / file)
            written += [folder / ROOT_NAME / file for file in _write_parties(folder, root)]
    except OSError as error:
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(error)}; {_before(written)}") from error
    except (CannotRead, CannotWrite) as refused:
        what = refused.message.removesuffix("; nothing was changed")
        said = f"{what}; {_before(written)}" if written else refused.message
        raise CannotWrite(said, *refused.hints) from refused
    return tuple(written)


def _before(written: list[Path]) -> str:
    return f"{len(written)} files were written before" if written else "nothing was written"


def _texts(root: Root, schemas: Mapping[str, str]) -> dict[str, str]:
    texts = {
        file: (_TEMPLATES / name).read_text(encoding="utf-8").replace("==VERSION", f"=={__version__}")
        for file, name in _PLACES.items()
    }
    texts |= {f"schemas/{name}": text for name, text in schemas.items()}
    if not os.path.lexists(root.path / PARTIES):  # an existing folder may have the first format
        texts[f"{ROOT_NAME}/{SETTINGS_NAME}"] = "format: 2\n"
    return texts


def _sweep_beside(folder: Path, files: Iterable[str]) -> None:
    for file in {file.rpartition("/")[0]: file for file in files}.values():
        with suppress(OSError), folder_of(folder, file) as (below, _):
            clear_stale(below)


def _party_files() -> Iterator[tuple[str, bytes]]:
    """Yields the name and text of the party file of each body that has one in the default procedure's table."""
    bodies = default_procedure().bodies
    whole = next((body.party.id for body in bodies if body.stands_for_all and body.party), None)
    for body in bodies:
        if body.party:
            party = body.party
            values = {"name": party.name, "other_names": list(party.other_names), "classification": "ogp_body"}
            values |= {"body": body.code, "part_of": [whole] if whole and whole != party.id else []}
            yield f"{party.id}{RECORD}", emit({name: value for name, value in values.items() if value}).encode()


def _write_parties(folder: Path, root: Root) -> tuple[FileId, ...]:
    parties = dict(sorted(_party_files()))
    missing = {name: data for name, data in parties.items() if not os.path.lexists(root.path / PARTIES / name)}
    if not os.path.lexists(root.path / PARTIES):
        with folder_of(folder, f"{ROOT_NAME}/{PARTIES}"):  # refuses a link
            fill_new(root.path / PARTIES, parties, PUBLIC)
    elif missing:
        store_all(root, "init", [Step(f"{PARTIES}/{name}", None, data) for name, data in missing.items()])
    return tuple(f"{PARTIES}/{name}" for name in missing)
