"""What is typed for texts and items: text stays text, words make an item and its id, messages say how to quote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter", "--title", "A letter", "--dated", "2023-02-05",
          "--senders", "open-arcadia", "--source", "https://example.org")  # fmt: skip
CONCERN = ("add-event", "arcadia-2023", "concern", "--title", "More", "--dated", "2023-05", "--filers", "open-arcadia",
           "--addendum-to", "2023-04-10-concern", "--source", "https://example.org")  # fmt: skip


def record(folder: Path, event: str = "2023-02-05-letter") -> str:
    return (folder / "arcadia-2023" / "events" / f"{event}.yaml").read_text()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("FOI=freedom of information", "summary: FOI=freedom of information\n"),
        ("en=English", "summary: en=English\n"),
        ("-5 %", 'summary: "-5 %"\n'),
        ("--title", 'summary: "--title"\n'),
        ("{en: Short, es: Breve}", "summary:\n  en: Short\n  es: Breve\n"),
        ('{en: "{FOI}"}', 'summary:\n  en: "{FOI}"\n'),
    ],
)
def test_a_plain_text_is_never_taken_for_a_language(arcadia: Path, ogpcase: Run, typed: str, written: str) -> None:
    done = ogpcase(*LETTER, "--summary", typed)
    assert (0, "") == (done.returncode, done.stderr)
    assert written in record(arcadia)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{FOI} is denied", """if the text itself begins with a brace: --summary '{en: "{FOI} is denied"}'\n"""),
        ("{FOI}", """if the text itself begins with a brace: --summary '{en: "{FOI}"}'\n"""),
        ("{english: A, b}", """quote the text: --summary '{english: "A, b"}'\n"""),
        ("{es: Sí, claro, en: Yes.}", """quote the text: --summary '{es: "Sí, claro", en: Yes.}'\n"""),
        ("{}", "a text in braces is one for each language, as {en: …, es: …}"),
    ],
)
def test_a_text_that_begins_with_a_brace_is_told_how_to_quote(
    arcadia: Path, ogpcase: Run, typed: str, said: str
) -> None:
    done = ogpcase(*LETTER, "--summary", typed)
    assert (2, 5) == (done.returncode, len(list((arcadia / "arcadia-2023" / "events").iterdir())))
    assert said in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_a_text_given_twice_is_refused_and_told_where_languages_go(ogpcase: Run) -> None:
    done = ogpcase(*LETTER, "--title", "Carta")
    said = "error: --title takes one text\n  write several languages in braces: --title '{en: …, es: …}'\n"
    assert (2, said) == (done.returncode, done.stderr)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--request", "{text: a, b}"), """quote the text: --request '{text: "a, b"}'\n"""),
        (
            ("--request", "{id: x, text: {en: One, two}, due: 2023-05}"),
            """quote the text: --request '{id: x, text: {en: "One, two"}, due: 2023-05}'\n""",
        ),
        (("--departure", "{because: No, nor yes}"), """quote the text: --departure '{because: "No, nor yes"}'\n"""),
        (
            ("--new-party", "{name: Ports, Customs and Taxes, classification: government}"),
            """quote the text: --new-party '{name: "Ports, Customs and Taxes", classification: government}'\n""",
        ),
        (("--request", "{text: a: b}"), """put quotes around a text that holds a comma, a colon or `#`: --request"""),
    ],
)
def test_a_comma_in_braces_is_told_with_the_mapping_as_it_was_meant(
    ogpcase: Run, words: tuple[str, ...], said: str
) -> None:
    done = ogpcase(*LETTER, *words)
    assert 2 == done.returncode
    assert said in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_set_names_the_field_where_it_tells_how_to_quote(ogpcase: Run) -> None:
    done = ogpcase("set", "arcadia-2023/2023-02-01-letter-ask", "requests", "{id: a, text: b, c}")
    assert (2, True) == (done.returncode, """quote the text: requests '{id: a, text: "b, c"}'\n""" in done.stderr)


def test_plain_words_make_items_with_ids_that_differ(arcadia: Path, ogpcase: Run) -> None:
    asked = ("Publish the contracts of 2022", "Publish the contracts of 2023", "公開", "公開せよ", "{text: Open up}",
             "{id: publish-the-contracts-of-2, text: By hand}")  # fmt: skip
    done = ogpcase(*LETTER, *(word for text in asked for word in ("--request", text)))
    assert (0, "") == (done.returncode, done.stderr)
    ids = [line[8:] for line in record(arcadia).splitlines() if line.startswith("  - id: ")]
    assert ["publish-the-contracts-of", "publish-the-contracts-of-3", "request", "request-2", "open-up",
            "publish-the-contracts-of-2"] == ids  # fmt: skip


def test_ids_of_items_are_unique_across_the_fields_of_a_record(arcadia: Path, ogpcase: Run) -> None:
    whole = "kind: concern\nrequests:\n  - {id: sealed-ports, text: Open the ports.}\n"
    done = ogpcase(*CONCERN, "--from", "-", "--allegation", "Sealed ports", stdin=whole)
    assert (0, "") == (done.returncode, done.stderr)
    assert "allegations:\n  - id: sealed-ports-2\n    text: Sealed ports\n" in record(arcadia, "2023-05-concern")


def test_plain_words_make_every_item_that_has_one_text(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*LETTER, "--signed-by", "A. B.", "--departure", "It was cold")
    assert (0, "") == (done.returncode, done.stderr)
    assert "signed_by:\n  - name: A. B.\n" in record(arcadia)
    done = ogpcase(*CONCERN, "--prior-step", "A call to the ministry")
    assert (0, "") == (done.returncode, done.stderr)
    assert "prior_steps:\n  - text: A call to the ministry\n" in record(arcadia, "2023-05-concern")


def test_another_stated_party_may_be_named_by_any_name(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*LETTER, "--also-stated", "{field: senders, value: [Government of Arcadia], source: example-org}")
    assert (0, "") == (done.returncode, done.stderr)
    assert "value: [government-of-arcadia]\n" in record(arcadia)


SET = ("set", "arcadia-2023/2023-02-01-letter-ask")


@pytest.mark.parametrize("value", [("-5 %",), ("--", "-5 %"), ("--root", ".", "--", "-5 %")])
def test_set_takes_a_value_that_begins_with_a_minus_sign(arcadia: Path, ogpcase: Run, value: tuple[str, ...]) -> None:
    shown = ogpcase(*SET, "summary", "-5 %", "--dry-run")
    assert (0, True) == (shown.returncode, '+summary: "-5 %"\n' in shown.stdout)
    done = ogpcase(*SET, "summary", *value)
    assert (0, "") == (done.returncode, done.stderr)
    assert 'summary: "-5 %"\n' in record(arcadia, "2023-02-01-letter-ask")


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("-5 %", "--root", "."),
            "no such option: -5\n  a value that begins with - stands last, after --: -- '-5 %'\n",
        ),
        (("--unste",), "no such option: --unste"),
        (("-x",), "no such option: -x\n"),
    ],
)
def test_what_could_be_an_option_is_not_taken_for_a_value(ogpcase: Run, words: tuple[str, ...], said: str) -> None:
    done = ogpcase(*SET, "summary", *words)
    assert (2, True) == (done.returncode, said in done.stderr)
