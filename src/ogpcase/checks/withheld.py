"""What records and parties withhold, as names and texts that can be looked for elsewhere; and what stands plain.

Nothing of this is ever printed: it is only compared. Ruled out is what the record's own words on withholding leave
in doubt, since then all of it is kept back anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from ogpcase.checks.scope import CaseFacts, Scope
from ogpcase.checks.uses import party_uses
from ogpcase.checks.words import Words, words_of
from ogpcase.diagnostics import Route
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.events import Event
from ogpcase.model.ids import slug_of
from ogpcase.model.parties import folded
from ogpcase.model.withhold import NOTHING, Withholding, of_event

SHORTEST_NAME = 3
"""Letters; a shorter name would be found in every second text."""
SHORTEST_TEXT = 12
"""Characters; a shorter text may be said of anything."""
_BETWEEN = r"(?:[\W_]|%20)+"

Pattern = re.Pattern[str]


def pattern_of(names: Iterable[str]) -> Pattern | None:
    """Returns what finds any of the names in a folded text, as whole words however joined; None where there is none."""
    return _pattern_of(frozenset(names))


@lru_cache(maxsize=32)
def _pattern_of(names: frozenset[str]) -> Pattern | None:
    """Made once for all cases: a hostile party may have 20,000 names."""
    parts = {tuple(re.findall(r"[^\W_]+", folded(name))) for name in names if len(name) >= SHORTEST_NAME}
    longest = sorted((_BETWEEN.join(map(re.escape, words)) for words in parts if words), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest)})(?![^\W_])") if longest else None


def tells(pattern: Pattern | None, text: str) -> bool:
    """True when a text holds one of the names, whatever its case and accents."""
    return pattern is not None and pattern.search(folded(text)) is not None


def withheld_names(registry: Registry) -> tuple[str, ...]:
    """Returns every name of the parties that are named nowhere, their ids among them."""
    return tuple(name for party in registry.withheld for name in (party.id, *party.names()))


def own_names(event: Event, withheld: Withholding, registry: Registry) -> tuple[str, ...]:
    """Returns the names of those whom an event itself withholds: parties in such fields, and persons who signed."""
    named = [name for name, route in party_uses(event) if _covered(event, withheld, route)]
    ids = [registry.parties[name] for name in named if name in registry.parties]
    said = [each for each in words_of(event) if _covered(event, withheld, each.route)]
    persons = (each.text for each in said if each.route[-1] == "as_named" or each.route[::2] == ("signed_by", "name"))
    return tuple(dict.fromkeys((*named, *(name for party in ids for name in party.names()), *persons)))


def withholding_of(scope: Scope, event: Event) -> Withholding:
    """Returns what an event withholds, as far as it says so plainly."""
    withheld = of_event(event) if event.withhold else NOTHING
    return withheld if withheld.sound and scope.sound(event, "withhold") else NOTHING


def plain_words(event: Event, withheld: Withholding, hidden: Registry) -> Iterator[Words]:
    """Yields what stands plain in an event: not withheld, and not beside the id of a party that is named nowhere."""
    if withheld.everything:
        return
    beside = tuple(
        route[: 2 if route[0] == "signed_by" else -1] if route[-1] in {"party", "for"} else route
        for name, route in party_uses(event)
        if name in hidden.parties and hidden.parties[name].withhold
    )
    for each in words_of(event):
        if not _covered(event, withheld, each.route) and not any(_within(each.route, one) for one in beside):
            yield each


def secret_texts(event: Event, withheld: Withholding) -> Iterator[str]:
    """Yields the texts that an event withholds, folded; what names its sources only where it withholds just these."""
    if not (withheld.everything or withheld.fields or withheld.items):
        return
    for each in words_of(event):
        about_source = each.route[0] == "sources"
        telling = (each.for_people or each.route[0] == "also_stated") and not (about_source and withheld.everything)
        text = folded(each.text)
        if telling and len(text) >= SHORTEST_TEXT and _covered(event, withheld, each.route):
            yield text


def texts_withheld_in(case: CaseFile) -> frozenset[str]:
    """Returns the texts that a case's events withhold, folded."""
    scope = Scope(case, {}, date.min)
    several = (secret_texts(event, withholding_of(scope, event)) for event in case.events if event.withhold)
    return frozenset(text for texts in several for text in texts)


def facts_of(case: CaseFile) -> CaseFacts:
    """Returns what a case tells the folder."""
    whole = bool(case.header) and not case.unreadable and not any(case.flawed.values())
    return CaseFacts(Scope(case, {}, date.min).names(), whole, texts_withheld_in(case))


def slugs_tell(pattern: Pattern | None, name: str) -> bool:
    """True when a file's name or an id holds one of the names, as a slug would."""
    return tells(pattern, slug_of(name).replace("-", " ") or name)


def _covered(event: Event, withheld: Withholding, route: Route) -> bool:
    field = str(route[0])
    if withheld.covers_field(field):
        return True
    if not withheld.items or len(route) < 2 or not isinstance(route[1], int):  # noqa: PLR2004 - a field and a position
        return False
    item = getattr(getattr(event, field)[route[1]], "id", None)
    return item is not None and withheld.covers_item(field, item)


def _within(route: Route, top: Route) -> bool:
    return route[: len(top)] == top
