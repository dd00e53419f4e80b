"""Mermaid: the policy table as a state diagram, and a case as a timeline."""

from __future__ import annotations

import unicodedata

from ogpcase.diagnostics.harmless import visible
from ogpcase.model.codelists import Stage
from ogpcase.policy.version import PolicyVersion
from ogpcase.views.status import possible_move
from ogpcase.views.timeline import Timeline

_HARMLESS = frozenset(" ,.()'/-")


def policy_mermaid(version: PolicyVersion) -> str:
    """Returns the version's moves as a state diagram; a move that could not be verified says so."""
    stages = dict.fromkeys(stage for move in version.moves for stage in (*move.from_, move.to))
    lines = ["stateDiagram-v2", *(f"    {stage} : {_label(stage.label)}" for stage in stages)]
    lines.append(f"    [*] --> {Stage.NOT_FILED}")
    for move in version.moves:
        seen = possible_move(move)
        clause = f", {move.clause}" if move.clause else ""
        doubt = "" if move.verified else " (not verified)"
        label = _label(seen.decided_by + clause + doubt)
        lines += [f"    {start} --> {move.to} : {label}" for start in move.from_]
    lines += [f"    {stage} --> [*]" for stage in stages if stage.ends]
    return "\n".join(lines) + "\n"


def timeline_mermaid(timeline: Timeline) -> str:
    """Returns a case as a Mermaid timeline: a section for each stay in a stage, its events by date."""
    lines = ["timeline", f"    title {_label(timeline.heading.title)}"]
    section = -1
    for row in timeline.rows:
        if row.stays != section:
            section = row.stays
            stage = timeline.spans[section - 1].stage.label if section else "Before filing"
            lines.append(f"    section {_label(stage)}")
        perhaps = "" if row.certain else "perhaps "
        lines.append(f"        {_label(_doubt_spelt_out(row.dated))} : {perhaps}{_label(row.title)}")
    return "\n".join(lines) + "\n"


def _doubt_spelt_out(dated: str) -> str:
    """Returns a date with words for its qualifiers, and for the open side of a set: Mermaid's labels have no signs."""
    for sign, word in (("?", " uncertain"), ("~", " about"), ("%", " about and uncertain")):
        dated = dated.replace(sign, word)
    if not dated.startswith("["):
        return dated
    first, dots, last = dated.strip("[]").partition("..")
    if not dots:
        return f"one of {first}"
    if first and last:
        return f"between {first} and {last}"
    return f"{first} or later" if first else f"up to {last}"


def _label(text: str) -> str:
    """Returns text of which only what Mermaid takes as a label is left: letters, digits and harmless signs."""
    kept = "".join(each if each in _HARMLESS or _is_word(each) else " " for each in text)
    return " ".join(kept.split()) or "-"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and visible(character) == character
