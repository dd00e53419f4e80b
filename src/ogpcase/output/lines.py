"""The page a view is drawn on: its width in columns (None where lines are never broken) and its signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.dates import Days
from ogpcase.output.messages import _, ngettext, with_days

Style = Literal[
    "", "title", "dim", "date", "stage", "ask", "good", "bad", "open", "note", "error", "warning", "code",
    "hue1", "hue2", "hue3", "hue4", "hue5",
]  # fmt: skip
HUES: tuple[Style, ...] = ("hue1", "hue2", "hue3", "hue4", "hue5")
"""Styles that tell stages apart by colour, as the shades of a page do by pattern."""


class Piece(NamedTuple):
    """Some text in one style."""

    text: str
    style: Style = ""


Line = tuple[Piece, ...]


def line(*pieces: str | Piece) -> Line:
    """Returns a line of pieces; plain strings have no style."""
    return tuple(Piece(each) if isinstance(each, str) else each for each in pieces)


def plain(pieces: Line) -> str:
    """Returns a line's text without style or trailing blanks, fit for any terminal or file."""
    return harmless("".join(piece.text for piece in pieces)).rstrip()


_ONE_EACH = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2500-\u25fc]*")
"""Text whose every sign takes one column: Latin letters, and the quotes, dashes, arrows and frames that pages draw."""


def cells(text: str) -> int:
    """Returns how many columns a terminal gives the text."""
    if text.isascii() or _ONE_EACH.fullmatch(text):
        return len(text)
    from wcwidth import iter_graphemes, wcswidth  # loading it takes a tenth of a command, and most texts do without

    if not text.isprintable():
        text = harmless(text)  # what controls a terminal is written out
    if _JOINER in text:  # wcwidth lets it join any two signs, a terminal only emoji
        return sum(map(wcswidth, iter_graphemes(text)))
    return wcswidth(text)


def width_of(pieces: Iterable[Piece]) -> int:
    """Returns how many columns pieces take."""
    return sum(cells(piece.text) for piece in pieces)


def beginning(text: str, width: int) -> str:
    """Returns as much of a text as fits so many columns; accents stay with their letter, and an emoji stays whole."""
    if text.isascii() or _ONE_EACH.fullmatch(text):
        return text[: max(0, width)]
    from wcwidth import iter_graphemes  # its tables are large, and plain letters need none of them

    fits = [sign for sign, end in _with_ends(iter_graphemes(text)) if end <= width]
    return "".join(fits)


def _with_ends(signs: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yields signs, each with the column at which it ends."""
    end = 0
    for sign in signs:
        end += cells(sign)
        yield sign, end


_JOINER = "\u200d"
"""What makes one emoji of several."""
GLUE = "\u00a0"
"""A blank at which no line is broken."""
_BLANKS = re.compile(f"[^\\S{GLUE}]+")
_NARROWEST = 12
"""The fewest columns for a text beside its first pieces; with fewer, it goes below them."""


def glued(text: str) -> str:
    """Returns text that is only broken if it does not fit a line."""
    return GLUE.join(text.split())


def glued_before(text: str, *ends: object) -> str:
    """Returns text in which no line is broken before some of its words, as the days of a date."""
    for end in ends:
        text = text.replace(f" {end}", f"{GLUE}{end}")
    return text


def wrap(text: str, width: int | None) -> list[str]:
    """Breaks text at blanks into lines of at most `width` columns; None never breaks.

    A longer word is cut, but never an address, which would no longer work.
    """
    words = _words(text)
    if width is None:
        return [" ".join(words).replace(GLUE, " ")]
    lines: list[str] = []
    for word in _cut(words, max(width, 2)):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [each.replace(GLUE, " ") for each in lines]


_GLUED = re.compile(f"(?<!«){GLUE}(?![:;!?»](?:{GLUE}|$))")
_IN_A_PAIR = re.compile(r" (?=[:;!?»](?:\s|$))|(?<=«) ")
"""A blank beside a sign that French keeps on the line of its word."""


def _words(text: str) -> list[str]:
    paired = _IN_A_PAIR.sub(GLUE, harmless(_BLANKS.sub(" ", text).strip()))
    if GLUE not in paired:
        return paired.split(" ")
    return [word for word in (glued_word.strip(GLUE) for glued_word in paired.split(" ")) if word] or [""]


def _cut(words: Iterable[str], width: int) -> Iterator[str]:
    """Yields the words, and words wider than a line in parts."""
    for word in words:
        if cells(word) > width and GLUE in word:
            parts = _GLUED.split(word)
            yield from _cut(filter(None, parts if parts[1:] else word.split(GLUE)), width)
            continue
        if "://" in word:
            yield word
            continue
        rest = word
        while cells(rest) > width:
            part = beginning(rest, width) or rest[:1]  # one sign may be wider than the line
            yield part
            rest = rest[len(part) :]
        yield rest


def hanging(first: Sequence[Piece], text: str, width: int | None, style: Style = "") -> list[Line]:
    """Returns text after some first pieces, its further lines indented to stand under its first.

    Where the first pieces leave no room beside them, the text stands below them.
    """
    indent = width_of(first)
    if width is not None and indent > max(0, width - _NARROWEST):
        margin = " " * (cells(first[0].text) - cells(first[0].text.lstrip()))
        heads = wrap("".join(piece.text for piece in first), width - len(margin))
        below = wrap(text, width - len(margin) - 2)
        return [
            *((Piece(margin), Piece(each, first[-1].style)) for each in heads),
            *((Piece(f"{margin}  "), Piece(each, style)) for each in below),
        ]
    parts = wrap(text, None if width is None else width - indent)
    return [
        (*(first if number == 0 else (Piece(" " * indent),)), Piece(part, style)) for number, part in enumerate(parts)
    ]


def flowed(pieces: Iterable[Piece], width: int | None, first: int = 0) -> list[Line]:
    """Returns pieces one after the other as lines broken at blanks, each piece in its own style.

    The first line is narrower by `first` columns; it is empty where no word fits it.
    """
    lines: list[list[Piece]] = [[]]
    room, used = (0 if width is None else width) - first, 0
    for piece in pieces:
        words = _words(piece.text)
        for part in [" ".join(words)] if width is None else _cut(words, max(width, 2)):
            if width is not None and (used or room < width) and used + bool(used) + cells(part) > room:
                lines.append([])
                room, used = width, 0
            lines[-1].append(Piece((" " if used else "") + part.replace(GLUE, " "), piece.style))
            used += cells(part) + (1 if used else 0)
    return [tuple(_in_one_style(each)) for each in lines]


def _in_one_style(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yields pieces, those of one style beside each other as one."""
    for style, several in groupby(pieces, key=lambda piece: piece.style):
        yield Piece("".join(piece.text for piece in several), style)


def with_tail(lines: list[Line], sign: str, tail: Piece, width: int | None) -> list[Line]:
    """Returns lines with a sign and a last piece after them: on the last line where both fit, else on their own."""
    used = width_of(lines[-1])
    end = f" {sign} {wrap(tail.text, None)[0]}"
    if width is None or used + cells(end) <= width:
        return [*lines[:-1], (*lines[-1], Piece(end, tail.style))]
    room = max(0, width - _NARROWEST - cells(f"{sign} "))
    margin = " " * min(room, cells(lines[0][0].text))
    return [*lines, *hanging([Piece(f"{margin}{sign} ", tail.style)], tail.text, width, tail.style)]


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Returns text with blanks up to `width` columns."""
    blanks = " " * max(0, width - cells(text))
    return blanks + text if right else text + blanks


class Glyphs(NamedTuple):
    """One set of signs; `shades` tell stages apart without colour, `step` to `today` what stands on a timeline."""

    step: str
    paper: str
    context: str
    folded: str
    perhaps: str
    today: str
    event: str
    line: str
    gap: str
    more: str
    rule: str
    arrow: str
    dot: str
    shades: str
    quote: str


UNICODE = Glyphs("◆", "○", "·", "~", "◌", "▸", "●", "│", "┊", "…", "─", "→", "·", "█▒▓░▚", "▏")
ASCII = Glyphs("#", "o", ".", "~", "?", ">", "*", "|", ":", "...", "-", "->", "-", "#+=.%", "|")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Returns the signs that the encoding can write."""
    try:
        "".join(getattr(UNICODE, name) for name in Glyphs.__match_args__).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


class Page(NamedTuple):
    """The page that text is drawn on."""

    width: int | None = None
    glyphs: Glyphs = UNICODE

    def narrower(self, columns: int) -> Page:
        """Returns a page that is narrower by so many columns."""
        return self._replace(width=None if self.width is None else self.width - columns)

    def hanging(self, first: Sequence[Piece], text: str, style: Style = "") -> list[Line]:
        """Returns text after some first pieces, its further lines indented to stand under its first."""
        return hanging(first, text, self.width, style)

    def dated(self, written: str, text: str, style: Style = "", *, column: int = 0, indent: int = 2) -> list[Line]:
        """Returns text beside a date in few columns; the further lines stand under its first."""
        date = f"{' ' * indent}{padded(date_in_short(written), column)}  "
        return hanging([Piece(date, "date")], text, self.width, style)

    def paragraph(self, text: str, style: Style = "", indent: int = 0) -> list[Line]:
        """Returns text indented by so many columns."""
        return hanging([Piece(" " * indent)] if indent else [], text, self.width, style)

    def section(self, words: str, entries: Iterable[Line]) -> list[Line]:
        """Returns a blank line, a title and the lines under it; nothing where there are none."""
        lines = list(entries)
        return [line(), *self.paragraph(words, "title"), *lines] if lines else []

    def legend(self, meanings: Mapping[str, str], used: Iterable[str]) -> list[Line]:
        """Returns a blank line and the meaning of each word that was used, in the order given; nothing if none was."""
        words = set(used)
        lines: list[Line] = []
        for word, meaning in meanings.items():
            if word in words:
                lines += self.hanging([Piece(f"  {before(_(word))}", "dim")], _(meaning), "dim")
        return [line(), *lines] if lines else []

    def room(self, used: int) -> int | None:
        """Returns the columns after so many used ones; None where lines do not end, or only a few would be left."""
        left = None if self.width is None else self.width - used
        return None if left is None or left < _NARROWEST else left

    def cut(self, text: str, room: int | None) -> str:
        """Returns text on one line of at most so many columns; a longer one ends with a sign. None never cuts."""
        if room is None:
            return text
        words = wrap(text, None)[0]
        if cells(words) <= room:
            return words
        return f"{beginning(words, room - cells(self.glyphs.more)).rstrip()}{self.glyphs.more}"

    def separated(self, parts: Iterable[str]) -> str:
        """Returns parts with dots between them; no line begins with a dot."""
        return f"{GLUE}{self.glyphs.dot} ".join(parts)


def days_in_words(days: Days | None, *, short: bool = False) -> str:
    """Returns `39 days`, `about 3 days`, `10 to 40 days`, `at least 4 days`; empty where nothing is known."""
    fewest, most = (days.fewest, days.most) if days else (None, None)
    if days is None or fewest is most is None:
        return ""
    if short:
        return _days_in_short(days)
    if fewest is None:
        return ngettext("at most {number} day", "at most {number} days", most or 0)
    if most is None:
        return ngettext("at least {number} day", "at least {number} days", fewest) if fewest else ""
    if fewest != most:
        return _("{fewest} to {most} days", fewest=fewest, most=most)
    about = ngettext("about {number} day", "about {number} days", fewest)
    return ngettext("{number} day", "{number} days", fewest) if days.certain else about


def _days_in_short(days: Days) -> str:
    fewest, most = days.fewest, days.most
    if fewest is None:
        return _("up to {number} d", number=most)
    if most is None:
        return _("{number}+ d", number=fewest) if fewest else ""
    if fewest != most:
        return _("{fewest}-{most} d", fewest=fewest, most=most)
    return _("{number} d", number=fewest) if days.certain else _("~{number} d", number=fewest)


def counted(number: int, one: str, several: str = "") -> str:
    """Returns `1 event`, `2 events`."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def either(words: Sequence[str]) -> str:
    """Returns `a letter, statement or development`."""
    *most, last = words
    joined = any_of([*([", ".join(most)] if most else []), last])
    return _("an {noun}", noun=joined) if joined[0] in "aeiou" else _("a {noun}", noun=joined)


def before(name: str) -> str:
    """Returns a name as it stands before what it names: `related: `."""
    return _("{name}: ", name=name)


def apart(parts: Iterable[str]) -> str:
    """Returns parts with semicolons between them, set as the language spoken sets them."""
    said, *rest = [*parts] or [""]
    for part in rest:
        said = _("{one}; {other}", one=said, other=part)
    return said


def lowered(label: str) -> str:
    """Returns a label as it stands within a sentence: `review report`, but `IRM report`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def any_of(words: Iterable[str]) -> str:
    """Returns `Stage One or Suspended`."""
    said = ""
    for word in words:
        said = _("{one} or {other}", one=said, other=word) if said else word
    return said


def all_of(words: Iterable[str]) -> str:
    """Returns `relevance and credibility`."""
    said = ""
    for word in words:
        said = _("{one} and {other}", one=said, other=word) if said else word
    return said


_NOT_KNOWN = "unknown"
"""The text of a date that is not known."""


def perhaps_titled(title: str, *, certain: bool) -> str:
    """Returns a title, after `perhaps: ` where its event may not have happened."""
    return title if certain else _("perhaps: {title}", title=title)


def date_in_short(text: str) -> str:
    """Returns a date in few columns: `by 2017-06-19`, `2017-06-19..22`, `2016-09-20 or 21`, `2019-05-24/06-17`.

    A date that is not known is told in words; others are returned as they are.
    """
    if text == _NOT_KNOWN:
        return _("not known")
    inner = text.strip("[]")
    for mark in ("..", ",", "/"):
        first, found, last = inner.partition(mark)
        if found and (mark == "/" or text.startswith("[")) and not set(first + last) & set(",."):
            if first and last:
                rest = _rest(first, last)
                return _("{one} or {other}", one=first, other=rest) if mark == "," else f"{first}{mark}{rest}"
            return with_days("by {day}", day=last) if last else with_days("from {day}", day=first)
    return text


def since_said(since: str, say: Callable[[str], str] = date_in_short) -> str:
    """Returns a day in words, each date as `say` says it: `since 2018-07-16`, `since 2015-03-09 or earlier`."""
    if (last := _UP_TO.fullmatch(since)) is not None:
        return with_days("since {day} or earlier", day=last[1], say=say)
    return with_days("since {day}", day=since, say=say)


_UP_TO = re.compile(r"\[\.\.([\d-]+)\]")
"""A day of which only the last possible one is known."""


def last_named(text: str) -> str:
    """Returns the last day that a date names: `2019-06-17` of `2019-05-24/2019-06-17`; one without an end as it is."""
    last = re.split(r",|/|\.\.", text.strip("[]"))[-1]
    return last or text


def _rest(first: str, last: str) -> str:
    """Returns a second day without the year, or the year and month, that it has in common with the first."""
    full_day = 10
    if len(first) == len(last) == full_day:
        return last[8:] if first[:8] == last[:8] else last[5:] if first[:5] == last[:5] else last
    return last
