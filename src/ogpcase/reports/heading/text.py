"""The top of a case's views in the terminal, and the last lines of most views."""

from collections.abc import Iterable
from datetime import date

from ogpcase.output.lines import Line, Page, Piece, line
from ogpcase.output.messages import ENGLISH, _, marked, pgettext, with_days
from ogpcase.output.words import any_of, apart, before, date_in_short, days_in_words, glued_before, since_said
from ogpcase.reports.heading.rows import NOT_READ, Heading, RelatedCase
from ogpcase.reports.shown import Languages, inferred_words, said_of


def heading_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the title, subject and track of the case, its stage, and the time in it."""
    version, track = heading.policy_version, said_of(heading.track)
    procedure = _("{track}, {version} version", track=track, version=version) if version else track
    about = page.separated([heading.case, said_of(heading.subject), procedure])
    return [*page.paragraph(heading.title, "title"), *page.paragraph(about, "dim"), *stage_lines(heading, page)]


def stage_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the line with the case's stage, its date, the time in it, and the stage that the case is perhaps in."""
    if not heading.known:
        stands = f"{heading.stands}{since_words(heading)}"
        by_the_others = _("by the records that can be read: {stage}", stage=stands)
        return [*page.paragraph(_(NOT_READ), "bad"), *page.paragraph(by_the_others, "open", 2)]
    parts = [f"{heading.stands}{since_words(heading)}"]
    if length := days_in_words(heading.length):
        told = _SINCE_OPENING if not heading.quiet_since else _TO_LAST_RECORD
        told = _TO_END if heading.stage.ends else told
        parts.append(_(told, length=length, opening=opening_words(heading)) + _length_doubts(heading))
    parts += filter(None, [quiet_words(heading)])
    lines = page.paragraph(page.separated(parts), "stage")
    if heading.perhaps is not None:
        stages = any_of(_(stage.label) for stage in heading.alternatives or (heading.perhaps,))
        words = _(
            "perhaps {stages}: what may have happened by {day} would move it there", stages=stages, day=heading.as_of
        )
        if (day := heading.known_by) is not None:
            words = _("perhaps {stages}: what may have been known on {day} would move it there", stages=stages, day=day)
        lines += page.paragraph(words, "open", 2)
    return lines


_TO_END = marked("{length} from {opening} to end")
_TO_LAST_RECORD = marked("{length} from {opening} to the last record")
_SINCE_OPENING = marked("{length} since {opening}")


def opening_words(heading: Heading) -> str:
    """Returns what opening a case of its procedure is called."""
    return pgettext("opening", heading.opening.name)


def _length_doubts(heading: Heading) -> str:
    """Returns in brackets what makes the length of the case doubtful: an inferred first step, or other dates."""
    inferred = [_("the {opening} is inferred", opening=opening_words(heading))] if heading.filing_inferred else []
    others = list(filter(None, map(days_in_words, heading.other_lengths)))
    said = [*inferred, *([_("{length} by another date", length=any_of(others))] if others else [])]
    return f" ({apart(said)})" if said else ""


def since_words(heading: Heading) -> str:
    """Returns since when the case has been in its stage, after a blank; nothing before the first step."""
    inferred = inferred_words(heading.inferred)
    since = f" {glued_before(since_said(heading.since), date_in_short(heading.since))}" if heading.since else ""
    return f"{since} ({inferred})" if since and inferred else since


def quiet_words(heading: Heading) -> str:
    """Returns since when nothing is recorded, if that is long ago; never that nothing was done."""
    quiet = heading.quiet_since if heading.known else None
    return glued_before(with_days("nothing recorded since {day}", day=quiet), quiet) if quiet else ""


def counted_to_lines(on: date, page: Page) -> list[Line]:
    """Returns to which days lengths are counted, where nothing has been recorded of a case for long."""
    return page.paragraph(_("days open run to {day}, days of the case to its last record", day=on), "dim")


def joined(several: Iterable[Languages]) -> Languages:
    """Returns the languages that a reader of several cases sees, in the order of the cases."""
    each = list(several)
    return Languages(each[0].asked, tuple(dict.fromkeys(tag for languages in each for tag in languages.shown)))


def language_lines(languages: Languages, page: Page) -> list[Line]:
    """Returns a line that names the texts in other languages than the reader's; nothing if there are none."""
    if not languages.shown:
        return []
    others = ", ".join(map(language_words, languages.shown))
    asked = language_words(languages.asked or ENGLISH)
    words = _("what is not recorded in {language} is shown in {others}", language=asked, others=others)
    return [line(), *page.paragraph(words, "dim")]


_LANGUAGES = {"en": marked("English"), "es": marked("Spanish"), "fr": marked("French")}


def language_words(tag: str) -> str:
    """Returns the name of a language that the program speaks; of others the tag."""
    return _(_LANGUAGES[tag]) if tag in _LANGUAGES else f"`{tag}`"


def related_name(related: RelatedCase) -> str:
    """Returns the title of another case and its id in this folder, else its addresses."""
    title = related.title or ", ".join(related.urls)
    named = f"{title} ({related.case})" if related.case not in {None, title} else title
    return named if related.dated else _("{case}; when it began is not recorded here", case=named)


def related_lines(heading: Heading, page: Page) -> list[Line]:
    """Returns the related cases, each with its addresses."""
    lines: list[Line] = []
    for related in heading.related:
        lines += page.hanging([Piece(f"  {before(related.relation)}", "dim")], related_name(related))
        lines += [line("    ", Piece(url, "dim")) for url in related.urls]
    return page.section(_("Related cases"), lines)
