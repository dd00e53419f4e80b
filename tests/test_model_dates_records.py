"""Dates inside records: what pydantic and JSON Schema take, and what they say of the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, ValidationError

from ogpcase.model.dates import FuzzyDate


def parse(text: str) -> FuzzyDate:
    return FuzzyDate.parse(text)


class Written(int):
    """A plain number as a reader of records hands it over."""

    written: str


class Record(BaseModel):
    model_config = ConfigDict(frozen=True)
    dated: FuzzyDate


def written(value: int, text: str) -> Written:
    number = Written(value)
    number.written = text
    return number


@pytest.mark.parametrize(
    ("value", "text"),
    [("2018-07", "2018-07"), (written(2018, "2018"), "2018"), (parse("2018-07-XX"), "2018-07-XX")],
)
def test_a_record_takes_a_date_as_written(value: object, text: str) -> None:
    record = Record.model_validate({"dated": value})
    assert text == record.dated.text
    assert {"dated": text} == record.model_dump(mode="json")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("2018-13", "month 13 does not exist"),
        (1531699200, "a date is not written as text"),
        (date(2018, 7, 16), "a date is not written as text"),
        (["2018"], "a date is not written as text"),
        (written(2_018, "2_018"), "this is not a date in EDTF"),
        (None, "a date is empty"),
    ],
)
def test_a_record_refuses_what_is_no_date(value: object, why: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Record.model_validate({"dated": value})
    (error,) = caught.value.errors()
    assert ("bad_date", why, ("dated",)) == (error["type"], error["ctx"]["why"], error["loc"])


def schema() -> Any:
    return Record.model_json_schema()["properties"]["dated"]


@pytest.mark.parametrize(
    "text",
    [
        "2018",
        "2018-07-16",
        "2018-07~",
        "2018-07-XX",
        "2018-XX-XX",
        "201X?",
        "unknown",
        "2017-10-19/2017-10-20?",
        "2024-10/..",
        "../2018-07",
        "/2018",
        "2018/",
        "[2025-07-01..2025-11-30]",
        "[..2025-12-01]",
        "[2025-12..]",
        "[2015-04-14,2015-04-15]",
        "[1667,1668,1670..1672]",
        "[..2018-07,2019?,2020..]",
        "[201X,2022-03-05]",
    ],
)
def test_the_schema_takes_what_is_a_date(text: str) -> None:
    assert Draft202012Validator(schema()).is_valid(text)


@pytest.mark.parametrize(
    "value", ["", "2018-13", "2018-07-16T10:00", "[2018]", "2018/2019/2020", "0000", 201, 2018.5, None, ["2018"]]
)
def test_the_schema_refuses_what_is_no_date(value: object) -> None:
    assert not Draft202012Validator(schema()).is_valid(value)


def test_the_schema_takes_a_plain_year_as_a_number() -> None:
    assert Draft202012Validator(schema()).is_valid(2018)
    assert all(Draft202012Validator(schema()).is_valid(each) for each in schema()["examples"])
