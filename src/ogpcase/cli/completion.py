"""`ogpcase completion`: prints a shell's completion script, and makes the table of words that it uses.

To answer a TAB quickly, `completing.py` reads `completions/words.txt` instead of importing the verbs. A line of it is a
verb, an option or the position of an argument, and the values: fixed words, or a sort of name as `:case`; after a tab,
a sentence. `*` after an option, or as a position, means any number of times. Lines that begin with `:` are lists for
those sorts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from typer import Argument

from ogpcase.cli.verbs import VERBS

if TYPE_CHECKING:
    from ogpcase.model.questions import Question


Shell = Literal["bash", "zsh", "fish", "powershell"]


def run(shell: Annotated[Shell, Argument(metavar="SHELL", help="bash, zsh, fish or powershell.")]) -> None:
    """Load the script when your shell starts: write `source <(ogpcase completion bash)` into `~/.bashrc`.

    A TAB then completes verbs, options, their values, the ids of cases, events, items, sources and parties, the fields
    of a record, and the stages that a case can move to.
    """
    from ogpcase.cli.completing import packaged

    sys.stdout.write(packaged(f"ogpcase.{shell}"))


_ANYTHING = (":anything",)
_BY_METAVAR = {
    "CASE": (":case",),
    "REF": (":event",),
    "REF|{…}": (":item",),
    "REF#ITEM": (":thing",),
    "FIELD": (":field",),
    "EVENT": (":event",),
    "PARTY": (":party",),
    "SOURCE": (":source",),
    "DIR": (":folder",),
    "FILE": (":file",),
    "PATH": (":file",),
}
_PATHS = {"path", "file", "directory"}
"""Typer's names for paths."""


_SENTENCE = re.compile(r"(?:[^.(]|\.(?! |$)|(?<! )\()+")
"""The first sentence of a help text without its full stop, or what precedes a list in brackets."""
_Line = tuple[tuple[str, ...], str]
"""The words of a line, and a sentence, which may be empty."""


def table() -> str:
    """Returns the table of what all verbs take."""
    lines = [*(line for verb in VERBS for line in _verb(verb)), *_lists()]
    return "".join(f"{' '.join(words)}{sentence and chr(9)}{sentence}\n" for words, sentence in lines)


def _verb(verb: str) -> Iterator[_Line]:
    from ogpcase.cli.app import command_of

    yield (verb,), _sentence(VERBS[verb])
    position = 0
    for param in command_of(verb).params:
        if param.param_type_name == "argument":
            position += 1
            yield (verb, "*" if param.nargs < 0 else str(position), *_takes(verb, param)), ""
        else:
            for name in (option for option in (*param.opts, *param.secondary_opts) if option.startswith("--")):
                takes = () if param.is_flag else _takes(verb, param)
                yield (verb, f"{name}*" if param.multiple else name, *takes), _sentence(param.help)


def _sentence(text: str | None) -> str:
    first = _SENTENCE.match(text or "")
    return first[0].strip() if first else ""


def _lists() -> Iterator[_Line]:
    """Yields the fields of each sort of record and kind of event, and those with items that a reference may name."""
    from ogpcase.model.casefile import CaseHeader
    from ogpcase.model.codelists import Kind
    from ogpcase.model.items import Request
    from ogpcase.model.parties import Party
    from ogpcase.model.questions import fields_of, questions_of
    from ogpcase.model.sources import SourceRecord

    events = _writable(fields_of(*Kind))
    records = {"case": questions_of(CaseHeader), "party": questions_of(Party), "source": questions_of(SourceRecord)}
    for record, fields in {"event": events, **records}.items():
        yield from (((f":{record}-field", field.name), _sentence(field.about)) for field in _writable(fields))
    for kind in Kind:
        yield (":kind", kind, *(field.name for field in _writable(fields_of(kind)))), ""
    parts = (field for field in events if field.shape == "mapping")
    items = [field for field in parts if "id" in (part.name for part in questions_of(field.holds))]
    yield (":item", "item", *(field.name for field in items)), ""
    yield (":item", "request", *(field.name for field in items if field.holds is Request)), ""


def _writable(fields: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(field for field in fields if not field.in_copies)


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
    return {("", f"field_{field.name}"): field.codes for field in fields if field.codes} | {
        ("open-case", "case"): _ANYTHING,
        ("add-party", "party"): _ANYTHING,
        ("add-source", "source"): _ANYTHING,
        ("", "field_about"): (":item",),
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
        ("advance", "stage"): (":stage", *StageCode.codes()),
        ("answer", "request"): (":request",),
        ("show", "reference"): (":thing",),
        ("remove", "reference"): (":thing",),
        ("merge-parties", "goes"): (":party",),
        ("merge-parties", "stays"): (":party",),
        ("", "reference"): (":record",),
        ("", "folder"): (":folder",),
    }
