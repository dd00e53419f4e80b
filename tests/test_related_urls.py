"""`related` takes several addresses; the one `url` of the first format is still read, and `--fix` brings it over."""

from __future__ import annotations

import pytest

from ogpcase.editing.fixing import mended
from ogpcase.model.bind import bind_header

FILE = "arcadia-2023/case.yaml"
HEAD = "title: T\ntrack: response_policy\npolicy_version: '2017'\nsubject: gov\ncountry: XA\nlanguage: en\nrelated:\n"
ONE, OTHER = "https://example.org/one", "https://example.org/other"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            f"  - relation: later_case\n    title: Later  # elsewhere\n    url: {ONE}  # its page\n",
            f"  - relation: later_case\n    title: Later  # elsewhere\n    urls:\n      - {ONE}\n",
        ),
        (f"  - {{relation: precedent, url: {ONE!r}}}\n", f"  - {{relation: precedent, urls: [{ONE!r}]}}\n"),
        (
            f"  - relation: precedent\n    url: {ONE}\n    urls:\n      - {OTHER}\n",
            f"  - relation: precedent\n    urls:\n      - {OTHER}\n      - {ONE}\n",
        ),
    ],
)
def test_the_address_of_the_first_format_is_brought_over(old: str, new: str) -> None:
    found = mended(HEAD + old, FILE)
    assert (HEAD + new).replace("'", '"') == found.replace("'", '"')
    assert found == mended(found, FILE)


def test_both_forms_are_read() -> None:
    header = {"title": "T", "track": "response_policy", "subject": "gov", "country": "XA", "language": "en"}
    related = [{"relation": "precedent", "url": ONE}, {"relation": "precedent", "urls": [ONE, OTHER]}]
    bound = bind_header({**header, "related": related}, "arcadia-2023", FILE)
    assert ((), True) == (
        bound.problems,
        bound.record is not None and all(one.is_described for one in bound.record.related),
    )
