"""A secret word in every place that can be withheld, by enumeration: none is in any byte of the copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from html import unescape
from urllib.parse import unquote

import pytest
from tests.test_editing_setting import parts
from tests.test_publishing.folders import bound
from tests.test_publishing.secrets import (
    Folder,
    Secret,
    with_days,
    with_fields,
    with_items,
    with_party,
    with_source_files,
    with_whole_events,
    with_withdrawn,
)

from ogpcase.model.base import Frozen, is_public
from ogpcase.model.casefile import CaseHeader, FolderSettings
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party
from ogpcase.model.sources import SourceRecord
from ogpcase.output.messages import LANGUAGES
from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import texts_of

Make = Callable[[Secret], Folder]
FOLDERS: dict[str, Make] = {
    **{f"fields of {kind}": partial(with_fields, kind) for kind in Kind},
    **{f"items of {kind}": partial(with_items, kind) for kind in Kind},
    "whole events": with_whole_events,
    "withdrawn events": with_withdrawn,
    "party": with_party,
    "days": with_days,
    "sources in files": with_source_files,
}
made = pytest.mark.parametrize("make", FOLDERS.values(), ids=FOLDERS.keys())


@cache
def copied(make: Make, name: str) -> tuple[Secret, dict[str, bytes]]:
    """Returns secrets of this name, and the files of the copy of a folder that holds them."""
    secret = Secret(name)
    return secret, texts_of(public_copy(bound(make(secret))).records)


def told(secret: Secret, files: dict[str, bytes]) -> list[tuple[str, str]]:
    """The secrets that stand in the bytes or names of files, plain or as what they may stand for."""
    found = []
    for file, data in files.items():
        text = f"{file}\n{data.decode()}"
        for spelling in {text, unquote(text), unescape(text)}:
            small = spelling.casefold()
            found += [(of, file) for token, of in secret.tokens.items() if token.casefold() in small]
    return found


@made
def test_no_secret_is_in_any_byte_of_the_copy(make: Make) -> None:
    for name in ("a", "b"):
        secret, files = copied(make, name)
        assert secret.tokens
        assert [] == told(secret, files)


@made
def test_the_copy_is_the_same_for_other_secrets(make: Make) -> None:
    (_, one), (_, other) = copied(make, "a"), copied(make, "b")
    assert one.keys() == other.keys()
    assert [] == [(one[file].decode(), other[file].decode()) for file in one if one[file] != other[file]]


@made
def test_a_copy_of_all_would_tell_every_secret(make: Make) -> None:
    """A test of the tests above: without `withhold` each secret is there."""
    secret = Secret("a")
    folder = make(secret)
    for values in folder.values():
        values.pop("withhold", None)
        values.pop("withdrawn", None)
        for source in (values, *values.get("sources", ())):
            if isinstance(source, dict) and "file" in source:
                source["publish_copy"] = True
            if isinstance(source, dict):
                source.pop("withhold", None)
    records = bound(folder)
    readable = frozenset(f"{case}/{source.file}" for case, source in records.each_source() if source.file)
    files = texts_of(public_copy(records, readable).records)
    assert set(secret.tokens.values()) == {of for of, _ in told(secret, files)}


def test_what_is_kept_of_a_party_is_all_that_is() -> None:
    for keep, wanted in (
        ((), ("other", None)),
        (("country",), ("other", "DE")),
        (("classification",), ("individual", None)),
    ):
        records = public_copy(bound(with_party(Secret("a"), keep))).records
        party = records.parties["witness-a"]
        assert wanted == (str(party.classification), party.country)
        names = {tag: party.name.chosen(tag, None) for tag in LANGUAGES}
        assert ("Name withheld (witness-a)", "en") == names["en"]
        assert all(tag == own and "(witness-a)" in name for tag, (name, own) in names.items())


RECORDS: list[type[Frozen]] = [*KINDS.values(), CaseHeader, Party, SourceRecord, FolderSettings]


def reachable(record: type[Frozen]) -> set[type[Frozen]]:
    """The model of a record and every model that its fields are made of."""
    return set(parts(record, set()))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_of_every_model_says_whether_it_may_be_public(record: type[Frozen]) -> None:
    """`is_public` raises where a field says nothing."""
    for part in reachable(record):
        for field in part.model_fields.values():
            assert is_public(field) in {True, False}


def test_what_may_not_be_public_is_what_speaks_of_publication() -> None:
    private = {
        f"{part.__name__}.{name}"
        for record in RECORDS
        for part in reachable(record)
        for name, field in part.model_fields.items()
        if not is_public(field)
    }
    kinds = {f"{cls.__name__}.withhold" for cls in KINDS.values()}
    own = {"CaseHeader.withhold", "Party.withhold", "Party.publish", "Source.withhold", "Source.publish_copy"}
    own |= {"SourceRecord.withhold", "SourceRecord.publish_copy"}
    parts = {"LeftOut.field", "LeftOut.instead", "LeftOut.because", "Publish.because"}
    parts |= {"Pseudonym.pseudonym", "Pseudonym.keep", "Pseudonym.linkable"}
    assert kinds | own | parts == private
