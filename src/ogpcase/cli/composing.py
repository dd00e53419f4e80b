"""Composes a new event's text from options, a file, answers at prompts, or an editor."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NamedTuple

from ogpcase.cli.boundary import Ended
from ogpcase.cli.field_options import (
    fields_as_stored,
    kind_named,
    mapping_from,
    refuse_foreign,
    values_from,
)
from ogpcase.cli.naming import nearest_party, party_named
from ogpcase.cli.source_naming import with_sources
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, CannotRead, CannotWrite, Misused, OgpcaseError
from ogpcase.model.bind import bind_event, bind_party
from ogpcase.model.casefile import CaseFile, Registry, file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.events import KINDS
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import KIND, fields_of, names_of
from ogpcase.model.serialize import PlainText, values_of
from ogpcase.store.checksums import Copy
from ogpcase.store.layout import reason
from ogpcase.store.lock import Stored
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse

LARGEST_INPUT = 262_144
"""The most bytes of a record."""


def whole_record(source: str) -> tuple[str, dict[str, Any]]:
    """Returns the text and values of a whole record in a file, or on stdin for `-`; the text is empty for JSON.

    Raises CannotRead if it cannot be read, and BadInput if it is not a record.
    """
    name = "standard input" if source == "-" else source
    data = _read(source)
    if len(data) > LARGEST_INPUT:
        raise BadInput(f"{name} is larger than a record may be: {LARGEST_INPUT // 1024} KiB")
    text = data.decode("utf-8", "surrogateescape")
    if not text.strip():
        raise BadInput(f"{name} is empty; nothing was written", "a record is one `name: value` a line, or JSON")
    if not text.lstrip().startswith("{"):
        return text, values_in(text, name)
    try:
        return "", json.loads(text, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError):
        return "", values_in(text, name)  # it may be YAML in flow form; if not, the YAML parser's message is better


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns an object's fields. Raises ValueError for a duplicate name, which Python's JSON parser accepts."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name is used twice")
    return fields


def _read(source: str) -> bytes:
    """Returns the bytes of a file or of stdin, at most one more than a record may have."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_INPUT + 1)
        if not Path(source).is_file():
            raise CannotRead(f"{source} is not a file", "give a file, or - for standard input")
        with Path(source).open("rb") as file:
            return file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error


def values_in(text: str, name: str) -> dict[str, Any]:
    """Returns the values of a record's text; raises BadInput with the first problem and its place."""
    parsed = parse(text.encode("utf-8", "surrogateescape"), name)
    value = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems:
        first = parsed.problems[0]
        span = first.places[0].span
        at = f"{name}:{span.line}:{span.column}: " if span else f"{name}: "
        raise BadInput(f"{at}{first.message}; nothing was written", *first.helps)
    if not isinstance(value, dict):
        raise BadInput(f"{name} does not hold a record: write one `name: value` a line")
    return value


Values = Mapping[str, Any]
NEEDED = tuple(field.name for field in fields_of() if field.required and field != KIND)
"""The required fields of every event beside its kind."""


class Given(NamedTuple):
    """What the command line gave: the event's kind, its fields, new parties, and the file of a whole record (`whole`).

    `slug` ends the event's id, and `copies` are files to keep. `edit` opens an editor; `dry_run` only prints the event.
    """

    kind: str | None
    options: Mapping[str, Any]
    new_parties: tuple[str, ...]
    whole: str | None
    slug: str | None
    copies: tuple[Path, ...]
    edit: bool
    dry_run: bool


class Composed(NamedTuple):
    """A new event's values and text, and the texts of new parties and sources by their files."""

    kind: Kind
    values: dict[str, Any]
    text: str
    beside: dict[str, str]


def composed(given: Given, case: CaseFile, copies: Sequence[Copy]) -> Composed:
    """Returns the new event; on a terminal, asks for required fields that are missing.

    `copies` become sources. If the event will be edited, missing required fields are left empty in its text.

    Raises:
        Misused: the options do not fit together, or a required field is missing and there is no terminal.
        BadInput: a party or source is not known, or a value cannot be stored.
    """
    text, base = whole_record(given.whole) if given.whole is not None else ("", {})
    kind = _kind(given, base)
    refuse_foreign(kind, given.options)
    parties = new_parties(given.new_parties, case.registry)
    registry = registry_with(case.registry, parties)
    options = values_from(given.options, fields_of(kind), lambda name: party_named(registry, name))
    values = {**base, "kind": str(kind), **options}
    if not given.edit:
        values |= _asked(given, kind, values, registry)
    values, sources = with_sources(_filing(values, kind, case), case, copies)
    whole = (_kept(text, base, values) if text else "") or text_of(kind, values)
    return Composed(kind, values, whole, {**{file: text for file, (text, _) in parties.items()}, **sources})


def _kind(given: Given, base: Values) -> Kind:
    word = given.kind or base.get("kind")
    if not isinstance(word, str):
        raise Misused("the event's kind is missing", f"kinds: {', '.join(Kind)}")
    kind = kind_named(word)
    if base.get("kind", word) != word:
        raise Misused(f"the record given is a `{base['kind']}`, not a `{kind}`", "leave one of the two out")
    return kind


def _asked(given: Given, kind: Kind, values: Values, registry: Registry) -> dict[str, Any]:
    """Asks for missing values at the terminal and returns the answers; raises Misused without a terminal."""
    missing = [name for name in NEEDED if name not in values]
    if not missing:
        return {}
    if at_terminal() and given.whole != "-":
        return ask_for(kind, values, registry)
    hint = "write them into the record" if given.whole else "or give a whole record with --from FILE"
    raise Misused(f"missing: {', '.join(f'--{name}' for name in missing)}", hint)


def _kept(text: str, base: Values, values: Values) -> str:
    """Returns the text as it was given, with new fields added at its end; empty if a value in it changed."""
    if any(base[name] != values[name] for name in base):
        return ""
    added = {name: value for name, value in values.items() if name not in base}
    return text + emit(added) if added else text


def text_of(kind: Kind, values: Values) -> str:
    """Returns the text of a record with these values, in the standard form; wrong values are kept for `validate`."""
    bound = bind_event(values, "new", "new")
    if bound.record is not None and not bound.problems:
        return emit(values_of(bound.record))
    names = dict.fromkeys((*names_of(kind), *values))
    given = [name for name in names if name in values or name in NEEDED]
    return "".join(emit({name: values[name]}) if name in values else f"{name}:\n" for name in given)


def _filing(values: dict[str, Any], kind: Kind, case: CaseFile) -> dict[str, Any]:
    """Adds `moves_to` to the record that opens a case, if the procedure has exactly one move for it, and says so."""
    from ogpcase.cli.write_session import tell
    from ogpcase.policy.lifecycle import standing
    from ogpcase.policy.procedures import judged_by

    table = judged_by(case)
    opens = table and kind in table.opening.kinds and not {"addendum_to", "moves_to", "context"} & set(values)
    if not table or not opens or not standing(case, None).stage.begins:
        return values
    ends = {move.to for move in table.moves_from(table.begin) if kind in move.carried_by}
    if len(ends) != 1:
        return values
    (end,) = ends
    tell(f"filled in from the policy's table: moves_to: {end}")
    return {**values, "moves_to": [end]}


def at_terminal() -> bool:
    """True if stdin and stdout are a terminal, so that somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_for(kind: Kind, values: Values, registry: Registry) -> dict[str, Any]:
    """Asks for the title, the date, the parties, a summary and a source, as far as they are missing.

    An empty answer leaves out an optional field. Raises KeyboardInterrupt if the input ends.
    """
    answers: dict[str, Any] = {}
    if "title" not in values:
        answers["title"] = _answer("title", needed=True)
    if "dated" not in values:
        answers["dated"] = PlainText(_date())
    naming = [field.name for field in fields_of(kind) if field.shape == "party"]
    for name in dict.fromkeys((KINDS[kind].acting[0], *KINDS[kind].featured)):
        if name in naming and name not in values and (parties := _parties(name, registry)):
            answers[name] = parties
    if "summary" not in values and (summary := _answer("summary, in your own words")):
        answers["summary"] = summary
    if "sources" not in values and (url := _answer("source (an address)")):
        answers["sources"] = [url]
    return answers


def _answer(about: str, *, needed: bool = False) -> str:
    while True:
        answer = _line_typed(f"{about}{'' if needed else ' (empty to skip)'}: ").strip()
        if answer or not needed:
            return answer
        _tell("this is needed")


def chosen(about: str, words: Sequence[str]) -> str:
    """Asks at the terminal for one of several words, until one of them is typed."""
    while True:
        answer = _answer(f"{about} ({', '.join(words)})", needed=True)
        if answer in words:
            return answer
        _tell(f"not one of {', '.join(words)}")


def _date() -> str:
    while True:
        answer = _answer("dated, as exact as the source: 2018-07-16, 2018-07, unknown", needed=True)
        try:
            return FuzzyDate.parse(answer).text
        except NotADate as fault:
            _tell(f"not a date: {fault}")


def _parties(name: str, registry: Registry) -> list[str]:
    parties: list[str] = []
    words = [word for party in registry.parties.values() for word in (party.id, *party.names())]
    while True:
        answer = _line_typed(f"{name.replace('_', ' ')}, one at a time (empty to go on): ", words).strip()
        if not answer:
            return parties
        ids = registry.named(answer)
        if len(ids) == 1:
            parties.append(ids[0])
            _tell(f"{ids[0]}")
        elif ids:
            _tell(f"several parties have this name: {', '.join(ids)}")
        else:
            near = nearest_party(registry, answer)
            _tell(f"no party has this name{f'; did you mean {near}?' if near else '; --new-party adds one'}")


def _tell(words: str) -> None:
    from ogpcase.diagnostics.visible_text import visible

    sys.stdout.write(f"  {visible(words)}\n")


def _line_typed(question: str, words: Iterable[str] = ()) -> str:
    """Returns one typed line; a TAB completes to one of the words."""
    _complete_from(sorted(set(words)))
    try:
        return input(question)
    except EOFError:
        raise KeyboardInterrupt from None


def _complete_from(words: list[str]) -> None:
    try:
        import readline
    except ImportError:  # without readline there is only no completion
        return

    def complete(typed: str, number: int) -> str | None:
        fitting = [word for word in words if word.casefold().startswith(typed.casefold())]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer_delims("")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")


@contextmanager
def edited(text: str) -> Iterator[str]:
    """Gives the text after the user has edited it.

    If the block fails or the run is stopped, the edited text stays in a file that only this user can read, and the
    message names that file.

    Raises:
        CannotRead: if no editor is set, it fails, or it leaves no file.
        CannotWrite: if there is no room for a file to edit.
    """
    path = _file_to_edit(text)
    kept = False
    try:
        try:
            _edit(path)
            yield _typed(path)
        except (OgpcaseError, KeyboardInterrupt, Ended) as stopped:
            kept = not Stored.done and path.is_file() and _typed(path) != text
            if kept:
                _say_where(stopped, path)
            raise
    finally:
        if not kept:
            shutil.rmtree(path.parent, ignore_errors=True)


def _file_to_edit(text: str) -> Path:
    """Returns a new file with the text, in a folder of its own that only this user can read."""
    try:
        path = Path(mkdtemp(prefix="ogpcase-")) / "event.yaml"
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"no file to edit can be written: {reason(error)}; nothing was written") from error
    return path


def _typed(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise CannotRead(
            f"the editor left no file that can be read: {reason(error)}; nothing was written",
            "save the record in the file that the editor was given",
        ) from error


def _say_where(stopped: BaseException, path: Path) -> None:
    hint = f"your text is kept: use it again with {command('--from', str(path))}"
    if isinstance(stopped, OgpcaseError):
        stopped.hints = (*stopped.hints, hint)
    else:
        stopped.add_note(hint)


def _edit(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CannotRead("no editor is set", "set EDITOR, or give the fields as options")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"the editor `{editor}` cannot be started; nothing was written", "set EDITOR to an installed program"
        ) from error
    if done.returncode != 0:
        raise CannotRead(f"the editor exited with code {done.returncode}; nothing was written")


def read_back(text: str, event: Composed) -> Composed:
    """Returns the edited event; raises BadInput if it is not a record any more, and Misused for an unknown kind."""
    values = values_in(text, "the edited record")
    if "kind" not in values:
        raise BadInput("the edited record has no `kind`; nothing was written")
    return event._replace(kind=kind_named(str(values["kind"])), values=values, text=text)


NewParty = tuple[str, Party]
"""The text of a new party's file, and the record in it."""


def new_parties(typed: Iterable[str], registry: Registry) -> dict[str, NewParty]:
    """Returns the text and record of each new party, by its file.

    Raises Misused for a mapping that is not a party, and BadInput for a party that already exists.
    """
    return dict(_new_party(mapping, registry) for mapping in typed)


def _new_party(typed: str, registry: Registry) -> tuple[str, NewParty]:
    """Returns a party's file, text and record; its id is given, or the slug of its name."""
    values = fields_as_stored(Party, mapping_from(typed, "--new-party"), lambda name: party_named(registry, name))
    party_id = _id_for(values.pop("id", None), values.get("name"))
    if registry.knows(party_id) or party_id in registry.unreadable:
        raise BadInput(
            f"a party `{party_id}` already exists; nothing was written", f"look at it: ogpcase show {party_id}"
        )
    bound = bind_party(values, party_id, file_of_party(party_id))
    if bound.record is None or bound.problems:
        raise Misused(
            f"--new-party: {bound.problems[0].message}", *(hint for problem in bound.problems for hint in problem.helps)
        )
    return file_of_party(party_id), (emit(values_of(bound.record)), bound.record)


def _id_for(typed: object, name: object) -> str:
    first = next(iter(name.values()), "") if isinstance(name, dict) else name
    party_id = str(typed or "") or slug_of(str(first or ""))
    if not first:
        raise Misused("--new-party: the party has no name", "write {name: …, classification: …}")
    if not is_id(party_id) or party_id in RESERVED_PARTY_IDS:
        hint = "give an id of lowercase words and hyphens: {id: …, name: …}"
        raise Misused(f"--new-party: `{typed or first}` cannot be an id", hint)
    return party_id


def registry_with(registry: Registry, parties: Mapping[str, NewParty]) -> Registry:
    """Returns the registry with the new parties in it, so that other options can name them."""
    if not parties:
        return registry
    new = {record.id: record for _, record in parties.values()}
    return Registry({**registry.parties, **new}, registry.unreadable, registry.flawed)
