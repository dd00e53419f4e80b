"""`--edit`: the whole record as a template, with a sentence for each field, of which only what is filled in stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind, Outcome
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter", "--edit")


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which files to edit are made."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture
def filling(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, scratch: Path) -> Callable[[dict[str, str]], None]:
    """Makes an editor that copies what it was given to `seen` and then replaces each text by another."""
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def fill(changes: dict[str, str]) -> None:
        script = tmp_path / "fill.py"
        script.write_text(
            "import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\ntext = path.read_text()\n"
            f"Path('seen').write_text(text)\nfor old, new in {changes!r}.items():\n"
            "    assert old in text, old\n    text = text.replace(old, new, 1)\npath.write_text(text)\n"
        )
        monkeypatch.setenv("EDITOR", f"python3 {script}")

    return fill


Fill = Callable[[dict[str, str]], None]
FILLED = {
    "\ntitle:\n": "\n# from the archive\ntitle: A letter   # as printed\n",
    "\nsummary:\n": "\nsummary: |\n  One line.\n\n  # Another line.\n",
    "\ndated:\n": "\ndated: 2023-02-05\n",
    "\naddressees:\n": "\naddressees: [Government of Arcadia, unknown]\n",
    "\n    text:\n#|     The last day that is in time.\n": "\n    text: Publish the rest.\n",
    "\nsources:\n": "\nsources: https://example.org/letter\n",
}


def test_what_is_filled_in_is_the_record(arcadia: Path, ogpcase: Run, filling: Fill) -> None:
    filling(FILLED)
    done = ogpcase(*LETTER, "--senders", "open arcadia")
    assert (0, "") == (done.returncode, done.stderr)
    text = (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").read_text()
    assert (
        "kind: letter\n# from the archive\ntitle: A letter   # as printed\n"
        "summary: |\n  One line.\n\n  # Another line.\n"
        "dated: 2023-02-05\nsenders: [open-arcadia]\naddressees: [government-of-arcadia, unknown]\n"
        "requests:\n  - id: publish-the-rest\n    text: Publish the rest.\nsources: [letter]\n"
    ) == text
    assert "url: https://example.org/letter\n" == (arcadia / "arcadia-2023" / "sources" / "letter.yaml").read_text()


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("kind", Kind)
def test_the_template_of_a_kind_has_each_field_with_its_sentence(ogpcase: Run, filling: Fill, kind: Kind) -> None:
    filling({})
    done = ogpcase("add-event", kind, "--edit", "--title", "T")
    assert 1 == done.returncode
    seen = Path("seen").read_text()
    words = " ".join(seen.replace("#|", " ").split())
    for field in questions_of(KINDS[kind]):
        if not field.in_copies:
            assert f"\n{field.name}:" in seen
            assert field.about in words
            assert all(f"{choice.code}: {choice.sentence}" in words for choice in field.choices)
    assert "\ntitle: T\n" in seen
    assert "#|   open-arcadia: Open Arcadia\n" in seen
    assert "#|   2023-04-10-concern: Letter of Concern of Open Arcadia\n" in seen


@pytest.mark.usefixtures("arcadia")
def test_the_template_lists_open_requests_and_the_outcomes(ogpcase: Run, filling: Fill) -> None:
    filling({})
    ogpcase(*LETTER)
    seen = Path("seen").read_text()
    words = " ".join(seen.replace("#|", " ").split())
    asked = "Government of Arcadia: Publish the contracts that were sealed in 2022. answers:"
    assert f"2023-02-01-letter-ask#publish-contracts: {asked}" in words
    assert max(map(len, seen.splitlines())) < 80
    assert all(f"#|       {outcome}: " in seen for outcome in Outcome)


OF_ARCADIA = "subject: government-of-arcadia\ncountry: XA\nlanguage: en\n"
FILES = {
    "open-case": (
        ("arcadia-2024",),
        CaseHeader,
        {
            "\ntitle:\n": "\ntitle: More  # short\n",
            "\nsubject:\n": "\nsubject: government of arcadia\n",
            "\ncountry:\n": "\ncountry: XA\n",
            "\npolicy_version:\n": "\npolicy_version: '2017'\n",
        },
        "arcadia-2024/case.yaml",
        "title: More  # short\ntrack: response_policy\npolicy_version: '2017'\n" + OF_ARCADIA,
    ),
    "add-party": (
        ("open-gate", "--classification", "media"),
        Party,
        {"\nname:\n": "\nname: Open Gate\n", "\npart_of:\n": "\npart_of: [Open Arcadia]\n"},
        "parties/open-gate.yaml",
        "name: Open Gate\nclassification: media\npart_of: [open-arcadia]\n",
    ),
    "add-source": (
        ("minutes",),
        SourceRecord,
        {"\ntitle:\n": "\n# kept in the archive\ntitle: Minutes\n", "\npublished:\n": "\npublished: 2023-02\n"},
        "arcadia-2023/sources/minutes.yaml",
        "# kept in the archive\ntitle: Minutes\npublished: 2023-02\n",
    ),
}


@pytest.mark.parametrize("verb", FILES)
def test_headers_parties_and_sources_have_a_template_too(arcadia: Path, ogpcase: Run, filling: Fill, verb: str) -> None:
    words, model, changes, file, text = FILES[verb]
    filling(changes)
    done = ogpcase(verb, *words, "--edit")
    assert (0, "") == (done.returncode, done.stderr)
    assert text == (arcadia / file).read_text()
    seen = Path("seen").read_text()
    assert all(f"\n{field.name}:" in seen for field in questions_of(model) if not field.in_copies)


def test_advance_opens_the_event_of_the_move(arcadia: Path, ogpcase: Run, filling: Fill) -> None:
    (arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml").unlink()
    filling({"\ntitle:\n": "\ntitle: It closes\n", "\ndated:\n": "\ndated: 2024-06-04\n"})
    done = ogpcase("advance", "closed_addressed_domestically", "--edit")
    assert 0 == done.returncode, done.stderr
    seen = Path("seen").read_text()
    assert ["moves_to: [closed_addressed_domestically]", "basis: III.B.9"] == [
        line for line in seen.splitlines() if line.startswith(("moves_to", "basis"))
    ]
    text = (arcadia / "arcadia-2023" / "events" / "2024-06-04-resolution.yaml").read_text()
    assert (
        "kind: resolution\ntitle: It closes\ndated: 2024-06-04\nby: [ogp-criteria-and-standards]\n"
        "moves_to: [closed_addressed_domestically]\nbasis: III.B.9\n" == text
    )


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind: letter\n": "kind:\n"}, "error: nothing is filled in; nothing was written\n"),
        ({"\ntitle:\n": "\ntitle: T\n"}, "error: `dated` must be filled in; nothing was written\n"),
        ({"\nsenders:\n": "\nsenders: Nobody\n"}, "no party is called `Nobody`; nothing was written\n"),
        ({"\ntitle:\n": "\ntitle: a: b\n"}, "error: the edited record:23:9: "),
        ({"kind: letter\n": "kind: leter\n"}, "did you mean `letter`?\n"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_in_the_template(
    ogpcase: Run, filling: Fill, changes: dict[str, str], said: str
) -> None:
    filling(changes)
    done = ogpcase(*LETTER)
    assert (True, "") == (done.returncode in {1, 2}, done.stdout)
    assert said in done.stderr
    assert "  your text is kept: go on with ogpcase add-event arcadia-2023 --edit --from " in done.stderr


def test_the_command_that_goes_on_opens_what_was_typed(arcadia: Path, ogpcase: Run, filling: Fill) -> None:
    filling({**FILLED, "\nfollows:\n": "\nfollows: [\n"})
    done = ogpcase(*LETTER, "--slug", "more words", "--senders", "open-arcadia")
    *_, last = done.stderr.splitlines()
    kept = last.rpartition(" ")[2]
    said = f"  your text is kept: go on with ogpcase add-event arcadia-2023 --edit --slug 'more words' --from {kept}"
    assert (1, said) == (done.returncode, last)
    filling({"\nfollows: [\n": "\nfollows:\n"})
    done = ogpcase("add-event", "arcadia-2023", "--edit", "--slug", "more words", "--from", kept)
    assert (0, "") == (done.returncode, done.stderr)
    assert "follows: [\n" in Path("seen").read_text()
    assert (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter-more-words.yaml").exists()


def test_a_template_filled_in_elsewhere_can_be_given(arcadia: Path, ogpcase: Run, filling: Fill) -> None:
    filling({})
    ogpcase(*LETTER)
    text = Path("seen").read_text()
    for old, new in FILLED.items():
        text = text.replace(old, new, 1)
    done = ogpcase("add-event", "--from", "-", "--senders", "open-arcadia", stdin=text)
    assert (0, "") == (done.returncode, done.stderr)
    assert "#|" not in (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").read_text()


def test_a_whole_record_is_opened_with_the_fields_that_it_lacks(arcadia: Path, ogpcase: Run, filling: Fill) -> None:
    whole = "# mine\nkind: letter\ntitle: A letter\ndated: 2023-02-05\nsenders: [Open Arcadia]\n"
    Path("whole.yaml").write_text(whole)
    filling({"\nsummary:\n": "\nsummary: Short.\n"})
    done = ogpcase("add-event", "--from", "whole.yaml", "--edit")
    assert 0 == done.returncode, done.stderr
    assert 1 == Path("seen").read_text().count("\ntitle:")
    text = (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").read_text()
    assert whole.replace("Open Arcadia", "open-arcadia") + "summary: Short.\n" == text


@pytest.mark.parametrize(
    "words", [("open-case", "arcadia-2024"), ("add-party", "open-gate"), ("add-source", "minutes")]
)
def test_a_header_a_party_and_a_source_can_be_given_whole(arcadia: Path, ogpcase: Run, words: tuple[str, ...]) -> None:
    texts = {
        "open-case": "# mine\ntitle: T\ntrack: response_policy\npolicy_version: '2017'\n"
        + OF_ARCADIA,
        "add-party": "# mine\nname: Open Gate\nclassification: media\n",
        "add-source": "# mine\ntitle: Minutes\n",
    }  # fmt: skip
    done = ogpcase(*words, "--from", "-", stdin=texts[words[0]])
    assert (0, "") == (done.returncode, done.stderr)
    assert texts[words[0]] in {path.read_text() for path in arcadia.rglob("*.yaml")}


def test_what_was_typed_survives_a_crash(
    arcadia: Path, ogpcase: Run, filling: Fill, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ogpcase.cli.new_event.event_id_for", lambda *_: 1 / 0)
    filling(FILLED)
    done = ogpcase(*LETTER, "--root", ".")
    assert (3, 5) == (done.returncode, len(list((arcadia / "arcadia-2023" / "events").iterdir())))
    (kept,) = scratch.rglob("event.yaml")
    goes_on = f"ogpcase add-event arcadia-2023 --edit --root . --from {kept}"
    assert f"  your text is kept: go on with {goes_on}\n" in done.stderr
    assert "title: A letter   # as printed\n" in kept.read_text()


def test_lines_of_a_text_that_look_like_a_comment_of_a_template_stay(arcadia: Path, ogpcase: Run) -> None:
    table = "summary: |\n  A table:\n  #| 1 | plan |\n  #| 2 | act |\n"
    record = f"kind: letter\ntitle: T\n{table}dated: 2023-02-05\nsenders: [open-arcadia]\n"
    event = arcadia / "arcadia-2023/events/2023-02-05-letter.yaml"
    head = "#| Write behind the colons. What is left empty is left out, and so are these lines.\n#| kind\n"
    for text in (record, f"#| mine\n{record}", f"{head}{record}#| sources\nsources:\n"):
        assert 0 == ogpcase("add-event", "arcadia-2023", "--from", "-", stdin=text).returncode
        assert table in event.read_text("utf-8")
        assert text.startswith("#| mine") == ("#| mine" in event.read_text("utf-8"))
        event.unlink()
