"""What may come out of a program that was fed hostile text: a judge for each format, who says what is wrong with it.

They read as others do: a terminal, an eye, the runner of a CI job, a browser, a spreadsheet, a calendar.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

from icalendar import Calendar
from markdown_it import MarkdownIt
from tests.outward.hostile_text import MARK, marked
from tests.outward.running import Ran

Judge = Callable[[Ran], Iterator[str]]
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
_ACTING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ESCAPE = re.compile(r"\\u\{([0-9a-f]{4,6})\}")
_COMMAND = re.compile(r"##\[|^[^\S\n]*::[^:\n]+::", re.MULTILINE)
_LOST = {"validate", "diff", "search"}
"""The verbs that may quote a part of a text: an excerpt, what changed in it, or what stands around a word."""


def acting(text: str) -> set[str]:
    """Returns the characters that act on a terminal, or that nobody sees; joiners and the ends of lines do neither."""
    some = {each for each in set(text) if unicodedata.category(each) in _ACTING or _UNSEEN.match(each)}
    return some - {"\n", "\u200c", "\u200d"}


def shown(text: str) -> str:
    """Returns what must be seen of a text: each character, or its code point where it is not seen.

    Blanks and slashes are left out: addresses have no blanks, and the name of a file no slash.
    """
    kept = "".join(text.split()).replace("/", "")
    for each in acting(kept):
        kept = kept.replace(each, f"\\u{{{ord(each):04x}}}")
    return kept


def _without_blanks(text: str) -> str:
    plain = _ESCAPE.sub(lambda found: "" if chr(int(found[1], 16)).isspace() else found[0], text)
    return shown(plain).replace("##\\u{005b}", "##[").replace("\\u{003a}", ":")


def lost(text: str) -> Iterator[str]:
    """Yields the hostile texts of which only a part can be read."""
    if not MARK.search(text):
        return
    found = _without_blanks(text)
    yield from (f"only a part of {whole!r}" for whole in marked(text) if shown(whole) not in found)


def common(ran: Ran) -> Iterator[str]:
    """What holds of every format, and of what is said on stderr beside it."""
    if ran.code not in {0, 1, 2}:
        yield f"left with {ran.code}: {ran.err[:200]}"
    ends = {"\r"} if ran.form in {"csv", "csv-excel", "ics"} else set()
    ends |= {"\ufeff"} if ran.form == "csv-excel" and ran.out.count("\ufeff") == 1 else set()
    for name, text in (("out", ran.out), ("err", ran.err)):
        if found := acting(text) - ends:
            yield f"{name} holds {sorted(map(ascii, found))}"
    if ran.form != "github" and (command := _COMMAND.search(ran.out)):
        yield f"a runner obeys {command[0]!r}"
    if command := _COMMAND.search(ran.err):
        yield f"a runner obeys {command[0]!r} on stderr"
    if "Traceback" in ran.err:
        yield "a traceback"


def _text(ran: Ran) -> Iterator[str]:
    if ran.words[0] not in _LOST:
        for each in ran.out.split("\n"):
            yield from lost(each)


def _json(ran: Ran) -> Iterator[str]:
    for text in _strings(json.loads(ran.out, parse_constant=_refused)):
        if ran.words[0] not in _LOST:
            found = _bare(text)
            yield from (f"only a part of {whole!r}" for whole in marked(text) if _bare(whole) not in found)


def _bare(text: str) -> str:
    return "".join(text.split()).replace("/", "")


def _refused(constant: str) -> float:
    raise ValueError(constant)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def _csv(ran: Ran) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(ran.out, newline=""), strict=True))
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"{len(row)} cells instead of {len(rows[0])}"
        for cell in row:
            if _FORMULA.match(cell):
                yield f"a formula: {cell[:40]!r}"
            if "\n" in cell or "\r" in cell:
                yield f"several lines in a cell: {cell[:40]!r}"
            yield from lost(cell)


def _csv_excel(ran: Ran) -> Iterator[str]:
    if not ran.out.startswith("\ufeff"):
        yield "no byte-order mark"
    yield from _csv(replace(ran, out=ran.out.removeprefix("\ufeff")))


_MARKUP = {"p": [], "a": ["href"]}


class _Html(HTMLParser):
    """Gathers the text of HTML, and what is no markup of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if [name for name, _ in attrs] != _MARKUP.get(tag):
            self.wrong.append(f"a tag {tag} with {attrs}")
        self.wrong += [f"a link to {to}" for _, to in attrs if not str(to).startswith(("http://", "https://"))]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment {data}")


def _timelinejs(ran: Ran) -> Iterator[str]:
    for text in _strings(json.loads(ran.out)):
        page = _Html()
        page.feed(text)
        page.close()
        yield from page.wrong
        yield from lost(page.text)


_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_OURS = {"text", "text_special", "strong_open", "strong_close", "code_inline", "softbreak"}
_BLOCKS = {
    "heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "ordered_list", "bullet_list", "list_item",
    "blockquote",
}  # fmt: skip


def _markdown(ran: Ran) -> Iterator[str]:
    for token in _READER.parse(ran.out):
        if token.type == "inline":
            yield from _inline(token.content, token.children or [], ran)
        elif token.type.removesuffix("_open").removesuffix("_close") not in _BLOCKS:
            yield f"a block of {token.type}: {token.content[:60]!r}"


def _inline(source: str, children: list[Any], ran: Ran) -> Iterator[str]:
    others = (each for each in children if each.type not in _OURS and not _is_ours(each))
    yield from (f"{each.type}: {each.content[:60]!r}" for each in others)
    said = "".join(each.content for each in children if each.type != "code_inline")
    bare = said if len(children) > 1 and "`" in source else source
    if found := re.search(r"@\w|#\d", said) or re.search(r"www\.|://", bare, re.IGNORECASE):
        yield f"GitHub finds {found[0]!r}"
    whole = "".join(each.content for each in children).replace("\u200b", "")
    if ran.words[0] not in _LOST:
        yield from lost(whole)


def _is_ours(token: Any) -> bool:
    """True for a break in a table, the mark of a changed word, and a link to a record of the folder."""
    if token.type == "link_open":
        return bool(re.fullmatch(r"cases/[a-z0-9./-]+\.yaml", token.attrs["href"]))
    return token.type == "link_close" or token.content in {"<br>", "<ins>", "</ins>", "<del>", "</del>"}


_LABEL = r"(?=\S)[^\n:;#%<>\[\]{}|`\"\\&@=*]*\S"
_DIAGRAM = re.compile(
    rf"timeline|    title {_LABEL}|    section {_LABEL}|        {_LABEL} : {_LABEL}|stateDiagram-v2|"
    rf"    [a-z_]+ : {_LABEL}|    \[\*\] --> [a-z_]+|    [a-z_]+ --> \[\*\]|    [a-z_]+ --> [a-z_]+ : {_LABEL}"
)


def _mermaid(ran: Ran) -> Iterator[str]:
    yield from (f"a line of its own: {each!r}" for each in ran.out.splitlines() if not _DIAGRAM.fullmatch(each))


_ENTRY = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP"}


def _ics(ran: Ran) -> Iterator[str]:
    lines = ran.out.encode().split(b"\r\n")
    yield from (f"{len(each)} octets" for each in lines if len(each) > 75 or b"\r" in each or b"\n" in each)
    calendar = Calendar.from_ical(ran.out)
    for entry in calendar.subcomponents:
        yield from (f"an entry has {name}" for name in entry if name not in _ENTRY)
        yield from (f"an entry has {each.name}" for each in entry.subcomponents)
        for name in ("SUMMARY", "DESCRIPTION"):
            yield from lost(str(entry[name]))
    if others := {str(each.name) for each in calendar.subcomponents} - {"VEVENT"}:
        yield f"entries of {others}"


_OF_OURS = re.compile(r"::(error|warning) (file=[^,:]*,line=\d+,)?(col=\d+,)?(end(Line|Column)=\d+,)?title=OC\d+::")
_PROBLEM = re.compile(r"\S.*:\d+:\d+: (error|warning)\[OC\d+\] ")
_SUM = re.compile(r"\d+ (new )?(error|warning)s?.* in \d+ cases? \(\d+ files\)|no (new )?problems in .*")


def _github(ran: Ran) -> Iterator[str]:
    for line in re.split(r"\r\n|\r|\n", ran.out)[:-1]:
        if "##[" in line or not any(each.match(line) for each in (_OF_OURS, _PROBLEM, _SUM)):
            yield f"no line of ours: {line[:80]!r}"


def _concise(ran: Ran) -> Iterator[str]:
    yield from (f"no line of ours: {line[:80]!r}" for line in ran.out.split("\n")[:-1] if not _PROBLEM.match(line))


def _junit(ran: Ran) -> Iterator[str]:
    known = {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    for each in ET.fromstring(ran.out).iter():
        if each.tag not in known:
            yield f"an element {each.tag}"


def _printed_nowhere(ran: Ran) -> Iterator[str]:
    yield f"{len(ran.out)} characters of a format that is only written to files"


JUDGES: dict[str, Judge] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "csv-excel": _csv_excel,
    "markdown": _markdown,
    "mermaid": _mermaid,
    "ics": _ics,
    "github": _github,
    "gitlab": _json,
    "concise": _concise,
    "sarif": _json,
    "junit": _junit,
    "parquet": _printed_nowhere,
    "sqlite": _printed_nowhere,
    "timelinejs": _timelinejs,
}
"""By format; one that is not here fails the tests."""


def judged(ran: Ran) -> list[str]:
    """Returns what is wrong with what a command said."""
    return [*common(ran), *(JUDGES[ran.form](ran) if ran.out else ())]
