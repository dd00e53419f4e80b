"""What the runs of `publish` changed in a public copy, day by day: the content of `changes/<day>.json` beside it.

Nothing of a record stands in it but its id and the names of fields, and nothing of what left the copy: it may be
withheld now. A run that only took something out tells of no record.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from ogpcase.errors import CannotRead
from ogpcase.model.base import Frozen
from ogpcase.model.ids import SLUG

_NAME = rf"^{SLUG}$"
_RECORD = rf"^{SLUG}(?:/(?:sources/)?{SLUG})?$"
What = Literal["added", "amended", "renamed", "withdrawn"]
"""What became of a record; one that was taken back is `withdrawn`."""


class RecordChange(Frozen):
    """A record that became public, or that the copy has otherwise than before."""

    record: Annotated[str, Field(pattern=_RECORD)] = Field(description="The record: CASE, CASE/EVENT, … or parties/ID.")
    what: What = Field(description="`added`, `amended`, `renamed` or `withdrawn`.")
    was: Annotated[str, Field(pattern=_NAME)] | None = Field(default=None, description="The event's earlier id.")
    fields: tuple[str, ...] = Field(default=(), description="The fields that the copy has otherwise than before.")
    withheld: tuple[str, ...] = Field(default=(), description="The fields that are withheld now, and were not before.")


class CaseStands(Frozen):
    """A case of which something changed, and where it stood on that day by the copy."""

    case: Annotated[str, Field(pattern=_NAME)] = Field(description="The case's id.")
    stage: Annotated[str, Field(pattern="^[a-z_]+$")] | None = Field(
        default=None, description="The stage of the case on that day."
    )


class CopyRun(Frozen):
    """One run of `publish` that changed the copy."""

    note: str | None = Field(default=None, description="What `--note` said of the run.")
    first: bool = Field(default=False, description="True if there was no copy before.")
    cases: tuple[CaseStands, ...] = Field(default=(), description="The cases of which something changed.")
    records: tuple[RecordChange, ...] = Field(default=(), description="The records that became public or changed.")


class DayOfChanges(Frozen):
    """The content of `changes/<day>.json`."""

    format: Literal[1] = Field(
        default=1, description="The version of this format: raised when a field changes its meaning or goes away."
    )
    day: date = Field(description="The day, where the person is who publishes.")
    runs: tuple[CopyRun, ...] = Field(description="The runs of that day, the earliest first.")

    def written(self) -> bytes:
        """Returns the bytes of the file; the same changes give the same bytes."""
        values = {"format": self.format, **self.model_dump(mode="json", exclude_defaults=True)}
        return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def day_named(name: str) -> date | None:
    """Returns the day that a file of `changes/` is of; None of any other file."""
    try:
        day = date.fromisoformat(name.removesuffix(".json"))
    except ValueError:
        return None
    return day if name == f"{day}.json" else None


def read_changes(data: bytes, shown: str, day: date) -> DayOfChanges:
    """Returns what a file holds; `shown` is its path as printed, and `day` that of its name. Raises CannotRead."""
    try:
        changes = DayOfChanges.model_validate_json(data)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, fault["loc"]))
        said = f"`{shown}` cannot be read{f' at {where}' if where else ''}: {fault['msg'].lower()}"
        raise CannotRead(said, "it must be as `publish` writes it: take back what was changed in it by hand") from None
    if changes.day != day:
        raise CannotRead(f"`{shown}` is of {changes.day}, and its name says otherwise", "give it the name of its day")
    return changes
