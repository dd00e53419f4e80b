"""Makes a text in which every field of a record can be filled in, with explanations as comments, and reads it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Any, NamedTuple

from ogpcase.diagnostics import Route
from ogpcase.editing.given_text import tree_of
from ogpcase.errors import BadInput
from ogpcase.ledger import asks_of
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.events import Event
from ogpcase.model.items import Answer, Finding, Reply
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.texts import Text
from ogpcase.yamltree.emitting import emit, key_text
from ogpcase.yamltree.splice import removed, value_at
from ogpcase.yamltree.tree import YamlTree

MARK = "#|"
"""How a comment of a template begins; comments that a person writes stay."""
_WIDTH = 79
_HEAD = (
    "Write behind the colons. What is left empty is left out, and so are these lines.",
    'A text with a colon, a # or a bracket in it goes into quotes: "Letter: an answer".',
    "For a text of several lines, write | behind the colon and the lines below, two blanks deeper than the name.",
    "Several values go into brackets: [one, two]. A list of items has a dash before each; copy it for another item.",
)


class Offered(NamedTuple):
    """What a template lists: the parties of a folder, and events, sources and open requests of a case on a day."""

    registry: Registry
    case: CaseFile | None
    today: date


def template_text(model: type, values: Mapping[str, Any], offered: Offered, given: str = "") -> str:
    """Returns a text with every field of a record: those with a value filled in, and the others empty.

    `given` is the text of a whole record, which comes first, as it is.
    """
    fields = [field for field in questions_of(model) if not field.in_copies]
    lines = [line for sentence in _HEAD for line in _comment(sentence)]
    lines += given.splitlines()
    for field in fields:
        if not given or field.name not in values:
            lines += _field(field, values, offered)
    return "".join(f"{line}\n" for line in [*lines, *_lists(fields, offered)])


def is_template(text: str) -> bool:
    """True if a text begins as a template does."""
    return text.lstrip().startswith(_comment(_HEAD[0])[0])


def without_template(text: str) -> str:
    """Returns the record that a filled-in template holds: without empty fields and items, and without its comments.

    The text must be a record's. Raises BadInput if nothing is filled in, or an empty field cannot be taken out.
    """
    within = _lines_within_texts(tree_of(text))
    lines = enumerate(text.splitlines(keepends=True), 1)
    text = "".join(line for number, line in lines if number in within or not line.lstrip().startswith(MARK))
    values = tree_of(text).value
    if _is_empty(values):
        raise BadInput("nothing is filled in; nothing was written")
    for route in reversed([*_empty(values, ())]):
        text = removed(tree_of(text), route)
    return text


def _lines_within_texts(tree: YamlTree) -> frozenset[int]:
    """Returns the numbers of the lines that go on with a text of several lines: what looks like a comment is none."""
    spans = (tree.span_of(route) for route in tree.routes() if isinstance(value_at(tree.value, route), str))
    return frozenset(number for span in spans for number in range(span.line + 1, span.end_line + 1))


def _is_empty(value: object) -> bool:
    if isinstance(value, dict | list):
        return all(map(_is_empty, value.values() if isinstance(value, dict) else value))
    return value is None


def _empty(value: object, route: Route) -> Iterator[Route]:
    """Yields the routes of the largest parts that hold nothing."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        if _is_empty(inner):
            yield (*route, step)
        else:
            yield from _empty(inner, (*route, step))


def _field(field: Question, values: Mapping[str, Any], offered: Offered) -> Iterator[str]:
    yield MARK
    yield from _comment(_sentence(field, Event))
    yield from _choices(field)
    for word, says in _picks(field, offered):
        yield from _comment(f"{word}: {says}", "  ")
    if field.name in values:
        yield from emit({field.name: values[field.name]}).splitlines()
        return
    yield f"{key_text(field.name)}:"
    if field.shape == "mapping":
        yield from _parts(field)


def _parts(field: Question) -> Iterator[str]:
    """Yields the empty fields of a mapping, or of the first item of a list."""
    indent = "  "
    for part in questions_of(field.holds):
        if not part.in_copies:
            sentence = _sentence(part, field.holds) + (f" As {_form(part)}." if part.shape == "mapping" else "")
            yield from _comment(sentence, indent)
            yield from _choices(part, indent)
            dash = "- " if field.repeats and indent == "  " else ""
            yield f"{indent}{dash}{key_text(part.name)}:"
            indent = "    " if field.repeats else indent


def _form(field: Question) -> str:
    inner = f"{{{', '.join(f'{part.name}: …' for part in questions_of(field.holds))}}}"
    return f"[{inner}]" if field.repeats else inner


def _is_made(field: Question, of: type) -> bool:
    """True for an id that is made of the text of its item."""
    return field.name == "id" and getattr(of, "word_gives", None) == "text"


def _sentence(field: Question, of: type) -> str:
    needed = " Needed." if field.required and not _is_made(field, of) else ""
    needed = " Made of the text if left empty." if _is_made(field, of) else needed
    several = " Several go into brackets." if field.repeats and field.shape != "mapping" else ""
    return f"{field.about}{several}{needed}"


def _choices(field: Question, indent: str = "") -> Iterator[str]:
    for choice in field.choices:
        yield from _comment(f"{choice.code}: {choice.sentence}", f"{indent}  ")


def _comment(words: str, indent: str = "") -> list[str]:
    """Returns the lines of a comment; an indent is written behind its mark."""
    return wrap(words, _WIDTH, initial_indent=f"{MARK} {indent}", subsequent_indent=f"{MARK} {indent}  ",
                break_on_hyphens=False, break_long_words=False) or [MARK]  # fmt: skip


Picks = Iterable[tuple[str, str]]


def _picks(field: Question, offered: Offered) -> Picks:
    """Yields what the items of a field refer to, where only open requests or only allegations can be meant."""
    if offered.case is None:
        return
    if issubclass(field.holds, Answer):
        for ask in asks_of(offered.case, offered.today, only_open=True):
            yield f"{ask.event.id}#{ask.item}", _plain(ask.text, offered)
    if issubclass(field.holds, Reply | Finding):
        for event in offered.case.events:
            for item in getattr(event, "allegations", ()):
                yield f"{event.id}#{item.id}", _plain(item.text, offered)


def _lists(fields: Iterable[Question], offered: Offered) -> Iterator[str]:
    """Yields the ids that fields of these shapes may hold, each with its name, as comments."""
    several = list(fields)
    parts = (part for field in several if field.shape == "mapping" for part in questions_of(field.holds))
    shapes = {field.shape for field in (*several, *parts)}
    for shape, (title, ids) in _LISTED.items():
        listed = [*ids(offered)] if shape in shapes else []
        if listed:
            yield MARK
            yield from _comment(title)
            for word, says in listed:
                yield from _comment(f"{word}: {says}", "  ")


def _parties(offered: Offered) -> Picks:
    known = offered.registry.parties.values()
    return ((party.id, "; ".join(party.names())) for party in sorted(known, key=lambda party: party.id))


def _events(offered: Offered) -> Picks:
    return ((event.id, _plain(event.title, offered)) for event in (offered.case.events if offered.case else ()))


def _sources(offered: Offered) -> Picks:
    known = offered.case.sources.items() if offered.case else ()
    return (
        (name, _plain(source.title, offered) if source.title else str(source.url or source.file))
        for name, source in known
    )


_LISTED: dict[str, tuple[str, Callable[[Offered], Picks]]] = {
    "party": ("Parties: write an id or any of the names.", _parties),
    "reference": ("Events of the case:", _events),
    "source": ("Sources of the case:", _sources),
}
"""What is listed at the end for fields of each shape."""


def _plain(text: Text, offered: Offered) -> str:
    """Returns a text in the language of the case, in one line."""
    header = offered.case.header if offered.case else None
    return " ".join(text.chosen(None, header.language if header else None)[0].split())
