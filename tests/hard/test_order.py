"""In which order the disk is asked: nothing has its name before it is whole, nothing is done before the name holds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.hard.commands import COMMANDS, Known

SOURCE = Path(__file__).parent.parent.parent / "src" / "ogpcase"
NAMING = {"link", "rename", "replace"}
OF_PATHS = {
    "write_text", "write_bytes", "touch", "mkdir", "rmdir", "unlink", "rename", "symlink_to", "hardlink_to", "chmod",
    "open",
}  # fmt: skip
"""Methods of a path that change the disk, and the one that opens a file by Python's own means."""
MODULES = {"os", "shutil", "tempfile"}
ASKING = {
    "path", "environ", "devnull", "fsencode", "fsdecode", "getpid", "get_terminal_size", "dup2", "close", "_exit",
    "get_exec_path", "which", "gettempdir",
}  # fmt: skip
"""What is asked of these modules without changing the disk."""
OUTSIDE = {
    "cli/boundary.py: open",  # of nothing at all, where there is no stdout
    "cli/boundary.py: os.open",  # the same
    "output/terminal.py: os.open",  # the same
    "output/terminal.py: os.write",  # to stderr
    "cli/completing.py: open",  # the packaged words, to read
    "workspace/judge_folder.py: os.cpu_count",  # asks and writes nothing
    "cli/editor.py: shutil.rmtree",  # what is typed in an editor stands in a folder of its own
    "cli/editor.py: tempfile.mkdtemp",
    "cli/editor.py: write_bytes",
    "cli/asking/draft.py: mkdir",  # what is typed at a terminal stands in the user's folder of drafts
    "cli/asking/draft.py: os.open",
    "cli/asking/draft.py: os.fdopen",
    "cli/asking/draft.py: tempfile.mkstemp",
    "cli/asking/draft.py: tempfile.mkdtemp",
    "cli/asking/draft.py: unlink",
    "cli/asking/draft.py: replace",
    "cli/import_table.py: open",  # the table, to read; and new files beside it for rows with a problem, and for answers
    "cli/open.py: os.startfile",  # the program of a Windows desktop
    "cli/validate.py: open",  # the summary of a step in CI
    "cli/whole_record.py: open",  # to read
    "output/messages.py: open",  # a packaged catalogue, to read
    "site/downloads.py: tempfile.SpooledTemporaryFile",  # a file without a name, until all is written
    "api/folder.py: os.PathLike",  # a type
    "api/folder.py: os.fspath",  # the words of a path
    "cli/app.py: write_text",  # onto a page of help, no file
}
"""What is written or opened elsewhere than in the room of the disk, none of it in the case folder."""


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.posix
def test_bytes_are_on_the_disk_before_their_name_and_the_name_before_the_end(
    known: Callable[[str], Known], name: str
) -> None:
    """What was written is waited for before anything is linked or renamed, and that before the command is done."""
    written = named = False
    for call in known(name).calls:
        written = call == "write" or (written and call != "fsync")
        assert not (written and call in NAMING)
        named = call in NAMING or (named and call != "fsync")
    assert not named


def test_only_the_room_of_the_disk_writes() -> None:
    found = {
        f"{path.relative_to(SOURCE).as_posix()}: {each}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.parent.name != "store"
        for each in writing_in(path)
    }
    assert OUTSIDE == found


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("open('x')", ["open"]),
        ("os.replace(a, b)", ["os.replace"]),
        ("from os import replace", ["os.replace"]),
        ("from tempfile import mkstemp as new, TemporaryFile", ["tempfile.mkstemp", "tempfile.TemporaryFile"]),
        ("Path('a').replace(there)", ["replace"]),
        ("path.replace(path.with_name('b'))", ["replace"]),
        ("from os import environ; text.replace('a', 'b'); day.replace(day=1); path.read_text()", []),
    ],
)
def test_every_way_to_write_is_seen(source: str, wanted: list[str]) -> None:
    assert wanted == list(writes_in(source))


def writing_in(path: Path) -> Iterator[str]:
    """Yields what a module calls that writes, or that opens a file by Python's own means."""
    yield from writes_in(path.read_text(encoding="utf-8"))


def writes_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield from (f"{node.module}.{each.name}" for each in node.names if each.name not in ASKING)
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Attribute(_, "replace") if len(node.args) == 1 and not node.keywords:
                yield "replace"  # of a path: that of a text takes two words
            case ast.Name("open"):
                yield "open"
            case ast.Attribute(ast.Name(module), name) if module in MODULES:
                if name not in ASKING:
                    yield f"{module}.{name}"
            case ast.Attribute(value, name) if name in OF_PATHS and ast.unparse(value) != "Workspace":
                yield name
