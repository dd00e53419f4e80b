"""Questions to git: a revision reads as the folder does, and nothing that a repository names is ever run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.errors import BrokenInstallation, CannotRead, Misused, OgpcaseError
from ogpcase.store.files import DiskFiles, Entry, Sort
from ogpcase.store.git import (
    InGit,
    Repository,
    RevisionFiles,
    Revisions,
    changed_files,
    files_below,
    ignored_below,
    in_git,
)
from ogpcase.store.layout import Root, root_at
from ogpcase.yamltree.limits import LARGEST

ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *words: str, stdin: str | None = None) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, env=ALONE, capture_output=True, text=True, check=True, input=stdin
    )
    return done.stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "add", "-A", "--force")
    git(folder, "commit", "-q", "-m", "a change", "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path: Path) -> Root:
    """A small case folder, committed once."""
    events = tmp_path / "cases" / "arcadia-2023" / "events"
    events.mkdir(parents=True)
    (tmp_path / "cases" / "parties").mkdir()
    (tmp_path / "cases" / "parties" / "ogp.yaml").write_text("name: OGP\n")
    (events / "2023-04-10-concern.yaml").write_text("kind: concern\n")
    (tmp_path / "cases" / "arcadia-2023" / "case.yaml").write_text("title: Sealed contracts\n")
    (tmp_path / "README.md").write_text("outside the cases\n")
    git(tmp_path, "init", "-q", "-b", "main")
    committed(tmp_path)
    return root_at(tmp_path / "cases", tmp_path)


def at(root: Root, revision: str = "HEAD") -> RevisionFiles:
    return RevisionFiles.of(root, revision)


def test_a_revision_reads_as_the_folder_that_was_committed(root: Root) -> None:
    """Entries, bytes and digests are those of the disk, for every file and folder."""
    disk, then = DiskFiles(root.path), at(root)
    assert sorted(files_below(disk)) == sorted(files_below(then))
    for file in files_below(disk):
        assert disk.read(file) == then.read(file)
        assert disk.digest(file) == then.digest(file)
    for folder in ("", "parties", "arcadia-2023", "arcadia-2023/events", "nowhere"):
        assert disk.entries(folder) == then.entries(folder)
    assert then.read("parties/nobody.yaml") is None
    assert then.digest("parties/nobody.yaml") is None


@pytest.mark.parametrize("hashes", ["sha1", "sha256"])
def test_only_what_the_index_holds_byte_for_byte_can_be_restored(root: Root, tmp_path: Path, hashes: str) -> None:
    """The index, not the last commit: `git restore` takes what is staged."""
    shutil.rmtree(tmp_path / ".git")
    git(tmp_path, "init", "-q", f"--object-format={hashes}")
    committed(tmp_path)
    staged, changed, new = (root.path / f"parties/{name}.yaml" for name in ("ogp", "changed", "new"))
    changed.write_text("name: C\n")
    staged.write_text("name: Staged\n")
    git(tmp_path, "add", "-A")
    changed.write_text("name: Another\n")
    new.write_text("name: New\n")
    files = [f"parties/{path.name}" for path in (staged, changed, new)]
    assert InGit(frozenset(files[:2]), frozenset(files[:1])) == in_git(root, files)
    for number in range(300):
        (root.path / f"parties/{number}.yaml").write_text("name: N\n")
    many = [*files, *(f"parties/{number}.yaml" for number in range(300))]
    assert InGit(frozenset(files[:2]), frozenset(files[:1])) == in_git(root, many)
    assert InGit() == in_git(root, [])
    shutil.rmtree(tmp_path / ".git")
    assert InGit() == in_git(root, files)


def test_what_is_changed_on_disk_leaves_the_revision_alone(root: Root) -> None:
    then = at(root)
    (root.path / "parties" / "ogp.yaml").write_text("name: Somebody else\n")
    assert b"name: OGP\n" == then.read("parties/ogp.yaml")


def test_the_repository_may_be_the_case_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    (tmp_path / "cases" / "parties" / "ogp.yaml").write_text("name: OGP\n")
    git(tmp_path / "cases", "init", "-q")
    committed(tmp_path / "cases")
    assert ["parties/ogp.yaml"] == list(at(root_at(tmp_path / "cases", tmp_path)).tree)


def test_a_linked_work_tree_is_a_repository_too(root: Root, tmp_path: Path) -> None:
    git(tmp_path, "worktree", "add", "-q", "-b", "other", "elsewhere")
    elsewhere = root_at(tmp_path / "elsewhere" / "cases", tmp_path)
    assert at(root).tree == at(elsewhere).tree


def test_names_of_any_bytes_are_kept(root: Root, tmp_path: Path) -> None:
    """A newline, a tab, a quote, and bytes that are no UTF-8 come back as the disk gives them."""
    for name in (b"a\nb.txt", b"tab\t.txt", b'"quoted".txt', b"\xff.txt"):
        Path(os.fsdecode(bytes(root.path / "parties") + b"/" + name)).write_text("x")
    committed(tmp_path)
    assert DiskFiles(root.path).entries("parties") == at(root).entries("parties")


def test_links_and_submodules_are_never_read(root: Root, tmp_path: Path) -> None:
    (root.path / "parties" / "link.yaml").symlink_to("/etc/passwd")
    committed(tmp_path)
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},cases/parties/other.yaml")
    git(tmp_path, "commit", "-q", "-m", "a submodule")
    files = at(root)
    assert (Entry("link.yaml", Sort.LINK), Entry("ogp.yaml", Sort.FILE), Entry("other.yaml", Sort.OTHER)) == (
        files.entries("parties")
    )
    for file in ("parties/link.yaml", "parties/other.yaml"):
        assert isinstance(files.read(file), Problem)
        assert isinstance(files.digest(file), Problem)


def test_a_record_that_is_too_large_is_cut_as_on_the_disk(root: Root, tmp_path: Path) -> None:
    """Its neighbours are read whole, whatever their order."""
    (root.path / "parties" / "large.yaml").write_text("x" * (LARGEST + 5_000_000))
    (root.path / "parties" / "full.yaml").write_text("x" * LARGEST)
    committed(tmp_path)
    files = at(root)
    found = {name: files.read(f"parties/{name}.yaml") for name in ("large", "full", "ogp")}
    assert {"large": LARGEST + 1, "full": LARGEST, "ogp": 10} == {
        name: len(text) for name, text in found.items() if isinstance(text, bytes)
    }
    assert DiskFiles(root.path).digest("parties/large.yaml") == files.digest("parties/large.yaml")


@pytest.mark.parametrize(
    "revision",
    [
        "-x",
        "--output=f",
        "--help",
        "HEAD:cases",
        ":/a change",
        "^HEAD",
        "HEAD^{/change}",
        "a..b",
        "",
        " ",
        "HEAD\n",
        "x\0",
    ],
)
def test_a_revision_of_the_form_of_an_option_or_a_path_is_refused(root: Root, tmp_path: Path, revision: str) -> None:
    """Before git is asked at all; nothing is written."""
    with pytest.raises(Misused) as stopped:
        at(root, revision)
    assert 2 == stopped.value.exit_code
    assert [] == list(tmp_path.glob("f"))


@pytest.mark.parametrize("revision", ["HEAD", "@", "main", "HEAD~0", "main@{0}", "HEAD^0", "refs/heads/main"])
def test_every_way_to_name_a_commit_is_taken(root: Root, revision: str) -> None:
    assert at(root, "HEAD").commit == at(root, revision).commit


@pytest.mark.parametrize("revision", ["nope", "HEAD~1", "0" * 40, "README.md"])
def test_an_unknown_revision_has_a_way_out(root: Root, revision: str) -> None:
    with pytest.raises(CannotRead, match=f"git knows no commit `{revision}`") as stopped:
        at(root, revision)
    assert "git fetch" in stopped.value.hints[0]


def test_a_branch_named_as_an_option_is_still_a_commit(root: Root, tmp_path: Path) -> None:
    commit = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "update-ref", "refs/heads/-x", commit)
    assert commit == at(root, "refs/heads/-x").commit


def test_a_shallow_clone_says_how_to_become_whole(root: Root, tmp_path: Path) -> None:
    committed(tmp_path)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}", "shallow")
    with pytest.raises(CannotRead) as stopped:
        at(root_at(tmp_path / "shallow" / "cases", tmp_path), "HEAD~1")
    assert "fetch-depth: 0" in stopped.value.hints[0]
    assert at(root, "HEAD~1").tree


def test_nothing_committed_yet_and_no_repository_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    root = root_at(tmp_path / "cases", tmp_path)
    with pytest.raises(CannotRead, match="not in a git repository"):
        at(root)
    git(tmp_path, "init", "-q")
    with pytest.raises(CannotRead) as stopped:
        at(root)
    assert ("nothing is committed here yet: commit the case folder first",) == stopped.value.hints


def test_without_git_that_is_said(root: Root, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrokenInstallation, match="git is not installed"):
        at(root)


def test_a_git_of_the_current_folder_is_never_run(root: Root, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "git").write_text(f"#!/bin/sh\ntouch {tmp_path}/marker\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".:{os.pathsep}{os.environ['PATH']}")
    assert at(root).tree
    assert not (tmp_path / "marker").exists()


def test_variables_of_git_lead_nowhere(root: Root, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As a hook would set them, or somebody who wants to lead us astray."""
    expected = at(root).tree
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_PARAMETERS"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert expected == at(root).tree
    assert not (tmp_path / "trace").exists()


TRAPS = (
    "core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass", "core.editor",
    "core.alternateRefsCommand", "diff.external", "diff.trap.textconv", "diff.trap.command", "filter.trap.clean",
    "filter.trap.smudge", "filter.trap.process", "gpg.program", "credential.helper", "pager.rev-list",
    "remote.origin.uploadpack", "uploadpack.packObjectsHook", "interactive.diffFilter", "sequence.editor",
)  # fmt: skip


def set_traps(folder: Path, trap: Path) -> None:
    """Makes every setting that names a program name this one, and every hook be it."""
    for name in TRAPS:
        git(folder, "config", name, str(trap))
    for name in ("ls-tree", "cat-file", "rev-parse", "rev-list", "merge-base", "ls-files"):
        git(folder, "config", f"alias.{name}", f"!{trap}")
    for name, value in (("log.showSignature", "true"), ("remote.origin.promisor", "true"),
                        ("remote.origin.url", f"ext::{trap}"), ("remote.origin.partialCloneFilter", "blob:none"),
                        ("protocol.ext.allow", "always"), ("extensions.partialClone", "origin"),
                        ("core.repositoryFormatVersion", "1")):  # fmt: skip
        git(folder, "config", name, value)
    hooks = Path(git(folder, "rev-parse", "--absolute-git-dir")) / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "post-merge"):
        (hooks / name).symlink_to(trap)
    git(folder, "config", "core.hooksPath", str(hooks))


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A program that leaves a mark when it is run."""
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch '{tmp_path}/marker'\n")
    program.chmod(0o755)
    return program


def everything(root: Root) -> None:
    """Asks git all that can be asked."""
    files = at(root)
    for file in files_below(files):
        files.read(file)
        files.digest(file)
    changed_files(files, DiskFiles(root.path))
    changed_files(files, files.at("HEAD~1", root))
    files.repository.merge_base(files.commit, files.at("HEAD~1", root).commit)
    files.repository.history(files.commit, "cases/parties/ogp.yaml", 5)
    files.repository.parents(files.commit)
    in_git(root, files_below(files))
    ignored_below(root.path)


def test_no_program_that_the_configuration_names_is_run(root: Root, tmp_path: Path, trap: Path) -> None:
    """The traps work: git itself falls into them."""
    (tmp_path / ".gitattributes").write_text("* diff=trap filter=trap\n")
    committed(tmp_path)
    set_traps(tmp_path, trap)
    everything(root)
    assert not (tmp_path / "marker").exists()
    subprocess.run(["git", "status"], cwd=tmp_path, env=ALONE, capture_output=True, check=False)
    assert (tmp_path / "marker").exists()


def test_what_a_partial_clone_lacks_is_not_fetched(root: Root, tmp_path: Path, trap: Path) -> None:
    """A remote may name a program; that a part is missing is said, with a way out."""
    blob = git(tmp_path, "rev-parse", "HEAD:cases/parties/ogp.yaml")
    set_traps(tmp_path, trap)
    (tmp_path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(CannotRead) as stopped:
        at(root).read("parties/ogp.yaml")
    assert stopped.value.hints
    assert not (tmp_path / "marker").exists()
    subprocess.run(["git", "cat-file", "-p", blob], cwd=tmp_path, env=ALONE, capture_output=True, check=False)
    assert (tmp_path / "marker").exists()


def test_a_bare_repository_hidden_in_a_case_is_passed_over(
    root: Root, tmp_path: Path, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even from inside it; git itself would run its monitor there."""
    committed(tmp_path)
    hidden = root.path / "arcadia-2023"
    git(tmp_path, "init", "-q", "--bare", "made")
    for each in ("HEAD", "config", "objects", "refs"):
        (tmp_path / "made" / each).rename(hidden / each)
    settings = f"repositoryformatversion = 0\n\tbare = false\n\tworktree = events\n\tfsmonitor = {trap}"
    (hidden / "config").write_text(f"[core]\n\t{settings}\n")
    monkeypatch.chdir(hidden)
    everything(root)
    assert Repository.around(hidden).top == tmp_path
    assert not (tmp_path / "marker").exists()
    for word in ("add", "status"):
        subprocess.run(["git", word, "."], cwd=hidden, env=ALONE, capture_output=True, check=False)
    assert (tmp_path / "marker").exists()


def test_a_top_that_only_looks_like_a_bare_repository_is_none(tmp_path: Path, trap: Path) -> None:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    git(tmp_path, "init", "-q", "--bare", "cases/made")
    for each in ("HEAD", "config", "objects", "refs"):
        (tmp_path / "cases" / "made" / each).rename(tmp_path / "cases" / each)
    (tmp_path / "cases" / "config").write_text(f"[core]\n\tfsmonitor = {trap}\n")
    with pytest.raises(CannotRead, match="not in a git repository"):
        at(root_at(tmp_path / "cases", tmp_path))


def test_a_broken_repository_is_told_in_words(root: Root, tmp_path: Path) -> None:
    tree = git(tmp_path, "rev-parse", "HEAD:cases")
    (tmp_path / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    with pytest.raises(OgpcaseError):
        _ = at(root).tree


def test_changed_files_are_those_added_changed_and_gone(root: Root, tmp_path: Path) -> None:
    """In the working tree and between two commits alike; copies of sources are told by their digest."""
    sources = root.path / "arcadia-2023" / "sources"
    sources.mkdir()
    (sources / "same.pdf").write_bytes(b"same")
    (sources / "other.pdf").write_bytes(b"one")
    before = committed(tmp_path)
    assert frozenset() == changed_files(at(root), DiskFiles(root.path))
    (sources / "other.pdf").write_bytes(b"two")
    (root.path / "parties" / "ogp.yaml").unlink()
    (root.path / "parties" / "new.yaml").write_text("name: New\n")
    (root.path / "arcadia-2023" / "case.yaml").write_text("title: Opened contracts\n")
    expected = {"arcadia-2023/sources/other.pdf", "parties/ogp.yaml", "parties/new.yaml", "arcadia-2023/case.yaml"}
    assert expected == changed_files(at(root), DiskFiles(root.path))
    committed(tmp_path)
    assert expected == changed_files(at(root, before), at(root))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, Revisions("HEAD", None)),
        ("main", Revisions("main", None)),
        ("main..topic", Revisions("main", "topic")),
        ("main..", Revisions("main", "HEAD")),
        ("..topic", Revisions("HEAD", "topic")),
        ("main...topic", Revisions("main", "topic", since_parting=True)),
    ],
)
def test_revisions_are_written_as_for_git(text: str | None, expected: Revisions) -> None:
    assert expected == Revisions.parse(text)


@pytest.mark.parametrize("text", ["", "a..b..c", "a....b", "a...b..c"])
def test_what_names_no_two_revisions_is_misuse(text: str) -> None:
    with pytest.raises(Misused):
        Revisions.parse(text)
