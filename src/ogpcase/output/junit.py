"""Writes a verdict as JUnit XML, which Jenkins and GitLab read: a suite for each folder, a test for each file."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from ogpcase.diagnostics import Diagnostic, Severity, Verdict
from ogpcase.diagnostics.visible_text import log_line, visible
from ogpcase.output.lines import counted
from ogpcase.output.verdicts import concise_line, details

_Tests = dict[str, list[Diagnostic]]
_SUBFOLDERS = ("events", "sources")


def junit(verdict: Verdict) -> str:
    """Returns a test for each file with problems; errors make it fail, and warnings are its output.

    All files without problems are one test together, so that the report is never empty.
    """
    suites = _suites(verdict)
    failed = sum(_failures(tests) for tests in suites.values())
    count = sum(map(len, suites.values())) + 1
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="ogpcase" tests="{count}" failures="{failed}" errors="0">',
        *_others(verdict),
        *(line for folder, tests in suites.items() for line in _suite(folder, tests)),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _suites(verdict: Verdict) -> dict[str, _Tests]:
    """Returns the diagnostics by folder (a case, or the parties), and by file in it."""
    suites: dict[str, _Tests] = {}
    for diagnostic in verdict.diagnostics:
        folder, name = _split(diagnostic.spots[0].path)
        suites.setdefault(folder, {}).setdefault(name, []).append(diagnostic)
    return suites


def _split(path: str) -> tuple[str, str]:
    """Returns the folder of a file's case, or its own folder, and the path below it."""
    parts = path.split("/")
    depth = 2 if len(parts) > 1 and parts[-2] in _SUBFOLDERS else 1
    return "/".join(parts[:-depth]) or ".", "/".join(parts[-depth:])


def _others(verdict: Verdict) -> Iterator[str]:
    name = f"all other files; {counted(verdict.files, 'file')} judged in {counted(verdict.cases, 'case')}"
    yield '<testsuite name="sound" tests="1" failures="0" errors="0">'
    yield f"<testcase{_attributes(classname='sound', name=name)}/>"
    yield "</testsuite>"


def _suite(folder: str, tests: _Tests) -> Iterator[str]:
    yield f'<testsuite{_attributes(name=folder)} tests="{len(tests)}" failures="{_failures(tests)}" errors="0">'
    for name, diagnostics in tests.items():
        path = diagnostics[0].spots[0].path  # GitLab links the test to it
        yield f"<testcase{_attributes(classname=folder, name=name, file=path)}>"
        errors = [problem for problem in diagnostics if problem.severity is Severity.ERROR]
        warnings = [problem for problem in diagnostics if problem.severity is Severity.WARNING]
        if errors:  # one element for all errors: some programs read only the first
            attributes = _attributes(type=errors[0].code, message=_headline(errors))
            yield f"<failure{attributes}>{_text(errors)}</failure>"
        if warnings:
            yield f"<system-out>{_text(warnings)}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _failures(tests: _Tests) -> int:
    return sum(any(problem.severity is Severity.ERROR for problem in diagnostics) for diagnostics in tests.values())


def _headline(errors: Sequence[Diagnostic]) -> str:
    more = f" (and {counted(len(errors) - 1, 'more error')})" if len(errors) > 1 else ""
    return f"{errors[0].code} {errors[0].message}{more}"


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    """Returns the text of some diagnostics, with a line for each place, note and help."""
    lines: list[str] = []
    for diagnostic in diagnostics:
        lines += [concise_line(diagnostic), *(f"  {log_line(detail)}" for detail in details(diagnostic))]
    return _escaped("\n".join(lines))


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(visible(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    """Returns text escaped for XML, and without `##[`, which a CI runner that prints the report would obey."""
    return html.escape(text).replace("##[", "##&#91;")
