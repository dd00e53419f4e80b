"""Checks of the folder itself: stray files, bad names, links and nested repositories."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId, Place, Problem, rule


@rule("OC221", "stray-file")
def stray_file(file: FileId, what: str, *helps: str) -> Iterator[Problem]:
    """A file or folder does not belong in a case folder and is not read.

    Why it matters
        No view shows it and nobody notices: a record that ends in `.yml`, or a copy that an editor left.
    Wrong
        cases/mexico-2018/events/2018-07-16-concern.yml
    Right
        cases/mexico-2018/events/2018-07-16-concern.yaml
    Not reported when
        It is a README, a `.gitkeep`, anything under a case's `sources/`, or a file that git ignores.
    """
    yield Problem(f"{what} is not read", (Place(file),), helps=helps)


@rule("OC222", "not-a-plain-file")
def not_a_plain_file(file: FileId, what: str) -> Iterator[Problem]:
    """There is a link, pipe, socket, device or folder where a plain file belongs, or a file with a second name.

    Why it matters
        A link can show a file from outside the case folder, and reading a pipe may never end. Neither is read.
    Wrong
        cases/mexico-2018/case.yaml -> /etc/passwd
    Right
        cases/mexico-2018/case.yaml, a file of its own
    Not reported when
        It is a plain file without a second name (hard link).
    """
    helps = ("put a plain file with its content in its place",)
    yield Problem(f"{what} is where a plain file or folder belongs", (Place(file),), helps=helps)


@rule("OC223", "unreadable-file")
def unreadable_file(file: FileId, why: str) -> Iterator[Problem]:
    """A file or folder cannot be read.

    Why it matters
        It cannot be judged, and no view shows what it says.
    Wrong
        -w------- cases/mexico-2018/case.yaml
    Right
        -rw-r--r-- cases/mexico-2018/case.yaml
    Not reported when
        The file can be read.
    """
    yield Problem(f"this cannot be read: {why}", (Place(file),))


@rule("OC224", "bad-file-name")
def bad_file_name(file: FileId, why: str, *helps: str) -> Iterator[Problem]:
    """A name is not an id: at most 100 lowercase ASCII letters, digits and single hyphens.

    Why it matters
        The name is the record's id, and every reference repeats it. A name such as `con` cannot be checked out on
        Windows. The record is not read until it is renamed.
    Wrong
        cases/mexico-2018/events/2018-07-16 Concern.yaml
    Right
        cases/mexico-2018/events/2018-07-16-concern.yaml
    Not reported when
        The file is under `sources/` and every system allows its name.
    """
    yield Problem(why, (Place(file),), helps=helps)


@rule("OC225", "ids-differ-only-by-case-or-form")
def ids_differ_only_by_case_or_form(file: FileId, other: FileId) -> Iterator[Problem]:
    """Two names in one folder differ only by case or by how accents are encoded, so some systems take them for one.

    Why it matters
        On such a system one of the two files overwrites the other.
    Wrong
        parties/sfp.yaml and parties/SFP.yaml
    Right
        parties/sfp.yaml
    Not reported when
        The two are in different folders.
    """
    places = (Place(file, label="this one"), Place(other, label="and this one"))
    yield Problem("two names here differ only by case or by how they are encoded", places, helps=("rename one",))


@rule("OC226", "case-without-header")
def case_without_header(file: FileId) -> Iterator[Problem]:
    """A folder with events has no `case.yaml`.

    Why it matters
        The header names the policy and the government. Without it no step can be judged.
    Wrong
        cases/mexico-2018/events/ alone
    Right
        cases/mexico-2018/case.yaml beside it
    Not reported when
        The header exists but cannot be read; another check reports that.
    """
    helps = ("write one with `ogpcase open-case`",)
    yield Problem("this case has events and no `case.yaml`", (Place(file),), helps=helps)


@rule("OC227", "nested-repository")
def nested_repository(file: FileId) -> Iterator[Problem]:
    """There is a git repository inside the case folder.

    Why it matters
        Its settings can make git run a program when somebody works in that folder. Its files are not part of this
        repository and are not read.
    Wrong
        cases/mexico-2018/HEAD, config, objects/ and refs/
    Right
        cases/mexico-2018/case.yaml and events/
    Not reported when
        The case folder itself is the top of a repository.
    """
    helps = ("delete it without running git inside it, and find out who added it",)
    yield Problem("there is a git repository inside the case folder", (Place(file),), helps=helps)


@rule("OC229", "foreign-journal")
def foreign_journal(file: FileId) -> Iterator[Problem]:
    """A journal stands in the case folder that no interrupted command left there.

    Why it matters
        A command that changes several files first writes into `.ogpcase-journal.json` what it is about to do. A journal
        that came with a commit or an archive is of another folder: no command follows it, and none writes beside it.
    Wrong
        cases/.ogpcase-journal.json, committed with the records
    Right
        cases/ without it
    Not reported when
        A command that was interrupted in this very folder left it; the next one that writes finishes it.
    """
    helps = ("find out where it comes from, then delete it",)
    yield Problem("this journal was not left here by an interrupted command", (Place(file),), helps=helps)


RULES = (
    stray_file, not_a_plain_file, unreadable_file, bad_file_name, ids_differ_only_by_case_or_form, case_without_header,
    nested_repository,
    foreign_journal,
)  # fmt: skip
