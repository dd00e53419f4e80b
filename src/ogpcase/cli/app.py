"""The Typer app and its table of verbs; a verb's file is imported only when the verb is called."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any, ParamSpec

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from ogpcase import __version__
from ogpcase.cli.boundary import guarded
from ogpcase.cli.dashed_values import VerbCommand
from ogpcase.diagnostics.visible_text import harmless

P = ParamSpec("P")

VERBS: dict[str, str] = {
    "timeline": "Show the events and stages of a case in order.",
    "status": "Show the stage of a case, what is open, and possible moves.",
    "list": "List all cases with their stage.",
    "show": "Show one record, party, item or action plan in full.",
    "requests": "Show who asked whom for what, and what came back.",
    "due": "Show the terms that run, and those that have passed.",
    "findings": "Show the allegations with the replies and findings on each.",
    "doubts": "Show what is uncertain, contradicted or unsourced.",
    "parties": "Show who appears, in which role and how often.",
    "sources": "Show the texts that facts were read in, and what rests on each.",
    "publish": "Make the public copy: the records that others may see.",
    "search": "Find words in all texts, names and ids.",
    "open": "Open the paper of an event, or another source.",
    "stats": "Show days between stages, votes and answers, over all cases.",
    "export": "Write events, requests, findings, moves and sources as tables.",
    "add-event": "Write one event: from options, a file, questions or an editor.",
    "import": "Write an event for each row of a table.",
    "advance": "List the moves that the policy permits, or make one.",
    "open-case": "Open a case: write its header.",
    "add-party": "Add an organisation, body, office or person.",
    "add-source": "Add a text that facts of a case were read in.",
    "init": "Start a case folder.",
    "edit": "Open an existing record in your editor.",
    "set": "Give one field of an existing record another value.",
    "add": "Add items to a list of an existing record.",
    "remove": "Take a field or an item out of an existing record.",
    "answer": "Add an answer to a request to the event that gives it.",
    "attach": "Keep a file as a source, and name it in an event.",
    "rename": "Give an event, case, party or source another id, everywhere.",
    "merge-parties": "Make one party of two that are the same.",
    "withdraw": "Take back a record that was made by mistake.",
    "validate": "Check all records of the case folder.",
    "diff": "Show what a change since a revision means.",
    "explain": "Explain a check: what it reports, and why.",
    "schema": "Write the JSON Schemas and code lists for editors.",
    "policy": "Show the policy's moves, and how well each is known.",
    "completion": "Print the completion script of a shell.",
}
"""The verbs in the order of `--help`, with their sentences."""
_HELP = "NoArgsIsHelpError"
"""What Typer raises to print a help page, which is our own text and may have several lines."""
_FILES = {"list": "list_cases", "set": "set_field", "import": "import_table"}
"""The files of verbs that are not named after their verb."""


class Verbs(TyperGroup):
    """A group that imports a verb's file when the verb is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature, whose context is private
        """Returns the verbs in order."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - Typer's own signature
        """Returns the verb's command, or None for an unknown verb."""
        return command_of(cmd_name) if cmd_name in VERBS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists the verbs with their sentences, without importing their files."""
        commands: Any = {verb: TyperCommand(verb, help=sentence) for verb, sentence in VERBS.items()}
        TyperGroup(commands=commands, rich_markup_mode=None).format_commands(ctx, formatter)

    def make_context(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Returns the context of a run; raises Typer's usage errors."""
        with _harmless_refusals():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Runs the verb; raises Typer's usage errors."""
        with _harmless_refusals():
            return super().invoke(ctx)


@contextmanager
def _harmless_refusals() -> Iterator[None]:
    """Makes typed text harmless in Typer's usage errors, which quote it unchanged."""
    try:
        yield
    except Exception as refusal:
        message = getattr(refusal, "message", None)
        if isinstance(message, str) and hasattr(refusal, "format_message") and type(refusal).__name__ != _HELP:
            refusal.message = harmless(message)  # type: ignore[attr-defined]  # the class is private to Typer
        raise


def command_of(verb: str) -> Any:  # noqa: ANN401 - Typer's command, a private type
    """Returns a verb's command, which turns exceptions into messages and exit codes."""
    module = import_module(f"ogpcase.cli.{_FILES.get(verb, verb.replace('-', '_'))}")
    page = " ".join(cleandoc(module.run.__doc__).split("\n"))  # Typer wraps the lines itself
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(verb, cls=VerbCommand, help=f"{VERBS[verb]}\n\n{page}")(_guarded(module.run))
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
    help="A case-file manager for cases under the Open Government Partnership's Response Policy.",
    epilog="Exit codes: 0 done, 1 an error or a refusal, 2 misused options, 3 a bug, 130 interrupted.",
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
