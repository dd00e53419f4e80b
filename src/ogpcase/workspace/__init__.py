"""Where the rooms below meet: open a case folder, load it, check it, and find each problem's place in the text."""

from ogpcase.workspace.judging import judge
from ogpcase.workspace.locating import Locator, locate
from ogpcase.workspace.opening import Workspace

__all__ = ["Locator", "Workspace", "judge", "locate"]
