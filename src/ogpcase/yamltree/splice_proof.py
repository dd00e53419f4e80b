"""The proof of an edit: the new text is read again, and says just what was meant, with no new error in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ogpcase.diagnostics import Severity
from ogpcase.errors import BadInput
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.scalars import stands_unquoted
from ogpcase.yamltree.splice_writing import is_list
from ogpcase.yamltree.tree import Parsed, YamlTree


def proved(tree: YamlTree, text: str, meant: object) -> str:
    """Returns the new text of a tree's file if it reads as `meant`, keys in their order, and brings no new error.

    Raises:
        BadInput: it does not; it must not be written.
    """
    if text == tree.text:
        return text
    parsed = parse(text.encode(), tree.file)
    new = _errors(parsed)
    if new:  # most often there are none, and what there was before need not be known
        new -= _errors(parse(tree.text.encode(), ""))
    if parsed.tree is None or new or not same(meant, parsed.tree.value):
        raise BadInput("this file cannot be edited there without changing more than that", "edit it by hand")
    return text


def same(meant: object, read: object) -> bool:
    """True when what was read is what was meant, type by type.

    Text that stands unquoted, as a date, may come back as what it looks like, and may be quoted in the file.
    """
    if isinstance(meant, Mapping):
        alike = isinstance(read, Mapping) and list(meant) == list(read)
        return alike and all(same(meant[key], read[key]) for key in meant)  # type: ignore[index]  # just asked
    if is_list(meant):
        return is_list(read) and len(meant) == len(read) and all(map(same, meant, read))
    return _same_scalar(meant, read)


def _same_scalar(meant: object, read: object) -> bool:
    if stands_unquoted(meant):
        return str(getattr(read, "written", read)) == str(meant)
    if isinstance(meant, str):
        return type(read) is str and read == meant
    if isinstance(meant, bool) or meant is None:
        return read is meant
    if hasattr(meant, "written") and hasattr(read, "written"):
        return bool(meant.written == read.written)
    return repr(read) == repr(meant) and not isinstance(read, str | bool)


def _errors(parsed: Parsed) -> Counter[str]:
    return Counter(each.code for each in parsed.problems if each.rule.severity is Severity.ERROR)
