"""A verdict as JUnit XML, which Jenkins and GitLab read: a suite for each folder, a test for each file."""

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
    """Returns the files with problems as tests; a file with an error failed, warnings are its output.

    The files without problems are one test together, so that a sound folder is no empty report.
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
    """Returns the diagnostics by folder, a case or the parties, and below it by file."""
    suites: dict[str, _Tests] = {}
    for each in verdict.diagnostics:
        folder, name = _split(each.spots[0].path)
        suites.setdefault(folder, {}).setdefault(name, []).append(each)
    return suites


def _split(path: str) -> tuple[str, str]:
    """Returns a file's case, or other folder, and the path below it."""
    parts = path.split("/")
    depth = 2 if len(parts) > 1 and parts[-2] in _SUBFOLDERS else 1
    return "/".join(parts[:-depth]) or ".", "/".join(parts[-depth:])


def _others(verdict: Verdict) -> Iterator[str]:
    said = f"all other files; {counted(verdict.files, 'file')} judged in {counted(verdict.cases, 'case')}"
    yield '<testsuite name="sound" tests="1" failures="0" errors="0">'
    yield f"<testcase{_attributes(classname='sound', name=said)}/>"
    yield "</testsuite>"


def _suite(folder: str, tests: _Tests) -> Iterator[str]:
    yield f'<testsuite{_attributes(name=folder)} tests="{len(tests)}" failures="{_failures(tests)}" errors="0">'
    for name, diagnostics in tests.items():
        yield f"<testcase{_attributes(classname=folder, name=name)}>"
        errors = [each for each in diagnostics if each.severity is Severity.ERROR]
        warnings = [each for each in diagnostics if each.severity is Severity.WARNING]
        if errors:  # one element for all: readers take the first alone
            attributes = _attributes(type=errors[0].code, message=_headline(errors))
            yield f"<failure{attributes}>{_text(errors)}</failure>"
        if warnings:
            yield f"<system-out>{_text(warnings)}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _failures(tests: _Tests) -> int:
    return sum(any(each.severity is Severity.ERROR for each in diagnostics) for diagnostics in tests.values())


def _headline(errors: Sequence[Diagnostic]) -> str:
    more = f" (and {counted(len(errors) - 1, 'more error')})" if len(errors) > 1 else ""
    return f"{errors[0].code} {errors[0].message}{more}"


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    """Returns all that is to be said of some diagnostics, a line for each place, note and help."""
    lines: list[str] = []
    for each in diagnostics:
        lines += [concise_line(each), *(f"  {log_line(one)}" for one in details(each))]
    return _escaped("\n".join(lines))


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(visible(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    """Returns text as XML has it, without `##[`, which a runner that prints the report would obey."""
    return html.escape(text).replace("##[", "##&#91;")
