"""Writes a verdict for the programs that run checks: GitHub Actions, GitLab, JUnit XML, and SARIF.

GitHub's runner takes a line that begins with `::` or contains `##[` for a command; record text can produce neither.
SARIF 2.1.0 is the OASIS standard that code scanning and many editors read; JUnit XML is read by Jenkins and GitLab.
"""

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from inspect import cleandoc
from urllib.parse import quote

from ogpcase import __version__
from ogpcase.diagnostics import Diagnostic, Offer, Rule, Severity, Span, Spot, Verdict
from ogpcase.diagnostics.visible_text import harmless, log_line, visible
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.verdicts import concise, concise_line, details, fingerprints, place, remarks, total
from ogpcase.output.words import counted
from ogpcase.workspace.catalogue import RULES, page_of, parts_of

MOST = 10
"""The most errors, and the most warnings, that GitHub shows for one step; it silently drops further ones."""
LARGEST = 500_000
"""The most bytes of a summary's table; GitHub refuses a summary of more than a mebibyte."""


def github(verdict: Verdict, changed: AbstractSet[str] = frozenset()) -> str:
    """Returns a plain line for each diagnostic, then the annotations, then the totals.

    `changed` are the printed paths of changed files, which are annotated first.
    """
    shown, rest = annotated(verdict, changed)
    lines = [f"{annotation(diagnostic)}\n" for diagnostic in shown]
    more = f"; {len(rest)} not annotated, since GitHub shows {MOST} errors and {MOST} warnings" if rest else ""
    return "".join([concise(verdict), *lines, f"{total(verdict)}{more}\n"])


def github_summary(verdict: Verdict, changed: AbstractSet[str] = frozenset()) -> str:
    """Returns the totals as Markdown, and a table of the diagnostics that `github` does not annotate."""
    lines = ["### Case folder", "", total(verdict), ""]
    rest = annotated(verdict, changed)[1]
    if rest:
        rows = list(_fitting(rest))
        lines += ["Not shown as annotations:", "", *markdown_table(["Place", "Problem", "Code"], rows), ""]
        lines += [f"… and {len(rest) - len(rows)} more", ""] if len(rows) < len(rest) else []
    return "\n".join(lines) + "\n"


def annotated(
    verdict: Verdict, changed: AbstractSet[str] = frozenset()
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Returns the diagnostics that get an annotation, and the others; changed files come first, then errors."""

    def urgency(diagnostic: Diagnostic) -> tuple[bool, bool]:
        touched = any(spot.path in changed for spot in diagnostic.spots)
        return not touched, diagnostic.severity is not Severity.ERROR

    shown: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    taken = Counter[Severity]()
    for diagnostic in sorted(verdict.diagnostics, key=urgency):
        (shown if taken[diagnostic.severity] < MOST else rest).append(diagnostic)
        taken[diagnostic.severity] += 1
    return tuple(shown), tuple(rest)


def annotation(diagnostic: Diagnostic) -> str:
    """Returns the command that annotates a diagnostic's primary place, with its message and details."""
    encoded = ((name, _data(value).replace(":", "%3A").replace(",", "%2C")) for name, value in _properties(diagnostic))
    properties = ",".join(f"{name}={value}" for name, value in encoded)
    text = _data("\n".join(map(harmless, (diagnostic.message, *details(diagnostic)))))
    return f"::{diagnostic.severity} {properties}::{text}"


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    spot = diagnostic.spots[0]
    span = spot.span
    yield "file", harmless(spot.path)
    yield "line", str(span.line)
    yield "col", str(span.column)
    if span.end_line != span.line:
        yield "endLine", str(span.end_line)
    elif span.end_column > span.column:  # GitHub refuses columns that end on another line
        yield "endColumn", str(span.end_column)
    yield "title", diagnostic.code


def _data(text: str) -> str:
    """Encodes text for the runner, which decodes it after the second `::`."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _fitting(diagnostics: Iterable[Diagnostic]) -> Iterator[list[str]]:
    """Yields rows of cells as long as they fit into a summary."""
    size = 0
    for diagnostic in diagnostics:
        code = f"{diagnostic.severity} {diagnostic.code}"
        row = [escaped(place(diagnostic.spots[0])), escaped(diagnostic.message), escaped(code)]
        size += sum(len(cell.encode()) + 3 for cell in row) + 2
        if size > LARGEST:
            return
        yield row


_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}
"""GitLab's words; its others are `info`, `critical` and `blocker`."""


def gitlab(verdict: Verdict) -> str:
    """Returns a list with an entry for each diagnostic; an empty list says that there is none."""
    both = zip(verdict.diagnostics, fingerprints(verdict), strict=True)
    return dumps([_entry(diagnostic, fingerprint) for diagnostic, fingerprint in both])


def _entry(diagnostic: Diagnostic, fingerprint: str) -> Mapped:
    first = diagnostic.spots[0]
    return {
        "description": "\n".join(map(visible, (diagnostic.message or diagnostic.name, *details(diagnostic)))),
        "check_name": diagnostic.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {"path": visible(first.path), "lines": {"begin": first.span.line, "end": first.span.end_line}},
    }


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
        parts = diagnostic.spots[0].path.split("/")
        depth = 2 if len(parts) > 1 and parts[-2] in _SUBFOLDERS else 1
        folder, name = "/".join(parts[:-depth]) or ".", "/".join(parts[-depth:])
        suites.setdefault(folder, {}).setdefault(name, []).append(diagnostic)
    return suites


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
        errors, warnings = ([each for each in diagnostics if each.severity is severity] for severity in Severity)
        if errors:  # one element for all errors: some programs read only the first
            more = f" (and {counted(len(errors) - 1, 'more error')})" if errors[1:] else ""
            attributes = _attributes(type=errors[0].code, message=f"{errors[0].code} {errors[0].message}{more}")
            yield f"<failure{attributes}>{_text(errors)}</failure>"
        if warnings:
            yield f"<system-out>{_text(warnings)}</system-out>"
        yield "</testcase>"
    yield "</testsuite>"


def _failures(tests: _Tests) -> int:
    return sum(any(problem.severity is Severity.ERROR for problem in diagnostics) for diagnostics in tests.values())


def _text(diagnostics: Sequence[Diagnostic]) -> str:
    lines: list[str] = []
    for diagnostic in diagnostics:
        lines += [concise_line(diagnostic), *(f"  {log_line(detail)}" for detail in details(diagnostic))]
    return _escaped("\n".join(lines))


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_escaped(visible(value))}"' for name, value in values.items())


def _escaped(text: str) -> str:
    """Returns text escaped for XML, and without `##[`, which a CI runner that prints the report would obey."""
    return html.escape(text).replace("##[", "##&#91;")


SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(verdict: Verdict, offers: Sequence[Offer] = ()) -> str:
    """Returns a log of one run, with the rules that its results name; `offers` become fixes."""
    mends = {(offer.path, offer.code, offer.line, offer.column): offer for offer in offers}
    known = {check.rule.code: check.rule for check in RULES}
    named = {each.code: Rule(each.code, each.name, each.severity) for each in verdict.diagnostics}  # without a page
    rules = [known.get(code, named[code]) for code in sorted(named)]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        {
            **_result(diagnostic),
            **_fixes(diagnostic, mends),
            "ruleIndex": numbers[diagnostic.code],
            "partialFingerprints": {"ogpcase/v1": fingerprint},
        }
        for diagnostic, fingerprint in zip(verdict.diagnostics, fingerprints(verdict), strict=True)
    ]
    driver = {"name": "ogpcase", "semanticVersion": __version__, "rules": list(map(_rule, rules))}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule) -> Mapped:
    mapped: Mapped = {"id": rule.code, "name": rule.name, "defaultConfiguration": {"level": str(rule.severity)}}
    if not rule.page:
        return mapped
    parts = dict(parts_of(rule))
    sentence, because = (" ".join(parts.get(heading, "").split()) for heading in ("", "Why it matters"))
    _, _, markdown = page_of(rule).split("\n\n", 2)  # without its title and severity
    return {
        **mapped,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": f"{sentence} {because}".rstrip()},
        "help": {"text": cleandoc(rule.page), "markdown": markdown},
    }


def _result(diagnostic: Diagnostic) -> Mapped:
    first, *others = diagnostic.spots
    result: Mapped = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": _message("\n".join(map(visible, (diagnostic.message, *remarks(diagnostic))))),
        "locations": [_location(first)],
    }
    if others:
        related = [{"id": number, **_location(spot)} for number, spot in enumerate(others, 1)]
        result["relatedLocations"] = related
    return result


def _fixes(diagnostic: Diagnostic, mends: Mapping[tuple[str, str, int, int], Offer]) -> Mapped:
    """Returns how the one right answer is written, where there is one."""
    first = diagnostic.spots[0]
    mend = mends.get((first.path, diagnostic.code, first.span.line, first.span.column))
    if mend is None:
        return {}
    replacement = {"deletedRegion": _region(mend.span), "insertedContent": {"text": mend.text}}
    change = {"artifactLocation": _artifact(first), "replacements": [replacement]}
    said = diagnostic.helps[0] if diagnostic.helps else diagnostic.message
    return {"fixes": [{"description": _message(visible(said)), "artifactChanges": [change]}]}


def _location(spot: Spot) -> Mapped:
    physical = {"artifactLocation": _artifact(spot), "region": _region(spot.span)}
    said = {"message": _message(visible(spot.label))} if spot.label else {}
    return {"physicalLocation": physical, **said}


def _artifact(spot: Spot) -> Mapped:
    """Returns a file's URI: relative to the top of the sources, or absolute where the path is."""
    path = quote(spot.path.encode("utf-8", "backslashreplace"))
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> Mapped:
    names = ("startLine", "startColumn", "endLine", "endColumn")
    return dict(zip(names, span[:4], strict=True))


def _message(text: str) -> Mapped:
    """Returns a message with braces and links escaped (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}
