"""A sound case folder in a repository, and what is in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.hostile.program import with_neighbour


def committed(top: Path) -> Path:
    """Makes a case folder, in a repository, with something outside that must not be read."""
    cases = with_neighbour(top)
    (cases / "parties" / "neighbour.yaml").unlink()
    (top / "outside.yaml").write_text("name: Outside\n")
    git(top, "init", "-q")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "sound")
    return cases


def git(folder: Path, *words: str) -> str:
    alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *who, *words], cwd=folder, env=alone, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def files_in(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
