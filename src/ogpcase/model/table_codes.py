"""Codes that the tables of OGP's procedures declare: stages, bodies, tracks, versions, classes of filers and others.

A new procedure is a new file in `policy/procedures/`: its codes are then in every list, schema and completion.
`policy.procedures` reads the tables whole.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, NamedTuple, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from ogpcase.errors import BrokenInstallation
from ogpcase.model.base import as_code
from ogpcase.model.codelists import CodeList, Conclusion, ReportType
from ogpcase.yamltree.parsing import parse

Table = Mapping[str, Any]
"""The values of one table, as its file has them."""
LIST = "table-codes"
"""The key by which a JSON Schema names a list until its codes are put in."""


class Choice(NamedTuple):
    """A code with its label and a sentence."""

    code: str
    label: str
    sentence: str
    others: tuple[str, ...] = ()


def choices_of(codes: type[CodeList]) -> tuple[Choice, ...]:
    """Returns the codes of a list with their labels, sentences and other words."""
    return tuple(Choice(str(code), code.label, code.sentence, code.others) for code in codes)


class NamedTable(NamedTuple):
    """The name of a table, with its track and version."""

    name: str
    track: str
    version: str | None


@cache
def table_files() -> Mapping[str, Traversable]:
    """Returns the file of each packaged table, by the name of its procedure: `track-version`, or `track`."""
    folder = files("ogpcase.policy") / "procedures"
    return {file.name.removesuffix(".yaml"): file for file in folder.iterdir()}


@cache
def table_names() -> tuple[NamedTable, ...]:
    """Returns every table, by the names of their files, which give the track and the version."""
    parted = ((name, *name.partition("-")) for name in sorted(table_files()))
    return tuple(NamedTable(name, track, version or None) for name, track, _, version in parted)


@cache
def newest_tables() -> tuple[NamedTable, ...]:
    """Returns the newest table of each track."""
    return tuple({each.track: each for each in table_names()}.values())


def _newest_first() -> Iterator[NamedTable]:
    """Yields every table, those first that most cases are under."""
    yield from dict.fromkeys([*reversed(newest_tables()), *reversed(table_names())])


@cache
def table(name: str) -> Table:
    """Returns the values of the table of this name.

    Raises:
        BrokenInstallation: if the packaged table cannot be read.
    """
    parsed = parse(table_files()[name].read_bytes(), f"{name}.yaml")
    if parsed.tree is None or parsed.problems or not isinstance(parsed.tree.value, dict):
        raise BrokenInstallation(f"the packaged table `{name}` cannot be read", "install ogpcase again")
    values: Table = parsed.tree.value
    return values


@cache
def tables() -> Mapping[str, Table]:
    """Returns the values of every table, by the name of its procedure; those of the default track are first."""
    usual = table(default_table())["track"]
    read = {each.name: table(each.name) for each in table_names()}
    return dict(sorted(read.items(), key=lambda item: item[1]["track"] != usual))


@cache
def default_table() -> str:
    """Returns the name of the table that says it is the default; reads no more tables than it takes to find it."""
    return next(each.name for each in _newest_first() if table(each.name).get("default"))


class TableCode(str):
    """A code from a list that the tables declare; each subclass is one list."""

    __slots__ = ()
    name: ClassVar[str]
    """The list's file name in `schemas/codelists/`."""
    common: ClassVar[type[CodeList] | None] = None
    """Codes of every procedure, which come after those of the tables."""

    @classmethod
    def choices(cls) -> tuple[Choice, ...]:
        """Returns the codes of all tables, each once; if the tables explain one differently, with each sentence."""
        found: dict[str, dict[str, str]] = {}
        labels: dict[str, str] = {}
        for each in tables().values():
            for choice in cls.of_table(each):
                labels.setdefault(choice.code, choice.label)
                found.setdefault(choice.code, {}).setdefault(choice.sentence, str(each["track_label"]))
        own = tuple(Choice(code, labels[code], _joined(said)) for code, said in found.items())
        return (*own, *(choices_of(cls.common) if cls.common else ()))

    @classmethod
    def of_table(cls, of: Table) -> Iterator[Choice]:
        """Yields the codes of one table."""
        for row in of.get(cls.name + "s", ()):
            yield Choice(row["code"], row["label"], row["sentence"])

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """Returns the codes that a record may use."""
        return tuple(choice.code for choice in cls.choices())

    @classmethod
    def in_names(cls) -> frozenset[str] | None:
        """Returns the codes if the names of the tables give them all, so that no table need be read."""
        return None

    @classmethod
    def taken(cls, of_table: Table) -> frozenset[str]:
        """Returns what a record may write for a code of one table."""
        return frozenset(choice.code for choice in cls.of_table(of_table))

    @property
    def label(self) -> str:
        """The code in words."""
        return _labels(type(self)).get(str(self), str(self))

    @classmethod
    def _bound(cls, value: object) -> Self:
        word = as_code(value)
        if not isinstance(word, str) or not _is_known(cls, word):
            raise PydanticKnownError("enum", {"expected": ", ".join(f"'{code}'" for code in cls.codes())})
        return cls(word)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accepts the codes of the tables, also written as a number (`2017`)."""
        return core_schema.no_info_plain_validator_function(cls._bound)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Names the list, for which `jsonschema` puts the codes in."""
        return {LIST: cls.__name__}


@cache
def _is_known(cls: type[TableCode], word: str) -> bool:
    """True for a code of the list.

    The tables are read one by one, the newest of each track first, until one has it.
    """
    named = cls.in_names()
    if named is not None:
        return word in named
    if cls.common is not None and cls.common.of(word) is not None:
        return True
    return any(word in cls.taken(table(each.name)) for each in _newest_first())


@cache
def _labels(cls: type[TableCode]) -> Mapping[str, str]:
    return {choice.code: choice.label for choice in cls.choices()}


def _joined(said: Mapping[str, str]) -> str:
    """Returns the only sentence, or each with its track."""
    if len(said) == 1:
        return next(iter(said))
    return " ".join(f"{track}: {sentence}" for sentence, track in said.items())


class StageCode(TableCode):
    """How far a case has come; computed from its events, never stored."""

    __slots__ = ()
    name = "stage"

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        """Returns the stages that a paper can carry a case to."""
        begins = {row["code"] for each in tables().values() for row in each["stages"] if row["is"] == "begin"}
        return tuple(choice.code for choice in cls.choices() if choice.code not in begins)

    @classmethod
    def taken(cls, of_table: Table) -> frozenset[str]:
        """Returns the stages that a paper can carry a case to, and the other words for stages.

        The checks say which word the case's procedure has.
        """
        reached = {row["code"] for row in of_table["stages"] if row["is"] != "begin"}
        return frozenset({*reached, *(row["word"] for row in of_table.get("words", ()))})


class TrackCode(TableCode):
    """Which of OGP's procedures a case is under."""

    __slots__ = ()
    name = "track"

    @classmethod
    def in_names(cls) -> frozenset[str]:
        """Returns the tracks of all tables."""
        return frozenset(each.track for each in table_names())

    @classmethod
    def of_table(cls, of: Table) -> Iterator[Choice]:
        """Yields the table's track."""
        yield Choice(of["track"], of["track_label"], of["track_sentence"])


class VersionCode(TableCode):
    """Which version of the procedure applies."""

    __slots__ = ()
    name = "version"

    @classmethod
    def in_names(cls) -> frozenset[str]:
        """Returns the versions of all tables."""
        return frozenset(each.version for each in table_names() if each.version)

    @classmethod
    def of_table(cls, of: Table) -> Iterator[Choice]:
        """Yields the table's version, if the procedure has versions."""
        if version := of.get("version"):
            yield Choice(version, f"{of['track_label']}, {version} version", of["version_sentence"])


class BodyCode(TableCode):
    """The bodies of OGP that have a part in its procedures."""

    __slots__ = ()
    name = "body"

    @classmethod
    def of_table(cls, of: Table) -> Iterator[Choice]:
        """Yields the table's bodies."""
        for row in of["bodies"]:
            yield Choice(row["code"], row["label"], row["sentence"])


class FilerClass(TableCode):
    """The classes of those who may open a case, and of those who may not."""

    __slots__ = ()
    name = "filer_class"

    @classmethod
    def of_table(cls, of: Table) -> Iterator[Choice]:
        """Yields the table's classes of filers."""
        for row in of["opening"].get("filers", {}).get("classes", ()):
            yield Choice(row["code"], row["label"], row["sentence"])


class ReportTypeCode(TableCode):
    """What sort of report this is."""

    __slots__ = ()
    name = "report_type"
    common = ReportType


class ConclusionCode(TableCode):
    """What a report concludes as a whole."""

    __slots__ = ()
    name = "conclusion"
    common = Conclusion


TABLE_CODES: tuple[type[TableCode], ...] = (
    TrackCode, VersionCode, StageCode, BodyCode, FilerClass, ReportTypeCode, ConclusionCode,
)  # fmt: skip
"""Every list whose codes the tables declare."""
