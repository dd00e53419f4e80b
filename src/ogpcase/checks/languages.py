"""Checks of language and country codes, and of texts that are not in the script of their language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, get_args
from unicodedata import name as name_of

from ogpcase.checks.scope import HEADER, Folder, Scope
from ogpcase.diagnostics import Part, Place, Problem, Route, Severity, rule, suggestion
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import file_of_event, file_of_header, file_of_party, file_of_source
from ogpcase.model.parties import country_known, country_meant
from ogpcase.model.texts import Text, language_known, language_meant, usual_script

FEWEST = 12
"""Letters; a shorter text may be a name that is the same in all languages."""


@rule("OC215", "unknown-language")
def unknown_language(scope: Scope | Folder) -> Iterator[Problem]:
    """A language tag begins with an unknown language code.

    Why it matters
        Readers choose a language by its tag. Nobody chooses a language that does not exist, so nobody sees the text.
    Wrong
        title: {sp: Carta de preocupación}
    Right
        title: {es: Carta de preocupación}
    Not reported when
        The code is registered for BCP 47, or is for private use (`qaa` to `qtz`).
    """
    for record, route, tag, part in _unknown_tags(scope):
        meant = language_meant(tag)
        helps = suggestion(meant) or ("use the ISO 639 code of the language, of two letters if it has one, as `es`",)
        place = Place(record.file, route, "no language has this code", part)
        yield Problem(f"`{tag}` is not a language tag", (place,), helps=helps)


@rule("OC216", "unknown-country")
def unknown_country(scope: Scope | Folder) -> Iterator[Problem]:
    """A country code is unknown.

    Why it matters
        Readers search and compare cases by country.
    Wrong
        country: UK
    Right
        country: GB
    Not reported when
        ISO 3166-1 assigns the code, reserves it, as `EU`, or leaves it to users: AA, QM to QZ, XA to XZ and ZZ.
    """
    for record in _records(scope):
        code = vars(record.record).get("country")
        if code and not country_known(code):
            meant = country_meant(code)
            helps = suggestion(meant) or ("use the two-letter code of ISO 3166-1",)
            place = Place(record.file, ("country",), "no country has this code")
            yield Problem(f"`{code}` is not a country code", (place,), helps=helps)


@rule("OC217", "text-in-another-script", Severity.WARNING)
def text_in_another_script(scope: Scope | Folder) -> Iterator[Problem]:
    """A text has no letter of the script of its language.

    Why it matters
        The text has the wrong language tag, so readers of that language get a text that they may not understand.
    Wrong
        title: {es: წერილი მიყურადების შესახებ}
    Right
        title: {ka: წერილი მიყურადების შესახებ}
    Not reported when
        The language has several scripts, the tag names the script, as `ka-Latn`, or the text has under twelve letters.
    """
    default = scope.case.language if isinstance(scope, Scope) else None
    for record in _records(scope):
        for route, text in record.texts:
            for tag, words in text.by_language.items():
                scripts = usual_script(tag or default)
                if scripts and not (words.isascii() and "LATIN" in scripts) and _is_foreign(words, scripts):
                    names = " or ".join("Chinese" if name == "CJK" else name.capitalize() for name in scripts)
                    here = route if tag is None else (*route, tag)
                    place = Place(record.file, here, f"no {names} letter in it")
                    helps = ("use the tag of its language, or name the script in the tag, as `ka-Latn`",)
                    message = f"this text is not in the script of its language, `{tag or default}`"
                    yield Problem(message, (place,), helps=helps)


class _Record(NamedTuple):
    """A record, its file, its texts with their routes, and the fields that have a fault; None if it is not known which.

    None of the texts is in a field with a fault: its route may be another one in the file.
    """

    record: Frozen
    file: str
    texts: list[tuple[Route, Text]]
    flawed: frozenset[str] | None

    @classmethod
    def of(cls, record: Frozen, file: str, flawed: frozenset[str] | None = frozenset()) -> _Record:
        """Returns a record with its texts."""
        texts: list[tuple[Route, Text]] = []
        _gather_texts(record, (), texts)
        if flawed is None or flawed:
            texts = [(route, text) for route, text in texts if _is_known(route, flawed)]
        return cls(record, file, texts, flawed)


def _is_known(route: Route, flawed: frozenset[str] | None) -> bool:
    """True if the route leads to the same node of the file."""
    if flawed is None:
        return not any(isinstance(step, int) for step in route)
    return str(route[0]) not in flawed


def _gather_texts(record: Frozen, route: Route, texts: list[tuple[Route, Text]]) -> None:
    """Adds every text of a record with its route."""
    own = vars(record)
    for name, written in _with_texts(type(record)):
        value = own[name]
        if not value:
            continue
        if isinstance(value, Text):
            texts.append(((*route, written), value))
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                _gather_texts(item, (*route, written, position), texts)
        else:
            _gather_texts(value, (*route, written), texts)


@cache
def _with_texts(cls: type[Frozen]) -> tuple[tuple[str, str], ...]:
    """Returns the fields of a class that are or contain texts, each with its name in the file."""
    fields = cls.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _holds_text(field.annotation))


def _holds_text(hint: object) -> bool:
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return bool(_with_texts(hint))
    return hint is Text or any(map(_holds_text, get_args(hint)))


@lru_cache(maxsize=1)
def _records(scope: Scope | Folder) -> tuple[_Record, ...]:
    if isinstance(scope, Folder):
        flawed = scope.registry.flawed
        parties = scope.registry.parties.values()
        return tuple(
            _Record.of(party, file_of_party(party.id), None if party.id in flawed else frozenset()) for party in parties
        )
    case, sound = scope.case, frozenset[str]()
    headers = (case.header,) if case.header else ()
    return (
        *(_Record.of(header, file_of_header(case.id), case.flawed.get(HEADER, sound)) for header in headers),
        *(
            _Record.of(event, file_of_event(case.id, event.id), case.flawed.get(event.id, sound))
            for event in case.events
        ),
        *(
            _Record.of(source, file := file_of_source(case.id, name), case.flawed.get(file, sound))
            for name, source in case.sources.items()
        ),
    )


def _unknown_tags(scope: Scope | Folder) -> Iterator[tuple[_Record, Route, str, Part]]:
    """Yields the unknown language tags with their records and routes: a tag as a value, or as the key of a text."""
    for record in _records(scope):
        for route, text in record.texts:
            for tag in text.by_language:
                if tag is not None and not language_known(tag):
                    yield record, (*route, tag), tag, "key"
        for place, plain in _plain_tags(record.record):
            if not language_known(plain) and _is_known(place, record.flawed):
                yield record, place, plain, "value"


def _plain_tags(record: Frozen) -> Iterator[tuple[Route, str]]:
    own = vars(record)
    if (language := own.get("language")) is not None:
        yield ("language",), language
    for position, tag in enumerate(own.get("languages", ())):
        yield ("languages", position), tag
    for position, source in enumerate(own.get("sources", ())):
        if source.language is not None:
            yield ("sources", position, "language"), source.language


def _is_foreign(text: str, scripts: tuple[str, ...]) -> bool:
    letters = [character for character in text if character.isalpha()]
    if len(letters) < FEWEST:
        return False
    return not any(name_of(letter, "").removeprefix("FULLWIDTH ").startswith(scripts) for letter in letters)


CHECKS = (unknown_language, unknown_country, text_in_another_script)
"""Checks of each case, and of the parties."""
