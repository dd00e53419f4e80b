"""Hostile repositories and revisions: git runs nothing that a repository names, and takes no option for a revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.hostile.program import ACTING, EVENTS
from tests.hostile.repositories import committed, files_in, git
from tests.hostile.watched import watch

TRAPS = (
    "core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass", "core.editor",
    "core.alternateRefsCommand", "diff.external", "diff.trap.textconv", "diff.trap.command", "filter.trap.clean",
    "filter.trap.smudge", "filter.trap.process", "gpg.program", "credential.helper", "pager.diff", "pager.rev-list",
    "pager.cat-file", "remote.origin.uploadpack", "uploadpack.packObjectsHook", "interactive.diffFilter",
)  # fmt: skip
"""Settings of git that name a program."""
HOOKS = (
    "post-checkout",
    "post-index-change",
    "reference-transaction",
    "pre-auto-gc",
    "fsmonitor-watchman",
    "pre-commit",
)
OF_GIT = (
    ("diff",),
    ("diff", "HEAD~1"),
    ("diff", "HEAD~1..HEAD"),
    ("diff", "HEAD~1...HEAD", "--format", "markdown"),
    ("diff", "trap"),
    ("validate", "--base", "HEAD~1", "--format", "github"),
    ("validate", "--new-only"),
    ("validate", "--new-only", "--base", "HEAD~1"),
    ("show", "2023-02-01-letter-ask", "--history"),
)
"""Every command that asks git."""


def trapped(top: Path) -> Path:
    """Makes a repository of which each setting and hook that names a program names one that leaves a mark."""
    trap = top / "trap-program"
    trap.write_text(f"#!/bin/sh\ntouch '{top}/marker'\nexit 1\n")
    trap.chmod(0o755)
    cases = committed(top)
    (cases.parent / ".gitattributes").write_text("* diff=trap filter=trap\n")
    event = cases / EVENTS / "2023-02-01-letter-ask.yaml"
    event.write_text(event.read_text().replace("asks for the sealed", "demands the sealed"))
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "more")
    git(top, "tag", "trap")
    event.write_text(event.read_text().replace("demands", "asks for"))
    for name in TRAPS:
        git(top, "config", name, str(trap))
    for name, value in (
        ("protocol.ext.allow", "always"),
        ("remote.origin.url", f"ext::{trap}"),
        ("log.showSignature", "true"),
    ):
        git(top, "config", name, value)
    hooks = top / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        (hooks / name).unlink(missing_ok=True)
        (hooks / name).symlink_to(trap)
    hidden = cases / "arcadia-2023" / "sources"
    hidden.mkdir()
    git(top, "init", "-q", "--bare", str(hidden))
    settings = (
        "repositoryformatversion = 0",
        "bare = false",
        "worktree = ..",
        f"fsmonitor = {trap}",
        f"pager = {trap}",
    )
    (hidden / "config").write_text("\n\t".join(("[core]", *settings)) + "\n")
    return cases


@pytest.mark.parametrize(
    "where", [".", "cases/arcadia-2023", "cases/arcadia-2023/sources"], ids=["top", "case", "hidden"]
)
def test_git_runs_nothing_that_a_repository_names(tmp_path: Path, where: str) -> None:
    """Neither the one around the case folder nor a bare one hidden in it, wherever the command is started."""
    trapped(tmp_path)
    for done in watch(tmp_path / where, OF_GIT):
        assert done.code in {0, 1}, (done.words, done.err)
        assert "git cannot" not in done.err
        assert not any(word in done.out + done.err for word in ("Traceback", "internal error"))
        assert any(each.event == "subprocess.Popen" for each in done.touched), done.words
    assert not (tmp_path / "marker").exists()


def test_the_traps_are_traps(tmp_path: Path) -> None:
    """A test of the test above: git itself falls into them, in the repository and in the hidden one."""
    trapped(tmp_path)
    for where in (tmp_path, tmp_path / "cases" / "arcadia-2023" / "sources"):
        (tmp_path / "marker").unlink(missing_ok=True)
        alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for word in ("add", "status"):
            subprocess.run(["git", word, "."], cwd=where, env=alone, check=False, capture_output=True)
        assert (tmp_path / "marker").exists(), where


REVISIONS = (
    "-x", "--output=f", "--help", "HEAD:cases", "cases", "./cases", "cases/parties", ":/sound", "^HEAD", "HEAD^{/a}",
    "a..b..c", "HEAD..--output=f", "@{u}", "\x1b[2J", "HEAD\n--output=f", "\udce9", "a" * 10_000,
)  # fmt: skip
"""Options, paths, searches and ranges, which name no commit."""


@pytest.mark.parametrize("words", [("diff", "--"), ("validate", "--new-only", "--base"), ("validate", "--base")])
def test_a_revision_that_looks_like_an_option_or_a_path_is_none(tmp_path: Path, words: tuple[str, ...]) -> None:
    committed(tmp_path)
    before = files_in(tmp_path)
    for done in watch(tmp_path, [(*words, revision) for revision in REVISIONS]):
        assert done.code in {1, 2}, done.words
        assert "" == done.out
        assert done.err.startswith("error: "), done.err
        assert None is ACTING.search(done.err)
        assert "internal error" not in done.err
    assert before == files_in(tmp_path)
