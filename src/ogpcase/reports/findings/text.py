"""Allegations beside replies and findings, as lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.model.codelists import Position
from ogpcase.output.lines import GLUE, Line, Page, Piece, Style, before, counted, date_in_short, glued, line, plain
from ogpcase.output.messages import _, marked
from ogpcase.reports.findings.rows import (
    NOT_KNOWN,
    NOT_RECORDED,
    OTHERS,
    SPOKEN_FOR,
    AllegationRow,
    ConcernGroup,
    Ended,
    Evidence,
    Findings,
    FindingState,
    Found,
    Paper,
    ReplyState,
    Saying,
    ShownReport,
    Voice,
    WholeAnswer,
    graded,
    grades_of,
    summary_of,
)
from ogpcase.reports.heading.text import heading_lines, language_lines
from ogpcase.reports.shown import for_words, inferred_words

PERHAPS = marked("perhaps")
_PLAIN = frozenset({ReplyState.ANSWERED.label, FindingState.FOUND.label})
"""Words of states that explain themselves."""
MEANINGS = {
    **{state.label: state.sentence for state in (*reversed(ReplyState), *FindingState) if state.label not in _PLAIN},
    NOT_RECORDED: marked("the record of the report says nothing of it"),
    NOT_KNOWN: marked("what was found could not be learnt"),
    OTHERS: marked("by somebody other than the government that the case is about, and its parts"),
    PERHAPS: marked("going by the dates, or since nobody knows for whom a paper speaks, it may be so or not"),
}
"""The meanings of words that could be misread; the legend lists those that a page uses."""
_LABELS = 12
"""The width of a label column."""


def voice_words(voice: Voice) -> str:
    """Returns who speaks: the name, with the name as printed and the office where they are recorded."""
    if voice.name == "unknown":
        return "not named"
    printed = f" (as “{voice.as_named}”)" if voice.as_named else ""
    return f"{voice.name}{printed}{f', {voice.office}' if voice.office else ''}"


def _words_used(findings: Findings) -> Iterator[str]:
    """Yields the words that were used and could be misread."""
    rows = findings.allegations
    for row in rows:
        yield from (row.reply_state.label, row.finding_state.label)
        for perhaps in (row.perhaps_reply_state, row.perhaps_finding_state):
            yield from (PERHAPS, perhaps.label) if perhaps else ()
    said = (*findings.also_said, *(saying for row in rows for saying in row.replies))
    found = (*findings.also_found, *(finding for row in rows for finding in row.findings))
    yield from (OTHERS for saying in said if saying.by_subject is False)
    for finding in found:
        yield from map(graded, grades_of(finding).values())
    yield from (graded(report.record.conclusion) for report in findings.conclusions)
    wholes = [whole for concern in findings.concerns for whole in concern.answers_as_a_whole]
    certain = [saying.paper.certain and saying.by_subject is not None for saying in said]
    certain += [whole.paper.certain and whole.by_subject is not None for whole in wholes]
    certain += [finding.report.paper.certain for finding in found]
    certain += [report.paper.certain for report in findings.conclusions]
    certain += [concern.certain for concern in findings.concerns]
    certain += [cited.certain for row in rows for cited in row.evidence]
    if not all(certain):
        yield PERHAPS


def _evidence_lines(cited: Evidence, page: Page) -> Iterator[Line]:
    """Yields the evidence cited: an event with its date and title, a description, or a reference without a record."""
    if cited.title is not None:
        yield from _dated(cited.dated or "", [cited.title, "" if cited.certain else PERHAPS], page)
        yield from page.paragraph(cited.reference or "", "dim", 2)
    elif cited.reference is not None:
        yield from page.paragraph(cited.reference)
    if cited.text is not None:
        yield from page.paragraph(cited.text, indent=0 if cited.reference is None else 2)


def _said_lines(said: Saying, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields who says what in which paper; with `about`, also which subject it is about."""
    position = f"{said.position.label.lower()}{' it' if said.position is Position.DOES_NOT_ADDRESS else ''}"
    yield from _spoken(said, position, page)
    yield from page.paragraph(f"about {said.about}", indent=2) if about else ()
    yield from page.paragraph(said.text, indent=2) if said.text else ()
    yield from page.paragraph(said.paper.event, "dim", 2)


def _whole_lines(answer: WholeAnswer, page: Page) -> Iterator[Line]:
    """A paper that answers a Concern as a whole."""
    yield from _spoken(answer, answer.paper.title, page)
    yield from page.paragraph(answer.paper.event, "dim", 2)


def _spoken(told: Saying | WholeAnswer, words: str, page: Page) -> list[Line]:
    voices = ("; ".join(map(voice_words, told.paper.voices)) or "not named") + for_words(told.paper.on_behalf_of)
    marks = [SPOKEN_FOR[told.by_subject], *_marks(told.paper)]
    return _dated(told.paper.dated, [f"{voices}: {words}", *marks], page)


def _marks(paper: Paper) -> list[str]:
    """Returns whether a paper is only perhaps there, and what of its record no source states."""
    return ["" if paper.certain else PERHAPS, inferred_words(paper.inferred)]


def _found_lines(found: Found, page: Page, *, about: bool = False, told: bool = False) -> Iterator[Line]:
    """Yields which report found what; with `about`, also which subject it is about.

    A report that is `told` of elsewhere has only its date here.
    """
    grades = page.separated(map(glued, grade_words(found)))
    if told:
        yield from _dated(found.report.paper.dated, [grades, *_marks(found.report.paper)], page)
    else:
        yield from _report(found.report, page)
        yield from page.paragraph(grades, indent=2)
    yield from page.paragraph(f"about {found.about}", indent=2) if about else ()
    yield from page.paragraph(found.text, indent=2) if found.text else ()
    yield from page.paragraph(found.report.paper.event, "dim", 2)


def grade_words(found: Found) -> Iterator[str]:
    """Yields what a report found, with what it judges alike together: `relevance, credibility: not known`."""
    by_grade: dict[str, list[str]] = {}
    for name, code in grades_of(found).items():
        by_grade.setdefault(graded(code), []).append(_(name))
    yield from (f"{before(', '.join(names))}{grade}" for grade, names in by_grade.items())


def _concluded_lines(report: ShownReport, page: Page) -> Iterator[Line]:
    yield from _report(report, page)
    yield from page.paragraph(f"concludes: {graded(report.record.conclusion)}", indent=2)
    yield from page.paragraph(report.paper.event, "dim", 2)


def _ended_lines(ended: Ended, page: Page) -> Iterator[Line]:
    """The stage that the case ended in, on which basis and by which event."""
    event = ended.event
    basis = f"on the basis of{GLUE}{event.basis}" if event.basis else "basis not recorded"
    yield from _dated(event.date_text, [ended.stage.label, basis], page)
    yield from page.paragraph(ended.title, indent=2)
    yield from page.paragraph(event.id, "dim", 2)


def _report(report: ShownReport, page: Page) -> Iterator[Line]:
    """The report's date, title, type, authors and adopters, and whether it moved the case."""
    paper, record = report.paper, report.record
    yield from _dated(paper.dated, [paper.title, *_marks(paper)], page)
    kind = record.report_type.label.lower() if record.report_type else ""
    adopted, written = (
        "; ".join(name for name in names if name != "unknown") for names in (report.adopted_by, report.authors)
    )
    by = f"adopted by {adopted}" if adopted else f"by {written}" if written else ""
    moved = f"{page.glyphs.arrow}{GLUE}{report.carried.label}" if report.carried else ""
    if about := list(filter(None, [kind, by, moved])):
        yield from page.paragraph(page.separated(about), "dim", 2)


def _dated(dated: str, parts: Iterable[str], page: Page) -> list[Line]:
    words = page.separated(filter(None, parts))
    return page.dated(dated, words, indent=0)


def findings_lines(findings: Findings, page: Page) -> list[Line]:
    """Returns the heading, a summary, each allegation, other statements and findings, and how the case ended.

    At a glance each reply and each finding has a line or two; on a terminal the texts of replies are cut.
    """
    lines = [*heading_lines(findings.heading, page), line(), *page.paragraph(summary_of(findings), "title")]
    drawn = [*(_in_full if findings.full else _at_a_glance)(findings, page)]
    if findings.unread:
        said = f"not read in full, so more may be recorded there: {', '.join(findings.unread)}"
        drawn += [line(), *page.paragraph(said, "warning")]
    words = set(_words_used(findings))
    if not findings.full:
        text = " ".join(map(plain, drawn))
        words = {word for word in words if word in text}
        said = "--full shows every text, every name, and the evidence"
        drawn += [line(), *page.paragraph(said, "dim")] if findings.concerns else []
    return [*lines, *drawn, *language_lines(findings.languages, page), *page.legend(MEANINGS, words)]


def _in_full(findings: Findings, page: Page) -> Iterator[Line]:
    told = {report.paper.event for report in findings.conclusions}
    for concern in findings.concerns:
        yield from [line(), *_concern_lines(concern, page)]
        cites = any(allegation.evidence for allegation in concern.allegations)
        for allegation in concern.allegations:
            yield from [line(), *_allegation_lines(allegation, told, page, cites=cites)]
    inner = page.narrower(2)
    entries = {
        _ALSO_SAID: (_said_lines(said, inner, about=True) for said in findings.also_said),
        _ALSO_FOUND: (_found_lines(found, inner, about=True) for found in findings.also_found),
        _CONCLUDE: (_concluded_lines(concluded, inner) for concluded in findings.conclusions),
        _ENDED: (_ended_lines(ended, inner) for ended in (findings.ended,) if ended),
    }
    for words, drawn in entries.items():
        yield from page.section(words, ((Piece("  "), *each) for each in chain.from_iterable(drawn)))


_ALSO_SAID, _ALSO_FOUND = "Also said", "Also found"
_CONCLUDE, _ENDED = "What the reports conclude", "How the case ended"


def _at_a_glance(findings: Findings, page: Page) -> Iterator[Line]:
    for concern in findings.concerns:
        yield from [line(), *_concern_in_short(concern, page)]
        cites = any(allegation.evidence for allegation in concern.allegations)
        for allegation in concern.allegations:
            yield from [line(), *_allegation_in_short(allegation, page, cites=cites)]
    entries = {
        _ALSO_SAID: (_said_in_short(said, page, about=said.about) for said in findings.also_said),
        _ALSO_FOUND: (_found_in_short(found, page, about=found.about) for found in findings.also_found),
        _CONCLUDE: (_concluded_in_short(concluded, page) for concluded in findings.conclusions),
        _ENDED: (_ended_in_short(ended, page) for ended in (findings.ended,) if ended),
    }
    for words, drawn in entries.items():
        yield from page.section(words, chain.from_iterable(drawn))


def _concern_in_short(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """Yields the Concern, who filed it, and a line or two for each paper that answers it as a whole."""
    event = concern.event
    yield from page.paragraph(concern.title, "stage")
    count = event.filer_count or len(concern.filers)
    filed = f"filed by {_first_of(concern.filers, count)}" if count else ""
    grounds = f"grounds: {', '.join(ground.label for ground in event.grounds)}" if event.grounds else ""
    added = f"adds to {concern.addendum_to}" if concern.addendum_to else ""
    about = [event.id, filed, grounds, added, "" if concern.certain else PERHAPS]
    yield from page.paragraph(page.separated(map(glued, filter(None, about))), "dim")
    if not concern.allegations:
        yield from page.paragraph("no allegation is recorded", "open", 2)
    for answer in concern.answers_as_a_whole:
        number = len(answer.silent_on)
        of = "each allegation" if answer.of_all else counted(number, "allegation") if number else ""
        said = _whole_words(1, of, answers=answer.answers)
        who = ", ".join(filter(None, (_who(answer.paper), SPOKEN_FOR[answer.by_subject])))
        yield from _short(answer.paper, page, f"{who}: {said}")


def _first_of(names: Sequence[str], count: int) -> str:
    """Returns the first name, and how many others there are."""
    first = "not named" if not names or names[0] == "unknown" else names[0]
    return first if count == 1 else f"{first} and{GLUE}{counted(count - 1, 'other')}"


def _who(paper: Paper) -> str:
    """Returns who speaks in a paper and for whom, without names as printed and offices."""
    names = [voice.name for voice in paper.voices]
    return _first_of(names, len(names) or 1) + for_words(paper.on_behalf_of)


def _allegation_in_short(row: AllegationRow, page: Page, *, cites: bool) -> Iterator[Line]:
    """Yields an allegation, its state in a word, and a line or two for each reply and each finding."""
    yield from page.hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, "title")
    evidence = [f"evidence: {len(row.evidence) or 'none recorded'}"] if cites else []
    state = [_state(row, page), *evidence, f"#{row.reference.partition('#')[2]}", "" if row.certain else PERHAPS]
    yield from page.paragraph(page.separated(filter(None, state)), _style_of(row), 2)
    for reply in row.replies:
        yield from _said_in_short(reply, page)
    for found in row.findings:
        yield from _found_in_short(found, page)


def _said_in_short(said: Saying, page: Page, *, about: str = "") -> list[Line]:
    """Returns a position, who takes it, and the text, which is cut where it would need a third line."""
    position = f"{said.position.label.lower()}{' it' if said.position is Position.DOES_NOT_ADDRESS else ''}"
    who = ", ".join(filter(None, (_who(said.paper), SPOKEN_FOR[said.by_subject])))
    words = f"{position}{f' {about}' if about else ''} ({who}){f': {said.text}' if said.text else ''}"
    room = page.room(_BESIDE)
    return _short(said.paper, page, page.cut(words, room and 2 * room - _BESIDE), "replies")


_BESIDE = 14
"""The columns of a day and the blanks around it."""


def _found_in_short(found: Found, page: Page, *, about: str = "") -> list[Line]:
    """Returns what a report finds, what is known of it first."""
    unknown = (_(NOT_KNOWN), _(NOT_RECORDED))
    grades = page.separated(map(glued, sorted(grade_words(found), key=lambda grade: grade.endswith(unknown))))
    return _short(found.report.paper, page, f"{about}: {grades}" if about else grades, "findings")


def _concluded_in_short(report: ShownReport, page: Page) -> list[Line]:
    names = report.adopted_by or report.authors
    unnamed = "adopted by somebody not named" if report.adopted_by else "author not named"
    by = f"{'adopted by' if report.adopted_by else 'by'} {_first_of(names, len(names))}" if names else ""
    by = unnamed if names[:1] == ("unknown",) else by
    inferred = " (inferred)" if "conclusion" in report.paper.inferred else ""
    concluded = f"concludes: {graded(report.record.conclusion)}{inferred}"
    return _short(report.paper, page, page.separated(filter(None, [concluded, by, report.paper.event])))


def _ended_in_short(ended: Ended, page: Page) -> list[Line]:
    basis = f"on the basis of{GLUE}{ended.event.basis}" if ended.event.basis else "basis not recorded"
    return page.dated(ended.event.date_text, page.separated([ended.stage.label, basis, ended.event.id]))


def _short(paper: Paper, page: Page, words: str, field: str = "") -> list[Line]:
    """Returns what a paper says in a field beside its day; says if it is only perhaps there, or the field inferred."""
    perhaps, inferred = "" if paper.certain else f"{PERHAPS}: ", " (inferred)" if field in paper.inferred else ""
    return page.dated(paper.dated, f"{perhaps}{words}{inferred}")


def _concern_lines(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """The Concern, who filed it, and the papers that answer it as a whole."""
    yield from page.paragraph(concern.title, "stage")
    added = f"adds to {concern.addendum_to}" if concern.addendum_to else ""
    about = [date_in_short(concern.event.date_text), concern.event.id, added, "" if concern.certain else "perhaps"]
    yield from page.paragraph(page.separated(filter(None, about)), "dim")
    filers = "; ".join("not named" if name == "unknown" else name for name in concern.filers)
    count = concern.event.filer_count
    stated = f" ({count} as stated)" if count is not None and count != len(concern.filers) else ""
    if filers or stated:
        yield from page.hanging([Piece("  filed by  ", "dim")], f"{filers}{stated}".strip())
    if concern.event.grounds:
        grounds = ", ".join(ground.label for ground in concern.event.grounds)
        yield from page.hanging([Piece("  grounds   ", "dim")], grounds)
    if not concern.allegations:
        yield from page.paragraph("no allegation is recorded", "open", 2)
    elif not any(row.evidence for row in concern.allegations):
        yield from page.hanging([Piece("  evidence  ", "dim")], "none recorded")
    inner = page.narrower(_LABELS)
    alike: dict[tuple[bool, str], list[WholeAnswer]] = {}
    for answer in concern.answers_as_a_whole:
        silent_on = ", ".join(name.partition("#")[2] or name for name in answer.silent_on)
        alike.setdefault((answer.answers, "each allegation" if answer.of_all else silent_on), []).append(answer)
    for (answers, silent_on), papers in alike.items():
        told = [list(_whole_lines(paper, inner)) for paper in papers]
        said = _whole_words(len(papers), silent_on, answers=answers)
        yield from _labelled("papers", [*told, inner.paragraph(said, "warning")])


def _whole_words(papers: int, silent_on: str, *, answers: bool) -> str:
    """Returns what papers do, and for which allegations their words are not recorded."""
    verb = ("answers" if papers == 1 else "answer") if answers else ("speaks of" if papers == 1 else "speak of")
    says = "it says" if papers == 1 else "they say"
    return f"{verb} the Concern{f'; what {says} of {silent_on} is not recorded' if silent_on else ''}"


def _allegation_lines(row: AllegationRow, told: Collection[str], page: Page, *, cites: bool) -> Iterator[Line]:
    """Yields an allegation with its state in a word, the evidence, the replies and the findings.

    `told` are the events of the reports that are described elsewhere on the page. `cites` is true if evidence is cited
    for some allegation of the Concern: only then is its absence said of each.
    """
    yield from page.hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, "title")
    yield from page.paragraph(_state(row, page), _style_of(row), 2)
    about = [row.reference, ", ".join(ground.label for ground in row.grounds), "" if row.certain else PERHAPS]
    yield from page.paragraph(page.separated(filter(None, about)), "dim", 2)
    inner = page.narrower(_LABELS)
    cited = [list(_evidence_lines(cited, inner)) for cited in row.evidence]
    nothing = [inner.paragraph("none recorded", "dim")] if cites else []
    yield from _labelled("evidence", cited or nothing)
    yield from _labelled("replies", [list(_said_lines(reply, inner)) for reply in row.replies])
    found = [list(_found_lines(each, inner, told=each.report.paper.event in told)) for each in row.findings]
    yield from _labelled("findings", found)


def _state(row: AllegationRow, page: Page) -> str:
    """Returns whether the allegation was answered and whether a report speaks to it."""
    states = {
        "reply": (row.reply_state, row.perhaps_reply_state),
        "finding": (row.finding_state, row.perhaps_finding_state),
    }
    said = (
        f"{name}: {state.label}{f', {PERHAPS} {other.label}' if other else ''}"
        for name, (state, other) in states.items()
    )
    return page.separated(map(glued, said))


def _style_of(row: AllegationRow) -> Style:
    settled = row.reply_state is ReplyState.ANSWERED and row.finding_state is FindingState.FOUND
    return "good" if settled else "warning"


def _labelled(label: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Yields a label with lines beside it; nothing where there are none."""
    first = Piece(f"  {label}".ljust(_LABELS), "dim")
    for number, each in enumerate(each for entry in entries for each in entry):
        yield (first if number == 0 else Piece(" " * _LABELS), *each)
