"""Moves a source that several events write out into a file of its own, and gives each source an id of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from ogpcase.diagnostics import Route
from ogpcase.editing.changing import Change, change_of, read_again
from ogpcase.editing.renaming import NewName, new_names
from ogpcase.errors import BadInput
from ogpcase.model.casefile import CaseFile, file_of_event, file_of_source
from ogpcase.model.events import Event
from ogpcase.model.ids import free_id, id_from
from ogpcase.model.serialize import values_of
from ogpcase.model.sources import TEXT_FIELDS, Source, SourceRecord
from ogpcase.store.load import LoadedCase
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.splice import removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree

_ALWAYS_EQUAL = ("retrieved", "language", "publish_copy", "withhold")
"""Fields that one text has only once: where they differ, the texts do."""
_WORDING = ("title", "publisher")
"""Fields that people write in different words for the same text."""
_NUMBER_ALONE = re.compile(r"s[0-9]+")
"""An id that a command made, and that says nothing."""


class Written(NamedTuple):
    """A source that an event writes out, and its position there."""

    event: Event
    position: int
    source: Source


class SharedText(NamedTuple):
    """One text with all places that write it out; `file` is the id of its file, if it has one."""

    places: tuple[Written, ...]
    file: str | None = None


class NewId(NamedTuple):
    """What becomes of one place: its new id, and whether it only names a file."""

    place: Written
    new: str
    names_a_file: bool


def shared(workspace: Workspace, loaded: LoadedCase) -> tuple[Change, ...]:
    """Returns the changes that move each text which several events of a case write out into a file.

    Texts are the same if they have the same address, else the same digest, else the same fields; never if they were
    read on different days or in different languages. A text with a file already is only named. Where two texts have
    one id, the later one gets another. A case with a record that cannot be read is left alone.
    """
    case = loaded.casefile
    if case.not_read:
        return ()
    with suppress(BadInput):  # the text of an event cannot be changed that way
        return tuple(_changes(workspace, loaded, _texts_of(case)))
    return ()


def _texts_of(case: CaseFile) -> tuple[SharedText, ...]:
    """Groups the places that write out the same text; in an event only the first counts."""
    texts: dict[object, list[SharedText]] = {}
    for name, source in case.sources.items():
        if file_of_source(case.id, name) not in case.flawed:
            texts.setdefault(_key(source), []).append(SharedText((), name))
    for place in _written_out(case):
        alike = texts.setdefault(_key(place.source), [])
        for at, text in enumerate(alike):
            if all(place.event is not other.event for other in text.places) and _is_same(case, text, place):
                alike[at] = text._replace(places=(*text.places, place))
                break
        else:
            alike.append(SharedText((place,)))
    return tuple(text for alike in texts.values() for text in alike if text.places)


def _key(source: SourceRecord) -> object:
    """Returns what two sources must have in common to be one text; `_fit` says whether that is enough."""
    return source.url or source.sha256 or repr([getattr(source, name) for name in TEXT_FIELDS])


def _written_out(case: CaseFile) -> Iterator[Written]:
    for event in case.events:
        if "sources" not in case.flawed.get(event.id, ()):
            named = {source.id for source in event.sources if not source.is_written_out}
            for position, source in enumerate(event.sources):
                if source.is_written_out and source.id not in named:
                    yield Written(event, position, source)


def _is_same(case: CaseFile, text: SharedText, place: Written) -> bool:
    """True if a place writes out a text; of one with a file, if the file says all that is written out."""
    if text.file is None:
        return all(_fit(place.source, other.source) for other in text.places)
    listed = any(source.id == text.file and not source.is_written_out for source in place.event.sources)
    written, file = place.source, case.sources[text.file]
    fields = (name for name in TEXT_FIELDS if name not in _WORDING and getattr(written, name) is not None)
    same = all(getattr(written, name) == getattr(file, name) for name in fields)
    return not listed and same and _fit(written, file)


def _fit(one: SourceRecord, other: SourceRecord) -> bool:
    if any(getattr(one, name) != getattr(other, name) for name in _ALWAYS_EQUAL):
        return False
    if one.url or one.sha256:
        said = ((getattr(one, name), getattr(other, name)) for name in TEXT_FIELDS if name not in _WORDING)
        return all(own is None or theirs is None or own == theirs for own, theirs in said)
    return True


def _changes(workspace: Workspace, loaded: LoadedCase, texts: Sequence[SharedText]) -> Iterator[Change]:
    case = loaded.casefile
    moving = [text for text in texts if text.file is not None or len(text.places) > 1]
    staying = [text for text in texts if text.file is None and len(text.places) == 1]
    taken = {*case.sources, *(place.source.id for text in staying for place in text.places)}
    steps: list[NewId] = []
    for text in moving:
        name = text.file or _name_for(text, taken)
        taken.add(name)
        steps += [NewId(place, name, names_a_file=True) for place in text.places]
        if text.file is None:
            yield Change(file_of_source(case.id, name), "", emit(values_of(_merged(name, text))), None)
    steps += _with_own_ids(staying, {*case.sources, *(step.new for step in steps)})
    for event in case.events:
        own = [step for step in steps if step.place.event is event]
        if own:
            tree = loaded.texts.trees[file_of_event(case.id, event.id)]
            yield change_of(workspace, loaded.texts, tree, _rewritten(case.id, tree, own))


def _with_own_ids(texts: Iterable[SharedText], taken: set[str]) -> Iterator[NewId]:
    """Yields another id for each text whose id another one has already."""
    ids = {place.source.id for text in texts for place in text.places}
    for text in texts:
        (place,) = text.places
        own = place.source.id
        name = own if own not in taken else free_id(_words_of(place.source), taken | ids)
        taken.add(name)
        if name != own:
            yield NewId(place, name, names_a_file=False)


def _name_for(text: SharedText, taken: set[str]) -> str:
    """Returns the id that most places use, if it says something and is free; else words of the title or address."""
    ids = Counter(place.source.id for place in text.places)
    good = [name for name, _ in ids.most_common() if name not in taken and not _NUMBER_ALONE.fullmatch(name)]
    return good[0] if good else free_id(_words_of(_merged("", text)), taken)


def _words_of(source: SourceRecord) -> str:
    return id_from(source.title.by_language.values() if source.title else (), source.url or source.file or "")


def _merged(name: str, text: SharedText) -> SourceRecord:
    """Returns the record of a text: of each field the value that most places give, or else the first."""
    values: dict[str, Any] = {}
    for field in TEXT_FIELDS:
        given = [value for place in text.places if (value := getattr(place.source, field)) is not None]
        if given:
            values[field] = max(given, key=given.count)
    return SourceRecord.model_construct(id=name, **values)


def _rewritten(case_id: str, tree: YamlTree, steps: Sequence[NewId]) -> str:
    """Returns an event's text with its places changed, and with every mention of a source that has another id."""
    names = [NewName("source", step.place.source.id, step.new, case_id) for step in steps]
    # All are found before any is changed: one source may get the id that another had.
    mentions = [found for name in names if name.old != name.new for found in new_names(tree.value, tree.file, name)]
    for step in steps:
        listed = isinstance(value_at(tree.value, ("sources",)), list)
        route: Route = ("sources", step.place.position) if listed else ("sources",)
        if step.names_a_file:
            tree = _named(tree, route, step.new)
        else:
            tree = read_again(tree, replaced(tree, (*route, "id"), step.new))
    for where, new in mentions:
        if where[0] != "sources":
            tree = read_again(tree, replaced(tree, where, new))
    return tree.text


def _named(tree: YamlTree, route: Route, name: str) -> YamlTree:
    """Returns the tree in which an item only names its file: the fields of the text go, all else stays."""
    item = value_at(tree.value, route)
    assert isinstance(item, Mapping)
    if not item.keys() - {"id", *TEXT_FIELDS}:
        return read_again(tree, replaced(tree, route, name))
    for field in TEXT_FIELDS:
        if field in item:
            tree = read_again(tree, removed(tree, (*route, field)))
    return read_again(tree, replaced(tree, (*route, "id"), name))
