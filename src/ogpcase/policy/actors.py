"""Compares the actors of an event with the deciders in the table: a body of OGP, the government or the filers.

If the actors are not known (none recorded, `unknown`, or an unreadable file), the answer is None, never False.
"""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Concern, Event
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.policy.procedures import FILER, SUBJECT, party_written_for, procedure_of


def acts_for(roles: str | Sequence[str], event: Event, case: CaseFile) -> bool | None:
    """Is an actor of the event in one of these roles: a body of OGP, the government concerned, or a filer?

    Those that the paper acts for take the place of those who issue it; a person may also sign for the decider. A body
    is matched by its code, whoever is part of it included; the body that stands for all may be any of them. None where
    the actors or the roles are not known well enough to say no.
    """
    if not case.flawed.get(event.id, frozenset()).isdisjoint({*event.acting, "on_behalf_of", "signed_by"}):
        return None
    signed_for = () if event.on_behalf_of else (each.for_ for each in event.get("signed_by", ()) if each.for_)
    acting = (*(actor.party for actor in event.principals), *signed_for)
    wanted = (roles,) if isinstance(roles, str) else roles
    answers = [_stands_for(role, party, event.day, case) for role in wanted for party in acting]
    if True in answers:
        return True
    return None if None in answers or not answers else False


def parties_of(role: str, case: CaseFile) -> tuple[str, ...]:
    """Returns the ids of the parties in a role: every party with the body's code, the subject, or the filers.

    Empty where nobody is known; `unknown` filers are left out.
    """
    if role == SUBJECT:
        return (case.header.subject,) if case.header else ()
    if role != FILER:
        return case.registry.bodies(role, party_written_for(role))
    named = (actor.party for event in _openings(case) for actor in _filers(event, case))
    return tuple(dict.fromkeys(name for name in named if name != UNKNOWN))


def _stands_for(role: str, party: str, on: FuzzyDate, case: CaseFile) -> bool | None:
    if party == UNKNOWN or _is_withheld(party, case.registry):
        return None
    if role not in {SUBJECT, FILER}:
        return _is_of_body(role, party, on, case)
    wholes = parties_of(role, case)
    parts = [case.registry.belongs(party, whole, on) for whole in wholes]
    if True in parts or None in parts:
        return True if True in parts else None
    if role == FILER and not _all_filers_named(case):
        return None
    return False if wholes and _lineage_is_known(party, case.registry) else None


def _is_withheld(party: str, registry: Registry) -> bool:
    """True in a public copy where a pseudonym stands for the party: nobody may know who acts."""
    return party in registry.parties and bool(registry.parties[party].withheld)


def _is_of_body(body: str, party: str, on: FuzzyDate, case: CaseFile) -> bool | None:
    """Matches the nearest bodies upwards: the Support Unit is part of OGP, yet acts as the Support Unit."""
    registry = case.registry
    if body in _bodies_above(party, on, registry, surely=True):
        return True
    bodies, stands_for_all = _bodies_above(party, on, registry, surely=False), procedure_of(case).whole
    return None if bodies & {body, stands_for_all} or not _lineage_is_known(party, registry) else False


def _bodies_above(party: str, on: FuzzyDate, registry: Registry, *, surely: bool) -> set[str | None]:
    nearest = registry.lineage(party, on, up_to=lambda whole: whole.body is not None, surely=surely)
    return {registry.parties[name].body for name in nearest if name in registry.parties}


def _lineage_is_known(party: str, registry: Registry) -> bool:
    """True when the party and everything it belongs to can be read."""
    return all(name in registry.parties and name not in registry.flawed for name in registry.lineage(party))


def _openings(case: CaseFile) -> tuple[Event, ...]:
    """Returns the records that open the case: every Concern, and of other kinds those that make a move."""
    kinds = procedure_of(case).opening.kinds
    opening = (event for event in case.events if event.kind in kinds and not event.context)
    return tuple(event for event in opening if event.moves_to or isinstance(event, Concern))


def _filers(event: Event, case: CaseFile) -> tuple[NamedParty, ...]:
    """Returns who files in an opening record; empty where the procedure has no filers."""
    filers = procedure_of(case).opening.filers
    return event.get(filers.field, ()) if filers else ()


def _all_filers_named(case: CaseFile) -> bool:
    """True when there is an opening record, each names its filers, and none says that there are more than it names."""
    openings = _openings(case)
    if not openings or case.unreadable:
        return False
    return all(_names_all_filers(event, case) for event in openings)


def _names_all_filers(event: Event, case: CaseFile) -> bool:
    flawed = case.flawed.get(event.id, frozenset())
    filers = _filers(event, case)
    if flawed & {*event.acting, "filer_count"} or any(actor.party == UNKNOWN for actor in filers):
        return False
    if not filers and event.get("addendum_to") is None:
        return False
    return (event.get("filer_count") or 0) <= len(filers)
