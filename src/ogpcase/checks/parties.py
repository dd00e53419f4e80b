"""Who is named: does each name lead to one party's file, and each file to a name?

What records say of other records is judged in checks.references; who may act in checks.moves and checks.filing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import Folder, Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, Severity, nearest, rule
from ogpcase.diagnostics.visible_text import command
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.codelists import Classification
from ogpcase.model.parties import Party, folded


@rule("OC311", "unknown-party")
def unknown_party(scope: Scope | Folder) -> Iterator[Problem]:
    """A record names a party that has no file under `parties/`.

    Why it matters
        What that party asked, answered or decided would be seen nowhere under its name.
    Wrong
        senders: [fundar-mexico]
    Right
        senders: [fundar]
    Not reported when
        The party has a file, even one that cannot be read; or the paper names nobody and `unknown` is written.
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
    """Says which party was most likely meant: of that name, else of the nearest id or name."""
    called = registry.named(name) or registry.named(name.replace("-", " "))
    if not called:
        parties = registry.parties.values()
        ids = {folded(each).replace(" ", "-"): party.id for party in parties for each in (party.id, *party.names())}
        near = nearest(name, ids)
        called = (ids[near],) if near else ()
    return (f"did you mean `{called[0]}`?",) if called else ()


@rule("OC316", "two-parties-share-a-name", Severity.WARNING)
def two_parties_share_a_name(folder: Folder) -> Iterator[Problem]:
    """Two parties go by the same name, without regard to case and accents.

    Why it matters
        Who types the name gets neither; most often one organisation was entered twice.
    Wrong
        article-19: {name: Article 19}
        article19: {name: Article 19 Mexico, other_names: [ARTICLE 19]}
    Right
        article-19: {name: Article 19, other_names: [Article 19 Mexico]}
    Not reported when
        The names differ, or stand in one file.
    """
    first: dict[str, Place] = {}
    told: set[tuple[str, str]] = set()
    for party in folder.registry.parties.values():
        for name, place in _names(party):
            before = first.setdefault(name, place)
            if before.file != place.file and (before.file, place.file) not in told:
                told.add((before.file, place.file))
                places = (place, Place(before.file, before.route, "and of this one"))
                helps = ("make them one if they are one, else drop the name from the one less known by it",)
                yield Problem("two parties go by the same name", places, helps=helps)


def _names(party: Party) -> Iterator[tuple[str, Place]]:
    file = file_of_party(party.id)
    for tag, name in party.name.by_language.items():
        yield folded(name), Place(file, ("name",) if tag is None else ("name", tag), "a name of this party")
    for position, name in enumerate(party.other_names):
        yield folded(name), Place(file, ("other_names", position), "a name of this party")


@rule("OC317", "unused-party", Severity.WARNING)
def unused_party(folder: Folder) -> Iterator[Problem]:
    """A party has a file and no record names it.

    Why it matters
        It may be the twin of one that is used, or the event it belongs to was never entered.
    Wrong
        parties/fundar-mexico.yaml, while all records name fundar
    Right
        parties/fundar.yaml alone
    Not reported when
        Another party is part of it, it is a body of OGP, or a record that cannot be read or a name that leads nowhere
        might be meant for it.
    """
    used = {party for told in folder.told.values() for party in told.used}
    used |= folder.names()
    if not folder.readable or not all(map(folder.registry.knows, used)):
        return
    for party in folder.registry.parties.values():
        if party.id not in used and party.classification is not Classification.OGP_BODY:
            place = Place(file_of_party(party.id), ("name",), "named in no record")
            helps = ("delete the file if it is a leftover, or enter the event it belongs to",)
            yield Problem(f"no record names the party `{party.id}`", (place,), helps=helps)


@rule("OC318", "part-of-loops")
def part_of_loops(folder: Folder) -> Iterator[Problem]:
    """A party is part of itself, by way of others or at once.

    Why it matters
        Whether an answer counts for the whole is told by what is part of what.
    Wrong
        sfp: {part_of: [government-of-mexico]}  and  government-of-mexico: {part_of: [sfp]}
    Right
        sfp: {part_of: [government-of-mexico]}
    Not reported when
        A party is part of two others that are both part of a third.
    """
    told: set[str] = set()
    for party in folder.registry.parties.values():
        loop = () if party.id in told else _loop(party.id, folder.registry)
        if loop:
            told |= set(loop)
            through = " → ".join(f"`{each}`" for each in (*loop, loop[0]))
            places = tuple(
                _step(one, whole, folder.registry) for one, whole in zip(loop, (*loop[1:], loop[0]), strict=True)
            )
            yield Problem("a party is part of itself", places, notes=(through,), helps=("take out one of these steps",))


def _loop(start: str, registry: Registry) -> tuple[str, ...]:
    """Returns the shortest way from a party through `part_of` back to it; empty where there is none."""
    todo: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for path in todo:  # grows as it goes: nearest first
        for name in registry.parties[path[-1]].part_of if path[-1] in registry.parties else ():
            if name == start:
                return path
            if name not in seen:
                seen.add(name)
                todo.append((*path, name))
    return ()


def _step(one: str, whole: str, registry: Registry) -> Place:
    return Place(file_of_party(one), ("part_of", registry.parties[one].part_of.index(whole)), "this step of the loop")


CHECKS = (unknown_party, two_parties_share_a_name, unused_party, part_of_loops)
"""Asked of the folder; `unknown_party` of each case too."""
