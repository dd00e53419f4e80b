"""Codes of languages and countries exist, and a text is in the script of the language it is given under."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.diagnostics import Problem
from ogpcase.model.parties import country_known
from ogpcase.model.texts import language_known, language_meant, usual_script

Found = Callable[..., list[Problem]]
REPLY = "2023-08-30-letter-reply"
GEORGIAN = "საჩივარი უკანონო მიყურადების შესახებ"
PAGE = {"id": "page", "url": "https://example.org"}


def told(problems: list[Problem]) -> list[tuple[str, tuple[str | int, ...], str]]:
    return [(each.code, each.places[0].route, each.places[0].part) for each in problems]


@pytest.mark.parametrize("tag", ["es", "ES", "es-MX", "tlh", "nah", "und", "mul", "qaa", "qtz-Latn", "hy", "sr-Latn"])
def test_a_registered_language_is_known(tag: str) -> None:
    assert language_known(tag)


@pytest.mark.parametrize("tag", ["sp", "xx", "spa", "que", "english", "cz", "jp"])
def test_what_no_language_is_called_is_not(tag: str) -> None:
    """`que` is in no private range; it is what ISO 639-2 has for `qu`."""
    assert not language_known(tag)


def test_three_letters_lead_to_the_two_that_stand_for_them() -> None:
    """The bibliographic codes of ISO 639-2 too; the region is kept."""
    assert ("es", "fr", "fr", "es-MX") == tuple(map(language_meant, ["spa", "fra", "fre", "spa-MX"]))
    assert (None, None) == (language_meant("es"), language_meant("xxx"))


@pytest.mark.parametrize("code", ["MX", "GB", "NO", "EU", "AA", "QM", "QZ", "XA", "XK", "XZ", "ZZ"])
def test_a_country_or_a_code_left_to_users_is_known(code: str) -> None:
    assert country_known(code)


@pytest.mark.parametrize("code", ["UK", "EL", "AB", "QL", "ZY", "YU", "JJ"])
def test_what_no_country_is_called_is_not(code: str) -> None:
    assert not country_known(code)


@pytest.mark.parametrize(
    ("changes", "route", "part"),
    [
        ({"title": {"en": "A reply", "sp": "Una respuesta"}}, ("title", "sp"), "key"),
        ({"languages": ["en", "sp"]}, ("languages", 1), "value"),
        ({"sources": [{**PAGE, "language": "sp"}]}, ("sources", 0, "language"), "value"),
        ({"replies": [{"about": "2023-04-10-concern#sealed", "position": "denies", "text": {"sp": "No."}}]},
         ("replies", 0, "text", "sp"), "key"),
    ],
)  # fmt: skip
def test_an_unknown_language_is_named_where_it_stands(
    found: Found, changes: dict[str, Any], route: tuple[str | int, ...], part: str
) -> None:
    assert [("OC215", route, part)] == told(found({REPLY: changes}))


def test_unknown_codes_of_a_header_and_of_a_party(found: Found) -> None:
    problems = found(
        header={"language": "sp", "country": "EL"}, parties={"open-arcadia": {"country": "UK", "name": {"xx": "Open"}}}
    )
    assert {
        ("OC215", "arcadia-2023/case.yaml", ("language",)),
        ("OC216", "arcadia-2023/case.yaml", ("country",)),
        ("OC215", "parties/open-arcadia.yaml", ("name", "xx")),
        ("OC216", "parties/open-arcadia.yaml", ("country",)),
    } == {(each.code, each.places[0].file, each.places[0].route) for each in problems}
    assert ("did you mean `GB`?",) in [each.helps for each in problems]


@pytest.mark.parametrize(
    ("title", "header"),
    [
        ({"es": GEORGIAN}, {}),
        ({"en": "A complaint", "ka": "A complaint about surveillance"}, {}),
        (GEORGIAN, {}),
        ("A complaint about surveillance", {"language": "ka"}),
    ],
)
def test_a_text_in_another_script_is_warned_of(found: Found, title: object, header: dict[str, str]) -> None:
    """A plain text is in the case's language; the sound case's other texts then are none of this."""
    problems = [each for each in found({REPLY: {"title": title}}, header=header) if REPLY in each.places[0].file]
    route = ("title", list(title)[-1]) if isinstance(title, dict) else ("title",)
    assert [("OC217", route, "value")] == told(problems)
    assert "warning" == problems[0].rule.severity


@pytest.mark.parametrize(
    "title",
    [
        {"ka": GEORGIAN},
        {"ka-Latn": "sachivari ukanono miq'uradebis shesakheb"},
        {"sr": "Жалба због незаконитог надзора", "sr-Latn": "Žalba zbog nezakonitog nadzora"},
        {"es": f"Carta de {GEORGIAN}"},
        {"es": "საია 2023"},
        {"ja": "違法な監視に関する苦情の手紙です", "ko": "불법 감시에 관한 우려의 편지입니다"},
        {"tlh": GEORGIAN},
    ],
)
def test_a_text_that_may_be_right_is_not(found: Found, title: dict[str, str]) -> None:
    """In its script, in a language of several, with a name in another, or too short to tell."""
    assert [] == found({REPLY: {"title": title}})


@given(st.sampled_from(["es", "fr", "hu", "ka", "el", "uk", "ar", "hi", "th"]), st.text(max_size=80))
def test_no_text_with_a_letter_of_its_script_is_warned_of(found: Found, tag: str, text: str) -> None:
    """One letter is enough, whatever else stands there."""
    letter = {"LATIN": "e", "GEORGIAN": "ა", "GREEK": "λ", "CYRILLIC": "ж", "ARABIC": "ع",
              "DEVANAGARI": "क", "THAI": "ก"}[usual_script(tag)[0]]  # fmt: skip
    assert [] == found({REPLY: {"title": {tag: letter + text}}})
