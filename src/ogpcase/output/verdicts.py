"""The machine formats of a verdict by name; a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ogpcase.diagnostics import Offer, Verdict
from ogpcase.output.concise import concise
from ogpcase.output.github import github
from ogpcase.output.junit import junit
from ogpcase.output.sarif import sarif
from ogpcase.output.verdict_json import verdict_json


class Run(NamedTuple):
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
