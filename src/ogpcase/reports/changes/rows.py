"""What differs between two versions of cases: moves, events, fields, and requests."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.parties import UNKNOWN
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Stage
from ogpcase.reports.changes.fields import FieldChange, Sides, event_changes, record_changes
from ogpcase.reports.heading.rows import heading_of
from ogpcase.reports.requests.rows import AskLine, ask_lines_of
from ogpcase.reports.shown import Shown
from ogpcase.workspace.comparing import Cases, Pair, Renamings, pairs_of

AskWord = Literal["made", "withdrawn", "answered", "unanswered", "withheld"]
"""What became of an ask; `unanswered` when answers to it are gone, `withheld` when public copies leave them out now."""
NOTHING_CAME = "unanswered"
_NOTHING_YET = (NOTHING_CAME, "call")


class OutcomeChange(NamedTuple):
    """The outcome for one party in each version; None where it was not asked. `told_by` is the later event."""

    party: str
    before: str | None
    after: str | None
    told_by: str | None = None
    party_id: str | None = None


class AskChange(NamedTuple):
    """A request or duty that is new, removed, or has another outcome; `outcomes` are those that are new or changed.

    `by` are the names of those who ask; a duty has none.
    """

    what: AskWord
    request: str
    text: str
    due: str | None
    duty: bool
    outcomes: tuple[OutcomeChange, ...]
    by: tuple[str, ...] = ()

    @property
    def brought(self) -> bool:
        """True for a duty that a step brings, or no longer brings."""
        return self.duty and self.what in {"made", "withdrawn"}

    @property
    def asked(self) -> tuple[str, ...]:
        """The named parties that are newly asked and have not answered."""
        asked = (outcome for outcome in self.outcomes if outcome.before is None and outcome.after in _NOTHING_YET)
        return tuple(each.party for each in asked if each.party != UNKNOWN)

    @property
    def came(self) -> tuple[OutcomeChange, ...]:
        """The outcomes without those of parties that are newly asked and have not answered."""
        return tuple(
            outcome for outcome in self.outcomes if outcome.before is not None or outcome.after not in _NOTHING_YET
        )


def ask_changes(sides: Sides) -> tuple[AskChange, ...]:
    """Returns the changed requests of a case in the case's order, with removed requests last.

    Requests of a record that only one version can read count as neither made nor withdrawn.
    """
    lost = sides.before.case.unreadable | sides.after.case.unreadable
    old, new = (dict(_by_name(sides, shown, lost)) for shown in (sides.before, sides.after))
    there = (_change_of_ask(sides, old.get(name), ask) for name, ask in new.items())
    gone = (_ask_change(sides.before, "withdrawn", ask, ()) for name, ask in old.items() if name not in new)
    return tuple(change for change in (*there, *gone) if change is not None)


def _by_name(sides: Sides, shown: Shown, lost: frozenset[str]) -> Iterator[tuple[str, Ask]]:
    for ask in asks_of(shown.case, shown.reader.moment):
        if ask.event.id not in lost:
            yield sides.renamings.reference(f"{shown.case.id}/{ask.event.id}#{ask.item}"), ask


def _change_of_ask(sides: Sides, old: Ask | None, new: Ask) -> AskChange | None:
    after, parties = sides.after, sides.renamings.parties
    came = dict(_outcomes(after, new, {}))
    if old is None:
        made = [OutcomeChange(line.party, None, line.outcome, line.told_by, line.party_id) for line in came.values()]
        return _ask_change(after, "made", new, made)
    had = dict(_outcomes(sides.before, old, parties))
    changed = []
    for key, line in came.items():
        earlier = had[key].outcome if key in had else None
        if line.outcome != (earlier or NOTHING_CAME) and "not_read" not in (line.outcome, earlier):
            changed.append(OutcomeChange(line.party, earlier, line.outcome, line.told_by, line.party_id))
    quiet = {NOTHING_CAME, "not_read"}
    gone = (line for key, line in had.items() if key not in came and line.outcome not in quiet)
    changed += [OutcomeChange(line.party, line.outcome, None, party_id=line.party_id) for line in gone]
    if not changed:
        return None
    lost = all(each.after in {None, NOTHING_CAME} for each in changed)
    hidden = any(each.after == "withheld" for each in changed)
    return _ask_change(after, "withheld" if hidden else "unanswered" if lost else "answered", new, changed)


Key = tuple[str | None, ...]


def _outcomes(shown: Shown, ask: Ask, parties: Mapping[str, str]) -> Iterator[tuple[Key, AskLine]]:
    """Yields the lines of a request and of their parts, each with the later ids of the party and of the part."""
    for asked, line in zip(ask.lines, ask_lines_of(shown, ask), strict=True):
        party = parties.get(asked.party or "", asked.party)
        yield (party,), line
        for inner, part in zip(asked.parts, line.parts, strict=True):
            yield (party, parties.get(inner.party or "", inner.party)), part


def _ask_change(shown: Shown, what: AskWord, ask: Ask, outcomes: Iterable[OutcomeChange]) -> AskChange:
    due = ask.due.text if ask.due else None
    by = () if ask.duty else shown.names(ask.event.actors)
    return AskChange(what, f"{ask.event.id}#{ask.item}", shown.text(ask.text), due, ask.duty, tuple(outcomes), by)


What = Literal["added", "amended", "renamed", "withdrawn", "unreadable", "readable"]
"""What became of a record; `readable` is one that could not be read before."""


class Stand(NamedTuple):
    """The stage of a case in one version on the reader's day, its date, and the stage that it is perhaps in.

    `known` is false where a record that cannot be read may move the case.
    """

    stage: Stage
    since: str | None
    perhaps: Stage | None
    known: bool = True


class EventChange(NamedTuple):
    """What became of an event. `was` is its earlier id; kind, date and title are None where it cannot be read.

    `by` and `to` are the names of those who act in it and of those it is addressed to.
    """

    what: What
    event: str
    was: str | None = None
    kind: str | None = None
    dated: str | None = None
    title: str | None = None
    fields: tuple[FieldChange, ...] = ()
    inferred: tuple[str, ...] = ()
    kind_in_words: str = ""
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


class SourceChange(NamedTuple):
    """What became of a source in a file of a case; `title` is its address or id where it has no title."""

    what: What
    source: str
    title: str
    fields: tuple[FieldChange, ...] = ()


class CaseChange(NamedTuple):
    """What changed in a case; `before` or `after` is None if the case is not in that version.

    `was` is its earlier id, if it was renamed.
    """

    case: str
    title: str
    before: Stand | None
    after: Stand | None
    header: tuple[FieldChange, ...]
    events: tuple[EventChange, ...]
    asks: tuple[AskChange, ...]
    sources: tuple[SourceChange, ...] = ()
    was: str | None = None

    @property
    def says_nothing(self) -> bool:
        """True when a reader would see no change."""
        return (
            self.was is None
            and self.before == self.after
            and not self.header
            and not (self.events or self.asks or self.sources)
        )


class PartyChange(NamedTuple):
    """What became of a party; `was` is its earlier id, if it was renamed."""

    what: What
    party: str
    name: str
    fields: tuple[FieldChange, ...] = ()
    was: str | None = None


class Difference(NamedTuple):
    """All changes, and the records that both branches added under the same name since their common ancestor."""

    cases: tuple[CaseChange, ...]
    parties: tuple[PartyChange, ...]
    both_added: tuple[str, ...] = ()


def difference_of(
    versions: tuple[Cases, Cases],
    registries: tuple[Registry, Registry],
    reader: Reader,
    renamings: Renamings,
    both_added: Iterable[str] = (),
) -> Difference:
    """Returns what changed from one version of a folder to another, on the reader's day.

    `both_added` are references or ids of records.
    """
    before, after = versions
    ids = sorted((before.keys() - renamings.cases.keys()) | after.keys())
    cases = (_case(before.get(renamings.earlier(case_id)), after.get(case_id), renamings, reader) for case_id in ids)
    old, new = (Shown(assemble("", None, (), registry), reader) for registry in registries)
    return Difference(
        tuple(case for case in cases if case and not case.says_nothing),
        tuple(_parties(registries, Sides(old, new, renamings))),
        tuple(both_added),
    )


def _case(before: CaseFile | None, after: CaseFile | None, renamings: Renamings, reader: Reader) -> CaseChange | None:
    there = after or before
    if there is None or (before is not None and after is not None and _same(before, after)):
        return None
    old, new = (Shown(case or assemble(there.id, None, (), there.registry), reader) for case in (before, after))
    sides, old_header, new_header = Sides(old, new, renamings), old.case.header, new.case.header
    last = new if after else old
    return CaseChange(
        case=there.id,
        title=last.text(there.header.title) if there.header else there.id,
        before=_stand(old) if before else None,
        after=_stand(new) if after else None,
        header=record_changes(sides, old_header, new_header) if old_header and new_header else (),
        events=(*_events(sides, pairs_of(before, after)), *(_unread(sides) if before and after else ())),
        asks=ask_changes(sides),
        sources=tuple(_sources(sides)) if before and after else (),
        was=before.id if before is not None and before.id != there.id else None,
    )


def _same(before: CaseFile, after: CaseFile) -> bool:
    one, other = (
        (case.header, case.events, case.unreadable, case.sources, case.sources_not_read, case.registry.parties,
         case.registry.unreadable)
        for case in (before, after)
    )  # fmt: skip
    return one == other


def _sources(sides: Sides) -> Iterator[SourceChange]:
    """Yields the sources in files that one version lacks, or that say something else; none that cannot be read."""
    before, after = sides.before.case, sides.after.case
    lost = before.sources_not_read | after.sources_not_read
    for name in sorted((before.sources.keys() | after.sources.keys()) - lost):
        old, new = before.sources.get(name), after.sources.get(name)
        there = new or old
        if there is None or old == new:
            continue
        what: What = "amended" if old and new else "added" if new else "withdrawn"
        shown = sides.after if new else sides.before
        title = shown.text(there.title) if there.title else there.url or name
        fields = record_changes(sides, old, new) if old and new else ()
        yield SourceChange(what, name, title, fields)


def _stand(shown: Shown) -> Stand:
    heading = heading_of(shown, standing(shown.case, shown.reader.moment))
    return Stand(heading.stage, heading.since, heading.perhaps, heading.known)


def _events(sides: Sides, pairs: Iterable[Pair]) -> Iterator[EventChange]:
    for pair in pairs:
        event, shown = (pair.after, sides.after) if pair.after else (pair.before, sides.before)
        if event is None:
            continue
        fields = event_changes(sides, pair.before, pair.after) if pair.before and pair.after else ()
        was = pair.renaming[0].id if pair.renaming else None
        if was or fields or not (pair.before and pair.after):
            what: What = "renamed" if was else "amended" if fields else "added" if pair.after else "withdrawn"
            yield EventChange(
                what=what,
                event=event.id,
                was=was,
                kind=str(event.kind),
                dated=event.dated.text,
                title=shown.text(event.title),
                fields=fields,
                inferred=event.inferred,
                kind_in_words=event.kind.label.lower(),
                by=shown.names(event.actors),
                to=shown.names(getattr(event, "addressees", ())),
            )


def _unread(sides: Sides) -> Iterator[EventChange]:
    """Yields the records that only one version can read, and those that none can read and that were renamed."""
    before, after = sides.before.case, sides.after.case
    was = {sides.renamings.event_id(before.id, event_id): event_id for event_id in before.unreadable}
    for event_id in sorted(was.keys() ^ after.unreadable):
        yield EventChange("unreadable" if event_id in after.unreadable else "readable", event_id)
    for event_id in sorted(was.keys() & after.unreadable):
        if was[event_id] != event_id:
            yield EventChange("renamed", event_id, was[event_id])


def _parties(registries: tuple[Registry, Registry], sides: Sides) -> Iterator[PartyChange]:
    before, after = (registry.parties for registry in registries)
    renamed = sides.renamings.parties
    was = {new: old for old, new in renamed.items()}
    for party_id in sorted((before.keys() - renamed.keys()) | after.keys()):
        old, new = before.get(was.get(party_id, party_id)), after.get(party_id)
        there = new or old
        if there is None or old == new:
            continue
        fields = record_changes(sides, old, new) if old and new else ()
        both: What = "renamed" if party_id in was else "amended"
        what: What = both if old and new else "added" if new else "withdrawn"
        if fields or what != "amended":
            yield PartyChange(what, there.id, sides.after.text(there.name), fields, was.get(party_id))
