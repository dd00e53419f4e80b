"""Lets a value begin with `-`, as in `set REF summary '-5 %'`, although Typer takes such a word for an option."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from typer.core import TyperCommand

from ogpcase.diagnostics.visible_text import quoted
from ogpcase.errors import Misused

_UNKNOWN = "NoSuchOption"
"""What Typer raises for an unknown option; the class is private to it."""
_NO_OPTION = re.compile(r"-[^-A-Za-z]|-[^=]*\s")
"""How a word begins that no option of ours could be: `-5`, or with a blank before any `=`."""


class VerbCommand(TyperCommand):
    """A verb of the command line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - Typer's own signature
        """Parses the words of a verb, a value that begins with `-` too if no option could be written so.

        Raises Typer's usage errors, and Misused for a value that looks like an option.
        """
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
            near = [f"did you mean `{name}`?" for name in (refusal.possibilities or ())[:1]]  # type: ignore[attr-defined]  # the class is private to Typer
            hint = f"a value that begins with - stands last, after --: -- {quoted(value)}"
            raise Misused(f"no such option: {refusal.option_name}", *near, hint) from refusal  # type: ignore[attr-defined]  # the same


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
