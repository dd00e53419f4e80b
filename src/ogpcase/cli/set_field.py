"""`ogpcase set`: gives one field of an existing record another value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.asking import at_terminal
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from pathlib import Path

    from ogpcase.editing.changing import Change
    from ogpcase.editing.setting import Slot, Target
    from ogpcase.model.questions import Question
    from ogpcase.output.lines import Line
    from ogpcase.workspace.opening import Workspace

FieldArgument = Annotated[
    str, typer.Argument(metavar="FIELD", help="As dated, title.en, sources#s1.url or requests#a.due.")
]
_NAMING = ("dated", "kind")
"""The fields that give an event's file its name."""


def run(
    reference: ReferenceArgument,
    field: FieldArgument,
    values: Annotated[
        list[str], typer.Argument(metavar="VALUE", help="The value, as for the field's option of add-event.")
    ],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The rest of the file stays the same: comments, order, quotes. Of a list, give all values, or use add and remove.

    Another date or kind renames the event. On a terminal, a party's former name can be kept as another name.
    """
    keep = not dry_run and field.partition(".")[0] == "name" and _asked_to_keep(root, reference, field, values)

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.renaming import name_after

        setting = _setting(workspace, reference, field, values)
        change, target = setting.change, setting.target
        name = name_after(change, target.id) if setting.spot.route[0] in _NAMING else None
        former = _former_names(setting)
        if keep:
            change = _with_other_names(workspace, setting, former)
        notes = () if keep or not former else (_how_to_keep(target, former),)
        inverse = "" if former else _inverse(setting, field)
        return Edit((change, *setting.beside), target.case_id, name, notes=notes, inverse=inverse)

    return amend(root, "set", reference, edit, dry_run=dry_run)


class Setting(NamedTuple):
    """A change of one field, the record and the field, and the files of new sources."""

    change: Change
    target: Target
    spot: Slot
    beside: tuple[Change, ...] = ()


def _setting(workspace: Workspace, reference: str, field: str, values: list[str]) -> Setting:
    from ogpcase.editing.list_items import refuse_loss
    from ogpcase.editing.setting import change_to, spot_in, target_of

    target = target_of(workspace, reference)
    spot = spot_in(target, field)
    value, beside = with_source_ids(workspace, target, spot.field, typed_value(workspace, target, spot, values))
    refuse_loss(target, spot, value)
    return Setting(change_to(workspace, target, spot, value), target, spot, beside)


def _inverse(setting: Setting, field: str) -> str:
    """Returns the command that takes a change back; none if the field held more than one plain value."""
    from ogpcase.editing.setting import held_at

    target = setting.target
    held, reference = held_at(target, setting.spot), target.typed
    if held is None:
        return target.root.ogpcase("remove", reference, field)
    old = str(getattr(held, "written", held))
    plain = isinstance(held, str | int) and not isinstance(held, bool) and old.isprintable()
    return target.root.ogpcase("set", reference, field, old) if plain else ""


def _asked_to_keep(root: Path | None, reference: str, field: str, values: list[str]) -> bool:
    """Asks at a terminal whether a party's former name becomes another name; no elsewhere."""
    from ogpcase.cli.read_session import opened

    if not at_terminal():
        return False
    former = _former_names(_setting(opened(root), reference, field, values))
    if not former:
        return False
    from ogpcase.cli.asking.once import agreed
    from ogpcase.cli.asking.question import Shown

    names = " and ".join(f"`{name}`" for name in former)
    sentence = f"keep {names} as another name, so that it still finds the party?"
    return agreed(Shown("former name", sentence), default=True)


def _former_names(setting: Setting) -> list[str]:
    """Returns the names that a party would no longer have."""
    from ogpcase.editing.changing import read_again
    from ogpcase.editing.naming import names_in_values
    from ogpcase.model.parties import Party, folded

    if setting.target.model is not Party or setting.spot.route[0] != "name" or not setting.change.changes:
        return []
    new = {folded(name) for name in names_in_values(read_again(setting.target.tree, setting.change.new).value)}
    return [name for name in names_in_values(setting.target.tree.value) if folded(name) not in new]


def _with_other_names(workspace: Workspace, setting: Setting, names: list[str]) -> Change:
    from ogpcase.editing.list_items import Item, change_with_items
    from ogpcase.editing.setting import change_in_steps, spot_in

    def keep(named: Target) -> Change:
        return change_with_items(workspace, named, spot_in(named, "other_names"), map(Item, names))

    return change_in_steps(setting.target, [lambda _: setting.change, keep])


def _how_to_keep(target: Target, names: list[str]) -> Line:
    from ogpcase.output.lines import Piece, line

    return line(Piece("keep    ", "dim"), target.root.ogpcase("add", target.reference, "other_names", *names))


def typed_value(workspace: Workspace, target: Target, spot: Slot, typed: list[str]) -> Any:  # noqa: ANN401 - any plain value
    """Returns the field's plain value; raises Misused for a wrong form and BadInput for an unknown party."""
    from ogpcase.cli.options import today
    from ogpcase.editing.naming import resolver_for
    from ogpcase.editing.typed_values import Typing, ids_in, values_from
    from ogpcase.model.questions import questions_of

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
    return values_from(given, [*others, field], resolver_for(workspace.registry(), today()), how)[field.name]


def with_source_ids(
    workspace: Workspace,
    target: Target,
    field: Question,
    value: Any,  # noqa: ANN401 - any plain value
) -> tuple[Any, tuple[Change, ...]]:
    """Returns a field's value with the id of each source in it, and the files of sources that are new.

    Raises BadInput for the id of a source that the case does not have.
    """
    from ogpcase.editing.changing import Change
    from ogpcase.editing.source_naming import with_ids, with_sources
    from ogpcase.model.sources import PartySource, Source

    if field.holds is PartySource and field.repeats:
        return with_ids(value), ()
    if field.holds is not Source or not field.repeats or target.case_id is None:
        return value, ()
    named = with_sources({field.name: value}, workspace.case(target.case_id).casefile)
    return named.values[field.name], tuple(Change(file, "", text, None) for file, text in named.texts.items())
