"""`ogpcase export timelinejs`: held to a schema written from TimelineJS's documentation (tests/data/README.md)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
INVENTED = HERE / "corpus" / "sound" / "invented" / "cases"
SCHEMA = json.loads((HERE / "data" / "timelinejs.schema.json").read_text(encoding="utf-8"))
DAY = ("--as-of", "2026-11-22")
HOSTILE = "<img src=x onerror=alert(1)> </p><script>alert(1)</script> javascript:alert(1) \u202e =1+1 & more"


def written(done: CompletedProcess[str]) -> dict[str, Any]:
    assert (0, "") == (done.returncode, done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


def test_every_case_fits_the_schema(mexico: Path, ogpcase: Run, tmp_path: Path) -> None:
    copytree(INVENTED, mexico, dirs_exist_ok=True)
    assert 0 == ogpcase("export", "timelinejs", "--to", tmp_path / "out", *DAY).returncode
    files = list((tmp_path / "out").iterdir())
    assert {f"{path.parent.name}.json" for path in mexico.glob("*/case.yaml")} == {path.name for path in files}
    for path in files:
        jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.usefixtures("mexico")
def test_a_slide_is_an_event_and_an_era_a_stay_in_a_stage(ogpcase: Run) -> None:
    found = written(ogpcase("export", "timelinejs", "mexico-2018", *DAY))
    slides = {slide["unique_id"]: slide for slide in found["events"]}
    end = slides["2019-12-12-resolution"]
    assert {"year": 2019, "month": 12, "day": 12} == end["start_date"]
    assert "end_date" not in end
    assert "III.B.9" in end["text"]["text"]
    assert "Illegal surveillance of civil society in Mexico" == found["title"]["text"]["headline"]
    eras = [(era["text"]["headline"], era["start_date"]["year"]) for era in found["eras"]]
    assert ("Under review", 2018) in eras
    assert {"year": 2026, "month": 11, "day": 22} == found["eras"][-1]["end_date"]
    assert [slides[row["event"]]["start_date"]["year"] for row in _rows(ogpcase) if row["earliest"]] == [
        int(row["earliest"][:4]) for row in _rows(ogpcase) if row["earliest"]
    ]


def _rows(ogpcase: Run) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ogpcase("timeline", "mexico-2018", "--json", *DAY).stdout)["rows"]
    return rows


def test_an_imprecise_date_is_a_span_and_an_unknown_one_is_named_first(arcadia: Path, ogpcase: Run) -> None:
    events = arcadia / "arcadia-2023" / "events"
    for name, dated in (("2023-03-letter-month", "2023-03"), ("undated-letter-none", "unknown")):
        text = f"kind: letter\ntitle: Letter {dated}\ndated: {dated}\nsources: [{{id: s, title: S}}]\n"
        (events / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = written(ogpcase("export", "timelinejs", *DAY))
    slide = next(each for each in found["events"] if each["unique_id"] == "2023-03-letter-month")
    assert ("March 2023", 1, 31) == (slide["display_date"], slide["start_date"]["day"], slide["end_date"]["day"])
    assert "undated-letter-none" not in {each["unique_id"] for each in found["events"]}
    assert "Without a day: Letter unknown" in found["title"]["text"]["text"]


@pytest.mark.usefixtures("mexico")
def test_one_case_is_printed_and_several_are_written(ogpcase: Run) -> None:
    for words, said in (((), "a TimelineJS file is one case"), (("--table", "events"), "has no tables")):
        done = ogpcase("export", "timelinejs", *words)
        assert (2, "") == (done.returncode, done.stdout)
        assert said in done.stderr


class Page(HTMLParser):
    """Gathers the tags of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert (tag, name) == ("a", "href")
            assert str(value).startswith(("https://", "http://"))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _strings(inner)


def test_hostile_text_stays_text(arcadia: Path, ogpcase: Run) -> None:
    for path in (arcadia / "arcadia-2023").rglob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = [f"title: {json.dumps(HOSTILE)}" if line.startswith("title:") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = written(ogpcase("export", "timelinejs", *DAY))
    for text in _strings(found):
        page = Page()
        page.feed(text)
        page.close()
        assert page.tags <= {"p", "a"}
        assert "\u202e" not in text
    assert "&lt;script&gt;" in found["title"]["text"]["headline"]
