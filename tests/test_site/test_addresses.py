"""What an address leads to: records, ids that they had, withdrawn records, other languages; and one case alone."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from tests.test_site.conftest import Pages, built

from ogpcase.errors import CannotRead, Refused


def event_of(arcadia: Path) -> Path:
    return next(arcadia.rglob("*resolution*.yaml"))


def add(path: Path, lines: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def test_an_id_that_a_record_had_leads_on(arcadia: Path) -> None:
    path = event_of(arcadia)
    add(path, "aliases: [2024-06-01-resolution-before]\n")
    page = built(arcadia)[f"{path.parent.parent.name}/2024-06-01-resolution-before/index.html"].decode()
    assert f'content="0; url=../../{path.parent.parent.name}/{path.stem}/"' in page
    assert 'name="robots" content="noindex"' in page


def test_a_withdrawn_record_keeps_a_page_that_says_why(mexico: Path) -> None:
    (mexico / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
    path = mexico / "mexico-2018" / "events" / "2017-02-11-report-new-york-times.yaml"
    add(path, "withdrawn: {on: 2026-11-29, because: It was recorded twice}\n")
    pages = built(mexico, "mexico-2018")
    page = pages[f"mexico-2018/{path.stem}/index.html"].decode()
    assert "It was recorded twice" in page
    assert path.stem not in pages["mexico-2018/index.html"].decode()


def test_one_case_alone_leads_to_no_other(mexico: Path) -> None:
    pages = built(mexico, "mexico-2018")
    assert "mexico-2018/index.html" in pages
    assert not [path for path in pages if path.startswith(("mexico-2023", "turkey-2014"))]
    assert 'href="../mexico-2023' not in pages["mexico-2018/index.html"].decode()


def test_a_case_with_the_name_of_a_page_is_refused(arcadia: Path) -> None:
    next(path for path in arcadia.iterdir() if (path / "case.yaml").exists()).rename(arcadia / "about")
    with pytest.raises(Refused, match="cannot be called `about`"):
        built(arcadia)


def test_nothing_is_left_out_that_cannot_be_read(arcadia: Path) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
    event_of(arcadia).write_text("kind: [", encoding="utf-8")
    with pytest.raises(CannotRead, match="cannot be read"):
        built(arcadia)


def test_each_event_has_its_record_and_its_source(register: Pages) -> None:
    record = json.loads(register["mexico-2018/2018-07-16-concern/record.json"])
    assert "mexico-2018/2018-07-16-concern" == record["rows"][0]["reference"]
    page = register["mexico-2018/2018-07-16-concern/index.html"].decode()
    assert 'href="../../mexico-2018/sources/review-report/"' in page


def test_what_an_event_names_is_a_link_within_its_items_and_across_cases(mexico: Path) -> None:
    add(next(mexico.glob("mexico-2023/events/*-concern.yaml")), "cites: [mexico-2018/2018-07-16-concern]\n")
    pages = built(mexico)
    concern, title = "mexico-2018/2018-07-16-concern/", "Letter of Concern on illegal surveillance by the state"
    assert (
        f'<dd><a href="../../{concern}">{title}</a></dd>'
        in pages["mexico-2018/2019-12-12-resolution/index.html"].decode()
    )
    other = next(
        data.decode() for path, data in pages.items() if re.fullmatch(r"mexico-2023/[^/]*-concern/index.html", path)
    )
    assert f'<a href="../../{concern}">{title}</a> <span class="aside">cites</span>' in other
    assert f'in reply to <a href="../{concern}">“{title}”</a>' in pages["mexico-2018/index.html"].decode()


def test_an_address_makes_links_whole(arcadia: Path) -> None:
    pages = built(arcadia, base_url="https://example.org/cases")
    case = next(path for path in pages if re.fullmatch(r"arcadia[^/]*/index.html", path))
    canonical = f"https://example.org/cases/{case.removesuffix('index.html')}"
    assert f'<link rel="canonical" href="{canonical}">' in pages[case].decode()
    assert f'<meta property="og:url" content="{canonical}">' in pages[case].decode()


def test_each_language_has_a_tree_that_leads_to_the_others(register: Pages) -> None:
    page = register["es/mexico-2018/index.html"].decode()
    assert '<html lang="es">' in page
    assert "Vigilancia ilegal" in page
    assert '<link rel="alternate" hreflang="fr" href="../../fr/mexico-2018/">' in page
    assert '<span lang="en">' in page
    assert {path for path in register if path.startswith("mexico-2018/") and path.endswith("html")} == {
        path.removeprefix("es/") for path in register if path.startswith("es/mexico-2018/") and path.endswith("html")
    }


def test_no_page_loads_anything_but_its_own_files(register: Pages) -> None:
    for path, data in register.items():
        if path.endswith(".html"):
            page = unescape(data.decode())
            assert "default-src 'none'" in page
            assert "unsafe" not in page.partition("</head>")[0]
            assert not re.search(r"<(?:img|iframe|object|embed|link rel=\"preconnect)", page)
            assert not re.search(r'<(?:script|link)[^>]*(?:src|rel="stylesheet" href)="(?:https?:)?//', page)
            assert " style=" not in page


def test_the_search_finds_names_without_their_accents(register: Pages) -> None:
    name = "-".join(f"{ord(letter):x}" for letter in "co")
    assert "contraloria" in json.loads(register[f"search/words/{name}.json"])
