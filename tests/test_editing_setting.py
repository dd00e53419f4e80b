"""Which node a typed field means, in which shape it is taken, and what no message about it may say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"


def parts(model: type, seen: set[type[Frozen]]) -> Iterator[type[Frozen]]:
    """Yields a model and every model that its fields are made of."""
    if model in seen or not issubclass(model, Frozen):
        return
    seen.add(model)
    yield model
    for field in questions_of(model):
        yield from parts(field.holds, seen)


@pytest.mark.parametrize("model", [*KINDS.values(), CaseHeader, Party], ids=lambda model: model.__name__)
def test_every_field_of_every_part_of_a_record_can_be_named(model: type) -> None:
    for part in parts(model, set()):
        assert issubclass(part, Frozen)
        names = {info.alias or name for name, info in part.model_fields.items() if not info.exclude}
        assert names == {field.name for field in questions_of(part)} - {"kind"}
        for field in questions_of(part):
            of_text = {"text", "line", "date", "code", "reference", "number", "flag", "party", "case", "source"}
            assert field.shape in of_text or issubclass(field.holds, Frozen)


@pytest.mark.parametrize(
    ("where", "typed", "written"),
    [
        ("2023-02-01-letter-ask received", ["2023-02-XX"], "received: 2023-02-XX\n"),
        ("2023-02-01-letter-ask received", ["[2023-02-01..2023-02-03]"], 'received: "[2023-02-01..2023-02-03]"\n'),
        ("2023-02-01-letter-ask context", ["true"], "context: true\n"),
        ("2023-02-01-letter-ask signatory_count", ["12"], "signatory_count: 12\n"),
        ("2023-02-01-letter-ask languages", ["en", "no"], 'languages:\n  - en\n  - "no"\n'),
        ("2023-02-01-letter-ask basis", ["2017"], 'basis: "2017"\n'),
        ("2023-02-01-letter-ask senders#1", ["unknown"], "senders:\n  - unknown\n"),
        ("2023-02-01-letter-ask senders", ["{party: Open Arcadia, as_named: OA}"],
         "senders:\n  - party: open-arcadia\n    as_named: OA\n"),
        ("2023-02-01-letter-ask signed_by", ["{name: A, for: Open Arcadia}"],
         "signed_by:\n  - name: A\n    for: open-arcadia\n"),
        ("2023-02-01-letter-ask sources#copy.title", ["{es: La copia}"], "    title:\n      es: La copia\n"),
        ("2023-02-01-letter-ask sources#copy.gives", ["dated", "title"], "    gives: [dated, title]\n"),
        ("2023-02-01-letter-ask requests#publish-contracts.on_missed.text", ["We ask again"],
         "    on_missed:\n      text: We ask again\n"),
        ("2023-02-01-letter-ask requests#1.asked_of", ["Open Arcadia"], "    asked_of: [open-arcadia]\n"),
        ("2024-06-03-resolution votes.for", ["7"], "votes:\n  for: 7\n"),
        ("2024-06-03-resolution adopts", ["2024-01-15-report-review"], "adopts: 2024-01-15-report-review\n"),
        ("2024-06-03-resolution term", ["{months: 12, until: 2025-06-03}"],
         "term:\n  months: 12\n  until: 2025-06-03\n"),
        ("2024-01-15-report-review findings#1.addressed", ["partly_addressed"], "    addressed: partly_addressed\n"),
    ],
)  # fmt: skip
def test_a_value_is_taken_in_its_field_s_shape(
    arcadia: Path, ogpcase: Run, where: str, typed: list[str], written: str
) -> None:
    event, field = where.split()
    done = ogpcase("set", event, field, *typed)
    assert 0 == done.returncode, done.stderr
    assert written in (arcadia / f"arcadia-2023/events/{event}.yaml").read_text(encoding="utf-8")
    assert 0 == ogpcase("set", event, field, *typed).returncode


@pytest.mark.parametrize("kind", Kind)
def test_a_field_is_put_at_its_house_place(arcadia: Path, ogpcase: Run, kind: Kind) -> None:
    """Behind all that stand before it in the kind's order, and before the rest."""
    file = arcadia / f"arcadia-2023/events/2023-02-{kind}.yaml"
    file.write_text(f"kind: {kind}\ntitle: T\ndated: 2023-02\nsources:\n- {{id: s, title: S}}\n", encoding="utf-8")
    assert 0 == ogpcase("set", f"2023-02-{kind}", "as_stated_status", "open").returncode
    assert 0 == ogpcase("set", f"2023-02-{kind}", "cites", "2023-02-01-letter-ask").returncode
    assert 0 == ogpcase("set", f"2023-02-{kind}", "summary", "S").returncode
    names = [line.split(":")[0] for line in file.read_text(encoding="utf-8").splitlines() if line[0].isalpha()]
    assert ["kind", "title", "summary", "dated", "cites", "as_stated_status", "sources"] == names
