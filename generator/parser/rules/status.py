"""Words that say how far an issue is (FORMATS g). A row is a pattern and what it says; the last decisive one wins."""

from __future__ import annotations

from generator.model.notice import Status

REMAINS = "仍有|尚有|还有|剩余|其余|余下"
"""Begins a clause about what is left of an issue: it is unfinished, whatever was completed before."""

ROWS: tuple[tuple[Status, str], ...] = (
    # of rows that match at one place, the longest match wins; so a longer form can overrule a shorter one inside it
    ("unstated", r"(?:确保|力争|争取|保证|推动|督促|要求|尽快|务必|做到|直至|限期)[^。；;，,]{0,14}?(?:整改到位|完成整改|整改完成|完成|办结|销号)"),
    ("ongoing", r"(?:底|末|日|月|年)(?:之|以)?前[^。；;，,]{0,6}?(?:整改到位|完成整改|整改完成|完成|办结|销号)"),  # a time to come
    ("unstated", r"[0０〇零]项[^。；;]{0,6}(?:未启动|未完成|未整改)"),  # none of that class remains
    ("done", r"(?<!基本)(?<!阶段性)(?<!部分)(?<!未)(?:完成整改|整改完成|已完成|完成|整改到位|整改完毕|办结|销号|已整改)(?:销号)?(?:[，,、]?(?:并|且)?(?:将|需)?(?:继续)?(?:长期|持续)(?:坚持|巩固|深化))"),
    ("done", r"(?<!基本)(?<!阶段性)(?<!部分)(?<!未)(?:完成整改|整改完成|已完成|完成)(?:销号)?(?:[，,]?(?:并|且|、)?(?:将)?(?:继续)?(?:长期|持续)推进)"),
    ("done", r"已整改完成的?[，,]?(?:并)?长期坚持"),
    ("done", r"(?:已|均已|全部|已经|均|完全|现已)(?:全部|基本)?(?:整改(?:完成|完毕|到位|销号|落实到位)|完成(?:了)?整改(?:任务)?|办结|销号|完成)"),
    ("done", r"整改(?:已|已经|已全部|均已|全部)?(?:完成|完毕|到位)"),
    ("done", r"(?:已|已经|均已|全部已|现已)整改(?=$|[。；;，,）)】\]])"),
    ("done", r"(?:已|已经|均已|现已)(?:得到)?(?:彻底|全部|有效)?解决(?=$|[。；;，,）)】\]])"),
    ("done", r"^(?:完成|整改完毕|整改到位|办结|销号|是|[√✓✔]|100[%％])[。.]?$"),  # a cell or a label's value, and nothing else
    ("done", r"(?:已|均|全部)(?:立行立改)(?:并完成|到位|完成)?"),
    ("done", r"完成整改(?:任务)?|整改率(?:为|达到?|是)?[:：]?100[%％]"),
    ("ongoing", r"基本(?:完成|整改到位|整改完成)(?:整改)?"),
    ("ongoing", r"阶段性(?:整改)?(?:完成|目标|任务|成果|成效|进展)"),
    ("ongoing", r"(?:已|均)?(?:完成|取得)(?:了)?(?:明显|初步|积极|一定|较好|部分)?(?:的)?(?:阶段性)(?:目标|任务|成果|成效|进展|整改)"),
    ("ongoing", r"取得(?:了)?(?:明显|初步|积极)(?:的)?(?:成效|进展)"),
    ("ongoing", r"(?:(?:正在|尚在|仍在|还在)(?:持续|继续|稳步|有序|积极|加快|抓紧)?|正?持续|继续)(?:推进)?(?:整改|推进)(?:中)?"),
    ("ongoing", rf"(?:{REMAINS})[^。；;，,]{{0,12}}?(?:正在|尚在|仍在)(?:整改|推进|办理|实施|进行)(?:中)?"),
    ("ongoing", r"整改(?:正在|持续|仍在)(?:推进|进行)(?:中)?|整改中|部分(?:完成)?整改"),
    ("ongoing", r"(?:仍|还)?需(?:要)?(?:继续|进一步|持续)(?:整改|推进)"),
    ("ongoing", r"^(?:否|部分完成|\d{1,2}(?:\.\d+)?[%％]|(?:已)?达到?序时进度|(?:正)?按(?:序时进度|计划|时序进度)(?:有序|稳步)?推进)[。.]?$"),
    ("ongoing", r"正在(?:抓紧|积极|有序|稳步)?(?:实施|进行|办理|落实)"),
    ("ongoing", r"^(?:整改|正在|持续|有序|加快)?(?:推进|进行|办理|实施|落实)中?[。.]?$|(?:推进|进行|办理|实施)中"),
    ("ongoing", r"(?:未|没有|尚未)整改(?:到位|完成|完毕)?(?=$|[。；;，,）)】\]])"),
    ("ongoing", r"(?:尚未|还未|仍未|未|没有)(?:全部|完全)?(?:完成|整改完成|完成整改|整改到位|启动|启动整改|办结|销号)"),
    ("long-term", r"长期(?:坚持|整改)[，,、]?(?:并)?(?:持续|不断)(?:推进|巩固|深化)"),
    ("long-term", r"(?:整改)?(?:为|属|系|列为|属于|作为)?(?:需)?长期(?:任务|整改|坚持|整改任务|整改事项|落实事项|推进)(?:[^。；;]{0,6}(?:阶段性|明显|初步)(?:成效|成果|进展))?(?:并(?:长期|持续)坚持)?"),
)  # fmt: skip

LAST = "决位改成结号动固进化持毕务%％果效展标中行项作理施"
"""Last characters of what the rows match, and of what may stand behind them."""

UNTICKED = r"[□☐◻][^□☐◻☑☒√■✓✔]*"
"""A choice that is offered and not taken: ☑已完成 □持续推进."""

BLANKET = (
    # a sentence about all issues at once: a subject that means all of them, then a status word
    r"(?:问题|事项|整改任务)[^。；;措]{0,16}?(?:已(?:经)?(?:全部|均|都)|均已|全部|都已|已)[^。；;措\d]{0,4}?(?:完成|整改到位|办结|销号)(?!\d)"
    r"|整改(?:完成)?率(?:为|达到?|是)?[:：]?100[%％]"
)

HEADINGS: tuple[tuple[Status, str], ...] = (
    # a part's heading that says the status of all beneath it
    ("ongoing", r"(?:基本完成|未完成|尚未|正在整改|继续整改|进一步整改|持续整改|推进中|阶段性)"),
    ("long-term", r"长期"),
    ("done", r"(?:已(?:经)?(?:基本|全部)?完成|整改完成|已整改(?:到位|完成)|完成整改)"),
)

DONE_PART = r"已(?:经)?(?:全部|基本)?(?:完成|整改|办结|销号)|整改(?:完成|到位)|立行立改"
"""In the title of a part that holds the finished issues and no others."""

PLANNED = r"(?<![按照原])计划|预计|拟|将|力争|确保|争取|预期|承诺"
"""Before a date: it is a deadline, whenever it is."""

FULFILLED = r"完成|完工|整改到位|落实到位|拨付到位|化解到位|办结|结案|兑现|销号|见底|清零|建成|竣工|交付|投用|投入使用|通过验收|收回|追回"
"""Behind a date 前: what is to be reached until then."""

CLOSING = r"(?:以上|上述|该|此|本|目前[，,]?该|截至目前[，,]?该|目前[，,]?此)(?:项|类|条)?(?:整改)?(?:问题|事项|任务)|[该此本]项(?:整改)?工作"
"""Begins a sentence that closes an issue with its status (FORMATS f)."""

COUNTED = r"\d\s?(?:个|处|项|条|件|份|家|台|套|户|笔|名|宗|起|栋|间|所|人|万?元)|[一二两三四五六七八九十]+(?:处|件|家|户|笔|宗)|隐患|图斑|发现|查出|排查|自查|检查"
"""In the clauses before a status clause: they say what was completed, and it may be less than the issue."""
