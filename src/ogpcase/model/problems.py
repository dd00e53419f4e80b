"""The checks of one record's fields, each with its page; `bind` calls them for what the model refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.diagnostics import Place, Problem, did_you_mean, rule


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
    """Fields exclude each other and are both set, one of several is needed, or a span ends before it begins.

    Why it matters
        A request has one term. A source names at least one thing that can be looked at. A party belongs to another
        from one day to a later one.
    Wrong
        due: 2019-06-01
        within: {days: 30}
    Right
        due: 2019-06-01
    Not reported when
        Exactly one of them is set, or the dates of the span leave open which is first.
    """
    yield Problem(why, (place,), helps=helps)


MOST_LISTED = 12
"""The most names that a help lists."""

DATE_FORMS = (
    "write `2018-07-16`, `2018-07`, `2018`, `2018-07-XX`, `2018?`, an interval `2017-10-19/2017-10-20`, "
    'a day in a range `"[2017-07-10..2017-07-21]"`, or `unknown`'
)


def listed(words: Sequence[str]) -> str:
    """Returns words in backticks, with commas."""
    return ", ".join(f"`{word}`" for word in words)


@rule("OC201", "missing-field")
def missing_field(place: Place, what: str, name: str) -> Iterator[Problem]:
    """A required field of the record is missing.

    Why it matters
        A title says what the record is about, and a date where it belongs in the case.
    Wrong
        kind: letter
        dated: 2017-02-16
    Right
        kind: letter
        title: The core group asks for an investigation
        dated: 2017-02-16
    Not reported when
        The field is optional. Write `dated: unknown` for a date that nobody knows.
    """
    helps = ("write `dated: unknown` if no source gives a date",) if name == "dated" else (f"add `{name}: …`",)
    yield Problem(f"{what} has no `{name}`", (place,), helps=helps)


@rule("OC202", "unknown-field")
def unknown_field(place: Place, what: str, name: str | None, known: Sequence[str]) -> Iterator[Problem]:
    """The record has a field that does not exist.

    Why it matters
        No view shows a field with a misspelt name.
    Wrong
        adressees: [stt-mexico]
    Right
        addressees: [stt-mexico]
    Not reported when
        The record's kind has this field; `ogpcase schema` writes the lists of fields.
    """
    if name is None:
        yield Problem(f"{what} has an unknown field", (place,))
        return
    few = 0 < len(known) <= MOST_LISTED
    fields = f"{what} has {listed(known)}" if few else "`schemas/` lists the fields"
    yield Problem(f"{what} has no field `{name}`", (place,), helps=did_you_mean(name, known) or (fields,))


@rule("OC203", "wrong-value")
def wrong_value(place: Place, name: str, value: str | None, allowed: Sequence[str]) -> Iterator[Problem]:
    """A value is not one of the field's codes.

    Why it matters
        Views count and compare codes. Any other word would be left out.
    Wrong
        conclusion: adressed
    Right
        conclusion: addressed_domestically
    Not reported when
        The word is in the field's list; `schemas/codelists/` explains each code.
    """
    helps = (*(did_you_mean(value, allowed) if value else ()), f"`{name}` is one of {listed(allowed)}")
    shown = f"`{value}`" if value else "this value"
    yield Problem(f"{shown} is not one of the values of `{name}`", (place,), helps=helps)


@rule("OC204", "wrong-shape")
def wrong_shape(place: Place, name: str, wanted: str) -> Iterator[Problem]:
    """A value has the wrong shape: a list for a single value, a single value for a list, or a mapping for either.

    Why it matters
        A value of another shape could only be guessed.
    Wrong
        as_stated_status: [suspended]
    Right
        as_stated_status: suspended
    Not reported when
        The field takes both: `title` a text or a map by language, `senders` one party or a list.
    """
    yield Problem(f"`{name}` should be {wanted}", (place,))


@rule("OC205", "bad-date")
def bad_date(place: Place, name: str, why: str) -> Iterator[Problem]:
    """A date does not exist, or is not in a form that ogpcase accepts.

    Why it matters
        A wrong date misleads readers. A date may be as inexact as its source.
    Wrong
        dated: 2017-02-30
    Right
        dated: 2017-02
    Not reported when
        The date is EDTF of level 0 or 1 without a time, a set of days, or `unknown`.
    """
    yield Problem(f"`{name}` is not a date: {why}", (place,), helps=(DATE_FORMS,))


@rule("OC206", "empty-field")
def empty_field(place: Place, name: str) -> Iterator[Problem]:
    """A field has no value, or only blanks.

    Why it matters
        Nobody can tell whether the value was forgotten.
    Wrong
        summary:
    Right
        (no such line)
    Not reported when
        The field is `body` of a party: there, `null` says that it is not a body of OGP.
    """
    yield Problem(f"`{name}` has no value", (place,), helps=("give it a value, or delete the line",))


@rule("OC207", "not-text")
def not_text(place: Place, name: str) -> Iterator[Problem]:
    """A text without quotes that YAML readers take for a yes/no value or a date.

    Why it matters
        One reader takes `no` for a word, another for false. With quotes, all read it alike.
    Wrong
        as_stated_status: true
    Right
        as_stated_status: "true"
    Not reported when
        The value is in quotes, or is a number such as `2011`.
    """
    yield Problem(
        f"`{name}` should be text, but YAML readers take this for something else", (place,), helps=("quote it",)
    )


@rule("OC208", "malformed-name")
def malformed_name(place: Place, name: str, wanted: str) -> Iterator[Problem]:
    """An id, reference, address, code or digest does not have the required form.

    Why it matters
        Nothing can be found by it.
    Wrong
        cites: [2017_02_16 letter]
    Right
        cites: [2017-02-16-letter-core-group]
    Not reported when
        The form is right. Whether the thing exists is another check.
    """
    yield Problem(f"`{name}` should be {wanted}", (place,))


@rule("OC209", "not-a-record")
def not_a_record(place: Place, why: str, helps: tuple[str, ...]) -> Iterator[Problem]:
    """A record's file has no fields or no `kind`.

    Why it matters
        No view can show what it says.
    Wrong
        title: A letter
    Right
        kind: letter
        title: A letter
    Not reported when
        The file cannot be parsed: then only that is reported.
    """
    yield Problem(why, (place,), helps=helps)


RULES = (
    missing_field, unknown_field, wrong_value, wrong_shape, bad_date, empty_field, not_text, malformed_name,
    not_a_record, item_named_twice, fields_that_do_not_fit,
)  # fmt: skip
