"""One record in the terminal: an event, an item of one, an action plan, or the header of a case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal, TypeAlias

from ogpcase.model.codelists import Kind
from ogpcase.model.parties import UNKNOWN
from ogpcase.model.questions import Question, fields_of
from ogpcase.model.spans import bounds_in_words
from ogpcase.output.lines import Line, Page, Piece, cells, line, padded
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.output.words import (
    apart,
    before,
    date_in_short,
    days_in_words,
    glued_before,
    lowered,
    perhaps,
    perhaps_titled,
)
from ogpcase.reports.heading.text import heading_lines, language_lines, language_words, related_lines
from ogpcase.reports.record.beside import AnswerGiven, RecordLink, SourceGiven
from ogpcase.reports.record.rows import (
    CaseRecord,
    KindCount,
    PlanFile,
    Record,
    ShownAssessment,
    ShownCommitment,
    SpokenTo,
    Value,
)
from ogpcase.reports.requests.rows import AskLine, RowAsk, outcome_words
from ogpcase.reports.requests.text import (
    due_words,
    legend_lines,
    line_words,
    missed_lines,
    outcome_lines,
    words_of_asks,
)
from ogpcase.reports.shown import fact_words, field_words, said_of, somebody


def record_lines(record: Record, page: Page) -> list[Line]:
    """Returns an event or an item of one as a page."""
    return _event_page(record, page) if "kind" in record.values else _item_page(record, page)


_TOLD_APART = frozenset({"of", "field", "id", "text", "asked_of", "due", "within", "on_missed"})
"""The values of an item that stand in its title, in who is asked, or with what came back."""
_ITEMS = {
    "requests": marked("Request"),
    "allegations": marked("Allegation"),
    "clauses": marked("Clause"),
    "milestones": marked("Milestone"),
}
"""What an item of a field is called."""
_A_DUTY = marked("Duty of the policy")


def _item_page(record: Record, page: Page) -> list[Line]:
    """Returns an item: what it says and where, who asks whom and by when, what came back, and which records name it."""
    sort, (event, *links) = _ITEMS.get(str(record.words["field"]), _A_DUTY), record.links
    titled = record._replace(title=str(record.words.get("text", record.title)))
    lines = title_lines(titled, page, _(sort))
    lines += page.section(_("In"), _links([event], page))
    who: dict[str, Value] = {"by": list(record.by), "asked_of": record.words.get("asked_of", [])}
    lines += page.section(_("Who"), fields_lines({name: names for name, names in who.items() if names}, page))
    rest = {name: value for name, value in record.words.items() if name not in _TOLD_APART}
    lines += page.section(_("What it says"), fields_lines(rest, page))
    lines += page.section(_("What came back"), chain.from_iterable(_came_back(ask, page) for ask in record.asks))
    lines += page.section(_("Records that name it"), _links(links, page))
    return [*lines, *language_lines(record.languages, page), *_legend(record, page)]


def _came_back(ask: RowAsk, page: Page) -> Iterator[Line]:
    if term := due_words(ask.term).strip():
        yield from page.paragraph(term.strip("()"), indent=2)
    for each in ask.lines:
        yield from outcome_lines(each, page, 2)
    yield from missed_lines(ask.on_missed, page, 2)


def case_record_lines(case: CaseRecord, page: Page) -> list[Line]:
    """Returns the head of a case, how many events of each kind it has, its action plans, and related cases."""
    lines = heading_lines(case.heading, page)
    about = [_("country {code}", code=case.country)] if case.country else []
    about += [_("language {code}", code=language_words(case.language))] if case.language else []
    lines += page.paragraph(page.separated(about), "dim") if about else []
    certain, may_be = sum(kind.times for kind in case.kinds), sum(kind.perhaps for kind in case.kinds)
    events = ngettext("{number} event", "{number} events", certain)
    events = _("{what} and perhaps {number} more", what=events, number=may_be) if may_be else events
    span = with_days("{first} to {last}", first=case.earliest, last=case.latest) if case.earliest else ""
    lines += [line(), *page.paragraph(f"{events}, {span}" if span else events, "title")]
    lines += page.paragraph(page.separated(map(_kind, case.kinds)), indent=2) if case.kinds else []
    lines += page.section(_("Action plans"), chain.from_iterable(_plan(plan, page) for plan in case.plans))
    lines += related_lines(case.heading, page)
    lines += language_lines(case.languages, page)
    id_of = case.heading.case
    hint = _("`ogpcase timeline {case}` tells how it went, `ogpcase status {case}` what is open", case=id_of)
    return [*lines, line(), *page.paragraph(hint, "dim")]


def _kind(count: KindCount) -> str:
    words = _KINDS[count.kind]
    if not count.times:
        return perhaps(words(count.perhaps), certain=False)
    said = words(count.times)
    return _("{what} and perhaps {number}", what=said, number=count.perhaps) if count.perhaps else said


_KINDS: Mapping[str, Callable[[int], str]] = {
    Kind.CONCERN: lambda number: ngettext("{number} concern", "{number} concerns", number),
    Kind.LETTER: lambda number: ngettext("{number} letter", "{number} letters", number),
    Kind.STATEMENT: lambda number: ngettext("{number} statement", "{number} statements", number),
    Kind.REPORT: lambda number: ngettext("{number} report", "{number} reports", number),
    Kind.RESOLUTION: lambda number: ngettext("{number} resolution", "{number} resolutions", number),
    Kind.COMMITMENT: lambda number: ngettext("{number} commitment", "{number} commitments", number),
    Kind.DEVELOPMENT: lambda number: ngettext("{number} development", "{number} developments", number),
}
"""So many events of each kind."""


def _plan(plan: PlanFile, page: Page) -> Iterator[Line]:
    period = f", {', '.join(plan.periods)}" if plan.periods else ""
    commitments = ngettext("{number} commitment", "{number} commitments", len(plan.commitments))
    yield from page.paragraph(before(f"{plan.title}{period}") + commitments, indent=2)
    yield from page.paragraph(plan.reference, "dim", 4)


def title_lines(record: Record, page: Page, *about: str) -> list[Line]:
    """Returns what a record is called, its reference, and what else is said of it there."""
    return [*page.paragraph(record.title, "title"), *page.paragraph(page.separated([record.reference, *about]), "dim")]


def inferred_mark(name: str, record: Record) -> str:
    """Returns ` (inferred)` for a field that no source states, ` (a inferred)` for an item `name#a` of it."""
    fields = record.values.get("inferred")
    named = [field.partition("#") for field in map(str, fields if isinstance(fields, list) else ())]
    said = [_("{item} inferred", item=item) if item else _("inferred") for field, _mark, item in named if field == name]
    return f" ({', '.join(said)})" if said else ""


def _value_lines(name: str, value: Value, page: Page, indent: int, mark: str = "") -> Iterator[Line]:
    words = before(" " * indent + field_words(name) + mark)
    if not _has_items(value):
        yield from _plain(Piece(words, "dim"), value, page)
        return
    yield line(Piece(words.rstrip(), "dim"))
    if isinstance(value, dict):
        for inner, each in _joined(value).items():
            yield from _value_lines(inner, each, page, indent + 2)
    elif isinstance(value, list):
        for each in value:
            yield from _item_lines(each, page, indent + 2)


def _plain(label: Piece, value: Value, page: Page) -> Iterator[Line]:
    """Yields a value, or several: each on its own line where one has a comma, so that it does not look like two."""
    values = [*map(_word, value)] if isinstance(value, list) else [_word(value)]
    if not isinstance(value, list) or not any("," in each for each in values):
        yield from page.hanging([label], ", ".join(values))
        return
    for number, each in enumerate(values):
        yield from page.hanging([label if number == 0 else Piece(" " * len(label.text))], each)


def _item_lines(value: Value, page: Page, indent: int) -> Iterator[Line]:
    if not isinstance(value, dict):
        yield from page.hanging([Piece(" " * indent + f"{page.glyphs.dot} ")], _word(value))
        return
    for number, (name, each) in enumerate(_joined(value).items()):
        rows = list(_value_lines(name, each, page, indent + 2))
        if number == 0:
            head, *rest = rows
            first = Piece(" " * indent + f"{page.glyphs.dot} " + head[0].text[indent + 2 :], head[0].style)
            rows = [(first, *head[1:]), *rest]
        yield from rows


def _joined(value: Mapping[str, Value]) -> Mapping[str, Value]:
    """Joins a source's title and id, and what the record says with the sources that give it."""
    joined = {name: each for name, each in value.items() if name not in {"source_title", "recorded_by"}}
    title, source = value.get("source_title"), value.get("source")
    if title is not None and title != source:
        joined["source"] = f"{title} ({source})"
    if isinstance(given := value.get("recorded_by"), list):
        joined["recorded"] = _("{value}, by {names}", value=value["recorded"], names=", ".join(map(str, given)))
    return joined


def _word(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return said_of(str(value))


def reference_line(text: str, indent: int, page: Page, least: int = 2) -> Line:
    """Returns a reference on a line of its own, moved left where it would not fit at `indent`; it is never cut."""
    room = indent if page.width is None else max(0, page.width - cells(text))
    return line(" " * (indent if room >= indent else min(least, room)), Piece(text, "dim"))


def _entry(name: str, value: Value, page: Page, column: int, mark: str = "") -> Iterator[Line]:
    """Yields a field of a page: its name in a column and its value beside it, or its items below it."""
    words = f"{field_words(name)}{mark}"
    if isinstance(value, dict):
        yield from _value_lines(name, value, page, 2, mark)
    elif isinstance(value, list) and _has_items(value):
        yield from page.paragraph(words, "dim", 2)
        for each in value:
            yield from _item(each, page) if isinstance(each, dict) else page.paragraph(str(each), indent=4)
    else:
        yield from _plain(Piece(f"  {padded(words, column)}  ", "dim"), value, page)


def fields_lines(values: Mapping[str, Value], page: Page) -> Iterator[Line]:
    """Yields fields of a page below each other, their names in a column."""
    column = max((cells(field_words(name)) for name in values), default=0)
    for name, value in values.items():
        yield from _entry(name, value, page, column)


_SAYING = ("text", "because", "name", "value")
"""The field of an item that says most; the first that it has stands at its head."""


def _item(item: Mapping[str, Value], page: Page) -> Iterator[Line]:
    """Yields an item: what it says, its other fields, and its id."""
    joined = _joined(item)
    head = next((name for name in _SAYING if name in joined), None)
    if head is None:
        yield from _item_lines(dict(item), page, 4)
        return
    verb = before(str(joined["verb"])) if "verb" in joined else ""
    yield from page.hanging([Piece(f"    {page.glyphs.dot} ", "dim")], f"{verb}{_word(joined[head])}")
    for name, each in joined.items():
        if name not in {head, "id", "verb"}:
            yield from _value_lines(name, each, page, 6)
    if "id" in item:
        yield line(" " * 6, Piece(str(item["id"]), "dim"))


Part: TypeAlias = Literal["Who", "When", "What it says", "What it decides", "Other facts", "elsewhere"]
"""The parts of the page that are made of the values of fields."""
_BY_SHAPE: Mapping[str, Part] = {
    "party": "Who", "date": "When", "text": "What it says", "mention": "What it says", "reference": "elsewhere",
    "code": "What it decides",
}  # fmt: skip
_OF_PART: Mapping[Part, str] = {
    "Who": "signed_by filer_class filer_count signatory_count",
    "When": "also_dated",
    "What it says": "allegations preamble replies findings grounds report_type",
    "What it decides": "clauses basis as_stated_status departure term votes",
    "elsewhere": "kind title also_stated requests milestones assessments answers sources paper told_by inferred "
    "withdrawn",
}
_BY_NAME: Mapping[str, Part] = {name: part for part, names in _OF_PART.items() for name in names.split()}
"""Fields whose part does not follow from the shape of their value; those of "elsewhere" have a section of their own."""
PARTS: tuple[Part, ...] = ("Who", "When", "What it says", "What it decides")
"""The parts of the page in their order; their names are those in the catalogues."""


def part_of(field: Question) -> Part:
    """Returns the part of the page that shows a field; a field that nobody placed is under the other facts."""
    return _BY_NAME.get(field.name) or _BY_SHAPE.get(field.shape) or "Other facts"


def _event_page(record: Record, page: Page) -> list[Line]:
    """Returns an event as a page; each section is there only if it says something."""
    kind = Kind(str(record.values["kind"]))
    lines = title_lines(record, page, _(kind.label))
    if record.withdrawn is not None:
        lines += page.paragraph(record.withdrawn, "note")
        lines += page.paragraph(_("it is no part of the case"), "dim")
    for part in PARTS:
        lines += page.section(_(part), _fields(record, part, page))
    promised = {ask.item for ask in record.commitment.milestones} if record.commitment else set()
    lines += _promised(record.commitment, page) if record.commitment else []
    asks = [ask for ask in record.asks if ask.item not in promised]
    lines += page.section(_("What it asks"), _asks([ask for ask in asks if not ask.duty], record, page))
    duties = [ask for ask in asks if ask.duty]
    lines += page.section(_("Duties that the policy ties to it"), _asks(duties, record, page))
    lines += page.section(_("What it answers"), chain.from_iterable(_answer(each, page) for each in record.answers))
    named, naming = ([link for link in record.links if link.back is back] for back in (False, True))
    lines += page.section(_("Records that it names"), _links(named, page))
    lines += page.section(_("Records that name it"), _links(naming, page))
    lines += page.section(_("Other facts"), _fields(record, "Other facts", page))
    lines += page.section(_("Where sources disagree"), _disagreements(record, page))
    sources = chain.from_iterable(_source(each, page) for each in record.sources)
    lines += page.section(_("Sources"), chain(_not_stated(record, page), sources))
    meanings = {lowered(each.answer): lowered(each.meaning).removesuffix(".") for each in record.answers}
    words = page.legend(meanings, meanings)
    legend = _legend(record, page)
    return [*lines, *language_lines(record.languages, page), *legend, *(words[1:] if legend else words)]


def _fields(record: Record, part: Part, page: Page) -> Iterator[Line]:
    """Yields the fields of a part of the page, those that stand beside their names first."""
    questions = fields_of(Kind(str(record.values["kind"])))
    fields = [each.name for each in questions if each.name in record.words and part_of(each) == part]
    short = [name for name in fields if not _has_items(record.words[name])]
    column = max((cells(field_words(name) + inferred_mark(name, record)) for name in short), default=0)
    for name in (*short, *(name for name in fields if name not in short)):
        yield from _entry(name, record.words[name], page, column, inferred_mark(name, record))
        if name == "dated" and record.bounded is not None:
            margin = Piece(" " * (column + 4))
            yield from page.hanging([margin], bounds_in_words(record.bounded, _) or "", "dim")


def _has_items(value: Value) -> bool:
    """True for a mapping and a list of items, which stand below their label."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))


def _asks(asks: Sequence[RowAsk], record: Record, page: Page) -> Iterator[Line]:
    for ask in asks:
        yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], f"{ask.said}{due_words(ask.term)}", "ask")
        yield reference_line(f"{record.reference}#{ask.item}", 4, page)
        if printed := [name for name in _asked_of(record, ask.item) if name not in {each.party for each in ask.lines}]:
            yield from page.paragraph(_("of {names}", names=apart(printed)), indent=4)
        for each in ask.lines:
            told = f" ({each.told_by})" if each.told_by else ""
            yield from outcome_lines(each, page, 4, more=told)
        yield from missed_lines(ask.on_missed, page, 4)


def _asked_of(record: Record, item: str) -> list[str]:
    """Returns whom a request asks, with the names and offices that the paper prints."""
    requests = record.words.get("requests")
    for each in requests if isinstance(requests, list) else ():
        if isinstance(each, dict) and each.get("id") == item:
            asked = each.get("asked_of")
            return [str(name) for name in asked] if isinstance(asked, list) else []
    return []


def _answer(answer: AnswerGiven, page: Page) -> Iterator[Line]:
    said = answer.text or answer.request
    yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], said, "ask")
    if answer.text:
        names = apart(map(somebody, answer.by))
        by = _("asked by {names}", names=names) if answer.by else _("asked")
        day = date_in_short(answer.dated or "")
        yield from page.paragraph(f"{by} {with_days('on {day}', day=day)}" if day else by, indent=4)
        yield reference_line(answer.request, 4, page)
    of = _(", of {names}", names=apart(map(somebody, answer.of))) if answer.of else ""
    due = _(", new last day {day}", day=answer.new_due) if answer.new_due else ""
    yield from page.hanging([Piece(f"    {page.glyphs.arrow} ", "dim")], f"{lowered(answer.answer)}{of}{due}")


def _links(links: Sequence[RecordLink], page: Page) -> Iterator[Line]:
    """Yields each record once, with all fields that name it, and what it says of an item."""
    by_reference: dict[str, list[RecordLink]] = {}
    for link in links:
        by_reference.setdefault(link.reference, []).append(link)
    column = max((cells(date_in_short(links[0].dated or "")) for links in by_reference.values()), default=0)
    for reference, several in by_reference.items():
        fields = dict.fromkeys(link.field for link in several)
        named = [*fields] != ["of"]  # which leads from an item to its event, as the heading above says
        names = f" ({', '.join(map(field_words, fields))})" if named else ""
        title = several[0].title or _("no record is there")
        yield from page.dated(several[0].dated or "", f"{title}{names}", column=column)
        for said in filter(None, (link.said for link in several)):
            yield from page.paragraph(said, indent=column + 4)
        yield reference_line(reference, column + 4, page)


def _disagreements(record: Record, page: Page) -> Iterator[Line]:
    """Yields each fact that a source states otherwise, with the source, and what is recorded."""
    stated = record.words.get("also_stated")
    for each in stated if isinstance(stated, list) else ():
        assert isinstance(each, dict)
        value, by = each["value"], each.get("recorded_by")
        said = apart(map(str, value)) if isinstance(value, list) else str(value)
        field = field_words(str(each["field"]))
        first = [Piece(f"  {page.glyphs.dot} ", "dim"), Piece(before(field), "dim")]
        source = f"{each['source_title']} ({each['source']})"
        yield from page.hanging(first, _("{value}, by {names}", value=said, names=source))
        if "recorded" in each:
            recorded = str(each["recorded"])
            if isinstance(by, list):
                recorded = _("{value}, by {names}", value=recorded, names=", ".join(map(str, by)))
            yield from page.hanging([Piece(f"    {before(_('recorded'))}", "dim")], recorded)


def _not_stated(record: Record, page: Page) -> Iterator[Line]:
    """Yields the fields that no source states in words."""
    inferred = record.values.get("inferred")
    if isinstance(inferred, list):
        names = ", ".join(fact_words(str(name)) for name in inferred)
        yield from page.paragraph(before(_("no source states in words")) + names, "note", 2)


def _source(given: SourceGiven, page: Page) -> Iterator[Line]:
    source = given.source
    what = _("tells of it as past") if given.tells else ""
    what = _("the paper itself") if given.paper else what
    title = f"{given.title} ({what})" if what else given.title
    yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], title)
    gives = ", ".join(map(fact_words, given.gives))
    words = _("gives {fields}", fields=gives) if gives else _("what it gives is not recorded")
    yield from page.paragraph(words, indent=4)
    about = [
        source.publisher,
        source.published and with_days("published {day}", day=source.published.text),
        source.retrieved and with_days("read {day}", day=source.retrieved.text),
        source.language and _("language {code}", code=language_words(source.language)),
        source.file and _("kept as {file}", file=source.file),
    ]
    if said := [each for each in about if each]:
        yield from page.paragraph(page.separated(said), "dim", 4)
    for address in (source.url, source.archived_url):
        if address and address != given.title:
            yield line("    ", Piece(address, "dim"))
    yield line("    ", Piece(source.id, "dim"))


def plan_lines(plan: PlanFile, page: Page) -> list[Line]:
    """Returns the plan's heading, its commitments with their results, and the developments that name the plan."""
    about = [plan.reference, *([_("period {years}", years=", ".join(plan.periods))] if plan.periods else [])]
    lines = page.paragraph(plan.title, "title")
    lines += page.paragraph(page.separated(about), "dim")
    if plan.names[1:]:
        lines += page.hanging([Piece(before(_("also called")), "dim")], apart(plan.names[1:]))
    count = ngettext("{number} commitment", "{number} commitments", len(plan.commitments))
    count = count if plan.commitments else _("no commitment of it is recorded")
    lines += [line(), *page.paragraph(count, "title")]
    for number, each in enumerate(plan.commitments):
        lines += [*([line()] if number else []), *_commitment(each, page)]
    lines += page.section(_("Developments that name it"), _developments(plan, page))
    lines += language_lines(plan.languages, page)
    return [*lines, *legend_lines({word for each in plan.commitments for word in _words_of_commitment(each)}, page)]


def _promised(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    """Yields the sections of a commitment: milestones, assessments, and requests that it answers or cites."""
    yield from page.section(before(_("Milestones")) + _met_words(commitment), _milestones(commitment, page, 2))
    yield from page.section(_("Assessments"), _assessments(commitment.assessments, page, 2))
    yield from page.section(_("Requests that it answers or cites"), _spoken_to(commitment.speaks_to, page, 2))


def _met_words(commitment: ShownCommitment) -> str:
    """Returns how many milestones are recorded as met: `1 of 3 recorded as met, perhaps 1 more`."""
    met, all_of_them = commitment.met, len(commitment.milestones)
    words = ngettext("{met} of {number} recorded as met", "{met} of {number} recorded as met", all_of_them, met=met)
    more = commitment.perhaps_met
    return _("{words}, perhaps {number} more", words=words, number=more) if more else words


def _words_of_commitment(commitment: ShownCommitment) -> Iterator[str]:
    yield from words_of_lines(one for ask in commitment.milestones for one in ask.lines)
    if not commitment.certain or commitment.perhaps_met or not all(one.certain for one in commitment.assessments):
        yield "perhaps"


def words_of_lines(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words of the legend that lines use; words for lengths of time only where the line shows one."""
    for each in lines_shown:
        told = line_words(each)
        rough = [days for days in (each.timing_days, each.silent_for) if days and days.fewest != days.most]
        shown = any(words in told for words in map(days_in_words, rough) if words)
        drawn = each if shown else each._replace(open_for=None, timing_days=None)
        yield from words_of_asks([drawn._replace(parts=())])
        yield from words_of_lines(each.parts)


def _commitment(commitment: ShownCommitment, page: Page) -> Iterator[Line]:
    number = f"{commitment.event.number}. " if commitment.event.number is not None else f"{page.glyphs.dot}  "
    first = [Piece("  "), Piece(number, "dim")]
    doubt = "" if commitment.certain else f" ({_('perhaps')})"
    yield from page.hanging(first, f"{commitment.title}{doubt}", "stage")
    yield reference_line(commitment.reference, 5, page)
    first_day, until = date_in_short(commitment.event.date_text), commitment.event.until
    span = glued_before(with_days("from {day}", day=first_day), first_day)
    span += f" {glued_before(with_days('until {day}', day=until.text), until.text)}" if until else ""
    leaders = apart(_("nobody named") if name == UNKNOWN else name for name in commitment.lead)
    led = _("led by {names}", names=leaders) if leaders else ""
    yield from page.paragraph(page.separated(filter(None, [span, led])), indent=5)
    if commitment.milestones:
        yield from page.paragraph(before(_("milestones")) + _met_words(commitment), indent=5)
        yield from _milestones(commitment, page, 7)
    yield from _assessments(commitment.latest, page, 5)
    yield from _spoken_to(commitment.speaks_to, page, 5)


def _milestones(commitment: ShownCommitment, page: Page, indent: int) -> Iterator[Line]:
    for ask in commitment.milestones:
        first = [Piece(" " * indent + f"{page.glyphs.dot} ", "dim")]
        yield from page.hanging(first, f"{ask.said}{due_words(ask.term)}")
        yield from page.paragraph(ask.item, "dim", indent + 2)
        for one in ask.lines:
            yield from outcome_lines(one, page, indent + 2)
        yield from missed_lines(ask.on_missed, page, indent + 2)


def _assessments(several: Sequence[ShownAssessment], page: Page, indent: int) -> Iterator[Line]:
    column = max((cells(one.assessment.dated.text) for one in several), default=0)
    for one in several:
        assessment, office = one.assessment, one.assessment.by.office
        who = f"{one.by}, {office}" if office else one.by
        source = f" ({one.source_title})" if one.source_title else ""
        result = lowered(_(assessment.completion.label))
        said = _("assessed as {result} by {assessor}", result=result, assessor=said_of(who))
        said = perhaps(said, certain=one.certain) + source
        date = Piece(" " * indent + f"{padded(assessment.dated.text, column)}  ", "date")
        yield from page.hanging([date], said)


def _spoken_to(requests: Iterable[SpokenTo], page: Page, indent: int) -> Iterator[Line]:
    for to in requests:
        how = _("answers, as {outcome}", outcome=outcome_words(to.answer)) if to.answer else _("cites")
        yield from page.hanging([Piece(" " * indent), Piece(before(how), "ask")], to.text)
        yield reference_line(to.request, indent + 2, page)


def _developments(plan: PlanFile, page: Page) -> Iterator[Line]:
    column = max((cells(date_in_short(each.event.date_text)) for each in plan.developments), default=0)
    for development in plan.developments:
        state = development.event.process
        process = f" ({_('process {state}', state=lowered(_(state.label)))})" if state else ""
        title = perhaps_titled(development.title, certain=development.certain)
        yield from page.dated(development.event.date_text, f"{title}{process}", column=column)
        yield reference_line(development.reference, column + 4, page)


def _legend(record: Record, page: Page) -> list[Line]:
    """Returns the meanings of the words that the outcomes of a record use."""
    used = {*words_of_lines(each for ask in record.asks for each in ask.lines)}
    return legend_lines(used.union(_words_of_commitment(record.commitment) if record.commitment else ()), page)
