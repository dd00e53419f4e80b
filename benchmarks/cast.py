"""The parties of a corpus: those that many cases name, and those that a case brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.wording import COUNTRIES, place_name

_ABROAD = tuple(f"{place_name(331 * number)} Network" for number in range(24))
_BODIES = {
    "support_unit": "Support Unit",
    "criteria_and_standards": "Criteria and Standards Subcommittee",
    "steering_committee": "Steering Committee",
    "irm": "Independent Reporting Mechanism",
}
_OWN = (
    ("first", "Open {}", "civil_society"),
    ("second", "Citizens of {}", "civil_society"),
    ("third", "{} Law Clinic", "civil_society"),
    ("press", "{} Gazette", "media"),
    ("researchers", "{} Laboratory", "research"),
    ("ministry", "Ministry of the Interior, {}", "government"),
    ("oversight", "Data Authority of {}", "oversight_body"),
)


def identifier(name: str) -> str:
    """Returns the id of a party of this name."""
    return name.lower().replace(", ", "-").replace(" ", "-")


def shared_parties() -> Iterator[tuple[str, str]]:
    """Yields (id, text) of OGP's bodies, the governments and the organisations abroad."""
    ogp = "name: Open Government Partnership\nother_names: [OGP]\nclassification: ogp_body\nbody: ogp\n"
    yield "ogp", ogp
    for code, name in _BODIES.items():
        text = f"name: OGP {name}\nother_names: [{name}]\nclassification: ogp_body\nbody: {code}\npart_of: [ogp]\n"
        yield f"ogp-{code.replace('_', '-')}", text
    for code, name in COUNTRIES.items():
        yield _party(f"Government of {name}", "government", f"country: {code}\n")
    for name in _ABROAD:
        yield _party(name, "civil_society")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in one case: `words` are what stands for the holes `$first`, `$First` and so on."""

    words: dict[str, str]
    own: tuple[tuple[str, str], ...]

    @classmethod
    def made(cls, random: Random, code: str, place: str, signatories: int) -> Cast:
        """Returns the cast of a case in a place of a country; `signatories` organisations of its own sign letters."""
        own = [(name.format(place), sort) for _, name, sort in _OWN]
        own += [(f"Association {count} of {place}", "civil_society") for count in range(4, signatories + 1)]
        named = dict(zip((role for role, _, _ in _OWN), (name for name, _ in own), strict=False))
        named |= {f"abroad{at}": name for at, name in enumerate(random.sample(_ABROAD, 3), 1)}
        named["government"] = f"Government of {COUNTRIES[code]}"
        words = {f"${role}": identifier(name) for role, name in named.items()}
        words |= {f"${role.capitalize()}": name for role, name in named.items()}
        signing = [named[f"abroad{at}"] for at in (1, 2, 3)] + [name for name, sort in own if sort == "civil_society"]
        words["$signatories"] = "\n".join(f"  - party: {identifier(name)}\n    as_named: {name}" for name in signing)
        words["$signatory_count"] = str(len(signing))
        home = f"country: {code}\n"
        part = {"government": f"{home}part_of: [{words['$government']}]\n"}
        return cls(words, tuple(_party(name, sort, part.get(sort, home)) for name, sort in own))


def _party(name: str, classification: str, more: str = "") -> tuple[str, str]:
    return identifier(name), f"name: {name}\nclassification: {classification}\n{more}"
