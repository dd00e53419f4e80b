"""Words for views: lists, counts, lengths of time, doubts, and dates of records in short and written out."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

from ogpcase.model.dates import Days
from ogpcase.output.messages import _, marked, ngettext, with_days

GLUE = "\u00a0"
"""A blank at which no line is broken."""


def glued(text: str) -> str:
    """Returns text that is only broken if it does not fit a line."""
    return GLUE.join(text.split())


def glued_before(text: str, *ends: object) -> str:
    """Returns text in which no line is broken before some of its words, as the days of a date."""
    for end in ends:
        text = text.replace(f" {end}", f"{GLUE}{end}")
    return text


def perhaps(words: str, *, certain: bool) -> str:
    """Returns words, after `perhaps` where what they say is not certain."""
    return words if certain else _("perhaps {words}", words=words)


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


def lowered(label: str) -> str:
    """Returns a label as it stands within a sentence: `review report`, but `IRM report`."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def apart(parts: Iterable[str]) -> str:
    """Returns parts with semicolons between them, set as the language spoken sets them."""
    return _joined(marked("{one}; {other}"), parts)


def any_of(words: Iterable[str]) -> str:
    """Returns `Stage One or Suspended`."""
    return _joined(marked("{one} or {other}"), words)


def all_of(words: Iterable[str]) -> str:
    """Returns `relevance and credibility`."""
    return _joined(marked("{one} and {other}"), words)


def _joined(message: str, parts: Iterable[str]) -> str:
    several = list(parts)
    return reduce(lambda one, other: _(message, one=one, other=other), several) if several else ""


def perhaps_titled(title: str, *, certain: bool) -> str:
    """Returns a title, after `perhaps: ` where its event may not have happened."""
    return title if certain else _("perhaps: {title}", title=title)


def date_in_short(text: str) -> str:
    """Returns a date in few columns: `by 2017-06-19`, `2017-06-19..22`, `2016-09-20 or 21`, `2019-05-24/06-17`.

    A date that is not known is told in words; others are returned as they are.
    """
    if text == "unknown":
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


def day_words(text: str) -> str:
    """Returns a day as far as it is known: `2024-06-05`, `between 2024-06-01 and 2024-06-30`, `by 2024-06-30`."""
    if not text.startswith("["):
        return text
    inner = text.strip("[]")
    if "," in inner or ".." not in inner:
        return _("one of {days}", days=", ".join(map(_one_of, inner.split(","))))
    first, last = inner.split("..")
    if first and last:
        return glued_before(with_days("between {first} and {last}", first=first, last=last), first, last)
    if last:
        return glued_before(with_days("by {day} at the latest", day=last), last)
    return with_days("{day} at the earliest", day=first)


def _one_of(part: str) -> str:
    first, dots, last = part.partition("..")
    if not dots:
        return part
    if first and last:
        return with_days("{first} to {last}", first=first, last=last)
    return with_days("{day} or later", day=first) if first else with_days("up to {day}", day=last)


_MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])")
_SIGNS = {"~": marked("about {date}"), "?": marked("perhaps {date}"), "%": marked("perhaps about {date}")}


def in_long(text: str) -> str:
    """Returns a date as it is written in a record, EDTF, in words."""
    if text == "unknown":
        return _("date not known")
    if text[-1:] in _SIGNS and not text.startswith("[") and "/" not in text:
        return _(_SIGNS[text[-1]], date=in_long(text[:-1]))
    start, slash, end = text.partition("/")
    if slash:
        return with_days(
            "{first} to {last}", say=in_long, first=start, last=end if end.strip(".") else _("no recorded end")
        )
    if text.endswith("-XX"):
        return _("a day in {month}", month=in_long(text.removesuffix("-XX")))
    if re.fullmatch(r"\d{3}X", text):
        return _("the {decade}s", decade=f"{text[:3]}0")
    said = day_words(text).replace("\N{NO-BREAK SPACE}", " ")
    return _DAY.sub(lambda found: _day(*found.groups()), said)


def _day(year: str, month: str, day: str | None) -> str:
    """Returns a day, or a month without one."""
    name = _(_MONTHS[int(month) - 1])
    if not day:
        return _("{month} {year}", month=name, year=year)
    if day == "01":
        return _("1 {month} {year}", month=name, year=year)  # French counts it as the first
    return _("{day} {month} {year}", day=int(day), month=name, year=year)


_FULL = r"\d{4}-\d{2}-(?:\d{2}|XX)"
_WRITTEN = (
    rf"(?<![\w/#.-])(?:\[(?:{_FULL}|[.,])+\]"
    rf"|{_FULL}[~?%]?(?:(?:/|\.\.)(?:{_FULL}[~?%]?|(?:\d{{2}}-)?\d{{2}}\b))?)(?![\w/#-])"
)
"""A date within a sentence that names a day: as records write it, or with an end in short, `2017-06-27/28`."""


def dates_in(text: str) -> Iterator[tuple[str, str]]:
    """Yields the parts of a sentence, each with the date that it is, as records write it; empty for other words.

    A year or a month alone is left as it stands: `2011-12` may be a part of a title.
    """
    end = 0
    for found in re.finditer(_WRITTEN, text):
        yield text[end : found.start()], ""
        yield found.group(), _in_whole(found.group())
        end = found.end()
    yield text[end:], ""


def _in_whole(written: str) -> str:
    """Returns a date whose end may be in short with its whole end."""
    if written.startswith("["):
        return written
    first, mark, last = re.fullmatch(r"(.*?)(/|\.\.|$)(.*)", written).groups()  # type: ignore[union-attr]  # matches all
    whole = f"{first}{mark}{first[: len(first) - len(last)]}{last}" if last else first
    return f"[{whole}]" if mark == ".." else whole
