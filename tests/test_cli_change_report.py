"""What a writing command prints of its files: the lines that change, how to take it back, what to add to git."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

from ogpcase.cli.write_session import changed_lines
from ogpcase.editing.changing import Change
from ogpcase.output.lines import Page, plain

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/2023-02-01-letter-ask"
FILE = "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml"
CONCERN = "cases/arcadia-2023/events/2023-04-10-concern.yaml"
REPORT = "2024-01-15-report-review"


def git(folder: Path, *words: str) -> str:
    identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **identity}
    return subprocess.run(["git", *words], cwd=folder, env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def tracked(arcadia: Path) -> Path:
    """The small case, with a second party for one of its own, committed to git."""
    (arcadia / "parties/twin.yaml").write_text("name: Twin\nclassification: civil_society\n", "utf-8")
    git(arcadia.parent, "init", "-q")
    git(arcadia.parent, "add", "-A")
    git(arcadia.parent, "commit", "-q", "-m", "Begin")
    return arcadia


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def undone(root: Path, done: CompletedProcess[str]) -> dict[str, bytes]:
    """Runs the commands that a command printed to take it back; returns the files then."""
    assert (0, "") == (done.returncode, done.stderr)
    for line in done.stdout.splitlines():
        if line.startswith("undo"):
            subprocess.run(shlex.split(line.removeprefix("undo")), cwd=root.parent, check=True)
    return snapshot(root)


@pytest.mark.parametrize(
    "words",
    [
        ("set", LETTER, "title", "Another"),
        ("set", LETTER, "dated", "2023-02-02"),
        ("add", LETTER, "sources", "https://example.org/a"),
        ("remove", f"{LETTER}#publish-contracts"),
        ("answer", f"{LETTER}#publish-contracts", "met", "--in", REPORT, "--of", "government-of-arcadia"),
        ("rename", LETTER, "2023-02-01-letter-first"),
        ("rename", "arcadia-2023", "arcadia-2022"),
        ("rename", "open-arcadia", "arcadia-open"),
        ("edit", LETTER),
        ("attach", LETTER, "letter.pdf", "--paper"),
        ("merge-parties", "open-arcadia", "twin"),
        ("withdraw", "2024-06-03-resolution", "--because", "A mistake"),
        ("withdraw", "2024-06-03-resolution", "--delete"),
        ("add-party", "press", "--name", "Press", "--classification", "media"),
        ("add-event", "arcadia-2023", "letter", "--title", "T", "--dated", "2023-02-05", "--senders", "open-arcadia",
         "--source", "https://example.org/a"),
    ],
    ids=lambda words: " ".join(words[:3]),
)  # fmt: skip
def test_what_is_printed_takes_the_change_back(
    tracked: Path, ogpcase: Run, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i s/2022/2021/")
    (tracked.parent / "letter.pdf").write_bytes(b"%PDF")
    before = snapshot(tracked)
    done = ogpcase(*words)
    assert before != snapshot(tracked)
    assert before == undone(tracked, done)
    assert "?? letter.pdf\n" == git(tracked.parent, "status", "--porcelain")


@pytest.mark.parametrize(
    "words",
    [
        ("set", LETTER, "title", "Another"),
        ("set", LETTER, "dated", "2023-02-02"),
        ("add", LETTER, "sources", "https://example.org/a"),
        ("rename", "arcadia-2023", "arcadia-2022"),
        ("rename", "open-arcadia", "arcadia-open"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_git_add_names_the_files_that_were_touched(tracked: Path, ogpcase: Run, words: tuple[str, ...]) -> None:
    (tracked / "arcadia-2023/README.md").write_text("A note of somebody else.\n", "utf-8")
    if words[0] != "rename" or "/" in words[1]:
        other = tracked / "arcadia-2023/events/2024-06-03-resolution.yaml"
        other.write_text(f"{other.read_text('utf-8')}# a note\n", "utf-8")
    note = git(tracked.parent, "status", "--porcelain")
    done = ogpcase(*words)
    (add,) = (line.removeprefix("next") for line in done.stdout.splitlines() if line.startswith("next"))
    git(tracked.parent, *shlex.split(add)[1:])
    left = [line for line in git(tracked.parent, "status", "--porcelain").splitlines() if line[1] != " "]
    wanted = [] if words[1] == "arcadia-2023" else note.splitlines()
    assert wanted == left


def test_where_git_has_other_text_another_command_takes_it_back(tracked: Path, ogpcase: Run) -> None:
    assert f"undo    git restore {FILE}\n" in ogpcase("set", LETTER, "title", "Another").stdout
    second = ogpcase("set", LETTER, "title", "A third")
    assert f"undo    ogpcase set {LETTER} title Another\n" in second.stdout
    third = ogpcase("remove", f"{LETTER}#publish-contracts")
    assert f"undo    by hand: git restore would also lose earlier changes of {FILE}\n" in third.stdout
    git(tracked.parent, "add", FILE)
    assert f"undo    git restore {FILE}\n" in ogpcase("set", LETTER, "title", "A fourth").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("set", LETTER, "title", "Another"),
        ("set", f"{LETTER}#publish-contracts", "due", "2023-03-15"),
        ("set", LETTER, "basis", "III.B.9"),
        ("add", LETTER, "senders", "Government of Arcadia"),
        ("add", LETTER, "languages", "en", "es"),
        ("add", LETTER, "requests", "Publish the list"),
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_without_git_a_command_takes_it_back(arcadia: Path, ogpcase: Run, words: tuple[str, ...]) -> None:
    before = snapshot(arcadia)
    done = ogpcase(*words)
    (undo,) = (line.removeprefix("undo") for line in done.stdout.splitlines() if line.startswith("undo"))
    assert 0 == ogpcase(*shlex.split(undo)[1:]).returncode
    assert before == snapshot(arcadia)


def test_without_git_the_whole_old_text_is_shown(arcadia: Path, ogpcase: Run) -> None:
    lines = [f"  line {number}" for number in range(10)]
    text = (arcadia.parent / FILE).read_text("utf-8")
    (arcadia.parent / FILE).write_text(text + "\n".join(["summary: |", *lines, ""]), "utf-8")
    done = ogpcase("remove", LETTER, "summary")
    assert [f"  - {line}" for line in ["summary: |", *lines]] == done.stdout.splitlines()[1:12]
    assert f"undo    by hand: git has no earlier text of {FILE}\n" in done.stdout


def test_with_git_the_first_lines_are_shown(tracked: Path, ogpcase: Run) -> None:
    lines = [f"  line {number}" for number in range(10)]
    text = (tracked.parent / FILE).read_text("utf-8")
    (tracked.parent / FILE).write_text(text + "\n".join(["summary: |", *lines, ""]), "utf-8")
    git(tracked.parent, "add", FILE)
    done = ogpcase("remove", LETTER, "summary")
    assert ["  -   line 3", "  - … and 6 more lines"] == done.stdout.splitlines()[5:7]


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("short", "other", ["  - short", "  + other"]),
        (
            f"{'a ' * 40}one",
            f"{'a ' * 40}two",
            ["  - …a a a a a a a a a a a a a a a a one", "  + …a a a a a a a a a a a a a a a a two"],
        ),
        (
            f"one{' b' * 40}",
            f"two{' b' * 40}",
            ["  - one b b b b b b b b b b b b b b b b…", "  + two b b b b b b b b b b b b b b b b…"],
        ),
    ],
)
def test_a_long_line_is_shown_around_what_changes(old: str, new: str, shown: list[str]) -> None:
    change = Change("f.yaml", f"{old}\n", f"{new}\n", "")
    lines = [plain(line) for line in changed_lines(change, Page(40), whole=False)]
    assert shown == lines
    assert [f"  - {old}", f"  + {new}"] == [plain(line) for line in changed_lines(change, Page(), whole=False)]


def test_record_text_commands_no_ci_runner_and_no_terminal(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("set", LETTER, "title", "a ##[error]b \x1b[31mred")
    assert (False, False) == ("##[" in done.stdout, "\x1b" in done.stdout)
    assert arcadia.is_dir()


def test_of_many_files_the_first_few_are_shown_and_all_are_named(mexico: Path, ogpcase: Run) -> None:
    git(mexico.parent, "init", "-q")
    git(mexico.parent, "add", "-A")
    done = ogpcase("rename", "mexico-2018/2018-07-16-concern", "2018-07-16-concern-first")
    lines = done.stdout.splitlines()
    assert "  + aliases: [2018-07-16-concern]" == lines[1]
    named = [place for place, line in enumerate(lines) if line.startswith("wrote")]
    shown = [place for place in named if lines[place + 1].startswith("  -")]
    assert (7, 2) == (len(named), len(shown))


@pytest.mark.parametrize(
    ("here", "undo"),
    [
        (".", "git -C 'q[1]/cases' restore parties/open-arcadia.yaml"),
        ("q[1]/cases/arcadia-2023", "git --literal-pathspecs restore '{}/q[1]/cases/parties/open-arcadia.yaml'"),
    ],
)
def test_a_path_that_git_would_take_for_a_pattern_is_taken_as_it_is(
    tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, here: str, undo: str
) -> None:
    """`git restore q[1]/…` would restore `q1/…` too."""
    for name in ("q[1]", "q1"):
        copytree(Path(__file__).parent / "folders/arcadia/cases", tmp_path / name / "cases")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    theirs = tmp_path / "q1/cases/parties/open-arcadia.yaml"
    theirs.write_text(f"{theirs.read_text('utf-8')}# not committed\n", "utf-8")
    before = {str(path): path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    monkeypatch.chdir(tmp_path / here)
    done = ogpcase("set", "parties/open-arcadia", "name", "Another", *(["--root", "q[1]"] if here == "." else []))
    assert 0 == done.returncode, done.stderr
    assert f"undo    {undo.format(tmp_path)}\n" in done.stdout
    subprocess.run(shlex.split(undo.format(tmp_path)), check=True)
    assert before == {str(path): path.read_bytes() for path in tmp_path.rglob("*.yaml")}


@pytest.mark.parametrize("named", [True, False], ids=["--root", "from above the repository"])
def test_what_is_printed_works_where_the_command_ran(
    arcadia: Path, tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, *, named: bool
) -> None:
    git(arcadia, "init", "-q")
    git(arcadia, "add", "-A")
    git(arcadia, "commit", "-q", "-m", "Begin")
    before = {path: data for path, data in snapshot(arcadia).items() if path.endswith(".yaml")}
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere if named else tmp_path)
    root = ("--root", "../cases") if named else ()
    done = ogpcase("set", LETTER, "title", "Another", *root)
    (undo,) = [each.removeprefix("undo") for each in done.stdout.splitlines() if each.startswith("undo")]
    assert shlex.split(undo)[:2] == ["git", "-C"]
    subprocess.run(shlex.split(undo), check=True)
    assert before == {path: data for path, data in snapshot(arcadia).items() if path.endswith(".yaml")}
    assert 0 == ogpcase("set", LETTER, "title", "Another", *root).returncode
    done = ogpcase("set", LETTER, "title", "A third", *root)
    again = next(each for each in done.stdout.splitlines() if each.startswith("undo    ogpcase"))
    assert 0 == ogpcase(*shlex.split(again)[2:]).returncode


def test_no_git_command_is_printed_where_git_takes_nothing(arcadia: Path, ogpcase: Run) -> None:
    assert "git " not in ogpcase("set", LETTER, "title", "Another").stdout
    git(arcadia.parent, "init", "-q")
    assert f"next    git add {FILE}\n" in ogpcase("set", LETTER, "title", "A third").stdout
    (arcadia.parent / ".gitignore").write_text("cases/\n", "utf-8")
    assert "git add" not in ogpcase("set", LETTER, "title", "A fourth").stdout


@pytest.mark.parametrize("value", ["-R3D", "--foo", "-5 org", "--", "-x=y"])
def test_a_value_with_a_dash_is_printed_so_that_it_can_be_pasted(arcadia: Path, ogpcase: Run, value: str) -> None:
    for reference, field, first in (("parties/open-arcadia", "name", "keep"), (LETTER, "title", "undo")):
        assert 0 == ogpcase("set", reference, field, "--", value).returncode
        done = ogpcase("set", reference, field, "Another")
        (line,) = [each for each in done.stdout.splitlines() if each.startswith((first, "undo    ogpcase"))]
        assert 0 == ogpcase(*shlex.split(line)[2:]).returncode
    assert value in ogpcase("show", "open-arcadia").stdout
    assert value in ogpcase("show", LETTER).stdout
    assert arcadia.is_dir()
