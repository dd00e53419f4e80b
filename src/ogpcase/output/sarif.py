"""A verdict as SARIF 2.1.0, the OASIS standard that code scanning and many editors read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from inspect import cleandoc
from urllib.parse import quote

from ogpcase import __version__
from ogpcase.diagnostics import Diagnostic, Offer, Rule, Span, Spot, Verdict
from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.concise import path_from_top
from ogpcase.output.json import dumps
from ogpcase.workspace.catalogue import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_EXAMPLES = ("Wrong", "Right")
_Mapped = dict[str, object]


def sarif(verdict: Verdict, folder: str = "", offers: Sequence[Offer] = ()) -> str:
    """Returns a log of one run, whose rules are those that the results name.

    `folder` leads from the repository's top to the folder that paths are relative to; `offers` become fixes.
    """
    mends = {(each.path, each.code, each.line, each.column): each for each in offers}
    rules = _rules(verdict)
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    fingerprints = _fingerprints(verdict, folder)
    results = [
        {
            **_result(each, folder),
            **_fixes(each, folder, mends),
            "ruleIndex": numbers[each.code],
            "partialFingerprints": {"ogpcase/v1": fingerprint},
        }
        for each, fingerprint in zip(verdict.diagnostics, fingerprints, strict=True)
    ]
    driver = {"name": "ogpcase", "semanticVersion": __version__, "rules": list(map(_rule, rules))}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})
    return log.replace("##[", "##\\u005b")  # the same text, and no command to a runner that prints the log


def _rules(verdict: Verdict) -> list[Rule]:
    """Returns the rules that the diagnostics name, in the order of their codes; an unlisted one has no page."""
    known = {check.rule.code: check.rule for check in RULES}
    named = {each.code: Rule(each.code, each.name, each.severity) for each in verdict.diagnostics}
    return [known.get(code, named[code]) for code in sorted(named)]


def _rule(rule: Rule) -> _Mapped:
    """Returns a rule with its page as plain text and as Markdown."""
    mapped: _Mapped = {"id": rule.code, "name": rule.name, "defaultConfiguration": {"level": str(rule.severity)}}
    if not rule.page:
        return mapped
    (_, sentence), *sections = _sections(rule.page)
    because = next((text for heading, text in sections if heading == "Why it matters"), "")
    return {
        **mapped,
        "shortDescription": {"text": sentence},
        "fullDescription": {"text": f"{sentence} {' '.join(because.split())}".rstrip()},
        "help": {"text": cleandoc(rule.page), "markdown": _markdown(sentence, sections)},
    }


def _sections(page: str) -> list[tuple[str, str]]:
    """Returns a page's first words under no heading, then each heading with the indented text under it."""
    first, *rest = cleandoc(page).split("\n\n", 1)
    sections: list[tuple[str, list[str]]] = []
    for line in "".join(rest).splitlines():
        if line and not line.startswith(" "):
            sections.append((line, []))
        elif sections:
            sections[-1][1].append(line)
    return [("", " ".join(first.split())), *((heading, cleandoc("\n".join(lines))) for heading, lines in sections)]


def _markdown(sentence: str, sections: list[tuple[str, str]]) -> str:
    parts = [sentence]
    for heading, text in sections:
        parts += [f"## {heading}", f"```text\n{text}\n```" if heading in _EXAMPLES else text]
    return "\n\n".join(parts) + "\n"


def _result(diagnostic: Diagnostic, folder: str) -> _Mapped:
    first, *others = diagnostic.spots
    told = [diagnostic.message, *(f"note: {each}" for each in diagnostic.notes)]
    told += [f"help: {each}" for each in diagnostic.helps]
    result: _Mapped = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": _message("\n".join(map(visible, told))),
        "locations": [_location(first, folder)],
    }
    if others:
        related = [{"id": number, **_location(spot, folder)} for number, spot in enumerate(others, 1)]
        result["relatedLocations"] = related
    return result


def _fixes(diagnostic: Diagnostic, folder: str, mends: Mapping[tuple[str, str, int, int], Offer]) -> _Mapped:
    """Returns how the one right answer is written, where there is one."""
    first = diagnostic.spots[0]
    mend = mends.get((first.path, diagnostic.code, first.span.line, first.span.column))
    if mend is None:
        return {}
    replacement = {"deletedRegion": _region(mend.span), "insertedContent": {"text": mend.text}}
    change = {"artifactLocation": _artifact(first, folder), "replacements": [replacement]}
    said = diagnostic.helps[0] if diagnostic.helps else diagnostic.message
    return {"fixes": [{"description": _message(visible(said)), "artifactChanges": [change]}]}


def _location(spot: Spot, folder: str) -> _Mapped:
    physical = {"artifactLocation": _artifact(spot, folder), "region": _region(spot.span)}
    said = {"message": _message(visible(spot.label))} if spot.label else {}
    return {"physicalLocation": physical, **said}


def _artifact(spot: Spot, folder: str) -> _Mapped:
    """Returns a file's URI: relative to the top of the sources, or absolute where the path is."""
    path = quote(path_from_top(spot.path, folder).encode("utf-8", "backslashreplace"))
    return {"uri": f"file://{path}"} if path.startswith("/") else {"uri": path, "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> _Mapped:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _message(text: str) -> _Mapped:
    """Returns a message in which braces and links are plain text (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _fingerprints(verdict: Verdict, folder: str) -> Iterator[str]:
    """Yields what tells a problem from others when lines move: its code, file and field, and which of several it is."""
    seen: Counter[tuple[str, ...]] = Counter()
    for each in verdict.diagnostics:
        spot = each.spots[0]
        fields = (step for step in spot.route if isinstance(step, str))
        key = (each.code, path_from_top(spot.path, folder), *fields)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
