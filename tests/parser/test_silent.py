"""Short sentences at the end of an answer from which no status follows: an editor must read them."""

from __future__ import annotations

from tests.every import every
from tests.parser.support import notice_of
from tests.parser.test_situations import body

DOUBTED = [
    "已完成整改方案编制并报备。",
    "整改完成时间2023年6月。",
    "整改完成时间2024年6月。",
    "督促责任单位整改到位。",
    "该项整改于2023年7月31日前完成。",
    "该问题能否完成整改取决于资金。",
    "已完成整改任务分解。",
]
PLAIN = [
    "整改期间召开会议6次。",
    "五是对排查出的隐患逐一整改到位，建立隐患台账。",
    "修订印章管理办法，设立用印登记簿。",
    "组织学习，不断提高整改质量。",
]


def doubts(words):
    notice = notice_of(body("tail", words).lstrip("\n"))
    assert notice.issues[2].status == "unstated"
    return [one.code for one in notice.anomalies if one.code == "status-unclear"]


@every(DOUBTED)
def test_what_may_be_a_status_is_told(words):
    assert doubts(words) == ["status-unclear"]


@every(PLAIN)
def test_what_is_none_is_not(words):
    assert doubts(words) == []
