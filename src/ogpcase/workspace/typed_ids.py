"""Finds what a person means by the beginning of an id, and the only case where none is named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ogpcase.diagnostics import nearest
from ogpcase.errors import Misused, UnknownCase, UnknownEvent
from ogpcase.model.casefile import CaseFile
from ogpcase.model.ids import Reference, is_id
from ogpcase.store.layout import PARTIES, SOURCES
from ogpcase.store.listing import case_ids, list_parties
from ogpcase.workspace.opening import Workspace

_MOST_LISTED = 10
"""The most ids that a message lists."""


def case_meant(workspace: Workspace, typed: str | None) -> str:
    """Returns the id of the case that a word is, or is the only one to begin with; without a word, of the only case.

    Raises Misused if no case is named and there are several, UnknownCase, and CannotRead.
    """
    if typed is not None:
        found = _case(workspace, typed)
        return found if workspace.has_case(found) else workspace.case(found).casefile.id  # which raises
    known = workspace.case_ids()
    if len(known) > 1:
        raise Misused("the case is missing: there are several here", f"cases here: {_listed(known)}")
    if not known:
        raise UnknownCase("there are no cases here yet", "start one with `ogpcase open-case`")
    return known[0]


def case_and_word(
    workspace: Workspace, case: str | None, word: str | None, words: Collection[str] | None
) -> tuple[str, str | None]:
    """Returns a case's id and the word typed after it. If only one was typed, it is either of them.

    `words` are those that may stand there; None if any may. A word that is reserved is a case's, and none is called so.
    Raises what `case_meant` raises.
    """
    if case is None or word is not None or workspace.has_case(case):
        return case_meant(workspace, case), word
    if words is not None and case.replace("-", "_") in words:
        return case_meant(workspace, None), case
    of_case = case_ids(workspace.files, case) or nearest(case, workspace.case_ids())
    if of_case or case == PARTIES or (words is not None and not nearest(case, words)):
        return case_meant(workspace, case), None
    return case_meant(workspace, None), case


def reference_meant(workspace: Workspace, typed: str) -> str:
    """Returns a typed reference with whole ids; one that is whole already, or that begins nothing, as it is.

    It is a word, or `CASE/EVENT`, `CASE/sources/ID`, `sources/ID` of the only case, or `parties/ID`; an event may have
    `#ITEM`. Raises UnknownEvent or UnknownCase for a beginning of several ids.
    """
    first, slash, rest = typed.partition("/")
    if slash and first == PARTIES:
        return _only(rest, list_parties(workspace.files).names) or rest
    if slash and first == SOURCES and not workspace.has_case(first):
        first, rest = case_meant(workspace, None), typed
    if not Reference.fits(rest.removeprefix(f"{SOURCES}/") if slash else typed):
        return typed
    return _in_case(workspace, _case(workspace, first), rest) if slash else _anywhere(workspace, typed)


def _case(workspace: Workspace, typed: str) -> str:
    """Returns the id of the only case that begins so, else the word. Raises UnknownCase if there are several."""
    if not is_id(typed.rstrip("-")) or workspace.has_case(typed):
        return typed
    found = case_ids(workspace.files, typed)
    if len(found) > 1:
        raise UnknownCase(f"several cases begin with `{typed}`", f"write one of {_listed(found)}")
    return found[0] if found else typed


def _in_case(workspace: Workspace, case_id: str, rest: str) -> str:
    if not workspace.has_case(case_id):
        return f"{case_id}/{rest}"
    case = workspace.case(case_id).casefile
    folder, slash, source = rest.partition("/")
    if slash:
        written = {each.id for event in case.events for each in event.sources}
        known = case.sources.keys() | case.sources_not_read | written
        return f"{case_id}/{folder}/{_only(source, known) or source}"
    event, mark, item = rest.partition("#")
    found = _only(event, _events(case)) or event
    return f"{case_id}/{found}{mark}{_item(case, found, item)}"


def _item(case: CaseFile, event_id: str, item: str) -> str:
    event = case.record_by_id.get(event_id)
    return (item and event and _only(item, [each for each, _, _ in event.items()])) or item


def _anywhere(workspace: Workspace, typed: str) -> str:
    """Returns the reference that a word without a case begins, of an event with its case."""
    word, mark, item = typed.partition("#")
    registry = workspace.registry()
    if not mark and (workspace.has_case(word) or registry.knows(word)):
        return typed
    cases = [loaded.casefile for loaded in workspace.all()]
    holding = [case for case in cases if word in _events(case)]
    if len(holding) == 1 and mark:
        return f"{word}#{_item(holding[0], word, item)}"
    if holding or (not mark and registry.named(word)):
        return typed
    begun = {f"{case.id}/{event}": case for case in cases for event in _beginning(word, _events(case))}
    parties = (f"{PARTIES}/{name}" for name in list_parties(workspace.files).names if name.startswith(word))
    others = () if mark else (*case_ids(workspace.files, word), *parties)
    found = _one_of(typed, [*others, *begun])
    if found in begun:
        return f"{found}{mark}{_item(begun[found], found.partition('/')[2], item)}"
    return (found or typed).removeprefix(f"{PARTIES}/")


def _events(case: CaseFile) -> Mapping[str, str]:
    """Returns the ids that events of the case have by the ids that they have or had, read or not."""
    return {
        **{known: event.id for known, event in case.record_by_id.items()},
        **{name: name for name in case.unreadable},
    }


def _beginning(word: str, known: Mapping[str, str]) -> Iterable[str]:
    return dict.fromkeys(now for name, now in known.items() if name.startswith(word))


def _only(word: str, known: Iterable[str] | Mapping[str, str]) -> str | None:
    """Returns the word if it is known, else the only id that begins so, or None. Raises UnknownEvent for several."""
    ids = known if isinstance(known, Mapping) else {name: name for name in known}
    return word if word in ids else _one_of(word, list(_beginning(word, ids)))


def _one_of(word: str, found: Collection[str]) -> str | None:
    if len(found) > 1:
        raise UnknownEvent(f"several ids begin with `{word}`", f"write one of {_listed(found)}")
    return next(iter(found), None)


def _listed(found: Iterable[str]) -> str:
    shown, more = sorted(found)[:_MOST_LISTED], sorted(found)[_MOST_LISTED:]
    return ", ".join([*shown, *([f"and {len(more)} more"] if more else [])])
