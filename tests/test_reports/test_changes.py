"""What changed between two versions of a case, as rows: fields, items, renames and asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event
from ogpcase.model.parties import Party
from ogpcase.reports.changes.fields import FieldChange, passages
from ogpcase.reports.changes.rows import CaseChange, Difference, EventChange, difference_of
from ogpcase.reports.changes.text import headline
from ogpcase.workspace.comparing import Cases, Renamings

Values = dict[str, Any]
READER = Reader(date(2025, 1, 1))
LETTER: Values = {
    "kind": "letter",
    "title": {"en": "A letter", "es": "Una carta"},
    "dated": "2023-02-01",
    "senders": ["open-arcadia"],
    "addressees": ["government-of-arcadia"],
    "requests": [{"id": "publish", "asked_of": ["government-of-arcadia"], "text": "Publish them", "due": "2023-03-01"}],
    "sources": [{"id": "copy", "title": "Copy"}],
}
REPLY: Values = {
    "kind": "letter",
    "title": "A reply",
    "dated": "2023-03-05",
    "senders": ["government-of-arcadia"],
    "sources": [{"id": "copy", "title": "Copy"}],
}
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
          "subject": "government-of-arcadia", "country": "XA", "language": "en"}  # fmt: skip
PARTIES: dict[str, Values] = {
    "government-of-arcadia": {"name": "Government of Arcadia", "classification": "government"},
    "open-arcadia": {"name": "Open Arcadia", "classification": "civil_society"},
    "jane-roe": {"name": "Jane Roe", "classification": "individual"},
}


def case(events: dict[str, Values], header: Values | None = None, parties: dict[str, Values] | None = None) -> CaseFile:
    registry = Registry({name: party(name, values) for name, values in (parties or PARTIES).items()})
    head = bind_header(header or HEADER, "arcadia-2023", "arcadia-2023/case.yaml").record
    assert head is not None
    return assemble("arcadia-2023", head, tuple(event(*each) for each in events.items()), registry)


def event(event_id: str, values: Values) -> Event:
    bound = bind_event(values, event_id, f"arcadia-2023/events/{event_id}.yaml")
    assert bound.record is not None
    assert () == bound.problems
    return bound.record


def party(party_id: str, values: Values) -> Party:
    bound = bind_party(values, party_id, f"parties/{party_id}.yaml")
    assert bound.record is not None
    return bound.record


def difference(before: CaseFile | None, after: CaseFile | None, reader: Reader = READER) -> Difference:
    old, new = ({each.id: each} if each else {} for each in (before, after))
    registries = tuple(each.registry if each else Registry() for each in (before, after))
    return compared((old, new), (registries[0], registries[1]), reader)


def compared(versions: tuple[Cases, Cases], registries: tuple[Registry, Registry], reader: Reader) -> Difference:
    return difference_of(versions, registries, reader, Renamings.of(*versions, registries))


def only(before: dict[str, Values], after: dict[str, Values]) -> CaseChange:
    (found,) = difference(case(before), case(after)).cases
    return found


def changes(before: Values, after: Values) -> list[tuple[str, str | None, str | None]]:
    (found,) = only({"2023-02-01-letter": before}, {"2023-02-01-letter": after}).events
    assert "amended" == found.what
    return [(each.field, each.before, each.after) for each in found.fields]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"dated": "2023-02-01~"}, [("dated", "2023-02-01", "2023-02-01~")]),
        ({"received": "2023-02-03"}, [("received", None, "2023-02-03")]),
        ({"title": {"en": "A letter", "es": "La carta"}}, [("title.es", "Una carta", "La carta")]),
        ({"title": {"en": "A letter"}}, [("title.es", "Una carta", None)]),
        ({"context": True}, [("context", "no", "yes")]),
        ({"senders": ["open-arcadia", "jane-roe"]}, [("senders", None, "Jane Roe")]),
        ({"senders": ["jane-roe"]}, [("senders", "Open Arcadia", None), ("senders", None, "Jane Roe")]),
        ({"addressees": []}, [("addressees", "Government of Arcadia", None)]),
        (
            {"senders": [{"party": "open-arcadia", "as_named": "OA", "office": "Director"}]},
            [("senders", "Open Arcadia", None), ("senders", None, "Open Arcadia (as “OA”), Director")],
        ),
        (
            {"requests": [{**LETTER["requests"][0], "due": "2023-04-01"}]},
            [("requests#publish.due", "2023-03-01", "2023-04-01")],
        ),
        (
            {"requests": [*LETTER["requests"], {"id": "more", "text": "Say more"}]},
            [("requests#more", None, "text: Say more")],
        ),
        (
            {"sources": [{"id": "copy", "title": "Copy", "url": "https://example.org/copy"}]},
            [("sources#copy.url", None, "https://example.org/copy")],
        ),
        ({"sources": [{"id": "page", "title": "Page"}]},
         [("sources#copy", "title: Copy", None), ("sources#page", None, "title: Page")]),
        (
            {"signed_by": [{"name": "J. Roe", "for": "open-arcadia"}]},
            [("signed_by", None, "name: J. Roe; for: Open Arcadia")],
        ),
    ],
)  # fmt: skip
def test_an_event_is_amended_field_by_field(new: Values, expected: list[tuple[str, str | None, str | None]]) -> None:
    """Names of parties as readers know them, items by their id, each language for itself."""
    assert expected == changes(LETTER, {**LETTER, **new})


def test_parts_without_a_name_are_told_by_their_place() -> None:
    old = {**LETTER, "signed_by": [{"name": "A. Poe"}, {"name": "J. Roe"}]}
    new = {**LETTER, "signed_by": [{"name": "A. Poe"}, {"name": "J. Roe", "office": "Director"}]}
    assert [("signed_by 2.office", None, "Director")] == changes(old, new)


def test_a_list_in_another_order_is_a_change() -> None:
    old = {**LETTER, "senders": ["open-arcadia", "jane-roe"]}
    new = {**LETTER, "senders": ["jane-roe", "open-arcadia"]}
    assert [("senders", "Open Arcadia, Jane Roe", "Jane Roe, Open Arcadia")] == changes(old, new)


def test_nothing_is_said_of_what_is_the_same() -> None:
    assert Difference((), ()) == difference(case({"2023-02-01-letter": LETTER}), case({"2023-02-01-letter": LETTER}))


@given(st.permutations(["2023-02-01-letter", "2023-03-05-letter", "2023-03-06-letter"]), st.integers(0, 3))
def test_the_order_of_files_is_no_change(names: list[str], count: int) -> None:
    """And what is added one way is withdrawn the other way."""
    whole = {name: {**REPLY, "title": name} for name in names}
    part = {name: whole[name] for name in names[:count]}
    forth, back = (difference(case(*pair[:1]), case(*pair[1:])) for pair in ((part, whole), (whole, part)))
    added = sorted(each.event for found in forth.cases for each in found.events if each.what == "added")
    withdrawn = sorted(each.event for found in back.cases for each in found.events if each.what == "withdrawn")
    assert sorted(names[count:]) == added == withdrawn


def test_a_record_under_another_name_is_renamed_and_what_points_to_it_is_not_amended() -> None:
    reply = {**REPLY, "in_reply_to": "2023-02-01-letter"}
    found = only(
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": reply},
        {
            "2023-02-01-letter-ask": LETTER,
            "2023-03-05-letter": {**reply, "in_reply_to": "2023-02-01-letter-ask"},
        },
    )
    assert [("renamed", "2023-02-01-letter-ask", "2023-02-01-letter", ())] == [
        (each.what, each.event, each.was, each.fields) for each in found.events
    ]
    assert () == found.asks


def test_a_record_redated_is_renamed_and_amended() -> None:
    (found,) = only(
        {"2023-02-01-letter": LETTER}, {"2023-02-02-letter": {**LETTER, "dated": "2023-02-02"}}
    ).events  # fmt: skip
    assert EventChange(
        "renamed",
        "2023-02-02-letter",
        "2023-02-01-letter",
        "letter",
        "2023-02-02",
        "A letter",
        (FieldChange("dated", "2023-02-01", "2023-02-02"),),
        kind_in_words="letter",
        by=("Open Arcadia",),
        to=("Government of Arcadia",),
    ) == (found)


def test_another_record_is_no_other_name() -> None:
    found = only({"2023-02-01-letter": LETTER}, {"2023-03-05-letter": REPLY})
    assert [("added", "2023-03-05-letter"), ("withdrawn", "2023-02-01-letter")] == [
        (each.what, each.event) for each in found.events
    ]


def test_an_ask_that_is_answered_tells_the_outcome_before_and_after() -> None:
    answer = {**REPLY, "answers": [{"request": "2023-02-01-letter#publish", "answer": "refused"}]}
    found = only(
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": REPLY},
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": answer},
    )
    assert [("answered", "2023-02-01-letter#publish")] == [(each.what, each.request) for each in found.asks]
    assert [("Government of Arcadia", "unanswered", "refused", "2023-03-05-letter")] == [
        (each.party, each.before, each.after, each.told_by) for each in found.asks[0].outcomes
    ]
    undone = only(
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": answer},
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": REPLY},
    )
    assert [("refused", "unanswered")] == [(each.before, each.after) for each in undone.asks[0].outcomes]


def test_asks_are_made_and_taken_back() -> None:
    bare = {**LETTER, "requests": []}
    assert [("made", "2023-02-01", ("Government of Arcadia",))] == [
        (each.what, each.request[:10], each.asked)
        for each in only({"2023-02-01-letter": bare}, {"2023-02-01-letter": LETTER}).asks
    ]
    assert ["withdrawn"] == [
        each.what for each in only({"2023-02-01-letter": LETTER}, {"2023-02-01-letter": bare}).asks
    ]


def test_where_a_case_stands_is_told_on_the_readers_day() -> None:
    filing = {"kind": "concern", "title": "The Concern", "dated": "2023-04-10", "filers": ["open-arcadia"],
              "moves_to": ["initial_review"], "sources": [{"id": "copy", "title": "Copy"}]}  # fmt: skip
    before, after = (
        case({"2023-02-01-letter": LETTER}),
        case({"2023-02-01-letter": LETTER, "2023-04-10-concern": filing}),
    )
    for day, stages in (("2023-04-09", ["not_filed", "not_filed"]), ("2023-04-10", ["not_filed", "initial_review"])):
        (found,) = difference(before, after, Reader(date.fromisoformat(day))).cases
        assert stages == [str(each.stage) for each in (found.before, found.after) if each]


def test_header_and_parties_are_told_field_by_field() -> None:
    parties = {**PARTIES, "open-arcadia": {"name": "Open Arcadia Now", "classification": "civil_society"}}
    del parties["jane-roe"]
    found = difference(
        case({"2023-02-01-letter": LETTER}),
        case({"2023-02-01-letter": LETTER}, {**HEADER, "subject": "open-arcadia"}, parties),
    )
    assert (FieldChange("subject", "Government of Arcadia", "Open Arcadia Now"),) == found.cases[0].header
    assert [("withdrawn", "jane-roe", ()), ("amended", "open-arcadia", ("name",))] == [
        (each.what, each.party, tuple(field.field for field in each.fields)) for each in found.parties
    ]


def test_withhold_is_compared_like_any_other_field() -> None:
    kept = {**LETTER, "withhold": ["all"]}
    assert [("title.en", "A letter", "Another letter"), ("withhold", None, "all")] == changes(
        LETTER, {**kept, "title": {"en": "Another letter", "es": "Una carta"}}
    )
    parties = {**PARTIES, "jane-roe": {**PARTIES["jane-roe"], "withhold": "all"}}
    found = difference(case({"2023-02-01-letter": kept}), case({"2023-02-01-letter": kept}, parties=parties))
    assert [("Jane Roe", (FieldChange("withhold", None, "all"),))] == [
        (each.name, each.fields) for each in found.parties
    ]


def test_a_text_is_compared_word_by_word() -> None:
    """Words far from a change are left out."""
    before = f"one two {'x ' * 20}three four five"
    assert [
        ("one", "", ""),
        ("", "two", "2"),
        ("x x x x x x … x x x x x three", "", ""),
        ("", "four", ""),
        ("five", "", ""),
    ] == [*passages(before, before.replace("two", "2").replace("four ", ""))]


def test_a_text_in_the_place_of_another_is_shown_whole() -> None:
    assert [("", "all of this", "something quite different")] == [*passages("all of this", "something quite different")]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_no_word_of_either_text_is_lost(old: list[str], new: list[str]) -> None:
    found = passages(" ".join(old), " ".join(new))
    for words, side in ((old, [each.before for each in found]), (new, [each.after for each in found])):
        shown = " ".join(each.same or own for each, own in zip(found, side, strict=True)).split()
        assert words == shown or "…" in shown
        assert not any(side) or old != new


def renamed(old: dict[str, Values], new: dict[str, Values], case_id: str = "arcadia-2024") -> Difference:
    """The difference of a case and of one with another id."""
    before, after = case(old), replace(case(new), id=case_id)
    return compared(({before.id: before}, {after.id: after}), (before.registry, after.registry), READER)


def test_a_renamed_case_is_followed() -> None:
    """Its events are the same, and a reference with its earlier id is none to another event."""
    answer = {**REPLY, "answers": [{"request": "arcadia-2023/2023-02-01-letter#publish", "answer": "refused"}]}
    later = {**REPLY, "answers": [{"request": "2023-02-01-letter#publish", "answer": "refused"}]}
    (found,) = renamed(
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": answer},
        {"2023-02-01-letter": LETTER, "2023-03-05-letter": later},
    ).cases
    assert ("arcadia-2024", "arcadia-2023", (), ()) == (found.case, found.was, found.events, found.header)


def test_a_case_with_other_events_is_another_case() -> None:
    found = renamed({"2023-02-01-letter": LETTER}, {"2023-02-01-letter": {**REPLY, "dated": "2023-02-01"}})
    assert [("arcadia-2023", None), ("arcadia-2024", None)] == [(each.case, each.was) for each in found.cases]


def test_a_renamed_party_is_followed() -> None:
    """No event and no membership that names it has changed."""
    parties = {**PARTIES, "board": {"name": "Board", "classification": "other", "part_of": ["open-arcadia"]}}
    later = {**parties, "oa": parties["open-arcadia"], "board": {**parties["board"], "part_of": ["oa"]}}
    del later["open-arcadia"]
    found = difference(
        case({"2023-02-01-letter": LETTER}, parties=parties),
        case({"2023-02-01-letter": {**LETTER, "senders": ["oa"]}}, parties=later),
    )
    renaming = ("renamed", "oa", "open-arcadia", ())
    assert ((), [renaming]) == (
        found.cases, [(each.what, each.party, each.was, each.fields) for each in found.parties],
    )  # fmt: skip


def test_a_party_of_another_name_is_another_party() -> None:
    later = {**PARTIES, "john-doe": {"name": "John Doe", "classification": "individual"}}
    del later["jane-roe"]
    found = difference(case({"2023-02-01-letter": LETTER}), case({"2023-02-01-letter": LETTER}, parties=later))
    assert [("withdrawn", "jane-roe"), ("added", "john-doe")] == [(each.what, each.party) for each in found.parties]


def test_a_code_has_its_label_for_people() -> None:
    (found,) = only(
        {"2023-02-01-letter": {**LETTER, "moves_to": ["under_review"]}},
        {"2023-02-01-letter": {**LETTER, "moves_to": ["stage_one"]}},
    ).events
    assert [("under_review", None), (None, "stage_one")] == [(each.before, each.after) for each in found.fields]
    assert [("Under review", None), (None, "Stage One")] == [each.in_words for each in found.fields]


def test_the_headline_of_nothing_says_so() -> None:
    assert "no record says anything else" == headline(Difference((), ()), 0)
    assert "2 new errors" == headline(Difference((), ()), 2, 3)
    assert "1 new warning" == headline(Difference((), ()), 0, 1)
