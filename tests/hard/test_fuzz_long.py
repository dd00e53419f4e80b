"""The mutants of tests/hostile/test_fuzz.py in their thousands; a few of other seeds where it is no hard run."""

from __future__ import annotations

from collections import Counter

from tests.hostile.mutating import mutants
from tests.hostile.oracles import hold

FIRST_SEED = 1_000
"""Far from those of the short run."""
EACH = 500


def test_no_mutant_breaks_a_promise_in_the_long_run(figures: list[str], *, hard: bool) -> None:
    """20,000 inputs in a hard run, 500 else."""
    told: Counter[str] = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + (40 if hard else 1)):
        for number, (way, mutant) in enumerate(mutants(seed, EACH)):
            try:
                told[hold(mutant)] += 1
            except Exception as broken:
                shown = mutant.data.decode("utf-8", "backslashreplace")
                raise AssertionError(f"{mutant.file}, mutant {number} of seed {seed}, by {way}:\n{shown}") from broken
    figures.append(f"mutants of sound records: {told.total():,}, of them {dict(told)}; no promise broken")
    assert {"refused", "flawed", "accepted"} == told.keys()
