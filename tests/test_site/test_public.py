"""Nothing that a copy leaves out is in any byte of the register, and hostile text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from justhtml import JustHTML
from tests.test_publishing.folders import bound
from tests.test_publishing.secrets import Secret, with_days
from tests.test_publishing.test_canaries import Make, made, told
from tests.test_site.conftest import DAY, built

from ogpcase.errors import NotPublished
from ogpcase.site.building import Building
from ogpcase.site.pages import Site
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import texts_of

HOSTILE = "<script>alert(1)</script>]]>&amp;\" onload='x' {{ 7*7 }} {% raw %}"


def register_of(make: Make, secret: Secret) -> dict[str, bytes]:
    """The register of the copy of a folder, without its checks."""
    files = texts_of(public_copy(bound(make(secret))).records)
    workspace = Workspace(Root(Path("cases"), "public copy"), MemoryFiles(files), Path())
    return dict(Building(workspace, Site("Cases", "", DAY, "")).pages())


@made
def test_no_secret_is_in_any_byte_of_the_register(make: Make) -> None:
    """A withheld day may be the first of the month that stands for it; of days the next test asks."""
    secret = Secret("a")
    if make is with_days:
        return
    pages = register_of(make, secret)
    assert secret.tokens
    assert [] == told(secret, pages)


def test_withheld_days_change_no_byte_of_the_register() -> None:
    assert register_of(with_days, Secret("a")) == register_of(with_days, Secret("b"))


def test_what_publish_refuses_is_refused(arcadia: Path) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\n", encoding="utf-8")
    (arcadia / "parties" / "jane-roe.yaml").write_text("name: Jane Roe\nclassification: individual\n", encoding="utf-8")
    event = next(arcadia.rglob("*-letter*.yaml"))
    event.write_text(event.read_text(encoding="utf-8") + "signatories: [jane-roe]\n", encoding="utf-8")
    with pytest.raises(NotPublished):
        built(arcadia)


def in_every_text(values: object) -> object:
    """A record's values with a hostile text in place of each title, summary and text."""
    if isinstance(values, dict):
        return {
            name: HOSTILE if name in {"title", "summary", "text"} and isinstance(each, str) else in_every_text(each)
            for name, each in values.items()
        }
    return [in_every_text(each) for each in values] if isinstance(values, list) else values


def scripts(page: JustHTML) -> Iterator[str]:
    for each in page.query("script"):
        attributes = each.attrs or {}
        yield str(attributes.get("src") or attributes.get("type"))


def test_hostile_text_stays_text(arcadia: Path) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", encoding="utf-8")
    for path in (*arcadia.rglob("events/*.yaml"), *arcadia.rglob("sources/*.yaml"), *arcadia.rglob("case.yaml")):
        values = in_every_text(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
        path.write_text(yaml.safe_dump(values, allow_unicode=False, sort_keys=False, width=1000), encoding="utf-8")
    pages = {path: data.decode() for path, data in built(arcadia).items() if path.endswith(".html")}
    for text in pages.values():
        page = JustHTML(text, strict=True, sanitize=False)
        assert {each.rpartition("/")[2] for each in scripts(page)} <= {
            "filters.js", "days.js", "search.js", "ld+json",
        }  # fmt: skip
        assert "<script>alert" not in text
        assert not [each for each in page.query("*") if any(name.startswith("on") for name in each.attrs or {})]
    assert any("{{ 7*7 }}" in text for text in pages.values())
