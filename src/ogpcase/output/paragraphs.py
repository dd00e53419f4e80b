"""Paragraphs for readers of feeds and timelines: text that stays text, and links that lead to pages alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ogpcase.diagnostics.visible_text import harmless


class Paragraph(NamedTuple):
    """A text, and where it leads; `address` is empty where it leads nowhere."""

    text: str
    address: str = ""

    @classmethod
    def leading_to(cls, text: str, address: str | None) -> Paragraph:
        """Returns a text that leads to an address, if that is a page of the web."""
        return cls(text, address if address and address.startswith(("http://", "https://")) else "")


def inert(text: str) -> str:
    """Returns text on one line, without characters that XML does not know or that nobody sees."""
    return harmless(" ".join(text.split()))


def html_of(paragraphs: Iterable[Paragraph]) -> str:
    """Returns paragraphs as HTML, in which record text is no markup."""
    return "".join(f"<p>{_linked(each)}</p>" for each in paragraphs)


def html_text(text: str) -> str:
    """Returns text as HTML shows it."""
    return escape(inert(text))


def _linked(paragraph: Paragraph) -> str:
    text = html_text(paragraph.text)
    return f'<a href="{html_text(paragraph.address)}">{text}</a>' if paragraph.address else text
