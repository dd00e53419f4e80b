"""Makes of what a person asks of an existing record the texts that change, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.editing.changing import Change, read_again
from ogpcase.editing.deleting import deletion_of, places_naming, refuse_named
from ogpcase.editing.given_text import text_with, values_stored
from ogpcase.editing.list_items import Item, change_with_items, change_without_items, names_added, refuse_loss
from ogpcase.editing.merging import Merging, merged
from ogpcase.editing.naming import names_in_values, resolver_for, with_ids, with_sources
from ogpcase.editing.renaming import NewName, alike_after, name_after, name_of, refuse_not_read
from ogpcase.editing.setting import (
    Named,
    Slot,
    Target,
    change_in_steps,
    change_to,
    change_without,
    held_at,
    request_named,
    spot_in,
    target_of,
    whole_target_of,
)
from ogpcase.editing.typed_values import Typing, code_named, ids_in, mapping_from, values_from
from ogpcase.errors import BadInput, CannotRead, FileChanged, Misused
from ogpcase.model.codelists import Kind, Outcome
from ogpcase.model.events import KINDS, Event
from ogpcase.model.parties import Party, folded
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.serialize import PlainText
from ogpcase.model.sources import PartySource, Source, SourceRecord
from ogpcase.store.checksums import Copy, planned_copies
from ogpcase.store.save import stored_form
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse

_NAMING = ("dated", "kind")
"""The fields that give an event's file its name."""


class Edit(NamedTuple):
    """Changes to make together, and the case that they are judged in; without a case, the whole folder is judged.

    `name` is a new name for the record, with which the whole folder is judged too. `gone` are files to delete, and
    `copies` files to keep, neither with a new name. `notes` are printed below the changes, each a word and what it
    says; `inverse` is a command that takes them back where git cannot. `alike` replaces old ids by new ones in earlier
    problems.
    """

    changes: tuple[Change, ...]
    case_id: str | None
    name: NewName | None = None
    gone: tuple[Change, ...] = ()
    copies: tuple[Copy, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    inverse: str = ""
    alike: Callable[[str], str] = str

    @property
    def changes_something(self) -> bool:
        """True if a file would be written, kept, renamed or deleted."""
        copied = any(not copy.is_kept for copy in self.copies)
        return self.name is not None or bool(self.gone) or copied or any(change.changes for change in self.changes)


def text_of_record(workspace: Workspace, named: Named) -> str:
    """Returns the record's text, be it a sound record or not. Raises CannotRead."""
    data = workspace.files.read(named.file)
    if not isinstance(data, bytes):
        raise CannotRead(f"`{workspace.root.shown_path(named.file)}` cannot be read")
    return data.decode("utf-8", "surrogateescape")


def edit_to_replace(workspace: Workspace, named: Named, before: str, typed: str, today: date) -> Edit:
    """Gives a record the text that somebody made of it. Raises FileChanged if the record changed meanwhile."""
    stored_form(typed)  # it can be refused for its length or its letters
    typed = _as_stored(workspace, named, before, typed, today)
    if text_of_record(workspace, named) != before:
        shown = workspace.root.shown_path(named.file)
        raise FileChanged(f"`{shown}` changed while you edited it; nothing was written", "compare the two texts first")
    change = Change(named.file, before, typed, sha256(before.encode("utf-8", "surrogateescape")).hexdigest())
    name = name_after(change, named.id) if issubclass(named.model, Event) else None
    return Edit((change,), named.case_id, name)


def _as_stored(workspace: Workspace, named: Named, before: str, typed: str, today: date) -> str:
    """Returns the text with party names turned into ids and dates as files have them; as it is if it is no record.

    A word that the record had before and that means nothing stays, for the checks to judge. Raises BadInput for a new
    word that means nothing, with its place.
    """
    parsed = parse(typed.encode(), named.file)
    values = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems or not isinstance(values, dict):
        return typed
    kind = Kind.of(str(values.get("kind")))
    model = KINDS[kind] if issubclass(named.model, Event) and kind is not None else named.model
    resolver = resolver_for(workspace.registry(), today).lenient(lambda word: word in before)
    return text_with(typed, values_stored(model, values, resolver, typed, "the edited record")) or typed


class FieldTyped(NamedTuple):
    """A field of a record as it was typed, with its values."""

    reference: str
    field: str
    values: list[str]


class _Setting(NamedTuple):
    """A change of one field, the record and the field, and the files of new sources."""

    change: Change
    target: Target
    spot: Slot
    beside: tuple[Change, ...] = ()


def _setting(workspace: Workspace, typed: FieldTyped, today: date) -> _Setting:
    target = target_of(workspace, typed.reference)
    spot = spot_in(target, typed.field)
    value = _typed_value(target, spot, typed.values, today)
    value, beside = _with_source_ids(target, spot.field, value)
    refuse_loss(target, spot, value)
    return _Setting(change_to(target, spot, value), target, spot, beside)


def edit_to_set(workspace: Workspace, typed: FieldTyped, today: date, *, keep: bool) -> Edit:
    """Gives a field a value; with `keep`, a party's former name becomes another name."""
    change, target, spot, beside = setting = _setting(workspace, typed, today)
    name = name_after(change, target.id) if spot.route[0] in _NAMING else None
    former = _former_names(setting)
    if former and keep:

        def kept(party: Target) -> Change:
            return change_with_items(party, spot_in(party, "other_names"), map(Item, former))

        change = change_in_steps(target, [lambda _: setting.change, kept])
    how_to_keep = ("keep", target.root.ogpcase("add", target.reference, "other_names", *former))
    notes = (how_to_keep,) if former and not keep else ()
    inverse = "" if former else _inverse(target, spot, typed.field)
    return Edit((change, *beside), target.case_id, name, notes=notes, inverse=inverse)


def _inverse(target: Target, spot: Slot, field: str) -> str:
    """Returns the command that takes a change back; none if the field held more than one plain value."""
    held = held_at(target, spot)
    if held is None:
        return target.root.ogpcase("remove", target.typed, field)
    old = str(getattr(held, "written", held))
    plain = isinstance(held, str | int) and not isinstance(held, bool) and old.isprintable()
    return target.root.ogpcase("set", target.typed, field, old) if plain else ""


def former_names(workspace: Workspace, typed: FieldTyped, today: date) -> list[str]:
    """Returns the names that a party would no longer have if the field were set; raises what setting it raises."""
    return _former_names(_setting(workspace, typed, today))


def _former_names(setting: _Setting) -> list[str]:
    if setting.target.model is not Party or setting.spot.route[0] != "name" or not setting.change.changes:
        return []
    new = {folded(name) for name in names_in_values(read_again(setting.target.tree, setting.change.new).value)}
    return [name for name in names_in_values(setting.target.tree.value) if folded(name) not in new]


def edit_to_add(workspace: Workspace, typed: FieldTyped, today: date) -> Edit:
    """Adds items to a list. Raises Misused if the field is none."""
    target = target_of(workspace, typed.reference)
    spot = spot_in(target, typed.field)
    if not spot.field.repeats:
        other = target.root.ogpcase("set", target.reference, typed.field, *typed.values)
        raise Misused(f"`{typed.field}` is not a list", f"give it a value: {other}")
    values = _typed_value(target, spot, typed.values, today)
    own_ids = [mapping_from(word, typed.field).get("id") for word in typed.values if word.startswith("{")]
    items, beside = _with_source_ids(target, spot.field, values)
    new = [Item(item, isinstance(item, dict) and item.get("id") not in own_ids) for item in items]
    change = change_with_items(target, spot, new)
    inverse = target.root.ogpcase("remove", target.typed, typed.field, *names_added(target, spot, new))
    return Edit((change, *beside), target.case_id, inverse=inverse)


def _typed_value(target: Target, spot: Slot, typed: list[str], today: date) -> Any:  # noqa: ANN401 - any plain value
    """Returns the field's plain value; raises Misused for a wrong form and BadInput for an unknown party."""
    field = spot.field
    if len(typed) != 1 and not field.repeats:
        raise Misused(f"`{field.name}` takes one value; put quotes around a value with blanks")
    if field.shape == "flag":
        if typed[0] not in {"true", "false"}:
            raise Misused(f"`{field.name}` is `true` or `false`")
        return typed[0] == "true"
    given = {field.name: typed if field.repeats else typed[0]}
    others = [other for other in questions_of(target.model) if other.name not in {field.name, spot.route[0]}]
    how = Typing(as_options=False, taken=ids_in(target.values, others))
    return values_from(given, [*others, field], resolver_for(target.workspace.registry(), today), how)[field.name]


def _with_source_ids(
    target: Target,
    field: Question,
    value: Any,  # noqa: ANN401 - any plain value
) -> tuple[Any, tuple[Change, ...]]:
    """Returns a field's value with the id of each source in it, and the files of sources that are new.

    Raises BadInput for the id of a source that the case does not have.
    """
    if field.holds is PartySource and field.repeats:
        return with_ids(value), ()
    if field.holds is not Source or not field.repeats or target.case_id is None:
        return value, ()
    named = with_sources({field.name: value}, target.workspace.case(target.case_id).casefile)
    return named.values[field.name], tuple(Change(file, "", text, None) for file, text in named.texts.items())


def edit_to_remove(workspace: Workspace, typed: FieldTyped) -> Edit:
    """Takes out the item that the reference names, a field, or with values some items of a list."""
    target = target_of(workspace, typed.reference, in_full=True)
    if not typed.field and not target.within:
        raise Misused("name what to take out", "ogpcase remove REF#ITEM, or ogpcase remove REF FIELD")
    spot = spot_in(target, typed.field)

    def alike(word: str) -> set[str]:
        words = {word.removeprefix(f"{target.case_id}/")}
        return words | set(workspace.registry().named(word)) if spot.field.shape == "party" else words

    change = change_without_items(target, spot, typed.values, alike) if typed.values else change_without(target, spot)
    return Edit((change,), target.case_id)


class AnswerTyped(NamedTuple):
    """An answer as it was typed: the request, what came back, the event that says so, whose it is, its new last day."""

    request: str
    outcome: str
    event: str
    of: Sequence[str]
    new_due: str | None

    @property
    def reference(self) -> str:
        """The event's reference with the request's case, if the event is given without one."""
        named = "/" not in self.request or "/" in self.event
        return self.event if named else f"{self.request.partition('/')[0]}/{self.event}"


def edit_to_answer(workspace: Workspace, typed: AnswerTyped, today: date) -> Edit:
    """Adds an answer to the event that gives it. Raises Misused if that is no event."""
    target = whole_target_of(workspace, typed.reference)
    if target.case_id is None or target.id == target.case_id:
        raise Misused(f"`{typed.event}` is not an event", "name the event that answers: --in EVENT")
    resolver = resolver_for(workspace.registry(), today)
    parties = [resolver.party(name) for name in typed.of]
    answer: dict[str, object] = {"request": request_named(workspace, typed.request, target)}
    answer["answer"] = str(code_named(Outcome, typed.outcome, "an answer", "answers"))
    answer |= {"of": parties} if parties else {}
    answer |= {"new_due": PlainText(resolver.date(typed.new_due))} if typed.new_due else {}
    return Edit((change_with_items(target, spot_in(target, "answers"), [Item(answer)]),), target.case_id)


def edit_to_attach(workspace: Workspace, reference: str, file: Path, *, paper: bool) -> Edit:
    """Keeps a file as the copy of a source, and names the source in an event; as its paper, if it is that."""
    target = whole_target_of(workspace, reference)
    is_event = issubclass(target.model, Event)
    if target.case_id is None or not (is_event or target.model is SourceRecord):
        raise Misused(f"`{reference}` is no event and no source", "name CASE/EVENT or CASE/sources/ID")
    if paper and not is_event:
        raise Misused("--paper says what a source is for an event", "attach the file to the event")
    (copy,) = planned_copies(workspace.root, workspace.case(target.case_id).casefile, [file])
    to = _copy_to_event(target, copy, paper=paper) if is_event else _copy_to_source(target, copy)
    return Edit(to, target.case_id, copies=(copy,))


def _copy_to_event(target: Target, copy: Copy, *, paper: bool) -> tuple[Change, ...]:
    """Returns the change that names the source of a copy in an event, with the source's file if it is new."""
    assert target.case_id is not None  # an event has a case
    named = with_sources({}, target.workspace.case(target.case_id).casefile, [copy])
    (source,) = named.values["sources"]
    steps: list[Callable[[Target], Change]] = [
        lambda event: change_with_items(event, spot_in(event, "sources"), [Item(source)])
    ]
    if paper:
        held = held_at(target, spot_in(target, "paper"))
        if held not in (None, source):
            other = target.root.ogpcase("set", target.reference, "paper", source)
            raise BadInput(f"its paper is `{held}` already", f"leave out --paper, and then: {other}")
        steps.append(lambda event: change_to(event, spot_in(event, "paper"), source))
    beside = (Change(file, "", text, None) for file, text in named.texts.items())
    return (change_in_steps(target, steps), *beside)


def _copy_to_source(target: Target, copy: Copy) -> tuple[Change, ...]:
    """Returns the change that gives a source its copy. Raises BadInput if it, or another source, has one."""
    assert target.case_id is not None  # a source has a case
    file, digest = spot_in(target, "file"), spot_in(target, "sha256")
    name = copy.file.partition("/")[2]
    if (held := held_at(target, file)) is not None and (held, held_at(target, digest)) != (name, copy.sha256):
        new = target.root.ogpcase("add-source", target.case_id, options=["--source-file", str(copy.path)])
        raise BadInput(f"its copy is `{held}` already", f"keep another text as a source of its own: {new}")
    known = target.workspace.case(target.case_id).casefile.sources
    same = [other for other, source in known.items() if source.sha256 == copy.sha256 and other != target.id]
    if same:
        show = target.root.ogpcase("show", f"{target.case_id}/sources/{same[0]}")
        raise BadInput(f"`{same[0]}` has this very file", f"look at it: {show}")
    steps = ((file, name), (digest, copy.sha256))
    makers = [lambda source, at=at, value=value: change_to(source, at, value) for at, value in steps]
    return (change_in_steps(target, makers),)


def edit_to_rename(workspace: Workspace, reference: str, new_id: str) -> Edit:
    """Gives a record another id, which may be typed with what precedes an id in its reference."""
    target = whole_target_of(workspace, reference, in_full=True)
    return Edit((), None, name_of(target, new_id.removeprefix(target.reference.removesuffix(target.id))))


def merging_of(workspace: Workspace, goes: str, stays: str) -> Merging:
    """Plans the merging of two parties by their ids or names. Raises Misused if one of them is no party."""
    parties: list[Target] = []
    for typed in (goes, stays):
        parties.append(whole_target_of(workspace, typed, in_full=True))
        if parties[-1].case_id is not None:
            raise Misused(f"`{typed}` is not a party", "name two parties by their ids or names")
    return merged(*parties)


def edit_to_merge(workspace: Workspace, goes: str, stays: str, known: Sequence[FileId]) -> Edit:
    """Makes one party of two; `known` are the records of which it is known that they name both."""
    merging = merging_of(workspace, goes, stays)
    if not {*merging.naming_both} <= {*known}:
        raise FileChanged("more records name both by now; nothing was written", "look at them, and run it again")
    return Edit(merging.changes, None, gone=(merging.gone,), alike=alike_after(merging.name))


def edit_to_withdraw(workspace: Workspace, reference: str, because: str, today: date) -> Edit:
    """Takes an event back: its file says so, and since when. Raises Misused for what is no event."""
    target = whole_target_of(workspace, reference, in_full=True)
    if not issubclass(target.model, Event):
        raise Misused(f"`{target.reference}` is no event, and cannot stay as withdrawn", "--delete takes it away")
    spot = spot_in(target, "withdrawn")
    back = target.root.ogpcase("remove", target.reference, "withdrawn")
    if held_at(target, spot) is not None:
        raise BadInput(f"`{target.reference}` is withdrawn already", f"make it part of the case again: {back}")
    reason = _typed_value(target, spot_in(target, "withdrawn.because"), [because], today)
    change = change_to(target, spot, {"on": PlainText(today.isoformat()), "because": reason})
    note = ("note", "the reason is public: a public copy shows it")
    return Edit((change,), target.case_id, notes=(note,), inverse=back)


def edit_to_delete(workspace: Workspace, reference: str) -> Edit:
    """Takes the file of a record away. Raises Refused, with the places, if other records name it."""
    target = whole_target_of(workspace, reference, in_full=True)
    refuse_named(workspace, target.reference, places_naming(target))
    refuse_not_read(workspace, name_of(target))
    gone, kept = deletion_of(target)
    notes = (("kept", f"{workspace.root.shown_path(file)} ({why})") for file, why in kept.items())
    return Edit((), target.case_id, gone=gone, notes=tuple(notes))
