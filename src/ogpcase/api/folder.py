"""A case folder as a Python program sees it: opened for one reader and one day, read case by case."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

from ogpcase.api.rows import CaseRow, DurationRow, EventRow, FindingRow, MoveRow, Problem, RequestRow, SourceRow
from ogpcase.api.table import Table, problem_of
from ogpcase.diagnostics.visible_text import visible
from ogpcase.errors import Misused, NotPublished, NotRead
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, file_of_party
from ogpcase.model.texts import LANGUAGE
from ogpcase.reports.stats.rows import course_of_case, durations_in, durations_over
from ogpcase.reports.tables import EXPORTED, Made, TableName, in_order
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import SOME_PARTIES, Workspace, files_not_read, folder_to_read, number_left_out
from ogpcase.workspace.publishing.making import make_copy, workspace_of

_LONGEST = 80
"""Characters of a text that are told."""
_FEW_CASES = 2
"""Loaded cases that are kept in memory: the one in use, and one that it refers to."""


def open(  # noqa: A001, PLR0913 - it is called `ogpcase.open`; an argument for each way to read
    path: str | PathLike[str] | None = None,
    *,
    as_of: date | str | None = None,
    known_by: date | str | None = None,
    lang: str | None = None,
    public: bool = False,
    incomplete: bool = False,
) -> Folder:
    """Opens a case folder to be read; nothing is written or printed.

    Args:
        path: The case folder or its parent; default: the nearest `cases` folder from the current one upwards.
        as_of: The day for which everything holds, as a date or `YYYY-MM-DD`; default: `known_by`, else today.
        known_by: If given, only what an outsider could know that day is there.
        lang: The language of the texts to show, where they have it, as a BCP 47 tag; default: the case's own.
        public: True to read the public copy that would be made of the folder; the copy is made in memory, whole.
        incomplete: True to read what can be read of a folder with records that cannot: see `Folder.not_read`.

    Raises:
        NoCasesHere: There is no case folder.
        CannotRead: It cannot be read from the disk, or nobody knows the format of its records.
        NotPublished: No public copy can be made of it.
        Misused: An argument is not what it takes: a path, a day, a language, True or False.
    """
    known, today = _day_given("known_by", known_by), datetime.now().astimezone().date()
    reader = Reader(_day_given("as_of", as_of) or known or today, _language_given(lang), known)
    copying = partial(_public_copy, today=today) if _choice_given("public", public) else None
    partly, root = _choice_given("incomplete", incomplete), _path_given(path)
    return Folder(Reading(folder_to_read(root, copying), reader, incomplete=partly))


def _public_copy(workspace: Workspace, today: date) -> Workspace:
    try:
        return workspace_of(workspace, make_copy(workspace, today))
    except NotPublished as refused:
        raise NotPublished(tuple(map(problem_of, refused.reasons))) from None


class Reading:
    """An opened folder, the reader, and whether a folder that cannot be read as a whole is read in part."""

    def __init__(self, workspace: Workspace, reader: Reader, *, incomplete: bool) -> None:
        workspace.known_by = reader.known_by
        workspace.most_cases, workspace.most_parties = _FEW_CASES, SOME_PARTIES
        self.workspace = workspace
        self.reader = reader
        self.incomplete = incomplete

    def case_ids(self) -> tuple[str, ...]:
        """Returns the ids of the cases, in order. Raises NotRead."""
        self._refuse(dict.fromkeys(self.workspace.listing.not_read, True))
        return self.workspace.case_ids()

    def case(self, case_id: str) -> CaseFile:
        """Returns a case. Raises UnknownCase, CannotRead, NotRead."""
        case = self.workspace.case(case_id).casefile
        self._refuse(files_not_read(case))
        return case

    def rows(self, table: TableName, case_ids: Iterable[str], made: Callable[[Any], Made]) -> Iterator[Made]:
        """Returns what is made of each row of a table, of which one case at a time is in memory. Raises NotRead."""
        return in_order(table, (row for case_id in case_ids for row in self._rows(table, case_id)), made)

    def durations(self, case_ids: Iterable[str], made: Callable[[Any], Made], *, one: bool) -> Iterator[Made]:
        """Yields what is made of the figures over cases, then of those of each; only these of `one`. Raises NotRead."""
        courses = [course for case_id in case_ids if (course := course_of_case(self.case(case_id), self.reader))]
        self._refuse(self.workspace.parties_not_read())
        over_cases = () if one else durations_over(courses)
        yield from map(made, chain(over_cases, chain.from_iterable(map(durations_in, courses))))

    def not_read(self) -> dict[str, bool]:
        """Returns the paths of all files that may be records and cannot be read; false for those read in part."""
        files = dict.fromkeys(self.workspace.not_read(), True)
        for case_id in self.workspace.case_ids():
            files |= files_not_read(self.workspace.case(case_id).casefile)
        flawed = self.workspace.parties.registry.flawed
        return self.shown(files | {file_of_party(party): False for party in sorted(flawed)})

    def shown(self, files: Mapping[str, bool]) -> dict[str, bool]:
        """Returns files by their paths from the current folder."""
        return {self.workspace.root.shown_path(file): whole for file, whole in files.items()}

    def _rows(self, table: TableName, case_id: str) -> Sequence[Any]:
        rows = tuple(EXPORTED[table].rows(self.case(case_id), self.reader))
        self._refuse(self.workspace.parties_not_read())  # parties are read when something asks for them
        return rows

    def _refuse(self, files: Mapping[str, bool]) -> None:
        if files and not self.incomplete:
            raise NotRead(
                self.shown(files),
                "`ogpcase validate`, or `problems` of the folder, says what is wrong",
                "open the folder with `incomplete=True` for what can be read",
            )


class Tables:
    """The tables over one case or all; each is computed when its rows are iterated."""

    def __init__(self, reading: Reading, case: CaseFile | None = None) -> None:
        self._reading = reading
        self._only = case

    @property
    def events(self) -> Table[EventRow]:
        """A row for each event, in the order of its case."""
        return self._over_cases("events")

    @property
    def requests(self) -> Table[RequestRow]:
        """What was asked and what came back: a row for each request to a party, the longest open first."""
        return self._over_cases("requests")

    @property
    def findings(self) -> Table[FindingRow]:
        """What was alleged, replied and found: a row for each finding on each allegation."""
        return self._over_cases("findings")

    @property
    def moves(self) -> Table[MoveRow]:
        """A row for each stage that an event leads to, in the order of its case."""
        return self._over_cases("moves")

    @property
    def sources(self) -> Table[SourceRow]:
        """A row for each text that facts were read in, first those on which most events rest."""
        return self._over_cases("sources")

    @property
    def durations(self) -> Table[DurationRow]:
        """Days between stages, in stages and in all; of a folder also the figures over all cases of a track."""
        return Table("durations", lambda made: self._reading.durations(self._ids(), made, one=self._only is not None))

    def _over_cases(self, name: TableName) -> Table[Any]:
        return Table(name, lambda made: self._reading.rows(name, self._ids(), made))

    def _ids(self) -> tuple[str, ...]:
        return self._reading.case_ids() if self._only is None else (self._only.id,)


class Folder(Tables):
    """A case folder, opened by `ogpcase.open`; iterating it reads case after case, and keeps none.

    Its tables are over all cases, and made case by case; only `requests`, in one order over all cases, have all their
    rows in memory at once. What depends on a record that cannot be read raises NotRead, unless the folder was opened
    `incomplete`.
    """

    def __repr__(self) -> str:
        return f"<ogpcase folder {self._reading.workspace.root.shown}, as of {self.as_of}>"

    @property
    def path(self) -> Path:
        """The path of the folder."""
        return self._reading.workspace.root.path

    @property
    def as_of(self) -> date:
        """The day for which everything holds."""
        return self._reading.reader.on

    @property
    def known_by(self) -> date | None:
        """The day by which an outsider had to know what is there; None where that does not matter."""
        return self._reading.reader.known_by

    @property
    def lang(self) -> str | None:
        """The language of texts; None for that of each case."""
        return self._reading.reader.language

    @property
    def public(self) -> bool:
        """True of a public copy: one that was asked for, or a folder that is one."""
        return self._reading.workspace.settings.public_copy

    @property
    def case_ids(self) -> tuple[str, ...]:
        """The ids of the cases, in order. Raises NotRead."""
        return self._reading.case_ids()

    def __iter__(self) -> Iterator[Case]:
        """Yields the cases in the order of their ids. Raises NotRead."""
        return map(self.case, self.case_ids)

    def case(self, case_id: str) -> Case:
        """Returns the case with this id. Raises UnknownCase, CannotRead, NotRead, Misused."""
        return Case(self._reading, self._reading.case(_id_given(case_id)))

    @property
    def cases(self) -> Table[CaseRow]:
        """Where each case stands: a row for each."""
        return self._over_cases("cases")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What `ogpcase validate` reports of the whole folder on the day `as_of`, in order of the places."""
        return tuple(map(problem_of, judge(self._reading.workspace, (), self.as_of).diagnostics))

    @property
    def not_read(self) -> Mapping[str, bool]:
        """The paths of all files that may be records and cannot be read; false for those that are read in part.

        Reads the whole folder, and raises no NotRead.
        """
        return self._reading.not_read()


class Case(Tables):
    """A case of a folder. While a program has it, its records are in memory."""

    def __init__(self, reading: Reading, case: CaseFile) -> None:
        super().__init__(reading, case)
        self._case = case

    def __repr__(self) -> str:
        return f"<ogpcase case {self.id}, as of {self._reading.reader.on}>"

    @property
    def id(self) -> str:
        """The case's id, as `mexico-2018`."""
        return self._case.id

    @property
    def summary(self) -> CaseRow:
        """Where the case stands. Raises NotRead."""
        (row,) = self._over_cases("cases")
        made: CaseRow = row
        return made

    @property
    def withholds(self) -> int:
        """How many things of the case and its parties a public copy leaves out; 0 in a public copy."""
        return number_left_out(self._reading.workspace, [self._case])

    @property
    def not_read(self) -> Mapping[str, bool]:
        """The paths of the case's own files that cannot be read; false for those that are read in part."""
        return self._reading.shown(files_not_read(self._case))


def _path_given(given: object) -> Path | None:
    """Returns the path of a folder. Raises Misused: no folder of any system can have it."""
    if given is None:
        return None
    try:
        path = os.fspath(given)  # type: ignore[call-overload]  # this is what finds out
        named = isinstance(path, str) and b"\0" not in os.fsencode(path)
    except (TypeError, UnicodeEncodeError):
        named = False
    if not named:
        raise _refused("path", "the path of a folder", given, "give a text or a `pathlib.Path`")
    return Path(path)


def _day_given(name: str, given: object) -> date | None:
    if given is None:
        return None
    try:
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        day = date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:  # also of a date that stands for none, as pandas has it
        day = None
    if day is None or day.isoformat() != given:
        raise _refused(name, "a day", given, "give a date, or YYYY-MM-DD as 2018-07-16")
    return day


def _language_given(given: object) -> str | None:
    if given is None or (isinstance(given, str) and LANGUAGE.fullmatch(given)):
        return given
    raise _refused("lang", "a BCP 47 tag", given, "give one, as `es` or `es-MX`")


def _id_given(given: object) -> str:
    if isinstance(given, str):
        return given
    raise _refused("case", "the id of a case", given, "give one, as `mexico-2018`")


def _choice_given(name: str, given: object) -> bool:
    """Returns a yes or no. Raises Misused: a text as `no` would count as yes."""
    if isinstance(given, bool):
        return given
    raise _refused(name, "True or False", given)


def _refused(name: str, kind: str, given: object, *hints: str) -> Misused:
    what = f"a value of the type `{type(given).__name__}`"
    if isinstance(given, str):
        what = f"`{visible(given[:_LONGEST])}{'…' * (len(given) > _LONGEST)}`"
    return Misused(f"{name} takes {kind}: {what} is not one", *hints)
