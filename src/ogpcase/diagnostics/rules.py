"""The marker that makes a function a check: its code, its name, its severity, and its docstring as the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import update_wrapper
from typing import Generic, ParamSpec

from ogpcase.diagnostics.problem import Problem, Rule, Severity

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
