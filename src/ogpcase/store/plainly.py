"""Records that say in so many plain bytes that they withhold nothing, so that nobody need parse them to know."""

from __future__ import annotations

import re

from ogpcase.diagnostics import nearest
from ogpcase.yamltree.limits import LARGEST

_FIELD = re.compile(r"([A-Za-z_]+):(?: |$)")
_INSIDE = re.compile(r"(?:[ #]|-(?: |$))")
"""Begins a line that is no field of the record: part of one, a comment, or an item of a list."""
_KEY = re.compile(r"(?<!\w)(\w++)[\"']?\s*+:")
_OTHER_BLANKS = {0x00A0: " ", 0x202F: " "}
"""Blanks that do not break a line, as French sets them."""


def surely_withholds_nothing(data: bytes) -> bool:
    """True only for the bytes of a record that has no field `withhold`, nor one that may have been meant to be it.

    So it is where the first line that says anything is a plainly written field in the first column. Then every other
    field of the record stands there too, alone on its line; and none of them, nor any word before a colon, is near to
    `withhold`. Lines that begin otherwise, and characters that are not seen, leave it open.
    """
    if len(data) > LARGEST:
        return False
    try:
        text = data.decode().translate(_OTHER_BLANKS)
    except UnicodeDecodeError:
        return False
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line]
    return all(map(str.isprintable, lines)) and _is_one_mapping(lines) and not _speaks_of_withholding(text)


def _is_one_mapping(lines: list[str]) -> bool:
    """True when the record's fields are what stands in the first column, beside comments and items of lists."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    return _FIELD.match(first) is not None and all(_FIELD.match(line) or _INSIDE.match(line) for line in lines)


def _speaks_of_withholding(text: str) -> bool:
    return any(nearest(word, ("withhold",)) for word in set(_KEY.findall(text)))
