"""Builds the whole register: which pages there are, case by case, so that no more than one case is held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from ogpcase.errors import CannotRead, Refused
from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.messages import ENGLISH, LANGUAGES, _, language_of, speaking
from ogpcase.output.words import before, in_long
from ogpcase.reports.record.rows import event_record
from ogpcase.reports.shown import Shown
from ogpcase.site.case_pages import case_page, days_page, rows_of
from ogpcase.site.downloads import Downloads, Feeds, Tables, downloads_page
from ogpcase.site.overview_pages import Overviews
from ogpcase.site.pages import DAYS, PAGES, SEARCH, SOURCES, Drawer, Site, of_case, of_event
from ogpcase.site.party_pages import PartyPages
from ogpcase.site.procedure_pages import about_page, procedure_pages
from ogpcase.site.record_pages import event_pages, source_pages
from ogpcase.site.search_index import PAGES_A_FILE, Found, SearchIndex
from ogpcase.store.listing import list_case
from ogpcase.store.load import load_header
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.published import Published, published_in

_FEW_CASES = 8
"""Loaded cases that are kept in memory: the one that is drawn, and those that it refers to."""
Page = tuple[str, bytes]
"""The path of a file below the top of the register, and its bytes."""


@dataclass
class Building:
    """The register of a public copy. `only` are the ids of the cases that it shows; `doing` says what is being made."""

    workspace: Workspace
    site: Site
    only: tuple[str, ...] = ()
    doing: str = field(default="reading the records", init=False)
    _events: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False)
    """The ids of the events of each case, as far as a link led there."""

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """The cases that the register shows, in order."""
        return self.only or self.workspace.case_ids()

    @cached_property
    def published(self) -> Published:
        """When the copy told of a record, as far as that is known."""
        return published_in(self.workspace)

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(self.case_ids)

    def pages(self) -> Iterator[Page]:
        """Yields each file of the register, the overviews last. Raises CannotRead, Refused."""
        self._refuse_names()
        self.workspace.most_cases = _FEW_CASES
        trees = [_Tree(Drawer(self.site, language, self._is_there), self) for language in self.site.trees]
        with Downloads() as downloads:
            for number, case_id in enumerate(self.case_ids, start=1):
                self.doing = f"drawing case {number} of {len(self.case_ids)}"
                case = self._case(case_id)
                for tree in trees:
                    tables = downloads.read if tree is trees[0] else None
                    yield from _spoken(tree, tree.case_pages(case, tables))
            yield from downloads.files(trees[0].reader)
        self.doing = "drawing the overviews"
        for tree in trees:
            yield from _spoken(tree, tree.overviews())
        yield from _assets()

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
        if first in self._shown:
            return self._is_of_case(first, rest)
        if first == "parties" and rest:
            return rest in self.workspace.parties.registry.parties
        return first in PAGES or not first

    def _is_of_case(self, case_id: str, name: str) -> bool:
        """True of a page of a case; of a source, which only pages of its own case lead to, without a look."""
        if case_id not in self._events:
            self._events[case_id] = frozenset(list_case(self.workspace.files, case_id).events)
        return name in {"", DAYS} or name.startswith(f"{SOURCES}/") or name in self._events[case_id]


def trees_for(workspace: Workspace, case_ids: Iterable[str]) -> dict[str, str]:
    """Returns the folders of the languages that the program and a case's header both have; English is at the top."""
    tags: set[str] = set()
    for case_id in case_ids:
        if header := load_header(workspace.files, case_id):
            tags.update(tag or header.language for tag in header.title.by_language)
    spoken = {language_of(tag) for tag in tags} - {ENGLISH}
    return {ENGLISH: "", **{language: f"{language}/" for language in LANGUAGES if language in spoken}}


class _Tree:
    """The pages of one language."""

    def __init__(self, drawer: Drawer, building: Building) -> None:
        self.drawer = drawer
        self.reader = Reader(building.site.day, drawer.language)
        self.published = building.published
        self.parties = PartyPages(drawer, building.workspace.parties.registry)
        self.feeds = Feeds(drawer, building.published)
        self.overview = Overviews(drawer)
        self.search = SearchIndex()

    def case_pages(self, case: CaseFile, take: Callable[[Tables], None] | None) -> Iterator[Page]:
        """Yields the pages of a case, and keeps what the overviews show of it; `take` is given its tables."""
        views = rows_of(case, self.reader)
        if take:
            take(views.tables)
        title = views.timeline.heading.title
        yield case_page(self.drawer, case, views)
        yield days_page(self.drawer, case, self.reader, views, self.published)
        yield from self.feeds.of_case(case, self.reader, views)
        yield from source_pages(self.drawer, case.id, title, views.sources)
        asks = asks_of(case, self.reader.moment)
        self.search.add(Found(of_case(case.id), title, views.timeline.heading.stands), [case.id])
        shown = Shown(case, self.reader)
        for event in case.records:
            record = event_record(case, event, self.reader, asks)
            yield from event_pages(self.drawer, shown, event, record, self.published)
            about = before(f"{_(event.kind.label)}, {in_long(event.date_text)}") + title
            self.search.add(Found(of_event(case.id, event.id), record.title, about), record.words.values())
        self.parties.read(case, self.reader, title)
        self.overview.read(case, self.reader, views)

    def overviews(self) -> Iterator[Page]:
        """Yields the pages over all cases."""
        yield from self.overview.pages(self.reader)
        yield self.feeds.of_all()
        yield from self.parties.pages(self.reader, self.search)
        yield from procedure_pages(self.drawer)
        yield about_page(self.drawer)
        yield downloads_page(self.drawer)
        yield self.drawer.draw("search.html", "search/", SEARCH, pages_a_file=PAGES_A_FILE)
        yield from self.search.files(f"{self.drawer.tree}search/")


def _spoken(tree: _Tree, pages: Iterator[Page]) -> Iterator[Page]:
    """Yields pages, each made in the language of their tree."""
    while True:
        with speaking(tree.drawer.language):
            page = next(pages, None)
        if page is None:
            return
        yield page


def _assets() -> Iterator[Page]:
    for file in sorted(files("ogpcase.site").joinpath("static").iterdir(), key=lambda file: file.name):
        yield f"assets/{file.name}", file.read_bytes()
