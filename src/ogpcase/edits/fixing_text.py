"""The faults of one file's text that have one right answer, mended one after the other, each proved on its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from ogpcase.diagnostics import FileId, Place, Problem, Route, Span
from ogpcase.errors import BadInput
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.codelists import Kind
from ogpcase.model.fields import fields_of
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.yamltree import YamlTree, parse
from ogpcase.yamltree.splice import Field, in_quotes, inserted, replaced, scalar_at, value_at
from ogpcase.yamltree.splice_proof import same

_LINE_END = re.compile(r"\r\n|\n|\r")
_MARK = "\ufeff"
_FORMER = {"inactive": "suspended"}
"""Words of the 2014 version for a stage, and the code that says the same."""


def mended(text: str, file: FileId, *, version: str | None = None) -> str:
    """Returns a file's text with what has one right answer mended; doing it again changes nothing.

    Mended are: a byte-order mark, mixed line ends, a last line without an end, plain scalars that YAML readers take
    for different things, yes/no values where text belongs, and under the 2014 `version` its word for `suspended`.
    """
    for mend in (_without_mark, _with_one_line_end, _with_final_end):
        text = _if_alike(text, mend(text), file)
    for quote in (_ambiguous, _not_text):
        text = _each(text, file, quote)
    return _each(text, file, _former_words) if version == "2014" else text


def problems_of(text: str, file: FileId) -> tuple[Problem, ...]:
    """Returns what is wrong with the text and with the record in it."""
    parsed = parse(text.encode(), file)
    return (*parsed.problems, *(_bound(parsed.tree.value, file) if parsed.tree else ()))


def mends_of(text: str, file: FileId) -> Iterator[tuple[str, Span, str]]:
    """Yields, for each problem that quoting mends, its code, its place, and the text with that one mended."""
    tree, found = parse(text.encode(), file).tree, problems_of(text, file)
    if tree is None:
        return
    for problem in found:
        for candidates in (_ambiguous, _not_text):
            rest = [each for each in found if each is problem or each.code != problem.code]
            change = next(candidates(tree, rest), None) if problem.code in {"OC118", "OC207"} else None
            with suppress(BadInput):
                if change is not None and _mends(found, problems_of(new := change(), file)):
                    yield problem.code, tree.span_for(problem.places[0]), new


def _without_mark(text: str) -> str:
    return text.removeprefix(_MARK)


def _with_one_line_end(text: str) -> str:
    """Writes every line end as most are; a lone CR is none of today's."""
    counts = Counter(_LINE_END.findall(text))
    if len(counts) < 2 and "\r" not in counts:  # noqa: PLR2004 - one sort of line end is sound
        return text
    most = "\r\n" if counts["\r\n"] > counts["\n"] else "\n"
    return _LINE_END.sub(most, text)


def _with_final_end(text: str) -> str:
    if not text or text.endswith("\n"):
        return text
    return text + ("\r\n" if "\r\n" in text else "\n")


def _if_alike(old: str, new: str, file: FileId) -> str:
    """Returns the new text, unless it would be read as saying something else."""
    if old == new:
        return old
    before, after = parse(old.encode(), file).tree, parse(new.encode(), file).tree
    if after is None:  # a file that was cut short is not mended by ending its last line
        return old
    return new if before is None or same(before.value, after.value) else old


Candidates = Callable[[YamlTree, Sequence[Problem]], Iterator[Callable[[], str]]]


def _each(text: str, file: FileId, candidates: Candidates) -> str:
    """Makes each change that mends something and brings nothing; a tree is read anew after each."""
    refused: set[str] = set()
    while True:
        parsed, found = parse(text.encode(), file), problems_of(text, file)
        for change in candidates(parsed.tree, found) if parsed.tree is not None else ():
            try:
                new = change()
            except BadInput:
                continue
            if new not in refused and _mends(found, problems_of(new, file)):
                text = new
                break
            refused.add(new)
        else:
            return text


def _mends(before: Sequence[Problem], after: Sequence[Problem]) -> bool:
    """True when fewer problems are left, and none that was not there."""
    old, new = (Counter((each.code, each.message) for each in several) for several in (before, after))
    return not new - old and sum(new.values()) < sum(old.values())


def _ambiguous(tree: YamlTree, found: Sequence[Problem]) -> Iterator[Callable[[], str]]:
    """Yields how each scalar is quoted that readers disagree on, unless more is wrong with it."""
    for problem in found:
        span = problem.places[0].span
        at = scalar_at(tree, span.start) if problem.code == "OC118" and span is not None else None
        if at is not None and not any(_is_at(other.places[0], at[0]) for other in found):
            yield partial(in_quotes, tree, *at)


def _not_text(tree: YamlTree, found: Sequence[Problem]) -> Iterator[Callable[[], str]]:
    """Yields how each yes/no value is quoted that stands where text belongs."""
    for problem in found:
        if problem.code == "OC207":
            yield partial(in_quotes, tree, problem.places[0].route)


def _former_words(tree: YamlTree, found: Sequence[Problem]) -> Iterator[Callable[[], str]]:
    """Yields how each word of the 2014 version is written as a stage's code, and kept as the source's own."""
    for problem in found:
        if problem.code == "OC421":
            yield partial(_with_code, tree, problem.places[0].route)


def _with_code(tree: YamlTree, route: Route) -> str:
    word = value_at(tree.value, route)
    if not isinstance(word, str) or word not in _FORMER or not isinstance(tree.value, dict):
        return tree.text
    text = replaced(tree, route, _FORMER[word])
    again = parse(text.encode(), tree.file).tree
    kind = Kind.of(str(tree.value.get("kind")))
    if again is None or kind is None or "as_stated_status" in tree.value:
        return text
    names = [field.name for field in fields_of(kind)]
    before = names[: names.index("as_stated_status")]
    return inserted(again, (), Field("as_stated_status", word, before))


def _is_at(place: Place, route: Route) -> bool:
    return bool(route) and place.span is None and place.route == route


def _bound(values: object, file: FileId) -> tuple[Problem, ...]:
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if file.startswith(f"{PARTIES}/"):
        return bind_party(values, name, file).problems
    if file.endswith(f"/{HEADER_NAME}"):
        return bind_header(values, file.partition("/")[0], file).problems
    return bind_event(values, name, file).problems
