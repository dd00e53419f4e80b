"""A new record: assembled with the case it joins, checked, and written only when it brings no new error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ogpcase import checks
from ogpcase.checks.moves import duty_without_answer
from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity
from ogpcase.editing.changing import Overlay
from ogpcase.errors import BadInput
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.ids import LONGEST_ID, slug_of
from ogpcase.model.problems import DATE_FORMS
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.store.checksums import Copy
from ogpcase.store.layout import EVENTS, HEADER_NAME
from ogpcase.store.save import Numbered, create, stored_form
from ogpcase.store.transaction import Step, is_there, store_all
from ogpcase.workspace.opening import Workspace

_DUTIES = duty_without_answer.rule.code
"""A step just made has duties that nothing can have answered yet: they are said, not warned of."""


class Draft(NamedTuple):
    """New files and what they would change: the problems they bring, and where the case stood and would stand."""

    texts: Mapping[FileId, str]
    brings: tuple[Diagnostic, ...]
    before: Standing | None = None
    after: Standing | None = None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The new errors; with any of them the draft is refused."""
        return tuple(each for each in self.brings if each.severity is Severity.ERROR)


def drafted(workspace: Workspace, texts: Mapping[FileId, str], case_id: str | None, today: date) -> Draft:
    """Returns what new files would change, in the case they join and in their own lines.

    Only the case, its parties and what it refers to are checked; the whole folder is `validate`'s.
    """
    beside = any(not file.startswith(f"{case_id}/{EVENTS}/") for file in texts)
    known = set(map(_identity, _problems(workspace, case_id, today, beside=beside)))
    would_be = Workspace(workspace.root, Overlay(workspace.files, texts), workspace.here)
    if not beside:
        would_be.share_parties(workspace)
    found = [each for each in _problems(would_be, case_id, today, beside=beside) if each.code != _DUTIES]
    new = [each for each in found if _identity(each) not in known]
    brings = tuple(sorted(map(would_be.locator().locate, new), key=lambda each: each.order))
    if case_id is None:
        return Draft(texts, brings)
    before = standing(workspace.case(case_id).casefile, None) if workspace.has_case(case_id) else None
    return Draft(texts, brings, before, standing(would_be.case(case_id).casefile, None))


def _problems(workspace: Workspace, case_id: str | None, today: date, *, beside: bool) -> Iterator[Problem]:
    """Yields the problems of a case; with those of the parties and of what stands beside, where new files do."""
    if beside:
        yield from workspace.listing.problems
        yield from workspace.parties.problems
    if case_id is None:
        found = checks.run_folder({}, workspace.registry(), today)
        yield from (each for each in found if each.rule.severity is Severity.ERROR)  # a new party is in no record yet
    elif workspace.has_case(case_id):
        loaded = workspace.case(case_id)
        yield from loaded.problems
        yield from checks.run_case(loaded.casefile, workspace.neighbours(loaded.casefile), today)


def _identity(problem: Problem) -> tuple[object, ...]:
    return (problem.code, problem.message, tuple((place.file, place.route) for place in problem.places))


def saved(workspace: Workspace, draft: Draft, copies: Sequence[Copy] = ()) -> tuple[FileId, ...]:
    """Writes the draft's files and the copies they name, all or none, and returns the files.

    An event whose name was taken meanwhile gets a number. Call it inside `store.lock.locked`.

    Raises:
        CannotWrite: if the disk refuses.
        FileChanged: if a copy's original is no longer what was read.
        FileExistsError: if a header, party or copy is there by now.
    """
    new = [Step(copy.file, None, copy) for copy in copies if not copy.is_kept]
    if len(draft.texts) + len(new) == 1:
        return tuple(_created(workspace, file, text) for file, text in draft.texts.items())
    texts = {_free(workspace, file): text for file, text in draft.texts.items()}
    steps = [*new, *(Step(file, None, stored_form(text)) for file, text in texts.items())]
    store_all(workspace.root, _what(draft), steps)
    return tuple(texts)


def _what(draft: Draft) -> str:
    return "open-case" if any(file.endswith(f"/{HEADER_NAME}") for file in draft.texts) else "add-event"


def _created(workspace: Workspace, file: FileId, text: str) -> FileId:
    return create(workspace.root, file, text, taken=_numbered(file) if _is_event(file) else None)


def _free(workspace: Workspace, file: FileId) -> FileId:
    """Returns an event's file, numbered where something of its name is there; any other file as it is."""
    numbered, count, wanted = _numbered(file), 1, file
    while _is_event(file) and is_there(workspace.root, wanted):
        count += 1
        wanted = numbered(count)
    return wanted


def _is_event(file: FileId) -> bool:
    return f"/{EVENTS}/" in file


def _numbered(file: FileId) -> Numbered:
    stem = file.removesuffix(".yaml")
    return lambda count: f"{stem}-{count}.yaml"


def event_id_for(values: Mapping[str, object], slug: str | None) -> str:
    """Returns the id a new event gets: the digits of its date, its kind, and a slug where one is given or needed.

    Raises:
        BadInput: if the date is none.
    """
    if values.get("dated") is None:
        raise BadInput("`dated` has no value; nothing was written", "give a date, or `unknown`")
    try:
        digits = FuzzyDate.parse(_text(values["dated"])).digits
    except NotADate as fault:
        raise BadInput(f"`dated` is no date: {fault}", fault.help or DATE_FORMS) from None
    kind = slug_of(_text(values.get("kind")))
    wanted = slug_of(slug or "") or (slug_of(_title(values)) if digits == "undated" else "")
    return "-".join(part for part in (digits, kind, wanted) if part)[: LONGEST_ID - 4].rstrip("-")


def _text(value: object) -> str:
    return str(getattr(value, "written", value))


def _title(values: Mapping[str, object]) -> str:
    title = values.get("title")
    return str(next(iter(title.values()), "")) if isinstance(title, Mapping) else str(title or "event")


def free_event_file(case: CaseFile, event_id: str) -> FileId:
    """Returns the file of a new event of this id, numbered where the id is taken."""
    taken = {event.id for event in case.events} | case.unreadable
    count, wanted = 1, event_id
    while wanted in taken:
        count += 1
        wanted = f"{event_id}-{count}"
    return file_of_event(case.id, wanted)
