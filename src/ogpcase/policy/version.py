"""The policy table as values: versions, moves, duties, and how well each row is known.

The tables themselves are `versions/*.yaml`; following events to a stage is in `lifecycle`.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from pkgutil import get_data
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidationError

from ogpcase.errors import BrokenInstallation
from ogpcase.model.base import Frozen
from ogpcase.model.codelists import Body, CodeList, Conclusion, FilerClass, Kind, Stage, Version
from ogpcase.model.dates import FuzzyDate
from ogpcase.yamltree.parsing import parse

UNKNOWN = "unknown"
"""The value in a table for a word or a clause number of the version that nobody has seen."""

AT_LEAST_ONE = Field(min_length=1)

VERSIONS: tuple[Version, ...] = tuple(Version)
"""The versions that have a table, oldest first."""


class Evidence(CodeList):
    """How well a row of the policy table is known."""

    PRIMARY = "P", "Primary", "Read in OGP's own text."
    SECONDARY = "S", "Secondary", "Reported by the press or civil society."
    OBSERVED = "O", "Observed", "Happened in one case; not shown to be the rule."
    UNVERIFIED = "U", "Not verified", "Believed, inferred or missing: it informs, and never fails a record."


Role: TypeAlias = Body | Literal["subject", "filer"]
"""Who takes part in a move: a body of OGP, the government concerned, or the filers."""


def _number_of(clause: object) -> object:
    return None if clause == UNKNOWN else clause


class Duty(Frozen):
    """A duty of a body after a move: to tell somebody something. There is no built-in time limit."""

    id: str
    by: Role
    tell: Role
    text: str


class Requirement(Frozen):
    """The condition of a move: a sentence, and the conclusion that the report must have, if that is known."""

    text: str
    report_concludes: Conclusion | None = None


class Move(Frozen):
    """A row of the table: the stages of a move, its decider, its kinds of paper and its clause.

    `clause` is None where its number was not seen. `source` gives addresses or names of papers.
    """

    id: str
    from_: Annotated[tuple[Stage, ...], AT_LEAST_ONE] = Field(alias="from")
    to: Stage
    decided_by: Role
    carried_by: Annotated[tuple[Kind, ...], AT_LEAST_ONE]
    clause: Annotated[str | None, BeforeValidator(_number_of)]
    requires: Requirement
    then_due: tuple[Duty, ...] = ()
    evidence: Evidence
    source: Annotated[tuple[str, ...], AT_LEAST_ONE]
    note: str

    @property
    def verified(self) -> bool:
        """False for a row of evidence U, which must never fail a record."""
        return self.evidence is not Evidence.UNVERIFIED


class StageWord(Frozen):
    """The word that a version has for a stage, or `unknown`."""

    stage: Stage
    word: str
    source: str | None = None


class Filers(Frozen):
    """Who may file under a version; empty where the list was not seen."""

    may_file: tuple[FilerClass, ...]
    evidence: Evidence
    source: Annotated[tuple[str, ...], AT_LEAST_ONE]
    note: str


class PolicyVersion(Frozen):
    """One version of the Response Policy, as far as it could be read."""

    version: Version
    title: str
    adopted: FuzzyDate
    adopted_note: str
    sources: Annotated[tuple[str, ...], AT_LEAST_ONE]
    note: str
    filers: Filers
    words: tuple[StageWord, ...]
    moves: tuple[Move, ...]

    def word_for(self, stage: Stage) -> str:
        """Returns the version's own word for a stage, `unknown` where it was not seen."""
        return next((each.word for each in self.words if each.stage is stage), UNKNOWN)

    @cached_property
    def moves_by_ends(self) -> Mapping[tuple[Stage, Stage], tuple[Move, ...]]:
        """The rows by the stages they lead from and to."""
        found: dict[tuple[Stage, Stage], tuple[Move, ...]] = {}
        for move in self.moves:
            for start in move.from_:
                found[start, move.to] = (*found.get((start, move.to), ()), move)
        return found

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses known by their number, as `III.B.9`."""
        return tuple(dict.fromkeys(move.clause for move in self.moves if move.clause))


def load_version(version: Version | str) -> PolicyVersion:
    """Returns the table of a version; each is read once.

    Raises:
        ValueError: if there is no such version.
        BrokenInstallation: if the packaged table cannot be read.
    """
    if version not in VERSIONS:
        raise ValueError(f"there is no version `{version}` of the policy")
    return _loaded(str(version))


@lru_cache
def _loaded(version: str) -> PolicyVersion:
    name = f"{version}.yaml"
    try:
        parsed = parse(get_data(__package__, f"versions/{name}") or b"", name)
        if parsed.tree is None or parsed.problems:
            raise BrokenInstallation(f"the packaged policy table `{name}` cannot be read", "install ogpcase again")
        return PolicyVersion.model_validate(parsed.tree.value)
    except (OSError, ValidationError) as fault:
        raise BrokenInstallation(f"the packaged policy table `{name}` is not whole", "install ogpcase again") from fault
