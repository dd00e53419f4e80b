"""What the public register takes: `python -m benchmarks.register --cases 1000` prints CPU, peak memory and files.

The corpus is that of the other experiments, thirty records a case, taken as a public copy; one run, children included.
Its titles are in English and French; in one language, which the bar is for, the French ones are left out.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script, too

from benchmarks.casework import CASE_SIZE
from benchmarks.corpus import Wanted, write
from ogpcase.output.words import counted

MOST_SECONDS, MOST_MEBIBYTES = 180, 300
"""The bar for a thousand cases in one language, on one core."""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.register", description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=1_000)
    parser.add_argument("--languages", type=int, choices=(1, 2), default=1)
    given = parser.parse_args()
    cases: int = given.cases
    with tempfile.TemporaryDirectory(prefix="ogpcase-register-") as made:
        root, register = Path(made) / "cases", Path(made) / "register"
        write(root, Wanted(cases * CASE_SIZE))
        if given.languages == 1:
            leave_french_out(root)
        (root / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
        words = ["site", str(register), "--root", str(root), "--as-of", "2026-11-30"]
        command = [sys.executable, "-m", "ogpcase", *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = sum(path.stat().st_size for path in register.rglob("*") if path.is_file())
    sys.stdout.write(
        f"{cases} cases in {counted(given.languages, 'language')}: "
        f"{used.ru_utime + used.ru_stime:.0f} s of CPU (bar for 1000: {MOST_SECONDS} s), "
        f"{used.ru_maxrss / 1024:.0f} MiB at most (bar: {MOST_MEBIBYTES} MiB), {size / 1e6:.0f} MB in files\n"
        f"{done.stdout}"
    )


def leave_french_out(root: Path) -> None:
    """Takes the French titles from the headers, so that the register has no French pages."""
    for header in root.glob("*/case.yaml"):
        lines = header.read_text("utf-8").splitlines(keepends=True)
        header.write_text("".join(line for line in lines if not line.startswith("  fr: ")), encoding="utf-8")


if __name__ == "__main__":
    main()
