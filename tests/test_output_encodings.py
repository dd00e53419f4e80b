"""What programs read is UTF-8 with LF, whatever the locale and the settings of Python say; a CSV keeps its CR LF."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests import forks
from tests.one_start import run_in_turn
from tests.outward.running import read_once
from typer.testing import CliRunner

from ogpcase.cli.app import app, command_of
from ogpcase.cli.verbs import VERBS

WORDS = {
    "timeline": ["mexico-2018"],
    "status": ["mexico-2018"],
    "show": ["mexico-2018"],
    "requests": ["mexico-2018"],
    "findings": ["mexico-2018"],
    "doubts": ["mexico-2018"],
    "search": ["mexico"],
    "due": ["--as-of", "2017-03-01"],
}
GITS = frozenset({"diff"})
"""The verbs that need a repository."""
CR_LF = frozenset({"csv", "csv-excel", "ics"})
"""Formats whose standards end lines so: RFC 4180 and RFC 5545."""


def formats() -> list[tuple[str, str]]:
    """Every verb that prints for other programs, with each of its formats."""
    pairs = [("export", form) for form in ("csv", "json", "markdown")]
    for verb in VERBS:
        for param in command_of(verb).params:
            if "--format" in param.opts and verb not in GITS:
                pairs += [(verb, form) for form in param.type.choices if form != "text"]
    return pairs


def printed(verb: str, form: str, encoding: str) -> bytes:
    way = [form, "--table", "events"] if verb == "export" else ["--format", form]
    done = CliRunner(charset=encoding).invoke(app, [verb, *WORDS.get(verb, []), *way], prog_name="ogpcase")
    assert done.exception is None, done.stderr
    return done.stdout_bytes


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(("verb", "form"), formats())
def test_a_format_is_utf_8_whatever_the_encoding_of_the_stream(verb: str, form: str) -> None:
    (Path("cases") / "mexico-2018" / "case.yaml").write_text(
        (Path("cases") / "mexico-2018" / "case.yaml").read_text(encoding="utf-8").replace("in Mexico", "in México"),
        encoding="utf-8",
    )
    with read_once():
        expected, *others = (printed(verb, form, encoding) for encoding in ("utf-8", "ascii", "utf-16"))
    expected.decode("utf-8", "strict")
    assert expected
    assert (form in CR_LF) == (b"\r" in expected)
    assert expected.count(b"\r\n") == expected.count(b"\r")
    assert [expected, expected] == others


SETTINGS = (
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-16"},
)


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("env", SETTINGS, ids=str)
def test_the_settings_of_a_machine_change_no_byte(env: Mapping[str, str], tmp_path: Path) -> None:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    words = ("export", "json", "--as-of", "2026-11-22", "--table", "events")

    def writing(name: str) -> Iterator[tuple[str, ...]]:
        yield ("schema", str(tmp_path / name / "schemas"))
        for form in ("json", "csv", "markdown"):
            yield ("export", form, "--as-of", "2026-11-22", "--to", str(tmp_path / name / form))

    printed, *wrote = run_in_turn(words, *writing("one"), env={**around, **env})
    assert [0, 0, 0, 0, 0] == [each.returncode for each in (printed, *wrote)]
    assert printed.stdout == forks.run(*words).stdout
    assert "Artículo" in json.dumps(json.loads(printed.stdout), ensure_ascii=False)
    for each in writing("other"):
        forks.run(*each)
    one, other = (
        {file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
        for name in ("one", "other")
    )
    assert one == other


@pytest.mark.usefixtures("mexico")
def test_text_for_people_follows_their_terminal() -> None:
    done = CliRunner(charset="ascii").invoke(app, ["timeline", "mexico-2018"], prog_name="ogpcase")
    assert 0 == done.exit_code
    assert done.stdout_bytes.isascii()
    assert b"\\xed" in done.stdout_bytes
