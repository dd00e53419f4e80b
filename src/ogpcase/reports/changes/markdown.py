"""A comparison as Markdown for a comment on a pull request: sentences, with links to the records.

A record is linked on the web at a commit, else by its path in the repository.
The words of a record are escaped, so that no mention, link or formatting of them acts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from ogpcase.diagnostics import Diagnostic, FileId
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.casefile import file_of_event, file_of_header, file_of_party, file_of_source
from ogpcase.output.markdown import escaped
from ogpcase.output.words import date_in_short
from ogpcase.reports.changes.fields import FieldChange, passages
from ogpcase.reports.changes.rows import AskChange, CaseChange, EventChange, PartyChange
from ogpcase.reports.changes.text import (
    SHORTEST,
    WHAT,
    asks_by_word,
    duty_words,
    field_name,
    given_twice,
    headline_of,
    not_judged_words,
    outcome_words,
    problem_words,
    stand_words,
    who_wrote,
    whom_words,
)
from ogpcase.reports.changes.versions import Told
from ogpcase.store.git import RevisionFiles, changed_files, files_below
from ogpcase.workspace.comparing import Compared

LONGEST_COMMENT = 60_000
"""Characters; GitHub refuses a comment of more than 65,536."""


class Links(NamedTuple):
    """The addresses of records.

    `web` is the page of the repository, None if its remote has none that is known. `committed` are the files that the
    commit `head` has as they are compared, `uncommitted` those that it has not; both are paths below `below`.
    """

    web: str | None
    head: str
    below: str
    committed: frozenset[FileId]
    uncommitted: frozenset[FileId]
    base: str
    base_below: str
    at_base: frozenset[FileId]

    def of(self, file: FileId, *, withdrawn: bool = False) -> str | None:
        """Returns the address of a record, of the earlier version if it was withdrawn; None if it has none."""
        if withdrawn:
            return self._at(self.base, self.base_below, file) if file in self.at_base else None
        if file in self.committed:
            return self._at(self.head, self.below, file) or _path(self.below, file)
        return _path(self.below, file) if file in self.uncommitted else None

    def _at(self, commit: str, below: str, file: FileId) -> str | None:
        if self.web is None:
            return None
        return f"{self.web}{_files_at(self.web, commit)}/{_path(below, file)}"


def difference_markdown(told: Told, links: Links) -> str:
    """Returns the headline and the changes of each case, cut to the length that a comment may have."""
    lines = [f"**{escaped(headline_of(told))}**"]
    for case in told.difference.cases:
        lines += ["", f"### {_linked(case.title, links.of(file_of_header(case.case)))}", "", " ".join(_stands(case))]
        changes = list(_changes(case, links))
        lines += ["", *changes] if changes else []
    parties = (each for party in told.difference.parties for each in _party(party, links))
    lines += ["", "### Parties", "", *parties] if told.difference.parties else []
    lines += [""] if told.difference.both_added else []
    lines += [f"> **Warning**: {given_twice(escaped(name))}" for name in told.difference.both_added]
    words = [each for each in (problem_words(told.problems), not_judged_words(told.problems)) if each]
    if words:
        new = told.problems.new.diagnostics
        lines += ["", f"### Problems: {'; '.join(words)}", *([""] if new else []), *map(_problem, new)]
    return "".join(_fitting(lines))


def _linked(text: str, address: str | None) -> str:
    """Returns a text as a link; its brackets are written as entities, so that they do not end it."""
    said = escaped(text)
    if address is None:
        return said
    said = f"&#91;{said[2:]}" if said.startswith("\\[") else said
    return f"[{said.replace('[', '&#91;').replace(']', '&#93;')}]({address})"


def _changes(case: CaseChange, links: Links) -> Iterator[str]:
    yield from (f"- **Header**: {_field(field)}" for field in case.header)
    for what in WHAT:
        for event in case.events:
            if event.what == what:
                yield from _event(case, event, links)
    for source in case.sources:
        address = links.of(file_of_source(case.case, source.source), withdrawn=source.what == "withdrawn")
        yield from _record(f"Source {WHAT[source.what].lower()}", _linked(source.title, address), source.fields)
    for words, asks, duties in asks_by_word(case):
        for ask in asks:
            yield from _ask(case, words, ask, links)
        if duties:
            became = "New" if duties[0].what == "made" else "No longer owed"
            yield f"- **{became}**: {escaped(duty_words(duties))}"


def _stands(case: CaseChange) -> Iterator[str]:
    if case.was:
        yield f"The case {escaped(case.case)} was called {escaped(case.was)}."
    stood, stands = (escaped(stand_words(each)) if each else "" for each in (case.before, case.after))
    if case.before is None:
        yield f"The case {escaped(case.case)} is new and stands at: {stands}."
    elif case.after is None:
        yield f"The case {escaped(case.case)} is no longer there; it stood at: {stood}."
    elif case.before != case.after:
        yield f"The case {escaped(case.case)} stood at: {stood}. Now it stands at: {stands}."
    else:
        yield f"The case {escaped(case.case)} stands at: {stands}, as before."


def _event(case: CaseChange, event: EventChange, links: Links) -> Iterator[str]:
    address = links.of(file_of_event(case.case, event.event), withdrawn=event.what == "withdrawn")
    was = f"; its id was {escaped(event.was)}" if event.was else ""
    if event.title is None:
        yield f"- **{WHAT[event.what]}**: {_linked(event.event, address)}{was}"
        return
    about = f"{escaped(date_in_short(event.dated or ''))}, {escaped(who_wrote(event, '→'))}"
    yield from _record(WHAT[event.what], f"{_linked(event.title, address)} ({about}){was}", event.fields)


def _record(what: str, words: str, fields: Iterable[FieldChange]) -> Iterator[str]:
    yield f"- **{what}**: {words}"
    yield from (f"  - {_field(field)}" for field in fields)


def _ask(case: CaseChange, words: str, ask: AskChange, links: Links) -> Iterator[str]:
    address = links.of(file_of_event(case.case, ask.request.partition("#")[0]), withdrawn=ask.what == "withdrawn")
    whom = f" ({escaped(said)})" if (said := whom_words(ask)) else ""
    duty = ", a duty of the policy" if ask.duty else ""
    yield f"- **{words}**: {_linked(ask.text, address)}{duty}{whom}"
    yield from (f"  - {escaped(each.party)}: {outcome_words(each, '→')}" for each in ask.came)


def _party(party: PartyChange, links: Links) -> Iterator[str]:
    address = links.of(file_of_party(party.party), withdrawn=party.what == "withdrawn")
    was = f"; its id was {escaped(party.was)}" if party.was else ""
    yield from _record(WHAT[party.what], f"{_linked(party.name, address)}{was}", party.fields)


def _field(field: FieldChange) -> str:
    """Returns a field with its values, or with the words that went and came in a longer text."""
    name, (before, after) = escaped(field_name(field)), field.in_words
    if before is None or after is None:
        return f"{name}: {_came(after)}" if before is None else f"{name}: {_went(before)}"
    if before == after:
        return f"{name}: changed"
    if max(len(before), len(after)) < SHORTEST:
        return f"{name}: {escaped(before)} → {escaped(after)}"
    parts = (
        part for each in passages(before, after) for part in (escaped(each.same), _went(each.before), _came(each.after))
    )
    return f"{name}: {' '.join(filter(None, parts))}"


def _went(text: str | None) -> str:
    return f"<del>{escaped(text)}</del>" if text else ""


def _came(text: str | None) -> str:
    return f"<ins>{escaped(text)}</ins>" if text else ""


def _problem(diagnostic: Diagnostic) -> str:
    spot = diagnostic.spots[0]
    where = f"{spot.path}, line {spot.span.line}"
    parts = _IN_CODE.split(diagnostic.message)
    message = "".join(_code(part) if place % 2 else _prose(part) for place, part in enumerate(parts))
    return f"- {diagnostic.severity} {diagnostic.code}: {message} ({escaped(where)})"


_IN_CODE = re.compile(r"`([^`]+)`")
"""A name in a message."""


def _code(name: str) -> str:
    """Returns a name without backticks as code; invisible characters are shown as code points."""
    plain = harmless(name)
    return f"`{plain}`" if plain.strip() == plain else f"` {plain} `"


def _prose(text: str) -> str:
    """Returns escaped text with the blanks at its ends."""
    before, after = " " * text.startswith(" "), " " * (text.endswith(" ") and bool(text.strip()))
    return f"{before}{escaped(text)}{after}"


def _fitting(lines: Sequence[str]) -> Iterator[str]:
    used = 0
    for number, text in enumerate(lines):
        used += len(text) + 1
        if used > LONGEST_COMMENT:
            yield f"\n{len(lines) - number} more lines do not fit here; `ogpcase diff` prints them all\n"
            return
        yield f"{text}\n"


_SSH = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w-][\w.-]*):(?!//)(?P<path>[^\s]+)")
"""An address as `git@host:owner/name.git`."""


def links_of(both: Compared) -> Links:
    """Returns the addresses of the records of a comparison. Raises CannotRead."""
    start, later = both.before.files, both.after.files
    assert isinstance(start, RevisionFiles)
    tip = later if isinstance(later, RevisionFiles) else start.at("HEAD", both.after.root)
    changed = frozenset() if later is tip else changed_files(tip, later)
    return Links(
        web=web_address(start.repository.remote()),
        head=tip.commit,
        below=tip.below,
        committed=frozenset(tip.tree) - changed,
        uncommitted=frozenset(file for file in files_below(later) if file in changed) if changed else frozenset(),
        base=start.commit,
        base_below=start.below,
        at_base=frozenset(start.tree),
    )


def web_address(remote: str | None) -> str | None:
    """Returns the page of a repository whose remote has this address, without any name or password in it."""
    if remote is None:
        return None
    if found := _SSH.fullmatch(remote):
        return _page(found["host"], found["path"])
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port and parts.scheme in {"http", "https"} else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https", "ssh", "git"} or not parts.hostname:
        return None
    return _page(f"{parts.hostname}{port}", parts.path)


def _page(host: str, path: str) -> str | None:
    plain = path.strip("/").removesuffix(".git")
    return f"https://{host}/{quote(plain)}" if plain else None


def _files_at(web: str, commit: str) -> str:
    """Returns the path of a commit's files on the pages of a host, as GitHub has it unless its name says otherwise."""
    host = urlsplit(web).netloc
    if "gitlab" in host:
        return f"/-/blob/{commit}"
    if any(name in host for name in ("codeberg", "gitea", "forgejo")):
        return f"/src/commit/{commit}"
    return f"/src/{commit}" if "bitbucket" in host else f"/blob/{commit}"


def _path(below: str, file: FileId) -> str:
    return quote(f"{below}/{file}" if below else file)
