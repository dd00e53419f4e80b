"""The app: its verbs, each loaded when it is called, and the one place where errors become words and exit codes."""

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
from ogpcase.diagnostics.visible_text import harmless

P = ParamSpec("P")

VERBS: dict[str, str] = {
    "timeline": "The case as it went.",
    "status": "Where a case stands, what is open, and what may come next.",
    "list": "All cases: where each stands and since when.",
    "show": "One record, party, item or action plan whole.",
    "requests": "Everything that was asked of anyone, and what came back.",
    "due": "The terms that run, and those that have run out.",
    "findings": "What was alleged, what was said of it, and what was found.",
    "doubts": "What is uncertain, contradicted or unsourced.",
    "parties": "Who appears, in which role and how often.",
    "publish": "Make the public copy of the folder: the records that others may see.",
    "stats": "Days between stages, votes, and what came back, over cases.",
    "export": "Events, requests, findings and moves as tables for other tools.",
    "add-event": "Write one event: from options, a file, prompts or an editor.",
    "advance": "Say which moves the policy has from here, or make one.",
    "open-case": "Open a case: write its header.",
    "add-party": "Add an organisation, body, office or person.",
    "init": "Start a case folder.",
    "set": "Set or take out one field of an existing record.",
    "answer": "Add an answer to a request to the event that gives it.",
    "rename": "Give an event, case or party another id, everywhere.",
    "validate": "Judge the case folder.",
    "diff": "What the change since a revision means.",
    "explain": "What a check asks and why.",
    "schema": "Write the JSON Schemas and code lists for editors.",
    "policy": "The policy's moves, and how well each is known.",
    "completion": "Print the script that lets a shell complete ogpcase's words.",
}
"""The verbs in the order of `--help`; `add-event` is in the file `add_event.py`, `list` in `list_cases.py`."""
_HELP = "NoArgsIsHelpError"
"""What Typer raises to print a page of help: our own words, on several lines."""
_FILES = {"list": "list_cases", "set": "set_field"}


class Verbs(TyperGroup):
    """A group that imports a verb's file when the verb is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature, whose context is private
        """Returns the verbs in their order."""
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - Typer's own signature
        """Returns the verb's command, or None where there is no such verb."""
        return command_of(cmd_name) if cmd_name in VERBS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - Typer's own signature
        """Lists the verbs by their lines alone: of a page of help, no verb's file is a part."""
        lines: Any = {verb: TyperCommand(verb, help=line) for verb, line in VERBS.items()}
        TyperGroup(commands=lines, rich_markup_mode=None).format_commands(ctx, formatter)

    def make_context(self, *words: Any, **more: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Returns the context of a run; raises Typer's refusals."""
        with _harmless_refusals():
            return super().make_context(*words, **more)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own signature
        """Runs the verb; raises Typer's refusals."""
        with _harmless_refusals():
            return super().invoke(ctx)


@contextmanager
def _harmless_refusals() -> Iterator[None]:
    """Makes harmless what was typed, where Typer's own refusals quote it as it is."""
    try:
        yield
    except Exception as refusal:
        said = getattr(refusal, "message", None)
        if isinstance(said, str) and hasattr(refusal, "format_message") and type(refusal).__name__ != _HELP:
            refusal.message = harmless(said)  # type: ignore[attr-defined]  # the class is private to Typer
        raise


def command_of(verb: str) -> Any:  # noqa: ANN401 - Typer's command, a private type
    """Returns a verb's command with its boundary round it."""
    module = import_module(f"ogpcase.cli.{_FILES.get(verb, verb.replace('-', '_'))}")
    page = " ".join(cleandoc(module.run.__doc__).split("\n"))  # Typer breaks the lines anew
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(verb, help=f"{VERBS[verb]}\n\n{page}")(_guarded(module.run))
    return get_command(alone)


def _guarded(function: Callable[P, int | None]) -> Callable[P, None]:
    """A verb returns its exit code; everything else that can happen is put in words by the boundary."""

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
    """Everything is in the verbs."""


def run() -> None:
    """Runs the command line and leaves with its exit code."""
    sys.exit(guarded(lambda: app(prog_name="ogpcase")))
