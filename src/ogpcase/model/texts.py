"""Text for people, in one or several languages; and the known languages and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pkgutil import get_data
from typing import Annotated

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, core_schema

from ogpcase.model.base import as_text

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag."""

Language = Annotated[str, Field(pattern=f"^{LANGUAGE.pattern}$"), BeforeValidator(as_text)]


def _language(value: object) -> str:
    text = as_text(value)
    if not LANGUAGE.fullmatch(text):
        raise PydanticCustomError("bad_language", "not a language tag")
    return text


def _parts(tag: str) -> list[str]:
    return tag.casefold().split("-")


@lru_cache(maxsize=1024)
def same_language(one: str | None, other: str | None) -> bool:
    """True if two tags name the same language, whatever the region: `es` and `es-MX`."""
    return one is not None and other is not None and _parts(one)[0] == _parts(other)[0]


@dataclass(frozen=True, slots=True)
class Text:
    """A string in the case's language (under the key None), or a string for each language tag, in written order."""

    by_language: Mapping[str | None, str]

    @classmethod
    def of(cls, value: str | Mapping[str, str]) -> Text:
        """Returns a text made of a string, or of strings by language tag."""
        if isinstance(value, str):
            return cls({None: value})
        return cls({tag: text for tag, text in value.items()})  # noqa: C416 - the type of the keys includes None

    def chosen(self, language: str | None, fallback: str | None) -> tuple[str, str | None]:
        """Returns the text in `language`, and the tag of the language that it is actually in.

        If `language` is missing, takes a tag with the same first part, then the same with `fallback`, the case's
        language, then the first tag. A plain string is in the case's language. Case is ignored in tags.
        """
        if len(self.by_language) == 1:
            [(tag, text)] = self.by_language.items()
            return text, tag or fallback
        available = {tag or fallback: text for tag, text in self.by_language.items()}
        for wanted in (language, fallback):
            for cut in (None, 1):
                for tag, text in available.items():
                    if wanted and tag and _parts(tag)[:cut] == _parts(wanted)[:cut]:
                        return text, tag
        tag, text = next(iter(available.items()))
        return text, tag

    def written(self) -> str | dict[str, str]:
        """Returns the value for the file: the string, or the map."""
        if None in self.by_language:
            return self.by_language[None]
        return {str(tag): text for tag, text in self.by_language.items()}

    def __hash__(self) -> int:
        return hash(frozenset(self.by_language.items()))

    def __repr__(self) -> str:
        return f"Text({self.written()!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Checks a map language by language, so that a problem has the route of its language."""
        written = core_schema.plain_serializer_function_ser_schema(Text.written)
        return core_schema.no_info_plain_validator_function(cls._bind, serialization=written)

    @classmethod
    def _bind(cls, value: object) -> Text:
        if type(value) is str and value.strip():  # nearly always, and quickest
            return cls({None: value})
        if isinstance(value, Text):
            return value
        if isinstance(value, Mapping):
            return cls.of(_LINES_BY_TAG.validate_python(value))
        return cls({None: as_text(value)})

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        """Accepts a string, an unquoted number, or a map of strings by language tag."""
        line = {"type": ["string", "number"], "pattern": r"\S"}
        tags = {"type": "object", "minProperties": 1, "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"}}
        return {"anyOf": [line, {**tags, "additionalProperties": line}]}


_LINES_BY_TAG = SchemaValidator(
    core_schema.dict_schema(
        core_schema.no_info_plain_validator_function(_language),
        core_schema.no_info_plain_validator_function(as_text),
        min_length=1,
    )
)


def first_text(value: object) -> str:
    """Returns a text's plain value, or that of its first language; empty if there is none."""
    first = next(iter(value.values()), "") if isinstance(value, Mapping) else value
    return str(first or "")


@lru_cache(maxsize=1024)
def language_known(tag: str) -> bool:
    """True if a tag begins with a registered language, or one for private use (`qaa` to `qtz`)."""
    primary = _parts(tag)[0]
    private = len(primary) == len("qaa") and "qaa" <= primary <= "qtz"
    return private or primary in _languages()


def language_meant(tag: str) -> str | None:
    """Returns the tag with the two-letter code that BCP 47 requires for a three-letter one: `es` for `spa`."""
    primary = _parts(tag)[0]
    short = _shorter_languages().get(primary)
    return None if short is None else short + tag[len(primary) :]


@lru_cache(maxsize=1024)
def usual_script(tag: str | None) -> tuple[str, ...]:
    """Returns the first words of Unicode's names for the language's letters: `LATIN` for `es`.

    Empty if the language has several scripts or is not known, or if the tag names a script (`sr-Latn`).
    """
    if tag is None or any(len(part) == len("Latn") and part.isalpha() for part in _parts(tag)[1:]):
        return ()
    return _scripts().get(_parts(tag)[0], ())


def packaged_lines(name: str) -> Iterator[str]:
    """Yields the lines of a packaged list, without comments."""
    text = (get_data(__package__, name) or b"").decode("ascii")
    return (line for line in text.splitlines() if not line.startswith("#"))


@lru_cache
def _languages() -> frozenset[str]:
    return frozenset(word for line in packaged_lines("languages.txt") for word in line.split() if "=" not in word)


@lru_cache
def _shorter_languages() -> Mapping[str, str]:
    words = (word.partition("=") for line in packaged_lines("languages.txt") for word in line.split())
    return {long: short for long, _, short in words if short}


@lru_cache
def _scripts() -> Mapping[str, tuple[str, ...]]:
    rows = (line.partition(":") for line in packaged_lines("language_scripts.txt"))
    return {language: tuple(scripts.split(",")) for scripts, _, languages in rows for language in languages.split()}
