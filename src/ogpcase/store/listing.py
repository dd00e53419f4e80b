"""Lists the cases, events, sources and parties of a case folder, and reports everything else in it."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.model.ids import MAPPING_NAME, NEVER_PUBLISH_NAME, SETTINGS_NAME, is_id
from ogpcase.store.files import RECORD, Entry, Files, Sort, below, copy_name_problem, is_ignored, name_problem, twins
from ogpcase.store.layout import EVENTS, HEADER_NAME, PARTIES, SOURCES
from ogpcase.store.problems import (
    bad_file_name,
    case_without_header,
    nested_repository,
    not_a_plain_file,
    stray_file,
    unreadable_file,
)

_REPOSITORY = frozenset({"HEAD", "config", "objects", "refs"})
"""Git takes a folder with these entries for a repository."""
BESIDE_THE_CASES = frozenset({SETTINGS_NAME, NEVER_PUBLISH_NAME})
"""The files that may be at the top of a case folder."""
_DEEPEST = 16
"""Levels of folders under `sources/`."""


class Listing(NamedTuple):
    """The names in a folder, in order, and the problems of the other entries."""

    names: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def not_read(self) -> tuple[FileId, ...]:
        """The files and folders that may hold a record and are not read, as a link or a file that ends in `.yml`."""
        return tuple(problem.places[0].file for problem in self.problems if _may_hold_a_record(problem))


class CaseListing(NamedTuple):
    """Whether a case's folder has a header and a mapping, the ids of its records, and the problems of other entries."""

    has_header: bool
    events: tuple[str, ...]
    problems: tuple[Problem, ...]
    not_read: tuple[FileId, ...] = ()
    sources: tuple[str, ...] = ()
    has_mapping: bool = False


def case_ids(files: Files, beginning: str = "") -> tuple[str, ...]:
    """Returns the ids of the cases that begin so: folders with a valid name and a header or events."""
    entries, _ = _entries(files, "", with_repository=False)
    return tuple(
        name
        for name, sort in entries
        if sort is Sort.FOLDER
        and name.startswith(beginning)
        and name != PARTIES
        and not name_problem(name, name)
        and _case_or_strays(files, name)[0]
    )


def list_root(files: Files) -> Listing:
    """Lists the cases, with the problems of the entries beside them; see list_case for the entries inside."""
    names: list[str] = []
    entries, problems = _entries(files, "", with_repository=False)
    for name, sort in entries:
        if sort is Sort.FOLDER and name != PARTIES:
            bad_name = name_problem(name, name)
            is_case, strays = _case_or_strays(files, name)
            problems += [bad_name, *strays] if bad_name else strays
            names += [name] if is_case and not bad_name else []
        else:
            problems += _strays_beside_cases(name, sort)
    problems += twins("", (name for name, _ in entries))
    return Listing(tuple(names), _without_ignored(files, problems))


def is_case(files: Files, name: str) -> bool:
    """True for the name of a case in `list_root`; reads only that folder."""
    if files.read("HEAD") is not None:  # git may take the whole folder for a repository
        return name in list_root(files).names
    if name == PARTIES or "/" in name or name_problem(name, name):
        return False
    return _case_or_strays(files, name)[0]


def list_parties(files: Files) -> Listing:
    """Lists the ids of the parties."""
    parties = _records(files, PARTIES)
    return parties._replace(problems=_without_ignored(files, parties.problems))


def list_case(files: Files, case_id: str) -> CaseListing:
    """Lists a case's folder."""
    entries, problems = _entries(files, case_id)
    sorts = dict(entries)
    for name, sort in entries:
        problems += _strays_in_case(below(case_id, name), name, sort)
    events = _records(files, f"{case_id}/{EVENTS}") if sorts.get(EVENTS) is Sort.FOLDER else Listing()
    sources = _sources(files, f"{case_id}/{SOURCES}") if sorts.get(SOURCES) is Sort.FOLDER else Listing()
    if events.names and not any(name.lower() in {HEADER_NAME, "case.yml"} for name in sorts):
        problems.append(case_without_header.one(below(case_id, HEADER_NAME)))
    problems += twins(case_id, sorts)
    has_header = sorts.get(HEADER_NAME) is Sort.FILE
    found = _without_ignored(files, (*problems, *sources.problems, *events.problems))
    has_mapping = sorts.get(MAPPING_NAME) is Sort.FILE
    not_read = Listing((), found).not_read
    return CaseListing(has_header, events.names, found, not_read, sources.names, has_mapping)


_NOT_READ = frozenset(
    check.rule.code for check in (not_a_plain_file, unreadable_file, bad_file_name, nested_repository)
)


def _may_hold_a_record(problem: Problem) -> bool:
    """True if a problem of a listing may keep a record from being read; false for a copy that an editor left."""
    name = problem.places[0].file.rpartition("/")[2]
    return (problem.code in _NOT_READ or name.lower().endswith((RECORD, ".yml"))) and not name.startswith(".")


def _without_ignored(files: Files, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Returns the problems without those of files that git ignores and that are no records: they are never committed.

    A link, or a folder that cannot be read, stays a problem where a record might be behind it.
    """
    all_of_them = tuple(problems)
    if not any(map(_may_be_ignored, all_of_them)):
        return all_of_them
    ignored = files.ignored()
    return tuple(
        problem
        for problem in all_of_them
        if not (_may_be_ignored(problem) and _is_within(problem.places[0].file, ignored))
    )


def _may_be_ignored(problem: Problem) -> bool:
    name = problem.places[0].file.rpartition("/")[2]
    if problem.code == not_a_plain_file.rule.code:
        return name.startswith(".") or not (name.lower().endswith(RECORD) or is_id(name))
    return problem.code in {stray_file.rule.code, bad_file_name.rule.code}


def _is_within(file: FileId, tops: Container[FileId]) -> bool:
    """True if the file, or a folder that it is in, is one of these."""
    steps = file.split("/")
    return any("/".join(steps[: count + 1]) in tops for count in range(len(steps)))


def _entries(files: Files, folder: FileId, *, with_repository: bool = True) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Returns a folder's entries without the ignored ones; none for a git repository, which is a problem.

    `with_repository` is false for the root, which may be the top of a repository.
    """
    entries = files.entries(folder)
    if isinstance(entries, Problem):
        return (), [entries]
    names = {name for name, _ in entries}
    if names >= _REPOSITORY or (with_repository and ".git" in names):
        return (), [nested_repository.one(folder)]
    return tuple([entry for entry in entries if not is_ignored(entry.name) and entry.name != ".git"]), []


def _case_or_strays(files: Files, folder: FileId) -> tuple[bool, list[Problem]]:
    """Returns whether a folder of the root is a case; if not, also the problems of its entries."""
    entries, problems = _entries(files, folder)
    if problems or any(name.lower() in {HEADER_NAME, "case.yml", EVENTS} for name, _ in entries):
        return not problems, problems
    helps = (f"a case's folder holds `{HEADER_NAME}` and `{EVENTS}/`",)
    return False, [_stray(below(folder, name), name, sort, *helps) for name, sort in entries]


def _strays_beside_cases(name: str, sort: Sort) -> Iterator[Problem]:
    if sort is Sort.FOLDER or (sort is Sort.FILE and name in BESIDE_THE_CASES):
        return
    if sort is Sort.FILE and name.lower().endswith((RECORD, ".yml")):
        what = "a record outside `parties/` and outside a case's folder"
        yield stray_file.one(name, what, "move it where it belongs")
    else:
        yield _stray(name, name, sort)


def _records(files: Files, folder: FileId) -> Listing:
    entries, problems = _entries(files, folder)
    names: list[str] = []
    for name, sort in entries:
        stem = name.removesuffix(RECORD)
        file = below(folder, name)
        if stem == name or sort is not Sort.FILE:
            problems.append(_stray(file, name, sort))
        elif bad_name := name_problem(file, stem, RECORD):
            problems.append(bad_name)
        else:
            names.append(stem)
    return Listing(tuple(names), (*problems, *twins(folder, (name for name, _ in entries))))


def _strays_in_case(file: FileId, name: str, sort: Sort) -> Iterator[Problem]:
    if (sort is Sort.FOLDER and name in {EVENTS, SOURCES}) or (
        sort is Sort.FILE and name in {HEADER_NAME, MAPPING_NAME}
    ):
        return
    if sort is Sort.FILE and name.endswith(RECORD):
        yield stray_file.one(file, "a record outside `events/`", f"move it into `{EVENTS}/`")
    else:
        yield _stray(file, name, sort)


def _stray(file: FileId, name: str, sort: Sort, *helps: str) -> Problem:
    if sort in {Sort.LINK, Sort.OTHER}:
        return not_a_plain_file.one(file, "a link" if sort is Sort.LINK else "a pipe, a socket or a device")
    if sort is Sort.FOLDER:
        if name.endswith(RECORD):
            return not_a_plain_file.one(file, "a folder")
        return stray_file.one(file, "this folder", *helps)
    if helps:
        return stray_file.one(file, "this file", *helps)
    return stray_file.one(file, *_slip(name))


def _slip(name: str) -> tuple[str, ...]:
    """Returns what a stray file probably is, and what to do."""
    small = name.lower()
    if small.endswith((".yml", RECORD)):
        return ("a file that does not end in `.yaml`", "give it the ending `.yaml`")
    if small.endswith(("~", ".bak", ".orig", ".rej", ".swp", ".tmp")) or small.startswith((".#", "#")):
        return ("a copy left by an editor or by git", "delete it when the record itself says the same")
    if small.startswith("."):
        return ("a hidden file", "delete it, move it out of the case folder, or list it in `.gitignore`")
    return (
        "this file",
        "records end in `.yaml`; copies of sources belong under `<case>/sources/`, notes in a README",
    )


def _sources(files: Files, folder: FileId) -> Listing:
    """Lists the sources of a case: the files that end in `.yaml`; the other entries are kept copies."""
    entries, _ = _entries(files, folder)
    records = {name for name, sort in entries if name.endswith(RECORD) and sort is not Sort.LINK}
    listed = [(name, _source_problem(below(folder, name), name, sort)) for name, sort in entries if name in records]
    problems = [problem for _, problem in listed if problem is not None]
    names = (name.removesuffix(RECORD) for name, problem in listed if problem is None)
    return Listing(tuple(names), (*problems, *_copies(files, folder, records)))


def _source_problem(file: FileId, name: str, sort: Sort) -> Problem | None:
    return name_problem(file, name.removesuffix(RECORD), RECORD) if sort is Sort.FILE else _stray(file, name, sort)


def _copies(files: Files, top: FileId, records: Container[str]) -> Iterator[Problem]:
    """Yields the problems of kept copies: entries other than plain files, and names that some systems cannot hold."""
    todo = [top]
    while todo:
        folder = todo.pop()
        entries, problems = _entries(files, folder)
        yield from problems
        yield from twins(folder, (name for name, _ in entries))
        for name, sort in entries:
            if folder == top and name in records:
                continue
            file = below(folder, name)
            problem = copy_name_problem(file, name)
            if problem:
                yield problem
            if sort in {Sort.LINK, Sort.OTHER}:
                yield _stray(file, name, sort)
            elif sort is Sort.FOLDER and file.count("/") > _DEEPEST:
                yield stray_file.one(file, "a folder this deep", f"keep copies at most {_DEEPEST} folders deep")
            elif sort is Sort.FOLDER:
                todo.append(file)
