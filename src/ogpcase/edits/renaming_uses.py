"""Where a record's file names other records, found in its plain values: also in a record that has other faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ogpcase.diagnostics import FileId, Route
from ogpcase.model.fields import HEAD, HEADER, OWN, PARTY, TAIL
from ogpcase.model.ids import Reference
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.values import frozen

_FIELDS = (*HEAD, *TAIL, *(field for fields in OWN.values() for field in fields))
_PARTY_FIELDS = frozenset(
    {field.name for field in (*_FIELDS, *HEADER, *PARTY) if field.shape in {"party", "parties"}}
    | {"asked_of", "of", "by", "for", "party"}
)
_REFERENCE_FIELDS = frozenset(
    {field.name for field in _FIELDS if field.shape in {"reference", "references", "mentions"}}
    | {"about", "request", "after", "event", "evidence", "cites"}
)
_TEXT_FIELDS = frozenset({field.name for field in _FIELDS if field.shape == "text"} | {"because"})

Use = Literal["party", "reference", "case"]


@frozen
class NewName:
    """Another id for an event of a case, for a case or for a party."""

    kind: Literal["event", "case", "party"]
    old: str
    new: str
    case_id: str = ""

    def of(self, use: Use, text: str, here: str) -> str | None:
        """Returns what a name in a record of the case `here` becomes; None where it names something else."""
        if use != "reference":
            return self.new if use == self.kind and text == self.old else None
        if not Reference.fits(text):
            return None
        reference = Reference(text)
        item = f"#{reference.item}" if reference.item else ""
        if self.kind == "case" and reference.case == self.old:
            return f"{self.new}/{reference.event}{item}"
        if self.kind == "event" and reference.event == self.old and (reference.case or here) == self.case_id:
            return f"{reference.case}/{self.new}{item}" if reference.case else f"{self.new}{item}"
        return None


def new_names(values: object, file: FileId, name: NewName) -> Iterator[tuple[Route, str]]:
    """Yields each node of a record's values that has to change, and what it becomes."""
    here = file.partition("/")[0]
    for route, use, text in _uses(values, file):
        new = name.of(use, text, here)
        if new is not None:
            yield route, new


def _uses(values: object, file: FileId) -> Iterator[tuple[Route, Use, str]]:
    if not isinstance(values, Mapping):
        return
    if file.startswith(f"{PARTIES}/"):
        yield from _named(values.get("part_of"), ("part_of",), "party")
    elif file.endswith(f"/{HEADER_NAME}"):
        yield from _named(values.get("subject"), ("subject",), "party")
        related = values.get("related")
        for position, each in enumerate(related if isinstance(related, list) else ()):
            if isinstance(each, Mapping):
                yield from _named(each.get("case"), ("related", position, "case"), "case")
    else:
        yield from _in_part(values, ())


def _in_part(value: object, route: Route) -> Iterator[tuple[Route, Use, str]]:
    """Yields what a mapping or list of an event names, by the names of its fields."""
    if isinstance(value, list):
        for position, each in enumerate(value):
            yield from _in_part(each, (*route, position))
    if not isinstance(value, Mapping):
        return
    stated = str(value.get("field", "")).partition("#")[0] if route[:1] == ("also_stated",) else ""
    for key, inner in value.items():
        use = _use_of(stated if stated and key == "value" else str(key))
        if use is not None:
            yield from _named(inner, (*route, key), use)
        if key not in _TEXT_FIELDS:
            yield from _in_part(inner, (*route, key))


def _use_of(name: str) -> Use | None:
    if name in _PARTY_FIELDS:
        return "party"
    return "reference" if name in _REFERENCE_FIELDS else None


def _named(value: Any, route: Route, use: Use) -> Iterator[tuple[Route, Use, str]]:  # noqa: ANN401 - any parsed value
    """Yields a name, or each of several; what stands in a longer form is found by its own fields."""
    for position, each in enumerate(value) if isinstance(value, list) else ((None, value),):
        text = getattr(each, "written", each)
        if isinstance(text, str):
            yield (route if position is None else (*route, position)), use, text
