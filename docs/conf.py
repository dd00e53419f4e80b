"""How Sphinx makes the site of the documents: `make site` writes it, and .ci/run judges it.

The documents stay plain Markdown that reads well where the repository is hosted; what only a site needs stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "ogpcase"
author = "The ogpcase contributors"
project_copyright = author

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "*.md", "cases/**.md", "benchmarks/*.md"]
myst_heading_anchors = 4

nitpicky = True
html_theme = "furo"  # brings its fonts, scripts and icons along: a reader's browser asks nobody else
html_title = "ogpcase"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_additional_pages = {"index": "first-page.html"}
templates_path = ["templates"]

PAGES = {
    "docs/index": {
        "Start here": ["installing", "start/analyst", "start/reviewer", "start/ci", "start/researcher"],
        "Guides": [
            "The tour </README>",
            "recording-a-case",
            "importing",
            "reading-a-case",
            "publishing",
            "register",
            "editors",
            "python",
            "ci",
            "scale",
        ],
        "Look it up": [
            "commands",
            "checks/README",
            "json",
            "tables",
            "exporting",
            "parquet",
            "python-names",
            "glossary",
        ],
        "The records": ["/cases/README"],
        "What holds": ["reliability", "conventions", "threat-model", "/SECURITY", "/benchmarks/README"],
        "The design": ["/ARCHITECTURE", "/DECISIONS", "/CONTRIBUTING", "/CHANGELOG"],
    },
    "docs/checks/README": {"": ["OC*"]},
    "cases/README": {"": ["*/README"]},
    "benchmarks/README": {"": ["RESULTS"]},
}
"""Which page the menu lists below which; one that nothing lists, or a name without a page, is a warning of Sphinx."""


def list_pages(_app: Sphinx, page: str, source: list[str]) -> None:
    """Adds a page's part of the menu to its text."""
    for caption, names in PAGES.get(page, {}).items():
        options = [":hidden:", ":glob:", *([f":caption: {caption}"] if caption else [])]
        source[0] += "\n".join(["", "", "```{toctree}", *options, *names, "```", ""])


def setup(app: Sphinx) -> dict[str, bool]:
    """Is called by Sphinx."""
    app.connect("source-read", list_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
