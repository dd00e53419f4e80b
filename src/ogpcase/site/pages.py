"""Draws pages: their addresses, the templates, what they may call, and the file that each page is.

An address is made of ids: a path below the top of a language's tree that ends in `/`, or the name of a file; `""` is
the front page. A link is relative, so that the register may stand anywhere.

All that a template prints is escaped. A text in another language than the page's is marked with its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.texts import same_language
from ogpcase.output.bars import hue_of
from ogpcase.output.lines import Page, plain
from ogpcase.output.messages import ENGLISH, _, marked, ngettext, with_days
from ogpcase.output.words import GLUE, apart, before, counted, dates_in, days_in_words, in_long, last_named, since_said
from ogpcase.reports.findings.rows import graded
from ogpcase.reports.findings.text import grade_words
from ogpcase.reports.heading.text import quiet_words, related_name, since_words, stage_lines
from ogpcase.reports.parties.text import asker_of as asker_of_party
from ogpcase.reports.parties.text import days_of as days_of_party
from ogpcase.reports.parties.text import part_words
from ogpcase.reports.requests.text import asker_of, days_of, due_words, line_words, missed_words, name_of
from ogpcase.reports.shown import Said, field_words, for_words, said_of, somebody
from ogpcase.reports.sources.text import about_words, given_words
from ogpcase.reports.stats.text import votes_in_words

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


LANGUAGE_NAMES = {"en": "English", "es": "Español", "fr": "Français"}
"""What the languages of the program call themselves."""
MENU = (
    ("", marked("Cases")), ("requests/", marked("Requests")), ("findings/", marked("Findings")),
    ("doubts/", marked("Doubts")), ("parties/", marked("Parties")), ("statistics/", marked("Statistics")),
    ("procedures/", marked("Procedures")), ("downloads/", marked("Downloads")), ("about/", marked("About")),
    ("search/", marked("Search")),
)  # fmt: skip
"""The pages that each page leads to, by their addresses."""
_MAIN = frozenset(address for address, _words in MENU)
PAGES = frozenset({"assets", *(address.rstrip("/") for address in _MAIN if address)})
"""The names at the top that no case may have."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "yi", "ug", "ku"})


Parts: TypeAlias = dict[str, Any]
"""What only a template reads of something, by name."""


def _policy(scripts: str = "'none'", connects: str = "'none'") -> str:
    """Returns what a page may load, as its Content-Security-Policy says; by default its style sheet alone."""
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        f"script-src {scripts}; connect-src {connects}; base-uri 'none'; form-action 'self'"
    )


ROWS_A_PAGE = 500
"""The most rows of a long list on one page: some 400 kilobytes."""
READ, FILTER, SEARCH = _policy(), _policy("'self'"), _policy("'self'", "'self'")
"""The policies of a page that is only read, of one with filters, and of the search, which loads its index."""


class Site(NamedTuple):
    """What every page says of the register: its title, its address if it is known, the day, where to report a mistake.

    `trees` are the folders of the languages, by tag; that of English, which every word of the program has, is `""`.
    """

    title: str
    base_url: str
    day: date
    corrections: str
    trees: Mapping[str, str] = MappingProxyType({ENGLISH: ""})


class Drawer:
    """Draws the pages of one language."""

    def __init__(self, site: Site, language: str, is_there: Callable[[str], bool]) -> None:
        self.site = site
        self.language = language
        self.tree = site.trees[language]
        self._is_there = is_there
        self._environment = _environment(language)
        self._menus: dict[tuple[str, str | None], Markup] = {}

    def url(self, address: str) -> str:
        """Returns the whole address of a page; below the top where the register's own address is not known."""
        return f"{self.site.base_url}/{self.tree}{address}"

    def draw(self, template: str, address: str, policy: str = READ, **values: object) -> tuple[str, bytes]:
        """Returns the path of a page below the top of the register, and its bytes."""
        text = self.fragment(template, address, policy, **values)
        return f"{self.tree}{address}{'index.html' if not address or address.endswith('/') else ''}", text.encode()

    def draw_list(
        self, template: str, address: str, rows: Sequence[object], policy: str = FILTER, **values: object
    ) -> Iterator[tuple[str, bytes]]:
        """Yields the pages of a list; its first page has its address, and filters search all of them."""
        parts = [rows[first : first + ROWS_A_PAGE] for first in range(0, len(rows), ROWS_A_PAGE)] or [rows]
        addresses = [address, *(f"{address}pages/{number}/" for number in range(2, len(parts) + 1))]
        policy = SEARCH if parts[1:] and policy == FILTER else policy
        for number, (own, part) in enumerate(zip(addresses, parts, strict=True), start=1):
            yield self.draw(template, own, policy, rows=part, addresses=addresses, number=number, **values)

    def fragment(self, template: str, address: str, policy: str = READ, **values: object) -> Markup:
        """Returns what a template draws for the page of an address."""
        here = Here(address, self.tree, self._is_there)
        common = {
            "here": here,
            "site": self.site,
            "language": self.language,
            "languages": LANGUAGE_NAMES,
            "direction": _direction(self.language),
            "policy": policy,
            "canonical": here.absolute(self.site.base_url, self.tree),
            "menu": self._menu(here),
        }
        return self._drawn(template, {**common, **values})

    def _menu(self, here: Here) -> Markup:
        """Returns the links to the main pages, drawn once for all pages that are equally deep and none of them."""
        main = here.address if here.address in _MAIN else None
        drawn = self._menus.get((here.top, main))
        if drawn is None:
            drawn = self._menus[here.top, main] = self._drawn("_menu.html", {"here": here, "menu": MENU})
        return drawn

    def _drawn(self, template: str, values: Mapping[str, object]) -> Markup:
        return Markup(self._environment.get_template(template).render(values))  # noqa: S704 - a template escapes


_SAYING: tuple[Callable[..., object], ...] = (
    about_words, asker_of, counted, days_of, due_words, for_words, given_words, grade_words, graded, line_words,
    missed_words, name_of, part_words, quiet_words, related_name, since_words, stage_lines, votes_in_words,
)  # fmt: skip
"""What templates call by its own name."""


@cache
def _environment(language: str) -> Environment:
    """Returns the templates of a language, which is spoken while they draw."""
    date_of = lru_cache(maxsize=4096)(_date)
    made = Environment(
        loader=PackageLoader("ogpcase.site"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=partial(_marked, language),
    )
    made.filters |= {
        "apart": apart,
        "before": _before,
        "plain": lambda value: _inert(str(value)),  # for an attribute or a title, in which no other element can stand
        "last_named": last_named,
        "lines": lambda lines: apart(filter(None, map(plain, lines))),
        "long": partial(_dated, date_of, partial(_marked, language)),
        "date": date_of,
        "english": lambda text: Said.of(str(text), ENGLISH),
        "days": days_in_words,
        "fields": lru_cache(maxsize=1024)(lambda name: _(field_words(str(name)))),
        "hue": hue_of,
        "said_of": said_of,
        "somebody": somebody,
        "sentence": lambda words: f"{words[:1].upper()}{words[1:]}",
        "written": partial(_written, date_of),
    }
    made.globals |= {function.__name__: function for function in _SAYING} | {
        "_": _,
        "ngettext": ngettext,
        "since_said": lambda day: Markup(since_said(day, date_of)),  # noqa: S704 - our own words, and an escaped date
        "with_days": lambda message, **days: Markup(with_days(message, say=date_of, **days)),  # noqa: S704 - the same
        "asker_of_party": asker_of_party,
        "days_of_party": days_of_party,
        "wide": Page(),
    }
    return made


def _marked(page_language: str, value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """Returns what a template prints: no control character, and a text of another language within its language."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    shown = "\n".join(map(_inert, value.split("\n"))) if "\n" in value else _inert(value)
    language = value.language if isinstance(value, Said) else None
    if language is None or same_language(language, page_language):
        return shown
    return Markup('<span lang="{}"{}>{}</span>').format(language, _direction(language), shown)


def _inert(text: str) -> str:
    """Returns text without what controls a screen, and with plain blanks: pages break lines by themselves.

    What a view glues for a terminal would be copied, and not be found by who types a blank.
    """
    return harmless(text).replace(GLUE, " ")


def _direction(language: str) -> Markup:
    return Markup(' dir="rtl"') if language.partition("-")[0].lower() in RIGHT_TO_LEFT else Markup()


def _before(value: str) -> str:
    """Returns a text, or what a page shows, as it stands before what it names."""
    said = _inert(before(value))
    return Markup(said) if isinstance(value, Markup) else said  # noqa: S704 - it was no text before


_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def _dated(  # noqa: PLR0913 - what a filter is given, and what it needs of the language
    date_of: Callable[[str], Markup],
    marked_as: Callable[[str], str],
    text: str,
    here: Here | None = None,
    case: str = "",
    *,
    titles: Mapping[str, str] = _NO_TITLES,
) -> Markup:
    """Returns text with its days of the calendar written out; on a page, with links to the events that it names.

    A link says the title of what it names, where `titles` has it by its reference.
    """
    if _MONTH.fullmatch(text):
        return date_of(text)
    names = {reference: _quoted(marked_as(title)) for reference, title in titles.items() if reference in text}
    parts = [date_of(date) if date else _linked(part, here, case, names) for part, date in dates_in(text)]
    return Markup("").join(parts) if parts[1:] else parts[0]


_EVENT = re.compile(
    r"(?<![\w/#.-])(?:[a-z0-9-]+/)?(?:\d{3}[\dX](?:-\d\d){0,2}|undated)-[a-z][a-z0-9-]*(?:#[a-z0-9-]+)?(?![\w/])"
)
"""An event, or an item of one, as a sentence names it."""


def _quoted(title: str) -> Markup:
    before, after = map(escape, _("“{title}”", title="\0").split("\0"))
    return before + escape(title) + after


def _linked(text: str, here: Here | None, case: str, names: Mapping[str, Markup]) -> Markup:
    """Returns text with links to the events that it names, of those that the register has."""
    shown = escape(_inert(text))
    if here is None:
        return shown

    def link(found: re.Match[str]) -> str:
        address = here.reference(found.group(), case)
        return f'<a href="{address}">{names.get(found.group(), found.group())}</a>' if address else found.group()

    return Markup(_EVENT.sub(link, shown))  # noqa: S704 - escaped above, and an id needs no escape


def _written(date_of: Callable[[str], Markup], value: object) -> object:
    """Returns a value of a record as it is; a day of the calendar written out."""
    parts = [part for part in dates_in(value) if part[0]] if isinstance(value, str) else []
    return date_of(parts[0][1]) if len(parts) == 1 and parts[0][1] else value


def _date(text: str) -> Markup:
    """Returns a date of a record written out, with the date as it is written for programs."""
    said = in_long(text)
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return Markup('<time datetime="{}">{}</time>').format(text, said)
    return Markup("<span>{}</span>").format(said)
