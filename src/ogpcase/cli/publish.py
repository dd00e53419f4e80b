"""`ogpcase publish`: makes the public copy of a working folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.options import LangOption, RootOption, spoken_tag
from ogpcase.diagnostics.visible_text import command, visible
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused, Refused
from ogpcase.output.lines import Line, cells, line, padded
from ogpcase.output.messages import ENGLISH, _, language_of_locale, marked, ngettext, speaking
from ogpcase.output.words import before

if TYPE_CHECKING:
    from ogpcase.store.export_files import Replaced
    from ogpcase.store.init_templates import Skeleton
    from ogpcase.workspace.opening import Workspace
    from ogpcase.workspace.publishing.changes import Change, Sort
    from ogpcase.workspace.publishing.making import Publication


def run(
    folder: Annotated[Path, Argument(metavar="DIR", help="Where to write the copy: to `DIR/cases`.")],
    dry_run: Annotated[bool, Option("--dry-run", help="Print what would become public; write nothing.")] = False,
    check: Annotated[
        bool, Option("--check", help="Only check whether the copy is up to date; exit with 1 if not.")
    ] = False,
    yes: Annotated[
        bool, Option("--yes", help="Publish without asking, even what becomes public for the first time.")
    ] = False,
    note: Annotated[
        str | None, Option(metavar="TEXT", help="What this run is about, in public words: kept with its changes.")
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
) -> int:
    """The copy holds what others may see: the records without what they withhold, and nothing else of the folder.

    The command refuses, and names each place, if the copy would reveal what is withheld. It writes the whole copy or
    nothing. `DIR/changes` says what each run changed, and `DIR/.gitattributes` keeps git from converting line ends.
    DIR must be outside the repository of the working folder.
    """
    from ogpcase.cli.read_session import opened
    from ogpcase.output.terminal import progress, write
    from ogpcase.store.export_files import copy_folder

    language = spoken_tag(lang) or language_of_locale()
    if dry_run and check:
        raise Misused("--dry-run and --check exclude each other; give one of them")
    if note is not None and not note.strip():
        raise Misused("--note takes a text", "leave it out where there is nothing to say")
    workspace = opened(root)
    target = copy_folder(folder, workspace.root)
    with progress(lambda: "making the public copy"):
        prepared = _prepared(workspace, target, folder, note)
    with speaking(language):
        change, publication, changes = prepared
        if not check or not change.is_empty:
            write(_preview_lines(publication, change, language))
        if check or (change.is_empty and dry_run):
            write([_up_to_date_line(folder / "cases", yes=change.is_empty)])
            return EXIT_DONE if change.is_empty else EXIT_FAILED
        if dry_run:
            write(_written_lines(change, folder / "cases", folder / "changes" / changes.name, dry_run=True))
            return EXIT_DONE
        if change.asks and not (yes or change.is_empty):
            _ask(change)
        return _written(prepared, folder, target)


def _written(prepared: tuple[Change, Publication, Replaced], folder: Path, target: Path) -> int:
    """Writes the copy, says what was written, and returns the exit code."""
    from ogpcase.output.terminal import write
    from ogpcase.store.export_files import replace_copy, tidy
    from ogpcase.store.init_templates import keep_line_ends

    change, publication, changes = prepared
    copy = folder / "cases"
    if change.is_empty:
        tidy(target)
    else:
        replace_copy(target, publication.files, changes)
        write(_written_lines(change, copy, folder / "changes" / changes.name, dry_run=False))
    beside = keep_line_ends(folder)
    write(_beside_lines(beside))
    if change.is_empty and not beside.written:
        write([_up_to_date_line(copy, yes=True)])
        return EXIT_DONE
    above = (folder.resolve(), *folder.resolve().parents)
    verb = "status" if any((parent / ".git").exists() for parent in above) else "init"
    write([_headed(_NEXT, f"{command('git -C', options=[str(folder)])} {verb}")])
    return EXIT_DONE


def _prepared(
    workspace: Workspace, target: Path, folder: Path, note: str | None
) -> tuple[Change, Publication, Replaced]:
    """Returns what changes, the copy, and what is said of the changes, all searched for what is withheld."""
    from ogpcase.cli.options import today
    from ogpcase.cli.read_session import made_public, shown_if_refused
    from ogpcase.store.export_files import CHANGES_NAME, present_changes, present_copy, strangers_in
    from ogpcase.workspace.publishing.changes import Copies, change_of, check_files, next_file, run_of, with_surnames_of

    publication = made_public(workspace, "this folder", "nothing was written")
    present, files = present_copy(target), present_changes(target)
    copies = Copies.of(workspace, present, publication)
    change = change_of(copies, present, strangers_in(target))
    changes = next_file(run_of(copies, today(), note), today(), files, folder / CHANGES_NAME)
    with shown_if_refused("this folder", "nothing was written"):
        now = files if change.is_empty and note is None else {**files, changes.name: changes.data}
        check_files(publication.search, now, folder / CHANGES_NAME)
    if not change.is_empty:
        publication = with_surnames_of(publication, f"{CHANGES_NAME}/{changes.name}", note)
    return change, publication, changes


def _ask(change: Change) -> None:
    """Asks before something becomes public for the first time; raises Refused on a no, or without a terminal."""
    if not at_terminal():
        with speaking(ENGLISH):
            news = _news_of(change)
        raise Refused(f"{news}; nothing was written", "look at it with --dry-run, then give --yes")
    from ogpcase.cli.asking.once import agreed

    question = _("{news}; may it become public?", news=_news_of(change))
    if not agreed(_("new in public"), question, default=False):
        raise Refused("nothing was written")


_TELLING: Mapping[Sort, tuple[str, str]] = {
    "new": (marked("new"), "{file}"),
    "changed": (marked("changed"), "{file}"),
    "no longer": (marked("no longer"), marked("{file}; earlier commits of the copy may still hold it")),
    "told": (marked("told"), marked("{of} of {file}, withheld until now")),
    "known": (marked("known"), marked("{file} was public: earlier commits of the copy may show who {of} is")),
    "named": (marked("named"), marked("{of} (no party file; in {file})")),
    "look over": (marked("look over"), marked("the word `{of}`, of a withheld name, in {file}")),
    "left out": (marked("left out"), "{file}"),
    "left out in part": (marked("left out"), "{file}: {of}"),
    "pseudonym": (marked("left out"), marked("{file}, under a pseudonym")),
    "unread": (marked("left out"), marked("{file} (cannot be read as text)")),
    "not published": (marked("left out"), marked("{file} (no `publish_copy`)")),
}
"""The word at the head of a line, and how the line goes on."""
_NEXT = marked("next")


def _preview_lines(publication: Publication, change: Change, language: str | None) -> Iterator[Line]:
    """Yields the lines of a preview; titles are in a language as far as records have it."""
    from ogpcase.model.texts import Text
    from ogpcase.workspace.publishing.changes import told_of

    for told in told_of(publication, change):
        word, telling = _TELLING[told.sort]
        said = _(telling, file=told.file, of=", ".join(told.of))
        title = told.title.chosen(language, None)[0] if isinstance(told.title, Text) else told.title
        yield _headed(word, f"{said}  {title}" if title else said)


def _headed(word: str, what: str) -> Line:
    width = max(cells(_(each)) for each in (_NEXT, *(word for word, _telling in _TELLING.values()))) + 1
    return line(f"{padded(_(word), width)}{what}")


def _up_to_date_line(copy: Path, *, yes: bool) -> Line:
    up, not_up = marked("{path} is up to date; nothing was written"), marked("{path} is not up to date: publish again")
    return line(_(up if yes else not_up, path=copy))


def _written_lines(change: Change, copy: Path, changes: Path, *, dry_run: bool) -> Iterator[Line]:
    wrote = marked("would write {path}") if dry_run else marked("wrote {path}")
    counts = [
        ngettext("{number} new", "{number} new", len(change.new)),
        ngettext("{number} changed", "{number} changed", len(change.changed)),
        ngettext("{number} no longer there", "{number} no longer there", len(change.gone)),
    ]
    yield line(before(_(wrote, path=copy)) + ", ".join(counts))
    yield line(_(wrote, path=changes))


def _beside_lines(skeleton: Skeleton) -> Iterator[Line]:
    """Yields what was written beside a copy, and the lines that a file of a person's lacks."""
    yield from (line(_("wrote {path}", path=path)) for path in skeleton.written)
    for path, missing in skeleton.kept:
        yield line(_("{path} stays as it is; so that git converts no line ends, it also needs", path=path))
        yield from (line(f"  {each}") for each in missing)


def _news_of(change: Change) -> str:
    who = ", ".join(map(visible, [*change.parties, *change.names]))
    parts = [_("this is the first copy")] if change.first else []
    parts += [_("for the first time it names {names}", names=who)] if who else []
    parts += [
        _("it shows {fields} of {file}, withheld until now", fields=", ".join(fields), file=file)
        for file, fields in change.told
    ]
    return "; ".join(parts)
