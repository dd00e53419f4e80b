"""What a command found, printed in the format that was asked for: the one place where a report leaves the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ogpcase.output.lines import Line, Page
from ogpcase.output.terminal import page_for, write, write_text


class Report(NamedTuple):
    """How an answer reads: `lines` on a terminal or in a pipe, `formats` for other programs, by their names."""

    lines: Callable[[Page], Iterable[Line]]
    formats: Mapping[str, Callable[[], str]]


def print_report(report: Report, form: str) -> None:
    """Prints a report as `text`, or in one of its formats."""
    if form == "text":
        write(report.lines(page_for()))
    else:
        write_text(report.formats[form]())
