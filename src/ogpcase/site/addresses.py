"""The addresses of the register's pages, all made of ids. A link is relative, so that the register may stand anywhere.

An address is a path below the top of a language's tree that ends in `/`, or names a file; `""` is the front page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

PAGES = (
    "parties", "requests", "findings", "doubts", "procedures", "statistics", "about", "downloads", "search",
    "assets",
)  # fmt: skip
"""The names at the top that no case may have."""
DAYS, SOURCES = "days", "sources"
"""The names below a case that no event may have."""


def of_case(case: str) -> str:
    """Returns the address of a case."""
    return f"{case}/"


def of_event(case: str, event: str) -> str:
    """Returns the address of an event."""
    return f"{case}/{event}/"


def of_days(case: str) -> str:
    """Returns the address of the page that shows how a case stood on each day."""
    return f"{case}/{DAYS}/"


def of_source(case: str, source: str) -> str:
    """Returns the address of a source of a case."""
    return f"{case}/{SOURCES}/{source}/"


def of_party(party: str) -> str:
    """Returns the address of a party."""
    return f"parties/{party}/"


def of_procedure(name: str) -> str:
    """Returns the address of a procedure, by the name of its table."""
    return f"procedures/{name}/"


class Here(NamedTuple):
    """The page that links stand on: its address, its language's folder (`""` or `es/`), and what is there to link to.

    `is_there` says whether the register has a page of an address.
    """

    address: str
    tree: str
    is_there: Callable[[str], bool]

    @property
    def top(self) -> str:
        """The way from this page to the top of the register."""
        return "../" * f"{self.tree}{self.address}".count("/")

    def to(self, address: str, anchor: str = "") -> str:
        """Returns the link to a page of this language; an address of another tree is given with its folder."""
        return f"{self.top}{self.tree}{address}{f'#{anchor}' if anchor else ''}" or "./"

    def to_tree(self, tree: str) -> str:
        """Returns the link to this page in the tree of another language."""
        return f"{self.top}{tree}{self.address}" or "./"

    def absolute(self, base_url: str, tree: str) -> str:
        """Returns the whole address of this page in a tree; without the register's own address, a link to it."""
        return f"{base_url}/{tree}{self.address}" if base_url else self.to_tree(tree)

    def asset(self, name: str) -> str:
        """Returns the link to a file that all languages share."""
        return f"{self.top}assets/{name}"

    def reference(self, reference: str, case: str = "") -> str:
        """Returns the link to what a reference names, `case/event#item` or within a case; `""` if no page has it."""
        name, _, item = reference.partition("#")
        if not name:
            return ""
        address = f"{name}/" if "/" in name or not case else of_event(case, name)
        return self.to(address, item) if self.is_there(address) else ""

    def if_there(self, address: str) -> str:
        """Returns the link to a page; `""` if the register has none of this address."""
        return self.to(address) if self.is_there(address) else ""
