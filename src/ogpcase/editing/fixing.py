"""`validate --fix`: mends the faults of texts and file names that have only one right answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Offer, Problem, Route, Severity, Span, Verdict, unmatched
from ogpcase.editing.changing import (
    BYTE_ORDER_MARK,
    Change,
    Together,
    brought,
    change_of,
    problems_of_case,
    read_again,
    same_start,
    stop_where_refused,
    stored_together,
    with_texts,
)
from ogpcase.editing.renaming import NewName, Plan, after, alike_after, planned, renamed, would_bring
from ogpcase.editing.sharing import shared
from ogpcase.errors import BadInput, CannotRead
from ogpcase.model.bind import bind_event, bind_header, bind_party, bind_source
from ogpcase.model.casefile import Related, file_of_event, file_of_header, file_of_party, file_of_source
from ogpcase.model.codelists import Format, Kind
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.model.questions import names_of, questions_of
from ogpcase.policy.procedures import judged_by
from ogpcase.store.layout import HEADER_NAME, PARTIES, SOURCES
from ogpcase.store.listing import list_case, list_parties
from ogpcase.store.problems import unreadable_file
from ogpcase.store.transaction import store_all
from ogpcase.workspace.judge_folder import Wanted, judge
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, in_quotes, inserted, removed, replaced, scalar_at
from ogpcase.yamltree.tree import Lines, YamlTree
from ogpcase.yamltree.values import same

_LINE_END = re.compile(r"\r\n|\n|\r")
_AMBIGUOUS, _NOT_TEXT, _BAD_NAME = "OC118", "OC207", "OC212"
_QUOTED = (_AMBIGUOUS, _NOT_TEXT)
"""Problems that quotes mend."""


def mended(text: str, file: FileId, *, words: Mapping[str, str] | None = None) -> str:
    """Returns a file's text, mended; doing it again changes nothing.

    Mends a byte-order mark, mixed line ends, a missing final line end, unquoted scalars that YAML readers read
    differently, yes/no values where text belongs, and in `moves_to` the `words` that stand for a stage's code.
    """
    for mend in (lambda text: text.removeprefix(BYTE_ORDER_MARK), _with_one_line_end, _with_final_end):
        text = _if_same_values(text, mend(text), file)
    if file.endswith(f"/{HEADER_NAME}"):
        text = _with_urls(text, file)
    for code in _QUOTED:
        text = _without_problems(text, file, code)
    return _with_codes(text, file, words) if words else text


def problems_of(text: str, file: FileId) -> tuple[Problem, ...]:
    """Returns the problems of the text and of the record in it."""
    parsed = parse(text.encode(), file)
    return (*parsed.problems, *(_bound(parsed.tree.value, file) if parsed.tree else ()))


def mends_of(text: str, file: FileId) -> Iterator[tuple[str, Span, str]]:
    """Yields, for each problem that quotes mend, its code, its span, and the text with that one mended."""
    tree, problems = parse(text.encode(), file).tree, problems_of(text, file)
    if tree is None:
        return
    for problem in problems:
        rest = [other for other in problems if other is problem or other.code != problem.code]
        with suppress(BadInput):
            new = _with_mended(tree, problem, rest) if problem.code in _QUOTED else None
            if new is not None and _mends(problems, problems_of(new, file)):
                yield problem.code, tree.span_for(problem.places[0]), new


def _with_one_line_end(text: str) -> str:
    counts = Counter(_LINE_END.findall(text))
    if len(counts) < 2 and "\r" not in counts:  # noqa: PLR2004 - one sort of line end is sound
        return text
    most = "\r\n" if counts["\r\n"] > counts["\n"] else "\n"
    return _LINE_END.sub(most, text)


def _with_final_end(text: str) -> str:
    return text if not text or text.endswith("\n") else text + ("\r\n" if "\r\n" in text else "\n")


def _with_urls(text: str, file: FileId) -> str:
    """Writes the one `url` of a related case, as the first format has it, into its `urls`."""
    tree = parse(text.encode(), file).tree
    related = tree.fields.get("related") if tree is not None else None
    for position, other in enumerate(related if isinstance(related, list) else ()):
        if tree is not None and isinstance(other, dict) and isinstance(other.get("url"), str):
            urls = other.get("urls", [])
            listed = [*(urls if isinstance(urls, list) else [urls]), other["url"]]
            with suppress(BadInput):
                route: Route = ("related", position)
                tree = read_again(tree, removed(tree, (*route, "url")))
                new = Field.among("urls", listed, [field.name for field in questions_of(Related)])
                text = replaced(tree, (*route, "urls"), listed) if urls else inserted(tree, route, new)
                tree = read_again(tree, text)
    return tree.text if tree is not None else text


def _if_same_values(old: str, new: str, file: FileId) -> str:
    """Returns the new text if its values are the same, else the old text."""
    if old == new:
        return old
    before, after = parse(old.encode(), file).tree, parse(new.encode(), file).tree
    if after is None:  # a truncated file is not mended by a final line end
        return old
    return new if before is None or same(before.value, after.value) else old


def _without_problems(text: str, file: FileId, code: str) -> str:
    """Mends the problems with this code one by one, if that brings no other problem."""
    refused: set[str] = set()
    while True:
        parsed, problems = parse(text.encode(), file), problems_of(text, file)
        for problem in problems:
            new = None
            if parsed.tree is not None and problem.code == code:
                with suppress(BadInput):
                    new = _with_mended(parsed.tree, problem, problems)
            if new is not None and new not in refused:
                if _mends(problems, problems_of(new, file)):
                    text = new
                    break
                refused.add(new)
        else:
            return text


def _mends(before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    old, new = (Counter((problem.code, problem.message) for problem in problems) for problems in (before, after))
    return not new - old and sum(new.values()) < sum(old.values())


def _with_mended(tree: YamlTree, problem: Problem, problems: Sequence[Problem]) -> str | None:
    """Returns the text with one problem mended; None for an ambiguous scalar that has another problem too.

    Raises BadInput if it cannot be mended.
    """
    place = problem.places[0]
    if problem.code == _NOT_TEXT:
        return in_quotes(tree, place.route)
    at = scalar_at(tree, place.span.start) if place.span is not None else None
    others = {other.places[0].route for other in problems if other.places[0].span is None}
    return None if at is None or at[0] in others - {()} else in_quotes(tree, *at)


def _with_codes(text: str, file: FileId, words: Mapping[str, str]) -> str:
    """Writes the codes of stages for other words for them; a record that keeps no other word keeps the first of these.

    The text as it is where it cannot be edited.
    """
    tree = parse(text.encode(), file).tree
    values = tree.fields if tree else {}
    stages = values.get("moves_to")
    kind = Kind.of(str(values.get("kind")))
    if tree is None or kind is None:
        return text
    listed = stages if isinstance(stages, list) else [stages]
    used = [(place, word) for place, word in enumerate(listed) if isinstance(word, str) and word in words]
    for place, word in used:
        route: Route = ("moves_to", place) if isinstance(stages, list) else ("moves_to",)
        with suppress(BadInput):
            tree = read_again(tree, replaced(tree, route, words[word]))
    if not used or "as_stated_status" in values:
        return tree.text
    return inserted(tree, (), Field.among("as_stated_status", used[0][1], names_of(kind)))


def _bound(values: object, file: FileId) -> tuple[Problem, ...]:
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if file.startswith(f"{PARTIES}/"):
        return bind_party(values, name, file).problems
    if file.endswith(f"/{HEADER_NAME}"):
        return bind_header(values, file.partition("/")[0], file).problems
    if f"/{SOURCES}/" in file:
        return bind_source(values, name, file).problems
    return bind_event(values, name, file).problems


_RIGHT_NAME = re.compile(r"rename the file to `([a-z0-9-]+)\.yaml`")
_PLACEHOLDER = "-in-few-words"
"""The end of the name proposed for an undated event; a person has to replace it."""


class Fixed(NamedTuple):
    """The files written and renamed, the problems that were mended, and the verdict on the rest."""

    written: tuple[FileId, ...]
    renamed: tuple[tuple[FileId, FileId], ...]
    mended: tuple[Diagnostic, ...]
    verdict: Verdict


def fix(workspace: Workspace, paths: tuple[Path, ...], today: date) -> Fixed:
    """Mends the faults with one right answer in `paths`, or in the whole folder; doing it again changes nothing.

    If a file is renamed, references to it change in the whole folder. All files are stored together or not at all. Call
    it inside `store.lock.locked` and after `store.transaction.finished`, with a workspace opened there.

    Raises:
        CannotRead: a path is not in the case folder, or a record cannot be read from the disk.
        FileChanged: a file changed meanwhile; nothing was written.
        CannotWrite: nothing was changed, or the next writing command finishes the work.
    """
    before = judge(workspace, paths, today)
    wanted = tuple(map(workspace.file_of, paths))
    changes = [*_changes(workspace, wanted), *_settings(workspace, wanted)]
    changes += _sharing(with_texts(workspace, {change.file: change.new for change in changes}), wanted, today)
    together = Together()
    for change in changes:
        together.change(change)
    plans: list[Plan] = []
    would_be = with_texts(workspace, {change.file: change.new for change in changes})
    while (plan := _next_renaming(would_be, wanted, today)) is not None:
        renamed(together, would_be, plan)
        plans.append(plan)
        wanted = tuple(map(plan.move.after, wanted))
        would_be = after(would_be, plan)
    steps = together.steps()
    if plans or len(steps) > 1:
        store_all(workspace.root, "validate --fix", steps)
    else:
        stored_together(workspace, "validate --fix", changes)
    anew = Workspace(workspace.root, workspace.files, workspace.here)
    verdict = judge(anew, tuple(workspace.root.path / file for file in wanted), today)
    moves = tuple(plan.move for plan in plans)
    written = [change.file for change in (*changes, *(change for plan in plans for change in plan.changes))]
    files = tuple(dict.fromkeys(dict(moves).get(file, file) for file in written))
    return Fixed(files, moves, tuple(_gone(before, verdict, [plan.name for plan in plans])), verdict)


def _changes(workspace: Workspace, wanted: tuple[FileId, ...]) -> Iterator[Change]:
    parties = list_parties(workspace.files)
    stop_where_refused(workspace, (*parties.problems, *workspace.listing.problems))
    for party_id in parties.names:
        yield from _change(workspace, file_of_party(party_id), wanted)
    for case_id in workspace.case_ids():
        listing = list_case(workspace.files, case_id)
        stop_where_refused(workspace, listing.problems)
        if listing.has_header:
            yield from _change(workspace, file_of_header(case_id), wanted)
        for source_id in listing.sources:
            yield from _change(workspace, file_of_source(case_id, source_id), wanted)
        for event_id in listing.events:
            yield from _change(workspace, file_of_event(case_id, event_id), wanted, own_words(workspace, case_id))


def _sharing(workspace: Workspace, wanted: tuple[FileId, ...], today: date) -> Iterator[Change]:
    """Yields the changes that move shared sources into files, of each case that is to be mended whole."""
    for case_id in workspace.case_ids():
        if wanted and not {"", case_id}.intersection(wanted):
            continue
        changes = shared(workspace, workspace.case(case_id))
        would_be = with_texts(workspace, {change.file: change.new for change in changes})
        new = brought(workspace, would_be, problems_of_case(case_id, today)) if changes else ()
        if not any(map(_is_error, new)):
            yield from changes


def _settings(workspace: Workspace, wanted: tuple[FileId, ...]) -> Iterator[Change]:
    """Yields the change to the second format, if the whole folder is mended and every party fits that format."""
    parties = workspace.parties.registry.parties.values()
    if any(wanted) or any(party.needs_pseudonym for party in parties):
        return
    loaded = workspace.loaded_settings
    tree = loaded.texts.trees.get(SETTINGS_NAME)
    if tree is None and SETTINGS_NAME not in loaded.texts.broken and not loaded.problems:
        yield Change(SETTINGS_NAME, "", "format: 2\n", None)
    elif tree is not None and loaded.settings.format is Format.FIRST and not loaded.problems:
        yield change_of(workspace, loaded.texts, tree, replaced(tree, ("format",), 2))


def _change(
    workspace: Workspace, file: FileId, wanted: tuple[FileId, ...], words: Mapping[str, str] | None = None
) -> Iterator[Change]:
    data = workspace.files.read(file) if Wanted(wanted).has(file) else None
    if not isinstance(data, bytes):
        stop_where_refused(workspace, [data] if isinstance(data, Problem) else [])
        return
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    new = mended(text, file, words=words)
    if new != text:
        yield Change(file, text, new, sha256(data).hexdigest())


def own_words(workspace: Workspace, case_id: str) -> Mapping[str, str]:
    """Returns the words that the version of a case itself has for a stage, each with the stage's code."""
    table = judged_by(workspace.case(case_id).casefile)
    words = table.words if table else ()
    return {each.word: each.means for each in words if table and table.stage(each.means).word == each.word}


def _next_renaming(workspace: Workspace, wanted: tuple[FileId, ...], today: date) -> Plan | None:
    """Returns a renaming of an event whose file name does not follow from date and kind, if the right name is free."""
    stop_where_refused(workspace, (*workspace.listing.problems, *workspace.parties.problems))
    for loaded in workspace.all():
        stop_where_refused(workspace, loaded.problems)
        case = loaded.casefile
        for problem in checks.run_case(case, workspace.neighbours(case), today):
            file = problem.places[0].file
            right = right_name(problem.code, problem.helps)
            if right is None or not Wanted(wanted).has(file):
                continue
            old = file.rpartition("/")[2].removesuffix(".yaml")
            with suppress(BadInput):  # the name is taken, or a file that may name the event cannot be read
                plan = planned(workspace, NewName("event", old, right, case.id))
                if not any(map(_is_error, would_bring(workspace, plan, today))):
                    return plan
    return None


def right_name(code: str, helps: Sequence[str]) -> str | None:
    """Returns the only right name that a problem of a file name offers; None for one that a person has to complete."""
    right = _RIGHT_NAME.search(" ".join(helps)) if code == _BAD_NAME else None
    return None if right is None or right[1].endswith(_PLACEHOLDER) else right[1]


def _is_error(diagnostic: Diagnostic) -> bool:
    if diagnostic.code == unreadable_file.rule.code:  # not the renaming's fault: reading failed just now
        raise CannotRead(f"`{diagnostic.spots[0].path}`: {diagnostic.message}")
    return diagnostic.severity is Severity.ERROR


def _gone(before: Verdict, after: Verdict, names: list[NewName]) -> Iterator[Diagnostic]:
    """Returns the problems that are no longer found, comparing renamed records under their new names."""
    left = Counter((problem.code, problem.message, problem.spots[0].path) for problem in after.diagnostics)

    def renamed_key(problem: Diagnostic) -> tuple[str, str, str]:
        message, path = problem.message, problem.spots[0].path
        for name in names:
            message, path = alike_after(name)(message), alike_after(name)(path)
        return problem.code, message, path

    return unmatched(before.diagnostics, left, renamed_key)


def offers(workspace: Workspace, verdict: Verdict) -> tuple[Offer, ...]:
    """Returns the fixes for a verdict's diagnostics; none for a line that may not be quoted."""
    quoted = [problem for problem in verdict.diagnostics if problem.spots[0].excerpt is not None]
    firsts = [(problem.spots[0], problem.code) for problem in quoted]
    keys = {(spot.path, code, spot.span.line, spot.span.column) for spot, code in firsts}
    known = chain(workspace.parties.texts.data, *(case.texts.data for case in workspace.all()))
    files = {workspace.root.shown_path(file): file for file in known}
    paths = dict.fromkeys(spot.path for spot, _ in firsts if spot.path in files)
    found: list[Offer] = []
    for path in paths:
        data = workspace.files.read(files[path])
        with suppress(UnicodeDecodeError):
            text = data.decode() if isinstance(data, bytes) else ""
            mends = mends_of(text, files[path])
            found += [Offer(path, code, at.line, at.column, *replacement(text, new)) for code, at, new in mends]
    return tuple(offer for offer in found if (offer.path, offer.code, offer.line, offer.column) in keys)


def replacement(old: str, new: str) -> tuple[Span, str]:
    """Returns the smallest part of the old text that differs, and its new text."""
    start = same_start(old, new)
    tail = min(same_start(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    return Lines(old).span(start, len(old) - tail), new[start : len(new) - tail]
