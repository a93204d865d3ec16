"""Issues are found in every numbering, with every set of labels, whatever their measures are numbered with."""

from __future__ import annotations

import itertools

import pytest

from tests.parser.support import notice_of

NUMBERS = [
    "1.",
    "1、",
    "1．",
    "（1）",
    "(1)",
    "①",
    "问题1：",
    "问题一：",
    "【问题1】",
    "（一）",
    "第一，",
    "反馈问题1.",
]
TITLES = ["关于政治理论学习不够深入的问题", "资金监管不到位", "“三会一课”制度落实不严"]
MEASURES = ["修订管理制度2项", "开展专项检查3次", "约谈负责人1名"]
LABELS = [
    # what stands around the measures of an issue
    "整改情况：{}",
    "整改情况：\n{}",
    "存在问题：台账缺失。\n整改措施：{}\n完成情况：已完成。",
    "反馈问题：\n台账缺失。\n整改措施：\n{}\n整改成效：\n已完成。",
    "【整改措施】{}\n【整改状态】已完成",
    "{}",
]
ITEMS = ["{0}；", "1.{0}；", "①{0}；", "（1）{0}。", "一是{0}。"]
BETWEEN = [("\n", "\n"), ("\n", "。"), ("", "：\n")]
"""What stands between measures, and behind a title."""


def _numbered(style: str, number: int) -> str:
    """The number in the style that prints 1 as `style`."""
    return style.replace("1", str(number)).replace("一", "一二三"[number - 1]).replace("①", "①②③"[number - 1])


def _is_unclear(number: str, label: str, item: str) -> bool:
    """Whether nothing tells a measure from an issue: numbered alike, and no label between them."""
    bare = item.split("{", maxsplit=1)[0]
    alike = bare and _numbered(bare, 2).strip("．.、（）()") == _numbered(number, 2).strip("．.、（）()")
    return label == "{}" and bool(alike)


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("number", NUMBERS)
def test_issues_in_every_numbering(number, label):
    wrong = []
    for item, (join, behind) in itertools.product(ITEMS, BETWEEN):
        if _is_unclear(number, label, item):
            continue
        answer = join.join(_numbered(item, n).format(words) for n, words in enumerate(MEASURES, 1))
        body = "".join(
            f"{_numbered(number, n)}{title}{behind}{label.format(answer)}\n" for n, title in enumerate(TITLES, 1)
        )
        end = "三、下一步工作打算\n继续抓好整改。\n联系电话：0596-5835406\n中共大河县民政局党组\n2023年12月1日\n"
        issues = notice_of(f"一、整改工作组织情况\n召开会议3次。\n二、反馈问题整改情况\n{body}{end}").issues
        if [issue.title for issue in issues] != TITLES or not all(MEASURES[-1] in issue.response for issue in issues):
            wrong.append((item, join, behind, [issue.title for issue in issues]))
    assert not wrong
