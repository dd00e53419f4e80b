"""The messages of the program, as its code marks them and its lists and tables declare them, and their catalogues.

`python -m tests.catalogues` brings the catalogues up to date: it adds new messages without a translation, takes away
those that are no longer used, and writes the `.mo` files that the program reads. `make messages` runs it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, get_args

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

import ogpcase
from ogpcase.ledger import AskOutcome
from ogpcase.model.base import Frozen
from ogpcase.model.codelists import CODELISTS, Outcome
from ogpcase.model.field_names import label_of, noun_of
from ogpcase.model.spans import BOUND_WORDS
from ogpcase.model.table_codes import TABLE_CODES
from ogpcase.output.messages import CATALOGUES, ENGLISH, LANGUAGES, NOT_A_DAY
from ogpcase.policy.procedures import Evidence, Procedure, every_procedure
from ogpcase.reports.parties.rows import ROLES
from ogpcase.reports.record.text import PARTS
from ogpcase.reports.requests.rows import english_words
from ogpcase.reports.tables import TABLES

SOURCE = Path(ogpcase.__file__).parent
TRANSLATED = tuple(language for language in LANGUAGES if language != ENGLISH)


class Message(NamedTuple):
    """A message in English: its plural where it counts, and its context where it has one."""

    one: str
    several: str | None = None
    context: str | None = None


@cache
def messages() -> frozenset[Message]:
    """Returns every message of the program. One that has a plural somewhere has it everywhere."""
    found = set(_declared())
    for file in SOURCE.rglob("*.py"):
        found.update(marked_in(file.read_text("utf-8")))
    for template in SOURCE.rglob("templates/*.html"):
        found.update(_drawn_in(template.read_text("utf-8")))
    counting = {(message.one, message.context) for message in found if message.several}
    return frozenset(each for each in found if each.several or (each.one, each.context) not in counting)


def marked_in(code: str) -> Iterator[Message]:
    """Yields the messages that code marks: the texts that it gives to a function of `output.messages`."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from _marked(node.func.id, texts)


def _drawn_in(template: str) -> Iterator[Message]:
    """Yields the messages of a template of the register's pages."""
    for _line, function, texts in extract_from_ast(Environment(autoescape=True).parse(template), tuple(_MARKS)):
        yield from _marked(function, [each for each in (texts if isinstance(texts, tuple) else (texts,)) if each])


def _marked(function: str, texts: Sequence[str]) -> Iterator[Message]:
    """Yields the messages that a function of `output.messages` is given, where all are written out."""
    if len(texts) == len(_MARKS[function]):
        message = Message(**dict(zip(_MARKS[function], texts, strict=True)))
        yield message
        if function == "with_days":
            yield message._replace(context=NOT_A_DAY)


_MARKS = {
    "_": ("one",),
    "marked": ("one",),
    "ngettext": ("one", "several"),
    "pgettext": ("context", "one"),
    "with_days": ("one",),
}
"""What the texts are that each function is given."""


def _declared() -> Iterator[Message]:
    """Yields the messages that stand in code lists, fields of records and tables of procedures."""
    for outcome in {*get_args(AskOutcome), *map(str, Outcome), "parts_differ"}:
        word = english_words(outcome)
        yield from (Message(word), Message(word, context="several"))
    for model in _records(Frozen):
        yield from (Message(label_of(name)) for name in model.model_fields)
        yield from (Message(noun_of(name)) for name in model.model_fields)
    for codes in CODELISTS:
        yield from (Message(code.label) for code in codes)
    for table_codes in TABLE_CODES:
        yield from (Message(choice.label) for choice in table_codes.choices())
    yield from map(Message, (*BOUND_WORDS, *PARTS, *TABLES, "recorded by"))
    yield from (Message(words) for each in Evidence for words in (each.label, each.sentence))
    yield from (Message(outcome.sentence) for outcome in Outcome)
    yield from (Message(role.replace("_", " "), context="role") for role in ROLES if role != "through_parts")
    for procedure in every_procedure():
        yield Message(procedure.opening.name, context="opening")
        yield from map(Message, _of_procedure(procedure))


_SHOWN = {
    f"ogpcase.model.{name}" for name in ("base", "casefile", "events", "items", "parties", "publication", "sources")
}
"""The modules of the records whose fields views name."""


def _records(base: type[Frozen]) -> Iterator[type[Frozen]]:
    """Yields the models of records, and of their items."""
    for model in base.__subclasses__():
        if model.__module__ in _SHOWN:
            yield from (model, *_records(model))


def _of_procedure(procedure: Procedure) -> Iterator[str]:
    yield from (procedure.track_label, procedure.track_sentence)
    yield from (words for stage in procedure.stages for words in (stage.label, stage.sentence))
    yield from map(procedure.name_of, [*(body.code for body in procedure.bodies), *procedure.roles])
    for move in procedure.moves:
        yield from (move.title, move.requires.text, move.evidence.words, *(duty.text for duty in move.then_due))


def catalogue_of(language: str) -> Catalog:
    """Returns the catalogue of a language."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def path_of(language: str) -> Path:
    """Returns the file that translators edit."""
    return CATALOGUES / f"{language}.po"


def compiled(catalogue: Catalog) -> bytes:
    """Returns the bytes of the file that the program reads."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def written(catalogue: Catalog) -> bytes:
    """Returns the bytes of the file that translators edit."""
    file = BytesIO()
    write_po(file, catalogue, width=120, sort_output=True)
    return file.getvalue()


def translated_in(catalogue: Catalog) -> Mapping[Message, tuple[str, ...]]:
    """Returns the messages of a catalogue with their translations: of one that counts, for one and for several."""
    found: dict[Message, tuple[str, ...]] = {}
    for each in catalogue:
        one, several = (each.id, None) if isinstance(each.id, str) else (each.id[0], each.id[1])
        if one:
            said = each.string or ""
            found[Message(one, several, each.context)] = (said,) if isinstance(said, str) else tuple(said)
    return found


def brought_up_to_date(catalogue: Catalog) -> Catalog:
    """Returns a catalogue without what is no longer used, and with each new message, not yet translated."""
    needed = set(messages())
    for there in translated_in(catalogue):
        if there in needed:
            needed.remove(there)
        else:
            catalogue.delete(there.one, there.context)
    for message in needed:
        catalogue.add((message.one, message.several) if message.several else message.one, context=message.context)
    return catalogue


def main() -> None:
    """Brings every catalogue up to date."""
    for language in TRANSLATED:
        catalogue = brought_up_to_date(catalogue_of(language))
        path_of(language).write_bytes(written(catalogue))
        path_of(language).with_suffix(".mo").write_bytes(compiled(catalogue))


if __name__ == "__main__":
    main()
