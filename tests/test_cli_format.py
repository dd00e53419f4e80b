"""`ogpcase format`: on request only, and never a comment or a value less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from ogpcase.workspace import Workspace

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"


def values(root: Path) -> dict[str, object]:
    workspace = Workspace.open(root)
    texts = [workspace.parties.texts, *(each.texts for each in workspace.all())]
    return {file: tree.value for each in texts for file, tree in each.trees.items()}


def test_records_are_put_into_shape_and_say_the_same(mexico: Path, ogpcase: Run) -> None:
    before = values(mexico)
    verdict = ogpcase("validate")
    assert 1 == ogpcase("format", "--check").returncode
    done = ogpcase("format")
    assert (0, "") == (done.returncode, done.stderr)
    assert "wrote   cases/mexico-2018/events/2018-07-16-concern.yaml" in done.stdout
    assert before == values(mexico)
    assert verdict.returncode == ogpcase("validate").returncode
    again = ogpcase("format", "--check")
    assert (0, "all records are in shape\n") == (again.returncode, again.stdout)


def test_fields_come_into_the_order_of_their_kind_with_their_comments(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / LETTER).write_text(
        "# about the sources\nsources:\n- title: Copy of the letter # seen\n  id: copy\n"
        "dated: 2023-02-01\nkind: letter\n# who\naddressees: [government-of-arcadia]\nsenders: [open-arcadia]\n"
        "title: {es: Uno, en: One}\nrequests:\n- {text: 'Publish', due: 2023-03-01, id: publish-contracts}\n",
        encoding="utf-8",
    )
    assert 0 == ogpcase("format", f"cases/{LETTER}").returncode
    assert (arcadia / LETTER).read_text(encoding="utf-8") == (
        "kind: letter\ntitle:\n  es: Uno\n  en: One\ndated: 2023-02-01\nsenders: [open-arcadia]\n"
        "# who\naddressees: [government-of-arcadia]\nrequests:\n  - id: publish-contracts\n    text: Publish\n"
        "    due: 2023-03-01\n# about the sources\nsources:\n  - id: copy\n    title: Copy of the letter  # seen\n"
    )


def test_only_the_paths_given_are_written(arcadia: Path, ogpcase: Run) -> None:
    for path in arcadia.rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert 0 == ogpcase("format", "cases/parties").returncode
    assert (arcadia / LETTER).read_text(encoding="utf-8").endswith("\n\n\n")
    assert not any(path.read_text(encoding="utf-8").endswith("\n\n") for path in (arcadia / "parties").iterdir())


def test_a_check_writes_nothing(mexico: Path, ogpcase: Run) -> None:
    before = {path: path.read_bytes() for path in mexico.rglob("*.yaml")}
    done = ogpcase("format", "--check", "cases/mexico-2018")
    assert 1 == done.returncode
    assert "would write   cases/mexico-2018/events/2018-07-16-concern.yaml" in done.stdout
    assert before == {path: path.read_bytes() for path in mexico.rglob("*.yaml")}


def test_a_record_with_errors_is_left_and_named_and_the_others_are_written(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / LETTER).write_text("kind: letter\ntitle: no\n", encoding="utf-8")
    broken = arcadia / "arcadia-2023/events/2023-05-22-letter-notice.yaml"
    broken.write_text("kind: [\n", encoding="utf-8")
    done = ogpcase("format")
    assert 1 == done.returncode
    assert f"left as it is: cases/{LETTER}: a record with errors" in done.stderr
    assert "2023-05-22-letter-notice.yaml: it cannot be read" in done.stderr
    assert "kind: letter\ntitle: no\n" == (arcadia / LETTER).read_text(encoding="utf-8")
    assert "wrote   cases/arcadia-2023/events/2023-04-10-concern.yaml" in done.stdout
