"""Tables as people save them: encodings, separators, workbooks, and what is refused with a sentence."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbooks import Value, column, sheet, workbook

from ogpcase.editing.importing import tables
from ogpcase.editing.importing.tables import Cell, Table, problems_csv, tables_in
from ogpcase.errors import BadInput, OgpcaseError

TEXT = "Título;Fecha\nUna carta;16/07/2018\n"


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_in_each_encoding_that_says_what_it_is(encoding: str) -> None:
    read = [texts(table) for table in tables_in(TEXT.encode(encoding), "t.csv")]
    assert [["Título", "Fecha"], ["Una carta", "16/07/2018"]] in read


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode("cp1252"), "t.csv is not UTF-8: line 1 holds other bytes, as of Windows-1252"),
        (TEXT.encode("utf-16-le"), "t.csv is not UTF-8: line 1 holds other bytes, as of Windows-1252"),
        ("a;b\n".encode("utf-16-le"), "t.csv holds a NUL character: it is not a table, or UTF-16 without its mark"),
        (b"\xff\xfea", "t.csv is not UTF-16: line 1 holds other bytes, as of Windows-1252"),
        (b"", "t.csv is empty"),
        (b" \n\n", "t.csv is empty"),
        (b'a;b\n"c;d\n', "t.csv is not well-formed CSV: a quote is opened and not closed, by line 2"),
        (b"\xd0\xcf\x11\xe0rest", "t.csv is a workbook of an old form, or has a password"),
        (b"PK\x03\x04rest", "t.csv is damaged, or has a password: it cannot be unpacked"),
        (b"a\n" * (tables.MOST_ROWS + 1), "t.csv has more than 5000 rows"),
        (b"," * tables.MOST_COLUMNS + b"a\n" * 2, None),
        (
            b"a" * (tables.LONGEST_CELL + 1),
            "row 1 of t.csv has more than 256 cells, or one of more than 32767 characters",
        ),
        (b"a" * (tables.LARGEST_TABLE + 1), "t.csv is larger than a table may be: 16 MiB"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, said: str | None) -> None:
    if said is None:
        assert max(len(row) for table in tables_in(data, "t.csv") for row in table.rows) == 1
        return
    with pytest.raises(BadInput) as refused:
        tables_in(data, "t.csv")
    assert said == refused.value.message


def test_the_line_that_tells_the_separator_is_no_row_but_keeps_its_number() -> None:
    (table,) = tables_in(b"sep=;\r\na;b, c\r\n", "t.csv")
    assert [[], ["a", "b, c"]] == texts(table)


def test_an_empty_line_and_a_line_break_in_a_cell_count_as_a_spreadsheet_counts_rows() -> None:
    read = texts(tables_in(b'a,"b\r\nc"\r\n\r\nd,e\r\n', "t.csv")[0])
    assert [["a", "b\nc"], [], ["d", "e"]] == read


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8).map(str.strip)


@given(st.lists(st.lists(cells, min_size=2, max_size=3), min_size=1, max_size=4))
def test_rows_with_problems_are_read_back_as_they_were(rows: list[list[str]]) -> None:
    """Formulas get an apostrophe, which is taken off again."""
    plain = [[text for text in row if not text.startswith("'")] for row in rows]
    written = problems_csv(["a", "b", "c"], [([Cell(text) for text in row], "why") for row in plain])
    read = texts(tables_in(written.encode(), "t.csv")[0])
    assert [["a", "b", "c", "problem"], *([*row, *[""] * (3 - len(row)), "why"] for row in plain)] == read


def test_a_formula_cannot_act_in_the_table_of_problems() -> None:
    written = problems_csv(["=a"], [([Cell("@b"), Cell("c")], "-d")])
    assert '\ufeff"\'=a","problem"\r\n"\'@b","\'-d"\r\n' == written


MOMENT = datetime(2018, 7, 16, 14, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
ROWS: list[list[Value]] = [
    ["Letters of 2018"],
    [],
    ["Date", "Title", "Number", "Moment", "Sure", "Formula", "Broken"],
    [date(2018, 7, 16), "A letter", 3.0, MOMENT, True, "=A1 -> hello", "#REF!"],
    [None, "Another", 2.5],
]


def test_a_workbook_is_read_as_it_is_shown() -> None:
    """Dates are days, whole numbers have no point, a formula is its value, and a merged cell is in each of its rows."""
    (table,) = tables_in(workbook({"2018": sheet(ROWS, ["A4:A5"])}), "t.xlsx")
    day, moment = Cell("2018-07-16", date(2018, 7, 16)), Cell("2018-07-16 14:30:00", date(2018, 7, 16))
    assert [
        (Cell("Letters of 2018"),),
        (),
        tuple(Cell(str(word)) for word in ROWS[2]),
        (day, Cell("A letter"), Cell("3"), moment, Cell("true"), Cell("hello")),
        (day, Cell("Another"), Cell("2.5")),
    ] == [*table.rows]
    assert ("2018", False, ("G4",)) == table[1:]


def test_each_sheet_is_a_table_and_a_hidden_one_says_so() -> None:
    read = tables_in(workbook({"a": sheet([["x"]]), "b": sheet([["y"]])}, hidden=["b"]), "t.xlsx")
    assert [("a", False, [["x"]]), ("b", True, [["y"]])] == [(each.sheet, each.hidden, texts(each)) for each in read]


def far_cell() -> bytes:
    """Two cells at the corners of a sheet: calamine would ask for memory for all between them."""
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return workbook({"a": f"<worksheet><sheetData>{corners}</sheetData></worksheet>"})


def far_row_without_places() -> bytes:
    rows = '<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    return workbook({"a": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"})


def packed(name: str, data: bytes) -> bytes:
    """A small workbook with one more part."""
    out = io.BytesIO(workbook({"a": sheet([["x"]])}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr(name, data)
    return out.getvalue()


def bomb() -> bytes:
    return packed("xl/more.xml", b" " * (100 * 1024 * 1024))


def lying_bomb() -> bytes:
    """A part that unpacks to more than its size says."""
    data = packed("xl/more.xml", b" " * (8 * 1024 * 1024))
    size = (8 * 1024 * 1024).to_bytes(4, "little")
    return data.replace(size, (16).to_bytes(4, "little"))


def shared_text() -> bytes:
    """Many cells that share one long text: calamine would copy it for each."""
    cell = "".join(f'<c r="{column(at)}1" t="s"><v>0</v></c>' for at in range(256))
    data = io.BytesIO(workbook({"a": f"<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"}))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("xl/sharedStrings.xml", f"<sst><si><t>{'x' * 1024 * 1024}</t></si></sst>")
    return data.getvalue()


def no_workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def broken_xml() -> bytes:
    return workbook({"a": "<worksheet><sheetData><row"})


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (far_cell, "a sheet of t.xlsx has cells beyond what a table may hold: 5000 rows of 256 cells"),
        (far_row_without_places, "a sheet of t.xlsx has cells beyond what a table may hold: 5000 rows of 256 cells"),
        (bomb, "t.xlsx is larger than a table may be: 64 MiB unpacked"),
        (lying_bomb, "t.xlsx is damaged, or has a password: it cannot be unpacked"),
        (shared_text, "a sheet of t.xlsx holds more text than a table may hold"),
        (no_workbook, "t.xlsx is not an XLSX workbook"),
        (broken_xml, "t.xlsx cannot be read as an XLSX workbook"),
    ],
)
def test_a_workbook_that_is_hostile_or_broken_is_refused(made: Callable[[], bytes], said: str) -> None:
    with pytest.raises(OgpcaseError) as refused:
        tables_in(made(), "t.xlsx")
    assert said == refused.value.message


def test_without_the_extra_a_sentence_says_how_to_have_it() -> None:
    """A fresh interpreter in which the module is not there."""
    program = """
import sys
sys.modules["python_calamine"] = None
from ogpcase.editing.importing.tables import tables_in
from ogpcase.errors import BrokenInstallation
try:
    tables_in(sys.stdin.buffer.read(), "t.xlsx")
except BrokenInstallation as stopped:
    print(stopped.message, *stopped.hints, sep="\\n")
"""
    data = workbook({"a": sheet([["x"]])})
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert [
        "to read t.xlsx, which is a workbook, `import` needs python-calamine, which is not installed",
        "install it with the tool: pip install 'ogpcase[xlsx]'",
        "or save the table as `CSV UTF-8` and import that",
    ] == done.stdout.decode().splitlines()
