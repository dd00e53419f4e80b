"""What is made of the columns for Python programs: the classes of `ogpcase.api.rows`, by a script and its test."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import Any

from ogpcase import api
from ogpcase.api.values import DECLARED, PROBLEMS, fields_of, row_name, shape_name
from ogpcase.output.columns import DAYS, Column, Columns, Shape, Type

HEAD = """
Made from the columns by `make bless`; nobody edits it by hand.
\"\"\"

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
"""
ROWS = f'''"""The rows that Python programs get: a class for each table, with a field for each column.
{HEAD}
from ogpcase.api.shapes import (
{{}})
'''
SHAPES = f'''"""The mappings in the rows and problems that Python programs get: a class for each sort.
{HEAD}'''
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORDS = re.compile(r"\b(?:null|true|false)\b")
PLAIN = {
    Type.TEXT: "str",
    Type.TEXTS: "tuple[str, ...]",
    Type.DATE: "str",
    Type.DAY: "date",
    Type.FLAG: "bool",
    Type.NUMBER: "int",
    Type.NUMBERS: "tuple[int, ...]",
    Type.KEYS: "tuple[str | int, ...]",
}


def rows() -> dict[str, Columns[Any]]:
    """The columns of each class of rows, by its name."""
    return {row_name(table): columns for table, columns in DECLARED.items()}


def shapes() -> dict[str, Shape[Any]]:
    """Each mapping in the rows or in a problem, by the name of its class."""
    found: dict[str, Shape[Any]] = {}
    todo = [PROBLEMS, *_held_by(column for columns in DECLARED.values() for column in columns)]
    while todo:
        shape = todo.pop()
        if shape_name(shape) not in found:
            found[shape_name(shape)] = shape
            todo += _held_by(shape.columns)
    return dict(sorted(found.items()))


def _said(shape: Shape[Any]) -> str:
    if shape is DAYS:
        return "A length of time in days: whole numbers, or halves in a median."
    article = "An" if shape.name[0] in "aeiou" else "A"
    return shape.about or f"{article} {shape.name}."


def _held_by(columns: Iterable[Column[Any]]) -> list[Shape[Any]]:
    return [shape for column in columns if (shape := column.holds.shape) is not None]


def type_of(name: str, column: Column[Any]) -> str:
    """The type of a field, as Python writes it."""
    held = column.holds
    if held.shape is not None:
        said = shape_name(held.shape)
        said = f"tuple[{said}, ...]" if held.several else said
    else:
        said = "float" if name == shape_name(DAYS) and held.of is Type.NUMBER else PLAIN[Type(str(held.of))]
    return f"{said} | None" if held.null else said


def source_of_rows() -> str:
    """The text of src/ogpcase/api/rows.py."""
    held = sorted({shape_name(shape) for columns in rows().values() for shape in _held_by(columns)})
    of = {row_name(table): f"A row of the table `{table}`." for table in DECLARED}
    return ROWS.format("".join(f"    {name},\n" for name in held)) + "".join(
        _class(name, of[name], columns) for name, columns in rows().items()
    )


def source_of_shapes() -> str:
    """The text of src/ogpcase/api/shapes.py."""
    return SHAPES + "".join(_class(name, _said(shape), shape.columns) for name, shape in shapes().items())


def _class(name: str, said: str, columns: Columns[Any]) -> str:
    lines = ["", "", "@dataclass(frozen=True, slots=True)", f"class {name}:", *_docstring(said), ""]
    for field, column in fields_of(columns).items():
        lines += [f"    {field}: {type_of(name, column)}", *_docstring(sentence(column))]
    return "".join(f"{line}\n" for line in lines)


def sentence(column: Column[Any]) -> str:
    """What a field holds, in Python's words for null, true and false, without links."""
    said = _LINK.sub(r"\1", column.sentence)
    said = _WORDS.sub(lambda word: {"null": "None", "true": "True", "false": "False"}[word[0]], said)
    said = f"{said[:1].upper()}{said[1:]}."
    return f"{said} In EDTF, as written." if column.holds.of is Type.DATE else said


def _docstring(said: str) -> list[str]:
    """A docstring of one line where it fits, else with the sentence cut where it can be."""
    if len(said) <= 110:
        return [f'    """{said}"""']
    lines = wrap(said, 113)
    return [f'    """{lines[0]}', *(f"    {line}" for line in lines[1:]), '    """']


def page_of_names() -> str:
    """The text of docs/python-names.md."""
    parts = [_PAGE_HEAD, "## Opening", _documented(api.open, "open")]
    for name in ("Folder", "Case", "Table"):
        parts += [f"### `{name}`", _prose(getattr(api, name)), *_members(getattr(api, name))]
    parts.append("## Rows")
    parts += [part for name, columns in rows().items() for part in _fields(name, columns)]
    parts.append("## Mappings")
    parts += [part for name, shape in shapes().items() for part in _fields(name, shape.columns)]
    raised = [
        name for name in api.__all__ if isinstance(found := getattr(api, name), type) and issubclass(found, Exception)
    ]
    listed = [f"| `{name}` | {_prose(getattr(api, name))} |" for name in raised]
    parts += ["## Exceptions", "\n".join(["| exception | when it is raised |", "|---|---|", *listed])]
    return "\n\n".join(parts) + "\n"


_PAGE_HEAD = """# Names for Python programs

Made from the program by `make bless`; [python.md](python.md) shows how they are used.
`import ogpcase` has `open`; everything is in `ogpcase.api`. What is not listed here may change at any time."""


def _prose(of: object) -> str:
    return " ".join((inspect.getdoc(of) or "").split())


def _documented(function: Callable[..., object], name: str) -> str:
    """A function's signature, and its docstring as it is written."""
    shown = (
        str(inspect.signature(function))
        .replace("'", "")
        .replace(", ", ",\n    ")
        .replace("(", "(\n    ", 1)
        .replace(") ->", ",\n) ->")
    )
    return f"```text\n{name}{shown}\n\n{inspect.getdoc(function)}\n```"


def _members(of: type) -> Iterable[str]:
    lines = ["| name | type | what it is |", "|---|---|---|"]
    for name, member in inspect.getmembers(of, lambda each: isinstance(each, property) or inspect.isfunction(each)):
        if name == "__iter__" or name[0] != "_":
            function: Any = member.fget if isinstance(member, property) else member
            gives = inspect.signature(function).return_annotation
            called = name if isinstance(member, property) else f"{name}{_arguments(function)}"
            lines.append(f"| `{called}` | `{gives}` | {_prose(member)} |".replace(" | None`", " or None`"))
    yield "\n".join(lines)


def _arguments(function: Callable[..., object]) -> str:
    given = list(inspect.signature(function).parameters.values())[1:]
    return f"({', '.join(map(str, given))})".replace("'", "")


def _fields(name: str, columns: Columns[Any]) -> Iterable[str]:
    yield f"### `{name}`"
    yield _prose(getattr(api, name))
    lines = ["| field | type | what it is |", "|---|---|---|"]
    for field, column in fields_of(columns).items():
        lines.append(f"| `{field}` | `{type_of(name, column).replace(' | ', ' or ')}` | {sentence(column)} |")
    yield "\n".join(lines)
