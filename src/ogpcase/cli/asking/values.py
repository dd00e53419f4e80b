"""Turns one typed answer into the value of its field, with the same conversion as options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ogpcase.cli.asking.question import Asker, Shown
from ogpcase.diagnostics import did_you_mean
from ogpcase.editing.naming import resolver_for
from ogpcase.editing.picks import Picks, Word
from ogpcase.editing.typed_values import Typing, values_from
from ogpcase.errors import BadInput
from ogpcase.model.events import Event
from ogpcase.model.ids import ADDRESS_STARTS, RESERVED_PARTY_IDS, Reference
from ogpcase.model.parties import NamedParty, folded
from ogpcase.model.questions import Question
from ogpcase.model.table_codes import Choice
from ogpcase.model.texts import first_text

MOST_LISTED = 9
"""The most things to pick from that are printed; the others complete."""
_NEW = "new"


class Reader(NamedTuple):
    """Asks for one value of a field, and converts it; `add_party` asks for a new party of a name and returns its id."""

    asker: Asker
    picks: Picks
    add_party: Callable[[str], str]

    def read(
        self, question: Question, shown: Shown, record: Mapping[str, Any], taken: Collection[object] = ()
    ) -> object:
        """Returns the value; an empty text or `-` as it was typed.

        `record` has the values so far; what its list has already is `taken`, and need not be listed again. Raises
        GoBack; and OgpcaseError for words that mean no value.
        """
        if question.shape == "code":
            return self.asker.choose(shown, self.picks.choices(question, record))
        if question.shape == "flag":
            typed = self.asker.choose(shown, (Choice("yes", "", ""), Choice("no", "", "")))
            return typed == "yes" or ("" if typed == "no" else typed)
        words: list[Word] = []
        if question.shape == "party":
            words = self.picks.parties()
        elif question.shape == "source":
            words = self.picks.sources(record)
        elif question.shape in {"reference", "mention"}:
            words = [word for word in self.picks.references(question.picked) if word.word not in taken]
        if question.shape in {"reference", "source", "mention"} and words:
            typed = self.asker.choose_or_type(shown, words[:MOST_LISTED], words)
        else:
            typed = self.asker.answer(shown, words)
        return self._meant(question, typed) if typed not in {"", "-"} else typed

    def _meant(self, question: Question, typed: str) -> object:
        if question.shape == "party" and not typed.startswith("{"):
            return self._party(typed)
        if question.shape == "source" and not typed.startswith(ADDRESS_STARTS):
            known = [word.word for word in self.picks.sources({})]
            if self.picks.case is not None and typed not in known:
                raise BadInput(f"the case has no source `{typed}`", "give its address, as https://…, or one of the ids")
        if question.shape == "reference":
            self._heed_reference(question, typed)
        if question.shape == "mention" and not Reference.fits(typed):
            return {"text": typed}
        if question.shape in {"text", "line"}:
            return typed
        single = question._replace(repeats=False)
        resolver = resolver_for(self.picks.registry, self.picks.today)
        return values_from({question.name: typed}, [single], resolver, Typing(as_options=False))[question.name]

    def _heed_reference(self, question: Question, typed: str) -> None:
        case = self.picks.case
        if case is None or (Reference.fits(typed) and ("/" in typed or Reference(typed).event in case.record_by_id)):
            return
        near = did_you_mean(typed, [word.word for word in self.picks.references(question.picked)])
        raise BadInput(f"the case has no record `{typed}`", *near, "one of another case is written CASE/EVENT")

    def _party(self, typed: str) -> str:
        """Returns the id of the party of a name; lets somebody pick a near one, add a new one or type another name."""
        picks = self.picks
        found = picks.registry.named(typed)
        if len(found) == 1 or typed in RESERVED_PARTY_IDS:
            return next(iter(found), typed)
        known = [Word(each, picks.name(each)) for each in found] or picks.near(typed)
        sentence = "several parties have this name" if found else "no party has this name; type another, or choose"
        listed = known if found else [*known, Word(_NEW, f"add it as a new party: {typed}")]
        picked = self.asker.choose_or_type(Shown(typed, sentence, "not this one"), listed, [*listed, *picks.parties()])
        if picked == _NEW and not found:
            return self.add_party(typed)
        if picked in {"", "-"}:
            raise BadInput(f"`{typed}` was not taken")
        return self._party(picked)


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
