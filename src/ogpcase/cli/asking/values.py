"""Turns one typed answer into the value of its field, with the same conversion as options."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from ogpcase.cli.asking.picks import Picks
from ogpcase.cli.asking.question import Asker, Shown
from ogpcase.cli.asking.terminal import Word
from ogpcase.diagnostics import did_you_mean
from ogpcase.editing.naming import resolver_for
from ogpcase.editing.typed_values import Typing, values_from
from ogpcase.errors import BadInput
from ogpcase.model.ids import ADDRESS_STARTS, RESERVED_PARTY_IDS, Reference
from ogpcase.model.questions import Question
from ogpcase.model.table_codes import Choice

MOST_LISTED = 9
"""The most things to pick from that are printed; the others complete."""
_NEW = "new"


class Field(NamedTuple):
    """A field to ask for: its question, how it is shown, and the values of the record so far.

    `taken` are values that its list has already, which need not be listed again.
    """

    question: Question
    shown: Shown
    record: Mapping[str, Any]
    taken: Collection[object] = ()


class Reader:
    """Asks for one value of a field, and converts it."""

    def __init__(self, asker: Asker, picks: Callable[[], Picks], add_party: Callable[[str], str]) -> None:
        """`picks` gives what can be picked now; `add_party` asks for a new party of a name and returns its id."""
        self._asker = asker
        self._picks = picks
        self._add_party = add_party

    def read(self, field: Field) -> object:
        """Returns the value; an empty text or `-` as it was typed.

        Raises GoBack; and OgpcaseError for words that mean no value.
        """
        question = field.question
        if question.shape == "code":
            return self._asker.choose(field.shown, self._picks().choices(question, field.record))
        if question.shape == "flag":
            return self._flag(field.shown)
        words = self._words(field)
        if question.shape in {"reference", "source", "mention"} and words:
            typed = self._asker.choose_or_type(field.shown, words[:MOST_LISTED], words)
        else:
            typed = self._asker.answer(field.shown, words)
        return self._meant(question, typed) if typed not in {"", "-"} else typed

    def _words(self, field: Field) -> list[Word]:
        shape, picks = field.question.shape, self._picks()
        if shape == "party":
            return picks.parties()
        if shape in {"reference", "mention"}:
            return [word for word in picks.references(field.question.picked) if word.word not in field.taken]
        return picks.sources(field.record) if shape == "source" else []

    def _flag(self, shown: Shown) -> object:
        typed = self._asker.choose(shown, (Choice("yes", "", ""), Choice("no", "", "")))
        return typed == "yes" or ("" if typed == "no" else typed)

    def _meant(self, question: Question, typed: str) -> object:
        if question.shape == "party" and not typed.startswith("{"):
            return self._party(typed)
        if question.shape == "source" and not typed.startswith(ADDRESS_STARTS):
            self._heed_source(typed)
        if question.shape == "reference":
            self._heed_reference(question, typed)
        if question.shape == "mention" and not Reference.fits(typed):
            return {"text": typed}
        if question.shape in {"text", "line"}:
            return typed
        single = question._replace(repeats=False)
        resolver = resolver_for(self._picks().registry, self._picks().today)
        return values_from({question.name: typed}, [single], resolver, Typing(as_options=False))[question.name]

    def _heed_reference(self, question: Question, typed: str) -> None:
        case = self._picks().case
        if case is None or (Reference.fits(typed) and ("/" in typed or Reference(typed).event in case.record_by_id)):
            return
        near = did_you_mean(typed, [word.word for word in self._picks().references(question.picked)])
        raise BadInput(f"the case has no record `{typed}`", *near, "one of another case is written CASE/EVENT")

    def _heed_source(self, typed: str) -> None:
        known = [word.word for word in self._picks().sources({})]
        if self._picks().case is not None and typed not in known:
            raise BadInput(f"the case has no source `{typed}`", "give its address, as https://…, or one of the ids")

    def _party(self, typed: str) -> str:
        """Returns the id of the party of a name; lets somebody pick a near one, add a new one or type another name."""
        picks = self._picks()
        found = picks.registry.named(typed)
        if len(found) == 1 or typed in RESERVED_PARTY_IDS:
            return next(iter(found), typed)
        known = [Word(each, picks.name(each)) for each in found] or picks.near(typed)
        sentence = "several parties have this name" if found else "no party has this name; type another, or choose"
        listed = known if found else [*known, Word(_NEW, f"add it as a new party: {typed}")]
        picked = self._asker.choose_or_type(Shown(typed, sentence, "not this one"), listed, [*listed, *picks.parties()])
        if picked == _NEW and not found:
            return self._add_party(typed)
        if picked in {"", "-"}:
            raise BadInput(f"`{typed}` was not taken")
        return self._party(picked)
