"""What `init` writes: OGP's bodies as parties, schemas for editors, and settings for git, CI, pre-commit and VS Code.

A public copy gets none of these: `publish` writes what keeps git from converting its line ends.

In a new case folder the parties are written last and all at once. No command finds the folder before that, so the next
`init` continues an interrupted one.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution, metadata
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ogpcase import __version__
from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotRead, CannotWrite, Misused, Refused
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.policy.procedures import default_procedure
from ogpcase.store.export_files import PUBLIC, fill_new
from ogpcase.store.files import RECORD, DiskFiles
from ogpcase.store.layout import (
    PARTIES,
    ROOT_NAME,
    Root,
    current_folder,
    if_refused,
    reason,
    repository_around,
    root_at,
)
from ogpcase.store.load import load_settings
from ogpcase.store.lock import locked
from ogpcase.store.save import folder_made, folder_of, store_file, sweep_beside, swept
from ogpcase.store.transaction import Step, finished, store_all
from ogpcase.yamltree.emitting import emit

_TEMPLATES = files("ogpcase.store") / "templates"
_WORKFLOWS = ".github/workflows/"
_WORKFLOW = f"{_WORKFLOWS}ogpcase.yml"
_AT_THE_TOP = {
    _WORKFLOW: "workflow.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".vscode/settings.json": "vscode-settings.json",
}
"""The file that each template becomes at the top of the repository, where CI, pre-commit and editors look for it."""
_REGISTER = {f"{_WORKFLOWS}register.yml": "register.yml"}
"""The same for what stands beside a public copy."""
_ATTRIBUTES = ".gitattributes"
_IN_THE_FOLDER = {".gitignore": "gitignore", _ATTRIBUTES: "gitattributes", f"{ROOT_NAME}/README.md": "README.md"}
"""The file that each template becomes beside the cases."""


class Skeleton(NamedTuple):
    """The files that were written, and what is left to a person.

    `kept` are files that were there and lack something, each with the lines that `init` would have written.
    `no_workflow` is the path of the workflow that was not written, because nothing says what CI installs.
    """

    written: tuple[Path, ...]
    kept: tuple[tuple[Path, tuple[str, ...]], ...] = ()
    no_workflow: Path | None = None


def write_skeleton(
    folder: Path, schemas: Mapping[str, str], requirement: str | None = None, tell: Callable[[str], None] | None = None
) -> Skeleton:
    """Writes the first files of a case folder; `schemas` are the texts of `schemas/` by name.

    `requirement` is what CI installs; without one no workflow is written. Existing files stay as they are. `tell` gets
    a message when the command waits or finishes an interrupted one.
    Raises Refused for a public copy, and CannotWrite, whose message says what was written before.
    """
    written: list[Path] = []
    root, top = root_at(folder / ROOT_NAME, current_folder()), _top_of(folder)
    if _is_public_copy(root):
        raise Refused(
            f"`{folder / ROOT_NAME}` is a public copy, which only `publish` writes; nothing was written",
            "for the workflow that publishes its register: `ogpcase init --register`",
            "for a folder of records: name another",
        )
    files = [*_files_at_the_top(_AT_THE_TOP, top, folder, requirement), *_files_beside(folder, root, schemas)]
    try:
        with folder_made(folder), folder_made(root.path), locked(root, tell):
            recovered = finished(root)
            if recovered is not None and tell is not None:
                tell(recovered)
            swept(root)
            for above, several in groupby(files, lambda each: each.top):
                sweep_beside(above, [each.name for each in several])
            missing = (each for each in files if not os.path.lexists(each.path))
            written.extend(each.path for each in missing if store_file(each.top, each.name, each.text, over=False))
            written += [folder / ROOT_NAME / file for file in _write_parties(folder, root)]
    except OSError as error:
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(error)}; {_before(written)}") from error
    except (CannotRead, CannotWrite) as refused:
        what = refused.message.removesuffix("; nothing was changed")
        said = f"{what}; {_before(written)}" if written else refused.message
        raise CannotWrite(said, *refused.hints) from refused
    kept = ((each.path, each.lacking()) for each in files)
    workflow = top / _WORKFLOW
    no_workflow = None if os.path.lexists(workflow) else workflow
    return Skeleton(tuple(written), tuple(each for each in kept if each[1]), no_workflow)


def write_register_workflow(folder: Path, requirement: str | None) -> Skeleton:
    """Writes the workflow that publishes the register of a public copy, and nothing else; one that is there stays.

    Raises Refused for any other folder: what it holds is not meant for everybody. Raises CannotWrite.
    """
    root, top = root_at(folder / ROOT_NAME, current_folder()), _top_of(folder)
    if not _is_public_copy(root):
        raise Refused(
            f"`{folder / ROOT_NAME}` is no public copy, and only that has a public register; nothing was written",
            "`ogpcase publish DIR` makes one; then give that DIR to `ogpcase init --register`",
        )
    with_pages = requirement and requirement.replace("ogpcase", "ogpcase[site]", 1)
    files = list(_files_at_the_top(_REGISTER, top, folder, with_pages))
    with if_refused(f"`{top}` cannot be filled", so="; nothing was written"):
        written = [each.path for each in files if store_file(each.top, each.name, each.text, over=False)]
    missing = next((top / name for name in _REGISTER if not os.path.lexists(top / name)), None)
    return Skeleton(tuple(written), no_workflow=missing)


def _is_public_copy(root: Root) -> bool:
    return root.path.is_dir() and load_settings(DiskFiles(root.path)).settings.public_copy


def keep_line_ends(folder: Path) -> Skeleton:
    """Writes what keeps git from converting line ends of a public copy, if it is missing. Raises CannotWrite."""
    file = _File(folder, _ATTRIBUTES, _template("copy-gitattributes"), " -text")
    missing = not os.path.lexists(file.path)
    if missing:
        said = f"the copy is up to date, but `{file.path}` cannot be written"
        with if_refused(said, "the next run writes it"), locked(Root(folder, str(folder))):
            missing = store_file(file.top, file.name, file.text, over=False)
    lacking = () if missing else file.lacking()
    return Skeleton((file.path,) if missing else (), ((file.path, lacking),) if lacking else ())


class _File(NamedTuple):
    """A file to write below a folder; `mark` stands in the lines without which it does not serve the cases."""

    top: Path
    name: str
    text: str
    mark: str = ""

    @property
    def path(self) -> Path:
        return self.top / self.name

    def lacking(self) -> tuple[str, ...]:
        """Returns the needed lines that a file that is there has not."""
        try:
            there = {line.strip(" ,") for line in self.path.read_text(encoding="utf-8").splitlines()}
        except (OSError, UnicodeDecodeError):
            return ()
        needed = (line.strip() for line in self.text.splitlines() if self.mark and self.mark in line)
        return tuple(line for line in needed if line.strip(" ,") not in there)


def _top_of(folder: Path) -> Path:
    """Returns the top of the repository that the folder is in, as it is printed; the folder itself without one."""
    top, real = repository_around(folder), os.path.realpath(folder)
    return folder if top is None or str(top) == real else Path(os.path.relpath(top))


def _files_at_the_top(names: Mapping[str, str], top: Path, folder: Path, requirement: str | None) -> Iterator[_File]:
    """Yields those files that stand at the top of the repository, and name the folder by its path from there."""
    path = Path(os.path.realpath(folder)).relative_to(os.path.realpath(top)).as_posix()
    prefix = "" if path == "." else f"{path}/"
    values = {"PREFIX": prefix, "PATTERN": re.escape(prefix), "ARGUMENT": quote(path), "FOLDER": path}
    for file, name in names.items():
        if not file.startswith(_WORKFLOWS) or requirement is not None or os.path.lexists(top / file):
            text = _template(name)
            for mark, value in {**values, "REQUIREMENT": requirement or ""}.items():
                text = text.replace(mark, json.dumps(value, ensure_ascii=False)[1:-1])  # each stands in double quotes
            yield _File(top, file, text, prefix.rstrip("/"))


def _before(written: list[Path]) -> str:
    return f"{len(written)} files were written before" if written else "nothing was written"


def _files_beside(folder: Path, root: Root, schemas: Mapping[str, str]) -> Iterator[_File]:
    """Yields the files of the folder itself."""
    for file, name in _IN_THE_FOLDER.items():
        yield _File(folder, file, _template(name), f"/{ROOT_NAME}/" if file == _ATTRIBUTES else "")
    yield from (_File(folder, f"schemas/{name}", text) for name, text in schemas.items())
    if not os.path.lexists(root.path / PARTIES):  # an existing folder may have the first format
        yield _File(folder, f"{ROOT_NAME}/{SETTINGS_NAME}", "format: 2\n")


def _template(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _party_files() -> Iterator[tuple[str, bytes]]:
    """Yields the name and text of the party file of each body that has one in the default procedure's table."""
    bodies = default_procedure().bodies
    whole = next((body.party.id for body in bodies if body.stands_for_all and body.party), None)
    for body in bodies:
        if body.party:
            party = body.party
            values = {"name": party.name, "other_names": list(party.other_names), "classification": "ogp_body"}
            values |= {"body": body.code, "part_of": [whole] if whole and whole != party.id else []}
            yield f"{party.id}{RECORD}", emit({name: value for name, value in values.items() if value}).encode()


def _write_parties(folder: Path, root: Root) -> tuple[FileId, ...]:
    parties = dict(sorted(_party_files()))
    missing = {name: data for name, data in parties.items() if not os.path.lexists(root.path / PARTIES / name)}
    if not os.path.lexists(root.path / PARTIES):
        with folder_of(folder, f"{ROOT_NAME}/{PARTIES}"):  # refuses a link
            fill_new(root.path / PARTIES, parties, PUBLIC)
    elif missing:
        store_all(root, "init", [Step(f"{PARTIES}/{name}", None, data) for name, data in missing.items()])
    return tuple(f"{PARTIES}/{name}" for name in missing)


_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*((a|b|rc)[0-9]+)?(\.post[0-9]+)?(\.dev[0-9]+)?")
_SCHEMES = ("https", "git+https")
"""Those that anybody can fetch from, and nobody on the way can change."""


def requirement_of(typed: str) -> str:
    """Returns what pip installs for a typed version, `0.1.0`, or address. Raises Misused.

    Whether there is such a version or address cannot be known here: ogpcase never uses the network.
    """
    if _VERSION.fullmatch(typed):
        return f"ogpcase=={typed}"
    if re.search(r"[\s\"'`$\\{}<>;]", typed) or not _is_public(typed):
        raise Misused(
            "this is neither a version nor an address that CI can install ogpcase from",
            "name a version that a registry has: `0.1.0`",
            "or an address, without a password in it: `git+https://HOST/OWNER/ogpcase@COMMIT`, or `https://…/….whl`",
        )
    return f"ogpcase @ {typed}"


def own_requirement() -> str | None:
    """Returns what pip installs to get this very program; None if it came from a folder or file of this machine."""
    try:
        origin = distribution("ogpcase").read_text("direct_url.json")  # PEP 610; a registry leaves none
    except PackageNotFoundError:
        return None
    if origin is None:
        return f"ogpcase=={__version__}"
    address = _address(json.loads(origin))
    return f"ogpcase @ {address}" if _is_public(address) else None


def schemas_address() -> str:
    """Returns the address of the project's `schemas/`, with a slash; empty if its package names no public source."""
    try:
        urls = metadata("ogpcase").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    source = next((url.removeprefix("Source, ") for url in urls if url.startswith("Source, ")), None)
    return f"{source}/raw/HEAD/schemas/" if source else ""


def _address(origin: dict[str, Any]) -> str:
    if "vcs_info" in origin:
        return f"{origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
    sha256 = origin.get("archive_info", {}).get("hashes", {}).get("sha256")
    return f"{origin['url']}#sha256={sha256}" if sha256 else str(origin["url"])


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.username is None and parts.password is None
