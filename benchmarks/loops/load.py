"""This project's reader over every file: values, problems, and what places are found from."""

from __future__ import annotations

from benchmarks.loops.files import from_command_line, read
from ogpcase.yamltree.parsing import parse

for each in from_command_line():
    found = parse(read(each), each)
    assert found.tree is not None and not found.problems, each  # noqa: PT018 - one reason to stop
