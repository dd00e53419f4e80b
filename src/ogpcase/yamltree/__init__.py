"""The only room that knows YAML: text to values with positions, and values to text.

What may stand in a record's file is a small part of YAML, on which all its readers agree; the rest is a problem here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ogpcase.diagnostics import FileId
from ogpcase.yamltree.scalars import Scalar, WrittenDate, WrittenFloat, WrittenInteger
from ogpcase.yamltree.tree import Parsed, Value, YamlTree

if TYPE_CHECKING:
    from ogpcase.yamltree.rules import RULES

__all__ = [
    "RULES",
    "Parsed",
    "Scalar",
    "Value",
    "WrittenDate",
    "WrittenFloat",
    "WrittenInteger",
    "YamlTree",
    "emit",
    "parse",
]


def parse(data: bytes, file: FileId) -> Parsed:
    """Returns the tree of a file's bytes and what is wrong with them; never raises for any bytes.

    Where something is wrong that still lets the values be read, the tree is there too: of duplicate keys it has the
    first. Values are those of the YAML 1.2 core schema; dates stay text. At most 50 problems.
    Raises BrokenInstallation where PyYAML lacks libyaml.
    """
    from ogpcase.yamltree.parsing import parse as read  # brings libyaml

    return read(data, file)


def emit(values: Mapping[str, object]) -> str:
    """Returns the canonical text of a new record's file, which parses without a problem to the same values.

    `emit` of what `parse` reads from it is the same text again. WrittenDate and WrittenInteger stand without quotes;
    other text that any YAML reader could take for a number, a date or a yes or no is quoted.
    Raises BadInput for what no record may hold: control characters, keys that are not text, and the like.
    """
    from ogpcase.yamltree.emitting import emit as write  # brings ruamel.yaml

    return write(values)


def __getattr__(name: str) -> object:
    """Brings this room's checks when they are asked for: a good file needs none."""
    if name == "RULES":
        from ogpcase.yamltree.rules import RULES

        return RULES
    raise AttributeError(f"module `{__name__}` has no `{name}`")
