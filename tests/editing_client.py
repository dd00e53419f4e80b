"""An editor without a screen: speaks with the language server, which runs in a thread of this process."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

from ogpcase.language_server.server import server_of

TODAY = date(2026, 11, 30)
PATIENCE = 60
"""Seconds to wait for an answer on a busy machine."""
MARKS = "textDocument/publishDiagnostics"


class Editor:
    """What an editor keeps: the texts that it shows, and the marks that it was sent for each file."""

    def __init__(self, folder: Path, to_server: int, from_server: int, capabilities: Mapping[str, Any]) -> None:
        self.folder = folder
        self.marks: dict[str, list[Any]] = {}
        self.said: list[str] = []
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {}
        """What the server is told where it asks, by its question."""
        self._to = os.fdopen(to_server, "wb")
        self._from = os.fdopen(from_server, "rb")
        self._arrived: Queue[Any] = Queue()
        self._number = 0
        self._answers: dict[int, Any] = {}
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()
        what = {"processId": None, "rootUri": folder.parent.as_uri(), "capabilities": capabilities}
        self.server = self.ask("initialize", what)["capabilities"]
        self.tell("initialized", {})

    def uri(self, file: str) -> str:
        return (self.folder / file).as_uri()

    def text(self, file: str) -> str:
        return (self.folder / file).read_text()

    def open(self, file: str, text: str | None = None) -> None:
        document = {"uri": self.uri(file), "languageId": "yaml", "version": 1}
        self.tell(
            "textDocument/didOpen", {"textDocument": {**document, "text": self.text(file) if text is None else text}}
        )

    def type(self, file: str, text: str) -> None:
        document = {"uri": self.uri(file), "version": 2}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def close(self, file: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(file)}})

    def at(self, method: str, file: str, place: tuple[int, int], *, refused: str | None = None, **more: Any) -> Any:
        """Asks about a line and a column, both from 0, the column in units of the protocol."""
        position = {"line": place[0], "character": place[1]}
        about = {"textDocument": {"uri": self.uri(file)}, "position": position}
        return self.ask(f"textDocument/{method}", {**about, **more}, refused)

    def ask(self, method: str, params: Any, refused: str | None = None) -> Any:
        """Returns the result of a request; with `refused`, it must be refused, and the answer says so."""
        message = self.answer_to(self.send(method, params))
        said = message.get("error", {}).get("message", "")
        assert (refused or "") in said if refused else not said, said
        return message.get("result")

    def send(self, method: str, params: Any) -> int:
        """Sends a request, and returns its number."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        return self._number

    def answer_to(self, number: int) -> Any:
        """Waits for the answer to a request, and returns it; others that arrive meanwhile wait for whoever asks."""
        while number not in self._answers:
            self._next()
        return self._answers.pop(number)

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def wait(self, until: Callable[[], bool]) -> None:
        """Waits until the marks are as they should be."""
        while not until():
            self._next()

    def codes(self, file: str) -> list[str]:
        """Returns the codes of the marks that are shown for a file."""
        return [mark["code"] for mark in self.marks.get(self.uri(file), [])]

    def end(self) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self._reading.join(PATIENCE)
        self._to.close()
        self._from.close()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._to.flush()

    def _next(self) -> None:
        try:
            message = self._arrived.get(timeout=PATIENCE)
        except Empty:
            raise AssertionError("the server says nothing more") from None
        if message.get("method") == MARKS:
            self.marks[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "window/showMessage":
            self.said.append(message["params"]["message"])
        elif "method" in message and "id" in message:
            self.asked.append(message["method"])
            self._send({"id": message["id"], "result": self.answers.get(message["method"])})
        elif "id" in message:
            self._answers[message["id"]] = message

    def _read(self) -> None:
        while head := self._from.readline():
            size = 0
            while head.strip():
                name, _, value = head.partition(b":")
                size = int(value) if name.lower() == b"content-length" else size
                head = self._from.readline()
            self._arrived.put(json.loads(self._from.read(size)))


@contextmanager
def editing(folder: Path, capabilities: Mapping[str, Any] | None = None) -> Iterator[Editor]:
    """Yields an editor that works in the parent of a case folder; the server ends with it."""
    (server_reads, editor_writes), (editor_reads, server_writes) = os.pipe(), os.pipe()

    def serve() -> None:
        with os.fdopen(server_reads, "rb") as stdin, os.fdopen(server_writes, "wb") as stdout:
            server_of(None, lambda: TODAY).start_io(stdin, stdout)

    serving = Thread(target=serve)
    serving.start()
    editor = Editor(folder, editor_writes, editor_reads, capabilities or {})
    try:
        yield editor
    finally:
        editor.end()
        serving.join(PATIENCE)


def edited(text: str, edits: Sequence[Any]) -> str:
    """Returns a text of plain letters after edits that do not overlap, as an editor applies them."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    for edit in sorted(edits, key=lambda each: str(each["range"]["start"]), reverse=True):
        start, end = (starts[each["line"]] + each["character"] for each in edit["range"].values())
        text = text[:start] + edit["newText"] + text[end:]
    return text


def spots(marks: Sequence[Any]) -> list[tuple[str, int, int, int, int]]:
    """Returns the code of each mark with the lines and columns of its range, from 0."""
    ranges = [(mark["code"], mark["range"]["start"], mark["range"]["end"]) for mark in marks]
    return sorted((code, *start.values(), *end.values()) for code, start, end in ranges)
