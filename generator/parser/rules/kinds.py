"""Pages that share words with a rectification notice and are none (FORMATS m), and how they are told apart.

A row: what the page is, patterns of which one must be found, patterns of which none may be found. Rows are asked only of a
page that failed the positive test, in this order, to say what it is.
"""

from __future__ import annotations

from typing import NamedTuple


class NearKind(NamedTuple):
    """A kind of page that is no notice."""

    code: str
    name: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()


ANNOUNCED = (
    r"现将.{0,60}(?:整改|整治).{0,40}(?:公布|公开|通报|报告|汇报|公示)"
    r"|整改(?:进展|落实)?情况.{0,10}(?:予以公布|予以公开|通报如下|报告如下|汇报如下|公布如下)"
)
"""The clause that announces how it was rectified."""

PAST = (
    r"(?:进行|开展|实施)了|反馈了|巡[察视]了|巡[察视]组.{0,40}反馈|巡[察视](?:反馈|整改|“?后半篇)"
    r"|巡[察视]第.{1,3}组.{0,40}反馈|反馈巡[察视](?:意见|情况)"
    r"|巡[察视]中[，,]?(?:指出|发现|提出|反馈)"
    r"|巡[察视](?:组(?:巡[察视])?)?(?:指出|发现|提出|查出)的?.{0,8}(?:问题|意见)"
)
"""The inspection is over."""

FOREIGN = r"审计(?:署|厅|局)(?:派出)?.{0,12}(?:进行|开展|实施)了?.{0,8}审计|(?:生态)?环境(?:保护)?督察组|自然资源督察"
"""Somebody else inspected."""

MASKED = (
    r"(?<![X×*])[X×*]{2,}+(?:市|县|区|局|党组|党委|单位|学校|同志|方面|问题)|20[X×*]{2}年|202[X×*]年|第[X×*]++(?:巡[察视]|轮)"
    r"|(?<![X×*])[X×*]++月[X×*]++日"
)
"""A slot of a template."""

_N = r"[\d一二三四五六七八九十]"
MANY = (
    rf"{_N}个巡[察视]组.{{0,200}}{_N}(?:家|个)[\u4e00-\u9fff]{{0,6}}(?:单位|党组织)"
    rf"|对{_N}{{1,3}}(?:家|个)[\u4e00-\u9fff]{{0,6}}(?:单位|党组织|部门|乡镇)[^。，]{{0,12}}(?:开展|进行)了?.{{0,6}}巡[察视]"
    rf"|{_N}(?:家|个)(?:被巡[察视]的?)?(?:单位|党组织|部门|乡镇)(?:党组织)?的?整改(?:进展|落实|完成)?情况"
)
"""Several groups, many units: the inspecting side speaks."""

REPLY_TITLE = r"(?:答复|复函|回复)(?:意见)?[书函]?(?:[（(][^（()）]{1,12}[）)])?$"
REPLY = r"(?:现(?:就|将|对)?(?:(?!整改)[^。，；]){0,16}|特此)(?:答复|函复|回复)(?:如下)?[：:。]"
"""Somebody asked, and is answered: 现答复如下, 特此函复."""

LINK = (
    r"(?<![\u4e00-\u9fff“《])(?P<unit>[\u4e00-\u9fff（）]{4,40}?)关于[^\n。，；：《》]{0,50}?整改[^\n。，；：《》]{0,16}?"
    r"情况的?(?:通报|报告|公示|公告)(?![\u4e00-\u9fff”》])"
)
"""Words of a page that lead to the notices of others, and the unit that they are of."""

FEWEST_LINKS = 3

FINDINGS_TITLE = (
    r"巡[察视][^\n]{0,60}(?:反馈(?:意见|情况)|情况的?反馈|发现的?(?:主要|突出)?问题)(?:的?(?:通报|公示|公告))?$"
)
FINDINGS = r"现将(?:(?!整改)[^。；\n]){0,40}(?:发现|反馈|指出|存在)的?(?:主要|突出)?(?:问题|情况|意见)(?:(?!整改)[^。；\n]){0,12}如下"
"""What was found is told: 现将巡察发现的主要问题通报如下."""

ANSWERED = r"整改(?:落实)?(?:情况|措施|结果|成效|进展)[：:]|已(?:经)?(?:全部|基本)?(?:完成|整改|落实|办结|整治)|完成(?:了)?整改|整改(?:到位|完成|完毕)|正在整改"
"""Words of an answer, which a page of findings does not have."""

CASES_TITLE = (
    r"典型(?:案例|案件|问题)|(?:通报|曝光)[^\n，。]{0,12}起|违[纪法规][^\n，。]{0,16}(?:案例|案件|问题)的?(?:通报|情况)"
)
"""Persons and what they did."""

DELIBERATION = r"审议意见(?:的)?(?:反馈|办理|落实|处理|研究|如下)|(?:落实|办理|研究处理)[^\n。]{0,30}审议意见"
"""A people's congress says what is to be mended, or hears what was."""

PLAN_TITLE = (
    r"(?:方案|计划|任务分解表|责任清单|任务清单|(?:实施|指导|若干|工作)意见|工作要点)(?:[（(][^（()）]{1,12}[）)])?$"
)
"""What a plan calls itself: it says what is to be done."""

PLAN = r"特制[定订](?:本|如下|以下|整改)"

MODEL_TITLE = r"范文|模板|样本|样例|参考稿"

NEWS_TITLE = (
    r"召开|督导|督查|检查|调研|赴|听取|推进会|部署会|专题会|动员|座谈|见实效|见成效|跟踪|约谈|回访|评估|培训|答好|交出|晒出"
    r"|公布巡[察视]整改|集中公[布开]|关于(?:开展|做好|印发|加强)|(?:的通知|的意见|制度|办法)$"
)
"""A title of news: of a notice's own words there is the unit, and what it announces."""

PRESS = (
    r"记者|本报讯|本网讯|通讯员|据了解|据悉|(?:(?<!\d)\d{1,5}+|(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,4}+|多)(?:家|所|个)(?:单位|党组织|部门|高校|学校|企业|乡镇)"
    r".{0,16}(?:公布|公开|晒出|公示).{0,10}整改"
)
"""Somebody tells of the notices of others."""

OFFICE = (
    r"巡[察视](?:工作)?(?:领导小组)?办(?:公室)?关于.{0,40}(?:评估|督[查察导]|检查|回访)"
    rf"|巡[察视](?:工作)?(?:领导小组)?办(?:公室)?[^。\n]{{0,40}}对[^。，\n]{{0,10}}{_N}{{1,3}}[家个](?:单位|党组织|部门|乡镇|镇|街道|村)"
    r"[^。\n]{0,30}(?:开展|进行)了?[^。\n]{0,12}(?:回头看|督[查察导]|检查|评估|回访)"
    r"|巡[察视]工作领导小组关于(?:(?!整改)[^\n]){0,30}巡[察视](?:发现问题|反馈|工作)?情况的?(?:通报|报告)"
)
"""The inspecting side tells how others rectified."""

CUES = (
    # what speaks for a notice, the surest first: a refusal names the first that is there
    ANNOUNCED, r"反馈了.{0,12}(?:意见|情况|问题)|对.{2,30}(?:进行|开展|实施)了.{0,8}巡[察视]",
    r"整改(?:进展|落实|完成)?情况", r"巡[察视](?:反馈|整改)", r"巡[察视]",
)  # fmt: skip

KINDS: tuple[NearKind, ...] = (
    NearKind("template", "a template or model text (范文), with slots instead of names",
             (r"XX(?:市|县|区|局|党组|党委|单位|学校|中学)", r"[Xx×*]{1,3}(?:县|市|区|局|中学|学校|党委|党组)", r"20[X×*]{2}年|202[X×]年", r"[×*][×*]")),
    NearKind("audit", "an audit rectification (审计整改)", (r"审计(?:署|厅|局)", r"审计查出", r"审计工作报告")),
    NearKind("environment", "an environmental supervision list (环保督察)",
             (r"环境保护督察|生态环境保护督察|环保督察|督察组", r"整改任务[（(]?序号", r"自然资源督察|卫片|图斑")),
    NearKind("announcement", "an announcement that an inspection begins (巡察公告、进驻)",
             (r"完成进驻|进驻(?:期间|后)|受理(?:来信|信访|反映)|信访截止|将(?:对|于).{0,30}(?:开展|进行).{0,6}巡[察视]|巡[察视](?:工作)?公告|派驻.{0,10}信箱",)),
    NearKind("mobilisation", "news of a mobilisation meeting (动员会)", (r"动员(?:部署)?会|动员讲话",)),
    NearKind("feedback-news", "news of a feedback meeting (反馈会), without answers",
             (r"反馈会|反馈会议|反馈了?.{0,20}(?:情况|意见).{0,80}(?:指出|强调|要求)|提出.{0,6}[点条]意见建议|作.{0,4}表态",)),
    NearKind("findings", "published findings (巡察反馈情况), without rectification",
             (r"巡[察视](?:发现|反馈)的?(?:主要)?问题|巡[察视]反馈情况|存在(?:以下|的)?(?:主要)?问题",)),
    NearKind("round-summary", "a summary of a round by the inspecting side",
             (r"[\d一二三四五六七八九十]个巡[察视]组", r"\d家(?:单位|党组织)")),
    NearKind("meeting-news", "news of a meeting on rectification (整改推进会、督查、回访)",
             (r"会议(?:指出|强调|要求|听取)|召开.{0,30}(?:推进会|专题会|调度会|部署会)|听取.{0,10}汇报",)),
    NearKind("campaign", "rectification of a campaign (主题教育、民主生活会), not of an inspection",
             (r"主题教育|教育整顿|民主生活会整改|检视问题|专项整治",)),
    NearKind("inspection-office", "a bulletin of government supervision (政府督查)", (r"督查室|红黑榜|政务督查",)),
    NearKind("press", "a press story about notices", (r"记者|本报讯|公布整改情况.{0,20}(?:高校|单位)",)),
    NearKind("reply", "an answer to a petition, a proposal or a question (信访答复、提案答复)", (r"现(?:就|将|对)?[^。，；]{0,16}(?:答复|回复|函复)如下", r"特此(?:答复|函复)|答复[书函意]")),
    NearKind("cases", "a bulletin of disciplinary cases (典型案例通报)", (r"典型(?:案例|问题)",)),
    NearKind("deliberation", "opinions of a people's congress, or how they were followed (审议意见)", (r"审议意见",)),
    NearKind("index", "a page of links to the notices of many units", (r"(?s)(?:情况的?(?:通报|公告|公示|报告)[^。，]{0,40}\n.{0,60}关于.{0,40}整改.{0,20}){2}",)),
    NearKind("plan", "a plan or speech (整改方案、讲话)", (r"同志们[：:]|整改方案|责任清单|实施方案",)),
    NearKind("attachment", "a page whose text is in an attachment", (r"附件\s*+\d*+\s*+[:：]|\.(?:docx?|pdf|xlsx?|wps)(?:\s|$)",)),
)  # fmt: skip
"""FORMATS m."""
