"""What `diff` prints of a change that a person made to the Mexico case; `make bless` writes the pages again."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.blessing import hold

from ogpcase.model.as_of import Reader
from ogpcase.output.lines import Page, plain
from ogpcase.reports.changes.markdown import difference_markdown, links_of
from ogpcase.reports.changes.text import difference_lines
from ogpcase.reports.changes.versions import Told, told
from ogpcase.store.git import Revisions
from ogpcase.workspace.comparing import Compared, compared
from ogpcase.workspace.opening import Workspace

GOLDEN = Path(__file__).parent / "golden"
READER = Reader(date(2026, 11, 22))
END, REPLY = "2019-12-12-resolution", "2019-01-31-letter-new-administration-response"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compared]:
    """The case without its end, and the case as it is, with a title, a party and an id changed."""
    top = tmp_path_factory.mktemp("changed")
    cases = top / "cases"
    shutil.copytree(Path(__file__).parents[1] / "cases", cases)
    events = cases / "mexico-2018" / "events"
    end = events / f"{END}.yaml"
    text = end.read_text("utf-8")
    end.unlink()
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "before")
    end.write_text(text, "utf-8")
    replace(events / "2019-05-02-report-review.yaml", "title: ", "title: Adopted. ")
    replace(cases / "parties" / "inai.yaml", "country: MX\n", "")
    (events / f"{REPLY}.yaml").rename(events / f"{REPLY}-noted.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(top)
        yield compared(Workspace.open(Path("cases")), Revisions.parse(None))


def git(top: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *words], cwd=top, check=True, capture_output=True)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("width", [80, 120])
def test_the_page_is_the_one_that_was_found_good(changed: Compared, width: int) -> None:
    drawn = "".join(f"{plain(each)}\n" for each in difference_lines(said(changed), Page(width)))
    hold(GOLDEN / f"diff-{width}.txt", drawn)


def test_the_words_for_a_pull_request_are_those_that_were_found_good(changed: Compared) -> None:
    hold(GOLDEN / "diff.md", difference_markdown(said(changed), links=links_of(changed)))


def said(changed: Compared) -> Told:
    return told(changed, READER)
