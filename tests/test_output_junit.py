"""JUnit XML: valid by the schema of Jenkins' readers, a test for each file, and no character that XML has not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.output.ci import junit
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
UNSOUND = sorted(each for each in (HERE / "corpus" / "unsound").iterdir() if each.is_dir())


def junit_schema() -> xmlschema.XMLSchema:
    """The schema by which Jenkins reads reports, with the attribute that GitLab reads beside it: a test's file."""
    text = (HERE / "data" / "junit-10.xsd").read_text(encoding="utf-8")
    mark = '<xs:attribute name="classname" type="xs:string"/>'
    assert 1 == text.count(mark)
    return xmlschema.XMLSchema(text.replace(mark, mark + '<xs:attribute name="file" type="xs:string"/>'))


SCHEMA = junit_schema()
LETTER = "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml"


def report_of(verdict: Verdict) -> ET.Element:
    """Returns the report, which the schema accepts and whose counts are true."""
    text = junit(verdict)
    assert [] == [str(error) for error in SCHEMA.iter_errors(text)]
    root = ET.fromstring(text.encode())
    for each in (root, *root.iter("testsuite")):
        assert int(each.attrib["tests"]) == len(list(each.iter("testcase")))
        assert int(each.attrib["failures"]) == len(list(each.iter("failure")))
    return root


def diagnostic(
    path: str = LETTER, severity: Severity = Severity.ERROR, message: str = "it is wrong", code: str = "OC301"
) -> Diagnostic:
    return Diagnostic(code, "some-name", severity, message, (Spot(path, Span(3, 8, 3, 18), (), "", None),))


def cases_of(root: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(each.get("classname"), each.get("name")) for each in root.iter("testcase")]


def test_the_schema_refuses_what_is_no_report() -> None:
    assert not SCHEMA.is_valid(junit(Verdict((diagnostic(),))).replace('name="ogpcase"', 'nonsense="ogpcase"'))


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_every_unsound_folder_gives_a_valid_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every message is in it, as a failure or as output."""
    monkeypatch.chdir(folder)
    verdict = judge(Workspace.open(None), (), date(2026, 11, 22))
    root = report_of(verdict)
    failures = "\n".join(each.text or "" for each in root.iter("failure"))
    outputs = "\n".join(each.text or "" for each in root.iter("system-out"))
    for each in verdict.diagnostics:
        assert f"[{each.code}] {each.message}" in (failures if each.severity is Severity.ERROR else outputs)


def test_a_sound_folder_is_one_test_that_passed() -> None:
    root = report_of(Verdict((), files=10, cases=1))
    assert [("sound", "all other files; 10 files judged in 1 case")] == cases_of(root)


def test_a_case_is_a_suite_and_a_file_a_test() -> None:
    paths = (LETTER, "cases/arcadia-2023/case.yaml", "cases/parties/ogp.yaml", "a.yaml", "cases/x-1/other.yaml")
    root = report_of(Verdict(tuple(map(diagnostic, paths))))
    assert [
        ("cases/arcadia-2023", "events/2023-02-01-letter-ask.yaml"),
        ("cases/arcadia-2023", "case.yaml"),
        ("cases/parties", "ogp.yaml"),
        (".", "a.yaml"),
        ("cases/x-1", "other.yaml"),
    ] == cases_of(root)[1:]
    assert ["sound", "cases/arcadia-2023", "cases/parties", ".", "cases/x-1"] == [each.get("name") for each in root]


def test_a_test_names_the_file_from_the_top_of_the_repository() -> None:
    root = report_of(Verdict((diagnostic(), diagnostic(path="cases/parties/ogp.yaml"))))
    assert [None, LETTER, "cases/parties/ogp.yaml"] == [each.get("file") for each in root.iter("testcase")]


def test_a_file_has_one_failure_for_all_its_errors_and_warnings_beside_it() -> None:
    """Readers show the first failure of a test and drop the others."""
    warned = diagnostic(severity=Severity.WARNING, message="it is odd", code="OC317")
    root = report_of(Verdict((diagnostic(), diagnostic(message="worse", code="OC202"), warned)))
    (failure,) = root.iter("failure")
    assert ("OC301", "OC301 it is wrong (and 1 more error)") == (failure.get("type"), failure.get("message"))
    assert f"{LETTER}:3:8: error[OC301] it is wrong\n{LETTER}:3:8: error[OC202] worse" == failure.text
    assert [f"{LETTER}:3:8: warning[OC317] it is odd"] == [each.text for each in root.iter("system-out")]


def test_warnings_alone_fail_no_test() -> None:
    root = report_of(Verdict((diagnostic(severity=Severity.WARNING),)))
    assert ("0", []) == (root.get("failures"), list(root.iter("failure")))


def test_all_that_is_said_is_in_the_text() -> None:
    one = diagnostic()
    spots = (one.spots[0]._replace(label="this one"), one.spots[0]._replace(label="that one"))
    (failure,) = report_of(Verdict((one._replace(spots=spots, notes=("n",), helps=("h",)),))).iter("failure")
    expected = [
        f"{LETTER}:3:8: error[OC301] it is wrong",
        "  this one",
        f"  {LETTER}:3:8: that one",
        "  note: n",
        "  help: h",
    ]
    assert expected == (failure.text or "").split("\n")


def test_text_that_xml_would_obey_is_text() -> None:
    hostile = "]]> & <failure/> \"quoted\" 'too' &amp; <!-- -->"
    (failure,) = report_of(Verdict((diagnostic(message=hostile),))).iter("failure")
    assert f"OC301 {hostile}" == failure.get("message")
    assert (failure.text or "").endswith(hostile)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x08", "\ufffe", "\uffff", "\ud800", "\n", "\t", "\u0085"])
def test_a_character_that_xml_has_not_or_would_change_is_shown_as_its_code_point(character: str) -> None:
    """A newline or a tab in an attribute would come back as a blank."""
    (failure,) = report_of(Verdict((diagnostic(message=f"a{character}b"),))).iter("failure")
    assert f"OC301 a\\u{{{ord(character):04x}}}b" == failure.get("message")


def test_a_report_printed_in_a_job_commands_nothing() -> None:
    one = diagnostic(path="##[error]a.yaml", message="##[error]x")
    text = junit(Verdict((one,)))
    assert "##[" not in text
    assert [] == [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert (".", "##[error]a.yaml") == cases_of(report_of(Verdict((one,))))[1]


def test_the_command_prints_it(ogpcase: Run, arcadia: Path) -> None:
    letter = arcadia.parent / LETTER
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    done = ogpcase("validate", "--format", "junit")
    assert (1, "") == (done.returncode, done.stderr)
    assert ("cases/arcadia-2023", LETTER[19:]) in cases_of(ET.fromstring(done.stdout.encode()))
