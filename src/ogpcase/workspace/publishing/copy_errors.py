"""Explains in the working folder the errors that a public copy would have by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.checks.publication import leaves_out
from ogpcase.diagnostics import Place, Problem, Severity, rule
from ogpcase.model.events import Event
from ogpcase.workspace.publishing.copying import PublicCopy, parties_named
from ogpcase.workspace.publishing.records import Records


@rule("OC624", "error-in-the-copy")
def error_in_the_copy(places: tuple[Place, ...], error: Problem, leaving_out: tuple[str, ...]) -> Iterator[Problem]:
    """Something is withheld without which the copy would have an error of its own.

    Why it matters
        Readers check a copy as they check any folder, and would take a true record for a wrong one.
    Wrong
        withhold: [dated]  on a report, so that the resolution that adopts it would come without a report
    Right
        withhold: [{field: dated, instead: 2024-01}]
    Not reported when
        The working folder has the error too; then only that is reported.
    """
    notes = (f"`ogpcase validate` would report {error.code} in the copy: {error.message}", *leaving_out)
    helps = (
        "withhold less, or give another `instead`; for a date, a shorter period",
        "leave the records otherwise as they are: in this folder they have no error",
    )
    yield Problem("the copy would have an error here", places, notes, helps)


RULES = (error_in_the_copy,)


def errors_of_copy(folder: Records, copy: PublicCopy, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields each error of the copy with its places in the working folder; leaves out warnings."""
    for error in problems:
        if error.rule.severity is Severity.ERROR:
            case_id = error.places[0].file.partition("/")[0]
            places = tuple(_in_folder(folder, copy, place) for place in error.places)
            yield error_in_the_copy.one(places, error, tuple(_left_out_of(folder, case_id)))


def _in_folder(folder: Records, copy: PublicCopy, place: Place) -> Place:
    """Returns a field of the record that a place of the copy comes from, or the `withhold` that changed the field.

    It names no item: in a list of the copy, an item may have another position.
    """
    file = copy.came_from.get(place.file, place.file)
    record, field = folder.at(file), place.route[:1]
    if field and isinstance(record, Event) and leaves_out(record, field):
        return Place(file, ("withhold",), f"this changes `{field[0]}`")
    return Place(file, field, place.label)


def _left_out_of(folder: Records, case_id: str) -> Iterator[str]:
    """Yields a note for each record that a case consists of or names, and that leaves something out."""
    events = folder.events.get(case_id, {}).values()
    for event in events:
        if said := event.left_out.said:
            fields = ", ".join(f"`{name}`" for name in said)
            yield f"`{event.id}` withholds {fields}"
    for name, source in folder.sources.get(case_id, {}).items():
        if source.left_out:
            yield f"the source `{name}` is withheld"
    named = {party_id for event in events for party_id in parties_named(event)}
    for party_id in sorted(named & folder.parties.keys()):
        if folder.parties[party_id].left_out:
            yield f"the party `{party_id}` has a pseudonym"
