"""Ten defects planted in the Mexico case at once give ten diagnostics at ten right places in one run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from ogpcase.diagnostics import Verdict
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

TODAY = date(2026, 11, 22)
EVENTS = "mexico-2018/events"


@dataclass(frozen=True)
class Defect:
    """What stands in a file, what is put in its place, and the code and the words that should be pointed at then."""

    code: str
    file: str
    right: str
    wrong: str
    shown: str

    def plant(self, cases: Path) -> tuple[str, str, int, int, int]:
        """Writes it into the file, and returns the code, the path, the line, and from and to which column."""
        path = cases / self.file
        text = path.read_text(encoding="utf-8")
        assert text.count(self.right) == 1, self.right
        text = text.replace(self.right, self.wrong)
        path.write_text(text, encoding="utf-8")
        offset = text.index(self.shown, text.index(self.wrong))
        column = offset - text.rfind("\n", 0, offset)
        return self.code, f"cases/{self.file}", text.count("\n", 0, offset) + 1, column, column + len(self.shown)


DEFECTS = (
    Defect("OC106", f"{EVENTS}/2017-07-10-development-further-revelations.yaml", "title: The experts",
           "title: T\u202ehe experts", "\u202e"),
    Defect("OC107", f"{EVENTS}/2017-07-21-development-investigation-opened.yaml", "sources:", "kind: letter\nsources:",
           "kind"),
    Defect("OC202", f"{EVENTS}/2017-05-23-letter-core-group-exit.yaml", "\naddressees:", "\nadressees:", "adressees"),
    Defect("OC203", "parties/fundar.yaml", "civil_society", "civil-society", "civil-society"),
    Defect("OC205", f"{EVENTS}/2017-05-25-statement-ogp.yaml", "dated: 2017-05-25", "dated: 2017-05-52", "2017-05-52"),
    Defect("OC216", "mexico-2018/case.yaml", "country: MX", "country: UK", "UK"),
    Defect("OC304", f"{EVENTS}/2018-11-30-letter-government-response.yaml", "dated: 2018-11-30\n",
           "dated: 2018-11-30\nreceived: 2018-11-03\n", "2018-11-03"),
    Defect("OC311", f"{EVENTS}/2018-07-16-concern.yaml", "- transparencia-mexicana", "- transparencia-mexican",
           "transparencia-mexican"),
    Defect("OC313", f"{EVENTS}/2019-05-02-report-review.yaml", "about: 2018-07-16-concern#illegal",
           "about: 2018-07-16-concern#ilegal", "2018-07-16-concern#ilegal-surveillance"),
    Defect("OC402", f"{EVENTS}/2018-08-24-letter-initial-review.yaml", "- ogp-support-unit",
           "- ogp-steering-committee", "ogp-steering-committee"),
)  # fmt: skip


def judged() -> Verdict:
    return judge(Workspace.open(), (), TODAY)


@pytest.mark.usefixtures("mexico")
def test_ten_defects_are_ten_diagnostics_at_ten_right_places(mexico: Path) -> None:
    before = {(each.code, each.spots[0].path, each.message) for each in judged().diagnostics}
    expected = sorted(defect.plant(mexico) for defect in DEFECTS)
    new = [each for each in judged().diagnostics if (each.code, each.spots[0].path, each.message) not in before]
    spans = [(each, each.spots[0].span) for each in new]
    assert expected == sorted(
        (each.code, each.spots[0].path, span.line, span.column, span.end_column) for each, span in spans
    )
    assert 10 == len(expected)


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: str(defect.code))
def test_each_of_them_alone_is_one_diagnostic(mexico: Path, defect: Defect) -> None:
    """None hides behind another, and none needs another to be seen."""
    before = {(each.code, each.spots[0].path, each.message) for each in judged().diagnostics}
    defect.plant(mexico)
    new = [each.code for each in judged().diagnostics if (each.code, each.spots[0].path, each.message) not in before]
    assert [defect.code] == new


@pytest.mark.usefixtures("mexico")
def test_of_two_hundred_defects_in_one_file_fifty_are_shown_and_the_rest_counted(mexico: Path) -> None:
    """OC228 says how many more there are; the other files are judged as ever."""
    path = mexico / EVENTS / "2017-05-25-statement-ogp.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"no_field_{n}: x\n" for n in range(200)), "utf-8")
    there = [each for each in judged().diagnostics if each.spots[0].path.endswith(path.name)]
    assert 51 == len(there)
    assert ("OC228", "150 more problems in this file are not shown") == (there[-1].code, there[-1].message)
