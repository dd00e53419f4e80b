"""Which nodes and lines of one record may not be quoted, since the record withholds them or names who is withheld.

What cannot be read with certainty is taken as withheld: a slip of the pen must not print a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from ogpcase.diagnostics import FileId, Route, nearest
from ogpcase.model.codelists import Kind
from ogpcase.model.fields import HEADER, PARTY, fields_of
from ogpcase.model.withhold import Withholding, of_values
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.values import frozen
from ogpcase.yamltree import YamlTree
from ogpcase.yamltree.limits import LARGEST

_KEYS = re.compile(r"(?:^|[{,])[ \t\-?\"']*(?:[!&][^\s,{}\[\]]*[ \t]+)*[\"']?(\w+)[\"']?\s*:", re.MULTILINE)
_ESCAPED_KEY = re.compile(r'(?:^|[{,])[ \t\-?]*"[^"\n]*\\[^"\n]*"\s*:', re.MULTILINE)
_WHOLE = re.compile(r"withhold[\"']?\s*:[\s\-\[\],\"'\w]*?\b(?:all|dated|kind)\b(?![\"']?\s*:)")
_UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""What stands between letters of other encodings, or is not seen between those of ours."""
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")


@frozen
class Secrecy:
    """What of a file may not be quoted: all of it, or these nodes and the lines they stand on.

    Where `open_lines` is given, nothing outside these lines is quoted either.
    """

    silent: bool = False
    routes: tuple[Route, ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    open_lines: tuple[tuple[int, int], ...] | None = None

    def covers(self, route: Route) -> bool:
        """True when the node is, or stands in, one that may not be quoted."""
        return self.silent or any(route[: len(secret)] == secret for secret in self.routes)

    def shows(self, line: int) -> bool:
        """True when the line holds nothing of what may not be quoted."""
        if self.silent or _within(line, self.lines):
            return False
        return self.open_lines is None or _within(line, self.open_lines)


OPEN = Secrecy()
SILENT = Secrecy(silent=True)


def secrecy_of(tree: YamlTree, withheld_parties: AbstractSet[str]) -> Secrecy:
    """Returns what of a record may not be quoted."""
    values = tree.value
    if not isinstance(values, Mapping):
        return SILENT if may_withhold(tree.text) else OPEN
    names = _fields(tree.file, values)
    withheld = of_values(values, names)
    if withheld.everything or _times_withhold(tree.text) != ("withhold" in values):
        return SILENT
    routes = (*_own(values, withheld, names), *_naming(values, (), withheld_parties))
    if not routes:
        return OPEN
    # A field written twice is in the values once: its second lines belong to no field, and are not quoted.
    fields = tuple(_lines(tree, (name,)) for name in values)
    return Secrecy(routes=routes, lines=tuple(_lines(tree, route) for route in routes), open_lines=fields)


def may_withhold(text: str) -> bool:
    """True when a file that gave no record has a field that is, or was meant to be, `withhold`, or nobody can tell.

    That is so of a file of which only the beginning was read, and of bytes that are text in no encoding we know.
    """
    return _cannot_tell(text) or _times_withhold(text) > 0 or _ESCAPED_KEY.search(text) is not None


def withholds_whole(text: str) -> bool:
    """True when a file that gave no record says all the same that the whole event, or its date, is withheld."""
    return _WHOLE.search(_UNSEEN.sub("", text)) is not None


def _cannot_tell(text: str) -> bool:
    if len(text) > LARGEST or len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        return True
    return "\ufffd" in text and _CONTROLS.search(text) is not None


def _times_withhold(text: str) -> int:
    """Counts what looks like a key that is, or was meant to be, `withhold`."""
    keys = _KEYS.findall(_UNSEEN.sub("", text))
    meant = {key for key in set(keys) if nearest(key, ("withhold",))}
    return sum(1 for key in keys if key in meant)


def _within(line: int, stretches: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= line <= last for first, last in stretches)


def _fields(file: FileId, values: Mapping[str, object]) -> tuple[str, ...]:
    """Returns the fields that the record of this file may have; none where its kind cannot be read."""
    if file.startswith(f"{PARTIES}/"):
        return tuple(each.name for each in PARTY)
    if file.endswith(f"/{HEADER_NAME}"):
        return tuple(each.name for each in HEADER)
    kind = Kind.of(str(values.get("kind")))
    return tuple(each.name for each in fields_of(kind)) if kind else ()


def _own(values: Mapping[str, object], withheld: Withholding, names: tuple[str, ...]) -> Iterator[Route]:
    """Yields the routes of what the record withholds, and of fields it does not know where it withholds anything."""
    if not withheld.fields and not withheld.items:
        return
    for name, value in values.items():
        if name in withheld.fields or name not in names:
            yield (name,)
        elif isinstance(value, list):
            for position, item in enumerate(value):
                if isinstance(item, Mapping) and withheld.covers_item(name, str(item.get("id"))):
                    yield (name, position)


def _naming(value: object, route: Route, parties: AbstractSet[str]) -> Iterator[Route]:
    """Yields the routes of nodes that name one of the parties: an id alone, or the mapping that holds it."""
    if not parties:
        return
    if isinstance(value, Mapping):
        if route and any(isinstance(each, str) and each in parties for each in value.values()):
            yield route
            return
        for name, inner in value.items():
            yield from _naming(inner, (*route, name), parties)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _naming(inner, (*route, position), parties)
    elif isinstance(value, str) and value in parties:
        yield route


def _lines(tree: YamlTree, route: Route) -> tuple[int, int]:
    """Returns the first and the last line of a node, its key included."""
    return tree.span_of(route, "key").line, tree.span_of(route).end_line
