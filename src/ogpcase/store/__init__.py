"""Disk: where the records are, reading them safely, writing them whole. What they mean is model's to say."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogpcase.store.rules import RULES

__all__ = ["RULES"]


def __getattr__(name: str) -> object:
    """Brings this room's checks when they are asked for: a good folder needs none."""
    if name == "RULES":
        from ogpcase.store.rules import RULES

        return RULES
    raise AttributeError(f"module `{__name__}` has no `{name}`")
