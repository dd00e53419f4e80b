"""The procedures as values: stages, bodies, openings, moves and duties, each with how well it is known.

A table is the whole of a procedure: `procedures/*.yaml`. The code compares with no stage, body or track; it asks the
case's table. Following events to a stage is in `lifecycle`.
"""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError

from ogpcase.errors import BrokenInstallation
from ogpcase.model.base import Frozen, Several, Url
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Classification, CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.table_codes import ConclusionCode, default_table, newest_tables, table, table_names, tables

UNKNOWN = "unknown"
"""The value in a table for a word, a clause, a decider or a kind of paper that nobody has seen."""
SUBJECT, FILER = "subject", "filer"
"""Who takes part in a move beside OGP's bodies: the government concerned, and who opened the case."""

AT_LEAST_ONE = Field(min_length=1)


class Evidence(CodeList):
    """How well a row of a table is known."""

    PRIMARY = "P", "Primary", "Read in OGP's own text."
    SECONDARY = "S", "Secondary", "Reported by the press or civil society."
    OBSERVED = "O", "Observed", "Happened in one case; not shown to be the rule."
    UNVERIFIED = "U", "Not verified", "Believed, inferred or missing."

    @property
    def words(self) -> str:
        """How a sentence says it: `read in OGP's own text`."""
        return f"{self.sentence[0].lower()}{self.sentence.rstrip('.')[1:]}"


def _known(value: object) -> object:
    return None if value == UNKNOWN else value


def _without_unknown(value: object) -> object:
    listed = value if isinstance(value, list | tuple) else (value,)
    return [each for each in listed if each != UNKNOWN]


def _address(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


class TableSource(Frozen):
    """Where a row was read: an address, or a title where there is none."""

    title: str | None = None
    url: Annotated[Url | None, BeforeValidator(lambda url: None if url == "none" else url)]

    def __str__(self) -> str:
        """The address, or the title with the remark that no address is known."""
        return self.url or f"{self.title} (no address)"


Sources = Annotated[tuple[Annotated[TableSource, BeforeValidator(_address)], ...], AT_LEAST_ONE]


class MootWhen(Frozen):
    """The later record that makes a duty pointless: its kind, who acts in it, and the field by which it refers back."""

    kind: Several[Kind]
    by: str
    link: str


class Duty(Frozen):
    """A duty of a body after a move: to tell somebody something. There is no built-in time limit."""

    id: str
    by: str
    tell: str
    text: str
    moot_when: MootWhen | None = None


class Requirement(Frozen):
    """The condition of a move: a sentence, and the conclusion that the report must have, if that is known."""

    text: str
    report_concludes: ConclusionCode | None = None


class Move(Frozen):
    """A row of a table: the stages of a move, its deciders, its kinds of paper and its clause.

    Empty `decided_by` or `carried_by`, or a `clause` of None, were not seen.
    """

    id: str
    from_: Annotated[tuple[str, ...], AT_LEAST_ONE] = Field(alias="from")
    to: str
    title: str
    decided_by: Annotated[tuple[str, ...], BeforeValidator(_without_unknown)]
    carried_by: Annotated[tuple[Kind, ...], BeforeValidator(_without_unknown)]
    clause: Annotated[str | None, BeforeValidator(_known)]
    requires: Requirement
    then_due: tuple[Duty, ...] = ()
    evidence: Evidence
    source: Sources
    note: str

    @property
    def judges(self) -> bool:
        """True if the row judges who acted, on what paper and by which clause; the others only inform."""
        return self.evidence is Evidence.PRIMARY

    @property
    def verified(self) -> bool:
        """False for a row of evidence U."""
        return self.evidence is not Evidence.UNVERIFIED


class StageRow(Frozen):
    """A stage as a table has it."""

    code: str
    label: str
    sentence: str
    is_: Literal["begin", "open", "end"] = Field(alias="is")
    report_judged: bool = False
    word: str
    word_source: Url | None = None


class Stage(str):
    """A stage of a procedure, equal to its code.

    `word` is the source's own word, `unknown` where none was seen. `report_judged` is true where an adopted report
    waits for a decision. `place` is its position among all stages of the procedure, 0 for the begin.
    """

    __slots__ = ("begins", "ends", "label", "place", "report_judged", "sentence", "word", "word_source")
    label: str
    sentence: str
    begins: bool
    ends: bool
    report_judged: bool
    word: str
    word_source: str | None
    place: int

    @classmethod
    def of(cls, row: StageRow, place: int) -> Self:
        """Makes the stage of a row at a place."""
        stage = cls(row.code)
        stage.place = place
        stage.label, stage.sentence = row.label, row.sentence
        stage.begins, stage.ends, stage.report_judged = row.is_ == "begin", row.is_ == "end", row.report_judged
        stage.word, stage.word_source = row.word, row.word_source
        return stage

    @property
    def open(self) -> bool:
        """True for a stage of a case that is opened and has not ended."""
        return not self.begins and not self.ends


class Word(Frozen):
    """A former or foreign word for a stage: the code that it means, and what to say of it."""

    word: str
    means: str
    say: str


class ClassOfFilers(Frozen):
    """A class of those who may open a case, or who may not, and which parties fit it.

    A party fits whose classification is among `admits`, if any are given, and not among `excludes`. One among `refused`
    may not file even if it is put in this class.
    """

    code: str
    label: str
    sentence: str
    may_file: bool = True
    admits: tuple[Classification, ...] = ()
    excludes: tuple[Classification, ...] = ()
    refused: tuple[Classification, ...] = ()

    def fits(self, classification: Classification) -> bool:
        """True if a party of this classification may belong to the class."""
        return classification not in self.excludes and (not self.admits or classification in self.admits)


class Filers(Frozen):
    """Who opens a case: the field that holds them, and the classes that may. Without classes the list was not seen.

    `refused` are the classifications of parties that may not file if no class is given.
    """

    field: str
    refused: tuple[Classification, ...] = ()
    classes: tuple[ClassOfFilers, ...]
    evidence: Evidence
    source: Sources
    note: str

    def named(self, code: str | None) -> ClassOfFilers | None:
        """Returns the class of this code."""
        return next((each for each in self.classes if each.code == code), None)


class Opening(Frozen):
    """How a case opens: the kinds of record, what opening is called (`filed`, `filing`), and by whom if anybody."""

    kinds: Annotated[tuple[Kind, ...], AT_LEAST_ONE]
    called: str
    name: str
    filers: Filers | None = None


class BodyParty(Frozen):
    """The party that `init` writes for a body."""

    id: str
    name: str
    other_names: tuple[str, ...] = ()


class Body(Frozen):
    """A body of OGP. A paper of one that `stands_for_all` may be any body's."""

    code: str
    label: str
    sentence: str
    stands_for_all: bool = False
    party: BodyParty | None = None


class Listed(Frozen):
    """A code of the table's own in a list that all procedures share."""

    code: str
    label: str
    sentence: str


class Procedure(Frozen):
    """One procedure, or one version of it, as far as it could be read."""

    track: str
    track_label: str
    track_sentence: str
    version: str | None = None
    version_sentence: str | None = None
    default: bool = False
    complete: bool
    title: str
    in_force: FuzzyDate
    in_force_note: str
    sources: Sources
    note: str
    stage_rows: Annotated[tuple[StageRow, ...], AT_LEAST_ONE] = Field(alias="stages")
    words: tuple[Word, ...] = ()
    phrases: tuple[str, ...] = ()
    phrases_say: tuple[str, ...] = ()
    opening: Opening
    bodies: tuple[Body, ...]
    roles: Mapping[str, str]
    report_types: tuple[Listed, ...] = ()
    conclusions: tuple[Listed, ...] = ()
    moves: tuple[Move, ...]

    @property
    def name(self) -> str:
        """The name of its file, as `response_policy-2017`."""
        return f"{self.track}-{self.version}" if self.version else self.track

    @property
    def version_label(self) -> str:
        """How a message names it: `the 2017 version`, or its title where it has no versions."""
        return f"the {self.version} version" if self.version else self.title

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Its stages, in order."""
        return tuple(Stage.of(row, place) for place, row in enumerate(self.stage_rows))

    @cached_property
    def stage_by_code(self) -> Mapping[str, Stage]:
        """Its stages by code."""
        return {str(stage): stage for stage in self.stages}

    @property
    def begin(self) -> Stage:
        """The stage before any step."""
        return self.stages[0]

    def stage(self, code: str) -> Stage:
        """Returns the stage that a record's code means here; one of another procedure if this one has no such stage."""
        if code not in self.stage_by_code:
            code = next((each.means for each in self.words if each.word == code), code)
        return self.stage_by_code.get(code) or _foreign_stage(code)

    def name_of(self, role: str) -> str:
        """Returns the words for a role: `the Support Unit`, `the government concerned`."""
        label = next((body.label for body in self.bodies if body.code == role), None)
        return f"the {label}" if label else self.roles.get(role, role)

    def deciders(self, move: Move) -> str:
        """Returns who decides a move, in words."""
        return " or ".join(map(self.name_of, move.decided_by)) or "a body that is not known"

    def has_report_type(self, code: str | None) -> bool:
        """True if a report of this type is one of the procedure's own, as a review report."""
        return any(each.code == code for each in self.report_types)

    @cached_property
    def whole(self) -> str | None:
        """The code of the body whose paper may be any body's."""
        return next((body.code for body in self.bodies if body.stands_for_all), None)

    @cached_property
    def moves_by_ends(self) -> Mapping[tuple[str, str], tuple[Move, ...]]:
        """The rows by the stages they lead from and to."""
        found: dict[tuple[str, str], tuple[Move, ...]] = {}
        for move in self.moves:
            for start in move.from_:
                found[start, move.to] = (*found.get((start, move.to), ()), move)
        return found

    def rows(self, start: str, end: str) -> tuple[Move, ...]:
        """Returns the rows from one stage to another; a pair may have several."""
        return self.moves_by_ends.get((start, end), ())

    def moves_from(self, stage: str) -> tuple[Move, ...]:
        """Returns the rows that lead out of a stage, including those with evidence U."""
        return tuple(move for move in self.moves if stage in move.from_)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses known by their number, as `III.B.9`."""
        return tuple(dict.fromkeys(move.clause for move in self.moves if move.clause))


@cache
def procedure_named(name: str) -> Procedure:
    """Returns the procedure of this name; each table is read once.

    Raises:
        KeyError: if there is none.
        BrokenInstallation: if the packaged table is not whole.
    """
    try:
        return Procedure.model_validate(table(name))
    except ValidationError as fault:
        raise BrokenInstallation(f"the packaged table `{name}` is not whole", "install ogpcase again") from fault


def versions_of(track: str) -> tuple[str, ...]:
    """Returns the versions of a track, oldest first; empty if it has none."""
    return tuple(each.version for each in table_names() if each.track == track and each.version)


def procedures_of(track: str) -> tuple[Procedure, ...]:
    """Returns every version of a track, oldest first."""
    return tuple(procedure_named(each.name) for each in table_names() if each.track == track)


def every_procedure() -> Iterable[Procedure]:
    """Yields all procedures; those of the default track are first."""
    return (procedure_named(name) for name in tables())


def default_procedure() -> Procedure:
    """Returns the procedure for which `open-case` asks nothing."""
    return procedure_named(default_table())


@cache
def party_written_for(body: str) -> str | None:
    """Returns the id of the party that `init` writes for a body of OGP, if it writes one."""
    written = {each.code: each.party.id for each in default_procedure().bodies if each.party}
    return written.get(body)


@cache
def _foreign_stage(code: str) -> Stage:
    """Returns the stage of the first procedure that has the code.

    Of a word that only another procedure explains, a stage that is called by the word itself.
    """
    for each in every_procedure():
        if code in each.stage_by_code:
            return each.stage_by_code[code]
    values = {"code": code, "label": code, "sentence": code, "is": "open", "word": UNKNOWN}
    return Stage.of(StageRow.model_validate(values), place=1)


def procedure_of(case: CaseFile) -> Procedure:
    """Returns the table whose words the case uses: of its header's track and version.

    The newest version of the track where the header names none or a foreign one; the default where there is no header.
    """
    header = case.header
    if header is None:
        return default_procedure()
    named = _table(header.track, header.policy_version)
    return named or procedure_named(next(each.name for each in newest_tables() if each.track == header.track))


def judged_by(case: CaseFile, event: Event | None = None) -> Procedure | None:
    """Returns the table by which the moves of an event are judged; without an event, the case's.

    None when the header cannot be read, or names no version of a track that has versions.
    """
    header = case.header
    if header is None:
        return None
    return _table(header.track, (event.policy_version if event else None) or header.policy_version)


@cache
def _table(track: str, version: str | None) -> Procedure | None:
    for each in table_names():
        if each.track == track and each.version in {None, version}:
            return procedure_named(each.name)
    return None
