"""Whatever can be recorded is written so that it reads back as it was meant, and is written the same again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.values import WrittenDate, WrittenInteger

HOSTILE = st.text(st.sampled_from("ab1 é😀\n:#-'\"\\,[]{}&*!?|>%@`~.=<0_eX\t\u00a0\u200c"), max_size=60)
ANY = st.text(st.characters(codec="utf-8"), max_size=60)
NUMBERS = st.integers() | st.floats(allow_nan=False)
DATES = st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?", fullmatch=True).map(WrittenDate)
LONG_TEXT = st.lists(
    st.sampled_from(("word", "a:", "#x", "- b", "=======", "<<<<<<<", "x" * 120, "é")), min_size=20
).map(" ".join)
SCALARS = HOSTILE | ANY | NUMBERS | DATES | LONG_TEXT | st.none() | st.booleans()
NESTED = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(HOSTILE, inner, max_size=4), max_leaves=12
)


def same(meant: object, got: object) -> bool:
    """Equal, and of the same type; a date without quotes may look like an integer."""
    if isinstance(meant, dict) and isinstance(got, dict):
        return list(meant) == list(got) and all(same(meant[key], got[key]) for key in meant)
    if isinstance(meant, list) and isinstance(got, list):
        return len(meant) == len(got) and all(map(same, meant, got))
    if isinstance(meant, WrittenDate):
        return str(meant) == (got.written if isinstance(got, WrittenInteger) else got)
    return repr(meant) == repr(got) and isinstance(got, type(meant))


@settings(max_examples=examples(60, 400), deadline=None)
@given(st.dictionaries(HOSTILE | ANY, NESTED, max_size=5))
def test_what_is_written_reads_back_and_is_written_the_same_again(values: dict[str, object]) -> None:
    try:
        text = emit(values)
    except BadInput:
        return
    assert text.endswith("\n")
    parsed = parse(text.encode(), "a.yaml")
    assert not [problem for problem in parsed.problems if problem.code != "OC127"]
    assert parsed.tree is not None
    assert isinstance(parsed.tree.value, dict)
    assert same(values, parsed.tree.value)
    assert text == emit(parsed.tree.value)


GOOD = st.text(st.sampled_from("ab1 é😀:#-'\"\\,[]{}&*!?|>%@`~.=<0_eX\t\u00a0\u200c"), max_size=60)
GOOD_NESTED = st.recursive(
    GOOD | HOSTILE | LONG_TEXT, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(GOOD, inner, max_size=4)
)


@settings(deadline=None)
@given(st.dictionaries(GOOD, GOOD_NESTED, max_size=5))
def test_no_good_text_is_refused(values: dict[str, object]) -> None:
    parsed = parse(emit(values).encode(), "a.yaml")
    assert () == parsed.problems
    assert parsed.tree is not None
    assert same(values, parsed.tree.value)
