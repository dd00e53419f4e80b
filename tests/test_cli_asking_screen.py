"""Questions on a terminal as people see it: editable lines, completion, a paste, and every way to leave."""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytest.importorskip("termios", reason="Windows has no terminals of POSIX")

from tests.screens import Screen

Start = Callable[..., Screen]
LETTER = ("add-event", "arcadia-2023", "letter")
FORTY = [f"line {number}: touch pasted" for number in range(1, 41)]


def events(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "arcadia-2023" / "events").iterdir())


def drafts(folder: Path) -> list[Path]:
    return sorted((folder.parent / "state" / "ogpcase" / "drafts").glob("*"))


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_paste_of_forty_lines_is_one_answer(arcadia: Path, screen: Start, columns: int) -> None:
    child = screen(*LETTER, "--title", "T", "--source", "https://example.org/a", columns=columns)
    child.answer(("dated: The date", "2024-02-30"), ("day 30 does not exist", "2024-08"), ("in reply to:", ""))
    child.see("senders: Who sends it.")
    child.press("open arc\t\r")
    child.answer(("after open-arcadia", ""), ("addressees:", "New Body"), ("no party has this name", "new"),
                 ("classification:", "media"), ("other name:", ""), ("country:", "-"), ("part of:", ""),
                 ("after new-body", ""), ("reply 1, about:", ""))  # fmt: skip
    child.see("summary: What the paper says")
    child.paste("\n".join(FORTY))
    child.press("\r")
    child.answer(("request 1, text:", "Publish it"), ("request 1, asked of:", "<"),
                 ("request 1, text:", ""), ("request 1, asked of:", ""), ("due:", ""), ("request 2", ""),
                 ("answer 1", ""), ("another language:", ""), ("what next: save it?", "1"))  # fmt: skip
    code, shown = child.ended()
    assert 0 == code, shown
    written = (arcadia / "arcadia-2023" / "events" / "2024-08-letter.yaml").read_text()
    assert all(f"  {line}\n" in written for line in FORTY)
    assert "senders: [open-arcadia]\naddressees: [new-body]\n" in written
    assert (arcadia / "parties" / "new-body.yaml").exists()
    assert [] == drafts(arcadia)
    assert max(len(line) for line in shown.splitlines()) <= columns


@pytest.mark.parametrize("way", ["ctrl-c", "ctrl-d", "terminate", "hang up"])
def test_whoever_leaves_finds_what_was_typed(
    arcadia: Path, screen: Start, ogpcase: Callable[..., CompletedProcess[str]], way: str
) -> None:
    before = events(arcadia)
    child = screen(*LETTER, columns=400)
    child.answer(("title:", "A plea"), ("dated:", "2024-08"), ("in reply to:", ""))
    child.see("senders:")
    if way.startswith("ctrl"):
        child.press("\x03" if way == "ctrl-c" else "\x04")
    else:
        child.child.kill(signal.SIGTERM if way == "terminate" else signal.SIGHUP)
    code, shown = child.ended()
    assert {"ctrl-c": 130, "ctrl-d": 130, "terminate": 143, "hang up": 129}[way] == code, shown
    assert before == events(arcadia)
    (draft,) = drafts(arcadia)
    assert f"ogpcase add-event arcadia-2023 --from {draft}" == shown.splitlines()[-1].strip()
    assert "internal error" not in shown
    done = ogpcase(*shlex.split(shown.splitlines()[-1])[1:])
    assert 0 == done.returncode, done.stderr
    assert "2024-08-letter" in events(arcadia)


def test_what_is_typed_ahead_does_not_reach_the_shell(arcadia: Path, tmp_path: Path) -> None:
    program = f"{shlex.quote(sys.executable)} -m ogpcase add-event arcadia-2023 letter"
    after = "import select, sys; print('left over:', select.select([0], [], [], 0.3)[0] != [])"
    env = {"TERM": "xterm", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}
    child = Screen(["sh", "-c", f"{program}; {shlex.quote(sys.executable)} -c {shlex.quote(after)}"], env, 120)
    try:
        child.see("title:")
        child.press("A plea\r\x03" + "".join(f"{line}\r" for line in FORTY))  # at once: what comes later is the shell's
        code, shown = child.ended()
    finally:
        child.close()
    assert (0, True) == (code, "left over: False" in shown), shown
    assert "what you typed is kept" in shown
    assert arcadia.exists()


def test_advance_asks_for_what_it_will_not_guess(arcadia: Path, screen: Start) -> None:
    for name in ("2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution"):
        (arcadia / "arcadia-2023" / "events" / f"{name}.yaml").unlink()
    child = screen("advance", "arcadia-2023", "under_review", "--source", "https://example.org", "--summary", "S")
    child.answer(("kind of paper:", "lettre"), ("this is none of them", "letter"), ("title:", "Notice"),
                 ("dated:", "2023-05-22"), ("in reply to:", ""),
                 ("addressees:", "government-of-arcadia"), ("after government", ""), ("reply 1", ""),
                 ("request 1", ""), ("answer 1", ""), ("another language", ""),
                 ("what next:", ""))  # fmt: skip
    code, shown = child.ended()
    assert 0 == code, shown
    assert "stage   initial_review → under_review" in shown
