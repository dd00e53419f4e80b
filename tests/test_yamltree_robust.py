"""Any bytes are read or diagnosed; no file can crash the process, stall it, or stop the other files."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import forks
from tests.trials import examples

from ogpcase.yamltree.inspection import inspect
from ogpcase.yamltree.parsing import calls_for_a_closer_look, parse
from ogpcase.yamltree.tree import Parsed

SEED = """\
# comment
kind: letter
title: {en: "A: b", es: 'c''d'}
dated: 2017-05-23
senders: [fundar, article-19]
summary: >-
  one
  two
sources:
  - id: s1
    url: http://example.org/#top
    n: [1, 1.5, true, null, ~, "no"]
"""
BITS = (
    *(
        ": ",
        "\n",
        "  ",
        "#",
        " #x",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "|",
        ">",
        "? ",
        "%",
        "@",
        "&a ",
        "*a",
        "!t ",
    ),
    *("<<: ", "\t", "\r", "\r\n", "---\n", "...\n", "\\x1b", "\\ud800", "\x00", "\u2028", "\u202e", "\ufeff", "\xa0"),
    *("é", "😀", "no", "012", "1e3", "\n\n", "="),
)


def check(data: bytes) -> Parsed:
    """What must hold for any bytes at all."""
    parsed = parse(data, "a.yaml")
    assert parsed.tree is not None or parsed.problems
    assert len(parsed.problems) <= 50
    for problem in parsed.problems:
        assert "this file cannot be read as YAML" != problem.message  # the last resort, for what nobody foresaw
        assert problem.message[:1].islower() or problem.message[0] in "YA`"
        assert len(problem.message) <= 80
        for place in problem.places:
            assert place.span is not None
            assert place.span.line >= 1 <= place.span.column
            assert 0 <= place.span.start <= place.span.end
    return parsed


@settings(max_examples=examples(100, 500), deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_read_or_diagnosed(data: bytes) -> None:
    check(data)


@settings(max_examples=examples(100, 500), deadline=None)
@given(st.lists(st.sampled_from((*BITS, "a", "b: c\n", "  ")), max_size=25).map("".join))
def test_any_mix_of_yaml_s_own_marks_is_read_or_diagnosed(text: str) -> None:
    check(text.encode(errors="replace"))


def mutants(seed: int, count: int) -> list[str]:
    dice, made = random.Random(seed), []
    for _ in range(count):
        text = SEED
        for _ in range(dice.choice((1, 1, 2, 3))):
            start = dice.randrange(len(text) + 1)
            text = text[:start] + dice.choice(BITS) + text[start + dice.choice((0, 0, 1, 3)) :]
        made.append(text)
    return made


@pytest.mark.parametrize("seed", range(10))
def test_the_quick_way_never_accepts_what_the_careful_one_would_report(seed: int) -> None:
    for text in mutants(seed, 200):
        parsed = check(text.encode())
        if not calls_for_a_closer_look(text.encode(), text) and not parsed.problems:
            careful = inspect(text, "a.yaml")
            assert () == careful.problems
            assert parsed.tree is not None
            assert careful.tree is not None
            assert repr(careful.tree.value) == repr(parsed.tree.value)


BOMBS = {
    "open brackets": b"[" * 100_000,
    "open braces": b"{a: " * 60_000,
    "list items in one line": b"- " * 100_000,
    "mixed marks in one line": b"- ? -   ? : " * 20_000,
    "question marks": b"? " * 100_000,
    "deeper and deeper": b"".join(b" " * depth + b"a:\n" for depth in range(700)),
    "behind a fault": b"\t\x00" + b"[" * 200_000,
    "aliases": b"a: &a [x,x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(5000)),
    "duplicate keys": b"a: 1\n" * 9_000,
    "keys that look alike": "".join(f"e\u0301{n}: 1\n\u00e9{n}: 1\n" for n in range(4_000)).encode(),
    "ambiguous": b"- no\n" * 15_000,
    "bad escapes": b'a: "' + b"\\ud800" * 40_000 + b'"\n',
    "tabs": b"a:\t1\t\n" * 40_000,
    "control characters": b"\x01\x02" * 130_000,
    "comments": b"# c\n" * 65_000,
    "hashes": b"a #" * 80_000,
    "marks": b"- !\n" * 60_000,
    "quotes": b"'\"" * 130_000,
    "directives": b"%A\n" * 80_000,
    "line ends": b"\r\n\n\r" * 60_000,
    "one long line": b"a: " + b"x " * 130_000,
    "conflict markers": b"<<<<<<< \n" * 29_000,
    "anchors": b"[" + b"&a," * 80_000 + b"]\n",
}

CODES = {
    **dict.fromkeys(("open brackets", "open braces", "list items in one line", "deeper and deeper"), "OC115"),
    "anchors": "OC116",
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_bomb_crashes_or_stalls_a_process(name: str) -> None:
    """Each in a process of its own, for a crash in C would take the tests with it."""
    assert len(BOMBS[name]) <= 256 * 1024

    def tell() -> None:
        began = time.process_time()
        parsed = check(BOMBS[name])
        assert time.process_time() - began < 10  # far above what is needed, far below a stall
        sys.stdout.write(f"{parsed.tree is not None} {' '.join(sorted({each.code for each in parsed.problems}))}")

    fork = forks.instead_of_python(tell, os.environ)
    done = subprocess.run([sys.executable], preexec_fn=fork, capture_output=True, text=True, timeout=60, check=False)
    assert (0, "") == (done.returncode, done.stderr[-300:])
    told = done.stdout.split()
    assert "True" in told or len(told) > 1
    assert CODES.get(name) is None or CODES[name] in told


def test_without_libyaml_the_run_stops_with_one_clear_message() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from ogpcase.errors import BrokenInstallation\ntry:\n    import ogpcase.yamltree.parsing\n"
        "except BrokenInstallation as broken:\n    print(broken.message, *broken.hints, sep=chr(10))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    message, hint = done.stdout.strip().split("\n")
    assert "PyYAML was installed without libyaml, which is needed to read records" == message
    assert "PyYAML" in hint
