"""One shard of a folder, judged on a machine of its own, and what remains to be judged when all shards are there.

A shard is every so many-th case. It tells of its cases what the folder must know: which parties they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Self

from ogpcase.checks import CaseFacts
from ogpcase.diagnostics import Verdict
from ogpcase.errors import Misused
from ogpcase.model.casefile import file_of_party
from ogpcase.store.names import RECORD
from ogpcase.values import frozen
from ogpcase.workspace.inputs import input_of_case, input_of_parties
from ogpcase.workspace.judged import Order, Wanted, judged_parties
from ogpcase.workspace.judging import Way, cases_that_may_hide, rounds, secrets_of, verdict_of
from ogpcase.workspace.opening import Workspace

_FORM = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")
_MASKED = "sha256:"
"""What stands before the digest that a party is told by."""


@frozen
class Shard:
    """Which of how many shards; both count from 1."""

    index: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2/4`. Raises Misused."""
        found = _FORM.fullmatch(text)
        if not found or int(found[1]) > int(found[2]):
            raise Misused(f"`{text}` is no shard", "write which of how many, as `--shard 2/4`")
        return cls(int(found[1]), int(found[2]))

    def taken(self, case_ids: Sequence[str]) -> Sequence[str]:
        """Returns the cases of this shard."""
        return case_ids[self.index - 1 :: self.of]


@frozen
class Part:
    """What a shard found, and what it tells of its cases.

    `folder` is the digest of the folder, which all shards must have in common, and `used` are the parties that the
    cases name, told by digests: that nobody else names one could be all that is known of an event. `whole` is false
    where something that could name a party was left out. `unforeseen` counts cases that turned out to withhold
    something, which other shards could not know.
    """

    shard: Shard
    verdict: Verdict
    folder: str
    used: tuple[str, ...]
    whole: bool
    unforeseen: int


def judged_shard(workspace: Workspace, shard: Shard, today: date, way: Way) -> Part:
    """Judges the cases of one shard; of others it reads those that these point to, and what they withhold."""
    taken = shard.taken(workspace.case_ids())
    hiding = frozenset(cases_that_may_hide(workspace, way.memory))
    digest = folder_digest(workspace)
    _, judged = rounds(workspace, taken, Order(today, Wanted(), secrets_of(workspace, sorted(hiding))), hiding, way)
    unforeseen = sum(1 for case_id, each in judged.items() if each.hides and case_id not in hiding)
    used = {party for each in judged.values() for party in each.facts.used}
    told = sorted(_masked(workspace, each) for each in used if file_of_party(each) in workspace.parties.digests)
    whole = all(each.facts.whole for each in judged.values())
    verdict = verdict_of(judged.values(), len(judged))
    return Part(shard, verdict, digest, tuple(told), whole, unforeseen)


def judged_rest(workspace: Workspace, used: Iterable[str], today: date, *, whole: bool) -> Verdict:
    """Judges the parties and what stands beside the cases, of which shards have told whom they name."""
    hiding = sorted(cases_that_may_hide(workspace, None))
    order = Order(today, Wanted(), secrets_of(workspace, hiding))
    names = (each.rpartition("/")[2].removesuffix(RECORD) for each in workspace.parties.digests)
    by_told = {_masked(workspace, party): party for party in names}
    named = frozenset(by_told[each] for each in used if each in by_told)
    found, _ = judged_parties(workspace, {"": CaseFacts(named, whole, order.secrets.texts)}, order)
    return verdict_of([found], 0)


def folder_digest(workspace: Workspace) -> str:
    """Returns the digest of the cases, of the parties, and of what stands beside them."""
    files = workspace.files
    cases = ((case_id, input_of_case(files, case_id).digest) for case_id in workspace.case_ids())
    parts = (*map(str, cases), input_of_parties(files).digest, repr(workspace.listing.problems))
    return sha256("\n".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _masked(workspace: Workspace, party: str) -> str:
    """Returns what tells a party to whoever has its file, and nobody else."""
    digest = workspace.parties.digests.get(file_of_party(party), "")
    return _MASKED + sha256(f"{party}\n{digest}".encode()).hexdigest()
