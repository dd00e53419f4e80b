"""The parties with their roles, and everything that all cases record about one party."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import merge
from operator import itemgetter
from typing import NamedTuple, TypeVar

from ogpcase.ledger import TOLD_BY_ANYBODY, Ask, AskedLine, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Classification, Outcome
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Commitment, Event, Letter
from ogpcase.model.items import SignedBy
from ogpcase.model.parties import UNKNOWN, NamedParty, Party
from ogpcase.model.table_codes import BodyCode
from ogpcase.output.messages import pgettext
from ogpcase.reports.record.rows import Appearance, Record, appearances, party_record, seen_assessments
from ogpcase.reports.requests.rows import AskLine, RowAsk, longest_first, row_ask
from ogpcase.reports.shown import Languages, Shown

ACTS: dict[str, str] = {
    "filers": "filer",
    "senders": "sender",
    "issued_by": "issuer",
    "authors": "author",
    "adopted_by": "adopter",
    "by": "decider",
    "lead": "lead",
    "participants": "participant",
    "signatories": "signatory",
    "on_behalf_of": "acted_for",
}
"""The roles of parties that do something, by the field that names them."""
NAMED: dict[str, str] = {"addressees": "addressee", "copied": "copied"}
"""The roles of parties that something is done to, by the field that names them."""
DOING = (*ACTS.values(), "signed_for", "assessor", "answers")
"""The roles of a party that does something, in the order they are shown."""
ROLES = ("subject", *DOING, *NAMED.values(), "asked", "told_of", "stated_otherwise", "through_parts")
"""Every role, in the order they are shown."""


class Naming(NamedTuple):
    """One place where an event names a party: the role, and the name and the office as the paper prints them."""

    party: str
    role: str
    as_named: str | None = None
    office: str | None = None


class Signature(NamedTuple):
    """A person who signed a paper, with the office held then, for which party and when; None where it does not say."""

    name: str
    office: str | None
    party: str | None
    event: str
    dated: str
    certain: bool


def role_in_words(role: str) -> str:
    """Returns a role as it is read: `told of` for `told_of`."""
    through = pgettext("role", "through its parts")
    return through if role == "through_parts" else pgettext("role", role.replace("_", " "))


def namings_of(shown: Shown, event: Event) -> Iterator[Naming]:
    """Yields every place where the event names a party; a party with several roles is named several times."""
    roles = ACTS | NAMED
    for field, role in roles.items():
        yield from _namings(getattr(event, field, ()), role)
    yield from (Naming(each.for_, "signed_for") for each in _signed_by(event) if each.for_ and each.for_ != UNKNOWN)
    yield from _namings((each.by for each in seen_assessments(shown, event)), "assessor")
    for request in event.requests:
        yield from _namings(request.asked_of, "asked")
    leading = {party.party for party in event.lead} if isinstance(event, Commitment) else set()
    for milestone in event.milestones if isinstance(event, Commitment) else ():  # its own promise is not a request
        yield from _namings((party for party in milestone.asked_of if party.party not in leading), "asked")
    for answer in event.answers:  # its own actors', or those of others
        if answer.of and answer.answer is not Outcome.EXTENDED:
            yield from _namings(answer.of, "told_of")
        elif not answer.of and answer.answer not in TOLD_BY_ANYBODY:
            yield from _namings(event.principals, "answers")
    for word in (word for each in event.also_stated if each.field in roles for word in each.value):
        if word != UNKNOWN and shown.case.registry.knows(word):
            yield Naming(word, "stated_otherwise")


def _namings(parties: Iterable[NamedParty], role: str) -> Iterator[Naming]:
    return (Naming(party.party, role, party.as_named, party.office) for party in parties if party.party != UNKNOWN)


def _signed_by(event: Event) -> tuple[SignedBy, ...]:
    return event.signed_by if isinstance(event, Letter) else ()


class PartyAsk(NamedTuple):
    """A request that concerns one party: who asks for what, and the outcomes for the parties concerned.

    For a request to the party, `ask` has only the line of this party.
    `through` names the larger body that was asked, if the party answers as a part of it.
    `asked` is false where it answered without being asked. `open` is false once it is
    certainly answered. `promised` is true for a milestone of its own commitment.
    """

    case: str
    request: str
    event: Event
    by: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    through: str | None
    ask: RowAsk
    asked: bool
    open: bool
    promised: bool

    @property
    def not_read(self) -> bool:
        """True where a record that cannot be read may tell of an answer."""
        return any(line.outcome == "not_read" for line in self.ask.lines)

    @property
    def days(self) -> Days | None:
        """The time until the answer, or while open; None if it cannot be known or if several parties were asked."""
        line = self.ask.lines[0] if len(self.ask.lines) == 1 else None
        return None if line is None else line.after or line.open_for


def _asked_by(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """The request where the party makes it, with what came back from everybody asked.

    A milestone of its own commitment is a promise, not a request; a duty is the policy's.
    """
    asking = {actor.party for actor in (*ask.event.actors, *ask.event.on_behalf_of)}
    if party in asking and not ask.duty and not _is_milestone(ask):
        yield _party_ask(shown, ask, row_ask(shown, ask), still_open=ask.open is not False)


def _asked_of(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """Yields the request if the party, or a body that it is part of, was asked, or if the party answered."""
    if all(each.party != party for line in ask.lines for each in (line, *line.parts)):
        return
    row = row_ask(shown, ask)
    pairs = list(zip(ask.lines, row.lines, strict=True))
    lines: list[tuple[AskedLine, AskLine, str | None]] = [(line, said, None) for line, said in pairs]
    lines += [(*pair, said.party) for line, said in pairs for pair in zip(line.parts, said.parts, strict=True)]
    line, said, through = next(each for each in lines if each[0].party == party)
    mine = _party_ask(shown, ask, row._replace(lines=(said,)), still_open=not line.answered)
    yield mine._replace(through=through, asked=line.asked)


def _party_ask(shown: Shown, ask: Ask, row: RowAsk, *, still_open: bool) -> PartyAsk:
    return PartyAsk(
        case=shown.case.id,
        request=f"{shown.case.id}/{ask.event.id}#{ask.item}",
        event=ask.event,
        by=() if ask.duty else tuple(dict.fromkeys(map(shown.printed, ask.event.actors))),
        on_behalf_of=() if ask.duty else shown.acted_for(ask.event),
        through=None,
        ask=row,
        asked=True,
        open=still_open,
        promised=not ask.duty and _is_milestone(ask),
    )


def _is_milestone(ask: Ask) -> bool:
    return isinstance(ask.event, Commitment) and any(milestone.id == ask.item for milestone in ask.event.milestones)


class Deed(NamedTuple):
    """An event that names a party, with the party's roles, printed names and offices.

    `name` is what the party is called here.
    `signed` are the people who signed for it and, if it acts, those who signed for nobody named.
    """

    name: str
    case: str
    reference: str
    event: Event
    title: str
    roles: tuple[str, ...]
    as_named: tuple[str, ...]
    offices: tuple[str, ...]
    signed: tuple[Signature, ...]
    certain: bool


class Doings(NamedTuple):
    """What one party did and asked, and what was asked of it, in the order of time.

    `did` are the events in which it does something, `named` those that only name it. `lines` is all that was asked of
    it and all that it answered.
    """

    party: str
    name: str
    did: tuple[Deed, ...] = ()
    named: tuple[Deed, ...] = ()
    asked: tuple[PartyAsk, ...] = ()
    lines: tuple[PartyAsk, ...] = ()
    signed: tuple[Signature, ...] = ()

    @property
    def was_asked(self) -> tuple[PartyAsk, ...]:
        """All that was asked of it, duties of the policy included."""
        return tuple(each for each in self.lines if each.asked)

    @property
    def answered(self) -> tuple[PartyAsk, ...]:
        """The requests that the party answered, whether it was asked or not."""
        return tuple(each for each in self.lines if not each.open)

    @property
    def left_open(self) -> tuple[PartyAsk, ...]:
        """The requests to the party that are not certainly answered, the longest open first."""
        left_open = (each for each in self.lines if each.asked and each.open)
        return tuple(sorted(left_open, key=lambda ask: longest_first(ask.days)))

    @property
    def volunteered(self) -> tuple[PartyAsk, ...]:
        """What the party answered without being asked, to requests that are still open."""
        return tuple(each for each in self.lines if not each.asked and each.open)

    @property
    def empty(self) -> bool:
        """True if no record says anything about the party."""
        return not (self.did or self.named or self.asked or self.lines or self.signed)


class SubjectOf(NamedTuple):
    """A case that is about a party."""

    case: str
    title: str


class PartyFile(NamedTuple):
    """Everything recorded about a party: its own record, its deeds and requests, and those of its parts."""

    record: Record
    appearances: tuple[Appearance, ...]
    subject_of: tuple[SubjectOf, ...]
    doings: Doings
    parts: tuple[Doings, ...]


T = TypeVar("T")


class _Read(NamedTuple):
    """A case with its requests, and the parties that each event names."""

    shown: Shown
    asks: tuple[Ask, ...]
    namings: tuple[tuple[Event, tuple[Naming, ...]], ...]

    @classmethod
    def of(cls, case: CaseFile, reader: Reader) -> "_Read":
        shown = Shown(case, reader)
        namings = ((event, tuple(namings_of(shown, event))) for event in shown.events())
        return cls(shown, asks_of(case, reader.moment), tuple(namings))


def party_file(registry: Registry, cases: Sequence[CaseFile], party: Party, reader: Reader) -> PartyFile:
    """Returns everything recorded about a party for this reader; the deeds of a part are under the part."""
    any_case = cases[0] if cases else assemble("none", None, (), registry)
    names, read = Shown(any_case, reader), [_Read.of(case, reader) for case in cases]
    whole = _doings(read, names, party.id)
    told = {ask.request for ask in whole.lines}
    parts = (_doings(_while_part(read, part, party.id), names, part) for part in _parts_of(registry, party.id))
    record = party_record(names, party)
    return PartyFile(
        record=record._replace(languages=Languages.of(reader, (names, *(one.shown for one in read)))),
        appearances=tuple(one for case in cases for one in appearances(case, party.id, reader)),
        subject_of=tuple(
            SubjectOf(one.shown.case.id, one.shown.text(header.title))
            for one in read
            if (header := one.shown.case.header) is not None and header.subject == party.id
        ),
        doings=whole,
        parts=tuple(part._replace(lines=tuple(ask for ask in part.lines if ask.request not in told)) for part in parts),
    )


def doings_in(case: CaseFile, reader: Reader) -> Iterator[Doings]:
    """Yields what each party that a case names did there, and what was asked of it, by the parties' ids.

    What its parts did stands with them.
    """
    read = _Read.of(case, reader)
    named = {naming.party for _, namings in read.namings for naming in namings}
    asked = {each.party for ask in read.asks for line in ask.lines for each in (line, *line.parts)}
    subject = {case.header.subject} if case.header else set()
    asks = _by_party((ask, _concerned(ask)) for ask in read.asks)
    namings = _by_party((each, {naming.party for naming in each[1]}) for each in read.namings)
    for party in sorted(name for name in named | asked | subject if name):
        own = read._replace(asks=tuple(asks.get(party, ())), namings=tuple(namings.get(party, ())))
        yield _doings([own], read.shown, party)


def _concerned(ask: Ask) -> set[str | None]:
    """Returns who may ask here, and who is asked or answers."""
    answering = {each.party for line in ask.lines for each in (line, *line.parts)}
    return answering.union(actor.party for actor in (*ask.event.actors, *ask.event.on_behalf_of))


def _by_party(items: Iterable[tuple[T, AbstractSet[str | None]]]) -> Mapping[str | None, list[T]]:
    by_party: dict[str | None, list[T]] = {}
    for item, parties in items:
        for party in parties:
            by_party.setdefault(party, []).append(item)
    return by_party


def _parts_of(registry: Registry, party: str) -> list[str]:
    """Returns the parties that are part of one, at any depth."""
    return sorted(part for part in registry.parties if part != party and registry.may_belong(part, party))


def _while_part(read: Iterable[_Read], part: str, whole: str) -> list[_Read]:
    """Returns what was read, without the events of days on which the part did not belong to the whole."""

    def counts(one: _Read, event: Event) -> bool:
        return one.shown.case.registry.may_belong(part, whole, event.day)

    return [
        one._replace(
            asks=tuple(ask for ask in one.asks if counts(one, ask.event)),
            namings=tuple(naming for naming in one.namings if counts(one, naming[0])),
        )
        for one in read
    ]


def _doings(read: Sequence[_Read], names: Shown, party: str) -> Doings:
    deeds = _merged(_deeds(one, party) for one in read)
    asked, lines = (
        _merged([[(ask.event, each) for ask in one.asks for each in told(one.shown, ask, party)] for one in read])
        for told in (_asked_by, _asked_of)
    )
    return Doings(
        party=party,
        name=names.name(party),
        did=tuple(deed for deed in deeds if not set(DOING).isdisjoint(deed.roles)),
        named=tuple(deed for deed in deeds if set(DOING).isdisjoint(deed.roles)),
        asked=asked,
        lines=lines,
        signed=tuple(signature for deed in deeds for signature in deed.signed if signature.party is not None),
    )


def _merged(cases: Iterable[Iterable[tuple[Event, T]]]) -> tuple[T, ...]:
    """Returns the items of all cases by date, and within a case in the case's order."""
    dated = ([(event.day.sort_key, each) for event, each in case] for case in cases)
    return tuple(each for _, each in merge(*dated, key=itemgetter(0)))


def _deeds(one: _Read, party: str) -> Iterator[tuple[Event, Deed]]:
    for event, namings in one.namings:
        if mine := [naming for naming in namings if naming.party == party]:
            yield event, _deed(one.shown, event, party, mine)


def _deed(shown: Shown, event: Event, party: str, mine: Sequence[Naming]) -> Deed:
    roles = {naming.role for naming in mine}
    acts = any(actor.party == party for actor in event.actors)
    reference, certain = f"{shown.case.id}/{event.id}", shown.reader.moment.certain(event)
    return Deed(
        name=shown.name(party),
        case=shown.case.id,
        reference=reference,
        event=event,
        title=shown.text(event.title),
        roles=tuple(role for role in ROLES if role in roles),
        as_named=tuple(dict.fromkeys(naming.as_named for naming in mine if naming.as_named)),
        offices=tuple(dict.fromkeys(naming.office for naming in mine if naming.office)),
        signed=tuple(
            Signature(
                each.name,
                each.office,
                shown.name(each.for_) if each.for_ else None,
                reference,
                event.dated.text,
                certain,
            )
            for each in _signed_by(event)
            if each.for_ == party or (acts and not each.for_)
        ),
        certain=certain,
    )


class RoleCount(NamedTuple):
    """How many times a party certainly has a role, and how many more times it perhaps has it."""

    role: str
    times: int
    perhaps: int


class PartyLine(NamedTuple):
    """A party in the list: in how many records it is named, certainly and perhaps, and its roles.

    `as_named` are the names that papers print for it. `recorded` is false for an id without a party's file; the
    classification is None where there is none, or it cannot be read.
    """

    party: str
    name: str
    classification: Classification | None
    body: BodyCode | None
    country: str | None
    records: int
    perhaps: int
    roles: tuple[RoleCount, ...]
    as_named: tuple[str, ...]
    recorded: bool


class Parties(NamedTuple):
    """The parties that appear, those in most records first, and the parties in no record, by id.

    `full` is true where views show each party's id, all its roles and the names that papers print for it.
    """

    named: tuple[PartyLine, ...]
    absent: tuple[PartyLine, ...]
    cases: int
    languages: Languages
    full: bool = False


class _Mention(NamedTuple):
    """A place where a record names a party; `record` tells the records apart. A header has no day."""

    record: int
    certain: bool
    day: FuzzyDate | None
    naming: Naming


def parties_in(registry: Registry, cases: Sequence[CaseFile], reader: Reader) -> Parties:
    """Returns who appears in these cases, on the reader's day."""
    names = Shown(cases[0] if cases else assemble("none", None, (), registry), reader)
    mentions: dict[str, list[_Mention]] = {}
    for number, (certain, day, namings) in enumerate(one for case in cases for one in _records(Shown(case, reader))):
        for naming in namings:
            mentions.setdefault(naming.party, []).append(_Mention(number, certain, day, naming))
    lines = [_line(names, party, mentions) for party in sorted(registry.parties.keys() | mentions.keys())]
    named = sorted((line for line in lines if line.roles), key=lambda line: (-line.records, -line.perhaps, line.party))
    return Parties(tuple(named), tuple(line for line in lines if not line.roles), len(cases), names.languages)


def _records(shown: Shown) -> Iterator[tuple[bool, FuzzyDate | None, Iterable[Naming]]]:
    """Yields whether each record is certain, its day and whom it names: first the header, if anything has happened."""
    events, header = shown.events(), shown.case.header
    if events and header is not None and header.subject != UNKNOWN:
        yield True, None, (Naming(header.subject, "subject"),)
    for event in events:
        yield shown.reader.moment.certain(event), event.day, namings_of(shown, event)


def _line(names: Shown, party: str, mentions: Mapping[str, Sequence[_Mention]]) -> PartyLine:
    registry, name = names.case.registry, names.name(party)
    known, mine = registry.parties.get(party), mentions.get(party, ())
    of_parts = {
        (mention.record, mention.certain)
        for part in _parts_of(registry, party)
        for mention in mentions.get(part, ())
        if registry.may_belong(part, party, mention.day)
    }
    had = [(mention.certain, mention.naming.role) for mention in mine]
    had += [(certain, "through_parts") for _, certain in of_parts]
    spelled = (mention.naming.as_named for mention in mine if mention.naming.as_named)
    return PartyLine(
        party=party,
        name=name,
        classification=known.classification if known else None,
        body=known.body if known else None,
        country=known.country if known else None,
        records=len({mention.record for mention in mine if mention.certain}),
        perhaps=len({mention.record for mention in mine if not mention.certain}),
        roles=tuple(
            RoleCount(role, had.count((True, role)), had.count((False, role)))
            for role in ROLES
            if any(role == held for _, held in had)
        ),
        as_named=tuple(dict.fromkeys(each for each in spelled if each != name)),
        recorded=registry.knows(party),
    )
