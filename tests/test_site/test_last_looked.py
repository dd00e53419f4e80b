"""The day on which an answer was last looked for: what the days tell on which sources were read, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_site.conftest import built

READ, LOOKED = "were last read on", "last looked for on"


@pytest.mark.parametrize(
    ("retrieved", "read", "looked"),
    [
        ("2023-09-05", "5 September 2023", "5 September 2023"),
        ("2023-02-01", "1 February 2023", None),  # on the day of the request, perhaps before it
        ("2023-09", None, None),  # a month is no day
        ("2023-09-05~", None, None),
        (None, None, None),
    ],
)
def test_an_open_request_has_the_day_on_which_sources_were_read_after_it(
    retrieved: str | None, read: str | None, looked: str | None, arcadia: Path
) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    if retrieved:
        letter.write_text(f"{letter.read_text('utf-8')}    retrieved: {retrieved}\n", "utf-8")
    pages = built(arcadia)
    case, requests = (pages[f"{name}/index.html"].decode() for name in ("arcadia-2023", "requests"))
    said = f'{READ} <time datetime="{retrieved}">{read}</time>' if read else "last looked for is not recorded"
    assert said in case
    assert (READ in case) is bool(read)
    for page in (case, requests):
        assert (LOOKED in page) is bool(looked)
        assert not looked or f'{LOOKED} <time datetime="{retrieved}">{looked}</time>' in page
