"""What must not be published, as far as the records say it themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.model.casefile import FIRST_FORMAT, CaseFile, FolderSettings
from ogpcase.model.codelists import Format

Found = Callable[..., list[Problem]]
Told = list[tuple[str, tuple[str | int, ...]]]
ASK, CONCERN, NOTICE = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-05-22-letter-notice"
REPLY, REPORT, RESOLUTION = "2023-08-30-letter-reply", "2024-01-15-report-review", "2024-06-03-resolution"
COPY = FolderSettings(format=Format.SECOND, public_copy=True)
UNDER_A_NAME = {"pseudonym": "filer-a"}


def told(problems: list[Problem]) -> Told:
    return [(each.code, each.places[0].route) for each in problems]


def letter(**fields: object) -> dict[str, dict[str, object]]:
    """A letter that nothing refers to."""
    return {"2023-03-05-letter-more": {"kind": "letter", "dated": "2023-03-05", "senders": ["open-arcadia"], **fields}}


@pytest.mark.parametrize(
    ("entry", "help_"),
    [
        ("sumary", "did you mean `summary`?"),
        ("requests#publsh", "did you mean `requests#publish`?"),
        ("sources#pages", "did you mean `sources#page`?"),
        ("shelter", "write `all`, the name of a field, or `field#item-id`"),
        ("withheld", "write `all`, the name of a field, or `field#item-id`"),
        ("allegations", "write `all`, the name of a field, or `field#item-id`"),
        ("answers#0", "write `all`, the name of a field, or `field#item-id`"),
    ],
)
def test_an_entry_that_names_nothing(found: Found, entry: str, help_: str) -> None:
    (problem,) = found({ASK: {"withhold": ["summary", entry]}})
    assert ("OC601", ("withhold", 1)) == (problem.code, problem.places[0].route)
    assert (help_,) == problem.helps


@pytest.mark.parametrize("entry", ["summary", "requests", "requests#publish", "sources#page", "dated"])
def test_an_entry_that_names_a_field_or_an_item(found: Found, entry: str) -> None:
    """A field need not be there: it may come later, and is then left out too."""
    assert [] == found({ASK: {"withhold": entry}, REPLY: {"answers": None}})


def test_an_entry_for_what_could_not_be_read_is_let_be(found: Found) -> None:
    """The item may be the one that is withheld."""
    broken = [{"id": "publish", "text": "Publish them."}, {"id": "Not an id", "text": "Shelter them."}]
    assert "OC601" not in {each.code for each in found({ASK: {"requests": broken, "withhold": ["requests#shelter"]}})}


@pytest.mark.parametrize("field", ["kind", "moves_to", "basis", "context"])
def test_what_the_story_needs_cannot_be_withheld(found: Found, field: str) -> None:
    assert [("OC605", ("withhold", 0))] == told(found({RESOLUTION: {"withhold": [field]}}))


@pytest.mark.parametrize(
    ("field", "instead"),
    [
        ("dated", "2023-03"),
        ("dated", "2023-02-02"),
        ("dated", "the first of February"),
        ("received", "2023-02-XX"),
        ("title", ["A letter"]),
        ("senders", [{"party": "open-arcadia", "nmae": "X"}]),
        ("requests#publish", "Ask"),
        ("all", "A letter"),
    ],
)
def test_a_value_that_does_not_fit_its_field(found: Found, field: str, instead: object) -> None:
    """A date has to hold every day that the true one may be on."""
    entry = {"field": field, "instead": instead}
    problems = found(letter(received="2023-03-05", withhold=[entry])) if field == "received" else []
    problems = problems or found({ASK: {"withhold": [entry]}, **({} if field != "all" else {ASK: {"withhold": entry}})})
    assert ("OC606", ("withhold", 0, "instead")) in told(problems)


@pytest.mark.parametrize(
    ("field", "instead"),
    [
        ("dated", "2023-02"),
        ("dated", "2023"),
        ("dated", "202X"),
        ("dated", "[2023-01-31..2023-02-02]"),
        ("title", "A letter"),
        ("title", {"en": "A letter", "es": "Una carta"}),
        ("senders", ["unknown"]),
        ("summary", "They ask."),
    ],
)
def test_a_value_that_fits(found: Found, field: str, instead: object) -> None:
    assert [] == found({ASK: {"summary": "Who asks for what.", "withhold": [{"field": field, "instead": instead}]}})


@pytest.mark.parametrize(
    ("settings", "code"), [(FIRST_FORMAT, "OC607"), (FolderSettings(format=Format.SECOND), "OC608")]
)
def test_a_party_without_a_pseudonym(found: Found, settings: FolderSettings, code: str) -> None:
    problems = found(parties={"open-arcadia": {"withhold": "all"}}, settings=settings)
    assert [(code, ("withhold",))] == told(problems)
    assert {"OC607": "warning", "OC608": "error"}[code] == problems[0].rule.severity.value


@pytest.mark.parametrize(
    ("changes", "file", "route"),
    [
        ({"events": {ASK: {"withhold": ["summary"]}}}, f"arcadia-2023/events/{ASK}.yaml", ("withhold",)),
        (
            {"events": letter(sources=[{"id": "page", "title": "P", "withhold": "all"}])},
            "arcadia-2023/events/2023-03-05-letter-more.yaml",
            ("sources", 0, "withhold"),
        ),
        ({"parties": {"open-arcadia": {"withhold": UNDER_A_NAME}}}, "parties/open-arcadia.yaml", ("withhold",)),
        ({"parties": {"open-arcadia": {"publish": {"because": "office"}}}}, "parties/open-arcadia.yaml", ("publish",)),
        ({"header": {"withhold": "all"}}, "arcadia-2023/case.yaml", ("withhold",)),
        ({"never_publish": True}, "never_publish.txt", ()),
    ],
)
def test_a_copy_holds_nothing_private(
    found: Found, changes: Mapping[str, Any], file: str, route: tuple[str | int, ...]
) -> None:
    events = changes.get("events", {})
    changes = {name: each for name, each in changes.items() if name != "events"}
    problems = found(events, **changes, settings=COPY)
    assert [("OC609", file, route)] == [(each.code, each.places[0].file, each.places[0].route) for each in problems]
    assert "OC609" not in {each.code for each in found(events, **changes)}


def test_a_withholding_that_cannot_be_read_is_private_too(found: Found) -> None:
    assert "OC609" in {each.code for each in found({ASK: {"withhold": [{}]}}, settings=COPY)}


def test_a_step_cannot_go_whole(found: Found) -> None:
    steps = {NOTICE: {"withhold": "all"}, REPLY: {"in_reply_to": None}}
    assert [("OC610", ("moves_to",))] == told(found(steps))
    assert [] == found(steps, header={"withhold": "all"})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ({ASK: {"withhold": "all"}}, [("OC611", ("prior_steps", 0))]),
        ({ASK: {"withhold": "all"}, CONCERN: {"withhold": ["prior_steps"]}}, []),
        ({ASK: {"withhold": ["summary"]}}, []),
        ({ASK: {"withhold": ["requests#publish"]}}, []),
        ({CONCERN: {"withhold": ["allegations"]}}, []),
        (
            {
                ASK: {"withhold": ["requests#publish"]},
                REPLY: {"requests": [{"id": "a", "text": "A", "within": {"days": 3, "after": f"{ASK}#publish"}}]},
            },
            [("OC611", ("requests", 0, "within", "after"))],
        ),
        (
            {
                ASK: {"withhold": ["requests#publish"]},
                REPLY: {
                    "requests": [{"id": "a", "text": "A", "within": {"days": 3, "after": f"{ASK}#publish"}}],
                    "withhold": ["requests#a"],
                },
            },
            [],
        ),
        ({REPLY: {"withhold": "all"}}, [("OC611", ("cites", 0))]),
        (
            {ASK: {"also_stated": [{"field": "summary", "value": "X", "source": "page"}], "withhold": "sources#page"}},
            [("OC611", ("also_stated", 0, "source"))],
        ),
        (
            {
                ASK: {
                    "also_stated": [{"field": "summary", "value": "X", "source": "page"}],
                    "withhold": ["sources#page", "also_stated"],
                }
            },
            [],
        ),
        (
            {RESOLUTION: {"departure": [{"because": "So.", "sources": ["page"]}], "withhold": ["sources#page"]}},
            [("OC611", ("departure", 0, "sources", 0))],
        ),
    ],
)
def test_a_reference_to_what_is_withheld(found: Found, events: Mapping[str, Any], expected: Told) -> None:
    assert expected == [each for each in told(found(events)) if each[0].startswith("OC6")]


def test_a_case_that_goes_takes_no_reference_with_it(found: Found, bench: Callable[..., Any]) -> None:
    other: CaseFile = bench(header={"withhold": "all"}).case("arcadia-2019")
    header = {"related": [{"case": "arcadia-2019", "relation": "earlier_case"}]}
    related = [each for each in told(found({}, header=header, others={"arcadia-2019": other})) if each[0] == "OC611"]
    assert [("OC611", ("related", 0, "case"))] == related
    events = {REPLY: {"cites": [f"arcadia-2019/{ASK}"]}}
    assert [("OC611", ("cites", 0))] == [
        each for each in told(found(events, others={"arcadia-2019": other})) if each[0] == "OC611"
    ]
    assert [] == [
        each
        for each in told(found(events, header={**header, "withhold": "all"}, others={"arcadia-2019": other}))
        if each[0] == "OC611"
    ]


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ({"open-arcadia": {"withhold": {"pseudonym": "records-office"}}}, ["parties/open-arcadia.yaml"]),
        (
            {"open-arcadia": {"withhold": UNDER_A_NAME}, "records-office": {"withhold": UNDER_A_NAME}},
            ["parties/open-arcadia.yaml"],
        ),
        ({"open-arcadia": {"withhold": UNDER_A_NAME}}, []),
    ],
)
def test_a_pseudonym_stands_for_one_party(found: Found, parties: Mapping[str, Any], expected: list[str]) -> None:
    problems = [each for each in found(parties=parties) if each.code == "OC612"]
    assert expected == [each.places[0].file for each in problems]


@pytest.mark.parametrize(
    ("pseudonym", "tells"),
    [
        ("open-arcadia", True),
        ("open-filer", True),
        ("filer-of-arcadia", True),
        ("newarcadians", True),
        ("abierta", True),
        ("filer-a", False),
        ("opener", False),
    ],
)
def test_a_pseudonym_tells_nothing_of_the_name(found: Found, pseudonym: str, *, tells: bool) -> None:
    problems = found(parties={"open-arcadia": {"withhold": {"pseudonym": pseudonym}}})
    assert tells == ("OC622" in {each.code for each in problems})


def test_one_pseudonym_in_two_cases_has_to_be_meant(found: Found, bench: Callable[..., Any]) -> None:
    other: CaseFile = bench().case("arcadia-2019")
    problems = found(parties={"open-arcadia": {"withhold": UNDER_A_NAME}}, others={"arcadia-2019": other})
    assert ["OC613"] == [each.code for each in problems if each.code.startswith("OC6")]
    assert "`arcadia-2019`, `arcadia-2023`" in problems[-1].notes[0]
    linkable = {"open-arcadia": {"withhold": {**UNDER_A_NAME, "linkable": True}}}
    assert "OC613" not in {each.code for each in found(parties=linkable, others={"arcadia-2019": other})}
