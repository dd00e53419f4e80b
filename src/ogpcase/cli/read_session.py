"""What every reading verb does: it takes the shared options, opens the folder, and hands its report to one printer."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cached_property, partial, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

from typer import Option

from ogpcase.cli.options import LangOption, RootOption, reader_of, today
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused, NotPublished, Refused
from ogpcase.output.messages import _, language_of_locale, ngettext, speaking
from ogpcase.output.terminal import Colour, colouring, progress

if TYPE_CHECKING:
    from ogpcase.diagnostics import Diagnostic, FileId
    from ogpcase.model.casefile import CaseFile, Registry
    from ogpcase.output.columns import Answer
    from ogpcase.output.lines import Line, Page
    from ogpcase.workspace.opening import Workspace
    from ogpcase.workspace.publishing.making import Publication


class Report(NamedTuple):
    """The report of a reading verb: `lines` draws `whole` for people, and `answer` turns it into JSON and CSV.

    `formats` writes the other formats, by their names. `case` is the id of the one case that was asked for, `cases` are
    those in the report. `day_last` puts the day for which it holds below a first line that says what matters most.
    """

    whole: Any
    lines: Callable[[Any, Page], Iterable[Line]]
    answer: Answer[Any, Any] | None = None
    formats: Mapping[str, Callable[[Any], str]] = MappingProxyType({})
    case: str | None = None
    cases: Sequence[CaseFile] = ()
    exit_code: int = EXIT_DONE
    day_last: bool = False


@dataclass(eq=False, repr=False)
class ReadSession:
    """The values of the shared options: the folder, the reader, the day and the format.

    Raises Misused if a day does not exist, or the language is not a BCP 47 tag.
    """

    as_of: Annotated[str | None, Option(metavar="DATE", help="As the records would have shown it that day.")] = None
    known_by: Annotated[
        str | None,
        Option(metavar="DATE", help="Only what an outsider could know that day: public, told of or received."),
    ] = None
    lang: LangOption = None
    form: str = "text"
    json: Annotated[bool, Option("--json", help="Short for --format json.")] = False
    public: Annotated[
        bool, Option("--public", help="As in the public copy; refused where none can be made of the folder.")
    ] = False
    working: Annotated[
        bool, Option("--working", help="As in the working folder, with what the public copy leaves out.")
    ] = False
    root: RootOption = None
    color: Annotated[Colour, Option(help="When to print colours.")] = Colour.AUTO
    no_pager: Annotated[bool, Option("--no-pager", help="Print what is longer than the screen without the pager.")] = (
        False
    )

    def __post_init__(self) -> None:
        self.form = "json" if self.json else self.form
        self.reader = reader_of(self.as_of, self.lang, known_by=self.known_by)
        self.speaks: str | None = None
        """The language in which the program speaks; English where it is None."""
        self.doing = "reading the records"
        """What a person who waits is told."""
        self.not_read: dict[FileId, bool] = {}
        """The unreadable files that the opened cases depend on; the value is false for files that were read in part."""

    def speak(self) -> None:
        """Lets the program speak to people as --lang says, on a page of text else as the locale says.

        A locale of a language that the program speaks beside English chooses the texts of records too. What other
        programs read is the same in every language.
        """
        if self.form in _FOR_PROGRAMS:
            return
        self.speaks = self.reader.language
        if self.speaks is None and self.form == "text" and (spoken := language_of_locale()):
            self.speaks = spoken
            self.reader = self.reader._replace(language=spoken)

    @cached_property
    def workspace(self) -> Workspace:
        """The folder, or its public copy; raises what `opened` raises."""
        workspace = opened(self.root, public=self.public)
        workspace.known_by = self.reader.known_by
        return workspace

    def note(self, doing: str) -> None:
        """Says what is being done, for a person who waits."""
        self.doing = doing

    def case_meant(self, typed: str | None, *, needed: bool) -> str | None:
        """Returns the id of the case that a word is or begins; without a word, of the only case if one is needed.

        Raises Misused, UnknownCase, CannotRead.
        """
        from ogpcase.workspace.typed_ids import case_meant

        return case_meant(self.workspace, typed) if needed or typed is not None else None

    def case(self, case_id: str) -> CaseFile:
        """Returns a case. Raises UnknownCase, CannotRead."""
        from ogpcase.workspace.opening import files_not_read

        case = self.workspace.case(case_id).casefile
        self.not_read |= files_not_read(case)
        return case

    def cases(self, case_id: str | None) -> list[CaseFile]:
        """Returns the case with this id, or all cases without an id. Raises UnknownCase, CannotRead."""
        return list(self.one_by_one(case_id))

    def one_by_one(self, case_id: str | None) -> Iterator[CaseFile]:
        """Yields the case with this id, or all cases without an id. Raises UnknownCase, CannotRead."""
        if case_id:
            yield self.case(case_id)
            return
        self.not_read |= dict.fromkeys(self.workspace.listing.not_read, True)
        case_ids = self.workspace.case_ids()
        for number, each in enumerate(case_ids, start=1):
            self.doing = f"reading case {number} of {len(case_ids)}"
            yield self.case(each)
        self.doing = "making the report"

    def all_parties(self) -> Registry:
        """Returns all parties, for a report that an unreadable one makes incomplete."""
        from ogpcase.model.casefile import file_of_party

        registry = self.workspace.registry()
        self.not_read |= dict.fromkeys(map(file_of_party, sorted(registry.unreadable)), True)
        return registry


_FOR_PROGRAMS = frozenset({"json", "csv", "csv-excel"})
FOR_SPREADSHEETS = "csv-excel"
"""The format of each verb that has CSV: the same with a byte-order mark."""
ON_SCREEN = ("color", "no_pager")
"""The options of a verb that people read, in the pager if its text is longer than the screen."""
USUAL = ("as_of", "known_by", "lang", "form", "json", "public", "root", *ON_SCREEN)
_LAST = ("public", "working", "root", *ON_SCREEN)
"""The options on the folder and the screen, which help lists after the verb's own options."""


def reads(
    *formats: str,
    options: Sequence[str] = USUAL,
    form_help: str = "How to print it.",
    form_here: Callable[[], str] | None = None,
    translated: bool = False,
) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
    """Gives a verb the shared options, and prints the report that it returns.

    It gets the id of the case meant in its argument `case`, of the only one if that has no default and none is named.
    `formats` are its formats beside text. `options` are the fields of the session that become options of the verb; help
    shows them where the verb has its argument `session`, and those on the folder last. `form_here` returns the default
    format; without it the default is text. What a verb says is `translated` into the languages of the catalogues. The
    options are made when the app asks for them: a file of verbs is imported for one of them.
    """

    def dress(verb: Callable[..., Report]) -> Callable[..., int]:
        shared = _shared_parameters(options)
        if "form" in shared:
            csv = {"csv": ["csv", FOR_SPREADSHEETS]}  # whoever has CSV has it for spreadsheets too
            forms = ["text", *(name for each in formats for name in csv.get(each, [each]))]
            option, usual = Option("--format", help=form_help), None if form_here else "text"
            form = shared["form"].replace(annotation=Annotated[StrEnum("Format", forms), option], default=usual)
            shared["form"] = form
        own = inspect.signature(verb, eval_str=True).parameters

        @wraps(verb)
        def run(*words: Any, **given: Any) -> int:  # noqa: ANN401 - whatever the verb takes
            said = {name: given.pop(name) for name in options if name in given}
            if form_here and said.get("form") is None:
                said["form"] = form_here()
            session = ReadSession(**said)
            if translated:
                session.speak()
            with colouring(session.color), speaking(session.speaks):
                if "case" in own:
                    needed = own["case"].default is inspect.Parameter.empty
                    given["case"] = session.case_meant(given["case"], needed=needed)
                given |= {"session": session} if "session" in own else {}
                with progress(lambda: session.doing):
                    report = verb(*words, **given)
                    made = _report_lines(report, session) if session.form == "text" else _written(report, session)
                return _print(made, report, session, paged="no_pager" in options and not session.no_pager)

        run.__signature__ = _signature(own, shared)  # type: ignore[attr-defined]  # Typer reads it
        return run

    def dress_later(verb: Callable[..., Report]) -> Callable[..., Report]:
        verb.dressed = partial(dress, verb)  # type: ignore[attr-defined]  # the app reads it
        return verb

    return dress_later


def _shared_parameters(options: Sequence[str]) -> dict[str, inspect.Parameter]:
    """Returns fields of the session as parameters that Typer makes options of, by their names."""
    hints, kind = get_type_hints(ReadSession, include_extras=True), inspect.Parameter.KEYWORD_ONLY
    return {
        field.name: inspect.Parameter(field.name, kind, default=field.default, annotation=hints[field.name])
        for field in fields(ReadSession)
        if field.name in options
    }


def _signature(own: Mapping[str, inspect.Parameter], shared: Mapping[str, inspect.Parameter]) -> inspect.Signature:
    """Returns a verb's parameters, with the shared ones instead of the session, or at the end without a session."""
    parameters: list[inspect.Parameter] = []
    for name in dict.fromkeys((*own, "session")):
        if name == "session":
            parameters += [shared[option] for option in shared if option not in _LAST]
        else:
            default = None if name == "case" else own[name].default
            parameters.append(own[name].replace(kind=inspect.Parameter.KEYWORD_ONLY, default=default))
    return inspect.Signature([*parameters, *(shared[option] for option in shared if option in _LAST)])


def _print(made: str | list[Line], report: Report, session: ReadSession, *, paged: bool) -> int:
    """Prints a report, names unreadable files, and returns the exit code."""
    from ogpcase.output.terminal import show, write_text

    if isinstance(made, str):
        write_text(made)
    else:
        show(made, paged=paged)
    not_read = _not_read(report, session)
    return max(report.exit_code, name_not_read(session.workspace, not_read) if not_read else EXIT_DONE)


def _report_lines(report: Report, session: ReadSession) -> list[Line]:
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import page_for
    from ogpcase.workspace.opening import number_left_out

    left_out, words = 0, _day_words(report, session)
    if report.cases and not session.workspace.settings.public_copy:
        left_out = number_left_out(session.workspace, report.cases)
    day = page_for().paragraph(words, "dim") if words else []
    lines = list(report.lines(report.whole, page_for()))
    above: list[Line] = []
    if left_out:
        withheld = ngettext(
            "working folder, withholds {number} thing", "working folder, withholds {number} things", left_out
        )
        above = [line(Piece(withheld, "dim"))]
    above += [line(Piece(words, "bad")) for words in _incomplete(_not_read(report, session))]  # lines have read parties
    return [*above, *lines, line(), *day] if report.day_last else [*above, *day, *lines]


def _with_notices(markdown: str, report: Report, session: ReadSession) -> str:
    """Returns a report in Markdown with what is incomplete above it, and the day for which it holds."""
    day = [f"{words[:1].upper()}{words[1:]}."] if (words := _day_words(report, session)) else []
    above = [*_incomplete(_not_read(report, session)), *([] if report.day_last else day)]
    below = day if report.day_last else []
    return "".join(f"{notice}\n\n" for notice in above) + markdown + "".join(f"\n{notice}\n" for notice in below)


def _day_words(report: Report, session: ReadSession) -> str:
    """Returns for which day the report shows cases; empty where it shows none."""
    if not report.cases and not report.day_last:
        return ""
    on, known_by = session.reader.on, session.reader.known_by
    if known_by:
        return _("as of {day}, going by what an outsider could know on {known_by}", day=on, known_by=known_by)
    return _("as of {day}", day=on)


def _not_read(report: Report, session: ReadSession) -> dict[FileId, bool]:
    """Returns the unreadable files that the report, as far as it was made, depends on."""
    from ogpcase.workspace.opening import files_not_read

    not_read = dict(session.not_read)
    for case in report.cases:
        not_read |= files_not_read(case)
    return not_read | (session.workspace.parties_not_read() if report.cases else {})


def _incomplete(not_read: Mapping[FileId, bool]) -> list[str]:
    """Returns a warning that counts and silences may change if there are unreadable files; else nothing."""
    if not not_read:
        return []
    words = ngettext(
        "{number} record cannot be read: what is counted or missing below may change",
        "{number} records cannot be read: what is counted or missing below may change",
        len(not_read),
    )
    return [words]


def _written(report: Report, session: ReadSession) -> str:
    """Returns a report in the format asked for, for other programs."""
    from ogpcase.output.columns import for_spreadsheets, table_csv
    from ogpcase.output.json import answer_json

    form = "csv" if session.form == FOR_SPREADSHEETS else session.form
    if writer := report.formats.get(form):
        written = writer(report.whole)
    else:
        assert report.answer is not None
        if form == "json":
            return answer_json(report.answer, report.whole, session.reader, report.case)
        written = table_csv(report.answer.table(report.whole))
    if form == "markdown":
        return _with_notices(written, report, session)
    return for_spreadsheets(written) if session.form == FOR_SPREADSHEETS else written


def name_not_read(workspace: Workspace, files: Mapping[FileId, bool]) -> int:
    """Names on stderr the files that cannot be read, wholly or in part, and returns the exit code."""
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    for file, whole in files.items():
        path = workspace.root.shown_path(file)
        what = f"unreadable: {path} is left out" if whole else f"unreadable in part: fields of {path} are left out"
        write([line(f"{what}; `ogpcase validate` says what is wrong")], sys.stderr)
    return EXIT_FAILED if files else EXIT_DONE


def opened(root: Path | None, *, public: bool = False) -> Workspace:
    """Opens the folder that the command names; with `public`, the public copy that would be made of it.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: the format of its records is not known.
        NotPublished: no public copy can be made of it.
    """
    from ogpcase.workspace.opening import folder_to_read

    def public_copy(workspace: Workspace) -> Workspace:
        from ogpcase.workspace.publishing.making import workspace_of  # nothing else needs it

        return workspace_of(workspace, made_public(workspace))

    return folder_to_read(root, public_copy if public else None)


def published_both(before: Workspace, after: Workspace, earlier: str) -> tuple[Workspace, Workspace]:
    """Returns the public copies of two versions of a folder; `earlier` names the first.

    Raises:
        NotPublished: one of them is refused.
        Refused: the earlier copy contains what the later one leaves out.
    """
    from ogpcase.workspace.publishing.making import told_before, workspace_of

    hint = "compare with a later commit, or in the repository of the public copy"
    old = None if before.settings.public_copy else made_public(before, f"the earlier version, {earlier}", hint)
    new = None if after.settings.public_copy else made_public(after)
    if old and new and (files := told_before(old, new)):
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        raise Refused(f"the earlier version, {earlier}, tells what is left out now, in {files[0]}{more}", hint)
    return (workspace_of(before, old) if old else before), (workspace_of(after, new) if new else after)


def made_public(workspace: Workspace, what: str = "this folder", *hints: str) -> Publication:
    """Returns the public copy of a folder; if it is refused, shows each reason, and names the folder as `what`.

    Raises NotPublished if it is refused, and CannotRead if the folder is a public copy itself.
    """
    from ogpcase.workspace.publishing.making import make_copy

    with shown_if_refused(what, *hints):
        publication = make_copy(workspace, today())
    show_problems(publication.warnings)
    return publication


@contextmanager
def shown_if_refused(what: str, *hints: str) -> Iterator[None]:
    """Shows each reason for which a copy is refused, and names the folder as `what`. Raises NotPublished."""
    try:
        yield
    except NotPublished as refused:
        show_problems(refused.reasons)
        raise NotPublished(refused.reasons, what, *hints) from refused


def refuse_unsaid(session: ReadSession, workspace: Workspace, cases: Iterable[CaseFile]) -> None:
    """Refuses to print a report for others if the public copy leaves something out and no option chooses a copy.

    Raises Misused if neither --public nor --working is given, or both are.
    """
    from ogpcase.model.publication import left_out_words
    from ogpcase.workspace.opening import number_left_out

    if session.public and session.working:
        raise Misused("--public and --working exclude each other; give one of them")
    if not session.public and not session.working and (number := number_left_out(workspace, cases)):
        raise Misused(
            f"this folder {left_out_words(number)}, and what this prints is for others",
            "give --public for what others may see, or --working for everything",
        )


def show_problems(problems: Iterable[Diagnostic]) -> None:
    """Draws problems on stderr, each with its place."""
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import page_for, write
    from ogpcase.output.verdicts import frame

    page = page_for(sys.stderr)
    for problem in problems:
        write([*frame(problem, page), line()], sys.stderr)


def refuse_errors(brings: Iterable[Diagnostic], what: str) -> None:
    """Shows the problems that a change would add; refuses the change if one is an error.

    Raises Refused if one is an error; nothing was written.
    """
    from ogpcase.diagnostics import Severity

    problems = tuple(brings)
    show_problems(problems)
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    if count:
        raise Refused(f"{what} would bring {count} {'error' if count == 1 else 'errors'}; nothing was written")
