"""Other systems: one without what Windows lacks, line ends of Windows, and locales that are not UTF-8."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.one_start import run_in_turn

Run = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).parent.parent
DAY = ("--as-of", "2026-11-22")
VIEWS = (
    ("validate", *DAY), ("list", *DAY), ("timeline", "arcadia-2023", "--full", *DAY), ("status", "arcadia-2023", *DAY),
    ("requests", "arcadia-2023", *DAY), ("findings", "arcadia-2023", *DAY), ("doubts", "arcadia-2023", *DAY),
    ("sources", "arcadia-2023", *DAY), ("show", "arcadia-2023/2023-04-10-concern", *DAY), ("export", "json", *DAY),
)  # fmt: skip
EVERY_MODULE = """
from tests.elsewhere import move_there
move_there()
from importlib import import_module
from pkgutil import walk_packages
import ogpcase
for found in walk_packages(ogpcase.__path__, "ogpcase."):
    if found.name != "ogpcase.__main__":
        import_module(found.name)
from ogpcase.store.folders import HAS_DESCRIPTORS
assert not HAS_DESCRIPTORS
from ogpcase.workspace.judge_folder import judge
"""
SEVERAL_PROCESSES = """
import multiprocessing, sys
from datetime import date
from pathlib import Path
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    folder = Workspace.open(Path(sys.argv[1]))
    alone, together = (judge(folder, (), date(2026, 11, 22), jobs) for jobs in (1, 2))
    assert alone == together
    print(together.cases)
"""


def test_no_module_needs_what_windows_lacks() -> None:
    """Neither when it is imported nor to say how it writes: the tests run there too, with OGPCASE_ELSEWHERE=1."""
    subprocess.run([sys.executable, "-c", EVERY_MODULE], check=True, cwd=ROOT)


def test_processes_that_are_no_forks_judge_as_one_does(arcadia: Path, tmp_path: Path) -> None:
    """Windows and macOS start each process anew, and Linux does from Python 3.14 on."""
    shutil.copytree(arcadia / "arcadia-2023", arcadia / "arcadia-2024")
    program = tmp_path / "judging.py"
    program.write_text(SEVERAL_PROCESSES, "utf-8")
    done = subprocess.run([sys.executable, program, arcadia], check=True, capture_output=True, text=True, cwd=ROOT)
    assert "2\n" == done.stdout


def with_line_ends_of_windows(folder: Path) -> None:
    """Does what a checkout with `core.autocrlf` does to records."""
    for path in folder.rglob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def test_a_checkout_with_other_line_ends_says_the_same(arcadia: Path, ogpcase: Run) -> None:
    before = [ogpcase(*words) for words in VIEWS]
    with_line_ends_of_windows(arcadia)
    after = [ogpcase(*words) for words in VIEWS]
    assert [(done.returncode, done.stdout, done.stderr) for done in before] == [
        (done.returncode, done.stdout, done.stderr) for done in after
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("set", "2023-02-01-letter-ask", "title", "Another title"),
        ("set", "2023-02-01-letter-ask", "languages", "en", "es"),
        ("add", "2023-02-01-letter-ask", "requests", "{id: more, text: Publish more}"),
        ("rename", "2023-02-01-letter-ask", "2023-02-01-letter-first"),
        ("rename", "open-arcadia", "arcadia-open"),
        ("withdraw", "2024-06-03-resolution", "--because", "By mistake"),
    ],
    ids=" ".join,
)
def test_an_edit_keeps_the_line_ends_of_its_file(arcadia: Path, ogpcase: Run, words: tuple[str, ...]) -> None:
    with_line_ends_of_windows(arcadia)
    done = ogpcase(*words)
    assert 0 == done.returncode, done.stderr
    for path in arcadia.rglob("*.yaml"):
        data = path.read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n"), path


def test_a_case_goes_on_in_a_checkout_with_other_line_ends(arcadia: Path, ogpcase: Run) -> None:
    with_line_ends_of_windows(arcadia)
    words = ("--title", "T", "--dated", "2024-07-01", "--senders", "Open Arcadia", "--addressees", "ogp-support-unit")
    source = ("--source", "https://example.org/letter")
    assert 0 == ogpcase("add-event", "arcadia-2023", "letter", *words, *source).returncode
    assert 0 == ogpcase("validate").returncode


@pytest.fixture(scope="module", params=["C", "CP1252"])
def locale(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Variables for a run whose locale is not UTF-8, as on a bare server, or on a desk with Windows of 2010."""
    around = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON", "LANG"))}
    around |= {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONWARNDEFAULTENCODING": "1", "LC_ALL": "C"}
    if request.param == "CP1252":
        made = tmp_path_factory.mktemp("locales")
        words = ["localedef", "-i", "en_US", "-f", "CP1252", str(made / "en_US.CP1252")]
        if shutil.which("localedef") is None or subprocess.run(words, check=False, capture_output=True).returncode > 1:
            pytest.skip("`localedef` and its charmaps make this locale, and are not here")
        around |= {"LOCPATH": str(made), "LC_ALL": "en_US.CP1252"}
    return around


@pytest.mark.posix
def test_records_are_utf_8_whatever_the_locale(arcadia: Path, locale: Mapping[str, str]) -> None:
    """No file is opened with the locale's encoding, and what it cannot print is written out."""
    settings = ("-W", "error::EncodingWarning:ogpcase")
    letter = arcadia.parent / "letter.yaml"
    parties = "senders: [open-arcadia]\naddressees: [ogp-support-unit]\n"
    letter.write_text(f"title: 'Carta de Peñafiel: Đakovo'\ndated: 2024-07-01\n{parties}", "utf-8")
    writing = ("add-event", "arcadia-2023", "letter", "--from", "letter.yaml")
    showing = ("show", "arcadia-2023/2024-07-01-letter", "--as-of", "2026-11-22")
    wrote, shown, *views = run_in_turn(writing, showing, *VIEWS, env=locale, cwd=arcadia.parent, settings=settings)
    assert 0 == wrote.returncode, wrote.stderr
    assert "Carta de Peñafiel: Đakovo" in (arcadia / "arcadia-2023/events/2024-07-01-letter.yaml").read_text("utf-8")
    assert (0, b"") == (shown.returncode, shown.stderr)
    printed = b"Pe\\xf1afiel: \\u0110akovo" if locale["LC_ALL"] == "C" else b"Pe\xf1afiel: \\u0110akovo"
    assert printed in shown.stdout
    assert [] == [each.args for each in views if each.returncode]
    assert "Peñafiel: Đakovo" in views[-1].stdout.decode("utf-8")


@pytest.mark.posix
def test_what_is_typed_in_the_locale_is_understood(arcadia: Path, locale: Mapping[str, str]) -> None:
    """In that of C no letter but ASCII can be typed: what is typed all the same is refused, and nothing is written."""
    before = sorted(arcadia.rglob("*"))
    words: list[str | bytes] = [sys.executable, "-m", "ogpcase", "add-party", "--name", "Peñafiel".encode("cp1252")]
    words += ["--classification", "other"]
    done = subprocess.run(words, check=False, capture_output=True, env=locale, cwd=arcadia.parent)
    if locale["LC_ALL"] == "C":
        assert (1, before) == (done.returncode, sorted(arcadia.rglob("*"))), done.stderr
        assert b"Traceback" not in done.stderr
    else:
        assert 0 == done.returncode, done.stderr
        assert "name: Peñafiel" in (arcadia / "parties/penafiel.yaml").read_text("utf-8")
