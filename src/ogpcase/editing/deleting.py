"""What a change takes away, what else in the folder refers to it, and the files that go with a deleted record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from ogpcase.diagnostics import FileId, Place
from ogpcase.editing.changing import BYTE_ORDER_MARK, Change
from ogpcase.editing.renaming import NewName, Use, name_of, refuse_not_read, texts_of_folder, uses_in
from ogpcase.editing.setting import Target, typed_route
from ogpcase.errors import Refused
from ogpcase.model.casefile import CaseHeader, reference_of
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import Reference
from ogpcase.model.questions import fields_of
from ogpcase.store.files import RECORD
from ogpcase.store.git import in_git
from ogpcase.store.layout import EVENTS
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse

_MOST_PLACES = 10


def places_naming(target: Target) -> list[Place]:
    """Returns each place of another record that names a record or an item of it; withdrawn records do not count."""
    name = name_of(target)
    return list(_places(target.workspace, target.tree.file, lambda *named: name.of(*named) is not None))


def refuse_named(workspace: Workspace, name: str, places: Sequence[Place]) -> None:
    """Raises Refused with the places that name a record or an item, if there are any."""
    if not places:
        return
    locator = workspace.locator()
    lines = [
        f"{workspace.root.shown_path(place.file)}:{locator.span(place).line}: {typed_route(place.route)}"
        for place in places
    ]
    more = [f"and {len(lines) - _MOST_PLACES} more"] if len(lines) > _MOST_PLACES else []
    count = "1 place" if len(lines) == 1 else f"{len(lines)} places"
    out = f"change each first, as with: {workspace.root.ogpcase('edit', reference_of(places[0].file))}"
    raise Refused(f"other records name `{name}` in {count}; nothing was written", *lines[:_MOST_PLACES], *more, out)


def refuse_lost(workspace: Workspace, change: Change) -> None:
    """Raises Refused if a change of an event takes away what another record names: items, or all by withdrawing it.

    Withdrawn records name nothing. Raises BadInput if an unreadable record may name what is lost.
    """
    case_id, folder, name = change.file.partition(f"/{EVENTS}/")
    old, new = (_values(change.file, text) for text in (change.old, change.new))
    if not folder or change.sha256 is None or _is_withdrawn(old):
        return
    event = NewName("event", name.removesuffix(RECORD), "", case_id)
    lost = [None] if _is_withdrawn(new) else [item for item in _items(old) if item not in _items(new)]
    for item in lost:

        def names_it(use: Use, text: str, here: str, item: str | None = item) -> bool:
            names_event = use == "reference" and event.of(use, text, here) is not None
            return names_event and (item is None or Reference(text).item == item)

        reference = f"{case_id}/{event.old}" + (f"#{item}" if item else "")
        refuse_named(workspace, reference, list(_places(workspace, change.file, names_it)))
        refuse_not_read(workspace, event, but=change.file)


def _values(file: FileId, text: str) -> object:
    tree = parse(text.removeprefix(BYTE_ORDER_MARK).encode("utf-8", "surrogateescape"), file).tree
    return tree.value if tree is not None else None


def _items(values: object) -> list[str]:
    fields = [field.name for field in fields_of(*Kind) if field.shape == "mapping"]
    lists = (values.get(name) for name in fields) if isinstance(values, dict) else ()
    items = (item for listed in lists if isinstance(listed, list) for item in listed if isinstance(item, dict))
    return [str(item["id"]) for item in items if item.get("id")]


def _places(workspace: Workspace, own: FileId, names_it: Callable[[Use, str, str], bool]) -> Iterator[Place]:
    for loaded in texts_of_folder(workspace):
        for file, tree in loaded.trees.items():
            if file != own and not _is_withdrawn(tree.value):
                here = file.partition("/")[0]
                for route, use, text in uses_in(tree.value, file):
                    if names_it(use, text, here):
                        yield Place(file, route)


def _is_withdrawn(values: Any) -> bool:  # noqa: ANN401 - any parsed value
    return isinstance(values, dict) and values.get("withdrawn") is not None


def deletion_of(target: Target) -> tuple[tuple[Change, ...], dict[FileId, str]]:
    """Returns the deletion of a record's file and of its kept copies, and why others of these stay.

    A copy stays if git could not bring it back as it is, or if any other text of the case names it, readable or not.
    Raises Refused if it is a case that has events or sources.
    """
    case = target.workspace.case(target.case_id).casefile if target.case_id else None
    holds = case is not None and (case.records or case.unreadable or case.sources or case.sources_not_read)
    if case is not None and target.model is CaseHeader and holds:
        raise Refused(
            f"`{case.id}` has events or sources, and only an empty case can be deleted; nothing was written",
            "delete each first, as with `ogpcase withdraw REF --delete`",
        )
    record = target.change("")._replace(new="")
    sources = case.each_source() if case is not None else ()
    files = {own.file for own, file, _ in sources if file == target.tree.file and own.file}
    copies = sorted(f"{target.case_id}/{file}" for file in files)
    restorable = in_git(target.workspace.root, copies).restorable
    stays = {file: why for file in copies if (why := _reason_to_keep(target, file, restorable))}
    digests = ((file, target.workspace.files.digest(file)) for file in copies if file not in stays)
    gone = (Change(file, "", "", digest) for file, digest in digests if isinstance(digest, str))
    return (record, *gone), stays


def _reason_to_keep(target: Target, copy: FileId, restorable: AbstractSet[FileId]) -> str:
    """Returns why a copy must stay; empty if it can go."""
    if not isinstance(target.workspace.files.digest(copy), str):
        return ""  # it is not there
    assert target.case_id is not None  # a copy is a case's
    loaded, name = target.workspace.case(target.case_id), copy.partition("/")[2]
    texts = {**loaded.texts.broken, **{file: tree.text for file, tree in loaded.texts.trees.items()}}
    for file in sorted({*texts, *loaded.casefile.not_read} - {target.tree.file}):
        if name in texts.get(file, name):  # what cannot be read at all may name it
            return f"`{target.workspace.root.shown_path(file)}` may name it"
    return "" if copy in restorable else "git could not bring it back"
