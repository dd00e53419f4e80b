"""What each verb takes, as lines of text, for a completion that has no time to import Typer and the verbs.

A line is a verb, an option or the position of an argument, and what it takes: fixed words, or one of the sorts below.
`*` after an option or as a position stands for any number of times. Kept in `completions/words.txt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from ogpcase.cli.app import VERBS, command_of
from ogpcase.cli.completion import Shell
from ogpcase.cli.field_options import event_options
from ogpcase.errors import BrokenInstallation
from ogpcase.ledger import AskOutcome, TimingWord
from ogpcase.model.codelists import Kind, Outcome, Stage, Version
from ogpcase.model.fields import HEAD, HEADER, PARTY, Question
from ogpcase.reports.requests.rows import DUTY
from ogpcase.workspace.catalogue import RULES

CASE, PARTY_ID, EVENT, RECORD, FILE, FOLDER, ANYTHING = (
    ":case", ":party", ":event", ":record", ":file", ":folder", ":anything"
)  # fmt: skip
_BY_METAVAR = {
    "CASE": (CASE,),
    "REF": (EVENT,),
    "REF|{…}": (EVENT,),
    "FIELD|{…}": (ANYTHING,),
    "REF#ITEM": (EVENT,),
    "EVENT": (EVENT,),
    "PARTY": (PARTY_ID,),
    "DIR": (FOLDER,),
    "FILE": (FILE,),
    "PATH": (FILE,),
} | dict.fromkeys(
    (
        "BASE[..HEAD]",
        "DATE",
        "ID",
        "LENGTH",
        "N",
        "NEW-ID",
        "REV",
        "TAG",
        "TEXT",
        "VALUE",
        "WORDS",
        "[LANG=]TEXT",
        "{…}",
    ),
    (ANYTHING,),
)
_PATHS = {"path", "file", "directory"}
"""What Typer calls its sorts of path."""
_FIELDS = {"add-event": event_options(), "advance": event_options(), "open-case": HEADER, "add-party": PARTY}
_ANY_RECORD = (RECORD, PARTY_ID)


def table() -> str:
    """Returns what all verbs take. Raises BrokenInstallation for a new one of which nothing is said here."""
    return "".join(f"{' '.join(line)}\n" for verb in VERBS for line in _verb(verb))


def _verb(verb: str) -> Iterator[tuple[str, ...]]:
    yield (verb,)
    position = 0
    for param in command_of(verb).params:
        if param.param_type_name == "argument":
            position += 1
            yield verb, "*" if param.nargs < 0 else str(position), *_takes(verb, param)
        else:
            for name in (each for each in (*param.opts, *param.secondary_opts) if each.startswith("--")):
                yield (verb, f"{name}*" if param.multiple else name, *(() if param.is_flag else _takes(verb, param)))


def _takes(verb: str, param: Any) -> Iterable[str]:  # noqa: ANN401 - Typer's parameter, a private type
    special = _special().get((verb, param.name)) or _special().get(("", param.name))
    if special:
        return special
    if choices := getattr(param.type, "choices", ()):
        return [str(getattr(each, "value", each)) for each in choices]
    if param.metavar == "CODE":
        codes = _field(verb, param.name.removeprefix("field_")).codes
        return list(codes or ())
    if param.metavar is None and param.type.name in _PATHS:
        return (FILE,)
    try:
        return _BY_METAVAR[param.metavar]
    except KeyError as error:
        raise BrokenInstallation(f"nobody says what `{param.name}` of `{verb}` takes, for a TAB") from error


def _field(verb: str, name: str) -> Question:
    return next(each for each in _FIELDS[verb] if each.name == name)


def _special() -> dict[tuple[str, str], Iterable[str]]:
    """What is not told by the sort of value; where no verb is named, in all that take it."""
    fields = (*HEAD, *event_options(), *HEADER, *PARTY)
    return {
        ("open-case", "case"): (ANYTHING,),
        ("add-party", "party"): (ANYTHING,),
        ("", "case"): (CASE,),
        ("", "party"): (PARTY_ID,),
        ("", "of"): (PARTY_ID,),
        ("", "by"): (PARTY_ID,),
        ("requests", "kind"): (*Kind, DUTY),
        ("", "kind"): (*Kind,),
        ("requests", "outcome"): get_args(AskOutcome),
        ("answer", "outcome"): (*Outcome,),
        ("", "timing"): get_args(TimingWord),
        ("", "stage"): (*Stage,),
        ("explain", "code"): (*(each.rule.code for each in RULES), *(each.rule.name for each in RULES)),
        ("policy", "version"): (*Version,),
        ("completion", "shell"): (*Shell,),
        ("show", "reference"): _ANY_RECORD,
        ("set", "reference"): _ANY_RECORD,
        ("rename", "reference"): _ANY_RECORD,
        ("set", "field"): dict.fromkeys(each.name for each in fields),
        ("", "folder"): (FOLDER,),
    }
