"""The only access to libyaml: bytes to a node graph, to tokens, or to events."""

from __future__ import annotations

from collections.abc import Iterator
from operator import is_

from ogpcase.errors import BrokenInstallation

try:
    from yaml._yaml import CParser
    from yaml.error import MarkedYAMLError, YAMLError
    from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode
except ImportError as missing:
    raise BrokenInstallation(
        "PyYAML was installed without libyaml, which is needed to read records",
        "install a PyYAML that includes libyaml: `pip install --force-reinstall --only-binary :all: PyYAML`",
    ) from missing

__all__ = [
    "CollectionNode", "MappingNode", "MarkedYAMLError", "Node", "ScalarNode", "SequenceNode", "YAMLError", "compose",
    "events", "tokens",
]  # fmt: skip


class _Composer(CParser):
    """libyaml's parser without a schema. The composer calls these for each node; C functions are the fastest."""

    resolve = "".format  # always an empty tag
    descend_resolver = is_  # does nothing
    ascend_resolver = "".strip  # does nothing


def compose(data: bytes) -> tuple[Node | None, bool]:
    """Returns the first document's node graph, or None, and whether another document follows. Raises YAMLError."""
    composer = _Composer(data)
    try:
        node = composer.get_node() if composer.check_node() else None
        return node, composer.check_node()
    finally:
        composer.dispose()


def tokens(data: bytes) -> Iterator[tuple[str, int, int, str | None]]:
    """Yields each token's id, its start and end in code points, and a scalar's style. Raises YAMLError."""
    parser = CParser(data)
    try:
        while token := parser.get_token():
            kind: str = getattr(token, "id")  # noqa: B009 - every token class has it, but the stub does not
            yield kind, token.start_mark.index, token.end_mark.index, getattr(token, "style", None)
    finally:
        parser.dispose()


def events(data: bytes) -> Iterator[tuple[str, int]]:
    """Yields each event's class name and its start in code points. Raises YAMLError."""
    parser = CParser(data)
    try:
        while event := parser.get_event():
            assert event.start_mark is not None  # libyaml marks every event
            yield event.__class__.__name__, event.start_mark.index
    finally:
        parser.dispose()
