"""Footnotes between the lines of a notice: no part of an answer; and what only looks like one."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

TOP = "一、整改工作组织情况\n召开会议。\n二、反馈问题整改情况\n（一）关于学习不深入的问题\n整改情况："
END = "\n中共大河县民政局党组\n2023年12月20日\n"


@pytest.mark.parametrize(
    ("answer", "notes"),
    [
        ("开展“双报到”[1]活动6次。已完成整改。", ["[1]“双报到”指党员到社区报到。"]),
        ("落实河长制[1]、林长制[2]。", ["[1]由党政负责人任河长。", "[2]由党政负责人任林长。"]),
        ("修订“往来款”①管理办法。", ["① “往来款”指单位与个人之间的款项。"]),
        ("开展“双报到”1活动6次。", ["1 “双报到”指党员到社区报到。"]),
        ("开展“双报到”活动6次。", ["注：“双报到”是指党员到社区报到。"]),
    ],
)
def test_a_footnote_is_no_part_of_the_answer(answer, notes):
    body = "\n".join([answer, *notes])
    second = "（二）关于执行不严的问题\n整改情况：开展检查。"
    for text in (f"{TOP}{body}\n{second}{END}", f"{TOP}{body}{END}"):
        notice = notice_of(text)
        assert notice.issues[0].response == answer.removesuffix("已完成整改。")
        assert [one.words for one in notice.body if one.words in notes and one.role == "prose"] == notes


@pytest.mark.parametrize(
    "answer",
    [
        "整改落实如下：[1]修订办法。\n[1]清理票据33张。\n[2]退还2万元。",
        "①“往来款”管理办法已修订。\n②“备用金”已清理。",
        "1.“双报到”开展6次。\n2.“三会一课”开展12次。",
        "修订办法。\n注：该问题正在整改。",
        "开展“双报到”6次。\n6“双报到”示范点建成。",
    ],
)
def test_what_looks_like_a_footnote_stays_in_the_answer(answer):
    notice = notice_of(f"{TOP}{answer}{END}")
    last = answer.splitlines()[-1]
    assert [one.role for one in notice.body if last.endswith(one.words)] != ["prose"]
