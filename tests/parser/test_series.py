"""Issues without a label and without a word that says a problem, beside labelled ones: none is lost."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

LABELLED = "整改情况\n补缴党费1380元，逐月核对。该问题已完成整改。\n"
PLAIN = "逐户走访，建立台账，安排专人做好记录。\n"
FOUR = ["学习有应付现象", "网格存在空档", "党费收缴不及时", "流动党员管理松散"]

ROWS = {
    "numbers run on over the groups": (
        f"一、理论学习方面\n1.学习有应付现象。\n{PLAIN}2.网格存在空档。\n{PLAIN}"
        f"二、组织建设方面\n3.党费收缴不及时。\n{LABELLED}4.流动党员管理松散。\n{PLAIN}"
    ),
    "numbers begin anew in each part": (
        f"一、理论学习方面\n1.学习有应付现象。\n{PLAIN}2.网格存在空档。\n{PLAIN}"
        f"二、组织建设方面\n1.党费收缴不及时。\n{LABELLED}2.流动党员管理松散。\n{PLAIN}"
    ),
    "numbers begin anew in each group, between other parts": (
        "一、整改工作组织情况\n（一）精心谋划。书记亲自抓。\n（二）周密部署。召开会议3次。\n"
        f"二、反馈问题整改情况\n（一）理论学习方面\n1.学习有应付现象。\n{PLAIN}2.网格存在空档。\n{PLAIN}"
        f"（二）组织建设方面\n1.党费收缴不及时。\n{LABELLED}2.流动党员管理松散。\n{PLAIN}"
        "三、下一步打算\n（一）抓学习。每月集中学习。\n（二）抓监督。每季度检查一次。\n"
    ),
}


@pytest.mark.parametrize("body", ROWS.values(), ids=ROWS)
def test_issues_without_a_label_beside_a_labelled_one_are_not_lost(body):
    issues = notice_of(body).issues
    assert [issue.title for issue in issues] == FOUR
    assert [issue.status for issue in issues] == ["unstated", "unstated", "done", "unstated"]


def test_measures_and_exhortations_beside_issues_are_none():
    body = (
        "一、反馈问题整改情况\n（一）理论学习方面\n1.加强组织领导。召开会议3次。\n2.完善学习制度。修订制度2项。\n"
        f"（二）组织建设方面\n1.党费收缴不及时。\n{LABELLED}2.流动党员管理松散。\n{PLAIN}"
    )
    assert [issue.title for issue in notice_of(body).issues] == FOUR[2:]


def test_a_list_without_parts_and_labels_holds_issues():
    notice = notice_of("""1、议事规则落实不到位。修订议事规则，重大事项先经党支部会议研究。（已完成）
2、收费管理不规范。退还多收费用2340元。（已完成）
3、骨干教师少。本学期新补充教师4名，还需继续推进。（正在整改）
学校将继续巩固整改成果，欢迎监督。

光明路小学
2025年4月2日
""")
    assert [(issue.title, issue.status) for issue in notice.issues] == [
        ("议事规则落实不到位", "done"),
        ("收费管理不规范", "done"),
        ("骨干教师少", "ongoing"),
    ]
    assert notice.stated.money is None


def test_a_list_of_exhortations_without_parts_holds_none():
    assert not notice_of("1、加强学习。修订制度。\n2、完善机制。严格派车。\n3、防止反弹。清理档案。\n").issues


def test_an_issue_that_names_what_is_unfinished_is_no_list_of_unfinished_matters():
    notice = notice_of("""一、关于为农服务弱化的问题
1.建成服务中心2个。
该问题已完成整改。
二、关于基层社改造任务未完成的问题
1.改造薄弱基层社3个，已完成主体工程。
该问题正在整改。
三、关于财务管理混乱的问题
1.修订财务管理制度。
该问题已完成整改。
""")
    assert [issue.status for issue in notice.issues] == ["done", "ongoing", "done"]
    assert not notice.followups


def test_parts_with_a_roman_number_and_a_blank_close_the_issue_above_them():
    notice = notice_of("""Ⅰ 整改组织情况
院党组召开会议。
Ⅱ 问题整改情况
（1）司法为民理念树得不牢
整改情况：开展大讨论。
（2）案款发放不及时
整改情况：清理案款。
Ⅲ 下一步打算
院党组将抓好后续整改。
""")
    assert [issue.response for issue in notice.issues] == ["开展大讨论。", "清理案款。"]


LISTS = {
    "a browser's numbers": ("1.", "1. "),
    "a word processor's numbers": ("1.", "1.\t"),
    "typed with a blank, measures without": ("1. ", "1."),
    "typed with a wide point": ("1．", "1."),
    "typed with 、": ("1、", "1."),
}


@pytest.mark.parametrize(
    "last", ["听取汇报，协调解决存在的困难。", "开展调研，化解历史遗留难题。", "约谈责任人，防止反弹。"]
)
@pytest.mark.parametrize(("typed", "listed"), LISTS.values(), ids=LISTS)
def test_measures_numbered_like_the_issues_but_for_the_mark_behind_the_number(typed, listed, last):
    deeds = ["新建组织41个。", "选聘人员3名。", last, "公开有关事项，接受监督。"]
    measures = "".join(f"{listed.replace('1', str(at))}{deed}\n" for at, deed in enumerate(deeds, 1))
    body = "一、整改落实情况\n（一）履职方面\n" + "".join(
        f"{typed.replace('1', str(at))}{title}。类似问题不同程度存在。\n整改情况：\n{measures}"
        for at, title in enumerate(["联系群众不紧密", "覆盖面不广", "资金绩效不高"], 1)
    )
    issues = notice_of(body).issues
    assert [issue.title for issue in issues] == ["联系群众不紧密", "覆盖面不广", "资金绩效不高"]
    assert [len(issue.measures) for issue in issues] == [4, 4, 4]
