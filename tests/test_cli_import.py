"""`ogpcase import`: a table becomes events, all or none, and a second run adds nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pexpect
import pytest
from tests.workbooks import Value, sheet, workbook

from ogpcase.model.codelists import Kind
from ogpcase.yamltree.parsing import parse

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
AMBIGUOUS = "the day and the month can be taken for each other"
HEADINGS = "Fecha;Tipo;Título;De;Para\n"
TWO = f"""{HEADINGS}16 de julio de 2024;Carta;Open Arcadia writes;Open Arcadia;Government of Arcadia
2024-07;Comunicado;The government answers;government-of-arcadia;
"""


WRITTEN = " ".join(
    f"cases/arcadia-2023/{name}.yaml" for name in ("events/2024-07-16-letter", "events/2024-07-statement", "import")
)


def values_in(path: Path) -> object:
    tree = parse(path.read_bytes(), path.name).tree
    assert tree is not None
    return tree.value


def events(cases: Path) -> set[str]:
    return {path.stem for path in (cases / CASE / "events").glob("*.yaml")}


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def imported(ogpcase: Run, text: str, *words: object, name: str = "t.csv") -> CompletedProcess[str]:
    Path(name).write_text(text, encoding="utf-8")
    return ogpcase("import", name, "--case", CASE, *words)


def test_each_row_becomes_an_event_under_headings_in_spanish(arcadia: Path, ogpcase: Run) -> None:
    before = events(arcadia)
    done = imported(ogpcase, TWO)
    said = "headings: row 1; 2 rows with events below it\nwarning: this event names no source [OC501]: rows 2, 3\n"
    assert (0, said) == (done.returncode, done.stderr)
    assert {"2024-07-16-letter", "2024-07-statement"} == events(arcadia) - before
    assert {
        "kind": "letter",
        "title": "Open Arcadia writes",
        "dated": "2024-07-16",
        "senders": ["open-arcadia"],
        "addressees": ["government-of-arcadia"],
    } == values_in(arcadia / CASE / "events/2024-07-16-letter.yaml")
    assert {
        "kind": "statement", "title": "The government answers", "dated": "2024-07",
        "issued_by": ["government-of-arcadia"],
    } == values_in(arcadia / CASE / "events/2024-07-statement.yaml")  # fmt: skip
    assert [
        "wrote   cases/arcadia-2023/events/2024-07-16-letter.yaml",
        "wrote   cases/arcadia-2023/events/2024-07-statement.yaml",
        "wrote   cases/arcadia-2023/import.yaml",
        "stage   closed_addressed_domestically, unchanged",
        f"undo    rm {WRITTEN}",
    ] == done.stdout.splitlines()


def test_a_second_run_adds_nothing_and_a_new_row_alone_is_added(arcadia: Path, ogpcase: Run) -> None:
    imported(ogpcase, TWO)
    before = everything(arcadia)
    again = imported(ogpcase, TWO)
    assert (0, "every row was imported before; nothing was written\n") == (again.returncode, again.stdout)
    assert "imported before, left out: row 2 is `2024-07-16-letter`, row 3 is `2024-07-statement`\n" in again.stderr
    assert before == everything(arcadia)
    done = imported(ogpcase, f"{HEADINGS}2025;Letter;A third;ogp-support-unit;\n{TWO.removeprefix(HEADINGS)}")
    assert done.stdout.startswith(
        "wrote   cases/arcadia-2023/events/2025-letter.yaml\nwrote   cases/arcadia-2023/import"
    )


def test_a_row_whose_event_was_taken_away_is_imported_again(arcadia: Path, ogpcase: Run) -> None:
    """What the mapping remembers holds only as long as the event is there."""
    imported(ogpcase, TWO)
    (arcadia / CASE / "events/2024-07-statement.yaml").unlink()
    assert "2024-07-statement" in imported(ogpcase, TWO).stdout
    assert 0 == ogpcase("validate").returncode


@pytest.mark.usefixtures("arcadia")
def test_a_renamed_event_is_still_known(ogpcase: Run) -> None:
    imported(ogpcase, TWO)
    ogpcase("rename", f"{CASE}/2024-07-statement", "2024-07-statement-answer")
    assert "every row was imported before" in imported(ogpcase, TWO).stdout


def test_the_key_tells_rows_apart_whatever_else_changes(arcadia: Path, ogpcase: Run) -> None:
    Path("m.yaml").write_text("# ours\nkey: Ref\nconstant: {kind: letter}\n", encoding="utf-8")
    text = "Ref,Date,Title\nA1,2024-07-16,First\nA2,2024-07-17,Second\n"
    done = imported(ogpcase, text, "--map", "m.yaml")
    assert 0 == done.returncode, done.stderr
    kept = "# ours\nkey: Ref\nconstant: {kind: letter}\nimported:\n  A1: 2024-07-16-letter\n  A2: 2024-07-17-letter\n"
    assert kept == (arcadia / CASE / "import.yaml").read_text(encoding="utf-8")
    again = imported(ogpcase, text.replace("First", "Corrected title"))
    assert "every row was imported before" in again.stdout


def test_two_rows_with_one_key_are_a_problem_and_two_equal_rows_are_one(arcadia: Path, ogpcase: Run) -> None:
    Path("m.yaml").write_text("key: [Ref]\nconstant: {kind: letter}\n", encoding="utf-8")
    text = "Ref,Date,Title\nA1,2024-07-16,First\nA1,2024-07-16,First\n"
    done = imported(ogpcase, f"{text}A1,2024-07-17,Second\n", "--map", "m.yaml")
    assert "row 4, column `Ref`: row 2 has the same key `A1`; give each row a key of its own\n" in done.stderr
    assert "left out: row 3 is the same as row 2\n" in done.stderr
    assert 0 == imported(ogpcase, text, "--map", "m.yaml").returncode
    assert "2024-07-16-letter-2" not in events(arcadia)


MESSY = """Correspondence with the government;;;;
compiled for the annual report;;;;
Ref.;Date received;Fecha;Title;From
1;;16.7.2024;A letter;Open Arcadia
;;;;
2;20 July 2024;July 18, 2024;Another letter;open  arcadia
;;;;
Source: our own files;;;;
Dates as on the paper;;;;
"""


def test_a_table_as_people_make_it(arcadia: Path, ogpcase: Run) -> None:
    """A title above, headings in the third line, dates of all sorts, empty rows, notes below."""
    Path("m.yaml").write_text("columns: {Ref.: leave-out}\nconstant: {kind: letter}\n", encoding="utf-8")
    done = imported(ogpcase, MESSY, "--map", "m.yaml")
    assert [
        "headings: row 3; 2 rows with events below it",
        "left out: notes below the table, rows 8 to 9",
        "warning: this event names no source [OC501]: rows 4, 6",
    ] == done.stderr.splitlines()
    assert 0 == done.returncode
    assert {"2024-07-16-letter", "2024-07-18-letter"} <= events(arcadia)
    letter = values_in(arcadia / CASE / "events/2024-07-18-letter.yaml")
    assert {"received": "2024-07-20", "senders": ["open-arcadia"]}.items() <= dict(letter).items()  # type: ignore[call-overload]


def test_all_problems_come_at_once_with_row_and_column_and_nothing_is_written(arcadia: Path, ogpcase: Run) -> None:
    before = everything(arcadia)
    text = f"""{HEADINGS}3/2/2024;Carta;One;Nobody Known;Open Arcadia
2024-13-45;Letr;Two;Open Arcadia;
;Carta;Three;Open Arcadia;
2024-05-05;Carta;Four;Open Arcadia;
"""
    done = imported(ogpcase, text)
    assert 1 == done.returncode
    assert [
        "headings: row 1; 4 rows with events below it",
        f"row 2, column `Fecha`: cannot read the date `3/2/2024`: {AMBIGUOUS}; write 2024-02-03 or 2024-03-02",
        "row 2, column `De`: no party is called `Nobody Known`",
        "row 3, column `Tipo`: `Letr` is not one of the codes of `kind`; did you mean `letter`?; codes: "
        + ", ".join(Kind),
    ] == done.stderr.splitlines()[:4]
    assert "row 3, column `Fecha`: cannot read the date `2024-13-45`" in done.stderr
    assert "row 4, it has no dated; a row that is no event can be deleted from the table\n" in done.stderr
    assert "  ogpcase add-party nobody-known --name='Nobody Known' --classification CLASS\n" in done.stderr
    assert "refused: 3 of 4 rows have a problem; nothing was written\n" in done.stderr
    assert before == everything(arcadia)
    rows = list(csv.DictReader(io.StringIO(Path("t.problems.csv").read_text(encoding="utf-8-sig"))))
    assert ["One", "Two", "Three"] == [row["Título"] for row in rows]
    assert "row 4, it has no dated" in rows[2]["problem"]
    assert 1 == imported(ogpcase, text).returncode
    assert Path("t.problems-2.csv").is_file()  # the first is somebody's by now


def test_the_rows_with_problems_can_be_imported_after_correction(arcadia: Path, ogpcase: Run) -> None:
    imported(ogpcase, f"{HEADINGS}3/2/2024;Carta;One;Open Arcadia;\n", "--problems", "p.csv")
    text = Path("p.csv").read_text(encoding="utf-8").replace("3/2/2024", "2024-02-03", 1)
    done = imported(ogpcase, text, name="p2.csv")
    assert 0 == done.returncode, done.stderr
    assert "2024-02-03-letter" in events(arcadia)


@pytest.mark.usefixtures("arcadia")
def test_an_existing_file_for_problems_is_not_written_over(ogpcase: Run) -> None:
    Path("p.csv").write_text("mine", encoding="utf-8")
    done = imported(ogpcase, TWO, "--problems", "p.csv")
    assert (2, "error: p.csv exists already") == (done.returncode, done.stderr.splitlines()[0])
    assert "mine" == Path("p.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("arcadia")
def test_a_check_that_fails_names_the_row_and_the_column(ogpcase: Run) -> None:
    """An event that brings an error is a row with a problem like any other."""
    text = "Kind,Date,Title,In reply to\nletter,2024-07-16,A letter,2024-01-01-nothing\n"
    done = imported(ogpcase, text)
    assert 1 == done.returncode
    assert "row 2, column `In reply to`: " in done.stderr
    assert "[OC3" in done.stderr
    assert "refused: 1 of 1 rows has a problem" in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_of_two_columns_the_one_at_fault_is_named(ogpcase: Run) -> None:
    text = "Kind,Date,Title,Received\nletter,2024-07-16,A letter,2024-07-01\n"
    done = imported(ogpcase, text)
    assert 1 == done.returncode
    assert "row 2, column `Received`: " in done.stderr
    assert "column `Date`" not in done.stderr


def test_a_dry_run_prints_records_that_from_takes(arcadia: Path, ogpcase: Run) -> None:
    before = everything(arcadia)
    done = imported(ogpcase, TWO, "--dry-run")
    assert before == everything(arcadia)
    assert not list(Path().glob("*.problems*"))
    records = [f"# cases{part}" for part in done.stdout.split("# cases") if "/events/" in part]
    assert 2 == len(records)
    for record in records:
        Path("one.yaml").write_text(f"{record.rstrip()}\n", encoding="utf-8")
        assert 0 == ogpcase("add-event", CASE, "--from", "one.yaml").returncode
    assert {"2024-07-16-letter", "2024-07-statement"} <= events(arcadia)


ITEMS = """kind: letter
Title (es),title.en,Date,requests.text,requests.due,requests.asked_of,Cc,Sources,sources.publisher,Background
Carta,Letter,2024-07-16,Publish the contracts,31/12/2024,Government of Arcadia,"Open Arcadia
Government of Arcadia",,The Ministry,yes
"""


def test_languages_items_lists_and_yes_or_no(arcadia: Path, ogpcase: Run) -> None:
    Path("m.yaml").write_text("constant: {kind: letter, sources.id: copy, sources.title: A copy}\n", encoding="utf-8")
    done = imported(ogpcase, ITEMS, "--map", "m.yaml")
    assert 0 == done.returncode, done.stderr
    assert {
        "kind": "letter",
        "title": {"es": "Carta", "en": "Letter"},
        "dated": "2024-07-16",
        "copied": ["open-arcadia", "government-of-arcadia"],
        "context": True,
        "requests": [
            {"id": "publish-the-contracts", "asked_of": ["government-of-arcadia"], "text": "Publish the contracts",
             "due": "2024-12-31"}
        ],
        "sources": [{"id": "copy", "title": "A copy", "publisher": "The Ministry"}],
    } == values_in(arcadia / CASE / "events/2024-07-16-letter.yaml")  # fmt: skip


def test_names_are_never_parted_by_commas_and_cells_by_the_separator(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "parties/ministry.yaml").write_text("name: Ministry of Works, Arcadia\nclassification: government\n")
    Path("m.yaml").write_text('separator: ";"\nconstant: {kind: letter}\n', encoding="utf-8")
    text = 'Date\tTitle\tTo\n2024-07-16\tA letter\t"Ministry of Works, Arcadia; Open Arcadia"\n'
    assert 0 == imported(ogpcase, text, "--map", "m.yaml").returncode
    letter = values_in(arcadia / CASE / "events/2024-07-16-letter.yaml")
    assert ["ministry", "open-arcadia"] == dict(letter)["addressees"]  # type: ignore[call-overload]


def test_a_word_of_the_table_means_what_the_mapping_says(arcadia: Path, ogpcase: Run) -> None:
    Path("m.yaml").write_text(
        "columns: {Quien: [issued_by, senders], Cuándo: dated}\ndates: month-first\n"
        "values: {kind: {Oficio urgente: letter}, senders: {OA: open-arcadia}}\n",
        encoding="utf-8",
    )
    done = imported(ogpcase, "Cuando;Tipo;Título;Quién\n3/2/2024;oficio urgente;A;OA\n", "--map", "m.yaml")
    assert 0 == done.returncode, done.stderr
    assert {"kind": "letter", "title": "A", "dated": "2024-03-02", "senders": ["open-arcadia"]} == values_in(
        arcadia / CASE / "events/2024-03-02-letter.yaml"
    )


@pytest.mark.usefixtures("arcadia")
def test_an_unknown_heading_stops_the_run_with_ready_lines(ogpcase: Run) -> None:
    done = imported(ogpcase, "Kind,Date,Title,Addresees,Memo\nletter,2024,A,Open Arcadia,x\n")
    assert 1 == done.returncode
    assert [
        "error: these headings are of no field that its rows have: `Addresees`, `Memo`",
        "  write into a file which fields they are, and give it with --map FILE; check each of these lines:",
        "  columns:",
        "    Addresees: addressees",
        "    Memo: leave-out",
    ] == done.stderr.splitlines()[:5]


@pytest.mark.usefixtures("arcadia")
def test_a_field_that_the_kind_does_not_have_is_a_problem_of_its_row(ogpcase: Run) -> None:
    done = imported(ogpcase, "Kind,Date,Title,Cc\nletter,2024,A,Open Arcadia\nreport,2024,B,Open Arcadia\n")
    assert "row 3, column `Cc`: a report has no `copied`; leave the cell empty\n" in done.stderr


def test_two_columns_of_one_field_are_a_problem_and_of_a_list_are_one_list(arcadia: Path, ogpcase: Run) -> None:
    text = "Kind,Date,Title,From,Sender,Título\nletter,2024,A,Open Arcadia,Government of Arcadia,{}\n"
    done = imported(ogpcase, text.format("B"))
    assert "row 2, column `Título`: two columns give `title`; leave one of them empty, or" in done.stderr
    assert 0 == imported(ogpcase, text.format("")).returncode
    letter = values_in(arcadia / CASE / "events/2024-letter.yaml")
    assert ["open-arcadia", "government-of-arcadia"] == dict(letter)["senders"]  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("colums: {A: dated}\n", "m.yaml:1:1: a mapping of columns has no field `colums`; nothing was written"),
        ("columns: {A: datd}\n", "m.yaml:1:14: an event has no field `datd`; nothing was written"),
        ("constant: {knd: letter}\n", "m.yaml:1:12: an event has no field `knd`; nothing was written"),
        ("dates: day-last\n", "m.yaml:1:8: this value is not one of the values of `dates`; nothing was written"),
        (
            "key: Reference\nconstant: {kind: letter}\n",
            "the table has no heading `Reference`, which the mapping's `key`",
        ),
        ("sheet: Letters\n", "no sheet is called `Letters`"),
        ("heading_row: 9\n", "no row has a heading that is known"),
        ("- a\n", "m.yaml does not hold a record"),
    ],
)
@pytest.mark.usefixtures("arcadia")
def test_a_wrong_mapping_is_refused_with_its_place(ogpcase: Run, mapping: str, said: str) -> None:
    Path("m.yaml").write_text(mapping, encoding="utf-8")
    done = imported(ogpcase, TWO, "--map", "m.yaml")
    assert 1 == done.returncode
    assert f"error: {said}" in done.stderr


def test_the_mapping_that_is_kept_is_judged_and_says_where_it_is_wrong(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / CASE / "import.yaml").write_text("columns: {Fecha: dated}\n", encoding="utf-8")
    assert 0 == ogpcase("validate").returncode
    (arcadia / CASE / "import.yaml").write_text("columns: {Fecha: datd}\n", encoding="utf-8")
    judged = ogpcase("validate", "--format", "concise")
    assert "cases/arcadia-2023/import.yaml:1:18: error[OC202] an event has no field `datd`\n" in judged.stdout
    done = imported(ogpcase, TWO)
    assert "error: `cases/arcadia-2023/import.yaml` has a problem: an event has no field `datd`" in done.stderr


def test_no_public_copy_holds_the_mapping(mexico: Path, ogpcase: Run, tmp_path: Path) -> None:
    (mexico / "mexico-2018/import.yaml").write_text("imported: {Alva Doe: 2018-07-16-concern}\n", encoding="utf-8")
    done = ogpcase("publish", tmp_path / "copy", "--yes")
    assert 0 == done.returncode, done.stderr
    written = everything(tmp_path / "copy")
    assert any(name.endswith("2018-07-16-concern.yaml") for name in written)
    assert not [name for name, data in written.items() if "import" in name or b"Alva Doe" in data]


WORKBOOK: list[list[Value]] = [
    ["Correspondence"],
    [],
    ["Fecha", "Tipo", "Título", "De", "Número de firmantes"],
    [date(2024, 7, 16), "Carta", "A letter", "Open Arcadia", 12.0],
    [None, "Carta", "Another of that day", "Open Arcadia", None],
]


def test_a_workbook_is_imported_with_its_own_dates(arcadia: Path, ogpcase: Run) -> None:
    """The sheet whose headings are known best is read; merged cells count for each row; ids are numbered."""
    data = workbook({"Notes": sheet([["Title of the file"]]), "Cartas": sheet(WORKBOOK, ["A4:A5"])})
    Path("t.xlsx").write_bytes(data)
    done = ogpcase("import", "t.xlsx")
    assert 0 == done.returncode
    assert done.stderr.startswith("headings: sheet `Cartas`, row 3; 2 rows with events below it\n")
    assert {"2024-07-16-letter", "2024-07-16-letter-2"} <= events(arcadia)
    letter = values_in(arcadia / CASE / "events/2024-07-16-letter.yaml")
    assert {"dated": "2024-07-16", "signatory_count": 12}.items() <= dict(letter).items()  # type: ignore[call-overload]


@pytest.mark.usefixtures("arcadia")
def test_a_hidden_sheet_is_read_only_if_the_mapping_names_it(ogpcase: Run) -> None:
    cartas = {"Cartas": sheet(WORKBOOK), "Otra": sheet([["Title", "Date", "Kind"], ["A", "2024", "letter"]])}
    Path("t.xlsx").write_bytes(workbook(cartas, hidden=["Cartas"]))
    assert "hidden sheets, which are not read: `Cartas`\n" in ogpcase("import", "t.xlsx", "--dry-run").stderr
    Path("m.yaml").write_text("sheet: Cartas\ncolumns: {Fecha: leave-out}\n", encoding="utf-8")
    named = ogpcase("import", "t.xlsx", "--dry-run", "--map", "m.yaml").stderr
    assert "sheet `Cartas`, row 4, it has no dated" in named
    Path("t.xlsx").write_bytes(workbook({"Cartas": sheet(WORKBOOK)}, hidden=["Cartas"]))
    done = ogpcase("import", "t.xlsx")
    assert (1, "error: all sheets are hidden\n  sheets: `Cartas`\n  name one in the mapping: `sheet: NAME`\n") == (
        done.returncode,
        done.stderr,
    )


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\u202eb", "half \ufdd0"])
@pytest.mark.usefixtures("arcadia")
def test_a_character_that_no_record_may_hold_is_a_problem_of_its_row(ogpcase: Run, text: str) -> None:
    done = imported(ogpcase, f"Kind,Date,Title\nletter,2024,{text}\n")
    assert 1 == done.returncode
    assert "row 2, `title` holds a character that no record may hold: " in done.stderr
    assert text not in done.stderr


def test_the_only_case_may_be_left_out_and_several_are_named(arcadia: Path, ogpcase: Run) -> None:
    Path("t.csv").write_text(TWO, encoding="utf-8")
    copytree(arcadia / CASE, arcadia / "arcadia-2024")
    done = ogpcase("import", "t.csv")
    assert (2, "error: the case is missing: there are several here\n  cases here: arcadia-2023, arcadia-2024\n") == (
        done.returncode,
        done.stderr,
    )


@pytest.mark.usefixtures("arcadia")
def test_a_table_that_is_not_there_is_named(ogpcase: Run) -> None:
    done = ogpcase("import", "none.csv")
    assert (1, "error: none.csv is not a file\n") == (done.returncode, done.stderr)


def asked(child: pexpect.spawn[str], question: str, answer: str) -> None:
    child.expect_exact(question)
    child.sendline(answer)


def test_what_is_not_known_is_asked_once_on_a_terminal(
    arcadia: Path, terminal: Callable[..., pexpect.spawn[str]], ogpcase: Run
) -> None:
    """A heading, a code, the order of dates, a name; the answers are kept, and the name becomes one of the party's."""
    Path("t.csv").write_text(
        "Fecha;Clase;Título;De;Memo\n3/2/2024;Nota;One;Open Arcadia AC;x\n4/2/2024;Nota;Two;Open Arcadia AC;\n",
        encoding="utf-8",
    )
    Path("m.yaml").write_text("columns: {Clase: kind}\n", encoding="utf-8")
    child = terminal("import", "t.csv", "--case", CASE, "--map", "m.yaml", columns=120)
    asked(child, "heading `Memo`: which field", "nothing")
    asked(child, "this is not one of the answers", "-")
    asked(child, "`Nota`: which `kind` is it?", "letter")
    asked(child, "dates: how are they written?", "1")
    asked(child, "`Open Arcadia AC`: no party has this name; is it Open Arcadia (`open-arcadia`)?", "y")
    child.expect(pexpect.EOF)
    child.close()
    assert 0 == child.exitstatus
    assert {"2024-02-03-letter", "2024-02-04-letter"} <= events(arcadia)
    party = (arcadia / "parties/open-arcadia.yaml").read_text(encoding="utf-8")
    assert "other_names: [Open Arcadia AC]" in party
    kept = (arcadia / CASE / "import.yaml").read_text(encoding="utf-8")
    assert kept.startswith(
        "dates: day-first\ncolumns: {Clase: kind, Memo: leave-out}\nvalues:\n  kind:\n    Nota: letter\n"
    )
    again = imported(ogpcase, Path("t.csv").read_text(encoding="utf-8"))
    assert "every row was imported before" in again.stdout


def test_answers_survive_a_run_that_is_refused_or_ends(
    arcadia: Path, terminal: Callable[..., pexpect.spawn[str]], ogpcase: Run
) -> None:
    """The run leaves a mapping beside the table, and says how to go on with it."""
    before = everything(arcadia)
    Path("t.csv").write_text("Kind;Date;Title;Memo;Nota\nletter;3/2/2024;One;x;y\n", encoding="utf-8")
    child = terminal("import", "t.csv", "--case", CASE)
    asked(child, "heading `Memo`: which field", "summary")
    child.expect_exact("heading `Nota`: which field")
    child.sendeof()
    child.expect_exact("ogpcase import t.csv --case arcadia-2023 --map t.map.yaml`")
    assert before == everything(arcadia)
    assert "columns:\n  Memo: summary\n" == Path("t.map.yaml").read_text(encoding="utf-8")
    Path("t.map.yaml").write_text("columns:\n  Memo: summary\n  Nota: leave-out\n", encoding="utf-8")
    child = terminal("import", "t.csv", "--case", CASE, "--map", "t.map.yaml", "--dry-run")
    asked(child, "dates: how are they written?", "day-first")
    child.expect_exact("ogpcase import t.csv --case arcadia-2023 --map t.map-2.yaml`")
    assert 0 == ogpcase("import", "t.csv", "--map", "t.map-2.yaml").returncode
    assert "2024-02-03-letter" in events(arcadia)


def test_without_an_answer_nothing_is_written(arcadia: Path, terminal: Callable[..., pexpect.spawn[str]]) -> None:
    before = everything(arcadia)
    Path("t.csv").write_text("Kind;Date;Title;Memo\nletter;2024;One;x\n", encoding="utf-8")
    child = terminal("import", "t.csv", "--case", CASE)
    child.expect_exact("heading `Memo`: which field")
    child.sendeof()
    child.expect_exact("interrupted; nothing was written")
    assert before == everything(arcadia)
