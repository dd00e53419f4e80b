"""`ogpcase completion`: prints a shell's completion script, and makes the table of words that it uses.

To answer a TAB quickly, `completing.py` reads `completions/words.txt` instead of importing the verbs. A line of it is a
verb, an option or the position of an argument, and the values: fixed words, or a sort of name as `:case`. `*` after an
option, or as a position, means any number of times.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any, get_args

import typer


class Shell(StrEnum):
    """The shells that have a completion script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def run(shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")]) -> None:
    """Load the script when your shell starts: write `source <(ogpcase completion bash)` into `~/.bashrc`.

    A TAB then completes verbs, options, their values, and the ids of cases, events, sources and parties.
    """
    from ogpcase.cli.completing import packaged

    sys.stdout.write(packaged(f"ogpcase.{shell}"))


_ANYTHING = (":anything",)
_BY_METAVAR = {
    "CASE": (":case",),
    "REF": (":event",),
    "REF|{…}": (":event",),
    "REF#ITEM": (":event",),
    "EVENT": (":event",),
    "PARTY": (":party",),
    "SOURCE": (":source",),
    "DIR": (":folder",),
    "FILE": (":file",),
    "PATH": (":file",),
}
_PATHS = {"path", "file", "directory"}
"""Typer's names for paths."""


def table() -> str:
    """Returns the table of what all verbs take."""
    from ogpcase.cli.app import VERBS

    return "".join(f"{' '.join(line)}\n" for verb in VERBS for line in _verb(verb))


def _verb(verb: str) -> Iterator[tuple[str, ...]]:
    from ogpcase.cli.app import command_of

    yield (verb,)
    position = 0
    for param in command_of(verb).params:
        if param.param_type_name == "argument":
            position += 1
            yield verb, "*" if param.nargs < 0 else str(position), *_takes(verb, param)
        else:
            for name in (option for option in (*param.opts, *param.secondary_opts) if option.startswith("--")):
                yield (verb, f"{name}*" if param.multiple else name, *(() if param.is_flag else _takes(verb, param)))


def _takes(verb: str, param: Any) -> Iterable[str]:  # noqa: ANN401 - Typer's parameter, a private type
    words = _words()
    known = words.get((verb, param.name)) or words.get(("", param.name))
    if known:
        return known
    if choices := getattr(param.type, "choices", ()):
        return [str(getattr(choice, "value", choice)) for choice in choices]
    if param.metavar is None and param.type.name in _PATHS:
        return (":file",)
    return _BY_METAVAR.get(param.metavar, _ANYTHING)


def _words() -> dict[tuple[str, str], Iterable[str]]:
    """Returns the values that a parameter's type does not give, by verb and parameter; the verb "" means all verbs."""
    from ogpcase.cli.field_options import event_options
    from ogpcase.ledger import AskOutcome, TimingWord
    from ogpcase.model.casefile import CaseHeader
    from ogpcase.model.codelists import Kind, Outcome
    from ogpcase.model.parties import Party
    from ogpcase.model.questions import KIND, questions_of
    from ogpcase.model.sources import SourceRecord
    from ogpcase.model.table_codes import StageCode, tables
    from ogpcase.reports.requests.rows import DUTY
    from ogpcase.workspace.catalogue import RULES

    fields = (KIND, *event_options(), *questions_of(CaseHeader), *questions_of(Party), *questions_of(SourceRecord))
    of_fields = {("", f"field_{field.name}"): field.codes for field in fields if field.codes}
    any_record = (":record", ":party")
    return of_fields | {
        ("open-case", "case"): _ANYTHING,
        ("add-party", "party"): _ANYTHING,
        ("add-source", "source"): _ANYTHING,
        ("", "case"): (":case",),
        ("", "party"): (":party",),
        ("", "of"): (":party",),
        ("", "by"): (":party",),
        ("requests", "kind"): (*Kind, DUTY),
        ("", "kind"): (*Kind,),
        ("requests", "outcome"): get_args(AskOutcome),
        ("answer", "outcome"): (*Outcome,),
        ("", "timing"): get_args(TimingWord),
        ("", "stage"): StageCode.codes(),
        ("explain", "code"): (*(check.rule.code for check in RULES), *(check.rule.name for check in RULES)),
        ("policy", "procedure"): (*tables(),),
        ("show", "reference"): any_record,
        ("set", "reference"): any_record,
        ("rename", "reference"): any_record,
        ("set", "field"): dict.fromkeys(field.name for field in fields),
        ("", "folder"): (":folder",),
    }
