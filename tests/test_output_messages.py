"""What the program says in other languages: whole catalogues, the language chosen, and pages without English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml
from tests.catalogues import (
    TRANSLATED,
    Message,
    catalogue_of,
    marked_in,
    messages,
    path_of,
    translated_in,
)
from tests.greek import in_greek, speak_greek, write_in_greek

from ogpcase.output.messages import (
    CATALOGUES,
    LANGUAGES,
    NOT_A_DAY,
    _,
    language_of,
    language_of_locale,
    ngettext,
    speaking,
    with_days,
)
from ogpcase.output.words import in_long

Ogpcase = Callable[..., CompletedProcess[str]]
HINT = "run `make messages`, and translate what it adds to the catalogue"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated_and_nothing_else(language: str) -> None:
    there = translated_in(catalogue_of(language))
    assert set() == messages() ^ there.keys(), HINT
    assert [] == [message for message, said in there.items() if not all(said)], HINT
    assert [] == [message for message, said in there.items() if len(said) != (2 if message.several else 1)]


def _places(text: str) -> set[str | None]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_places_of_their_message(language: str) -> None:
    for message, said in translated_in(catalogue_of(language)).items():
        several = _places(message.several or message.one)
        assert several == _places(said[-1]), message
        assert _places(said[0]) in (several, _places(message.one)), message  # “one record” may do without its number
        assert all(said_one[:1].isspace() == message.one[:1].isspace() for said_one in said), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_the_program_reads_is_made_of_what_translators_edit(language: str) -> None:
    with path_of(language).with_suffix(".mo").open("rb") as file:
        read = GNUTranslations(file)
    for message, said in translated_in(catalogue_of(language)).items():
        if message.several:
            assert list(said) == [read.ngettext(message.one, message.several, number) for number in (1, 2)], HINT
        else:
            found = read.pgettext(message.context, message.one) if message.context else read.gettext(message.one)
            assert said[0] == found, HINT


def test_there_is_a_catalogue_for_each_language() -> None:
    assert {*TRANSLATED} == {*LANGUAGES} - {"en"} == {file.stem for file in CATALOGUES.glob("*.po")}


def test_messages_are_found_where_they_are_marked() -> None:
    code = "x = f'{_(\"a {b}\", b=_(\"c\"))}'; y = ngettext('1', '2', n); z = pgettext('d', 'e'); w = marked('f'); _(g)"
    assert {Message("a {b}"), Message("c"), Message("1", "2"), Message("e", None, "d"), Message("f")} == {
        *marked_in(code)
    }
    assert [Message("by {day}"), Message("by {day}", None, NOT_A_DAY)] == [*marked_in("with_days('by {day}', day=h)")]


@pytest.mark.parametrize(
    ("tag", "expected"), [("es", "es"), ("es-MX", "es"), ("FR-ca", "fr"), ("en", "en"), ("hu", "en"), (None, "en")]
)
def test_a_reader_is_spoken_to_in_the_language_of_the_tag_or_in_english(tag: str | None, expected: str) -> None:
    assert expected == language_of(tag)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_MESSAGES": "fr_FR"}, "fr"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "C"}, None),
        ({"LC_ALL": "", "LANG": "ca_ES@valencia"}, None),
        ({"LANG": "en_US.UTF-8"}, None),
        ({"LANG": "es@euro"}, "es"),
        ({}, None),
    ],
)
def test_the_locale_chooses_where_nobody_does(
    environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert expected == language_of_locale()


def test_numbers_take_the_form_of_each_language() -> None:
    said = {}
    for language in ("en", "es", "fr"):
        with speaking(language):
            said[language] = [ngettext("{number} day", "{number} days", number) for number in (0, 1, 2)]
    assert {
        "en": ["0 days", "1 day", "2 days"],
        "es": ["0 días", "1 día", "2 días"],
        "fr": ["0 jour", "1 jour", "2 jours"],
    } == said


def test_a_day_has_its_article_and_a_month_has_none() -> None:
    said = {}
    for language in ("en", "es", "fr"):
        with speaking(language):
            said[language] = [with_days("until {day}", day=day) for day in ("2018-07-16", "2018-07")]
            said[language] += [with_days("until {day}", say=in_long, day=day) for day in ("2018-07-01", "2018-07")]
    assert {
        "en": ["until 2018-07-16", "until 2018-07", "until 1 July 2018", "until July 2018"],
        "es": ["hasta el 2018-07-16", "hasta 2018-07", "hasta el 1 de julio de 2018", "hasta julio de 2018"],
        "fr": ["jusqu'au 2018-07-16", "jusqu'en 2018-07", "jusqu'au 1er juillet 2018", "jusqu'en juillet 2018"],
    } == said


def test_what_a_record_says_is_never_taken_for_a_place() -> None:
    with speaking("es"):
        assert "quizá {day} {0!r}" == _("perhaps {words}", words="{day} {0!r}")


def test_the_language_ends_with_its_block() -> None:
    with speaking("fr"), speaking("es"):
        assert "quizá" == _("perhaps")
    assert "perhaps" == _("perhaps")


VIEWS = (
    ("list",),
    ("list", "--full"),
    ("status", "CASE"),
    ("status", "CASE", "--all"),
    ("status", "CASE", "--duties"),
    ("requests", "CASE"),
    ("requests", "CASE", "--full", "--duties"),
    ("requests", "CASE", "--format", "markdown"),
    ("timeline", "CASE"),
    ("timeline", "CASE", "--context", "--duties", "--since", "2017-06-01"),
    ("timeline", "CASE", "--full", "--duties"),
    ("timeline", "CASE", "--format", "markdown"),
    ("timeline", "CASE", "--format", "mermaid"),
    ("show", "CASE"),
    ("sources", "CASE"),
    ("sources",),
    ("doubts", "CASE"),
    ("doubts", "CASE", "--full"),
    ("doubts",),
    ("findings", "CASE"),
    ("findings", "CASE", "--full"),
    ("findings", "CASE", "--format", "markdown"),
    ("due",),
    ("due", "--as-of", "2018-09-25"),
    ("due", "CASE", "--duties"),
    ("parties",),
    ("parties", "CASE"),
    ("parties", "CASE", "--full"),
    ("search", in_greek("a")),
    ("stats", "CASE"),
    ("stats",),
    ("show", "CASE", "--as-of", "2020-01-01"),
)
"""The views that speak other languages."""


def _view(ogpcase: Ogpcase, words: tuple[str, ...], case: str, *more: str) -> CompletedProcess[str]:
    return ogpcase(*(case if word == "CASE" else word for word in words), *more)


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_the_locale_speaks_to_people_alone(
    words: tuple[str, ...], arcadia: Path, ogpcase: Ogpcase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert arcadia.exists()
    machine = ("json", "markdown") if "--format" not in words else ()
    forms = [() if "--format" in words else ("--format", "text"), *(("--format", form) for form in machine)]
    plain = {}
    for form in forms:
        plain[form] = _view(ogpcase, words, "arcadia-2023", *form)
    asked = _view(ogpcase, words, "arcadia-2023", "--lang", "es")
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    for form, before in plain.items():
        done = _view(ogpcase, words, "arcadia-2023", *form)
        expected = asked if form == ("--format", "text") else before
        assert (expected.returncode, expected.stdout) == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    "verb", ["list --json", "status --json", "requests --format csv", "timeline --format csv-excel"]
)
def test_what_programs_read_is_the_same_in_every_language(verb: str, arcadia: Path, ogpcase: Ogpcase) -> None:
    """The case has texts in English alone, so that --lang changes none of them."""
    assert arcadia.exists()
    said = {ogpcase(*verb.split(), "--lang", language).stdout for language in LANGUAGES}
    assert 1 == len(said)


@pytest.fixture
def greek(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A language of a program that speaks Greek letters; its tag."""
    return speak_greek(monkeypatch, tmp_path)


@pytest.mark.parametrize("folder", ["mexico", "invented"])
def test_no_view_says_a_word_of_english_that_is_not_in_a_catalogue(
    folder: str, greek: str, ogpcase: Ogpcase, tmp_path: Path
) -> None:
    """The records and the catalogue have no Latin letters: any that a page shows are of ids, commands or addresses."""
    here = Path(__file__).parent
    source = {"mexico": here.parent / "cases", "invented": here / "corpus" / "sound" / "invented" / "cases"}[folder]
    root = tmp_path / "cases"
    words = write_in_greek(source, root)
    cases = sorted(folder.parent.name for folder in root.glob("*/case.yaml"))
    asked = [(view, case) for view in VIEWS for case in (cases if "CASE" in view else cases[:1])]
    asked += [(("show", "CASE"), reference) for reference in _some_of_each(root)]
    found: dict[str, list[str]] = {}
    for view, meant in asked:
        done = _view(ogpcase, view, meant, "--lang", greek, "--root", str(root))
        assert 0 == done.returncode, done.stderr
        if left := [word for word in _latin(done.stdout) if not _is_made_of(words, word)]:
            found[f"{' '.join(view)} {meant}"] = left
    assert {} == found


def _some_of_each(root: Path) -> Iterator[str]:
    """Yields references to an event of each kind, to an item of each sort, to parties and to sources."""
    events: dict[object, tuple[str, dict[str, Any]]] = {}
    for file in sorted(root.glob("*/events/*.yaml")):
        record = yaml.safe_load(file.read_text("utf-8"))
        for sort in (record["kind"], *record):  # one that has each field
            events[sort] = (f"{file.parents[1].name}/{file.stem}", record)
    yield from sorted({reference for reference, _record in events.values()})
    for sort in ("requests", "allegations", "clauses", "milestones"):
        if sort in events:
            reference, record = events[sort]
            yield f"{reference}#{record[sort][0]['id']}"
    yield from (f"parties/{file.stem}" for file in sorted(root.glob("parties/*.yaml"))[:6])
    yield from (f"{file.parents[1].name}/sources/{file.stem}" for file in sorted(root.glob("*/sources/*.yaml"))[:2])


def _is_made_of(words: set[str], word: str) -> bool:
    """True for one of the words, and for a path such as `requests#work-plan.text` whose parts in Latin letters are."""
    return word in words or words.issuperset(_latin(word.replace(".", " ")))


def _latin(page: str) -> list[str]:
    """Returns the words of a page that have Latin letters, without commands, options, addresses, dates and Mermaid."""
    bare = re.sub(
        r"`[^`]*`|<br>|--[a-z-]+|https?://\S+|\b\d{2,4}-XX\b|\baction-plan-\d+|(?m:^ *(?:timeline|title|section)\b)",
        " ",
        page,
    )
    return [word for word in re.findall(r"[\w.-]+", bare) if re.search("[A-Za-z]", word)]
