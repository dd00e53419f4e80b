"""CSV: read back cell by cell as RFC 4180 has it, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, Table, Type, cell, flat, table_csv
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.tables import COLUMNS, TIMELINE
from ogpcase.workspace.opening import Workspace

LATER = Reader(date(2026, 11, 22))
MEXICO = Workspace.open(Path(__file__).parents[1] / "cases").case("mexico-2018").casefile
ANY: Columns[tuple[str, str]] = (
    Column("one", "", value=itemgetter(0)),
    Column("two", "", Type.TEXTS, lambda row: [row[1]]),
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "=1+1",
                "+cmd",
                "-2",
                "@SUM(A1)",
                "\t=1",
                "\uff1d1",
                "\r\n",
                '"',
                ",",
                ";",
                "字",
                "\x00",
                "\ud800",
                "\u2028",
            ]
        ),
        max_size=5,
    ).map("".join),
)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_a_table_is_read_back_cell_by_cell_and_no_cell_is_a_formula(rows: list[tuple[str, str]]) -> None:
    """As RFC 4180 has it: CRLF at each line's end, quotes doubled, no break within a cell."""
    text = table_csv(Table("any", ANY, rows))
    text.encode()
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [["one", "two"], *([cell(one), cell([two])] for one, two in rows)] == read
    assert text.count("\r\n") == len(rows) + 1 == text.count("\n") == text.count("\r")
    assert not any(
        each.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
        for row in read
        for each in row
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "true"), (False, "false"), (39, "39"), ("a", "a"), (["a", "b"], "a; b"), ("=1", "'=1"),
     (["-2"], "'-2"), ("a\r\nb", "a  b"), ([], "")],
)  # fmt: skip
def test_a_value_as_a_cell(value: object, expected: str) -> None:
    assert expected == cell(value)


def test_the_mexico_case_as_csv() -> None:
    text = table_csv(TIMELINE.table(timeline_of(MEXICO, LATER)))
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert len(MEXICO.events) == len(rows)
    assert [column.name for column in flat(COLUMNS)] == list(rows[0])
    by_event = {row["event"]: row for row in rows}
    notice, letter = by_event["2018-08-24-letter-initial-review"], by_event["2017-02-16-letter-core-group"]
    assert ("under_review", "39", "39", "true") == (
        notice["stage"], notice["fewest_days_since_previous"], notice["most_days_since_previous"], notice["certain"],
    )  # fmt: skip
    assert "investigation: Tripartite Technical Secretariat of Mexico silent (" in letter["requests"]
