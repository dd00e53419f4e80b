"""`ogpcase diff`: what a change means in words, in Markdown that no record can abuse, and in JSON.

`make bless` writes the golden pages again; read what changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.blessing import hold

from ogpcase.output.markdown import escaped

Run = Callable[..., CompletedProcess[str]]
GOLDEN = Path(__file__).parent / "data" / "diff"
DAY = ("--as-of", "2020-01-01")
ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z",
}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=ALONE, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "-m", "a change", "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


def begun(cases: Path) -> str:
    """Makes the folder around the cases a repository and commits it."""
    git(cases.parent, "init", "-q", "-b", "main")
    return committed(cases.parent)


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def shown(done: CompletedProcess[str]) -> dict[str, Any]:
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture
def closing(mexico: Path) -> Path:
    """The case of 2018 alone, committed without its end, an answer and a good name; then all of it, not committed."""
    for other in ("mexico-2023", "turkey-2014"):
        shutil.rmtree(mexico / other)
    events = mexico / "mexico-2018" / "events"
    resolution = events / "2019-12-12-resolution.yaml"
    notice, response = events / "2017-05-23-letter-core-group-exit.yaml", events / "2018-09-20-statement-terms.yaml"
    whole = {resolution: resolution.read_text("utf-8"), notice: notice.read_text("utf-8")}
    resolution.unlink()
    notice.write_text(re.sub(r"(?ms)^answers:\n.*?(?=^sources:)", "", whole[notice]), "utf-8")
    (events / "2018-09-20-statement-terms-of-reference.yaml").rename(response)
    begun(mexico)
    for file, text in whole.items():
        file.write_text(text, "utf-8")
    response.rename(events / "2018-09-20-statement-terms-of-reference.yaml")
    changed(events / "2018-08-24-letter-initial-review.yaml", "dated: 2018-08-24\n", "dated: 2018-08-24~\n")
    changed(mexico / "parties" / "article-19.yaml", "  - Article19\n", "")
    return mexico


@pytest.mark.usefixtures("closing")
@pytest.mark.parametrize(("form", "ending"), [("text", "txt"), ("markdown", "md"), ("json", "json")])
def test_a_case_that_closes_is_told_as_a_person_blessed_it(ogpcase: Run, form: str, ending: str) -> None:
    """A resolution added, an ask answered, a date amended, a record renamed, a party changed."""
    done = ogpcase("diff", *DAY, "--format", form)
    assert (0, "") == (done.returncode, done.stderr)
    told = re.sub(r"[0-9a-f]{40}", "COMMIT", done.stdout)
    hold(GOLDEN / f"closing.{ending}", told)


@pytest.mark.usefixtures("closing")
def test_the_first_line_says_what_matters(ogpcase: Run) -> None:
    first = ogpcase("diff", *DAY).stdout.partition("\n")[0]
    assert first.startswith("mexico-2018: Report adopted → Closed, addressed domestically; 1 event added, 2 amended, ")
    assert f"**{first}**" == ogpcase("diff", *DAY, "--format", "markdown").stdout.partition("\n")[0]
    assert first == shown(ogpcase("diff", *DAY, "--json"))["headline"]


def test_nothing_changed_is_said(mexico: Path, ogpcase: Run) -> None:
    """A comment is no change of what a record says."""
    begun(mexico)
    with (mexico / "mexico-2018" / "case.yaml").open("a", encoding="utf-8") as file:
        file.write("# looked at again\n")
    done = ogpcase("diff", *DAY)
    assert (0, "no record says anything else") == (done.returncode, done.stdout.partition("\n")[0])
    answer = shown(ogpcase("diff", *DAY, "--json"))
    assert ([], [], []) == (answer["rows"], answer["parties"], answer["problems"]["new"])


def test_two_revisions_are_compared_without_touching_the_work_tree(closing: Path, ogpcase: Run) -> None:
    working = ogpcase("diff", *DAY, "--json")
    base = git(closing.parent, "rev-parse", "HEAD")
    head = committed(closing.parent)
    (closing / "mexico-2018" / "case.yaml").write_text("not: read\n")
    between = shown(ogpcase("diff", "HEAD~1..HEAD", *DAY, "--json"))
    assert (base, head) == (between.pop("base"), between.pop("head"))
    assert {name: value for name, value in shown(working).items() if name not in {"base", "head"}} == between
    assert "not: read\n" == (closing / "mexico-2018" / "case.yaml").read_text()


def test_a_new_case_and_a_case_that_is_gone_are_told(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    (arcadia / "arcadia-2023").rename(arcadia / "arcadia-2024")
    for file in (arcadia / "arcadia-2024" / "events").iterdir():
        changed(file, "title: ", "title: Not ")
    (before, after) = shown(ogpcase("diff", *DAY, "--json"))["rows"]
    assert [("arcadia-2023", "removed", None), ("arcadia-2024", "opened", None)] == [
        (before["case"], before["what"], before["after"]),
        (after["case"], after["what"], after["before"]),
    ]


def test_only_errors_that_the_change_brings_fail(arcadia: Path, ogpcase: Run) -> None:
    """What was wrong before is counted; what is mended too."""
    notice = arcadia / "arcadia-2023" / "events" / "2023-05-22-letter-notice.yaml"
    changed(notice, "  - ogp-support-unit\n", "  - ogp-suport-unit\n")
    begun(arcadia)
    with notice.open("a", encoding="utf-8") as file:
        file.write("    gives: [dated]\n")
    there = ogpcase("diff", "--as-of", "2025-01-01")
    assert (0, True) == (there.returncode, "0 new, 0 mended, " in there.stdout)
    concern = arcadia / "arcadia-2023" / "events" / "2023-04-10-concern.yaml"
    changed(concern, "  - open-arcadia\n", "  - open-arcadja\n")
    changed(notice, "  - ogp-suport-unit\n", "  - ogp-support-unit\n")
    broken = ogpcase("diff", "--as-of", "2025-01-01", "--json")
    assert 1 == broken.returncode
    answer = shown(broken)
    assert {"OC311"} == {each["code"] for each in answer["problems"]["new"] if each["severity"] == "error"}
    assert "OC311" in {each["code"] for each in answer["problems"]["mended"]}


def test_ids_that_both_sides_made_are_warned_of(arcadia: Path, ogpcase: Run) -> None:
    top = arcadia.parent
    begun(arcadia)
    event = arcadia / "arcadia-2023" / "events" / "2023-06-01-letter-second.yaml"
    letter = (arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml").read_text("utf-8")
    git(top, "checkout", "-q", "-b", "topic")
    event.write_text(letter.replace("2023-02-01", "2023-06-01"), "utf-8")
    committed(top)
    git(top, "checkout", "-q", "main")
    event.write_text(letter.replace("2023-02-01", "2023-06-01").replace("asks for", "wants"), "utf-8")
    committed(top)
    done = ogpcase("diff", "main...topic", *DAY)
    assert "warning: `arcadia-2023/2023-06-01-letter-second` was made on both sides" in done.stdout
    assert "1 id given twice" in done.stdout.partition("\n")[0]
    assert ["arcadia-2023/2023-06-01-letter-second"] == shown(ogpcase("diff", "main...topic", "--json"))["both_added"]


def test_since_parting_leaves_out_what_the_other_side_did(arcadia: Path, ogpcase: Run) -> None:
    top = arcadia.parent
    begun(arcadia)
    git(top, "checkout", "-q", "-b", "topic")
    changed(arcadia / "parties" / "open-arcadia.yaml", "name: Open Arcadia\n", "name: Open Arcadia Now\n")
    committed(top)
    git(top, "checkout", "-q", "main")
    changed(arcadia / "arcadia-2023" / "case.yaml", "language: en", "language: fr")
    committed(top)
    assert [] == shown(ogpcase("diff", "main...topic", "--json"))["rows"]
    assert 1 == len(shown(ogpcase("diff", "main..topic", "--json"))["rows"])


def test_sides_without_a_common_commit_have_a_way_out(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    git(arcadia.parent, "checkout", "-q", "--orphan", "other")
    (arcadia / "README.md").write_text("another beginning\n")
    committed(arcadia.parent)
    done = ogpcase("diff", "main...other")
    assert (1, "") == (done.returncode, done.stdout)
    assert "name a commit that this one comes from" in done.stderr


@pytest.mark.parametrize(
    ("revision", "code"),
    [("--output=f", 2), ("-x", 2), ("HEAD:cases", 2), ("HEAD..-x", 2), ("a..b..c", 2), ("nope", 1), ("HEAD..nope", 1)],
)
def test_what_names_no_commit_is_refused_and_writes_nothing(
    arcadia: Path, ogpcase: Run, revision: str, code: int
) -> None:
    begun(arcadia)
    before = sorted(arcadia.parent.iterdir())
    done = ogpcase("diff", "--", revision)
    assert (code, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("error: ")
    assert len(done.stderr.splitlines()) >= 2
    assert before == sorted(arcadia.parent.iterdir())


def test_outside_a_repository_that_is_said(arcadia: Path, ogpcase: Run) -> None:
    assert arcadia.is_dir()
    done = ogpcase("diff")
    assert (1, "") == (done.returncode, done.stdout)
    assert "is not in a git repository" in done.stderr


def test_a_record_that_can_no_longer_be_read_is_named_and_not_called_withdrawn(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    (arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml").write_text("kind: [letter\n")
    (row,) = shown(ogpcase("diff", *DAY, "--json"))["rows"]
    assert [("unreadable", "2023-02-01-letter-ask", None)] == [
        (each["what"], each["event"], each["title"]) for each in row["events"]
    ]
    assert [] == row["asks"]


def test_diff_in_a_hostile_repository_starts_no_program_of_its_choosing(
    arcadia: Path, ogpcase: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one of a bare repository hidden in the folder it is started from."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/marker'\n")
    trap.chmod(0o755)
    (arcadia / ".gitattributes").write_text("* diff=trap filter=trap\n")
    begun(arcadia)
    (arcadia / ".gitattributes").unlink()
    settings = ("core.fsmonitor", "core.pager", "diff.external", "diff.trap.textconv", "filter.trap.clean",
                "filter.trap.process", "core.sshCommand", "gpg.program", "pager.diff")  # fmt: skip
    for name in settings:
        git(tmp_path, "config", name, str(trap))
    sources = arcadia / "arcadia-2023" / "sources"
    sources.mkdir()
    git(tmp_path, "init", "-q", "--bare", str(sources))
    (sources / "config").write_text(f"[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {trap}\n")
    monkeypatch.chdir(sources)
    done = ogpcase("diff", *DAY, "--root", arcadia)
    assert "nested" in done.stdout or "repository" in done.stdout
    assert not (tmp_path / "marker").exists()


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "[click](http://evil.example)",
    "@everyone look",
    "fixes #1 and GH-2",
    "www.evil.example",
    "`` ` ```",
    "`",
    "a ``` b",
    "| a | b |",
    "# heading",
    "--> <!-- ",
    "\\` \\",
    "<!--",
    "::error::x",
    "\u202etxt.exe",
    "\x1b]8;;http://evil.example\x1b\\",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_record_text_acts_in_markdown(arcadia: Path, ogpcase: Run, text: str) -> None:
    """It is text of its line, whole or as visible code points; only our own marks and links act."""
    begun(arcadia)
    file = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    plain = "".join(each if each.isprintable() else "?" for each in text)
    said = json.dumps(plain, ensure_ascii=False)
    changed(file, "title: Open Arcadia asks for the sealed contracts", f"title: {said}")
    changed(file, "    text: Publish the contracts that were sealed in 2022.", f"    text: {said}")
    changed(arcadia / "parties" / "open-arcadia.yaml", "name: Open Arcadia", f"name: {said}")
    done = ogpcase("diff", *DAY, "--format", "markdown")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(done.stdout)
    assert sum(done.stdout.count(each) for each in forms_of(plain)) >= 3
    assert set(re.findall(r"<(/?[a-z0-9]+)", html)) <= {
        each for tag in ("p", "strong", "h3", "ul", "li", "a", "ins", "del", "code", "blockquote")
        for each in (tag, f"/{tag}")
    }  # fmt: skip
    links = set(re.findall(r'<a href="([^"]*)"', html))
    assert [] == [each for each in links if not each.startswith("cases/")]
    assert not re.search(r"@everyone|[^#&\w]#1\b|GH-2", done.stdout)
    assert [] == [line for line in done.stdout.splitlines() if line.startswith("::")]


def forms_of(text: str) -> set[str]:
    """The text as it stands in a sentence, and in a link."""
    said = escaped(text)
    return {said, said.replace("[", "&#91;").replace("]", "&#93;")}


def test_a_very_long_difference_fits_a_comment(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    letter = (arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml").read_text("utf-8")
    for number in range(400):
        file = arcadia / "arcadia-2023" / "events" / f"2023-02-01-letter-more-{number}.yaml"
        file.write_text(letter.replace("Open Arcadia asks", f"Open Arcadia asks {'again ' * 20}"), "utf-8")
    done = ogpcase("diff", *DAY, "--format", "markdown")
    assert len(done.stdout) < 65_000
    assert done.stdout.endswith("more lines do not fit here; `ogpcase diff` prints them all\n\nAs of 2020-01-01.\n")
    assert "400 events added" in done.stdout.partition("\n")[0]


def printed(capsys: pytest.CaptureFixture[str], reference: str, *, as_json: bool = False) -> str:
    from ogpcase.cli.app import app

    capsys.readouterr()
    form = "json" if as_json else "text"
    app(["show", reference, "--history", "--as-of", "2025-01-01", "--format", form], standalone_mode=False)
    return capsys.readouterr().out


def test_a_history_follows_a_record_through_its_names(arcadia: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each commit with what it changed; a comment is no change; what is not committed comes last."""
    events = arcadia / "arcadia-2023" / "events"
    first = begun(arcadia)
    (events / "2023-02-01-letter-ask.yaml").rename(events / "2023-02-02-letter-ask.yaml")
    changed(events / "2023-02-02-letter-ask.yaml", "dated: 2023-02-01", "dated: 2023-02-02")
    second = committed(arcadia.parent)
    with (events / "2023-02-02-letter-ask.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    committed(arcadia.parent)
    changed(events / "2023-02-02-letter-ask.yaml", "due: 2023-03-01", "due: 2023-04-01")
    assert [
        "arcadia-2023/2023-02-02-letter-ask, as it changed",
        f"  2020-01-01  {first[:10]}     added",
        f"  2020-01-01  {second[:10]}     renamed, was 2023-02-01-letter-ask",
        "      dated  2023-02-01 → 2023-02-02",
        "              not committed  amended",
        "      requests publish-contracts, due  2023-03-01 → 2023-04-01",
    ] == printed(capsys, "arcadia-2023/2023-02-02-letter-ask").splitlines()
    item = json.loads(printed(capsys, "arcadia-2023/2023-02-02-letter-ask#publish-contracts", as_json=True))
    assert ("history", "arcadia-2023") == (item["kind"], item["case"])
    assert [("added", []), ("amended", ["requests#publish-contracts.due"])] == [
        (row["what"], [each["field"] for each in row["fields"]]) for row in item["rows"]
    ]


def test_only_events_have_a_history(arcadia: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begun(arcadia)
    for name in ("open-arcadia", "arcadia-2023/2023-02-01-letter-nothing"):
        assert "" == printed(capsys, name)


def test_an_answer_that_is_gone_is_not_told_as_an_answer(mexico: Path, ogpcase: Run) -> None:
    """A change that takes an answer out says that the asks are no longer answered, never that they were."""
    begun(mexico)
    notice = mexico / "mexico-2018" / "events" / "2017-05-23-letter-core-group-exit.yaml"
    notice.write_text(re.sub(r"(?ms)^answers:\n.*?(?=^sources:)", "", notice.read_text("utf-8")), "utf-8")
    done = ogpcase("diff", *DAY)
    assert "2 asks no longer answered" in done.stdout.splitlines()[0]
    assert "\n  No longer answered\n" in done.stdout
    assert "\n  Answered\n" not in done.stdout
    told = shown(ogpcase("diff", "--json", *DAY))
    assert {"unanswered"} == {ask["what"] for row in told["rows"] for ask in row["asks"]}


def test_an_ask_that_is_gone_is_told_as_taken_back(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(re.sub(r"(?ms)^requests:\n.*?(?=^sources:)", "", letter.read_text("utf-8")), "utf-8")
    text = "Publish the contracts that were sealed in 2022."
    said = ogpcase("diff").stdout
    assert f"\n  Ask taken back\n    {text}\n" in said
    assert "\n      arcadia-2023/2023-02-01-letter-ask#publish-contracts\n" in said
    assert f"\n- **Ask taken back**: {text} (" in ogpcase("diff", "--format", "markdown").stdout


def test_a_source_that_moves_into_a_file_changes_no_event(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    ogpcase("validate", "--fix")
    (case,) = shown(ogpcase("diff", "--json"))["rows"]
    page = {"what": "added", "source": "case-page", "title": "Page of the case", "fields": []}
    assert ([page], [], []) == (case["sources"], case["events"], case["asks"])


def test_a_change_of_a_source_is_told_once(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("validate", "--fix")
    begun(arcadia)
    page = arcadia / "arcadia-2023" / "sources" / "case-page.yaml"
    changed(page, "Page of the case", "The page")
    (case,) = shown(ogpcase("diff", "--json"))["rows"]
    title = {"field": "title", "before": "Page of the case", "after": "The page"}
    assert ([{"what": "amended", "source": "case-page", "title": "The page", "fields": [title]}], []) == (
        case["sources"], case["events"],
    )  # fmt: skip
    text = ogpcase("diff").stdout
    assert "1 source amended" in text.splitlines()[0]
    assert "\n    amended    The page (case-page)\n               title  Page of the case → The page\n" in text
    markdown = ogpcase("diff", "--format", "markdown").stdout
    assert "- **Source amended**: [The page](cases/arcadia-2023/sources/case-page.yaml)\n  - title: " in markdown


def test_a_renamed_case_is_followed_with_its_problems(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    before = shown(ogpcase("diff", *DAY, "--json"))["problems"]["there_before"]
    assert 0 == ogpcase("rename", "arcadia-2023", "arcadia-2022").returncode
    answer = shown(ogpcase("diff", *DAY, "--json"))
    (row,) = answer["rows"]
    assert ("arcadia-2022", "arcadia-2023", "changed", [], []) == (
        row["case"], row["was"], row["what"], row["events"], row["asks"],
    )  # fmt: skip
    assert ([], before) == (answer["problems"]["new"], answer["problems"]["there_before"])
    assert "arcadia-2022: was arcadia-2023\n" in ogpcase("diff", *DAY).stdout


def test_a_moved_folder_is_followed(arcadia: Path, ogpcase: Run) -> None:
    begun(arcadia)
    moved = arcadia.parent / "data" / "cases"
    moved.parent.mkdir()
    arcadia.rename(moved)
    changed(moved / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml", "due: 2023-03-01", "due: 2023-03-02")
    (row,) = shown(ogpcase("diff", *DAY, "--json", "--root", moved))["rows"]
    assert [("amended", ["requests#publish-contracts.due"])] == [
        (each["what"], [field["field"] for field in each["fields"]]) for each in row["events"]
    ]


def test_another_folder_of_the_repository_is_not_taken_for_it(arcadia: Path, ogpcase: Run) -> None:
    other = arcadia.parent / "other"
    shutil.copytree(Path(__file__).parent.parent / "cases", other / "cases")
    git(arcadia.parent, "init", "-q", "-b", "main")
    git(arcadia.parent, "add", "other")
    git(arcadia.parent, "commit", "-q", "-m", "another")
    rows = shown(ogpcase("diff", *DAY, "--json", "--root", arcadia))["rows"]
    assert [("arcadia-2023", "opened")] == [(row["case"], row["what"]) for row in rows]


def test_what_is_not_judged_stands_apart_from_what_is_mended(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    changed(letter, "  - open-arcadia\n", "  - open-arcadja\n")
    begun(arcadia)
    letter.write_text("kind: [letter\n")
    text = ogpcase("diff", *DAY).stdout
    assert " mended, " in text
    assert re.search(r"\n\d+ problems? (is|are) not judged: a record can no longer be read\n", text)


@pytest.mark.parametrize(
    ("remote", "web"),
    [
        ("git@github.com:acme/cases.git", "https://github.com/acme/cases/blob/COMMIT"),
        ("https://user:secret@github.com/acme/cases", "https://github.com/acme/cases/blob/COMMIT"),
        ("https://gitlab.example.org:8443/a/b/c.git", "https://gitlab.example.org:8443/a/b/c/-/blob/COMMIT"),
        ("ssh://git@codeberg.org:22/a/b.git", "https://codeberg.org/a/b/src/commit/COMMIT"),
        ("../elsewhere", None),
        ("file:///srv/cases.git", None),
        ("https://[bad", None),
        (None, None),
    ],
)
def test_a_record_is_linked_at_the_head_commit(
    arcadia: Path, ogpcase: Run, remote: str | None, web: str | None
) -> None:
    """On the web if the remote has a page there, else by its path; what is not committed by its path too."""
    begun(arcadia)
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    changed(letter, "due: 2023-03-01", "due: 2023-03-02")
    head = committed(arcadia.parent)
    if remote:
        git(arcadia.parent, "config", "remote.origin.url", remote)
    path = "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml"
    there = f"{web}/{path}".replace("COMMIT", head) if web else path
    for words in (("HEAD~1..HEAD",), ("HEAD~1",)):
        markdown = ogpcase("diff", *words, *DAY, "--format", "markdown").stdout
        assert f"[Open Arcadia asks for the sealed contracts]({there})" in markdown
    assert "secret" not in markdown
    changed(letter, "due: 2023-03-02", "due: 2023-03-04")
    assert f"contracts]({path})" in ogpcase("diff", *DAY, "--format", "markdown").stdout
    letter.unlink()
    gone = ogpcase("diff", *DAY, "--format", "markdown").stdout
    assert (f"- **Taken out**: [Open Arcadia asks for the sealed contracts]({there})" in gone) == bool(web)


def test_who_wrote_to_whom_and_what_a_text_said_is_told(mexico: Path, ogpcase: Run) -> None:
    begun(mexico)
    letter = mexico / "mexico-2018" / "events" / "2017-02-16-letter-core-group.yaml"
    changed(letter, "belongs to totalitarian states", "is a mark of totalitarian states")
    text = ogpcase("diff", *DAY).stdout
    assert (
        "                letter, Core group of civil society of Mexico → Tripartite Technical Secretariat of Mexico; "
        "National Digital Strategy Coordination\n"
    ) in text
    assert "  summary  before  … leaves people defenceless, invades their privacy, belongs to totalitarian" in text
    assert "           now     … leaves people defenceless, invades their privacy, is a mark of totalitarian" in text
    markdown = ogpcase("diff", *DAY, "--format", "markdown").stdout
    assert "privacy, <del>belongs to</del> <ins>is a mark of</ins> totalitarian states" in markdown
