"""Doubts: what cannot be relied on is found, what is certain is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.json import mapping_of
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.doubts.doubt import WHATS, About, Doubt
from ogpcase.reports.doubts.rows import counts_of, doubts_of
from ogpcase.reports.doubts.tables import COLUMNS
from ogpcase.reports.doubts.text import all_doubts_lines, doubts_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, CONCERN, NOTICE, REPLY, REPORT, RESOLUTION = (
    "2023-02-01-letter-ask",
    "2023-04-10-concern",
    "2023-05-22-letter-notice",
    "2023-08-30-letter-reply",
    "2024-01-15-report-review",
    "2024-06-03-resolution",
)
WHOLE: dict[str, Any] = {
    CONCERN: {"grounds": ["civic_space"], "allegations": [{"id": "sealing", "text": "Contracts are sealed"}]}
}
"""What the sound case needs so that nothing of it is in doubt."""


def found(build: Build, changes: dict[str, Any], reader: Reader = LATER, **header: object) -> tuple[Doubt, ...]:
    """The doubts about a case without any but for these changes."""
    merged = {name: {**WHOLE.get(name, {}), **(changes.get(name) or {})} for name in {**WHOLE, **changes}}
    return doubts_of(build(merged, **header), reader).doubts


def only(build: Build, changes: dict[str, Any], reader: Reader = LATER, **header: object) -> Doubt:
    (doubt,) = found(build, changes, reader, **header)
    return doubt


def about(doubts: tuple[Doubt, ...]) -> list[tuple[str, str]]:
    return [(str(doubt.about), doubt.reference) for doubt in doubts]


def test_a_case_that_is_exact_whole_and_sourced_has_no_doubts(build: Build) -> None:
    assert () == found(build, {})


def test_what_is_inferred_is_a_doubt(build: Build) -> None:
    doubts = found(build, {"2023-02-01-letter-ask": {"inferred": ["senders", "requests#publish"]}})
    assert [("inferred", "2023-02-01-letter-ask"), ("inferred", "2023-02-01-letter-ask#publish")] == about(doubts)
    assert [("senders", "unsourced"), ("requests", "unsourced")] == [(each.field, each.what) for each in doubts]


TWO = [{"id": "page", "title": "Page"}, {"id": "copy", "title": "Copy", "gives": ["dated"]}]
DATES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "month": ({"dated": "2023-08"}, "imprecise_date", "2023-08, known to the month", "a source that gives the day"),
    "month with XX": ({"dated": "2023-08-XX"}, "imprecise_date", "2023-08-XX, known to the month", "the day"),
    "year": ({"dated": "2023"}, "imprecise_date", "2023, known to the year", "the day"),
    "decade": ({"dated": "202X"}, "imprecise_date", "202X, known to the decade", "the day"),
    "range": ({"dated": "[2023-08-01..2023-08-20]"}, "imprecise_date", "some day from 2023-08-01 to 2023-08-20", "day"),
    "up to": ({"dated": "[..2023-08-30]"}, "imprecise_date", "some day up to 2023-08-30", "the day"),
    "from on": ({"dated": "[2023-08-30..]"}, "imprecise_date", "some day from 2023-08-30 on", "the day"),
    "choice": ({"dated": "[2023-08-01,2023-08-03]"}, "imprecise_date", "2023-08-01 or 2023-08-03", "the day"),
    "lasted": ({"dated": "2023-08/2023-09-02"}, "imprecise_date", "2023-08/2023-09-02, the first day", "the first day"),
    "lasted to": ({"dated": "2023-08-30/2023-09"}, "imprecise_date", "the last day is not known", "the last day"),
    "no end": ({"dated": "2023-08-30/"}, "imprecise_date", "the last day is not known", "the last day"),
    "no start": ({"dated": "/2023-08-30"}, "imprecise_date", "the first day is not known", "the first day"),
    "uncertain": ({"dated": "2023-08-30?"}, "qualified_date", "2023-08-30?, uncertain", "a source that is sure"),
    "both": ({"dated": "2023-08%"}, "qualified_date", "known to the month, uncertain and approximate", "sure"),
    "unknown": ({"dated": "unknown"}, "undated", "no date is known", "or bounds it"),
    "received": ({"received": "2023-09"}, "imprecise_date", "2023-09, known to the month", "the day"),
    "until": ({"until": "2024-01-01~"}, "qualified_date", "2024-01-01~, approximate", "sure"),
}


@pytest.mark.parametrize("case", DATES.values(), ids=DATES)
def test_a_date_that_is_no_single_sure_day_is_uncertain(
    build: Build, case: tuple[dict[str, Any], str, str, str]
) -> None:
    changes, code, said, settled = case
    doubt = only(build, {REPLY: changes})
    assert ("uncertain", code, "other", REPLY) == (doubt.what, str(doubt.about), doubt.touches, doubt.reference)
    assert said in doubt.said
    assert settled in doubt.settled_by


@pytest.mark.parametrize("dated", ["2023-08-30/2023-09-02", "2023-08-30/..", "2023-08-30"])
def test_what_lasted_between_known_days_or_still_goes_on_is_certain(build: Build, dated: str) -> None:
    assert () == found(build, {REPLY: {"dated": dated}})


def test_days_that_a_paper_sets_roughly_are_as_the_paper_is(build: Build) -> None:
    ask = {"id": "publish", "text": "Publish", "asked_of": ["government-of-arcadia"], "due": "2023-03"}
    assert () == found(build, {ASK: {"requests": [ask]}, REPLY: {"until": "2025"}})
    doubt = only(build, {ASK: {"requests": [{**ask, "due": "2023-03-01?"}]}})
    assert ("qualified_date", f"{ASK}#publish") == (doubt.about, doubt.reference)


def test_dates_without_a_common_day_are_contradicted_and_each_names_its_sources(build: Build) -> None:
    also = [{"value": "2023-08-28", "source": "page"}, {"value": "2023-08", "source": "news"}]
    sources = [*TWO, {"id": "news", "publisher": "Arcadian News", "url": "https://example.org"}]
    doubt = only(build, {REPLY: {"also_dated": also, "sources": sources}})
    assert (About.DATES_DISAGREE, "contradicted") == (doubt.about, doubt.what)
    said = [("2023-08-30", ("Copy",), None), ("2023-08-28", ("Page",), None)]
    assert [*said, ("2023-08", ("Arcadian News",), "may be the same day")] == [tuple(each) for each in doubt.values]
    assert "2023-08-30 in Copy; 2023-08-28 in Page; 2023-08 in Arcadian News" == doubt.said
    assert "a copy of the letter, which bears its date" == doubt.settled_by


def test_dates_that_overlap_may_be_the_same(build: Build) -> None:
    doubt = only(build, {REPLY: {"also_dated": [{"value": "2023-08", "source": "page"}], "sources": TWO}})
    assert (About.DATES_MAY_BE_THE_SAME, "uncertain") == (doubt.about, doubt.what)
    assert () == found(build, {REPLY: {"also_dated": [{"value": "2023-08-30", "source": "page"}], "sources": TWO}})


def test_a_date_that_only_another_source_gives_is_still_undated(build: Build) -> None:
    doubt = only(build, {REPLY: {"dated": "unknown", "also_dated": [{"value": "2023-08", "source": "page"}]}})
    assert (About.UNDATED, ["unknown", "2023-08"]) == (doubt.about, [each.value for each in doubt.values])


def test_a_fact_stated_otherwise_is_contradicted_with_both_sources(build: Build) -> None:
    sources = [{"id": "copy", "title": "Copy", "gives": ["senders"]}, {"id": "page", "title": "Page"}]
    also = [{"field": "senders", "value": ["open-arcadia", "Somebody"], "source": "page"}]
    doubt = only(build, {REPLY: {"also_stated": also, "sources": sources}})
    assert (About.FACT_DISAGREES, "senders", "a copy of the letter") == (doubt.about, doubt.field, doubt.settled_by)
    assert "Records Office in Copy; Open Arcadia, Somebody in Page" == doubt.said


def test_what_is_recorded_comes_from_the_one_source_that_does_not_say_what_it_gives(build: Build) -> None:
    also = [{"field": "senders", "value": "open-arcadia", "source": "page"}]
    one = [{"id": "copy", "title": "Copy"}, {"id": "page", "title": "Page"}]
    assert ("Copy",) == only(build, {REPLY: {"also_stated": also, "sources": one}}).values[0].sources
    two = [*one, {"id": "third", "title": "Third"}]
    assert ("the record",) == only(build, {REPLY: {"also_stated": also, "sources": two}}).values[0].sources


REQUEST = f"{ASK}#publish"
TOLD: dict[str, tuple[str, str, str, bool]] = {
    "met, then no answer": ("met", "none", "2023-09-30", True),
    "met, then refused": ("met", "refused", "2023-09-30", True),
    "refused, then met": ("refused", "met", "2023-09-30", False),
    "no answer, then met": ("none", "met", "2023-09-30", False),
    "no answer and met in an open order": ("none", "met", "2023-08", True),
    "partly met, then met": ("partly_met", "met", "2023-09-30", False),
    "met, then not met": ("met", "not_met", "2023-09-30", True),
    "partly met, then not met": ("partly_met", "not_met", "2023-09-30", True),
    "not met, then met": ("not_met", "met", "2023-09-30", False),
    "not met and partly met in an open order": ("not_met", "partly_met", "2023-08", True),
}


@pytest.mark.parametrize("case", TOLD.values(), ids=TOLD)
def test_two_tellers_contradict_each_other_where_the_later_is_no_step_on(
    build: Build, case: tuple[str, str, str, bool]
) -> None:
    first, second, dated, expected = case
    told = {"request": REQUEST, "of": ["records-office"]}
    other = {"kind": "letter", "senders": ["open-arcadia"], "dated": dated, "answers": [{**told, "answer": second}]}
    changes = {REPLY: {"answers": [{**told, "answer": first}]}, "2023-09-letter-other": other}
    doubts = [doubt for doubt in found(build, changes) if doubt.about is About.ANSWERS_DISAGREE]
    assert ([("contradicted", "answers")] if expected else []) == [(doubt.what, doubt.field) for doubt in doubts]
    assert all(f"{REQUEST}, of Records Office: " in doubt.said and REPLY in doubt.said for doubt in doubts)


@pytest.mark.parametrize(
    ("word", "differs"),
    [("Under review", False), ("suspended", True), ("Closed", True), ("in good hands", False), ("inactive", True)],
)
def test_a_sources_word_for_another_stage_is_contradicted(build: Build, word: str, *, differs: bool) -> None:
    changes = {**WHOLE, REPLY: {"as_stated_status": word}, REPORT: None, RESOLUTION: None}
    doubts = doubts_of(build(changes), LATER).doubts
    assert ([("as_stated_differs", REPLY)] if differs else []) == about(doubts)


def test_a_step_that_may_not_have_been_taken_yet_is_told_once(build: Build) -> None:
    reader = Reader(date(2024, 6, 10))
    doubt = only(build, {RESOLUTION: {"dated": "2024-06"}}, reader)
    assert (About.PERHAPS_MOVED, "step", False) == (doubt.about, doubt.touches, doubt.certain)
    said = "would move the case to Closed, addressed domestically: 2024-06, which may be after 2024-06-10"
    assert said == doubt.said
    assert About.IMPRECISE_DATE is only(build, {RESOLUTION: {"dated": "2024-06"}}).about


def test_an_undated_step_is_perhaps_taken_and_a_contradicted_date_of_it_is_not_lost(build: Build) -> None:
    assert [("perhaps_moved", RESOLUTION)] == about(found(build, {RESOLUTION: {"dated": "unknown"}}))
    also = {"dated": "2024-06", "also_dated": [{"value": "2024-07", "source": "page"}]}
    doubts = found(build, {RESOLUTION: also}, Reader(date(2024, 6, 10)))
    assert [("perhaps_moved", RESOLUTION), ("dates_disagree", RESOLUTION)] == about(doubts)


def test_a_step_that_may_not_have_been_known_is_perhaps_taken(build: Build) -> None:
    """A report and a resolution are public by their kind; of a letter nobody outside may have known."""
    day = date(2023, 12, 1)
    public = {name: {"published": name[:10]} for name in (ASK, CONCERN, REPLY)}
    doubt = only(build, public, Reader(day, known_by=day))
    assert (About.PERHAPS_MOVED, NOTICE) == (doubt.about, doubt.reference)
    assert "a source that says when it became known" == doubt.settled_by


def test_two_steps_in_an_open_order_are_uncertain_unless_one_follows_the_other(build: Build) -> None:
    same = {REPORT: {"dated": "2024-01-15"}, RESOLUTION: {"dated": "2024-01-15"}}
    assert [("order_open", RESOLUTION)] == about(found(build, same))
    same[RESOLUTION] = {"dated": "2024-01-15", "adopts": REPORT}
    assert () == found(build, same)


def test_a_rule_nobody_verified_and_a_departure_are_uncertain(build: Build) -> None:
    gone = {REPORT: None, RESOLUTION: None}
    ineligible = {NOTICE: {"moves_to": ["ineligible"]}, **gone}
    doubts = doubts_of(build({**WHOLE, **ineligible}), LATER).doubts
    assert [("rule_not_verified", NOTICE)] == about(doubts)
    assert "Initial review to Ineligible: " in doubts[0].said
    departs = {NOTICE: {"moves_to": ["ineligible"], "departure": [{"because": "They said so"}]}, **gone}
    doubts = doubts_of(build({**WHOLE, **departs}), LATER).doubts
    assert [("departure", NOTICE), ("departure_without_source", NOTICE)] == about(doubts)
    assert ["They said so"] * 2 == [doubt.said for doubt in doubts]


def test_without_a_version_of_the_policy_no_step_can_be_judged(build: Build) -> None:
    doubt = only(build, {}, policy_version=None)
    assert (About.VERSION_UNKNOWN, "arcadia-2023", None) == (doubt.about, doubt.reference, doubt.kind)


UNKNOWN: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "filers": (CONCERN, {"filer_count": 3}, "filers_not_all_named", "3 as stated, 1 named"),
    "filers partly": (CONCERN, {"filers": ["unknown"], "filer_count": 3}, "filers_not_all_named", "0 named"),
    "filer": (CONCERN, {"filers": ["unknown"]}, "actor_unknown", "who files it is not named"),
    "sender": (REPLY, {"senders": []}, "actor_unknown", "who sends it is not recorded"),
    "signatories": (REPLY, {"signatory_count": 2}, "signatories_not_all_named", "2 as stated, 0 named"),
    "addressee": (REPLY, {"addressees": ["unknown"]}, "party_unknown", "to whom it is sent is not named"),
    "grounds": (CONCERN, {"grounds": []}, "grounds_unknown", "no grounds are recorded"),
    "allegations": (CONCERN, {"allegations": []}, "allegations_unknown", "no allegation is recorded"),
    "position": (REPLY, {"in_reply_to": CONCERN}, "position_unknown", f"replies to {CONCERN}"),
    "conclusion": (REPORT, {"conclusion": "unknown"}, "conclusion_unknown", "what it concludes is not known"),
    "no conclusion": (REPORT, {"conclusion": None}, "conclusion_unknown", "what it concludes is not known"),
    "author": (REPORT, {"authors": ["unknown"]}, "party_unknown", "who wrote it is not named"),
    "nobody adopted": (REPORT, {"adopted_by": []}, "actor_unknown", "who wrote it is not recorded"),
    "finding": (
        REPORT,
        {"findings": [{"about": f"{CONCERN}#sealing", "relevance": "unknown", "addressed": "unknown"}]},
        "finding_unknown",
        f"relevance and addressed domestically of {CONCERN}#sealing",
    ),
    "asked": (
        REPLY,
        {"requests": [{"id": "help", "text": "Help", "asked_of": ["unknown"]}]},
        "party_unknown",
        "who is asked is not named",
    ),
    "term from receipt": (
        REPLY,
        {"requests": [{"id": "help", "text": "Help", "within": {"days": 3, "from": "received"}}]},
        "no_start",
        "counts from the day that the paper was received, which is not recorded",
    ),
    "term after nothing": (
        REPLY,
        {"requests": [{"id": "help", "text": "Help", "within": {"days": 3, "after": "2020-01-01-letter-lost"}}]},
        "no_start",
        "counts from 2020-01-01-letter-lost, which is not recorded",
    ),
    "new term": (
        REPLY,
        {"answers": [{"request": REQUEST, "answer": "extended"}]},
        "new_term_unknown",
        f"the term of {REQUEST} was extended",
    ),
    "answer": (REPLY, {"answers": [{"request": REQUEST, "answer": "unknown"}]}, "answer_unknown", "Publish them"),
    "source": (REPLY, {"sources": []}, "no_source", "no source is named"),
}


@pytest.mark.parametrize("case", UNKNOWN.values(), ids=UNKNOWN)
def test_what_is_not_known_is_a_doubt(build: Build, case: tuple[str, dict[str, Any], str, str]) -> None:
    event, changes, code, said = case
    doubt = only(build, {event: changes})
    assert code == doubt.about
    assert said in doubt.said
    assert doubt.settled_by


def test_who_leads_and_how_far_a_commitment_was_kept(build: Build) -> None:
    assessed = [{"by": "ogp-support-unit", "dated": "2025-01-01", "completion": "unknown"}]
    promise = {"kind": "commitment", "text": "Open them", "lead": ["unknown"], "assessments": assessed}
    doubts = found(build, {"2024-07-01-commitment": promise})
    assert ["lead_unknown", "completion_unknown"] == [doubt.about for doubt in doubts]
    early = found(build, {"2024-07-01-commitment": promise}, Reader(date(2024, 12, 31)))
    assert ["lead_unknown"] == [doubt.about for doubt in early]


@pytest.mark.parametrize(
    "within",
    [{"days": 3}, {"days": 3, "after": CONCERN}, {"days": 3, "after": REQUEST}, {"days": 3, "after": "other-2020/a"}],
)
def test_a_term_with_a_start_or_that_waits_for_another_request_is_certain(
    build: Build, within: dict[str, object]
) -> None:
    assert () == found(build, {REPLY: {"requests": [{"id": "help", "text": "Help", "within": within}]}})


def test_a_fact_is_asked_for_where_every_source_says_what_it_gives(build: Build) -> None:
    says = {"id": "copy", "title": "Copy", "gives": ["dated", "senders"]}
    doubts = found(build, {REPLY: {"sources": [says]}})
    assert [("fact_without_source", "answers", "answers (2023-02-01-letter-ask#publish, Refused)")] == [
        (str(doubt.about), doubt.field, doubt.said) for doubt in doubts
    ]
    assert () == found(build, {REPLY: {"sources": [says, {"id": "page", "title": "Page"}]}})
    whole = {**says, "gives": ["dated", "senders", "answers"]}
    assert () == found(build, {REPLY: {"summary": "Ours", "sources": [whole]}})


def test_an_item_that_no_source_gives_is_named(build: Build) -> None:
    asks = [{"id": "one", "text": "One"}, {"id": "two", "text": "Two"}]
    gives = ["dated", "senders", "answers", "requests#one"]
    doubt = only(build, {REPLY: {"requests": asks, "sources": [{"id": "c", "title": "Copy", "gives": gives}]}})
    assert f"{REPLY}#two" == doubt.reference


def test_that_one_event_follows_another_needs_a_source_where_the_dates_do_not_say_so(build: Build) -> None:
    sources = [{"id": "copy", "title": "Copy", "gives": ["dated", "senders", "answers"]}]
    assert () == found(build, {REPLY: {"follows": [ASK], "sources": sources}})
    other = {"kind": "development", "dated": "2023-08-30"}
    doubts = found(build, {REPLY: {"follows": ["2023-08-30-a"], "sources": sources}, "2023-08-30-a": other})
    assert ["follows"] == [doubt.field for doubt in doubts]


def test_events_that_are_not_there_yet_raise_no_doubt(build: Build) -> None:
    changes = {REPLY: {"dated": "2023-08", "sources": []}}
    assert () == found(build, changes, Reader(date(2023, 7, 31)))
    assert ["imprecise_date", "no_source"] == [
        doubt.about for doubt in found(build, changes, Reader(date(2023, 8, 10)))
    ]


def test_steps_come_first_and_background_comes_last_and_contradictions_first_in_each(build: Build) -> None:
    changes = {
        ASK: {"dated": "2023-02", "context": True},
        CONCERN: {"dated": "2023-04"},
        REPLY: {"dated": "2023-08", "also_stated": [{"field": "senders", "value": "x", "source": "page"}]},
        NOTICE: {"sources": []},
    }
    doubts = found(build, changes)
    expected = [("uncertain", CONCERN), ("unsourced", NOTICE), ("contradicted", REPLY), ("uncertain", REPLY)]
    assert [*expected, ("uncertain", ASK)] == [(doubt.what, doubt.reference) for doubt in doubts]
    assert ["step", "step", "other", "other", "context"] == [doubt.touches for doubt in doubts]
    assert {"contradicted": 1, "uncertain": 3, "unsourced": 1} == counts_of(doubts)
    assert list(WHATS) == list(counts_of(()))


def test_other_dates_that_exclude_each_other_are_never_the_same_day(build: Build) -> None:
    """Each may be the recorded day, but not both of them; a third one, which the record excludes, changes nothing."""
    roughly = {"dated": "[2023-08-10..2023-08-30]"}
    also = [{"value": f"2023-08-{day}", "source": "page"} for day in (14, 18)]
    doubt = only(build, {REPLY: {**roughly, "also_dated": also}})
    assert (About.DATES_DISAGREE, {None}) == (doubt.about, {value.note for value in doubt.values})
    doubt = only(build, {REPLY: {**roughly, "also_dated": also[:1]}})
    assert (About.DATES_MAY_BE_THE_SAME, "may be the same day") == (doubt.about, doubt.values[1].note)
    other = {"value": "2022", "source": "page"}
    doubt = only(build, {REPLY: {**roughly, "also_dated": [also[0], other]}})
    assert [None, "may be the same day", None] == [value.note for value in doubt.values]


def test_of_an_undated_event_contradicting_days_are_a_contradiction(build: Build) -> None:
    also = [{"value": f"2023-08-{day}", "source": "page"} for day in (14, 18)]
    assert About.DATES_DISAGREE is only(build, {REPLY: {"dated": "unknown", "also_dated": also}}).about
    assert About.UNDATED is only(build, {REPLY: {"dated": "unknown", "also_dated": also[:1]}}).about


def test_what_the_stage_hangs_on_comes_before_all_else(build: Build) -> None:
    also = [{"value": "2023-04-11", "source": "page"}]
    doubts = found(build, {CONCERN: {"also_dated": also}, RESOLUTION: {"dated": "unknown"}})
    assert [("perhaps_moved", RESOLUTION), ("dates_disagree", CONCERN)] == about(doubts)
    assert ["stage", "step"] == [doubt.bears_on for doubt in doubts]


def test_fields_left_out_since_they_were_wrong_are_not_taken_for_unsaid(build: Build) -> None:
    assert () == found(build, {REPLY: {"senders": 3, "sources": 3}, CONCERN: {"grounds": 3}})


def test_every_row_has_every_key_and_every_column_is_one(build: Build) -> None:
    doubts = found(build, {REPLY: {"dated": "2023-08", "sources": []}}, policy_version=None)
    assert 3 == len(doubts)
    for doubt in doubts:
        assert [column.name for column in COLUMNS] == list(mapping_of(COLUMNS, doubt))
        json.dumps(mapping_of(COLUMNS, doubt))


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "dated": st.sampled_from(
            ["2023", "2023-08", "unknown", "[..2023-08-30]", "[2023-08-30..]", "2023-08-30~", "/2023"]
        ),
        "senders": st.sampled_from([[], ["unknown"], ["government-of-arcadia", "unknown"]]),
        "also_dated": st.just([{"value": "2016", "source": "字" * 50}]),
        "also_stated": st.just([{"field": "senders", "value": ["word " * 30, "x" * 100], "source": "page"}]),
        "moves_to": st.lists(st.sampled_from(["under_review", "suspended", "resolved"]), min_size=1, max_size=2),
        "departure": st.just([{"because": "字幕 " * 40}]),
        "sources": st.sampled_from([[], [{"id": "c", "title": "c " * 60, "gives": ["dated"]}]]),
        "context": st.booleans(),
        "in_reply_to": st.just(CONCERN),
    },
)  # fmt: skip


@settings(max_examples=examples(25, 60))
@given(
    st.dictionaries(st.sampled_from([ASK, NOTICE, REPLY]), VALUES, max_size=3),
    st.dates(date(2022, 12, 1), date(2024, 12, 1)),
    st.sampled_from([40, 41, 80, 120]),
)
def test_every_page_of_doubts_fits(build: Build, changes: dict[str, Any], day: date, width: int) -> None:
    view = doubts_of(build(changes), Reader(day))
    for lines in (doubts_lines([view], Page(width)), all_doubts_lines([view, view], Page(width))):
        for each in lines:
            text = plain(each)
            assert cells(text) <= width or " " not in text.strip()
