"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.ground import pinned

_OURS = ("ogpcase", "typer", "pydantic", "pydantic_core", "PyYAML", "ruamel.yaml", "rich")


def facts() -> Iterator[str]:
    """Yields a line for each fact: the machine, Python, what is installed, the peers, the tools."""
    yield f"machine: {_processor()}, {os.cpu_count()} cores, {_memory():.0f} GiB of memory"
    yield f"system: {platform.system()} {platform.release()}"
    yield f"load when it began: {os.getloadavg()[0]:.1f}"
    yield f"Python: {platform.python_implementation()} {platform.python_version()}"
    yield f"installed: {', '.join(f'{name} {_version(name)}' for name in _OURS)}"
    yield f"libyaml: {_libyaml()}"
    yield f"peers: {', '.join(f'{name} {number}' for name, number in pinned().items())}"
    yield f"tools: {', '.join(_tool(name) for name in ('git', 'valgrind'))}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo")
    if lines.exists():
        for line in lines.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _libyaml() -> str:
    from yaml._yaml import get_version_string

    found: str = get_version_string()
    return found


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        return f"no {name}"
    done = subprocess.run([found, "--version"], capture_output=True, check=False, text=True)  # noqa: S603 - asks for its version
    return done.stdout.strip().replace("valgrind-", "valgrind ").replace(" version", "")
