"""Copies of sources against the records that name them: is each there, and is it still what was pinned?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ogpcase.diagnostics import Place, Problem, rule

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files


@rule("OC508", "missing-copy")
def missing_copy(place: Place) -> Iterator[Problem]:
    """A source names a copy that is not kept in the case's folder, or is no plain file.

    Why it matters
        The copy is what the record can be held against when the page is gone.
    Wrong
        file: sources/leter.pdf
    Right
        file: sources/letter.pdf
    Not reported when
        There is a plain file of that name under the case's `sources/`.
    """
    helps = ("put the copy there with `--source-file`, or take `file` and `sha256` out",)
    yield Problem("the copy that this source names is not there", (place,), helps=helps)


@rule("OC509", "changed-copy")
def changed_copy(place: Place, digest: str) -> Iterator[Problem]:
    """A copy of a source is no longer what it was when it was pinned.

    Why it matters
        A record rests on the words that were read; other words may say something else.
    Wrong
        sha256 of the file as it was, beside the file as somebody saved it again
    Right
        sha256 of the file as it is, once somebody has read that it says the same
    Not reported when
        The source pins no digest.
    """
    notes = (f"the SHA-256 of the file is `{digest}`",)
    helps = ("bring back the copy that was read, or read this one and pin it",)
    yield Problem("the copy is not the one that this source pins", (place,), notes=notes, helps=helps)


def judge_copies(files: Files, case: CaseFile) -> Iterator[Problem]:
    """Yields what is wrong with the copies that a case's records name; reads each copy whole."""
    from ogpcase.model.casefile import file_of_event  # brings the records, which a mere list of names does without

    for event in case.events:
        if "sources" in case.flawed.get(event.id, ()):
            continue  # an item was left out, so the positions are not those of the file
        for position, source in enumerate(event.sources):
            if source.file is None:
                continue
            found = files.digest(f"{case.id}/{source.file}")
            place = Place(file_of_event(case.id, event.id), ("sources", position, "file"), "this copy")
            if not isinstance(found, str):
                yield missing_copy.one(place)
            elif source.sha256 is not None and source.sha256 != found:
                pinned = Place(place.file, ("sources", position, "sha256"), "another digest")
                yield changed_copy.one(pinned, found)


RULES = (missing_copy, changed_copy)
