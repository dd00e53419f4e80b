"""Which ids are offered on the command line: those that anybody may ask for, and no name that somebody planted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event
from ogpcase.model.withhold import NOTHING, of_event
from ogpcase.store.files import DiskFiles
from ogpcase.store.plainly import surely_withholds_nothing
from ogpcase.workspace import Workspace
from ogpcase.workspace.offered import Offered
from ogpcase.workspace.secrecy import may_withhold
from ogpcase.yamltree import parse

CASE = "arcadia-2023"
LETTER = "2023-02-01-letter-ask"
FILE = Path(CASE, "events", f"{LETTER}.yaml")
PARTY = Path("parties", "open-arcadia.yaml")
HOSTILE = (
    "$(touch x)", "`touch x`", "a b", "a\nb", "a\x1b[31m", "a\x1b]0;x\x07", "-rf", "--help", "a;b", "a|b", "a&b", "a'b",
    'a"b', "a\\b", "a*b", "~root", "$HOME", "a\u202eb", "a\u200bb", "á", "A", "a--b", "a-", ".a", "con", "a" * 101,
    "a\udcff", "a=b", "a:b", "a#b", "a\tb", "!a", "{a,b}", "a>b",
)  # fmt: skip


def offered(root: Path) -> Offered:
    return Offered(DiskFiles(root))


def append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def test_everything_is_offered_where_nothing_is_withheld(arcadia: Path) -> None:
    workspace = Workspace.open(arcadia)
    assert workspace.case_ids() == offered(arcadia).cases()
    assert tuple(sorted(workspace.registry().parties)) == offered(arcadia).parties()
    events = workspace.case(CASE).casefile.event_by_id
    assert tuple(sorted(events)) == offered(arcadia).events(CASE)
    assert () == offered(arcadia).cases("b")


@pytest.mark.parametrize(
    "text",
    [
        "withhold: all\n", "withhold: [all]\n", "withhold: [dated]\n", "withhold: [kind]\n",
        "withhold: [dated, title]\n",
        '"withhold": all\n', "'withhold' : [dated]\n", '"with\\x68old": all\n', "? withhold\n: all\n",
        "withhold:\n- all\n",
        "withhold:\n", "withhold: [no_such_field]\n", 'withhold: ["requests#no-such-item"]\n', "withhold: {a: b}\n",
        "witheld: all\n", "with_hold: [dated]\n", "Withhold: all\n", "WITHHOLD: all\n", " withhold: all\n",
        "\twithhold: all\n", "withhold : all\n", "with\u200bhold: all\n", "\ufeffwithhold: all\n", "!x withhold: all\n",
        "&x withhold: all\n", "summary: no\nwithhold: [dated]\n", "---\nwithhold: all\n",
    ],
)  # fmt: skip
def test_no_event_is_offered_whose_date_is_withheld_or_may_be(arcadia: Path, text: str) -> None:
    append(arcadia / FILE, text)
    assert LETTER not in offered(arcadia).events(CASE)
    assert len(list((arcadia / CASE / "events").iterdir())) - 1 == len(offered(arcadia).events(CASE))


@pytest.mark.parametrize(
    "text", ["withhold: [title]\n", "withhold: []\n", "# withhold: all\n", "languages: [en]  # a\n"]
)
def test_an_event_is_offered_of_which_something_else_is_withheld(arcadia: Path, text: str) -> None:
    append(arcadia / FILE, text)
    assert LETTER in offered(arcadia).events(CASE)


@pytest.mark.parametrize("text", ["withhold: all\n", "witheld: all\n", "withhold: some\n", '"with\\x68old": all\n'])
def test_a_withheld_party_is_not_offered_nor_any_id_that_holds_one_of_its_names(arcadia: Path, text: str) -> None:
    """Neither an event called after it, nor another party, nor a case."""
    append(arcadia / PARTY, f"other_names: [Clear Books]\n{text}")
    for name in ("2023-05-05-letter-open-arcadia", "2023-05-05-letter-by-clear-books-too", "2023-05-05-letter-else"):
        (arcadia / CASE / "events" / f"{name}.yaml").write_bytes((arcadia / FILE).read_bytes())
    (arcadia / "clear-books-2020").mkdir()
    (arcadia / "clear-books-2020" / "case.yaml").write_bytes((arcadia / CASE / "case.yaml").read_bytes())
    (arcadia / "parties" / "friends-of-clear-books.yaml").write_text("name: Friends\nclassification: civil_society\n")

    found = offered(arcadia)
    assert [] == [each for each in found.parties() if "open-arcadia" in each or "clear-books" in each]
    assert "ogp-support-unit" in found.parties()
    assert (CASE,) == found.cases()
    assert () == found.events("clear-books-2020")
    assert ["2023-05-05-letter-else"] == [each for each in found.events(CASE) if each.startswith("2023-05-05")]


def test_an_id_that_holds_that_of_a_withheld_event_is_not_offered(arcadia: Path) -> None:
    (arcadia / CASE / "events" / f"{LETTER}-again.yaml").write_bytes((arcadia / FILE).read_bytes())
    assert f"{LETTER}-again" in offered(arcadia).events(CASE)
    append(arcadia / FILE, "withhold: all\n")
    assert [] == [each for each in offered(arcadia).events(CASE) if each.startswith(LETTER)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_is_no_id_is_never_offered(arcadia: Path, name: str) -> None:
    """As a case, an event or a party; what else is there is offered all the same."""
    before = [offered(arcadia).cases(), offered(arcadia).events(CASE), offered(arcadia).parties()]
    (arcadia / name / "events").mkdir(parents=True)
    for path in (arcadia / name / "case", arcadia / CASE / "events" / name, arcadia / "parties" / name):
        path.with_name(f"{path.name}.yaml").write_bytes((arcadia / FILE).read_bytes())
    after = offered(arcadia)
    assert before == [after.cases(), after.events(CASE), after.parties()]
    assert () == after.events(name)


@pytest.mark.parametrize(
    "case", ["..", ".", "", "parties", "/etc", f"../{CASE}", f"{CASE}/events", "no-such-case", "a\0b"]
)
def test_no_folder_is_looked_into_that_is_no_case(arcadia: Path, case: str) -> None:
    assert () == offered(arcadia).events(case)


def test_nothing_is_offered_by_way_of_a_link_or_a_pipe(arcadia: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "events").mkdir(parents=True)
    (outside / "case.yaml").write_bytes((arcadia / CASE / "case.yaml").read_bytes())
    (arcadia / "linked-2020").symlink_to(outside)
    events = arcadia / CASE / "events"
    (events / "2020-01-01-letter-linked.yaml").symlink_to(arcadia / FILE)
    (events / "2020-01-01-letter-twice.yaml").hardlink_to(arcadia / FILE)
    os.mkfifo(events / "2020-01-01-letter-pipe.yaml")
    found = offered(arcadia)
    assert (CASE,) == found.cases()
    assert [] == [each for each in found.events(CASE) if each.startswith("2020")]


EVENT = "kind: letter\ntitle: A\ndated: 2023-02-01\nsenders: [ogp]\nrequests:\n- id: a\n  text: B\n"
_PIECES = st.sampled_from([
    "withhold: all\n", "withhold: [title]\n", "withhold:", '"withhold": all\n', "? withhold\n: all\n", "witheld: all\n",
    "kind: letter\n", "title: A\n", "dated: 2023\n", "- a\n", "  b: c\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\x0b",
    " ", "---\n", "...\n", "{", "}", "[", '"', "'", "|\n", ">-\n", "# ", "\t", "\ufeff", "&a ", "*a", "!t ", "<<: ",
    "%YAML 1.1\n",
    "\\", "\xa0", "\u200b", ",", ": ", "summary: |\n", "all", "summary: 'x\n",
])  # fmt: skip


@given(st.lists(_PIECES, max_size=12).map("".join), st.integers(0, len(EVENT)))
@example("withhold: all\n", 0)
@example("\u2028withhold: all\n", EVENT.index("\ndated"))
@example("{withhold: all}\n", len(EVENT))
def test_what_is_surely_plain_withholds_nothing_in_the_eyes_of_the_loader(piece: str, where: int) -> None:
    """The short way never offers what the long way would keep back."""
    data = (EVENT[:where] + piece + EVENT[where:]).encode()
    if not surely_withholds_nothing(data):
        return
    assert not may_withhold(data.decode())
    tree = parse(data, "a/events/b.yaml").tree
    if tree is not None:
        bound = bind_event(tree.value, "b", "a/events/b.yaml")
        assert "withhold" not in bound.flawed
        assert bound.record is None or of_event(bound.record) == NOTHING


def test_a_plain_record_is_known_for_one() -> None:
    """Otherwise every id would be read the long way; CRLF and blanks that do not break are plain too."""
    for text in (
        EVENT,
        EVENT.replace("\n", "\r\n"),
        f"# a\n\n{EVENT}",
        EVENT.replace("A", "A\xa0: b"),
        EVENT + "summary: x",
    ):
        assert surely_withholds_nothing(text.encode())


def test_our_own_cases_are_known_for_plain() -> None:
    root = Path(__file__).parent.parent / "cases"
    assert [] == [file for file in sorted(root.rglob("*.yaml")) if not surely_withholds_nothing(file.read_bytes())]
