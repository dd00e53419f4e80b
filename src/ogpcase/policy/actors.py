"""Compares the actors of an event with the deciders in the table: a body of OGP, the government or the filers.

If the actors are not known (none recorded, `unknown`, or an unreadable file), the answer is None, never False.
"""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Body
from ogpcase.model.events import Concern, Event
from ogpcase.model.parties import UNKNOWN
from ogpcase.policy.version import Role


def acts_for(decided_by: Role, event: Event, case: CaseFile) -> bool | None:
    """Does an actor of the event decide the move under the table?

    Those that the paper acts for take the place of those who issue it; a person may also sign for the decider. A body
    is matched by its code, whoever is part of it included; the Open Government Partnership as a whole may stand for any
    of its bodies. None where the actors are not known well enough to say no.
    """
    if not case.flawed.get(event.id, frozenset()).isdisjoint({*event.acting, "on_behalf_of", "signed_by"}):
        return None
    signed_for = () if event.on_behalf_of else (each.for_ for each in getattr(event, "signed_by", ()) if each.for_)
    acting = (*(actor.party for actor in event.principals), *signed_for)
    answers = [_stands_for(decided_by, party, case) for party in acting]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def parties_of(role: Role, case: CaseFile) -> tuple[str, ...]:
    """Returns the ids of the parties in a role: every party with the body's code, the subject, or the filers.

    Empty where nobody is known; `unknown` filers are left out.
    """
    if isinstance(role, Body):
        return case.registry.bodies(role)
    if role == "subject":
        return (case.header.subject,) if case.header else ()
    named = (actor.party for concern in _concerns(case) for actor in concern.filers)
    return tuple(dict.fromkeys(name for name in named if name != UNKNOWN))


def _stands_for(role: Role, party: str, case: CaseFile) -> bool | None:
    if party == UNKNOWN or _is_withheld(party, case.registry):
        return None
    if isinstance(role, Body):
        return _is_of_body(role, party, case.registry)
    wholes = parties_of(role, case)
    if any(case.registry.belongs(party, whole) for whole in wholes):
        return True
    if role == "filer" and not _all_filers_named(case):
        return None
    return False if wholes and _lineage_is_known(party, case.registry) else None


def _is_withheld(party: str, registry: Registry) -> bool:
    """True in a public copy where a pseudonym stands for the party: nobody may know who acts."""
    return party in registry.parties and bool(registry.parties[party].withheld)


def _is_of_body(body: Body, party: str, registry: Registry) -> bool | None:
    """Matches the nearest bodies upwards: the Support Unit is part of OGP, yet acts as the Support Unit."""
    nearest = registry.lineage(party, up_to=lambda whole: whole.body is not None)
    bodies = {registry.parties[name].body for name in nearest if name in registry.parties}
    if body in bodies:
        return True
    return None if Body.OGP in bodies or not _lineage_is_known(party, registry) else False


def _lineage_is_known(party: str, registry: Registry) -> bool:
    """True when the party and everything it belongs to can be read."""
    return all(name in registry.parties and name not in registry.flawed for name in registry.lineage(party))


def _concerns(case: CaseFile) -> tuple[Concern, ...]:
    return tuple(event for event in case.events if isinstance(event, Concern) and not event.context)


def _all_filers_named(case: CaseFile) -> bool:
    """True when there is a Concern, each names its filers, and none says that there are more than it names."""
    concerns = _concerns(case)
    if not concerns or case.unreadable:
        return False
    return all(_names_all_filers(concern, case) for concern in concerns)


def _names_all_filers(concern: Concern, case: CaseFile) -> bool:
    flawed = case.flawed.get(concern.id, frozenset())
    if flawed & {"filers", "filer_count"} or any(actor.party == UNKNOWN for actor in concern.filers):
        return False
    if not concern.filers and concern.addendum_to is None:
        return False
    return (concern.filer_count or 0) <= len(concern.filers)
