"""In which roles an event names parties, with the names and offices as its paper prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Commitment, Event, Letter
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.sources import AlsoStated
from ogpcase.values import frozen
from ogpcase.views.assessed import seen_assessments
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
    """Yields every place where the event names a party, a party several times where it has several roles."""
    return (each for each in _named_in(shown, event) if each.party != UNKNOWN)


def signatures_of(shown: Shown, event: Event) -> Iterator[tuple[str | None, Signature]]:
    """Yields each person who signed the event's paper, with the id of the party signed for where it says so."""
    for each in event.signed_by if isinstance(event, Letter) else ():
        yield (
            each.for_,
            Signature(
                name=each.name,
                office=each.office,
                party=shown.name(each.for_) if each.for_ else None,
                event=f"{shown.case.id}/{event.id}",
                dated=event.dated.text,
                certain=shown.reader.moment.certain(event),
            ),
        )


def _named_in(shown: Shown, event: Event) -> Iterator[Naming]:
    for name, role in (*ACTS.items(), *NAMED.items()):
        yield from _namings(getattr(event, name, ()), role)
    yield from (Naming(party, "signed_for") for party, _ in signatures_of(shown, event) if party)
    yield from _namings((each.by for each in seen_assessments(shown, event)), "assessor")
    yield from _asked(event)
    yield from _answering(event)
    for stated in event.also_stated:
        yield from _stated(shown, stated)


def _asked(event: Event) -> Iterator[Naming]:
    for each in event.requests:
        yield from _namings(each.asked_of, "asked")
    if isinstance(event, Commitment):
        leading = {each.party for each in event.lead}  # a promise of its own is no request
        for each in event.milestones:
            yield from _namings((one for one in each.asked_of if one.party not in leading), "asked")


def _answering(event: Event) -> Iterator[Naming]:
    """Whose answers an event tells of: its own actors', or those of others."""
    for each in event.answers:
        if each.of and each.answer is not Outcome.EXTENDED:
            yield from _namings(each.of, "told_of")
        elif not each.of and each.answer not in _TELLS_OF_NO_ANSWER:
            yield from _namings(event.actors, "answers")


def _stated(shown: Shown, stated: AlsoStated) -> Iterator[Naming]:
    """The parties that another source names in a field of parties."""
    if stated.field in ACTS | NAMED:
        yield from (Naming(word, "stated_otherwise") for word in stated.value if shown.case.registry.knows(word))


def _namings(parties: Iterable[NamedParty], role: str) -> Iterator[Naming]:
    return (Naming(each.party, role, each.as_named, each.office) for each in parties)
