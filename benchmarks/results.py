"""Writes what was measured as Markdown: ratios first, then what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.rows import Measured, Row, reached

Found = Sequence[tuple[Row, Measured]]


def page(found: Found, facts: Iterable[str], day: str) -> str:
    """Returns the page of a run: the table, what missed its bar, what was not measured, the machine, the figures."""
    blocks = [_opening(day), *_table(found), "", *_misses(found), *_left_out(found), "## Measured on", ""]
    blocks += [f"- {fact}" for fact in facts]
    return "\n".join([*blocks, "", "## Behind the ratios", "", *_details(found)]).rstrip() + "\n"


def line(row: Row, measured: Measured) -> str:
    """Returns a row as one line of text, for whoever waits."""
    if measured.value is None:
        return f"{row.name}: not measured: {measured.reason}"
    verdict = "" if row.bar is None else f", {_limit(row)}: {_verdict(row, measured)}"
    return f"{row.name}: {_value(row, measured.value)}{verdict}"


def _opening(day: str) -> str:
    return (
        f"# How fast it is\n\nMeasured on {day} by `make bench`; how to read it stands in [README.md](README.md).\n"
        "A ratio is the median of the ratios taken round by round, of CPU time unless said otherwise.\n"
    )


def _table(found: Found) -> Iterator[str]:
    yield "| what | against | measured | at most | aim | rounds | reached |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for row, measured in found:
        value = "not measured" if measured.value is None else _value(row, measured.value)
        aim = "" if row.aim is None else f"{row.aim:g}"
        cells = (
            row.what,
            row.against,
            value,
            "" if row.bar is None else f"{row.bar:g}",
            aim,
            str(measured.rounds or ""),
        )
        yield f"| {' | '.join(cells)} | {_verdict(row, measured)} |"


def _misses(found: Found) -> Iterator[str]:
    missed = [(row, measured) for row, measured in found if not row.report_only and reached(row, measured) is False]
    yield "## Missed"
    yield ""
    yield from (f"- {row.what}: {_value(row, measured.value or 0)}, {_limit(row)}" for row, measured in missed)
    if not missed:
        yield "Nothing that was measured."
    yield ""


def _left_out(found: Found) -> Iterator[str]:
    lines = [
        f"- {row.what}, against {row.against or 'nothing'}: {each.reason}" for row, each in found if each.value is None
    ]
    if lines:
        yield from ("## Not measured", "", *lines, "")


def _details(found: Found) -> Iterator[str]:
    for row, measured in found:
        if measured.value is not None:
            yield f"**{row.name}**: {row.what}" + (f", against {row.against}" if row.against else "")
            yield ""
            yield from (f"- {each}" for each in measured.figures)
            yield ""


def _value(row: Row, value: float) -> str:
    digits = 0 if row.unit in {"MiB", "lines"} or value >= 100 else 3 if value < 0.1 else 2  # noqa: PLR2004 - what can be told apart
    return f"{value:.{digits}f} {row.unit}"


def _limit(row: Row) -> str:
    return "no bar" if row.bar is None else f"at most {row.bar:g}"


def _verdict(row: Row, measured: Measured) -> str:
    if measured.value is None:
        return "-"
    if row.aim is not None and measured.value <= row.aim:
        return "yes, and the aim"
    answer = {True: "yes", False: "**no**", None: "no bar"}[reached(row, measured)]
    return f"{answer} (report only)" if row.report_only and row.bar is not None else answer
