"""Counts instructions by valgrind's cachegrind, where the machine has it: unlike seconds they do not depend on load."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.running import CannotMeasure, Command

_COUNTED = re.compile(rb"I +refs: +([\d,]+)")


def instructions(command: Command, environment: Mapping[str, str]) -> int:
    """Returns how many instructions a command executes. Raises CannotMeasure without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise CannotMeasure("no valgrind was found to count instructions with")
    words = [valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command.words]
    variables = {**environment, **command.more, "PYTHONHASHSEED": "0"}
    done = subprocess.run(words, cwd=command.folder, env=variables, capture_output=True, check=False)  # noqa: S603 - the benchmarks' own
    found = _COUNTED.search(done.stderr)
    if done.returncode != command.expected or found is None:
        raise CannotMeasure(f"under valgrind `{Path(command.words[0]).name}` ended with {done.returncode}")
    return int(found.group(1).replace(b",", b""))
