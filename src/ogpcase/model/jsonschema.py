"""The files of `schemas/`: JSON Schemas of the records, and the code lists as CSV.

With a schema, an editor completes and explains a record. Rules over several files, or over dates, are not in it: only
`ogpcase validate` checks them. Where the schemas have a public address, each says its own, and a catalogue lists them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from ogpcase.model.base import NULLABLE, Frozen
from ogpcase.model.casefile import CaseHeader, FolderSettings
from ogpcase.model.codelists import CODELISTS, CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS
from ogpcase.model.ids import ID, SETTINGS_NAME, Reference
from ogpcase.model.parties import Party
from ogpcase.model.questions import KIND, fields_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.table_codes import LIST, TABLE_CODES, Choice, choices_of
from ogpcase.model.table_mapping import TableMapping

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS_SCHEMA = "settings.schema.json"
SHORT_FORMS: dict[str, Schema] = {
    "NamedParty": {"type": "string", "pattern": f"^{ID.pattern}$", "description": "The party's id, or `unknown`."},
    "Membership": {"type": "string", "pattern": f"^{ID.pattern}$", "description": "The party's id."},
    "LeftOut": {"type": "string", "pattern": r"\S", "description": "A field, `field#item`, or `all`."},
    "Pseudonym": {"const": "all", "description": "Of the first format: give a pseudonym instead."},
    "Source": {"type": "string", "pattern": f"^{ID.pattern}$", "description": "The id of a file in `sources/`."},
    "MentionForm": {"type": "string", "pattern": f"^{Reference.PATTERN.pattern}$", "description": "An event or item."},
}
"""Models that may be written as a single scalar, and the schema of that scalar."""


def schema_files(address: str = "") -> dict[str, str]:
    """Returns the text of every file of `schemas/`, by its path there; `address` is where the folder is published."""
    schemas = {f"{kind}.schema.json": event_schema(kind) for kind in Kind}
    schemas["case.schema.json"] = _record_schema(CaseHeader, "A case's header")
    schemas["party.schema.json"] = _record_schema(Party, "A party")
    schemas["source.schema.json"] = _record_schema(SourceRecord, "A source of a case")
    schemas[SETTINGS_SCHEMA] = _record_schema(FolderSettings, "A folder's settings")
    schemas["import.schema.json"] = _record_schema(TableMapping, "How a case's tables are read")
    schemas["event.schema.json"] = _any_event()
    if address:
        schemas = {name: {"$schema": DIALECT, "$id": address + name, **schema} for name, schema in schemas.items()}
    files = {name: _text(schema) for name, schema in schemas.items()}
    files |= {"catalog.json": _text(_catalogue(schemas))} if address else {}
    files |= {f"codelists/{codes.name}.csv": _csv(codes.choices()) for codes in TABLE_CODES}
    return files | {f"codelists/{name_of(codes)}.csv": _csv(choices_of(codes)) for codes in CODELISTS}


def _catalogue(schemas: Mapping[str, Schema]) -> Schema:
    """Returns the schemas as SchemaStore lists them; only the settings have a file name that nobody else uses."""
    entries = [
        {
            "name": f"ogpcase: {name.removesuffix('.schema.json')}",
            "description": schema["title"],
            **({"fileMatch": [SETTINGS_NAME]} if name == SETTINGS_SCHEMA else {}),
            "url": schema["$id"],
        }
        for name, schema in sorted(schemas.items())
    ]
    return {"$schema": "https://json.schemastore.org/schema-catalog.json", "version": 1, "schemas": entries}


def name_of(codes: type[CodeList]) -> str:
    """Returns a code list's file name: `filer_class` for `FilerClass`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in codes.__name__).strip("_")


def event_schema(kind: Kind) -> Schema:
    """Returns the schema of one kind of event, with its fields in the order of the file."""
    schema = _record_schema(KINDS[kind], kind.sentence)
    properties = {"kind": {"const": str(kind), "description": "What sort of event this is."}, **schema["properties"]}
    schema["properties"] = {field.name: properties[field.name] for field in fields_of(kind)}
    whole, withdrawn = {"required": schema["required"]}, {"required": ["withdrawn"]}
    return {**schema, "required": ["kind"], "anyOf": [whole, withdrawn]}


def _any_event() -> Schema:
    """Returns one schema for all kinds, for editors that map a schema to a whole folder."""
    picks = [
        {"if": {"properties": {"kind": {"const": str(kind)}}}, "then": {"$ref": f"{kind}.schema.json"}} for kind in Kind
    ]
    kinds = {"enum": [str(kind) for kind in Kind], "markdownEnumDescriptions": [kind.sentence for kind in Kind]}
    return {
        "$schema": DIALECT,
        "title": "An event of a case",
        "type": "object",
        "properties": {"kind": {"description": KIND.about, **kinds}},
        "required": ["kind"],
        "allOf": picks,
    }


def _record_schema(cls: type[Frozen], title: str) -> Schema:
    schema = cls.model_json_schema(by_alias=True, mode="validation")
    definitions: Schema = {name: _tidied(inner) for name, inner in schema.pop("$defs", {}).items()}
    schema["properties"].pop("id", None)
    schema["required"] = [name for name in schema.get("required", ()) if name != "id"]
    if not schema["required"]:
        del schema["required"]
    tidied = _tidied(schema)
    for name, short in SHORT_FORMS.items():
        if name in definitions:
            definitions[name] = {"anyOf": [short, definitions[name]]}
    if "AlsoStated" in definitions:
        listed = definitions["AlsoStated"]["properties"]["value"]
        definitions["AlsoStated"]["properties"]["value"] = {**listed, "type": ["array", "string", "number"]}
    for codes in CODELISTS:
        if codes.__name__ in definitions:
            definitions[codes.__name__] = _codes(codes.__doc__, choices_of(codes))
    _put_table_codes_in(tidied, definitions)
    _share_dates(tidied, definitions)
    whole = {"$schema": DIALECT, "title": title, **tidied}
    return {**whole, "$defs": dict(sorted(definitions.items()))} if definitions else whole


def _put_table_codes_in(schema: Schema, definitions: Schema) -> None:
    """Defines each list of the tables' codes that a field names."""
    lists = {codes.__name__: codes for codes in TABLE_CODES}
    for node in [*_mappings(schema), *_mappings(dict(definitions))]:
        if LIST in node:
            listed = lists[node.pop(LIST)]
            node["$ref"] = f"#/$defs/{listed.__name__}"
            allowed = [choice for choice in listed.choices() if choice.code in listed.codes()]
            definitions.setdefault(listed.__name__, _codes(listed.__doc__, allowed))


def _codes(about: str | None, choices: Sequence[Choice]) -> Schema:
    numbers = [choice for choice in choices if choice.code.isdigit()]
    return {
        "description": about,
        "enum": [*(choice.code for choice in choices), *(int(choice.code) for choice in numbers)],
        "markdownEnumDescriptions": [choice.sentence for choice in (*choices, *numbers)],
    }


def _tidied(node: Any) -> Any:  # noqa: ANN401 - a part of a JSON Schema
    """Removes what pydantic adds needlessly: titles, defaults, and `null` as the value of an optional field."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {name: value for name, value in node.items() if name not in {"title", "default"} or isinstance(value, dict)}
    if "properties" in kept:
        kept["properties"] = {name: _optional(name, inner) for name, inner in kept["properties"].items()}
    return {name: _tidied(value) for name, value in kept.items()}


def _optional(name: str, schema: Schema) -> Schema:
    choices = schema.get("anyOf", [])
    if {"type": "null"} not in choices or name in NULLABLE:
        return schema
    rest = [choice for choice in choices if choice != {"type": "null"}]
    others = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest[0], **others} if len(rest) == 1 else {**others, "anyOf": rest}


def _share_dates(schema: Schema, definitions: Schema) -> None:
    """Moves the long pattern of dates to one definition; each field keeps its own description."""
    for node in (*_mappings(schema), *_mappings(dict(definitions))):
        if str(node.get("pattern", "")).startswith("^(?:unknown|"):
            description = node.pop("description", "")
            definitions.setdefault("Date", {**node, "description": TypeAdapter(FuzzyDate).json_schema()["description"]})
            node.clear()
            node |= {"$ref": "#/$defs/Date", "description": description}


def _mappings(node: Any) -> Iterator[Schema]:  # noqa: ANN401 - a part of a JSON Schema
    if isinstance(node, dict):
        yield node
        for inner in list(node.values()):
            yield from _mappings(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _mappings(inner)


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _csv(choices: Sequence[Choice]) -> str:
    rows = [("code", "title", "description"), *((choice.code, choice.label, choice.sentence) for choice in choices)]
    return "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in rows)
