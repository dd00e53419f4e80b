"""What is withheld is said by no command, in no format, on success or on error: not whole, in part or spelt otherwise.

A word that stands nowhere else is put into every place that can be withheld. And of two folders that differ in nothing
but what is withheld, every reading command says the same, byte for byte: no count, order, length, name or hit of a
filter tells anything of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from pyarrow import parquet
from tests.outward.commands import WHOLE, There, formats_of, has_option, missing, readings, writings
from tests.outward.listening import Ear, without_typed
from tests.outward.pairs import before_of, emptied, on_days, pair, told_of_records
from tests.outward.running import Ran, committed, inside, run
from tests.outward.tokens import OPEN, Secret
from tests.outward.withheld import HARD, PARTS, folder_of, there_in

from ogpcase.cli.app import VERBS
from ogpcase.export.json import timeline_json
from ogpcase.model.codelists import Kind
from ogpcase.model.fields import fields_of
from ogpcase.views.shown import Reader
from ogpcase.views.timeline import timeline_of
from ogpcase.workspace import Workspace


def test_every_verb_is_tried() -> None:
    """A verb that is added fails here until it is said how to try it."""
    assert set() == missing()
    assert {verb for verb in VERBS if has_option(verb, "--format")} <= set(WHOLE)


def test_every_format_is_tried() -> None:
    folder = folder_of("party", Secret("a"))
    tried = {words[0]: set[str]() for words in readings(there_in(folder))}
    for words in readings(there_in(folder)):
        tried[words[0]].add(Ran(words, 0, "", "").form)
    known = {verb: set(formats_of(verb)) for verb in WHOLE if formats_of(verb) != ("",)}
    assert {} == {verb: forms - tried[verb] for verb, forms in known.items() if forms - tried[verb]}


def test_every_field_is_withheld_in_some_event() -> None:
    withheld = {
        (str(values["kind"]), name)
        for part in PARTS
        for events in folder_of(part, Secret("a")).events.values()
        for values in events.values()
        for name in values.get("withhold", ())
    }
    for kind in Kind:
        own = {field.name for field in fields_of(kind)} - {"withhold"}
        missed = own - {name for of, name in withheld if of in {kind, Kind.LETTER}}
        assert set() == missed


@pytest.mark.parametrize("part", PARTS)
def test_nothing_withheld_is_said(part: str) -> None:
    found = pair(part)
    heard = {ran.words: said for ran in (*found.one, *found.other) if (said := _heard(found.ear, ran))}
    assert {} == heard


@pytest.mark.parametrize("part", PARTS)
def test_no_command_stumbles_over_it(part: str) -> None:
    ran = (each for each in (*pair(part).one, *pair(part).other) if each.code not in {0, 1})
    assert [] == [(each.words, each.err) for each in ran if "cannot be printed" not in each.err]  # Parquet is files


@pytest.mark.parametrize("part", PARTS)
def test_nothing_tells_two_folders_apart_that_differ_in_what_is_withheld(part: str) -> None:
    found = pair(part)
    assert [] == found.different()
    changes = [(told_of_records(one), told_of_records(other)) for one, other in found.both()]
    assert [] == [(one, other) for one, other in changes if one != other]


@pytest.mark.parametrize("part", map(str, Kind) if HARD else ("development",))
def test_nothing_tells_whether_there_is_anything_in_a_withheld_field(part: str) -> None:
    assert [] == emptied(part).different()


ASKED = ("timeline", "status", "list", "requests", "due", "stats")
"""The verbs whose answer turns on the day that is asked for."""


def asked_days(part: str) -> Iterator[str]:
    """Yields the days around each withheld one of the two folders, as who looks for it by halving would ask."""
    known = {each for name in ("a", "b") for each in _tokens(part, name) if re.fullmatch(r"20\d\d-\d\d-\d\d", each)}
    for each in sorted(known) if HARD else sorted(known)[::4]:
        yield from (str(date.fromisoformat(each) + timedelta(days=more)) for more in ((-1, 0, 1) if HARD else (-1, 1)))


@pytest.mark.parametrize("part", ["letter", "steps"])
def test_no_day_that_is_asked_for_narrows_a_withheld_date(part: str) -> None:
    """Who asks for one day after the other gets the same answers whatever the withheld days are."""
    days = tuple(asked_days(part))
    assert days
    found = on_days(part, days, ASKED if HARD else ASKED[:3])
    assert {"--as-of", "--known-by"} <= {word for ran in found.one for word in ran.words}
    assert [] == found.different()


@pytest.mark.parametrize("part", PARTS if HARD else ("letter", "steps", "party"))
def test_who_may_see_it_could_tell_them_apart(part: str, tmp_path: Path) -> None:
    """Else the tests above would hold of anything."""
    told = []
    for name in ("a", "b"):
        root = folder_of(part, Secret(name)).write(tmp_path / name)
        case = next(iter(Workspace.open(root).all())).casefile
        told.append([timeline_json(timeline_of(case, Reader(date(2026, 1, 1), withheld=all_of_it)))
                     for all_of_it in (False, True)])  # fmt: skip
    assert told[0][0] == told[1][0]
    assert told[0][1] != told[1][1]
    assert Ear(_tokens(part, "a")).hears(told[0][1])


def _tokens(part: str, name: str) -> set[str]:
    secret = Secret(name)
    folder_of(part, secret)
    return set(secret.tokens)


SMALL = ("party", "letter") if HARD else ("party",)
"""The parts that are small enough for each command to read, or to write in, a folder of its own."""


def _fewer(there: There) -> There:
    """Returns less to ask for where not all is tried: a withheld party, another and a name, and some events."""
    if HARD:
        return replace(there, days=())
    secret = [each for each in there.parties if each.isalpha()]
    cases = {case: [events[0], events[-1]] for case, events in there.cases.items()}
    return replace(there, days=(), parties=[*secret[:1], OPEN, *there.parties[-1:]], cases=cases)


@pytest.mark.parametrize("part", SMALL)
def test_a_command_that_reads_only_what_it_needs_says_nothing_either(part: str, tmp_path: Path) -> None:
    """What is not read is not known to be withheld; here each command reads for itself, also into a pipe for CI."""
    secret = Secret("a")
    folder = folder_of(part, secret)
    committed(tmp_path, [before_of(part, secret), folder])
    ear = Ear(secret.tokens)
    with inside(tmp_path), pytest.MonkeyPatch.context() as around:
        around.setenv("GITHUB_ACTIONS", "true")
        around.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
        ran = [run(*words) for words in readings(_fewer(there_in(folder)), in_one=True)]
        ran += [run("validate"), run("validate", "--base", "HEAD~1"), run("validate", "--new-only")]
    assert [] == [(each.words, each.err) for each in ran if each.code not in {0, 1}]
    assert {} == {each.words: heard for each in ran if (heard := _heard(ear, each))}
    assert [] == ear.hears((tmp_path / "summary").read_text())


def _heard(ear: Ear, ran: Ran) -> list[str]:
    return ear.hears(without_typed(ran.out + ran.err, ran.words))


@pytest.mark.parametrize("part", ["party", "letter"])
def test_no_report_of_a_shard_says_it_nor_what_is_made_of_them(part: str, tmp_path: Path) -> None:
    secret = Secret("a")
    folder = folder_of(part, secret)
    committed(tmp_path, [before_of(part, secret), folder])
    reports = ("1.json", "2.json")
    with inside(tmp_path):
        ran = [run("validate", "--shard", f"{name[0]}/2", "--json") for name in reports]
        for name, each in zip(reports, ran, strict=True):
            Path(name).write_text(each.out, encoding="utf-8")
        ran += [run("merge", *reports), run("merge", reports[0]), run("validate", "--since", "HEAD~1")]
    assert {0, 1} >= {each.code for each in ran}
    assert {} == {each.words: heard for each in ran if (heard := _heard(Ear(secret.tokens), each))}


def _exported(work: Path) -> Iterator[str]:
    """Yields what stands in files that are no records."""
    for path in sorted((work / "tables").rglob("*")) if (work / "tables").is_dir() else ():
        if path.suffix == ".parquet":
            yield str(parquet.read_table(path).to_pylist()) + str(parquet.read_schema(path).metadata)
        elif path.is_file():
            yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", SMALL)
def test_no_writing_command_says_it(part: str, tmp_path: Path) -> None:
    """Each on a folder of its own, as a dry run and in earnest; also where it is refused."""
    secret = Secret("a")
    folder = folder_of(part, secret)
    committed(tmp_path / "folder", [folder])
    ear, work = Ear(secret.tokens), tmp_path / "work"
    heard: dict[tuple[str, ...], list[str]] = {}
    codes, tried = set(), set[str]()
    for words in writings(_fewer(there_in(folder))):
        if "--dry-run" in words and not HARD and words[0] in tried:
            continue
        tried.add(words[0])
        rmtree(work, ignore_errors=True)
        copytree(tmp_path / "folder", work)
        with inside(work):
            ran = run(*words)
        codes.add(ran.code)
        told = Ran(words, ran.code, ran.out + "".join(_exported(work)), ran.err)
        heard |= {words: found} if (found := _heard(ear, told)) else {}
    assert {} == heard
    assert {0, 1} <= codes <= {0, 1, 2}
