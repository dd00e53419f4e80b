"""Which names a file cannot have on Windows, so that no record or copy gets one on any system."""

from __future__ import annotations

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"}
)
"""Names that Windows reserves for devices, with any ending."""
_NOWHERE_ELSE = frozenset('/\\:*?"<>|')


def is_device(name: str) -> bool:
    """True if Windows takes a name for a device, as `con` and `con.pdf`."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def has_foreign_character(name: str) -> bool:
    """True if a name has a character that Windows does not allow in names."""
    return not name.isprintable() or bool(_NOWHERE_ELSE & set(name))


def ends_badly(name: str) -> bool:
    """True if Windows drops the end of a name: a blank or a dot."""
    return name.endswith((" ", "."))
