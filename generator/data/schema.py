"""JSON Schemas (2020-12) of what the site publishes: the record of a notice, and the rows of each table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.data.table import Table
from generator.model.notice import STATUSES

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_COUNT: dict[str, Any] = {"type": ["integer", "null"], "minimum": 0}
_LINE: dict[str, Any] = {"type": "integer", "minimum": 0}
_SPAN: dict[str, Any] = {"type": "array", "items": _LINE, "minItems": 2, "maxItems": 2}
_DATE: dict[str, Any] = {
    "type": ["string", "null"],
    "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
    "description": "ISO 8601，只写到通报给出的那一级：2025-01-06、2025-01 或 2025",
}


def _object(properties: dict[str, Any], about: str = "") -> dict[str, Any]:
    """An object that has all these keys; more may be added later."""
    found: dict[str, Any] = {"type": "object", "properties": properties, "required": list(properties)}
    return found | {"description": about} if about else found


def _about(kind: dict[str, Any], about: str) -> dict[str, Any]:
    return kind | {"description": about}


def _many(item: dict[str, Any], about: str) -> dict[str, Any]:
    return {"type": "array", "items": item, "description": about}


_UNIT = _object(
    {
        "id": _TEXT,
        "name": _TEXT,
        "region": {
            "anyOf": [
                _object({"code": _TEXT, "province": _TEXT, "city": _MAYBE_TEXT, "county": _MAYBE_TEXT}),
                {"type": "null"},
            ],
            "description": "行政区划（GB/T 2260）",
        },
    },
    "被巡察单位",
)
_INSPECTION = _object(
    {
        "inspector": _about(_MAYBE_TEXT, "巡察组，照原文最完整的写法"),
        "kind": _about(_MAYBE_TEXT, "巡察类型"),
        "round": _about(_MAYBE_TEXT, "轮次"),
        "start": _DATE,
        "end": _DATE,
        "feedback": _DATE,
        "printed": _about(_MAYBE_TEXT, "原文中的巡察起止时间"),
    },
    "巡察",
)
_STATED = _object(
    dict.fromkeys(("issues", "done", "aspects", "groups", "measures", "systems", "people", "ongoing"), _COUNT)
    | {"money": {"type": ["number", "null"], "description": "元"}},
    "通报自述数字；null 是没有写，0 是写明没有",
)
_ISSUE = _object(
    {
        "id": _about(_TEXT, "网址中的锚点"),
        "label": _about(_TEXT, "原文序号"),
        "path": _about(_TEXTS, "上级标题，由外到内"),
        "title": _TEXT,
        "finding": _about(_MAYBE_TEXT, "问题表现"),
        "response": _about(_TEXT, "整改情况，一字不改，不含引导语和末尾的状态句"),
        "measures": _about(_TEXTS, "整改措施：整改情况中逐条编号的内容"),
        "status": {"enum": list(STATUSES), "description": "整改状态"},
        "status_quote": _about(_MAYBE_TEXT, "说明状态的原话"),
        "deadline": _DATE,
        "responsible": _about(_MAYBE_TEXT, "责任领导、责任单位"),
        "topics": _about(_TEXTS, "专题，由本站归类"),
        "topic_words": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "专题 → 据以归类的词；编辑指定的专题不列",
        },
    }
)
_FOLLOWUP = _object(
    {
        "id": _TEXT,
        "label": _TEXT,
        "title": _TEXT,
        "problem": _MAYBE_TEXT,
        "reason": _about(_MAYBE_TEXT, "未完成整改原因"),
        "next": _about(_MAYBE_TEXT, "下一步整改措施"),
        "deadline": _DATE,
        "refers_to": _about(_MAYBE_TEXT, "对应问题的锚点"),
    }
)


def notice_schema() -> dict[str, Any]:
    """The schema of `notice.json`. Keys may be added to it, none renamed or removed."""
    properties: dict[str, Any] = {
        "schema_version": {"const": 1},
        "id": _about({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}, "永久编号"),
        "title": _TEXT,
        "title_origin": {"enum": ["printed", "constructed"], "description": "原文标题，或原文没有标题时拟定"},
        "unit": _UNIT,
        "inspection": _INSPECTION,
        "published": _DATE,
        "inferred": _about(_TEXTS, "原文有损、只能推定的字段"),
        "stated": _STATED,
        "contact": _object(
            {
                "phones": _TEXTS,
                "emails": _TEXTS,
                "address": _MAYBE_TEXT,
                "postcode": _MAYBE_TEXT,
                "whose": _about({"type": "object", "additionalProperties": _TEXT}, "电话 → 所属处室，照原文"),
                "unread": _about(_TEXTS, "联系方式中没有读出的文字：见原文"),
            }
        ),
        "metadata": {"type": "object", "additionalProperties": _TEXT, "description": "公文信息栏，照原文"},
        "outline": _many(_object({"level": _LINE, "label": _TEXT, "title": _TEXT, "anchor": _TEXT}), "目次"),
        "issues": _many(_ISSUE, "问题"),
        "followups": _many(_FOLLOWUP, "需进一步整改事项"),
        "accountability": {
            "anyOf": [
                _object({"people": _COUNT, "actions": {"type": "object", "additionalProperties": {"type": "integer"}}}),
                {"type": "null"},
            ],
            "description": "追责问责：人数和处理方式，不含姓名",
        },
        "text": _about(_TEXT, "公布的全文，段落之间换行"),
        "edits": _many(
            _object({"kind": _TEXT, "line": _LINE, "before": _TEXT, "after": _TEXT, "start": _COUNT}),
            "整理记录：对源文件字符所作的每一处改动",
        ),
        "anomalies": _many(_object({"code": _TEXT, "line": _LINE, "quote": _TEXT, "message": _TEXT}), "疑点"),
        "corrections": _many(
            _object({"date": _DATE, "what": _TEXT, "why": _TEXT, "before": _MAYBE_TEXT, "after": _MAYBE_TEXT}),
            "更正：公布以后改动了什么；before 为 null 是不再保留旧的写法，或者改的不是文字",
        ),
        "masks": _many(
            _object({"kind": _TEXT, "count": _LINE, "why": _TEXT, "places": {"type": "array", "items": _SPAN}}),
            "遮蔽：种类、处数、原因和在 text 中的位置；被遮蔽的内容不公布",
        ),
        "reviews": _many(_object({"step": _TEXT, "name": _TEXT, "date": _DATE}), "审核；网站设定公布时才有"),
        "withdrawn": {
            "anyOf": [_object({"date": _DATE, "why": _TEXT}), {"type": "null"}],
            "description": "撤下：有值时通报已不再公布，其余字段为空",
        },
        "source": _object({"file": _TEXT, "format": _TEXT, "sha256": _TEXT}),
        "spans": {
            "type": "object",
            "additionalProperties": _SPAN,
            "description": "各字段在 text 中的起止位置（字符，左闭右开）",
        },
        "passages": _many(
            {"type": "array", "items": {"type": ["string", "integer", "null"]}, "minItems": 3, "maxItems": 6},
            "text 依次分成的各段：性质、引导语的字数、正文字数、标题级别、是否接排（1）、锚点；末尾的 0 和 null 省去",
        ),
    }
    return {"$schema": DIALECT, "$id": "notice-v1.json", "title": "巡察整改通报"} | _object(properties)


_COLUMN_TYPES: Mapping[str, Any] = {
    "text": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "list": {"type": "array", "items": {"type": "string"}},
}


def table_schema(table: Table[Any, Any]) -> dict[str, Any]:
    """The JSON Schema of the table's JSON file."""
    return {
        "$schema": DIALECT,
        "$id": f"{table.name}-v1.json",
        "title": table.title,
        "description": table.about,
        "type": "array",
        "items": {
            "type": "object",
            "required": [column.name for column in table.columns],
            "properties": {
                column.name: _COLUMN_TYPES[column.type] | {"description": column.about} for column in table.columns
            },
        },
    }
