"""The totals that a notice gives, by what relates its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parser.support import notice_of

ROWS = [
    row.split(" | ")
    for row in (Path(__file__).parents[1] / "fixtures" / "totals.txt").read_text("utf-8").splitlines()
    if not row.startswith("#")
]
FIELDS = ("issues", "done", "ongoing", "aspects", "groups", "measures", "systems", "people")
BODY = "\n二、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。\n中共大河县民政局党组\n2023年12月20日\n"


@pytest.mark.parametrize(("words", "wanted"), ROWS)
def test_totals(words, wanted):
    notice = notice_of(f"一、整改工作组织情况\n{words}{BODY}")
    values = [getattr(notice.stated, name) for name in FIELDS]
    found = ["-" if value is None else str(value) for value in values]
    assert all(want in ("*", got) for want, got in zip(wanted.split(), found, strict=False)), found
    codes = [anomaly.code for anomaly in notice.anomalies]
    assert ("stated-impossible" in codes) == wanted.endswith("!")


def test_totals_in_two_paragraphs_are_related():
    notice = notice_of(
        f"一、整改工作组织情况\n巡察反馈7项问题。\n经梳理，细化分解为20个具体问题，已完成整改20个。{BODY}"
    )
    assert (notice.stated.issues, notice.stated.done, notice.stated.groups) == (20, 20, 7)


def test_more_done_than_there_are_is_no_fact():
    notice = notice_of(f"一、整改工作组织情况\n反馈的22个问题已完成整改25个。{BODY}")
    assert (notice.stated.issues, notice.stated.done) == (None, None)
    (anomaly,) = [anomaly for anomaly in notice.anomalies if anomaly.code == "stated-impossible"]
    assert anomaly.quote == "25个"
