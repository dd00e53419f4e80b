"""Opens a folder to be read, and says what of it cannot be read: for the command line and for Python programs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotRead
from ogpcase.model.casefile import CaseFile, file_of_event, file_of_header, things_left_out
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.model.uses import names_in
from ogpcase.workspace.opening import Workspace


def folder_to_judge(root: Path | None) -> Workspace:
    """Opens the folder given, or the nearest one from here upwards, even if it has problems.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: its records have a format that this version does not know.
    """
    workspace = Workspace.open(root)
    if (number := workspace.loaded_settings.later_format) is not None:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` says that the records have format {number}, which this version of ogpcase does not know",
            "use a newer version",
        )
    return workspace


def refuse_unknown_format(workspace: Workspace) -> None:
    """Refuses to show records of which nobody knows how to read them.

    Raises:
        CannotRead: the settings of the folder cannot be read.
    """
    if workspace.loaded_settings.unreadable:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` does not say which format the records have", "`ogpcase validate` says what is wrong with it"
        )


def files_not_read(case: CaseFile) -> dict[FileId, bool]:
    """Returns the unreadable files that a case depends on; the value is false for files that can be read in part."""
    header = file_of_header(case.id)
    in_part = (header if name == header.rpartition("/")[2] else file_of_event(case.id, name) for name in case.flawed)
    return dict.fromkeys(case.not_read, True) | dict.fromkeys(sorted(in_part), False)


def number_left_out(workspace: Workspace, cases: Iterable[CaseFile]) -> int:
    """Returns how many things the public copy leaves out of these cases and of the parties that they name."""
    several = list(cases)
    named = {name for case in several for event in case.events for name in names_in(event)}
    named |= {case.header.subject for case in several if case.header}
    parties = workspace.registry().parties
    return things_left_out(several, [parties[name] for name in sorted(named) if name in parties])
