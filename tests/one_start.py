"""Several commands of the program in one Python, started as anybody starts it: what its settings say holds for all.

A start takes ten times as long as a command.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory

_IN_TURN = """
import json, os, sys
from ogpcase.__main__ import main
place, commands = sys.argv.pop(), json.loads(sys.argv.pop())
for number, words in enumerate(commands):
    for stream in (1, 2):
        os.dup2(os.open(os.path.join(place, f"{number}.{stream}"), os.O_WRONLY | os.O_CREAT), stream)
    sys.argv[:] = ["ogpcase", *words]
    code = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    with open(os.path.join(place, f"{number}.code"), "w", encoding="ascii") as file:
        file.write(str(code))
"""


def run_in_turn(
    *commands: Sequence[str], env: Mapping[str, str], cwd: Path | None = None, settings: Sequence[str] = ()
) -> list[CompletedProcess[bytes]]:
    """Runs commands one after the other in a Python with these settings; returns the exit code and bytes of each.

    Raises CalledProcessError where one of them ends Python itself.
    """
    with TemporaryDirectory() as place:
        start = [sys.executable, *settings, "-c", _IN_TURN, json.dumps(commands), place]
        subprocess.run(start, check=True, env=env, cwd=cwd, stdin=subprocess.DEVNULL)
        return [_told(Path(place), number, words) for number, words in enumerate(commands)]


def _told(place: Path, number: int, words: Sequence[str]) -> CompletedProcess[bytes]:
    out, err, code = ((place / f"{number}.{name}").read_bytes() for name in ("1", "2", "code"))
    return CompletedProcess(words, int(code), out, err)
