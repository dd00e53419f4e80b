"""Things that do not belong in a case folder, each put there as a stranger could."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PARTIES = "parties"
EVENTS = "arcadia-2023/events"
SECRET = "name: Outside the folder\n"


class Planted(NamedTuple):
    """A row of the threat list: where it stands below the case folder, what makes it, and the code it must get.

    `closed` is what must never be opened by its name.
    """

    row: str
    file: str
    make: Callable[[Path], None]
    code: str
    closed: bool = True


def to(target: str) -> Callable[[Path], None]:
    """Makes a symbolic link."""
    return lambda path: path.symlink_to(target)


def outside(path: Path) -> Path:
    """Returns the file outside the case folder that must not be read."""
    return next(each for each in path.parents if (each / "cases").is_dir()) / "outside.yaml"


def second_name(path: Path) -> None:
    path.hardlink_to(outside(path))


def bound_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's name must be short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)


def device(path: Path) -> None:
    """Makes the device that gives zeros for ever; a pipe where only root may make one."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def record(path: Path) -> None:
    path.write_text("name: A party\nclassification: other\n")


def deep(path: Path) -> None:
    path.mkdir(exist_ok=True)
    for _ in range(700):
        path /= "d"
        path.mkdir()


def bare_repository(path: Path) -> None:
    """Makes a bare repository whose settings name a program, which marks that it was run."""
    subprocess.run(["git", "init", "-q", "--bare", str(path)], check=True, capture_output=True)
    trap = outside(path).parent / "trap"
    (path / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {trap}\n"
    )


def work_tree(path: Path) -> None:
    path.mkdir()
    (path / "HEAD").write_text("ref: refs/heads/main\n")


def named(raw: bytes) -> str:
    """Returns the path of a party's file of this name, whatever its bytes."""
    return f"{PARTIES}/{os.fsdecode(raw)}"


ROWS = (
    Planted("a pipe", f"{PARTIES}/pipe.yaml", os.mkfifo, "OC222"),
    Planted("a pipe for an event", f"{EVENTS}/2023-02-02-letter-pipe.yaml", os.mkfifo, "OC222"),
    Planted("a pipe for a copy", "arcadia-2023/sources/pipe.pdf", os.mkfifo, "OC222"),
    Planted("a socket", f"{PARTIES}/socket.yaml", bound_socket, "OC222"),
    Planted("a device", f"{PARTIES}/device.yaml", device, "OC222"),
    Planted("a link to a system's file", f"{PARTIES}/link-passwd.yaml", to("/etc/passwd"), "OC222"),
    Planted("a link to a record outside", f"{PARTIES}/link-outside.yaml", to("../../outside.yaml"), "OC222"),
    Planted("a link to a record inside", f"{PARTIES}/link-inside.yaml", to("open-arcadia.yaml"), "OC222"),
    Planted("a link to a device", f"{PARTIES}/link-zero.yaml", to("/dev/zero"), "OC222"),
    Planted("a link to a process", f"{PARTIES}/link-process.yaml", to("/proc/self/environ"), "OC222"),
    Planted("a link to itself", f"{PARTIES}/link-self.yaml", to("link-self.yaml"), "OC222"),
    Planted("a link to nothing", f"{PARTIES}/link-nothing.yaml", to("nothing"), "OC222"),
    Planted("a link for a copy", "arcadia-2023/sources/link.pdf", to("/etc/passwd"), "OC222"),
    Planted("a folder that is a link to its own", "loop-2020", to("."), "OC222"),
    Planted("a folder that is a link to the top", "top-2020", to("/"), "OC222"),
    Planted("a folder that is a link to a case", "twin-2020", to("arcadia-2023"), "OC222"),
    Planted("a link to the folder above", f"{EVENTS}/above.yaml", to(".."), "OC222"),
    Planted("a second name of a file outside", f"{PARTIES}/hard.yaml", second_name, "OC222", closed=False),
    Planted("a folder called as a record", f"{PARTIES}/folder.yaml", folder, "OC222"),
    Planted("a folder called as an event", f"{EVENTS}/2023-02-02-letter-folder.yaml", folder, "OC222"),
    Planted("700 folders in each other", "arcadia-2023/sources/deep", deep, "OC221", closed=False),
    Planted("a repository without a work tree", "arcadia-2023/sources/bundle", bare_repository, "OC227", closed=False),
    Planted("a repository with one", "git-2020/.git", work_tree, "OC227"),
    Planted("another ending", f"{PARTIES}/other.yml", record, "OC221"),
    Planted("an ending in capitals", f"{PARTIES}/capitals.YAML", record, "OC221"),
    Planted("an editor's copy", f"{PARTIES}/copy.yaml~", record, "OC221"),
    Planted("a drive's copy", f"{PARTIES}/ogp (conflicted copy).yaml", record, "OC224"),
    Planted("a name with a line end", named(b"a\nb.yaml"), record, "OC224"),
    Planted("a name with ESC", named(b"a\x1b[31m.yaml"), record, "OC224"),
    Planted("a name with an override", named("a\u202eb.yaml".encode()), record, "OC224"),
    Planted("a name that is not UTF-8", named(b"caf\xe9.yaml"), record, "OC224"),
    Planted("a name that commands a runner", named(b"a\n::error file=x,line=1::b.yaml"), record, "OC224"),
    Planted("a name that commands by an escape", named(b"a%0A::error::b.yaml"), record, "OC224"),
    Planted("a name with a property", named(b"a,line=1::b.yaml"), record, "OC224"),
    Planted("a name like an option", named(b"--root.yaml"), record, "OC224"),
    Planted("a name of dots", named(b"...yaml"), record, "OC224"),
    Planted("no name", named(b".yaml"), record, "OC224"),
    Planted("a name that is too long for an id", named(b"a" * 200 + b".yaml"), record, "OC224"),
    Planted("a name as long as there is", named(b"a" * 250 + b".yaml"), record, "OC224"),
    Planted("a name that Windows keeps", named(b"con.yaml"), record, "OC224"),
    Planted("another that Windows keeps", named(b"lpt1.yaml"), record, "OC224"),
    Planted("a name in capitals, beside the same in small", named(b"Open-Arcadia.yaml"), record, "OC225"),
    Planted("accents composed", named("caf\u00e9.yaml".encode()), record, "OC224"),
    Planted("the same accents apart", named("cafe\u0301.yaml".encode()), record, "OC225"),
    Planted("a record on top", "stray.yaml", record, "OC221"),
    Planted("a record beside the events", "arcadia-2023/stray.yaml", record, "OC221"),
    Planted("a name with a backslash", f"{PARTIES}/..\\up.yaml", record, "OC224"),
)


def plant(cases: Path) -> None:
    """Puts all of it into a case folder, and what it may lead to beside the folder."""
    (cases.parent / "outside.yaml").write_text(SECRET)
    trap = cases.parent / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{cases.parent}/marker'\n")
    trap.chmod(0o755)
    (cases / "arcadia-2023" / "sources").mkdir()
    (cases / "git-2020").mkdir()
    for each in ROWS:
        each.make(cases / each.file)
