"""The words that views print for replies and findings, and how many allegations have each state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ogpcase.model.codelists import CodeList, Conclusion, Position
from ogpcase.model.table_codes import TableCode
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import apart, glued_before
from ogpcase.reports.findings.rows import Findings, FindingState, ReplyState


def summary_of(findings: Findings) -> str:
    """Returns `6 allegations: 3 answered, 1 answered as a whole, 2 with nothing recorded; findings on 4`.

    The counts are of certain states; the end says how many states may be different.
    """
    rows = findings.allegations
    if not rows:
        return _("no allegation is recorded")
    unsure = sum(not row.certain for row in rows)
    otherwise = sum(bool(row.perhaps_reply_state or row.perhaps_finding_state) for row in rows)
    counts = ", ".join(say(count) for state, say in _COUNTED.items() if (count := findings.count(state)))
    said = ngettext("{number} allegation", "{number} allegations", len(rows))
    said += _(" ({number} perhaps)", number=unsure) if unsure else ""
    known = all(row.finding_state is not FindingState.NOT_READ for row in rows)
    found = str(findings.found or _("none")) if known else _("at least {number}", number=findings.found)
    said = _("{allegations}: {counts}; findings on {found}", allegations=said, counts=counts, found=found)
    return apart([said, *([_("{number} perhaps otherwise", number=otherwise)] if otherwise else [])])


_COUNTED: Mapping[ReplyState, Callable[[int], str]] = {
    ReplyState.ANSWERED: lambda number: ngettext("{number} answered", "{number} answered", number),
    ReplyState.NOT_ADDRESSED_IN_REPLY: lambda number: ngettext(
        "{number} left aside in the reply", "{number} left aside in the reply", number
    ),
    ReplyState.ANSWERED_AS_A_WHOLE: lambda number: ngettext(
        "{number} answered as a whole", "{number} answered as a whole", number
    ),
    ReplyState.WITHHELD: lambda number: ngettext("{number} reply withheld", "{number} reply withheld", number),
    ReplyState.NOT_READ: lambda number: ngettext("{number} reply not known", "{number} reply not known", number),
    ReplyState.UNANSWERED: lambda number: ngettext(
        "{number} with nothing recorded", "{number} with nothing recorded", number
    ),
}
"""How many allegations have each state, in words."""
NOT_RECORDED, NOT_KNOWN = marked("not recorded"), Conclusion.UNKNOWN.label.lower()
OTHERS = marked("not for the government")
NO_EVIDENCE = marked("none recorded")
ALSO_SAID, ALSO_FOUND = marked("Also said"), marked("Also found")
CONCLUDE, ENDED = marked("What the reports conclude"), marked("How the case ended")


def spoken_for(by_subject: bool | None) -> str:  # noqa: FBT001 - the answer to whose it is
    """Returns whether a paper speaks for the Subject; empty where it does."""
    if by_subject is None:
        return _("perhaps for the government")
    return "" if by_subject else _(OTHERS)


def position_words(position: Position, about: str = "") -> str:
    """Returns what a paper does to the allegation beside which it stands, or to what it is `about`."""
    if position is Position.DOES_NOT_ADDRESS and not about:
        return _("does not address it")
    words = _(position.label).lower()
    return f"{words} {about}" if about else words


def state_words(state: CodeList, perhaps: CodeList | None) -> str:
    """Returns the state of a reply or a finding, and the one that is possible too."""
    return f"{_(state.label)}, {_('perhaps {words}', words=_(perhaps.label))}" if perhaps else _(state.label)


def basis_words(basis: str | None) -> str:
    """Returns on which clause a decision rests."""
    return glued_before(_("on the basis of {clause}", clause=basis), basis) if basis else _("basis not recorded")


def answers_words(papers: int, *, answers: bool) -> str:
    """Returns what papers do that answer a Concern, or only speak of it."""
    if answers:
        return ngettext("answers the Concern", "answer the Concern", papers)
    return ngettext("speaks of the Concern", "speak of the Concern", papers)


def silent_words(papers: int, allegations: str) -> str:
    """Returns for which allegations no words of papers are recorded."""
    return ngettext(
        "what it says of {allegations} is not recorded",
        "what they say of {allegations} is not recorded",
        papers,
        allegations=allegations,
    )


def grade(code: CodeList | TableCode | None) -> str:
    """Returns what a report found in English: not known where it is `unknown`, not recorded where nothing is."""
    return NOT_RECORDED if code is None else code.label.lower()


def graded(code: CodeList | TableCode | None) -> str:
    """Returns what a report found in words: not known where it is `unknown`, not recorded where nothing is."""
    return _(NOT_RECORDED) if code is None else _(code.label).lower()
