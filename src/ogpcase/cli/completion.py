"""`ogpcase completion`: the script that lets a shell complete ogpcase's words."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer


class Shell(StrEnum):
    """The shells that there is a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def run(shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]) -> None:
    """Load what it prints when your shell starts, as `source <(ogpcase completion bash)` does in `~/.bashrc`.

    A TAB then offers verbs, options and their values, and the ids of cases, events and parties that anybody may see;
    never a title, and nothing that is withheld.
    """
    from ogpcase.cli.completing import packaged

    sys.stdout.write(packaged(f"ogpcase.{shell}"))
