"""Finds what typed words mean: parties by any name, dates, and sources by id, address or file; suggests the nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ogpcase.diagnostics import did_you_mean, nearest, suggestion
from ogpcase.editing.typed_dates import written_date
from ogpcase.errors import BadInput, UnknownEvent
from ogpcase.model.casefile import CaseFile, Registry, file_of_party, file_of_source
from ogpcase.model.dates import NotADate
from ogpcase.model.ids import ADDRESS_STARTS, free_id, id_from, id_from_address, is_id, numbered, slug_of
from ogpcase.store.files import name_problem
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.values import as_written

if TYPE_CHECKING:
    from ogpcase.store.checksums import Copy


class Resolver(NamedTuple):
    """Finds what typed words mean: the id of the party with a name, and the date as a record has it.

    Each raises BadInput for words that mean nothing, or more than one thing.
    """

    party: Callable[[str], str]
    date: Callable[[str], str]

    def lenient(self, takes: Callable[[str], bool]) -> Resolver:
        """Returns a resolver that leaves words as they are where they mean nothing and `takes` is true for them."""
        return Resolver(_lenient(self.party, takes), _lenient(self.date, takes))


def _lenient(find: Callable[[str], str], takes: Callable[[str], bool]) -> Callable[[str], str]:
    def found(word: str) -> str:
        try:
            return find(word)
        except BadInput:
            if takes(word):
                return word
            raise

    return found


def resolver_for(registry: Registry, today: date) -> Resolver:
    """Returns the resolver of a folder's parties, on a day."""

    def dated(typed: str) -> str:
        try:
            return written_date(typed, today)
        except NotADate as fault:
            hints = [fault.help] if fault.help else []
            raise BadInput(f"cannot read the date `{typed}`: {fault}", *hints) from None

    return Resolver(partial(party_named, registry), dated)


def party_named(registry: Registry, name: str) -> str:
    """Returns the id of the party with this id or name, to record it.

    Raises BadInput if there are none or several, which says how a new one is added.
    """
    add = f"ogpcase add-party {name if is_id(name) else 'ID'} --name NAME --classification CLASS"
    new = f"add a new party: `{add}`, or with an event or a case, `--new-party '{{name: …, classification: …}}'`"
    return _party_named(registry, name, new)


def _party_named(registry: Registry, name: str, way_out: str) -> str:
    if ids := registry.named(name):
        return only_party(name, ids)
    hints = [*suggestion(nearest_party(registry, name))]
    if not_read := sorted(registry.unreadable):
        hints += [f"it may be one that cannot be read: {', '.join(map(file_of_party, not_read))}"]
    raise BadInput(f"no party is called `{name}`", *hints, way_out)


def only_party(name: str, ids: Sequence[str]) -> str:
    """Returns the id of the one party with a name; raises BadInput if several have it."""
    if len(ids) > 1:
        raise BadInput(f"several parties are called `{name}`", f"write one of their ids: {', '.join(ids)}")
    return ids[0]


def no_source(case_id: str, source_id: str, known: Iterable[str]) -> UnknownEvent:
    """Returns the error for a source that a case does not have, with the nearest one."""
    hints = did_you_mean(source_id, known, f"{case_id}/sources/") or (f"`ogpcase sources {case_id}` lists them",)
    return UnknownEvent(f"{case_id} has no source `{source_id}`", *hints)


def names_in_values(values: object) -> list[str]:
    """Returns every name in the values of a party."""
    name, others = (values.get(field) for field in ("name", "other_names")) if isinstance(values, Mapping) else ("", ())
    names = [
        *(name.values() if isinstance(name, Mapping) else [name]),
        *(others if isinstance(others, list | tuple) else [others]),
    ]
    return [as_written(name) for name in names if name]


def parties_named(registry: Registry, names: Iterable[str] | None) -> frozenset[str]:
    """Returns the ids of the parties with these ids or names, to read of them; raises BadInput as `party_named`."""
    return frozenset(_party_named(registry, name, "`ogpcase parties` shows who is recorded") for name in names or ())


def nearest_party(registry: Registry, name: str) -> str | None:
    """Returns the id of the party whose id or name is nearest to the typed name."""
    ids = {known: party.id for party in registry.parties.values() for known in (party.id, *party.names())}
    near = nearest(name, ids)
    return ids[near] if near else None


_FACTS = ("paper", "told_by")
"""Fields that name a source, and may be given its address."""


class WithSources(NamedTuple):
    """A record's values with the ids of its sources, and the texts of the files of new sources."""

    values: dict[str, Any]
    texts: dict[str, str]


def with_sources(
    values: Mapping[str, Any],
    case: CaseFile,
    copies: Sequence[Copy] = (),
    finder: SourceFinder | None = None,
) -> WithSources:
    """Returns an event's values with the id of each source; a departure that names no source gets all of them.

    An address or a kept copy that a source of the case has is that source. Any other gets a file of its own. Events
    that are written together share a `finder`.
    Raises BadInput if no source of the case has the id, or several have the address.
    """
    finding = finder or SourceFinder(case)
    listed = values.get("sources", ())
    given = listed if isinstance(listed, list | tuple) else [listed]
    facts = {name: value for name in _FACTS if str(value := values.get(name, "")).startswith(ADDRESS_STARTS)}
    sources = [*map(finding.found, [*given, *facts.values()]), *map(finding.of_copy, copies)]
    ids = [_id_of(source) for source in sources]
    kept = [source for at, source in enumerate(sources) if ids[at] is None or ids[at] not in ids[:at]]
    named = [name for name in dict.fromkeys(ids) if name is not None and is_id(name)]
    changed: dict[str, Any] = {"sources": kept} if kept else {}
    changed |= {name: _id_of(finding.found(value)) for name, value in facts.items()}
    departures = values.get("departure")
    if named and isinstance(departures, list):
        changed["departure"] = [
            {**each, "sources": each.get("sources", [*named])} if isinstance(each, dict) else each
            for each in departures
        ]
    return WithSources({**values, **changed}, finding.texts)


def id_for_source(case: CaseFile, values: Mapping[str, Any]) -> str:
    """Returns an id that no source of the case has: words of the title, else of the address, else of the kept copy."""
    title = values.get("title")
    titles = map(str, title.values() if isinstance(title, Mapping) else (title or "",))
    wanted = id_from(titles, str(values.get("url") or values.get("file") or ""))
    return SourceFinder(case).free(numbered(wanted))


def with_ids(sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Returns the sources of a party, with an id for each."""
    several = list(sources)
    taken = {str(source["id"]) for source in several if "id" in source}
    named: list[dict[str, Any]] = []
    for source in several:
        name = source.get("id") or free_id(id_from_address(str(source.get("url", ""))), taken)
        taken.add(name)
        named.append({"id": name, **source})
    return named


def _id_of(source: object) -> str | None:
    name = source.get("id") if isinstance(source, dict) else source
    return name if isinstance(name, str) else None


class SourceFinder:
    """Finds sources, and keeps the files of new ones."""

    def __init__(self, case: CaseFile) -> None:
        self.case = case
        self.texts: dict[str, str] = {}
        self.taken = {*case.sources, *case.sources_not_read}
        self.taken |= {source.id for event in case.records for source in event.sources}
        self._by_address: dict[str, list[str]] = {}
        for name, source in case.sources.items():
            self._by_address.setdefault(str(source.url), []).append(name)
        self._made: dict[tuple[tuple[str, Any], ...], str] = {}
        """The ids of new sources with a file, by what the file says."""

    def found(self, given: object) -> object:
        """Returns the id of the source that a word names; gives a mapping an id if it has none."""
        if isinstance(given, dict):
            return given if "id" in given else {"id": self.free(f"s{number}" for number in count(1)), **given}
        if not isinstance(given, str):
            return given
        return self._at_address(given) if given.startswith(ADDRESS_STARTS) else self._with_id(given)

    def of_copy(self, copy: Copy) -> str:
        """Returns the id of the source with a kept copy."""
        known = [name for name, source in self.case.sources.items() if source.sha256 == copy.sha256]
        file = copy.file.partition("/")[2]
        name = slug_of(PurePosixPath(file).stem) or "copy"
        return known[0] if known else self._new(name, {"file": file, "sha256": copy.sha256})

    def _with_id(self, name: str) -> str:
        if name in self.case.sources or name in self.case.sources_not_read:
            return name
        hints = did_you_mean(name, self.case.sources)
        add = f"ogpcase add-source {self.case.id} {name if is_id(name) else 'ID'} --title TITLE"
        raise BadInput(f"{self.case.id} has no source `{name}`", *hints, f"add it: `{add}`, or give its address")

    def _at_address(self, address: str) -> str:
        known = self._by_address.get(address, ())
        if len(known) > 1:
            raise BadInput(f"several sources have the address `{address}`", f"write an id: {', '.join(known)}")
        return known[0] if known else self._new(id_from_address(address), {"url": address})

    def _new(self, wanted: str, values: Mapping[str, Any]) -> str:
        said = tuple(values.items())
        if said not in self._made:
            self._made[said] = self.free(numbered(wanted))
            self.texts[file_of_source(self.case.id, self._made[said])] = emit(values)
        return self._made[said]

    def free(self, names: Iterable[str]) -> str:
        """Returns the first of the names that no source has and every system allows, and takes it."""
        name = next(name for name in names if name not in self.taken and not name_problem(name, name))
        self.taken.add(name)
        return name
