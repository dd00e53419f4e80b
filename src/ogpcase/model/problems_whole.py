"""What can be wrong with a record as a whole: items, fields that do not fit, words of another version."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import Place, Problem, rule
from ogpcase.values import replace


@rule("OC210", "item-named-twice")
def item_named_twice(place: Place, first: Place, item: str) -> Iterator[Problem]:
    """Two items of one record have the same id.

    Why it matters
        A reference to it could mean either. Ids are unique across requests, allegations, clauses and milestones.
    Wrong
        requests: [{id: a, text: One}, {id: a, text: Another}]
    Right
        requests: [{id: a, text: One}, {id: b, text: Another}]
    Not reported when
        The items are in two records.
    """
    yield Problem(
        f"two items of this record are called `{item}`", (place, first), helps=("give one of them another id",)
    )


@rule("OC211", "fields-that-do-not-fit")
def fields_that_do_not_fit(place: Place, why: str, helps: tuple[str, ...] = ()) -> Iterator[Problem]:
    """Fields that exclude each other are both there, or none of those of which one is needed.

    Why it matters
        A request has one term; a source names at least one thing that can be looked at.
    Wrong
        due: 2019-06-01
        within: {days: 30}
    Right
        due: 2019-06-01
    Not reported when
        Just one of them is there.
    """
    yield Problem(why, (place,), helps=helps)


@rule("OC421", "word-of-another-version")
def word_of_another_version(place: Place, word: str, code: str) -> Iterator[Problem]:
    """A stage is named by a word of another version of the policy or of another track.

    Why it matters
        OGP has said `inactive` for two different things; the code of a stage is one for all versions.
    Wrong
        moves_to: [inactive]
    Right
        moves_to: [suspended]
        as_stated_status: inactive
    Not reported when
        The word stands in `as_stated_status`, which keeps the source's own.
    """
    helps = (f"write `{code}`, and keep the wording of the source in `as_stated_status`",)
    if word != "inactive":
        labelled = replace(place, label=f"the code is `{code}`")
        yield Problem(f"`{word}` is not the code of a stage of the Response Policy", (labelled,), helps=helps)
        return
    labelled = replace(place, label="a word of the 2014 version")
    notes = ("since 2017 the word is `suspended`; `inactive` belongs to Procedural Review",)
    message = "`inactive` is not a stage of the Response Policy in the 2017 version"
    yield Problem(message, (labelled,), notes=notes, helps=helps)
