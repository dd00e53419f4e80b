"""One table of a folder as a Python program takes it: `FOLDER TABLE rows` iterates it, `frame` gives it to pyarrow.

The table `case` is the events of the folder's first case alone.
"""

from __future__ import annotations

import sys

import ogpcase

folder = ogpcase.open(sys.argv[1], as_of="2026-11-30")
table = folder.case(folder.case_ids[0]).events if sys.argv[2] == "case" else getattr(folder, sys.argv[2])
number = sum(1 for _ in table) if sys.argv[3] == "rows" else table.to_arrow().num_rows
assert number, sys.argv
