"""A Data Package (https://datapackage.org) around the CSV of tables: types, sentences and keys from their columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ogpcase.output.columns import Column, LinkedTable, Type, flat
from ogpcase.output.json import Mapped, dumps

NAME = "datapackage.json"
_TYPES: Mapping[Type, Mapped] = {
    Type.DAY: {"type": "date"},
    Type.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Type.NUMBER: {"type": "integer"},
}
"""The types of fields that are no strings; an imprecise date is one."""
_DIALECT: Mapped = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}


def datapackage(tables: Sequence[LinkedTable], written: Callable[[str], bytes], title: str) -> str:
    """Returns the description of tables; `written` gives the bytes of the CSV of each, by the table's name."""
    resources = [_resource(each, written(each.table.name)) for each in tables]
    return dumps({"profile": "tabular-data-package", "name": "ogpcase-tables", "title": title, "resources": resources})


def _resource(linked: LinkedTable, data: bytes) -> Mapped:
    name = linked.table.name
    schema: Mapped = {"fields": [_field(column) for column in flat(linked.table.columns)], "missingValues": [""]}
    if linked.key:
        schema["primaryKey"] = list(linked.key)
    if linked.refers:
        schema["foreignKeys"] = [
            {"fields": list(key), "reference": {"resource": other, "fields": list(key)}} for other, key in linked.refers
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "description": linked.sentence,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _field(column: Column[Any]) -> Mapped:
    of = column.type
    assert isinstance(of, Type)
    several = "; several are separated by `; `" if of is Type.TEXTS else ""
    written = "; a date in EDTF" if of is Type.DATE else ""
    return {
        "name": column.name,
        **_TYPES.get(of, {"type": "string"}),
        "description": column.sentence + several + written,
    }
