"""All that a change means, in one value: what became of the records, and which problems it brings or mends."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.reports.changes.pairs import pairs_of
from ogpcase.reports.changes.rows import Difference, difference_of
from ogpcase.workspace.comparing import Compared, Problems, problems_compared
from ogpcase.workspace.opening import Workspace


class Told(NamedTuple):
    """A difference with its problems. `base` and `head` name the commits compared, `head` None the working tree."""

    difference: Difference
    problems: Problems
    base: str
    head: str | None
    as_of: date


def told(both: Compared, reader: Reader) -> Told:
    """Returns what changed between two versions of a folder, and what it does to the verdict."""
    before, after = (dict(_cases(each)) for each in (both.before, both.after))
    renamed = {
        file_of_event(case, pair.before.id): file_of_event(case, pair.after.id)
        for case in before.keys() & after.keys()
        for pair in pairs_of(before[case], after[case])
        if pair.renamed and pair.before and pair.after
    }
    registries = (both.before.registry(), both.after.registry())
    difference = difference_of(before, after, registries, reader, _both_added(both))
    return Told(difference, problems_compared(both, reader.on, renamed), both.base, both.head, reader.on)


def _cases(workspace: Workspace) -> list[tuple[str, CaseFile]]:
    return [(each.casefile.id, each.casefile) for each in workspace.all()]


def _both_added(both: Compared) -> list[str]:
    """Returns the references of records that both sides have made: `mexico-2018/2018-07-16-concern`, `parties/ogp`."""
    return [file.removesuffix(".yaml").replace("/events/", "/") for file in both.both_added]
