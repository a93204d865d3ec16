"""What people read for the closed sets of the record: the names of statuses and of the states of a deadline."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.notice import STATUSES, Status

STATUS_NAMES: Mapping[Status, str] = {
    "done": "已完成",
    "ongoing": "整改中",
    "long-term": "长期坚持",
    "unstated": "未注明",
}
STATUSES_BY_NAME: Mapping[str, Status] = {name: status for status, name in STATUS_NAMES.items()}
"""What an editor may write instead of the English word."""
STATUS_CLASSES: Mapping[Status, str] = {
    "done": "done",
    "ongoing": "ongoing",
    "long-term": "long",
    "unstated": "unstated",
}

FIELD_NAMES: Mapping[str, str] = {
    "title": "标题",
    "unit.name": "单位名称",
    "unit.region": "地区",
    "inspection.inspector": "巡察机构",
    "inspection.kind": "巡察类型",
    "inspection.printed": "巡察时间",
    "inspection.start": "巡察开始日期",
    "inspection.end": "巡察结束日期",
    "inspection.feedback": "反馈日期",
    "published": "通报日期",
}
"""What people call a fact of a notice."""
DEADLINE_WORDS: Mapping[str, str] = {"due": "未到期", "over": "期限已过", "answered": "期限已过，已有后续通报"}
"""What a page says of a deadline's state."""


def figures_in_words(figures: Mapping[Status, int]) -> str:
    """共38项：已完成36项，整改中1项，长期坚持1项."""
    said = "，".join(f"{STATUS_NAMES[status]}{figures[status]}项" for status in STATUSES if figures[status])
    return f"共{sum(figures.values())}项" + (f"：{said}" if said else "")
