"""The quick validator of good values: what it takes is bound to the same record as without it, and has no `null`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import ValidationError

from ogpcase.model.bind import has_nulls
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.header import CaseHeader
from ogpcase.model.parties import Party
from ogpcase.model.record import Frozen
from ogpcase.yamltree import WrittenDate, WrittenFloat, WrittenInteger, parse

HERE = Path(__file__).parent
FILES = sorted((*HERE.glob("corpus/sound/**/*.yaml"), *(HERE.parent / "cases").glob("**/*.yaml")))
ODD = [
    "", " ", "\x1f", "\u3000", "\xa0a", " a", "9", "2018-07-16", "a", "é", "a-b", "a--b", "a/b#c", "a/b", "12-34",
    "12-a", "a" * 101, "https://a b", "https://a\u2028", "https://a", "ftp://a", "es-MX", "XX", "met", "all", "unknown",
    "2018", "2018-13", WrittenDate("2018-07-16"), WrittenDate("2018-07-16 10:00:00"), WrittenInteger(2017),
    WrittenInteger(-1), WrittenFloat(1.5, "1.50"), True, False, None,
    {}, {"es": "a"}, {"es": " "}, {"e": "a"}, {"es": None}, {"party": "a"}, {"text": "a"},
    [], ["a"], ["2018-07-16"], [WrittenDate("2018-07-16")], ["a", None], [{"party": "a", "office": "9"}],
    [{"event": "a-b"}, "a-b"], [{"id": "a"}], [{"id": "a", "url": "https://a"}],
]  # fmt: skip
"""Values that some field takes, takes in another form, or refuses for a reason that is easily overlooked."""


@cache
def good() -> tuple[tuple[type[Frozen], dict[str, Any]], ...]:
    """Returns the class and the values of every sound record there is."""
    return tuple(_of(path) for path in FILES)


def _of(path: Path) -> tuple[type[Frozen], dict[str, Any]]:
    tree = parse(path.read_bytes(), path.name).tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    values = {**tree.value, "id": path.parent.name if path.name == "case.yaml" else path.stem}
    if path.parent.name == "parties":
        return Party, values
    kind = Kind.of(str(values.pop("kind", "")))
    return (KINDS[kind], values) if kind else (CaseHeader, values)


def _agree(cls: type[Frozen], values: dict[str, Any]) -> bool:
    """Holds the quick one to the careful one; tells whether it took the values."""
    try:
        quick = cls.quickly(values)
    except ValidationError:
        return False
    careful = cls.model_validate(values)
    assert careful == quick
    assert repr(careful) == repr(quick)
    assert not has_nulls(values)
    return True


@pytest.mark.parametrize("place", range(len(FILES)), ids=lambda place: FILES[place].stem)
def test_a_sound_record_is_the_same_bound_either_way(place: int) -> None:
    _agree(*good()[place])


def test_nearly_all_sound_records_are_taken_by_the_quick_one() -> None:
    taken = [_agree(*each) for each in good()]
    assert 0.9 * len(taken) <= sum(taken)


@given(data=st.data())
def test_a_value_in_the_place_of_another_is_taken_to_the_same_or_not_at_all(data: st.DataObject) -> None:
    cls, values = data.draw(st.sampled_from(good()))
    name = data.draw(st.sampled_from(sorted({*values, *cls.model_fields})))
    for odd in ODD:
        _agree(cls, {**values, name: odd})


@given(data=st.data())
def test_so_is_a_value_deeper_down(data: st.DataObject) -> None:
    cls, values = data.draw(st.sampled_from(good()))
    lists = [name for name, value in values.items() if isinstance(value, list) and value]
    if not lists:
        return
    name = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(values[name]) - 1))
    item = values[name][at]
    for odd in ODD:
        changed = [odd] if not isinstance(item, dict) else [{**item, inner: odd} for inner in item]
        for each in changed:
            _agree(cls, {**values, name: [*values[name][:at], each, *values[name][at + 1 :]]})
