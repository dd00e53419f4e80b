"""A problem by name, the check that yields it, its place in the text, the verdict of a run, and the JSON around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from functools import update_wrapper
from typing import Generic, Literal, NamedTuple, ParamSpec

Route = tuple[str | int, ...]
"""Keys and 0-based list positions that lead from the top of a record to a node."""

FileId = str
"""A file's path below the root, with forward slashes: `mexico-2018/events/2018-07-16-concern.yaml`."""

Part = Literal["value", "key", "missing"]
"""Which part of a node is meant: its value, its key, or the place where an absent one would stand."""


class Severity(StrEnum):
    """An error fails the run; a warning does not. There is no third mood."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file's text.

    Lines and columns count from 1, in code points, and the end is exclusive.
    `start` and `end` are 0-based offsets in code points into the decoded text.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    start: int = 0
    end: int = 0


class Place(NamedTuple):
    """A node by name: the file, the route in it, and what to say at the caret.

    `span` is set only where the parser already knows the place; otherwise it is found from the route.
    `after` lists the fields that stand before an absent one, so that "missing" can point at where it belongs.
    """

    file: FileId
    route: Route = ()
    label: str = ""
    part: Part = "value"
    span: Span | None = None
    after: tuple[str, ...] = ()


class Rule(NamedTuple):
    """The identity of a check: its code, its name, its severity and its page."""

    code: str
    name: str
    severity: Severity
    page: str = ""


UNSTAMPED = Rule("OC000", "unstamped", Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, worded for people; the first place is the primary one.

    `message` is one lowercase line that makes sense alone. `notes` give facts, `helps` say what to do.
    The rule is stamped on by the check that yields it (see rules).
    """

    message: str
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    rule: Rule = UNSTAMPED

    @property
    def code(self) -> str:
        """The rule's code, as `OC301`."""
        return self.rule.code


P = ParamSpec("P")


class Check(Generic[P]):
    """A function that yields problems, each stamped with this check's rule."""

    def __init__(self, rule: Rule, function: Callable[P, Iterator[Problem]]) -> None:
        self.rule = rule
        self.function = function
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
        """Yields the function's problems with the rule on them."""
        for problem in self.function(*args, **kwargs):
            yield replace(problem, rule=self.rule)

    def one(self, *args: P.args, **kwargs: P.kwargs) -> Problem:
        """Returns the single problem of a check that always yields one."""
        return next(iter(self(*args, **kwargs)))


def rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[P, Iterator[Problem]]], Check[P]]:
    """Marks a generator of problems as the check `code`; its docstring becomes the page that `explain` prints."""

    def mark(function: Callable[P, Iterator[Problem]]) -> Check[P]:
        return Check(Rule(code, name, severity, page=function.__doc__ or ""), function)

    return mark


class Spot(NamedTuple):
    """A place found: the path to show, the span, and the source line to quote (None where nothing may be quoted)."""

    path: str
    span: Span
    route: Route
    label: str
    excerpt: str | None


class Diagnostic(NamedTuple):
    """A located problem; the first spot is the primary one."""

    code: str
    name: str
    severity: Severity
    message: str
    spots: tuple[Spot, ...]
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Where it stands among others: by path, line, column, code, message."""
        first = self.spots[0]
        return (first.path, first.span.line, first.span.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All diagnostics of a run, with what was judged.

    `files`, `cases` and `departures` are counts; `departures` are steps recorded as outside the policy.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int = 0
    cases: int = 0
    departures: int = 0

    def count(self, severity: Severity) -> int:
        """Returns how many diagnostics have this severity."""
        return sum(1 for each in self.diagnostics if each.severity is severity)

    @property
    def failed(self) -> bool:
        """True when there is at least one error; warnings alone do not fail a run."""
        return self.count(Severity.ERROR) > 0


class Offer(NamedTuple):
    """One mend: the path, code, line and column of what it mends, the stretch it replaces, and by what."""

    path: str
    code: str
    line: int
    column: int
    span: Span
    text: str


_NEAR = 0.68
"""How much of both names must be alike; measured on the corpus' slips of the pen."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name that `word` most likely was meant to be, or None when none is near.

    Near means that about a third of the letters may differ, whatever their case.
    """
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=_NEAR)
    return names[near[0]] if near else None


class FirstSlips:
    """Tells which unknown names of a file are worth a suggestion: no more than fifty problems of a file are shown."""

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._counts: Counter[object] = Counter()

    def has(self, file: object) -> bool:
        """Counts one more slip of a file; false once it has had its share."""
        self._counts[file] += 1
        return self._counts[file] <= self._most
