"""Builds the whole register: which pages there are, case by case, so that no more than one case is held at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

from ogpcase.errors import CannotRead, Refused
from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.reports.cases.rows import ListedCase, listed_case, sorted_cases
from ogpcase.site import linked_data
from ogpcase.site.addresses import PAGES
from ogpcase.site.case_pages import case_page
from ogpcase.site.drawing import Band, strip_of
from ogpcase.site.event_pages import event_pages
from ogpcase.site.pages import FILTER, Drawer, Site
from ogpcase.workspace.opening import Workspace

Page = tuple[str, bytes]
"""The path of a file below the top of the register, and its bytes."""


class RegisterRow(NamedTuple):
    """A case on the front page: what the list has of it, its country, and its strip."""

    listed: ListedCase
    country: str
    bands: tuple[Band, ...]


@dataclass
class Building:
    """The register of a public copy. `only` are the ids of the cases that it shows; `doing` says what is being made."""

    workspace: Workspace
    site: Site
    only: tuple[str, ...] = ()
    doing: str = field(default="reading the records", init=False)

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """The cases that the register shows, in order."""
        return self.only or self.workspace.case_ids()

    def pages(self) -> Iterator[Page]:
        """Yields each file of the register, the front pages last. Raises CannotRead, Refused."""
        self._refuse_names()
        drawers = {language: Drawer(self.site, language, self._is_there) for language in self.site.trees}
        rows: dict[str, list[ListedCase]] = {language: [] for language in drawers}
        for number, case_id in enumerate(self.case_ids, start=1):
            self.doing = f"drawing case {number} of {len(self.case_ids)}"
            case = self._case(case_id)
            for language, drawer in drawers.items():
                reader = Reader(self.site.day, language)
                yield from self._case_pages(drawer, case, reader)
                rows[language].append(listed_case(case, reader))
        self.doing = "drawing the overviews"
        for language, drawer in drawers.items():
            yield self._front(drawer, rows[language])
        yield from _assets()

    def _case_pages(self, drawer: Drawer, case: CaseFile, reader: Reader) -> Iterator[Page]:
        yield case_page(drawer, case, reader)
        asks = asks_of(case, reader.moment)
        for event in case.records:
            yield from event_pages(drawer, case, event, reader, asks)

    def _front(self, drawer: Drawer, listed: list[ListedCase]) -> Page:
        cases = sorted_cases(listed, "stage")
        countries = {case_id: header.country for case_id in self.case_ids if (header := self._case(case_id).header)}
        return drawer.draw(
            "register.html",
            "",
            FILTER,
            cases=[
                {**case._asdict(), "country": countries.get(case.heading.case, ""), "bands": strip_of(case.spans)}
                for case in cases
            ],
            stages=sorted({case.heading.stands for case in cases}),
            countries=sorted(set(countries.values())),
            tracks=sorted({case.heading.track for case in cases}),
            linked=linked_data.register(self.site.title, drawer.url(""), drawer.language),
        )

    def _case(self, case_id: str) -> CaseFile:
        """Returns a case. Raises CannotRead where a record of it cannot be read: a register may leave nothing out."""
        case = self.workspace.case(case_id).casefile
        if case.not_read or case.flawed:
            file = next(iter([*case.not_read, *case.flawed]))
            raise CannotRead(
                f"a record of the case `{case_id}` cannot be read: `{file}`", "`ogpcase validate` says what is wrong"
            )
        return case

    def _refuse_names(self) -> None:
        taken = {*PAGES, *(tree.rstrip("/") for tree in self.site.trees.values())}
        for case_id in self.case_ids:
            if case_id in taken:
                raise Refused(
                    f"a case cannot be called `{case_id}` in the register, which has a page of that name",
                    f"`ogpcase rename {case_id}` gives it another id",
                )

    def _is_there(self, address: str) -> bool:
        """True if the register has a page of this address."""
        first, _, rest = address.strip("/").partition("/")
        if not first or first not in self.case_ids:
            return not first
        return not rest or rest in self.workspace.case(first).casefile.record_by_id


def _assets() -> Iterator[Page]:
    for file in sorted(files("ogpcase.site").joinpath("static").iterdir(), key=lambda file: file.name):
        yield f"assets/{file.name}", file.read_bytes()
