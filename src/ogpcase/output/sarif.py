"""Writes a verdict as SARIF 2.1.0, the OASIS standard that code scanning and many editors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc
from urllib.parse import quote

from ogpcase import __version__
from ogpcase.diagnostics import Diagnostic, Offer, Rule, Span, Spot, Verdict
from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.verdicts import fingerprints, remarks
from ogpcase.workspace.catalogue import RULES, page_of, parts_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(verdict: Verdict, offers: Sequence[Offer] = ()) -> str:
    """Returns a log of one run, with the rules that its results name; `offers` become fixes."""
    mends = {(offer.path, offer.code, offer.line, offer.column): offer for offer in offers}
    rules = _rules(verdict)
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


def _rules(verdict: Verdict) -> list[Rule]:
    """Returns the rules of the diagnostics, in the order of their codes; an unlisted rule has no page."""
    known = {check.rule.code: check.rule for check in RULES}
    named = {problem.code: Rule(problem.code, problem.name, problem.severity) for problem in verdict.diagnostics}
    return [known.get(code, named[code]) for code in sorted(named)]


def _rule(rule: Rule) -> Mapped:
    """Returns a rule with its page as plain text and as Markdown."""
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
