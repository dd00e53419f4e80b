"""`ogpcase validate`, `explain`, `schema` and `policy`: the verdict, its pages, and what is generated."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.diagnostics import Rule
from ogpcase.workspace.catalogue import RULES

Run = Callable[..., CompletedProcess[str]]
LETTER = Path("arcadia-2023", "events", "2023-02-01-letter-ask.yaml")


@pytest.fixture
def broken(arcadia: Path) -> Path:
    """The case of Arcadia with an unknown field in its letter."""
    letter = arcadia / LETTER
    letter.write_text(letter.read_text().replace("addressees:", "adressees:"))
    return arcadia


def test_a_sound_folder_has_no_problems(arcadia: Path, ogpcase: Run) -> None:
    for path in (arcadia / LETTER).parent.iterdir():
        if path.name != LETTER.name:
            path.unlink()
    for name in ("ogp-support-unit", "ogp-criteria-and-standards"):
        (arcadia / "parties" / f"{name}.yaml").unlink()
    done = ogpcase("validate")
    assert (0, "no problems in 1 case (4 files)\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.usefixtures("mexico")
def test_the_mexico_case_has_no_error(ogpcase: Run) -> None:
    done = ogpcase("validate")
    assert (0, False) == (done.returncode, "error[" in done.stdout)


@pytest.mark.usefixtures("broken")
def test_an_error_is_shown_at_its_place_and_the_sum_comes_last(ogpcase: Run) -> None:
    done = ogpcase("validate")
    assert (1, "") == (done.returncode, done.stderr)
    assert (
        "error[OC202]: `letter` has no field `adressees`\n"
        " --> cases/arcadia-2023/events/2023-02-01-letter-ask.yaml:6:1\n"
        "  |\n"
        "6 | adressees:\n"
        "  | ^^^^^^^^^ unknown field\n"
        "  |\n"
        "  = help: did you mean `addressees`?\n"
    ) in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith("1 error")
    assert last.endswith(" in 1 case (10 files). `ogpcase explain OC202` says more about a code")


@pytest.mark.usefixtures("broken")
def test_json_is_complete_when_it_fails(ogpcase: Run) -> None:
    done = ogpcase("validate", "--json", "--as-of", "2024-07-01")
    whole = json.loads(done.stdout)
    assert (1, "validate", "2024-07-01", True) == (done.returncode, whole["kind"], whole["as_of"], whole["failed"])
    (row,) = [each for each in whole["rows"] if "error" == each["severity"]]
    assert {"code", "name", "severity", "message", "places", "notes", "helps"} == set(row)
    (place,) = row["places"]
    assert {"path": "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml", "line": 6, "column": 1, "end_line": 6,
            "end_column": 10, "route": ["adressees"], "label": "unknown field", "primary": True} == place  # fmt: skip
    assert done.stdout == ogpcase("validate", "--format", "json", "--as-of", "2024-07-01").stdout


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("cases", 1),
        ("cases/arcadia-2023", 1),
        (f"cases/{LETTER}", 1),
        ("cases/parties", 0),
        ("cases/arcadia-2023/events/2023-04-10-concern.yaml", 0),
    ],
)
def test_paths_choose_what_is_reported(ogpcase: Run, path: str, code: int) -> None:
    assert code == ogpcase("validate", path).returncode


@pytest.mark.usefixtures("arcadia")
def test_a_path_that_is_none_of_the_folder_is_named(ogpcase: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    nothing = ogpcase("validate", "cases/nothing")
    assert (1, "", "error: `cases/nothing` does not exist\n") == (nothing.returncode, nothing.stdout, nothing.stderr)
    outside = ogpcase("validate", tmp_path_factory.mktemp("outside"))
    assert (1, True) == (outside.returncode, "is not in the case folder `cases`" in outside.stderr)


def test_as_of_stands_for_today_and_hides_nothing(arcadia: Path, ogpcase: Run) -> None:
    text = (arcadia / LETTER).read_text()
    (arcadia / LETTER).write_text(text.replace("dated: 2023-02-01", "dated: 2023-02-01\nbogus: 1"))
    done = ogpcase("validate", "--as-of", "2020-01-01")
    assert (1, True) == (done.returncode, "has no field `bogus`" in done.stdout)


def test_one_broken_file_costs_its_own_checks_only(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / LETTER).write_text("kind: [never closed\n")
    other = arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml"
    other.write_text(other.read_text() + "nonsense: 1\n")
    done = ogpcase("validate")
    assert 1 == done.returncode
    assert "2023-02-01-letter-ask.yaml:1:7" in done.stdout
    assert "`resolution` has no field `nonsense`" in done.stdout


@pytest.mark.parametrize("rule", [each.rule for each in RULES], ids=lambda rule: str(rule.code))
def test_every_check_has_a_page_by_code_and_by_name(ogpcase: Run, rule: Rule) -> None:
    done = ogpcase("explain", rule.code.lower())
    assert 0 == done.returncode
    assert done.stdout == ogpcase("explain", rule.name).stdout
    assert f"[{rule.code}] {rule.name}\n" in done.stdout
    for heading in ("Why it matters", "Wrong", "Right", "Not reported when"):
        assert f"\n{heading}\n" in done.stdout


def test_a_code_that_is_none_gets_the_nearest(ogpcase: Run) -> None:
    done = ogpcase("explain", "unknown-feild")
    assert (1, "") == (done.returncode, done.stdout)
    assert "error: no check is called `unknown-feild`\n  did you mean `unknown-field`?\n" == done.stderr


def test_a_code_that_is_like_none_gets_the_way_to_the_codes(ogpcase: Run) -> None:
    done = ogpcase("explain", "harbour")
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("error: no check is called `harbour`\n  the codes are from OC101 to OC6")


def test_schema_writes_what_check_then_finds_unchanged(
    tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    missing = ogpcase("schema", "--check")
    assert (1, True) == (missing.returncode, "run `ogpcase schema schemas` to write them\n" in missing.stdout)
    assert not (tmp_path / "schemas").exists()
    assert 0 == ogpcase("schema").returncode
    assert 0 == ogpcase("schema", "--check").returncode
    letter = tmp_path / "schemas" / "letter.schema.json"
    properties = json.loads(letter.read_text())["properties"]
    assert "Who sends it." == properties["senders"]["description"]
    letter.write_text("{}")
    stale = ogpcase("schema", "--check")
    assert (1, "{}") == (stale.returncode, letter.read_text())
    assert "schemas/letter.schema.json is " in stale.stdout
    assert "wrote 1 of " in ogpcase("schema").stdout


@pytest.mark.parametrize(
    ("name", "versions"),
    [
        ("response_policy-2014", ["2014"]),
        ("2017", ["2017"]),
        ("rapid_response", ["2020"]),
        ("procedural_review", []),
        ("rapid_response-2018", ["2018"]),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_policy_prints_every_row_with_its_evidence_in_words(
    ogpcase: Run, name: str, versions: list[str], form: str
) -> None:
    text = ogpcase("policy", name, "--format", form)
    assert (0, "") == (text.returncode, text.stderr)
    whole = json.loads(ogpcase("policy", name, "--json").stdout)
    assert ("policy", None, versions) == (whole["kind"], whole["as_of"], whole["policy_versions"])
    for row in whole["rows"]:
        assert row["title"] in text.stdout
        assert row["known"] in text.stdout.replace("&#39;", "'")
        assert row["evidence"] in "PSOU"
    assert {row["clause"] for row in whole["rows"]} <= {None, "III.B.9"}


def test_policy_as_a_diagram_has_an_arrow_for_every_move(ogpcase: Run) -> None:
    rows = json.loads(ogpcase("policy", "--json").stdout)["rows"]
    done = ogpcase("policy", "--format", "mermaid")
    assert done.stdout.startswith("stateDiagram-v2\n")
    for row in rows:
        for start in row["from"]:
            assert f"    {start} --> {row['to']} : " in done.stdout


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("2015", "error: `2015` is no procedure\n  procedures: procedural_review, rapid_response-2018, "),
        ("rapid", "error: `rapid` names several procedures\n  procedures: rapid_response-2018, rapid_response-2020\n"),
        ("", "error: `` names several procedures\n"),
        ("procedurl_review", "error: `procedurl_review` is no procedure\n  did you mean `procedural_review`?\n"),
    ],
)
def test_a_procedure_that_is_none_is_misuse(ogpcase: Run, word: str, said: str) -> None:
    done = ogpcase("policy", word)
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith(said)
