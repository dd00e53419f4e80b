"""`ogpcase set`: one node of one file changes, or nothing does and the command says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def changed(before: dict[str, bytes], root: Path) -> list[str]:
    after = snapshot(root)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_a_field_gets_another_value_and_all_else_stays(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    old = letter.read_bytes().replace(b"\n", b"\r\n").replace(b"kind: letter", b"# note\r\nkind:  letter   # kept")
    letter.write_bytes(old)
    before = snapshot(arcadia)
    done = ogpcase("set", "2023-02-01-letter-ask", "requests#publish-contracts.due", "2023-03-15")
    assert (0, "") == (done.returncode, done.stderr)
    assert [LETTER] == changed(before, arcadia)
    assert old.replace(b"due: 2023-03-01", b"due: 2023-03-15") == letter.read_bytes()
    assert (
        f"wrote   cases/{LETTER}\n  -     due: 2023-03-01\n  +     due: 2023-03-15\n"
        "undo    ogpcase set arcadia-2023/2023-02-01-letter-ask 'requests#publish-contracts.due' 2023-03-01\n"
    ) == done.stdout


def test_doing_it_twice_changes_nothing(arcadia: Path, ogpcase: Run) -> None:
    words = ("set", "arcadia-2023/2023-02-01-letter-ask", "summary", "{en: In short, es: En breve}")
    assert 0 == ogpcase(*words).returncode
    before = snapshot(arcadia)
    done = ogpcase(*words)
    assert (0, "") == (done.returncode, done.stderr)
    assert "already says so; nothing was written" in done.stdout
    assert [] == changed(before, arcadia)
    assert "title: Open Arcadia asks for the sealed contracts\nsummary:\n  en: In short\n  es: En breve\ndated" in (
        arcadia / LETTER
    ).read_text(encoding="utf-8")


def test_a_language_is_added_beside_the_others(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("set", "2023-02-01-letter-ask", "summary", "{en: In short}")
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "summary.fr", "En bref").returncode
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "summary", "{es: En breve}").returncode
    text = (arcadia / LETTER).read_text(encoding="utf-8")
    assert "summary:\n  en: In short\n  fr: En bref\n  es: En breve\n" in text
    whole = ogpcase("set", "2023-02-01-letter-ask", "summary", "Only this")
    assert (1, "error: `summary` is there in several languages\n  say which one: summary.en\n") == (
        whole.returncode,
        whole.stderr,
    )


def test_headers_and_parties_are_records_too(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("set", "arcadia-2023", "title", "{en: Sealed contracts}").returncode
    assert 0 == ogpcase("set", "Open Arcadia", "other_names", "OA", "Abre, Arcadia").returncode
    assert "title:\n  en: Sealed contracts\n" in (arcadia / "arcadia-2023/case.yaml").read_text(encoding="utf-8")
    party = (arcadia / "parties/open-arcadia.yaml").read_text(encoding="utf-8")
    assert "other_names:\n  - OA\n  - Abre, Arcadia\n" in party


def test_a_new_list_item_is_put_behind_those_that_stay(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    letter.write_text(
        letter.read_text(encoding="utf-8").replace("  - open-arcadia\n", "  - open-arcadia  # since 2019\n"),
        encoding="utf-8",
    )
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "senders", "Open Arcadia", "unknown").returncode
    assert "  - open-arcadia  # since 2019\n  - unknown\n" in letter.read_text(encoding="utf-8")


def test_what_stays_in_a_list_keeps_its_comments_and_what_goes_takes_them_along(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    rest = letter.read_text(encoding="utf-8")
    listed = "languages:\n  # as filed\n  - en  # original\n  - es  # translation\n"
    letter.write_text(rest + listed, encoding="utf-8")
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "languages", "fr", "en").returncode
    assert rest + "languages:\n  - fr\n  # as filed\n  - en  # original\n" == letter.read_text(encoding="utf-8")
    assert 0 == ogpcase("remove", "2023-02-01-letter-ask", "languages#1").returncode
    assert rest + "languages:\n  # as filed\n  - en  # original\n" == letter.read_text(encoding="utf-8")


def test_one_field_of_one_item_changes_and_the_others_move_whole(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    old = letter.read_text(encoding="utf-8")
    copy = "  - id: copy  # of ours\n    title:   'Copy of the letter'  # stamped\n"
    press = "  # dead link\n  - {id: press, title: 'The press', url: \"https://example.org/a\"}  # p. 3\n"
    head = old[: old.index("  - id: copy")]
    letter.write_text(head + copy + press, encoding="utf-8")
    typed = ("{id: press, title: The press, url: https://example.org/b}", "{id: copy, title: Copy of the letter}")
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "sources", *typed).returncode
    assert head + press.replace("/a", "/b") + copy == letter.read_text(encoding="utf-8")


def test_one_value_that_stands_for_a_list_of_one_stays(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    letter.write_text(letter.read_text(encoding="utf-8") + "languages: en  # original\n", encoding="utf-8")
    done = ogpcase("set", "2023-02-01-letter-ask", "languages", "en")
    assert (0, True) == (done.returncode, "nothing was written" in done.stdout)
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "languages", "en", "es").returncode
    assert letter.read_text(encoding="utf-8").endswith("languages: [en, es]  # original\n")


def test_a_change_that_brings_an_error_is_refused_with_its_frame(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    done = ogpcase("set", "2023-02-01-letter-ask", "requests#publish-contracts.due", "2022-12-31")
    assert 1 == done.returncode
    assert "error[OC323]" in done.stderr
    assert "refused: this change would bring 1 error; nothing was written" in done.stderr
    assert [] == changed(before, arcadia)


def test_an_error_that_was_there_before_does_not_stand_in_the_way(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    letter.write_text(letter.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "received", "2023-02-03").returncode
    assert "received: 2023-02-03\n" in letter.read_text(encoding="utf-8")


def test_a_date_is_set_as_people_type_it(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("set", "2023-02-01-letter-ask", "received", "3 février 2023").returncode
    assert "received: 2023-02-03\n" in (arcadia / LETTER).read_text(encoding="utf-8")


def test_a_dry_run_is_a_diff_and_writes_nothing(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    done = ogpcase("set", "2023-02-01-letter-ask", "received", "2023-02-03", "--dry-run")
    assert (0, "") == (done.returncode, done.stderr)
    assert [f"--- cases/{LETTER}", f"+++ cases/{LETTER}", "@@ -1,6 +1,7 @@"] == done.stdout.splitlines()[:3]
    assert ["+received: 2023-02-03"] == [line for line in done.stdout.splitlines()[2:] if line[0] in "+-"]
    assert [] == changed(before, arcadia)


def test_another_date_renames_the_file_and_what_refers_to_it(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("set", "2023-02-01-letter-ask", "dated", "2023-02-02")
    assert (0, "") == (done.returncode, done.stderr)
    new = arcadia / "arcadia-2023/events/2023-02-02-letter-ask.yaml"
    assert "dated: 2023-02-02\n" in new.read_text(encoding="utf-8")
    assert not (arcadia / LETTER).exists()
    assert "- 2023-02-02-letter-ask\n" in (arcadia / "arcadia-2023/events/2023-04-10-concern.yaml").read_text("utf-8")
    assert 0 == ogpcase("validate").returncode


@pytest.mark.usefixtures("arcadia")
def test_a_step_that_moves_the_case_is_said(ogpcase: Run) -> None:
    done = ogpcase("remove", "2024-06-03-resolution", "moves_to")
    assert 0 == done.returncode, done.stderr
    assert "stage   closed_addressed_domestically -> report_adopted" in done.stdout.replace("→", "->")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("2023-02-01-letter-ask", "dated"), 2, "missing argument `VALUE`"),
        (("2023-02-01-letter-ask", "dated", "2023", "2024"), 2, "`dated` takes one value"),
        (("2023-02-01-letter-ask", "context", "yes"), 2, "`context` is `true` or `false`"),
        (("2023-02-01-letter-ask", "adressees", "x"), 1, "did you mean `addressees`?"),
        (("2023-02-01-letter-ask", "requests#nope.due", "2023"), 1, "its items are publish-contracts"),
        (("2023-02-01-letter-ask", "title.en", "x"), 1, "`title` is one value and has no parts"),
        (("2023-02-01-letter-ask", "id", "x"), 1, "is named by it: `ogpcase rename` gives it another"),
        (("2023-02-01-letter-ask", "title.english-words", "x"), 1, "`title` is one value"),
        (("2023-02-01-letter-ask", "senders", "nobody at all"), 1, "no party is called `nobody at all`"),
        (("arcadia-2023/2023-02-01-leter-ask", "dated", "2023"), 1, "did you mean"),
        (("nobody", "name", "x"), 1, "no case, event or party is called `nobody`"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = snapshot(arcadia)
    done = ogpcase("set", *words)
    assert code == done.returncode
    assert said in done.stderr
    assert [] == changed(before, arcadia)


@pytest.mark.parametrize(
    ("field", "value", "lost"),
    [
        ("requests", "{id: other, text: Something else}", "publish-contracts"),
        ("sources", "https://example.org/a", "copy"),
    ],
)
def test_a_list_of_items_is_not_replaced_silently(
    arcadia: Path, ogpcase: Run, field: str, value: str, lost: str
) -> None:
    before = snapshot(arcadia)
    done = ogpcase("set", "2023-02-01-letter-ask", field, value)
    reference = "arcadia-2023/2023-02-01-letter-ask"
    assert (
        f"error: `{field}` holds items that this would drop: {lost}\n"
        f"  add another: ogpcase add {reference} {field} VALUE\n"
        f"  change one: ogpcase set {reference} '{field}#{lost}.FIELD' VALUE\n"
        f"  take one out: ogpcase remove {reference} '{field}#{lost}'\n"
    ) == done.stderr
    assert (1, []) == (done.returncode, changed(before, arcadia))


@pytest.mark.parametrize(
    ("reference", "field"),
    [
        ("arcadia-2023/2023-02-01-letter-ask#publish-contracts", "due"),
        ("2023-02-01-letter-ask#publish-contracts", "due"),
        ("arcadia-2023/2023-02-01-letter-ask", "requests#publish-contracts.due"),
        ("2023-02-01-letter-ask", "requests#1.due"),
    ],
)
def test_an_item_is_named_in_the_reference_or_in_the_field(
    arcadia: Path, ogpcase: Run, reference: str, field: str
) -> None:
    assert 0 == ogpcase("set", reference, field, "2023-03-15").returncode
    assert "    due: 2023-03-15\n" in (arcadia / LETTER).read_text(encoding="utf-8")


def test_a_party_is_named_as_a_path_too_and_its_former_name_can_be_kept(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("set", "parties/open-arcadia", "name", "Arcadia Open")
    assert "keep    ogpcase add parties/open-arcadia other_names 'Open Arcadia'\n" in done.stdout
    assert 0 == ogpcase("add", "parties/open-arcadia", "other_names", "Open Arcadia").returncode
    again = ogpcase("set", "parties/open-arcadia", "name", "Open Arcadia")
    assert "keep    ogpcase add parties/open-arcadia other_names 'Arcadia Open'\n" in again.stdout
    assert "keep" not in ogpcase("set", "parties/open-arcadia", "name", "OPEN ARCADIA").stdout
    file = (arcadia / "parties/open-arcadia.yaml").read_text(encoding="utf-8")
    assert "name: OPEN ARCADIA\nother_names: [Open Arcadia]\n" in file


@pytest.mark.parametrize(
    ("answer", "others"), [("", "other_names: [Open Arcadia]\n"), ("y", "other_names: [Open Arcadia]\n"), ("n", "")]
)
def test_on_a_terminal_it_asks_whether_to_keep_the_former_name(
    arcadia: Path, terminal: Callable[..., pexpect.spawn[str]], answer: str, others: str
) -> None:
    child = terminal("set", "parties/open-arcadia", "name", "Arcadia Open")
    child.expect_exact("former name: keep `Open Arcadia` as another name")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    text = (arcadia / "parties/open-arcadia.yaml").read_text(encoding="utf-8")
    assert f"name: Arcadia Open\n{others}classification" in text
    assert ("keep    ogpcase add" in (child.before or "")) is not bool(others)


def test_a_record_that_cannot_be_read_is_not_edited(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / LETTER).write_text("kind: [\n", encoding="utf-8")
    done = ogpcase("set", "arcadia-2023/2023-02-01-letter-ask", "dated", "2023")
    assert 1 == done.returncode
    assert "cannot be read as a record" in done.stderr


def test_a_file_that_changed_meanwhile_is_left_alone(arcadia: Path) -> None:
    from ogpcase.editing.changing import stored_together
    from ogpcase.editing.setting import change_to, spot_in, target_of
    from ogpcase.errors import FileChanged
    from ogpcase.workspace.opening import Workspace

    workspace = Workspace.open(arcadia)
    target = target_of(workspace, "2023-02-01-letter-ask")
    change = change_to(target, spot_in(target, "basis"), "III.B.9")
    (arcadia / LETTER).write_text("kind: letter\n", encoding="utf-8")
    with pytest.raises(FileChanged):
        stored_together(workspace, "set", [change])
    assert "kind: letter\n" == (arcadia / LETTER).read_text(encoding="utf-8")


OTHER = "other-2024/events/2024-07-01-letter.yaml"
ASK = "arcadia-2023/2023-02-01-letter-ask"


@pytest.fixture
def citing(arcadia: Path) -> Path:
    """The small case, and a letter of another case that cites its letter and an item of it."""
    (arcadia / "other-2024/events").mkdir(parents=True)
    (arcadia / "other-2024/case.yaml").write_bytes((arcadia / "arcadia-2023/case.yaml").read_bytes())
    letter = "kind: letter\ntitle: T\ndated: 2024-07-01\nsenders: [open-arcadia]\nsources: [{id: a, title: A}]\n"
    (arcadia / OTHER).write_text(f"{letter}cites: [{ASK}#publish-contracts]\n", "utf-8")
    return arcadia


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        (("set", f"{ASK}#publish-contracts", "id", "publish"), f"{ASK}#publish-contracts"),
        (("set", ASK, "withdrawn", '{"on": today, because: A mistake}'), ASK),
        (("edit", "s/id: publish-contracts/id: publish/"), f"{ASK}#publish-contracts"),
        (("edit", "$ a withdrawn: {'on': 2024-01-01, because: A mistake}"), ASK),
        (("edit", "s/2023-02-01/2023-02-02/; s/id: publish-contracts/id: publish/"), f"{ASK}#publish-contracts"),
    ],
)  # fmt: skip
def test_what_another_case_names_is_not_taken_away(
    citing: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lost: str
) -> None:
    script = citing.parent / "editor.sh"
    script.write_text(f'#!/bin/sh\nsed -i "{words[-1]}" "$1"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    before = snapshot(citing)
    done = ogpcase(*(("edit", ASK) if words[0] == "edit" else words))
    assert (1, []) == (done.returncode, changed(before, citing))
    assert f"refused: other records name `{lost}` in " in done.stderr
    assert f"  cases/{OTHER}:6: cites#1\n" in done.stderr


@pytest.mark.parametrize(
    ("held", "value", "gone"),
    [
        ("[title, dated]", ("summary",), "`title`, `dated`"),
        ("title", ("summary",), "`title`"),
        ("[{field: title, because: safety}]", ("summary",), "`title`"),
        ("[title, {field: dated, instead: 2023}]", ("title",), "`dated`"),
        ("all", ("title",), "`all`"),
    ],
)
def test_set_does_not_make_public_what_was_withheld(
    arcadia: Path, ogpcase: Run, held: str, value: tuple[str, ...], gone: str
) -> None:
    letter = arcadia / LETTER
    letter.write_text(f"{letter.read_text('utf-8')}withhold: {held}\n", "utf-8")
    before = snapshot(arcadia)
    done = ogpcase("set", ASK, "withhold", *value)
    assert (1, []) == (done.returncode, changed(before, arcadia))
    part = gone.split("`")[1]
    assert (
        f"error: this would no longer withhold {gone}; nothing was written\n"
        f"  withhold more: ogpcase add {ASK} withhold FIELD\n"
        f"  publish a part again: ogpcase remove {ASK} withhold {part}\n"
    ) == done.stderr


def test_all_withholds_every_part_that_was_withheld(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / LETTER
    letter.write_text(f"{letter.read_text('utf-8')}withhold: [title, summary]\n", "utf-8")
    assert 0 == ogpcase("set", ASK, "withhold", "title", "summary", "signatories").returncode
    done = ogpcase("set", ASK, "withhold", "all", "--dry-run")
    assert "no longer withhold" not in done.stderr


@pytest.mark.parametrize(
    ("value", "new", "words"),
    [
        ("{field: senders, instead: [government-of-arcadia]}", "{field: senders, instead: [arcadia-government]}",
         ("rename", "government-of-arcadia", "arcadia-government")),
        ("{field: senders, instead: [gov]}", "{field: senders, instead: [government-of-arcadia]}",
         ("merge-parties", "gov", "government-of-arcadia", "--yes")),
        ("{field: follows, instead: 2024-06-03-resolution}", "{field: follows, instead: 2024-06-03-resolution-end}",
         ("rename", "2024-06-03-resolution", "2024-06-03-resolution-end")),
    ],
)  # fmt: skip
def test_a_name_that_stands_instead_of_a_withheld_one_follows(
    arcadia: Path, ogpcase: Run, value: str, new: str, words: tuple[str, ...]
) -> None:
    (arcadia / "parties/gov.yaml").write_text("name: Gov\nclassification: government\ncountry: XA\n", "utf-8")
    letter = arcadia / LETTER
    text = letter.read_text("utf-8")
    for form in ("{}", "[{}]"):
        letter.write_text(f"{text}withhold: {form.replace('{}', value)}\n", "utf-8")
        done = ogpcase(*words, "--dry-run")
        assert 0 == done.returncode, done.stderr
        assert f"+withhold: {form.replace('{}', new)}\n" in done.stdout


def test_a_party_that_stands_instead_of_a_withheld_one_is_not_deleted(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "parties/gov.yaml").write_text("name: Gov\nclassification: government\n", "utf-8")
    letter = arcadia / LETTER
    letter.write_text(f"{letter.read_text('utf-8')}withhold: [{{field: senders, instead: [gov]}}]\n", "utf-8")
    done = ogpcase("withdraw", "parties/gov", "--delete")
    assert (1, True) == (done.returncode, (arcadia / "parties/gov.yaml").exists())
    assert "withhold#1.instead#1" in done.stderr


def test_another_date_heeds_what_is_not_read_and_says_where_the_case_stands(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (arcadia / "arcadia-2023/events/2023-06-01-letter.yaml").write_text("kind: [letter\n", "utf-8")
    done = ogpcase("set", "arcadia-2023/2023-02-01-letter-ask", "dated", "2023-02-02")
    assert (0, True) == (done.returncode, "cases/arcadia-2023/events/2023-06-01-letter.yaml" in done.stderr)
    (arcadia / "arcadia-2023/events/2023-06-01-letter.yaml").unlink()
    monkeypatch.setenv("EDITOR", "sed -i -e s/06-03$/06-05/ -e /^moves_to/,/^basis/d")
    done = ogpcase("edit", "arcadia-2023/2024-06-03-resolution")
    assert "stage   closed_addressed_domestically " in done.stdout, done.stderr
    assert (arcadia / "arcadia-2023/events/2024-06-05-resolution.yaml").exists()


def test_a_name_in_a_fact_of_another_source_is_found(arcadia: Path, ogpcase: Run) -> None:
    stated = "{field: addressees, value: [Government of Arcadia], source: copy}"
    for words in (("set", ASK, "also_stated", stated), ("set", ASK, "also_stated#1", stated)):
        assert 0 == ogpcase(*words).returncode
        assert "value: [government-of-arcadia]" in (arcadia / LETTER).read_text("utf-8")
    done = ogpcase("add", ASK, "also_stated", "{field: dated, value: 2 February 2023, source: copy}")
    assert 0 == done.returncode, done.stderr
    assert "2023-02-02" in (arcadia / LETTER).read_text("utf-8")


def test_an_id_that_is_made_is_none_that_the_record_has(arcadia: Path, ogpcase: Run) -> None:
    concern = "arcadia-2023/2023-04-10-concern"
    assert 0 == ogpcase("set", concern, "requests", "Sealed contracts").returncode
    assert "id: sealed-contracts-2" in (arcadia / f"{concern.replace('/', '/events/')}.yaml").read_text("utf-8")


def test_a_read_only_record_is_not_replaced(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / LETTER).chmod(0o444)
    before = snapshot(arcadia)
    for words in (("set", ASK, "title", "x"), ("set", ASK, "dated", "2023-02-02"), ("withdraw", ASK, "--because", "x")):
        done = ogpcase(*words)
        assert (1, []) == (done.returncode, changed(before, arcadia))
    done = ogpcase("set", ASK, "title", "x")
    assert (
        f"error: `cases/{LETTER}` is read-only; nothing was written\n  if it may change: chmod u+w cases/{LETTER}\n"
    ) == done.stderr


@pytest.mark.parametrize("value", ["-R3D", "--foo", "-foo"])
def test_a_value_that_looks_like_an_option_is_told_how_to_be_written(arcadia: Path, ogpcase: Run, value: str) -> None:
    done = ogpcase("set", ASK, "title", value)
    assert 2 == done.returncode
    assert f"a value that begins with - stands last, after --: -- {value}\n" in done.stderr
    assert 0 == ogpcase("set", ASK, "title", "--", value).returncode
    assert f"title: {value}\n" in (arcadia / LETTER).read_text("utf-8").replace('"', "")
    assert "did you mean `--dry-run`?\n" in ogpcase("set", ASK, "title", "x", "--dryrun").stderr
