"""Says what keeps a built wheel from being released: `release.py TAG WHEEL`; exits with 1 if anything does."""  # noqa: INP001 - a script beside .ci/run, no package

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

CHANGES = Path(__file__).parent.parent / "CHANGELOG.md"
RELATIVE = re.compile(r"\]\((?![a-z]+:|#)[^)\s]+\)")
"""A link of Markdown that leads nowhere on a page of the registry."""


def metadata_of(wheel: Path) -> Message:
    """Reads what a wheel says of itself."""
    with ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode("utf-8"))


def obstacles(tag: str, wheel: Path, repository: str) -> Iterator[str]:
    """Yields a sentence for each reason why this wheel is not yet what the tag announces."""
    told = metadata_of(wheel)
    version = told["Version"]
    if tag != f"v{version}":
        yield f"the tag is {tag}, and the wheel is of version {version}"
    if not re.search(
        rf"^## {re.escape(version)} \(\d{{4}}-\d\d-\d\d\)$", CHANGES.read_text(encoding="utf-8"), re.MULTILINE
    ):
        yield f"CHANGELOG.md has no heading `## {version} (YEAR-MONTH-DAY)`"
    sources = [each.partition(", ")[2] for each in told.get_all("Project-URL", []) if each.startswith("Source, ")]
    if not sources:
        yield "`repository` in pyproject.toml is empty: nobody who finds the package would find the project"
    elif repository and sources != [repository]:
        yield f"`repository` in pyproject.toml is {sources[0]}, and this is {repository}"
    yield from (
        f"the README has a link that leads nowhere: {each}" for each in RELATIVE.findall(str(told.get_payload()))
    )


def main(tag: str, wheel: str) -> int:
    """Prints the obstacles; returns 1 if there are any."""
    here = os.environ.get("GITHUB_REPOSITORY")
    found = list(obstacles(tag, Path(wheel), f"{os.environ['GITHUB_SERVER_URL']}/{here}" if here else ""))
    sys.stdout.write("".join(f"{each}\n" for each in found) or f"{Path(wheel).name} may be released as {tag}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
