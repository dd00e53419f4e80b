"""A bug in any verb is confessed in three lines: what it stumbled over is in none of them, nor is a traceback.

An exception that carries a secret is raised deep inside each verb, at several depths; also one of pydantic's, which
would print what it was given.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR
from pathlib import Path
from types import CodeType, FrameType

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError
from tests.outward.commands import TRIED_VERBS, has_option, usual_words
from tests.outward.running import Ran, inside, run
from tests.outward.small_case import EDITOR, THERE, commit
from tests.trials import HARD

import ogpcase
from ogpcase.errors import EXIT_BUG

SECRET = "Jane Roe, +52 55 5555 0000"
OURS = str(Path(ogpcase.__file__).parent)
CONFESSED = re.compile(
    r"(filled in from the policy's table: [^\n]+\n)?"
    r"internal error: (?P<error>\w+) at \S+\.py:\d+\n"
    r"  this is a bug in ogpcase; (nothing was written|everything was written)\n"
    r"  report it with the command you ran; OGPCASE_TRACEBACK=1 shows the traceback, which may hold record text\n"
    r"(  your text is kept: go on with [^\n]+ --from \S+\n)?"
)
TRIED = 6 if HARD else 2
"""Functions of each verb in which it is raised: the first ones, and the deepest."""
AROUND = {"cli/boundary.py", "cli/app.py", "diagnostics/visible_text.py"}
"""What the confession is made with."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: int


def of_pydantic() -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        _Strict.model_validate({"name": SECRET, SECRET: SECRET})
    assert SECRET in str(caught.value)
    return caught.value


def words_of(verb: str) -> tuple[str, ...]:
    """Returns a command of the verb that does its work."""
    dry = ("--dry-run",) if has_option(verb, "--dry-run") else ()
    return (verb, *usual_words(verb, THERE), *dry)


@contextmanager
def watched(seen: dict[CodeType, int], at: CodeType | None, error: Exception | None) -> Iterator[None]:
    """Notes how deep each of our functions is called; raises an error in one of them, when it is first called."""

    def profile(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event != "call" or not code.co_filename.startswith(OURS):
            return
        if code.co_filename.removeprefix(f"{OURS}/") in AROUND or "<" in code.co_name:
            return
        if code.co_flags & CO_GENERATOR or any(each.f_code.co_name == "__del__" for each in _callers(frame)):
            return  # called by Python itself, to clean up: what is raised there goes nowhere
        if code not in seen:
            seen[code] = len([*_callers(frame)])
        if code is at and error is not None:
            raise error

    sys.setprofile(profile)
    try:
        yield
    finally:
        sys.setprofile(None)


def _callers(frame: FrameType | None) -> Iterator[FrameType]:
    """Yields a call, and each that it was made in."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def crashed(words: tuple[str, ...], at: CodeType, error: Exception) -> Ran:
    with watched({}, at, error):
        return run(*words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("crash")
    commit(top)
    return top


@pytest.mark.parametrize("verb", TRIED_VERBS)
def test_a_bug_in_any_verb_is_confessed_without_what_it_stumbled_over(
    folder: Path, verb: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OGPCASE_TRACEBACK", raising=False)
    monkeypatch.setenv("EDITOR", EDITOR)
    words, seen = words_of(verb), dict[CodeType, int]()
    with inside(folder):
        first = run(*words)  # what is imported only once is no part of the work
        assert 0 == first.code, first.err
        with watched(seen, None, None):
            run(*words)
        by_depth = sorted(seen, key=lambda code: seen[code])
        ends = (*by_depth[: TRIED // 2], *by_depth[-TRIED // 2 :])
        tried: list[tuple[CodeType, Exception]] = [(code, ValueError(SECRET)) for code in ends]
        tried += [(by_depth[-1], of_pydantic()), (by_depth[len(by_depth) // 2], KeyError(SECRET))]
        ran = [(error, crashed(words, code, error)) for code, error in tried]
    assert [] == [each.out + each.err for _, each in ran if SECRET in each.out + each.err or "Roe" in each.err]
    assert [] == [each.err for _, each in ran if "Traceback" in each.err or each.code not in {0, 1, EXIT_BUG}]
    bugs = [(error, each) for error, each in ran if each.code == EXIT_BUG]
    assert bugs
    for error, each in bugs:
        found = CONFESSED.fullmatch(each.err)
        assert found, each.err
        assert type(error).__name__ == found["error"]
