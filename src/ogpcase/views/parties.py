"""Who appears in the records: every party with its roles and how often it has each, over all cases or some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Body, Classification
from ogpcase.model.parties import UNKNOWN
from ogpcase.values import frozen
from ogpcase.views.party import parts_of
from ogpcase.views.roles import ROLES, Naming, namings_of
from ogpcase.views.shown import Reader, Shown


@frozen
class RoleCount:
    """How often a party has a role for certain, and how often more by what has only possibly happened."""

    role: str
    times: int
    perhaps: int


@frozen
class PartyLine:
    """A party in the list: in how many records it is named, certainly and perhaps, and its roles.

    `as_named` are the names that papers print for it. `recorded` is false for an id without a party's file; the
    classification is None where there is none, or it cannot be read.
    """

    party: str
    name: str
    classification: Classification | None
    body: Body | None
    country: str | None
    records: int
    perhaps: int
    roles: tuple[RoleCount, ...]
    as_named: tuple[str, ...]
    recorded: bool


@frozen
class Parties:
    """The parties that appear, those in most records first, and by id those that are in none.

    `elsewhere` are the languages that names are shown in since they are not recorded in `language`, the one asked for.
    """

    named: tuple[PartyLine, ...]
    absent: tuple[PartyLine, ...]
    cases: int
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


@frozen
class _Mention:
    """A place where a record names a party; `record` tells the records apart."""

    record: int
    certain: bool
    naming: Naming


def parties_in(registry: Registry, cases: Sequence[CaseFile], reader: Reader) -> Parties:
    """Returns who appears in these cases, on the reader's day."""
    names = Shown(cases[0] if cases else assemble("none", None, (), registry), reader)
    mentions: dict[str, list[_Mention]] = {}
    for number, (certain, namings) in enumerate(one for case in cases for one in _records(Shown(case, reader))):
        for each in namings:
            mentions.setdefault(each.party, []).append(_Mention(number, certain, each))
    lines = [_line(names, party, mentions) for party in sorted(registry.parties.keys() | mentions.keys())]
    named = sorted((each for each in lines if each.roles), key=lambda each: (-each.records, -each.perhaps, each.party))
    absent = tuple(each for each in lines if not each.roles)
    return Parties(tuple(named), absent, len(cases), reader.language, names.elsewhere())


def _records(shown: Shown) -> Iterator[tuple[bool, tuple[Naming, ...]]]:
    """Yields whether each record is certain, and whom it names: the header, where anything has happened, and events."""
    there = shown.events()
    header = shown.case.header
    if there and header is not None and header.subject != UNKNOWN:
        yield True, (Naming(header.subject, "subject"),)
    for event in there:
        yield shown.reader.moment.certain(event), tuple(namings_of(shown, event))


def _line(names: Shown, party: str, mentions: Mapping[str, Sequence[_Mention]]) -> PartyLine:
    known, name = names.case.registry.parties.get(party), names.name(party)
    mine = mentions.get(party, ())
    spelled = (each.naming.as_named for each in mine if each.naming.as_named)
    return PartyLine(
        party=party,
        name=name,
        classification=known.classification if known else None,
        body=known.body if known else None,
        country=known.country if known else None,
        records=len({each.record for each in mine if each.certain}),
        perhaps=len({each.record for each in mine if not each.certain}),
        roles=tuple(_roles(mine, [one for part in parts_of(names, party) for one in mentions.get(part, ())])),
        as_named=tuple(dict.fromkeys(each for each in spelled if each != name)),
        recorded=names.case.registry.knows(party),
    )


def _roles(mine: Sequence[_Mention], of_parts: Sequence[_Mention]) -> Iterator[RoleCount]:
    """Each role the party has, and in how many records a part of it is named."""
    had = [(each.certain, each.naming.role) for each in mine]
    had += [(certain, "through_parts") for _, certain in {(each.record, each.certain) for each in of_parts}]
    for role in ROLES:
        times, every = had.count((True, role)), sum(name == role for _, name in had)
        if every:
            yield RoleCount(role, times, every - times)
