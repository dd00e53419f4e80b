"""Searches the bytes of a copy for everything that the folder withholds, in case a text repeats it.

Texts are compared as words, without case and accents, and with decoded percent signs and entities: `José_Pérez`,
`jose%20perez` and `Jos&eacute; P&eacute;rez` are the same two words.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from ogpcase.diagnostics import FileId
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import file_of_source
from ogpcase.model.codelists import Classification
from ogpcase.model.events import Event
from ogpcase.model.items import SignedBy
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.publication import ABOUT_PUBLICATION
from ogpcase.model.sources import Citation
from ogpcase.model.texts import Text
from ogpcase.workspace.publishing.copying import parties_named
from ogpcase.workspace.publishing.records import Records, namings_in

RUN = 5
"""A copy may not contain this many words of a withheld text in a row."""
SHORTEST_TEXT = 12
"""A withheld text of this many characters is searched for as a whole."""
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Tibetan, Myanmar, Khmer
    "\u1100-\u11ff"  # Hangul, taken apart
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Kana, Han
)
"""Scripts without blanks between words, or with endings joined to names: each letter counts as a word."""
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(rf"\\(?:u\{{({_HEX}{{1,6}})\}}|u({_HEX}{{4}})|U({_HEX}{{8}})|x({_HEX}{{2}})|[abefnrtvLNP_ ])")
_LINE_END_IN_WORD = re.compile("[-=\u00ad\u2010][ \t]*\r?\n[ \t]*")
_TAG = re.compile("<[^<>]*>")
_QUOTED_PRINTABLE = re.compile("=([0-9A-F]{2})")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters without a removable accent that are often written plainly."""
_TATWEEL = "\u0640"
"""Stretches an Arabic word and has no meaning."""
_IDS = frozenset({
    "id", "source", "sources", "paper", "told_by", "party", "for_", "part_of", "case", "country", "language",
    "languages", "gives", "field",
})  # fmt: skip
"""Fields whose plain text is an id or a code."""
_OF_SOURCES = ("title", "publisher", "url", "archived_url", "file")
"""Fields that two sources may share: what a published source says is not secret."""
Words = tuple[str, ...]
PublishedIds = Mapping[str, Iterable[Words]]
"""Published ids by type, `id` of parties or `record`: a term of that type inside a longer one does not count."""
SourceWords = frozenset[tuple[str, Words]]
"""Field and words of published sources."""
_NO_IDS: PublishedIds = MappingProxyType({})


class Term(NamedTuple):
    """Words that a copy may not contain, their type (`name`, `id`, `text`, `run`, `term`), and their record."""

    words: Words
    what: str
    of: str


class Hit(NamedTuple):
    """A term found in a file of the copy."""

    file: FileId
    term: Term


def words_in(text: str) -> Words:
    """Returns the words of a text, ready to compare."""
    plain = unicodedata.normalize("NFKD", unquote(unescape(unquote(text))).upper().casefold())
    letters = "".join(character for character in plain if not _is_ignored(character))
    return tuple(_WORD.findall(letters.upper().casefold().translate(_PLAIN)))


@lru_cache(maxsize=4096)
def _is_ignored(character: str) -> bool:
    """True for accents, and for characters that are invisible inside a word, such as a soft hyphen or a joiner."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf" or character == _TATWEEL


def readings(text: str) -> Iterator[str]:
    """Yields a text as it is, and as a viewer may show it: without escapes, broken words and tags."""
    plain = _QUOTED_PRINTABLE.sub(r"%\1", _LINE_END_IN_WORD.sub("", _ESCAPE.sub(_meant, unescape(text))))
    yield from dict.fromkeys((text, plain, _TAG.sub(" ", plain), _TAG.sub("", plain)))


def _meant(escape: re.Match[str]) -> str:
    code = int(next(filter(None, escape.groups()), "20"), 16)
    return chr(code) if code <= sys.maxunicode else " "


def terms_of_text(text: str, of: str) -> Iterator[Term]:
    """Yields a withheld text from 12 characters, and each five words (or twelve one-letter words) in a row."""
    words = words_in(text)
    if words and len(text.strip()) >= SHORTEST_TEXT:
        yield Term(words, "text", of)
    for start in range(len(words) - RUN + 1):
        run = words[start : start + RUN]
        if all(len(word) == 1 for word in run):
            run = words[start : start + SHORTEST_TEXT]
            if len(run) < SHORTEST_TEXT:
                continue
        yield Term(run, "run", of)


class Search:
    """A search for terms, by their first words."""

    def __init__(self, terms: Iterable[Term], allowed: Iterable[Words] = (), ids: PublishedIds = _NO_IDS) -> None:
        """`allowed` are public texts: a text or a run of words inside one of them does not count."""
        known = tuple(allowed)
        self._ids = {what: tuple(names) for what, names in ids.items()}
        self._longer: dict[Term, tuple[tuple[int, Words], ...]] = {}
        self._by_first: dict[str, list[Term]] = {}
        for term in dict.fromkeys(terms):
            is_known = term.what in {"run", "text"} and any(_where_in(term.words, known))
            if term.words and not is_known:
                self._by_first.setdefault(term.words[0], []).append(term)

    def hits(self, file: FileId, text: str) -> Iterator[Hit]:
        """Yields each term in a file's text or name, once."""
        terms: dict[Term, None] = {}
        for reading in (*readings(file), *readings(text)):
            terms |= dict.fromkeys(self.among(words_in(reading)))
        yield from (Hit(file, term) for term in terms)

    def finds(self, text: str) -> bool:
        """True if the text contains one of the terms."""
        return any(next(self.among(words_in(reading)), None) is not None for reading in readings(text))

    def among(self, words: Words) -> Iterator[Term]:
        """Yields the terms in a row of words."""
        for position, word in enumerate(words):
            for term in self._by_first.get(word, ()):
                matches = words[position : position + len(term.words)] == term.words
                if matches and not self._is_in_a_longer_id(term, words, position):
                    yield term

    def _is_in_a_longer_id(self, term: Term, words: Words, position: int) -> bool:
        """True for an id that is only part of a longer published id."""
        if term.what not in self._ids:
            return False
        if term not in self._longer:
            self._longer[term] = tuple(_where_in(term.words, self._ids[term.what]))
        return any(
            offset <= position and words[position - offset : position - offset + len(whole)] == whole
            for offset, whole in self._longer[term]
        )


def _where_in(words: Words, wholes: Iterable[Words]) -> Iterator[tuple[int, Words]]:
    for whole in wholes:
        for start in range(len(whole) - len(words) + 1):
            if whole[start : start + len(words)] == words:
                yield start, whole


def search_for(folder: Records, copy: Records, never: Iterable[tuple[int, str]]) -> Search:
    """Returns the search for a copy; `never` are the terms of `never_publish.txt`, with their line numbers."""
    names = [name for party in copy.parties.values() for name in party.names()]
    titles = [title for header in copy.headers.values() for title in header.title.by_language.values()]
    records = {*copy.headers, *(event.id for _, event in copy.each_event())}
    ids = {"id": set(map(words_in, copy.parties)), "record": set(map(words_in, records))}
    return Search(_secrets_of(folder, copy, never), map(words_in, (*names, *titles)), ids)


def surnames_in(folder: Records, files: Mapping[FileId, bytes]) -> Iterator[tuple[str, FileId]]:
    """Yields each word of a withheld name in a copy, with its file, for a person to look over."""
    search = Search(_surnames_of(folder))
    for file, data in files.items():
        yield from ((hit.term.words[0], file) for hit in search.hits(file, data.decode()))


def _secrets_of(folder: Records, copy: Records, never: Iterable[tuple[int, str]]) -> Iterator[Term]:
    named = set(_named_in_secret(folder))
    public = _public_words_of_sources(copy)
    for number, term in never:
        yield Term(words_in(term), "term", str(number))
    for party in folder.parties.values():
        if party.left_out or (party.id in named and party.id not in copy.parties):
            yield from _of_party(party)
            for source in party.sources:
                yield from _of_source(source, party.id, public)
    for case_id, events in folder.events.items():
        header = folder.headers[case_id]
        if header.left_out:
            yield Term(words_in(case_id), "record", case_id)
            yield from _of_value(header.title, case_id, public)
        for event in events.values():
            name = f"{case_id}/{event.id}"
            gone = header.left_out or event.left_out.everything or event.left_out.id_goes
            if gone and event.id not in copy.events.get(case_id, {}):
                yield from (Term(words_in(old), "record", name) for old in (event.id, *event.aliases))
            yield from _of_event(event, name, public, whole=header.left_out)
            yield from _of_hidden(event, folder)
        yield from _of_files(folder, copy, case_id, public)


def _surnames_of(folder: Records) -> Iterator[Term]:
    """Yields each capitalised word in the names of persons with a pseudonym; any of them may be the surname."""
    for party in folder.parties.values():
        if party.left_out and party.classification is Classification.INDIVIDUAL:
            for name in party.names():
                yield from (Term((word,), "surname", party.id) for word in _capitalised_words(name))


def _of_name(name: str, party: Party) -> Iterator[Term]:
    """Yields a name; for a person also its first word with each other word; and all of these as one word."""
    words = words_in(name)
    forms = [words]
    if party.classification is Classification.INDIVIDUAL:
        forms += [(words[0], word) for word in _capitalised_words(name) if word != words[0]]
    for form in forms:
        yield Term(form, "name", party.id)
        if len(form) > 1:
            yield Term(("".join(form),), "name", party.id)


def _capitalised_words(name: str) -> Iterator[str]:
    """Yields the words of a name, without small ones such as `de`; nothing if the name is a single word."""
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
    for naming in namings_in(event):
        party = folder.parties.get(naming.party or "")
        if party and party.left_out:
            yield from _of_name(naming.printed, party) if naming.printed else ()
            yield from terms_of_text(naming.office, party.id) if naming.office else ()


def _named_in_secret(folder: Records) -> Iterator[str]:
    """Yields the ids of the parties in cases and events that leave something out."""
    for case_id, events in folder.events.items():
        whole = folder.headers[case_id].left_out
        for record in (folder.headers[case_id], *events.values()):
            if whole or (isinstance(record, Event) and record.left_out.said):
                yield from parties_named(record)


def _public_words_of_sources(copy: Records) -> SourceWords:
    return frozenset(
        (name, words_in(text))
        for _, source in copy.each_source()
        for name in _OF_SOURCES
        for text in _texts(getattr(source, name))
    )


def _texts(value: Text | str | None) -> Iterable[str]:
    if isinstance(value, Text):
        return value.by_language.values()
    return () if value is None else (value,)


def _of_event(event: Event, name: str, public: SourceWords, *, whole: bool) -> Iterator[Term]:
    parts = event.left_out
    for field in type(event).model_fields:
        value = getattr(event, field)
        if field == "id" or field in ABOUT_PUBLICATION:
            continue
        if whole or parts.everything or field in parts.fields:
            yield from _of_value(value, name, public, field)
        elif isinstance(value, tuple):
            for item in value:
                if (field, getattr(item, "id", "")) in parts.items:
                    yield from _of_value(item, name, public, field)


def _of_value(value: object, name: str, public: SourceWords, field: str = "") -> Iterator[Term]:
    if isinstance(value, Text):
        for text in value.by_language.values():
            yield from terms_of_text(text, name)
    elif isinstance(value, NamedParty | SignedBy):
        yield from _of_somebody(value, name)
    elif isinstance(value, Citation):
        yield from _of_source(value, name, public)
    elif isinstance(value, Frozen):
        for inner in type(value).model_fields:
            yield from _of_value(getattr(value, inner), name, public, inner)
    elif isinstance(value, tuple):
        for item in value:
            yield from _of_value(item, name, public, field)
    elif type(value) is str and field not in _IDS:
        yield from terms_of_text(value, name)


def _of_files(folder: Records, copy: Records, case_id: str, public: SourceWords) -> Iterator[Term]:
    """Yields what the sources in files say that the copy leaves out, and the ids of those that are withheld."""
    whole = folder.headers[case_id].left_out
    events = folder.events[case_id].values()
    hiding = {
        source.id for event in events for source in event.sources if event.left_out.has_item("sources", source.id)
    }
    published = copy.sources.get(case_id, {})
    for name, source in folder.sources.get(case_id, {}).items():
        if name not in published and (whole or source.left_out or name in hiding):
            yield from _of_source(source, file_of_source(case_id, name), public)
        words = words_in(name)
        if source.left_out and name not in published and len(words) > 1:  # one word, as `report`, is anybody's
            yield Term(words, "record", file_of_source(case_id, name))


def _of_source(source: Citation, name: str, public: SourceWords) -> Iterator[Term]:
    for field in _OF_SOURCES:
        for text in _texts(getattr(source, field, None)):
            if (field, words_in(text)) not in public:
                yield from terms_of_text(text, name)


def _of_somebody(value: NamedParty | SignedBy, name: str) -> Iterator[Term]:
    for naming in namings_in(value):
        if naming.printed:
            yield Term(words_in(naming.printed), "name", name)
        yield from terms_of_text(naming.office, name) if naming.office else ()
