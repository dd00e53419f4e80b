"""Mutants of sound records, a thousand for every change: none raises, hangs, or is silently taken wrong."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.hostile.mutating import WAYS, Record, corpus, mutants
from tests.hostile.oracles import Broken, hold

TRIALS = 1_000
PARTS = 5
"""Tests that share the trials, each with a seed of its own."""


@pytest.mark.parametrize("seed", range(PARTS))
def test_no_mutant_breaks_a_promise(seed: int) -> None:
    """Those of any kind of mutation; ruamel.yaml's strict loader reads alike what is accepted."""
    told: Counter[str] = Counter()
    for number, (way, mutant) in enumerate(mutants(seed, TRIALS // PARTS)):
        try:
            told[hold(mutant)] += 1
        except Exception as broken:
            shown = mutant.data.decode("utf-8", "backslashreplace")
            raise AssertionError(f"{mutant.file}, mutant {number} of seed {seed}, by {way}:\n{shown}") from broken
    assert TRIALS // PARTS == told.total()
    assert {"refused", "flawed", "accepted"} == told.keys()  # the oracles are all put to some


def test_the_sound_corpus_is_accepted() -> None:
    """What is mutated keeps every promise itself; one not accepted would make a test of nothing."""
    assert {"accepted"} == {hold(record, judging=False) for record in corpus()}


def test_every_way_changes_records_and_the_same_seed_gives_the_same() -> None:
    sound = {record.data for record in corpus()}
    made = mutants(1, 200)
    assert made == mutants(1, 200)
    assert made != mutants(2, 200)
    changed = Counter(way for way, mutant in made if mutant.data not in sound)
    assert all(changed[way] > 30 for way in WAYS)


@pytest.mark.parametrize(
    "text",
    [
        "kind: letter\ntitle: a\ndated: 2023-02-02\nsummary: >\n \n   \n # a\n",
        'kind: letter\ntitle: "a\nb"\ndated: 2023-02-02\n',
    ],
)
def test_what_another_reader_refuses_is_not_accepted(text: str) -> None:
    """Found by the YAML test suite: libyaml alone takes the first; the second swallows what may be a field."""
    assert "refused" == hold(Record("arcadia-2023/events/2023-02-02-letter-ask.yaml", text.encode()))


def test_the_oracles_see_a_wrong_value_and_a_silent_acceptance() -> None:
    """A test of the tests: what is put before them is wrong, and they say so."""
    from tests.hostile import oracles

    with pytest.raises(Broken, match=r"reads .* where we read"):
        oracles.compare(b"a: 1\n", {"a": 2}, silent=False)
    with pytest.raises(Broken, match="accepted, but"):
        oracles.compare(b"a: [\n", {"a": 2}, silent=False)
    with pytest.raises(Broken, match="accepted, but"):
        oracles.compare(b"a: 2018-02-30\n", {"a": "2018-02-30"}, silent=True)
    oracles.compare(b"a: 2018-02-30\n", {"a": "2018-02-30"}, silent=False)
