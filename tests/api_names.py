"""What is made of the columns for Python programs: the classes of `ogpcase.api.rows`, by a script and its test."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from textwrap import wrap
from typing import Any

from ogpcase import api
from ogpcase.api.table import DECLARED, declared, fields_of, row_name, type_of
from ogpcase.output.columns import Column, Columns, Type

STUB = '''"""The rows that Python programs get, and the mappings in rows and problems, for type checkers.

Made from the columns by `make bless`; nobody edits it by hand.
"""

from dataclasses import dataclass
from datetime import date
'''
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORDS = re.compile(r"\b(?:null|true|false)\b")


def source_of_rows() -> str:
    """The text of src/ogpcase/api/rows.pyi."""
    return STUB + "".join(_class(name, *what) for name, what in declared().items())


def _class(name: str, said: str, columns: Columns[Any]) -> str:
    lines = ["", "@dataclass(frozen=True, slots=True)", f"class {name}:", *_docstring(said), ""]
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
    of_rows = set(map(row_name, DECLARED))
    for heading, is_row in (("## Rows", True), ("## Mappings", False)):
        parts.append(heading)
        named = ((name, what[1]) for name, what in declared().items() if (name in of_rows) is is_row)
        parts += [part for name, columns in named for part in _fields(name, columns)]
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
