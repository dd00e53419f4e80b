"""Changes one field of each file, by this project or by ruamel.yaml: `edit.py FOLDER NUMBER ours|ruamel`.

Prints as JSON: the CPU seconds of the loop alone, the files, and how many other lines changed in all of them.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections import Counter
from collections.abc import Callable

from benchmarks.loops.files import from_command_line, read

ROUTE = ("sources", 0, "publisher")
NEW = "Another archive"


def ours() -> Callable[[bytes], bytes]:
    """Returns what splices the new value into the text."""
    from ogpcase.yamltree.parsing import parse
    from ogpcase.yamltree.splice import replaced

    def edit(data: bytes) -> bytes:
        tree = parse(data, "record.yaml").tree
        assert tree is not None
        return replaced(tree, ROUTE, NEW).encode()

    return edit


def ruamel() -> Callable[[bytes], bytes]:
    """Returns what loads the record, sets the value and dumps the record, set to write as we do."""
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10**6
    yaml.indent(mapping=2, sequence=4, offset=2)

    def edit(data: bytes) -> bytes:
        values = yaml.load(data)
        values["sources"][0]["publisher"] = NEW
        text = io.BytesIO()
        yaml.dump(values, text)
        return text.getvalue()

    return edit


def other_lines(before: bytes, after: bytes) -> int:
    """Returns how many lines differ beside the one that was to change."""
    old, new = (Counter(data.split(b"\n")) for data in (before, after))
    gone, come = old - new, new - old
    return gone.total() + come.total() - 2


texts = [read(each) for each in from_command_line()]
change = {"ours": ours, "ruamel": ruamel}[sys.argv[3]]()
change(texts[0])  # what it imports on its first use is no part of the loop
begun = time.process_time()
edited = [change(each) for each in texts]
spent = time.process_time() - begun
changed = sum(map(other_lines, texts, edited))
json.dump({"cpu": spent, "files": len(texts), "other_lines": changed}, sys.stdout)
