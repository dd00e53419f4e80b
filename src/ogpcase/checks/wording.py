"""Words against the policy: whose version of its words and moves applies, and are they those of another track?

A stage's word of another version is caught as the record is bound (OC421).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.checks.scope import HEADER, Scope
from ogpcase.diagnostics import Place, Problem, Severity, rule
from ogpcase.model.casefile import file_of_header
from ogpcase.model.codelists import Track
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import version_of


@rule("OC422", "policy-version-missing")
def policy_version_missing(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy does not say which version of the policy was in force when it was filed.

    Why it matters
        The versions differ in bodies, words and moves; without one, no move can be judged.
    Wrong
        track: response_policy
    Right
        track: response_policy
        policy_version: "2017"
    Not reported when
        The case is under another track.
    """
    header = scope.case.header
    unread = scope.case.flawed.get(HEADER, frozenset()).intersection({"policy_version", "track"})
    if header and header.track is Track.RESPONSE_POLICY and header.policy_version is None and not unread:
        place = Place(
            file_of_header(scope.case.id), ("policy_version",), "`policy_version` belongs here", "missing",
            after=("title", "track"),
        )  # fmt: skip
        helps = ('write `policy_version: "2014"` or `policy_version: "2017"`: the one in force at filing',)
        yield Problem("this case does not say which version of the policy it is under", (place,), helps=helps)


@rule("OC423", "case-of-another-track", Severity.WARNING)
def case_of_another_track(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy speaks of its steps in the words of another procedure.

    Why it matters
        Three procedures run beside each other and are often taken for one another: Turkey and El Salvador were
        declared inactive after Procedural Reviews. Under the wrong one every step is held against the wrong rules.
    Wrong
        track: response_policy  policy_version: "2017"  with  as_stated_status: inactive
    Right
        track: procedural_review
    Not reported when
        The word is the 2014 version's own, as `inactive` was; the record is context; or it carries a departure with a
        source.
    """
    header = scope.case.header
    if header is None or header.track is not Track.RESPONSE_POLICY:
        return
    for track in (Track.PROCEDURAL_REVIEW, Track.RAPID_RESPONSE):
        said = [each for each in _foreign_words(scope, track) if not scope.departs(each[0])]
        if said:
            places = [scope.place(event, (field,), f"a word of {track.label}") for event, field in said]
            first, *rest = places
            at = Place(file_of_header(scope.case.id), ("track",), "the case is said to be under this one")
            helps = (
                f"if this is a {track.label}, give it a case of its own with `track: {track}`",
                "if the paper itself mixes the two up, add `departure:` with a reason and a source",
            )
            message = f"this case uses a word of {track.label}"
            yield Problem(message, (first, at, *rest), _WHOSE[track], helps)


_WORDS = {
    Track.PROCEDURAL_REVIEW: re.compile(r"inactive|contrary to (?:the )?(?:ogp )?process|procedural review"),
    Track.RAPID_RESPONSE: re.compile(r"rapid response(?: mechanism| protocol| policy)?"),
}
_WHOSE = {
    Track.PROCEDURAL_REVIEW: (
        "a Procedural Review finds that a country acted contrary to process, and may declare it `inactive`",
        "since 2017 the Response Policy's own word is `suspended`",
    ),
    Track.RAPID_RESPONSE: (
        "the Rapid Response Mechanism of 2018, and the Protocol that replaced it in 2020, end in a public position",
    ),
}


def _foreign_words(scope: Scope, track: Track) -> Iterator[tuple[Event, str]]:
    """Yields the events, with the field, whose source's own word or clause is one of another track."""
    for event in scope.case.events:
        for field in ("as_stated_status", "basis"):
            said = getattr(event, field)
            if said is None:
                continue
            version = version_of(scope.case, event)
            words = " ".join(said.casefold().split())
            found = _WORDS[track].search(words)
            own = version is None or any(found and found[0] == each.word.casefold() for each in version.words)
            if found and not own and not event.context:
                yield event, field


CHECKS = (policy_version_missing, case_of_another_track)
