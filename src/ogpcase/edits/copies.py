"""Copies of source texts for a new event: kept if the event is written, gone again if it is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ogpcase.store.copies import add_source
from ogpcase.store.layout import Root


@contextmanager
def kept_copies(root: Root, case_id: str, paths: Sequence[Path], *, keep: bool) -> Iterator[list[dict[str, str]]]:
    """Copies the files under the case's `sources/` and gives a source for each, with its path and SHA-256.

    When the block fails, or `keep` is false, copies that were not there before are taken away again, and an empty
    `sources/` with them.

    Raises:
        BadInput: if one is no plain file.
        CannotRead: if one cannot be read.
        CannotWrite: if the disk refuses a copy.
    """
    folder = root.path / case_id
    there = (folder / "sources").is_dir()
    before = set((folder / "sources").glob("*")) if paths else set()
    made: list[Path] = []
    done = False
    try:
        sources = []
        for path in paths:
            file, digest = add_source(root, case_id, path)
            made.append(folder / file)
            sources.append({"file": file, "sha256": digest})
        yield sources
        done = keep
    finally:
        if not done:
            for path in made:
                if path not in before:
                    path.unlink(missing_ok=True)
            if made and not there:
                with suppress(OSError):  # another run may have put something there
                    (folder / "sources").rmdir()
