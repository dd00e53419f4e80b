"""What earlier runs found, for cases that are as they were, in a folder that is to them as it was.

A case is known by the bytes of everything in its folder, and by all that could change the answer: the parties, the
cases that it points to, what other cases withhold, the day, and this program. Of a case that withholds anything, and of
the lines that a report quotes, nothing is remembered; nor of one that names a party whom nobody may name.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from ogpcase import __version__
from ogpcase.checks import CaseFacts
from ogpcase.diagnostics import FileId
from ogpcase.store.shelf import Shelf
from ogpcase.workspace.encoding import decoded, encoded
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.inputs import Input, input_of_case, input_of_parties
from ogpcase.workspace.judged import Judged, Order, Secrets, Seen
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.lines import Lines

_NO_SECRETS = Secrets(Hidden())
_PARTIES_HIDE_NOTHING = "nothing is withheld"


class Memory:
    """What is remembered of one folder, judged on one day."""

    def __init__(self, shelf: Shelf, workspace: Workspace) -> None:
        self._shelf = shelf
        self._workspace = workspace
        self._lines: dict[FileId, Lines] = {}
        self._used: list[str] = []
        self._new: dict[str, str] = {}

    @cached_property
    def cases(self) -> Mapping[str, Input]:
        """What stands in each case's folder."""
        files = self._workspace.files
        return {case_id: input_of_case(files, case_id) for case_id in self._workspace.case_ids()}

    @cached_property
    def parties(self) -> Input:
        """What stands in the folder of the parties."""
        return input_of_parties(self._workspace.files)

    def parties_hide_nothing(self) -> bool:
        """True when it was found before that these parties withhold nothing."""
        key = _key("parties", _program(), self.parties.digest)
        return self._shelf.get([key]).get(key) == _PARTIES_HIDE_NOTHING

    def note_that_parties_hide_nothing(self) -> None:
        """Remembers that these parties withhold nothing, where they were read as their digests say."""
        if not self._parties_as_digested():
            return
        self._new[_key("parties", _program(), self.parties.digest)] = _PARTIES_HIDE_NOTHING

    def recalled(self, order: Order, hiding: Iterable[str]) -> dict[str, Judged]:
        """Returns what became of the cases that are as they were, by their ids."""
        about = self._about(order, hiding)
        keys = {self._key_of(case_id, about): case_id for case_id in self.cases}
        found: dict[str, Judged] = {}
        for key, text in self._shelf.get(keys).items():
            try:
                deps, told = json.loads(text)
                if all(self._digest(case_id) == digest for case_id, digest in deps.items()):
                    found[keys[key]] = decoded(told, self._line)
                    self._used.append(key)
            except (ValueError, TypeError, AttributeError):
                continue
        return found

    def note(self, judged: Mapping[str, tuple[Judged, Seen]], order: Order, hiding: Iterable[str]) -> None:
        """Remembers what became of cases, where they were read as their digests say."""
        if not judged or not self._parties_as_digested():
            return
        about, nowhere = self._about(order, hiding), order.secrets.hidden.parties
        for case_id, (each, seen) in judged.items():
            if seen.listed or each.facts.used & nowhere or not self._as_digested(case_id, seen):
                continue
            if (told := encoded(each, seen.paths)) is not None:
                deps = {other: self._digest(other) for other in seen.asked if other != case_id}
                self._new[self._key_of(case_id, about)] = json.dumps([deps, told])

    def recalled_beside(self, told: Mapping[str, CaseFacts], order: Order) -> Judged | None:
        """Returns what became of the parties and what stands beside the cases; None where it is not known."""
        if order.secrets != _NO_SECRETS:
            return None
        key = self._key_beside(told, order)
        text = self._shelf.get([key]).get(key)
        try:
            found = None if text is None else decoded(text, self._line)
        except ValueError:
            return None
        self._used += [key] if found else []
        return found

    def note_beside(self, judged: Judged, seen: Seen, told: Mapping[str, CaseFacts], order: Order) -> None:
        """Remembers what became of the parties, where they were read as their digests say."""
        if self._parties_as_digested() and (text := encoded(judged, seen.paths)) is not None:
            self._new[self._key_beside(told, order)] = text

    def keep(self) -> None:
        """Stores what is new."""
        self._shelf.put(self._new, self._used)

    def _as_digested(self, case_id: str, seen: Seen) -> bool:
        """True when what was read, of the case and of those it points to, is just what the digests were taken of."""
        read = {case_id: seen.digests, **seen.others}
        return all(each in self.cases and self.cases[each].records == digests for each, digests in read.items())

    def _parties_as_digested(self) -> bool:
        """True when the parties that were read are just what their digest was taken of."""
        return dict(self._workspace.parties.digests) == self.parties.records

    def _about(self, order: Order, hiding: Iterable[str]) -> str:
        root = self._workspace.root
        secrets = [(case_id, self._digest(case_id)) for case_id in sorted(hiding)]
        shown = (str(root.path), root.shown, str(root.inside))
        return _key(_program(), str(order.today), json.dumps(shown), self.parties.digest, json.dumps(secrets))

    def _key_beside(self, told: Mapping[str, CaseFacts], order: Order) -> str:
        used = sorted({party for each in told.values() for party in each.used})
        facts = json.dumps([used, all(each.whole for each in told.values())])
        return _key("beside", self._about(order, ()), facts, repr(self._workspace.listing.problems))

    def _key_of(self, case_id: str, about: str) -> str:
        return _key("case", about, case_id, self.cases[case_id].digest)

    def _digest(self, case_id: str) -> str | None:
        return self.cases[case_id].digest if case_id in self.cases else None

    def _record(self, file: FileId) -> str | None:
        folder = file.partition("/")[0]
        held = self.cases.get(folder)
        return (held or self.parties).records.get(file)

    def _line(self, file: FileId, number: int) -> str | None:
        if file not in self._lines:
            data = self._workspace.files.read(file)
            if not isinstance(data, bytes) or sha256(data).hexdigest() != self._record(file):
                raise ValueError("the file is no longer what it was")
            self._lines[file] = Lines(data.decode("utf-8", "replace").removeprefix("\ufeff"))
        return self._lines[file].line(number)


def _key(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _release(package: str) -> str:
    """Returns the release of a package; where it does not tell, something that nobody will find again."""
    from importlib.metadata import PackageNotFoundError, version  # only a large folder has a use for it

    try:
        return version(package)
    except PackageNotFoundError:
        return os.urandom(16).hex()


def _program() -> str:
    """Returns what is this program: its own bytes, and those releases of others that could change an answer."""
    global _known  # noqa: PLW0603 - a program does not change while it runs
    if _known is None:
        parts = (__version__, sys.version, *map(_release, ("PyYAML", "pydantic_core")))
        top = Path(__file__).parent.parent
        whole = sha256("\n".join(parts).encode())
        for path in sorted(each for each in top.rglob("*") if each.suffix in {".py", ".yaml", ".txt"}):
            whole.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes())
        _known = whole.hexdigest()
    return _known


_known: str | None = None
