"""The base of every record: the immutable model, its scalar types, and how a field is declared."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ogpcase.model.ids import ADDRESS_STARTS, ID, Reference, is_id

NULLABLE = frozenset({"body"})
"""The fields in which `null` has a meaning: the party is not a body of OGP."""


class Plain:
    """Pydantic's PlainValidator and WithJsonSchema in one; the annotated type is what the function returns."""

    def __init__(self, function: Callable[[Any], Any], json_schema: Mapping[str, Any]) -> None:
        self.function = function
        self.json_schema = json_schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Returns a schema that calls the function and serializes the value unchanged."""
        return core_schema.no_info_plain_validator_function(self.function)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Returns the declared JSON Schema."""
        return dict(self.json_schema)


def as_text(value: object) -> str:
    """Returns the text of a scalar as it is written in the file.

    The parser gives a number with its `written` text, and a `str` subclass for an unquoted scalar that other YAML
    readers would take for a date. The latter, and yes/no values, need quotes.

    Raises:
        PydanticCustomError: of a type that `error_messages` puts into words.
    """
    if type(value) is str:
        if not value.strip():
            raise PydanticCustomError("empty_text", "empty")
        return value
    written = getattr(value, "written", None)
    if isinstance(written, str) and not isinstance(value, str):
        return written
    if isinstance(value, str | bool):
        raise PydanticCustomError("needs_quotes", "needs quotes")
    raise PydanticCustomError("not_text", "not text")


def as_code(value: object) -> object:
    """Returns the written text of a number that stands for a code, and every other value unchanged."""
    if isinstance(value, str):
        return value
    written = getattr(value, "written", None)
    return written if isinstance(written, str) else value


def _id(value: object) -> str:
    if type(value) is str and is_id(value):  # nearly always, and quickest
        return value
    text = as_text(value)
    if not is_id(text):
        raise PydanticCustomError("bad_id", "not an id")
    return text


def _reference(value: object) -> Reference:
    return _referring(value if type(value) is str else as_text(value))


@lru_cache(maxsize=8192)  # a report is cited by every paper after it; nothing is kept of a text that is refused
def _referring(text: str) -> Reference:
    if not Reference.fits(as_text(text)):
        raise PydanticCustomError("bad_reference", "not a reference")
    return Reference(text)


def _item_reference(value: object) -> Reference:
    reference = _reference(value)
    if not reference.item:
        raise PydanticCustomError("bad_item_reference", "not a reference to an item")
    return reference


def _url(value: object) -> str:
    text = as_text(value)
    if not text.startswith(ADDRESS_STARTS) or text.split() != [text]:
        raise PydanticCustomError("bad_url", "not an address")
    return text


class Names:
    """Marks a text field that holds the id of a party, a case or a source."""

    def __init__(self, what: Literal["party", "case", "source"]) -> None:
        self.what = what


_TEXT_OR_NUMBER: dict[str, object] = {"type": ["string", "number"]}

Line = Annotated[str, Plain(as_text, {**_TEXT_OR_NUMBER, "minLength": 1, "pattern": r"\S"})]
Id = Annotated[str, Plain(_id, {**_TEXT_OR_NUMBER, "pattern": f"^{ID.pattern}$", "maxLength": 100})]
PartyId = Annotated[Id, Names("party")]
CaseId = Annotated[str, Plain(_id, {**_TEXT_OR_NUMBER, "pattern": f"^{ID.pattern}$"}), Names("case")]
EventId = Annotated[str, Plain(_id, {"type": "string", "pattern": f"^{ID.pattern}$"})]
LARGEST_NUMBER = 999_999_999
"""More than any count of days, votes or people; the columns of databases and frames hold 64 bits at most."""
Number = Annotated[int, Field(strict=True, ge=0, le=LARGEST_NUMBER)]
Flag = StrictBool
Url = Annotated[str, Plain(_url, {"type": "string", "format": "uri", "pattern": r"^(https?://|mailto:)\S+$"})]
AnyReference = Annotated[Reference, Plain(_reference, {"type": "string", "pattern": f"^{Reference.PATTERN.pattern}$"})]
ItemReference = Annotated[
    Reference, Plain(_item_reference, {"type": "string", "pattern": f"^{Reference.ITEM_PATTERN.pattern}$"})
]
T = TypeVar("T")


def one_text_for(name: str) -> BeforeValidator:
    """Annotates a model so that a single text may stand for a mapping with only the field `name`."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


def _listed(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else (value,)


class OneOrSeveral:
    """Annotates a list so that a single value may stand for it, as `languages: es`."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Makes a list of one from any value that is not a list."""
        return core_schema.no_info_before_validator_function(_listed, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Admits the list and the single value."""
        listed = handler(schema)
        return {"anyOf": [listed, listed["items"]]}


Several = Annotated[tuple[T, ...], OneOrSeveral()]
"""A list of short values; a single value may stand without the list."""


class Frozen(BaseModel):
    """An immutable model that refuses unknown fields.

    Raises pydantic's ValidationError for wrong values; `model.bind` turns it into problems.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, hide_input_in_errors=True
    )
    word_gives: ClassVar[str | None] = None
    """The field that a single word on the command line sets, where a mapping may be given too."""
    holds_other: ClassVar[str | None] = None
    """The field that holds another value of the record's field that `field` names; a value of that field's shape."""


class Shared(Frozen):
    """A part of every kind of event.

    Its schema is made once, with the class; deferred, it would be made again for each kind that occurs.
    """

    model_config = ConfigDict(defer_build=False)


Asked = Literal["first", "later", "never"]
"""When a terminal asks for a field: in turn, only if somebody wants to add it, or not at all."""
Picked = Literal["event", "concern", "report", "request", "allegation"]
"""What a reference is picked from: all events of the case or those of a kind, open requests, or allegations."""


class About(NamedTuple):
    """What a field declares beside its type and description.

    `public`: a public copy may hold it. `each`: the name of the option that adds one item of a list. `in_copies`: only
    `publish` writes it, and no option or question asks for it. `titles`: what the heading of a table calls it, in
    English, Spanish and French, then other words. `asked`: when a terminal asks for it. `picked`: what a reference is
    picked from. `one_line`: its text has no paragraphs. `prompt`: the sentence of a terminal, where the description is
    for somebody who writes the file. `label`: what views call it, where its name says too little. `noun`: what a
    sentence calls the fact, where its name is no noun.
    """

    public: bool
    each: str | None
    in_copies: bool
    titles: tuple[str, ...]
    asked: Asked
    picked: Picked
    one_line: bool
    prompt: str
    label: str
    noun: str
    made: list[CoreSchema]
    """The schema of the field, once it is made."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Makes the schema of a field once for all kinds of event that have it, unless it refers to other schemas."""
        if self.made:
            return self.made[0]
        made = handler(source)
        if not _refers(made):
            self.made.append(made)
        return made


def _refers(schema: object) -> bool:
    """True if a schema refers to one that stands elsewhere, as that of a record in a list of them."""
    if isinstance(schema, dict):
        return schema.get("type") == "definition-ref" or any(map(_refers, schema.values()))
    return isinstance(schema, list | tuple) and any(map(_refers, schema))


def _described(  # noqa: PLR0913 - each thing that a field declares
    text: str,
    titles: str = "",
    noun: str = "",
    *,
    public: bool,
    alias: str | None = None,
    required: bool = False,
    default: object = None,
    exclude: bool = False,
    each: str | None = None,
    in_copies: bool = False,
    asked: Asked = "first",
    picked: Picked = "event",
    one_line: bool = False,
    prompt: str = "",
    label: str = "",
) -> Any:  # noqa: ANN401 - pydantic replaces it by the value
    """Returns a field; optional unless `required`, not written to the file if `exclude`. See `About` for the rest.

    `titles` are separated by commas.
    """
    start = ... if required else default
    declared: Any = Field(start, description=text or None, alias=alias, exclude=exclude or None)
    words = tuple(titles.split(", ")) if titles else ()
    when: Asked = "never" if in_copies else asked
    declared.metadata.append(
        About(public, each, in_copies, words, when, picked, one_line, prompt, label, noun, made=[])
    )
    return declared


public = partial(_described, public=True)
"""Declares a field that a public copy may hold."""
public_list = partial(public, default=())
later = partial(public, asked="later")
"""Declares a public field that a terminal asks for only if somebody wants to add it."""
later_list = partial(later, default=())
private = partial(_described, public=False)
"""Declares a field that no public copy may hold."""
private_list = partial(private, default=())


def about(info: FieldInfo) -> About:
    """Returns what a field declares. Raises LookupError if it is neither `public` nor `private`."""
    notes = [note for note in info.metadata if isinstance(note, About)]
    if not notes:
        raise LookupError("a field of a record does not say whether it may be public")
    return notes[0]


def is_public(info: FieldInfo) -> bool:
    """True if a public copy may hold the field. Raises LookupError if the field does not say."""
    return about(info).public
