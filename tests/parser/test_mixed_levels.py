"""Notices in which the issues stand on different levels of numbering: which line is an issue, and which a measure."""

from __future__ import annotations

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
