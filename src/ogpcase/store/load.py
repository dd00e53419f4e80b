"""Loads files as records, with their problems and their trees; loads parties when they are needed."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ogpcase.diagnostics import FileId, Problem
from ogpcase.model.base import Frozen
from ogpcase.model.bind import Bound, bind_event, bind_header, bind_mapping, bind_party, bind_settings, bind_source
from ogpcase.model.casefile import (
    FIRST_FORMAT,
    CaseFile,
    CaseHeader,
    FolderSettings,
    Registry,
    assemble,
    file_of_event,
    file_of_header,
    file_of_mapping,
    file_of_party,
    file_of_source,
)
from ogpcase.model.codelists import Format
from ogpcase.model.ids import NEVER_PUBLISH_NAME, SETTINGS_NAME, is_id
from ogpcase.model.parties import Party
from ogpcase.store.files import Files
from ogpcase.store.layout import HEADER_NAME
from ogpcase.store.listing import list_case, list_parties
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import Parsed, YamlTree

if TYPE_CHECKING:
    from ogpcase.model.table_mapping import TableMapping

R = TypeVar("R", bound=Frozen)


class Texts(NamedTuple):
    """What was read: the tree of each file, the text of files without a tree, and each file's bytes."""

    trees: Mapping[FileId, YamlTree] = MappingProxyType({})
    broken: Mapping[FileId, str] = MappingProxyType({})
    data: Mapping[FileId, bytes] = MappingProxyType({})

    def digest(self, file: FileId) -> str:
        """Returns the SHA-256 of a file that was read; only what writes asks for it."""
        return sha256(self.data[file]).hexdigest()


class LoadedParties(NamedTuple):
    """The parties, their texts, and the problems of their files."""

    registry: Registry
    texts: Texts
    problems: tuple[Problem, ...]


class LoadedCase(NamedTuple):
    """A case, its texts, the problems of its files, and how its tables are read; the checks have not judged it."""

    casefile: CaseFile
    texts: Texts
    problems: tuple[Problem, ...]
    mapping: "TableMapping | None" = None


class LoadedSettings(NamedTuple):
    """The folder's settings (without a readable file, those of the first format), their text and their problems."""

    settings: FolderSettings
    texts: Texts
    problems: tuple[Problem, ...]
    unreadable: bool = False

    @property
    def later_format(self) -> int | None:
        """The number of the format if it is later than this program knows; else None."""
        tree = self.texts.trees.get(SETTINGS_NAME)
        value = tree.fields.get("format") if tree is not None else None
        number = value if isinstance(value, int) else 0
        return int(number) if number > len(Format) else None


def load_settings(files: Files) -> LoadedSettings:
    """Loads `ogpcase.yaml`."""
    reader = _Reader(files)
    bound = reader.records(bind_settings, {"": SETTINGS_NAME})[""]
    unreadable = bound.record is None and bool(reader.problems)
    return LoadedSettings(bound.record or FIRST_FORMAT, reader.texts, reader.problems, unreadable)


def load_registry(files: Files, settings: FolderSettings = FIRST_FORMAT) -> LoadedParties:
    """Loads all parties of a folder."""
    listing = list_parties(files)
    loaded = load_parties(files, listing.names)
    never = files.content(NEVER_PUBLISH_NAME) is not None
    registry = replace(loaded.registry, settings=settings, never_publish=never)
    return LoadedParties(registry, loaded.texts, (*listing.problems, *loaded.problems))


def load_parties(files: Files, ids: Iterable[str]) -> LoadedParties:
    """Loads the parties with these ids, without those that have no file."""
    reader = _Reader(files)
    parties: dict[str, Party] = {}
    unreadable: set[str] = set()
    flawed: set[str] = set()
    wanted = {party_id: file_of_party(party_id) for party_id in ids if is_id(party_id)}
    for party_id, bound in reader.records(bind_party, wanted).items():
        if bound.record is not None:
            parties[party_id] = bound.record
            flawed |= {party_id} if bound.flawed else set()
        elif wanted[party_id] not in reader.missing:
            unreadable.add(party_id)
    registry = Registry(parties, frozenset(unreadable), frozenset(flawed))
    return LoadedParties(registry, reader.texts, reader.problems)


def load_case(files: Files, case_id: str, registry: Registry) -> LoadedCase:
    """Loads a case; its header is None if it is missing or cannot be read."""
    listing = list_case(files, case_id)
    reader = _Reader(files)
    header: Bound[CaseHeader] = Bound(None)
    if listing.has_header:
        header = reader.records(bind_header, {case_id: file_of_header(case_id)})[case_id]
    event_files = {event_id: file_of_event(case_id, event_id) for event_id in listing.events}
    events = reader.records(bind_event, event_files)
    source_files = {name: file_of_source(case_id, name) for name in listing.sources}
    sources = reader.records(bind_source, source_files)
    mapping: Bound[TableMapping] = Bound(None)
    if listing.has_mapping:
        mapping = reader.records(bind_mapping, {case_id: file_of_mapping(case_id)})[case_id]
    flawed = {HEADER_NAME: header.flawed} if header.flawed else {}
    flawed |= {event_id: bound.flawed for event_id, bound in events.items() if bound.record and bound.flawed}
    flawed |= {source_files[name]: bound.flawed for name, bound in sources.items() if bound.record and bound.flawed}
    case = assemble(
        case_id,
        header.record,
        tuple(bound.record for bound in events.values() if bound.record),
        registry,
        unreadable=frozenset(event_id for event_id, bound in events.items() if not bound.record),
        flawed=flawed,
        not_read=(
            *listing.not_read,
            *(() if header.record else (file_of_header(case_id),)),
            *(event_files[event_id] for event_id, bound in events.items() if bound.record is None),
            *(source_files[name] for name, bound in sources.items() if bound.record is None),
        ),
        sources={name: bound.record for name, bound in sources.items() if bound.record},
    )
    found = (*listing.problems, *reader.problems)
    return LoadedCase(case, reader.texts, found, mapping.record)


def load_header(files: Files, case_id: str) -> CaseHeader | None:
    """Loads the header of a case alone; None if it is missing or cannot be read."""
    return _Reader(files).records(bind_header, {case_id: file_of_header(case_id)})[case_id].record


class _Reader:
    """Reads files, and keeps their texts and problems."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._problems: dict[FileId, list[Problem]] = {}
        self.trees: dict[FileId, YamlTree] = {}
        self.broken: dict[FileId, str] = {}
        self.data: dict[FileId, bytes] = {}
        self.missing: set[FileId] = set()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(chain.from_iterable(self._problems.values()))

    @property
    def texts(self) -> Texts:
        return Texts(self.trees, self.broken, self.data)

    def records(
        self, bind: Callable[[object, str, FileId], Bound[R]], files: Mapping[str, FileId]
    ) -> dict[str, Bound[R]]:
        """Reads, parses and binds records by id. Each step is done for all files before the next: caches stay warm."""
        data = {record_id: self._read(file) for record_id, file in files.items()}
        parsed = {record_id: self._parsed(data.pop(record_id), file) for record_id, file in files.items()}
        return {record_id: self._bound(bind, record_id, parsed[record_id]) for record_id in files}

    def _read(self, file: FileId) -> bytes | None:
        data = self._files.read(file)
        self._problems[file] = [data] if isinstance(data, Problem) else []
        if data is None:
            self.missing.add(file)
        return None if isinstance(data, Problem) else data

    def _parsed(self, data: bytes | None, file: FileId) -> Parsed | None:
        if data is None:
            return None
        self.data[file] = data
        parsed = parse(data, file)
        self._problems[file] += parsed.problems
        if parsed.tree is None:
            self.broken[file] = data.decode("utf-8", "replace")
        else:
            self.trees[file] = parsed.tree
        return parsed

    def _bound(
        self, bind: Callable[[object, str, FileId], Bound[R]], record_id: str, parsed: Parsed | None
    ) -> Bound[R]:
        if parsed is None or parsed.tree is None:
            return Bound(None)
        bound = bind(parsed.tree.value, record_id, parsed.tree.file)
        if bound.problems:
            self._problems[parsed.tree.file] += _without_echoes(bound.problems, parsed)
        return bound


def _without_echoes(bound: tuple[Problem, ...], parsed: Parsed) -> Iterator[Problem]:
    """Yields the problems of binding without those of keys that parsing has reported already."""
    refused = {problem.places[0].span for problem in parsed.problems}
    for problem in bound:
        place = problem.places[0]
        if not refused or not parsed.tree or place.part != "key" or parsed.tree.span_for(place) not in refused:
            yield problem


class LazyParties(Mapping[str, Party]):
    """The parties of a folder by id, in order; each is read on first use, and again only if `most` were read since."""

    def __init__(self, files: Files, most: int | None = None) -> None:
        self._files = files
        self._most = most
        self._names: tuple[str, ...] | None = None
        self._read: OrderedDict[str, LoadedParties] = OrderedDict()
        self._not_read: dict[FileId, bool] = {}

    def __getitem__(self, party_id: str) -> Party:
        return self.of(party_id).registry.parties[party_id]

    def __contains__(self, party_id: object) -> bool:
        return isinstance(party_id, str) and party_id in self.of(party_id).registry.parties

    def __iter__(self) -> Iterator[str]:
        return (party_id for party_id in self.names() if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def names(self) -> tuple[str, ...]:
        """Returns the ids of all parties; lists the folder and reads no party."""
        if self._names is None:
            self._names = list_parties(self._files).names
        return self._names

    def of(self, party_id: str) -> LoadedParties:
        """Loads one party; the result is empty if it has no file."""
        if party_id in self._read:
            self._read.move_to_end(party_id)
            return self._read[party_id]
        loaded = self._read[party_id] = load_parties(self._files, [party_id])
        self._not_read |= {file_of_party(name): True for name in loaded.registry.unreadable}
        self._not_read |= {file_of_party(name): False for name in loaded.registry.flawed}
        if self._most is not None and len(self._read) > self._most:
            self._read.popitem(last=False)
        return loaded

    def not_read(self) -> dict[FileId, bool]:
        """Returns the files that were asked for and cannot be read; false for those that can be read in part."""
        return dict(sorted(self._not_read.items(), key=lambda file: not file[1]))

    def registry(self, settings: FolderSettings) -> Registry:
        """Returns a registry that reads each party on first use."""
        unreadable, flawed = _Ids(self, lambda read: read.unreadable), _Ids(self, lambda read: read.flawed)
        return Registry(self, unreadable, flawed, settings)


class _Ids(AbstractSet[str]):
    """The ids of the parties that are unreadable, or flawed."""

    def __init__(self, lazy: LazyParties, chosen: Callable[[Registry], AbstractSet[str]]) -> None:
        self._lazy = lazy
        self._chosen = chosen

    @classmethod
    def _from_iterable(cls, ids: Iterable[str]) -> frozenset[str]:  # type: ignore[override]  # set algebra gives a set
        return frozenset(ids)

    def __contains__(self, party_id: object) -> bool:
        return isinstance(party_id, str) and party_id in self._chosen(self._lazy.of(party_id).registry)

    def __iter__(self) -> Iterator[str]:
        return (party_id for party_id in self._lazy.names() if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
