"""The index that the register's search reads, made by pagefind from the pages themselves."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ogpcase.errors import BrokenInstallation

FOLDER = "pagefind"
"""Where the index stands, below the top of the register."""
_NOT_USED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""What pagefind writes beside the index: forms of its own, which our search page does without."""


def write_index(register: Path) -> None:
    """Indexes the pages of a folder, and writes the index into it. Raises BrokenInstallation.

    The same pages give the same bytes.
    """
    try:
        from pagefind_bin import get_executable
    except ImportError as error:
        raise BrokenInstallation(
            "`site` needs pagefind for the search, which is not installed",
            "install it with the tool: pip install 'ogpcase[site]'",
        ) from error
    command = [str(get_executable()), "--site", str(register), "--output-subdir", FOLDER, "--silent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={}, cwd=register)  # noqa: S603 - no shell, our own words
    if done.returncode:
        raise BrokenInstallation(f"pagefind could not index the pages: {done.stderr.strip() or done.stdout.strip()}")
    for pattern in _NOT_USED:
        for path in (register / FOLDER).glob(pattern):
            path.unlink()
