"""What `init` writes: OGP's bodies as parties, schemas for editors, and settings for CI, pre-commit and VS Code.

Where there is no case folder yet, the parties come last and all at once: until then no command finds one, so that an
`init` that was cut off is like none, and the next goes on from where it stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from ogpcase import __version__
from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotRead, CannotWrite
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.store.files import OURS
from ogpcase.store.layout import FOLDER_FLAGS, PARTIES, ROOT_NAME, Root, reason, root_at
from ogpcase.store.lock import locked
from ogpcase.store.recovery import finished, swept
from ogpcase.store.save import clear_stale, confirm, folder_of, place, work_file, written
from ogpcase.store.signals import Stored, undisturbed
from ogpcase.store.transaction import Step, store_all

_BODIES = ("ogp", "ogp-criteria-and-standards", "ogp-irm", "ogp-steering-committee", "ogp-support-unit")
_TEMPLATES = {
    ".github/workflows/ogpcase.yml": "workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/settings.json": "vscode-settings.json",
    ".gitignore": "gitignore",
    f"{ROOT_NAME}/README.md": "README.md",
}
"""Where each template goes, below the folder."""
_FOLDER_MODE = 0o755


def write_skeleton(
    folder: Path, schemas: Mapping[str, str], tell: Callable[[str], None] | None = None
) -> tuple[Path, ...]:
    """Writes what a case folder starts with; `schemas` are the texts of `schemas/` by name.

    What is there already is left as it is. Returns what was written; waiting for another run, and what was left of
    one that was cut off, is said through `tell`.

    Raises:
        CannotWrite: says what had been written before.
    """
    done: list[Path] = []
    root = root_at(folder / ROOT_NAME, Path.cwd())
    try:
        with _made(folder, root.path), locked(root, tell):
            _put_right(root, tell)
            wanted = dict(_files(schemas))
            if not os.path.lexists(root.path / PARTIES):  # what is there may be in the first format
                wanted[f"{ROOT_NAME}/{SETTINGS_NAME}"] = "format: 2\n"
            _sweep_beside(folder, wanted)
            for file, text in wanted.items():
                if _is_written(folder, file, text):
                    done.append(folder / file)
            done += [root.path / file for file in _parties(folder, root)]
    except OSError as error:
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(error)}; {_before(done)}") from error
    except (CannotRead, CannotWrite) as refused:
        before = f"; {_before(done)}" if done else ""
        raise CannotWrite(f"{refused.message}{before}", *refused.hints) from refused
    return tuple(done)


def _before(done: Sequence[Path]) -> str:
    return f"{len(done)} files were written before" if done else "nothing was written"


@contextmanager
def _made(*folders: Path) -> Iterator[None]:
    """Makes folders, each in the one before; they go again where the block fails and nothing is in them."""
    new = [each for each in folders if not os.path.lexists(each)]
    try:
        for each in folders:
            each.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in reversed(new):
            with suppress(OSError):
                each.rmdir()
        raise


def _put_right(root: Root, tell: Callable[[str], None] | None) -> None:
    said = finished(root)
    if said is not None and tell is not None:
        tell(said)
    swept(root)


def _sweep_beside(folder: Path, files: Iterable[str]) -> None:
    """Takes away the work files that killed runs left outside the case folder."""
    for file in {file.rpartition("/")[0]: file for file in files}.values():
        with suppress(OSError), folder_of(folder, file) as (below, _):
            clear_stale(below)


def _files(schemas: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for file, name in _TEMPLATES.items():
        yield file, _template(name).replace("==VERSION", f"=={__version__}")
    for name, text in schemas.items():
        yield f"schemas/{name}", text


def _template(name: str) -> str:
    return (files("ogpcase.store") / "templates" / name).read_text(encoding="utf-8")


def _is_written(folder: Path, file: str, text: str) -> bool:
    if os.path.lexists(folder / file):
        return False
    with (
        folder_of(folder, file, make=True) as (below, name),
        work_file(below, [text.encode()]) as work,
        undisturbed(),
    ):
        done = place(below, work, name)
        Stored.done = Stored.done or done
        confirm(below)
    return done


def _parties(folder: Path, root: Root) -> tuple[FileId, ...]:
    """Writes the bodies that are missing, all or none; returns their files."""
    wanted = {f"{PARTIES}/{body}.yaml": _template(f"parties/{body}.yaml").encode() for body in _BODIES}
    missing = {file: data for file, data in wanted.items() if not os.path.lexists(root.path / file)}
    if not os.path.lexists(root.path / PARTIES):
        with folder_of(folder, f"{ROOT_NAME}/{PARTIES}") as (cases, _):
            _appear(cases, {file.rpartition("/")[2]: data for file, data in wanted.items()})
    elif missing:
        store_all(root, "init", [Step(file, None, data) for file, data in missing.items()])
    return tuple(missing)


def _appear(cases: int, files: Mapping[str, bytes]) -> None:
    """Gives the case folder its parties in one step: the folder is filled under a work name first."""
    work = f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"
    os.mkdir(work, _FOLDER_MODE, dir_fd=cases)
    try:
        folder = os.open(work, FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=cases)
        try:
            for name, data in files.items():
                os.rename(written(folder, [data]), name, src_dir_fd=folder, dst_dir_fd=folder)
            confirm(folder)
            with undisturbed():
                os.rename(work, PARTIES, src_dir_fd=cases, dst_dir_fd=cases)
                Stored.done = True
                confirm(cases)
        finally:
            os.close(folder)
    except BaseException:
        _taken_away(cases, work, files)
        raise


def _taken_away(cases: int, work: str, files: Iterable[str]) -> None:
    with suppress(OSError):
        folder = os.open(work, FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=cases)
        try:
            for name in files:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=folder)
        finally:
            os.close(folder)
        os.rmdir(work, dir_fd=cases)
