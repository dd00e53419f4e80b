"""The page a view is drawn on: its width in columns (None where lines are never broken) and its signs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Literal, NamedTuple, Self

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.messages import _
from ogpcase.output.words import GLUE, before, date_in_short

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

    signs = list(iter_graphemes(text))
    ends = accumulate(map(cells, signs))
    return "".join(sign for sign, end in zip(signs, ends, strict=True) if end <= width)


_JOINER = "\u200d"
"""What makes one emoji of several."""
_BLANKS = re.compile(f"[^\\S{GLUE}]+")
_NARROWEST = 12
"""The fewest columns for a text beside its first pieces; with fewer, it goes below them."""


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

    def narrower(self, columns: int) -> Self:
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
