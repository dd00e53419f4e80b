"""What others get of a public copy, feeds and tables, holds nothing that the folder withholds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.test_publishing.folders import bound
from tests.test_publishing.secrets import Secret
from tests.test_publishing.test_canaries import FOLDERS, told

from ogpcase.model.as_of import Reader
from ogpcase.output.atom import atom
from ogpcase.output.columns import table_csv
from ogpcase.reports.due.rows import due_of
from ogpcase.reports.due.tables import due_ics
from ogpcase.reports.feed import entries_of, feed_of, feed_of_cases
from ogpcase.reports.tables import csv_files, sqlite_files, tables_of
from ogpcase.reports.timeline.paragraphs import timelinejs, with_texts
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.published import Published
from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import Records, texts_of

READER = Reader(date(2026, 11, 30))


def made_of(copy: Records) -> dict[str, bytes]:
    """Everything that others get of a copy, by its name."""
    here = Path("public")
    workspace = Workspace(Root(here, "public"), MemoryFiles(texts_of(copy)), here)
    cases = [loaded.casefile for loaded in workspace.all()]
    entries = [entry for case in cases for entry in entries_of(feed_of(case, READER), Published(), "/{}".format)]
    tables = tables_of(cases, READER)
    files = {**csv_files(cases, READER), **sqlite_files(cases, READER)}
    for case in cases:
        timeline = with_texts(timeline_of(case, READER), case, READER)
        files[f"{case.id}.json"] = timelinejs(timeline, READER.on)
    files["due.ics"] = due_ics(due_of(cases, READER, duties=True), READER)
    files["feed.xml"] = atom(feed_of_cases(entries, "Cases", "/feed.xml", "/"))
    files["all.csv"] = "".join(map(table_csv, tables))
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}


def secrets_in(secret: Secret, files: dict[str, bytes]) -> set[str]:
    """The files in which a secret stands."""
    readable = {name: data.decode("utf-8", "replace").encode() for name, data in files.items()}
    return {file for _, file in told(secret, readable)}


@pytest.mark.parametrize("name", ["fields of letter", "items of letter", "whole events", "withdrawn events", "party"])
def test_no_secret_is_in_what_others_get(name: str) -> None:
    made = []
    for word in ("a", "b"):
        secret = Secret(word)
        files = made_of(public_copy(bound(FOLDERS[name](secret))).records)
        assert set() == secrets_in(secret, files)
        made.append(files)
    assert made[0] == made[1]


def test_withheld_days_decide_nothing_that_others_get() -> None:
    """The bounds of a month are days too, so that only the comparison says anything."""
    one, other = (made_of(public_copy(bound(FOLDERS["days"](Secret(word)))).records) for word in ("a", "b"))
    assert one == other


def test_what_others_would_get_of_the_folder_itself_tells() -> None:
    """A test of the tests above."""
    secret = Secret("a")
    files = made_of(bound(FOLDERS["fields of letter"](secret)))
    assert {"feed.xml", "ogpcase.db", "all.csv", "events.csv"} <= secrets_in(secret, files)
