"""The language server while somebody types: the last text counts, nobody waits for the folder, questions can end early.

A gate stands where a thread works, so that each test decides what happens meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.editing_client import Editor, editing, spots
from tests.test_language_server import CONCERN, REVIEW, place_of

from ogpcase.diagnostics import Verdict
from ogpcase.language_server import answers
from ogpcase.workspace.judge_folder import judge

CANCELLED, MODIFIED = -32800, -32801
"""The protocol's numbers for a request that was cancelled, and for one whose text has changed."""


class Gate:
    """Stops a thread until it is let through."""

    def __init__(self) -> None:
        self.reached, self.opened = Event(), Event()

    def __call__(self, *_: Any) -> None:
        self.reached.set()
        assert self.opened.wait(60)


@pytest.fixture
def gate() -> Iterator[Gate]:
    found = Gate()
    yield found
    found.opened.set()


@pytest.fixture
def busy(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> Gate:
    """The thread that answers stops at a question about a hover, until the gate is opened."""
    monkeypatch.setattr(answers, "hover", gate)
    return gate


def about(editor: Editor, file: str, words: str) -> dict[str, Any]:
    line, column = place_of(editor.text(file), words)
    return {"textDocument": {"uri": editor.uri(file)}, "position": {"line": line, "character": column}}


def let_through(editor: Editor, gate: Gate) -> None:
    """Opens the gate when the server has read all that was sent: it answers in order what needs no thread."""
    editor.at("completion", "../elsewhere.yaml", (0, 0))
    gate.opened.set()


def test_a_cancelled_question_is_answered_at_once(arcadia: Path, busy: Gate) -> None:
    """The one that the thread is at as well as one that waits; what comes later is answered."""
    with editing(arcadia) as editor:
        editor.open(REVIEW)
        where = about(editor, REVIEW, "ogp-criteria-and-standards")
        first = editor.send("textDocument/hover", where)
        second = editor.send("textDocument/definition", where)
        assert busy.reached.wait(60)
        for number in (second, first):
            editor.tell("$/cancelRequest", {"id": number})
            assert CANCELLED == editor.answer_to(number)["error"]["code"]
        busy.opened.set()
        assert [editor.uri("parties/ogp-criteria-and-standards.yaml")] == [
            each["uri"] for each in editor.ask("textDocument/definition", where)
        ]
        assert [] == editor.said


def test_an_answer_for_a_text_of_before_is_dropped(arcadia: Path, busy: Gate) -> None:
    """Of the text that somebody types in; a question about another file keeps its answer."""
    with editing(arcadia) as editor:
        for file in (REVIEW, CONCERN):
            editor.open(file)
        where = about(editor, REVIEW, "ogp-criteria-and-standards")
        running = editor.send("textDocument/hover", where)
        assert busy.reached.wait(60)
        methods = ("definition", "references", "completion", "prepareRename", "codeAction")
        start = {"range": {"start": where["position"], "end": where["position"]}}
        more = {**where, **start, "context": {"includeDeclaration": True, "diagnostics": [], "triggerKind": 1}}
        waiting = [editor.send(f"textDocument/{method}", more) for method in methods]
        other = editor.send("textDocument/definition", about(editor, CONCERN, "open-arcadia"))
        editor.type(REVIEW, f"# typed\n{editor.text(REVIEW)}")
        marks = editor.send("textDocument/diagnostic", where)
        let_through(editor, busy)
        assert [MODIFIED] * 6 == [editor.answer_to(number)["error"]["code"] for number in (running, *waiting)]
        assert [editor.uri("parties/open-arcadia.yaml")] == [each["uri"] for each in editor.answer_to(other)["result"]]
        assert [] == editor.answer_to(marks)["result"]["items"]


def test_of_many_keystrokes_the_last_text_counts(arcadia: Path, busy: Gate) -> None:
    """Marks that are asked for while the thread of the case is busy are those of the text in the end."""
    with editing(arcadia) as editor:
        editor.open(REVIEW)
        editor.send("textDocument/hover", about(editor, REVIEW, "ogp-criteria-and-standards"))
        assert busy.reached.wait(60)
        asked = []
        for count in range(1, 21):
            editor.type(REVIEW, "# typed\n" * count + "title: [\n")
            asked.append(editor.send("textDocument/diagnostic", {"textDocument": {"uri": editor.uri(REVIEW)}}))
        let_through(editor, busy)
        found = [spots(editor.answer_to(number)["result"]["items"]) for number in asked]
        assert [[20]] * 20 == [[line for code, line, *_ in each if code == "OC101"] for each in found]
        editor.wait(lambda: spots(editor.marks.get(editor.uri(REVIEW), [])) == found[-1])
        assert [] == editor.said


def test_nobody_waits_while_the_folder_is_judged(arcadia: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions and the marks of the case are answered meanwhile; a keystroke ends it before the next case."""
    ended = Event()

    def judged(workspace: Any, paths: Any, today: Any, note: Any) -> Verdict:
        if paths or ended.is_set():
            return judge(workspace, paths, today, note=note)
        gate()
        try:
            return judge(workspace, paths, today, note=note)
        finally:
            ended.set()

    monkeypatch.setattr("ogpcase.language_server.folder.judge", judged)
    with editing(arcadia) as editor:
        editor.open(REVIEW)
        assert gate.reached.wait(60)
        where = about(editor, REVIEW, "ogp-criteria-and-standards")
        assert editor.ask("textDocument/hover", where) is not None
        editor.type(REVIEW, editor.text(REVIEW).replace("kind: report", "kind: reprot"))
        assert "OC203" in [each["code"] for each in editor.ask("textDocument/diagnostic", where)["items"]]
        gate.opened.set()
        assert ended.wait(60)
        editor.wait(lambda: "OC203" in editor.codes(REVIEW))
        assert [] == editor.said
