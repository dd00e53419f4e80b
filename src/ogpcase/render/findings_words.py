"""The words in which findings are told, and the legend that says once what those mean that could be misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.model.codelists import Addressed, CodeList, Credibility, Ground, Position, Relevance
from ogpcase.render.lines import Line, Piece, hanging, line
from ogpcase.render.page import Page
from ogpcase.views.findings_parts import Paper, Voice
from ogpcase.views.findings_rows import Findings, FindingState, ReplyState

NOT_RECORDED, NOT_KNOWN, PERHAPS, OTHERS = "not recorded", "not known", "perhaps", "not for the government"
MEANINGS = {
    **{state.label: state.sentence for state in (*reversed(ReplyState), *FindingState)},
    NOT_RECORDED: "the record of the report says nothing of it",
    NOT_KNOWN: "what was found could not be learnt",
    OTHERS: "by somebody other than the government that the case is about, and its parts",
    PERHAPS: "going by the dates, or since nobody knows for whom a paper speaks, it may be so or not",
}
"""What words mean that could be misread; said once, of those that were used."""
PLAIN = frozenset({ReplyState.ANSWERED.label, FindingState.FOUND.label})
"""Words of states that explain themselves."""


def graded(code: Relevance | Credibility | Addressed | None) -> str:
    """Returns what a report found in words: not known where it is `unknown`, not recorded where nothing is."""
    if code is None:
        return NOT_RECORDED
    return NOT_KNOWN if code == "unknown" else code.label.lower()


def conclusion_words(code: CodeList) -> str:
    """Returns what a report concludes as a whole in words."""
    return NOT_KNOWN if code == "unknown" else code.label.lower()


def position_words(position: Position) -> str:
    """Returns what a reply says of an allegation in words."""
    return f"{position.label.lower()} it" if position is Position.DOES_NOT_ADDRESS else position.label.lower()


def grounds_words(grounds: Iterable[Ground]) -> str:
    """Returns the grounds by their labels."""
    return ", ".join(each.label for each in grounds)


def voices_words(voices: Iterable[Voice]) -> str:
    """Returns who speaks: names, with the name as printed and the office where they are recorded."""
    return "; ".join(map(_voice, voices)) or "not named"


def _voice(voice: Voice) -> str:
    if voice.name == "unknown":
        return "not named"
    printed = f" (as “{voice.as_named}”)" if voice.as_named else ""
    return f"{voice.name}{printed}{f', {voice.office}' if voice.office else ''}"


def findings_legend(findings: Findings, page: Page) -> list[Line]:
    """Returns the meaning of each word that was used and could be misread."""
    used = set(_used(findings)) - PLAIN
    lines: list[Line] = []
    for word, meaning in MEANINGS.items():
        if word in used:
            lines += hanging([Piece(f"  {word}: ", "dim")], meaning, page.width, "dim")
    return [line(), *lines] if lines else []


def _used(findings: Findings) -> Iterator[str]:
    for row in findings.allegations:
        yield from (row.reply_state.label, row.finding_state.label)
        for perhaps in (row.perhaps_reply_state, row.perhaps_finding_state):
            yield from (PERHAPS, perhaps.label) if perhaps else ()
    said = (*findings.also_said, *(each for row in findings.allegations for each in row.replies))
    found = (*findings.also_found, *(each for row in findings.allegations for each in row.findings))
    yield from (OTHERS for each in said if each.by_subject is False)
    for each in found:
        yield from map(graded, (each.relevance, each.credibility, each.addressed))
    yield from (conclusion_words(each.conclusion) for each in findings.conclusions)
    papers = (*(each.paper for each in said), *(each.paper for each in found))
    if not all(_certainties(findings, papers)) or any(each.by_subject is None for each in said):
        yield PERHAPS


def _certainties(findings: Findings, papers: Iterable[Paper]) -> Iterator[bool]:
    yield from (paper.certain for paper in papers)
    yield from (each.paper.certain for each in findings.conclusions)
    for concern in findings.concerns:
        yield concern.certain
        yield from (each.paper.certain and each.by_subject is not None for each in concern.answers_as_a_whole)
        yield from (each.certain for row in concern.allegations for each in row.evidence)
