"""What a sentence may say between a count of problems and how far all of them are, and what makes it say less."""

from __future__ import annotations

ALL_RECTIFIED = (
    r"(?:中?[，,])?(?:(?:目前|现|至今|至此|到目前|截至目前|截止目前|截[至止](?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)?)[，,]?)?"
    r"(?:现?已?经?(?:均|都|全部|悉数)已?经?(?:全部|按期|按时|如期|按要求)?|已?经?(?:按期|按时|如期)(?:全部|均))"
    r"(?:整改(?:落实)?(?:完成|到位|完毕|结束)|完成整改|得到(?:有效|彻底)?整改)(?=[，,。；;]|$)"
)
"""All of them, and it is 整改 that is complete: measures, meetings and dangers found are carried out or put right."""

MAY_BE_LEFT = (
    r"下一?步|今后|后续|如果?|只有|[月年季]底前|[日月]前[，,]|年内|除|其余|其他|其它|剩|余下|部分|个别|少数|多数|基本|阶段|初步|未|尚|仍|还有|还需|正在|持续|继续|长期|推进中|待|拟|将|力争|确保|争取|预计|计划(?!生育)|要求(?!整改)|责令|督促|督办"
    r"|但|不过|然而|外[，,]|争议|反弹|复核|复查|验收|回头看|原|上[一]?[轮次]|历次|往年|以往|延伸|下属|所属|二级单位|其中"
)
"""Words beside which not all that was counted may be finished, or something else was counted."""

_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
OF_THE_NOTICE = (
    r"(?:目前|截至[^，]{2,12})?(?:[\u4e00-\u9fff]{1,14}?(?:党组|党委|党工委|党总支|党支部|总支|支部|部务会|公司|学校|医院|中心|局|院))?"
    r"(?:针对|对照|对|就|研究整改|研究|认领)?(?:本轮|此次|本次|本轮次)?"
    rf"(?:(?:[省市县区旗州]委|中央|集团党委|学校党委)?(?:第?{_N})?(?:专项|提级|联动|常规)?(?:巡[察视](?:组)?{_N}?组?)?(?:反馈|指出|提出)(?:意见)?(?:的|了)?)?"
    rf"(?:[的中])?(?>(?:{_N}[个大]?(?:方面|类|大类|大项)的?、?){{0,4}})(?:共计?|共有|合计)?"
)
"""Before a count, in its clause: the problems of this notice. Others are others', or hoped for: 上级反馈的, 推动…."""

AT_ONCE = (
    r"(?<=[成到位毕束])[，,]其中(?:立行立改|边巡边改|即知即改)[^，。；\d]{0,4}\d{1,3}[个项条]?(?:问题)?(?=[，,。；]|$)"
)
"""How many of the finished were mended at once."""

COUNTED_APART = r"发现|排查|查出|自查|摸排|检查|梳理出|收集|立行立改|边巡边改|移交|信访|线索|其中|举一反三|检视|查摆|审计|约谈|督查|督察|纪委|监委|人大代表|政协委员|民主生活会|主题教育|群众反映|网友|来信|来访"
"""Before a count: it is not of the problems that were fed back."""

HARMLESS_BETWEEN = (
    r"|(?:逐[一项条个]|分别|共|对应|针对性地?|研究|细化|分解|进一步)*(?:制[定订]|提出|明确|细化|分解|形成|建立)(?:了|为|成|出)?"
    r"(?:[“”\u4e00-\u9fff、]{0,12}?\d{1,4}\s?[条项个](?:整改|具体)?(?:措施|举措|任务)?|[“”\u4e00-\u9fff、]{0,12}(?:措施|举措|清单|台账|方案)[”]?(?:共?\d{1,4}\s?[条项个])?)"
    r"|举一反三|坚持[\u4e00-\u9fff]{2,6}|(?:召开|组织召开)[“”\u4e00-\u9fff、]{2,16}\d{1,3}次|由[\u4e00-\u9fff、]{2,24}(?:牵头|负责|领办|包抓|督办)"
    r"|(?:逐[一项条个]|认真|全面|主动|照单|全部)[\u4e00-\u9fff]{0,4}(?:认领|研究|对账|销号|整改|落实|分解|剖析|研判)[\u4e00-\u9fff]{0,6}"
)
"""A clause between the count and what is said of it all."""

SUM_OF = (
    r"制度|建章立制|办法|机制|追缴|收回|清退|退缴|上缴|补缴|挽回|收缴|退还|处理|处分|问责|谈话|约谈|诫勉|警告|检查|批评|通报|立案"
    r"|整改率|完成率|满意|节约|会议|培训"
)
TO_COME = (
    r"[月年季]底|[月年日]前|年内|月内|季度|完成(?!率)|另行|逐[年步月]|分[期批年]|涉[诉法]|由|\d\s?[户宗处]"
    r"|(?:整改|完成|销号|办结)率[^，\d]{0,4}\d{1,2}(?:\.\d{1,2})?[%％]"
)
"""A clause behind it: a sum of what came of it, and nothing that is to come or left: 涉诉2户另行处理, 完成率95%."""

ALREADY = r"[已现]"
BY_NOW = r"截[至止]|目前|至今|至此"
"""已 stands in what is said, or the day before it: 资金到位后，4个问题均整改到位 is to come."""

ANNOUNCED_BEHIND = r"(?:特|现|并)?(?:向[^，。；]{2,16})?(?:予以)?(?:公布|公开|公示|通报|通告)(?:如下)?[：:]?"
"""A clause behind it that leads over to the issues."""
