"""The command of a verb: values that begin with `-`, and a help page with examples and the fields of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import Any, NamedTuple

from typer.core import TyperCommand

from ogpcase.cli.verbs import EXAMPLES
from ogpcase.diagnostics import suggestion
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.errors import Misused

_FIELD = "field_"
"""How the parameter of a field's option is named."""
_KINDS = 18
"""The columns that the names of kinds take."""
_UNKNOWN = "NoSuchOption"
"""What Typer raises for an unknown option; the class is private to it."""
_NO_OPTION = re.compile(r"-[^-A-Za-z]|-[^=]*\s")
"""How a word begins that no option of ours could be: `-5`, or with a blank before any `=`."""


class VerbCommand(TyperCommand):
    """A verb of the command line, whose help names the fields of the kind of event that was typed."""

    typed: tuple[str, ...] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Parses the words of a verb, a value that begins with `-` too if no option could be written so.

        Raises Typer's usage errors, and Misused for a value that looks like an option.
        """
        self.typed = tuple(args)
        try:
            return super().parse_args(ctx, [*args])
        except Exception as refusal:
            if type(refusal).__name__ != _UNKNOWN:
                raise
            at = next((at for at, word in enumerate(args) if _NO_OPTION.match(word)), None)
            if at is not None and (apart := _apart(args, at)):
                return super().parse_args(ctx, apart)
            if (value := args[at] if at is not None else _value(refusal, args, self)) is None:
                raise
            near = suggestion(*(refusal.possibilities or ())[:1])  # type: ignore[attr-defined]  # the class is private to Typer
            hint = f"a value that begins with - stands last, after --: -- {quoted(value)}"
            raise Misused(f"no such option: {refusal.option_name}", *near, hint) from refusal  # type: ignore[attr-defined]  # the same

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists arguments and options; of an event's fields only those of every kind and of the typed one."""
        page = _Page(ctx, formatter)
        params: list[Any] = self.get_params(ctx)
        arguments = [param for param in params if param.param_type_name == "argument"]
        fields = {param.name.removeprefix(_FIELD): param for param in params if param.name.startswith(_FIELD)}
        page.section("Arguments", arguments)
        if any(param.name == "kind" for param in params) and fields:
            page.fields_of_kinds(fields, self._kind())
            params = [param for param in params if not param.name.startswith(_FIELD)]
        page.section("Options", [param for param in params if param not in arguments])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists examples."""
        if examples := EXAMPLES.get(ctx.info_name):
            formatter.write("\nExamples:\n")
            formatter.write("".join(f"  ogpcase {example}\n" for example in examples))

    def _kind(self) -> str | None:
        from ogpcase.model.codelists import Kind

        kinds = {*map(str, Kind)}
        return next((word for word in (each.removeprefix("--kind=") for each in self.typed) if word in kinds), None)


def _value(refusal: Any, args: Sequence[str], verb: TyperCommand) -> str | None:  # noqa: ANN401 - private to Typer
    """Returns the word that was taken for an option, if the verb takes values; else None."""
    if not any(parameter.name == "values" for parameter in verb.params):
        return None
    return next((word for word in args if word.startswith(refusal.option_name)), None)


def _apart(args: Sequence[str], at: int) -> list[str] | None:
    """Returns the words with `--` before the value at a position; None if options with values follow it."""
    before, value, after = args[:at], args[at], args[at + 1 :]
    if all(word.startswith("--") for word in after):  # flags
        return [*before, *after, "--", value]
    if not any(word.startswith("--") for word in after):
        return [*before, "--", value, *after]
    return None


class _Page(NamedTuple):
    """Typer's context of a help page, and its formatter; both types are private to it."""

    context: Any
    formatter: Any

    def section(self, title: str, params: Iterable[Any]) -> None:
        """Lists arguments or options with their sentences."""
        _section(title, (row for param in params if (row := param.get_help_record(self.context))), self.formatter)

    def fields_of_kinds(self, fields: Mapping[str, Any], kind: str | None) -> None:
        """Lists the fields of every kind, and those of one kind; without a kind, the names of each kind's own."""
        from ogpcase.model.codelists import Kind
        from ogpcase.model.questions import fields_of

        names = {str(each): [field.name for field in fields_of(each) if field.name in fields] for each in Kind}
        common = set(fields).intersection(*names.values())
        own = {each: [fields[name] for name in names[each] if name not in common] for each in names}
        if kind:
            self.section(f"Fields of a {kind}", own[kind])
        self.section("Fields of every kind of event", [fields[name] for name in fields if name in common])
        if not kind:
            _section(
                "Fields of one kind", ((each, self._names(params)) for each, params in own.items()), self.formatter
            )
            self.formatter.write_paragraph()
            with self.formatter.indentation():
                self.formatter.write_text(f"`ogpcase help {self.context.info_name} letter` explains those of a letter.")

    def _names(self, params: Iterable[Any]) -> str:
        """Returns the names of options in lines that break no name; the first mark tells Typer to keep them."""
        names = ", ".join(param.opts[0] for param in params)
        return f"\b\n{fill(names, self.formatter.width - _KINDS, break_on_hyphens=False)}"


def _section(title: str, rows: Iterable[tuple[str, str]], formatter: Any) -> None:  # noqa: ANN401 - Typer's formatter, a private type
    if found := list(rows):
        with formatter.section(title):
            formatter.write_dl(found)


def list_verbs(groups: Mapping[str, Mapping[str, str]], formatter: Any) -> None:  # noqa: ANN401 - Typer's formatter, a private type
    """Lists the verbs in their groups, all sentences in one column."""
    width = max(len(verb) for group in groups.values() for verb in group)
    for title, verbs in groups.items():
        _section(title, ((verb.ljust(width), sentence) for verb, sentence in verbs.items()), formatter)
