"""Says what publishing would change: what becomes public, what leaves the copy, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS
from ogpcase.model.items import AlsoStated, SignedBy
from ogpcase.model.parties import UNKNOWN, NamedParty, Party
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import Text
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.publishing.changes import Copies
from ogpcase.workspace.publishing.copying import named_by
from ogpcase.workspace.publishing.making import Publication
from ogpcase.workspace.publishing.records import Records, found_in
from ogpcase.workspace.publishing.searching import surnames_in


class Change(NamedTuple):
    """The difference between the present copy and the next one.

    `parties` and `names` are named for the first time. `told` are fields, by file, that are withheld in the present
    copy and not in the next one.
    """

    new: tuple[FileId, ...]
    changed: tuple[FileId, ...]
    gone: tuple[FileId, ...]
    parties: tuple[str, ...]
    names: tuple[str, ...]
    told: tuple[tuple[FileId, tuple[str, ...]], ...]
    first: bool

    @property
    def is_empty(self) -> bool:
        """True if nothing changes."""
        return not (self.new or self.changed or self.gone)

    @property
    def asks(self) -> bool:
        """True if a person must confirm: for a first copy, or if a name or a withheld field becomes public."""
        return self.first or bool(self.parties or self.names or self.told)


def change_of(copies: Copies, present: Mapping[FileId, bytes], strangers: Iterable[FileId]) -> Change:
    """Returns the difference to the copy with the bytes `present`; `strangers` are other files in it."""
    before, publication = copies.before, copies.publication
    files = publication.files
    known = {party.id for party in before.parties.values() if not party.withheld}
    named = {name for name, _ in _names_without_a_file(before)}
    parties = publication.copy.records.parties.values()
    new_names = dict.fromkeys(name for name, _ in _names_without_a_file(publication.copy.records))
    return Change(
        new=tuple(sorted(files.keys() - present.keys())),
        changed=tuple(sorted(file for file in files.keys() & present.keys() if files[file] != present[file])),
        gone=tuple(sorted({*strangers, *(present.keys() - files.keys())})),
        parties=tuple(party.id for party in parties if not party.withheld and party.id not in known),
        names=tuple(name for name in new_names if name not in named),
        told=tuple(_told(before, publication.copy.records)),
        first=not present,
    )


def _told(before: Records, now: Records) -> Iterator[tuple[FileId, tuple[str, ...]]]:
    for file, record in before.each():
        fields = {withheld.field for withheld in getattr(record, "withheld", ())}
        revealed = fields - {withheld.field for withheld in getattr(now.at(file), "withheld", ())}
        if revealed:
            yield file, tuple(sorted(revealed))


def _names_without_a_file(copy: Records) -> Iterator[tuple[str, FileId]]:
    for file, record in copy.each():
        names = [signature.name for signature in found_in(record, SignedBy)]
        names += [party.as_named for party in found_in(record, NamedParty) if party.party == UNKNOWN and party.as_named]
        names += _stated_names(copy, record)
        yield from ((name, file) for name in dict.fromkeys(names))


def _stated_names(copy: Records, record: Frozen) -> list[str]:
    """Returns the names that other sources state in fields of parties and signatures, without those of parties."""
    fields = {
        field.name: field for field in questions_of(type(record)) if issubclass(field.holds, SignedBy | NamedParty)
    }
    values = [
        name for stated in found_in(record, AlsoStated) if named_by(stated.field)[0] in fields for name in stated.value
    ]
    return [name for name in values if name not in copy.parties and name not in RESERVED_PARTY_IDS]


Sort = Literal[
    "new", "changed", "no longer", "told", "known", "named", "look over", "left out", "left out in part", "pseudonym",
    "unread", "not published",
]  # fmt: skip
"""What a preview tells of: `unread` and `not published` are kept copies, and the last five are left out."""


class Told(NamedTuple):
    """What a preview tells of a file: `title` of its record, and what else is to be named (`of`)."""

    sort: Sort
    file: FileId
    title: Text | str | None = None
    of: tuple[str, ...] = ()


def told_of(publication: Publication, change: Change) -> Iterator[Told]:
    """Yields what a preview tells, new files first."""
    records = publication.copy.records
    yield from (Told("new", file, _title(file, records)) for file in change.new)
    yield from (Told("changed", file, _title(file, records)) for file in change.changed)
    yield from (Told("no longer", file) for file in change.gone)
    yield from (Told("told", file, of=fields) for file, fields in change.told)
    yield from _known_before(publication, change)
    yield from (Told("named", file, of=(name,)) for name, file in _names_without_a_file(records))
    yield from (Told("look over", file, of=(word,)) for word, file in publication.surnames)
    yield from _left_out(publication)


def with_surnames_of(publication: Publication, file: FileId, note: str | None) -> Publication:
    """Returns a copy with the words of withheld names in a note too, for a person to look over."""
    said = surnames_in(publication.folder, {file: (note or "").encode()})
    return publication._replace(surnames=(*publication.surnames, *said))


def _known_before(publication: Publication, change: Change) -> Iterator[Told]:
    """Yields each party that was public and now has a pseudonym, which a comparison of both copies reveals."""
    for new, old in publication.copy.came_from.items():
        if new != old and old in change.gone and old.startswith(f"{PARTIES}/"):
            yield Told("known", old, of=(new,))


def _title(file: FileId, records: Records) -> Text | str | None:
    record = records.at(file)
    if isinstance(record, SourceRecord):
        return record.title or record.url
    if isinstance(record, Event | CaseHeader | Party):
        return record.name if isinstance(record, Party) else record.title
    return None


def _left_out(publication: Publication) -> Iterator[Told]:
    """Yields what the copy leaves out: whole files, else fields, and copies of sources."""
    folder, copy = publication.folder, publication.copy
    origins = {copy.came_from.get(file, file) for file, _ in copy.records.each()}
    for file, record in folder.each():
        if file not in origins:
            yield Told("left out", file)
        elif isinstance(record, Event) and record.left_out.said:
            yield Told("left out in part", file, of=tuple(record.left_out.said))
        elif isinstance(record, Party) and record.left_out:
            yield Told("pseudonym", file)
    for file, record in folder.each():
        sources = [record] if isinstance(record, SourceRecord) else getattr(record, "sources", ())
        for source in sources if file in origins and not isinstance(record, Party) else ():
            copied = f"{file.partition('/')[0]}/{source.file}"
            if source.file and copied not in publication.files:
                yield Told("unread" if copied in publication.left_behind else "not published", copied)
