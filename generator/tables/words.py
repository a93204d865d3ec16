"""Words that a rule of the parser looks for, one list a rule, with the source of its rows."""

from __future__ import annotations

LABELS: tuple[tuple[str, str], ...] = (
    # lead-in inside an issue, blanks and colon removed → role (FORMATS f)
    ("存在问题", "finding"),
    ("存在的问题", "finding"),
    ("反馈问题", "finding"),
    ("问题描述", "finding"),
    ("具体表现", "finding"),
    ("具体问题", "finding"),
    ("问题表现", "finding"),
    ("主要表现", "finding"),
    ("主要问题", "finding"),
    ("巡察发现", "finding"),
    ("巡察反馈", "finding"),
    ("整改情况", "response"),
    ("整改进展情况", "response"),
    ("整改落实情况", "response"),
    ("整改措施", "response"),
    ("整改措施及成效", "response"),
    ("整改措施和成效", "response"),
    ("整改任务完成情况", "response"),
    ("整改进展", "response"),
    ("整改成效", "response"),
    ("整改效果", "response"),
    ("落实情况", "response"),
    ("进展情况", "response"),
    ("采取措施", "response"),
    ("采取的措施", "response"),
    ("具体措施", "response"),
    ("整改结果", "response"),
    ("整改做法", "response"),
    ("整改完成情况", "status"),
    ("整改状态", "status"),
    ("完成情况", "status"),
    ("整改进度", "status"),
    ("完成状态", "status"),
    ("整改时限", "deadline"),
    ("完成时限", "deadline"),
    ("整改期限", "deadline"),
    ("完成时间", "deadline"),
    ("整改完成时限", "deadline"),
    ("预计完成时间", "deadline"),
    ("责任领导", "responsible"),
    ("责任单位", "responsible"),
    ("责任部门", "responsible"),
    ("责任科室", "responsible"),
    ("责任股室", "responsible"),
    ("责任处室", "responsible"),
    ("责任人", "responsible"),
    ("整改责任人", "responsible"),
    ("牵头单位", "responsible"),
    ("牵头领导", "responsible"),
    ("牵头部门", "responsible"),
    ("配合单位", "responsible"),
    ("未完成整改原因", "reason"),
    ("未完成整改的原因", "reason"),
    ("未完成原因", "reason"),
    ("进展缓慢原因", "reason"),
    ("原因分析", "reason"),
    ("下一步整改措施", "next"),
    ("下一步措施", "next"),
    ("下一步", "next"),
    ("下一步打算", "next"),
    ("下一步工作", "next"),
    ("下一步工作打算", "next"),
    ("下步打算", "next"),
    ("下步措施", "next"),
    ("后续措施", "next"),
    ("整改目标", "finding"),
)

COLUMNS: tuple[tuple[str, str], ...] = (
    # head of a table's column, blanks removed → what stands in it; other heads are the labels above (FORMATS k)
    ("序号", "number"),
    ("编号", "number"),
    ("问题序号", "number"),
    ("类别", "group"),
    ("问题类别", "group"),
    ("问题类型", "group"),
    ("反馈问题类别", "group"),
    ("方面", "group"),
    ("问题", "title"),
    ("反馈问题", "title"),
    ("反馈的问题", "title"),
    ("巡察反馈问题", "title"),
    ("巡视反馈问题", "title"),
    ("巡察反馈的问题", "title"),
    ("反馈具体问题", "title"),
    ("反馈意见", "title"),
    ("巡察反馈意见", "title"),
    ("存在问题", "title"),
    ("存在的问题", "title"),
    ("主要问题", "title"),
    ("具体问题", "title"),
    ("问题清单", "title"),
    ("问题内容", "title"),
    ("问题描述", "title"),
    ("整改问题", "title"),
    ("整改事项", "title"),
    ("整改任务", "title"),
    ("措施", "response"),
    ("整改落实措施", "response"),
    ("整改举措", "response"),
    ("状态", "status"),
    ("进度", "status"),
    ("是否完成", "status"),
    ("时限", "deadline"),
    ("备注", "prose"),
)

ORGANISATION = (
    # titles of parts that tell how rectification was organised (FORMATS e)
    "组织领导", "组织落实", "组织开展", "组织推动", "组织工作", "组织整改", "工作组织", "工作开展情况", "基本情况", "总体情况",
    "总体部署", "工作情况", "主体责任", "第一责任人", "责任情况", "整改工作落实情况", "整改工作推进", "整改工作开展", "整改部署",
    "主要做法", "工作做法", "整改成效", "政治责任", "政治站位", "思想认识", "加强领导", "加强对", "总体进展", "推进情况",
    "整改总体", "整改工作概况", "概况", "整改责任", "履行",
)  # fmt: skip

ISSUES_TITLE = (
    # titles of parts that list the issues (FORMATS e)
    "反馈(?:的)?(?:意见|问题)", "(?:问题|意见|任务|事项)(?:的)?整改", "整改(?:落实|进展|完成)?情况", "整改(?:的)?(?:事项|任务)", "整改进展",
    "具体问题",
)  # fmt: skip

NEXT_STEPS = (
    # titles of tail parts about the future (FORMATS e)
    "下一步", "下步", "今后", "后续工作", "后续整改", "努力方向", "长效机制", "巩固深化", "持续深化", "工作打算", "工作安排",
)  # fmt: skip

HANDLING = (
    # titles of parts about people held to account (FORMATS j)
    "问题线索", "严肃执纪", "追责问责", "问责情况", "执纪问责", "责任追究", "处理情况", "处置情况", "线索办理", "线索处置",
    "信访件", "移交事项", "意见建议",
)  # fmt: skip

FOLLOW_UP = (
    # titles of parts that list unfinished matters again (FORMATS e, g)
    "进一步整改", "继续整改", "未完成整改", "尚未完成", "未整改到位", "长期整改", "持续整改", "需长期", "尚需", "正在整改", "未完成",
)  # fmt: skip

PROBLEM = (
    # words of a problem, as against an exhortation (FORMATS e)
    "不", "未", "缺", "差距", "短板", "薄弱", "问题", "弱化", "虚化", "缺失", "滞后", "漏洞", "偏差", "乏力", "宽松软", "走过场",
    "形式", "违规", "混乱", "松懈", "风险", "欠缺", "弱项", "死角", "匮乏", "淡薄", "淡漠", "流于", "有待", "较差", "较低", "偏低",
    "打折扣", "浮于", "硬伤", "违反", "超标准", "超范围", "仍然存在", "隐患", "失之", "软弱", "涣散", "落后", "缓慢", "空转", "还需",
    "僵化", "随意", "重业务", "轻党建", "漠视", "散漫", "弱", "少", "慢", "难", "低", "乱",
)  # fmt: skip

CONTACT_KEYS = (
    # a line that holds one of these says how to reach the unit (FORMATS h)
    r"(?:电话|方式)(?:[（(][^（()）]{1,8}[）)])?\s*[:：]?\s*[\d（(]",
    r"(?:邮箱|信箱|邮件)(?:地址)?\s*[:：]?\s*[\w.]",
    r"(?:地址|邮政信箱)\s*[:：]",
    r"(?:邮政编码|邮编)\s*[:：]?\s*\d",
    r"(?:受理|联系|公示)(?:时间|期限?)\s*[:：]|公示期\s*[:：]|联系人\s*[:：]",
)

WELCOME = (
    # a line that invites remarks
    r"(?:欢迎|敬请|恳请|请).{0,20}(?:监督|提出|反映)",
    r"如有(?:意见|建议|异议)",
    r"(?:意见|建议).{0,10}(?:反映|联系)",
)

HEADING_ENDS = (
    # what a heading that is whole ends in
    "情况", "问题", "方面", "事项", "打算", "安排", "重点", "措施", "计划", "成效", "工作", "机制", "责任",
)  # fmt: skip

PROBLEM_ENDS = (
    # what a problem's title ends in when it is whole: no other row begins with one of these
    "到位", "不够", "不足", "不力", "不强", "不高", "不实", "不细", "不牢", "不紧", "不畅", "不明", "不清", "不准", "不规范", "不严格", "不深入", "不扎实",
    "不充分", "不完善", "不健全", "不及时", "不平衡", "不合理", "不彻底", "不明显", "不精准", "薄弱", "滞后", "缓慢", "缺失", "缺位", "差距", "短板", "偏差",
    "弱化", "乏力", "问题", "漏洞", "混乱", "松懈", "偏软", "走过场", "流于形式",
)  # fmt: skip

EXHORTATION = (
    # first words of organisational headings and of measures (FORMATS e)
    "强化", "提高", "压实", "坚持", "加强", "扛牢", "扛起", "提升", "落实", "狠抓", "注重", "健全", "完善", "建立", "开展", "组织",
    "制定", "严格", "推进", "推动", "深化", "统一", "突出", "聚焦", "抓实", "抓好", "抓紧", "细化", "明确", "加大", "规范", "持续",
    "召开", "成立", "加快", "认真", "积极", "全面", "进一步", "切实", "深入", "优化", "修订", "督促", "着力", "及时", "重新", "定期",
    "已", "对", "针对", "通过", "按照", "根据", "结合",
)  # fmt: skip
