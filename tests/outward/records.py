"""Records with every field filled, made from the models: a field that is added to them joins by itself.

Beside them the records of a small case that has all its steps.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from ogpcase.model.base import (
    AnyReference,
    CaseId,
    EventId,
    Flag,
    Frozen,
    Id,
    ItemReference,
    Line,
    Number,
    PartyId,
    Url,
    is_public,
)
from ogpcase.model.casefile import CaseHeader, Related
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS, Event
from ogpcase.model.items import AlsoDated, AlsoStated, Assessment, Departure, Request, Within
from ogpcase.model.parties import Country, NamedParty, Party
from ogpcase.model.sources import FilePath, Sha256, Source, SourceId
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Language, Text
from ogpcase.yamltree.emitting import emit

ASK, CONCERN, NOTICE, REPORT, END = (
    "2023-02-01-letter-ask",
    "2023-04-10-concern",
    "2023-05-22-letter-notice",
    "2024-01-15-report-review",
    "2024-06-03-resolution",
)
GOVERNMENT, OFFICE, OPEN, UNIT = "government-of-arcadia", "records-office", "open-arcadia", "ogp-support-unit"
PARTIES: dict[str, dict[str, Any]] = {
    GOVERNMENT: {"name": "Government of Arcadia", "classification": "government"},
    OFFICE: {"name": "Records Office", "classification": "government", "part_of": [GOVERNMENT]},
    OPEN: {"name": "Open Arcadia", "classification": "civil_society"},
    UNIT: {"name": "OGP Support Unit", "classification": "ogp_body", "body": "support_unit"},
}
PAGE = [{"id": "page", "url": "https://example.org/page"}]
STEPS: dict[str, dict[str, Any]] = {
    ASK: {"kind": "letter", "title": "A letter asks", "dated": "2023-02-01", "senders": [OPEN], "sources": PAGE,
          "requests": [{"id": "publish", "text": "Publish them", "asked_of": [GOVERNMENT], "due": "2023-03-01"}]},
    CONCERN: {"kind": "concern", "title": "The Concern", "dated": "2023-04-10", "filers": [OPEN], "sources": PAGE,
              "moves_to": ["initial_review"], "allegations": [{"id": "sealed", "text": "Contracts are sealed"}]},
    NOTICE: {"kind": "letter", "title": "The notice", "dated": "2023-05-22", "senders": [UNIT], "sources": PAGE,
             "moves_to": ["under_review"]},
    REPORT: {"kind": "report", "title": "The report", "dated": "2024-01-15", "authors": [UNIT], "sources": PAGE,
             "moves_to": ["report_adopted"]},
    END: {"kind": "resolution", "title": "The end", "dated": "2024-06-03", "by": [UNIT], "sources": PAGE,
          "moves_to": ["closed_addressed_domestically"], "basis": "III.B.9"},
}  # fmt: skip
Say = Callable[[str, str], Any]
"""Gives the value of one place: what sort of value it has to be, and the way to it, as `requests.text`.

The sorts are `text`, `line`, `url`, `id`, `file`, `date`, `number`, `party`, `reference`, `item`, `case`, `flag`, and
`code`, of which the value is a place in the list of codes.
"""
SORTS: dict[Any, str] = {
    Line: "line", Url: "url", Id: "id", FilePath: "file", Number: "number", AnyReference: "reference",
    ItemReference: "item", EventId: "id", CaseId: "case", Flag: "flag", PartyId: "id", SourceId: "id",
}  # fmt: skip
FIXED: dict[Any, Any] = {Language: "en", Sha256: "0" * 64, Country: "XA"}
SOURCE = "page"
GIVEN: dict[tuple[type[Frozen], str], Any] = {
    (AlsoStated, "field"): "summary",
    (AlsoStated, "source"): SOURCE,
    (AlsoDated, "source"): SOURCE,
    (Departure, "sources"): [SOURCE],
    (Assessment, "source"): SOURCE,
    (Source, "gives"): ["title"],
    (Within, "days"): 30,
    (Event, "languages"): ["en", "es"],
    (Related, "case"): None,
    (Event, "paper"): SOURCE,
    (Event, "told_by"): SOURCE,
    (Event, "inferred"): ["summary"],
    (Event, "withdrawn"): None,
    (Event, "withheld"): None,
    (Event, "answer_withheld"): None,
    (Party, "withheld"): None,
    (Request, "answer_withheld"): None,
}
"""Values that must fit others in their record."""
LEFT_OUT = {(Within, "weeks"), (Within, "months"), (Within, "years"), (Request, "due")}
"""Of several that exclude each other, all but one; a second request has the other term."""


def plain(sort: str, way: str) -> Any:
    """Gives a harmless value of a sort."""
    slug = "-".join(each for each in way.replace("_", "-").split(".") if each)
    if sort == "id" and way.endswith("for"):
        return OPEN
    return {
        "text": f"Words on {slug}", "line": f"Name on {slug}", "url": f"https://example.org/{slug}",
        "file": f"sources/{slug}.pdf", "id": slug, "date": "2023-03-03", "number": 3, "flag": False, "code": 0,
        "party": OPEN, "reference": ASK, "item": f"{ASK}#publish", "case": "arcadia-2011",
    }[sort]  # fmt: skip


def filled(cls: type[Frozen], say: Say, way: str = "") -> dict[str, Any]:
    """Returns plain values for every field of a model but its id, and those about publication."""
    hints = get_type_hints(cls, include_extras=True)
    values: dict[str, Any] = {}
    for name, known in cls.model_fields.items():
        where = f"{way}.{known.alias or name}" if way else name
        given = next((value for (each, one), value in GIVEN.items() if one == name and issubclass(cls, each)), ...)
        if not is_public(known) or (not way and name == "id") or (cls, name) in LEFT_OUT or given is None:
            continue
        found = given if given is not ... else _value(hints[name], say, where)
        values[known.alias or name] = found
    return values


def _value(hint: Any, say: Say, way: str) -> Any:  # noqa: C901, PLR0911 - one return for each sort of hint
    for sort, word in SORTS.items():
        if hint == sort:
            return say(word, way)
    for sort, value in FIXED.items():
        if hint == sort:
            return value
    origin = get_origin(hint)
    if origin is Annotated:
        return _value(get_args(hint)[0], say, way)
    if origin in {Union, types.UnionType}:
        return _value(next(each for each in get_args(hint) if each is not type(None)), say, way)
    if origin is tuple:
        return _several(get_args(hint)[0], say, way)
    if hint is Text:
        return {"en": say("text", way), "es": say("text", f"{way}.es")}
    if hint is FuzzyDate:
        return say("date", way)
    if isinstance(hint, type) and issubclass(hint, CodeList | TableCode):
        codes = hint.codes() if issubclass(hint, TableCode) else tuple(map(str, hint))
        return codes[say("code", way)]
    if hint is NamedParty:
        return {"party": say("party", way), "as_named": say("line", f"{way}.as_named"),
                "office": say("line", f"{way}.office")}  # fmt: skip
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return filled(hint, say, way)
    message = f"{way}: no value is known for {hint}; add its sort here"
    raise AssertionError(message)


def _several(hint: Any, say: Say, way: str) -> list[Any]:
    first = _value(hint, say, way)
    if isinstance(first, dict) and "within" in first:
        second = _value(hint, say, f"{way}.2")
        del second["within"]
        return [first, {**second, "due": say("date", f"{way}.due")}]
    return [first]


def event_values(kind: Kind, say: Say) -> dict[str, Any]:
    """Returns an event of a kind with every field that it may have, but the stages that it moves to."""
    values = {"kind": str(kind), **filled(KINDS[kind], say)}
    del values["moves_to"]
    values["sources"].append({"id": SOURCE, "title": "A page", "url": "https://example.org/page"})
    return values


def party_values(say: Say) -> dict[str, Any]:
    """Returns a party with every field; of no OGP body."""
    values = filled(Party, say)
    del values["body"]
    return {**values, "classification": "individual", "part_of": []}


def header_values(say: Say, subject: str) -> dict[str, Any]:
    """Returns a header with every field."""
    values = filled(CaseHeader, say)
    return {**values, "track": "response_policy", "policy_version": "2017", "subject": subject}


@dataclass
class Folder:
    """Records to be: parties and cases, each a header and events by id."""

    parties: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    headers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    events: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)

    def write(self, root: Path) -> Path:
        """Writes the folder below a path, and returns its root."""
        cases = root / "cases"
        for party, values in self.parties.items():
            _write(cases / "parties" / f"{party}.yaml", values)
        for case, values in self.headers.items():
            _write(cases / case / "case.yaml", values)
            for event, each in self.events.get(case, {}).items():
                _write(cases / case / "events" / f"{event}.yaml", each)
        return cases


def _write(path: Path, values: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(emit(values), encoding="utf-8")
