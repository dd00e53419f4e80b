"""Folders that withhold all that can be withheld, each thing alone; two of them differ in nothing that anybody may see.

In a case for each kind there is an event for each field, which is filled in every field and withholds that one; in
others are items, whole events, steps, slips of the pen, and parties that are withheld.
"""

from __future__ import annotations

import os
from typing import Any

from tests.outward.commands import There
from tests.outward.records import Folder, Say, event_values, header_values, party_values
from tests.outward.tokens import ASK, CONCERN, END, GOVERNMENT, NOTICE, OFFICE, OPEN, REPORT, UNIT, Secret, plain

from ogpcase.model.codelists import Kind
from ogpcase.model.fields import OWN, fields_of

PLAINLY = 2
"""Of the ways in which an event withholds all, those that are no slip of the pen: the first."""
ITEMS = ("requests", "allegations", "clauses", "milestones")


PARTIES: dict[str, dict[str, Any]] = {
    GOVERNMENT: {"name": "Government of Arcadia", "classification": "government"},
    OFFICE: {"name": "Records Office", "classification": "government", "part_of": [GOVERNMENT]},
    OPEN: {"name": "Open Arcadia", "classification": "civil_society"},
    UNIT: {"name": "OGP Support Unit", "classification": "ogp_body", "body": "support_unit"},
}
PAGE = [{"id": "page", "url": "https://example.org/page"}]
STEPS: dict[str, dict[str, Any]] = {
    ASK: {"kind": "letter", "title": "A letter asks", "dated": "2023-02-01", "senders": [OPEN], "sources": PAGE,
          "requests": [{"id": "publish", "text": "Publish them", "asked_of": [GOVERNMENT], "due": "2023-03-01"}]},
    CONCERN: {"kind": "concern", "title": "The Concern", "dated": "2023-04-10", "filers": [OPEN], "sources": PAGE,
              "moves_to": ["initial_review"], "allegations": [{"id": "sealed", "text": "Contracts are sealed"}]},
    NOTICE: {"kind": "letter", "title": "The notice", "dated": "2023-05-22", "senders": [UNIT], "sources": PAGE,
             "moves_to": ["under_review"]},
    REPORT: {"kind": "report", "title": "The report", "dated": "2024-01-15", "authors": [UNIT], "sources": PAGE,
             "moves_to": ["report_adopted"]},
    END: {"kind": "resolution", "title": "The end", "dated": "2024-06-03", "by": [UNIT], "sources": PAGE,
          "moves_to": ["closed_addressed_domestically"], "basis": "III.B.9"},
}  # fmt: skip


HARD = bool(os.environ.get("OGPCASE_HARD"))
"""True to try all fields of all kinds; else those that every kind has are tried with one."""
PARTS = (*(map(str, Kind) if HARD else ("fields",)), "steps", "party")
"""The parts that folders are made of: withheld fields, withheld steps, and a withheld party."""


def folder_of(part: str, secret: Secret, *, more: bool = False, empty: bool = False) -> Folder:
    """Returns a folder with one set of secrets.

    With `more`, more is withheld: another item, another event, another party. With `empty`, there is nothing in a
    withheld field that may be left out.
    """
    folder = Folder(parties=dict(PARTIES))
    if part == "steps":
        _steps(folder, secret)
    elif part == "party":
        _party(folder, secret)
    else:
        for kind in [each for each in Kind if part == each] or list(Kind):
            case = f"{kind}-2023"
            _add_case(folder, case, STEPS)
            known = fields_of(kind) if part == kind or kind is Kind.LETTER else OWN[kind]
            for number, each in enumerate(known):
                if each.name not in {"kind", "withhold", "moves_to"}:  # a step's own is withheld in another part
                    _withhold_field(folder, case, (kind, each.name, number), secret, empty=empty and not each.required)
            _withhold_items(folder, case, kind, secret, more=more)
            _withhold_whole(folder, case, kind, secret, more=more)
    if more:
        folder.parties[secret.word("one more party")] = {**party_values(secret.say), "withhold": "all"}
    return folder


def _add_case(folder: Folder, case: str, events: dict[str, dict[str, Any]]) -> None:
    header = header_values(plain, GOVERNMENT)
    folder.headers[case] = {**header, "title": f"The case {case}"}
    folder.events[case] = dict(events)


def _withhold_field(folder: Folder, case: str, where: tuple[Kind, str, int], secret: Secret, *, empty: bool) -> None:
    kind, name, number = where
    dated = f"2023-{7 + number % 5:02}-{1 + number % 27:02}"
    if name == "dated":
        dated = "2024-03-09" if secret.odd else "2023-08-05"
        secret.tokens[dated] = f"{kind} dated"

    def say(sort: str, way: str) -> Any:  # noqa: ANN401 - as the sort is
        return secret.say(sort, f"{kind} {way}") if way.partition(".")[0] == name else plain(sort, way)

    values = {**event_values(kind, say), "dated": dated, "withhold": [name]}
    if empty:
        values.pop(name, None)
    slug = name.replace("_", "-")
    folder.events[case][f"{dated}-{kind}-of-{slug}"] = values


def _saying(secret: Secret, where: str) -> Say:
    return lambda sort, way: secret.say(sort, f"{where} {way}")


def _withhold_items(folder: Folder, case: str, kind: Kind, secret: Secret, *, more: bool) -> None:
    """An event for each list of items, of which some are withheld and others are not."""
    for name in ITEMS:
        if name not in {each.name for each in fields_of(kind)}:
            continue
        values = event_values(kind, plain)
        kept = values[name]
        hidden: list[dict[str, Any]] = []
        for number in range(3 if more else 1):
            mine = event_values(kind, _saying(secret, f"{kind} {name} {number}"))[name]
            hidden += mine
        values |= {name: [hidden[0], *kept, *hidden[1:]], "dated": "2023-12-01", "title": f"With {name} withheld"}
        values["withhold"] = [f"{name}#{each['id']}" for each in hidden]
        folder.events[case][f"2023-12-01-{kind}-items-{name}"] = values


def _withhold_whole(folder: Folder, case: str, kind: Kind, secret: Secret, *, more: bool) -> None:
    """Events withheld whole: plainly, by their kind, and by slips of the pen, which must print no name."""
    slips: list[dict[str, Any]] = [
        {"withhold": "all"},
        {"withhold": ["kind"]},
        {"withhold": ["titel"]},
        {"withold": "all"},
    ]
    slips = slips if HARD or kind is Kind.LETTER else slips[:1]
    for number, slip in enumerate(slips + slips[:2] if more else slips):
        values = event_values(kind, _saying(secret, f"{kind} whole {number}"))
        plainly = number % len(slips) < PLAINLY
        dated = f"2023-{'06' if secret.odd else '10'}-{11 + number:02}" if plainly else f"2023-02-{11 + number:02}"
        if plainly:
            secret.tokens[dated] = "a day of an event withheld whole"
        word = secret.word(f"{kind} id {number}") if plainly else "slip"  # who mends a slip has to find its file
        folder.events[case][f"{dated}-{kind}-{word}"] = {**values, "dated": dated, **slip}


def _steps(folder: Folder, secret: Secret) -> None:
    """Cases of which some steps are withheld, in part or whole; in the other folder on other days."""
    days = {CONCERN: ("2023-04-11", "2023-01-02"), NOTICE: ("2023-05-23", "2023-12-30"),
            REPORT: ("2023-06-24", "2024-05-05"), END: ("2024-02-25", "2025-09-09")}  # fmt: skip
    asks = {
        f"{day}-letter-{word}": {
            "kind": "letter", "title": f"A letter {word}", "dated": day, "senders": [OPEN], "sources": PAGE,
            "requests": [{"id": "help", "text": "Help", "asked_of": [GOVERNMENT], "due": "2024-08-01"},
                         {"id": "soon", "text": "Soon", "asked_of": [GOVERNMENT], "within": {"days": 10}}],
        }
        for day, word in (("2023-03-15", "early"), ("2023-08-15", "between"), ("2024-04-15", "late"),
                          ("2025-03-03", "latest"))
    }  # fmt: skip
    for step, (one, other) in list(days.items())[0 if HARD else 1 :: 1 if HARD else 2]:
        day = other if secret.odd else one
        secret.tokens[day] = f"the day of {step}"
        for how in ("dated", "moves_to", "all"):
            case = f"steps-{step[11:]}-{how.replace('_', '-')}"
            events = {**STEPS, **asks}
            whole = events.pop(step)
            if how == "moves_to":  # one of two papers moved the case
                papers = [f"{each[:-2]}28-{whole['kind']}-of-two" for each in (one, other)]
                moving = papers[secret.odd]
                for paper in papers:
                    events[paper] = {**whole, "dated": paper[:10], "withhold": ["moves_to", "basis"]}
                    events[paper] |= {} if paper == moving else {"moves_to": []}
            else:
                name = f"{day}-{whole['kind']}-step"
                events[name] = {**whole, "dated": day, "withhold": how if how == "all" else [how]}
            _add_case(folder, case, events)


def _party(folder: Folder, secret: Secret) -> None:
    """A case in which a withheld party has every part that a party can have."""
    party = secret.word("party id")
    record = {**party_values(lambda sort, way: secret.say(sort, f"party {way}")), "withhold": "all"}
    record["classification"] = "media" if secret.odd else "individual"
    record["part_of"] = [OPEN] if secret.odd else [GOVERNMENT]
    folder.parties[party] = record
    name = record["other_names"][0]

    def say(sort: str, way: str) -> Any:  # noqa: ANN401 - as the sort is
        if sort == "party" or (sort == "id" and way.endswith("for")):
            return party
        if way.endswith((".as_named", ".office")):
            return secret.say(sort, f"as named {way}")
        if sort in {"text", "line"}:
            return f"{plain(sort, way)} of {name}"
        return f"https://example.org/{party}" if sort == "url" else plain(sort, way)

    case = "party-2023"
    _add_case(folder, case, STEPS)
    folder.events[case][NOTICE] = {**STEPS[NOTICE], "senders": [party]}
    for kind in Kind:
        folder.events[case][f"2023-09-01-{kind}-of-{party}"] = {**event_values(kind, say), "dated": "2023-09-01"}
        told = {"request": f"{ASK}#publish", "answer": "met", "of": [party]}
        folder.events[case][f"2023-09-02-{kind}-named"] = {
            **event_values(kind, say), "dated": "2023-09-02", "answers": [told],
        }  # fmt: skip
    _add_case(folder, "subject-2023", STEPS)
    folder.headers["subject-2023"] = {**folder.headers["subject-2023"], "subject": party}


def there_in(*folders: Folder) -> There:
    """Returns what there is to ask for in several folders, what is only in one of them too."""
    cases = {case: sorted({event for each in folders for event in each.events[case]}) for case in folders[0].headers}
    parties = sorted({party for each in folders for party in each.parties})
    names = {name for each in folders for party in each.parties.values() for name in party.get("other_names", ())}
    items = {
        f"{case}/{event}#{item['id']}"
        for each in folders
        for case, events in each.events.items()
        for event, values in events.items()
        for name in ITEMS
        for item in values.get(name, ())
        if f"{name}#{item['id']}" in values.get("withhold", ()) or event.endswith(f"of-{name}")
    }
    days = ("2023-10-29", "2023-02-20", "2024-03-15")[: 3 if HARD else 1]  # each between some step's two days
    first = next(iter(cases))
    ends = ("-of-dated", "-step", "-of-two")
    dated = [f"{case}/{event}" for case, events in cases.items() for event in events if event.endswith(ends)]
    return There(cases, [*parties, *sorted(names)], sorted(items), days, dated, ASK, f"{first}/{ASK}#publish")
