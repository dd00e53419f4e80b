"""A case-file manager for cases under the Open Government Partnership's Response Policy.

Python programs call `ogpcase.open`; the values that it leads to are those of `ogpcase.api`.
"""

__version__ = "0.1.0"
__all__ = ["open"]

TYPE_CHECKING = False  # type checkers take it for true; to import the real one would cost every command its time
if TYPE_CHECKING:
    from ogpcase.api import open  # noqa: A004 - it is called `ogpcase.open`


def __getattr__(name: str) -> object:
    """Returns `open`, for which the records' models are loaded only now."""
    if name == "open":
        from importlib import import_module  # as the docstring says

        return import_module("ogpcase.api").open
    raise AttributeError(f"module `ogpcase` has no attribute `{name}`")
