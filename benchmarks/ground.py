"""What benchmarks stand on: a folder to work in, corpora, the peers in environments of their own, and our program."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from benchmarks.corpus import Wanted, write
from benchmarks.running import Command, Runs, measure

HERE = Path(__file__).parent
PEERS = HERE / "peers.txt"
_GENERATOR = ("corpus.py", "casework.py", "story.py", "story/*.yaml")
_DROPPED = ("PYTHON", "OGPCASE", "XDG_", "LC_", "LANG", "COLUMNS", "LINES", "GITHUB_", "CI")
"""How the names of variables begin that would change what is measured."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and how thoroughly benchmarks run."""

    work: Path
    rounds: int = 7
    sizes: tuple[int, ...] = ()
    """Large corpora that are measured too, in records."""
    python: Path = field(default_factory=lambda: Path(sys.executable))

    @property
    def ogpcase(self) -> str:
        """The program of the environment that the harness runs in."""
        return str(self.python.parent / "ogpcase")

    def environment(self) -> dict[str, str]:
        """Returns the variables of every run: the machine's, less what would change what is measured."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
        home = self.work / "home"
        home.mkdir(parents=True, exist_ok=True)
        return kept | {"HOME": str(home), "LC_ALL": "C.UTF-8"}

    def corpus(self, records: int, *, bad: int = 0, parties: int = 3, name: str = "") -> Path:
        """Returns the folder in which the `cases` of a corpus stand, made where it is not there yet.

        One that a benchmark changes has a `name` of its own.
        """
        folder = self.work / "corpora" / generator_digest() / f"{records}-{bad}-{parties}{name}"
        done = folder / "made"
        if not done.exists():
            rmtree(folder, ignore_errors=True)
            write(folder / "cases", Wanted(records, bad=bad, parties=parties))
            done.touch()
        return folder

    def schemas(self) -> Path:
        """Returns the folder of the JSON Schemas that our program writes."""
        folder = self.work / "schemas"
        subprocess.run([self.ogpcase, "schema", str(folder)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
        return folder

    def peer(self, name: str) -> str:
        """Returns the program of a peer, installed in an environment of its own at the pinned version."""
        wanted = pinned()[name]
        folder = self.work / "peers" / f"{name}-{wanted}"
        if not (folder / "made").exists():
            rmtree(folder, ignore_errors=True)
            venv.create(folder, with_pip=True)
            pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-qq", f"{name}=={wanted}"]
            subprocess.run(pip, check=True)  # noqa: S603 - a pinned peer
            (folder / "made").touch()
        return str(folder / "bin" / name)

    def measure(self, commands: dict[str, Command]) -> Runs:
        """Measures commands in turn. Raises CannotMeasure."""
        return measure(commands, self.environment(), self.rounds)

    def loop(self, name: str, *words: str) -> Command:
        """Returns one of the programs in `loops/` as a command."""
        program = str(HERE / "loops" / f"{name}.py")
        return Command((str(self.python), program, *words), self.work, {"PYTHONPATH": str(HERE.parent)})

    def importing(self, *modules: str) -> Command:
        """Returns a Python that imports modules and ends."""
        code = f"import {', '.join(modules)}" if modules else "pass"
        return Command((str(self.python), "-c", code), self.work)

    def verb(self, folder: Path, *words: str, **more: str) -> Command:
        """Returns our program as a command, working in a corpus; `more` are variables."""
        return Command((self.ogpcase, *words), folder, more)

    def cold(self, folder: Path, jobs: int = 1, expected: int = 0) -> Command:
        """Returns a validation that knows nothing from an earlier one, in one process unless said otherwise."""
        return Command((self.ogpcase, "validate", "--jobs", str(jobs)), folder, expected=expected)


def kept_in() -> Path:
    """Returns where corpora and peers are kept between runs: below the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ogpcase-benchmarks"


@cache
def generator_digest() -> str:
    """Returns a short digest of what makes corpora, so that those of an older generator are not taken for new ones."""
    files = sorted(file for pattern in _GENERATOR for file in HERE.glob(pattern))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def pinned() -> dict[str, str]:
    """Returns the version of each peer, as `peers.txt` pins it."""
    lines = (line.partition("#")[0].strip() for line in PEERS.read_text(encoding="utf-8").splitlines())
    return {name: version for name, _, version in (line.partition("==") for line in lines if line)}
