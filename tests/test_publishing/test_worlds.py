"""Whatever is withheld, the copy is the same in every world; and a copy that were not would be caught."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.test_publishing.folders import STORIES, Folder, bound, faults, other_world, read, withheld
from tests.trials import examples

from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import Records, said_by, texts_of
from ogpcase.workspace.publishing.worlds import FIRST, LAST
from ogpcase.workspace.publishing.worlds import other_world as other_of_ours

WHOLE = read(STORIES)
MANY = settings(
    max_examples=examples(20, 500),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a smaller folder says no more, and takes minutes to find
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def worlds(data: st.DataObject) -> tuple[Records, Records]:
    """The copies of a folder with things withheld at random, and of the same folder in another world."""
    folder = data.draw(withheld(WHOLE).filter(lambda each: not faults(bound(each))))
    world = data.draw(other_world(folder))
    return public_copy(bound(folder)).records, public_copy(bound(world)).records


@MANY
@given(st.data())
def test_the_copy_says_the_same_whatever_is_withheld(data: st.DataObject) -> None:
    mine, theirs = map(said_by, worlds(data))
    assert mine.keys() == theirs.keys()
    assert [] == [(mine[file], theirs[file]) for file in mine if mine[file] != theirs[file]]


@settings(MANY, max_examples=examples(7, 170))
@given(withheld(WHOLE).filter(lambda each: not faults(bound(each))))
def test_no_folder_is_refused_for_a_fault_of_ours(folder: Folder) -> None:
    """The worlds that `publish` tries itself are the same too, else a sound folder would get no copy."""
    mine = bound(folder)
    for world in (FIRST, LAST):
        assert said_by(public_copy(mine).records) == said_by(public_copy(other_of_ours(mine, world)).records)


@settings(MANY, max_examples=examples(1, 25))
@given(st.data())
def test_what_says_the_same_has_the_same_bytes(data: st.DataObject) -> None:
    """The test above compares what is written, and this its bytes, which take ten times as long to make."""
    mine, theirs = map(texts_of, worlds(data))
    assert mine == theirs
