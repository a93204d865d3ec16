"""What an organ says behind the last issue of what it will do: no status, and no part of the answer."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

ANSWER = "一是补发补贴21.7万元；二是成立行业党委，选派指导员6名。"
BODY = """一、党建引领方面
1.关于补贴发放不及时的问题
整改情况：核对台账。
2.关于行业党建薄弱的问题
整改情况：{}
{}
中共大河县民政局党组
2023年12月20日
"""


@pytest.mark.parametrize(
    "remark",
    [
        "县民政局党组将持续深化整改。",
        "下一步，局党组将继续推进整改，长期坚持。",
        "今后，县民政局党组将以钉钉子精神抓好后续整改，坚决防止反弹。",
        "石门村党支部将持续抓好整改。",
    ],
)
def test_a_remark_of_the_organ_is_no_status_of_the_last_issue(remark):
    last = notice_of(BODY.format(ANSWER, remark)).issues[-1]
    assert (last.status, last.response) == ("unstated", ANSWER)


@pytest.mark.parametrize(
    ("remark", "status"),
    [
        ("局党组将持续推进该问题整改。", "ongoing"),
        ("局党组将持续推进，确保2024年6月底前完成整改。", "ongoing"),
    ],
)
def test_what_it_says_of_the_issue_or_of_a_day_stays_with_it(remark, status):
    last = notice_of(BODY.format(ANSWER, remark)).issues[-1]
    assert last.status == status
    assert remark in f"{last.response}{last.status_quote}"


RUN_ON = """一、党建引领方面
1.补贴发放不及时问题。核对台账，补发补贴21.7万元。
2.行业党建薄弱问题。成立行业党委，选派指导员6名。
{}
中共大河县民政局党组
2023年12月20日
"""


@pytest.mark.parametrize(
    "remark",
    ["下一步，县民政局党组将巩固整改成果，健全长效机制。", "县民政局党组将持续深化整改，以优良作风服务群众。"],
)
def test_it_is_none_behind_an_answer_on_the_title_s_line(remark):
    last = notice_of(RUN_ON.format(remark)).issues[-1]
    assert (last.status, last.response) == ("unstated", "成立行业党委，选派指导员6名。")
