"""`ogpcase lsp`: the language server, which an editor starts."""

from __future__ import annotations

import sys
from io import RawIOBase
from typing import Annotated, BinaryIO, cast

from typer import Option

from ogpcase.cli.options import RootOption, today
from ogpcase.errors import EXIT_DONE, Misused


def run(
    stdio: Annotated[
        bool, Option("--stdio", help="Speak over stdin and stdout, as it does anyway; editors may say it.")
    ] = False,
    root: RootOption = None,
) -> int:
    """Shows problems, completion, sentences of fields and references in an editor, as you type.

    The editor starts it: docs/editors.md says how it is told to. Texts that are not saved yet count as they stand in
    the editor. It writes nothing; without `--root`, each open file is of the case folder that it lies in.
    """
    from ogpcase.output.frames import needed

    del stdio  # there is no other way
    needed("pygls.lsp.server", "`lsp`", "lsp")
    if sys.stdin.isatty():
        raise Misused("`lsp` speaks with an editor, not with a person", "docs/editors.md says how an editor starts it")
    from ogpcase.language_server.server import server_of
    from ogpcase.store.layout import current_folder, find_root

    server = server_of(None if root is None else find_root(root, current_folder()), today)
    server.start_io(stdout=cast("BinaryIO", _KeptOpen(sys.stdout.buffer)))
    return EXIT_DONE


class _KeptOpen(RawIOBase):
    """Passes bytes on to a stream at once; the server closes this in its place."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the server writes nothing but bytes
        written = self._stream.write(data)
        self._stream.flush()
        return written
