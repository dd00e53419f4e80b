"""Says what pip-audit's report says, and fails on a known weakness alone: `audit.py REPORT.json`.

Data that was out of reach is "not run", in words and as a warning of the job: no pass, and no fault of a change either.
"""  # noqa: INP001 - a script beside .ci/run, no package

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(report: Path) -> int:
    """Prints a line for each weakness and each release that was not looked up; returns the exit code."""
    try:
        releases = json.loads(report.read_text(encoding="utf-8"))["dependencies"]
    except (OSError, ValueError, KeyError):
        return say("::warning::not run: pip-audit wrote no report")
    weak = [each for each in releases if each.get("vulns")]
    unknown = [each for each in releases if "vulns" not in each]
    for each in weak:
        say(f"{each['name']} {each['version']}: {', '.join(weakness(found) for found in each['vulns'])}")
    if unknown or not releases:
        say(f"::warning::not run for {len(unknown)} of {len(releases)} releases: pip-audit could not look them up")
    say(f"{len(releases) - len(unknown)} releases looked up, {len(weak)} with a known weakness")
    return 1 if weak else 0


def weakness(found: dict[str, Any]) -> str:
    """A weakness by its id, with the releases that mend it."""
    return f"{found['id']} (mended in {', '.join(found.get('fix_versions', [])) or 'no release yet'})"


def say(line: str) -> int:
    """Prints a line; returns 0, for a caller that has no more to say."""
    sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
