"""The signs a view is drawn with, for terminals that have them and for those that have ASCII alone."""

from __future__ import annotations

from ogpcase.values import frozen


@frozen
class Glyphs:
    """One set of signs; `shades` tell stages apart without colour."""

    step: str
    event: str
    context: str
    perhaps: str
    line: str
    rule: str
    arrow: str
    dot: str
    shades: str
    quote: str


UNICODE = Glyphs("◆", "●", "○", "◌", "│", "─", "→", "·", "█▒▓░▚", "▏")
ASCII = Glyphs("#", "*", "o", "?", "|", "-", "->", "-", "#+=.%", "|")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Returns the signs that the encoding can write."""
    try:
        "".join(getattr(UNICODE, name) for name in Glyphs.__match_args__).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
