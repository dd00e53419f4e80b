"""Values are what frozen dataclasses are: the same answers to the same questions, one held against the other."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.values import frozen, replace


@frozen
class Span:
    """A value with every sort of field."""

    LONGEST: ClassVar = 9
    first: int
    last: int = 7
    names: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False, repr=False)
    days: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", self.last - self.first)


@dataclass(frozen=True, slots=True)
class Peer:
    """The same as a dataclass."""

    LONGEST: ClassVar = 9
    first: int
    last: int = 7
    names: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False, repr=False)
    days: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days", self.last - self.first)


@frozen(slots=False)
class Reckoned:
    """A value that keeps what it once reckoned."""

    numbers: tuple[int, ...] = ()

    @cached_property
    def total(self) -> int:
        """Their sum."""
        return sum(self.numbers)


@frozen(slots=False)
class Named(Reckoned):
    """One that has a field more, and asks the class above."""

    name: str = ""

    @property
    def doubled(self) -> int:
        """Twice the sum."""
        return super().total * 2


@frozen
class Word:
    """A value with one field that is hashed and compared by it."""

    text: str


ANY = st.none() | st.integers() | st.text(max_size=2)
CALLS = st.tuples(
    st.lists(ANY, max_size=6), st.dictionaries(st.sampled_from(["first", "last", "names", "note", "days", "else"]), ANY)
)


def outcome(make: Callable[..., Any], words: list[Any], named: dict[str, Any]) -> object:
    try:
        made = make(*words, **named)
    except TypeError:
        return TypeError
    return repr(made).partition("(")[2], astuple(made), asdict(made)


@given(CALLS)
def test_a_call_gives_what_it_gives_with_a_dataclass(call: tuple[list[Any], dict[str, Any]]) -> None:
    assert outcome(Peer, *call) == outcome(Span, *call)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.text(max_size=1)), min_size=2, max_size=2))
def test_two_are_equal_as_two_dataclasses_are(pair: list[tuple[int, int, str]]) -> None:
    (one, two), (here, there) = ([make(a, b, [], note) for a, b, note in pair] for make in (Peer, Span))
    assert (one == two) == (here == there)


def test_one_is_equal_to_nothing_of_another_class() -> None:
    assert Reckoned((1,)) != Named((1,))


def test_equal_values_have_one_hash() -> None:
    assert {Word("a")} == {Word("a"), Word("a")}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Span(1))


@pytest.mark.parametrize("value", [Span(1), Word("a"), Reckoned((1,)), Named((1,), "b")])
def test_nothing_of_it_can_be_changed(value: Word) -> None:
    name = fields(value)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, 3)
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    with pytest.raises(FrozenInstanceError):
        value.other = 3  # type: ignore[attr-defined]  # what is tried


@pytest.mark.parametrize("value", [Span(1, 2, ["a"], "b"), Word("a"), Reckoned((1,)), Named((1,), "b")])
def test_copies_and_pickles_are_equal(value: object) -> None:
    assert [value] * 3 == [copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))]


def test_each_has_a_list_of_its_own() -> None:
    assert Span(1).names is not Span(1).names


def test_slots_hold_the_fields_and_nothing_else() -> None:
    assert not hasattr(Span(1), "__dict__")
    assert Reckoned((1, 2)).total == Reckoned((3,)).total == 3


def test_some_fields_are_replaced() -> None:
    assert Span(3, 7) == replace(Span(1), first=3) == dataclasses.replace(Span(1), first=3)
    assert 4 == replace(Span(1), first=3).days
    assert Named((1,), "b") == replace(Named((1,)), name="b")
    with pytest.raises(TypeError, match="Span has no place for other"):
        replace(Span(1), other=3)


def test_dataclasses_knows_it() -> None:
    assert is_dataclass(Span)
    assert [each.name for each in fields(Peer)] == [each.name for each in fields(Span)]


def test_a_pattern_takes_it_apart() -> None:
    match Span(1, 2):
        case Span(first, last):
            assert (1, 2) == (first, last)


def test_fields_of_the_class_above_come_first() -> None:
    assert 6 == Named((1, 2)).doubled
    assert Span.LONGEST == Peer.LONGEST
    assert ("numbers", "name") == Named.__match_args__
    assert "Named(numbers=(1,), name='b')" == repr(Named((1,), "b"))


def test_a_wrong_call_is_told_by_the_field() -> None:
    with pytest.raises(TypeError, match="Word needs `text`"):
        Word()  # type: ignore[call-arg]  # what is tried
