"""Whatever a program gives or the disk does, each public call of `api` raises what docs/python.md names or nothing."""

from __future__ import annotations

import inspect
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ogpcase as package
from ogpcase import api

DAY = "2026-11-22"
CASE = "arcadia-2023"
OF_NO_SORT = (5, 5.5, 10**5000, float("nan"), b"cases", ["cases"], {"a": 1}, {1}, object(), object, print, ("es",))
"""Values that no argument takes."""
LONG = ("é" * 300, "a" * 100_000, "a/" * 3000)


class NoDay(datetime):
    """A datetime that stands for no day, as that of pandas."""

    def date(self) -> date:
        raise ValueError


def public_names(of: type) -> list[str]:
    """What a program may use of a class: all names without an underscore, iteration and its text."""
    return [name for name in dir(of) if not name.startswith("_") or name in {"__iter__", "__repr__"}]


def arguments_of(call: Callable[..., object]) -> list[str]:
    return list(inspect.signature(call).parameters)


@pytest.mark.parametrize("value", OF_NO_SORT, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("name", arguments_of(package.open))
def test_what_an_argument_of_open_does_not_take_is_refused(name: str, value: object) -> None:
    with pytest.raises(api.Misused, match=f"^{name} takes .*: a value of the type `{type(value).__name__}` is not one"):
        package.open(**{name: value})  # type: ignore[arg-type]  # this is the fault


def test_what_an_argument_of_any_other_call_does_not_take_is_refused(arcadia: Path) -> None:
    folder = package.open(arcadia, as_of=DAY)
    things = (folder, folder.case(CASE), folder.events)
    calls = [getattr(each, name) for each in things for name in public_names(type(each)) if not name.startswith("_")]
    tried = [call for call in calls if callable(call) and arguments_of(call)]
    for call in tried:
        for value in (None, *OF_NO_SORT):
            with pytest.raises(api.Misused, match=r"^case takes the id of a case: a value of the type"):
                call(value)
    assert ["case"] == [call.__name__ for call in tried]


@pytest.mark.parametrize(
    ("raised", "given"),
    [
        (api.Misused, {"path": "a\0b"}),
        (api.Misused, {"path": Path("a\0b")}),
        (api.Misused, {"path": "\ud800"}),
        *((api.CannotRead, {"path": path}) for path in LONG),
        (api.NoCasesHere, {"path": os.fsdecode(b"\xff")}),
        (api.NoCasesHere, {"path": "cases/arcadia-2023/case.yaml"}),
        (api.NoCasesHere, {"path": "cases/arcadia-2023/case.yaml/below"}),
        *((api.Misused, {name: text}) for name in ("as_of", "known_by", "lang") for text in ("\0", "\ud800", *LONG)),
        *((api.Misused, {name: NoDay(2018, 1, 1)}) for name in ("as_of", "known_by")),
        *((api.Misused, {name: text}) for name in ("public", "incomplete") for text in ("no", None, 1)),
    ],
    ids=lambda value: ascii(value)[:40] if isinstance(value, dict) else value.__name__,
)
@pytest.mark.usefixtures("arcadia")
def test_text_that_is_none_of_what_it_should_be_is_refused(
    raised: type[api.OgpcaseError], given: dict[str, Any]
) -> None:
    with pytest.raises(raised) as refused:
        package.open(**given)
    assert "".join((refused.value.message, *refused.value.hints)).encode()


@pytest.mark.parametrize("name", ["", "\0", "a\0b", "\ud800", "..", "parties", "arcadia-2023/events", *LONG], ids=ascii)
@pytest.mark.usefixtures("arcadia")
def test_what_is_no_case_is_unknown(name: str) -> None:
    with pytest.raises(api.UnknownCase) as refused:
        package.open().case(name)
    assert refused.value.message.isprintable()


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def a_file(path: Path) -> None:
    gone(path)
    path.write_text("no record", encoding="utf-8")


def a_folder(path: Path) -> None:
    gone(path)
    path.mkdir()


def a_ring(path: Path) -> None:
    gone(path)
    path.symlink_to(path.name)


@pytest.mark.parametrize("later", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", [gone, a_file, a_folder, a_ring])
@pytest.mark.parametrize(
    "place", ["", "parties", "parties/government-of-arcadia.yaml", CASE, f"{CASE}/case.yaml", f"{CASE}/events"]
)
def test_no_fault_of_the_disk_is_another_exception(
    arcadia: Path, place: str, fault: Callable[[Path], None], *, later: bool
) -> None:
    """A fault before the folder is opened, or after a case of it was read."""
    things = list(opened(arcadia)) if later else []
    fault(arcadia / place)
    for thing in things or opened(arcadia):
        for name in public_names(type(thing)):
            use(thing, name)


def opened(folder: Path) -> Iterator[Any]:
    """What a program can get hold of: folders read whole and in part, a case of each, and all their tables."""
    for incomplete in (False, True):
        try:
            whole = package.open(folder, as_of=DAY, incomplete=incomplete)
            things = [whole, whole.case(CASE)]
        except api.OgpcaseError:
            continue
        tables = (getattr(thing, name, None) for thing in things for name in ("events", "requests", "durations"))
        yield from (*things, *filter(None, tables))


def use(thing: Any, name: str) -> None:
    """Uses a public name; what it may raise is in docs/python.md, and a list of what it gives is made."""
    try:
        got = getattr(thing, name)
        if callable(got) and not arguments_of(got):
            got = got()
        if isinstance(got, api.Table) or hasattr(got, "__next__"):
            list(got)
    except api.OgpcaseError as refused:
        assert type(refused).__name__ in api.__all__  # noqa: PT017 - any of them may be raised, or none


@pytest.mark.posix
def test_a_current_folder_that_is_gone_is_told(ogpcase: Callable[..., Any], tmp_path: Path, arcadia: Path) -> None:
    (tmp_path / "below").mkdir()
    os.chdir(tmp_path / "below")
    (tmp_path / "below").rmdir()
    for path in (None, "cases", arcadia):
        with pytest.raises(api.CannotRead, match="the current folder cannot be read: no such file or directory"):
            package.open(path)
    done = ogpcase("list")
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("error: the current folder cannot be read: no such file or directory\n")
