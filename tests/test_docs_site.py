"""What .ci/pages.py finds in built pages: links that lead nowhere, and what a browser would ask others for."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "pages.py"


def judged(folder: Path, **pages: str) -> tuple[int, list[str]]:
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout.splitlines()


def test_the_menu_of_the_site_lists_every_document() -> None:
    """A new page is put into `PAGES` of docs/conf.py; `make site` would refuse it only later."""
    menu: dict[str, dict[str, list[str]]] = runpy.run_path(str(ROOT / "docs" / "conf.py"))["PAGES"]
    listed = {f"docs/{name}.md" for names in menu["docs/index"].values() for name in names if "/" not in name[:1]}
    written = {str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("**/*.md") if path.parent.name != "checks"}
    assert written - listed == {"docs/index.md"}


def test_pages_whose_links_lead_somewhere_pass(tmp_path: Path) -> None:
    (tmp_path / "kept copy.txt").touch()
    index = '<a href="other.html#here">x</a><a href="https://example.org">y</a><a href="kept%20copy.txt">z</a>'
    assert (0, ["2 pages read, 0 faults"]) == judged(tmp_path, index=index, other='<p id="here">')


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<a href="gone.html">', "index.html: gone.html leads nowhere"),
        ('<a href="#gone">', "index.html: #gone leads nowhere"),
        ('<img src="gone.svg">', "index.html: gone.svg leads nowhere"),
        ('<script src="https://example.org/a.js"></script>', "index.html: loads https://example.org/a.js"),
        ('<link href="//example.org/font.css">', "index.html: loads //example.org/font.css"),
    ],
)
def test_a_fault_is_named_with_its_page(tmp_path: Path, text: str, fault: str) -> None:
    assert (1, [fault, "1 pages read, 1 faults"]) == judged(tmp_path, index=text)


def test_a_style_that_loads_from_elsewhere_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@import url('https://example.org/font.css');", encoding="utf-8")
    assert (1, ["a.css: loads https://example.org/font.css", "1 pages read, 1 faults"]) == judged(tmp_path, index="<p>")


def test_a_site_without_pages_is_no_site(tmp_path: Path) -> None:
    assert judged(tmp_path)[0] == 1
