"""What would leak: is what one record withholds said plainly in another?

A diagnostic of this family shows the place and quotes nothing, neither what leaks nor where it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.checks.scope import Folder, Scope
from ogpcase.checks.withheld import (
    Pattern,
    own_names,
    pattern_of,
    plain_words,
    slugs_tell,
    tells,
    texts_withheld_in,
    withheld_names,
    withholding_of,
)
from ogpcase.checks.words import words_of
from ogpcase.diagnostics import FileId, Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import file_of_event, file_of_header, file_of_party
from ogpcase.model.events import Event
from ogpcase.model.naming import Names, by_pieces, found_anywhere
from ogpcase.model.parties import folded

Plain = tuple[FileId, Route, str]
"""A string that stands plain: its file, its route, and what it says."""


@rule("OC602", "withheld-name-stands-plain", Severity.WARNING)
def withheld_name_stands_plain(scope: Scope | Folder) -> Iterator[Problem]:
    """A name that is withheld in one place stands plain in another.

    Why it matters
        Every view keeps back the party or the field, and prints this text. Whoever was to be kept safe is named.
    Wrong
        parties/a-witness.yaml: withhold: all  and an event's  summary: A. Witness told of the raid.
    Right
        parties/a-witness.yaml: withhold: all  and an event's  summary: A witness told of the raid.
    Not reported when
        The text is withheld too, or stands beside the id of the withheld party, which keeps it back; or the name has
        fewer than three letters, or is only part of a word.
    """
    for file, route, _ in _named(scope):
        if route and route[-1] != "file":
            helps = ("say it without the name, or name the field in `withhold`",)
            yield Problem("a name that is withheld stands plain here", (Place(file, route),), helps=helps)


@rule("OC603", "withheld-text-stands-plain", Severity.WARNING)
def withheld_text_stands_plain(scope: Scope | Folder) -> Iterator[Problem]:
    """A text that one record withholds stands word for word in another, or elsewhere in the same.

    Why it matters
        It is printed from there, and what was to be kept back is known.
    Wrong
        withhold: [summary]  and the same words in another event's  title
    Right
        withhold: [summary]  and other words in the other event's  title
    Not reported when
        The text has fewer than twelve characters, or the other place is withheld too.
    """
    for file, route, text, secrets in _compared(scope):
        if found_anywhere(secrets, text):
            helps = ("say it in other words, or name the field in `withhold` here as well",)
            yield Problem("a text that is withheld elsewhere stands plain here", (Place(file, route),), helps=helps)


@rule("OC604", "file-name-tells", Severity.WARNING)
def file_name_tells(scope: Scope | Folder) -> Iterator[Problem]:
    """The name of a record's file, or of a copy, holds a name that is withheld.

    Why it matters
        An id is printed wherever the record is referred to, and a file's name shows in every listing of the folder.
    Wrong
        events/2023-02-01-letter-a-witness.yaml  with  a-witness: {withhold: all}
    Right
        events/2023-02-01-letter-from-within.yaml
    Not reported when
        The file is that of the withheld party itself, or the name is only part of a word.
    """
    for file, route, _ in _named(scope):
        if not route or route[-1] == "file":
            helps = ("call it something else, also where other records refer to it",)
            yield Problem("the name of this file holds a name that is withheld", (Place(file, route),), helps=helps)
    if isinstance(scope, Scope):
        for event in scope.case.events:
            if _tells_of_itself(scope, event):
                place = Place(file_of_header(scope.case.id))  # the file's own name must not be said with this
                helps = ("look at the records with a `withhold`, and call that one something else",)
                yield Problem("an event's file name holds a name that the event withholds", (place,), helps=helps)


def _named(scope: Scope | Folder) -> Iterator[Plain]:
    """Yields each string that holds a withheld name; with an empty route where it is the file's name."""
    pattern = pattern_of(withheld_names(scope.registry))
    if isinstance(scope, Folder):
        for party in scope.registry.parties.values():
            if pattern and not party.withhold:
                words = ((each.route, each.text) for each in words_of(party))
                yield from _telling(file_of_party(party.id), party.id, words, pattern)
        return
    if pattern and scope.case.header:
        words = ((each.route, each.text) for each in words_of(scope.case.header))
        yield from _telling(file_of_header(scope.case.id), scope.case.id, words, pattern)
    for event in scope.case.events:
        if not pattern and not event.withhold:
            continue
        withheld = withholding_of(scope, event)
        own = pattern_of(own_names(event, withheld, scope.registry)) if event.withhold else None
        if (pattern or own) and not withheld.everything:
            file = file_of_event(scope.case.id, event.id)
            plain = [(each.route, each.text) for each in plain_words(event, withheld, scope.registry)]
            found = list(_telling(file, event.id, plain, pattern)) if pattern else []
            yield from found
            told = {route for _, route, _ in found}
            yield from (each for each in _telling(file, "", plain, own) if each[1] not in told) if own else ()


def _telling(file: FileId, name: str, words: Iterable[tuple[Route, str]], pattern: Pattern) -> Iterator[Plain]:
    if slugs_tell(pattern, name):
        yield file, (), name
    yield from ((file, route, text) for route, text in words if tells(pattern, text))


def _tells_of_itself(scope: Scope, event: Event) -> bool:
    """True when the event's id holds a name that only this event withholds."""
    if not event.withhold:
        return False
    withheld = withholding_of(scope, event)
    if withheld.everything or slugs_tell(pattern_of(withheld_names(scope.registry)), event.id):
        return False
    return slugs_tell(pattern_of(own_names(event, withheld, scope.registry)), event.id)


def _compared(scope: Scope | Folder) -> Iterator[tuple[FileId, Route, str, Names]]:
    """Yields each text that stands plain, folded, with the texts that are withheld elsewhere."""
    if isinstance(scope, Scope):
        secrets = texts_withheld_in(scope.case) if scope.secrets is None else scope.secrets
        yield from ((*each, by_pieces(secrets)) for each in _plain_in(scope)) if secrets else ()
        return
    everything = frozenset(text for told in scope.told.values() for text in told.secrets)
    for party in scope.registry.parties.values() if everything else ():
        if not party.withhold:
            for each in words_of(party):
                yield file_of_party(party.id), each.route, folded(each.text), by_pieces(everything)


def _plain_in(scope: Scope) -> Iterator[tuple[FileId, Route, str]]:
    for each in words_of(scope.case.header) if scope.case.header else ():
        yield file_of_header(scope.case.id), each.route, folded(each.text)
    for event in scope.case.events:
        for each in plain_words(event, withholding_of(scope, event), scope.registry):
            yield file_of_event(scope.case.id, event.id), each.route, folded(each.text)


CHECKS = (withheld_name_stands_plain, withheld_text_stands_plain, file_name_tells)
"""Asked of each case, and of the folder."""
