"""What was found and what was done, told one behind the other without labels."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

FOUND = (
    "2022年以来中心组学习只开展2次。",
    "3辆公车没有派车单，2笔加油费无清单。",
    "12万元往来款长期挂账。",
)
DONE = (
    "制定学习计划，开展学习12次，撰写心得36篇。",
    "已补填派车单，公示加油费，收回油卡4张。",
    "一是核对账目；二是收回8万元，余款签订协议。",
)
NAMES = ("理论学习不够深入", "公车管理不严", "往来账目不清")
BODY = "一、整改情况\n{}中共大河县民政局党组\n2023年12月20日\n"


def told(between, *, answers=DONE, found=FOUND):
    return BODY.format(
        "".join(
            f"（{number}）{name}。{fault}{between}{answer}\n"
            for number, name, fault, answer in zip("一二三", NAMES, found, answers, strict=True)
        )
    )


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_finding_and_its_answer_stand_in_one_paragraph_or_two(between):
    issues = notice_of(told(between)).issues
    assert [(issue.title, issue.finding, issue.response) for issue in issues] == list(
        zip(NAMES, FOUND, DONE, strict=True)
    )


@pytest.mark.parametrize("between", ["", "\n"])
def test_two_deeds_are_no_finding(between):
    deeds = ("召开会议2次。", "修订派车办法。", "印发对账通知。")
    issues = notice_of(told(between, found=deeds)).issues
    assert [issue.finding for issue in issues] == [None, None, None]
    assert [issue.response.replace("\n", "") for issue in issues] == [
        f"{deed}{answer}" for deed, answer in zip(deeds, DONE, strict=True)
    ]


def test_one_that_tells_a_deed_first_keeps_all_its_words():
    found = (FOUND[0], "修订派车办法。", FOUND[2])
    issues = notice_of(told("", found=found)).issues
    assert issues[1].finding is None
    assert issues[1].response == f"修订派车办法。{DONE[1]}"


def test_a_sentence_that_says_how_far_it_is_tells_nothing():
    """Problems with one sentence and a status have no finding, and are not asked whether those with more have one."""
    more = "（四）档案管理松散。补齐档案31卷。该问题已完成整改。\n（五）值班不严。开展检查6次。该问题已完成整改。\n"
    issues = notice_of(told("\n").replace("中共大河县", f"{more}中共大河县")).issues
    assert [issue.finding for issue in issues] == [*FOUND, None, None]
    assert [issue.response for issue in issues[3:]] == ["补齐档案31卷。", "开展检查6次。"]
