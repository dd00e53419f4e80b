"""What people wrote twice is found however it is spelt; what only looks like it is let be."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.workspace.publishing.searching import Search, Term, terms_of_text, words_in


def name(text: str) -> Term:
    return Term(words_in(text), "name", "a-party")


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("José Pérez", "It was JOSE PEREZ who said so."),
        ("José Pérez", "see https://example.org/jose-perez/letter"),
        ("José Pérez", "see https://example.org/?q=Jos%C3%A9%20P%C3%A9rez"),
        ("José Pérez", "see https://example.org/?q=Jos%25C3%25A9%2520P%25C3%25A9rez"),
        ("José Pérez", "Jos&eacute; P&#233;rez"),
        ("José Pérez", "jose_perez"),
        ("José Pérez", "José\n  Pérez"),
        ("Jose\u0301 Pe\u0301rez", "José Pérez"),
        ("\uff2a\uff4f\uff53\uff45", "José"),
        ("Li", "by Li, of nobody"),
        ("田中", "田中さんの手紙"),
        ("김철수", "김철수는 편지를 썼다"),
        ("สมชาย", "จดหมายจากสมชายถึงรัฐบาล"),
        ("Straße", "the STRASSE"),
        ("\u0130pek I\u015f\u0131k", "ipek isik"),
        ("Wałęsa", "Walesa"),
        ("Søren", "SOREN"),
        ("Zoe Quintanar", "<b>Zoe</b> Quintanar"),
        ("Zoe Quintanar", "Zoe <br/>Quintanar"),
        ("Zoe Quintanar", "Zoe Quin<i>tanar</i>"),
        ("Zoe Quintanar", "Zoe &lt;b&gt;Quintanar&lt;/b&gt;"),
        ("Zoe Quintanar", "Zoe Quin-\ntanar"),
        ("Zoe Quintanar", "Zoe Quin=\r\ntanar"),
        ("Zoë Quintanar", "Zo=C3=AB Quintanar"),
        ("Zoe Quintanar", "Zoe Quin\u00adtanar"),
        ("Zoe Quintanar", "Zoe\\u0020Quintanar"),
        ("Zoe Quintanar", '{"text": "x\\nZoe Quintanar"}'),
        ("Zoe Quintanar", "Zo\\xeb Quintanar"),
        ("محمد", "محـــمد"),
        ("نیم\u200cروز", "نیمروز"),
    ],
)
def test_a_name_is_found_in_any_spelling(secret: str, text: str) -> None:
    assert Search([name(secret)]).finds(text)


@pytest.mark.parametrize(
    ("secret", "text"),
    [("Li", "a line of light"), ("Ann", "annual"), ("Perez Jose", "Jose Perez"), ("A B", "A. C. B."), ("", "anything")],
)
def test_a_part_of_a_word_is_no_name(secret: str, text: str) -> None:
    assert not Search([name(secret)]).finds(text)


TOLD = "A guard of the archive told them where the papers are."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It says: a guard of the archive told.", True),
        ("The archive told them where it was.", True),
        ("a guard of an archive", False),
        ("where the papers are", False),
        ("WHERE—THE—PAPERS—ARE, told them", False),
        ("told them — where the papers are", True),
    ],
)
def test_five_words_in_a_row_are_found(text: str, *, found: bool) -> None:
    assert found == Search(terms_of_text(TOLD, "a-record")).finds(text)


def test_a_short_text_is_found_whole_from_twelve_characters_on() -> None:
    assert Search(terms_of_text("They met her", "r")).finds("Once they met her.")
    assert not Search(terms_of_text("They met it", "r")).finds("Once they met it.")


def test_of_letters_that_are_words_twelve_are_needed() -> None:
    secret = "彼女は夜に公文書館の前で彼らを待っていた"
    assert Search(terms_of_text(secret, "r")).finds("その夜、彼女は夜に公文書館の前で話した")
    assert not Search(terms_of_text(secret, "r")).finds("公文書館の前で話した")


def test_words_that_anybody_may_know_are_no_hit() -> None:
    allowed = [words_in("Civil Society Core Group of Arcadia")]
    terms = list(terms_of_text("The Civil Society Core Group of Arcadia met her", "r"))
    assert not Search(terms, allowed).finds("Civil Society Core Group of Arcadia")
    assert Search(terms, allowed).finds("Core Group of Arcadia met")
    assert Search([name("Civil Society Core Group of Arcadia")], allowed).finds("Civil Society Core Group of Arcadia")


def test_a_hit_in_the_name_of_a_file_counts() -> None:
    search = Search([name("Alva Doe")])
    assert ["parties/alva-doe.yaml"] == [hit.file for hit in search.hits("parties/alva-doe.yaml", "name: X")]


@given(
    st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs", "Po", "Pd")), min_size=1),
    st.sampled_from([str, quote, escape, str.upper, str.title]),
)
def test_a_text_is_found_in_itself_however_it_is_written(text: str, spelt: object) -> None:
    words = words_in(text)
    if words and callable(spelt):
        assert Search([Term(words, "name", "x")]).finds(f"before {spelt(text)} after")
