"""Checks that each named party has one file, and that each file is named."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import Folder, Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, Severity, nearest, rule, suggestion
from ogpcase.diagnostics.visible_text import command
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.codelists import Classification
from ogpcase.model.parties import Party, folded
from ogpcase.model.serialize import short_form


@rule("OC311", "unknown-party")
def unknown_party(scope: Scope | Folder) -> Iterator[Problem]:
    """A record names a party that has no file under `parties/`.

    Why it matters
        No view could show what that party asked, answered or decided.
    Wrong
        senders: [fundar-mexico]
    Right
        senders: [fundar]
    Not reported when
        The party has a file, even an unreadable one; or the record says `unknown` because the paper names nobody.
    """
    if all(map(scope.registry.knows, scope.names())):
        return
    slips = FirstSlips()
    for use in scope.parties_named():
        if not scope.registry.knows(use.party):
            place = Place(use.place.file, use.place.route, "no file under `parties/`")
            meant = _meant(use.party, scope.registry) if slips.has(place.file) else ()
            helps = (*meant, f"or add it: `{command('ogpcase add-party', use.party)}`")
            yield Problem(f"no party is called `{use.party}`", (place,), helps=helps)


def _meant(name: str, registry: Registry) -> tuple[str, ...]:
    """Suggests the party with that name, else the one with the nearest id or name."""
    meant = registry.named(name) or registry.named(name.replace("-", " "))
    if not meant:
        parties = registry.parties.values()
        ids = {folded(known).replace(" ", "-"): party.id for party in parties for known in (party.id, *party.names())}
        near = nearest(name, ids)
        meant = (ids[near],) if near else ()
    return suggestion(*meant[:1])


@rule("OC316", "two-parties-share-a-name", Severity.WARNING)
def two_parties_share_a_name(folder: Folder) -> Iterator[Problem]:
    """Two parties have the same name, apart from case and accents.

    Why it matters
        A command that is given the name cannot choose. Often one organisation was entered twice.
    Wrong
        article-19: {name: Article 19}
        article19: {name: Article 19 Mexico, other_names: [ARTICLE 19]}
    Right
        article-19: {name: Article 19, other_names: [Article 19 Mexico]}
    Not reported when
        The names differ, or are in one file.
    """
    first: dict[str, Place] = {}
    reported: set[tuple[str, str]] = set()
    for party in folder.registry.parties.values():
        for name, place in _names(party):
            before = first.setdefault(name, place)
            if before.file != place.file and (before.file, place.file) not in reported:
                reported.add((before.file, place.file))
                places = (place, Place(before.file, before.route, "and of this one"))
                helps = ("merge the files if they are one party, else remove the name from one of them",)
                yield Problem("two parties have the same name", places, helps=helps)


def _names(party: Party) -> Iterator[tuple[str, Place]]:
    file = file_of_party(party.id)
    for tag, name in party.name.by_language.items():
        yield folded(name), Place(file, ("name",) if tag is None else ("name", tag), "a name of this party")
    for position, name in enumerate(party.other_names):
        yield folded(name), Place(file, ("other_names", position), "a name of this party")


@rule("OC317", "unused-party", Severity.WARNING)
def unused_party(folder: Folder) -> Iterator[Problem]:
    """No record names a party that has a file.

    Why it matters
        It may be a duplicate of another party, or its event was never entered.
    Wrong
        parties/fundar-mexico.yaml, while all records name fundar
    Right
        parties/fundar.yaml alone
    Not reported when
        Another party is part of it, it is a body of OGP, or an unreadable record or an unknown name may mean it.
    """
    used = {party for facts in folder.facts.values() for party in facts.used}
    used |= folder.names()
    if not folder.readable or not all(map(folder.registry.knows, used)):
        return
    for party in folder.registry.parties.values():
        if party.id not in used and party.classification is not Classification.OGP_BODY:
            place = Place(file_of_party(party.id), ("name",), "no record names it")
            helps = ("delete the file if it is not needed, or enter its event",)
            yield Problem(f"no record names the party `{party.id}`", (place,), helps=helps)


@rule("OC318", "part-of-loops")
def part_of_loops(folder: Folder) -> Iterator[Problem]:
    """A party is part of itself, directly or through other parties.

    Why it matters
        An answer of a part counts for the whole, so `part_of` must not lead back.
    Wrong
        sfp: {part_of: [government-of-mexico]}  and  government-of-mexico: {part_of: [sfp]}
    Right
        sfp: {part_of: [government-of-mexico]}
    Not reported when
        A party is part of two others that are both part of a third; or a step has a `from` or `until`, since each may
        have belonged to the other at another time.
    """
    reported: set[str] = set()
    for party in folder.registry.parties.values():
        loop = () if party.id in reported else _loop(party.id, folder.registry)
        if loop:
            reported |= set(loop)
            path = " → ".join(f"`{name}`" for name in (*loop, loop[0]))
            places = tuple(
                _step(part, whole, folder.registry) for part, whole in zip(loop, (*loop[1:], loop[0]), strict=True)
            )
            yield Problem("a party is part of itself", places, notes=(path,), helps=("remove one of these steps",))


def _loop(start: str, registry: Registry) -> tuple[str, ...]:
    """Returns the shortest path of `part_of` from a party back to itself; empty if there is none."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for path in todo:  # the loop appends to it: a breadth-first search
        party = registry.parties.get(path[-1])
        for name in filter(None, map(short_form, party.part_of if party else ())):  # those that hold at any time
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                todo.append((*path, name))
    return ()


def _step(part: str, whole: str, registry: Registry) -> Place:
    return Place(file_of_party(part), ("part_of", registry.parties[part].wholes.index(whole)), "this step of the loop")


CHECKS = (unknown_party, two_parties_share_a_name, unused_party, part_of_loops)
"""Checks of the folder; `unknown_party` is a check of each case too."""
