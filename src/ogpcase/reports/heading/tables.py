"""The head of a case, as the rows of several questions hold it."""

from __future__ import annotations

from ogpcase.output.columns import DAYS, Column, Shape, Type, many, maybe
from ogpcase.output.markdown import escaped
from ogpcase.reports.heading.rows import NOT_READ, Heading, RelatedCase

RELATED: Shape[RelatedCase] = Shape(
    "related case",
    Column("relation", "how it stands to this case"),
    Column("relation_code", "the same as a code", Type.TEXT, "code"),
    Column("case", "its id, where it is one of this folder", maybe(Type.TEXT)),
    Column("title", "what it is"),
    Column("url", "a page about it", maybe(Type.TEXT)),
    words=lambda related: f"{related.relation}: {related.title or related.url or 'not named'}",
)
HEADING: Shape[Heading] = Shape(
    "heading",
    Column("case", "the case's id"),
    Column("title", "its title"),
    Column("subject", "the government it is about"),
    Column("subject_id", "its id", maybe(Type.TEXT)),
    Column("track", "which of OGP's procedures it is under"),
    Column("track_code", "the same as a code", maybe(Type.TEXT)),
    Column("policy_version", "the version of the policy in force at filing", maybe(Type.TEXT)),
    Column(
        "stage",
        "where it stands; null where a record that cannot be read may move the case",
        maybe(Type.TEXT),
        lambda heading: heading.stage if heading.known else None,
    ),
    Column(
        "since",
        "the date of its first entry into that stage",
        maybe(Type.DATE),
        lambda heading: heading.since if heading.known else None,
    ),
    Column("perhaps", "where merely possible moves would lead, if elsewhere", maybe(Type.TEXT)),
    Column("alternatives", "all stages that a merely possible move may have led to", Type.TEXTS),
    Column("tracked", "false on a track whose moves are not known: then `stage` says nothing", Type.FLAG),
    Column("filed", "the date of the filing", maybe(Type.DATE)),
    Column(
        "ended",
        "whether that stage ends a case; null where the stage is not known",
        maybe(Type.FLAG),
        lambda heading: heading.stage.ends if heading.known else None,
    ),
    Column("days_from_filing", "from the filing to the end, or to `as_of`", maybe(DAYS), "length"),
    Column("related", "other cases", many(RELATED)),
)


def version_of(heading: Heading) -> tuple[str, ...]:
    """Returns the version of the policy that a case's header names, where it names one."""
    return (heading.policy_version,) if heading.policy_version else ()


def head_lines(heading: Heading) -> list[str]:
    """Returns the head of a case over its table in Markdown."""
    since = f" since {escaped(heading.since)}" if heading.since else ""
    stands = f"**{escaped(heading.stage.label)}**{since}" if heading.known else f"**{NOT_READ}**"
    return [
        f"# {escaped(heading.title)}",
        "",
        f"{escaped(heading.case)} · {escaped(heading.subject)} · {escaped(heading.track)}",
        "",
        stands,
        "",
    ]
