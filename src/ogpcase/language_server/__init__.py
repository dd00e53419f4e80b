"""The language server: diagnostics, completion and more as somebody types. Nothing else knows pygls and lsprotocol."""

from __future__ import annotations

from ogpcase.errors import BrokenInstallation


def require_pygls() -> None:
    """Raises BrokenInstallation where the library that speaks with editors is not installed, or cannot be loaded."""
    try:
        import pygls.lsp.server  # noqa: F401 - only whether it can be had
    except ImportError as error:
        there = not isinstance(error, ModuleNotFoundError)
        raise BrokenInstallation(
            f"`lsp` needs pygls, which {'cannot be loaded' if there else 'is not installed'}",
            "install it with the tool: pip install 'ogpcase[lsp]'",
        ) from error
