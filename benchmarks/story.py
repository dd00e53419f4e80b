"""The stories in `story/`: records with holes, in the order in which they happen; and invented words to fill them."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from pathlib import Path
from random import Random

WIDTH = 110
_ONSETS = "Bel Cor Dal Fen Gar Hal Jor Kel Lam Mar Nor Ost Pel Rud Sel Tar Ul Ves Wen Zel".split()  # noqa: SIM905 - reads best as words
_MIDDLES = "a e i o u an en in on un ar er ir or ur al el il ol ul".split()  # noqa: SIM905 - reads best as words
_CODAS = "bek dra fin gor hav kin lan mir nor pol ras sin tov vik wen ya zan mond stad brook".split()  # noqa: SIM905 - reads best as words
_COUNTRIES = (
    "Abrenia", "Borvale", "Cassimar", "Dunmark", "Eskoria", "Falmore", "Gressia", "Haldane", "Iskara", "Jorvia",
    "Lethmar", "Morrenia", "Nalvia", "Orsenna", "Pallindor", "Quillar", "Rossmere", "Sundral", "Tavria",
    "Ulmora", "Verrin",
    "Wexmar", "Xandria", "Yorrick", "Zemland",
)  # fmt: skip
_LETTERS = "ABCDEFGHIJLMNOPQRSTUVWXYZ"
"""Without the one that would give XK, which is in use for a country."""
COUNTRIES = {f"X{letter}": name for letter, name in zip(_LETTERS, _COUNTRIES, strict=True)}
"""Invented countries under codes that ISO 3166-1 leaves to its users."""
TOPICS = (
    "registers of associations", "permits for assemblies", "lists of reporters", "cameras in the squares",
    "funds from abroad", "files of the police", "seats in the forum", "tapping of lines",
)  # fmt: skip
_WHO = (
    "The office in charge", "The ministry", "A working group of the forum", "The legal department", "One of the papers",
    "The second organisation", "An officer who is not named", "The committee", "Whoever wrote the annex",
    "The spokesman", "A member of parliament", "The register",
)  # fmt: skip
_DOES = (
    "holds that", "does not say why", "writes that", "left open whether", "counts the months in which", "denies that",
    "was told that", "asks by what right", "had been sure that", "shows in a table how", "cannot find where",
    "recalls that",
)  # fmt: skip
_WHAT = (
    "the lists were kept", "members were called in one by one", "no judge had seen the order",
    "the forum was not heard", "the rules of 2016 still hold", "the term had run out", "letters went unanswered",
    "the figures differ by half", "reporters waited outside", "the accounts were frozen",
    "two offices did the same work",
    "the minutes were not printed",
)  # fmt: skip
_WHEN = (
    "after the election", "for a year and more", "in three of the nine districts", "without a reason in writing",
    "before anyone could object", "as the annex of 14 pages shows", "though parliament had asked for it", "to this day",
    "on the day of the meeting", "while the plan was being written", "if the second source is right", "once again",
)  # fmt: skip
FRENCH = (
    "Ce que l'on sait des registres", "Une procédure restée sans réponse", "Les délais fixés par le ministère",
    "Le forum n'a pas été entendu", "Où sont passés les procès-verbaux", "Le plan d'action et ses lacunes",
)  # fmt: skip
SPANISH = (
    "Lo que se sabe de los registros", "Un trámite que quedó sin respuesta", "Los plazos que fijó el ministerio",
    "No se escuchó al foro", "Qué pasó con las actas", "El plan de acción y sus vacíos",
)  # fmt: skip


def place_name(number: int) -> str:
    """Returns an invented place, another one for each number from 0."""
    rest, third = divmod(number, len(_CODAS))
    first, second = divmod(rest, len(_MIDDLES))
    again, first = divmod(first, len(_ONSETS))
    return _ONSETS[first] + _MIDDLES[second] + _CODAS[third] + (f"-{_ONSETS[again]}" if again else "")


def sentence(random: Random) -> str:
    """Returns a sentence without its stop, of 45 to 110 characters."""
    return " ".join(random.choice(words) for words in (_WHO, _DOES, _WHAT, _WHEN))


def paragraphs(random: Random, indent: int, sentences: int, count: int) -> list[str]:
    """Returns folded paragraphs of one to twice `sentences` sentences, each line indented and at most WIDTH wide."""
    margin = " " * indent
    texts = (
        " ".join(f"{sentence(random)}." for _ in range(random.randint(sentences, 2 * sentences))) for _ in range(count)
    )
    return [textwrap.fill(text, WIDTH, initial_indent=margin, subsequent_indent=margin) for text in texts]


_STORY = Path(__file__).parent / "story"
_HEAD = re.compile(r"^--- # (\w+) ([\w.-]+) (\d+)( month)?\n", re.MULTILINE)
_HOLE = re.compile(r"(\$[A-Za-z]+[0-9]?(?:_[a-z0-9]+)?|@(?:[a-z-]+[a-z]|\.))")
_FIELD = re.compile(r"^(\w+):", re.MULTILINE)
_NOT_GIVEN = {"kind", "title", "summary"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A record with holes: `pieces` are texts and, at odd places, what goes between them."""

    kind: str
    slug: str
    days: int
    """Days after the record before it."""
    by_month: bool
    pieces: tuple[str, ...]
    gives: str

    @property
    def ending(self) -> str:
        """What the record's name ends in."""
        return self.kind if self.slug == "." else f"{self.kind}-{self.slug}"


@dataclass(frozen=True, slots=True)
class Texts:
    """What all cases of a corpus are written from."""

    seed: int
    stories: tuple[tuple[Chapter, ...], ...]
    drawn: dict[str, tuple[str, ...]]
    """What a hole may be filled with, one of many."""

    @classmethod
    def made(cls, seed: int) -> Texts:
        """Returns them; the same for the same seed."""
        random = Random(seed)  # noqa: S311 - no secrets are made here
        drawn = {
            "$paragraph": tuple(paragraphs(random, 2, 3, 400)),
            "$shallow": tuple(paragraphs(random, 2, 2, 100)),
            "$deep": tuple(paragraphs(random, 6, 1, 200)),
            "$sentence": tuple(sentence(random) for _ in range(800)),
        }
        return cls(seed, tuple(_story("opening", "review", ending) for ending in ("closed", "suspended")), drawn)


def _story(*names: str) -> tuple[Chapter, ...]:
    parts = [_HEAD.split((_STORY / f"{name}.yaml").read_text(encoding="utf-8"))[1:] for name in names]
    return tuple(_chapter(part[at : at + 5]) for part in parts for at in range(0, len(part), 5))


def _chapter(written: list[str]) -> Chapter:
    kind, slug, days, month, text = written
    given = ", ".join(name for name in _FIELD.findall(text) if name not in _NOT_GIVEN)
    return Chapter(kind, slug, int(days), bool(month), tuple(_HOLE.split(text)), given)
