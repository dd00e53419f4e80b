"""The parties and their roles in the terminal, those in most records first."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.model.parties import PUBLIC, UNKNOWN
from ogpcase.output.lines import Line, Page, Piece, cells, line, padded, width_of
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import apart, before, days_in_words, perhaps_titled
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.parties.rows import (
    Deed,
    Doings,
    Parties,
    PartyAsk,
    PartyFile,
    PartyLine,
    RoleCount,
    Signature,
    role_in_words,
)
from ogpcase.reports.record.text import fields_lines, reference_line, title_lines, words_of_lines
from ogpcase.reports.requests.text import due_words, legend_lines, missed_lines, outcome_lines, words_of_days
from ogpcase.reports.shown import for_words

_DATE = 13
"""Columns of the date column: `2017-10-19/20`."""
_FEW = 3
"""How many of those who ask together are named; the others are only counted."""


def party_lines(party: PartyFile, page: Page) -> list[Line]:
    """Returns a party's own record, then what the cases record about it and about each of its parts."""
    record = party.record
    lines = title_lines(record, page, *(str(value) for name in _IN_TITLE if (value := record.words.get(name))))
    facts = {name: value for name, value in record.words.items() if name not in {"name", *_IN_TITLE}}
    lines += page.section(_("What its file says"), fields_lines(facts, page))
    subject_of = (page.hanging([Piece(f"  {one.case}  ", "dim")], one.title) for one in party.subject_of)
    lines += page.section(_("Subject of"), chain.from_iterable(subject_of))
    lines += _doings(party.doings, page)
    if party.doings.empty:
        lines += [line(), *page.paragraph(_("no record names it"), "dim")]
    lines += _parts(party.parts, page)
    lines += language_lines(party.record.languages, page)
    return [*lines, *legend_lines(set(_words_used([party.doings, *party.parts])), page)]


_IN_TITLE = ("classification", "body", "country")
"""What stands below the name of a party."""


def _parts(parts: Sequence[Doings], page: Page) -> Iterator[Line]:
    """Yields the name of each part and what it did; parts that no record names are listed together."""
    telling = [part for part in parts if not part.empty]
    if parts:
        yield from [line(), line(Piece(_("Through its parts"), "title"))]
    for number, part in enumerate(telling):
        yield from [line()] if number else []
        yield from page.paragraph(part.name, "stage", 2)
        yield from page.paragraph(part.party, "dim", 2)
        yield from _doings(part, page, 4)
    if silent := [part.name for part in parts if part.empty]:
        yield from [line()] if telling else []
        first = Piece(f"  {_('nothing more is recorded of')} ", "dim")
        yield from page.hanging([first], apart(silent), "dim")


def _doings(doings: Doings, page: Page, indent: int = 0) -> Iterator[Line]:
    """Yields the sections that have something to show; under a part's name the first follows without a blank line."""
    inner = indent + 2
    perhaps, left_open = ([ask for ask in doings.left_open if ask.not_read is state] for state in (True, False))
    requests, duties = ([ask for ask in left_open if ask.ask.duty is duty] for duty in (False, True))
    sections: dict[str, Iterator[Line]] = {
        marked("What it did"): _deeds(doings.did, page, inner),
        marked("What it asked"): _made(doings.asked, page, inner),
        marked("Asked of it and open, the longest first"): _concerned(requests, page, inner),
        marked("Duties of the policy that no record answers, the longest first"): _concerned(duties, page, inner),
        marked("Asked of it, and perhaps answered"): _concerned(perhaps, page, inner),
        marked("What it answered"): _concerned(doings.answered, page, inner),
        marked("What came back from it, not being asked, and left the request open"): _concerned(
            doings.volunteered, page, inner
        ),
        marked("Where others name it"): _deeds(doings.named, page, inner),
        marked("Who signed for it"): _signatures(doings.signed, page, inner),
    }
    told = {words: drawn for words, lines in sections.items() if (drawn := list(lines))}
    for number, (words, drawn) in enumerate(told.items()):
        yield from [line()] if number or not indent else []
        yield from page.paragraph(_(words), "note" if indent else "title", indent)
        yield from drawn


def _deeds(deeds: Iterable[Deed], page: Page, indent: int) -> Iterator[Line]:
    beside = indent + _DATE + 2
    for deed in deeds:
        yield from _dated(deed.event.date_text, deed.title, page, indent, certain=deed.certain)
        roles = ", ".join([*_roles(deed), *_names_and_offices(deed)])
        marks = [roles, _("context") if deed.event.context else ""]
        if any(marks):
            yield from page.paragraph(page.separated(filter(None, marks)), indent=beside)
        for words in _signed_words(deed):
            yield from page.paragraph(words, indent=beside)
        yield reference_line(deed.reference, beside, page, indent + 2)


def _roles(deed: Deed) -> list[str]:
    return [role_in_words(role) for role in deed.roles if role != "signed_for"]  # who signed is said beside


def _names_and_offices(deed: Deed) -> list[str]:
    return [*(_("as “{name}”", name=name) for name in deed.as_named if name != deed.name), *deed.offices]


def _signed_words(deed: Deed) -> Iterator[str]:
    yield from (_("signed by {person}", person=_person(signature)) for signature in deed.signed)


def part_words(deed: Deed) -> list[str]:
    """Returns a party's part in an event: its roles, the names and offices that the paper prints, and who signed."""
    return [*filter(None, [", ".join(_roles(deed))]), *_names_and_offices(deed), *_signed_words(deed)]


def _made(asks: Iterable[PartyAsk], page: Page, indent: int) -> Iterator[Line]:
    for ask in asks:
        yield from _dated(ask.event.date_text, f"{ask.ask.said}{due_words(ask.ask.term)}", page, indent)
        for one in ask.ask.lines:
            yield from outcome_lines(one, page, indent + _DATE + 2)
        yield reference_line(ask.request, indent + _DATE + 2, page, indent + 2)


def _concerned(asks: Iterable[PartyAsk], page: Page, indent: int) -> Iterator[Line]:
    beside = indent + _DATE + 2
    for ask in asks:
        (one,) = ask.ask.lines
        yield from _dated(
            ask.event.date_text, f"{ask.ask.said}{due_words(ask.ask.term)}", page, indent, certain=ask.ask.certain
        )
        yield from page.paragraph(asker_of(ask, page), "dim", beside)
        yield from outcome_lines(one, page, beside, who="", more=days_of(ask))
        yield from missed_lines(ask.ask.on_missed, page, beside) if ask.open else ()
        yield reference_line(ask.request, beside, page, indent + 2)


def asker_of(request: PartyAsk, page: Page) -> str:
    """Returns who asks, and how the request came to the party."""
    names = apart(_("nobody named") if name == UNKNOWN else name for name in request.by[:_FEW]) or _("nobody named")
    if others := len(request.by[_FEW:]):
        names = ngettext("{name} and {number} other", "{name} and {number} others", others, name=names)
    who = _("asked by {names}", names=names) + for_words(request.on_behalf_of)
    who = _("promised in its own commitment") if request.promised else who
    who = _("a duty of the policy") if request.ask.duty else who
    marks = [_("as part of {name}", name=request.through)] if request.through else []
    marks += [] if request.asked else [_("it was not the one asked")]
    return page.separated([who, *marks])


def days_of(request: PartyAsk) -> str:
    """How long it took, or how long it has been open; nothing where nobody can know."""
    length = days_in_words(request.days)
    if not length:
        return ""
    if not request.open:
        return _(", after {days}", days=length)
    at_end = request.ask.lines[0].at_end
    return _(", open {days} when the case ended", days=length) if at_end else _(", open {days}", days=length)


def _signatures(signed: Iterable[Signature], page: Page, indent: int) -> Iterator[Line]:
    """Yields each signature with its date, since who holds an office changes."""
    for signature in signed:
        yield from _dated(signature.dated, _person(signature), page, indent, certain=signature.certain)
        yield reference_line(signature.event, indent + _DATE + 2, page, indent + 2)


def _person(signature: Signature) -> str:
    return f"{signature.name}, {signature.office}" if signature.office else signature.name


def _dated(dated: str, text: str, page: Page, indent: int, *, certain: bool = True) -> list[Line]:
    return page.dated(dated, perhaps_titled(text, certain=certain), column=_DATE, indent=indent)


def _words_used(several: Iterable[Doings]) -> Iterator[str]:
    for doings in several:
        asks = (*doings.asked, *doings.lines)
        for ask in asks:
            yield from words_of_lines(ask.ask.lines)
            yield from words_of_days(ask.days)
        certain = [each.certain for each in (*doings.did, *doings.named)] + [each.ask.certain for each in asks]
        if not all(certain):
            yield "perhaps"


MOST = 30
"""The most parties that have a line at a glance on a terminal; the others are counted."""


def parties_lines(parties: Parties, page: Page) -> list[Line]:
    """Returns the number of parties, each party with its roles, and the parties in no record.

    At a glance a party has a line, on a terminal cut to it, and the rest of a long list is counted. A pipe names all.
    """
    lines = page.paragraph(_counted_in_words(parties), "title")
    lines += [line()] if parties.named else []
    whole = parties.full or page.width is None
    shown = parties.named if whole else parties.named[:MOST]
    lines += _in_full(parties, page) if parties.full else _at_a_glance(shown, page)
    lines += _others(parties.named[len(shown) :], page)
    where = ngettext("In no record of this case", "In no record of {number} cases", parties.cases)
    if whole:
        absent = (page.paragraph(f"{party.name} ({party.party})", "dim", 2) for party in parties.absent)
        lines += page.section(where, chain.from_iterable(absent))
    elif parties.absent:
        lines += [line()] if parties.named else []
        lines += page.hanging([Piece(before(where), "dim")], _number_of(parties.absent), "dim")
    if parties.named and not parties.full:
        lines += [line(), *page.paragraph(_("--full shows each id, all roles, and the names as printed"), "dim")]
    lines += language_lines(parties.languages, page)
    unsure = any(each.perhaps for each in shown)
    return [*lines, *legend_lines({"perhaps"} if unsure else (), page)]


def _counted_in_words(parties: Parties) -> str:
    cases = ngettext("{number} case", "{number} cases", parties.cases)
    if not parties.named:
        return _("no party appears in {cases}", cases=cases)
    number = _number_of(parties.named)
    return _("{parties} in {cases}, by the number of records that name them", parties=number, cases=cases)


def _number_of(parties: Sequence[object]) -> str:
    return ngettext("{number} party", "{number} parties", len(parties))


def _in_full(parties: Parties, page: Page) -> Iterator[Line]:
    width = max((len(str(party.records)) for party in parties.named), default=0)
    for party in parties.named:
        yield from _party(party, page, width)


_WIDEST_SORT, _LEAST_NAME, _OF_NAMES = 14, 16, 0.55
"""The most columns for sorts, the fewest for a name, and the most of what names and roles share."""


def _at_a_glance(shown: Sequence[PartyLine], page: Page) -> Iterator[Line]:
    """Yields a line for each party: the number of its records, its name, what it is, and its roles."""
    number = max((len(str(party.records)) for party in shown), default=0)
    name = max((cells(party.name) for party in shown), default=0)
    sort = min(_WIDEST_SORT, max((cells(_sort(party)) for party in shown), default=0))
    beside = number + 2 + 2 + 2 + sort + 2
    if page.width is not None:
        name = min(name, max(_LEAST_NAME, round((page.width - beside) * _OF_NAMES)))
    for party in shown:
        first = [Piece(f"  {padded(str(party.records), number, right=True)}  ", "date")]
        first += [Piece(f"{padded(page.cut(party.name, page.width and name), name)}  ", "stage")]
        first += [Piece(f"{padded(_sort(party), sort)}  ", "dim")]
        held = [_role(role, short=True) for role in party.roles]
        roles = ", ".join([*held, *([_perhaps(party)] if party.perhaps else [])])
        yield from page.hanging(first, page.cut(roles, page.room(width_of(first))))


def _others(parties: Sequence[PartyLine], page: Page) -> Iterator[Line]:
    """Yields how many parties a list leaves out, and in how many records they are."""
    if parties:
        most = ngettext("{number} record", "{number} records", parties[0].records)
        said = _("and {number} more, each in {records} at most", number=len(parties), records=most)
        yield from page.paragraph(said, "dim", 2)


def _perhaps(party: PartyLine) -> str:
    return ngettext("perhaps in {number} more record", "perhaps in {number} more records", party.perhaps)


def _party(party: PartyLine, page: Page, width: int) -> Iterator[Line]:
    first = Piece(f"  {padded(str(party.records), width, right=True)}  ", "date")
    beside = len(first.text)
    yield from page.hanging([first], page.separated([party.name, party.party]), "stage")
    yield from page.paragraph(page.separated([_sort_and_body(party), *map(_role, party.roles)]), indent=beside)
    if party.perhaps:
        yield from page.paragraph(_perhaps(party), "open", beside)
    if party.as_named:
        yield from page.paragraph(", ".join(_("as “{name}”", name=name) for name in party.as_named), "dim", beside)


def _sort(party: PartyLine) -> str:
    if party.party == PUBLIC:
        return _("nobody in particular")
    if not party.recorded:
        return _("has no file")
    return _(party.classification.label) if party.classification else _("its file cannot be read")


def _sort_and_body(party: PartyLine) -> str:
    return before(_sort(party)) + _(party.body.label) if party.body else _sort(party)


def _role(role: RoleCount, *, short: bool = False) -> str:
    """Returns a role with how often; in `short` unless that is once."""
    if short and (role.times, role.perhaps) == (1, 0):
        return role_in_words(role.role)
    times = str(role.times)
    if role.perhaps and role.times:
        times = _("{what} and perhaps {number}", what=times, number=role.perhaps)
    elif role.perhaps:
        times = _("perhaps {words}", words=role.perhaps)
    return f"{role_in_words(role.role)} {times}"
