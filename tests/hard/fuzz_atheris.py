"""A fuzzer led by coverage, of reading and binding a record; for minutes or hours, by hand.

It needs atheris, which is no dependency of this project:

    pip install atheris
    python tests/hard/fuzz_atheris.py -max_total_time=600

Arguments are those of libFuzzer; a folder named first keeps what was found for the next time. It stops at the first
broken promise and writes the input to `crash-…`. Of each input the first byte chooses what sort of file it is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

with atheris.instrument_imports(include=["ogpcase"]):
    from ogpcase.model import bind  # noqa: F401 - to be instrumented
    from ogpcase.yamltree import parsing  # noqa: F401 - to be instrumented

from tests.hostile.mutating import Record, corpus
from tests.hostile.oracles import hold

FILES = (
    "arcadia-2023/case.yaml",
    "parties/open-arcadia.yaml",
    "arcadia-2023/events/2023-04-10-concern.yaml",
    "arcadia-2023/events/2023-04-10-letter-ask.yaml",
)


def one_input(data: bytes) -> None:
    """What libFuzzer calls; whatever is raised is a find."""
    if data:
        hold(Record(FILES[data[0] % len(FILES)], data[1:]), judging=False)


def _sort(record: Record) -> int:
    if record.file.startswith("parties/"):
        return 1
    return 0 if record.file.endswith("case.yaml") else 2


def main() -> None:
    """Fuzzes, beginning with the sound corpus."""
    seeds = Path(mkdtemp())
    for number, record in enumerate(corpus()):
        (seeds / str(number)).write_bytes(bytes([_sort(record)]) + record.data)
    folders = [each for each in sys.argv[1:] if not each.startswith("-")]
    options = [each for each in sys.argv[1:] if each.startswith("-")]
    atheris.Setup([sys.argv[0], *options, "-max_len=4096", "-timeout=10", *folders, str(seeds)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
