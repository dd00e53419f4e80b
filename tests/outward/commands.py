"""Every command in every format, found from the command line itself; a verb that is not spoken of here fails the tests.

A reading is the words of a command without its format. What a verb prints of the whole is tried in all formats that it
has, what an option leaves of that in one that tells most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ogpcase.cli.app import command_of
from ogpcase.cli.verbs import VERBS
from ogpcase.reports.tables import TABLES

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class There:
    """What there is to ask for in a folder: cases with the events of each, items, parties, and days to ask for.

    `plain` is an event and `request` a request to write about, and a change may leave out either; the first two parties
    can be made one. `dated` are references of events to be asked for on those days.
    """

    cases: Mapping[str, Sequence[str]]
    parties: Sequence[str]
    items: Sequence[str] = ()
    days: Sequence[str] = ()
    dated: Sequence[str] = ()
    plain: str = ""
    request: str = ""

    @property
    def case(self) -> str:
        """The first case."""
        return next(iter(self.cases))

    @property
    def events(self) -> list[str]:
        """References of all events."""
        return [f"{case}/{event}" for case, events in self.cases.items() for event in events]


def formats_of(verb: str) -> tuple[str, ...]:
    """Returns the values that `--format`, or an argument in its place, takes; one empty where there is none."""
    found = [tuple(param.type.choices) for param in command_of(verb).params if param.name == "form"]
    return tuple(str(getattr(each, "value", each)) for each in found[0]) if found else ("",)


def has_option(verb: str, option: str) -> bool:
    """True when the verb takes the option."""
    return any(option in param.opts for param in command_of(verb).params)


def _cases(there: There) -> Iterator[Words]:
    yield from ((case,) for case in there.cases)


def _all_and_cases(there: There) -> Iterator[Words]:
    yield from ((), *_cases(there))


def _once(_: There) -> Iterator[Words]:
    yield ()


def _nothing(_: There) -> Iterator[Words]:
    yield from ()


WHOLE: dict[str, Callable[[There], Iterator[Words]]] = {
    "timeline": _cases,
    "status": _cases,
    "list": _once,
    "show": lambda there: ((each,) for each in (*there.cases, *there.events, *there.parties)),
    "requests": _all_and_cases,
    "due": _all_and_cases,
    "findings": _cases,
    "doubts": _all_and_cases,
    "parties": lambda there: iter(((), *((case,) for case in there.cases))),
    "sources": _all_and_cases,
    "search": lambda there: iter((("a",), *(("a", "--case", case) for case in there.cases))),
    "stats": _all_and_cases,
    "open": lambda there: ((each, "--print") for each in there.events),
    "export": lambda there: iter((*(("--table", each) for each in TABLES), *_cases(there))),
    "advance": _cases,
    "validate": _once,
    "diff": lambda _: iter((("HEAD~1",),)),
    "explain": lambda _: iter((("OC301",), ("OC601",))),
    "policy": lambda _: iter((("2014",), ("2017",))),
    "completion": lambda _: iter((("bash",), ("zsh",), ("fish",))),
}
"""What each verb that reads prints as a whole."""
TALKS = {"lsp"}
"""Verbs that print nothing by themselves; tests/test_language_server.py talks with this one, also over hostile text."""


def _timeline(there: There) -> Iterator[Words]:
    for case in there.cases:
        yield from ((case, *words) for words in (("--kind", "letter"), ("--lang", "es"), ("--full", "--lang", "fr")))
        yield from ((case, option, day) for day in there.days for option in ("--since", "--until"))
    yield from ((there.case, "--party", party) for party in there.parties)


def _requests(there: There) -> Iterator[Words]:
    yield from (("--outcome", "unanswered"), ("--timing", "due-passed"), ("--kind", "duty"), ("--lang", "es"))
    yield from ((option, party) for party in there.parties for option in ("--of", "--by"))
    yield from (("--due-before", day) for day in there.days)


def _due(there: There) -> Iterator[Words]:
    yield from (("--within", "52w", "--as-of", day) for day in there.days)
    yield ("--exit-code",)


NARROWED: dict[str, Callable[[There], Iterator[Words]]] = {
    "timeline": _timeline,
    "show": lambda there: iter((
        *((each,) for each in there.items),
        *((each, "--history") for each in there.dated or there.events[:3]),
        *((each, "--lang", "es") for each in (*there.events, *there.parties)[:3]),
    )),
    "status": lambda there: ((case, "--all", "--lang", "fr") for case in there.cases),
    "list": lambda _: iter((("--full", "--lang", "es"),)),
    "requests": _requests,
    "due": _due,
    "export": _all_and_cases,
    "diff": lambda _: iter(((), ("HEAD~1..HEAD",))),
    "stats": lambda _: (
        ("--table", each, "--format", form)
        for each in ("durations", "votes", "asks")
        for form in ("csv", "csv-excel")
    ),
}  # fmt: skip
"""What options leave of that."""
SOURCE = ("--source", "https://example.org/page")
LETTER = ("letter", "--title", "A plea", "--dated", "2024-07-01", *SOURCE)
TABLE = Path(__file__).with_name("letters.csv")
WRITES: dict[str, Callable[[There], Words]] = {
    "add-event": lambda there: (there.case, *LETTER),
    "advance": lambda there: (
        there.case, "under_review", "--kind", "letter", "--title", "A notice", "--dated", "2024-01-01", *SOURCE,
    ),
    "open-case": lambda there: (
        "another-2020", "--title", "Another", "--country", "XA", "--language", "en", "--subject", there.parties[0],
        "--track", "response_policy", "--policy-version", "2017",
    ),
    "add-party": lambda _: ("another-party", "--name", "A name", "--classification", "media"),
    "add-source": lambda there: (there.case, "--title", "A page"),
    "import": lambda there: (str(TABLE), "--case", there.case),
    "init": lambda _: (),
    "edit": lambda there: (f"{there.case}/{there.plain}",),
    "set": lambda there: (f"{there.case}/{there.plain}", "title", "Another title"),
    "add": lambda there: (there.parties[0], "other_names", "Another name"),
    "remove": lambda there: (there.request,),
    "answer": lambda there: (there.request, "met", "--in", there.plain),
    "attach": lambda there: (f"{there.case}/{there.plain}", str(TABLE)),
    "rename": lambda there: (f"{there.case}/{there.plain}", f"{there.plain}-new"),
    "merge-parties": lambda there: (*there.parties[:2],),
    "withdraw": lambda there: (f"{there.case}/{there.plain}", "--because", "Recorded twice"),
    "publish": lambda _: ("../elsewhere", "--dry-run"),
    "schema": lambda _: ("schemas",),
    "site": lambda _: ("../register",),
}  # fmt: skip
"""What may change the folder, of each verb that writes and prints nothing of the whole."""
OF_TODAY = {"validate", "diff"}
"""The verbs to which the day is all the same."""
TELLS_MOST = ("json", "csv", "")
"""The formats that tell most, the best first."""


TRIED_VERBS = [verb for verb in VERBS if verb not in TALKS]
"""The verbs that are tried with what is hostile."""


def missing() -> set[str]:
    """Returns the verbs of which nothing is said here, and those said here that there are not."""
    return set(VERBS) ^ {*WHOLE, *WRITES, *TALKS}


def usual_words(verb: str, there: There) -> Words:
    """Returns words with which the verb does its work."""
    words = WRITES[verb](there) if verb in WRITES else next(WHOLE[verb](there))
    return ("json", *words, "--working") if verb == "export" else words


def readings(there: There, verbs: Iterable[str] = tuple(WHOLE), *, in_one: bool = False) -> Iterator[Words]:
    """Yields every reading command: the whole in each format, what options leave of it in one, also on other days.

    With `in_one`, the whole is tried in one format too, the one that tells most.
    """
    for verb in verbs:
        forms = [form for form in formats_of(verb) if not in_one or form == _best(verb)]
        best = _best(verb)
        whole = list(WHOLE[verb](there))
        yield from (with_format(verb, words, form) for form in forms for words in whole)
        yield from (with_format(verb, words, best) for words in NARROWED.get(verb, _nothing)(there))
        on_days = [(each,) for each in there.dated] if verb == "show" else whole[:1] + whole[-2:]
        for option in ("--as-of", "--known-by"):
            if has_option(verb, option) and verb not in OF_TODAY:
                some = dict.fromkeys(on_days)
                yield from ((*with_format(verb, words, best), option, day) for day in there.days for words in some)


def _best(verb: str) -> str:
    return next(form for form in TELLS_MOST if form in formats_of(verb))


def with_format(verb: str, words: Words, form: str) -> Words:
    """Returns words that print in a format; what is made for others is told to show everything."""
    if not form or "--format" in words:
        return (verb, *words)
    if verb == "export":
        return (verb, form, *words, "--working")
    return (verb, *words, "--format", form, *(("--working",) if (verb, form) == ("diff", "markdown") else ()))
