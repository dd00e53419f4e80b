"""Writes plain values as YAML that `parse` accepts without a problem: a new file, or a part of a file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import NamedTuple, cast

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ogpcase.diagnostics import Route, Severity
from ogpcase.errors import BadInput
from ogpcase.yamltree.inspection import has_conflict_marker
from ogpcase.yamltree.limits import DEEPEST, FAMILIAR, Unwanted, described, unwanted_in_value
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.values import Scalar, WrittenFloat, WrittenInteger, is_list, resolve, same, stands_unquoted

LINE = 100
"""Columns that a line should not exceed."""
_LONG = 90
"""The number of characters from which text is folded."""
_NARROWEST = 40
_LONGEST_IN_BRACKETS = 40
FOLD = "\a"
"""Tells ruamel.yaml to end a line at the space that follows; no value can hold it."""


class Style(NamedTuple):
    """A scalar's text for YAML, and its style: none for plain, or one of `"`, `>` and `|`."""

    text: str
    style: str | None


_PLAIN = re.compile(r"[^\W_](?:[^\s:#]|:(?=[^\s])|(?<=\S)#| (?=[^\s#]))*").fullmatch
"""Starts with a letter or digit, has only single-line single spaces, no `: `, no ` #`, and no colon at its end."""
_PLAIN_IN_BRACKETS = re.compile(r"[^\W_](?:[\w./@+-]|(?<=\w)#(?=\w)| (?=[\w(]))*").fullmatch


def styled(value: Scalar, column: int, *, plainly: bool = False) -> Style:
    """Returns how to write a scalar; folded lines would start at `column`. `plainly` leaves only double quotes."""
    if stands_unquoted(value):
        return _unquoted_date(str(value))
    if isinstance(value, str):
        return Style(value, '"') if plainly else _text(value, column)
    return Style(_written(value), None)


def in_brackets(items: Sequence[object], column: int) -> bool:
    """True when a list is short and plain enough to be written `[a, b]`, behind a key that ends at `column`."""
    if not items:
        return True
    texts = []
    for item in items:
        if isinstance(item, bool) or not isinstance(item, str | int):
            return False
        text, style = styled(item, column)
        if style or not is_plain_word(text) or len(text) > _LONGEST_IN_BRACKETS:
            return False
        texts.append(text)
    return column + len(", ".join(texts)) + len("[]") <= LINE


def is_plain_word(text: str) -> bool:
    """True for text that stands without quotes anywhere, in brackets too."""
    return _PLAIN_IN_BRACKETS(text) is not None


def _unquoted_date(text: str) -> Style:
    """Returns a date without quotes, unless readers would not take it for text, a date or a plain number."""
    value, agreed = resolve(text)
    fits = agreed and isinstance(value, str | int) and not isinstance(value, bool) and _PLAIN(text)
    return Style(text, None if fits else '"')


def _text(text: str, column: int) -> Style:
    """Returns a text in the style that reads best and says exactly the same."""
    if "\n" in text:
        return Style(text, "|" if _fits_block(text) else '"')
    if len(text) > _LONG and (folded := _folded(text, column)):
        return Style(folded, ">")
    value, agreed = resolve(text)
    return Style(text, None if agreed and type(value) is str and _PLAIN(text) else '"')


def _fits_block(text: str) -> bool:
    """True if a block keeps the lines: none ends in a blank, the first is not indented, and one line end at most."""
    lines = text.removesuffix("\n").split("\n")
    if text[0] in " \n" or not lines[-1] or "\t" in text:
        return False
    return all(line == line.rstrip() for line in lines) and not has_conflict_marker(text + "\n")


def _folded(text: str, column: int) -> str | None:
    """Returns the text with FOLD where its lines end, or None where folding would not keep it exactly."""
    words = text.split(" ")
    if len(words) == 1 or "\t" in text or any(not word or word != word.strip() for word in words):
        return None
    width = max(_NARROWEST, LINE - column)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return None if has_conflict_marker("\n".join((*lines, ""))) else f"{FOLD} ".join(lines)


def _written(value: Scalar) -> str:
    """Returns the plain text of a number, true, false or null, in a form on which all readers agree."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, WrittenInteger | WrittenFloat):
        read, agreed = resolve(value.written)
        if agreed and repr(read) == repr(value):
            return value.written
    return _float(value) if isinstance(value, float) else str(int(value))


def _float(value: float) -> str:
    """Returns a float with a dot, which YAML 1.1 asks for."""
    text = repr(float(value))
    if text.endswith(("inf", "nan")):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    digits, mark, exponent = text.partition("e")
    return f"{digits}.0{mark}{exponent}" if mark and "." not in digits else text


_MAPPING = "tag:yaml.org,2002:map"
_SEQUENCE = "tag:yaml.org,2002:seq"
_LONGEST_KEY = 500
"""Characters; libyaml gives up on keys of more than 1,024, escapes and quotes counted."""
_LONGEST_ESCAPE = 10
_NEVER = 1_000_000
"""The width at which ruamel.yaml itself would break a line."""
_LARGEST_INTEGER = 13_000
"""The most bits of an integer; readers agree on all integers of this size."""


def emit(values: Mapping[str, object]) -> str:
    """Returns the canonical text of a new record's file, which parses without a problem to the same values.

    `emit` of what `parse` reads from it is the same text again. WrittenDate and WrittenInteger stand without quotes;
    other text that any YAML reader could take for a number, a date or a yes or no is quoted.
    Raises BadInput for what no record may hold: control characters, keys that are not text, and the like.
    """
    refuse_unwritable(values)
    problem = None
    for plainly in (False, True):
        text = _Layout(plainly=plainly).text_of(values)
        problem = _objection(values, text)
        if problem is None:
            return text
    raise BadInput(f"this cannot be recorded: {problem}")


class _Layout:
    """Sets up ruamel.yaml for ogpcase's layout, and makes its nodes for plain values."""

    def __init__(self, *, plainly: bool) -> None:
        """`plainly` quotes every text, for the rare value that the nicer styles cannot hold."""
        self._plainly = plainly
        self._yaml = YAML(typ="rt", pure=True)
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        self._yaml.width = _NEVER
        self._yaml.allow_unicode = True

    def text_of(self, values: Mapping[str, object]) -> str:
        """Returns the text of a whole file."""
        stream = StringIO()
        self._yaml.emitter.MAX_SIMPLE_KEY_LENGTH = _LONGEST_KEY * _LONGEST_ESCAPE
        self._yaml.serialize(self._mapping(values, 0), stream)
        return stream.getvalue()

    def _node(self, value: object, indent: int, column: int) -> Node:
        """Returns the node of a value that stands at `column`, in a collection indented by `indent`."""
        if isinstance(value, Mapping):
            return self._mapping(value, indent)
        if is_list(value):
            return self._sequence(value, indent, column)
        return self._scalar(*styled(cast(Scalar, value), indent + 2, plainly=self._plainly))

    def _mapping(self, values: Mapping[str, object], indent: int) -> MappingNode:
        entries = []
        for key, value in values.items():
            key_node = self._key(key)
            column = indent + len(key_node.value) + len(": ")
            entries.append((key_node, self._node(value, indent + 2, column)))
        return MappingNode(_MAPPING, entries, flow_style=not entries)

    def _sequence(self, values: Sequence[object], indent: int, column: int) -> SequenceNode:
        flow = not values or (not self._plainly and in_brackets(values, column))
        items = [self._node(item, indent + 2, indent + 2) for item in values]
        return SequenceNode(_SEQUENCE, items, flow_style=flow)

    def _key(self, key: str) -> ScalarNode:
        """Returns a key's node: plain if it could also be plain in brackets."""
        text, style = styled(key, 0)
        return self._scalar(key, None if style is None and is_plain_word(text) else '"')

    def _scalar(self, text: str, style: str | None) -> ScalarNode:
        """Returns a scalar's node, with the tag that ruamel.yaml itself would give it, so that none is written."""
        tag = self._yaml.resolver.resolve(ScalarNode, text, (style is None, style is not None))
        return ScalarNode(tag, text, style=style)


def refuse_unwritable(value: object, route: Route = (), depth: int = 1) -> None:
    """Raises BadInput for types, characters and shapes that no record may hold, naming the field only."""
    if isinstance(value, str):
        _refuse_characters(value, route)
    elif isinstance(value, Mapping) or is_list(value):
        if depth > DEEPEST:
            raise BadInput(f"{_named(route)} is nested more than {DEEPEST} levels deep")
        for step, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            if isinstance(value, Mapping):
                _refuse_key(step, route)
            refuse_unwritable(inner, (*route, step), depth + 1)
    elif not isinstance(value, int | float | None):
        raise BadInput(f"{_named(route)} is neither text, number, true, false, null, list nor mapping")
    elif isinstance(value, int) and value.bit_length() > _LARGEST_INTEGER:
        raise BadInput(f"{_named(route)} is a number of too many digits")


def _refuse_key(key: object, route: Route) -> None:
    if not isinstance(key, str):
        raise BadInput(f"{_named(route)} has a key that is not text")
    if "\n" in key or len(key) > _LONGEST_KEY:
        raise BadInput(f"{_named(route)} has a key that is not one line of at most {_LONGEST_KEY} characters")
    _refuse_characters(key, route)


def _refuse_characters(text: str, route: Route) -> None:
    """Raises BadInput for the first character that is an error in a file; direction marks are a warning only."""
    if FAMILIAR.issuperset(text):
        return
    for character in text:
        kind = unwanted_in_value(character)
        if kind and kind is not Unwanted.DIRECTION_MARK:
            raise BadInput(f"{_named(route)} holds a character that no record may hold: {described(character)}")


def _named(route: Route) -> str:
    """Returns the name of a field in a message."""
    return f"`{'.'.join(map(str, route))}`" if route else "the record"


def _objection(values: Mapping[str, object], text: str) -> str | None:
    """Returns why this text must not be written, or None: it has a problem, or does not parse to the given values."""
    parsed = parse(text.encode(), "")
    for problem in parsed.problems:
        if problem.rule.severity is Severity.ERROR:
            return problem.message
    if parsed.tree is None or not same(values, parsed.tree.value, spelled=False):
        return "it would not be read back as it was meant"
    return None


class Shape(NamedTuple):
    """A file's indentation: of a mapping in a mapping, of a list's dash in a mapping, and of an item after its dash."""

    step: int = 2
    dash: int = 2
    gap: int = 2


class Written(NamedTuple):
    """A value's text: the rest of the line after its colon or dash, and the lines below."""

    inline: str
    lines: tuple[str, ...] = ()


def value_of_key(value: object, key: str, column: int, shape: Shape, *, flow: bool | None = None) -> Written:
    """Returns the text of a value whose key is at `column`; `flow` asks for brackets or none; None lets it choose."""
    if is_list(value) and flow is None:
        flow = in_brackets(value, column + len(key) + len(": "))
    return _written_below(value, column + shape.dash, column + shape.step, shape, flow=bool(flow))


def value_of_item(value: object, column: int, shape: Shape, *, flow: bool = False) -> Written:
    """Returns the text of a list's item whose dash stands at `column`."""
    inner = column + shape.gap
    written = _written_below(value, inner, inner, shape, flow=flow)
    return written if written.inline else Written(written.lines[0].lstrip(" "), written.lines[1:])


def fields(values: Mapping[str, object], column: int, shape: Shape) -> tuple[str, ...]:
    """Returns the lines of fields whose keys stand at `column`."""
    lines: list[str] = []
    for name, value in values.items():
        key = key_text(name)
        written = value_of_key(value, key, column, shape)
        lines += [" " * column + key + ":" + (f" {written.inline}" if written.inline else ""), *written.lines]
    return tuple(lines)


def item(value: object, column: int, shape: Shape, *, flow: bool = False) -> tuple[str, ...]:
    """Returns the lines of a list's item whose dash stands at `column`."""
    written = value_of_item(value, column, shape, flow=flow)
    return (" " * column + "-" + " " * (shape.gap - 1) + written.inline, *written.lines)


def _written_below(value: object, dashes: int, column: int, shape: Shape, *, flow: bool) -> Written:
    """Returns the text of a value whose dashes, if it is a list, stand at one column, and other lines at another."""
    if is_list(value) and value and not flow:
        return Written("", tuple(line for inner in value for line in item(inner, dashes, shape)))
    if isinstance(value, Mapping) and value and not flow:
        return Written("", fields(value, column, shape))
    if is_list(value) or isinstance(value, Mapping):
        return Written(in_flow(value))
    return _written_scalar(cast(Scalar, value), column)


def _written_scalar(value: Scalar, column: int) -> Written:
    text, style = styled(value, column + 2)  # as wide as in a new record
    if style == '"':
        return Written(quoted(text))
    if style == ">":
        return Written(">-", tuple(" " * column + line for line in text.split(f"{FOLD} ")))
    if style == "|":
        lines = text.removesuffix("\n").split("\n")
        header = "|" if text.endswith("\n") else "|-"
        return Written(header, tuple(" " * column + line if line else "" for line in lines))
    return Written(text)


def in_flow(value: object) -> str:
    """Returns the text of a value in one line, as it stands inside brackets."""
    if is_list(value):
        return f"[{', '.join(map(in_flow, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key_text(key)}: {in_flow(inner)}' for key, inner in value.items())}}}"
    text, style = styled(cast(Scalar, value), 0)
    if isinstance(value, str):
        return text if style is None and is_plain_word(text) else quoted(value)
    return text


def key_text(key: str) -> str:
    """Returns a key's text: plain if it could also be plain in brackets."""
    text, style = styled(key, 0)
    return key if style is None and is_plain_word(text) else quoted(key)


def quoted(text: str) -> str:
    """Returns a text in double quotes; YAML reads JSON's escapes in the same way."""
    return json.dumps(str(text), ensure_ascii=False)
