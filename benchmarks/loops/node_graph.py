"""PyYAML's node graph of every file, and no more: the least that a reader with positions can do."""

from __future__ import annotations

from yaml._yaml import CParser

from benchmarks.loops.files import from_command_line, read


class Composer(CParser):
    """libyaml's parser without a resolver of types, which would be ten times dearer."""

    def resolve(self, _kind: object, _value: object, _implicit: object) -> str:
        """No type is looked for."""
        return ""

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """The same."""


for each in from_command_line():
    Composer(read(each)).get_single_node()
