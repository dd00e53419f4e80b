"""Whatever a case holds, every view of it fits its page, and no word is lost on a narrow one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.output.lines import Line, Page, cells, plain
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.text import listing_lines
from ogpcase.reports.record.rows import event_record
from ogpcase.reports.record.text import record_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.text import full_lines, timeline_lines

STAGES = [stage for stage in procedure_named("response_policy-2017").stages if not stage.begins]
HEADER: Mapping[str, Any] = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
                             "subject": "government", "country": "XA", "language": "en"}  # fmt: skip


def case(events: Mapping[str, Mapping[str, Any]], name: str = "Government of Arcadia", **header: object) -> CaseFile:
    bound = [bind_event({"kind": "letter", "title": "x", **each}, key, "f").record for key, each in events.items()]
    party = bind_party({"name": name, "classification": "government"}, "government", "f").record
    assert party is not None
    head = bind_header({**HEADER, **header}, "arcadia-2023", "f").record
    return assemble("arcadia-2023", head, tuple(each for each in bound if each), Registry({"government": party}))


WORDS = st.sampled_from(
    [
        "the",
        "government",
        "字幕字幕",
        "ไทย็",
        "e\u0301tat",
        "x" * 130,
        "(INAI)",
        "→",
        "[3]",
        "https://example.org/" + "a/" * 60,
        "\u202e",
        "a\tb",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
SLUGS = st.sampled_from(["a", "publish-the-contracts", "x" * 90])
DATES = st.sampled_from(
    ["2017", "2018-02", "2018-02-03", "[..2019-01-01]", "unknown", "2018-03/2019", "[2017-02-03,2017-02-05]", "20XX"]
)
ASKS = st.fixed_dictionaries(
    {"id": SLUGS, "text": TEXTS}, optional={"asked_of": st.just(["government"]), "due": DATES.map(str)}
).map(lambda each: [each])
EVENTS = st.fixed_dictionaries(
    {"title": TEXTS, "dated": DATES},
    optional={
        "requests": ASKS,
        "moves_to": st.lists(st.sampled_from([str(stage) for stage in STAGES]), min_size=1, max_size=2),
        "senders": st.just(["government"]),
        "addressees": st.just(["government", "unknown"]),
        "also_dated": st.just([{"value": "2016", "source": "s"}]),
        "context": st.booleans(),
        "answers": SLUGS.map(lambda item: [{"request": f"e0#{item}", "answer": "none", "of": ["government"]}]),
        "departure": TEXTS.map(lambda text: [{"because": text}]),
    },
)


def fits(lines: Sequence[Line], width: int) -> None:
    """Addresses and single words apart."""
    for each in lines:
        text = plain(each)
        alone = " " not in text.strip(" │|")
        assert cells(text) <= width or "://" in text or alone, text
        assert text == harmless(text)


@settings(deadline=None, max_examples=examples(25, 60), suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(EVENTS, max_size=4),
    TEXTS,
    st.sampled_from([40, 41, 80, 120]),
    st.dates(date(2016, 1, 1), date(2026, 1, 1)),
)
@example(
    [
        {"title": "the", "dated": "2017"},
        {
            "title": "the",
            "dated": "2017",
            "senders": ["government"],
            "answers": [{"request": "e0#publish-the-contracts", "answer": "none", "of": ["government"]}],
        },
    ],
    "government \u202e",
    80,
    date(2017, 1, 1),
)
def test_every_view_of_every_case_fits_its_page(events: list[dict[str, Any]], name: str, width: int, day: date) -> None:
    related = [{"relation": "precedent", "title": name, "url": "https://example.org/" + "x" * 100}]
    file = case({f"e{number}": each for number, each in enumerate(events)}, name, title=name, related=related)
    page, reader = Page(width), Reader(day)
    fits(timeline_lines(timeline_of(file, reader), page), width)
    fits(full_lines(with_texts(timeline_of(file, reader), file, reader), page), width)
    fits(status_lines(status_of(file, reader), page), width)
    fits(listing_lines([listed_case(file, reader)], page), width)
    for event in file.events:
        fits(record_lines(event_record(file, event, reader), page), width)


@settings(deadline=None, max_examples=examples(20, 40), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_no_word_of_a_title_or_an_ask_is_lost_on_a_narrow_page(events: list[dict[str, Any]]) -> None:
    file = case({f"e{number}": each for number, each in enumerate(events)})
    page = Page(40)
    timeline = timeline_of(file, Reader(date(2030, 1, 1)))
    lines = (plain(each) for each in full_lines(timeline, page))
    beside = "".join(re.sub(r"^│ +| +\d+(-\d+)?$", "", each) for each in lines)  # the rail, and the number at the edge
    text = "".join(beside.split())
    for row in timeline.rows:
        for words in (row.title, *(ask.text for ask in row.asks if not ask.duty)):
            assert "".join(harmless(word) for word in words.split()) in text
