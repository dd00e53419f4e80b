"""Plain values as the text of a node, in the indentation of the file it goes into."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeGuard, cast

from ogpcase.values import frozen
from ogpcase.yamltree.scalars import Scalar
from ogpcase.yamltree.styles import FOLD, in_brackets, is_plain_word, styled


@frozen
class Shape:
    """How a file indents: a mapping in a mapping, a list's dash in a mapping, and a list's item behind its dash."""

    step: int = 2
    dash: int = 2
    gap: int = 2


@frozen
class Written:
    """A value's text: what follows its colon or dash in the same line, and whole lines below."""

    inline: str
    lines: tuple[str, ...] = ()


def value_of_key(value: object, key: str, column: int, shape: Shape, *, flow: bool | None = None) -> Written:
    """Returns the text of a value whose key stands at `column`; `flow` says whether brackets are wanted, or asks."""
    if is_list(value):
        brackets = in_brackets(value, column + len(key) + len(": ")) if flow is None else flow
        if brackets or not value:
            return Written(in_flow(value))
        return Written("", _items(value, column + shape.dash, shape))
    if isinstance(value, Mapping):
        if flow or not value:
            return Written(in_flow(value))
        return Written("", _fields(value, column + shape.step, shape))
    return scalar(cast(Scalar, value), column + shape.step)


def value_of_item(value: object, column: int, shape: Shape, *, flow: bool = False) -> Written:
    """Returns the text of a list's item whose dash stands at `column`."""
    inner = column + shape.gap
    if (is_list(value) or isinstance(value, Mapping)) and (flow or not value):
        return Written(in_flow(value))
    if is_list(value):
        return _compact(_items(value, inner, shape))
    if isinstance(value, Mapping):
        return _compact(_fields(value, inner, shape))
    return scalar(cast(Scalar, value), inner)


def field(key: str, value: object, column: int, shape: Shape) -> tuple[str, ...]:
    """Returns the lines of a field whose key stands at `column`."""
    return _fields({key: value}, column, shape)


def item(value: object, column: int, shape: Shape, *, flow: bool = False) -> tuple[str, ...]:
    """Returns the lines of a list's item whose dash stands at `column`."""
    written = value_of_item(value, column, shape, flow=flow)
    return (" " * column + "-" + " " * (shape.gap - 1) + written.inline, *written.lines)


def scalar(value: Scalar, column: int) -> Written:
    """Returns the text of a scalar, whose further lines, if any, stand at `column`."""
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
    """Returns a key's text: plain where it would be plain in brackets too."""
    text, style = styled(key, 0)
    return key if style is None and is_plain_word(text) else quoted(key)


def quoted(text: str) -> str:
    """Returns a text in double quotes: what JSON escapes, YAML reads alike."""
    return json.dumps(str(text), ensure_ascii=False)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """True for a list of plain values."""
    return isinstance(value, list | tuple)


def _fields(values: Mapping[str, object], column: int, shape: Shape) -> tuple[str, ...]:
    lines: list[str] = []
    for name, value in values.items():
        key = key_text(name)
        written = value_of_key(value, key, column, shape)
        lines += [" " * column + key + ":" + (f" {written.inline}" if written.inline else ""), *written.lines]
    return tuple(lines)


def _items(values: Sequence[object], column: int, shape: Shape) -> tuple[str, ...]:
    return tuple(line for each in values for line in item(each, column, shape))


def _compact(lines: tuple[str, ...]) -> Written:
    return Written(lines[0].lstrip(" "), lines[1:])
