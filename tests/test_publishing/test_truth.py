"""A copy says less than its folder, and nothing for certain that is not so: no stage, day, silence or lateness.

Each of the invented stories, with things withheld at random, as it stands on several days.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from tests.test_publishing.folders import STORIES, Folder, bound, faults, read, withheld
from tests.trials import examples

from ogpcase.diagnostics import Problem, Severity
from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.as_of import Moment
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import standing
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.judge_folder import problems_of_folder
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.copying import PublicCopy, public_copy
from ogpcase.workspace.publishing.false_claims import Names, false_claims
from ogpcase.workspace.publishing.records import Records, texts_of
from ogpcase.workspace.publishing.refusals import errors_of_copy, narrowed_days

WHOLE = read(STORIES)
CASES = sorted({file.partition("/")[0] for file in WHOLE} - {"parties"})
TODAY = date(2026, 11, 22)
SOME = settings(
    max_examples=examples(4, 200),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
ORDERING = {
    "dated", "also_dated", "in_reply_to", "follows", "adopts", "answers", "requests", "milestones", "received",
    "published", "paper", "told_by", "sources",
}  # fmt: skip
"""The fields that put steps in order, by a day or a link; an answer goes with its request, and with who gave it."""
OF_ORDER = {"OC308", "OC401", "OC405"}
"""The errors of steps that are not taken in order."""
SAYS_NOTHING = {"unanswered", "silent"}
"""What came back, in words that tell of a silence."""
TOO_LATE = {"late", "due_passed"}


def story(case_id: str) -> Folder:
    """One case of the corpus, with all parties and the cases that it speaks of."""
    said = json.dumps([values for file, values in WHOLE.items() if file.startswith(f"{case_id}/")])
    tops = {"parties", case_id, *(other for other in CASES if other in said)}
    return {file: values for file, values in WHOLE.items() if file.partition("/")[0] in tops}


def case_of(records: Records, case_id: str) -> CaseFile:
    registry = Registry(records.parties, settings=records.settings)
    return assemble(case_id, records.headers[case_id], tuple(records.events[case_id].values()), registry)


def days_of(*cases: CaseFile) -> list[date]:
    """Every third of the days on which something may change, and the days before and after."""
    ends = {
        end
        for case in cases
        for event in case.events
        for end in (event.dated.first, event.dated.last)
        if end is not None
    }
    near = {end + timedelta(days=by) for end in ends if date(1900, 1, 1) < end < date(2100, 1, 1) for by in (-1, 0, 1)}
    return [*sorted(near)[::3], TODAY]


class Both:
    """A folder's case, its copy, and what each thing of the copy is called in the folder."""

    def __init__(self, folder: Records, copy: PublicCopy, case_id: str) -> None:
        self.whole, self.copy = case_of(folder, case_id), case_of(copy.records, case_id)
        events = f"{case_id}/events/"
        self.events = {
            new.removeprefix(events).removesuffix(".yaml"): old.removeprefix(events).removesuffix(".yaml")
            for new, old in copy.came_from.items()
            if new.startswith(events)
        }
        hidden = {party.withhold.pseudonym: old for old, party in folder.parties.items() if party.withhold}
        self.parties = {name: hidden.get(name, name) for name in copy.records.parties}

    def false_stages(self) -> Iterator[str]:
        for day in days_of(self.whole, self.copy):
            said, true = standing(self.copy, Moment(day)), standing(self.whole, Moment(day))
            if said.stage is not true.stage and said.perhaps is None:
                yield f"{day}: {said.stage}, and it was {true.stage}"

    def false_days(self) -> Iterator[str]:
        dated = {event.id: event.dated for event in self.whole.events}
        for event in self.copy.events:
            said, true = event.dated, dated[self.events[event.id]]
            starts = said.first is None or (true.first is not None and said.first <= true.first)
            ends = said.last is None or (true.last is not None and said.last >= true.last)
            if not (starts and ends):
                yield f"{event.id}: {said.text}, and it was {true.text}"

    def false_silences(self) -> Iterator[str]:
        for day in days_of(self.whole, self.copy)[::4]:
            true = {f"{ask.event.id}#{ask.item}": ask for ask in asks_of(self.whole, Moment(day))}
            for ask in (each for each in asks_of(self.copy, Moment(day)) if each.certain):
                name = f"{self.events[ask.event.id]}#{ask.item}"
                for line in (each for each in ask.lines if each.certain):
                    yield from self._false_line(f"{day} {name}", line, true.get(name))

    def _false_line(self, where: str, line: AskedLine, ask: Ask | None) -> Iterator[str]:
        party = self.parties.get(line.party or "", line.party)
        same = [each for each in ask.lines if each.party == party] if ask else []
        outcomes, timings = {each.outcome for each in same}, {each.timing.word for each in same}
        if line.outcome in SAYS_NOTHING and line.outcome not in outcomes:
            yield f"{where}: {line.outcome}, and it was {sorted(outcomes)}"
        if line.timing.word in TOO_LATE and timings.isdisjoint(TOO_LATE):
            yield f"{where}: {line.timing.word}, and it was {sorted(timings)}"

    def refused(self) -> bool:
        """True where `publish` refuses to make this copy since it says what is not so."""
        return any(false_claims(self.whole, self.copy, Names(self.events, self.parties), TODAY))


def both(folder: Folder, case_id: str) -> Both:
    records = bound(folder)
    return Both(records, public_copy(records), case_id)


def without_faults(folder: Folder) -> bool:
    return not faults(bound(folder))


@pytest.mark.parametrize("case_id", CASES)
def test_the_copy_tells_nothing_that_is_not_so(case_id: str) -> None:
    @SOME
    @given(withheld(story(case_id)).filter(without_faults))
    def tried(folder: Folder) -> None:
        found = both(folder, case_id)
        assume(not found.refused())
        assert [] == [*found.false_stages()]
        assert [] == [*found.false_days()]
        assert [] == [*found.false_silences()]

    tried()


@pytest.mark.parametrize("case_id", CASES)
def test_the_copy_has_no_error_but_of_what_it_cannot_tell(case_id: str) -> None:
    """Without a day, a link or an answer the copy may not tell in which order the steps were taken.

    `publish` refuses such a copy, and names the records of the folder.
    """

    @settings(SOME, max_examples=examples(2, 60))
    @given(withheld(story(case_id)).filter(without_faults))
    def tried(folder: Folder) -> None:
        records = bound(folder)
        copy, found = judged(records)
        assert {each.code for each in found} <= may_be_wrong(records)
        places = {place.file for error in errors_of_copy(records, copy, found) for place in error.places}
        assert places <= folder.keys()

    tried()


def test_a_step_may_seem_out_of_order_without_its_day_and_its_answers() -> None:
    """Found at random: the other records still tell that it was before 2017, and `publish` refuses that first."""
    folder = story("lurenia-2015")
    step = "lurenia-2015/events/2016-11-16-resolution-inactive.yaml"
    folder[step] = {**folder[step], "withhold": [{"field": "dated", "instead": "201X"}, {"field": "answers"}]}
    records = bound(folder)
    copy, found = judged(records)
    assert ["OC308"] == [each.code for each in found]
    cases = [(case_of(records, "lurenia-2015"), case_of(copy.records, "lurenia-2015"))]
    assert [("OC623", step)] == [(each.code, each.places[0].file) for each in narrowed_days(records, copy, cases)]


def judged(folder: Records) -> tuple[PublicCopy, list[Problem]]:
    """The copy of a folder, and its errors."""
    copy = public_copy(folder)
    workspace = Workspace(Root(STORIES, "copy"), MemoryFiles(texts_of(copy.records)), STORIES)
    found = problems_of_folder(workspace, TODAY)
    return copy, [each for each in found if each.rule.severity is Severity.ERROR]


def may_be_wrong(folder: Records) -> set[str]:
    """The codes of the errors that a copy may have for what the folder withholds."""
    hidden = {name for event in every_event(folder) for name in event.left_out.fields}
    hidden |= {name for event in every_event(folder) for name, _ in event.left_out.items}
    whole = any(event.left_out.everything for event in every_event(folder))
    unnamed = any(party.left_out for party in folder.parties.values())
    order = OF_ORDER if whole or unnamed or hidden & ORDERING else set()
    return order | (OF_ORDER | {"OC411"} if "departure" in hidden else set())


def every_event(records: Records) -> list[Event]:
    return [event for events in records.events.values() for event in events.values()]
