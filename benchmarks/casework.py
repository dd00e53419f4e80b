"""One case of a corpus: its header, its records and its parties, and the parties that many cases name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.story import COUNTRIES, FRENCH, SPANISH, TOPICS, Chapter, Texts, place_name

CASE_SIZE = 30
_FIRST_DAY = date(2018, 1, 8)
_SPREAD = 900
"""Days over which cases begin; a case takes some three years, so that all ends before 2025."""
_SITE = "https://example.org"
_CITING = 4
"""Every so manieth case may cite another one."""
_WITH_NEWS = 0.4
"""The share of records that have a third source."""
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


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a corpus."""

    id: str
    code: str
    words: dict[str, str]
    """What stands for the holes that are the same all over the case, the ids of its records under `@slug` included."""
    days: tuple[date, ...]
    story: tuple[Chapter, ...]
    cast: Cast
    random: Random

    @classmethod
    def made(cls, texts: Texts, number: int, signatories: int) -> Case:
        """Returns case `number`, which names no other case; `signatories` are organisations of its own."""
        random = Random(f"{texts.seed}/{number}")  # noqa: S311 - no secrets are made here
        code, place = random.choice(list(COUNTRIES)), place_name(number)
        story = random.choice(texts.stories)
        days = tuple(_days(random, story))
        cast = Cast.made(random, code, place, signatories)
        words = cast.words | {f"@{each.slug}": _name(each, day) for each, day in zip(story, days, strict=True)}
        words |= {
            "$topic": random.choice(TOPICS),
            "$number": str(random.randint(2, 6)),
            "$Land": place,
            "$elsewhere": "",
        }
        words["$period"] = f"{days[0].year}-{days[0].year + 2}"
        return cls(f"{COUNTRIES[code]}-{days[0].year}-{place}".lower(), code, words, days, story, cast, random)

    def citing(self, other: Case) -> None:
        """Lets the case cite another one, where that was earlier."""
        if other.days[0] < self.days[0]:
            self.words["$elsewhere"] = f"\n  - {other.id}/{other.words['@technical']}"

    def header(self) -> str:
        """Returns the text of the case's header."""
        words = self.words
        return (
            f"title:\n  en: {words['$topic'].capitalize()} in {words['$Land']}\n  fr: {self.random.choice(FRENCH)}\n"
            f'track: response_policy\npolicy_version: "2017"\nsubject: {words["$government"]}\n'
            f"country: {self.code}\nlanguage: en\n"
        )

    def records(self, texts: Texts) -> Iterator[tuple[str, str]]:
        """Yields (event's id, text) of the case's records from its first to its last."""
        for chapter, day in zip(self.story, self.days, strict=True):
            name = self.words[f"@{chapter.slug}"]
            yield name, self._filled(chapter, day, texts) + self._sources(chapter, name)

    def _filled(self, chapter: Chapter, day: date, texts: Texts) -> str:
        pieces = list(chapter.pieces)
        for at in range(1, len(pieces), 2):
            hole = pieces[at]
            drawn = texts.drawn.get(hole)
            if drawn is not None:
                pieces[at] = self.random.choice(drawn)
            elif (word := self.words.get(hole)) is not None:
                pieces[at] = word
            else:
                pieces[at] = self._dated(hole, chapter, day)
        return "".join(pieces)

    def _dated(self, hole: str, chapter: Chapter, day: date) -> str:
        if hole.startswith("$in_"):
            return (day + timedelta(days=int(hole[4:]))).isoformat()
        if hole == "$month" or (hole == "$dated" and chapter.by_month):
            return day.isoformat()[:7]
        return {
            "$dated": day.isoformat(),
            "$french": self.random.choice(FRENCH),
            "$spanish": self.random.choice(SPANISH),
        }[hole]

    def _sources(self, chapter: Chapter, name: str) -> str:
        place = f"{_SITE}/{self.id}"
        paper = (
            f"sources:\n  - id: paper-{name}\n    title: The paper, as the archive of {self.words['$Land']} keeps it\n"
            f"    publisher: Archive of {self.words['$Land']}\n    url: {place}/{name}.pdf\n    language: en\n"
            f"    gives: [{chapter.gives}]\n"
        )
        page = f"  - id: page\n    title: Page of the case\n    url: {place}/\n    retrieved: 2026-01-12\n"
        told = f"{_SITE}/news/{self.random.randrange(10**8):08d}"
        news = f"  - id: news-{name}\n    title: News of that week\n    url: {told}\n"
        return f"{paper}{page}    gives: [dated]\n{news if self.random.random() < _WITH_NEWS else ''}"


def _days(random: Random, story: tuple[Chapter, ...]) -> Iterator[date]:
    day = _FIRST_DAY + timedelta(days=random.randrange(_SPREAD))
    for chapter in story:
        day += timedelta(days=chapter.days + random.randrange(4))
        yield day


def _name(chapter: Chapter, day: date) -> str:
    return f"{day.isoformat()[: 7 if chapter.by_month else 10]}-{chapter.ending}"


def case(texts: Texts, number: int, signatories: int) -> Case:
    """Returns case `number` of a corpus; every fourth may cite an earlier one."""
    made = Case.made(texts, number, signatories)
    if number % _CITING == _CITING - 1:
        made.citing(Case.made(texts, number - 1 - made.random.randrange(3), signatories))
    return made
