"""What can be written at a place of a record: fields that it lacks, codes, and the ids of what it may name.

A text is rarely YAML while somebody types. So a word that stands nowhere is put in the place of the one that is typed,
and the record is read with it: where the word then stands says which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lsprotocol import types

from ogpcase.diagnostics import Route
from ogpcase.editing.renaming import NewName
from ogpcase.language_server.answers import Named, Place, field_at, fields_of_record, title_of, values_in
from ogpcase.model.ids import RESERVED_PARTY_IDS
from ogpcase.model.questions import Question, questions_of
from ogpcase.store.listing import list_case, list_parties
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import YamlTree

TRIGGERS = ("#", "/", " ")
"""Characters after which an editor asks of itself."""
_WORD = re.compile(r"[A-Za-z0-9_./#-]*\Z")
_REST = re.compile(r"[A-Za-z0-9_./#-]*")
_OPENING = re.compile(r"[ ]*(?:- +)*")
"""What stands before a key or an item on its line."""
_PROBE = "ogpcaseprobe"
_MOST_TITLES = 200
"""Records whose titles are read for one answer, at most; further ids are offered without titles."""


class Offered(NamedTuple):
    """A word to offer, and what it means; `after` is written behind it, as the colon of a field."""

    word: str
    about: str = ""
    is_field: bool = False
    after: str = ""


def completion(place: Place) -> types.CompletionList:
    """Returns what can be written in the place of the word at a position."""
    text, offset = place.folder.text_of(place.file), place.offset
    line = place.columns.line_start(offset)
    word, rest = _WORD.search(text[line:offset]), _REST.match(text, offset)
    assert word is not None  # the patterns fit the empty text
    assert rest is not None
    start, end = line + word.start(), rest.end()
    offers = {offer.word: offer for offer in _offers(place, (text[:start], text[end:]), word[0])}
    replaced = place.columns.between(start, end)
    items = [_item(offer, replaced, number) for number, offer in enumerate(offers.values())]
    return types.CompletionList(is_incomplete=any("/" in word or "#" in word for word in offers), items=items)


def _item(offer: Offered, replaced: types.Range, number: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=offer.word,
        kind=types.CompletionItemKind.Field if offer.is_field else types.CompletionItemKind.Value,
        detail=offer.about or None,
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(replaced, offer.word + offer.after),
    )


def _offers(place: Place, around: tuple[str, str], begun: str) -> Iterator[Offered]:
    before, after = around
    rest = after.partition("\n")[0].strip()
    opens = _OPENING.fullmatch(before[before.rfind("\n") + 1 :]) is not None
    if opens and not rest:
        for offer in _fields(place, _read(f"{before}{_PROBE}: x{after}", place.file)):
            yield offer._replace(after=": ")
    elif opens and rest.startswith(":"):
        yield from _fields(place, _read(f"{before}{_PROBE}{after}", place.file))
        return
    yield from _values(place, _read(f"{before}{_PROBE}{after}", place.file), begun)


def _read(text: str, file: str) -> YamlTree | None:
    return parse(text.encode(), file).tree


def _fields(place: Place, tree: YamlTree | None) -> Iterator[Offered]:
    """Yields the fields that the mapping with the probe lacks."""
    for route, value in values_in(tree.value, ()) if tree is not None else ():
        if tree is not None and isinstance(value, dict) and _PROBE in value:
            record = {name: each for name, each in tree.value.items() if name != _PROBE} if not route else tree.value  # type: ignore[union-attr]  # with the probe it is a mapping
            for field in _fields_within(place.file, record, route):
                if field.name not in value and not field.in_copies:
                    yield Offered(field.name, field.about, is_field=True)
            return


def _fields_within(file: str, record: Any, route: Route) -> Iterable[Question]:  # noqa: ANN401 - any parsed value
    fields = fields_of_record(file, record)
    if not route:
        return fields
    field = field_at(fields, route)
    return questions_of(field.holds) if field is not None else ()


def _values(place: Place, tree: YamlTree | None, begun: str) -> Iterator[Offered]:
    """Yields the values that the field at the probe can have."""
    for route, value in values_in(tree.value, ()) if tree is not None else ():
        if tree is not None and value == _PROBE and route:
            field = field_at(fields_of_record(place.file, tree.value), route)
            if field is not None:
                yield from _values_of(field, place, begun)
            return


def _values_of(field: Question, place: Place, begun: str) -> Iterator[Offered]:
    workspace, here = place.folder.workspace, place.file.partition("/")[0]
    for choice in field.choices:
        yield Offered(choice.code, f"{choice.label}. {choice.sentence}" if choice.sentence else choice.label)
    if field.shape == "flag":
        yield from (Offered("true"), Offered("false"))
    elif field.shape == "party":
        yield from _titled(workspace, (NewName("party", name, "") for name in list_parties(workspace.files).names))
        yield from map(Offered, sorted(RESERVED_PARTY_IDS))
    elif field.shape == "case":
        yield from _titled(workspace, (NewName("case", name, "") for name in workspace.case_ids()))
    elif field.shape == "source" and workspace.has_case(here):
        sources = list_case(workspace.files, here).sources
        yield from _titled(workspace, (NewName("source", name, "", here) for name in sources))
    elif field.shape in {"reference", "mention"}:
        yield from _references(workspace, here, begun)


def _titled(workspace: Workspace, names: Iterable[NewName], start: str = "") -> Iterator[Offered]:
    for number, name in enumerate(names):
        about = next(title_of(workspace, Named(name)), "") if number < _MOST_TITLES else ""
        yield Offered(f"{start}{name.old}", about)


def _references(workspace: Workspace, here: str, begun: str) -> Iterator[Offered]:
    """Yields the events of the case that is named or else of the record's own; after `#` the items of the event."""
    of, slash, _ = begun.partition("/")
    case_id = of if slash else here
    start = f"{of}/" if slash else ""
    if not workspace.has_case(case_id):
        return
    event, mark, _ = begun.removeprefix(start).partition("#")
    if mark:
        yield from _items(workspace, Named(NewName("event", event, "", case_id)), f"{start}{event}#")
        return
    events = list_case(workspace.files, case_id).events
    yield from _titled(workspace, (NewName("event", name, "", case_id) for name in events), start)
    if not slash:
        yield from (Offered(f"{name}/", "events of this case") for name in workspace.case_ids() if name != here)


def _items(workspace: Workspace, event: Named, start: str) -> Iterator[Offered]:
    tree = workspace.texts_of(event.file).trees.get(event.file)
    for _, value in values_in(tree.value, ()) if tree is not None else ():
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            yield Offered(f"{start}{value['id']}", " ".join(str(value.get("text", "")).split()))
