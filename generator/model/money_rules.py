"""How notices write what became of money: the verbs by kind, and the words that say it is something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

MoneyKind = Literal["recovered", "refunded", "paid-in", "saved", "fined"]
"""收回 · 清退 · 上缴 · 节约 · 罚没."""

MONEY_NAMES: Mapping[MoneyKind, str] = {
    "recovered": "收回",
    "refunded": "清退",
    "paid-in": "上缴",
    "saved": "节约",
    "fined": "罚没",
}

VERBS: tuple[tuple[MoneyKind, str], ...] = (
    ("recovered", "追缴 追回 追讨回 追收 追偿 收回 收缴 挽回 扣回 清收 清缴 补收"),
    ("refunded", "清退 退还 退回 返还 退赔 退缴 退付 退款"),
    ("paid-in", "上缴 上交 缴纳 缴入 缴回 补缴 补交 交回 解缴 缴清 缴交"),
    ("saved", "节约 节省 核减 压减 审减 压缩 节支"),
    ("fined", "罚没款 罚没 罚款 罚金 没收 处罚"),
)

NOT_MOVED = (
    # between the verb and the amount: the amount is of something else
    "涉及 预算 规模 价值 估值 总投资 合同 投入 投资 安排 下拨 拨付 收到 募集 争取 用于 购置 新增 奖励 筹集 落实资金"
)
NOT_MOVED_BUT_WRONGLY = "支付 支出 发放 报销 采购"
"""The same, unless the money was spent wrongly: 追回违规支付的劳务费3万元."""
WRONGLY = "违规 超标准 超标 超范围 重复 多 虚假 违反规定 违纪 不合规 不当 套取 擅自 无依据 变相 超额"

ABOUT_SIZE = "涉及金额 涉及资金 涉及款项 涉案 预算 规模 总投资 合同 估算 价值 涉嫌"
"""In the clause of an amount: it says how large something is, whatever follows it."""
ABOUT_SIZE_WIDELY = "涉及"
"""The same, where the verb is in the next clause."""

SURELY_DONE = ("已", "均", "累计", "共", "合计", "总计", "经核")
"""In the clause of a verb: an order in the clauses before it was carried out."""

ORDERED = (
    # in front of a verb in its sentence: told to do, not done
    "责令 责成 督促 限期 预计 预期 计划 正在 争取 力争 确保 准备 建议 协商 下一步 下步 拟 待 尚 逐步 启动 申请 承诺 若 如不 如未 继续 推进 督办 催促 催缴 追讨 商请 将于 今后"
)
ORDERED_BARE = "要求"
"""An order, unless it is 按要求."""
NEXT_TO_VERB = "将 应 须 需 要 可 可以 未 没有 没 不 未能 不能 无法 尚未 未予 拒不 未按规定 未按期 未及时 未全部 未完全 未足额 未完成"
"""Right before a verb, adverbs aside: it did not happen, or not yet."""

ADVERBS = "全额 全部 已经 已 均 都 也 予以 进行 及时 如数 足额 悉数 一次性 依法 按规定 按时 按期 按要求 被 完全 主动 分别 现已 目前已 了 并 现 目前"
"""Between an amount and the verb behind it."""

WIDER = "全市 全县 全区 全省 全州 全旗 全盟 全国 全系统 各县 各区 各乡镇 各镇 全镇 全乡 全街道 辖区 各医疗机构 全县域"
"""In a sentence: the amount is of more than the unit."""
YEARLY = "每年 年均 每月 月均 每天 人均 户均 平均 每人 每户 每次 每台 每 单价"
"""In the clause: so much each, not so much together."""

UNPRICED_VERBS = "追缴 追回 清退 退还 退回 退赔 退缴 收回 扣回 返还"
"""Verbs that move money where a word for money follows."""
ONLY_MONEY_VERBS = "追缴 退缴 退赔"
"""Verbs that move nothing else, and need no such word: 予以追缴."""
MONEY_WORDS = (
    "费用 费 补助 补助金 补贴 津贴 津补贴 资金 基金 奖金 保金 礼金 租金 押金 工资 薪酬 报酬 利息 款 款项 本息 绩效"
)
NOT_SURELY = (
    "未 没有 尚 不 无法 拟 (?<!已)将 应 须 需 要 待 如 若 凡 一经 责令 督促 限期 计划 准备 协商 正在 推进 规范 完善 加强 健全 防止 严禁 避免"
    " 制度 规定 办法 机制 预案 流程"
)
"""Before the verb in its sentence: it is ordered, planned, denied, or a rule."""
