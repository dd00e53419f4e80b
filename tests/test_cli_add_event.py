"""`ogpcase add-event`: a record from options or a file; what is refused leaves the folder as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter")
SOUND = ("--title", "A letter", "--dated", "2023-02-05", "--senders", "open-arcadia", "--source", "https://example.org")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record(folder: Path, event: str) -> str:
    return (folder / "arcadia-2023" / "events" / f"{event}.yaml").read_text()


def test_the_file_is_written_and_what_comes_next_is_said(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*LETTER, *SOUND)
    assert (0, "") == (done.returncode, done.stderr)
    assert (
        "wrote   cases/arcadia-2023/sources/example-org.yaml\n"
        "wrote   cases/arcadia-2023/events/2023-02-05-letter.yaml\n"
        "stage   closed_addressed_domestically, unchanged\n"
        "undo    rm cases/arcadia-2023/sources/example-org.yaml cases/arcadia-2023/events/2023-02-05-letter.yaml\n"
    ) == done.stdout
    assert "url: https://example.org\n" == (arcadia / "arcadia-2023" / "sources" / "example-org.yaml").read_text()
    assert (
        "kind: letter\ntitle: A letter\ndated: 2023-02-05\nsenders: [open-arcadia]\nsources: [example-org]\n"
    ) == record(arcadia, "2023-02-05-letter")
    assert 0 == ogpcase("validate").returncode


def test_a_dry_run_prints_that_file_and_writes_nothing(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, "--dry-run")
    assert (0, "") == (done.returncode, done.stderr)
    assert before == files(arcadia)
    ogpcase(*LETTER, *SOUND)
    others = "# cases/arcadia-2023/sources/example-org.yaml\n# url: https://example.org\n"
    assert done.stdout == record(arcadia, "2023-02-05-letter") + others


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("addressees", "request_", "expected"),
    [
        (("government-of-arcadia",), "Publish it", "to name the addressee: {} government-of-arcadia"),
        (("government-of-arcadia", "open-arcadia"), "Publish it", "to name who is asked: {} PARTY"),
        ((), "Publish it", "to name who is asked: {} PARTY"),
        (("government-of-arcadia",), "{text: Publish it, asked_of: [open-arcadia]}", None),
    ],
    ids=["one addressee", "two", "none", "who is asked is named"],
)
def test_a_request_that_names_nobody_is_said_to_and_how_to_name_somebody(
    addressees: tuple[str, ...], request_: str, expected: str | None, ogpcase: Run
) -> None:
    """Who is addressed is not thereby asked."""
    options = [option for party in addressees for option in ("--addressees", party)]
    done = ogpcase(*LETTER, *SOUND, *options, "--request", request_)
    command = "ogpcase add 'arcadia-2023/2023-02-05-letter#publish-it' asked_of"
    said = [line for line in done.stdout.splitlines() if line.startswith("asked ")]
    told = f"asked   `publish-it` names nobody as asked; {expected}".format(command) if expected else None
    assert (0, [told] if told else []) == (done.returncode, said)


@pytest.mark.usefixtures("arcadia")
def test_a_later_request_that_names_nobody_is_said_to_and_no_earlier_one(ogpcase: Run) -> None:
    ogpcase(*LETTER, *SOUND, "--request", "Publish it")
    done = ogpcase("add", "arcadia-2023/2023-02-05-letter", "requests", "Another thing")
    assert ["`another-thing`"] == [line.split()[1] for line in done.stdout.splitlines() if line.startswith("asked ")]


def test_an_id_that_is_taken_gets_a_number(arcadia: Path, ogpcase: Run) -> None:
    for _ in range(3):
        ogpcase(*LETTER, *SOUND)
    ogpcase(*LETTER, *SOUND, "--slug", "Of Thanks")
    found = sorted(name for name in files(arcadia / "arcadia-2023" / "events") if name.startswith("2023-02-05"))
    stems = ["letter-2", "letter-3", "letter-of-thanks", "letter"]
    assert [f"2023-02-05-{stem}.yaml" for stem in stems] == found


@pytest.mark.parametrize(
    ("dated", "event"),
    [
        ("2023", "2023-letter"),
        ("2023-02", "2023-02-letter"),
        ("2023-02-XX", "2023-02-letter"),
        ("2023-02-05?", "2023-02-05-letter"),
        ("201X", "2010-letter"),
        ("2023-02-05/2023-02-07", "2023-02-05-letter"),
        ("[..2023-02-05]", "2023-02-05-letter"),
        ("[2023-02-05..2023-03-01]", "2023-02-05-letter"),
        ("unknown", "undated-letter-a-letter"),
    ],
)
def test_the_id_begins_with_the_digits_of_the_date(arcadia: Path, ogpcase: Run, dated: str, event: str) -> None:
    options = [dated if each == "2023-02-05" else each for each in SOUND]
    done = ogpcase(*LETTER, *options)
    assert 0 == done.returncode, done.stderr
    assert f"dated: {dated}\n" in record(arcadia, event).replace('"', "")


@pytest.mark.parametrize("name", ["open-arcadia", "Open Arcadia", "OPEN  ARCADIA", "arcadía abierta"])
def test_a_party_is_found_by_any_of_its_names(arcadia: Path, ogpcase: Run, name: str) -> None:
    party = arcadia / "parties" / "open-arcadia.yaml"
    party.write_text(party.read_text() + "other_names: [Arcadia Abierta]\n")
    done = ogpcase("add-event", "arcadia-2023", "statement", "--title", "T", "--dated", "2023-03", "--issued-by", name,
                   "--source", "https://example.org", "--dry-run")  # fmt: skip
    assert "issued_by: [open-arcadia]\n" in done.stdout


def test_an_unknown_party_gets_the_nearest_and_the_way_to_add_one(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, "--title", "T", "--dated", "2023-03-01", "--senders", "Open Arcadie")
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: no party is called `Open Arcadie`\n"
        "  did you mean `open-arcadia`?\n"
        "  add a new party: `ogpcase add-party ID --name NAME --classification CLASS`, "
        "or with an event or a case, `--new-party '{name: …, classification: …}'`\n"
    ) == done.stderr
    assert before == files(arcadia)


def test_several_parties_of_one_name_are_named_by_id(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "parties" / "other.yaml").write_text("name: Open Arcadia\nclassification: media\n")
    done = ogpcase(*LETTER, "--title", "T", "--dated", "2023-03-01", "--senders", "open arcadia")
    assert 1 == done.returncode
    refusal = "error: several parties are called `open arcadia`\n  write one of their ids: open-arcadia, other\n"
    assert done.stderr.endswith(refusal)
    assert (1, refusal) == (ogpcase("show", "open arcadia").returncode, ogpcase("show", "open arcadia").stderr)


def test_a_new_party_comes_with_its_event(arcadia: Path, ogpcase: Run) -> None:
    party = '{name: "Records, Office of", classification: government, part_of: [Government of Arcadia]}'
    options = ["records, office of" if each == "open-arcadia" else each for each in SOUND]
    done = ogpcase(*LETTER, *options, "--new-party", party)
    assert 0 == done.returncode, done.stderr
    assert (
        "name: Records, Office of\nclassification: government\npart_of: [government-of-arcadia]\n"
        == (arcadia / "parties" / "records-office-of.yaml").read_text()
    )
    assert "senders: [records-office-of]\n" in record(arcadia, "2023-02-05-letter")
    added = ["parties/records-office-of", "arcadia-2023/sources/example-org", "arcadia-2023/events/2023-02-05-letter"]
    assert f"undo    rm {' '.join(f'cases/{name}.yaml' for name in added)}\n" in done.stdout


@pytest.mark.parametrize(
    ("party", "code", "words"),
    [
        ("Records", 2, "--new-party takes a YAML mapping"),
        ("{classification: government}", 2, "--new-party: the party has no name"),
        ("{name: 記録, classification: government}", 2, "--new-party: `記録` cannot be an id"),
        ("{name: R, classification: goverment}", 2, "`goverment` is not one of the values of `classification`"),
        ("{name: Open Arcadia, classification: media}", 1, "a party `open-arcadia` already exists"),
        ("{name: R, classification: media, part_of: [nobody]}", 1, "no party is called `nobody`"),
    ],
)
def test_a_new_party_that_is_none_is_refused(arcadia: Path, ogpcase: Run, party: str, code: int, words: str) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, "--new-party", party)
    assert (code, before) == (done.returncode, files(arcadia))
    assert words in done.stderr


def test_a_field_of_another_kind_is_misuse(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, "--filer-class", "involved_entity")
    assert (2, "") == (done.returncode, done.stdout)
    assert "error: a letter has no field `filer_class` (--filer-class)\n  kinds that have it: concern\n" == done.stderr
    assert before == files(arcadia)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "error: the event's kind is missing\n  kinds: concern, letter, statement, report, "),
        (("leter",), "error: `leter` is not a kind of event\n  did you mean `letter`?\n"),
        (("letter",), "error: missing: --title, --dated\n  or give a whole record with --from FILE\n"),
        (("letter", "--title", "T"), "error: missing: --dated\n"),
        (("letter", "--nonsense", "x"), "no such option: --nonsense"),
        (
            (*LETTER[2:], *SOUND, "--signatory-count", "ten"),
            "error: --signatory-count takes a whole number, 0 or more\n",
        ),
        ((*LETTER[2:], *SOUND, "--reply", "words"), "error: --reply takes a YAML mapping: "),
        ((*LETTER[2:], *SOUND, "--request", "{id: a, text: b"), "--request: a mapping in brackets is never closed"),
        ((*LETTER[2:], *SOUND, "--title", "T"), "--title takes one text"),
    ],
)
def test_without_a_terminal_what_is_missing_or_wrong_is_said(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], said: str
) -> None:
    before = files(arcadia)
    done = ogpcase("add-event", "arcadia-2023", *words)
    assert (2, "", before) == (done.returncode, done.stdout, files(arcadia))
    assert said in done.stderr


def test_a_wrong_date_says_what_a_date_is(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, "--title", "T", "--dated", "2023-02-30")
    assert (1, before) == (done.returncode, files(arcadia))
    assert "error: cannot read the date `2023-02-30`: day 30 does not exist: February has 28 days\n" in done.stderr


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("typed", ["5 February 2023", "February 5th, 2023", "5 de febrero de 2023", "5 févr. 2023"])
def test_a_date_is_taken_as_people_type_it(ogpcase: Run, typed: str) -> None:
    """In a field of the event and of an item alike; the file holds EDTF."""
    ask = f"{{id: a, text: Publish, asked_of: open-arcadia, due: {typed!r}}}"
    done = ogpcase(
        *LETTER, "--title", "T", "--dated", typed, "--source", "https://example.org", "--request", ask, "--dry-run"
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert "dated: 2023-02-05\n" in done.stdout
    assert "due: 2023-02-05" in done.stdout


def test_a_date_that_can_mean_two_days_is_refused_with_both(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, "--title", "T", "--dated", "5/2/2023")
    assert (1, before) == (done.returncode, files(arcadia))
    assert "can be taken for each other\n  write 2023-02-05 or 2023-05-02\n" in done.stderr


@pytest.mark.parametrize(
    ("options", "frame"),
    [
        (("--cites", "2023-02-01-letter-asc"), "did you mean `2023-02-01-letter-ask`?"),
        (("--moves-to", "suspendd"), "did you mean `suspended`?"),
        (("--moves-to", "suspended"), "error[OC401]: the 2017 version has no move from `not_filed` to `suspended`"),
        (("--received", "2023-02-01"), "cases/arcadia-2023/events/2023-02-05-letter.yaml:4:11"),
        (("--source", "{title: T, nonsense: 1}"), "has no field `nonsense`"),
    ],
)
def test_a_record_with_a_new_error_is_refused_with_its_place(
    arcadia: Path, ogpcase: Run, options: tuple[str, ...], frame: str
) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, *options)
    assert (1, "", before) == (done.returncode, done.stdout, files(arcadia))
    assert frame in done.stderr
    assert done.stderr.endswith("refused: the new record would bring 1 error; nothing was written\n")


def test_problems_that_were_there_before_refuse_nothing(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml").write_text("kind: [broken\n")
    done = ogpcase(*LETTER, *SOUND)
    named = "unreadable: cases/arcadia-2023/events/2024-06-03-resolution.yaml is left out"
    assert (0, named) == (done.returncode, done.stderr.partition(";")[0])
    assert "stage   not known: see the lines above\n" in done.stdout


def test_a_warning_is_shown_and_the_record_written(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*LETTER, *SOUND[:-2])
    assert 0 == done.returncode
    assert "warning[OC501]: this event names no source" in done.stderr
    assert record(arcadia, "2023-02-05-letter")


def test_a_concern_carries_its_move_without_being_told(arcadia: Path, ogpcase: Run) -> None:
    for path in (arcadia / "arcadia-2023" / "events").glob("*"):
        if not path.name.endswith("letter-ask.yaml"):
            path.unlink()
    done = ogpcase("add-event", "arcadia-2023", "concern", "--title", "Concern", "--dated", "2023-04-10",
                   "--filers", "open arcadia", "--filer-class", "involved_entity", "--grounds", "civic_space",
                   "--allegation", "{id: a, text: Something}", "--prior-step", "2023-02-01-letter-ask",
                   "--source", "https://example.org")  # fmt: skip
    assert (0, False) == (done.returncode, "error[" in done.stderr)
    assert "filled in from the policy's table: moves_to: initial_review\n" in done.stderr
    assert "stage   not_filed → initial_review   (row T1-T2, 2017 version)\n" in done.stdout
    assert "moves_to: [initial_review]\n" in record(arcadia, "2023-04-10-concern")


def test_a_departure_records_what_the_policy_did_not_foresee(arcadia: Path, ogpcase: Run) -> None:
    resolution = ("add-event", "arcadia-2023", "resolution", "--title", "T", "--dated", "2024-12-01",
                  "--by", "ogp-criteria-and-standards", "--moves-to", "suspended", "--source", "https://example.org",
                  "--source", "{id: page, title: A page}")  # fmt: skip
    assert 1 == ogpcase(*resolution).returncode
    done = ogpcase(*resolution, "--departure", "It did happen so")
    assert 0 == done.returncode, done.stderr
    assert "stage   closed_addressed_domestically → suspended   (recorded as a departure)\n" in done.stdout
    assert "departure:\n  - because: It did happen so\n    sources: [example-org, page]\n" in record(
        arcadia, "2024-12-01-resolution"
    )


def test_an_unknown_case_and_no_folder_are_named(arcadia: Path, ogpcase: Run, tmp_path: Path) -> None:
    assert "did you mean `arcadia-2023`?" in ogpcase("add-event", "arcadia-23", "letter", *SOUND).stderr
    nowhere = ogpcase(*LETTER, *SOUND, "--root", tmp_path / "nowhere")
    assert (1, True) == (nowhere.returncode, "is not a case folder" in nowhere.stderr)
    assert json.loads(ogpcase("timeline", "arcadia-2023", "--json").stdout)["case"] == "arcadia-2023"
    assert arcadia.is_dir()
