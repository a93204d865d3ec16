"""Notices in which the issues stand on different levels of numbering: which line is an issue, and which a measure."""

from __future__ import annotations

import re

import pytest

from tests.parser.support import notice_of

END = "\n三、下一步工作打算\n持续抓好整改。\n中共大河县民政局党组\n2023年12月20日\n"


def _issues(body: str) -> list[tuple[str, str, str, int]]:
    notice = notice_of(f"一、整改工作组织情况\n召开党组会5次。\n二、反馈问题整改进展情况\n{body}{END}")
    return [(i.label, i.title, i.status, len(i.measures)) for i in notice.issues]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(
            """（一）关于落实立德树人根本任务方面
1.思想政治工作方面
（1）“大思政课”建设滞后（已完成）。一是成立思政教研室；二是聘请劳模授课6场。
（2）心理健康教育薄弱（已完成）。一是新增教师2名；二是开展普测。
2.专业建设方面
（1）“双师型”教师占比偏低（正在整改）。一是选派教师27人次；二是聘请技术骨干14人。
（二）关于干部人才队伍建设方面
1.中层干部缺额较多（正在整改）。一是选拔任用中层副职5名；二是建立后备干部库18人。
2.教师绩效考核“平均主义”（已完成）。修订绩效工资分配方案。""",
            [
                ("（1）", "“大思政课”建设滞后", "done", 2),
                ("（2）", "心理健康教育薄弱", "done", 2),
                ("（1）", "“双师型”教师占比偏低", "ongoing", 2),
                ("1.", "中层干部缺额较多", "ongoing", 2),
                ("2.", "教师绩效考核“平均主义”", "done", 0),
            ],
            id="names marked behind groups called 关于…方面",
        ),
        pytest.param(
            """（一）关于全面从严治党方面
1.主体责任方面
（1）责任传导不到位。签订责任书26份。
（2）廉政教育不经常。开展警示教育4次。
2.财经纪律方面
（1）资金管理不严。追回2.6万元。
（二）关于组织路线方面
1.发展党员不规范。补齐材料8份。""",
            [
                ("（1）", "责任传导不到位", "unstated", 0),
                ("（2）", "廉政教育不经常", "unstated", 0),
                ("（1）", "资金管理不严", "unstated", 0),
                ("1.", "发展党员不规范", "unstated", 0),
            ],
            id="plain names, two levels of groups",
        ),
        pytest.param(
            """（一）针对政治建设方面的问题
1.学习方面
（1）关于学习不深入的问题。制定学习计划。
（2）关于研讨不经常的问题。开展研讨6次。
2.落实方面
（1）关于落实打折扣的问题。建立台账。
（二）针对作风建设方面的问题
1.关于服务意识不强的问题。开展培训3次。""",
            [
                ("（1）", "关于学习不深入的问题", "unstated", 0),
                ("（2）", "关于研讨不经常的问题", "unstated", 0),
                ("（1）", "关于落实打折扣的问题", "unstated", 0),
                ("1.", "关于服务意识不强的问题", "unstated", 0),
            ],
            id="groups called 针对…方面的问题",
        ),
        pytest.param(
            """（一）关于理论学习方面
1.制定学习计划，每月学习2次。
2.开展研讨6次，形成报告5篇。
（二）关于财务管理方面
1.修订财务制度3项。
2.追回多发补贴1.2万元。""",
            [("（一）", "关于理论学习方面", "unstated", 2), ("（二）", "关于财务管理方面", "unstated", 2)],
            id="measures right below 关于…方面",
        ),
        pytest.param(
            """（一）党的领导方面
1.意识形态工作责任制落实不到位（已完成整改）
（1）召开专题会议2次。
（2）开展风险排查4次。
2.调查研究不深入（持续整改）
（1）制定调研方案。
（2）形成调研报告3篇。
（二）关于营商环境方面
1.窗口服务效率不高（已完成整改）
（1）压缩办理时限50%。
（2）设立帮办窗口2个。""",
            [
                ("1.", "意识形态工作责任制落实不到位", "done", 2),
                ("2.", "调查研究不深入", "ongoing", 2),
                ("1.", "窗口服务效率不高", "done", 2),
            ],
            id="measures below marked names",
        ),
    ],
)
def test_which_level_holds_the_issues(body, wanted):
    found = [(label, title.split("（")[0], status, count) for label, title, status, count in _issues(body)]
    assert found == wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param(
            """（一）党的领导方面
针对“学习不深入”问题，开展学习6次，形成体会32篇。针对“调研不经常”问题，制定调研方案。
（二）党的建设方面
针对“支部活动单调”问题，开展主题党日12次；针对“党费收缴不及时”问题，补缴党费3420元。""",
            ["学习不深入", "调研不经常", "支部活动单调", "党费收缴不及时"],
            id="a paragraph of several problems",
        ),
        pytest.param(
            """（一）党的建设方面。针对学习不深入的问题，开展学习6次；针对调研不经常的问题，完成报告3篇。
（二）财务管理方面。针对报销不规范的问题，修订办法。针对资产底数不清的问题，盘点资产300件。
（三）作风建设方面。针对公车管理不严的问题，安装定位12台。""",
            ["学习不深入", "调研不经常", "报销不规范", "资产底数不清", "公车管理不严"],
            id="behind the name of their group",
        ),
        pytest.param(
            """针对学习不深入的问题，开展学习6次。针对调研不经常的问题，完成报告3篇。针对报销不规范的问题，修订办法。""",
            ["学习不深入", "调研不经常", "报销不规范"],
            id="one paragraph for all",
        ),
        pytest.param(
            """1.关于“文化战略落实有差距”方面的问题。（1）针对精品创作少的问题。一是组织采风6次。二是设立资金。（2）针对服务效能不高的问题。一是送戏180场。
2.关于“文物保护不力”方面的问题。（1）针对隐患排查不彻底的问题。开展检查12次。（2）针对修缮滞后的问题。修缮2处，另有1处正在报批。""",
            ["精品创作少", "服务效能不高", "隐患排查不彻底", "修缮滞后"],
            id="numbered, behind the name of their group",
        ),
        pytest.param(
            """（一）关于学习教育不深入的问题。针对“研讨不经常”问题，开展研讨6次。针对“学用脱节”问题，形成报告3篇。
（二）关于财务管理不严的问题。针对“报销不规范”问题，修订办法。针对“底数不清”问题，盘点资产300件。""",
            ["学习教育不深入", "财务管理不严"],
            id="parts of a problem",
        ),
        pytest.param(
            """（一）生态责任落实不到位
1.林长制责任压得不实
针对“巡林频次不够”。建立通报制度，巡林1260次。
针对“护林员管理松散”。清退17人，新聘17人。
2.森林资源监管有漏洞
针对“图斑整改慢”。完成图斑整改53个。
（二）管党治党宽松软
1.财务管理不规范
针对“往来款长期挂账”。清理往来款23笔。""",
            ["巡林频次不够", "护林员管理松散", "图斑整改慢", "往来款长期挂账"],
            id="quoted names below numbered headings",
        ),
        pytest.param(
            """（一）关于意识形态方面
1、关于制度执行不严的问题
①注销僵尸账号5个。②明确账号管理责任人。
2、关于账号管理不规范的问题
①完善制度。②组织培训4期。
（二）关于主责主业方面
关于宣传质量不高的问题
①开设专栏3个。②外宣稿量增长22%。
（三）关于财务管理方面
1、关于收入管理不规范的问题
①修订办法。②收回欠款8.6万元。""",
            ["制度执行不严", "账号管理不规范", "宣传质量不高", "收入管理不规范"],
            id="one alone in its group without its number",
        ),
        pytest.param(
            """反馈问题：学习贯彻方面
整改情况：
1.学习不深入。开展学习6次。
2.调研不经常。完成调研报告3篇。
反馈问题：财务管理方面
整改情况：
3.报销不规范。修订办法。
4.关于往来款长期挂账的问题。清理23笔。""",
            ["学习不深入", "调研不经常", "报销不规范", "往来款长期挂账"],
            id="a label leads in all answers of a group",
        ),
        pytest.param(
            """（一）党的领导作用发挥不充分
一是理论学习系统性不强。制定学习计划，集中学习23次。
二是综合改革推进缓慢。完成基层社改造5个。
（二）管党治党责任落实不到位
一是廉政教育形式单一。组织观看警示教育片6场次。
二是社有资产监管缺失。清查社有资产27宗。
（三）党建基础工作不扎实
一是组织生活不严肃。规范程序，补开会议1次。
二是党员发展停滞。发展预备党员2名。""",
            [
                "理论学习系统性不强",
                "综合改革推进缓慢",
                "廉政教育形式单一",
                "社有资产监管缺失",
                "组织生活不严肃",
                "党员发展停滞",
            ],
            id="一是 names a problem and tells what was done",
        ),
        pytest.param(
            """（一）党的领导作用发挥不充分
一是理论学习系统性不强。制定学习计划，集中学习23次。
二是综合改革推进缓慢。完成基层社改造5个。
（二）财务管理不严
开展财务检查3次，修订制度2项。""",
            ["理论学习系统性不强", "综合改革推进缓慢", "财务管理不严"],
            id="a problem beside a group of some",
        ),
        pytest.param(
            """（一）坚持党的领导方面
落实上级部署打折扣。个别村改厕进展缓慢。
整改改厕312户，验收312户。已完成整改。
意识形态阵地管理松懈。宣传栏内容更新慢。
更新宣传栏17处。已完成整改。
（二）加强党的建设方面
支部组织生活不规范。部分支部主题党日缺记录。
补齐记录32份。正在整改。""",
            ["落实上级部署打折扣", "意识形态阵地管理松懈", "支部组织生活不规范"],
            id="what was found behind the name, the answer below",
        ),
    ],
)
def test_problems_told_without_numbers_or_labels(body, wanted):
    titles = [title for _, title, _, _ in _issues(body)]
    assert [_bare(title) for title in titles] == wanted


def _bare(title: str) -> str:
    return re.sub(r"^(?:关于|针对)|的?问题$|[“”]", "", title)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            """（一）关于学习不深入的问题
整改情况：
针对“研讨不经常”问题，开展研讨6次；针对“学用脱节”问题，形成报告3篇。
（二）关于财务管理不严的问题
整改情况：
针对“报销不规范”问题，修订办法；针对“底数不清”问题，盘点资产300件。""",
            id="parts of a labelled answer",
        ),
        pytest.param(
            """（一）关于学习不深入的问题
一是研讨不经常。开展研讨6次。
二是学用脱节。形成报告3篇。
（二）关于财务管理不严的问题
一是报销不规范。修订办法。
二是底数不清。盘点资产300件。""",
            id="parts of a problem, 一是",
        ),
        pytest.param(
            """（一）关于学习不深入的问题
针对“三重一大”，修订议事规则1项。
针对“双随机一公开”，建立名录库2个。
（二）关于财务管理不严的问题
针对“四议两公开”，开展培训3期。""",
            id="quoted names that are no problems",
        ),
        pytest.param(
            """（一）关于学习不深入的问题
①注销违规账号5个。②明确责任人。
（二）关于财务管理不严的问题
①追缴拖欠租金3万元。②修订办法。""",
            id="lists of deeds that sound like problems",
        ),
        pytest.param(
            """（一）关于学习不深入的问题。（1）针对研讨不经常的问题。一是开展研讨6次。二是交流12人。（2）针对学用脱节的问题。形成报告3篇。
（二）关于财务管理不严的问题。（1）针对报销不规范的问题。修订办法。（2）针对底数不清的问题。盘点资产300件。""",
            id="numbered parts of a problem in its line",
        ),
        pytest.param(
            """（一）关于学习不深入的问题
开展学习6次，针对“研讨不经常”问题，增加研讨4次。
（二）关于财务管理不严的问题
修订办法，针对“底数不清”问题，盘点资产300件。""",
            id="named amid a sentence",
        ),
    ],
)
def test_no_part_of_an_answer_is_an_issue(body):
    assert [_bare(title) for _, title, _, _ in _issues(body)] == ["学习不深入", "财务管理不严"]


def test_parts_of_a_problem_are_no_findings():
    body = "\n".join(
        f"{n}.关于{name}的问题。（1）针对{name}表现明显的问题。一是修订制度。二是开展检查。（2）针对责任不清的问题。签订责任书。"
        for n, name in enumerate(("学习不深入", "财务管理不严", "文物保护不力"), 1)
    )
    notice = notice_of(f"一、整改工作组织情况\n召开党组会5次。\n二、反馈问题整改进展情况\n{body}{END}")
    assert [issue.finding for issue in notice.issues] == [None, None, None]
    assert all((issue.response or "").startswith("（1）针对") for issue in notice.issues)


def test_a_formula_at_the_end_is_no_answer():
    body = "（一）关于学习不深入的问题。开展学习6次。\n（二）关于调研不经常的问题。完成报告3篇。\n特此公示。"
    notice = notice_of(f"一、反馈问题整改情况\n{body}\n监督电话：029-88412345\n中共大河县民政局党组\n2023年12月20日\n")
    assert [issue.response for issue in notice.issues] == ["开展学习6次。", "完成报告3篇。"]
    assert "特此公示。" in [passage.words for passage in notice.body if passage.role == "prose"]


@pytest.mark.parametrize("form", ["[问题{}]", "〔问题{}〕", "【问题{}】", "（问题{}）"])
def test_a_number_in_brackets_that_says_a_problem_begins(form):
    body = "\n".join(
        f"{form.format(n)} {name}\n[整改] 开展检查{n}次\n[状态] {state}"
        for n, (name, state) in enumerate((("学习不深入", "完成"), ("调研少", "持续推进")), 1)
    )
    found = _issues(f"（一）“党的领导弱化”方面\n{body}")
    assert [(title, status) for _, title, status, _ in found] == [("学习不深入", "done"), ("调研少", "ongoing")]


def test_a_marked_problem_alone_in_its_group_is_one_beside_groups_with_one_answer():
    found = _issues(
        """（一）理论武装有短板
1、学习不系统（已整改到位）
2、联系实际不紧密（已整改到位）
整改措施：开展“组工讲堂”12期。
（二）基层党建抓得不实
1、村书记队伍建设有差距（已整改到位）
整改措施：举办培训班3期。
2、非公企业党建覆盖不够（正在整改）
整改措施：选派指导员22名。
（三）干部工作有弱项
1、干部档案审核进度慢（已整改到位）
整改措施：审核档案863卷。"""
    )
    assert [(label, status) for label, _, status, _ in found] == [
        ("（一）", "done"), ("1、", "done"), ("2、", "ongoing"), ("1、", "done"),
    ]  # fmt: skip


def test_numbers_behind_a_letter_that_their_part_has():
    found = _issues(
        """A.政治建设方面
A1.“四个意识”不够强。开展专题研讨4次。
A2.河湖长制落实不到位。清理“四乱”问题36处。
B.党风廉政方面
B1.工程验收不严格。对3项工程重新验收。"""
    )
    assert [label for label, *_ in found] == ["A1.", "A2.", "B1."]
