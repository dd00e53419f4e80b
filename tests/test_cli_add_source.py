"""`ogpcase add-source`, and everything that takes the id of a source: `--source`, `show`, `set`, `rename`."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
ADD = ("add-source", CASE)
LETTER = ("add-event", CASE, "letter", "--title", "A letter", "--dated", "2023-02-05", "--senders", "open-arcadia")
PAGE = "https://example.org/news/sealed-contracts.html"


def sources(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted((folder / CASE / "sources").glob("*"))}


def test_a_source_is_written_by_its_fields(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*ADD, "minutes", "--title", "{en: Minutes, eo: Protokolo}", "--url", PAGE,
                   "--published", "2023-03", "--retrieved", "2026-11-01", "--language", "en")  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)
    file = "cases/arcadia-2023/sources/minutes.yaml"
    assert f"wrote   {file}\nundo    rm {file}\n" == done.stdout
    assert {
        "minutes.yaml": f"title:\n  en: Minutes\n  eo: Protokolo\nurl: {PAGE}\npublished: 2023-03\n"
        "retrieved: 2026-11-01\nlanguage: en\n"
    } == sources(arcadia)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (("--title", "Minutes of the 3rd meeting, in May"), "minutes-of-the-3rd-meeting-in-may"),
        (("--url", PAGE), "sealed-contracts"),
        (("--url", "https://www.example.org/"), "example-org"),
        (("--url", "https://example.org/?p=17"), "example-org"),
        (("--url", "https://example.org/12"), "example-org-12"),
        (("--title", "委員会の議事録", "--url", PAGE), "sealed-contracts"),
    ],
)
def test_an_id_is_made_of_what_is_given(arcadia: Path, ogpcase: Run, given: tuple[str, ...], name: str) -> None:
    for number in ("", "-2"):
        assert 0 == ogpcase(*ADD, *given).returncode
        assert f"{name}{number}.yaml" in sources(arcadia)


def test_a_file_is_kept_once_and_pinned(arcadia: Path, ogpcase: Run) -> None:
    Path("The Minutes.PDF").write_bytes(b"minutes")
    done = ogpcase(*ADD, "--title", "Minutes", "--source-file", "The Minutes.PDF")
    assert 0 == done.returncode, done.stderr
    assert "wrote   cases/arcadia-2023/sources/the-minutes.pdf\n" in done.stdout
    digest = sha256(b"minutes").hexdigest()
    assert f"title: Minutes\nfile: sources/the-minutes.pdf\nsha256: {digest}\n" == sources(arcadia)["minutes.yaml"]
    again = ogpcase(*ADD, "--title", "Other minutes", "--source-file", "The Minutes.PDF")
    assert (
        "error: `minutes` has this very file\n  look at it: ogpcase show arcadia-2023/sources/minutes\n" == again.stderr
    )
    assert 0 == ogpcase(*LETTER, "--source-file", "The Minutes.PDF").returncode
    assert "sources: [minutes]\n" in (arcadia / CASE / "events" / "2023-02-05-letter.yaml").read_text()


def test_a_kept_yaml_file_is_no_record(arcadia: Path, ogpcase: Run) -> None:
    Path("table.yaml").write_text("kept: as it was\n")
    assert 0 == ogpcase(*LETTER, "--source-file", "table.yaml").returncode
    assert {"table-yaml.yaml", "table.yaml.txt"} == sources(arcadia).keys()
    assert 0 == ogpcase("validate").returncode


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "a source needs a title, an address or a file\n  give --title, --url or --source-file\n"),
        (("A B", "--title", "T"), "`A B` cannot be a source's id"),
        (
            ("known", "--title", "T"),
            "a source `known` already exists\n  look at it: ogpcase show arcadia-2023/sources/known\n",
        ),
    ],
)
def test_what_is_no_source_is_refused(arcadia: Path, ogpcase: Run, words: tuple[str, ...], said: str) -> None:
    ogpcase(*ADD, "known", "--title", "Known")
    before = sources(arcadia)
    done = ogpcase(*ADD, *words)
    assert (True, before) == (done.returncode in {1, 2}, sources(arcadia))
    assert said in done.stderr


def test_an_address_is_found_again_and_an_id_is_known_or_refused(arcadia: Path, ogpcase: Run) -> None:
    ogpcase(*ADD, "news", "--title", "News", "--url", PAGE)
    done = ogpcase(*LETTER, "--source", PAGE, "--source", "news", "--told-by", PAGE)
    assert (0, ["news.yaml"]) == (done.returncode, [*sources(arcadia)])
    text = (arcadia / CASE / "events" / "2023-02-05-letter.yaml").read_text()
    assert "sources: [news]\ntold_by: news\n" in text
    refused = ogpcase(*LETTER, "--source", "newss")
    assert (1, "error: arcadia-2023 has no source `newss`\n  did you mean `news`?\n") == (
        refused.returncode, refused.stderr.partition("  add it")[0],
    )  # fmt: skip


@pytest.mark.usefixtures("arcadia")
def test_two_sources_of_one_address_are_told_apart_by_id(ogpcase: Run) -> None:
    """As a page that was read on two days."""
    ogpcase(*ADD, "old", "--url", PAGE, "--retrieved", "2020")
    ogpcase(*ADD, "new", "--url", PAGE, "--retrieved", "2021")
    done = ogpcase(*LETTER, "--source", PAGE)
    assert (1, f"error: several sources have the address `{PAGE}`\n  write an id: new, old\n") == (
        done.returncode, done.stderr,
    )  # fmt: skip


def test_a_refused_event_leaves_no_source_behind(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*LETTER, "--source", PAGE, "--cites", "nothing")
    assert (1, {}) == (done.returncode, sources(arcadia))


@pytest.mark.usefixtures("arcadia")
def test_a_source_is_shown_with_what_names_it(ogpcase: Run) -> None:
    ogpcase(*ADD, "news", "--title", "News", "--url", PAGE)
    ogpcase(*LETTER, "--source", "{id: news, gives: [dated]}")
    done = ogpcase("show", f"{CASE}/sources/news", "--as-of", "2026-11-22")
    assert 0 == done.returncode
    assert (
        f"as of 2026-11-22\nNews\narcadia-2023/sources/news\n\n  address  {PAGE}\n\n1 record rests on it\n"
        "  2023-02-05  A letter\n              gives date\n              arcadia-2023/2023-02-05-letter\n"
    ) == done.stdout
    event = ogpcase("show", f"{CASE}/2023-02-05-letter").stdout
    assert PAGE in event
    assert "did you mean `arcadia-2023/sources/news`?" in ogpcase("show", f"{CASE}/sources/newz").stderr


def test_a_broken_source_is_named_by_every_view_of_its_case(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / CASE / "sources").mkdir()
    (arcadia / CASE / "sources" / "news.yaml").write_text("title: [\n")
    for verb in (("status", CASE), ("show", f"{CASE}/sources/news")):
        done = ogpcase(*verb)
        assert (1, True) == (done.returncode, "news" in done.stderr), verb


def test_a_field_of_a_source_is_set_and_its_text_stays(arcadia: Path, ogpcase: Run) -> None:
    ogpcase(*ADD, "news", "--title", "News", "--url", PAGE)
    path = arcadia / CASE / "sources" / "news.yaml"
    path.write_text(f"title: News  # as printed\nurl: {PAGE}\n")
    assert 0 == ogpcase("set", f"{CASE}/sources/news", "published", "2023-02").returncode
    assert f"title: News  # as printed\nurl: {PAGE}\npublished: 2023-02\n" == path.read_text()
    refused = ogpcase("set", f"{CASE}/sources/news", "titel", "X")
    assert "did you mean `title`?" in refused.stderr


def test_a_source_is_renamed_with_every_mention(arcadia: Path, ogpcase: Run) -> None:
    ogpcase(*ADD, "news", "--title", "News", "--url", PAGE)
    event = arcadia / CASE / "events" / "2023-02-01-letter-ask.yaml"
    event.write_text(
        event.read_text()
        + "  - {id: news, gives: [dated]}  # kept\n"
        + "paper: news\ntold_by: news\n"
        + "also_dated: [{value: 2023-02-02, source: news}]\n"
        + "also_stated: [{field: title, value: news, source: news}]\n"
        + "departure: [{because: So, sources: [copy, news]}]\n"
        + 'withhold: ["sources#news", {field: "sources#copy", because: safety}, paper]\n'
    )
    other = arcadia / CASE / "events" / "2023-04-10-concern.yaml"
    other.write_text(other.read_text().replace("sources:\n", "sources:\n  - news\n"))
    done = ogpcase("rename", f"{CASE}/sources/news", "first-news")
    assert 0 == done.returncode, done.stderr
    assert ["first-news.yaml"] == [*sources(arcadia)]
    text = event.read_text()
    assert "  - {id: first-news, gives: [dated]}  # kept\npaper: first-news\ntold_by: first-news\n" in text
    assert "{value: 2023-02-02, source: first-news}" in text
    assert "{field: title, value: news, source: first-news}" in text
    assert "sources: [copy, first-news]" in text
    assert 'withhold: ["sources#first-news", {field: "sources#copy", because: safety}, paper]' in text
    assert "  - first-news\n" in other.read_text()
    assert {"OC407", "OC611"} == {each["code"] for each in json.loads(ogpcase("validate", "--json").stdout)["rows"]}


def test_a_party_has_sources_written_out(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-party", "gate", "--name", "Gate", "--classification", "media", "--source", PAGE,
                   "--source", "{title: Its statutes, gives: [name]}")  # fmt: skip
    assert 0 == done.returncode, done.stderr
    text = (arcadia / "parties" / "gate.yaml").read_text()
    assert (
        f"  - id: sealed-contracts\n    url: {PAGE}\n  - id: page\n    title: Its statutes\n    gives: [name]\n" in text
    )
    (arcadia / "parties" / "gate.yaml").write_text(text + "  - case-page\n")
    assert "OC204" in ogpcase("validate").stdout + ogpcase("validate").stderr


def test_a_broken_source_that_bounds_a_day_leaves_the_stage_unknown(arcadia: Path, ogpcase: Run) -> None:
    ogpcase(*ADD, "news", "--title", "News", "--url", PAGE)
    event = arcadia / CASE / "events" / "2023-04-10-concern.yaml"
    event.write_text(event.read_text() + "  - news\n")
    (arcadia / CASE / "sources" / "news.yaml").write_text("title: [\n")
    assert "closed_addressed_domestically" in ogpcase("status", CASE, "--json").stdout
    event.write_text(event.read_text() + "told_by: news\n")
    assert "closed_addressed_domestically" not in ogpcase("status", CASE, "--json").stdout
