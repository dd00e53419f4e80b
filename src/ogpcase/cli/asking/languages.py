"""Asks for the texts of a record in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from ogpcase.cli.asking.interview import Interview
from ogpcase.cli.asking.question import GoBack, Shown
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.texts import LANGUAGE, language_known, same_language


class _Written(NamedTuple):
    """A text of the record: its question, its name for people, and where it is."""

    question: Question
    name: str
    inside: dict[str, Any]


def ask_languages(interview: Interview, fields: Iterable[Question], own: str) -> None:
    """Asks for another language until there is none, and for each text in it. `own` is that of plain texts."""
    several = tuple(fields)
    with suppress(GoBack):
        while (texts := list(_texts(several, interview.values))) and (tag := _tag(interview, own)):
            for text in texts:
                _translate(interview, text, tag, own)


def _tag(interview: Interview, own: str) -> str:
    shown = Shown("another language", f"of the texts, beside `{own}`: a tag, as es or fr", "none")
    while tag := interview.asker.answer(shown):
        if LANGUAGE.fullmatch(tag) and language_known(tag) and not same_language(tag, own):
            return tag
        interview.asker.say(f"`{tag}` is not the tag of another language")
    return ""


def _texts(fields: Iterable[Question], values: dict[str, Any], trail: str = "") -> Iterator[_Written]:
    """Yields the texts of a record, and those of its items."""
    for field in fields:
        value = values.get(field.name)
        name = f"{trail}{field.words}"
        if field.shape == "text" and value is not None:
            yield _Written(field, name, values)
        elif field.shape == "mapping" and value is not None:
            for at, item in enumerate(value if isinstance(value, list) else [value], 1):
                if isinstance(item, dict):
                    yield from _texts(questions_of(field.holds), item, f"{name} {at}, ")


def _translate(interview: Interview, text: _Written, tag: str, own: str) -> None:
    value = text.inside[text.question.name]
    by_tag = value if isinstance(value, dict) else {own: value}
    if tag in by_tag:
        return
    original = " ".join(str(next(iter(by_tag.values()))).split())
    shown = Shown(f"{text.name} in {tag}", original, "skip", lines=not text.question.one_line)
    if typed := interview.asker.answer(shown):
        text.inside[text.question.name] = {**by_tag, tag: typed}
        interview.changed()
