"""What a bad record of a corpus has wrong: each a slip of the pen that `ogpcase validate` finds."""

from __future__ import annotations

import re

_DATED = re.compile(r"^dated: .*$", re.MULTILINE)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^summary:", re.MULTILINE), "sumary:"),
    (_DATED, "dated: 2021-13-40"),
    (re.compile(r"^kind: ", re.MULTILINE), "kind: re"),
    (re.compile(r"^sources:$", re.MULTILINE), "follows:\n  - no-such-event\nsources:\n"),
    (_DATED, "dated: 3 May 2021"),
    (re.compile(r"^title:", re.MULTILINE), "title: Twice\ntitle:"),
    (re.compile(r"^    title: ", re.MULTILINE), "    titel: "),
)


def spoilt(text: str, which: int) -> str:
    """Returns the text of a record with one thing wrong in it; `which` counts through the slips."""
    pattern, slip = _SLIPS[which % len(_SLIPS)]
    return pattern.sub(slip, text, count=1)
