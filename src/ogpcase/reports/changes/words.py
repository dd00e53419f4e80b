"""What a text said and what it says now, compared word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

_AROUND = 6
"""Unchanged words that are shown on each side of a change."""
_LEAST = 0.3
"""The share of common words below which two texts are shown whole, as one that took the place of the other."""
_MOST = 4_000_000
"""Pairs of words that are compared; longer texts are shown whole."""
MORE = "…"
"""Stands where unchanged words are left out."""


class Part(NamedTuple):
    """Some words, and whether the other text has others in their place."""

    text: str
    changed: bool


Wording: TypeAlias = tuple[Part, ...]


class Reworded(NamedTuple):
    """The words around each change, in the earlier and in the later text."""

    before: Wording
    after: Wording


class Passage(NamedTuple):
    """Words that are in both texts, or those of each text where they differ."""

    same: str
    before: str
    after: str


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """Returns two texts as one: common words, with `…` for those far from a change, and the words that differ."""
    old, new = before.split(), after.split()
    if len(old) * len(new) > _MOST:
        return (Passage("", " ".join(old), " ".join(new)),)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST:
        return (Passage("", " ".join(old), " ".join(new)),)
    return tuple(_passages(matcher, old, new))


def _passages(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    steps = matcher.get_opcodes()
    for number, (word, start, end, other_start, other_end) in enumerate(steps):
        if word == "equal":
            said = _shortened(old[start:end], first=number == 0, last=number == len(steps) - 1)
            yield Passage(said, "", "")
        else:
            yield Passage("", " ".join(old[start:end]), " ".join(new[other_start:other_end]))


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Returns unchanged words without those that are far from a change."""
    before, after = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= before + after + 1:
        return " ".join(words)
    return " ".join([*words[:before], MORE, *(words[len(words) - after :] if after else ())])


def reworded(before: str, after: str) -> Reworded:
    """Returns what each of two texts says around the words that differ."""
    both = passages(before, after)
    old = (Part(each.same, changed=False) if each.same else Part(each.before, changed=True) for each in both)
    new = (Part(each.same, changed=False) if each.same else Part(each.after, changed=True) for each in both)
    return Reworded(*(tuple(part for part in side if part.text) for side in (old, new)))
