"""What a person would expect a field to hold, from what is known already: offered for Enter, never taken silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ogpcase.cli.asking.picks import Picks
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, Reference
from ogpcase.model.parties import NamedParty, folded
from ogpcase.model.questions import Question
from ogpcase.model.texts import first_text

Values = Mapping[str, Any]
_SIMILAR = 0.5
"""The least similarity of the titles of two records, from 0 to 1."""


class Expected(NamedTuple):
    """A value as it is stored, and where it comes from, in words."""

    value: Any
    why: str


def expected(field: Question, record: Values, picks: Picks) -> Expected | None:
    """Returns what somebody may expect for a field of a record, or of an item in it; None if nothing is known."""
    found = (rule(field, record, picks) for rule in (_RULES.get(field.name), _as_before) if rule is not None)
    return next((each for each in found if each is not None and each.value not in ("", [], None)), None)


def _newest_version(field: Question, record: Values, picks: Picks) -> Expected | None:
    versions = picks.choices(field, record)
    if picks.case is not None or not versions:  # an event says its version only if it is not the header's
        return None
    return Expected(versions[-1].code, "the newest")


def _country(_: Question, record: Values, picks: Picks) -> Expected | None:
    header = picks.case.header if picks.case else None
    subject = picks.registry.parties.get(str(record.get("subject")))
    if subject is not None:
        return Expected(subject.country, "the country of the subject")
    return Expected(header.country, "the country of the case") if header else None


def _who_is_replied_to(_: Question, record: Values, picks: Picks) -> Expected | None:
    """Returns the author of the event that is replied to."""
    earlier = _replied_to(record, picks)
    return Expected(_ids(earlier.actors), f"who acts in {earlier.id}") if earlier else None


def _who_replies(_: Question, record: Values, picks: Picks) -> Expected | None:
    """Returns the only addressee of the event that is replied to."""
    earlier = _replied_to(record, picks)
    addressees = _ids(getattr(earlier, "addressees", ()))
    return Expected(addressees, f"the addressee of {earlier.id}") if earlier and len(addressees) == 1 else None


def _replied_to(record: Values, picks: Picks) -> Event | None:
    named = record.get("in_reply_to")
    first = str(next(iter(named), "")) if isinstance(named, list) else str(named or "")
    if picks.case is None or not Reference.fits(first):
        return None
    return picks.case.event_by_id.get(Reference(first).event)


def _publisher(_: Question, record: Values, picks: Picks) -> Expected | None:
    """Returns the publisher of another source of the same website."""
    website = urlsplit(str(record.get("url", ""))).netloc
    known = [*picks.case.sources.values()] if picks.case and website else []
    same = [each for each in reversed(known) if each.publisher and urlsplit(str(each.url)).netloc == website]
    return Expected(same[0].publisher, f"as of {same[0].id}") if same else None


def _as_before(field: Question, record: Values, picks: Picks) -> Expected | None:
    """Returns the parties that the earlier record of the same kind with the most similar title names in this field."""
    if field.shape != "party" or not field.repeats or picks.case is None or "kind" not in record:
        return None
    title = folded(first_text(record.get("title")))
    same = [each for each in picks.case.events if each.kind == record["kind"] and _ids(getattr(each, field.name, ()))]
    alike = [(SequenceMatcher(None, title, folded(picks.text(each.title))).ratio(), at) for at, each in enumerate(same)]
    ratio, at = max(alike, default=(0.0, 0))  # of equally similar ones, the latest
    return Expected(_ids(getattr(same[at], field.name)), f"as in {same[at].id}") if ratio >= _SIMILAR else None


def _ids(parties: Iterable[NamedParty]) -> list[str]:
    return [each.party for each in parties if each.party not in RESERVED_PARTY_IDS]


Rule = Callable[[Question, Values, Picks], Expected | None]
_RULES: Mapping[str, Rule] = {
    "policy_version": _newest_version,
    "country": _country,
    "asked_of": lambda _, record, __: Expected(record.get("addressees"), "the addressees"),
    "addressees": _who_is_replied_to,
    "senders": _who_replies,
    "publisher": _publisher,
}
"""The rule for a field of this name; for a list of parties, the record before follows."""
_RESTS_ON = {"in_reply_to": ("senders", "addressees"), "url": ("publisher",)}
"""The fields whose rules look at another field of the record, by that field's name."""


def in_order(fields: Iterable[Question]) -> tuple[Question, ...]:
    """Returns fields with each on which what others expect rests before those."""
    ordered = [*fields]
    for first, others in _RESTS_ON.items():
        names = [field.name for field in ordered]
        dependent = [names.index(name) for name in others if name in names]
        if first in names and dependent and min(dependent) < names.index(first):
            ordered.insert(min(dependent), ordered.pop(names.index(first)))
    return tuple(ordered)
