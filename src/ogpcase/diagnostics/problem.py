"""A problem by name: what is wrong, at which node of which file; and the marker that makes a function a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
