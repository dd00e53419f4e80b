"""Hostile record text: whatever a record says, every format of a verdict stays what it is, and commands nobody."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
from hypothesis import given
from hypothesis import strategies as st
from tests.test_output_gitlab import problems_of
from tests.test_output_junit import junit_schema

from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.ci import github, github_summary, gitlab, junit, sarif
from ogpcase.output.lines import Page, plain
from ogpcase.output.verdicts import concise, verdict_lines

DATA = Path(__file__).parent / "data"
SARIF = jsonschema.Draft4Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = junit_schema()
SNIPPETS = (
    *("\n", "\r", "\r\n", "\x85", "\u2028", "\x1b[31m", "\x1b]52;c;eA==\x07", "\x9b31m", "\x00", "\t"),
    *(
        "::error::",
        "::error file=x::y",
        "::stop-commands::",
        "##[",
        "##[error]",
        "##",
        "[",
        "%0A",
        "%25",
        ",",
        ":",
        "::",
    ),
    *("]]>", "&", "&amp;", "<failure/>", '"', "'", "{0}", "](http://x)", "|", "`", "\\", "/", "..", " "),
    *("\ud800", "\udfff", "\ufffe", "\u202e", "\u2066", "\u200b", "\ufeff", "\u3000", "…", "标", "e\u0301", "word"),
)
TEXTS = st.lists(st.sampled_from(SNIPPETS) | st.characters(), max_size=5).map("".join)
PATHS = st.one_of(TEXTS.map(lambda text: f"cases/{text}"), TEXTS.filter(bool))
NUMBERS = st.integers(1, 400)


@st.composite
def spots(draw: st.DrawFn) -> Spot:
    line, column = draw(NUMBERS), draw(NUMBERS)
    end_line = line + draw(st.integers(0, 2))
    end_column = column + draw(st.integers(0, 50)) if end_line == line else draw(NUMBERS)
    route = tuple(draw(st.lists(TEXTS | st.integers(0, 3), max_size=3)))
    excerpt = draw(st.none() | TEXTS.map(lambda text: re.sub("[\r\n]", " ", text)))
    return Spot(draw(PATHS), Span(line, column, end_line, end_column), route, draw(TEXTS), excerpt)


DIAGNOSTICS = st.builds(
    Diagnostic,
    code=st.sampled_from(["OC301", "OC202", "OC999"]),
    name=st.just("some-name"),
    severity=st.sampled_from(Severity),
    message=TEXTS,
    spots=st.lists(spots(), min_size=1, max_size=3).map(tuple),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    helps=st.lists(TEXTS, max_size=2).map(tuple),
)
VERDICTS = st.lists(DIAGNOSTICS, max_size=3).map(lambda several: Verdict(tuple(several), 3, 1))


def frames(verdict: Verdict) -> str:
    return "".join(f"{plain(each)}\n" for each in verdict_lines(verdict, Page()))


def commands(text: str) -> list[str]:
    """Returns the lines that a runner would take for a command: it ends lines at LF and CR, and skips blanks."""
    lines = re.split(r"\r\n|\r|\n", text)
    return [line for line in lines if "##[" in line or re.match(r"\s*::[^:]*::", line)]


def acting(text: str) -> set[str]:
    """Returns the characters that act on a terminal or cannot be written, beside the ends of lines."""
    return {each for each in text if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"}} - {"\n"}


@given(VERDICTS)
def test_no_format_but_github_s_commands_the_runner(verdict: Verdict) -> None:
    for write in (concise, gitlab, junit, sarif, frames, github_summary):
        assert [] == commands(write(verdict))


@given(VERDICTS)
def test_github_s_commands_are_ours_alone(verdict: Verdict) -> None:
    """One for each diagnostic up to ten of a severity, each beginning as we begin it."""
    many = Verdict(verdict.diagnostics * 6)
    found = commands(github(many))
    assert sum(min(10, many.number_of(severity)) for severity in Severity) == len(found)
    ours = re.compile(r"::(error|warning) (file=[^,:]*,line=\d+,)?(col=\d+,)?(end(Line|Column)=\d+,)?title=OC\d+::")
    assert [] == [line for line in found if not ours.match(line) or "##[" in line]


@given(VERDICTS)
def test_nothing_acts_on_a_terminal(verdict: Verdict) -> None:
    for write in (concise, github, gitlab, junit, sarif, frames, github_summary):
        text = write(verdict)
        assert set() == acting(text)
        assert not {"\u202e", "\u2066", "\u200b", "\ufeff"} & set(text)


@given(VERDICTS)
def test_concise_has_a_line_for_each_diagnostic(verdict: Verdict) -> None:
    lines = concise(verdict).split("\n")[:-1]
    assert len(verdict.diagnostics) == len(lines)
    for line, each in zip(lines, verdict.diagnostics, strict=True):
        assert f": {each.severity}[{each.code}] " in line


@given(VERDICTS)
def test_sarif_is_valid_and_loses_no_word(verdict: Verdict) -> None:
    log = json.loads(sarif(verdict))
    assert [] == [error.message for error in SARIF.iter_errors(log)]
    results = log["runs"][0]["results"]
    prints = [each["partialFingerprints"]["ogpcase/v1"] for each in results]
    assert len(prints) == len(set(prints))
    for result, each in zip(results, verdict.diagnostics, strict=True):
        said = result["message"]["text"].replace("{{", "{").replace("}}", "}").replace("] (", "](")
        assert said.startswith(visible(each.message).replace("] (", "]("))


@given(VERDICTS)
def test_code_quality_is_valid_and_loses_no_word(verdict: Verdict) -> None:
    entries = json.loads(gitlab(verdict))
    assert [] == problems_of(entries)
    for entry, each in zip(entries, verdict.diagnostics, strict=True):
        assert entry["description"].startswith(visible(each.message))


@given(VERDICTS)
def test_junit_is_valid_and_loses_no_word(verdict: Verdict) -> None:
    text = junit(verdict)
    assert [] == [error.reason for error in JUNIT.iter_errors(text)]
    root = ET.fromstring(text.encode())
    said = "\n".join(element.text or "" for element in root.iter() if element.tag in {"failure", "system-out"})
    for each in verdict.diagnostics:
        assert visible(each.message).replace("##[", "##\\u{005b}") in said


@given(VERDICTS)
def test_a_summary_has_its_columns_whatever_the_cells_hold(verdict: Verdict) -> None:
    rows = [line for line in github_summary(verdict).splitlines() if line.startswith("| ")]
    assert [] == [row for row in rows if row.count("|") != 4]


@given(VERDICTS)
def test_a_frame_has_the_lines_it_should(verdict: Verdict) -> None:
    """No text of a record begins a line of its own: each line begins as a part of a frame does."""
    part = re.compile(
        r"$|(error|warning)\[OC\d+\]: ?|\s*(-->|:::|\||=) ?|\s*\d+ \||… and \d+ more like it: |no problems|\d+ "
    )
    assert [] == [line for line in frames(verdict).split("\n") if not part.match(line)]
