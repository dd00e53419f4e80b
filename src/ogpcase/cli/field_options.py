"""The options of verbs that write a new record: one of every field, what these verbs share, and what one was given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar, get_type_hints

from typer import Option

from ogpcase.cli.asking import at_terminal
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import KIND, Question, Shape, fields_of

Result = TypeVar("Result")
FromOption = Annotated[str | None, Option("--from", metavar="FILE", help="A whole record, YAML or JSON; - is stdin.")]
EditOption = Annotated[bool, Option("--edit", help="Fill in the record in $EDITOR: every field is explained there.")]
DryRunOption = Annotated[bool, Option("--dry-run", help="Print the file; write nothing.")]
SlugOption = Annotated[str | None, Option("--slug", metavar="WORDS", help="Words for the end of the event's id.")]
NewPartyOption = Annotated[
    list[str] | None, Option("--new-party", metavar="{…}", help="A new party to add too: {name: …, classification: …}.")
]
SourceFileOption = Annotated[
    list[Path] | None,
    Option("--source-file", metavar="PATH", help="A file to copy to sources/, with its digest. Repeats."),
]
METAVARS: dict[Shape, str] = {
    "text": "TEXT|{…}",
    "line": "TEXT",
    "date": "DATE",
    "code": "CODE",
    "party": "PARTY",
    "reference": "REF",
    "source": "SOURCE",
    "number": "N",
    "mapping": "{…}",
    "mention": "REF|{…}",
    "part": "FIELD|{…}",
}


class CommandLine(NamedTuple):
    """What a verb was given: fields, the file of a whole record (`whole`), and mappings of new parties.

    With `edit` the user's editor takes the rest; with `dry_run` the record is only printed. Of an event, `kind` is its
    kind, `slug` ends its id, and `copies` are files to keep.
    """

    given: Mapping[str, Any]
    whole: str | None
    parties: Sequence[str]
    edit: bool
    dry_run: bool
    root: Path | None
    kind: str | None = None
    slug: str | None = None
    copies: tuple[Path, ...] = ()

    @property
    def can_ask(self) -> bool:
        """True if somebody at a terminal can be asked for what is missing."""
        return not self.edit and self.whole != "-" and at_terminal()


def event_options() -> tuple[Question, ...]:
    """Returns the fields of all kinds except `kind`, each name once, in the order of the file."""
    return tuple(field for field in fields_of(*Kind) if field != KIND and not field.in_copies)


def with_fields(
    fields: Iterable[Question],
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Gives a verb an option for each field; it gets the typed values in its argument `given`, by field name.

    The options are made when the app asks for them: a file of verbs is imported for one of them.
    """
    table = {field.name: field for field in fields if not field.in_copies}

    def decorate(verb: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(verb)
        def decorated(**arguments: Any) -> Result:  # noqa: ANN401 - the verb's own arguments
            given = {name: arguments.pop(_argument(name)) for name in table}
            return verb(
                **arguments, given={name: value for name, value in given.items() if value not in (None, [], False)}
            )

        hints = get_type_hints(verb, include_extras=True)
        keyword = inspect.Parameter.KEYWORD_ONLY
        own = [param for name, param in inspect.signature(verb).parameters.items() if name != "given"]
        parameters = [param.replace(annotation=hints[param.name], kind=keyword) for param in own]
        parameters += [_parameter(field) for field in table.values()]
        decorated.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # Typer reads it
        decorated.__annotations__ = {param.name: param.annotation for param in parameters}
        return decorated

    def dress_later(verb: Callable[..., Result]) -> Callable[..., Result]:
        verb.dressed = partial(decorate, verb)  # type: ignore[attr-defined]  # the app reads it
        return verb

    return dress_later


def _argument(name: str) -> str:
    """Returns the name of the option's parameter, which no other argument and no Python keyword has."""
    return f"field_{name}"


def _parameter(field: Question) -> inspect.Parameter:
    names = dict.fromkeys((f"--{field.option}", f"--{field.name.replace('_', '-')}"))
    annotation: Any
    default = None
    if field.shape == "flag":
        annotation, default = Annotated[bool, Option(*names, help=field.about)], False
    else:
        codes = f" ({', '.join(field.codes)})" if field.codes and field.name != "moves_to" else ""
        repeats = " Repeats." if field.repeats else ""
        by_words = field.shape == "mapping" and getattr(field.holds, "word_gives", None)
        metavar = METAVARS["text" if by_words else field.shape]
        option = Option(*names, metavar=metavar, help=f"{field.about}{codes}{repeats}")
        annotation = Annotated[list[str] | None if field.takes_several else str | None, option]
    return inspect.Parameter(
        _argument(field.name), inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )
