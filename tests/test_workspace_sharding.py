"""A folder judged in shards and merged: the bytes of one run over the whole."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ogpcase.errors import Misused
from ogpcase.export.json import shard_json, verdict_json
from ogpcase.export.merging import NotMerged, Report, agreed, merged_json, report_in
from ogpcase.workspace import Workspace, judge
from ogpcase.workspace.judging import Way
from ogpcase.workspace.sharding import Part, Shard, judged_rest, judged_shard

TODAY = date(2026, 11, 22)
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
WITHHELD = "name: Marta Quell\nclassification: individual\nwithhold: all\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven cases with something wrong in most of them, beside them, and in the parties; some of it withheld."""
    made = tmp_path / "cases"
    shutil.copytree(INVENTED, made)
    for number, path in enumerate(sorted(made.glob("*/events/*.yaml"))):
        if number % 5 == 0:
            path.write_text(path.read_text() + "nonsense: 1\n" * (1 + 60 * (number == 10)))
    secret = sorted(made.glob("vestrel-*/events/*.yaml"))[1]
    secret.write_text(secret.read_text() + "withhold: all\n")
    (made / "parties" / "marta-quell.yaml").write_text(WITHHELD)
    (made / "parties" / "named-by-nobody.yaml").write_text("name: Nobody\nclassification: other\n")
    (made / "stray.txt").write_text("")
    naming = min(made.glob("tesmark-*/events/*.yaml"))
    naming.write_text(naming.read_text().replace("title: ", "title: Marta Quell and ", 1))
    return made


def part(folder: Path, text: str) -> Part:
    return judged_shard(Workspace.open(folder), Shard.parse(text), TODAY, Way())


def told(found: Part) -> str:
    shard = {"index": found.shard.index, "of": found.shard.of, "folder": found.folder, "used": list(found.used),
             "whole": found.whole, "unforeseen": found.unforeseen}  # fmt: skip
    return shard_json(found.verdict, TODAY, shard)


def reports(folder: Path, of: int) -> list[Report]:
    return [report_in(told(part(folder, f"{each}/{of}"))) for each in range(1, of + 1)]


def merged(folder: Path, read: list[Report]) -> str:
    used = {party for each in read for party in each.used}
    rest = judged_rest(Workspace.open(folder), used, TODAY, whole=all(each.whole for each in read))
    return merged_json(read, rest)


@pytest.mark.parametrize("of", [1, 2, 3, 7, 9])
def test_the_shards_of_a_folder_make_its_report(folder: Path, of: int) -> None:
    expected = verdict_json(judge(Workspace.open(folder), (), TODAY), TODAY)
    assert expected == merged(folder, reports(folder, of))
    assert len(json.loads(expected)["rows"]) > 20


@pytest.mark.parametrize("uses", [True, False])
def test_whether_a_party_is_named_is_known_although_it_is_withheld(folder: Path, *, uses: bool) -> None:
    """A shard tells of it by a digest that says nothing to whoever has not its file."""
    for path in folder.glob("*/events/*.yaml"):
        path.write_text(path.read_text().replace("nonsense: 1\n", ""))
    if uses:
        naming = next(folder.glob("harrowmere-*/events")) / "2021-01-01-letter-new.yaml"
        naming.write_text("kind: letter\ntitle: A letter\ndated: 2021-01-01\nsenders: [marta-quell]\n")
    texts = [told(part(folder, f"{each}/3")) for each in (1, 2, 3)]
    assert not any("marta" in text.casefold() or "quell" in text.casefold() for text in texts)
    named = [party for text in texts for party in json.loads(text)["shard"]["used"]]
    assert named
    assert [] == [party for party in named if not party.startswith("sha256:")]
    whole = verdict_json(judge(Workspace.open(folder), (), TODAY), TODAY)
    assert whole == merged(folder, [report_in(text) for text in texts])


def test_a_case_that_withholds_where_nobody_looked_is_told(folder: Path) -> None:
    """Its key is written in escapes: other shards do not see it, so such reports are not merged."""
    path = min(folder.glob("lurenia-*/events/*.yaml"))
    path.write_text(path.read_text() + '"with\\u0068old": all\n')
    assert 1 == sum(part(folder, f"{each}/2").unforeseen for each in (1, 2))
    with pytest.raises(NotMerged, match="only a run over the whole folder sees"):
        agreed(reports(folder, 2))


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1/0", "1", "a/b", "1/2/3", "-1/2", "01/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(Misused):
        Shard.parse(text)


def test_only_all_shards_of_one_run_are_merged(folder: Path) -> None:
    one, two, three = reports(folder, 3)
    with pytest.raises(NotMerged, match="shard 2/3 is missing"):
        agreed([one, three])
    with pytest.raises(NotMerged, match="given twice"):
        agreed([one, two, three, two])
    (folder / "stray.txt").unlink()
    with pytest.raises(NotMerged, match="one folder"):
        agreed([one, two, reports(folder, 3)[2]])
    assert one is agreed([one, three, two])


def damaged(text: str) -> list[str]:
    whole = json.loads(text)
    changes: list[dict[str, Any]] = [
        {"rows": 1},
        {"rows": [1]},
        {"rows": [{"places": []}]},
        {"shard": 1},
        {"shard": {}},
        {"judged": {}},
        {"as_of": None},
        {"as_of": "2026"},
        {"kind": "diff"},
        {"ogpcase": "0"},
        {"format": 0},
        {"shard": {**whole["shard"], "index": float("inf")}},
        {"rows": [{**whole["rows"][0], "more": float("nan")}]},
    ]
    return ["", "[]", "1", "{", "[" * 100_000, *(json.dumps({**whole, **each}) for each in changes)]


def test_what_is_no_report_is_refused_in_words(folder: Path) -> None:
    for text in damaged(told(part(folder, "1/2"))):
        with pytest.raises(NotMerged, match="it "):
            report_in(text)


def test_shards_of_another_commit_are_of_another_folder(folder: Path) -> None:
    one = reports(folder, 2)[0]
    event = min(folder.glob("tesmark-*/events/*.yaml"))
    event.write_text(event.read_text() + "more: 1\n")
    with pytest.raises(NotMerged, match="one folder"):
        agreed([one, reports(folder, 2)[1]])
