"""Allegations beside replies and findings, as lines."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.model.codelists import Ground
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import Line, Page, Piece, Style, cells, line, padded, plain
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import GLUE, apart, before, date_in_short, glued, glued_before, lowered
from ogpcase.reports.findings.rows import (
    ALSO_FOUND,
    ALSO_SAID,
    CONCLUDE,
    ENDED,
    NO_EVIDENCE,
    NOT_KNOWN,
    NOT_RECORDED,
    OTHERS,
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
    answers_words,
    basis_words,
    grade,
    graded,
    position_words,
    silent_words,
    spoken_for,
    state_words,
    summary_of,
)
from ogpcase.reports.heading.text import heading_lines, language_lines
from ogpcase.reports.shown import field_words, for_words, inferred_words, named, somebody

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
_LABELS = (_FILED_BY, _GROUNDS, _EVIDENCE, _PAPERS, _REPLIES, _FINDINGS) = (
    marked("filed by"),
    marked("grounds"),
    marked("evidence"),
    marked("papers"),
    marked("replies"),
    marked("findings"),
)
"""What stands beside a label: all of it as wide as the widest."""


def _label_width() -> int:
    return max(cells(_(label)) for label in _LABELS) + 4


def voice_words(voice: Voice) -> str:
    """Returns who speaks: the name, with the name as printed and the office where they are recorded."""
    if voice.name == UNKNOWN:
        return named(voice.name)
    printed = _(" (as “{name}”)", name=voice.as_named) if voice.as_named else ""
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
        yield from map(grade, finding.finding.grades.values())
    yield from (grade(report.record.conclusion) for report in findings.conclusions)
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
        yield from _dated(cited.dated or "", [cited.title, "" if cited.certain else _(PERHAPS)], page)
        yield from page.paragraph(cited.reference or "", "dim", 2)
    elif cited.reference is not None:
        yield from page.paragraph(cited.reference)
    if cited.text is not None:
        yield from page.paragraph(cited.text, indent=0 if cited.reference is None else 2)


def _said_lines(said: Saying, page: Page, *, about: bool = False) -> Iterator[Line]:
    """Yields who says what in which paper; with `about`, also which subject it is about."""
    yield from _spoken(said, position_words(said.position), page)
    yield from page.paragraph(_("about {reference}", reference=said.about), indent=2) if about else ()
    yield from page.paragraph(said.text, indent=2) if said.text else ()
    yield from page.paragraph(said.paper.event, "dim", 2)


def _whole_lines(answer: WholeAnswer, page: Page) -> Iterator[Line]:
    """A paper that answers a Concern as a whole."""
    yield from _spoken(answer, answer.paper.title, page)
    yield from page.paragraph(answer.paper.event, "dim", 2)


def _spoken(told: Saying | WholeAnswer, words: str, page: Page) -> list[Line]:
    voices = (apart(map(voice_words, told.paper.voices)) or named(UNKNOWN)) + for_words(told.paper.on_behalf_of)
    marks = [spoken_for(told.by_subject), *_marks(told.paper)]
    return _dated(told.paper.dated, [before(voices) + words, *marks], page)


def _marks(paper: Paper) -> list[str]:
    """Returns whether a paper is only perhaps there, and what of its record no source states."""
    return ["" if paper.certain else _(PERHAPS), inferred_words(paper.inferred)]


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
    yield from page.paragraph(_("about {reference}", reference=found.about), indent=2) if about else ()
    yield from page.paragraph(found.text, indent=2) if found.text else ()
    yield from page.paragraph(found.report.paper.event, "dim", 2)


def grade_words(found: Found) -> Iterator[str]:
    """Yields what a report found, with what it judges alike together: `relevance, credibility: not known`."""
    by_grade: dict[str, list[str]] = {}
    for name, code in found.finding.grades.items():
        by_grade.setdefault(graded(code), []).append(field_words(name))
    yield from (f"{before(', '.join(names))}{grade}" for grade, names in by_grade.items())


def _concluded_lines(report: ShownReport, page: Page) -> Iterator[Line]:
    yield from _report(report, page)
    yield from page.paragraph(_concludes(report), indent=2)
    yield from page.paragraph(report.paper.event, "dim", 2)


def _concludes(report: ShownReport) -> str:
    return _("concludes: {conclusion}", conclusion=graded(report.record.conclusion))


def _ended_lines(ended: Ended, page: Page) -> Iterator[Line]:
    """The stage that the case ended in, on which basis and by which event."""
    event = ended.event
    yield from _dated(event.date_text, [_(ended.stage.label), basis_words(event.basis)], page)
    yield from page.paragraph(ended.title, indent=2)
    yield from page.paragraph(event.id, "dim", 2)


def _report(report: ShownReport, page: Page) -> Iterator[Line]:
    """The report's date, title, type, authors and adopters, and whether it moved the case."""
    paper, record = report.paper, report.record
    yield from _dated(paper.dated, [paper.title, *_marks(paper)], page)
    kind = lowered(_(record.report_type.label)) if record.report_type else ""
    adopted, written = (
        apart(name for name in names if name != UNKNOWN) for names in (report.adopted_by, report.authors)
    )
    by = _("adopted by {names}", names=adopted) if adopted else _("by {names}", names=written) if written else ""
    moved = f"{page.glyphs.arrow}{GLUE}{_(report.carried.label)}" if report.carried else ""
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
        said = _("not read in full, so more may be recorded there: {events}", events=", ".join(findings.unread))
        drawn += [line(), *page.paragraph(said, "warning")]
    words = set(_words_used(findings))
    if not findings.full:
        text = " ".join(map(plain, drawn))
        words = {word for word in words if _(word) in text}
        said = _("--full shows every text, every name, and the evidence")
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
        _(ALSO_SAID): (_said_lines(said, inner, about=True) for said in findings.also_said),
        _(ALSO_FOUND): (_found_lines(found, inner, about=True) for found in findings.also_found),
        _(CONCLUDE): (_concluded_lines(concluded, inner) for concluded in findings.conclusions),
        _(ENDED): (_ended_lines(ended, inner) for ended in (findings.ended,) if ended),
    }
    for words, drawn in entries.items():
        yield from page.section(words, ((Piece("  "), *each) for each in chain.from_iterable(drawn)))


def _at_a_glance(findings: Findings, page: Page) -> Iterator[Line]:
    for concern in findings.concerns:
        yield from [line(), *_concern_in_short(concern, page)]
        cites = any(allegation.evidence for allegation in concern.allegations)
        for allegation in concern.allegations:
            yield from [line(), *_allegation_in_short(allegation, page, cites=cites)]
    entries = {
        _(ALSO_SAID): (_said_in_short(said, page, about=said.about) for said in findings.also_said),
        _(ALSO_FOUND): (_found_in_short(found, page, about=found.about) for found in findings.also_found),
        _(CONCLUDE): (_concluded_in_short(concluded, page) for concluded in findings.conclusions),
        _(ENDED): (_ended_in_short(ended, page) for ended in (findings.ended,) if ended),
    }
    for words, drawn in entries.items():
        yield from page.section(words, chain.from_iterable(drawn))


def _concern_in_short(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """Yields the Concern, who filed it, and a line or two for each paper that answers it as a whole."""
    event = concern.event
    yield from page.paragraph(concern.title, "stage")
    count = event.filer_count or len(concern.filers)
    filed = _("filed by {names}", names=_first_of(concern.filers, count)) if count else ""
    grounds = before(_(_GROUNDS)) + _grounds(event.grounds) if event.grounds else ""
    about = [event.id, filed, grounds, *_added(concern), "" if concern.certain else _(PERHAPS)]
    yield from page.paragraph(page.separated(map(glued, filter(None, about))), "dim")
    if not concern.allegations:
        yield from page.paragraph(_("no allegation is recorded"), "open", 2)
    for answer in concern.answers_as_a_whole:
        number = len(answer.silent_on)
        few = ngettext("{number} allegation", "{number} allegations", number) if number else ""
        said = _whole_words(1, _("each allegation") if answer.of_all else few, answers=answer.answers)
        yield from _short(answer.paper, page, before(_who(answer)) + said)


def _grounds(grounds: Iterable[Ground]) -> str:
    return ", ".join(_(ground.label) for ground in grounds)


def _added(concern: ConcernGroup) -> list[str]:
    """Returns which Concern an addendum adds to."""
    return [_("adds to {concern}", concern=concern.addendum_to)] if concern.addendum_to else []


def _first_of(names: Sequence[str], count: int) -> str:
    """Returns the first name, and how many others there are."""
    first, others = named(names[0] if names else UNKNOWN), count - 1
    if not others:
        return first
    return glued_before(ngettext("{name} and {number} other", "{name} and {number} others", others, name=first), others)


def _who(told: Saying | WholeAnswer) -> str:
    """Returns who speaks in a paper and for whom, without names as printed and offices."""
    names = [voice.name for voice in told.paper.voices]
    who = _first_of(names, len(names) or 1) + for_words(told.paper.on_behalf_of)
    return ", ".join(filter(None, (who, spoken_for(told.by_subject))))


def _allegation_in_short(row: AllegationRow, page: Page, *, cites: bool) -> Iterator[Line]:
    """Yields an allegation, its state in a word, and a line or two for each reply and each finding."""
    yield from page.hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, "title")
    evidence = [before(_(_EVIDENCE)) + (str(len(row.evidence) or "") or _(NO_EVIDENCE))] if cites else []
    state = [_state(row, page), *evidence, f"#{row.reference.partition('#')[2]}", "" if row.certain else _(PERHAPS)]
    yield from page.paragraph(page.separated(filter(None, state)), _style_of(row), 2)
    for reply in row.replies:
        yield from _said_in_short(reply, page)
    for found in row.findings:
        yield from _found_in_short(found, page)


def _said_in_short(said: Saying, page: Page, *, about: str = "") -> list[Line]:
    """Returns a position, who takes it, and the text, which is cut where it would need a third line."""
    words = f"{position_words(said.position, about)} ({_who(said)})"
    words = before(words) + said.text if said.text else words
    room = page.room(_BESIDE)
    return _short(said.paper, page, page.cut(words, room and 2 * room - _BESIDE), "replies")


_BESIDE = 14
"""The columns of a day and the blanks around it."""


def _found_in_short(found: Found, page: Page, *, about: str = "") -> list[Line]:
    """Returns what a report finds, what is known of it first."""
    unknown = (_(NOT_KNOWN), _(NOT_RECORDED))
    grades = page.separated(map(glued, sorted(grade_words(found), key=lambda grade: grade.endswith(unknown))))
    return _short(found.report.paper, page, before(about) + grades if about else grades, "findings")


def _concluded_in_short(report: ShownReport, page: Page) -> list[Line]:
    names = report.adopted_by or report.authors
    whom = _first_of([somebody(name) for name in names], len(names)) if names else ""
    by = _("adopted by {names}", names=whom) if report.adopted_by else _("by {names}", names=whom) if whom else ""
    concluded = f"{_concludes(report)}{_inferred(report.paper, 'conclusion')}"
    return _short(report.paper, page, page.separated(filter(None, [concluded, by, report.paper.event])))


def _ended_in_short(ended: Ended, page: Page) -> list[Line]:
    said = [_(ended.stage.label), basis_words(ended.event.basis), ended.event.id]
    return page.dated(ended.event.date_text, page.separated(said))


def _short(paper: Paper, page: Page, words: str, field: str = "") -> list[Line]:
    """Returns what a paper says in a field beside its day; says if it is only perhaps there, or the field inferred."""
    perhaps = "" if paper.certain else before(_(PERHAPS))
    return page.dated(paper.dated, f"{perhaps}{words}{_inferred(paper, field)}")


def _inferred(paper: Paper, field: str) -> str:
    return f" {_('(inferred)')}" if field in paper.inferred else ""


def _concern_lines(concern: ConcernGroup, page: Page) -> Iterator[Line]:
    """The Concern, who filed it, and the papers that answer it as a whole."""
    yield from page.paragraph(concern.title, "stage")
    event = concern.event
    about = [date_in_short(event.date_text), event.id, *_added(concern), "" if concern.certain else _(PERHAPS)]
    yield from page.paragraph(page.separated(filter(None, about)), "dim")
    yield from _beside(_FILED_BY, _filed_by(concern), page)
    yield from _beside(_GROUNDS, _grounds(event.grounds), page)
    if not concern.allegations:
        yield from page.paragraph(_("no allegation is recorded"), "open", 2)
    elif not any(row.evidence for row in concern.allegations):
        yield from _beside(_EVIDENCE, _(NO_EVIDENCE), page)
    inner = page.narrower(_label_width())
    alike: dict[tuple[bool, str], list[WholeAnswer]] = {}
    for answer in concern.answers_as_a_whole:
        silent_on = ", ".join(name.partition("#")[2] or name for name in answer.silent_on)
        alike.setdefault((answer.answers, _("each allegation") if answer.of_all else silent_on), []).append(answer)
    for (answers, silent_on), papers in alike.items():
        told = [list(_whole_lines(paper, inner)) for paper in papers]
        said = _whole_words(len(papers), silent_on, answers=answers)
        yield from _labelled(_PAPERS, [*told, inner.paragraph(said, "warning")])


def _filed_by(concern: ConcernGroup) -> str:
    """Returns the names of the filers, and how many there are as stated, if that is another number."""
    count = concern.event.filer_count
    if count is None or count == len(concern.filers):
        return apart(map(named, concern.filers))
    stated = ngettext("{number} as stated", "{number} as stated", count)
    return f"{apart(map(named, concern.filers))} ({stated})".strip()


def _whole_words(papers: int, silent_on: str, *, answers: bool) -> str:
    """Returns what papers do, and for which allegations their words are not recorded."""
    said = [answers_words(papers, answers=answers)]
    return apart([*said, silent_words(papers, silent_on)] if silent_on else said)


def _allegation_lines(row: AllegationRow, told: Collection[str], page: Page, *, cites: bool) -> Iterator[Line]:
    """Yields an allegation with its state in a word, the evidence, the replies and the findings.

    `told` are the events of the reports that are described elsewhere on the page. `cites` is true if evidence is cited
    for some allegation of the Concern: only then is its absence said of each.
    """
    yield from page.hanging([Piece(f"{page.glyphs.event} ", "dim")], row.text, "title")
    yield from page.paragraph(_state(row, page), _style_of(row), 2)
    about = [row.reference, _grounds(row.grounds), "" if row.certain else _(PERHAPS)]
    yield from page.paragraph(page.separated(filter(None, about)), "dim", 2)
    inner = page.narrower(_label_width())
    cited = [list(_evidence_lines(cited, inner)) for cited in row.evidence]
    nothing = [inner.paragraph(_(NO_EVIDENCE), "dim")] if cites else []
    yield from _labelled(_EVIDENCE, cited or nothing)
    yield from _labelled(_REPLIES, [list(_said_lines(reply, inner)) for reply in row.replies])
    found = [list(_found_lines(each, inner, told=each.report.paper.event in told)) for each in row.findings]
    yield from _labelled(_FINDINGS, found)


def _state(row: AllegationRow, page: Page) -> str:
    """Returns whether the allegation was answered and whether a report speaks to it."""
    states = {
        _("Reply"): (row.reply_state, row.perhaps_reply_state),
        _("Finding"): (row.finding_state, row.perhaps_finding_state),
    }
    said = (before(lowered(name)) + state_words(*state) for name, state in states.items())
    return page.separated(map(glued, said))


def _style_of(row: AllegationRow) -> Style:
    settled = row.reply_state is ReplyState.ANSWERED and row.finding_state is FindingState.FOUND
    return "good" if settled else "warning"


def _labelled(label: str, entries: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Yields a label with lines beside it; nothing where there are none."""
    width = _label_width()
    for number, each in enumerate(each for entry in entries for each in entry):
        yield (_label(label) if number == 0 else Piece(" " * width), *each)


def _label(label: str) -> Piece:
    return Piece(padded(f"  {_(label)}", _label_width()), "dim")


def _beside(label: str, text: str, page: Page) -> list[Line]:
    """Returns text beside a label; nothing where there is none."""
    return page.hanging([_label(label)], text) if text else []
