"""Shows a folder of pages to the browser of this machine; nothing else here opens a connection."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ogpcase.output.lines import line
from ogpcase.output.terminal import write

HERE = "127.0.0.1"
"""Only programs on this machine reach it."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing of what is looked at."""


def serve_here(folder: Path) -> None:
    """Serves a folder on a free port of this machine, prints the address, and goes on until somebody stops it."""
    with ThreadingHTTPServer((HERE, 0), partial(_Quiet, directory=folder)) as server:
        write([line(f"look at   http://{HERE}:{server.server_port}/ (Ctrl-C ends it)")])
        server.serve_forever()
