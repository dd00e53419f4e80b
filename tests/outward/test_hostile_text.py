"""Record text is only ever text: to a terminal, an eye, a CI job, a browser, a spreadsheet, a calendar.

Hostile texts stand in every field that can hold text, in every command and format that prints it; and where no file
may hold them they are put there below the loader. What the loader refuses is met in diagnostics, names and arguments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.outward import running
from tests.outward.commands import WHOLE, There, formats_of, has_option, missing, readings, with_format
from tests.outward.hostile_text import ANYWHERE, BEFORE, MARK, SHARING, STARTS, TEXTS, below_the_loader, sound, wrong
from tests.outward.judging import JUDGES, acting, judged
from tests.outward.records import PARTIES, STEPS, Folder
from tests.outward.running import Ran, committed, inside, read_once, run
from tests.trials import HARD, each_nth

from ogpcase.cli.verbs import VERBS

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SAYING_NOTHING = {"completion", "explain", "policy", "open"}
JUDGING = {"validate", "diff"}
NO_LINES = {"diff", "export"}
"""Verbs that need a commit, or print no text for a terminal."""
HOSTILE_CASE = "hostile-2002"
MANY = 100
"""Things of which each is shown in one format alone, in turn, unless in a hard run."""


def test_every_verb_is_tried() -> None:
    """A verb that is added fails here until it is said how to try it."""
    assert set() == missing()
    assert {verb for verb in VERBS if has_option(verb, "--format")} <= set(WHOLE)


def test_every_format_has_a_judge() -> None:
    """A format that is added fails here until it is said what may not come out of it."""
    assert set(JUDGES) == {form for verb in VERBS for form in formats_of(verb) if form}


def test_every_text_is_in_some_hostile_one() -> None:
    assert [] == [each for each in STARTS if not any(text.startswith(each) for text in TEXTS)]
    assert [] == [each for each in ANYWHERE if not any(f" {each} " in text for text in TEXTS)]


def there_in(folder: Folder) -> There:
    """What there is to ask for; of the events only those that hold hostile text."""
    cases = {case: [each for each in events if each not in BEFORE] for case, events in folder.events.items()}
    return There(cases, [each for each in folder.parties if each not in PARTIES])


def reading(there: There, every_format: Collection[str] = tuple(WHOLE)) -> Iterator[tuple[str, ...]]:
    """Yields what reads all cases at once, or else each of them, in every format; and what options leave of one."""
    for verb, of in WHOLE.items():
        whole = list(of(there))
        once = [words for words in whole if words == ()] or whole
        for number, form in enumerate(formats_of(verb) if verb in every_format else formats_of(verb)[:1]):
            some = each_nth(once, 3, number) if len(once) > MANY else once
            yield from (with_format(verb, words, form) for words in some)
    event = f"{HOSTILE_CASE}/2023-07-12-letter-all"
    small = There({HOSTILE_CASE: ["2023-07-12-letter-all"]}, ["party-02"], (f"{event}#requests-id",), ("2023-08-20",))
    yield from readings(small, set(WHOLE) - JUDGING, in_one=True)


@lru_cache(maxsize=2)
def said(name: str) -> tuple[Ran, ...]:
    """Returns what all commands that read said of a folder; the commit before had none of its events."""
    folder = {"sound": sound, "wrong": wrong}[name]()
    before = Folder(dict(folder.parties), dict(folder.headers), {HOSTILE_CASE: dict(STEPS)})
    with TemporaryDirectory() as place:
        committed(Path(place), [before, folder])
        with inside(Path(place)), below_the_loader(), read_once():
            formats = JUDGING if name == "wrong" else set(WHOLE)
            return tuple(run(*words) for words in reading(there_in(folder), formats))


def complaints(ran: Iterable[Ran]) -> dict[tuple[str, ...], list[str]]:
    return {each.words: found[:3] for each in ran if (found := judged(each))}


@pytest.mark.parametrize("verb", WHOLE)
def test_text_in_a_field_does_nothing_in_any_format(verb: str) -> None:
    assert {} == complaints(each for each in said("sound") if each.words[0] == verb)


PRINTING = [
    (verb, form)
    for verb in WHOLE
    if verb not in SAYING_NOTHING
    for form in formats_of(verb)
    if form not in {"parquet", "sqlite"}
]


@pytest.mark.parametrize(("verb", "form"), PRINTING)
def test_the_texts_are_printed(verb: str, form: str) -> None:
    """Else the test above would hold of anything."""
    name = "wrong" if verb == "validate" else "sound"
    ran = [each for each in said(name) if each.words[0] == verb and each.form == (form or "text")]
    marks = {mark for each in ran for mark in MARK.findall(each.out)}
    assert len(TEXTS) // SHARING <= len(marks)


@pytest.mark.parametrize("verb", WHOLE)
def test_text_where_something_else_belongs_does_nothing(verb: str) -> None:
    """Codes, dates, numbers, ids, names of fields: what is wrong with them is told without doing what they say."""
    assert {} == complaints(each for each in said("wrong") if each.words[0] == verb)


def on_a_terminal(words: tuple[str, ...], patch: pytest.MonkeyPatch, *, colour: bool) -> Ran:
    patch.setattr(running._Stream, "isatty", lambda _: True)  # noqa: SLF001 - the program asks only its streams
    patch.setenv("TERM", "xterm-256color")
    patch.setenv("COLUMNS", "80")
    patch.setenv("OGPCASE_PAGER", "")
    patch.setenv("NO_COLOR", "" if colour else "1")
    return run(*words)


CSV = {"csv", "csv-excel"}


def on_terminals(there: There) -> Iterator[tuple[str, ...]]:
    """Yields what prints text: of each verb some commands, all in a hard run."""
    every = [words for words in reading(there, ()) if words[0] not in NO_LINES and not CSV & set(words)]
    for verb in WHOLE:
        yield from [words for words in every if words[0] == verb][:: 1 if HARD else 4]


def test_colour_is_all_that_a_terminal_gets_beside_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No markup is taken from a text, no link opened, no word lost: with colour it is what it is without."""
    folder = sound()
    folder.write(tmp_path)
    wanted = list(on_terminals(there_in(folder)))
    coloured, wrong_ones = 0, {}
    with inside(tmp_path), below_the_loader(), read_once():
        for words in wanted:
            sober, bright = (on_a_terminal(words, monkeypatch, colour=colour) for colour in (False, True))
            coloured += bool(COLOUR.search(bright.out))
            stripped = "\n".join(each.rstrip() for each in COLOUR.sub("", bright.out).split("\n"))
            if acting(sober.out + sober.err) or stripped != sober.out:
                wrong_ones[words] = sorted(map(ascii, acting(sober.out + sober.err)))
    assert {} == wrong_ones
    assert coloured > len(wanted) / 2
