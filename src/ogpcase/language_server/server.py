"""Speaks with an editor over stdin and stdout: what it shows is computed in threads, so that it never waits.

Each answer is of the texts as they were when it was asked for. What is no longer wanted, since somebody typed on, is
not computed; if that happens meanwhile, the answer is that the text has changed.

An editor that asks for the marks of open files gets them as answers; those of other files are sent to every editor, and
so is the empty list for a file that has no more marks.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from lsprotocol import types
from pygls import uris
from pygls.exceptions import FeatureRequestError, JsonRpcContentModified, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from ogpcase import __version__
from ogpcase.diagnostics import Diagnostic, FileId, Severity
from ogpcase.errors import OgpcaseError
from ogpcase.language_server import answers, changes, completing
from ogpcase.language_server.answers import Found, Place
from ogpcase.language_server.folder import Columns, EditedFolder
from ogpcase.store.layout import Root, current_folder, root_at, root_of_paths

if TYPE_CHECKING:
    from pygls.server import ServerErrors  # there for types alone

T = TypeVar("T")
Marks = dict[FileId, list[types.Diagnostic]]
"""The marks of each file that has any."""


class Asked(Protocol):
    """A question about a position of a text."""

    text_document: types.TextDocumentIdentifier
    position: types.Position


_SEVERITIES = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}
_PAUSE = 0.1
"""Seconds without a keystroke after which the case of a text is judged."""
_LONG_PAUSE = 0.5
"""Seconds after which the whole folder is judged: a change of one case can be a fault of another."""
_QUICK_FIX, _MEND_ALL = types.CodeActionKind.QuickFix, "source.fixAll.ogpcase"


@dataclass
class Session:
    """A folder with what the editor has open of it, and the marks that were found last."""

    folder: EditedFolder
    """As it is now."""
    opened: dict[FileId, str] = field(default_factory=dict)
    """The addresses of open files as the editor writes them."""
    marks: Marks = field(default_factory=dict)
    judged: set[FileId | None] = field(default_factory=set)
    """The cases whose marks are those of the folder as it is now, and None if all marks are."""
    soon: asyncio.Task[None] | None = None

    def change(self, folder: EditedFolder) -> None:
        """Lets another state of the folder be the present one."""
        self.folder = folder
        self.judged.clear()

    def uri_of(self, file: FileId) -> str:
        """Returns the address of a file."""
        return self.opened.get(file) or (self.folder.root.path / file).as_uri()

    def is_judged(self, case: FileId | None) -> bool:
        """True if the marks of a case, or of the whole folder, are those of the texts as they are now."""
        return case in self.judged or None in self.judged

    def require(self, folder: EditedFolder, file: FileId | None = None) -> None:
        """Raises JsonRpcContentModified if the folder, or the text of a file, is no longer as it was."""
        now = self.folder
        if now.texts.get(file) != folder.texts.get(file) if file else now is not folder:
            raise JsonRpcContentModified


class CaseServer(LanguageServer):
    """The server of one editor."""

    def __init__(self, root: Root | None, today: Callable[[], date]) -> None:
        """`root` is the only case folder that counts; None: the one of each text that is opened."""
        super().__init__("ogpcase", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self._root = root
        self._today = today
        self._sessions: dict[Path, Session] = {}
        self._documents: dict[str, tuple[Session, FileId]] = {}
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="ogpcase")
        self._folder_worker = ThreadPoolExecutor(1, thread_name_prefix="ogpcase-folder")
        self._complained: set[str] = set()

    @property
    def _unit(self) -> str:
        """The unit of columns that was agreed on."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    @property
    def _pulls(self) -> bool:
        """True if the editor asks for the marks of open files."""
        return self._says("text_document", "diagnostic") is not None

    def _says(self, *names: str) -> Any:  # noqa: ANN401 - whatever the protocol has there
        """Returns what the editor says that it can, by the names that lead there; None if it says nothing."""
        said: Any = self.client_capabilities
        for name in names:
            said = getattr(said, name, None)
        return said

    def _complain(self, message: str) -> None:
        """Shows a message, once."""
        if message not in self._complained:
            self._complained.add(message)
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"ogpcase: {message}"))

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Says that there is a bug, without the text of records that an exception may quote."""
        if source is not FeatureRequestError:  # the answer to a question says so already
            self._complain(f"this is a bug: {type(error).__name__}")

    def features(self) -> Iterator[tuple[Any, ...]]:
        """Yields each method of the protocol with what answers it, and what the editor is told of it."""
        yield types.INITIALIZED, self._watch
        yield types.TEXT_DOCUMENT_DID_OPEN, self._edit
        yield types.TEXT_DOCUMENT_DID_CHANGE, self._edit
        yield types.TEXT_DOCUMENT_DID_CLOSE, self._close
        yield types.TEXT_DOCUMENT_DID_SAVE, self._changed_on_disk
        yield types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._changed_on_disk
        judging = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="ogpcase"
        )
        yield types.TEXT_DOCUMENT_DIAGNOSTIC, self._marks, judging
        yield types.TEXT_DOCUMENT_HOVER, partial(self._answer, find=answers.hover)
        yield types.TEXT_DOCUMENT_DEFINITION, partial(self._locations, find=answers.definition)
        yield types.TEXT_DOCUMENT_REFERENCES, self._references
        completing_after = types.CompletionOptions(trigger_characters=list(completing.TRIGGERS))
        yield types.TEXT_DOCUMENT_COMPLETION, partial(self._answer, find=completing.completion), completing_after
        mending = types.CodeActionOptions([_QUICK_FIX, _MEND_ALL])
        yield types.TEXT_DOCUMENT_CODE_ACTION, self._actions, mending
        yield types.TEXT_DOCUMENT_RENAME, self._rename, types.RenameOptions(prepare_provider=True)
        yield types.TEXT_DOCUMENT_PREPARE_RENAME, partial(self._answer, find=changes.renamable)

    async def _watch(self, _: types.InitializedParams) -> None:
        """Asks an editor that can to say when files change on the disk."""
        if self._says("workspace", "did_change_watched_files", "dynamic_registration"):
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*.{yaml,txt}")])
            files = types.Registration("ogpcase-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            await self.client_register_capability_async(types.RegistrationParams([files]))

    def _edit(self, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams) -> None:
        """Lays the text of an open file over the one on the disk; does nothing for a file of no case folder."""
        uri = params.text_document.uri
        text = self.workspace.get_text_document(uri).source
        try:
            found = self._documents.get(uri) or self._open(uri)
        except OgpcaseError as stopped:  # the folder cannot be read
            self._complain(stopped.message)
            return
        if found is not None:
            session, file = found
            session.change(session.folder.with_text(file, text))
            self._judge_soon(session, file)

    def _open(self, uri: str) -> tuple[Session, FileId] | None:
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        here = Path(self.workspace.root_path or current_folder())
        top = root_of_paths([Path(path)], here) if path and self._root is None else None
        root = root_at(top, here) if top is not None else self._root
        file = root.file_of(Path(path), here) if root and path else None
        if root is None or not file:
            return None
        session = self._sessions.setdefault(root.path, Session(EditedFolder(root, here)))
        if self._pulls and session.marks.get(file):
            self._send(session, file, [])  # from now on it is asked for
        session.opened[file] = uri
        self._documents[uri] = session, file
        return session, file

    def _close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Lets the file on the disk count again."""
        session, file = self._documents.pop(params.text_document.uri, (None, ""))
        if session is not None:
            session.opened.pop(file, None)
            session.change(session.folder.with_text(file, None))
            if self._pulls:
                self._send(session, file, session.marks.get(file, []))
            self._judge_soon(session, file)

    def _changed_on_disk(self, _: object) -> None:
        """Judges every folder again, since files may have changed on the disk."""
        for session in self._sessions.values():
            session.change(session.folder.read_anew())
            self._judge_soon(session, "")

    def _judge_soon(self, session: Session, file: FileId) -> None:
        """Judges the case of a file when nothing is typed for a moment, and then the whole folder."""
        if session.soon is not None:
            session.soon.cancel()
        session.soon = asyncio.ensure_future(self._judge_in_turn(session, session.folder.case_of(file)))

    async def _judge_in_turn(self, session: Session, case: FileId | None) -> None:
        await asyncio.sleep(_PAUSE)
        await self._judge(session, case)
        if case is not None:
            await asyncio.sleep(_LONG_PAUSE)
            await self._judge(session, None)

    async def _judge(self, session: Session, case: FileId | None, asked: FileId = "") -> bool:
        """Judges a case, or the folder, and shows what changed, unless the texts changed meanwhile.

        Returns false if it cannot be judged.
        """
        if session.is_judged(case):
            return True
        folder = session.folder
        try:
            found = await self._marks_of(session, case)
            session.require(folder)
        except JsonRpcContentModified:
            return True
        except OgpcaseError as stopped:
            self._complain(stopped.message)
            return False
        except Exception as bug:  # noqa: BLE001 - a traceback could show record text
            self._complain(f"this is a bug: judging the records raised {type(bug).__name__}")
            return False
        session.judged.add(case)
        self._show(session, case, found, asked)
        return True

    async def _marks_of(self, session: Session, case: FileId | None) -> Marks:
        """Returns the marks of a case; or of the folder, in a thread of its own, so that no question waits for it."""
        present, today = session.folder, self._today()
        folder, worker = (present, self._worker) if case else (present.read_anew(), self._folder_worker)

        def find() -> Marks:
            found = folder.judged(case, today, lambda _: session.require(present))
            return marks_of(folder, found, self._unit, session.uri_of)

        return await asyncio.get_running_loop().run_in_executor(worker, find)

    def _show(self, session: Session, case: FileId | None, found: Marks, asked: FileId) -> None:
        before = session.marks
        others = {file: marks for file, marks in before.items() if case and not file.startswith(f"{case}/")}
        session.marks = others | found
        either = before.keys() | session.marks.keys()
        changed = [file for file in sorted(either) if before.get(file) != session.marks.get(file)]
        for file in changed:
            if not (self._pulls and file in session.opened):
                self._send(session, file, session.marks.get(file, []))
        refreshes = self._says("workspace", "diagnostics", "refresh_support")
        if self._pulls and refreshes and any(file in session.opened and file != asked for file in changed):
            self.workspace_diagnostic_refresh(None)

    def _send(self, session: Session, file: FileId, marks: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(session.uri_of(file), marks))

    async def _marks(self, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        """Returns the marks of an open file as it is now."""
        session, file = self._documents.get(params.text_document.uri, (None, ""))
        if session is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        case = session.folder.case_of(file)
        while not session.is_judged(case) and await self._judge(session, case, file):
            """If somebody typed meanwhile, judge what is there now."""
        return types.RelatedFullDocumentDiagnosticReport(session.marks.get(file, []))

    async def _answer(self, at: Asked, find: Callable[[Place], T]) -> T | None:
        """Returns what is found for a position of an open file; None for another file, and where nothing is found."""
        session, file = self._documents.get(at.text_document.uri, (None, ""))
        if session is None:
            return None
        place = Place(session.folder, file, at.position, self._unit)
        try:
            return await self._work(session, file, partial(find, place))
        except OgpcaseError as stopped:
            self._complain(stopped.message)
        except JsonRpcContentModified:
            raise
        except Exception as bug:  # noqa: BLE001 - a traceback could show record text
            self._complain(f"this is a bug: the question raised {type(bug).__name__}")
        return None

    async def _work(self, session: Session, file: FileId, find: Callable[[], T]) -> T:
        """Returns what is found in the thread, where questions follow one another.

        Raises JsonRpcContentModified if somebody types in the file before; then it may not have begun.
        """
        folder = session.folder

        def find_if_wanted() -> T:
            session.require(folder, file)
            return find()

        found = await asyncio.get_running_loop().run_in_executor(self._worker, find_if_wanted)
        session.require(folder, file)
        return found

    async def _locations(self, at: Asked, find: Callable[[Place], list[Found]]) -> list[types.Location]:
        session, _ = self._documents.get(at.text_document.uri, (None, ""))
        found = await self._answer(at, find) or []
        return [types.Location(session.uri_of(each.file), each.range) for each in found] if session else []

    async def _references(self, params: types.ReferenceParams) -> list[types.Location]:
        declared = params.context.include_declaration
        return await self._locations(params, partial(answers.references, declared=declared))

    async def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Returns the mends of the problems in the lines that are asked about."""
        session, _ = self._documents.get(params.text_document.uri, (None, ""))
        if session is None:
            return []
        lines = (params.range.start.line + 1, params.range.end.line + 1)
        at = types.TextDocumentPositionParams(params.text_document, params.range.start)
        found = await self._answer(at, lambda place: list(self._actions_for(place, lines, session.uri_of)))
        only = params.context.only
        return [each for each in found or () if only is None or any(_is_within(each.kind, kind) for kind in only)]

    def _actions_for(
        self, place: Place, lines: tuple[int, int], uri_of: Callable[[FileId], str]
    ) -> Iterator[types.CodeAction]:
        text, today = place.folder.text_of(place.file), self._today()
        for mend in changes.mends(place, lines, today):
            edit = types.WorkspaceEdit(changes={uri_of(place.file): [changes.text_edit(text, mend.new, self._unit)]})
            yield types.CodeAction(mend.title, kind=_QUICK_FIX if mend.code else _MEND_ALL, edit=edit)
        for plan in changes.right_names(place, lines, today) if self._renames_files else ():
            title = f"Rename the file to `{plan.name.new}.yaml`, and every reference to it"
            yield types.CodeAction(title, kind=_QUICK_FIX, edit=changes.edit_of(plan, self._unit, uri_of))

    async def _rename(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Returns the edits that give a record another id. Raises JsonRpcInvalidParams, which the editor shows."""
        session, file = self._documents.get(params.text_document.uri, (None, ""))
        if session is None:
            return None
        if not self._renames_files:
            raise JsonRpcInvalidParams("this editor cannot rename files; `ogpcase rename` does it")
        place = Place(session.folder, file, params.position, self._unit)
        try:
            plan = await self._work(session, file, partial(changes.renaming, place, params.new_name, self._today()))
        except OgpcaseError as refused:
            raise JsonRpcInvalidParams("; ".join([refused.message, *refused.hints])) from None
        except JsonRpcContentModified:
            raise
        except Exception as bug:  # noqa: BLE001 - a traceback could show record text
            raise JsonRpcInvalidParams(f"this is a bug: renaming raised {type(bug).__name__}") from None
        return changes.edit_of(plan, self._unit, session.uri_of)

    @property
    def _renames_files(self) -> bool:
        able = self._says("workspace", "workspace_edit", "resource_operations")
        return types.ResourceOperationKind.Rename in (able or ())  # Neovim says this, and not `documentChanges`


def marks_of(
    folder: EditedFolder, found: Mapping[FileId, list[Diagnostic]], unit: str, uri_of: Callable[[FileId], str]
) -> Marks:
    """Returns the marks for the diagnostics of a folder; `unit` is that of columns."""

    @cache
    def columns(file: FileId) -> Columns:
        return Columns(folder.text_of(file), unit)

    def mark(file: FileId, diagnostic: Diagnostic) -> types.Diagnostic:
        others = ((folder.file_shown(spot.path), spot) for spot in diagnostic.spots[1:])
        return types.Diagnostic(
            range=columns(file).range_of(diagnostic.spots[0].span),
            message=_message(diagnostic),
            severity=_SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            source="ogpcase",
            related_information=[
                types.DiagnosticRelatedInformation(
                    types.Location(uri_of(other), columns(other).range_of(spot.span)), spot.label or "see here"
                )
                for other, spot in others
            ],
        )

    return {file: [mark(file, diagnostic) for diagnostic in listed] for file, listed in found.items()}


def _message(diagnostic: Diagnostic) -> str:
    label = diagnostic.spots[0].label
    start = diagnostic.message + (f" ({label})" if label and label not in diagnostic.message else "")
    notes = (f"note: {note}" for note in diagnostic.notes)
    helps = (f"help: {text}" for text in diagnostic.helps)
    return "\n".join([start, *notes, *helps])


def _is_within(kind: types.CodeActionKind | str | None, wanted: types.CodeActionKind | str) -> bool:
    """True if a kind of action is the wanted one or a part of it, as `source.fixAll.ogpcase` is of `source`."""
    name, whole = (str(getattr(each, "value", each)) for each in (kind, wanted))
    return name == whole or name.startswith(f"{whole}.")


def server_of(root: Root | None, today: Callable[[], date]) -> CaseServer:
    """Returns a server; `start_io` of it speaks over stdin and stdout until the editor ends it.

    `root` is the only case folder that counts; None: the one of each text that is opened.
    """
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False  # it would log texts of records, and print tracebacks
    server = CaseServer(root, today)
    for method, handle, *options in server.features():
        server.feature(method, *options)(partial(handle))  # pygls marks it, which no method lets it do
    return server
