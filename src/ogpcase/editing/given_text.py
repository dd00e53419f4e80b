"""Texts that a person gives whole: a template with every field explained, and how names in a text become ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from ogpcase.diagnostics import Route
from ogpcase.editing.naming import Resolver
from ogpcase.editing.picks import Picks
from ogpcase.editing.typed_values import Unresolved, fields_as_stored
from ogpcase.errors import BadInput
from ogpcase.model.events import Event
from ogpcase.model.items import Answer, Finding, Reply
from ogpcase.model.questions import Question, questions_of
from ogpcase.yamltree.emitting import emit, key_text
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import as_written

_NOTHING = "; nothing was written"


def values_stored(model: type, values: Mapping[str, Any], resolver: Resolver, text: str, name: str) -> dict[str, Any]:
    """Returns a record's values with party names turned into ids; `text` is empty if it was not YAML in lines.

    Raises BadInput, with the place in the text that `name` has, for a name or a date that means nothing.
    """
    try:
        return fields_as_stored(model, values, resolver)
    except Unresolved as fault:
        place = f"{name}: `{'.'.join(map(str, fault.route))}`"
        if text:
            span = tree_of(text).span_of(fault.route)
            place = f"{name}:{span.line}:{span.column}"
        message = fault.message.removesuffix(_NOTHING)
        raise BadInput(f"{place}: {message}{_NOTHING}", *fault.hints) from None


def tree_of(text: str) -> YamlTree:
    """Returns the tree of a text whose values were read before."""
    tree = parse(text.encode("utf-8", "surrogateescape"), "").tree
    assert tree is not None
    return tree


def text_with(text: str, values: Mapping[str, Any]) -> str | None:
    """Returns the text of a record with these values: those that differ are replaced, new fields stand at its end.

    None if the text cannot be changed there without changing more.
    """
    old = tree_of(text).value
    assert isinstance(old, dict)
    if not old.keys() <= values.keys():
        return None
    try:
        for route, value in _differences(old, values, ()):
            text = replaced(tree_of(text), route, value)
    except BadInput:
        return None
    added = {name: value for name, value in values.items() if name not in old}
    return text + emit(added) if added else text


def _differences(old: Any, new: Any, route: Route) -> Iterator[tuple[Route, Any]]:  # noqa: ANN401 - any parsed value
    """Yields the values that differ with their routes, each as deep in the record as it can be."""
    if isinstance(old, dict) and isinstance(new, Mapping) and (not route or old.keys() == new.keys()):
        for name in old:
            yield from _differences(old[name], new[name], (*route, name))
    elif isinstance(old, list) and isinstance(new, list | tuple) and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, (*route, at))
    else:
        plain = not isinstance(old, dict | list) and not isinstance(new, Mapping | list | tuple)
        if as_written(old) != as_written(new) if plain and type(old) is not type(new) else old != new:
            yield route, new


MARK = "#|"
"""How a comment of a template begins; comments that a person writes stay."""
_WIDTH = 79
_HEAD = (
    "Write behind the colons. What is left empty is left out, and so are these lines.",
    'A text with a colon, a # or a bracket in it goes into quotes: "Letter: an answer".',
    "For a text of several lines, write | behind the colon and the lines below, two blanks deeper than the name.",
    "Several values go into brackets: [one, two]. A list of items has a dash before each; copy it for another item.",
)


def template_text(model: type, values: Mapping[str, Any], picks: Picks, given: str = "") -> str:
    """Returns a text with every field of a record: those with a value filled in, and the others empty.

    `given` is the text of a whole record, which comes first, as it is.
    """
    fields = [field for field in questions_of(model) if not field.in_copies]
    lines = [line for sentence in _HEAD for line in _comment(sentence)]
    lines += given.splitlines()
    for field in fields:
        if not given or field.name not in values:
            lines += _field(field, values, picks)
    return "".join(f"{line}\n" for line in [*lines, *_lists(fields, picks)])


def is_template(text: str) -> bool:
    """True if a text begins as a template does."""
    return text.lstrip().startswith(_comment(_HEAD[0])[0])


def without_template(text: str) -> str:
    """Returns the record that a filled-in template holds: without empty fields and items, and without its comments.

    The text must be a record's. Raises BadInput if nothing is filled in, or an empty field cannot be taken out.
    """
    tree = tree_of(text)
    texts = (tree.span_of(route) for route in tree.routes() if isinstance(value_at(tree.value, route), str))
    within = {number for span in texts for number in range(span.line + 1, span.end_line + 1)}  # there are no comments
    lines = enumerate(text.splitlines(keepends=True), 1)
    text = "".join(line for number, line in lines if number in within or not line.lstrip().startswith(MARK))
    values = tree_of(text).value
    if _is_empty(values):
        raise BadInput("nothing is filled in; nothing was written")
    for route in reversed([*_empty(values, ())]):
        text = removed(tree_of(text), route)
    return text


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


def _field(field: Question, values: Mapping[str, Any], picks: Picks) -> Iterator[str]:
    yield MARK
    yield from _comment(_sentence(field, Event))
    yield from _listed((choice.code, choice.sentence) for choice in field.choices)
    if issubclass(field.holds, Answer | Reply | Finding):  # only open requests or only allegations can be meant
        yield from _listed(picks.references("request" if issubclass(field.holds, Answer) else "allegation"))
    if field.name in values:
        yield from emit({field.name: values[field.name]}).splitlines()
        return
    yield f"{key_text(field.name)}:"
    if field.shape == "mapping":
        yield from _parts(field)


def _parts(field: Question) -> Iterator[str]:
    indent = "  "
    for part in questions_of(field.holds):
        if not part.in_copies:
            form = f"{{{', '.join(f'{each.name}: …' for each in questions_of(part.holds))}}}"
            form = f" As {f'[{form}]' if part.repeats else form}." if part.shape == "mapping" else ""
            yield from _comment(_sentence(part, field.holds) + form, indent)
            yield from _listed(((choice.code, choice.sentence) for choice in part.choices), f"{indent}  ")
            dash = "- " if field.repeats and indent == "  " else ""
            yield f"{indent}{dash}{key_text(part.name)}:"
            indent = "    " if field.repeats else indent


def _sentence(field: Question, of: type) -> str:
    needed = " Needed." if field.required else ""
    if field.name == "id" and getattr(of, "word_gives", None) == "text":
        needed = " Made of the text if left empty."
    several = " Several go into brackets." if field.repeats and field.shape != "mapping" else ""
    return f"{field.about}{several}{needed}"


def _listed(words: Iterable[tuple[str, str]], indent: str = "  ") -> Iterator[str]:
    for word, says in words:
        yield from _comment(f"{word}: {says}", indent)


def _comment(words: str, indent: str = "") -> list[str]:
    return wrap(words, _WIDTH, initial_indent=f"{MARK} {indent}", subsequent_indent=f"{MARK} {indent}  ",
                break_on_hyphens=False, break_long_words=False) or [MARK]  # fmt: skip


def _lists(fields: Sequence[Question], picks: Picks) -> Iterator[str]:
    """Yields the ids that fields of these shapes may hold, each with its name, as comments."""
    parts = (part for field in fields if field.shape == "mapping" for part in questions_of(field.holds))
    shapes = {field.shape for field in (*fields, *parts)}
    for shape, title, words in (
        ("party", "Parties: write an id or any of the names.", picks.parties()),
        ("reference", "Events of the case:", picks.references("event")),
        ("source", "Sources of the case:", picks.sources({})),
    ):
        if shape in shapes and words:
            yield MARK
            yield from _comment(title)
            yield from _listed(words)
