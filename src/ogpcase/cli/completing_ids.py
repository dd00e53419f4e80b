"""Offers a TAB the names of a case folder: ids of cases, events, sources and parties, items, fields and stages.

Ids are read from the names of files. The items, the kind or the title of a record are read from its one file; nothing
that cannot be read is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogpcase.diagnostics import Problem
from ogpcase.errors import OgpcaseError
from ogpcase.model.ids import SLUG, is_id
from ogpcase.store.files import RECORD, DiskFiles, Sort
from ogpcase.store.layout import EVENTS, HEADER_NAME, PARTIES, SOURCES, Root, current_folder, find_root
from ogpcase.store.listing import CaseListing, case_ids, list_case, list_parties

if TYPE_CHECKING:
    from ogpcase.cli.completing import Table
    from ogpcase.diagnostics import FileId
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files

_OFFERED = re.compile(rf"[a-z_]+|{SLUG}(?:/(?:(?:sources/)?(?:{SLUG})?)?)?(?:#(?:{SLUG})?)?")
"""A field, a stage, an id, `case/`, `case/event#item`, `case/sources/id`: no shell takes these for more than a word."""
_MOST_TITLES = 60
"""Records that are read for their titles at one TAB, at most; beyond, ids are offered without titles."""


class Asked(NamedTuple):
    """The word at the cursor, the arguments before it, the value of `--root`, and whether sentences are wanted."""

    current: str
    arguments: Sequence[str]
    root: str | None
    table: Table
    described: bool = False


class Found(NamedTuple):
    """A word to offer, the file of its record, and a sentence; the title of the record is one if none is given."""

    word: str
    file: FileId | None = None
    about: str = ""


def named(sorts: Iterable[str], asked: Asked) -> dict[str, str] | None:
    """Returns the names of these sorts that begin like the word at the cursor, each with a sentence.

    Returns None if only the table of words can tell them. Raises OgpcaseError if there is no readable case folder.
    """
    offer = _Offer(asked)
    found: list[Found] = []
    for sort in sorts:
        listed = _SORTS[sort](offer)
        if listed is None:
            return None
        found += listed
    fitting = (each for each in found if each.word.startswith(asked.current) and _OFFERED.fullmatch(each.word))
    by_word = {each.word: each for each in fitting}
    return {word: offer.sentence(by_word[word], len(by_word)) for word in sorted(by_word)}


class _Offer:
    """The names of a case folder that fit what was asked."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.current = asked.current
        self.root: Root = find_root(Path(asked.root) if asked.root else None, current_folder())
        self.files = DiskFiles(self.root.path)

    def sentence(self, found: Found, of: int) -> str:
        """Returns what tells of a candidate, one of so many; empty if that is not asked for."""
        if not self.asked.described or found.about or found.file is None or of > _MOST_TITLES:
            return found.about
        record = _record_in(self.files, found.file)
        return _line(record.get("title") or record.get("name"))

    @cached_property
    def case(self) -> str | None:
        """The case that the command names, perhaps by the beginning of its id."""
        typed = self.asked.arguments[0].partition("/")[0] if self.asked.arguments else ""
        fitting = case_ids(self.files, typed) if typed else ()
        return typed if typed in fitting else fitting[0] if len(fitting) == 1 else None

    def listing(self, case_id: str | None) -> CaseListing:
        """Returns the names in a case's folder; none if there is no such case."""
        known = case_id is not None and is_id(case_id) and case_id in case_ids(self.files, case_id)
        return list_case(self.files, case_id) if case_id and known else CaseListing(False, (), ())

    def listed(self, case_id: str | None, sort: str, start: str = "") -> list[Found]:
        """Returns the events or the sources of a case, each word with a start."""
        names = getattr(self.listing(case_id), sort)
        return [Found(f"{start}{name}", f"{case_id}/{sort}/{name}{RECORD}") for name in names]

    def cases(self) -> list[Found]:
        """Returns the cases."""
        return [Found(name, f"{name}/{HEADER_NAME}") for name in case_ids(self.files, self.current)]

    def parties(self) -> list[Found]:
        """Returns the parties."""
        return [Found(name, f"{PARTIES}/{name}{RECORD}") for name in list_parties(self.files).names]

    def sources(self) -> list[Found]:
        """Returns the sources of the case that the command names."""
        return self.listed(self.case, SOURCES)

    def events(self) -> list[Found]:
        """Returns the events of the case that is typed or named, else those whose id only one case has; and `case/`."""
        of, mark, _ = self.current.partition("/")
        if mark:
            return self.listed(of, EVENTS, f"{of}/")
        events = self.listed(self.case, EVENTS)
        if self.case is None and self.current:
            events = self._events_of_one_case()
        begun = case_ids(self.files, self.current) if self.case is None or self.current else ()
        return [*events, *(Found(f"{name}/") for name in begun)]

    def _events_of_one_case(self) -> list[Found]:
        cases: dict[str, list[str]] = {}
        for case_id in case_ids(self.files):
            entries = self.files.entries(f"{case_id}/{EVENTS}")
            for name, sort in () if isinstance(entries, Problem) else entries:  # to list all of each case is slow
                if sort is Sort.FILE and name.endswith(RECORD):
                    cases.setdefault(name.removesuffix(RECORD), []).append(case_id)
        return [Found(name, f"{of[0]}/{EVENTS}/{name}{RECORD}") for name, of in cases.items() if len(of) == 1]

    def records(self) -> list[Found]:
        """Returns cases, events, sources and parties. If only one case fits, also `case/`, for its events to follow."""
        of, mark, _ = self.current.partition("/")
        if mark and of == PARTIES:
            return [Found(f"{PARTIES}/{each.word}", each.file) for each in self.parties()]
        if mark:
            return [*self.events(), *self.listed(of, SOURCES, f"{of}/{SOURCES}/")]
        cases = self.cases()
        begun = [Found(f"{each.word}/") for each in cases if len(cases) == 1]
        bare = [*self._events_of_one_case(), Found(f"{PARTIES}/")] if self.current else []
        return [*cases, *begun, *bare, *self.parties()]

    def items(self) -> list[Found]:
        """Returns events, and the items of the only one that fits."""
        return [*self.events(), *self._items_of_the_one()]

    def things(self) -> list[Found]:
        """Returns records, and the items of the only event that fits."""
        return [*self.records(), *self._items_of_the_one()]

    def requests(self) -> list[Found]:
        """Returns events; of the only one that fits its requests, if it has any, and the duties that it brings."""
        event = self._the_one()
        return (event and self._items_of(event, "request", duties=True)) or self.events()

    def _the_one(self) -> Found | None:
        """Returns the only event that fits what precedes `#`; None if there are none or several."""
        begun, mark, _ = self.current.partition("#")
        events = [each for each in self.events() if each.file and each.word.startswith(begun)]
        fitting = [each for each in events if each.word == begun] if mark else events
        return fitting[0] if len(fitting) == 1 else None

    def _items_of_the_one(self) -> list[Found]:
        """Returns all items of the only event that fits; the duties that it brings only once `#` is typed."""
        event = self._the_one()
        return self._items_of(event, "item", duties="#" in self.current) if event else []

    def _items_of(self, event: Found, sort: str, *, duties: bool) -> list[Found]:
        """Returns the items of an event; if it has none and may bring duties that are not wanted yet, only its `#`."""
        assert event.file is not None  # of an event it is known
        record = _record_in(self.files, event.file)
        listed = (record.get(field) for field in self.asked.table.lists[":item"][sort])
        held = (item for each in listed if isinstance(each, list) for item in each if isinstance(item, dict))
        items = {str(item["id"]): _line(item.get("text")) for item in held if "id" in item}
        if duties and record.get("moves_to"):
            items |= _duties_of(self.root, event.file)
        elif record.get("moves_to"):
            items = items or {"": ""}
        return [Found(f"{event.word}#{item}", about=text) for item, text in items.items()]

    def fields(self) -> list[Found]:
        """Returns the fields of the record that the command names; of an event whose kind is not known, all fields."""
        table, sort = self.asked.table, self._sort_of_record()
        fields = f":{sort}-field" if f":{sort}-field" in table.lists else ":event-field"
        names = table.lists[":kind"].get(sort, table.lists[fields])
        return [Found(name, about=table.about[fields, name]) for name in names]

    def _sort_of_record(self) -> str:
        """Returns `case`, `party` or `source`, or the kind of an event; empty if it is not known."""
        typed = self.asked.arguments[0].partition("#")[0]
        of, _, name = typed.partition("/")
        if of == PARTIES or (not name and typed in list_parties(self.files).names):
            return "party"
        if not name and typed in case_ids(self.files, typed):
            return "case"
        if name.startswith(f"{SOURCES}/"):
            return "source"
        bare = (each.file for each in self._events_of_one_case() if each.word == typed)
        file = f"{of}/{EVENTS}/{name}{RECORD}" if name else next(bare, None)
        return str(_record_in(self.files, file).get("kind")) if file else ""

    def stages(self) -> list[Found] | None:
        """Returns the stages that the case can be moved to; None if that cannot be known."""
        if self.case is None:
            return None
        stages = _stages_after(self.root, self.case)
        return None if stages is None else [Found(stage, about=text) for stage, text in stages.items()]


_SORTS: Mapping[str, Callable[[_Offer], list[Found] | None]] = {
    ":case": _Offer.cases,
    ":event": _Offer.events,
    ":item": _Offer.items,
    ":thing": _Offer.things,
    ":request": _Offer.requests,
    ":record": _Offer.records,
    ":party": _Offer.parties,
    ":source": _Offer.sources,
    ":field": _Offer.fields,
    ":stage": _Offer.stages,
}


_LONGEST = 72
"""Characters of a title or text beside its id, at most."""


def _record_in(files: Files, file: FileId) -> dict[str, Any]:
    from ogpcase.yamltree.parsing import parse  # few words at a cursor need it

    data = files.read(file)
    parsed = parse(data, file) if isinstance(data, bytes) else None
    value = parsed.tree.value if parsed and parsed.tree else None
    return value if isinstance(value, dict) else {}


def _stages_after(root: Root, case_id: str) -> dict[str, str] | None:
    """Returns the stages that the policy lets the case move to, with their labels; None if its stage is not known."""
    from ogpcase.policy.lifecycle import standing
    from ogpcase.policy.procedures import judged_by

    case = _case(root, case_id)
    table = judged_by(case) if case is not None and case.stage_is_known else None
    if case is None or table is None:
        return None
    here = standing(case, None).stage
    return {move.to: table.stage(move.to).label for move in table.moves_from(here)}


def _duties_of(root: Root, file: FileId) -> dict[str, str]:
    """Returns the ids of the duties that an event brings, each with its text; none if the case cannot be read."""
    from ogpcase.policy.lifecycle import duties

    case_id, _, name = file.partition("/")
    event_id = name.rpartition("/")[2].removesuffix(".yaml")
    case = _case(root, case_id)
    owed = duties(case) if case is not None else ()
    return {each.duty.id: _line(each.duty.text) for each in owed if each.event.id == event_id}


def _case(root: Root, case_id: str) -> CaseFile | None:
    from ogpcase.workspace.opening import Workspace

    try:
        return Workspace.open(root.path).case(case_id).casefile
    except OgpcaseError:
        return None


def _line(text: object) -> str:
    """Returns a text, or its first language, on one line, cut, with each invisible character written out."""
    from ogpcase.diagnostics.visible_text import visible

    if isinstance(text, dict):
        text = next(iter(text.values()), "")
    words = visible(" ".join(str(text or "").split()))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
