"""What fields are called in views and sentences, as their models declare it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ogpcase.model import events  # noqa: F401 - so that every kind and item is a subclass by now
from ogpcase.model.base import About, Frozen


def label_of(name: str) -> str:
    """Returns what views call a field: the label that it declares, else its name with blanks."""
    declared = _declared().get(name)
    return (declared.label if declared else "") or name.rstrip("_").replace("_", " ")


def noun_of(name: str) -> str:
    """Returns what a sentence calls the fact that a field holds: `step` for `moves_to`; else what views call it."""
    declared = _declared().get(name)
    return (declared.noun if declared else "") or label_of(name)


@cache
def _declared() -> Mapping[str, About]:
    """Returns what is declared of fields that have a label or a noun, by name; one name has the same everywhere."""
    return {name: said for name, said in _named(Frozen) if said.label or said.noun}


def _named(base: type[Frozen]) -> Iterator[tuple[str, About]]:
    for model in base.__subclasses__():
        for name, field in model.model_fields.items():
            yield from ((field.alias or name, note) for note in field.metadata if isinstance(note, About))
        yield from _named(model)
