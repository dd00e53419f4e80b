"""The public register: pages made from the rows of the terminal's views. Nothing else knows jinja2."""

from __future__ import annotations

from ogpcase.errors import BrokenInstallation


def require_jinja2() -> None:
    """Raises BrokenInstallation where the library that draws the pages is not installed, or cannot be loaded."""
    try:
        import jinja2  # noqa: F401 - only whether it can be had
    except ImportError as error:
        there = not isinstance(error, ModuleNotFoundError)
        raise BrokenInstallation(
            f"`site` needs jinja2, which {'cannot be loaded' if there else 'is not installed'}",
            "install it with the tool: pip install 'ogpcase[site]'",
        ) from error
