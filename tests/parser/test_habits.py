"""What a notice does in its own way is learned from its paragraphs, and nothing else is taken for a habit."""

import pytest

from generator.model.numbering import label_at
from generator.parser.habits import Habits, habits_of
from generator.parser.role_labels import role_label_at
from generator.parser.text import Paragraph
from tests.parser.support import notice_of

OWN = [
    # role labels of two issues, and the roles that they have
    (["查摆问题：会议少。", "整改实效：开会四次。"], ["finding", "response"]),
    (["病灶：会议少。", "整改情况：开会四次。"], ["finding", "response"]),
    (["原来怎样：会议少。", "怎么改的：开会四次。"], ["finding", "response"]),
    (["怎么改的：开会四次。", "改到哪步：已完成整改。"], ["response", "status"]),
    (["会议记录不全。", "改了什么：开会四次。"], [None, "response"]),
    (["会议记录不全。", "卡在哪里：人手少。", "整改情况：开会四次。"], [None, "prose", "response"]),
    (["销号依据：一是开会四次。二是学习四次。"], ["response"]),
    (["卡点：人手少。", "问题销号说明：已制定制度三项，逐项落实到人，每月通报一次。"], ["reason", "response"]),
    (["【 改正 】开会四次。"], ["response"]),
    (["整改情况。开会四次。"], ["response"]),
    (["（整改落实）开会四次。"], ["response"]),
    (["〈改正〉开会四次。"], ["response"]),
    (["整改措施 一是开会四次。"], ["response"]),
    (["整改情况：开会四次。", "走到哪一步：已完成整改。"], ["response", "status"]),
    (["整改情况：开会四次。", "何时改好：2024年6月30日"], ["response", "deadline"]),
    (["整改情况：开会四次。", "问题成因：学习少。"], ["response", "reason"]),
]


@pytest.mark.parametrize(("role_labels", "roles"), OWN, ids=lambda value: value[0])
def test_own_role_labels(role_labels, roles):
    body = [line for number in ("1.执行不严格", "2.学习不深入", "3.管理不规范") for line in (number, *role_labels)]
    habits = learned(body)
    found = [role_label_at(line, own=habits.own_labels) for line in role_labels]
    assert [role_label.role if role_label else None for role_label in found] == roles


NO_HABITS = [
    ["1.会议不严肃", "会议指出：要改。", "2.学习不深入", "会议指出：要学。"],
    ["1.会议不严肃", "其中：甲。", "2.学习不深入", "其中：乙。"],
    ["1.会议不严肃", "第一季度：甲。", "2.学习不深入", "第一季度：乙。"],
    ["1.会议不严肃", "局党组。开会四次。", "2.学习不深入", "局党组。学习四次。"],
    ["1.会议不严肃", "局长 张某。", "2.学习不深入", "局长 张某。"],
    ["2024 年6月", "3 月5日", "12 个问题"],
]


@pytest.mark.parametrize("lines", NO_HABITS, ids=lambda lines: lines[1])
def test_what_is_no_habit(lines):
    assert learned(lines) == Habits()


def test_a_number_set_off_by_a_blank_begins_an_issue():
    notice = notice_of("一、整改情况\n1 会议不严肃\n整改情况：开会四次。\n2 学习不深入\n整改情况：学习 5 次。")
    assert [(issue.label, issue.title) for issue in notice.issues] == [("1", "会议不严肃"), ("2", "学习不深入")]


def learned(lines):
    paragraphs = [Paragraph(line, 0, number) for number, line in enumerate(lines, 1)]
    return habits_of(paragraphs, [label_at(line) for line in lines])
