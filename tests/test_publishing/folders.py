"""Folders as plain values, with things withheld at random, and the same folders in other worlds.

Nothing here uses `workspace.publishing`: a world is another one because its files say something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from tests.test_model_serialize import SLUGS, records, values_for

from ogpcase.checks import publication
from ogpcase.checks.scope import Scope
from ogpcase.model.bind import bind_event, bind_header, bind_party, bind_source
from ogpcase.model.casefile import FIRST_FORMAT, CaseHeader, Registry, assemble
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.model.parties import Party
from ogpcase.model.publication import NEVER_LEFT_OUT
from ogpcase.model.sources import SourceRecord
from ogpcase.workspace.publishing.records import Records

Folder = dict[str, dict[str, Any]]
"""The values of each file, by its path."""
HERE = Path(__file__).parent.parent
STORIES = HERE / "corpus" / "sound" / "invented" / "cases"
WITH_ITEMS = ("requests", "milestones", "allegations", "clauses")
SPEAKING = ("replies", "findings", "in_reply_to", "about")
"""Fields that speak of a Concern or an allegation. That something was replied or found is told, and not what."""
PRIVATE = {"withhold", "withheld", "answer_withheld", "id", "sources", *NEVER_LEFT_OUT}


def read(top: Path) -> Folder:
    """Returns the values of a folder on disk, every scalar as text."""
    files = sorted(path for path in top.rglob("*.yaml"))
    return {
        path.relative_to(top).as_posix(): yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        for path in files
    }


def bound(folder: Folder) -> Records:
    """Returns the records of a folder; each must be sound."""
    parties: dict[str, Party] = {}
    headers: dict[str, CaseHeader] = {}
    events: dict[str, dict[str, Event]] = {}
    sources: dict[str, dict[str, SourceRecord]] = {}
    for file, values in sorted(folder.items()):
        top, _, name = file.removesuffix(".yaml").partition("/")
        record = _record(file, json.dumps(values))
        if isinstance(record, Party):
            parties[name] = record
        elif isinstance(record, CaseHeader):
            headers[top] = record
            events.setdefault(top, {})
        elif isinstance(record, SourceRecord):
            sources.setdefault(top, {})[record.id] = record
        else:
            events.setdefault(top, {})[record.id] = record
    return Records(FIRST_FORMAT, parties, headers, events, sources)


@lru_cache(maxsize=4096)
def _record(file: str, values: str) -> Any:
    """Returns the record of a file; most files of a folder are those of the folder before."""
    top, _, name = file.removesuffix(".yaml").partition("/")
    whole = typed(json.loads(values))
    if top == "parties":
        return sound(bind_party(whole, name, file))
    if name == "case":
        return sound(bind_header(whole, top, file))
    if name.startswith("sources/"):
        return sound(bind_source(whole, name.rpartition("/")[2], file))
    return sound(bind_event(whole, name.rpartition("/")[2], file))


def faults(folder: Records) -> list[str]:
    """What the checks say of publication: such a folder gets no copy."""
    registry = Registry(folder.parties)
    cases = {
        name: assemble(
            name, header, tuple(folder.events[name].values()), registry, sources=folder.sources.get(name, {})
        )
        for name, header in folder.headers.items()
    }
    scopes = [Scope(case, cases, date(2027, 1, 1)) for case in cases.values()]
    return [problem.message for scope in scopes for check in publication.CHECKS for problem in check(scope)]


def kind_of(values: Mapping[str, Any]) -> Kind:
    kind = Kind.of(values["kind"])
    assert kind is not None
    return kind


def sound(result: Any) -> Any:
    found = [(each.message, each.places[0].route) for each in result.problems]
    assert not found, found
    return result.record


def typed(value: Any, name: str = "") -> Any:
    """Numbers and flags as YAML's core schema has them: the loader of these tests gives text alone."""
    if isinstance(value, dict):
        return {key: typed(inner, f"votes {key}" if name == "votes" else key) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner, name) for inner in value]
    if name in {"context", "linkable", "publish_copy", "answer_withheld", "reply_withheld", "finding_withheld"}:
        return value in {"true", True}
    numbers = {"days", "weeks", "months", "years", "filer_count", "signatory_count", "number"}
    is_number = name in numbers or name in {"votes for", "votes against", "votes abstain"}
    return int(value) if is_number and isinstance(value, str) and value.isdigit() else value


@st.composite
def withheld(draw: st.DrawFn, whole: Folder) -> Folder:
    """The folder with things withheld at random: fields, items, days, whole events, parties and sources."""
    folder = deepcopy(whole)
    events = [file for file in folder if "/events/" in file]
    for file in draw(st.lists(st.sampled_from(events), min_size=1, max_size=6, unique=True)):
        values = folder[file]
        if not values.get("moves_to") and draw(st.integers(0, 4)) == 0:
            values["withhold"] = "all"
            continue
        values["withhold"] = draw(_entries(values))
    named = [file for file in folder if file.startswith("parties/") and folder[file].get("body") is None]
    for number, file in enumerate(draw(st.lists(st.sampled_from(named), max_size=3, unique=True))):
        keep = draw(st.lists(st.sampled_from(["country", "classification"]), max_size=2, unique=True))
        folder[file]["withhold"] = {"pseudonym": f"party-{number}", "keep": keep, "linkable": True}
    return folder


def _entries(values: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
    kind = KINDS[kind_of(values)]
    fields = [name for name in kind.model_fields if name not in PRIVATE and name != "dated"]
    items = [f"{name}#{item['id']}" for name in WITH_ITEMS for item in values.get(name, ())]
    items += [f"sources#{item['id']}" for item in values.get("sources", ())]
    why = st.sampled_from(["safety", "legal", None])
    named = st.builds(
        lambda name, reason: {"field": name, **({"because": reason} if reason else {})},
        st.sampled_from([*fields, *items]),
        why,
    )
    dates = st.sampled_from(
        [None, {"field": "dated"}, *({"field": "dated", "instead": wide} for wide in _wider(values["dated"]))]
    )
    return st.builds(
        lambda entries, date: [*{each["field"]: each for each in entries}.values(), *([date] if date else [])],
        st.lists(named, max_size=4),
        dates,
    ).filter(bool)


def _wider(dated: str) -> list[str]:
    """Dates that hold all days of one that is a day, a month or a year."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", dated):
        return [dated[:7], dated[:4], f"{dated[:3]}X"]
    return [dated[:4]] if re.fullmatch(r"\d{4}-\d{2}", dated) else []


@st.composite
def other_world(draw: st.DrawFn, folder: Folder) -> Folder:
    """The same folder with another legal value in each place that is withheld."""
    world = deepcopy(folder)
    names: dict[str, str] = {}
    for file, values in folder.items():
        if values.get("withhold") is None or "/" not in file:
            continue
        if file.startswith("parties/"):
            world[file] = draw(_party(values))
            names[file] = f"parties/{draw(SLUGS)}-{len(names)}.yaml"
        elif "/events/" in file:
            world[file], renamed = draw(_event(values)), draw(_name(values))
            if renamed:
                names[file] = f"{file.rpartition('/')[0]}/{renamed}-{len(names)}.yaml"
    return _renamed(world, names)


def _party(values: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    keeps = {name: values[name] for name in values["withhold"]["keep"] if name in values}
    kept = {"withhold": values["withhold"], **keeps}
    others = st.fixed_dictionaries(
        {"name": SLUGS, "classification": st.sampled_from(["media", "research", "other"])},
        optional={"country": st.sampled_from(["FR", "DE"]), "other_names": st.lists(SLUGS, min_size=1, max_size=2)},
    )
    without = others.map(
        lambda made: {name: each for name, each in made.items() if name not in values["withhold"]["keep"]}
    )
    return without.map(
        lambda made: (
            {**made, **kept, "name": made["name"]}
            | ({} if "classification" in made or "classification" in kept else {"classification": "other"})
        )
    )


@st.composite
def _event(draw: st.DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS[kind_of(values)]
    new = deepcopy(values)
    entries = values["withhold"]
    if entries == "all":
        made = draw(
            records(
                kind,
                frozenset(
                    {
                        "requests",
                        "answers",
                        "withhold",
                        "dated",
                        "moves_to",
                        "milestones",
                        "allegations",
                        "clauses",
                        "publish_copy",
                        "withheld",
                        "withdrawn",
                        "answer_withheld",
                    }
                ),
            )
        )
        kept: dict[str, Any] = {
            name: values[name]
            for name in ("requests", "answers", "milestones", "allegations", "clauses", *SPEAKING)
            if name in values
        }
        for name in SPEAKING:
            made.pop(name, None)
        return {
            **made,
            **kept,
            "kind": values["kind"],
            "withhold": "all",
            "dated": draw(st.sampled_from(["2011-11-11", "2029"])),
        }
    for entry in entries:
        name, _, item = entry["field"].partition("#")
        if item:
            new[name] = [draw(_item(kind, name, each)) if each["id"] == item else each for each in new[name]]
        elif name == "dated":
            new["dated"] = draw(_day(entry.get("instead")))
            for with_it in ("received", "published", "until"):
                new[with_it] = draw(st.sampled_from(["2011-11-11", "2029-09"]))
            new["aliases"] = draw(st.lists(SLUGS, max_size=2))
            for source in new.get("sources", ()):
                source["published"] = draw(st.sampled_from(["2011-11-11", "2029-09"]))
                source["retrieved"] = draw(st.sampled_from(["2011-11-11", "2029-09"]))
        else:
            draw(_other_field(kind, name, new))
    return new


@st.composite
def _other_field(draw: st.DrawFn, kind: type[Event], name: str, new: dict[str, Any]) -> None:
    """Gives a field of an event another value."""
    if name in WITH_ITEMS:
        several = [draw(_item(kind, name, each)) for each in new.get(name, ())] + draw(_further(kind, name))
        new[name] = list({each["id"]: each for each in several}.values())
    elif name == "answers":
        new[name] = [{**each, "answer": "met", "of": ["somebody"]} for each in new.get(name, ())]
    elif name == "replies":
        new[name] = [{"about": each["about"], "position": "denies"} for each in new.get(name, ())]
    elif name == "findings":
        new[name] = [{"about": each["about"], "text": draw(SLUGS)} for each in new.get(name, ())]
    elif name not in SPEAKING:
        made = draw(records(kind, frozenset(kind.model_fields) - {name, "title", "dated"}))
        new.pop(name, None)
        new |= {name: made[name]} if name in made else {}


def _day(instead: str | None) -> st.SearchStrategy[str]:
    if instead is None:
        return st.sampled_from(["2011-11-11", "2029-09-09", "2020"])
    year = instead.replace("X", "5")
    return st.sampled_from({4: [f"{year}-03-04", f"{year}-11"], 7: [f"{year}-03", f"{year}-21"]}[len(year)])


def _name(values: dict[str, Any]) -> st.SearchStrategy[str]:
    """A new id for an event whose own tells the day, or words of the title; empty for the others."""
    entries = values["withhold"]
    hides = entries == "all" or any(entry["field"] in {"dated", "title"} for entry in entries)
    return SLUGS.map(lambda slug: f"2000-{slug}") if hides else st.just("")


def _further(kind: type, name: str) -> st.SearchStrategy[list[Any]]:
    """More items of a list that is withheld whole."""
    return st.lists(_item(kind, name, {"id": f"further-{name}"}), max_size=1)


@st.composite
def _item(draw: st.DrawFn, kind: Any, name: str, item: dict[str, Any]) -> dict[str, Any]:
    if name == "sources":
        return {"id": item["id"], "title": draw(SLUGS)}
    annotation = kind.model_fields[name].annotation
    made = draw(values_for(annotation, name))[0]
    made.pop("answer_withheld", None)
    return {**made, "id": item["id"]}


def _renamed(world: Folder, names: Mapping[str, str]) -> Folder:
    """The folder with files under other names, and every reference to them too."""
    ids = {}
    for old, new in names.items():
        before, after = (re.sub(r"(?:parties/|.*/events/)(.*)\.yaml", r"\1", each) for each in (old, new))
        ids[old.partition("/")[0], before] = after

    def other(value: Any, case: str, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: other(inner, case, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [other(inner, case, key) for inner in value]
        if not isinstance(value, str) or key in {"pseudonym", "field", "text", "title", "id"}:
            return value
        if ("parties", value) in ids:
            return ids["parties", value]
        owner, slash, rest = value.rpartition("/")
        event, mark, item = rest.partition("#")
        found = ids.get((owner or case, event))
        return f"{owner}{slash}{found}{mark}{item}" if found else value

    return {names.get(file, file): other(values, file.partition("/")[0]) for file, values in world.items()}
