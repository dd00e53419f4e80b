"""The benchmarks' corpora are sound and always the same, and their sums are right."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))  # the benchmarks are no part of what is installed

from benchmarks.arithmetic import growth, line_through, ratio, rounds_for
from benchmarks.corpus import Wanted, corpus, write
from benchmarks.ground import pinned
from benchmarks.rows import Measured, Row, page, reached
from benchmarks.running import CannotMeasure, Command, measure

Ogpcase = Callable[..., CompletedProcess[str]]
PLAIN = {"PATH": "/usr/bin:/bin"}


def test_a_corpus_is_sound(tmp_path: Path, ogpcase: Ogpcase) -> None:
    """A corpus of 60 records has no error, and few warnings."""
    write(tmp_path / "cases", Wanted(60))
    judged = json.loads(ogpcase("validate", "--json", "--root", tmp_path).stdout)
    assert [] == [each for each in judged["rows"] if each["severity"] == "error"]
    assert len(judged["rows"]) <= 2


def test_a_cut_case_is_sound(tmp_path: Path, ogpcase: Ogpcase) -> None:
    """The last case may end at any record."""
    for records in (1, 3, 11, 13, 19, 20, 29):
        folder = tmp_path / str(records)
        write(folder / "cases", Wanted(records))
        judged = ogpcase("validate", "--root", folder)
        assert 0 == judged.returncode, (records, judged.stdout)


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = list(corpus(Wanted(60, seed=5)))
    assert first == list(corpus(Wanted(60, seed=5)))
    assert first != list(corpus(Wanted(60, seed=6)))


def test_a_corpus_has_the_records_it_was_asked_for() -> None:
    """Each kind is among them, and a file is written once."""
    files = list(corpus(Wanted(95)))
    events = [(path, text) for path, text in files if "/events/" in path]
    kinds = {text.split("\n", 1)[0] for _, text in events}
    assert 95 == len(events)
    assert len(files) == len({path for path, _ in files})
    assert 7 == len(kinds)


def test_a_smaller_corpus_is_a_part_of_a_larger_one() -> None:
    """What is measured alone is found among others byte by byte."""
    larger = dict(corpus(Wanted(120)))
    assert dict(corpus(Wanted(30))).items() <= larger.items()


@pytest.mark.parametrize("bad", [1, 7, 60])
def test_so_many_records_are_bad(bad: int, tmp_path: Path, ogpcase: Ogpcase) -> None:
    sound = dict(corpus(Wanted(60)))
    spoilt = dict(corpus(Wanted(60, bad=bad)))
    changed = [path for path in sound if sound[path] != spoilt[path]]
    write(tmp_path / "cases", Wanted(60, bad=bad))
    judged = json.loads(ogpcase("validate", "--json", "--root", tmp_path).stdout)
    errors = [each["places"][0]["path"] for each in judged["rows"] if each["severity"] == "error"]
    assert bad == len(changed)
    assert {f"{tmp_path}/cases/{path}" for path in changed} <= set(errors)


def test_a_ratio_is_taken_round_by_round() -> None:
    """A round in which everything took ten times as long changes nothing."""
    assert 2.0 == ratio([2.0, 20.0, 2.2], [1.0, 10.0, 1.0])
    with pytest.raises(ValueError, match="no rounds"):
        ratio([], [])
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9), st.floats(0.5, 20))
def test_a_ratio_is_blind_to_the_machine(theirs: list[float], times: float) -> None:
    assert math.isclose(times, ratio([times * each for each in theirs], theirs))


@pytest.mark.parametrize(("longest", "rounds"), [(0.2, 14), (5.0, 7), (30.0, 3), (90.0, 1)])
def test_long_commands_get_fewer_rounds_and_short_ones_more(longest: float, rounds: int) -> None:
    assert rounds == rounds_for(longest, 7)


def test_a_line_goes_through_its_points() -> None:
    line = line_through([1, 2, 4], [5, 7, 11])
    assert (2.0, 3.0, 1.0) == (line.slope, line.start, line.fit)
    assert 23.0 == line.at(10)
    assert math.isclose(1.5, growth([10, 100, 1000], [each**1.5 for each in (10, 100, 1000)]).slope)
    with pytest.raises(ValueError, match="constant"):
        line_through([1, 1], [2, 3])


def test_a_bar_is_reached_or_not_or_not_known() -> None:
    row = Row("one", "this", "that", 1.5)
    assert reached(row, Measured(1.5)) is True
    assert reached(row, Measured(1.51)) is False
    assert reached(row, Measured.not_measured("no time")) is None


def test_the_page_names_what_missed_and_what_was_not_measured() -> None:
    """A bar that was missed is told again below the table; one that only people read is not."""
    slow, absent = Row("slow", "the slow one", "that", 1.5), Row("absent", "the absent one", "that", 1.5)
    told = Row("told", "the one told of", "that", 1.5, report_only=True)
    found = [
        (slow, Measured(2.0, 7, ("slow: 2 s",))),
        (absent, Measured.not_measured("no tool")),
        (told, Measured(3.0)),
    ]
    text = page(found, ["machine: this one"], "2026-01-02")
    missed = text.partition("## Missed")[2].partition("##")[0]
    assert "the slow one" in missed
    assert "the one told of" not in missed
    assert "the absent one, against that: no tool" in text
    assert "- slow: 2 s\n" in text


def test_a_run_is_measured_with_its_children(tmp_path: Path) -> None:
    """CPU time that a child spends counts; a command that fails is no measurement."""
    spin = "import time\nwhile time.process_time() < 0.3: pass"
    within = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}], check=True)"
    runs = measure({"parent": Command((sys.executable, "-c", within), tmp_path)}, PLAIN, 1)
    assert min(each.cpu for each in runs["parent"]) >= 0.3
    with pytest.raises(CannotMeasure, match="ended with 3, not with 0"):
        measure({"fails": Command((sys.executable, "-c", "raise SystemExit(3)"), tmp_path)}, PLAIN, 1)


def test_a_terminal_is_a_terminal(tmp_path: Path) -> None:
    code = "import sys; print('x' * 100_000); raise SystemExit(5 + sys.stdout.isatty())"
    for terminal, expected in ((True, 6), (False, 5)):
        command = Command((sys.executable, "-c", code), tmp_path, terminal=terminal, expected=expected)
        assert len(measure({"it": command}, PLAIN, 1)["it"]) >= 1


def test_peers_are_pinned() -> None:
    assert {"check-jsonschema", "yamllint"} == set(pinned())
    assert all(each[0].isdigit() for each in pinned().values())
