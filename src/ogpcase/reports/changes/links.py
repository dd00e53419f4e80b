"""Where the records of a comparison can be read: on the web at a commit, else by their path in the repository."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ogpcase.diagnostics import FileId
from ogpcase.store.git import RevisionFiles, changed_files, files_below
from ogpcase.workspace.comparing import Compared

_SSH = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w-][\w.-]*):(?!//)(?P<path>[^\s]+)")
"""An address as `git@host:owner/name.git`."""


class Links(NamedTuple):
    """The addresses of records.

    `web` is the page of the repository, None if its remote has none that is known. `committed` are the files that the
    commit `head` has as they are compared, `uncommitted` those that it has not; both are paths below `below`.
    """

    web: str | None
    head: str
    below: str
    committed: frozenset[FileId]
    uncommitted: frozenset[FileId]
    base: str
    base_below: str
    at_base: frozenset[FileId]

    def of(self, file: FileId) -> str | None:
        """Returns the address of a record of the later version; None if no file of this name is there."""
        if file in self.committed:
            return self._at(self.head, self.below, file) or _path(self.below, file)
        return _path(self.below, file) if file in self.uncommitted else None

    def earlier(self, file: FileId) -> str | None:
        """Returns the address of a record of the earlier version; None if it has none on the web."""
        return self._at(self.base, self.base_below, file) if file in self.at_base else None

    def _at(self, commit: str, below: str, file: FileId) -> str | None:
        if self.web is None:
            return None
        return f"{self.web}{_files_at(self.web, commit)}/{_path(below, file)}"


def links_of(both: Compared) -> Links:
    """Returns the addresses of the records of a comparison. Raises CannotRead."""
    start, later = both.before.files, both.after.files
    assert isinstance(start, RevisionFiles)
    tip = later if isinstance(later, RevisionFiles) else start.at("HEAD", both.after.root)
    changed = frozenset() if later is tip else changed_files(tip, later)
    return Links(
        web=web_address(start.repository.remote()),
        head=tip.commit,
        below=tip.below,
        committed=frozenset(tip.tree) - changed,
        uncommitted=frozenset(file for file in files_below(later) if file in changed) if changed else frozenset(),
        base=start.commit,
        base_below=start.below,
        at_base=frozenset(start.tree),
    )


def web_address(remote: str | None) -> str | None:
    """Returns the page of a repository whose remote has this address, without any name or password in it."""
    if remote is None:
        return None
    if found := _SSH.fullmatch(remote):
        return _page(found["host"], found["path"])
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port and parts.scheme in {"http", "https"} else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "ssh", "git"} or not parts.hostname:
        return None
    return _page(f"{parts.hostname}{port}", parts.path)


def _page(host: str, path: str) -> str | None:
    plain = path.strip("/").removesuffix(".git")
    return f"https://{host}/{quote(plain)}" if plain else None


def _files_at(web: str, commit: str) -> str:
    """Returns the path of a commit's files on the pages of a host, as GitHub has it unless its name says otherwise."""
    host = urlsplit(web).netloc
    if "gitlab" in host:
        return f"/-/blob/{commit}"
    if any(name in host for name in ("codeberg", "gitea", "forgejo")):
        return f"/src/commit/{commit}"
    return f"/src/{commit}" if "bitbucket" in host else f"/blob/{commit}"


def _path(below: str, file: FileId) -> str:
    return quote(f"{below}/{file}" if below else file)
