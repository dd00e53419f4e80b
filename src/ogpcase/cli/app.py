"""The Typer app and its table of verbs; a verb's file is imported only when the verb is called."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial, wraps
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any, ParamSpec

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ogpcase import __version__
from ogpcase.cli.boundary import guarded
from ogpcase.cli.verb_command import VerbCommand, list_verbs
from ogpcase.cli.verbs import GROUPS, VERBS
from ogpcase.diagnostics import did_you_mean, suggestion
from ogpcase.errors import Misused

P = ParamSpec("P")

_HELP = "NoArgsIsHelpError"
"""What Typer raises to print a help page, which is our own text and may have several lines."""
_FILES = {"list": "list_cases", "set": "set_field", "import": "import_table"}
"""The files of verbs that are not named after their verb."""
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
        list_verbs(GROUPS, formatter)
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
    except Misused as refusal:
        raise typer.Exit(guarded(partial(_stop, refusal))) from None
    except Exception as refusal:
        if not hasattr(refusal, "format_message") or type(refusal).__name__ == _HELP:
            raise
        raise typer.Exit(guarded(partial(_stop, _misused(refusal)))) from None


def _stop(refusal: Misused) -> int:
    raise refusal


def _misused(refusal: Any) -> Misused:  # noqa: ANN401 - a class that is private to Typer
    """Returns Typer's usage error in our words, with the nearest option and where to read more."""
    near = sorted(getattr(refusal, "possibilities", None) or ())
    refusal.possibilities = None
    text = " ".join(refusal.format_message().split()).rstrip(".")
    path = refusal.ctx.command_path if refusal.ctx else "ogpcase"
    message = text[:1].lower() + _QUOTED.sub(r"`\1`", text[1:])
    return Misused(message, *suggestion(*near), f"`{path} --help` shows what it takes")


@cache
def command_of(verb: str) -> Any:  # noqa: ANN401 - Typer's command, a private type
    """Returns a verb's command, which turns exceptions into messages and exit codes; it is made once."""
    module = import_module(f"ogpcase.cli.{_FILES.get(verb, verb.replace('-', '_'))}")
    paragraphs = [" ".join(part.split()) for part in cleandoc(module.run.__doc__).split("\n\n")]  # wrapped by Typer
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    page = "\n\n".join([VERBS[verb], *paragraphs])
    alone.command(verb, cls=VerbCommand, help=page)(_guarded(module.run))
    return get_command(alone)


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
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Does nothing itself: the verbs do the work."""


def run() -> None:
    """Runs the command line and exits with its code."""
    sys.exit(guarded(lambda: app(prog_name="ogpcase")))
