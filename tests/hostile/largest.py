"""Records of the largest permitted size, each as costly to judge as its sort allows: near 256 KiB, or 20,000 nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ogpcase.yamltree.limits import LARGEST


class Large(NamedTuple):
    """A record and its place below the case folder of Arcadia."""

    file: str
    data: bytes


_ID = "2023-02-02-{kind}-large"
_SOURCES = 'sources:\n  - {id: s1, url: "https://example.org/"}\n'
_HEADER = (
    'title: x\ntrack: response_policy\npolicy_version: "2017"\nsubject: government-of-arcadia\n'
    "country: AC\nlanguage: en\n"
)


def _list(head: str, count: int, item: Callable[[int], str]) -> str:
    """Returns a record with a list of so many items, or as many as there is room for."""
    lines, room = [head], LARGEST - len(head)
    for number in range(count):
        line = f"  - {item(number)}\n"
        room -= len(line)
        if room < 0:
            break
        lines.append(line)
    return "".join(lines)


def _event(kind: str, rest: str, title: str = "x") -> Large:
    text = f"kind: {kind}\ntitle: {title}\ndated: 2023-02-02\n{rest}"
    return Large(f"arcadia-2023/events/{_ID.format(kind=kind)}.yaml", text.encode())


def _letter(rest: str, title: str = "x", senders: str = "[ogp]") -> Large:
    return _event("letter", f"senders: {senders}\n{rest}", title)


def _in_brackets(count: int, item: Callable[[int], str]) -> str:
    return "[" + ", ".join(map(item, range(count))) + "]"


OWN = _ID.format(kind="letter")
_MOVES = ",".join(("under_review", "initial_review") * 8_300)

LARGEST_RECORDS: dict[str, Large] = {
    # what a stranger would think of: one fault, thousands of times
    "unknown fields": _letter("".join(f"f{number}: 1\n" for number in range(9_900))),
    "fields that are nearly known": _letter("".join(f"title{number}: 1\n" for number in range(9_900))),
    "unknown parties": _letter("", senders=_in_brackets(9_900, lambda number: f"p{number}")),
    "one unknown party": _letter("", senders=_in_brackets(9_900, lambda _: "ogq")),
    "empty senders": _letter("", senders=_in_brackets(19_000, lambda _: "~")),
    "senders that are mappings": _letter("", senders=_in_brackets(6_000, lambda _: "{a: b}")),
    "sources without fields": _letter(_list("sources:\n", 9_000, lambda _: "{}")),
    "sources with an unknown field": _letter(_list("sources:\n", 6_000, lambda _: "{x: 1}")),
    "sources whose copies are missing": _letter(
        _list("sources:\n", 3_900, lambda number: f"{{id: s{number}, file: sources/a{number}.pdf}}")
    ),
    "items of one id": _letter(_list("requests:\n", 3_900, lambda _: "{id: a, text: x}")),
    "a title in 9,000 languages": _letter("", "{" + ", ".join(f"a{number}: x" for number in range(9_000)) + "}"),
    "unknown references": _letter(f"cites: {_in_brackets(9_000, lambda number: f'2023-02-01-letter-a{number}')}\n"),
    "unknown items": _letter(
        f"cites: {_in_brackets(5_500, lambda number: f'arcadia-2023/2023-02-01-letter-ask#a{number}')}\n"
    ),
    "answers to unknown items": _letter(
        _list("answers:\n", 3_900, lambda number: f"{{request: 2023-02-01-letter-ask#a{number}, answer: met}}")
    ),
    "one answer again and again": _letter(
        _list("answers:\n", 3_900, lambda _: "{request: 2023-02-01-letter-ask#publish-contracts, answer: met}")
    ),
    "answers that contradict": _letter(
        _list(
            "answers:\n",
            3_900,
            lambda number: (
                "{request: 2023-02-01-letter-ask#publish-contracts, answer: " + ("met}" if number % 2 else "refused}")
            ),
        )
    ),
    "answers to its own requests": _letter(
        _list(
            _list("requests:\n", 1_400, lambda number: f"{{id: r{number}, text: x, asked_of: [ogp]}}") + "answers:\n",
            1_400,
            lambda number: f"{{request: {OWN}#r{number}, answer: met}}",
        )
    ),
    "a chain of terms": _letter(
        _list(
            _SOURCES + "requests:\n",
            1_300,
            lambda number: f'{{id: r{number}, text: x, within: {{days: 1, after: "{OWN}#r{number + 1}"}}}}',
        )
    ),
    "a circle of terms": _letter(
        _list(
            _SOURCES + "requests:\n",
            1_300,
            lambda number: f'{{id: r{number}, text: x, within: {{days: 1, after: "{OWN}#r{(number + 1) % 1_300}"}}}}',
        )
    ),
    "moves to and fro": _letter(f"moves_to: [{_MOVES}]\n"),
    "moves and requests": _letter(
        _list(
            f"moves_to: [{','.join(('under_review', 'initial_review') * 3_000)}]\nrequests:\n",
            2_400,
            lambda number: f"{{id: r{number}, text: x}}",
        )
    ),
    "moves that depart": _letter(
        _list(
            _list("sources:\n", 1_000, lambda number: f'{{id: s{number}, url: "https://example.org/"}}')
            + f"moves_to: [{','.join(('under_review', 'initial_review') * 3_000)}]\ndeparture:\n",
            900,
            lambda number: f"{{because: x, sources: [s{number}]}}",
        )
    ),
    "bad dates": _letter(_list("also_dated:\n", 3_500, lambda _: "{value: 2018-13-01, source: x}")),
    "a date of 20,000 days": _letter('received: "[' + ",".join(["2015-04-14"] * 20_000) + ']"\n'),
    "items that are withheld": _letter(
        _list(
            _list("requests:\n", 1_700, lambda number: f"{{id: r{number}, text: x, asked_of: [nobody{number}]}}")
            + "withhold:\n",
            1_700,
            lambda number: f'"requests#r{number}"',
        )
    ),
    "a withhold that names nothing": _letter(
        "withhold: " + _in_brackets(9_000, lambda number: f'"requests#a{number}"') + "\n"
    ),
    "signed for nobody known": _letter(
        _list("signed_by:\n", 2_600, lambda number: f"{{name: n{number}, office: x, for: ogp{number}}}")
    ),
    "text of one letter": _letter("", f'"{"Ж" * 120_000}"'),
    "text of addresses": _letter("", f'"{"a@b.example " * 21_000}"'),
    "text of beginnings of addresses": _letter("", f'"{"http://" * 37_000}"'),
    "text of digits": _letter("", f'"+{"1 " * 125_000}"'),
    "text of 65,000 lines": _letter("", "|\n" + "  a\n" * 65_000 + "language: en"),
    "allegations": _event(
        "concern", _list("filers: [ogp]\nallegations:\n", 2_200, lambda number: f"{{id: a{number}, text: x}}")
    ),
    "findings on nothing": _event(
        "report",
        _list("authors: [ogp]\nfindings:\n", 2_400, lambda number: f"{{about: 2023-04-10-concern#a{number}, text: x}}"),
    ),
    "clauses": _event(
        "resolution",
        _list("by: [ogp]\nclauses:\n", 2_800, lambda number: f"{{id: c{number}, verb: resolves, text: x}}"),
    ),
    "milestones": _event(
        "commitment",
        _list("lead: ogp\nmilestones:\n", 2_800, lambda number: f"{{id: m{number}, text: x, due: 2023-03-03}}"),
    ),
    "related cases": Large(
        "arcadia-2023/case.yaml",
        _list(_HEADER + "related:\n", 3_300, lambda number: f"{{case: c-{number}, relation: later_case}}").encode(),
    ),
    "other names": Large(
        "parties/ogp.yaml",
        _list("name: x\nclassification: nobody\nother_names:\n", 19_000, lambda number: f"n{number}").encode(),
    ),
    "wholes of a party": Large(
        "parties/ogp.yaml",
        _list("name: x\nclassification: ogp_body\npart_of:\n", 19_000, lambda number: f"n{number}").encode(),
    ),
    "links that are none": Large(
        "parties/ogp.yaml",
        _list(
            "name: x\nclassification: ogp_body\nlinks:\n", 3_900, lambda number: f'{{url: "javascript:{number}"}}'
        ).encode(),
    ),
    # what YAML itself makes costly
    "brackets": _letter("basis: " + "[" * 250_000 + "\n"),
    "anchors": _letter("basis: [" + "&a," * 80_000 + "]\n"),
    "aliases": _letter("a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(8_000))),
    "merge keys": _letter("a: &a {x: y}\n" + "".join(f"b{n}: {{<<: [*a, *a]}}\n" for n in range(8_000))),
    "equal keys": _letter("a: 1\n" * 9_000),
    "tabs": _letter("a:\t1\t\n" * 32_000),
    "control characters": _letter("basis: " + "\x01\x02" * 125_000 + "\n"),
    "directives": Large(f"arcadia-2023/events/{OWN}.yaml", b"%A\n" * 80_000),
    "comments": _letter("# c\n" * 65_000),
    "quotes": _letter("basis: " + "'\"" * 125_000 + "\n"),
    "dashes": _letter("basis:\n" + "- " * 125_000 + "\n"),
    "question marks": _letter("? " * 125_000 + "\n"),
    "line ends": Large(f"arcadia-2023/events/{OWN}.yaml", b"\r\n\n\r" * 60_000),
    "deeper and deeper": _letter("".join(" " * depth + "a:\n" for depth in range(700))),
}

USUAL = (
    "unknown fields", "unknown parties", "empty senders", "unknown references", "answers that contradict",
    "a circle of terms", "moves to and fro", "a title in 9,000 languages", "brackets", "control characters",
)  # fmt: skip
"""Those that took longest, or most memory, before they were mended: tried at every change, the others in a hard run."""
