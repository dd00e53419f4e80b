"""The Typer app and its table of verbs; a verb's file is imported only when the verb is called."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from inspect import cleandoc
from textwrap import fill
from typing import Annotated, Any, ParamSpec

import typer
from typer import Option
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ogpcase import __version__
from ogpcase.cli.boundary import guarded
from ogpcase.cli.verbs import EXAMPLES, GROUPS, VERBS
from ogpcase.diagnostics import did_you_mean, suggestion
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.errors import Misused

P = ParamSpec("P")

_HELP = "NoArgsIsHelpError"
"""What Typer raises to print a help page, which is our own text and may have several lines."""
_TOGETHER = {
    "plain_reports": (
        "list", "status", "requests", "due", "findings", "doubts", "parties", "sources", "search", "stats", "policy",
        "explain", "timeline", "diff",
    ),
    "setup_verbs": ("init", "schema", "lsp"),
    "record_verbs": ("open-case", "add-party", "add-source", "add-event", "advance", "import"),
    "change_verbs": ("edit", "set", "add", "remove", "answer", "attach", "rename", "merge-parties", "withdraw"),
}  # fmt: skip
"""The verbs that stand together in a file, as functions like `run_list`; each other is `run` in a file of its own."""
_QUOTED = re.compile(r"'([^'`]*)'")


class Verbs(TyperGroup):
    """A group that imports a verb's file when the verb is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature, whose context is private
        """Returns the verbs in order."""
        return list(VERBS)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str, Any, list[str]]:  # noqa: ANN401 - Typer's own signature
        """Returns a verb, its command, and its words; `help VERB` is `VERB --help`. Raises Misused, typer.Exit."""
        verb, *words = args
        if verb == "help":
            verb, *words = [*(word for word in words if word != "help" and not word.startswith("-")), "--help"]
        if verb == "--help":
            typer.echo(ctx.get_help())
            raise typer.Exit
        if verb not in VERBS:
            hints = did_you_mean(verb, [*VERBS, "help"])
            raise Misused(f"no command is called `{verb}`", *hints, "`ogpcase help` lists the commands")
        return verb, command_of(verb), words

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists the verbs in groups, without importing their files, and then the options."""
        width = max(map(len, VERBS))
        for title, verbs in GROUPS.items():
            _section(title, ((verb.ljust(width), sentence) for verb, sentence in verbs.items()), formatter)
        TyperCommand.format_options(self, ctx, formatter)  # type: ignore[arg-type]  # a group has the same parts

    def make_context(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Returns the context of a run. Raises typer.Exit, after saying why, for misused options."""
        with _refusals():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Runs the verb. Raises typer.Exit, after saying why, for misused options."""
        with _refusals():
            return super().invoke(ctx)


@contextmanager
def _refusals() -> Iterator[None]:
    """Says in our words what Typer refuses, and ends the run with the exit code of misused options."""
    try:
        yield
    except Exception as refusal:
        if not hasattr(refusal, "format_message") and not isinstance(refusal, Misused):
            raise
        if type(refusal).__name__ == _HELP:
            raise
        misused = refusal if isinstance(refusal, Misused) else _misused(refusal)

        def stop() -> int:
            raise misused

        raise typer.Exit(guarded(stop)) from None


def _misused(refusal: Any) -> Misused:  # noqa: ANN401 - a class that is private to Typer
    """Returns Typer's usage error in our words, with the nearest option and where to read more."""
    near = sorted(getattr(refusal, "possibilities", None) or ())
    refusal.possibilities = None
    text = " ".join(refusal.format_message().split()).rstrip(".")
    path = refusal.ctx.command_path if refusal.ctx else "ogpcase"
    message = text[:1].lower() + _QUOTED.sub(r"`\1`", text[1:])
    is_early = type(refusal).__name__ == _UNKNOWN and path == "ogpcase" and not near
    later = ("options of a command stand after its name, as in `ogpcase list --root DIR`",) if is_early else ()
    return Misused(message, *suggestion(*near), *later, f"`{path} --help` shows what it takes")


@cache
def command_of(verb: str) -> Any:  # noqa: ANN401 - Typer's command, a private type
    """Returns a verb's command, which turns exceptions into messages and exit codes; it is made once."""
    function = _function_of(verb)
    paragraphs = [" ".join(part.split()) for part in cleandoc(function.__doc__ or "").split("\n\n")]  # wrapped by Typer
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    page = "\n\n".join([VERBS[verb], *paragraphs])
    alone.command(verb, cls=VerbCommand, help=page)(_guarded(function))
    return get_command(alone)


def _function_of(verb: str) -> Callable[..., int | None]:
    word = verb.replace("-", "_")
    module, name = next(((file, f"run_{word}") for file, verbs in _TOGETHER.items() if verb in verbs), (word, "run"))
    function: Callable[..., int | None] = getattr(import_module(f"ogpcase.cli.{module}"), name)
    dressed: Callable[[], Callable[..., int | None]] = getattr(function, "dressed", lambda: function)
    return dressed()


def _guarded(function: Callable[P, int | None]) -> Callable[P, None]:
    @wraps(function)
    def verb(*args: P.args, **kwargs: P.kwargs) -> None:
        code = guarded(lambda: function(*args, **kwargs))
        if code:
            raise typer.Exit(code)

    return verb


app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND …",
    help="A case-file manager for cases under the Open Government Partnership's Response Policy.",
    epilog="`ogpcase help COMMAND` shows what a command takes, with examples.\n\n"
    "Exit codes: 0 done, 1 an error or a refusal, 2 misused options, 3 a bug, 130 interrupted.",
)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"ogpcase {__version__}\n")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Does nothing itself: the verbs do the work."""


def run() -> None:
    """Runs the command line and exits with its code."""
    sys.exit(guarded(lambda: app(prog_name="ogpcase")))


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
            value = args[at] if at is not None else None
            if value is None and any(parameter.name == "values" for parameter in self.params):
                value = next((word for word in args if word.startswith(refusal.option_name)), None)  # type: ignore[attr-defined]  # the class is private to Typer
            if value is None:
                raise
            near = suggestion(*(refusal.possibilities or ())[:1])  # type: ignore[attr-defined]  # the class is private to Typer
            hint = f"a value that begins with - stands last, after --: -- {quoted(value)}"
            raise Misused(f"no such option: {refusal.option_name}", *near, hint) from refusal  # type: ignore[attr-defined]  # the same

    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists arguments and options; of an event's fields only those of every kind and of the typed one."""

        def section(title: str, params: Iterable[Any]) -> None:
            _section(title, (row for param in params if (row := param.get_help_record(ctx))), formatter)

        params: list[Any] = self.get_params(ctx)
        arguments = [param for param in params if param.param_type_name == "argument"]
        fields = {param.name.removeprefix(_FIELD): param for param in params if param.name.startswith(_FIELD)}
        section("Arguments", arguments)
        if any(param.name == "kind" for param in params) and fields:
            from ogpcase.model.codelists import Kind

            words = [word.removeprefix("--kind=") for word in self.typed]
            kind = next((word for word in words if word in {*map(str, Kind)}), None)
            common, own = _fields_by_kind(fields)
            if kind:
                section(f"Fields of a {kind}", own[kind])
            section("Fields of every kind of event", common)
            if not kind:
                _name_fields(own, ctx, formatter)
            params = [param for param in params if not param.name.startswith(_FIELD)]
        section("Options", [param for param in params if param not in arguments])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists examples."""
        if examples := EXAMPLES.get(ctx.info_name):
            formatter.write("\nExamples:\n")
            formatter.write("".join(f"  ogpcase {example}\n" for example in examples))


def _apart(args: Sequence[str], at: int) -> list[str] | None:
    """Returns the words with `--` before the value at a position; None if options with values follow it."""
    before, value, after = args[:at], args[at], args[at + 1 :]
    if all(word.startswith("--") for word in after):  # flags
        return [*before, *after, "--", value]
    if not any(word.startswith("--") for word in after):
        return [*before, "--", value, *after]
    return None


def _fields_by_kind(fields: Mapping[str, Any]) -> tuple[list[Any], dict[str, list[Any]]]:
    """Returns the parameters of the fields that every kind of event has, and those that each has beside them."""
    from ogpcase.model.codelists import Kind
    from ogpcase.model.questions import fields_of

    names = {str(kind): [field.name for field in fields_of(kind) if field.name in fields] for kind in Kind}
    common = set(fields).intersection(*names.values())
    own = {kind: [fields[name] for name in names[kind] if name not in common] for kind in names}
    return [fields[name] for name in fields if name in common], own


def _name_fields(own: Mapping[str, Sequence[Any]], ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's, private types
    """Lists the names of each kind's own fields."""
    named = ((kind, ", ".join(param.opts[0] for param in params)) for kind, params in own.items())
    width = formatter.width - _KINDS  # lines that break no name; the first mark tells Typer to keep them
    rows = ((kind, f"\b\n{fill(names, width, break_on_hyphens=False)}") for kind, names in named)
    _section("Fields of one kind", rows, formatter)
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(f"`ogpcase help {ctx.info_name} letter` explains those of a letter.")


def _section(title: str, rows: Iterable[tuple[str, str]], formatter: Any) -> None:  # noqa: ANN401 - Typer's formatter, a private type
    if found := list(rows):
        with formatter.section(title):
            formatter.write_dl(found)
