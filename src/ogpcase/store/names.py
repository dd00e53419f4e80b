"""Which names files and folders may have: ids for records, anything that every system can hold for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.diagnostics import FileId, Problem
from ogpcase.model.ids import LONGEST_ID, RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.store.problems import bad_file_name, ids_differ_only_by_case_or_form

OURS = ".ogpcase-"
"""Begins the name of every file that a write leaves only for a moment; readers pass over them."""
RECORD = ".yaml"

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789"}
)
"""Names that Windows keeps for devices, whatever follows the first dot."""
_NOWHERE_ELSE = frozenset('\\:*?"<>|')
_LONGEST_NAME = 255
"""Bytes of a file's name, on the usual file systems."""


def is_ignored(name: str) -> bool:
    """True for what readers pass over: our own work files, a README and what keeps an empty folder in git."""
    return name.startswith((OURS, "README")) or name == ".gitkeep"


def name_problem(file: FileId, name: str, ending: str = "") -> Problem | None:
    """Returns what keeps `name` from being an id; `ending` stands after it in the file's name."""
    if is_id(name) and name not in _RESERVED:
        return _reserved_party(file, name)
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if not name.isprintable():
        return bad_file_name.one(file, "a name here holds a character that cannot be printed")
    if name in _RESERVED:
        return bad_file_name.one(file, f"`{name}` is a name that Windows keeps for a device")
    if len(name) > LONGEST_ID:
        why = f"a name of {len(name)} characters is too long for an id"
        return bad_file_name.one(file, why, f"shorten it to at most {LONGEST_ID} characters")
    slug = slug_of(name)
    helps = [f"rename it to `{slug}{ending}`"] if slug else []
    return bad_file_name.one(file, "a name here is not lowercase letters, digits and single hyphens", *helps)


def copy_name_problem(file: FileId, name: str) -> Problem | None:
    """Returns what keeps a copy under `sources/` from being kept under this name on every system."""
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if not name.isprintable() or _NOWHERE_ELSE & set(name):
        return bad_file_name.one(file, "a name here holds a character that not every system can keep")
    if name.split(".", 1)[0].lower() in _RESERVED:
        return bad_file_name.one(file, "a name here is one that Windows keeps for a device")
    if name.endswith((" ", ".")) or len(name.encode()) > _LONGEST_NAME:
        return bad_file_name.one(file, "a name here ends in a blank or a dot, or is too long, for some systems")
    return None


def twins(folder: FileId, names: Iterable[str]) -> Iterator[Problem]:
    """Yields a problem for each name that some systems take for an earlier one of the same folder."""
    first: dict[str, str] = {}
    for name in names:
        key = name if name.isascii() and name.islower() else _folded(name)
        if key in first:
            yield ids_differ_only_by_case_or_form.one(below(folder, name), below(folder, first[key]))
        else:
            first[key] = name


def below(folder: FileId, name: str) -> FileId:
    """Returns the path of a name in a folder; the root is the empty string."""
    return f"{folder}/{name}" if folder else name


def _folded(name: str) -> str:
    from unicodedata import normalize  # hardly ever needed: names are ASCII

    return normalize("NFC", normalize("NFC", name).casefold())


def _reserved_party(file: FileId, name: str) -> Problem | None:
    if name not in RESERVED_PARTY_IDS or not file.startswith("parties/"):
        return None
    why = f"`{name}` stands in records where a source names nobody, and is no party"
    return bad_file_name.one(file, why, "give the party another id")


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
