"""Finds the sources that a person names by id, by address or by a file to keep, and makes files of new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ogpcase.diagnostics import did_you_mean
from ogpcase.errors import BadInput
from ogpcase.model.casefile import CaseFile, file_of_source
from ogpcase.model.ids import ADDRESS_STARTS, free_id, id_from, id_from_address, is_id, numbered, slug_of
from ogpcase.store.files import name_problem
from ogpcase.yamltree.emitting import emit

if TYPE_CHECKING:
    from ogpcase.store.checksums import Copy

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

    Raises:
        BadInput: no source of the case has the id, or several have the address.
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
        changed["departure"] = [_departing(departure, named) for departure in departures]
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


def _departing(departure: object, named: Sequence[str]) -> object:
    if not isinstance(departure, dict):
        return departure
    return {**departure, "sources": departure.get("sources", [*named])}


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
