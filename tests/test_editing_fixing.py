"""What `fix` mends and what it leaves to a person; what is not mended stays to the byte, and a second time nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.editing.fixing import Fixed, fix, mended
from ogpcase.editing.sharing import shared
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse

TODAY = date(2024, 7, 1)
HERE = Path(__file__).parent
UNSOUND = sorted(path for path in (HERE / "corpus" / "unsound").iterdir() if (path / "cases").is_dir())
MENDED = {"OC103", "OC105", "OC118", "OC123", "OC207", "OC212"}
"""The planted problems of the corpus that have one right answer."""
EVENT = "x/events/2023-02-01-letter.yaml"
SEED = "kind: letter  # a\ntitle: T\ndated: 2023-02-01\n\n# b\nsenders:\n- a\nsummary: >-\n  one\n  two\n"


def fixed(root: Path, *paths: Path) -> Fixed:
    return fix(Workspace.open(root), paths, TODAY)


def second_format(root: Path) -> Path:
    """Says that a folder has the second format, so that no fix has to."""
    (root / "ogpcase.yaml").write_text("format: 2\n", encoding="utf-8")
    return root


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def with_shared_sources(root: Path) -> Path:
    """The folder with what its events share in files; see test_editing_sharing.py."""
    workspace = Workspace.open(root)
    for case in workspace.all():
        for change in shared(workspace, case):
            (root / change.file).parent.mkdir(exist_ok=True)
            (root / change.file).write_text(change.new)
    return root


@pytest.fixture
def arcadia(arcadia: Path) -> Path:
    return with_shared_sources(arcadia)


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda path: path.name)
def test_of_the_corpus_what_has_one_right_answer_is_mended(folder: Path, tmp_path: Path) -> None:
    """Only that: every other problem is still found, no new one is, and a second time nothing changes."""
    root = with_shared_sources(second_format(copytree(folder / "cases", tmp_path / "cases")))
    before = judge(Workspace.open(root), (), TODAY)
    done = fixed(root)
    code = folder.name.partition("-")[0]
    assert ({code} if code in MENDED else set()) == {each.code for each in done.mended}
    assert [*before.diagnostics] == sorted([*done.mended, *done.verdict.diagnostics], key=lambda each: each.order)
    assert bool(done.mended) == bool(done.written or done.renamed)
    after = snapshot(root)
    again = fixed(root)
    assert ((), (), ()) == (again.written, again.renamed, again.mended)
    assert after == snapshot(root)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\ufeffkind: letter\ntitle: T\n", "kind: letter\ntitle: T\n"),
        ("kind: letter\r\ntitle: T\r\ndated: 2023\n", "kind: letter\r\ntitle: T\r\ndated: 2023\r\n"),
        ("kind: letter\ntitle: T\ndated: 2023\r\n", "kind: letter\ntitle: T\ndated: 2023\n"),
        ("kind: letter\rtitle: T\r", "kind: letter\ntitle: T\n"),
        ("kind: letter\r\ntitle: T", "kind: letter\r\ntitle: T\r\n"),
        ("kind: letter\ntitle: no # why\n", 'kind: letter\ntitle: "no" # why\n'),
        ("kind: letter\ntitle: {no: Brev, en: on}\n", 'kind: letter\ntitle: {"no": Brev, en: "on"}\n'),
        ("kind: letter\ntitle: T\nbasis: 012\n", 'kind: letter\ntitle: T\nbasis: "012"\n'),
        ("kind: letter\ntitle: true\n", 'kind: letter\ntitle: "true"\n'),
        ("kind: letter\ntitle: T\nlanguages: [no, es]\n", 'kind: letter\ntitle: T\nlanguages: ["no", es]\n'),
    ],
)
def test_the_text_of_a_file_is_mended(old: str, new: str) -> None:
    assert new == mended(old, EVENT)
    assert new == mended(new, EVENT)


@pytest.mark.parametrize(
    "text",
    [
        "kind: letter\ntitle: T\ncontext: yes\n",  # `true` was meant, or `\"yes\"` in another field
        "kind: letter\ntitle: T\nsignatory_count: 012\n",  # 12 or 10
        "kind: letter\ntitle:\n",  # a value, or no line
        "kind: letter\ntitel: T\n",  # a nearest name is a guess
        "kind: letter\ntitle: [\n  cut sho",  # what is missing is not known
        "kind: letter\ntitle: T\ntitle: U\n",
        "kind: letter\ntitle: T\ndated: 2023-02-30\n",
        "kind: letter\ntitle:\t T\n",
    ],
)
def test_what_has_two_answers_is_left(text: str) -> None:
    assert text == mended(text, EVENT)


def test_a_word_of_the_2014_version_becomes_the_code_and_is_kept(tmp_path: Path) -> None:
    """Under the 2017 version, and under another track, it may have been meant otherwise."""
    old = "kind: resolution\ntitle: T\ndated: 2016\nmoves_to: [inactive] # so it said\nsources: []\n"
    new = old.replace("[inactive]", "[suspended]").replace("sources", "as_stated_status: inactive\nsources")
    words = {"inactive": "suspended"}
    assert new == mended(old, EVENT, words=words)
    assert old == mended(old, EVENT, words={}) == mended(old, EVENT)
    assert new.replace("[suspended]", "suspended") == mended(old.replace("[inactive]", "inactive"), EVENT, words=words)
    said = old.replace("sources", "as_stated_status: inactivo\nsources")
    assert said.replace("[inactive]", "[suspended]") == mended(said, EVENT, words=words)
    root = copytree(HERE / "corpus/unsound/OC421-word-of-another-version/cases", tmp_path / "cases")
    header = root / "arcadia-2023/case.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace('"2017"', '"2014"'), encoding="utf-8")
    assert "OC421" in {each.code for each in fixed(root).mended}


def test_a_word_of_another_version_is_left_for_a_person(tmp_path: Path) -> None:
    """Under the 2017 version and in Procedural Review, `inactive` may have been meant otherwise."""
    root = copytree(HERE / "corpus/unsound/OC421-word-of-another-version/cases", tmp_path / "cases")
    assert "OC421" not in {each.code for each in fixed(root).mended}


def plant(rng: Random, text: str) -> str:
    """Writes one of the faults that have one right answer into a sound text."""
    ends = ["\n", "\r\n"]
    lines = text.splitlines()
    return rng.choice(
        (
            "\ufeff" + text,
            "".join(line + rng.choice(ends) for line in lines),
            text.rstrip("\n"),
            text.replace("title: T", f"title: {rng.choice(('no', 'on', '1_000', '12:30', '0o7', 'true', 'yes'))}"),
            text.replace("- a\n", "- a\n- no\n"),
        )
    )


@settings(max_examples=examples(40, 200), deadline=None)
@given(st.integers(0, 2**32).map(Random))
def test_the_mended_says_the_same_and_mending_again_changes_nothing(rng: Random) -> None:
    planted = plant(rng, SEED)
    new = mended(planted, EVENT)
    assert new == mended(new, EVENT)
    parsed = parse(new.encode(), EVENT)
    assert parsed.tree is not None
    assert () == parsed.problems
    kept = [line for line in planted.lstrip("\ufeff").splitlines() if "title" not in line and "no" not in line]
    assert kept == [line for line in new.splitlines() if "title" not in line and "no" not in line]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_sound_folder_is_left_as_it_is(arcadia: Path, ends: str) -> None:
    for path in second_format(arcadia).rglob("*.yaml"):
        path.write_bytes(path.read_text(encoding="utf-8").replace("\n", ends).encode())
    before = snapshot(arcadia)
    done = fixed(arcadia)
    assert ((), (), ()) == (done.written, done.renamed, done.mended)
    assert before == snapshot(arcadia)


@pytest.mark.parametrize("text", [None, "format: 1  # as it was\n"])
def test_a_folder_of_the_first_format_gets_the_second(arcadia: Path, text: str | None) -> None:
    path = arcadia / "ogpcase.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert ("ogpcase.yaml",) == fixed(arcadia).written
    assert (text or "format: 1\n").replace("1", "2") == path.read_text(encoding="utf-8")
    assert () == fixed(arcadia).written


def test_a_folder_keeps_its_format_while_a_party_needs_a_pseudonym(arcadia: Path) -> None:
    """In the second format `withhold: all` is an error, and no fix brings an error."""
    party = arcadia / "parties/open-arcadia.yaml"
    party.write_text(f"{party.read_text(encoding='utf-8')}withhold: all\n", encoding="utf-8")
    before = snapshot(arcadia)
    assert () == fixed(arcadia).written
    assert before == snapshot(arcadia)


def test_only_the_paths_given_are_mended_but_references_everywhere(arcadia: Path) -> None:
    letter = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    wrong = letter.rename(letter.with_name("2023-02-02-letter-ask.yaml"))
    concern = arcadia / "arcadia-2023/events/2023-04-10-concern.yaml"
    text = concern.read_text(encoding="utf-8").replace("2023-02-01-letter-ask", "2023-02-02-letter-ask").rstrip("\n")
    concern.write_text(text, encoding="utf-8")
    done = fixed(arcadia, wrong)
    assert ["OC212"] == [each.code for each in done.mended]
    assert [("arcadia-2023/events/2023-02-02-letter-ask.yaml", "arcadia-2023/events/2023-02-01-letter-ask.yaml")] == [
        *done.renamed
    ]
    assert text.replace("2023-02-02", "2023-02-01") == concern.read_text(encoding="utf-8")
    assert ["OC123"] == [each.code for each in fixed(arcadia).mended]


def test_a_name_that_is_taken_or_needs_words_is_left(arcadia: Path) -> None:
    events = arcadia / "arcadia-2023/events"
    text = (events / "2023-02-01-letter-ask.yaml").read_text(encoding="utf-8")
    text = text.partition("sources:")[0] + "sources: [case-page]\n"
    (events / "2023-02-02-letter-ask.yaml").write_text(text, encoding="utf-8")
    undated = text.replace("dated: 2023-02-01", "dated: unknown")
    (events / "2023-02-03-letter.yaml").write_text(undated, encoding="utf-8")
    before = snapshot(second_format(arcadia))
    done = fixed(arcadia)
    assert ((), ()) == (done.written, done.renamed)
    assert ["OC212", "OC212"] == [each.code for each in done.verdict.diagnostics if each.code == "OC212"]
    assert before == snapshot(arcadia)
