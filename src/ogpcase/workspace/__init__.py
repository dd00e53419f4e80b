"""Where the rooms below meet: open a case folder, load it, check it, and find each problem's place in the text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogpcase.workspace.judging import judge
    from ogpcase.workspace.locating import Locator
    from ogpcase.workspace.opening import Workspace

__all__ = ["Locator", "Workspace", "judge"]


def __getattr__(name: str) -> object:
    """Brings what is asked for: a mere reader does without what judges and locates, a TAB without all of it."""
    if name == "Workspace":
        from ogpcase.workspace import opening

        return opening.Workspace
    if name == "judge":
        from ogpcase.workspace import judging

        return judging.judge
    if name == "Locator":
        from ogpcase.workspace import locating

        return locating.Locator
    raise AttributeError(f"module `{__name__}` has no `{name}`")
