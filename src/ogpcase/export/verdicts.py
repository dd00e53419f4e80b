"""The machine formats of a verdict by name; a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from types import MappingProxyType

from ogpcase.diagnostics import Verdict
from ogpcase.edits.fixing_offers import Offer
from ogpcase.export.concise import concise
from ogpcase.export.github import github
from ogpcase.export.json import verdict_json
from ogpcase.export.junit import junit
from ogpcase.export.sarif import sarif
from ogpcase.values import frozen


@frozen
class Run:
    """What is known of a run beside its verdict.

    `changed` holds the paths, as they are printed, that the change under review touches.
    `folder` leads from the repository's top to the folder that printed paths are relative to.
    `offers` are the mends that a tool can make one by one.
    """

    as_of: date
    changed: AbstractSet[str] = frozenset()
    folder: str = ""
    offers: tuple[Offer, ...] = ()


Writer = Callable[[Verdict, Run], str]

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "concise": lambda verdict, _: concise(verdict),
        "json": lambda verdict, run: verdict_json(verdict, run.as_of),
        "github": lambda verdict, run: github(verdict, run.changed, run.folder),
        "sarif": lambda verdict, run: sarif(verdict, run.folder, run.offers),
        "junit": lambda verdict, _: junit(verdict),
    }
)
