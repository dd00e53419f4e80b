"""What `ogpcase.yaml` says of a folder: the format of its records, and whether it is a public copy."""

from typing import Annotated

from ogpcase.model.base import Coded, Flag
from ogpcase.model.codelists import Format
from ogpcase.model.record import Frozen, described


class FolderSettings(Frozen):
    """What `ogpcase.yaml` holds."""

    format: Annotated[Format, Coded] = described("The format of the folder's records.", public=True, required=True)
    public_copy: Flag = described("True where `publish` made this folder.", public=True, default=False)


FIRST_FORMAT = FolderSettings(format=Format.FIRST)
"""What is so of a folder without the file."""
