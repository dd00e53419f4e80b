"""Hostile arguments: ids, references and paths; each is refused in words, opens and writes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.hostile.folders import letter
from tests.hostile.program import ACTING, MOST_MEMORY, keeps_its_word, measured
from tests.hostile.repositories import committed, files_in
from tests.hostile.watched import Watched, strays, watch
from tests.trials import HARD, each_nth

WORDS = (
    "", " ", ".", "..", "../..", "/", "/etc/passwd", "../outside", "arcadia-2023/..", "arcadia-2023/",
    "arcadia-2023/../../outside.yaml", "arcadia-2023/events/../case.yaml", "./arcadia-2023", "//arcadia-2023",
    "\0", "arcadia-2023\0", "a\nb", "a\r::error::b", "\x1b[2J", "\x9b31m", "a\u202eb", "\udce9",
    "-", "--", "-x", "--root", "--help=x", "#", "a#", "#a", "a#b#c", "a/b/c", "ARCADIA-2023", "arcadia-2023 ",
    "arcadia_2023", "\uff41rcadia-2023", "con", "nul.yaml", "parties", "case.yaml", "x" * 101, "x" * 10_000,
    "$(touch marker)", "`touch marker`", "; touch marker", "{0}", "%s%n", "[red]x[/]", "*", "~", "~root",
    "2023-02-01-letter-ask.yaml", "\ufeffarcadia-2023", "arcadia-2023\u200b",
)  # fmt: skip
"""What a name may not be; none is one of the case folder's."""

LETTER = "2023-02-01-letter-ask"
VERBS: dict[str, tuple[str, ...]] = {
    "timeline": ("timeline", "--", "@"),
    "status": ("status", "--", "@"),
    "show": ("show", "--", "@"),
    "show --history": ("show", "--history", "--", "@"),
    "requests": ("requests", "--", "@"),
    "findings": ("findings", "--", "@"),
    "doubts": ("doubts", "--", "@"),
    "due": ("due", "--", "@"),
    "sources": ("sources", "--", "@"),
    "search in": ("search", "--case=@", "--", "a"),
    "open": ("open", "--print", "--", "@"),
    "advance": ("advance", "--", "@"),
    "advance to": ("advance", "--", "arcadia-2023", "@"),
    "add-event to": ("add-event", "--title", "A", "--dated", "2023-04-03", "--", "@", "letter"),
    "add-event of": ("add-event", "--title", "A", "--dated", "2023-04-03", "--", "arcadia-2023", "@"),
    "add-event as": (
        "add-event", "--title", "A", "--dated", "2023-04-03", "--in-reply-to=@", "--", "arcadia-2023", "letter",
    ),
    "open-case": ("open-case", "--title", "A", "--policy-version", "2017", "--subject", "open-arcadia", "--", "@"),
    "add-party": ("add-party", "--name", "A", "--classification", "other", "--", "@"),
    "add-source": ("add-source", "--title", "A", "--", "@"),
    "add-source as": ("add-source", "--title", "A", "--", "arcadia-2023", "@"),
    "set": ("set", "--", "@", "title", "A"),
    "set a field": ("set", "--", LETTER, "@", "A"),
    "answer": ("answer", "--", "@", "met"),
    "rename": ("rename", "--", "@", "2023-02-01-letter-other"),
    "rename to": ("rename", "--", LETTER, "@"),
    "validate": ("validate", "--", "@"),
    "validate --base": ("validate", "--base=@"),
    "validate --new-only": ("validate", "--new-only", "--base=@"),
    "diff": ("diff", "--", "@"),
    "explain": ("explain", "--", "@"),
    "policy": ("policy", "--", "@"),
    "--as-of": ("timeline", "arcadia-2023", "--as-of=@"),
    "--root": ("list", "--root=@"),
    "--from": ("add-event", "arcadia-2023", "letter", "--from=@"),
    "--source-file": (
        "add-event", "arcadia-2023", "letter", "--title", "A", "--dated", "2023-04-03", "--source-file=@",
    ),
}  # fmt: skip
"""Every place of the command line for a name, a path or a revision: `@`."""
_NUL = {"\0", "arcadia-2023\0"}
"""No process can be started with these, and Typer itself asks the system about a path."""
HARMLESS: dict[str, set[str]] = {
    "validate": {"", ".", "..", "../..", "/", "~", "*", *_NUL},  # a folder above the case folder names all of it
    "--root": {".", "", "./arcadia-2023", *_NUL},
    "--source-file": {"/etc/passwd", *_NUL},  # whoever may read a file may keep a copy of it
    "due": {""},
    "requests": {""},
    "doubts": {""},
    "sources": {""},
    "search in": {""},
    "add-source as": {"parties", "unknown"},  # these are ids of other things
    "add-party": {"parties"},  # the id of a case, not of a party, is reserved
    "diff": {".."},  # HEAD..HEAD
    "validate --base": {".."},
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of each verb with each word, and of the files below the folder."""

    top: Path
    done: dict[str, list[tuple[str, Watched]]]
    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Runs every verb with every word, or a third of them, one after the other on one folder."""
    top = tmp_path_factory.mktemp("arguments")
    committed(top)
    before = files_in(top)
    all_words = [
        (verb, word)
        for number, verb in enumerate(VERBS)
        for word in each_nth(WORDS, 3, number)
        if word not in HARMLESS.get(verb, ())
    ]
    done = watch(top, [[each.replace("@", word) for each in VERBS[verb]] for verb, word in all_words])
    found: dict[str, list[tuple[str, Watched]]] = {}
    for (verb, word), each in zip(all_words, done, strict=True):
        found.setdefault(verb, []).append((word, each))
    return Tried(top, found, before, files_in(top))


@pytest.mark.parametrize("verb", VERBS)
def test_a_name_that_is_none_is_refused_and_opens_nothing_else(tried: Tried, verb: str) -> None:
    assert len(tried.done[verb]) > (40 if HARD else 12)
    for word, each in tried.done[verb]:
        said = each.out + each.err
        assert each.code in {1, 2}, (word, each.code, said[:300])
        assert "" != each.err.strip(), word
        assert None is ACTING.search(said), (word, said[:300])
        assert "Traceback" not in said
        assert "internal error" not in said
        assert [] == [one for one in strays(each, tried.top) if not _is_the_word(one.name, word, verb)], word


def test_no_name_that_is_none_makes_or_changes_a_file(tried: Tried) -> None:
    assert tried.before == tried.after


def _is_the_word(name: str, word: str, verb: str) -> bool:
    """True for a path that the command was told to read, or to look for a case folder in."""
    if verb == "validate" and name.endswith("/cases"):
        return True
    return verb in {"--root", "--from", "--source-file"} and any(
        each in name for each in (word, os.path.normpath(word))
    )


def pipe(path: Path) -> None:
    os.mkfifo(path)


def no_file(path: Path) -> None:
    path.mkdir()


def to_zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.write(letter())
        file.truncate(1 << 28)


def holding(data: bytes) -> Callable[[Path], None]:
    """Makes a file of these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


SOURCES: dict[str, Callable[[Path], None]] = {
    "a pipe": pipe,
    "a folder": no_file,
    "a device": to_zeros,
    "a link to itself": to_itself,
    "a file of 256 MiB": too_large,
    "nothing": holding(b""),
    "NUL": holding(b"\0" * 100),
    "UTF-16": holding(letter().decode().encode("utf-16")),
    "no UTF-8": holding(letter(summary="\udce9")),
    "brackets": holding(b"[" * 200_000),
    "braces": holding(b'{"a":' * 50_000),
    "aliases": holding(letter(a="&a [x]", b="*a")),
    "a name twice in JSON": holding(b'{"kind": "letter", "title": "A", "title": "B", "dated": "2023-04-03"}'),
    "a number beyond all": holding(b'{"kind": "letter", "title": "A", "signatory_count": ' + b"9" * 5000 + b"}"),
    "half of a pair in JSON": holding(b'{"kind": "letter", "title": "\\ud800", "dated": "2023-04-03"}'),
    "a control character in JSON": holding(b'{"kind": "letter", "title": "a\\u001b[2J", "dated": "2023-04-03"}'),
}


@pytest.mark.parametrize("option", ["--from", "--source-file"])
def test_what_is_no_record_to_write_is_refused_at_once(tmp_path: Path, option: str) -> None:
    """No pipe makes the command wait. A copy of a source may hold any bytes, if it is a plain file."""
    committed(tmp_path)
    rest = ("--title", "A", "--dated", "2023-04-03", "--senders", "open-arcadia")
    before = files_in(tmp_path / "cases")
    commands = []
    for number, make in enumerate(SOURCES.values()):
        make(tmp_path / f"given-{number}")
        words = ("add-event", "arcadia-2023", "letter", option, f"given-{number}")
        commands.append((*words, *(rest if option == "--source-file" else ()), "--dry-run"))
    for number, (name, done) in enumerate(zip(SOURCES, watch(tmp_path, commands), strict=True)):
        plain = option == "--source-file" and (tmp_path / f"given-{number}").is_file()
        assert done.code in ({0} if plain else {1, 2}), (name, done.out, done.err)
        assert None is ACTING.search(done.out + done.err)
        assert "internal error" not in done.err
    assert before == files_in(tmp_path / "cases")


@pytest.mark.parametrize("option", ["--from", "--source-file"])
def test_a_huge_file_does_not_fill_the_memory(tmp_path: Path, option: str) -> None:
    """A record of 256 MiB is refused unread; a copy of one is made in parts."""
    committed(tmp_path)
    too_large(tmp_path / "given")
    rest = ("--title", "A", "--dated", "2023-04-03", "--senders", "open-arcadia")
    ran = measured(tmp_path, "add-event", "arcadia-2023", "letter", option, "given", *rest)
    keeps_its_word(ran.done, codes=(1,) if option == "--from" else (0,))
    assert ran.memory < MOST_MEMORY
