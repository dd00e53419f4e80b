"""Where a problem is put for readers that know only files that exist: a withheld path stands for its case's header."""

from __future__ import annotations

from ogpcase.diagnostics import Span, Spot
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen

_TOP = Span(1, 1, 1, 1)


@frozen
class Anchor:
    """A path, None where nothing of it may be said, and the span in it; not `exact` where both stand for others."""

    path: str | None
    span: Span
    exact: bool = True


def anchor_of(spot: Spot, folder: str = "") -> Anchor:
    """Returns where to put a spot; `folder` leads from the repository's top to the folder that paths are relative to.

    A withheld path below a case becomes its `case.yaml`, one below the parties their folder.
    """
    parent, _, name = spot.path.rpartition("/")
    if name != WITHHELD:
        return Anchor(_below(folder, spot.path), spot.span)
    if not parent:
        return Anchor(None, _TOP, exact=False)
    header = parent if parent.rpartition("/")[2] == "parties" else f"{parent}/case.yaml"
    return Anchor(_below(folder, header), _TOP, exact=False)


def _below(folder: str, path: str) -> str:
    return path if not folder or path.startswith("/") else f"{folder}/{path}"
