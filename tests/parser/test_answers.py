"""How far an issue is, by the words of its answer, its title and its labels."""

from __future__ import annotations

import re

import pytest

from generator.parser.role_labels import role_label_at
from tests.parser.support import notice_of

ANSWERS = [
    # what stands behind the title of an issue; | ends a line
    ("整改情况：修订制度3项。（已完成）", "done"),
    ("整改情况：修订制度3项。【已完成】", "done"),
    ("整改情况：【已完成】修订制度3项。", "done"),
    ("整改情况：修订制度3项。已整改。", "done"),
    ("整改情况：修订制度3项。|（整改状态：已完成）", "done"),
    ("整改措施：修订制度3项。|整改成效：问题已整改到位。", "done"),
    ("整改措施：修订制度3项。|整改成效：覆盖率达到96%，仍需持续推进。", "ongoing"),
    ("整改情况：修订制度3项。|是否完成整改：是", "done"),
    ("整改情况：修订制度3项。|是否完成：否", "ongoing"),
    ("整改情况：修订制度3项。|完成情况：100%", "done"),
    ("整改情况：修订制度3项。|整改进度：50%", "ongoing"),
    ("整改情况：目前，该问题已整改到位，并将长期坚持。", "done"),
    ("整改情况：修订制度3项。|整改状态：基本完成，长期坚持。", "long-term"),
    ("整改情况：查处违规发放3笔，已整改。", "unstated"),
    ("整改情况：已完成固定资产登记。", "unstated"),
    ("整改情况：化解纠纷87件，需长期坚持。", "long-term"),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_status_of_an_answer(answer, expected):
    below = answer.replace("|", "\n")
    notice = notice_of(
        f"一、整改情况\n（一）关于学习不深入的问题\n{below}\n（二）关于执行不严的问题\n整改情况：检查。\n"
    )
    assert [issue.status for issue in notice.issues] == [expected, "unstated"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("1.【已完成】公务接待审批不严。退缴1860元。", "done"),
        ("1.【持续推进】赃证物管理不规范。清理318件。", "ongoing"),
        ("1.关于公务接待审批不严的问题（已完成）。退缴1860元。", "done"),
        ("1.【财务管理】公务接待审批不严。退缴1860元。", "unstated"),
    ],
)
def test_status_in_brackets_in_a_title(title, expected):
    notice = notice_of(f"一、反馈问题整改情况\n（一）财务管理方面\n{title}\n2.会计核算不规范。开展培训。\n")
    assert [issue.status for issue in notice.issues] == [expected, "unstated"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("整改措施及成效：修订制度", "response"),
        ("整改措施、完成情况：修订制度", "response"),
        ("责任单位/责任人：办公室", "responsible"),
        ("整改情况\t修订制度", "response"),
        ("下步工作打算：修订制度", "next"),
        ("★整改措施：修订制度", "response"),
        ("● 责任科室：医政科", "responsible"),
        ("学习及成效：修订制度", None),
    ],
)
def test_lead_ins(line, role):
    role_label = role_label_at(line)
    assert (role_label and role_label.role) == role


BESIDE = [
    # what stands below a title; | ends a line: who is responsible, the response, what was found
    ("责任单位：校办公室|组织签订承诺书186份。|查处1起。", "校办公室", "组织签订承诺书186份。\n查处1起。", None),
    ("责任人：张书记|⑴招聘教师3名；⑵集体备课。|整改状态：完成", "张书记", "⑴招聘教师3名；⑵集体备课。", None),
    ("责任单位：总务处|财务处|整改时限：2023年12月|一是公开招标。", "总务处\n财务处", "一是公开招标。", None),
    ("责任单位：|总务处、财务处及各年级组。|一是公开招标。", "总务处、财务处及各年级组。", "一是公开招标。", None),
    ("责任单位：总务处|食堂直接采购。|整改情况：公开招标。", "总务处", "公开招标。", "食堂直接采购。"),
    ("招聘教师3名。|整改状态：完成", None, "招聘教师3名。", None),
]


@pytest.mark.parametrize(("below", "responsible", "response", "finding"), BESIDE)
def test_words_below_who_is_responsible_and_until_when(below, responsible, response, finding):
    notice = notice_of(
        "一、整改情况\n1.关于采购不规范的问题\n" + below.replace("|", "\n") + "\n2.关于学习不深入的问题\n学习。\n"
    )
    first = notice.issues[0]
    assert (first.responsible, first.response, first.finding) == (responsible, response, finding)


CYCLES = [
    # numbered lines between two labels that take turns are measures, or findings
    ("整改措施：\n1.新建学校2所；\n2.招聘教师26名。\n整改成效：超员班级减至0个。", ("新建学校", "超员班级")),
    ("整改情况：\n1.新建学校2所；\n2.招聘教师26名。\n完成情况：已完成。", ("新建学校", "招聘教师")),
    ("整改情况：新建学校2所。\n一是招聘教师26名；\n二是投入30万元。\n完成情况：已完成。", ("新建学校", "投入30万元")),
]


@pytest.mark.parametrize(("answer", "found"), CYCLES)
def test_what_is_numbered_between_two_labels_is_no_issue(answer, found):
    body = "".join(f"{number}.{title}\n{answer}\n" for number, title in enumerate(["学位不足", "师资缺编"], 1))
    issues = notice_of(f"一、整改情况\n（一）教育方面\n{body}").issues
    assert [issue.title for issue in issues] == ["学位不足", "师资缺编"]
    assert all(words in issue.response for issue in issues for words in found)


def test_findings_numbered_between_a_label_and_the_answers_label():
    answer = "存在问题：\n1.记录不全；\n2.台账缺失。\n整改情况：补齐记录。"
    body = "".join(
        f"（{number}）{title}\n{answer}\n" for number, title in zip("一二", ["学习不深", "执行不严"], strict=True)
    )
    issues = notice_of(f"一、整改情况\n{body}").issues
    assert [issue.title for issue in issues] == ["学习不深", "执行不严"]
    assert all("台账缺失" in issue.finding and "补齐" in issue.response for issue in issues)


def test_issues_sorted_by_status_are_all_issues():
    issues = notice_of("""一、立行立改的问题
（一）窗口服务不规范的问题
完善评价机制。
二、已完成整改的问题
（一）食品抽检处置不及时的问题
建立核查台账。
三、需长期整改的问题
（一）基层所队伍老化的问题
招录公务员7名。
四、尚未完成整改的问题
（一）办公用房产权证未办理的问题
未完成原因：历史资料缺失。
完成时限：2025年12月底前。
""").issues
    assert [(issue.title, issue.status) for issue in issues] == [
        ("窗口服务不规范的问题", "unstated"),
        ("食品抽检处置不及时的问题", "done"),
        ("基层所队伍老化的问题", "long-term"),
        ("办公用房产权证未办理的问题", "ongoing"),
    ]
    assert issues[-1].deadline is not None


def test_a_deadline_behind_its_label_inside_a_status():
    issue = notice_of(
        "一、整改情况\n（一）关于欠账较多的问题\n整改情况：复绿860亩。\n整改状态：持续推进（完成时限：2025年12月31日）\n"
    ).issues[0]
    assert (issue.status, issue.deadline and issue.deadline.iso) == ("ongoing", "2025-12-31")


def test_problems_told_of_below_one_label_are_issues():
    issues = notice_of("""一、整改情况
（一）关于“服务民生有差距”的问题
整改情况：
①关于辅具适配不精准。入户评估2300人次。已完成。
②关于机构监管不力。检查机构11家。正在整改。
（二）关于“党组织建设虚化”的问题
整改情况：
①修订党建责任清单。
②指导支部换届。
""").issues
    assert [(issue.label, issue.title, issue.status) for issue in issues] == [
        ("①", "关于辅具适配不精准", "done"),
        ("②", "关于机构监管不力", "ongoing"),
        ("（二）", "关于“党组织建设虚化”的问题", "unstated"),
    ]
    assert len(issues[2].measures) == 2


def test_a_number_that_holds_those_above_it_says_how_deep_it_stands():
    issues = notice_of("""一、整改情况
1.1 改革推进不深入的问题
(1)召开推进会3次;(2)改造网点6个。已完成。
1.2 资产监管不严的问题
(1)清理资产43宗。
2.1 议事规则不健全的问题
修订议事规则。已完成。
""").issues
    assert [(issue.label, issue.status) for issue in issues] == [("1.1", "done"), ("1.2", "unstated"), ("2.1", "done")]


def test_labels_of_one_word_below_parts_that_are_issues():
    issues = notice_of("""一、问题：议事边界不清。
整改：修订议事规则。
结果：已整改，长期坚持。
二、问题：竣工决算滞后。
整改：完成决算审计1个。
结果：未整改完毕，预计2023年12月底前完成。
""").issues
    assert [(issue.title, issue.status) for issue in issues] == [("议事边界不清", "done"), ("竣工决算滞后", "ongoing")]
    assert issues[1].deadline is not None


def test_a_follow_up_without_labels_has_the_deadline_that_it_promises():
    notice = notice_of("""一、整改情况
（一）关于“档案资料不完整”问题的整改情况。一是补充41个项目档案。
（二）关于“治理力度不大”问题的整改情况。一是新建检测点2处。
二、需要继续整改的问题及下步措施
（一）关于“档案资料不完整”问题。继续补齐剩余资料，确保2025年6月底前全部完成。
""")
    (followup,) = notice.followups
    assert (followup.refers_to, followup.deadline and followup.deadline.iso) == ("i1", "2025-06-30")
    assert [issue.status for issue in notice.issues] == ["ongoing", "unstated"]


@pytest.mark.parametrize("part", ["整改情况", "整改落实情况", "整改进展情况：", "整改成效"])
def test_a_part_that_is_called_as_a_label_is_holds_issues(part):
    issues = notice_of(f"""一、主体责任情况
召开会议5次。
二、{part}
（一）关于“档案资料不完整”的问题。一是补充41个项目档案。二是开展培训。
（二）关于“治理力度不大”的问题。一是新建检测点2处。
""").issues
    assert [issue.title for issue in issues] == ["关于“档案资料不完整”的问题", "关于“治理力度不大”的问题"]


def test_labels_behind_bullets_and_a_month_with_a_point():
    issue = notice_of("""一、整改情况
问题1：重复收费
★整改措施：退还患者费用3.86万元
★完成情况：正在整改
★责任领导：分管副局长  ★责任科室：医政科
★完成时限：2024.06
""").issues[0]
    assert (issue.response, issue.status, issue.responsible) == (
        "退还患者费用3.86万元",
        "ongoing",
        "分管副局长\n医政科",
    )
    assert issue.deadline is not None
    assert issue.deadline.iso == "2024-06"


def test_issues_that_a_lead_in_alone_opens():
    issues = notice_of("""序号：1
反馈问题：议事会作用发挥不明显。
整改措施：召开议事会6次。
完成时限：2025年1月底
整改结果：已完成
序号：2
反馈问题：消防通道堵塞。
整改措施：清理杂物4.5吨。
完成时限：长期坚持
整改结果：正在整改
""").issues
    assert [(i.title, i.response.splitlines()[0], i.status, i.deadline and i.deadline.iso) for i in issues] == [
        ("议事会作用发挥不明显", "召开议事会6次。", "done", "2025-01-31"),
        ("消防通道堵塞", "清理杂物4.5吨。", "ongoing", None),
    ]


def test_a_finding_below_a_title_opens_no_issue():
    body = "".join(
        f"{title}\n存在问题：{title[2:]}，台账缺失。\n整改情况：补齐台账。\n" for title in ("1.学习不深", "2.执行不严")
    )
    issues = notice_of(f"一、整改情况\n{body}").issues
    assert [(issue.title, issue.finding) for issue in issues] == [
        ("学习不深", "学习不深，台账缺失。"),
        ("执行不严", "执行不严，台账缺失。"),
    ]


def test_labels_in_brackets_behind_a_title_and_numbered_measures():
    issue = notice_of("""一、整改情况
1.“学习不紧密”的问题（责任领导：分管领导，责任科室：办公室，整改时限：2023年3月底）
措施1：制定学习计划。
措施2：形成调研报告4篇。
完成情况：已完成。
2.“管护不到位”的问题（责任领导：分管领导，责任科室：褒扬科，整改时限：2023年4月底）
措施1：修缮烈士墓37座。
完成情况：正在整改。
""").issues[0]
    assert (issue.title, issue.response) == ("“学习不紧密”的问题", "制定学习计划。\n形成调研报告4篇。")
    assert (issue.status, issue.deadline and issue.deadline.iso) == ("done", "2023-03-31")


def test_labels_and_numbers_in_square_brackets():
    issues = notice_of("""一、整改情况
【1】制度执行不规范。
〔整改举措〕修订议事规则。
〔整改进度〕100%
【2】消防设施老旧。
〔整改举措〕更换灭火器46具。
〔整改进度〕60%
""").issues
    assert [(issue.label, issue.title, issue.response, issue.status) for issue in issues] == [
        ("【1】", "制度执行不规范", "修订议事规则。", "done"),
        ("【2】", "消防设施老旧", "更换灭火器46具。", "ongoing"),
    ]


def test_problems_answered_in_one_sentence_with_quotation_marks():
    issues = notice_of("""一、重点问题整改情况
（一）针对“立德树人有差距”方面的问题
1.针对“改革创新力度不够”的问题，建设一流课程3门。
2.针对“师德师风建设不够有力”的问题，处理4人。
""").issues
    assert [issue.label for issue in issues] == ["1.", "2."]
    assert issues[0].response == "建设一流课程3门。"


@pytest.mark.parametrize("title", ["投资项目亏损严重", "选人用人“近亲繁殖”", "2023年只开会一次"])
@pytest.mark.parametrize("group", ["关于“主体责任压得不实”方面", "针对党的领导弱化方面", "关于“四风”问题方面"])
def test_a_group_that_holds_one_issue_is_none(group, title):
    issues = notice_of(f"""一、反馈问题整改情况
（一）{group}
1.{title}
整改情况：收回投资3万元。已完成整改。
（二）关于“履责不力”方面
1.学习不深入
整改情况：学习12次。正在整改。
2.制度不健全
整改情况：修订制度。已完成整改。
""").issues
    assert [issue.title for issue in issues] == [title, "学习不深入", "制度不健全"]


def test_a_seal_is_no_part_of_the_unit_s_name():
    top = "2023年2月21日至4月20日，县委第六巡察组对我局党组开展了巡察。现将整改情况予以公布。\n"
    notice = notice_of(
        "一、整改情况\n（一）关于学习不深的问题\n整改情况：学习。\n中共大河县民政局党组（印章）\n2023年6月5日\n", top
    )
    assert notice.unit.name == "中共大河县民政局党组"


@pytest.mark.parametrize("numbers", ["1、{}\n2、{}\n3、{}", "（1）{}\n（2）{}\n（3）{}", "①{}\n②{}\n③{}"])
def test_labels_may_be_numbered(numbers):
    answer = numbers.format("存在问题：台账缺失。", "整改措施：补齐台账。", "整改结果\n已完成整改。")
    issues = notice_of(f"一、制度执行不严问题\n{answer}\n二、群众意识不强问题\n{answer}\n").issues
    assert [(issue.title, issue.finding, issue.response, issue.status) for issue in issues] == [
        ("制度执行不严问题", "台账缺失。", "补齐台账。", "done"),
        ("群众意识不强问题", "台账缺失。", "补齐台账。", "done"),
    ]


def test_numbered_problems_behind_a_label_each_are_issues():
    issues = notice_of("""一、整改情况
1.反馈问题：台账缺失。
整改情况：补齐台账。
2.反馈问题：执行不严。
整改情况：加强检查。
""").issues
    assert [issue.title for issue in issues] == ["台账缺失", "执行不严"]


_FLAT = """一、关于党的建设方面
1.理论学习不深入。
党组制定学习计划，全年开展学习12次。A
2.民主生活会质量不高。
党组重新召开民主生活会，开展批评和自我批评。B
3.党费收缴不及时。
各支部每月按时收缴党费，补缴3200元。
二、关于资金管理方面
1.报销手续不全。
补齐手续15份，修订报销制度。C
"""


@pytest.mark.parametrize("place", "ABC")
@pytest.mark.parametrize(
    "label",
    [
        "整改状态：已完成。",
        "是否销号：是。",
        "整改情况：已完成。",
        "整改措施：修订制度。",
    ],
)
def test_a_label_inside_the_words_of_an_answer_hides_no_issue(place, label):
    text = re.sub("[ABC]", lambda found: label if found[0] == place else "", _FLAT)
    titles = [issue.title for issue in notice_of(text).issues]
    assert titles == ["理论学习不深入", "民主生活会质量不高", "党费收缴不及时", "报销手续不全"]
