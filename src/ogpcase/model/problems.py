"""What can be wrong within one record, each with its page. `bind` builds them from what the model refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.diagnostics import Place, Problem, nearest, rule


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
        labelled = place._replace(label=f"the code is `{code}`")
        yield Problem(f"`{word}` is not the code of a stage of the Response Policy", (labelled,), helps=helps)
        return
    labelled = place._replace(label="a word of the 2014 version")
    notes = ("since 2017 the word is `suspended`; `inactive` belongs to Procedural Review",)
    message = "`inactive` is not a stage of the Response Policy in the 2017 version"
    yield Problem(message, (labelled,), notes=notes, helps=helps)


MOST_LISTED = 12
"""So many names may be listed in a help; more hide what matters."""


DATE_FORMS = (
    "write `2018-07-16`, `2018-07`, `2018`, `2018-07-XX`, `2018?`, an interval `2017-10-19/2017-10-20`, "
    'a day in a range `"[2017-07-10..2017-07-21]"`, or `unknown`'
)


def listed(words: Sequence[str]) -> str:
    """Returns words in backticks, with commas."""
    return ", ".join(f"`{word}`" for word in words)


@rule("OC201", "missing-field")
def missing_field(place: Place, what: str, name: str) -> Iterator[Problem]:
    """A field that every record of this sort needs is not there.

    Why it matters
        Without it the record cannot be placed: a title says what it is, a date where it stands.
    Wrong
        kind: letter
        dated: 2017-02-16
    Right
        kind: letter
        title: The core group asks for an investigation
        dated: 2017-02-16
    Not reported when
        The field is optional. A date nobody knows is written `dated: unknown`.
    """
    helps = ("write `dated: unknown` if no source gives a date",) if name == "dated" else (f"add `{name}: …`",)
    yield Problem(f"{what} has no `{name}`", (place,), helps=helps)


@rule("OC202", "unknown-field")
def unknown_field(place: Place, what: str, name: str | None, known: Sequence[str]) -> Iterator[Problem]:
    """A field that this sort of record does not have.

    Why it matters
        A slip of the pen in a field's name would hide what it says from every view.
    Wrong
        adressees: [stt-mexico]
    Right
        addressees: [stt-mexico]
    Not reported when
        The name is one of the kind's fields; `ogpcase schema` writes them out for editors.
    """
    if name is None:
        yield Problem(f"{what} has a field it does not know", (place,))
        return
    near = nearest(name, known)
    few = 0 < len(known) <= MOST_LISTED
    there_are = f"{what} has {listed(known)}" if few else "`schemas/` lists the fields there are"
    help_ = f"did you mean `{near}`?" if near else there_are
    yield Problem(f"{what} has no field `{name}`", (place,), helps=(help_,))


@rule("OC203", "wrong-value")
def wrong_value(place: Place, name: str, value: str | None, allowed: Sequence[str]) -> Iterator[Problem]:
    """A code that is not in the field's list.

    Why it matters
        Codes are what is counted and compared; a word outside the list would be neither.
    Wrong
        conclusion: adressed
    Right
        conclusion: addressed_domestically
    Not reported when
        The word is one of the list; `schemas/codelists/` has them with a sentence each.
    """
    near = nearest(value, allowed) if value else None
    helps = (*((f"did you mean `{near}`?",) if near else ()), f"`{name}` is one of {listed(allowed)}")
    said = f"`{value}`" if value else "this value"
    yield Problem(f"{said} is not one of the values of `{name}`", (place,), helps=helps)


@rule("OC204", "wrong-shape")
def wrong_shape(place: Place, name: str, wanted: str) -> Iterator[Problem]:
    """A list where one value belongs, one value where a list belongs, or a mapping where neither does.

    Why it matters
        A value in another shape cannot be read without guessing.
    Wrong
        as_stated_status: [suspended]
    Right
        as_stated_status: suspended
    Not reported when
        The field takes either: `title` a string or a map by language, `senders` one party or a list of them.
    """
    yield Problem(f"`{name}` should be {wanted}", (place,))


@rule("OC205", "bad-date")
def bad_date(place: Place, name: str, why: str) -> Iterator[Problem]:
    """A date that is not a date, or not of a form that is read here.

    Why it matters
        A wrong date in a case file is a harm; a date as exact as its source is not.
    Wrong
        dated: 2017-02-30
    Right
        dated: 2017-02
    Not reported when
        The date is EDTF of level 0 or 1 without times, a set of days, or `unknown`.
    """
    yield Problem(f"`{name}` is no date: {why}", (place,), helps=(DATE_FORMS,))


@rule("OC206", "empty-field")
def empty_field(place: Place, name: str) -> Iterator[Problem]:
    """A field without a value, or with blanks alone.

    Why it matters
        Nobody can tell whether it was forgotten or meant.
    Wrong
        summary:
    Right
        (the line left out)
    Not reported when
        The field is `body` of a party, where `null` says that it is no body of OGP.
    """
    yield Problem(f"`{name}` has no value", (place,), helps=("give it a value, or delete the line",))


@rule("OC207", "not-text")
def not_text(place: Place, name: str) -> Iterator[Problem]:
    """A yes/no value or a date where text belongs: a plain word that readers of YAML take for something else.

    Why it matters
        `no` is a word to one reader and false to another; quotes make it the same to all.
    Wrong
        as_stated_status: true
    Right
        as_stated_status: "true"
    Not reported when
        The value is quoted, or is a plain number such as `2011`.
    """
    yield Problem(
        f"`{name}` should be text, and readers of YAML take this for something else", (place,), helps=("quote it",)
    )


@rule("OC208", "malformed-name")
def malformed_name(place: Place, name: str, wanted: str) -> Iterator[Problem]:
    """An id, reference, address, code or digest that does not have the form it needs.

    Why it matters
        A name that cannot be one finds nothing.
    Wrong
        cites: [2017_02_16 letter]
    Right
        cites: [2017-02-16-letter-core-group]
    Not reported when
        The form is right, whether or not the thing named exists; that is another check.
    """
    yield Problem(f"`{name}` should be {wanted}", (place,))


@rule("OC209", "not-a-record")
def not_a_record(place: Place, why: str, helps: tuple[str, ...]) -> Iterator[Problem]:
    """A file in a record's place that holds no record: no fields at all, or a kind that is not known.

    Why it matters
        What it says would be in no view.
    Wrong
        kind: leter
    Right
        kind: letter
    Not reported when
        The file cannot be parsed; then that is what is reported.
    """
    yield Problem(why, (place,), helps=helps)


RULES = (
    missing_field,
    unknown_field,
    wrong_value,
    wrong_shape,
    bad_date,
    empty_field,
    not_text,
    malformed_name,
    not_a_record,
    item_named_twice,
    fields_that_do_not_fit,
    word_of_another_version,
)
