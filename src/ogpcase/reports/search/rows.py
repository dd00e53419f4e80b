"""Looks for words in all texts, names and ids of cases: in headers, events, sources and parties.

Case and accents do not matter; the functions at the end find words in a text, and cut the text around them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.parties import NamedParty, Party, folded
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.texts import Text
from ogpcase.reports.shown import Languages, Shown

RecordSort = Literal["case", "event", "source", "party"]


class Hit(NamedTuple):
    """A field in which words were found: its path, such as `requests#work-plan.text`, and its text.

    `language` is the tag of the text's language, None if it has none.
    """

    field: str
    language: str | None
    text: str


class HitRecord(NamedTuple):
    """A record that has all the words, and the fields that have them.

    `reference` is as `show` takes it. `dated` is the date of an event as written; `case` is None for a party.
    """

    sort: RecordSort
    case: str | None
    reference: str
    title: str
    dated: str | None
    hits: tuple[Hit, ...]


class Search(NamedTuple):
    """The records that have all the words; `cases` is how many cases were searched."""

    words: tuple[str, ...]
    cases: int
    records: tuple[HitRecord, ...]
    languages: Languages


def search(
    cases: Sequence[CaseFile], registry: Registry, reader: Reader, words: tuple[str, ...], *, all_parties: bool
) -> Search:
    """Returns where words are found, on the reader's day: a record counts if it has all of them, in any fields.

    With a language, texts count as they are shown in it, else in every language. Parties come last: all of them, or
    those that the cases name.
    """
    several = [Shown(case, reader) for case in cases]
    records = [record for shown in several for record in _in_case(shown)]
    named = {name for case in cases for name in case.all_parties_named}
    named |= {case.header.subject for case in cases if case.header}
    parties = (registry.parties[name] for name in sorted(registry.parties) if all_parties or name in named)
    records += [_party(party, reader) for party in parties]
    found = (each for record in records if (each := _with_words(record, words)))
    return Search(words, len(cases), tuple(found), Languages.of(reader, several))


def _with_words(record: HitRecord, words: tuple[str, ...]) -> HitRecord | None:
    """Returns a record with only the fields that were found; None unless it has all words.

    If some fields have all the words, only those count.
    """
    found = [(hit, found_in(hit.text, words)) for hit in record.hits]
    if not frozenset(words) <= frozenset().union(*(has for _, has in found)):
        return None
    most = max(len(has) for _, has in found)
    least = most if most == len(words) else 1
    return record._replace(hits=tuple(hit for hit, has in found if len(has) >= least))


Spoken: TypeAlias = Callable[[Text], Sequence[tuple[str, str | None]]]
"""Returns the strings of a text in which words are looked for, each with the tag of its language."""


def _spoken(language: str | None, fallback: str | None) -> Spoken:
    """Returns the strings in every language; for a reader of one language, the one that is shown."""
    if language is not None:
        return lambda text: [text.chosen(language, fallback)]
    return lambda text: [(said, tag) for tag, said in text.by_language.items()]


def _in_case(shown: Shown) -> Iterator[HitRecord]:
    """Yields the header, events and sources of a case with all their texts."""
    case, header = shown.case, shown.case.header
    spoken = _spoken(shown.reader.language, case.language)
    title = shown.text(header.title) if header else case.id
    hits = (_id(case.id), *(_texts(header, spoken) if header else ()))
    yield HitRecord("case", case.id, case.id, title, None, hits)
    for event in shown.events():
        hits = (_id(event.id), *_texts(event, spoken))
        yield HitRecord("event", case.id, f"{case.id}/{event.id}", shown.text(event.title), event.date_text, hits)
    for name, source in case.sources.items():
        title = shown.text(source.title) if source.title else source.url or name
        hits = (_id(name), *_texts(source, spoken))
        yield HitRecord("source", case.id, f"{case.id}/sources/{name}", title, None, hits)


def _party(party: Party, reader: Reader) -> HitRecord:
    name, _ = party.name.chosen(reader.language, None)
    hits = (_id(party.id), *_texts(party, _spoken(reader.language, None)))
    return HitRecord("party", None, party.id, name, None, hits)


def _id(name: str) -> Hit:
    return Hit("id", None, name)


_NO_WORDS = frozenset({"id", "language", "languages", "sha256", "gives", "inferred", "field"})
"""Fields whose values are tags, digests and names of fields; the id of an item is told at the item itself."""


def _texts(record: Frozen, spoken: Spoken, route: str = "") -> Iterator[Hit]:
    """Yields every text, name and id of a record at any depth, with the path of its field."""
    attributes = {field.alias or name: name for name, field in type(record).model_fields.items()}
    for question in questions_of(type(record)):
        value = getattr(record, attributes.get(question.name, ""), None)
        if value is not None and question.name not in _NO_WORDS:
            yield from _values(question, value, spoken, f"{route}{question.name}")


def _values(question: Question, value: object, spoken: Spoken, route: str) -> Iterator[Hit]:
    if not isinstance(value, tuple):
        yield from _value(question, value, spoken, route)
        return
    for number, each in enumerate(value, start=1):
        key = getattr(each, "id", None)
        place = f"{route}#{key}" if key else f"{route} {number}" if len(value) > 1 else route
        if isinstance(key, str):
            yield Hit(place, None, key)
        yield from _value(question, each, spoken, place)


def _value(question: Question, value: object, spoken: Spoken, route: str) -> Iterator[Hit]:
    if isinstance(value, Text):
        yield from (Hit(route, tag, said) for said, tag in spoken(value))
    elif isinstance(value, NamedParty):
        yield from (Hit(route, None, said) for said in (value.as_named, value.office) if said)
    elif isinstance(value, Frozen):
        yield from _texts(value, spoken, f"{route}.")
    elif isinstance(value, str) and (question.shape == "line" or question.name == "aliases"):
        yield Hit(route, None, value)


AROUND = 60
"""Characters of context on each side of a word that was found; a word is never cut in two."""
MORE = "…"
"""Stands in a context where the text goes on."""


class Span(NamedTuple):
    """A part of a text, from a position up to another."""

    start: int
    end: int


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns the words to look for, each once and as they are compared."""
    return tuple(dict.fromkeys(word for text in texts for word in folded(text).split(" ") if word))


def found_in(text: str, words: Iterable[str]) -> frozenset[str]:
    """Returns those of the words that a text has, be it within longer words."""
    plain = folded(text)
    return frozenset(word for word in words if word in plain)


def spans_of(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Returns the parts of a text that are one of the words, in order; parts that overlap are one."""
    letters, places = _folded_with_places(text)
    found = sorted(
        Span(places[start], places[start + len(word) - 1] + 1) for word in words for start in _starts(letters, word)
    )
    return tuple(_joined(found))


def context_of(text: str, words: Sequence[str]) -> str:
    """Returns a text on one line, cut to what stands around the first place of each word."""
    plain = " ".join(text.split())
    firsts = sorted(span[0] for word in words if (span := spans_of(plain, [word])))
    windows = _joined([Span(_back(plain, first.start), _on(plain, first.end)) for first in firsts])
    parts = f" {MORE} ".join(plain[window.start : window.end].strip() for window in windows)
    before, after = windows[0].start > 0, windows[-1].end < len(plain)
    return f"{f'{MORE} ' * before}{parts}{f' {MORE}' * after}"


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Returns the letters of a text as they are compared, and the position of each in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = folded(sign) or " " * sign.isspace()
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _starts(letters: str, word: str) -> Iterable[int]:
    start = letters.find(word)
    while start >= 0:
        yield start
        start = letters.find(word, start + len(word))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Returns spans in order, with those that touch or overlap as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _back(text: str, place: int) -> int:
    """Returns where the context before a place begins, at a blank or at the start."""
    start = place - AROUND
    if start <= 0:
        return 0
    blank = text.find(" ", start, place)
    return blank if blank >= 0 else text.rfind(" ", 0, start) + 1


def _on(text: str, place: int) -> int:
    """Returns where the context after a place ends, at a blank or at the end."""
    end = place + AROUND
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", place, end)
    after = text.find(" ", end)
    return blank if blank >= 0 else after if after >= 0 else len(text)
