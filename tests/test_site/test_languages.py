"""No page, feed, calendar or line of data for programs says a word of English that is in no catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar
from tests.greek import in_greek, speak_greek, write_in_greek
from tests.test_site.conftest import DAY, ROOT, Pages

from ogpcase.cli.read_session import opened
from ogpcase.output.atom import ATOM, XHTML
from ogpcase.site import pages
from ogpcase.site.building import Building
from ogpcase.site.pages import LANGUAGE_NAMES, Site

HERE = Path(__file__).parents[1]
FOLDERS = {"ours": ROOT / "cases", "invented": HERE / "corpus" / "sound" / "invented" / "cases"}
_READ_BY_PEOPLE = ("content", "title", "aria-label", "placeholder", "data-label", "data-words", "data-stage")
_SAID_IN_FEEDS = {f"{{{ATOM}}}{name}" for name in ("title", "name", "category")} | {f"{{{XHTML}}}p", f"{{{XHTML}}}a"}
_NOT_READ = {"viewport", "referrer", "color-scheme", "robots", "og:type"}
_NAMES = {"SHA-256", "CSV", "el", "datapackage.json"}
"""Names that are the same in every language."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_file_says_a_word_of_english_that_is_in_no_catalogue(
    folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    greek = speak_greek(monkeypatch, tmp_path)
    monkeypatch.setattr(pages, "LANGUAGE_NAMES", {**LANGUAGE_NAMES, greek: in_greek("Greek")})
    ids = write_in_greek(FOLDERS[folder], tmp_path / "cases")
    (tmp_path / "cases" / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
    site = Site(in_greek("Cases"), "https://example.org", DAY, "", {greek: ""})
    found: dict[str, dict[str, str]] = {}
    for path, data in Building(opened(tmp_path / "cases", public=True), site).pages():
        for text in _texts(path, data):
            for word in _latin(text):
                if word not in ids | _NAMES:
                    found.setdefault(word, {})[path] = text
    assert {} == found


_BARE_DAY = {
    "es": re.compile(r"\b(?:desde|hasta|entre) \d{1,2} de [a-z]+ de \d{4}"),
    "fr": re.compile(r"(?:\b(?:depuis|entre)|jusqu'à) \d{1,2}(?:er)? [a-zéû]+ \d{4}"),
}
"""Where a word stands before a day of the calendar without the article that it needs."""


@pytest.mark.parametrize("language", _BARE_DAY)
def test_no_page_says_a_day_without_its_article(language: str, register: Pages) -> None:
    pages = {path: data for path, data in register.items() if path.startswith(f"{language}/")}
    said = {path: " ".join(" ".join(_texts(path, data)).split()) for path, data in pages.items()}
    assert [] == [f"{path}: {found}" for path, text in said.items() for found in _BARE_DAY[language].findall(text)]
    assert any(re.search(r"\b(?:desde el|depuis le) \d{1,2} ", text) for text in said.values())


def _texts(path: str, data: bytes) -> Iterator[str]:
    """Yields what people read of a file; tables and records for programs have names of fields and codes alone."""
    name = path.rpartition("/")[2]
    if name.endswith(".html"):
        page = _Read()
        page.feed(data.decode())
        yield from page.texts
    elif name == "feed.xml":
        for element in fromstring(data).iter():
            if element.tag in _SAID_IN_FEEDS:
                yield element.text or element.get("label") or ""
    elif name == "calendar.ics":
        for event in Calendar.from_ical(data).walk("VEVENT"):
            yield from (str(event["summary"]), str(event["description"]))
    elif name == "timeline.json":
        yield from map(unescape, _strings({**json.loads(data), "scale": ""}))
    elif path.startswith("search/pages/"):
        yield from (text for page in json.loads(data) for text in page[1:])


class _Read(HTMLParser):
    """The texts of a page that people read, and the values of its JSON-LD."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = ""
        self._english = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self._english = ("lang", "en") in attrs
        values = dict(attrs)
        if "http-equiv" not in values and not {values.get("name"), values.get("property")} & _NOT_READ:
            self.texts += [values[name] or "" for name in _READ_BY_PEOPLE if name in values]

    def handle_endtag(self, _tag: str) -> None:
        self._inside = ""
        self._english = False

    def handle_data(self, data: str) -> None:
        if self._inside == "script" and data.strip():
            self.texts += _strings(json.loads(data))
        elif self._inside not in {"code", "script"} and not self._english:
            self.texts.append(data)


def _strings(value: object) -> Iterator[str]:
    """Yields the texts of JSON, but for the types of JSON-LD."""
    if isinstance(value, dict):
        for key, each in value.items():
            if not key.startswith("@") and key != "unique_id":
                yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _latin(text: str) -> list[str]:
    """Returns the words of a text that have Latin letters, without commands, options and addresses."""
    bare = re.sub(
        r"\{\w+\}|<[^>]*>|`[^`]*`|--[a-z-]+|(?:https?://|mailto:|\.\./)\S+|\b[a-z.-]+\.org\b|\S+/sources/\S+|\baction-plan-\d+",
        " ",
        text,
    )
    return [word for word in re.findall(r"[\w.-]+", bare) if re.search("[A-Za-z]", word)]
