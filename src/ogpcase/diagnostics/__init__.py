"""Problems and the checks that yield them, diagnostics (located problems), and the verdict of a run."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from enum import StrEnum
from functools import update_wrapper
from typing import Any, Generic, Literal, NamedTuple, ParamSpec, TypeVar

Route = tuple[str | int, ...]
"""Keys and 0-based list positions that lead from the top of a record to a node."""

FileId = str
"""A file's path below the root, with forward slashes: `mexico-2018/events/2018-07-16-concern.yaml`."""

Part = Literal["value", "key", "missing"]
"""Which part of a node is meant: its value, its key, or the place where a missing node belongs."""


def last_name(route: Route, otherwise: str = "") -> str:
    """Returns the last field name in a route."""
    return next((step for step in reversed(route) if isinstance(step, str)), otherwise)


class Severity(StrEnum):
    """An error fails the run; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A part of a file's text.

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
    """A node of a file, named by its route, with the label to print at the caret.

    `span` is set only where the parser knows it; otherwise it is found from the route.
    `after` lists the fields that come before a missing one, so that the diagnostic can point where it belongs.
    """

    file: FileId
    route: Route = ()
    label: str = ""
    part: Part = "value"
    span: Span | None = None
    after: tuple[str, ...] = ()


class Rule(NamedTuple):
    """What identifies a check: code, name, severity and page."""

    code: str
    name: str
    severity: Severity
    page: str = ""


_NO_RULE = Rule("OC000", "no-rule", Severity.ERROR)


class Problem(NamedTuple):
    """One fault of a record, in words for people; the first place is the primary one.

    `message` is one lowercase line that makes sense alone. `notes` give facts, `helps` say what to do.
    The check that yields the problem sets its `rule`. A `mild` problem is a warning even if the check reports errors.
    """

    message: str
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    rule: Rule = _NO_RULE
    mild: bool = False

    @property
    def code(self) -> str:
        """The rule's code, as `OC301`."""
        return self.rule.code


P = ParamSpec("P")
T = TypeVar("T")


class Check(Generic[P]):
    """A function that yields problems; the check gives each problem its rule."""

    def __init__(self, rule: Rule, function: Callable[P, Iterator[Problem]]) -> None:
        self.rule = rule
        self.function = function
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[Problem]:
        """Yields the function's problems with this check's rule."""
        return map(self._with_rule, self.function(*args, **kwargs))

    def _with_rule(self, problem: Problem) -> Problem:
        own = self.rule._replace(severity=Severity.WARNING) if problem.mild else self.rule
        return problem._replace(rule=own)

    def one(self, *args: P.args, **kwargs: P.kwargs) -> Problem:
        """Returns the single problem of a check that always yields one."""
        return next(iter(self(*args, **kwargs)))


def rule(
    code: str, name: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[P, Iterator[Problem]]], Check[P]]:
    """Makes a generator of problems the check `code`; its docstring is the page that `explain` prints."""

    def mark(function: Callable[P, Iterator[Problem]]) -> Check[P]:
        return Check(Rule(code, name, severity, page=function.__doc__ or ""), function)

    return mark


class Spot(NamedTuple):
    """A place found in the text: path to show, span, and the line to quote (None where it may not be quoted)."""

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
        """The sort key: path, line, column, code, message."""
        first = self.spots[0]
        return (first.path, first.span.line, first.span.column, self.code, self.message)


class Verdict(NamedTuple):
    """All diagnostics of a run, and how many files, cases and departures (steps outside the policy) it judged.

    `there_before` counts the problems that a comparison left out as old; None where all were reported.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int = 0
    cases: int = 0
    departures: int = 0
    there_before: int | None = None

    def number_of(self, severity: Severity) -> int:
        """Returns how many diagnostics have this severity."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    @property
    def failed(self) -> bool:
        """True if there is an error; warnings alone do not fail a run."""
        return self.number_of(Severity.ERROR) > 0


class Offer(NamedTuple):
    """A possible fix: path, code, line and column of the problem, the span to replace, and the new text."""

    path: str
    code: str
    line: int
    column: int
    span: Span
    text: str


_NEAR = 0.68
"""The least similarity of two names, from 0 to 1; chosen from the misspelt names in the test corpus."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name most like `word`; None where more than about a third of the letters differ.

    Case is ignored.
    """
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=_NEAR)
    return names[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str], start: str = "") -> tuple[str, ...]:
    """Returns a hint with the nearest of the known words, behind `start`; nothing if none is near."""
    near = nearest(word, known)
    return suggestion(near and f"{start}{near}")


def suggestion(*names: str | None) -> tuple[str, ...]:
    """Returns a hint that one of these names was meant; nothing without a name."""
    meant = " or ".join(f"`{name}`" for name in names if name)
    return (f"did you mean {meant}?",) if meant else ()


def unmatched(items: Iterable[T], known: Counter[Any], key: Callable[[T], object]) -> Iterator[T]:
    """Yields the items whose key is not known; each known key, which is taken out of `known`, matches one item only."""
    for item in items:
        name = key(item)
        if known[name] > 0:
            known[name] -= 1
        else:
            yield item


class FirstSlips:
    """Limits how many unknown names of a file get a suggestion; only fifty problems of a file are shown."""

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._counts: dict[object, int] = {}

    def has(self, file: object) -> bool:
        """Counts one more unknown name of a file; false once the limit is passed."""
        self._counts[file] = count = self._counts.get(file, 0) + 1
        return count <= self._most
