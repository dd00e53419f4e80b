"""Atom (RFC 4287): entries that a feed reader shows whole, with their text as XHTML.

Only ids and days given to it stand in a feed: the same entries give the same bytes.
"""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from ogpcase import __version__
from ogpcase.diagnostics.visible_text import harmless

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Paragraph(NamedTuple):
    """A text, and where it leads; `address` is empty where it leads nowhere."""

    text: str
    address: str = ""

    @classmethod
    def leading_to(cls, text: str, address: str | None) -> "Paragraph":
        """Returns a text that leads to an address, if that is a page of the web."""
        return cls(text, address if address and address.startswith(("http://", "https://")) else "")


class Entry(NamedTuple):
    """One thing to tell.

    `identity` are the ids that it is made of: they alone make its permanent name. `updated` is the day on which it last
    changed, `published` that on which it was first told, if it is known. Of those that changed on one day, the one that
    happened last comes first. `about` is the id and the title of its case.
    """

    identity: tuple[str, ...]
    title: str
    updated: date
    published: date | None
    happened: date
    address: str
    about: tuple[str, str]
    language: str | None
    paragraphs: tuple[Paragraph, ...]


class Feed(NamedTuple):
    """Entries under a title. `identity` makes its permanent name; `own` is the address of the feed, `home` its page.

    `subtitle` says what it leaves out, if anything.
    """

    identity: tuple[str, ...]
    title: str
    author: str
    own: str
    home: str
    entries: tuple[Entry, ...]
    subtitle: str = ""


def atom(feed: Feed) -> bytes:
    """Returns a feed in UTF-8, its entries as they come; without one it was updated when no feed was."""
    register_namespace("", ATOM)
    register_namespace("xhtml", XHTML)
    root = Element(_atom("feed"))
    _text(root, "id", permanent_name(*feed.identity))
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(max((entry.updated for entry in feed.entries), default=_NEVER)))
    _text(SubElement(root, _atom("author")), "name", feed.author)
    _text(root, "generator", "ogpcase", version=__version__)
    SubElement(root, _atom("link"), rel="self", type="application/atom+xml", href=feed.own)
    SubElement(root, _atom("link"), rel="alternate", type="text/html", href=feed.home)
    root.extend(map(_entry, feed.entries))
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def permanent_name(*identity: str) -> str:
    """Returns the name of a feed or an entry: it depends on nothing but these ids."""
    return uuid5(NAMESPACE_URL, "\0".join(("ogpcase", *identity))).urn


_NEVER = date(1970, 1, 1)


def _entry(entry: Entry) -> Element:
    element = Element(_atom("entry"))
    if entry.language:
        element.set(_LANGUAGE, entry.language)
    _text(element, "id", permanent_name(*entry.identity))
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.updated))
    if entry.published is not None:
        _text(element, "published", _moment(entry.published))
    SubElement(element, _atom("link"), rel="alternate", type="text/html", href=entry.address)
    case_id, title = entry.about
    SubElement(element, _atom("category"), term=case_id, label=inert(title))
    element.append(_content(entry.paragraphs))
    return element


def _content(paragraphs: Iterable[Paragraph]) -> Element:
    content = Element(_atom("content"), type="xhtml")
    whole = SubElement(content, f"{{{XHTML}}}div")
    for each in paragraphs:
        paragraph = SubElement(whole, f"{{{XHTML}}}p")
        if each.address:
            SubElement(paragraph, f"{{{XHTML}}}a", href=inert(each.address)).text = inert(each.text)
        else:
            paragraph.text = inert(each.text)
    return content


def _text(above: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(above, _atom(name), attributes).text = inert(text)


def _moment(day: date) -> str:
    """Returns the beginning of a day: more is not known."""
    return f"{day.isoformat()}T00:00:00Z"


def _atom(name: str) -> str:
    return f"{{{ATOM}}}{name}"


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
