"""`ogpcase publish` and `--public`: what is written, what is said, what is asked, and what is left alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from subprocess import CompletedProcess

import pexpect
import pytest
from tests.blessing import hold

from ogpcase.store import export_files
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
ASK, CONCERN, NOTICE = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-05-22-letter-notice"
SECRET = "Alva Doe"
LATER = "compare with a later commit, or in the repository of the public copy"
"""The way out where an earlier version cannot be shown."""


@pytest.fixture
def folder(arcadia: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder that withholds four things, in a repository; the copy's place is beside it."""
    subprocess.run(["git", "init", "--quiet"], cwd=arcadia.parent, check=True)
    (arcadia / "ogpcase.yaml").write_text("# ours\nformat: 2\n", encoding="utf-8")
    (arcadia / "never_publish.txt").write_text("Shelter Street\n", encoding="utf-8")
    (arcadia / "README.md").write_text("Notes on Shelter Street\n", encoding="utf-8")
    (arcadia / "parties/alva.yaml").write_text(
        f"name: {SECRET}  # at Shelter Street\nclassification: individual\nwithhold: {{pseudonym: witness-a}}\n",
        encoding="utf-8",
    )
    sources = arcadia / CASE / "sources"
    sources.mkdir()
    for name in ("kept.txt", "private.txt"):
        (sources / name).write_text(f"A letter, {name}.\n", encoding="utf-8")
    (sources / "scan.pdf").write_bytes(b"%PDF-1.7\0\xff")
    letter = arcadia / CASE / "events" / f"{ASK}.yaml"
    letter.write_text(
        letter.read_text(encoding="utf-8")
        + _sources("kept.txt", "scan.pdf", sources=sources, publish=True)
        + _sources("private.txt", sources=sources, publish=False)
        + "copied: [alva]\nsummary: She met them there.\nwithhold:\n"
        + "  - {field: summary, because: safety}\n  - {field: dated, instead: 2023-02}\n",
        encoding="utf-8",
    )
    return tmp_path_factory.mktemp("public")


def _sources(*names: str, sources: Path, publish: bool) -> str:
    lines = ""
    for name in names:
        digest = sha256((sources / name).read_bytes()).hexdigest()
        lines += f"  - {{id: {name.partition('.')[0]}, title: T, file: sources/{name}, sha256: {digest}"
        lines += ", publish_copy: true}\n" if publish else "}\n"
    return lines


def snapshot(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def records(root: Path) -> dict[str, bytes]:
    return {file: data for file, data in snapshot(root).items() if file.startswith("cases/")}


def test_the_copy_holds_what_others_may_see_and_nothing_else(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    before = snapshot(arcadia)
    done = ogpcase("publish", folder, "--yes")
    assert 0 == done.returncode, done.stderr
    files = records(folder)
    whole = b"".join(files.values()).decode()
    for secret in (SECRET, "Shelter Street", "alva", "# ", "She met them", "2023-02-01", "withhold:", "publish_copy"):
        assert secret not in whole, secret
    assert {"README.md", "never_publish.txt", "private.txt", "scan.pdf"}.isdisjoint(
        {file.rpartition("/")[2] for file in files}
    )
    assert "cases/parties/witness-a.yaml" in files
    assert f"cases/{CASE}/sources/kept.txt" in files
    assert b"format: 2\npublic_copy: true\n" == files["cases/ogpcase.yaml"]
    letter = files[f"cases/{CASE}/events/2023-02-letter-withheld.yaml"].decode()
    assert "withheld:\n  - field: dated\n  - field: summary\n    because: safety\n" in letter
    assert before == snapshot(arcadia)


def test_the_copy_is_a_sound_folder_that_others_can_read(ogpcase: Run, folder: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    verdict = judge(Workspace.open(folder / "cases"), (), date(2026, 11, 22))
    assert not verdict.failed
    shown = ogpcase("timeline", CASE, "--root", folder)
    assert "2023-02 " in shown.stdout
    assert "working folder" not in shown.stdout


def test_the_same_records_give_the_same_bytes(ogpcase: Run, folder: Path, tmp_path: Path) -> None:
    other = tmp_path.parent / f"{tmp_path.name}-other"
    assert [0, 0] == [ogpcase("publish", each, "--yes").returncode for each in (folder, other)]
    assert records(folder) == records(other)
    again = ogpcase("publish", folder)
    assert (0, f"{folder}/cases is up to date; nothing was written") == (
        again.returncode,
        again.stdout.splitlines()[-1],
    )


def test_a_dry_run_says_what_would_become_public_and_writes_nothing(ogpcase: Run, folder: Path) -> None:
    done = ogpcase("publish", folder, "--dry-run")
    assert 0 == done.returncode
    assert {} == snapshot(folder)
    lines = done.stdout.splitlines()
    assert f"new       {CASE}/events/2023-02-letter-withheld.yaml  Open Arcadia asks for the sealed contracts" in lines
    assert f"left out  {CASE}/events/{ASK}.yaml: summary, dated" in lines
    assert "left out  parties/alva.yaml, under a pseudonym" in lines
    assert f"left out  {CASE}/sources/private.txt (no `publish_copy`)" in lines
    assert f"left out  {CASE}/sources/scan.pdf (cannot be read as text)" in lines
    assert SECRET not in done.stdout


def test_a_further_run_tells_new_changed_and_gone(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    (arcadia / CASE / "events" / f"{NOTICE}.yaml").rename(
        arcadia / CASE / "events" / "2023-05-22-letter-notice-of-outcome.yaml"
    )
    case = arcadia / CASE / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("Sealed", "Hidden"), encoding="utf-8")
    assert 1 == ogpcase("publish", folder, "--check").returncode
    done = ogpcase("publish", folder)
    assert 0 == done.returncode
    lines = done.stdout.splitlines()
    assert (
        f"new       {CASE}/events/2023-05-22-letter-notice-of-outcome.yaml  Notice of the outcome of the initial review"
        in lines
    )
    assert f"changed   {CASE}/case.yaml  Hidden contracts in Arcadia" in lines
    assert f"no longer {CASE}/events/{NOTICE}.yaml; earlier commits of the copy may still hold it" in lines
    assert f"wrote {folder}/cases: 1 new, 1 changed, 1 no longer there" in lines
    assert 0 == ogpcase("publish", folder, "--check").returncode


def test_attributes_of_somebody_else_stay_and_what_they_lack_is_said(ogpcase: Run, folder: Path) -> None:
    """A copy of before, which has none, gets them though it is up to date."""
    own = folder / ".gitattributes"
    assert f"wrote {own}\n" in ogpcase("publish", folder, "--yes").stdout
    written = own.read_text("utf-8")
    assert "nothing was written" in ogpcase("publish", folder).stdout
    own.unlink()
    assert "nothing was written" in ogpcase("publish", folder, "--dry-run").stdout
    assert not own.exists()
    again = ogpcase("publish", folder).stdout
    assert f"wrote {own}\n" in again
    assert "nothing was written" not in again
    assert written == own.read_text("utf-8")
    own.write_text("* text=auto\n", "utf-8")
    told = ogpcase("publish", folder).stdout
    assert f"{own} stays as it is; so that git converts no line ends, it also needs\n" in told
    assert all(f"  {each}\n" in told for each in written.splitlines() if "-text" in each)
    assert "* text=auto\n" == own.read_text("utf-8")


def test_check_says_with_its_code_whether_the_copy_is_up_to_date(ogpcase: Run, folder: Path) -> None:
    assert 1 == ogpcase("publish", folder, "--check").returncode
    assert {} == snapshot(folder)
    assert 2 == ogpcase("publish", folder, "--check", "--dry-run").returncode


def test_nobody_becomes_public_without_being_asked(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    """Not by a pipe, which cannot answer; a further run asks where it names somebody for the first time."""
    done = ogpcase("publish", folder)
    assert 1 == done.returncode
    assert "this is the first copy" in done.stderr
    assert {} == snapshot(folder)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    party = arcadia / "parties/records-office.yaml"
    party.write_text("name: Records Office\nclassification: government\n", encoding="utf-8")
    letter = arcadia / CASE / "events" / f"{NOTICE}.yaml"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(f"{text}copied: [records-office]\nsigned_by: [{{name: Bo Roe}}]\n", encoding="utf-8")
    before = snapshot(folder)
    done = ogpcase("publish", folder)
    assert 1 == done.returncode
    assert "refused: for the first time it names records-office, Bo Roe; nothing was written" in done.stderr
    assert before == snapshot(folder)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    assert 0 == ogpcase("publish", folder).returncode


def test_a_name_that_another_source_states_is_asked_about(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    """Not only those that the record itself gives."""
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    letter = arcadia / CASE / "events" / f"{NOTICE}.yaml"
    stated = "also_stated: [{field: signed_by, value: [Bo Roe, Ann Poe], source: case-page}]\n"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}{stated}", encoding="utf-8")
    done = ogpcase("publish", folder)
    assert "refused: for the first time it names Bo Roe, Ann Poe; nothing was written" in done.stderr


def test_what_was_withheld_is_told_by_decision_alone(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    letter = arcadia / CASE / "events" / f"{ASK}.yaml"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(text.replace("  - {field: summary, because: safety}\n", ""), encoding="utf-8")
    done = ogpcase("publish", folder)
    assert 1 == done.returncode
    place = f"{CASE}/events/2023-02-letter-withheld.yaml"
    assert f"told      summary of {place}, withheld until now\n" in done.stdout
    assert f"refused: it shows summary of {place}, withheld until now; nothing was written" in done.stderr
    assert 0 == ogpcase("publish", folder, "--yes").returncode


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), ("y", 0), ("no", 1), ("", 1)])
def test_at_a_terminal_it_asks(
    terminal: Callable[..., pexpect.spawn[str]], folder: Path, answer: str, code: int
) -> None:
    child = terminal("publish", folder)
    child.expect_exact("may it become public?")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert code == child.exitstatus
    assert bool(snapshot(folder)) == (code == 0)


def test_a_refusal_names_its_place_and_writes_nothing(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    before = snapshot(folder)
    letter = arcadia / CASE / "events" / f"{CONCERN}.yaml"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}summary: As {SECRET} says.\n", encoding="utf-8")
    for words in (("publish", folder, "--yes"), ("publish", folder, "--check"), ("publish", folder, "--dry-run")):
        done = ogpcase(*words)
        assert 1 == done.returncode
        assert f"--> cases/{CASE}/events/{CONCERN}.yaml:19:10" in done.stderr
        assert (
            "refused: no public copy can be made of this folder, for 1 reason\n  nothing was written\n" in done.stderr
        )
        assert before == snapshot(folder)


def test_a_private_record_in_a_copy_is_an_error(ogpcase: Run, folder: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    letter = folder / "cases" / CASE / "events" / f"{CONCERN}.yaml"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}withhold: [summary]\n", encoding="utf-8")
    assert "OC609" in ogpcase("validate", "--root", folder).stdout
    (folder / "cases/never_publish.txt").write_text("x\n", encoding="utf-8")
    assert 2 == ogpcase("validate", "--root", folder).stdout.count("error[OC609]")


@pytest.mark.parametrize("place", [".", "cases", "elsewhere", "cases/parties", ".."])
def test_a_copy_has_no_place_in_the_repository_of_the_working_folder(ogpcase: Run, folder: Path, place: str) -> None:
    """Nor may it hold that."""
    before = snapshot(Path.cwd())
    done = ogpcase("publish", place, "--yes")
    if place == "..":
        assert 0 == done.returncode  # `../cases` is beside the repository
        rmtree("../cases")  # another test may look for a case folder upwards
    else:
        assert 2 == done.returncode
        assert "is inside the repository of the working folder" in done.stderr
    assert before == snapshot(Path.cwd())
    assert folder.is_dir()


def test_what_is_no_copy_is_not_replaced(ogpcase: Run, folder: Path) -> None:
    (folder / "cases").mkdir()
    (folder / "cases/mine.txt").write_text("mine\n", encoding="utf-8")
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "exists and is not a public copy" in done.stderr
    assert {"cases/mine.txt": b"mine\n"} == snapshot(folder)
    (folder / "cases/mine.txt").unlink()
    assert 0 == ogpcase("publish", folder, "--yes").returncode


def test_a_repository_inside_the_copy_is_not_replaced(ogpcase: Run, folder: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    subprocess.run(["git", "init", "--quiet"], cwd=folder / "cases", check=True)
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "is the top of a repository" in done.stderr
    assert (folder / "cases/.git/HEAD").is_file()


def test_a_party_that_was_public_is_told_of(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    """Whoever has both copies knows whom the pseudonym stands for."""
    party = arcadia / "parties/alva.yaml"
    hidden = party.read_text(encoding="utf-8")
    party.write_text(
        hidden.replace("withhold: {pseudonym: witness-a}", "publish: {because: consent}"), encoding="utf-8"
    )
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    party.write_text(hidden, encoding="utf-8")
    (changes,) = (folder / "changes").iterdir()
    changes.write_text(changes.read_text(encoding="utf-8").replace("parties/alva", "parties/witness-a"))
    said = ogpcase("publish", folder, "--dry-run").stdout
    assert (
        "known     parties/alva.yaml was public: earlier commits of the copy may show who parties/witness-a.yaml is"
        in said
    )


def test_a_source_with_nothing_but_a_kept_copy_stays_a_source(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    letter = arcadia / CASE / "events" / f"{NOTICE}.yaml"
    text = letter.read_text(encoding="utf-8")
    kept = (arcadia / CASE / "sources/private.txt").read_bytes()
    letter.write_text(
        f"{text}  - {{id: kept, file: sources/private.txt, sha256: {sha256(kept).hexdigest()}}}\n", encoding="utf-8"
    )
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    copied = records(folder)[f"cases/{CASE}/events/{NOTICE}.yaml"].decode()
    assert "  - id: kept\n    title:\n      en: Kept copy, not published\n" in copied


def test_what_stands_beside_the_records_of_a_copy_stays(ogpcase: Run, folder: Path) -> None:
    (folder / "README.md").write_text("Ours\n", encoding="utf-8")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    assert b"Ours\n" == snapshot(folder)["README.md"]


@pytest.mark.parametrize("how", ["clone", "worktree"])
def test_a_copy_has_no_place_in_the_history_of_the_working_folder(ogpcase: Run, folder: Path, how: str) -> None:
    _commit(Path.cwd())
    words = ("clone", "--quiet", ".", folder / "x") if how == "clone" else ("worktree", "add", "--quiet", folder / "x")
    subprocess.run(["git", *words], check=True, capture_output=True)
    for path in sorted((folder / "x" / "cases").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    done = ogpcase("publish", folder / "x", "--yes")
    assert 2 == done.returncode
    assert "is in a copy of the working folder's own repository" in done.stderr
    assert [] == list((folder / "x" / "cases").iterdir())


@pytest.mark.parametrize("how", ["shallow", "orphan", "bare"])
def test_no_clone_is_taken_for_a_repository_of_its_own(ogpcase: Run, folder: Path, how: str) -> None:
    """A clone may lack the first commits, or have no branch left that leads to them."""
    _commit(Path.cwd())
    source, clone = Path.cwd().as_uri(), folder / "x"
    options = {"shallow": ("--depth=1",), "orphan": (), "bare": ("--bare",)}[how]
    _git(folder, "clone", "--quiet", *options, source, clone)
    if how == "orphan":
        branch = _git(clone, "branch", "--show-current").strip()
        _git(clone, "checkout", "--quiet", "--orphan", "new")
        _git(clone, "rm", "-r", "--quiet", "--force", ".")
        _git(clone, "branch", "--delete", "--force", branch)
        _git(clone, "remote", "remove", "origin")
    elif how == "shallow":
        _git(clone, "rm", "-r", "--quiet", "cases")
    done = ogpcase("publish", clone / "public" if how == "bare" else clone, "--yes")
    assert 2 == done.returncode
    assert "nothing was written" in done.stderr
    assert not (clone / "cases").exists()
    assert not (clone / "public").exists()


def _git(folder: Path, *words: str | Path) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_what_else_stands_in_the_copy_goes(ogpcase: Run, folder: Path, tmp_path: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    before = records(folder)
    (folder / "cases/parties/other.yaml").symlink_to(tmp_path / "secret")
    (folder / "cases/empty").mkdir()
    (folder / "cases/parties/.git").mkdir()
    done = ogpcase("publish", folder, "--check")
    assert 1 == done.returncode
    assert [f"no longer {file}" for file in ("empty/", "parties/.git", "parties/other.yaml")] == [
        line.partition(";")[0] for line in done.stdout.splitlines() if line.startswith("no longer")
    ]
    assert 0 == ogpcase("publish", folder).returncode
    assert before == records(folder)
    assert not os.path.lexists(folder / "cases/empty")
    assert not os.path.lexists(folder / "cases/parties/other.yaml")


def test_a_name_that_the_disk_cannot_have_is_refused(ogpcase: Run, folder: Path) -> None:
    done = ogpcase("publish", folder / ("a" * 300), "--yes")
    assert 1 == done.returncode
    assert "file name too long; nothing was written" in done.stderr


def test_a_term_without_letters_stops_publishing(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    (arcadia / "never_publish.txt").write_text("# signs\n☎\n", encoding="utf-8")
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "line 2 of `never_publish.txt` has no letter or digit" in done.stderr


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4\n", b"x\n" + b"QWx2YSBEb2Ug" * 12, (b"QWx2YSBEb2Ug" * 5 + b"\n") * 3],
    ids=["PDF", "one line", "several lines"],
)
def test_a_kept_copy_that_cannot_be_searched_stays(ogpcase: Run, folder: Path, arcadia: Path, data: bytes) -> None:
    path = arcadia / CASE / "sources/kept.txt"
    before, new = sha256(path.read_bytes()).hexdigest(), sha256(data).hexdigest()
    path.write_bytes(data)
    letter = arcadia / CASE / "events" / f"{ASK}.yaml"
    letter.write_text(letter.read_text(encoding="utf-8").replace(before, new), encoding="utf-8")
    done = ogpcase("publish", folder, "--yes")
    assert 0 == done.returncode, done.stderr
    assert f"cases/{CASE}/sources/kept.txt" not in snapshot(folder)


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        ("withhold: [summary]\nsummary: The press hid the ledger.\n", "summary: The press hid the ledger.\n"),
        ("withhold: [{field: received, instead: 2023-04}]\nreceived: 2023-04-11\n", "received: 2023-04-11\n"),
    ],
)
def test_a_difference_does_not_tell_what_is_withheld_since(
    ogpcase: Run, folder: Path, arcadia: Path, secret: str, shown: str
) -> None:
    event = arcadia / CASE / "events" / f"{CONCERN}.yaml"
    text = event.read_text(encoding="utf-8")
    event.write_text(text + shown, encoding="utf-8")
    _commit(Path.cwd())
    event.write_text(text + secret, encoding="utf-8")
    for form in ("text", "markdown", "json"):
        done = ogpcase("diff", "--public", "--format", form)
        assert 1 == done.returncode
        assert "tells what is left out now" in done.stderr
        assert f"\n  {LATER}\n" in done.stderr
        assert "" == done.stdout
    assert folder.is_dir()


def test_a_copy_in_a_repository_of_its_own_is_published(ogpcase: Run, folder: Path) -> None:
    _commit(Path.cwd())
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    done = ogpcase("publish", folder, "--yes")
    assert 0 == done.returncode
    assert done.stdout.endswith(f"next      git -C {folder} status\n")
    _commit(folder)
    assert 0 == ogpcase("publish", folder).returncode


def test_no_record_is_written_into_a_copy(ogpcase: Run, folder: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    before = snapshot(folder)
    for words in (
        ("add-party", "x", "--name", "X", "--classification", "media"),
        ("set", f"{CASE}/{CONCERN}", "summary", "X"),
        ("validate", "--fix"),
    ):
        done = ogpcase(*words, "--root", folder)
        assert 1 == done.returncode, words
        assert "is a public copy" in done.stderr
    assert before == snapshot(folder)


def test_a_list_of_terms_in_the_wrong_place_stops_publishing(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    (arcadia / "never_publish.txt").rename(arcadia.parent / "never_publish.txt")
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "move it to cases/never_publish.txt" in done.stderr
    assert {} == snapshot(folder)


def test_a_link_in_the_place_of_the_copy_is_not_followed(ogpcase: Run, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-behind"
    elsewhere.mkdir()
    (folder / "cases").symlink_to(elsewhere)
    assert 1 == ogpcase("publish", folder, "--yes").returncode
    assert [] == list(elsewhere.iterdir())


def test_a_run_that_cannot_finish_leaves_the_copy_of_before(
    ogpcase: Run, folder: Path, arcadia: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    before = snapshot(folder)
    case = arcadia / CASE / "case.yaml"
    case.write_text(case.read_text(encoding="utf-8").replace("Sealed", "Hidden"), encoding="utf-8")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_files, "fill", refuse)
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "cannot be written" in done.stderr
    assert before == snapshot(folder)


def test_a_copy_is_not_published_again(ogpcase: Run, folder: Path, tmp_path: Path) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    done = ogpcase("publish", tmp_path.parent / f"{tmp_path.name}-third", "--root", folder)
    assert 1 == done.returncode
    assert "is itself a public copy" in done.stderr


def test_a_surname_is_only_shown_for_somebody_to_look_over(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    letter = arcadia / CASE / "events" / f"{CONCERN}.yaml"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}summary: Of the Doe valley.\n", encoding="utf-8")
    done = ogpcase("publish", folder, "--dry-run")
    assert 0 == done.returncode
    assert f"look over the word `doe`, of a withheld name, in {CASE}/events/{CONCERN}.yaml" in done.stdout


READING = [
    ("timeline", CASE), ("list",), ("status", CASE), ("show", f"{CASE}/2023-02-letter-withheld"), ("requests",),
    ("due",), ("findings", CASE), ("doubts",), ("parties",), ("sources",), ("search", "e"), ("stats",),
    ("export", "json"),
]  # fmt: skip


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_view_of_what_is_public_is_that_of_the_copy(ogpcase: Run, folder: Path, words: tuple[str, ...]) -> None:
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    day = ("--as-of", "2026-11-22")
    shown, copied = ogpcase(*words, *day, "--public"), ogpcase(*words, *day, "--root", folder)
    assert (0, 0) == (shown.returncode, copied.returncode), shown.stderr + copied.stderr
    assert copied.stdout == shown.stdout
    assert SECRET not in shown.stdout


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
@pytest.mark.usefixtures("folder")
def test_a_view_of_what_is_public_is_refused_as_the_copy_is(
    ogpcase: Run, arcadia: Path, words: tuple[str, ...]
) -> None:
    letter = arcadia / CASE / "events" / f"{CONCERN}.yaml"
    letter.write_text(f"{letter.read_text(encoding='utf-8')}summary: As {SECRET} says.\n", encoding="utf-8")
    done = ogpcase(*words, "--public")
    assert (1, "") == (done.returncode, done.stdout)
    assert "error[OC602]" in done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words", [("export", "json"), ("export", "csv", "--table", "events"), ("diff", "--format", "markdown")]
)
def test_what_is_made_for_others_is_told_which_folder_is_meant(ogpcase: Run, words: tuple[str, ...]) -> None:
    _commit(Path.cwd())
    done = ogpcase(*words)
    assert (2, "") == (done.returncode, done.stdout)
    assert "withholds 3 things" in done.stderr
    assert 2 == ogpcase(*words, "--public", "--working").returncode
    whole, public = ogpcase(*words, "--working"), ogpcase(*words, "--public")
    assert (0, 0) == (whole.returncode, public.returncode), public.stderr


@pytest.mark.usefixtures("folder")
def test_a_change_is_told_as_the_public_sees_it(ogpcase: Run, arcadia: Path) -> None:
    _commit(Path.cwd())
    letter = arcadia / CASE / "events" / f"{ASK}.yaml"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(
        text.replace("She met them", f"{SECRET} met them").replace("sealed contracts", "old contracts"),
        encoding="utf-8",
    )
    whole, public = (ogpcase("diff", "--format", "markdown", each).stdout for each in ("--working", "--public"))
    assert SECRET in whole
    assert SECRET not in public
    assert "old contracts" in public


@pytest.mark.usefixtures("folder")
def test_a_change_is_refused_where_the_version_before_could_not_be_published(ogpcase: Run, arcadia: Path) -> None:
    """Its files are named with their commit."""
    party = arcadia / "parties/alva.yaml"
    now = party.read_text(encoding="utf-8")
    party.write_text(now.replace("{pseudonym: witness-a}", "all"), encoding="utf-8")
    _commit(Path.cwd())
    party.write_text(now, encoding="utf-8")
    done = ogpcase("diff", "--public")
    assert 1 == done.returncode
    assert re.search(r"--> [0-9a-f]{7}:cases/parties/alva.yaml:3:11", done.stderr)
    assert f"\n  {LATER}\n" in done.stderr


def _commit(folder: Path) -> None:
    who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    for words in (("add", "--all"), ("commit", "--quiet", "--message", "all")):
        subprocess.run(["git", *who, *words], cwd=folder, check=True, env={**os.environ}, capture_output=True)


def test_a_folder_that_withholds_nothing_needs_no_word(ogpcase: Run, arcadia: Path) -> None:
    done = ogpcase("export", "json")
    assert 0 == done.returncode
    assert json.loads(done.stdout)["rows"]
    assert "working folder" not in ogpcase("timeline", CASE).stdout
    assert arcadia.is_dir()


ASKED = {"es": "¿puede hacerse público?", "fr": "cela peut-il devenir public ?"}


@pytest.mark.parametrize("said", ["es sí", "es s", "es y", "es !no", "fr o", "fr oui", "fr y", "fr !n"])
def test_a_yes_may_be_said_in_the_language_of_the_question(
    scripted: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """An exclamation mark stands before a no. The language is the locale's."""
    language, answer = said.split()
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    done = scripted("publish", folder, typed=[answer.removeprefix("!")])
    assert ("!" in answer, True) == (done.returncode == 1, ASKED[language] in " ".join(done.stdout.split()))
    assert bool(snapshot(folder)) == ("!" not in answer)


def test_what_cannot_be_asked_is_refused_in_english(ogpcase: Run, folder: Path) -> None:
    done = ogpcase("publish", folder, "--lang", "es")
    assert done.stderr.startswith("refused: this is the first copy; for the first time it names ")
    assert "nuevo " in done.stdout


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_preview_speaks_the_language_of_the_reader(ogpcase: Run, folder: Path, language: str) -> None:
    said = ogpcase("publish", folder, "--dry-run", "--lang", language).stdout.replace(str(folder), "DIR")
    golden = Path(__file__).parent / "golden" / language / "publish.txt"
    hold(golden, re.sub(r"changes/[0-9-]+", "changes/DAY", said))
    assert SECRET not in said
