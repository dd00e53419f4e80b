"""What a page says to programs in the words of schema.org: events, organisations, works. Nobody is rated.

Only what records state is said: a date only where it is exact, a place only where it is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event
from ogpcase.model.parties import UNKNOWN, Party
from ogpcase.reports.heading.rows import Heading
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import SourceRow

Linked = dict[str, object]
_CONTEXT = "https://schema.org"
_EXACT = re.compile(r"\d{4}(-\d{2}){0,2}")
_PAPERS = frozenset({Kind.CONCERN, Kind.LETTER, Kind.STATEMENT, Kind.REPORT, Kind.RESOLUTION, Kind.COMMITMENT})
"""Kinds of events that are papers; the others happened."""
_KINDS_OF_PARTIES: Mapping[str, str] = {"government": "GovernmentOrganization", "individual": "Person"}


def register(title: str, url: str, language: str) -> Linked:
    """Returns what the register is."""
    return _known({"@type": "CreativeWork", "name": title, "url": url, "inLanguage": language})


def case(heading: Heading, url: str, language: str) -> Linked:
    """Returns what a case is: a work about its subject."""
    about = {"@type": "Organization", "name": heading.subject} if heading.subject_id else None
    return _known({
        "@type": "CreativeWork",
        "name": heading.title,
        "identifier": heading.case,
        "url": url,
        "inLanguage": language,
        "about": about,
        "dateCreated": _exact(heading.filed),
    })  # fmt: skip


def event(shown: Shown, event: Event, url: str) -> Linked:
    """Returns what an event is: a work with its authors, or something that happened."""
    is_paper = event.kind in _PAPERS
    actors = [{"@type": "Organization", "name": name} for name in shown.names(event.actors) if name != UNKNOWN]
    sources = [source.url for source in shown.case.sources_of(event) if source.url]
    return _known({
        "@type": "CreativeWork" if is_paper else "Event",
        "name": shown.text(event.title),
        "identifier": f"{shown.case.id}/{event.id}",
        "url": url,
        "datePublished" if is_paper else "startDate": _exact(event.dated.text),
        "author" if is_paper else "organizer": actors,
        "citation" if is_paper else "subjectOf": sources,
    })  # fmt: skip


def party(party: Party, name: str, url: str) -> Linked:
    """Returns what a party is: a person, or an organisation."""
    return _known({
        "@type": _KINDS_OF_PARTIES.get(str(party.classification), "Organization"),
        "name": name,
        "identifier": party.id,
        "url": url,
        "alternateName": list(party.names())[1:],
        "sameAs": [link.url for link in party.links],
    })  # fmt: skip


def source(row: SourceRow, url: str) -> Linked:
    """Returns what a source is: a work with its publisher."""
    text = row.text
    return _known({
        "@type": "CreativeWork",
        "name": row.called,
        "identifier": row.reference,
        "url": url,
        "sameAs": text.url,
        "publisher": {"@type": "Organization", "name": text.publisher} if text.publisher else None,
        "datePublished": _exact(text.published.text if text.published else None),
        "inLanguage": text.language,
    })  # fmt: skip


def _exact(date: str | None) -> str | None:
    return date if date and _EXACT.fullmatch(date) else None


def _known(values: Linked) -> Linked:
    return {"@context": _CONTEXT} | {name: value for name, value in values.items() if value}
