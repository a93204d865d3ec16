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
UNDATED = "日期未载明"
"""In place of the year of a notice without a date."""

DEADLINE_WORDS: Mapping[str, str] = {"due": "未到期", "over": "期限已过", "answered": "期限已过，已有后续通报"}
"""What a page says of a deadline's state."""


def figures_in_words(figures: Mapping[Status, int]) -> str:
    """共38项：已完成36项，整改中1项，长期坚持1项."""
    said = "，".join(f"{STATUS_NAMES[status]}{figures[status]}项" for status in STATUSES if figures[status])
    return f"共{sum(figures.values())}项" + (f"：{said}" if said else "")


EDIT_NAMES: Mapping[str, str] = {
    "errata": "勘误",
    "chrome-removed": "移去网页栏目文字",
    "line-joined": "接合折行",
    "field-residue": "还原域代码残留",
    "page-number": "移去页码",
    "metadata-moved": "移入公文信息栏",
    "duplicate-title": "移去重复标题",
    "header-footer": "移去页眉页脚",
    "table-line": "移去表格线",
    "title-repeated": "移去重复标题",
    "pinyin-residue": "移去注音残留",
    "metadata": "移入公文信息栏",
    "letterhead": "移去发文红头",
    "head-repeated": "移去重复的表头",
    "number-moved": "序号移到问题前",
    "cell-moved": "表格中的字移到问题后",
    "running-head": "移去页眉",
    "running-foot": "移去页脚",
    "stamp": "移去印章或水印",
    "auto-number": "写出自动编号",
    "symbol": "还原符号字体",
    "radical": "还原部首字符",
    "contents-removed": "移去目录",
    "hidden-removed": "移去隐藏文字",
    "control-removed": "移去不可见字符",
    "raised": "写出上标或下标",
    "entity": "还原网页字符代码",
    "form-field": "写出表单控件的内容",
    "front-matter": "移去文件头",
    "markup-removed": "移去标记符号",
}
"""What readers are told of an edit; a kind without a row shows its own name."""
