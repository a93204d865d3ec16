"""Words outside of the issues that call one unfinished which was called finished, and words that make it good."""

from __future__ import annotations

CUE = (
    r"(?:予以|被[^，。；]{0,12}?|已经?|全部|一律)?退回(?:重新|继续|补充|再次?|重)?整[改治]|(?:予以|被[^，。；]{0,12}?)退回(?!资金|款|违规|现金|\d)"
    r"|重新(?:列入|纳入|进入|录入|启动)[^，。；]{0,8}?(?:整改(?!专|资金)|台账|清单)|重新(?:进行|开展|组织)?整改(?!到位|完成|完毕|好)|再次?整改(?!到位|完成)"
    r"|(?:不[作予能]|未予?|暂不(?:予|作)?|不同意|暂缓)(?:以)?销号|(?:撤销|取消|撤回)[^，。；]{0,24}?销号"
    r"|整改(?:仍|还)?不(?:到位|彻底|实|力)(?!的?(?:问题)?[，,]?(?:一律|将|要|应|的))|未(?:能)?(?:通过|达到)[^，。；]{0,10}?(?:验收|评估|复核|审核|考核|标准|要求)"
    r"|(?<![未无再不])(?<!没有)(?<!防止)(?<!避免)(?:又|再次|重新)?(?:出现|发生)反弹|继续整改"
)
"""Of an issue that stands beside it: it is not finished, whatever was said of it before."""

MAY_CUE = (
    r"整改[^，。；]{0,6}?不(?:高|够|明显|深入|扎实|力|实|到位|彻底)|退回|(?<!防止)(?<!避免)(?<!严防)(?<!杜绝)(?<![未无不])(?<!出现)(?<!发现)反弹|虚假|撤销|取消"
    r"|(?:又|再次|重新)(?:发现|出现|发生|立案|查出)|未(?:能|全部|完全)?(?:通过|完成|达标|达到|整改|销号|到位)|(?:限期|责令|责成)[^，。；]{0,8}(?:整改|改正|完成)"
    r"|(?:仍|还|尚)(?:有|需|未|须|存在)|(?:需要?|须|将)(?:继续|持续|进一步|再)整改|返工|打折扣|走过场"
)
"""In a sentence of a part behind the issues: it may call unfinished what was called finished."""

OF_PEOPLE = r"\d\s?[人名]|问责|诫勉|处分|批评教育|约谈|警告|检讨"
"""In such a sentence: it tells what the issue had for those who answer for it."""

PREVENTED = r"(?:防止|避免|杜绝|严防|遏制|预防)[^，。；]*$"
"""Before such a word, in its clause: it is not to be."""

LEFT_OVER = r"(?:尚|仍|还)?未(?:能)?(?:全部)?(?:完成整改|整改到位|整改完成|完成|销号)|正在(?:整改|推进)|持续整改"
"""In a paragraph that explains: the same."""

OPEN_NOW = r"目前|正在|仍|尚未|还未"
"""What is said of it is so by now."""

IF = r"(?:如果?|若|倘若|假如|一旦|凡是?)(?![期实何下])"
"""Begins a sentence that says what would be."""

LEFT = r"正在|(?:尚|仍|还|暂)(?:未|有|需|在)|确保|力争|争取|预计|计划|将于|限期|责令|继续整改|底前|日前"

GOOD = (
    r"(?:现|均|都|全部)?已(?:经|于)?(?:(?!虽|未|要求|责[令成]|督促|限期|承诺|确保|计划|申请|启动|撤销|取消)[^，。；]){0,16}?(?:通过[^，。；]{0,6}(?:复核|验收|审核|评估|核查|认定)|整改到位|完成整改|整改完成|整改完毕|销号(?!申请)|办结)"
    r"(?!的|率|后)"
)
"""Behind such words: it was made good."""

EXPLAINS = r"(?:需要?|另需?|特此?|另外?需?|在此)?(?:作出?|予以|特别|补充)?说明(?:的是|如下)?[，,：:]"
"""Begins a paragraph behind the last answer that tells more of some issues."""

GOOD_AT_ONCE = (
    r"(?<![未不没])(?<!未能)(?<!不予)(?<!不同意)(?:通过[^，。；]{0,10}?(?:验收|复核|审核|评估|核查)|同意销号|予以销号|(?:已|均)[^，。；虽未撤取]{0,4}销号"
    r"|整改到位|完成整改|整改完成)(?!的)"
)
"""Of an issue that stands before it in the same sentence: it is finished."""

REST = r"其余|其他|其它|余下|剩余"
"""Between a name and such words: they speak of others."""

NOT_SO = ("虽", "尽管", "曾", "确保", "力争", "争取", "前")
"""In a clause that says so: it is not, or not yet."""
