"""Markdown and Mermaid: record text in them is text, whatever it holds; nothing in it acts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ogpcase.diagnostics.visible_text import visible
from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.table_codes import table_names
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.status.tables import policy_mermaid
from ogpcase.reports.timeline.rows import Timeline, timeline_of
from ogpcase.reports.timeline.tables import timeline_markdown, timeline_mermaid

LATER = Reader(date(2026, 11, 22))
SIGNS = [
    "=1+1", "@SUM(A1)", "\r\n", '"', ",", ";", "|", "`", "**b**", "<script>", "&amp;", "[x](y)", "# h", "![x](y)",
    "1. a", "* a", "- a", "> q", "---", "https://example.org", "www.example.org", "a@b.org", "@octocat", "#12", "\\",
    "~~s~~", "    code", "::", "%%", "end", "[*]", "-->", "\u202e", "\x00", "\x1b[31m", "字", "é", "e\u0301", "\ud800",
    "$x$", "+ a", "1) a", "[ ] a", "[a]:", "a_b", "_", "__c__", "~d~", "a#", "GH-1", "&#65;", "{{", "===",
]  # fmt: skip
BLOCKS = ["a", "|", "\n", "\r", "1.", "====", "```", ":--", "<!--", "-->", "<b>", "_", "__", "%"]
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(SIGNS), max_size=6).map("".join),
    st.lists(st.sampled_from(BLOCKS), max_size=6).map(" ".join),
)


def case(*titles: str) -> CaseFile:
    """A case with these texts everywhere; what no record could hold is bound all the same."""
    events = []
    for number, text in enumerate(titles):
        values: dict[str, Any] = {"kind": "letter", "title": text, "dated": "2023"}
        values |= {"requests": [{"id": "a", "text": text}], "sources": [{"id": "s", "title": text}]}
        values |= {"also_dated": [{"value": "2022", "source": "s"}]}
        record = bind_event(values, f"e{number}", "f").record
        events += [record] if record else []
    header = {
        "title": titles[0] if titles else "x",
        "track": "response_policy",
        "subject": "a",
        "country": "XA",
        "language": "en",
    }
    return assemble("arcadia-2023", bind_header(header, "arcadia-2023", "f").record, tuple(events), Registry())


def timeline(*titles: str) -> Timeline:
    return timeline_of(case(*titles), LATER)


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def words(text: str) -> list[str]:
    """The texts that a reader of the Markdown gets, block by block; anything but plain text fails."""
    said = []
    for token in READER.parse(text):
        assert token.type not in {"html_block", "code_block", "fence", "hr", "blockquote_open", "bullet_list_open"}, (
            token
        )
        if token.type == "inline":
            assert token.children is not None
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special", "strong_open", "strong_close"}, kinds
            said.append("".join(child.content for child in token.children))
    return said


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
@example("1. a", "1) a")
@example("    code", "|")
@example("[a]: https://example.org", "<!--")
def test_no_text_acts_in_a_table_or_a_list(one: str, two: str) -> None:
    lines = [
        *markdown_table(["A", "B"], [[escaped(one), escaped(two)]]),
        "",
        f"1. {escaped(two)}",
        f"2. {escaped(one)}",
    ]
    said = words("\n".join(lines) + "\n")
    assert ["A", "B"] == said[:2]
    assert [each.replace("\u200b", "") for each in said[2:4]] == [plain_words(one), plain_words(two)]
    assert sorted(filter(None, (plain_words(one), plain_words(two)))) == sorted(
        each.replace("\u200b", "") for each in said[4:]
    )


def plain_words(text: str) -> str:
    """What the cell should say: the text on one line, what is invisible by its code point."""
    return visible(" ".join(text.split()))


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_a_timeline_in_markdown_is_a_heading_a_table_and_notes(one: str, two: str) -> None:
    text = timeline_markdown(timeline(one, two))
    words(text)
    tags = [token.tag for token in READER.parse(text) if token.type.endswith("_open")]
    shown = len(timeline(one, two).rows)
    assert (1, 1, shown) == (tags.count("h1"), tags.count("table"), tags.count("tr") - 1)
    assert 6 * shown == tags.count("td")
    text.encode()


@pytest.mark.parametrize(
    "text", ["@octocat", "#12", "a@b.org", "www.example.org", "https://example.org", "WWW.example.org"]
)
def test_what_github_looks_for_is_parted(text: str) -> None:
    """A mention, a reference to an issue and a bare address are found by GitHub in the text itself."""
    drawn = escaped(text)
    (said,) = words(drawn)
    assert not re.search(r"@\w|#\d", said)
    assert not re.search(r"www\.|://", drawn, re.IGNORECASE)
    assert text == said.replace("\u200b", "")


@pytest.mark.parametrize(
    "text",
    [
        "2018-07-16", "2018-07", "[2025-07-01..2025-11-30]", "[..2017-07-21]", "2017-06-27/2017-06-28", "2018~",
        "mexico-2018", "Afesis-corplan", "C&S", "R&D (x;y)", "snake_case", "as_stated_status", "-5 %", "#metoo",
        "3 < 4 > 2", "2 * 3", "a + b = c", "III.B.9", "(SFP), [sic]", "it's “said”: yes!", "Artículo 19", "1.5 {x}",
        "cases/a-b/events/2018-07-16-concern.yaml:3:8",
    ],
)  # fmt: skip
def test_what_acts_nowhere_stays_as_it_is(text: str) -> None:
    assert text == escaped(text)
    assert [text] == words(text)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("- a", r"\- a"), ("1. a", r"1\. a"), ("12) a", r"12\) a"), ("> a", r"\> a"), ("# a", r"\# a"),
        ("---", r"\---"), ("::a::", r"\::a::"), ("##[a", "##&#91;a"),
        ("a - b > c 1. d", "a - b > c 1. d"), ("C #", r"C \#"), ("[ ] a", r"\[ ] a"), ("*a* _b_", r"\*a\* \_b\_"),
        ("a|b", "a&#124;b"), ("<b>", "&#60;b>"), ("[a](b)", "[a&#93;(b)"), ("&amp;", r"\&amp;"), (r"\* \a", r"\\\* \a"),
        ("#12 @a GH-7", "#&#8203;12 @&#8203;a GH-&#8203;7"), ("~1~", r"\~1~"),
        ("https://e.org/a_b-c?d=1&e=2", r"https:\//e.org/a_b-c?d=1&e=2"), ("www.e.org", r"www\.e.org"),
    ],
)  # fmt: skip
def test_what_would_act_is_escaped_where_it_would(text: str, drawn: str) -> None:
    assert drawn == escaped(text)
    assert [text] == [each.replace("\u200b", "") for each in words(drawn)]


STATE = re.compile(
    r"stateDiagram-v2|    [a-z_]+ : [A-Za-z ,.()'/-]+|    \[\*\] --> [a-z_]+|    [a-z_]+ --> \[\*\]|"
    r"    [a-z_]+ --> [a-z_]+ : [A-Za-z0-9 ,.()'/-]+"
)


@pytest.mark.parametrize("name", [table.name for table in table_names()])
def test_a_policy_table_is_a_state_diagram(name: str) -> None:
    table = procedure_named(name)
    lines = policy_mermaid(table).splitlines()
    assert all(STATE.fullmatch(each) for each in lines)
    assert "stateDiagram-v2" == lines[0]
    moves = [each for each in lines if " --> " in each and "[*]" not in each]
    assert sum(len(move.from_) for move in table.moves) == len(moves)
    doubtful = sum(len(move.from_) for move in table.moves if not move.verified)
    assert doubtful == sum(each.endswith("(not verified)") for each in moves)


@given(HOSTILE, HOSTILE)
def test_a_timeline_in_mermaid_has_no_line_but_its_own(one: str, two: str) -> None:
    lines = timeline_mermaid(timeline(one, two)).splitlines()
    label = r"(?=\S)[^\n:;#%<>\[\]{}|`\"\\&@=*]*\S"
    grammar = re.compile(rf"timeline|    title {label}|    section {label}|        {label} : {label}")
    assert all(grammar.fullmatch(each) for each in lines), lines
    assert len(timeline(one, two).rows) == sum(each.startswith("        ") for each in lines)


def test_letters_of_every_script_stay_in_a_mermaid_label() -> None:
    lines = timeline_mermaid(timeline("Ministère: हिन्दी 字 (2019)")).splitlines()
    assert "    title Ministère हिन्दी 字 (2019)" == lines[1]
    assert "    title -" == timeline_mermaid(timeline("!!!")).splitlines()[1]
