"""Texts by language: which one a reader gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.texts import Text, same_language

TAGS = st.sampled_from(["en", "es", "es-MX", "es-419", "fr", "zh-Hant"])


@pytest.mark.parametrize(
    ("text", "language", "fallback", "expected"),
    [
        ({"en": "E", "es": "S"}, "es", "en", ("S", "es")),
        ({"en": "E", "es": "S"}, "fr", "es", ("S", "es")),
        ({"en": "E", "es": "S"}, None, "es", ("S", "es")),
        ({"en": "E", "es": "S"}, "es-MX", "en", ("S", "es")),
        ({"es-AR": "A", "es-MX": "M"}, "es-MX", "en", ("M", "es-MX")),
        ({"es-AR": "A", "es-MX": "M"}, "es", "en", ("A", "es-AR")),
        ({"es": "S", "es-MX": "M"}, "es-mx", None, ("M", "es-MX")),
        ({"fr": "F"}, "es", "en", ("F", "fr")),
        ({"fr": "F"}, None, None, ("F", "fr")),
        ("P", "es", "en", ("P", "en")),
        ("P", "es", None, ("P", None)),
        ("P", "en", "en-GB", ("P", "en-GB")),
    ],
)
def test_a_reader_gets_the_nearest_language(
    text: str | dict[str, str], language: str | None, fallback: str | None, expected: tuple[str, str | None]
) -> None:
    assert expected == Text.of(text).chosen(language, fallback)


@given(st.dictionaries(TAGS, st.text(min_size=1), min_size=1), st.none() | TAGS, st.none() | TAGS)
def test_there_is_always_a_text_and_it_is_in_the_language_it_says(
    by_language: dict[str, str], language: str | None, fallback: str | None
) -> None:
    text, tag = Text.of(by_language).chosen(language, fallback)
    assert tag is not None
    assert by_language[tag] == text
    if language in by_language:
        assert by_language[language] == text


@given(st.dictionaries(TAGS, st.text(min_size=1), min_size=2))
def test_equal_texts_hash_alike_whatever_the_order_of_their_languages(by_language: dict[str, str]) -> None:
    one, other = Text.of(by_language), Text.of(dict(reversed(by_language.items())))
    assert one == other
    assert hash(one) == hash(other)
    assert list(by_language) == list(one.written())


def test_a_region_is_of_its_language() -> None:
    assert [True, True, False, False] == [
        same_language(*pair) for pair in (("es", "es-MX"), ("EN", "en"), ("en", "es"), (None, None))
    ]
