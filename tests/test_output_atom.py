"""Feeds of cases, read back by feedparser: what happened, and what did not, under names that last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.events import Event
from ogpcase.output.atom import Entry, Feed, Paragraph, atom, permanent_name
from ogpcase.output.messages import speaking
from ogpcase.reports.feed import entries_of, feed_of, feed_of_cases
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.published import Published

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
DAY = date(2026, 11, 30)
HOSTILE = "]]><script>alert(1)</script> & \x07\u202eevil\u2066 ##[group] =1+1\nSecond line"


@dataclass(frozen=True)
class Told(Published):
    """A copy that knows one event: told on one day, changed on another."""

    event: str = ""

    def since(self, case_id: str, event: Event) -> date | None:
        return date(2026, 11, 1) if event.id == self.event else super().since(case_id, event)

    def changed(self, case_id: str, event: Event) -> date | None:
        return date(2026, 11, 3) if event.id == self.event else super().changed(case_id, event)


def address(reference: str) -> str:
    return f"https://register.example/{reference}"


def feed(root: Path, *case_ids: str, event: str = "", day: date = DAY, language: str | None = None) -> bytes:
    workspace = Workspace.open(root)
    entries = [
        entry
        for case_id in case_ids or workspace.case_ids()
        for entry in entries_of(
            feed_of(workspace.case(case_id).casefile, Reader(day, language)), Told(event=event), address
        )
    ]
    return atom(feed_of_cases(entries, "Cases", address("feed.xml"), address(""), *case_ids[:1]))


def test_a_feed_has_an_entry_for_each_event_of_a_case(mexico: Path) -> None:
    read = feedparser.parse(feed(mexico, "mexico-2018"))
    assert not read.bozo
    assert ("atom10", "Cases", "https://register.example/feed.xml") == (
        read.version,
        read.feed.title,
        next(link.href for link in read.feed.links if link.rel == "self"),
    )
    events = Workspace.open(mexico).case("mexico-2018").casefile.events
    assert {address(f"mexico-2018/{event.id}") for event in events} <= {entry.link for entry in read.entries}
    assert len({entry.id for entry in read.entries}) == len(read.entries) >= len(events)
    assert all(entry.id.startswith("urn:uuid:") for entry in read.entries)
    assert sorted((entry.updated for entry in read.entries), reverse=True) == [entry.updated for entry in read.entries]


def test_an_entry_has_the_whole_text_and_its_sources(mexico: Path) -> None:
    name = "2019-12-12-resolution"
    (entry,) = [each for each in feedparser.parse(feed(mexico, event=name)).entries if each.link.endswith(name)]
    (content,) = entry.content
    assert "application/xhtml+xml" == content.type
    event = Workspace.open(mexico).case("mexico-2018").casefile.event_by_id[name]
    case = Workspace.open(mexico).case("mexico-2018").casefile
    assert event.summary is not None
    for words in (event.summary.chosen("en", None)[0], "III.B.9"):
        assert words in content.value.replace("&amp;", "&")
    for source in case.sources_of(event):
        assert source.url is None or f'href="{source.url}"' in content.value
    assert ("2026-11-03T00:00:00Z", "2026-11-01T00:00:00Z") == (entry.updated, entry.published)
    assert [("mexico-2018", "Illegal surveillance of civil society in Mexico")] == [
        (tag.term, tag.label) for tag in entry.tags
    ]


def test_what_did_not_happen_is_told_without_accusing() -> None:
    entries = feedparser.parse(feed(INVENTED)).entries
    passed = [entry for entry in entries if "a term passed and no answer is recorded" in entry.title]
    assert len(passed) > 3
    for entry in passed:
        assert "It does not say that nothing was done." in entry.content[0].value
        for word in ("fail", "ignored", "refused", "violat", "late"):
            assert word not in entry.title.lower()


def test_the_words_between_the_texts_are_in_the_language_spoken() -> None:
    with speaking("es"):
        said = feed(INVENTED).decode()
    assert "venció un plazo y no hay respuesta registrada" in said
    assert "a term passed" not in said


@pytest.mark.parametrize("due", ["    due: 2023-03-01\n", ""])
def test_a_search_in_vain_is_told_with_its_day(arcadia: Path, due: str) -> None:
    events = arcadia / "arcadia-2023" / "events"
    ask = events / "2023-02-01-letter-ask.yaml"
    ask.write_text(ask.read_text("utf-8").replace("    due: 2023-03-01\n", due), "utf-8")
    search = (
        "kind: development\ncontext: true\ntitle: A search\ndated: 2024-02-01\nsources: [{id: s, title: S}]\nanswers:\n"
        "- {request: 2023-02-01-letter-ask#publish-contracts, answer: unknown, of: [government-of-arcadia]}\n"
    )
    (events / "2024-02-01-development.yaml").write_text(search, "utf-8")
    what = "a term passed and no answer is recorded" if due else "no answer was found"
    (entry,) = [each for each in feedparser.parse(feed(arcadia)).entries if what in each.title]
    said = entry.content[0].value
    assert "2024-02-01T00:00:00Z" == entry.updated
    assert "Last looked for on 1 February 2024: no answer was found." in said
    assert bool(due) is ("The last day was 1 March 2023." in said)


def test_a_term_is_told_of_from_the_day_after_it_on() -> None:
    passed = [entry for entry in feedparser.parse(feed(INVENTED)).entries if "a term passed" in entry.title]
    first = passed[-1]
    day = date.fromisoformat(first.updated[:10])
    for on, there in ((day, True), (date.fromordinal(day.toordinal() - 1), False)):
        titles = [entry.id for entry in feedparser.parse(feed(INVENTED, day=on)).entries]
        assert there is (first.id in titles)


def test_the_same_entries_give_the_same_bytes_on_every_day(mexico: Path) -> None:
    assert feed(mexico) == feed(mexico)
    assert feed(mexico, day=date(2026, 11, 29)) == feed(mexico, day=DAY)  # no days are counted in it


def test_a_name_outlasts_a_renaming_and_a_correction(mexico: Path, ogpcase: Run) -> None:
    """A reader is not told of a thing again because its id or its title changed."""
    before = {entry.link: entry.id for entry in feedparser.parse(feed(mexico)).entries}
    name = "mexico-2018/2018-11-30-letter-government-response"
    assert 0 == ogpcase("set", name, "title", "The government answers").returncode
    assert 0 == ogpcase("rename", name, "2018-11-30-letter-answer").returncode
    after = {entry.link: entry.id for entry in feedparser.parse(feed(mexico)).entries}
    assert before[address(name)] == after[address("mexico-2018/2018-11-30-letter-answer")]
    assert set(before.values()) == set(after.values())


def test_texts_are_in_the_language_asked_for_and_say_so(mexico: Path) -> None:
    root = ET.fromstring(feed(mexico, "mexico-2018", language="es"))
    tags = {entry.get("{http://www.w3.org/XML/1998/namespace}lang") for entry in root if entry.tag.endswith("entry")}
    assert {"es"} <= tags <= {"es", "en", None}


@pytest.mark.parametrize("data", [HOSTILE, "\ud7ff\ufffe\uffff\x00\x1b[31m", "</div></content></entry><entry>"])
def test_hostile_text_stays_text(data: str) -> None:
    entry = Entry(
        identity=("case", "event"),
        title=data,
        updated=DAY,
        published=None,
        happened=DAY,
        address="https://register.example/case/event",
        about=("case", data),
        language="en",
        paragraphs=(
            Paragraph(data),
            Paragraph.leading_to(data, 'https://example.org/?a=1&b="><script>'),
            Paragraph.leading_to(data, "javascript:alert(1)"),
        ),
    )
    written = atom(Feed(("feed",), data, data, address(""), address(""), (entry,)))
    root = ET.fromstring(written)
    assert 1 == sum(element.tag.endswith("}entry") for element in root.iter())
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert ['https://example.org/?a=1&b="><script>'] == [
        element.get("href") for element in root.iter() if element.tag.endswith("}a")
    ]
    for sign in ("\x07", "\x1b", "\u202e", "\u2066", "##[", "]]>"):
        assert sign not in written.decode()
    assert not feedparser.parse(written).bozo


def test_an_empty_feed_is_a_feed() -> None:
    read = feedparser.parse(atom(feed_of_cases([], "Cases", address("feed.xml"), address(""))))
    assert (False, []) == (read.bozo, read.entries)
    assert "1970-01-01T00:00:00Z" == read.feed.updated


def test_a_permanent_name_is_made_of_ids_alone() -> None:
    assert "urn:uuid:" == permanent_name("a", "b")[:9]
    assert permanent_name("a", "b") == permanent_name("a", "b") != permanent_name("ab")
