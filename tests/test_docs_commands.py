"""The page of commands and the man page say what `--help` says; `make bless` writes them."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.blessing import hold
from tests.command_pages import ENVIRONMENT, man, markdown, pages, roff

from ogpcase.cli.verbs import VERBS

ROOT = Path(__file__).parent.parent
MAN = ROOT / "docs" / "ogpcase.1"


PINNED = f"typer=={version('typer')}\n" in (ROOT / "requirements" / "tested.txt").read_text(encoding="utf-8")
as_pinned = pytest.mark.skipif(
    not PINNED, reason="the pages are made with the tested Typer; others draw other brackets"
)


@as_pinned
def test_the_page_of_commands_is_made_of_their_help() -> None:
    hold(ROOT / "docs" / "commands.md", markdown())


@as_pinned
def test_the_man_page_is_made_of_their_help() -> None:
    hold(MAN, man())


def test_every_verb_has_its_options_and_examples() -> None:
    told = {page.verb: page for page in pages()}
    assert list(VERBS) == list(told)
    assert [] == [verb for verb, page in told.items() if "Options" not in page.lists or not page.examples]
    fields = dict(told["add-event"].lists["Fields"])
    assert fields["--senders PARTY"].endswith("Only of: letter.")
    assert "Only of" not in fields["--dated DATE"]


def test_every_variable_of_ours_is_described() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "ogpcase").rglob("*.py"))
    read = set(re.findall(r"environ[^\n]*?\"(OGPCASE_\w+)\"", code))
    assert read
    assert read <= set(re.findall(r"OGPCASE_\w+", " ".join(ENVIRONMENT)))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        (r".so /etc/passwd \n", r"\&.so /etc/passwd \en"),
        ("'a' --b", r"\(aqa\(aq \-\-b"),
        ("see `set`", r"see \fBset\fR"),
        ("é…", r"\[u00E9]\[u2026]"),
    ],
)
def test_nothing_in_a_text_acts_in_a_man_page(text: str, safe: str) -> None:
    assert safe == roff(text)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff formats man pages, and is not here")
def test_a_formatter_takes_the_man_page_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", MAN], capture_output=True, text=True, check=False, timeout=60
    )
    assert ("", "", 0) == (done.stdout, done.stderr, done.returncode)
