"""The pages of parties: what each did in each case. Cases are drawn one by one, and their parts kept until the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import compress, decompress

from markupsafe import Markup

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.parties import Party
from ogpcase.output.messages import _
from ogpcase.output.words import before
from ogpcase.reports.parties.rows import Doings, PartyAsk, doings_in
from ogpcase.reports.record.rows import party_record
from ogpcase.reports.shown import Shown
from ogpcase.site import linked_data
from ogpcase.site.pages import Drawer, of_party
from ogpcase.site.search_index import Found, SearchIndex


class InCase(NamedTuple):
    """What is drawn of a party in a case, compressed until its page is made, and how many records name the party."""

    case: str
    title: str
    packed: bytes
    records: int

    @property
    def drawn(self) -> Markup:
        """What is drawn, as it was."""
        return Markup(decompress(self.packed).decode())  # noqa: S704 - a template drew it


class PartyPages:
    """The pages of all parties in one language; each case is given to `read` once."""

    def __init__(self, drawer: Drawer, registry: Registry) -> None:
        self._drawer = drawer
        self._registry = registry
        self._cases: dict[str, list[InCase]] = {}

    def read(self, case: CaseFile, reader: Reader, title: str) -> None:
        """Draws what each party did in a case."""
        subject = case.header.subject if case.header else None
        for doings in doings_in(case, reader):
            is_subject = doings.party == subject
            drawn = self._drawer.fragment(
                "_doings.html", of_party(doings.party), doings=doings, is_subject=is_subject, asked=_asked(doings)
            )
            number = len({deed.reference for deed in (*doings.did, *doings.named)}) + is_subject
            self._cases.setdefault(doings.party, []).append(InCase(case.id, title, compress(drawn.encode(), 1), number))

    def pages(self, reader: Reader, index: SearchIndex) -> Iterator[tuple[str, bytes]]:
        """Yields the page of each party, which the search finds by its names, and the list of all."""
        shown = Shown(assemble("none", None, (), self._registry), reader)
        parts: dict[str, list[str]] = {}
        for party in self._registry.parties.values():
            for membership in party.part_of:
                parts.setdefault(membership.party, []).append(party.id)
        for party in self._registry.parties.values():
            yield self._page(shown, party, parts.get(party.id, []))
            index.add(Found(of_party(party.id), shown.name(party.id), _sort(party)), [party.id, *party.names()])
        sorts = sorted(set(map(_sort, self._registry.parties.values())))
        yield from self._drawer.draw_list("parties.html", "parties/", self._rows(shown), sorts=sorts)

    def _page(self, shown: Shown, party: Party, parts: list[str]) -> tuple[str, bytes]:
        address = of_party(party.id)
        return self._drawer.draw(
            "party.html",
            address,
            id=party.id,
            record=party_record(shown, party),
            cases=[(one.case, one.title, one.drawn) for one in self._cases.get(party.id, ())],
            wholes=[(each.party, shown.belonging(each)) for each in party.part_of],
            own_parts=[(part, shown.name(part)) for part in sorted(parts)],
            links=[link.url for link in party.links],
            linked=linked_data.party(party, shown.name(party.id), self._drawer.url(address)),
        )

    def _rows(self, shown: Shown) -> list[Mapping[str, object]]:
        """Returns the parties, those in most records first."""
        rows = [
            {
                "party": party.id,
                "name": shown.name(party.id),
                "sort": _sort(party),
                "country": party.country,
                "cases": [one.case for one in self._cases.get(party.id, ())],
                "records": sum(one.records for one in self._cases.get(party.id, ())),
            }
            for party in self._registry.parties.values()
        ]
        return sorted(rows, key=lambda row: (-int(str(row["records"])), str(row["party"])))


def _sort(party: Party) -> str:
    """Returns what sort of party it is, in words."""
    sort = _(party.classification.label)
    return f"{before(sort)}{_(party.body.label)}" if party.body else sort


def _asked(doings: Doings) -> list[tuple[str, tuple[PartyAsk, ...], bool]]:
    """Returns what it asked and what was asked of it, under headings; the last value is true where others ask."""
    requests = tuple(ask for ask in doings.left_open if not ask.ask.duty)
    duties = tuple(ask for ask in doings.left_open if ask.ask.duty)
    return [
        (_("What it asked"), doings.asked, False),
        (_("Asked of it, and open"), requests, True),
        (_("What it answered"), doings.answered, True),
        (_("What came back from it, not being asked"), doings.volunteered, True),
        (_("Duties of the policy that no record answers"), duties, True),
    ]
