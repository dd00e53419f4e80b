"""JSON: every answer in the same envelope, with its rows as plain mappings. Documented in docs/json.md."""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import NoneType
from typing import Any, NamedTuple

from ogpcase import __version__
from ogpcase.diagnostics.visible_text import visible
from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Answer, Column, Columns, Only, Row, Type, maybe, plain

FORMAT = 1
"""Raised when a field changes its meaning or goes away; a new field does not raise it."""
Mapped = dict[str, object]


class Envelope(NamedTuple):
    """The fields of every printed answer, without the other fields beside the rows."""

    kind: str
    as_of: date | None
    known_by: date | None
    policy_versions: tuple[str, ...]
    case: str | None
    rows: list[Mapped]


ENVELOPE: Columns[Envelope] = (
    Column("format", "the version of this format: 1", Type.NUMBER, lambda _: FORMAT),
    Column("ogpcase", "the version of the program", Type.TEXT, lambda _: __version__),
    Column(
        "kind",
        "what the rows are: `timeline`, `status`, `requests`, `due`, `findings`, `doubts`, `list`, `stats`, `export`, "
        "`record`, `party`, `plan`, `case`, `parties`, `sources`, `search`, `history`, `validate`, `diff` or `policy`",
    ),
    Column("as_of", "the day for which the answer holds; null where it depends on no day", maybe(Type.DAY)),
    Column(
        "known_by", "the day by which outsiders had to know the facts shown; null without `--known-by`", maybe(Type.DAY)
    ),
    Column("policy_versions", "the versions of the policy that were used", Type.TEXTS),
    Column("case", "the id of the case asked for", maybe(Type.TEXT)),
    Column("rows", "the rows of the answer; a single row for some kinds", Type.MAPPINGS),
)
"""The fields of every answer, around its rows."""


def answer_json(answer: Answer[Any, Any], whole: object, reader: Reader, case: str | None = None) -> str:
    """Returns the rows of a report in the envelope, with the fields beside them; `case` is the one asked for."""
    envelope = Envelope(
        kind=answer.kind,
        as_of=None if answer.timeless else reader.on,
        known_by=None if answer.timeless else reader.known_by,
        policy_versions=tuple(answer.versions(whole)),
        case=case,
        rows=mappings_of(answer.columns, answer.rows(whole)),
    )
    return dumps({**mapping_of(ENVELOPE, envelope), **mapping_of(answer.beside, whole)})


def mappings_of(columns: Columns[Row], rows: Iterable[Row]) -> list[Mapped]:
    """Returns rows as mappings for JSON."""
    there = tuple(column for column in columns if column.only is not Only.CELLS)
    return [{column.name: _value(column, row) for column in there} for row in rows]


def mapping_of(columns: Columns[Row], row: Row) -> Mapped:
    """Returns one row as a mapping for JSON."""
    return mappings_of(columns, [row])[0]


_PLAIN = frozenset({NoneType, str, bool, int, float})


def _value(column: Column[Row], row: Row) -> object:
    """Returns a column's value for JSON: codes as text, days in ISO format, shapes as mappings."""
    value = column.held_by(row)
    if type(value) in _PLAIN:
        return value
    held = column.holds
    if held.shape is None:
        return value.isoformat() if isinstance(value, date) else plain(value)
    return mappings_of(held.shape.columns, value) if held.several else mapping_of(held.shape.columns, value)


_ENCODER = json.JSONEncoder(indent=2, ensure_ascii=False, allow_nan=False)


def dumps(value: Mapping[str, object] | Sequence[Mapped]) -> str:
    """Returns the value as JSON with a newline; characters that are invisible or cannot be encoded are escaped."""
    out = io.StringIO()
    for piece in _ENCODER.iterencode(value):  # `json.dumps` holds all pieces in a list, which takes five times the text
        out.write(piece)
    text = out.getvalue()
    if not _is_plain(text.replace("\n", " ")):  # every other control character is escaped already
        lines = text.split("\n")
        text = "\n".join(each if _is_plain(each) else "".join(map(_escaped, each)) for each in lines)
    return text.replace("##[", r"##\u005b") + "\n"  # a CI runner obeys `##[` anywhere in a line


def _escaped(character: str) -> str:
    return character if _is_plain(character) else json.dumps(character)[1:-1]


def _is_plain(text: str) -> bool:
    return text.isprintable() and visible(text) == text
