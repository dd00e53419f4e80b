"""What must hold of any bytes as a record, whatever they are: nothing raises, hangs, or is silently taken wrong."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from tests.hostile.mutating import TOP, Record

from ogpcase.diagnostics import Problem, Severity, Verdict
from ogpcase.model.bind import Bound, bind_event, bind_header, bind_party, bind_source
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import Parsed

TODAY = date(2026, 11, 22)
LONGEST = 2.0
"""Seconds of the processor for one input."""
SOUND = TOP / "tests" / "corpus" / "sound" / "arcadia" / "cases"
CASE = "arcadia-2023"


class Broken(AssertionError):
    """A promise that an input breaks."""


def hold(record: Record, *, judging: bool = True) -> str:
    """Puts a record to every oracle; returns `refused`, `flawed` or `accepted`. Raises Broken.

    Without `judging` no case is put together of it, which takes most of the time.
    """
    began = time.process_time()
    parsed = parse(record.data, record.file)
    bound = _bound(parsed, record.file)
    if judging and bound is not None and bound.record is not None:
        judged(record)
    taken = time.process_time() - began
    if taken > LONGEST:
        raise Broken(f"took {taken:.1f} s of the processor")
    if parsed.tree is None and not _errors(parsed.problems):
        raise Broken("nothing was read, and nothing reported")
    _judge_words((*parsed.problems, *(bound.problems if bound else ())))
    if _errors(parsed.problems) or parsed.tree is None:
        return "refused"
    compare(record.data, parsed.tree.value, silent=not (bound and bound.problems))
    return "flawed" if bound and bound.problems else "accepted"


def _bound(parsed: Parsed, file: str) -> Bound[Any] | None:
    if parsed.tree is None:
        return None
    stem = Path(file).stem
    if file.startswith("parties/"):
        return bind_party(parsed.tree.value, stem, file)
    if file.endswith("/case.yaml"):
        return bind_header(parsed.tree.value, file.partition("/")[0], file)
    if "/sources/" in file:
        return bind_source(parsed.tree.value, stem, file)
    return bind_event(parsed.tree.value, stem, file)


def judged(record: Record) -> Verdict:
    """Returns the verdict on a small sound case with this record in it."""
    file = record.file if record.file.startswith("parties/") else f"{CASE}/{record.file.partition('/')[2]}"
    files = MemoryFiles({**_sound(), file: record.data})
    verdict = judge(Workspace(Root(Path("/cases"), "cases"), files, Path("/")), (), TODAY)
    for each in verdict.diagnostics:
        assert each.spots[0].path.startswith("cases/")
    return verdict


def _errors(problems: tuple[Problem, ...]) -> list[Problem]:
    return [each for each in problems if each.rule.severity is Severity.ERROR]


def _judge_words(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        if problem.message == "this file cannot be read as YAML":
            raise Broken("the parser's last resort was needed")
        if "\n" in problem.message:
            raise Broken(f"a message of several lines: {problem.message!r}")


class _Strict(SafeConstructor):
    """ruamel.yaml's safe constructor, but that a date is its text, as it is for us."""


_Strict.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def strict(data: bytes, constructor: type[SafeConstructor] = _Strict) -> object:
    """Reads bytes as ruamel.yaml's strict loader does; raises whatever that raises."""
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    yaml.Constructor = constructor
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return yaml.load(data.decode())


def compare(data: bytes, value: object, *, silent: bool) -> None:
    """Holds what was accepted against ruamel.yaml."""
    try:
        other = strict(data)
        if silent:
            strict(data, SafeConstructor)
    except Exception as refused:
        raise Broken(f"accepted, but ruamel.yaml says {type(refused).__name__}: {refused}") from refused
    if plain(other) != plain(value):
        raise Broken(f"ruamel.yaml reads {plain(other)!r} where we read {plain(value)!r}")


def plain(value: object) -> object:
    """Returns a value such that two readers' are equal when they mean the same: 1 is not 1.0, NaN equals itself."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, int):
        return int(value)
    return repr(float(value)) if isinstance(value, float) else str(value)


_SOUND: dict[str, bytes] = {}


def _sound() -> dict[str, bytes]:
    if not _SOUND:
        _SOUND.update({path.relative_to(SOUND).as_posix(): path.read_bytes() for path in SOUND.rglob("*.yaml")})
    return _SOUND
