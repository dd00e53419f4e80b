"""The register of this project's cases, and of a small invented one, built once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from ogpcase.cli.read_session import opened
from ogpcase.site.building import Building, trees_for
from ogpcase.site.pages import Site

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 30)
Pages = Mapping[str, bytes]


def built(root: Path, *only: str, base_url: str = "") -> dict[str, bytes]:
    """Returns the files of a register by their paths; no path is made twice."""
    files: dict[str, bytes] = {}
    copy = opened(root, public=True)
    trees = trees_for(copy, only or copy.case_ids())
    for path, data in Building(copy, Site("Cases", base_url, DAY, "", trees), only).pages():
        assert path not in files
        files[path] = data
    return files


@pytest.fixture(scope="package")
def register() -> Pages:
    """The register of this project's own cases."""
    return built(ROOT / "cases")
