"""`ogpcase advance`: which moves the policy has, one of them made, and refusals that say the way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
GIVEN = ("--title", "A paper", "--dated", "2023-05-22", "--source", "https://example.org")
EVENTS = ("2023-02-01-letter-ask", "2023-04-10-concern", "2023-05-22-letter-notice", "2024-01-15-report-review",
          "2024-06-03-resolution")  # fmt: skip


@pytest.fixture
def reviewed(arcadia: Path) -> Path:
    """The case of Arcadia when its Concern had just been filed."""
    for event in EVENTS[2:]:
        (arcadia / "arcadia-2023" / "events" / f"{event}.yaml").unlink()
    return arcadia


def record(folder: Path, event: str) -> str:
    return (folder / "arcadia-2023" / "events" / f"{event}.yaml").read_text()


def written(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "arcadia-2023" / "events").iterdir())


def test_without_a_stage_it_lists_the_moves_and_writes_nothing(reviewed: Path, ogpcase: Run) -> None:
    before = written(reviewed)
    done = ogpcase("advance", "arcadia-2023")
    assert (0, "", before) == (done.returncode, done.stderr, written(reviewed))
    assert "Initial review since 2023-04-10" in done.stdout
    assert (
        "The policy's moves from here\n"
        "  → Ineligible (type `ineligible`)\n"
        "      decided by the Support Unit, carried by a letter or statement\n"
        "      clause not known; not verified: believed, inferred or missing\n"
    ) in done.stdout
    for stage in ("under_review", "withdrawn_by_country", "withdrawn_by_filer"):
        assert f"(type `{stage}`)\n" in done.stdout


@pytest.mark.usefixtures("arcadia")
def test_an_ended_case_has_no_moves(ogpcase: Run) -> None:
    assert "The case has ended: the policy has no move from here\n" in ogpcase("advance", "arcadia-2023").stdout


def test_a_move_is_made_on_its_paper_by_who_decides(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "under_review", "--kind", "letter", *GIVEN)
    assert (0, False) == (done.returncode, "error[" in done.stderr)
    assert (
        "wrote   cases/arcadia-2023/sources/example-org.yaml\n"
        "wrote   cases/arcadia-2023/events/2023-05-22-letter.yaml\n"
        "stage   initial_review → under_review   (row T4, 2017 version)\n"
        "owed    the Support Unit: Let Criteria and Standards know that the Concern passed the initial review. "
        "(notify-criteria-and-standards)\n"
        "owed    the Support Unit: Let the filers know that their Concern passed the initial review. (notify-filers)\n"
        "owed    the Support Unit: Let the government concerned know that the Concern passed the initial review. "
        "(notify-subject)\n"
        "owed    the Support Unit: Ask the government concerned for its response. (request-response)\n"
        "undo    rm cases/arcadia-2023/sources/example-org.yaml cases/arcadia-2023/events/2023-05-22-letter.yaml\n"
    ) == done.stdout
    assert (
        "kind: letter\ntitle: A paper\ndated: 2023-05-22\nsenders: [ogp-support-unit]\nmoves_to: [under_review]\n"
        "sources: [example-org]\n"
    ) == record(reviewed, "2023-05-22-letter")
    assert "filled in from the policy's table: senders: ogp-support-unit\n" == done.stderr.splitlines(keepends=True)[-1]
    assert 0 == ogpcase("validate").returncode


def test_the_clause_comes_from_the_policy_where_it_is_known(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "events" / f"{EVENTS[4]}.yaml").unlink()
    done = ogpcase("advance", "arcadia-2023", "closed_addressed_domestically", "--title", "T", "--dated", "2024-06-03",
                   "--adopts", EVENTS[3], "--source", "https://example.org")  # fmt: skip
    assert (0, False) == (done.returncode, "error[" in done.stderr)
    assert "stage   report_adopted → closed_addressed_domestically   (III.B.9, 2017 version)\n" in done.stdout
    text = record(arcadia, "2024-06-03-resolution")
    assert "by: [ogp-criteria-and-standards]\n" in text
    assert "basis: III.B.9\n" in text


def test_a_stage_may_be_typed_as_an_id(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "under-review", "--kind", "letter", *GIVEN, "--dry-run")
    assert (0, True) == (done.returncode, "moves_to: [under_review]\n" in done.stdout)
    assert [*EVENTS[:2]] == written(reviewed)


def test_a_move_that_nobody_could_verify_is_made_and_said_to_be_so(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "ineligible", "--kind", "letter", *GIVEN)
    assert 0 == done.returncode, done.stderr
    assert "stage   initial_review → ineligible   (row T3, 2017 version, not verified)\n" in done.stdout
    assert 0 == ogpcase("validate").returncode
    assert "moves_to: [ineligible]\n" in record(reviewed, "2023-05-22-letter")


def test_a_move_the_policy_does_not_have_names_the_way_out(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "suspended", *GIVEN)
    assert (1, "", [*EVENTS[:2]]) == (done.returncode, done.stdout, written(reviewed))
    assert (
        "refused: arcadia-2023 is in `initial_review`; the 2017 version has no move from there to `suspended`\n"
        "  permitted from here: `ineligible`, `under_review`, `withdrawn_by_country`, `withdrawn_by_filer`\n"
        "  if it did happen, record it: ogpcase add-event arcadia-2023 resolution --moves-to suspended"
        ' --departure "…" --source …\n'
    ) == done.stderr


def test_from_an_end_nothing_is_permitted_and_that_is_said(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "under_review", *GIVEN)
    assert (1, [*EVENTS]) == (done.returncode, written(arcadia))
    assert "  the case has ended: nothing is permitted from here\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("under_revue",), 2, "error: `under_revue` is not a stage of Response Policy\n  did you mean `under_rev"),
        (("not_filed",), 2, "error: `not_filed` is not a stage of Response Policy\n"),
        (("under_review", "--kind", "letter"), 2, "error: missing: --title, --dated\n"),
        (
            ("under_review", *GIVEN),
            2,
            "error: several kinds of paper can move a case to `under_review`\n  give --kind: ",
        ),
        (
            ("under_review", *GIVEN, "--kind", "concern"),
            1,
            "in the policy, a letter or statement makes the move to `under_review`, not a",
        ),
        (("under_review", *GIVEN, "--kind", "lettre"), 2, "error: `lettre` is not a kind of event\n  did you mean"),
        (("under_review", "--kind", "letter", *GIVEN, "--filers", "open-arcadia"), 2, "a letter has no field `filers`"),
        (("under_review", *GIVEN, "--moves-to", "suspended"), 2, "no such option: --moves-to"),
        (("under_review", "--kind", "letter", *GIVEN, "--senders", "open-arcadia", "--cites", "no"), 1, "error[OC312]"),
        ((*GIVEN,), 2, "error: fields were given without a stage\n"),
    ],
)
def test_what_does_not_fit_is_refused(
    reviewed: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = ogpcase("advance", "arcadia-2023", *words)
    assert (code, "", [*EVENTS[:2]]) == (done.returncode, done.stdout, written(reviewed))
    assert said in done.stderr


def test_the_paper_can_be_chosen_where_the_policy_takes_several(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "under_review", *GIVEN, "--kind", "statement", "--slug", "notice")
    assert 0 == done.returncode, done.stderr
    assert "issued_by: [ogp-support-unit]\n" in record(reviewed, "2023-05-22-statement-notice")


def test_a_case_on_another_track_has_no_moves_that_are_known(arcadia: Path, ogpcase: Run) -> None:
    header = arcadia / "arcadia-2023" / "case.yaml"
    header.write_text(header.read_text().replace("response_policy", "rapid_response"))
    (arcadia / "arcadia-2023" / "events" / f"{EVENTS[4]}.yaml").unlink()
    done = ogpcase("advance", "arcadia-2023", "requested", *GIVEN)
    assert (1, [*EVENTS[:4]]) == (done.returncode, written(arcadia))
    assert "refused: arcadia-2023 names no version of its procedure" in done.stderr
    assert "No move is known\n" in ogpcase("advance", "arcadia-2023").stdout


def test_the_words_of_the_version_in_force_decide(arcadia: Path, ogpcase: Run) -> None:
    header = arcadia / "arcadia-2023" / "case.yaml"
    header.write_text(header.read_text().replace('"2017"', '"2014"'))
    (arcadia / "arcadia-2023" / "events" / f"{EVENTS[4]}.yaml").unlink()
    done = ogpcase("advance", "arcadia-2023", "suspended", *GIVEN)
    assert "the 2014 version has no move from there to `suspended`\n" in done.stderr
    assert arcadia.is_dir()


def test_the_way_out_of_a_refusal_leads_there(reviewed: Path, ogpcase: Run) -> None:
    """What the refusal tells to write does move the case, as a departure."""
    told = ogpcase("advance", "arcadia-2023", "suspended").stderr.splitlines()[-1]
    start = told[told.index("ogpcase ") :].split(" --departure")[0].split()[1:]
    done = ogpcase(
        *start, "--departure", "It was decided so.", "--source", "https://example.org/r", "--title", "T", "--dated",
        "2024-07-01", "--by", "ogp-support-unit",
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    assert "→ suspended" in done.stdout
    assert reviewed.is_dir()


def test_a_move_to_where_the_case_is_says_so(reviewed: Path, ogpcase: Run) -> None:
    done = ogpcase("advance", "arcadia-2023", "initial_review")
    assert 1 == done.returncode
    assert "arcadia-2023 is already in `initial_review`" in done.stderr
    assert reviewed.is_dir()
