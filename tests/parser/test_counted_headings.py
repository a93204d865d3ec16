"""Headings that count how far the issues below them are: 反馈4个，已完成3个，正在整改1个."""

from __future__ import annotations

from tests.every import every
from tests.parser.support import notice_of
from tests.parser.test_situations import LETTERS

OPEN = "景区游客中心项目尚未竣工，正在整改。"
ROWS = [
    ("反馈3个，已完成2个，正在整改1个", ["", OPEN, ""], "dod"),
    ("反馈问题3个，已完成2个，正在整改1个", ["该问题正在整改。", "", ""], "odd"),
    ("共3个问题，已完成整改2个，长期坚持1个", ["", "", "该问题需长期坚持。"], "ddl"),
    ("反馈3个，已完成2个，正在整改1个", ["该问题已完成整改。", "", OPEN], "ddo"),
    ("反馈3个，已完成2个，正在整改1个", ["该问题已完成整改。", "", "该问题已完成整改。"], "dod"),
    ("反馈3个，已完成3个", ["", "", ""], "ddd"),
    # two are said to be left, or none, or it is said in other words
    ("反馈3个，已完成2个，正在整改1个", ["", OPEN, OPEN], "uoo"),
    ("反馈3个，已完成2个，正在整改1个", ["", "", ""], "uuu"),
    ("反馈3个，已完成2个，正在整改1个", ["", "二期工程正在推进。", ""], "uuu,uou"),
    ("反馈3个，已完成1个，正在整改2个", ["", OPEN, ""], "uou"),
    # the numbers do not fit, or say less
    ("反馈4个，已完成3个，正在整改1个", ["", OPEN, ""], "uou"),
    ("反馈3个，基本完成2个，正在整改1个", ["", OPEN, ""], "uou"),
    ("反馈3个，拟完成2个，正在整改1个", ["", OPEN, ""], "uou"),
    ("反馈3个，其中已完成2个，正在整改1个", ["", OPEN, ""], "uou,dod"),
    # another answer ends with what is left
    ("反馈3个，已完成2个，正在整改1个", ["剩余2户待搬迁后拆除。", OPEN, ""], "oou,uou"),
    ("反馈3个，已完成2个，正在整改1个", ["该问题能否完成整改取决于资金。", OPEN, ""], "uou"),
]


@every(ROWS)
def test_what_a_heading_counts(note, ends, wanted):
    titles = ("文物保护责任落实不到位", "文旅融合发展质效不高", "固定资产管理混乱")
    below = "".join(
        f"{n}.{title}。\n整改情况：一是签订责任书38份。二是聘请保护员26名。{end}\n"
        for n, (title, end) in enumerate(zip(titles, ends, strict=True), 1)
    )
    notice = notice_of(
        f"一、整改工作组织情况\n召开会议，认真部署。\n二、上轮巡察未整改到位问题的整改情况（{note}）\n{below}"
        "三、“回头看”新发现问题的整改情况\n1.公务用车管理有漏洞。\n整改情况：完善派车单制度。\n"
        "中共大河县民政局党组\n2023年12月20日\n"
    )
    found = "".join(LETTERS[one.status] for one in notice.issues)
    assert len(found) == 4
    assert found[:3] in wanted.split(","), found


@every(["反馈3个，已完成3个，其中持续推进1个", "反馈3个，基本完成3个", "3项，完成3项", "问题总数3个，已完成3个"])
def test_what_a_heading_tells_and_is_not_read_is_doubted(note):
    below = "".join(f"{n}.第{n}类台账不规范。\n整改情况：签订责任书38份。\n" for n in range(1, 4))
    notice = notice_of(f"一、整改情况（{note}）\n{below}中共大河县民政局党组\n2023年12月20日\n")
    assert {one.status for one in notice.issues} == {"unstated"}
    assert "blanket-unclear" in [one.code for one in notice.anomalies]
