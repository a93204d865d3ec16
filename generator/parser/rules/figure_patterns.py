"""How notices print their own totals (FORMATS d). N stands for a number, G for the measure words of problems."""

from __future__ import annotations

from typing import Literal

Thing = Literal["aspects", "groups", "problems", "tasks", "measures", "other", "bare"]
"""What a number counts; `bare`: it does not say."""

DIGIT = "0-9０-９〇零一二两三四五六七八九十百"
NUMBER = rf"[{DIGIT}](?<![0-9][0-9])[{DIGIT}]{{0,6}}"
COUNTED = "个项条类件大方份名人万元亿"
"""First characters of what stands behind the number of a row."""

ROWS: tuple[tuple[str, str], ...] = (
    # field, pattern with one group; the first row of a field that matches wins, so the surer rows stand first
    ("measures", r"(?:制定|细化|研究|提出|形成|明确|实施|落实)[^。；]{0,14}?(?P<n>N)(?:条|项|个)(?:具体)?(?:整改)?(?:措施|举措)"),
    ("measures", r"(?:整改措施|具体措施|措施|举措)(?:[，,]?共计?|[，,]合计|[，,]总计)?(?P<n>N)(?:条|项|个)"),
    ("measures", r"(?P<n>N)(?:条|项|个)(?:具体)?整改(?:措施|举措)"),
    ("measures", r"(?:问题|任务|事项)[、，和及]?(?P<n>N)(?:条|项|个)(?:具体)?(?:整改)?(?:措施|举措)"),
    ("systems", r"(?:制定|制订|建立|修订|修改|完善|新建|新订|新增|健全|出台|形成|制(?:定|订)完善|建章立制|印发|废改立|立改废|废止)[^。；，,]{0,10}?(?:规章)?(?:制度|机制|办法)(?:机制|办法|文件)?(?:共计?|合计|累计|总计)?(?P<n>N)(?:项|个|条|份)"),
    ("systems", r"(?:制定|制订|建立|修订|修改|完善|新建|新订|新增|健全|出台|印发)[^。；，,《]{0,6}(?:《[^《》]{2,60}》[、，和及与]?){1,6}等?[^。；，,《》\d]{0,8}?(?:制度|机制|办法|规定)(?P<n>N)(?:项|个|条|份)"),
    ("systems", r"(?:制定|制订|建立|修订|修改|完善|新建|新订|新增|健全|出台)[^。；，,\d]{2,30}?等(?:[^。；，,\d、]{0,6}?方面)?的?(?:各类|各项|规章|管理)*(?:制度|机制|办法)(?P<n>N)(?:项|个|条|份)"),
    ("systems", r"建章立制(?P<n>N)(?:项|个|条)"),
    ("systems", r"(?:制定|制订|建立|修订|修改|完善|新建|新订|新增|健全|出台|形成|制(?:定|订)完善|印发)[^。；，,\d]{0,10}?(?P<n>N)(?:项|个|条|份)[^。；，,]{0,8}?(?:制度|机制)"),
    ("people", r"(?:对|共对|共)(?P<n>N)名?(?:人)?(?:相关)?(?:责任|有关)?(?:人员|人|干部|同志)[^。；]{0,12}?(?:处理|问责|处分|诫勉|谈话)"),
    ("people", r"(?:问责追责|追责问责|追究责任|追责|问责|教育提醒|提醒教育|组织处理|处理|(?<!党纪)(?<!政纪)(?<!政务)处分|谈话提醒|批评教育|约谈)(?:了|共|共计|合计|累计)?(?:相关)?(?:责任)?(?:党员)?(?:人员|干部|人)?(?P<n>N)(?:名|人次|人)"),
    ("people", r"(?:人次|人|名)[，,、；]?(?:合计|共计|总计|累计|共)(?:问责|追责|处理|处分|教育)?(?P<n>N)(?:名|人次|人)"),
    ("people", r"对[^。；，,]{2,24}?的(?P<n>N)名(?:责任|相关|有关|党员|干部|工作)*(?:人员|人|同志|干部)(?:进行|作出|给予)?了?(?:严肃|相应|组织)?(?:处理|问责|追责)"),
)  # fmt: skip

MADE = r"新[建订增制]|制[定订]|建立|出台|健全|形成"
ALSO_REVISED = r"(?:制度|机制|办法)?[、，,及和](?:修订|修改|完善|修编)(?:完善)?(?:各项|有关|相关|规章)?(?:制度|机制|办法)?(?P<n>N)(?:项|个|条|份)(?:制度|机制|办法)?"
"""Behind a number of systems that were made: how many others were revised; 新建制度7项、修订3项 are ten."""

MONEY: tuple[str, ...] = (
    r"(?:追缴|收缴|清退|退缴|追回|收回|上缴|退还|挽回|清缴)[^。；，,\d]{0,14}(?P<n>(?<![\d.])(?:\d{1,3}(?:[,，]\d{3})+|\d{1,9})(?:\.\d{1,4})?)\s{0,2}(?P<unit>万元|元|亿元)",
)

PARTIAL: tuple[str, ...] = (
    # right before a count: it is of a part, or of other things than the problems that were fed back
    "领办", "带头认领", "督查", "抽查", "排查", "督办", "检查发现", "检查中发现", "立行立改", "移交", "信访", "举一反三", "自查", "查摆", "检视", "征求", "解决", "化解", "共性", "个性", "牵头", "配合", "上轮", "以往", "历次",
)  # fmt: skip

OF_LESS = (
    r"(?:[该本]方面|[该本这此]类(?:别)?|[该本]部分)的?$"
    r"|(?:上一?轮|前一?轮|以往|历次|上次|前次)(?:的)?(?:巡[察视])?(?:[（(][^（()）]{2,16}[）)])?[^，。；]{0,8}?(?:反馈|指出|提出)?的?$"
)
"""Right before a count: it is of one part, or of an inspection before."""

PEOPLE_ACTIONS: tuple[str, ...] = (
    # what is done to people held to account (FORMATS j); longest first where one holds another
    "诫勉谈话", "谈话诫勉", "诫勉", "批评教育", "教育提醒", "提醒教育", "谈话提醒", "提醒谈话", "约谈", "责令检查", "责令作出书面检查", "作出书面检查", "书面检查", "书面检讨",
    "通报批评", "调整职务", "调离岗位", "免职", "解聘", "党纪政纪处分", "党纪处分", "政纪处分", "党内警告", "党内严重警告", "严重警告", "警告", "撤销党内职务", "留党察看", "开除党籍",
    "政务处分", "政务警告", "政务记过", "政务记大过", "记过", "记大过", "降级", "撤职", "开除", "移送司法", "立案审查", "立案",
    "组织处理", "经济处罚", "经济处理", "停职检查", "党政纪处分", "党纪政务处分", "提醒", "辞退",
)  # fmt: skip

NOUNS: dict[Thing, str] = {
    # what a number counts, by the word before or behind it
    "problems": "问题 巡察意见 巡视意见 反馈意见",
    "tasks": "任务 整改事项 事项",
    "measures": "措施 举措",
    "other": "建章立制 立改废 废改立 制度 机制 办法 具体表现 表现 意见建议 建议 线索 件 会议 清单 台账 文件",
}
PERIODS = (
    "整改期间",
    "集中整改期间",
    "巡察整改期间",
    "巡视整改期间",
    "整改以来",
    "集中整改以来",
    "巡察整改以来",
    "通过巡察整改",
    "通过集中整改",
)
"""Begin a sentence about the whole time of rectification."""

SUMMARY = (
    r"(?:截至|截止|目前|至此|总体|综上|总的来?看|整改期间|集中整改|巡察整改|巡视整改|整改以来|通过(?:巡察|集中)?整改|经过|以上|全部|所有|各项|"
    r"(?:市|县|区|省|州|旗)委(?:第?[一二三四五六七八九十\d]+)?(?:巡察|巡视)|巡察(?:组)?反馈|巡视(?:组)?反馈|反馈|\d+[个项条](?:具体)?问题|除)"
)
"""Begins a line about the whole notice behind its last issue."""

SUMS_UP = r"(?:综上|总的来?[看说]|综合来看)"
"""Begins a paragraph that gives the totals at the end of a notice."""

OF_PEOPLE = (
    rf"(?:{'|'.join(PERIODS)})|(?:对[^，。；]{{2,16}}的?(?:党员)?(?:干部|人员|责任人|党员)，?)?(?:共|累计|合计)(?:追责问责|问责追责|追究责任|追责|问责|处理|处分)"
    r"|运用(?:监督执纪)?[“\"]?(?:四种形态|第一种形态|第二种形态)"
)
"""Begins a paragraph about those held to account in the whole time of rectification."""

LOOKS_BACK = (
    r"(?:经过|通过)[^，。；问]{0,12}?(?:努力|整改)(?:工作|落实)?[，,](?=.{8})|(?:以上|上述)问题(?:从|的(?:发现|存在|出现|发生|产生))"
    r"|(?:总之|总的来?[看说]|总体(?:来|上)?[看说]|综上(?:所述)?|回顾)[^，。；]{0,12}[，,]"
    r"|(?:虽然|尽管)[^，。；]{0,12}整改|(?:巡[察视])?整改(?:只有|没有|永远|不是|工作只有)[^，。；]{0,12}"
)
"""Begins a line behind the last issue that looks back on all of them; where one behind another issue does, it is that one's."""

BY_NOW = r"(?:截至|截止|目前|至此|到目前)"
"""Begins a sentence about what is so far, also in a part about what comes next."""

ORGAN_WILL = (
    r"(?:下一?步|下一阶段|后续|今后|接下来)?[，,]?[^，。；：,;:]{0,24}?(?:党组|党委|党工委|党总支|党支部|委员会|部务会|[“\"]?两委[”\"]?|领导班子"
    r"|我(?:局|校|院|镇|乡|街道|社区|村|中心|公司|单位|部|委|办|会|行|司|厂|馆|所|站|队|们))(?:一班人|班子)?将"
    r"(?:继续|持续|进一步|坚持|坚决|一以贯之|一如既往|锲而不舍|坚定不移|毫不松懈|再接再厉|不断|全力|全面|紧紧|聚焦|围绕|从严|以|把|对|巩固|认真|严格|切实|始终|深入|盯|紧盯|在)"
)
"""Begins a line behind the last issue about what comes after the notice."""

ORGAN_PLANS = (
    r"(?:下一?步|下一阶段|今后|接下来)[，,]?[^，。；：,;:]{1,24}?(?:党组|党委|党工委|党总支|党支部|总支|支部|委员会|领导班子)将"
    r"|(?:下一?步|下一阶段|今后|接下来)[，,]?[^，。；：,;:]{0,16}?(?:党校|学校|学院|医院|中心|集团|公司|机关|[局院校镇乡村委办会联社站所馆])将"
    r"[^。]{0,60}?(?:高质量发展|事业|整改成果|巡[察视]整改|整改的问题|从严治党|作风建设)"
)
"""The same, whatever the organ will do, where no other line of the notice begins so."""

MEASURE_WORDS = ("个", "项", "条")
"""Of problems; 方面, 类 and 大项 count aspects and groups."""

NOUN_ORDER = (
    "建章立制",
    "立改废",
    "废改立",
    "措施",
    "举措",
    "制度",
    "机制",
    "办法",
    "具体表现",
    "表现",
    "建议",
    "线索",
    "会议",
    "文件",
    "任务",
    "事项",
    "问题",
    "反馈意见",
    "巡察意见",
    "巡视意见",
    "清单",
    "台账",
)
"""Of several words the first that stands in a phrase says what is counted: 问题清单, 整改任务清单."""

FINER = (
    "细化",
    "分解",
    "细分",
    "拆分",
    "拆解",
    "细化分解",
    "梳理为",
    "梳理成",
    "归纳为",
    "梳理形成",
    "转化为",
    "具体为",
)
"""Between two numbers: the second counts what the first does, in smaller parts."""

VERBS = (
    "已", "均", "并", "且", "建立", "制定", "完善", "修订", "健全", "构建", "推进", "开展", "措施", "举措", "印发", "出台", "逐", "完成", "采取", "实施", "落实",
    "推动", "解决", "召开", "强化", "压实", "明确", "提出",
)  # fmt: skip
"""Between a number and a noun, or between two numbers: they do not belong together."""
