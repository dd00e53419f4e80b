"""The edge of the program: pipes that close, encodings, folders that are none, broken files, interrupts and bugs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.cli.boundary import guarded
from ogpcase.errors import (
    EXIT_BUG,
    EXIT_DONE,
    EXIT_FAILED,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    CannotRead,
    Misused,
    Refused,
)

Run = Callable[..., CompletedProcess[str]]
PROGRAM = (sys.executable, "-m", "ogpcase")
READING = (("timeline", "arcadia-2023"), ("status", "arcadia-2023"), ("list",), ("show", "2023-04-10-concern"))
RESOLUTION = Path("arcadia-2023", "events", "2024-06-03-resolution.yaml")


def real(*words: str, **around: str) -> CompletedProcess[bytes]:
    """Runs the program as a process of its own."""
    return subprocess.run([*PROGRAM, *words], capture_output=True, check=False, env={**os.environ, **around})


def test_the_module_leaves_with_the_code_of_the_run(arcadia: Path) -> None:
    assert 0 == real("list", "--root", str(arcadia)).returncode
    assert 1 == real("status", "nothing", "--root", str(arcadia)).returncode
    assert 2 == real("nothing").returncode


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("words", ["timeline mexico-2018", "timeline mexico-2018 --json", "policy", "validate --json"])
def test_a_reader_that_goes_away_is_no_error(words: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{sys.executable}' -m ogpcase {words} | head -n 1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (0, "", 1) == (done.returncode, done.stderr, len(done.stdout.splitlines()))


@pytest.mark.usefixtures("mexico")
def test_a_pipe_that_only_takes_ascii_gets_ascii_signs_and_no_error() -> None:
    done = real("timeline", "mexico-2018", PYTHONIOENCODING="ascii")
    assert (0, b"") == (done.returncode, done.stderr)
    text = done.stdout.decode("ascii")
    assert "# Initial review 39 d   + Under review 251 d   = Report adopted 224 d" in text
    assert "Art\\xedculo 19 and 9 others" in text
    unknown = real("show", "ártículo", PYTHONIOENCODING="ascii")
    assert (1, True) == (unknown.returncode, b"`\\xe1rt\\xedculo`" in unknown.stderr)


@pytest.mark.parametrize("words", READING)
def test_no_folder_is_named_with_the_way_to_one(
    tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = ogpcase(*words)
    assert (1, "") == (done.returncode, done.stdout)
    assert "error: no case folder here or above: " in done.stderr
    assert "  start one with `ogpcase init`\n" in done.stderr
    given = ogpcase(*words, "--root", tmp_path / "nowhere")
    assert (1, True) == (given.returncode, "is not a case folder and contains none" in given.stderr)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("verb", ["timeline", "status", "advance", "add-event"])
def test_a_case_that_is_not_there_is_named_with_the_nearest(ogpcase: Run, verb: str) -> None:
    done = ogpcase(verb, "arcadia-23")
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: no case is called `arcadia-23`\n  did you mean `arcadia-2023`?\n  cases here: arcadia-2023\n"
    ) == done.stderr


@pytest.mark.parametrize("words", READING)
def test_a_broken_file_is_left_out_and_named_and_the_rest_is_shown(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...]
) -> None:
    (arcadia / RESOLUTION).write_text("kind: [never closed\n")
    done = ogpcase(*words, "--as-of", "2024-07-01")
    assert 1 == done.returncode
    assert (f"unreadable: cases/{RESOLUTION} is left out; `ogpcase validate` says what is wrong\n") == done.stderr
    assert done.stdout
    whole = ogpcase(*words, "--as-of", "2024-07-01", "--json")
    assert (1, done.stderr) == (whole.returncode, whole.stderr)
    assert json.loads(whole.stdout)["rows"]


def test_a_broken_file_of_one_case_leaves_the_others_alone(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("open-case", "arcadia-2025", "--title", "T", "--country", "XA", "--policy-version", "2017",
            "--subject", "government-of-arcadia")  # fmt: skip
    (arcadia / RESOLUTION).write_text("kind: [never closed\n")
    assert (0, "") == ((other := ogpcase("timeline", "arcadia-2025")).returncode, other.stderr)
    assert 1 == ogpcase("list").returncode


def test_a_broken_header_leaves_the_events(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "case.yaml").write_text("title: [never closed\n")
    done = ogpcase("timeline", "arcadia-2023")
    assert 1 == done.returncode
    assert "unreadable: cases/arcadia-2023/case.yaml is left out" in done.stderr
    assert "Letter of Concern of Open Arcadia" in done.stdout


def test_a_record_with_one_wrong_field_is_still_shown(arcadia: Path, ogpcase: Run) -> None:
    path = arcadia / RESOLUTION
    path.write_text(path.read_text() + "nonsense: 1\n")
    done = ogpcase("timeline", "arcadia-2023")
    assert "Resolution on the case of Arcadia" in done.stdout
    path.write_text(path.read_text().replace("2024-06-03\n", "2024-06-31\n", 1))
    wrong = ogpcase("timeline", "arcadia-2023")
    assert 3 != wrong.returncode
    assert "Letter of Concern of Open Arcadia" in wrong.stdout


@pytest.mark.usefixtures("arcadia")
def test_a_full_or_closed_output_is_no_bug() -> None:
    full = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m ogpcase list > /dev/full"], capture_output=True, text=True, check=False
    )
    assert (1, "error: the output cannot be written: no space left on device\n") == (
        full.returncode,
        full.stderr,
    )
    closed = subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m ogpcase list >&-"], capture_output=True, text=True, check=False
    )
    assert (0, "") == (closed.returncode, closed.stderr)


def fails_with(error: BaseException) -> Callable[[], int]:
    def fail() -> int:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CannotRead("it is gone", "look again"), EXIT_FAILED, "error: it is gone\n  look again\n"),
        (Refused("no such move"), EXIT_FAILED, "refused: no such move\n"),
        (Misused("no such option"), EXIT_USAGE, "error: no such option\n"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "interrupted; nothing was written\n"),
    ],
)
def test_what_stops_a_run_becomes_words_and_a_code(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    assert code == guarded(fails_with(error))
    assert ("", said) == capsys.readouterr()


def test_a_bug_is_confessed_without_the_values_it_stumbled_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OGPCASE_TRACEBACK", raising=False)
    assert EXIT_BUG == guarded(fails_with(ValueError("a secret name")))
    said = capsys.readouterr().err
    assert "internal error: ValueError at " in said
    assert "this is a bug in ogpcase" in said
    assert "a secret name" not in said
    assert "Traceback" not in said
    monkeypatch.setenv("OGPCASE_TRACEBACK", "1")
    guarded(fails_with(ValueError("a secret name")))
    assert "Traceback" in capsys.readouterr().err


def test_what_ends_well_ends_with_nothing_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert EXIT_DONE == guarded(lambda: None)
    assert EXIT_FAILED == guarded(lambda: EXIT_FAILED)
    assert ("", "") == capsys.readouterr()


def test_a_reader_that_leaves_does_not_turn_a_refusal_into_success(mexico: Path) -> None:
    """The exit code is the run's, whoever still listens."""
    words = [sys.executable, "-m", "ogpcase", "set", "mexico-2018/2018-07-16-concern", "dated", "2019-07-16"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=mexico.parent) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        run.stderr.close()
        assert 1 == run.wait(timeout=60)
