"""What reaches an eye from outside the records: words of the command line, names of files, bytes that no record may be.

Tried in every place of the command line that takes text, and in every format that names a file; found by enumeration.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.outward.commands import TRIED_VERBS, WHOLE, formats_of, has_option, usual_words
from tests.outward.hostile_text import ANYWHERE, STARTS, TEXTS, WRITTEN
from tests.outward.judging import JUDGES, common
from tests.outward.running import Ran, inside, run
from tests.outward.small_case import CASE, EDITOR, THERE, commit
from tests.trials import each_nth

from ogpcase.cli.app import command_of


def _can_be_typed(text: str) -> bool:
    """True for what a word of a command line can hold: no NUL, and bytes that are text; others are tried elsewhere."""
    return "\0" not in text and text.encode(errors="ignore").decode() == text


_ALL = list(filter(_can_be_typed, (*ANYWHERE, *STARTS)))
TYPED = ("".join(_ALL[::2]), f"::error::{''.join(_ALL[1::2])}")
"""Everything hostile, in two words."""


def common_words(verb: str) -> tuple[str, ...]:
    """Returns words with which the verb does its work, where it can without writing."""
    dry = ("--dry-run",) if has_option(verb, "--dry-run") else ()
    return (*usual_words(verb, THERE), *dry)


def takes_text(param: Any) -> bool:
    return "Bool" not in type(param.type).__name__


def placed(verb: str, word: str) -> Iterator[tuple[str, ...]]:
    """Yields the command with the word as each of its arguments, and as the value of each of its options."""
    usual = common_words(verb)
    params = [each for each in command_of(verb).params if takes_text(each)]
    arguments = [each for each in params if each.param_type_name == "argument"]
    for number in range(len(arguments)):
        at = min(number, len(usual))
        yield (verb, *usual[:at], word, *usual[at + 1 :])
    yield from ((verb, *usual, f"{each.opts[0]}={word}") for each in params if each not in arguments)
    yield from ((verb, word), (verb, *usual, f"--{word}"), (verb, *usual, word))


def complaints(ran: Ran) -> list[str]:
    """What is wrong with a refusal, or with what was printed all the same; a lone `::` may be in JSON alone."""
    form = ran.form if ran.form in JUDGES else "text"
    return [*common(ran), *(JUDGES[form](ran) if ran.out and ran.code == 0 and form != "text" else ())]


@pytest.mark.parametrize("verb", TRIED_VERBS)
def test_a_word_of_the_command_line_does_nothing(verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any place: refused or printed, it is shown and never acts. Unless in a hard run, the words take turns."""
    monkeypatch.setenv("EDITOR", EDITOR)
    commit(tmp_path / "here")
    found: dict[tuple[str, ...], list[str]] = {}
    with inside(tmp_path / "here"):
        usual = run(verb, *common_words(verb))
        assert 0 == usual.code, usual.err  # else nothing but refusals would be tried
        for number, word in enumerate(TYPED):
            ran = [run(*words) for words in each_nth(list(placed(verb, word)), 2, number)]
            found |= {each.words: said[:3] for each in ran if (said := complaints(each))}
    assert {} == found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case beside files that are called and filled with everything hostile: as a value, a key and a comment."""
    top = tmp_path_factory.mktemp("named") / "here"
    commit(top)
    events = top / "cases" / CASE / "events"
    for number, (text, written) in enumerate(zip(TEXTS, WRITTEN, strict=True)):
        if text == written:
            continue
        raw = text.encode("utf-8", "surrogatepass")
        lines = (b"kind: letter\ntitle: ", raw, b"\n", raw, b": x\nsummary: x # ", raw, b"\ndated: 2023-03-01\n")
        (events / f"2023-03-01-letter-n{number:02}.yaml").write_bytes(b"".join(lines))
        escaped = "".join(f"\\U{ord(each):08x}" for each in text)
        (events / f"2023-03-02-letter-n{number:02}.yaml").write_text(
            f'kind: letter\ntitle: "{escaped}"\n"{escaped}": x\n'
        )
    for number, text in enumerate(TEXTS):
        name = text.replace("/", "").replace("\0", "").encode("utf-8", "replace")[:200]
        (events / os.fsdecode(name + f"{number}.yaml".encode())).write_text("kind: letter\n")
        (top / "cases" / os.fsdecode(name + str(number).encode())).mkdir()
    return top


def refused() -> Iterator[tuple[str, ...]]:
    """Yields what names files that cannot be read: verdicts in every format, and what reads the case."""
    yield from (("validate", "--format", form) for form in formats_of("validate"))
    for verb in sorted(set(WHOLE) - {"validate", "diff"}):
        yield (verb, *common_words(verb))


@pytest.mark.parametrize("words", list(refused()), ids=" ".join)
def test_a_name_or_a_file_that_is_refused_does_nothing(folder: Path, words: tuple[str, ...]) -> None:
    with inside(folder):
        ran = run(*words)
    form = ran.form if ran.form in JUDGES else "text"
    said = [*common(ran), *JUDGES[form](ran)]
    assert [] == [each for each in said if not each.startswith("only a part")]  # of such files a part may be read
    if words[0] == "validate":
        assert 1 == ran.code
        assert len(TEXTS) < ran.out.count("OC")
