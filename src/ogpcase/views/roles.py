"""In which roles an event names parties, with the names and offices as its paper prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING, fields_of
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.sources import AlsoStated
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen
from ogpcase.views.assessed import seen_assessments
from ogpcase.views.named import visible
from ogpcase.views.shown import Shown

ACTS: dict[str, str] = {
    "filers": "filer",
    "senders": "sender",
    "issued_by": "issuer",
    "authors": "author",
    "adopted_by": "adopter",
    "by": "decider",
    "lead": "lead",
    "participants": "participant",
    "signatories": "signatory",
}
"""The role of a party that does something, by the field that names it."""
NAMED: dict[str, str] = {"addressees": "addressee", "copied": "copied"}
"""The role of a party that something is done to."""
DOING = (*ACTS.values(), "signed_for", "assessor", "answers")
"""The roles of a party that does something, in the order they are shown."""
ROLES = ("subject", *DOING, *NAMED.values(), "asked", "told_of", "stated_otherwise", "through_parts")
"""Every role, in the order they are shown."""
_TELLS_OF_NO_ANSWER = {Outcome.UNKNOWN, Outcome.EXTENDED, Outcome.OVERTAKEN}
"""What an event that names nobody may say of a request without answering it itself."""


@frozen
class Naming:
    """One place where an event names a party: the role, and the name and the office as the paper prints them."""

    party: str
    role: str
    as_named: str | None = None
    office: str | None = None


@frozen
class Signature:
    """A person who signed a paper, with the office held then, for which party and when; None where it does not say."""

    name: str
    office: str | None
    party: str | None
    event: str
    dated: str
    certain: bool


def role_in_words(role: str) -> str:
    """Returns a role as it is read: `told of` for `told_of`."""
    return "through its parts" if role == "through_parts" else role.replace("_", " ")


def namings_of(shown: Shown, event: Event) -> Iterator[Naming]:
    """Yields every place where the event names a party the reader may see, a party several times where it has roles."""
    for each in _named_in(shown, event):
        if each.party != UNKNOWN and is_seen(shown, each.party):
            yield each


def is_seen(shown: Shown, party: str) -> bool:
    """True when the reader may see that there is such a party; not where its file cannot say."""
    return shown.reader.withheld or shown.name(party) != WITHHELD


def acting_field(shown: Shown, event: Event) -> str | None:
    """Returns the field that says who acts in the event; None where nobody is recorded, or it is withheld."""
    name = next((each for each in ACTING[event.kind] if getattr(event, each)), None)
    return None if name is None or shown.withholding(event).covers_field(name) else name


def who_acts(shown: Shown, event: Event) -> tuple[NamedParty, ...]:
    """Returns who acts in the event, as far as the reader may see."""
    name = acting_field(shown, event)
    return getattr(event, name) if name else ()


def signatures_of(shown: Shown, event: Event) -> Iterator[tuple[str | None, Signature]]:
    """Yields each person who signed the event's paper, with the id of the party signed for where it says so."""
    for each in _seen(shown, event, "signed_by"):
        if each.for_ is None or is_seen(shown, each.for_):
            yield (
                each.for_,
                Signature(
                    name=shown.plain(each.name),
                    office=shown.plain(each.office) if each.office else None,
                    party=shown.name(each.for_) if each.for_ else None,
                    event=f"{shown.safe_id(shown.case.id)}/{shown.id_of(event)}",
                    dated=shown.dated(event),
                    certain=shown.reader.moment.certain(event),
                ),
            )


def printed(shown: Shown, party: NamedParty) -> str:
    """Returns a party's name, with the name its paper uses and the office where it gives them."""
    name = shown.name(party)
    if name == WITHHELD:
        return name
    as_named = f" (as “{shown.plain(party.as_named)}”)" if party.as_named and party.as_named != name else ""
    return f"{name}{as_named}{f', {shown.plain(party.office)}' if party.office else ''}"


def _named_in(shown: Shown, event: Event) -> Iterator[Naming]:
    fields = {field.name for field in fields_of(event.kind)}
    for name, role in (*ACTS.items(), *NAMED.items()):
        if name in fields:
            yield from _namings(shown, _seen(shown, event, name), role)
    yield from (Naming(party, "signed_for") for party, _ in signatures_of(shown, event) if party)
    yield from _namings(shown, (each.by for each in seen_assessments(shown, event)), "assessor")
    yield from _asked(shown, event)
    yield from _answering(shown, event)
    for stated in _seen(shown, event, "also_stated"):
        yield from _stated(shown, event, stated)


def _asked(shown: Shown, event: Event) -> Iterator[Naming]:
    for each in _seen(shown, event, "requests"):
        yield from _namings(shown, each.asked_of, "asked")
    leading = {each.party for each in _seen(shown, event, "lead")}  # a promise of its own is no request
    for each in _seen(shown, event, "milestones"):
        yield from _namings(shown, (one for one in each.asked_of if one.party not in leading), "asked")


def _answering(shown: Shown, event: Event) -> Iterator[Naming]:
    """Whose answers an event tells of: its own actors', or those of others."""
    for each in _seen(shown, event, "answers"):
        if each.of and each.answer is not Outcome.EXTENDED:
            yield from _namings(shown, each.of, "told_of")
        elif not each.of and each.answer not in _TELLS_OF_NO_ANSWER and shown.tells(event):
            yield from _namings(shown, who_acts(shown, event), "answers")


def _stated(shown: Shown, event: Event, stated: AlsoStated) -> Iterator[Naming]:
    """The parties that another source names in a field of parties."""
    if stated.field in ACTS | NAMED and not shown.withholding(event).covers_field(stated.field):
        yield from (Naming(word, "stated_otherwise") for word in stated.value if shown.case.registry.knows(word))


def _namings(shown: Shown, parties: Iterable[NamedParty], role: str) -> Iterator[Naming]:
    for each in parties:
        as_named = shown.plain(each.as_named) if each.as_named else None
        yield Naming(each.party, role, as_named, shown.plain(each.office) if each.office else None)


def _seen(shown: Shown, event: Event, name: str) -> tuple[Any, ...]:
    """The items of a list field that the reader may see; none where the event has no such field."""
    found = visible(shown, event, name) if hasattr(event, name) else ()
    return found if isinstance(found, tuple) else ()
