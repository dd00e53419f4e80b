"""Says which links of built pages lead nowhere, and what they load from elsewhere: `pages.py FOLDER`.

It exits with 1 if there is any such link, or no page.
"""  # noqa: INP001 - a script beside .ci/run, no package

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}
"""What a browser fetches by itself, and the attribute that says from where."""
FROM_ELSEWHERE = re.compile(r"(?:@import\s*|url\()\s*[\"']?((?:https?:)?//[^\"')\s]+)")


class Read(HTMLParser):
    """A page as a browser sees it: the ids that can be led to, the links, and what is loaded with it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Is called for each tag."""
        told = dict(attrs)
        self.ids |= {value for name in ("id", "name") if (value := told.get(name))}
        address = told.get(LOADED.get(tag, "href" if tag == "a" else ""))
        if address:
            self.links.append(address)
        if address and tag in LOADED:
            self.loaded.append(address)


@cache
def read(path: Path) -> Read:
    """Reads a page once."""
    return Read(path.read_text(encoding="utf-8"))


def faults(folder: Path) -> Iterator[str]:
    """Yields a sentence for each link that leads nowhere, and for each thing that is loaded from elsewhere."""
    for path in sorted(folder.rglob("*.html")):
        page, name = read(path), path.relative_to(folder)
        yield from (f"{name}: loads {each}" for each in page.loaded if urlsplit(each).netloc)
        yield from (f"{name}: {each} leads nowhere" for each in page.links if not leads(path, each))
    for path in sorted(folder.rglob("*.css")):
        found = FROM_ELSEWHERE.findall(path.read_text(encoding="utf-8"))
        yield from (f"{path.relative_to(folder)}: loads {each}" for each in found)


def leads(page: Path, address: str) -> bool:
    """True if an address is another site's, or that of a file here, and of an id in it."""
    scheme, host, path, _, anchor = urlsplit(address)
    if scheme or host:
        return True
    there = page.parent / unquote(path) if path else page
    if not there.is_file():
        return False
    return not anchor or there.suffix != ".html" or unquote(anchor) in read(there.resolve()).ids


def main(folder: Path) -> int:
    """Prints the faults, and how many pages were read; returns 1 if there are any, or no page."""
    found = list(faults(folder.resolve()))
    pages = len(list(folder.rglob("*.html")))
    sys.stdout.write("".join(f"{each}\n" for each in found) + f"{pages} pages read, {len(found)} faults\n")
    return 1 if found or not pages else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
