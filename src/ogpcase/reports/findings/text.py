"""Allegations beside replies and findings, as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.model.codelists import Addressed, CodeList, Credibility, Ground, Position, Relevance, Stage
from ogpcase.output.lines import GLUE, Line, Page, Piece, Style, date_in_short, glued, hanging, line, separated, wrap
from ogpcase.reports.findings.papers import Evidence, Found, Paper, Saying, Voice
from ogpcase.reports.findings.rows import (
    AllegationRow,
    ConcernGroup,
    Concluded,
    Ended,
    Findings,
    FindingState,
    ReplyState,
    WholeAnswer,
    summary_of,
)
from ogpcase.reports.heading.text import heading_lines, language_lines

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


_SPOKEN_FOR = {True: "", False: "not for the government", None: "perhaps for the government"}


def evidence_lines(cited: Evidence, page: Page) -> Iterator[Line]:
    """Yields what is cited: an event with its date and title, or words, or a reference that leads to nothing known."""
    if cited.title is not None:
        said = separated([cited.title, *([] if cited.certain else ["perhaps"])], page)
        yield from _dated(cited.dated or "", said, page)
        yield from _below(cited.reference or "", page, dim=True)
    elif cited.reference is not None:
        yield from hanging([], cited.reference, page.width)
    if cited.text is not None:
        yield from _below(cited.text, page) if cited.reference is not None else hanging([], cited.text, page.width)


def said_lines(said: Saying, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields who says what of it, and where; with `about`, also of what."""
    marks = [_SPOKEN_FOR[said.by_subject], "" if said.paper.certain else "perhaps"]
    position = f"{voices_words(said.paper.voices)}: {position_words(said.position)}"
    yield from _dated(said.paper.dated, separated([position, *filter(None, marks)], page), page)
    yield from _below(f"about {said.about}", page) if about else ()
    yield from _below(said.text, page) if said.text else ()
    yield from _below(said.paper.event, page, dim=True)


def found_lines(found: Found, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields which report found what of it; with `about`, also of what."""
    yield from _report(found, page)
    yield from _below(f"about {found.about}", page) if about else ()
    grades = {
        "relevance": found.relevance,
        "credibility": found.credibility,
        "addressed domestically": found.addressed,
    }
    yield from _below(separated((glued(f"{name}: {graded(code)}") for name, code in grades.items()), page), page)
    yield from _below(found.text, page) if found.text else ()
    yield from _below(found.paper.event, page, dim=True)


def whole_lines(answer: WholeAnswer, page: Page) -> Iterator[Line]:
    """Yields a paper that answers a Concern as a whole."""
    paper = answer.paper
    marks = [_SPOKEN_FOR[answer.by_subject], "" if paper.certain else "perhaps"]
    said = f"{voices_words(paper.voices)}: {paper.title}"
    yield from _dated(paper.dated, separated([said, *filter(None, marks)], page), page)
    yield from _below(paper.event, page, dim=True)


def concluded_lines(concluded: Concluded, page: Page) -> Iterator[Line]:
    """Yields what a report concludes as a whole."""
    yield from _report(concluded, page)
    yield from _below(f"concludes: {conclusion_words(concluded.conclusion)}", page)
    yield from _below(concluded.paper.event, page, dim=True)


def ended_lines(ended: Ended, page: Page) -> Iterator[Line]:
    """Yields the stage that the case ended in, on which basis and by which event."""
    basis = f"on the basis of{GLUE}{ended.basis}" if ended.basis else "basis not recorded"
    yield from _dated(ended.since, separated([ended.stage.label, basis], page), page)
    yield from _below(ended.title, page)
    yield from _below(ended.event, page, dim=True)


def _report(told: Found | Concluded, page: Page) -> Iterator[Line]:
    """The report's date and title, what sort it is, who wrote and who adopted it, and whether it moved the case."""
    paper: Paper = told.paper
    yield from _dated(paper.dated, separated([paper.title, *([] if paper.certain else ["perhaps"])], page), page)
    kind = told.report_type.label.lower() if told.report_type else ""
    adopted, written = (
        "; ".join(name for name in names if name != "unknown") for names in (told.adopted_by, told.authors)
    )
    by = f"adopted by {adopted}" if adopted else f"by {written}" if written else ""
    moved = f"{page.glyphs.arrow}{GLUE}{Stage.REPORT_ADOPTED.label}" if told.carried else ""
    if about := list(filter(None, [kind, by, moved])):
        yield from _below(separated(about, page), page, dim=True)


def _dated(dated: str, text: str, page: Page) -> Iterator[Line]:
    yield from hanging([Piece(f"{date_in_short(dated)}  ", "date")], text, page.width)


def _below(text: str, page: Page, *, dim: bool = False) -> Iterator[Line]:
    yield from hanging([Piece("  ")], text, page.width, "dim" if dim else "")


LABELS = 12
"""Columns that a label stands in, before what it is the label of."""


def findings_lines(findings: Findings, page: Page) -> list[Line]:
    """Returns the head, what stands out, each allegation in turn, what else was said and found, and how it ended."""
    lines = [*heading_lines(findings.heading, page), line(), *_standing_out(findings, page)]
    for concern in findings.concerns:
        lines += [line(), *_concern_lines(concern, page)]
        for each in concern.allegations:
            lines += [line(), *_allegation_lines(each, page)]
    inner = _narrower(page, 2)
    lines += _section("Also said", (said_lines(each, inner, about=True) for each in findings.also_said))
    lines += _section("Also found", (found_lines(each, inner, about=True) for each in findings.also_found))
    lines += _section("What the reports conclude", (concluded_lines(each, inner) for each in findings.conclusions))
    lines += _section("How the case ended", (ended_lines(each, inner) for each in (findings.ended,) if each))
    if findings.unread:
        said = f"not read in full, so more may be recorded there: {', '.join(findings.unread)}"
        lines += [line(), *_wrapped(said, page, "warning")]
    lines += language_lines(findings.language, findings.elsewhere, page)
    return [*lines, *findings_legend(findings, page)]


_STANDING_OUT = (
    ReplyState.UNANSWERED, ReplyState.WITHHELD, ReplyState.NOT_ADDRESSED_IN_REPLY, ReplyState.ANSWERED_AS_A_WHOLE,
)  # fmt: skip
"""States of a reply that are listed over the allegations, in this order."""


def _standing_out(findings: Findings, page: Page) -> Iterator[Line]:
    """The sum, and the allegations that no reply and no finding is recorded on."""
    yield from _wrapped(summary_of(findings), page, "title")
    rows = findings.allegations
    for reply in _STANDING_OUT:
        named = [_named(row, row.perhaps_reply_state) for row in rows if row.reply_state is reply]
        yield from _listed(reply.label, named, page)
    for finding in (FindingState.NO_FINDING, FindingState.WITHHELD):
        named = [_named(row, row.perhaps_finding_state) for row in rows if row.finding_state is finding]
        yield from _listed(finding.label, named, page)


def _named(row: AllegationRow, perhaps: ReplyState | FindingState | None) -> str:
    return f"{row.reference}{f' (perhaps {perhaps.label})' if perhaps else ''}"


def _listed(label: str, references: list[str], page: Page) -> Iterator[Line]:
    if references:
        yield from hanging([Piece(f"  {label}: ", "warning")], ", ".join(references), page.width)


def _concern_lines(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """The Concern, who filed it, and the papers that answer it as a whole."""
    yield from _wrapped(concern.title, page, "stage")
    added = f"adds to {concern.addendum_to}" if concern.addendum_to else ""
    about = [date_in_short(concern.dated), concern.reference, added, "" if concern.certain else "perhaps"]
    yield from _wrapped(separated((part for part in about if part), page), page, "dim")
    filers = "; ".join("not named" if name == "unknown" else name for name in concern.filers)
    count = concern.filer_count
    stated = f" ({count} as stated)" if count is not None and count != len(concern.filers) else ""
    if filers or stated:
        yield from hanging([Piece("  filed by  ", "dim")], f"{filers}{stated}".strip(), page.width)
    if concern.grounds:
        yield from hanging([Piece("  grounds   ", "dim")], grounds_words(concern.grounds), page.width)
    if not concern.allegations:
        yield from hanging([Piece("  ")], "no allegation is recorded", page.width, "open")
    inner = _narrower(page, LABELS)
    for words, papers in _by_words(concern.answers_as_a_whole).items():
        told = [list(whole_lines(each, inner)) for each in papers]
        yield from _labelled("papers", [*told, hanging([], _of_several(words, len(papers)), inner.width, "warning")])


def _by_words(answers: Iterable[WholeAnswer]) -> dict[str, list[WholeAnswer]]:
    """Papers of which the same is to be said stand together."""
    by_words: dict[str, list[WholeAnswer]] = {}
    for each in answers:
        items = ", ".join(name.partition("#")[2] or name for name in each.silent_on)
        words = f"{'answers' if each.answers else 'speaks of'} the Concern"
        if each.of_all or items:
            words += f"; what it says of {'each allegation' if each.of_all else items} is not recorded"
        by_words.setdefault(words, []).append(each)
    return by_words


def _of_several(words: str, count: int) -> str:
    """What one paper does, said of several."""
    if count == 1:
        return words
    return words.replace("answers", "answer", 1).replace("speaks", "speak", 1).replace("it says", "they say", 1)


def _allegation_lines(row: AllegationRow, page: Page) -> Iterator[Line]:
    yield from hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, page.width, "title")
    about = [row.reference, grounds_words(row.grounds), "" if row.certain else "perhaps"]
    yield from hanging([Piece("  ")], separated((part for part in about if part), page), page.width, "dim")
    inner = _narrower(page, LABELS)
    cited = [list(evidence_lines(each, inner)) for each in row.evidence]
    yield from _labelled("evidence", cited or [hanging([], "none recorded", inner.width, "dim")])
    said = [list(said_lines(each, inner)) for each in row.replies]
    if row.reply_state is not ReplyState.ANSWERED:
        perhaps = f", perhaps {row.perhaps_reply_state.label}" if row.perhaps_reply_state else ""
        said.append(hanging([], f"{_no_reply(row.reply_state)}{perhaps}", inner.width, "warning"))
    yield from _labelled("replies", said)
    found = [list(found_lines(each, inner)) for each in row.findings]
    if row.finding_state is not FindingState.FOUND:
        words = "none that is certain" if row.perhaps_finding_state else row.finding_state.label
        found.append(hanging([], words, inner.width, "warning"))
    yield from _labelled("findings", found)


def _no_reply(state: ReplyState) -> str:
    """What is said where no reply is recorded; of a Concern answered as a whole, that none to this allegation is."""
    whole = f"no reply to this allegation is recorded; {state.label}"
    return whole if state is ReplyState.ANSWERED_AS_A_WHOLE else state.label


def _labelled(label: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """A label, and beside it the lines of what it is the label of."""
    first = Piece(f"  {label}".ljust(LABELS), "dim")
    for number, each in enumerate(each for entry in entries for each in entry):
        yield (first if number == 0 else Piece(" " * LABELS), *each)


def _section(words: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    for number, entry in enumerate(entries):
        if number == 0:
            yield from (line(), line(Piece(words, "title")))
        yield from ((Piece("  "), *each) for each in entry)


def _narrower(page: Page, columns: int) -> Page:
    return Page(None if page.width is None else page.width - columns, page.glyphs)


def _wrapped(text: str, page: Page, style: Style) -> Iterator[Line]:
    yield from (line(Piece(part, style)) for part in wrap(text, page.width))
