"""Words against the policy: whose version of its words and moves applies?

A stage's word of another version is caught as the record is bound (OC421).
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import HEADER, Scope
from ogpcase.diagnostics import Place, Problem, rule
from ogpcase.model.casefile import file_of_header
from ogpcase.model.codelists import Track


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


CHECKS = (policy_version_missing,)
