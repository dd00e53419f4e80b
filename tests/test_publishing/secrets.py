"""Secret words, days and numbers that stand in no text but a secret one, and folders that withhold every one of them.

Two sets of secrets make two folders that differ in nothing but what is withheld: in words, lengths, counts and codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

from tests.outward.records import GOVERNMENT, OFFICE, OPEN, PAGE, PARTIES, STEPS, UNIT, event_values, filled, plain

from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.publication import NEVER_LEFT_OUT
from ogpcase.model.questions import names_of
from ogpcase.model.sources import SourceRecord

ASK, CONCERN = "2023-02-01-letter-ask", "2023-04-10-concern"
LETTERS = "bcdfghjklmnpqrstvwxz"
ITEMS = ("requests", "allegations", "clauses", "milestones", "sources")
ABOUT_PUBLICATION = {"withhold", "withheld", "answer_withheld"}
CASE = "arcadia-2023"
Folder = dict[str, dict[str, Any]]


@dataclass
class Secret:
    """One of several sets of secrets; `tokens` are the words that may nowhere be seen, with what they are of."""

    name: str
    tokens: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def odd(self) -> bool:
        """Every other set has other lengths, other codes, and refers to other records."""
        return self.name != "a"

    def word(self, of: str) -> str:
        """Returns a word that is in no text but a secret one; its first letter sorts elsewhere in the other set."""
        digest = sha256(f"{self.name} {of}".encode()).digest()
        letters = "".join(LETTERS[each % len(LETTERS)] for each in digest)
        found = letters[:19] if self.odd else letters[:11]
        self.tokens[found] = of
        return found

    def day(self, of: str) -> str:
        """Returns a day of long ago: a year for each place."""
        year = 1100 + next(self._numbers) % 400 + (450 if self.odd else 0)
        found = f"{year}-09-21" if self.odd else f"{year}-04-13"
        self.tokens[found] = of
        return found

    def number(self, of: str) -> int:
        found = (8_340_007 if self.odd else 71_003) + next(self._numbers) * 10
        self.tokens[str(found)] = of
        return found

    def say(self, sort: str, way: str) -> Any:
        """Gives the value of a secret place."""
        if sort in {"text", "line"}:
            return f"{self.word(way).capitalize()} and {self.word(way + ' again')}"
        if sort == "url":
            return f"https://{self.word(way)}.example.org/{self.word(way + ' page')}"
        if sort == "file":
            return f"sources/{self.word(way)}.pdf"
        if sort == "id":
            return self.word(way) if not way.endswith("for") else (OFFICE if self.odd else OPEN)
        if sort == "date":
            return self.day(way)
        return self.number(way) if sort == "number" else self._plain(sort, way)

    def _plain(self, sort: str, way: str) -> Any:
        speaks = not {"replies", "findings", "in_reply_to", "about"}.isdisjoint(way.replace(" ", ".").split("."))
        return {
            "party": OFFICE if self.odd else OPEN,
            "reference": CONCERN if self.odd and not speaks else ASK,
            # that a request was answered, and an allegation replied to, is told, and only what came back is not
            "item": f"{ASK}#publish",
            "case": "arcadia-2010" if self.odd else "arcadia-2011",
            "code": 0 if self.odd else -1,
            "flag": not self.odd,
        }[sort]


def names_to_withhold(kind: Kind) -> list[str]:
    """Returns every field of a kind that can be withheld: one that is added to the models joins by itself."""
    return [name for name in names_of(kind) if name not in {*NEVER_LEFT_OUT, *ABOUT_PUBLICATION}]


def with_fields(kind: Kind, secret: Secret) -> Folder:
    """A folder with an event for each field of a kind: every field is filled, that one with secrets, and withheld."""
    folder = _steps()
    for number, name in enumerate(names_to_withhold(kind)):
        dated = f"2023-{7 + number % 5:02}-{1 + number % 27:02}"
        slug = name.replace("_", "-")
        if name == "title":
            slug = secret.word(f"{kind} slug of a title")
        if name == "dated":
            dated = "2024-03-09" if secret.odd else "2023-06-05"
            secret.tokens[dated] = "dated"
            slug = secret.word(f"{kind} slug")

        def say(sort: str, way: str, name: str = name) -> Any:
            hides = way.partition(".")[0] == name or (name == "dated" and _goes_with_the_date(way))
            hides = hides or (name, way) == ("title", "aliases")
            hides = hides and way != "dated"  # the day itself is given below
            return secret.say(sort, f"{kind} {way}") if hides else plain(sort, way)

        values = {**event_values(kind, say), "dated": dated, "withhold": [{"field": name, "because": "safety"}]}
        _without_dangling(values)
        folder[f"{CASE}/events/{dated}-{kind}-of-{slug}.yaml"] = values
    return folder


def _goes_with_the_date(way: str) -> bool:
    with_it = {"received", "published", "until", "also_dated", "aliases"}
    return way.partition(".")[0] in with_it or way in {"sources.retrieved", "sources.published"}


def with_items(kind: Kind, secret: Secret) -> Folder:
    """A folder with an event for each list of items of a kind: one of them plain, the others secret and withheld."""
    folder = _steps()
    for name in ITEMS:
        if name not in names_of(kind):
            continue
        values = event_values(kind, plain)
        kept = values[name]
        hidden: list[dict[str, Any]] = []
        for number in range(2 if secret.odd else 1):

            def say(sort: str, way: str, number: int = number, name: str = name) -> Any:
                return secret.say(sort, f"{kind} {way} {number}") if way.startswith(f"{name}.") else plain(sort, way)

            hidden += [each for each in event_values(kind, say)[name] if each["id"] != "page"]
        values |= {name: [hidden[0], *kept, *hidden[1:]], "dated": "2023-12-01", "title": f"With {name} withheld"}
        values["withhold"] = [f"{name}#{each['id']}" for each in hidden]
        _without_dangling(values)
        folder[f"{CASE}/events/2023-12-01-{kind}-items-{name}.yaml"] = values
    return folder


def with_withdrawn(secret: Secret) -> Folder:
    """A folder with a withdrawn event of each kind: of what it holds, the copy tells when and why it was withdrawn."""
    folder = _steps()
    for kind in Kind:

        def say(sort: str, way: str, kind: Kind = kind) -> Any:
            return plain(sort, way) if way == "dated" else secret.say(sort, f"withdrawn {kind} {way}")

        values = {**event_values(kind, say), "dated": secret.day(f"withdrawn {kind}"), "moves_to": ["suspended"]}
        _without_dangling(values)
        withdrawn = {"on": "2026-11-01", "because": "It was entered twice"}
        folder[f"{CASE}/events/2024-08-01-{kind}-of-nothing.yaml"] = {**values, "withdrawn": withdrawn}
    return folder


def with_whole_events(secret: Secret) -> Folder:
    """A folder with events, a source and a case that are withheld whole, and what is said of their items."""
    folder = _steps()
    for kind in Kind:
        for number in range(2 if secret.odd else 1):

            def say(sort: str, way: str, kind: Kind = kind, number: int = number) -> Any:
                return plain(sort, way) if way == "dated" else secret.say(sort, f"whole {kind} {way} {number}")

            values = {**event_values(kind, say), "withhold": "all", "dated": secret.day(f"whole {kind} {number}")}
            _without_dangling(values)
            folder[f"{CASE}/events/{values['dated']}-{kind}-{secret.word(f'{kind} {number}')}.yaml"] = values
    title = f"{secret.word('case title')} case"
    folder["hidden-2020/case.yaml"] = {**_header(), "title": title, "withhold": "all"}
    folder["hidden-2020/events/2020-01-01-letter.yaml"] = {
        **event_values(
            Kind.LETTER, lambda sort, way: plain(sort, way) if way == "dated" else secret.say(sort, f"x {way}")
        ),
        "dated": "2020-01-01",
    }
    _without_dangling(folder["hidden-2020/events/2020-01-01-letter.yaml"])
    page = {"id": "hidden", "url": secret.say("url", "hidden source"), "withhold": "all"}
    letter = folder[f"{CASE}/events/{ASK}.yaml"]
    folder[f"{CASE}/events/{ASK}.yaml"] = {**letter, "sources": [*letter["sources"], page]}
    return folder


def with_source_files(secret: Secret) -> Folder:
    """A folder with sources in files: one withheld, one that only a withheld letter names, and one of a secret day."""
    folder = _steps()
    for number in range(2 if secret.odd else 1):
        hidden = filled(SourceRecord, lambda sort, way: secret.say(sort, f"file {way}"))
        name = secret.word(f"withheld file {number}")
        folder[f"{CASE}/sources/{name}.yaml"] = {**hidden, "withhold": "all"}
        letter = folder[f"{CASE}/events/{ASK}.yaml"]
        folder[f"{CASE}/events/{ASK}.yaml"] = {**letter, "sources": [name, *letter["sources"]]}
    only = filled(SourceRecord, lambda sort, way: secret.say(sort, f"only {way}"))
    name = secret.word("file of a withheld letter")
    folder[f"{CASE}/sources/{name}.yaml"] = only
    letter = {"kind": "letter", "title": "Of bread", "dated": "2024-02-01", "senders": [OPEN], "sources": [name]}
    folder[f"{CASE}/events/2024-02-01-letter-{secret.word('of bread')}.yaml"] = {**letter, "withhold": "all"}
    days = {field: secret.day(f"day {field}") for field in ("published", "retrieved")}
    folder[f"{CASE}/sources/news.yaml"] = {"title": "News of a letter", **days}
    other = {"kind": "letter", "title": "Of salt", "dated": secret.day("of salt"), "senders": [OPEN]}
    folder[f"{CASE}/events/{other['dated']}-letter.yaml"] = {**other, "sources": ["news"], "withhold": ["dated"]}
    return folder


def with_party(secret: Secret, keep: tuple[str, ...] = ()) -> Folder:
    """A folder with a party under a pseudonym, that is named in every field of every kind."""
    folder = _steps()
    party = secret.word("party")
    span = {"from": secret.day("belongs from"), "until": secret.day("belongs until")}
    values = {**filled_party(secret), "part_of": [{"party": OFFICE if secret.odd else GOVERNMENT, **span}]}
    within = {"party": party, "from": secret.day("holds from")}
    folder[f"parties/{UNIT}.yaml"]["part_of"] = [within, GOVERNMENT] if secret.odd else [GOVERNMENT, within]
    folder[f"parties/{party}.yaml"] = {**values, "withhold": {"pseudonym": "witness-a", "keep": list(keep)}}
    for kind in Kind:

        def say(sort: str, way: str, kind: Kind = kind) -> Any:
            if sort == "party" or (sort == "id" and way.endswith("for")):
                return party
            # what is printed of the party: a name, an office, a person who signs for it
            told = way.endswith((".as_named", ".office")) or way.startswith("signed_by")
            return secret.say(sort, f"{kind} {way}") if told and sort == "line" else plain(sort, way)

        values = {**event_values(kind, say), "dated": "2023-09-09"}
        values["also_stated"] = [{"field": "summary", "value": [party], "source": "page"}]
        _without_dangling(values)
        for name in ("senders", "addressees", "filers", "signatories", "participants"):
            if name in values:
                values[name] = [*values[name], GOVERNMENT] if secret.odd else [GOVERNMENT, *values[name]]
        folder[f"{CASE}/events/2023-09-09-{kind}.yaml"] = values
    return folder


def with_days(secret: Secret) -> Folder:
    """A folder with letters whose days are withheld; in the other set of secrets they were written in another order."""
    folder = _steps()
    days = ["2024-02-09", "2024-02-19", "2024-02-29"] if secret.odd else ["2024-02-20", "2024-02-10", "2024-02-01"]
    for title, day in zip(("Of bread", "Of salt", "Of wine"), days, strict=True):
        secret.tokens[day] = f"day of {title}"
        values = {"kind": "letter", "title": title, "dated": day, "senders": [OPEN], "sources": PAGE}
        entry = {"field": "dated", "instead": "2024-02"} if title != "Of wine" else {"field": "dated"}
        folder[f"{CASE}/events/{day}-letter-{secret.word(title)}.yaml"] = {**values, "withhold": [entry]}
    return folder


def filled_party(secret: Secret) -> dict[str, Any]:
    """Every field of a party, filled with secrets."""
    from ogpcase.model.parties import Party

    def say(sort: str, way: str) -> Any:
        return plain(sort, way) if way.startswith("part_of") else secret.say(sort, f"party {way}")

    values = filled(Party, say)
    del values["body"]
    return {
        **values,
        "classification": "media" if secret.odd else "individual",
        "country": "FR" if secret.odd else "DE",
    }


def _header() -> dict[str, Any]:
    return {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": GOVERNMENT,
            "country": "XA", "language": "en"}  # fmt: skip


def _steps() -> Folder:
    folder: Folder = {f"parties/{name}.yaml": dict(values) for name, values in PARTIES.items()}
    folder[f"{CASE}/case.yaml"] = _header()
    folder |= {f"{CASE}/events/{name}.yaml": dict(values) for name, values in STEPS.items()}
    assert PAGE
    assert UNIT in PARTIES
    return folder


def _without_dangling(values: dict[str, Any]) -> None:
    """Takes out what no sound record may hold beside the rest: a term that runs from nothing, a language twice."""
    for name in ("requests", "milestones"):
        for item in values.get(name, ()):
            item.pop("within", None)


__all__ = [
    "KINDS",
    "Secret",
    "with_days",
    "with_fields",
    "with_items",
    "with_party",
    "with_source_files",
    "with_whole_events",
    "with_withdrawn",
]
