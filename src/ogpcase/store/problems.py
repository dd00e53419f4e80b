"""What can be wrong with the folder itself: files that are no records, names that are no ids, links and leftovers."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId, Place, Problem, rule


@rule("OC221", "stray-file")
def stray_file(file: FileId, what: str, *helps: str) -> Iterator[Problem]:
    """A file or folder that is neither a record nor one of the other things a case folder may hold.

    Why it matters
        What is not read is in no view, and nobody notices: `.yml` for `.yaml`, a copy that an
        editor or a shared drive left.
    Wrong
        cases/mexico-2018/events/2018-07-16-concern.yml
    Right
        cases/mexico-2018/events/2018-07-16-concern.yaml
    Not reported when
        It is a README, a `.gitkeep`, or anything under a case's `sources/`.
    """
    yield Problem(f"{what} is not read", (Place(file),), helps=helps)


@rule("OC222", "not-a-plain-file")
def not_a_plain_file(file: FileId, what: str) -> Iterator[Problem]:
    """A link, a pipe, a socket, a device or a folder where a plain file belongs, or a file with a second name.

    Why it matters
        A link can show a file from outside the case folder, and reading a pipe may never end. None is opened.
    Wrong
        cases/mexico-2018/case.yaml -> /etc/passwd
    Right
        cases/mexico-2018/case.yaml, a file of its own
    Not reported when
        It is a plain file with one name on the disk.
    """
    helps = ("put a plain file with its content in its place",)
    yield Problem(f"{what} stands where a plain file or folder belongs", (Place(file),), helps=helps)


@rule("OC223", "unreadable-file")
def unreadable_file(file: FileId, why: str) -> Iterator[Problem]:
    """A file or folder that the disk refuses to show.

    Why it matters
        What cannot be read cannot be judged; the case may say more than any view shows.
    Wrong
        -w------- cases/mexico-2018/case.yaml
    Right
        -rw-r--r-- cases/mexico-2018/case.yaml
    Not reported when
        The file can be read, whatever it says.
    """
    yield Problem(f"this cannot be read: {why}", (Place(file),))


@rule("OC224", "bad-file-name")
def bad_file_name(file: FileId, why: str, *helps: str) -> Iterator[Problem]:
    """A file or folder whose name is no id: lowercase ASCII letters and digits with single hyphens, at most 100.

    Why it matters
        The name is the record's id, and every reference repeats it. A name that other systems cannot hold, as `con`
        on Windows, cannot be checked out there. The record is not read until it has another name.
    Wrong
        cases/mexico-2018/events/2018-07-16 Concern.yaml
    Right
        cases/mexico-2018/events/2018-07-16-concern.yaml
    Not reported when
        The file is under `sources/` and its name can be printed and kept on every system.
    """
    yield Problem(why, (Place(file),), helps=helps)


@rule("OC225", "ids-differ-only-by-case-or-form")
def ids_differ_only_by_case_or_form(file: FileId, other: FileId) -> Iterator[Problem]:
    """Two names in one folder that some systems take for one: they differ by case, or by how accents are encoded.

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
        The header says which policy the case is under, and against whom; without it no step can be judged.
    Wrong
        cases/mexico-2018/events/ alone
    Right
        cases/mexico-2018/case.yaml beside it
    Not reported when
        The header is there and cannot be read; then that is what is reported.
    """
    helps = ("write one with `ogpcase open-case`",)
    yield Problem("this case has events and no `case.yaml`", (Place(file),), helps=helps)


@rule("OC227", "nested-repository")
def nested_repository(file: FileId) -> Iterator[Problem]:
    """A git repository stands inside the case folder.

    Why it matters
        Its own settings can make git run a program as soon as somebody works in that folder; and what is in it is not
        part of this repository. Nothing in it is read.
    Wrong
        cases/mexico-2018/HEAD, config, objects/ and refs/
    Right
        cases/mexico-2018/case.yaml and events/
    Not reported when
        The case folder itself is the top of a repository.
    """
    helps = ("delete it without running git inside it, and find out who put it there",)
    yield Problem("a git repository stands inside the case folder", (Place(file),), helps=helps)


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
    stray_file,
    not_a_plain_file,
    unreadable_file,
    bad_file_name,
    ids_differ_only_by_case_or_form,
    case_without_header,
    nested_repository,
    foreign_journal,
)
