"""What a folder keeps to itself, as terms that its copy may not hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.model.base import Frozen
from ogpcase.model.codelists import Classification
from ogpcase.model.events import Event, SignedBy, Source
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.publication import ABOUT_PUBLICATION
from ogpcase.model.texts import Text
from ogpcase.workspace.publishing.copying import parties_named
from ogpcase.workspace.publishing.records import Records, somebody_in
from ogpcase.workspace.publishing.searching import Term, Words, terms_of_text, words_in

_IDS = frozenset(
    {"id", "source", "party", "for_", "part_of", "case", "country", "language", "languages", "gives", "field"}
)
"""Fields of plain text that are ids or codes, and say nothing in words."""
_OF_SOURCES = ("title", "publisher", "url", "archived_url", "file")
"""Fields of a source that another may share: what a published source says is no secret of a withheld one."""
Said = frozenset[tuple[str, Words]]
"""What published sources say in these fields."""


def secrets_of(folder: Records, copy: Records, never: Iterable[tuple[int, str]]) -> Iterator[Term]:
    """Yields every term that the copy of the folder may not hold; `never` are those that are listed, with lines."""
    named = set(_named_in_secret(folder))
    said = _said_by_sources(copy)
    for number, term in never:
        yield Term(words_in(term), "term", str(number))
    for party in folder.parties.values():
        if party.left_out or (party.id in named and party.id not in copy.parties):
            yield from _of_party(party)
    for case_id, events in folder.events.items():
        header = folder.headers[case_id]
        if header.left_out:
            yield Term(words_in(case_id), "record", case_id)
            yield from _of_value(header.title, case_id, said)
        for event in events.values():
            name = f"{case_id}/{event.id}"
            gone = header.left_out or event.left_out.everything or event.left_out.id_goes
            if gone and event.id not in copy.events.get(case_id, {}):
                yield Term(words_in(event.id), "record", name)
            yield from _of_event(event, name, said, whole=header.left_out)
            yield from _of_hidden(event, folder)


def surnames_of(folder: Records) -> Iterator[Term]:
    """Yields each word of the names of a person under a pseudonym, for somebody to look over.

    Which of them is a surname differs from country to country. Words that are written small, as `de`, are none.
    """
    for party in folder.parties.values():
        if party.left_out and party.classification is Classification.INDIVIDUAL:
            for name in party.names():
                yield from (Term((word,), "surname", party.id) for word in _telling_words(name))


def _of_name(name: str, party: Party) -> Iterator[Term]:
    """Yields a name; of a person also the first word with each other; all of these written as one word too."""
    words = words_in(name)
    several = [words]
    if party.classification is Classification.INDIVIDUAL:
        several += [(words[0], word) for word in _telling_words(name) if word != words[0]]
    for each in several:
        yield Term(each, "name", party.id)
        if len(each) > 1:
            yield Term(("".join(each),), "name", party.id)


def _telling_words(name: str) -> Iterator[str]:
    """Yields the words of a name that tell something, as they are compared; of a name of one word, none."""
    parts = name.split()
    small = name == name.lower()
    if len(words_in(name)) > 1:
        for part in parts:
            if small or part[:1] != part[:1].lower():
                yield from (word for word in words_in(part) if len(word) > 1)


def _of_party(party: Party) -> Iterator[Term]:
    yield Term(words_in(party.id), "id", party.id)
    for name in party.names():
        yield from _of_name(name, party)
    for identifier in party.identifiers:
        yield Term(words_in(identifier.identifier), "name", party.id)
    for link in party.links:
        yield from terms_of_text(link.url, party.id)
        for title in _texts(link.title):
            yield from terms_of_text(title, party.id)


def _of_hidden(event: Event, folder: Records) -> Iterator[Term]:
    """Yields what a paper calls a party under a pseudonym: names as printed, offices, and who signed for it."""
    for each in somebody_in(event):
        party = folder.parties.get((each.party if isinstance(each, NamedParty) else each.for_) or "")
        if party and party.left_out:
            printed = each.as_named if isinstance(each, NamedParty) else each.name
            yield from _of_name(printed, party) if printed else ()
            yield from terms_of_text(each.office, party.id) if each.office else ()


def published_ids(copy: Records) -> dict[str, set[Words]]:
    """Returns the ids that the copy shows anyway, by what a withheld id would be that is part of one."""
    records = {*copy.headers, *(event_id for events in copy.events.values() for event_id in events)}
    return {"id": set(map(words_in, copy.parties)), "record": set(map(words_in, records))}


def allowed_texts(copy: Records) -> list[Words]:
    """Returns texts that the copy says anyway: names of its parties, and titles of its cases."""
    names = [name for party in copy.parties.values() for name in party.names()]
    titles = [text for header in copy.headers.values() for text in header.title.by_language.values()]
    return [words_in(text) for text in (*names, *titles)]


def _named_in_secret(folder: Records) -> Iterator[str]:
    """Yields the ids of the parties that cases and events name where they leave something out."""
    for case_id, events in folder.events.items():
        whole = folder.headers[case_id].left_out
        for record in (folder.headers[case_id], *events.values()):
            if whole or (isinstance(record, Event) and record.left_out.said):
                yield from parties_named(record)


def _said_by_sources(copy: Records) -> Said:
    sources = (each for events in copy.events.values() for event in events.values() for each in event.sources)
    return frozenset(
        (name, words_in(text)) for source in sources for name in _OF_SOURCES for text in _texts(getattr(source, name))
    )


def _texts(value: Text | str | None) -> Iterable[str]:
    if isinstance(value, Text):
        return value.by_language.values()
    return () if value is None else (value,)


def _of_event(event: Event, name: str, said: Said, *, whole: bool) -> Iterator[Term]:
    parts = event.left_out
    for field in type(event).model_fields:
        value = getattr(event, field)
        if field == "id" or field in ABOUT_PUBLICATION:
            continue
        if whole or parts.everything or field in parts.fields:
            yield from _of_value(value, name, said, field)
        elif isinstance(value, tuple):
            for item in value:
                if (field, getattr(item, "id", "")) in parts.items:
                    yield from _of_value(item, name, said, field)


def _of_value(value: object, name: str, said: Said, field: str = "") -> Iterator[Term]:
    """Yields what is looked for of a value: texts, names as printed, and addresses."""
    if isinstance(value, Text):
        for text in value.by_language.values():
            yield from terms_of_text(text, name)
    elif isinstance(value, NamedParty | SignedBy):
        yield from _of_somebody(value, name)
    elif isinstance(value, Source):
        yield from _of_source(value, name, said)
    elif isinstance(value, Frozen):
        for inner in type(value).model_fields:
            yield from _of_value(getattr(value, inner), name, said, inner)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of_value(item, name, said, field)
    elif type(value) is str and field not in _IDS:
        yield from terms_of_text(value, name)


def _of_source(source: Source, name: str, said: Said) -> Iterator[Term]:
    for field in _OF_SOURCES:
        for text in _texts(getattr(source, field)):
            if (field, words_in(text)) not in said:
                yield from terms_of_text(text, name)


def _of_somebody(value: NamedParty | SignedBy, name: str) -> Iterator[Term]:
    """Yields a name as printed, however short, and the words of an office."""
    printed = value.as_named if isinstance(value, NamedParty) else value.name
    if printed:
        yield Term(words_in(printed), "name", name)
    if value.office:
        yield from terms_of_text(value.office, name)
