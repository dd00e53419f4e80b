"""`ogpcase timeline`: what is printed, filtered, dated and exported."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Terminal = Callable[..., "pexpect.spawn[str]"]
ENVELOPE = {"format", "ogpcase", "kind", "as_of", "policy_versions", "case", "rows"}
ROW = {
    "event", "dated", "earliest", "latest", "kind", "title", "actors", "moves_to", "stage", "certain",
    "requests", "answers", "sources",
}  # fmt: skip


def rows(done: CompletedProcess[str]) -> list[dict[str, Any]]:
    found = json.loads(done.stdout)["rows"]
    assert isinstance(found, list)
    return found


def events(done: CompletedProcess[str]) -> list[str]:
    return [row["event"] for row in rows(done)]


def test_the_mexico_case_is_told_from_head_to_notes(mexico: Path, ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018", "--as-of", "2020-01-01")
    assert (0, "") == (done.returncode, done.stderr)
    head = done.stdout.split("\n")[:4]
    assert [
        "as of 2020-01-01",
        "Illegal surveillance of civil society in Mexico",
        "mexico-2018 · Government of Mexico · Response Policy, 2017 version",
        "Closed, addressed domestically since 2019-12-12 · 514 days from filing to end (515 days by another date)",
    ] == head
    for words in (
        "█ Initial review 39 d   ▒ Under review 251 d   ▓ Report adopted 224 d",
        "▒▒ Under review · 251 days ──",
        "◆ 2018-07-16  Letter of Concern on illegal surveillance by the state [4]",
        "96 days",
        "2 asks, both silent: attested 2017-05-23",
        "closes the case · III.B.9",
        "2019-12-12-resolution · 14 asks open",
        "~ 2015-07     3 context events up to 2016-05: Open letter on state surveillance in South Africa",
        "◆ move; ○ paper; ~ folded; --full: 12 papers, texts, 7 notes; --context: 3 events; --duties: 11",
    ):
        assert words in done.stdout
    assert mexico.is_dir()


@pytest.mark.usefixtures("mexico")
def test_full_shows_every_event_with_its_texts_and_the_notes(ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018", "--as-of", "2020-01-01", "--full")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "◆ 2018-07-16  Letter of Concern on illegal surveillance by the state [4]",
        "Artículo 19; CIDAC, Centro de Investigación para el Desarrollo; Contraloría Ciudadana",
        "summary: Ten organisations, which had been civil society's part of Mexico's Secretariat",
        "· illegal-surveillance · The Government of Mexico carried out digital surveillance",
        "96 days",
        "→ Tripartite Technical Secretariat of Mexico: silent for 96 days",
        "· end-of-case · resolves · The Response Policy case on Mexico is ended",
        "Notes\n",
        "silent: a source attests that no answer had come by its own day",
    ):
        assert words in done.stdout
    ids = {each["event"] for each in rows(ogpcase("timeline", "mexico-2018", "--json"))}
    assert ids <= {each.removeprefix("│   ") for each in done.stdout.splitlines()}


@pytest.mark.usefixtures("mexico")
def test_context_and_duties_unfold_by_their_options(ogpcase: Run) -> None:
    glance, context, duties = (
        ogpcase("timeline", "mexico-2018", *options).stdout for options in ([], ["--context"], ["--duties"])
    )
    shown = "· 2015-07     Open letter on state surveillance in South Africa"
    assert [False, True, False] == [shown in said for said in (glance, context, duties)]
    shown = "duty OGP Support Unit: Give the filers a copy of the review report. → unanswered"
    assert [False, False, True] == [shown in said for said in (glance, context, duties)]


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("contracts that were sealed", ["2023-02-01-letter-ask"]),
        ("CONTRÁCTS THAT", ["2023-02-01-letter-ask"]),
        ("letter-notice", ["2023-05-22-letter-notice"]),
        ("no such words", []),
    ],
)
def test_search_chooses_by_any_text_or_the_id(ogpcase: Run, text: str, expected: list[str]) -> None:
    assert expected == events(ogpcase("timeline", "arcadia-2023", "--json", "--search", text))


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(("columns", "most"), [(80, 75), (120, 60)])
def test_at_a_glance_is_a_screen_and_a_half_of_a_terminal(terminal: Terminal, columns: int, most: int) -> None:
    child = terminal("timeline", "mexico-2018", columns=columns)
    child.expect(pexpect.EOF)
    child.close()
    lines = (child.before or "").replace("\r\n", "\n").splitlines()
    assert 40 < len(lines) <= most


@pytest.mark.usefixtures("mexico")
def test_a_pipe_gets_whole_lines_without_colour(ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018")
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) > 200
    assert "…" not in done.stdout


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("day", "stage", "last"),
    [
        ("2023-01-31", "not_filed", None),
        ("2023-04-09", "not_filed", "2023-02-01-letter-ask"),
        ("2023-04-10", "initial_review", "2023-04-10-concern"),
        ("2024-01-15", "report_adopted", "2024-01-15-report-review"),
        ("2024-06-03", "closed_addressed_domestically", "2024-06-03-resolution"),
    ],
)
def test_as_of_cuts_the_case_at_a_day(ogpcase: Run, day: str, stage: str, last: str | None) -> None:
    done = ogpcase("timeline", "arcadia-2023", "--as-of", day, "--json")
    shown = json.loads(done.stdout)
    assert (day, stage) == (shown["as_of"], shown["heading"]["stage"])
    assert last == (shown["rows"][-1]["event"] if shown["rows"] else None)


@pytest.mark.usefixtures("arcadia")
def test_before_anything_happened_that_is_said(ogpcase: Run) -> None:
    done = ogpcase("timeline", "arcadia-2023", "--as-of", "2020-01-01")
    assert 0 == done.returncode
    assert "Not filed" in done.stdout
    assert "nothing is recorded up to 2020-01-01" in done.stdout


def test_what_may_have_happened_is_shown_as_perhaps(arcadia: Path, ogpcase: Run) -> None:
    resolution = arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml"
    resolution.write_text(resolution.read_text().replace("dated: 2024-06-03", "dated: 2024-06"))
    done = ogpcase("timeline", "arcadia-2023", "--as-of", "2024-06-10", "--json")
    shown = json.loads(done.stdout)
    assert ("report_adopted", "closed_addressed_domestically") == (
        shown["heading"]["stage"],
        shown["heading"]["perhaps"],
    )
    assert [True, True, True, True, False] == [row["certain"] for row in shown["rows"]]
    text = ogpcase("timeline", "arcadia-2023", "--as-of", "2024-06-10").stdout
    assert "perhaps Closed, addressed domestically" in text
    assert "◌" in text


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "letter"], ["2023-02-01-letter-ask", "2023-05-22-letter-notice"]),
        (["--kind", "report", "--kind", "concern"], ["2023-04-10-concern", "2024-01-15-report-review"]),
        (["--party", "open-arcadia"], ["2023-02-01-letter-ask", "2023-04-10-concern"]),
        (["--party", "OPEN ARCÁDIA"], ["2023-02-01-letter-ask", "2023-04-10-concern"]),
        (["--party", "open-arcadia", "--kind", "letter"], ["2023-02-01-letter-ask"]),
        (["--since", "2024-01-15"], ["2024-01-15-report-review", "2024-06-03-resolution"]),
        (["--until", "2023-04-10"], ["2023-02-01-letter-ask", "2023-04-10-concern"]),
        (["--since", "2023-04-10", "--until", "2023-04-10"], ["2023-04-10-concern"]),
    ],
)
def test_filters_choose_rows(ogpcase: Run, options: list[str], expected: list[str]) -> None:
    assert expected == events(ogpcase("timeline", "arcadia-2023", "--json", *options))


def test_a_part_of_a_party_counts_as_the_party(mexico: Path, ogpcase: Run) -> None:
    assert mexico.is_dir()
    named = events(ogpcase("timeline", "mexico-2018", "--party", "government of mexico", "--json"))
    assert "2018-08-24-letter-initial-review" in named
    assert len(named) < len(events(ogpcase("timeline", "mexico-2018", "--json")))


@pytest.mark.usefixtures("arcadia")
def test_filters_leave_the_heading_alone_and_say_what_they_left_out(ogpcase: Run) -> None:
    whole = ogpcase("timeline", "arcadia-2023", "--as-of", "2024-07-01").stdout.splitlines()
    part = ogpcase("timeline", "arcadia-2023", "--as-of", "2024-07-01", "--kind", "concern").stdout.splitlines()
    assert whole[:5] == part[:5]
    assert "4 other events are left out by the options given" in "\n".join(part)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--kind", "leter"], 2, "error: `leter` is not a kind of event\n  did you mean `letter`?\n"),
        (["--party", "open arcadi"], 1, "error: no party is called `open arcadi`\n  did you mean `open-arcadia`?\n"),
        (["--party", "nobody"], 1, "no party is called `nobody`\n  `ogpcase parties` shows who is recorded\n"),
        (["--since", "2/1/2023"], 2, "--since takes a day; the day and the month can be taken for each other\n"),
        (["--until", "2023-02"], 2, "error: --until takes a day; this is not one day\n  write it as 2018-07-16, "),
        (
            ["--since", "2023-03-01", "--until", "2023-02-28"],
            2,
            "error: --since 2023-03-01 is after --until 2023-02-28\n",
        ),
        (["--as-of", "soon"], 2, "error: --as-of takes a day; this is not a date\n  write it as 2018-07-16, "),
        (["--as-of", "2023-02-30"], 2, "error: --as-of takes a day; day 30 does not exist: February has 28 days\n"),
        (["--lang", "not a tag"], 2, "error: --lang takes a BCP 47 tag, as `es` or `es-MX`\n"),
        (
            ["--lang", "spanish"],
            2,
            "error: --lang: `spanish` is not a language tag\n  write the code of the language, ",
        ),
        (["--lang", "spa-MX"], 2, "error: --lang: `spa-MX` is not a language tag\n  did you mean `es-MX`?\n"),
        (["--format", "xml"], 2, "`xml` is not one of `text`, `markdown`, `csv`"),
    ],
)
def test_misused_options_say_what_they_take(ogpcase: Run, options: list[str], code: int, words: str) -> None:
    done = ogpcase("timeline", "arcadia-2023", *options)
    assert (code, "") == (done.returncode, done.stdout)
    assert words in done.stderr


@pytest.mark.usefixtures("mexico")
def test_lang_chooses_the_texts_and_says_where_there_are_none(ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018", "--lang", "es", "--as-of", "2026-11-22")
    assert done.stdout.startswith("al 2026-11-22\nVigilancia ilegal de la sociedad civil en México\n")
    assert "lo que no consta en español se muestra en inglés" in done.stdout
    shown = json.loads(ogpcase("timeline", "mexico-2018", "--lang", "es", "--json").stdout)
    assert {"en", "es"} == {row["language"] for row in shown["rows"]}
    assert "is shown in" not in ogpcase("timeline", "mexico-2018").stdout


@pytest.mark.usefixtures("mexico")
def test_json_is_the_envelope_with_a_row_for_each_event(mexico: Path, ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018", "--json")
    shown = json.loads(done.stdout)
    assert set(shown) >= ENVELOPE
    assert (1, "timeline", "mexico-2018", ["2017"]) == (
        shown["format"],
        shown["kind"],
        shown["case"],
        shown["policy_versions"],
    )
    assert len(list((mexico / "mexico-2018" / "events").iterdir())) == len(shown["rows"])
    assert all(set(row) >= ROW for row in shown["rows"])
    assert done.stdout == ogpcase("timeline", "mexico-2018", "--format", "json").stdout


@pytest.mark.usefixtures("mexico")
def test_json_tells_who_was_asked_and_what_came_back(ogpcase: Run) -> None:
    (row,) = [
        each
        for each in rows(ogpcase("timeline", "mexico-2018", "--json"))
        if "2017-02-16-letter-core-group" == each["event"]
    ]
    secretariat, office = row["requests"][0]["asked_of"]
    for asked in (secretariat, office):
        assert ("investigation", "silent", "2017-05-23") == (
            row["requests"][0]["item"],
            asked["outcome"],
            asked["told_on"],
        )
    assert (2, 0) == (len(secretariat["parts"]), len(office["parts"]))


@pytest.mark.usefixtures("mexico")
def test_csv_reads_back_with_a_row_for_each_event(mexico: Path, ogpcase: Run) -> None:
    done = ogpcase("timeline", "mexico-2018", "--format", "csv")
    read = list(csv.DictReader(io.StringIO(done.stdout)))
    assert set(read[0]) >= ROW
    assert len(list((mexico / "mexico-2018" / "events").iterdir())) == len(read)
    assert rows(ogpcase("timeline", "mexico-2018", "--json"))[3]["title"] == read[3]["title"]


def test_no_csv_cell_is_a_formula(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text().replace("title: Open", "title: =HYPERLINK Open"))
    done = ogpcase("timeline", "arcadia-2023", "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row]
    assert "'=HYPERLINK Open Arcadia asks for the sealed contracts" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_markdown_is_a_table_in_which_no_text_acts(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text().replace("title: Open", "title: '<b>|[x](y) @all' #"))
    done = ogpcase("timeline", "arcadia-2023", "--format", "markdown")
    assert 0 == done.returncode
    table = [each for each in done.stdout.splitlines() if each.startswith("|")]
    assert 7 == len(table)
    assert {7} == {each.count("|") for each in table}
    for acting in ("<b>", "[x]", "@all"):
        assert acting not in done.stdout


def test_markdown_reads_as_it_is_written(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text().replace("title: Open", "title: C&S-wide open_data - 2 * 3,"))
    page = ogpcase("timeline", "arcadia-2023", "--format", "markdown").stdout
    assert "\n| 2023-02-01 | letter | C&S-wide open_data - 2 * 3, Arcadia asks for the sealed contracts |" in page
    assert "\narcadia-2023 · Government of Arcadia · Response Policy\n" in page
    assert "&#" not in page
    assert "\\" not in page


@pytest.mark.usefixtures("arcadia")
def test_mermaid_has_a_line_for_each_event_under_its_stage(ogpcase: Run) -> None:
    done = ogpcase("timeline", "arcadia-2023", "--format", "mermaid")
    assert (0, "") == (done.returncode, done.stderr)
    lines = [each.strip() for each in done.stdout.splitlines()]
    assert "timeline" == lines[0]
    assert lines.index("section Initial review") + 1 == lines.index("2023-04-10 : Letter of Concern of Open Arcadia")
    assert 5 == len([each for each in lines if " : " in each])
