"""Every command that writes, each with a folder to write in; and what holds of that folder, whatever stopped it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copytree

from tests.hard.layer import Meddling, run
from tests.trials import HARD

from ogpcase.diagnostics import Severity
from ogpcase.store.files import JOURNAL, OURS
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

HERE = Path(__file__).parent
CASE = "arcadia-2023"
EVENTS = f"cases/{CASE}/events"
SOURCE = ("--source", "https://example.org/page")
TODAY = date(2026, 1, 1)
NEXT = ("add-party", "the-next-one", "--name", "The next one", "--classification", "media")
"""A command that anybody might run next, and the file that it writes."""
NEXT_FILE = "cases/parties/the-next-one.yaml"
LETTER = ("add-event", CASE, "letter", "--title", "A plea", "--dated", "2024-07-01", *SOURCE)


def _arcadia(folder: Path) -> None:
    copytree(HERE.parent / "folders" / "arcadia" / "cases", folder / "cases")


def _with_paper(folder: Path) -> None:
    _arcadia(folder)
    (folder / "paper.txt").write_text("a paper\n" * 1000)


def _with_table(folder: Path) -> None:
    """A table of two letters, and the mapping of an earlier one."""
    _arcadia(folder)
    (folder / "t.csv").write_text("Date,Title,Source\n2024-07-01,One,https://example.org/1\n2024-07-02,Two,\n")
    (folder / f"cases/{CASE}/import.yaml").write_text("# ours\nconstant: {kind: letter}\n")


def _not_yet_reviewed(folder: Path) -> None:
    _arcadia(folder)
    for name in ("2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution"):
        (folder / EVENTS / f"{name}.yaml").unlink()


def _flawed(folder: Path) -> None:
    """A byte-order mark, mixed line ends, no end of a line, and an event that is not called by its date and kind."""
    _arcadia(folder)
    concern = folder / EVENTS / "2023-04-10-concern.yaml"
    concern.write_bytes(b"\xef\xbb\xbf" + concern.read_bytes())
    review = folder / EVENTS / "2024-01-15-report-review.yaml"
    review.write_bytes(review.read_bytes().replace(b"\n", b"\r\n", 1))
    notice = folder / EVENTS / "2023-05-22-letter-notice.yaml"
    notice.rename(notice.with_name("2023-05-20-letter-notice.yaml"))
    case = folder / "cases" / CASE / "case.yaml"
    case.write_bytes(case.read_bytes().rstrip(b"\n"))


def _with_related(folder: Path) -> None:
    """A second case that names the first, so that renaming the first changes both."""
    _arcadia(folder)
    other = copytree(folder / "cases" / CASE, folder / "cases" / "arcadia-2025")
    header = other / "case.yaml"
    header.write_text(header.read_text() + f"related:\n  - case: {CASE}\n    relation: earlier_case\n")


def _with_twin(folder: Path) -> None:
    """A second party that is the same as one of the case."""
    _arcadia(folder)
    (folder / "cases/parties/open-arcadia-network.yaml").write_text("name: Network\nclassification: civil_society\n")


def _empty(folder: Path) -> None:
    folder.mkdir(exist_ok=True)


def _begun(folder: Path) -> None:
    """A folder whose parties are there but for OGP's bodies."""
    _arcadia(folder)
    (folder / ".gitignore").write_text("mine\n")


@dataclass(frozen=True, slots=True)
class Command:
    """A command that writes, the folder it needs, and whether it writes several files as one."""

    words: tuple[str, ...]
    prepare: Callable[[Path], None] = _arcadia
    several: bool = False

    @property
    def following(self) -> tuple[str, ...]:
        """The command that puts right what this one left: any; but where there is no case folder yet, `init`."""
        return self.words if self.words[0] in {"init", "schema"} else NEXT


EDITOR = "sed -i 's/^title: /title: What took long to type, /'"
"""The editor of `edit`, which changes a word as a person would."""
NEW_PARTY = ("--new-party", "{name: The Press of Arcadia, classification: media}")
COMMANDS: dict[str, Command] = {
    "add-event": Command((*LETTER, "--senders", "open-arcadia")),
    "add-event --new-party": Command((*LETTER, *NEW_PARTY, "--senders", "The Press of Arcadia"), several=True),
    "add-event --source-file": Command(
        (*LETTER, "--senders", "open-arcadia", "--source-file", "paper.txt"), _with_paper, several=True
    ),
    "import": Command(("import", "t.csv"), _with_table, several=True),
    "open-case": Command(
        ("open-case", "arcadia-2026", "--title", "Another", "--country", "XA", "--policy-version", "2017",
         "--subject", "government-of-arcadia")
    ),
    "open-case --new-party": Command(
        ("open-case", "utopia-2026", "--title", "Another", "--country", "XU", "--policy-version", "2017",
         "--subject", "Government of Utopia", "--new-party", "{name: Government of Utopia, classification: government}",
         "--new-party", "{name: Office of Utopia, classification: government}"),
        several=True,
    ),
    "add-party": Command(("add-party", "free-press", "--name", "Free Press", "--classification", "media")),
    "add-source": Command(("add-source", "--title", "A page", "--source-file", "paper.txt"), _with_paper, several=True),
    "advance": Command(
        ("advance", CASE, "under_review", "--kind", "letter", "--title", "Notice", "--dated", "2023-05-22",
         "--addressees", "government-of-arcadia", *SOURCE),
        _not_yet_reviewed,
    ),
    "set": Command(("set", "2023-02-01-letter-ask", "received", "2023-02-03")),
    "set dated": Command(("set", "2023-02-01-letter-ask", "dated", "2023-02-02"), several=True),
    "answer": Command(
        ("answer", "2023-02-01-letter-ask#publish-contracts", "acknowledged", "--in", "2023-04-10-concern")
    ),
    "edit": Command(("edit", "2023-02-01-letter-ask")),
    "add": Command(("add", "2023-02-01-letter-ask", "requests", "Name who sealed them")),
    "remove": Command(("remove", "2023-02-01-letter-ask#publish-contracts")),
    "attach": Command(("attach", "2023-02-01-letter-ask", "paper.txt", "--paper"), _with_paper, several=True),
    "merge-parties": Command(("merge-parties", "open-arcadia", "open-arcadia-network"), _with_twin, several=True),
    "withdraw": Command(("withdraw", "2024-06-03-resolution", "--because", "Recorded twice")),
    "withdraw --delete": Command(("withdraw", "2024-06-03-resolution", "--delete"), several=True),
    "rename event": Command(("rename", "2023-02-01-letter-ask", "2023-02-01-letter-first"), several=True),
    "rename party": Command(("rename", "government-of-arcadia", "arcadia"), several=True),
    "rename case": Command(("rename", CASE, "arcadia-2022"), _with_related, several=True),
    "validate --fix": Command(("validate", "--fix"), _flawed, several=True),
    "init": Command(("init",), _empty, several=True),
    "init again": Command(("init",), _begun, several=True),
    "schema": Command(("schema",), _empty, several=True),
}  # fmt: skip


def some(names: Iterable[str], *always: str) -> list[str]:
    """Returns all names when all trials are run; else those that go all the ways there are."""
    return list(names) if HARD else list(always)


@dataclass(frozen=True, slots=True)
class Known:
    """A command, and what is known of it from a run that nothing disturbed: the files, the errors, the calls."""

    command: Command
    before: dict[str, bytes]
    whole: dict[str, bytes]
    errors: set[str]
    calls: tuple[str, ...]
    all_calls: tuple[str, ...]


def known_of(command: Command, top: Path) -> Known:
    """Runs a command undisturbed, twice: once counting what changes the disk, once counting every call."""
    seen = []
    for number, reading in enumerate((False, True)):
        folder = top / str(number)
        folder.mkdir(parents=True)
        command.prepare(folder)
        before, errors = files_in(folder), errors_in(folder)
        done = run(command.words, folder, Meddling(), reading=reading)
        assert (0, False) == (done.code, "error" in done.err), done
        seen.append(done.calls)
    return Known(command, before, files_in(folder), errors | errors_in(folder), tuple(seen[0]), tuple(seen[1]))


def files_in(folder: Path) -> dict[str, bytes]:
    """Returns every file by its path, without work files."""
    return {name: data for name, data in everything_in(folder).items() if OURS not in name}


def everything_in(folder: Path) -> dict[str, bytes]:
    """Returns every file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def strays_in(folder: Path) -> list[str]:
    """Returns the work files and journals in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(f"{OURS}*"))


def has_journal(folder: Path) -> bool:
    """True when a command has begun to change several files, and not ended."""
    return (folder / "cases" / JOURNAL).exists()


def errors_in(folder: Path) -> set[str]:
    """Returns the errors that `validate` finds, by code and file; none where there is no case folder.

    What it found once in the very same files, none of them a work file, is not looked for again.
    """
    if not (folder / "cases" / "parties").is_dir():
        return set()
    files = frozenset(everything_in(folder).items())
    if files not in _ERRORS or strays_in(folder):
        found = judge(Workspace.open(folder / "cases"), (), TODAY).diagnostics
        errors = (each for each in found if each.severity is Severity.ERROR)
        _ERRORS[files] = {f"{each.code} {each.spots[0].path.removeprefix(f'{folder}/')}" for each in errors}
    return _ERRORS[files]


_ERRORS: dict[frozenset[tuple[str, bytes]], set[str]] = {}
