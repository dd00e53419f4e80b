"""The columns of a case's basic facts, which several reports share."""

from ogpcase.output.columns import DAYS, Column, Only, Shape, Type, many, maybe
from ogpcase.output.markdown import escaped
from ogpcase.output.messages import _, with_days
from ogpcase.output.words import since_said
from ogpcase.reports.heading.rows import NOT_READ, Heading, RelatedCase
from ogpcase.reports.shown import inferred_words

RELATED: Shape[RelatedCase] = Shape(
    "related case",
    Column("relation", "the relation of the other case to this one"),
    Column("relation_code", "the code of the relation", Type.TEXT, "code"),
    Column("case", "the other case's id, where it is in this folder", maybe(Type.TEXT)),
    Column("title", "the other case's title or description"),
    Column("urls", "the addresses of pages about the other case", Type.TEXTS),
    words=lambda related: f"{related.relation}: {related.title or ', '.join(related.urls) or 'not named'}",
)
HEADING: Shape[Heading] = Shape(
    "heading",
    Column("case", "the case's id"),
    Column("title", "the case's title"),
    Column("subject", "the government that the case is about"),
    Column("subject_id", "the id of the government's party", maybe(Type.TEXT)),
    Column("track", "the OGP procedure that the case follows"),
    Column("track_code", "the code of the procedure", maybe(Type.TEXT)),
    Column("policy_version", "the version of the policy in force at filing", maybe(Type.TEXT)),
    Column(
        "stage",
        "the present stage; null where a record that cannot be read may move the case, or no step was known by the day",
        maybe(Type.TEXT),
        lambda heading: heading.stage if heading.known and not heading.no_step_known else None,
    ),
    Column(
        "since",
        "the date when the case first entered the present stage",
        maybe(Type.DATE),
        lambda heading: heading.since if heading.known else None,
    ),
    Column("perhaps", "the stage if the possible moves have happened; null where it is the same", maybe(Type.TEXT)),
    Column("alternatives", "all stages that possible moves may have led to", Type.TEXTS),
    Column("filed", "the date of the first step: the filing, or what opens a case of this procedure", maybe(Type.DATE)),
    Column(
        "ended",
        "whether the present stage ends a case; null where the stage is not known",
        maybe(Type.FLAG),
        lambda heading: heading.stage.ends if heading.known and not heading.no_step_known else None,
    ),
    Column(
        "days_from_filing",
        "days from the first step to the end of the case, to `nothing_recorded_since`, or to `as_of`",
        maybe(DAYS),
        "length",
    ),
    Column(
        "days_by_other_dates",
        "the same by the dates of other sources for the first step or the end, where those contradict",
        many(DAYS),
        "other_lengths",
        only=Only.JSON,
    ),
    Column("filing_inferred", "true where no source states the first step in words", Type.FLAG),
    Column(
        "nothing_recorded_since",
        "the day of the last record, where the case has not ended and that is more than a year before `as_of`",
        maybe(Type.DAY),
        "quiet_since",
    ),
    Column("inferred", "the fields that decide the step to the stage, and that no source states in words", Type.TEXTS),
    Column("related", "cases related to this one", many(RELATED)),
)


def version_of(heading: Heading) -> tuple[str, ...]:
    """Returns the version of the policy that a case's header names, where it names one."""
    return (heading.policy_version,) if heading.policy_version else ()


def head_lines(heading: Heading) -> list[str]:
    """Returns the head of a case over its table in Markdown."""
    since = f" {escaped(since_said(heading.since))}" if heading.since else ""
    since += f" ({escaped(words)})" if (words := inferred_words(heading.inferred)) else ""
    quiet = heading.quiet_since
    since += f" · {with_days('nothing recorded since {day}', day=quiet)}" if quiet else ""
    stands = f"**{escaped(heading.stands)}**{since}" if heading.known else f"**{_(NOT_READ)}**"
    return [
        f"# {escaped(heading.title)}",
        "",
        f"{escaped(heading.case)} · {escaped(heading.subject)} · {escaped(heading.track)}",
        "",
        stands,
        "",
    ]
