"""The totals that a notice gives, by what relates its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.every import every
from tests.parser.support import notice_of

ROWS = [
    row.split(" | ")
    for row in (Path(__file__).parents[1] / "fixtures" / "totals.txt").read_text("utf-8").splitlines()
    if not row.startswith("#")
]
FIELDS = ("issues", "done", "ongoing", "aspects", "groups", "measures", "systems", "people")
BODY = "\n二、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。\n中共大河县民政局党组\n2023年12月20日\n"


@every(ROWS)
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


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("截至目前，反馈的2个问题已完成整改1个，正在推进1个。", "done", 1),
        ("巡察反馈的2个问题，制定整改措施9条，已完成整改1个，建立制度4项。", "systems", 4),
        ("县委第六巡察组反馈的2个问题均已完成整改。", "done", 2),
        ("整改期间，共处理5人，其中党纪处分1人、诫勉谈话4人。", "people", 5),
    ],
)
@pytest.mark.parametrize("behind", ["", "三、下一步工作打算\n持续巩固整改成果。\n"])
def test_a_line_behind_the_last_issue_that_speaks_of_the_notice(line, field, value, behind):
    notice = notice_of(f"""一、整改工作组织情况
召开会议3次。
二、反馈问题整改情况
（一）关于学习不深入的问题
整改情况：组织学习。
（二）关于执行不严的问题
整改情况：开展检查。
{line}
{behind}中共大河县民政局党组
2023年12月20日
""")
    assert [issue.response for issue in notice.issues] == ["组织学习。", "开展检查。"]
    assert getattr(notice.stated, field) == value
    assert line in notice.text


def test_the_last_words_of_an_answer_that_count_are_its_own():
    notice = notice_of("""一、反馈问题整改情况
（一）关于学习不深入的问题
整改情况：组织学习。
目前，已完成整改3个，建立制度5项。
中共大河县民政局党组
2023年12月20日
""")
    assert notice.issues[0].response.endswith("建立制度5项。")
    assert notice.stated.done is None


def test_two_numbers_of_problems_that_nothing_relates_are_told():
    notice = notice_of(f"一、整改工作组织情况\n巡察反馈21个问题。\n对反馈的23个问题，逐项整改。{BODY}")
    assert notice.stated.issues == 21
    (anomaly,) = [anomaly for anomaly in notice.anomalies if anomaly.code == "stated-rival"]
    assert (anomaly.quote, anomaly.message) == ("23个", "此处写23个问题，另一处写21个，采用了后者。")


def test_more_done_than_there_are_is_no_fact():
    notice = notice_of(f"一、整改工作组织情况\n反馈的22个问题已完成整改25个。{BODY}")
    assert (notice.stated.issues, notice.stated.done) == (None, None)
    (anomaly,) = [anomaly for anomaly in notice.anomalies if anomaly.code == "stated-impossible"]
    assert anomaly.quote == "25个"


ISSUES = """（一）关于学习不深入的问题
整改情况：组织学习。
（二）关于设施不全的问题
整改情况：{}
（三）关于执行不严的问题
整改情况：开展检查，该问题已整改完成。
中共大河县民政局党组
2023年12月20日
"""


@pytest.mark.parametrize(
    ("told", "answer", "message"),
    [
        ("已完成整改1个，正在整改2个", "设置隔离桩。", None),  # the other two are those
        ("正在整改2个", "设置隔离桩。", "自述未完成2项，逐项标注为未完成的0项，另有2项没有写明。"),
        (
            "已完成整改2个，正在整改1个",
            "设置隔离桩。该问题正在整改。",
            "自述已完成2项，逐项标注为已完成的1项，另有1项没有写明。",
        ),
        ("已完成整改1个，正在整改1个", "设置隔离桩。该问题正在整改。", None),
        ("已完成整改1个", "设置隔离桩。", None),
    ],
)
def test_a_number_that_no_problem_accounts_for_is_told(told, answer, message):
    notice = notice_of(f"一、整改工作组织情况\n反馈的3个问题，{told}。\n二、整改情况\n{ISSUES.format(answer)}")
    found = [anomaly.message for anomaly in notice.anomalies if anomaly.code == "blanket-unclear"]
    assert found == [message] * (message is not None)


LEFT = (
    "制度待批复后实施。",
    "已购设备，待资金到位时安装。",
    "办法拟提交党组会审议。",
    "计划于明年春季补种。",
    "施工单位正按图施工。",
    "正与业主协商。",
    "将于年底前拆除。",
    "已列入下年度预算。",
    "欠款尚未收回。",
)
FINISHED = (
    "落实职工待遇后未接到投诉。",
    "修正按月报账的做法。",
    "严格执行接待标准后公示。",
    "拟定年度计划并印发。",
    "制定工作计划并公开。",
    "将值班表上墙。",
    "三层改造完工，未再发现堵塞。",
)


@pytest.mark.parametrize("told", ["已完成整改3个", "已全部完成整改"])
@pytest.mark.parametrize(
    ("last", "wanted"), [*((last, "unstated") for last in LEFT), *((last, "done") for last in FINISHED)]
)
def test_a_sentence_about_all_says_nothing_of_what_its_answer_leaves(told, last, wanted):
    body = ISSUES.format(f"召开专题会议。{last}")
    notice = notice_of(f"一、整改工作组织情况\n反馈的3个问题{told}。\n二、整改情况\n{body}")
    assert [issue.status for issue in notice.issues] == ["done", wanted, "done"]
    unclear = [anomaly.quote for anomaly in notice.anomalies if anomaly.code == "status-unclear"]
    assert (last in unclear) == (wanted == "unstated")


@pytest.mark.parametrize("when", ["", "目前，", "截至目前，", "截至2023年12月底，"])
def test_a_line_that_counts_all_issues_above_gives_totals(when):
    said = f"{when}以上2个问题均已整改完成。下一步，局党组将继续巩固整改成果，健全长效机制。"
    notice = notice_of(
        "一、整改情况\n1.关于公车管理不严的问题\n整改情况：严格派车。\n2.关于档案管理混乱的问题\n整改情况：清理档案。\n"
        f"{said}\n中共大河县民政局党组\n2023年12月20日\n"
    )
    assert (notice.stated.issues, notice.stated.done) == (2, 2)
    assert [(one.status, one.response) for one in notice.issues] == [("done", "严格派车。"), ("done", "清理档案。")]
