"""Words that say how far an issue is (FORMATS g), each with its kind; a word that is no row is not understood."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # whom the words speak of
    "this": "该 此 本 这 这一 该项 此项 本项 这项 该类 此类 该条 此条 本条 该个 这个",
    "above": "以上 上述 前述 上列 所列 所涉 所涉及",
    "below": "以下 下列 下述",
    "part": "本部分 本方面 该方面 此方面 本类 该部分 本大类",
    "all": "全部 所有 均 都 皆 悉数 各 各项 各个 各类 逐项 逐一 逐条 逐个 一一 统统 全都 无一遗漏 无一例外",
    "rest": "其余 其他 其它 剩余 余下 剩下 另 另外 另有 仍有 尚有 还有 仅剩 尚余 仅有",
    "some": "部分 个别 少数 少量 多数 大多数 大部分 绝大部分 绝大多数 有的 一些 主要 共性 个性 重点 若干",
    "among": "其中",
    "except": "除 除了 除去",
    "outside": "外 以外 之外",
    "thing": "问题 事项 任务 工作 内容 情况 项目 类 表现",
    "fed": "反馈了 指出了 提出了 发现了 巡察 巡视 反馈 意见 指出 提出 党委 市委 县委 区委 省委 州委 旗委 镇党委 党组 党工委 党中央 中央 第 专项 提级 联动 交叉 常规 "
    "批 本批 此批 该批 本轮 本次 此次 这次 这轮 轮 届 组 涉及 所 认领 梳理 梳理出 共 共计 合计 列出 列入 具体 清单 主管部门 巡察办 巡视办 巡察机构 给 向",
    "us": "我局 我委 我院 我校 我办 我会 我镇 我乡 我单位 我中心 我公司",
    # what is said of it
    "done": "改好了 改完了 办好了 完成了 解决了 整改好了 改好 改完 整改好 整改完 完成 整改完成 完成整改 整改到位 整改完毕 完毕 到位 销号 办结 解决 了结 清零 落实到位 完结 收官 见底 改到位 纠正 消除 "
    "整改落实 整改销号 办结销号 对账销号 验收销号 审核销号 整改落实到位 不再存在 不复存在 处理完毕 处理完成 办理完毕 办理完成 整治到位 纠正到位",
    "rectify": "整改",
    "at-once": "立行立改 即知即改 立知立改 边巡边改 立查立改 立整立改",
    "push": "推进 进行 办理 实施 开展 跟进 处理 处置 化解 抓 抓好 抓实 落实 组织实施 时日",
    "start": "启动 着手 开始",
    "ing": "中 之中 过程中 当中",
    "be": "正在改 在改 正在 仍在 尚在 还在 正 仍 尚 还 仍然 依然 正处于 处于 处在 尚处",
    "keep": "持续 继续 不断 始终 一直 进一步 稳步 有序 有力 积极 加快 加力 加紧 抓紧 全力 深入 常态化 统筹 加强 强化",
    "pace": "序时推进 时序推进 收尾阶段 扫尾阶段 攻坚阶段 序时进度 时序进度 时间进度",
    "long": "长期 长期性",
    "hold": "坚持 坚持下去 巩固 深化 保持 提升 提高 巩固提升 健全长效机制 建立长效机制 形成长效机制 建立健全长效机制 不再反弹 防止反弹 整改成果 成果 "
    "久久为功 常态化管理 长效化管理 长效管理 日常管理 常态化长效化 常态长效 长效化 加强监督检查 加强监管 加强监督 加强管理 加强跟踪 日常监管 日常监督 "
    "做好后续跟踪 做好跟踪 跟踪问效 跟踪督办 后续监管 持续用力 持续发力 常抓不懈 立足长远 着眼长远 防止反弹回潮",
    "progress": "成效 进展 目标 效果 突破 阶段性成果 阶段成果",
    "get": "取得 达到 达 实现 见到 见 进入",
    "well": "明显 较好 显著 良好 预期 实质性 重大 一定",
    "not": "未 尚未 还未 仍未 暂未 并未 没有 没 未能 不能 未予 不予 未曾 从未 还没有 还没 仍没有 无法 难以 尚不能 仍不能 并没有 尚没有 不 "
    "暂不能 暂无法 尚无法 还不能 仍不 尚不 并不 未及时 未达 未达到 不达 滞后 逾期 超期",
    "none": "无 不存在 无需 无须 毋需 不需 不需要 不涉及",
    "mostly": "基本 基本上 大体 大体上 大致 视同 视为 原则上 接近 即将 临近 总体",
    "stage": "阶段性 阶段 分阶段 分步 分批 初步 逐步 陆续 先行 先期 年度 当年 近期 中长期",
    "already": "已 已经 业已 早已 了 也已 便已 已于",
    # when and how surely
    "plan": "将 明年 拟 计划 预计 有望 定于 延期 延期至 延至 推迟 推迟至 展期 下一步 下步 后续 后期 今后 接下来 打算 准备 延后 顺延 离 距 距离 差距",
    "need": "需 需要 须 应 要 有待 待 应于 尚需 仍需 还需 仍须 尚待 仍待 亟待",
    "aim": "力争 争取 确保 保证 督促 要求 责令 务必 做到 直至 直到 限期 尽快 早日 力求 务求 承诺 促进 促使 促 推动 保障 必须 敦促 监督 指导 坚决 努力 "
    "强调",
    "if": "如 若 如果 凡 凡是 是否 能否 一旦 方可 才能 倘若 假如 否则 不放过",
    "ask": "报 申请 报请 提请 申报 上报 报送 提交",
    "by": "经",
    "filed": "报备 备案 备查 公示",
    "check": "审核 验收 认定 评估 核查 核验 确认 复核 审定 审批",
    "allow": "通过 同意 予以 合格 准予 批准 准许 许可",
    "manner": "按期 如期 按时 提前 顺利 彻底 有效 得到 切实 真正 成功 高质量 严格 认真 圆满 限时 及时 当场 立即 当即 全面 完全 全 依法 依规 "
    "依法依规 最终 随即 随后 快速 迅速 经过努力 通过努力 一次性 集中 到 至",
    "when": "去年底 去年年底 去年末 今年初 今年年初 目前 截至目前 截止目前 截至 截止 至今 现阶段 当前 至此 迄今 如今 现在 现今 现 集中整改期 集中整改期间 集中整改期内 期间 期内 巡察期间 "
    "巡视期间 今年 去年 近日 当月 此前",
    "before": "前 之前 以前 年内 年底 月底",
    "after": "后 之后 以后",
    "rate": "整改率 整改完成率 整改完成度 整改进度 销号率 整改到位率",
    "any-rate": "完成率 完成度 进度 办结率 总体完成率",
    "share": "占 占比 比例",
    "label": "整改状态 完成情况 整改情况 整改完成情况 状态 结果 整改结果 完成时间 完成时限 整改完成时间 整改时限 时限",
    "of": "的 地 得 之",
    "is": "为 属 属于 系 列为 纳入 作为 转为 转入",
    "at": "于 在",
    "about": "对 对于 针对",
    "link": "如下 如实 如数 如何 例如 诸如 所需 已准备 准备工作 已将 由 有 计 仅 只 即 则 也 又 亦 就 分别 依次",
    "and": "并 且 并且 和 及 以及 而且 同时 但 但是 从而 因此",
    "other": "正常 正式 正确 正规 改正 更正 端正 公正 正面 转正 正职 正科 修正 补正 矫正 校正 扶正 退还 归还 返还 偿还 还款 还清 交还 发还 还给 还贷 还原 还本 "
    "不动产 未成年 接待 招待 待遇 对待 供应 应急 反应 响应 应用 适应 相应 应对 应诉 对应 应届 应收 应付 重要 纪要 摘要 概要 首要 要点 要素 要害 模拟 虚拟 高尚 时尚 "
    "中心 中小 中药 中医 中层 中学 高中 初中 将近 少数民族",
    "yes": "是 √ ✓ ✔ ☑ ☒",
    "no": "否 × ✗ ✘",
}  # fmt: skip

NUMBERED = "个条项类"
"""Behind a number: problems are counted. Other things (处, 件, 户, 人) are less than an issue."""

_MEASURE = "要求|时限|规定|节点|进度|计划|方案|时间|安排|步骤|程序"
SET_PHRASE = (
    rf"(?:[于在])?规定的?(?:时间|期限|时限)[内前]?|按照?[^，。；、：\s]{{0,8}}?(?>(?:{_MEASURE})+)"
    r"|经过?[^，。；、：\s]{0,8}?(?:努力|整治|攻坚)"
)
"""Says how, and nothing else: 按照时限要求."""

REASON = ("因", "由于", "受", "鉴于", "考虑到")
"""Begins a clause that says why; it may hold any words."""

CONCEDED = ("虽", "尽管")
"""Begins a clause that the next one outweighs: 虽未按期完成，现已整改到位."""

BY_OTHERS = r"^据|(?:反映|反馈|称|表示|汇报|介绍|认为|要求|指出|强调|通报)$"
"""A clause that says by whose word the next one is so."""

TAKEN_BACK = ("原因", "注", "但", "然而", "不过", "只是", "惟", "唯")
"""Begins a sentence that takes back a part of the one before."""

_KNOWN_BY = r"by|(?<=by )(?:fed|check)|(?<=fed )(?:fed|check)|(?<=already )fed|(?<=check )check"
BEFORE_DONE = (
    r"(?:label is )?(?:(?:already|all|manner|when|date|before|at|rectify|at-once|percent|count|allow|done"
    rf"|about (?:this|above) (?:count )?thing|{_KNOWN_BY}) )*"
)
_HELD = "(?:(?:keep|long) )?(?:(?:keep|long) )?hold"
AFTER_DONE = rf"(?:(?:already|thing|all|count|percent|rectify|manner(?= rectify)|of(?= percent)|{_HELD}) )*"
BEFORE_RATE = r"(?:(?:rate|any-rate|rectify|thing|all|already|manner|when|date|at|is|get) )*"
OF_DONE = frozenset({
    "this", "above", "below", "part", "all", "rest", "some", "among", "thing", "fed", "us", "count", "of", "at", "about",
    "when", "date", "before", "quote", "nth", "other",
})  # fmt: skip
"""The kinds of words, in their order, with which 完成 can only mean that something is finished: those of the subject, those
between it and 完成 or 100%, and those behind. In any other clause 完成 says nothing."""
OBJECTLESS = frozenset({"到位", "完毕", "清零", "收官", "见底", "纠正", "消除"})
"""Said of money and people too: where neither 整改 nor a problem stands before them, they say nothing."""

WORK = frozenset({"整改落实"})
"""It is finished where 已 or 全部 says so; else it is the work: 按要求整改落实, 抓好问题的整改落实."""

TOLD = frozenset({
    "全部", "所有", "均", "都", "皆", "悉数", "统统", "全都", "无一遗漏", "无一例外", "全面", "完全", "彻底", "顺利", "提前", "最终", "得到", "成功",
    "当场", "当即", "随即", "随后", "集中", "到", "至",
})  # fmt: skip
"""With them 完成 is told, not demanded: nobody asks for 顺利完成; 按期完成, 逐条整改到位 and 12月完成 may be plans."""

ONE_BY_ONE = frozenset({"逐项", "逐一", "逐条", "一一", "逐个"})
"""Says how it is done, or is to be done."""

TOLD_OF_ALL = frozenset({"均", "都", "皆", "悉数", "统统", "全都", "无一遗漏", "无一例外"})
"""Behind a comma, too: 认真落实，均整改到位; 认真落实，全部整改到位 may be what is asked for."""

TOLD_LAST = frozenset({"整改完成", "整改完毕", "处理完毕", "处理完成", "办理完毕", "办理完成", "不再存在", "不复存在"})
"""Behind a comma, too, what was done comes first: 修订制度，整改完成; 修订制度，整改到位 may be what is asked for."""

STOPS = "。！!；;"
"""Between the sentences of an answer."""

LEFT = (
    r"正在|又(?:发现|出现|查出|有)|[偶时](?:有发生|有出现|有反弹)|择机|另行|缓办|在办|除外|不含|(?<!没有)(?<!无)(?<!不存在)遗留|遗憾|不足[：:]|存在(?:困难|差距|不足)|未尽|下一?年度|明年"
    r"|待[^，。；遇]{0,12}(?:核实|核查|验收|批复|审定|审核|确认|认定|销号)"
    r"|下一?步(?:再|统一|继续)?(?:办理|解决|整改|完成|落实)|仍|(?:尚|仍|还|暂|至今)(?:未|有|需|须|待|在|没|无|不能)|有待|亟待|剩余|余下|剩下|拟[于在]|预计|计划[于在]|将于"
    r"|未(?:能)?(?:全部)?(?:完成|整改|办结|到位|销号|落实)"
)
"""In the words around 完成: they may say that a part of it is left."""

OPEN = "正在|[尚仍还]|未|推进"
"""A quick look: no sentence without it says that an issue is unfinished, and nothing else."""

UNDONE = r"(?:未(?!再|发现|出现|发生|接到|收到)|没有?(?!再|发现|出现|发生|接到|收到|遗留|未)|无法|不能|难以)[^，；。的已均再]{1,6}(?=[，；,;]|$)"
"""At the end of a clause before 该问题已整改完成: 设备未安装到位; not 未再发现, and not 未入账资产已入账."""

OPEN_LAST = (
    r"(?:[尚仍还]未|尚没|仍没|至今未|未能?全部)[^，；。]{0,10}(?:到位|完成|办结|竣工|完工|收回|追回|归还|退还|拆除|交付|搬迁|验收|整改)"
    r"|(?:其余|剩余|余下|还有|尚有|另有|仍有|剩下)\d[^，；。个项条类]{1,24}?(?:正在|尚未|仍在|仍未|还未|未)[^，；。]{1,10}"
)
"""The last clause of an answer that says of a part, and so of the issue, that it is unfinished: 尚未全部退还到位."""

OPEN_END = (
    r"(?<![接招对等善优款看期])待(?!遇)[^，；。]{1,16}(?:后|时)|(?<![模虚草])拟(?![定订制])|计划(?=[于在到至分年明下]|\d)|(?<![修公端改更纠订校])正[与按]"
    r"|将[于在]?(?:明年|下半年|今年|年内|年底|\d)|列入[^，；。]{0,6}(?:下|明|\d{4})[^，；。]{0,4}(?:年|计划|预算)"
)
"""In the last sentence of an answer: what it tells of is to come."""

VALUE_LEFT = r"^正在(?!.*(?:完成|到位))|(?:尚|仍|还)(?:有|余|剩)[^，。；]{0,12}?(?:未|正在|没有)"
"""In a value behind 整改状态： that says nothing else: it is not finished."""

REST = (
    r"剩余|余下|剩下|其余|(?:尚|仍|还|暂)(?:未|有|需|余)|未(?:能)?(?:全部)?(?:完成|整改|办结|到位|销号|收回)"
    r"|(?:尽快|早日|抓紧|力争|争取|加快|确保)[^，。；]{0,14}(?:完成|办结|到位|解决|收回|追回|拆除|销号|验收|建成|竣工|办理)"
)
"""Behind 下一步：, where the issue is said to be done: a part of it is left."""

TO_COME = r"(?:今后|下一?步|后续|接下来|同时)[，,]?"
"""Begins a sentence behind 完成 that tells of what is to be kept up."""

FED_BACK_BY = r"(?P<by>中央|[省市县区州盟旗]委|党组)[^，。；]{0,8}?巡[察视]"
"""Whose inspection a sentence names: 市委巡察反馈的问题."""

HARMLESS = (
    r"(?:再)?(?:无|没有|不存在)(?:任何)?遗留(?:问题|事项)?$|"
    r"(?:已经?)?(?:建立|健全|制定|制订|出台|修订|完善|形成|印发|通过|获得|得到|受到|取得)"
    r"|(?:目前|至今|此后)?(?:未再|未发现|未出现|未发生|没有再|不再|再无|无)[^，；。]{0,14}(?:反弹|发生|出现|问题|情况|现象|投诉)$"
    r"|[^，；。不]{0,10}(?:满意|良好|好评|认可|肯定|提升|提高|增强|改善|好转|更加规范)$"
    r"|[^，；。不]{0,6}满意[度率](?:达到?|为)?\d{1,3}(?:\.\d{1,2})?[%％]$"
)
"""A clause behind 完成 that takes nothing back."""

REACHED = r"(?:已经?|均)?(?:达到|实现)了?(?:预期|预定|既定|整改)的?(?:整改)?(?:目标|要求|效果|成效|标准)"
"""Says no more than 完成: 达到预期目标."""

_LATER = "(?:今后|下一步|下步|后续|后期|接下来)"
KEPT_UP = (
    rf"{_LATER}?将?(?:继续|持续|进一步)(?:完善|健全|强化|加强|优化|提升|规范)"
    r"(?:(?!整改|剩余)[^，；。未尚欠债]){0,10}(?:制度|机制|体系|流程|程序|监督|监管|管理|检查|督查|督导|教育|学习|培训|宣传|服务|水平|质量|能力|意识|作风|审核|把关|防控)|"
    rf"{_LATER}?(?:我[\u4e00-\u9fff]{{1,2}})?将?(?:进一步|继续|持续)?(?:举一反三|坚决?防止|防止|杜绝|避免|严防)[^，；。]{{0,16}}"
    r"|[^，；。不未拟待将]{0,10}已(?:经)?(?:全部)?(?:建立|健全|形成|印发(?:执行|实施)?|归档|存档|出台|修订|公示|报备)"
    r"|(?:其中|共|共计|累计|先后)?(?:清退|清收|退还|退缴|收缴|追缴|追回|收回|挽回|上缴|问责|处理|诫勉|批评|谈话|提醒|约谈|政务处分|党纪处分|组织处理"
    r"|立案|移送|新建|制定|修订|完善|建立|健全|出台|开展|召开|组织|培训)[^，；。未待拟尚仍余]{0,12}?\d{1,9}(?:\.\d{1,6})?[万亿余多]{0,2}[\u4e00-\u9fff]{1,4}"
    r"|(?:现|现已|已)?(?:转入|纳入|转为|进入)(?:常态化?(?:长效化?)?|长效化?|日常)(?:管理|监管|监督|管护|运行|机制|轨道)?(?:阶段)?"
    r"|现[将就][^，；。]{0,24}(?:如下|公布|通报|公告|公开)"
    rf"|{_LATER}[还也]?(?:将|会)?(?:不?定期|适时|经常|常态化|持续|继续)(?:开展|组织|进行)?"
    r"(?:“回头看”|回头看|抽查|检查|巡查|自查|走访|监督检查|督导检查|学习|培训|警示教育)"
    rf"|{_LATER}?将?(?:一以贯之|常态化?|长期|持续|经常|坚持|反复)?[地]?(?:坚持|抓|执行|落实|巩固)下去"
    r"|[^，；。未不]{1,12}自(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?起(?:执行|施行|实行|实施)"
    r"|[^，；。不未]{0,12}“?回头看”?[中后时]?(?:未|没有)(?:发现|出现|发生)[^，；。]{0,10}(?:反弹|回潮|反复|问题|情况|现象)"
    rf"|{REACHED}"
    r"|经[^，；。未不待拟]{2,12}(?:验收|审核|复核|核查|认定)(?:合格|通过|同意|销号)?"
)
"""All of such a clause, with words that would warn in another: 今后将举一反三."""

FED_BACK = frozenset({"反馈", "巡察", "巡视", "指出", "提出"})
"""Words that make the problems of a sentence those of the notice."""

MAY_SAY = r"完成|改好|改完|办好|整改|到位|完毕|销号|办结|了结|解决|消除|纠正|清零|正在|持续|长期|阶段|推进|进行|办理|实施|启动|开展|成效|进展|%|％"
"""A quick look: no sentence without it says how far issues are."""

THIS = r"该|此|本|这|以上|上述|前述"
"""A quick look: no sentence without it names 该问题 or 以上问题."""

# ------------------------------------------------------------------------------------------------ other modules' rows

EMPTY_BOXES = "□☐◻"
BOXES = "☑☒■"
"""Of a choice that is offered, and of one that is taken: ☑已完成 □持续推进."""

DONE_PART = r"已(?:经)?(?:全部|基本)?(?:完成|整改|办结|销号)|整改(?:完成|到位)|立行立改"
"""In the title of a part that holds the finished issues and no others."""

PLANNED = r"(?<![按照原])计划|预计|拟|将|力争|确保|争取|预期|承诺"
"""Before a date: it is a deadline, whenever it is."""

FULFILLED = (
    r"完成|完工|到位|完毕|办结|结案|兑现|销号|见底|清零|建成|竣工|交付|投用|投入使用|通过验收|收回|追回"
    r"|解决|出台|印发|补齐|配齐|推开|全覆盖|拆除|腾退|注销|退还|清退|归还|恢复"
)
"""Behind a date 前: what is to be reached until then."""

CLOSING = r"(?:以上|上述|该|此|本|目前[，,]?该|截至目前[，,]?该|目前[，,]?此)(?:项|类|条)?(?:整改)?(?:问题|事项|任务)|[该此本]项(?:整改)?工作"
"""Begins a sentence that closes an issue with its status (FORMATS f)."""

COUNTED = r"\d\s?(?:个|处|项|条|件|份|家|台|套|户|笔|名|宗|起|栋|间|所|人|枚|万?元)|[一二两三四五六七八九十](?:处|件|家|户|笔|宗)|隐患|图斑|发现|查出|排查|自查|检查"
"""In the words before a status clause: they say what was completed, and it may be less than the issue."""
