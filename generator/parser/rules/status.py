"""Words that say how far an issue is (FORMATS g), each with its kind; a word that is no row is not understood."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # whom the words speak of
    "this": "该 此 本 这 这一 该项 此项 本项 这项 该类 此类 该条 此条 本条 该个 这个",
    "above": "以上 上述 前述 上列 所列 所涉 所涉及 相关 有关",
    "all": "全部 所有 均 都 皆 悉数 各 各项 各个 各类 逐项 逐一 逐条 一一 统统 全都 无一遗漏 无一例外",
    "rest": "其余 其他 其它 剩余 余下 剩下 另 另外 另有 仍有 尚有 还有 仅剩 尚余 仅有",
    "some": "部分 个别 少数 少量 多数 大多数 大部分 绝大部分 绝大多数 有的 一些 主要 共性 个性 重点 若干",
    "among": "其中",
    "except": "除 除了 除去",
    "outside": "外 以外 之外",
    "thing": "问题 事项 任务 工作 内容 情况 项目",
    "fed": "巡察 巡视 反馈 意见 指出 提出 党委 市委 县委 区委 省委 州委 旗委 镇党委 党组 党工委 党中央 中央 第 专项 提级 联动 交叉 常规 "
    "本轮 本次 此次 这次 这轮 轮 届 组 涉及 所 认领 梳理 梳理出 共 共计 合计 列出 列入 具体 清单 主管部门 巡察办 巡视办 巡察机构 "
    "我局 我委 我院 我校 我办 我会 我镇 我乡 我单位 我中心 我公司 给 向",
    # what is said of it
    "done": "完成 整改完成 完成整改 整改到位 整改完毕 完毕 到位 销号 办结 解决 了结 清零 落实到位 完结 收官 见底 改到位 纠正 消除 "
    "整改落实 整改销号 办结销号 整改落实到位 不再存在 不复存在",
    "rectify": "整改",
    "at-once": "立行立改 即知即改 立知立改 边巡边改 立查立改 立整立改",
    "push": "推进 进行 办理 实施 开展 跟进 处理 处置 抓 抓好 抓实 落实",
    "start": "启动 着手 开始",
    "ing": "中 之中 过程中 当中",
    "be": "正在 仍在 尚在 还在 正 仍 尚 还 仍然 依然 正处于 处于 处在 尚处",
    "keep": "持续 继续 不断 始终 一直 进一步 稳步 有序 有力 积极 加快 加力 加紧 抓紧 全力 深入 常态化 统筹",
    "pace": "序时进度 时序进度 时间进度",
    "long": "长期 长期性",
    "hold": "坚持 巩固 深化 保持 提升 提高 巩固提升 健全长效机制 建立长效机制 形成长效机制 建立健全长效机制 不再反弹 防止反弹 整改成果 成果 "
    "久久为功 常抓不懈 立足长远 着眼长远 防止反弹回潮",
    "progress": "成效 进展 目标 效果 突破 阶段性成果 阶段成果",
    "get": "取得 达到 达 实现 见到 见",
    "well": "明显 较好 显著 良好 预期 实质性 重大 一定",
    "not": "未 尚未 还未 仍未 暂未 并未 没有 没 未能 不能 未予 不予 未曾 从未 还没有 还没 仍没有 无法 难以 尚不能 仍不能 并没有 尚没有 不 "
    "尚不 并不 未及时 未达 未达到 不达 滞后 逾期 超期",
    "none": "无 不存在",
    "mostly": "基本 基本上 大体 大体上 大致 视同 视为 原则上 接近 即将 临近 总体",
    "stage": "阶段性 阶段 分阶段 分步 分批 初步",
    "already": "已 已经 业已 早已 现已 现 了 也已 便已 已于",
    # when and how surely
    "plan": "将 拟 计划 预计 有望 定于 延期 延期至 延至 推迟 推迟至 展期 下一步 下步 后续 今后 接下来 打算 准备 延后 顺延 离 距 距离 差距",
    "need": "需 需要 须 应 要 有待 待 应于 尚需 仍需 还需 仍须 尚待 仍待 亟待",
    "aim": "力争 争取 确保 保证 督促 要求 责令 务必 做到 直至 直到 限期 尽快 早日 力求 务求 承诺 促进 促使 促 推动 保障 必须 敦促 监督 指导 坚决 努力 "
    "强调",
    "if": "如 若 如果 凡 凡是 是否 能否 一旦 方可 才能 倘若 假如 否则 不放过",
    "ask": "申请 报请 提请 申报 上报 报送 提交",
    "grant": "同意 予以 准予 批准 审核 验收 通过 认定 评估 核查 核验 准许 确认 复核 审定 经 由 报 备案 审批 许可",
    "manner": "按期 如期 按时 提前 顺利 彻底 有效 得到 切实 真正 成功 高质量 严格 认真 圆满 限时 及时 当场 立即 当即 全面 完全 全 依法 依规 "
    "依法依规 最终 随即 随后 快速 迅速 逐步 一次性 集中 到 至",
    "when": "目前 截至目前 截止目前 截至 截止 至今 现阶段 当前 至此 迄今 如今 现在 现今 集中整改期 集中整改期间 集中整改期内 期间 期内 巡察期间 "
    "巡视期间 年内 今年 去年 明年 年底 月底 近日 当年 当月 前期 此前",
    "before": "前 之前 以前",
    "rate": "整改率 完成率 整改完成率 整改完成度 完成度 整改进度 进度 办结率 销号率 整改到位率 总体完成率",
    "share": "占 占比 比例",
    "label": "整改状态 完成情况 整改情况 整改完成情况 状态 结果 整改结果 完成时间 完成时限 整改完成时间 整改时限 时限",
    "of": "的 地 得 之",
    "is": "为 属 属于 系 列为 纳入 作为 转为 转入",
    "link": "已将 有 于 在 对 对于 计 后 仅 只 即 则 也 又 亦 就",
    "and": "并 且 并且 和 及 以及 而且 同时 但 但是 从而 因此",
    "yes": "是 √ ✓ ✔ ☑ ☒",
    "no": "否 × ✗ ✘",
}  # fmt: skip

NUMBERED = "个条项类"
"""Behind a number: problems are counted. Other things (处, 件, 户, 人) are less than an issue."""

_MEASURE = "要求|时限|规定|节点|进度|计划|方案|时间|安排|步骤|程序"
SET_PHRASE = rf"按照?[^，。；、：\s]{{0,8}}?(?:{_MEASURE})(?:{_MEASURE})*+"
"""Says how, and nothing else: 按照时限要求."""

REASON = ("因", "由于", "受", "鉴于", "考虑到")
"""Begins a clause that says why; it may hold any words."""

FED_BACK = frozenset({"反馈", "巡察", "巡视", "指出", "提出"})
"""Words that make the problems of a sentence those of the notice."""

MAY_SAY = r"完成|整改|到位|完毕|销号|办结|了结|解决|消除|纠正|清零|正在|持续|长期|阶段|推进|进行|办理|实施|启动|开展|成效|进展|[%％]"
"""A quick look: no sentence without it says how far issues are."""

THIS = r"该|此|本|这|以上|上述|前述"
"""A quick look: no sentence without it names 该问题 or 以上问题."""

# ------------------------------------------------------------------------------------------------ other modules' rows

UNTICKED = r"[□☐◻][^□☐◻☑☒√■✓✔]*"
"""A choice that is offered and not taken: ☑已完成 □持续推进."""

DONE_PART = r"已(?:经)?(?:全部|基本)?(?:完成|整改|办结|销号)|整改(?:完成|到位)|立行立改"
"""In the title of a part that holds the finished issues and no others."""

PLANNED = r"(?<![按照原])计划|预计|拟|将|力争|确保|争取|预期|承诺"
"""Before a date: it is a deadline, whenever it is."""

FULFILLED = r"完成|完工|整改到位|落实到位|拨付到位|化解到位|办结|结案|兑现|销号|见底|清零|建成|竣工|交付|投用|投入使用|通过验收|收回|追回"
"""Behind a date 前: what is to be reached until then."""

CLOSING = r"(?:以上|上述|该|此|本|目前[，,]?该|截至目前[，,]?该|目前[，,]?此)(?:项|类|条)?(?:整改)?(?:问题|事项|任务)|[该此本]项(?:整改)?工作"
"""Begins a sentence that closes an issue with its status (FORMATS f)."""

COUNTED = r"\d\s?(?:个|处|项|条|件|份|家|台|套|户|笔|名|宗|起|栋|间|所|人|万?元)|[一二两三四五六七八九十]+(?:处|件|家|户|笔|宗)|隐患|图斑|发现|查出|排查|自查|检查"
"""In the words before a status clause: they say what was completed, and it may be less than the issue."""
