"""Acts in words, for 撤销, for the history and for what the page says when one is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.editorial.advice import ADVICE
from generator.model.notice import Notice
from generator.model.personal_rules import KIND_NAMES
from generator.model.vocabulary import STATUS_NAMES

_ROLES = {
    "finding": "问题表现",
    "response": "整改情况",
    "status": "状态原话",
    "deadline": "整改期限",
    "responsible": "责任",
    "prose": "正文",
    "reason": "未完成原因",
    "next": "下一步措施",
    "accountability": "问责",
    "contact": "联系方式",
    "signature": "署名",
    "date": "日期",
    "annex": "附件",
    "addressee": "主送机关",
}
FACTS: Mapping[str, str] = {
    "title": "题目",
    "unit.name": "单位",
    "unit.region": "地区",
    "inspection.inspector": "巡察机构",
    "inspection.kind": "巡察类型",
    "inspection.round": "轮次",
    "inspection.printed": "巡察时间（原文）",
    "inspection.start": "巡察开始",
    "inspection.end": "巡察结束",
    "inspection.feedback": "反馈",
    "published": "通报日期",
    "contact.phones": "联系电话",
    "contact.emails": "电子邮箱",
    "contact.address": "通信地址",
    "contact.postcode": "邮编",
    "contact.unread": "没有读出的联系方式",
    "stated.issues": "自述问题数",
    "stated.done": "自述已完成",
    "stated.ongoing": "自述未完成",
    "stated.aspects": "自述方面数",
    "stated.groups": "自述大项数",
    "stated.measures": "自述措施数",
    "stated.systems": "自述制度数",
    "stated.people": "自述问责人数",
    "stated.money": "自述金额",
}
_MOST = 16

ActTeller = Callable[[Mapping[str, Any], Notice], str]


def _at(row: Mapping[str, Any], key: str = "at") -> str:
    words = str(row.get(key) or "").partition(":")[2].replace("\n", " ")
    return f"“{words[:_MOST]}{'…' if len(words) > _MOST else ''}”"


def _item(anchor: Any, notice: Notice) -> str:
    for number, issue in enumerate(notice.issues, 1):
        if issue.id == anchor:
            return f"第{number}项"
    return next((f"后续事项{n}" for n, one in enumerate(notice.followups, 1) if one.id == anchor), f"“{anchor}”")


def _name(code: Any) -> str:
    return ADVICE[code].name if code in ADVICE else str(code)


def _batch(row: Mapping[str, Any], notice: Notice) -> str:
    acts = row["acts"]
    kinds = {next(iter(one)) for one in acts}
    if kinds == {"Accept"} and len(acts) > 1:
        codes = {one["Accept"]["code"] for one in acts}
        return f"{'、'.join(map(_name, sorted(codes)))}　原文如此，一并处理 {len(acts)} 处"
    said = [act_in_words(one, notice) for one in acts if len(acts) == 1 or next(iter(one)) != "Accept"]
    return "；".join(said[:3]) + (f" 等 {len(said)} 步" if len(said) > 3 else "")


_TELL: Mapping[str, ActTeller] = {
    "Import": lambda _, __: "导入",
    "Outside": lambda _, __: "编辑台外的改动",
    "Undo": lambda r, _: f"撤销第 {r.get('of')} 步",
    "Redo": lambda r, _: f"重做第 {r.get('of')} 步",
    "MarkHeading": lambda r, _: f"{_at(r)}改为标题",
    "MarkIssue": lambda r, _: f"{_at(r)}改为问题",
    "MarkFollowup": lambda r, _: f"{_at(r)}改为后续事项",
    "MarkRole": lambda r, _: f"{_at(r)}改为{_ROLES.get(r['role'], r['role'])}",
    "SetLevel": lambda r, n: f"{_item(r['anchor'], n)}　改为第 {r['level']} 级标题",
    "SetLabel": lambda r, _: f"{_at(r)}　编号 → {r['at'].partition(':')[2][: r['length']] or '没有'}",
    "Split": lambda r, _: f"从{_at(r)}起拆开",
    "Join": lambda r, _: f"{_at(r)}并入上一段",
    "MergeIssue": lambda r, n: f"{_item(r['anchor'], n)}　并入上一个问题",
    "SetStatus": lambda r, n: f"{_item(r['issue'], n)}　状态 → {STATUS_NAMES[r['status']]}",
    "SetDeadline": lambda r, n: f"{_item(r['anchor'], n)}　期限 → {r.get('date') or '没有'}",
    "SetResponsible": lambda r, n: f"{_item(r['issue'], n)}　责任 → {_at(r) if r.get('at') else '没有'}",
    "SetTopics": lambda r, n: f"{_item(r['issue'], n)}　专题 → {'、'.join(r.get('names') or ()) or '按规则'}",
    "SetFact": lambda r, _: (
        f"{FACTS.get(r['path'], r['path'])} → {(r.get('value') or '没有写').replace(chr(10), '、')}"
    ),
    "Accept": lambda r, _: f"{_name(r['code'])}　{(r.get('quote') or '')[:_MOST]}　已处理",
    "Retract": lambda r, _: f"{_name(r['code'])}　{(r.get('quote') or '')[:_MOST]}　改主意",
    "AddMask": lambda r, _: f"遮盖　{KIND_NAMES[r['kind']]}",
    "RemoveMask": lambda r, _: f"去掉第 {r['number']} 条遮盖",
    "Errata": lambda r, _: f"勘误　{_at(r)} → “{r['after'][:_MOST]}”",
    "Sign": lambda r, _: f"{r['step']}　{r['name']}",
    "Correct": lambda r, _: f"更正　{r['what']}",
    "AddNews": lambda r, n: f"补充新进展　{_item(r['issue'], n)}　状态 → {STATUS_NAMES[r['status']]}",
    "Withdraw": lambda _, __: "撤下",
    "Reinstate": lambda _, __: "恢复公开",
    "Restore": lambda r, _: f"恢复到以前的一版（{r['version'][:8]}）",
    "Batch": _batch,
}


def act_in_words(act: Mapping[str, Any], notice: Notice) -> str:
    """An act, or another entry of the journal, in a few words; what a mask hides is not among them."""
    name, row = next(iter(act.items()))
    try:
        return _TELL[name](row, notice)
    except (KeyError, TypeError, AttributeError):
        return name
