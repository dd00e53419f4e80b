"""Every page is valid, every link leads somewhere, and every rebuild gives the same bytes."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urldefrag

import pytest
from justhtml import JustHTML
from tests.test_site.conftest import DAY, ROOT, Pages, built

from ogpcase.cli.read_session import opened
from ogpcase.site import downloads
from ogpcase.site import pages as drawing
from ogpcase.site.building import Building, trees_for
from ogpcase.site.pages import Site


def pages_of(register: Pages) -> dict[str, JustHTML]:
    """The pages of a register by their paths; one that the standard calls wrong raises."""
    return {
        path: JustHTML(data.decode(), strict=True, sanitize=False)
        for path, data in register.items()
        if path.endswith(".html")
    }


def attributes(page: JustHTML, name: str) -> list[str]:
    return [str((each.attrs or {})[name]) for each in page.query(f"[{name}]")]


def led_to(path: str, link: str) -> tuple[str, str]:
    """The file and the anchor that a link on a page leads to."""
    address, anchor = urldefrag(link)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) if address else path
    if not address.endswith("/") and address not in {"", ".", ".."}:
        return target, anchor
    return (posixpath.join(target, "index.html").removeprefix("./") if address else path), anchor


def test_every_page_is_valid_and_every_link_and_anchor_is_there(register: Pages) -> None:
    pages = pages_of(register)
    ids = {path: attributes(page, "id") for path, page in pages.items()}
    assert [] == [path for path, names in ids.items() if len(names) != len(set(names))]
    broken = []
    for path, page in pages.items():
        for link in (*attributes(page, "href"), *attributes(page, "src")):
            if link.startswith(("https://", "http://", "mailto:")):
                continue
            target, anchor = led_to(path, link)
            if target not in register or (anchor and anchor not in ids[target]):
                broken.append((path, link))
    assert [] == broken


def test_who_waits_is_told_which_case_is_drawn() -> None:
    copy = opened(ROOT / "cases", public=True)
    building = Building(copy, Site("Cases", "", DAY, "", trees_for(copy, copy.case_ids())))
    told = list(dict.fromkeys(building.doing for _ in building.pages()))
    count = len(copy.case_ids())
    assert [*(f"drawing case {number} of {count}" for number in range(1, count + 1)), "drawing the overviews"] == told


def test_the_moves_of_a_procedure_are_arcs_beside_its_stages(register: Pages) -> None:
    """They bend to the left, neither leave the drawing nor cross the names of the stages."""
    drawn = 0
    for page in (each.decode() for each in register.values() if b"C" in each and b"<circle" in each):
        (stages,) = set(map(int, re.findall(r'<circle class="[^"]*" cx="(\d+)" cy="\d+" r="7"/>', page))) or {0}
        for path in re.findall(r' d="(M\d+ \d+C[^"]*)"', page):
            start, bent, bent_too, end = (int(x) for x, _ in re.findall(r"(-?\d+) (-?\d+)", path))
            assert 0 <= bent == bent_too < min(start, end) <= max(start, end) < stages
            drawn += 1
    assert drawn


def test_a_long_list_has_several_pages_and_each_row_is_on_one(register: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "ROWS_A_PAGE", 5)
    short = built(ROOT / "cases")
    test_every_page_is_valid_and_every_link_and_anchor_is_there(short)
    for name in ("requests/", "parties/", "es/requests/"):
        (whole,) = [data for path, data in register.items() if path == f"{name}index.html"]
        parts = [short[f"{name}index.html"]]
        while data := short.get(f"{name}pages/{len(parts) + 1}/index.html"):
            parts.append(data)
        shown = [[row.to_text() for row in JustHTML(each.decode()).query("tbody > tr")] for each in (whole, *parts)]
        assert shown[0] == [row for part in shown[1:] for row in part]
        assert [5] * (len(parts) - 1) == [len(part) for part in shown[1:-1]]
        assert b"data-pages" in parts[0]
        assert b"data-pages" not in whole


def test_a_rebuild_gives_the_same_bytes(register: Pages) -> None:
    assert register == built(ROOT / "cases")


def test_no_blank_is_one_that_a_reader_cannot_type(register: Pages) -> None:
    """The records have none either. It would be copied with a text, and not be found by who types a blank."""
    assert [] == [path for path, data in register.items() if "\N{NO-BREAK SPACE}" in data.decode()]


def test_the_feed_of_all_cases_says_that_it_has_not_all(register: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    said = b"<subtitle>The latest 3 entries of all cases; the feed of each case has all of its own.</subtitle>"
    assert b"<subtitle>" not in register["feed.xml"]
    monkeypatch.setattr(downloads, "_MOST", 3)
    short = built(ROOT / "cases")
    assert said in short["feed.xml"]
    assert (3, register["mexico-2018/feed.xml"]) == (short["feed.xml"].count(b"<entry"), short["mexico-2018/feed.xml"])
