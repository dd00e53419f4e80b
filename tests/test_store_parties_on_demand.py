"""Parties read when they are asked for: the same answers as of all of them read at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ogpcase.model.casefile import Registry
from ogpcase.model.codelists import Body
from ogpcase.store.files import DiskFiles
from ogpcase.store.load import load_registry
from ogpcase.store.parties_on_demand import parties_on_demand
from ogpcase.workspace.hidden import hidden_in

ROOT = Path(__file__).parent.parent
LINES = [
    "name: Open Arcadia", "name: Société Étoile", "name:", "  en: Open Arcadia", "  es-MX: Arcadia Abierta",
    "classification: other", "classification: ogp_body", "classification: nothing", "country: XA", "country: Xa",
    "body: support_unit", "body: none", "other_names:", "  - A name", "  - withhold: all",
    "other_names: [One, Two]", "part_of: [open-arcadia]", "part_of:", "withhold: all", " withhold: all",
    "withold: all", "with\u200bhold: all", '"with\\u0068old": all', "name: A\u2028withhold: all",
    "name: A\x85withhold: all", "# withhold", "links:", "  - url: https://example.org", "---", "nonsense: 1",
    "\tname: A", "\ufeffname: A", "name: &a A", "name: |", "  withhold: all", "name: [withhold]",
    "identifiers: [{withhold: all}]", "name: A\r",
]  # fmt: skip


LEAKED = [
    "name: Jane Roe, Withhold: all\n",
    "name: Jane Roe\nlinks:\n  - Withhold: all\nclassification: bogus\n",
    "name: Jane\nclassification: individual\n  - Withold: all\n",
    "name: Jane\nclassification: individual\nother_names:\n  - x: y, Withhold: all\n",
]


def same(root: Path) -> None:
    """Asks both for all there is to know; in another order than that of the names."""
    files = DiskFiles(root)
    whole = load_registry(files)
    lazy, told = parties_on_demand(files)
    ids = sorted({*whole.registry.parties, *whole.registry.unreadable, "nobody"}, reverse=True)
    for each in (whole.registry, lazy):
        assert list(each.parties) == list(whole.registry.parties)
    for party_id in ids:
        assert whole.registry.knows(party_id) == lazy.knows(party_id)
        assert whole.registry.parties.get(party_id) == lazy.parties.get(party_id)
        assert (party_id in whole.registry.unreadable) == (party_id in lazy.unreadable)
        assert (party_id in whole.registry.flawed) == (party_id in lazy.flawed)
    assert _told(whole.registry) == _told(lazy)
    assert _told(whole.registry.public) == _told(lazy.public)
    assert dict(whole.registry.public.parties) == dict(lazy.public.parties)
    assert hidden_in(whole, []) == hidden_in(told, [])


def _told(registry: Registry) -> object:
    return [party.id for party in registry.withheld], {body: registry.bodies(body) for body in Body}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.lists(st.lists(st.sampled_from(LINES), max_size=6), min_size=1, max_size=3),
    end=st.sampled_from(["\n", ""]),
)
@example(files=[["name: A", "classification: other", "withhold: all"]], end="\n")
@example(files=[["name: A\u2028with\u200bhold: all", "classification: other"]], end="\n")
@example(files=[[" name: A", " classification: other", " withold: all"]], end="\n")
@example(files=[["name: A", "classification: ogp_body", "body: support_unit"]], end="\n")
def test_nothing_tells_when_a_party_was_read(files: list[list[str]], end: str, tmp_path: Path) -> None:
    parties = tmp_path / "parties"
    parties.mkdir(exist_ok=True)
    for path in parties.iterdir():
        path.unlink()
    for number, lines in enumerate(files):
        (parties / f"party-{number}.yaml").write_text("\n".join(lines) + end, encoding="utf-8", newline="")
    same(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfename: A\n", b"name: A\xe9\n", b"x" * 300_000, b"name: \x00\n", b"name: A\n" * 900]
)
def test_files_that_are_no_party_are_read_at_once(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "parties").mkdir()
    (tmp_path / "parties" / "odd.yaml").write_bytes(data)
    same(tmp_path)


@pytest.mark.parametrize("folder", ["cases", "tests/corpus/sound/invented/cases"])
def test_our_own_parties_are_the_same(folder: str) -> None:
    same(ROOT / folder)


def test_most_of_our_own_are_read_only_when_they_are_asked_for() -> None:
    """Else nothing is gained."""
    lazy, told = parties_on_demand(DiskFiles(ROOT / "cases"))
    assert len(told.registry.parties) * 2 < len(list(lazy.parties))


@pytest.mark.parametrize("text", LEAKED)
def test_whoever_may_have_meant_to_withhold_is_read_at_once(text: str, tmp_path: Path) -> None:
    (tmp_path / "parties").mkdir()
    (tmp_path / "parties" / "jane-roe.yaml").write_text(text)
    same(tmp_path)
