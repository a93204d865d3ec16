"""The document-metadata block of a page (政府信息公开): keys and values as printed, in its many layouts (FORMATS a)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.parser.rules import chrome
from generator.parser.text import Paragraph, squeezed

_SPACED = {key: r"\s*".join(map(re.escape, key)) for key in chrome.METADATA_KEYS}
KEY = re.compile(
    rf"(?:^|(?<=[\s|｜•·　【\[]))(?P<key>{'|'.join(_SPACED[k] for k in sorted(_SPACED, key=len, reverse=True))})"
    r"(?:\s*[】\]]\s*[:：]?\s*|\s*[:：]\s*(?:[|｜]\s*)?|\s*[|｜]\s*|\s+|$)"
)
_STRONG_KEYS = frozenset(chrome.METADATA_KEYS) - {
    "标题",
    "名称",
    "分类",
    "发布时间",
    "发布日期",
    "公开日期",
    "发布单位",
}
_PROVING = _STRONG_KEYS | frozenset(chrome.TITLE_KEYS)
_BETWEEN = " \u3000|｜【[•·●-–—"
"""Blanks and marks between the rows of a list on one line."""
_MARK = re.compile(r"[•·●■◆○▪*|｜【\[\s]*(?:[-–—]+(?=[\s\u4e00-\u9fff]))?[•·●■◆○▪*\s]*")
"""What stands before a row of a list."""


def metadata_of(above: Sequence[Paragraph]) -> tuple[list[Paragraph], list[tuple[str, str]]]:
    """The paragraphs of the document-metadata block and what it says."""
    hits = [(index, list(KEY.finditer(_unmarked(paragraph.text)))) for index, paragraph in enumerate(above)]
    rows = [(index, keys) for index, keys in hits if keys and not keys[0].start()]
    names = {squeezed(found["key"]) for _, keys in rows for found in keys}
    numbered = [i for i, p in enumerate(above) if re.fullmatch(chrome.INDEX_NUMBER, squeezed(p.text))]
    if not (names & _PROVING and len(names) > 1) and not numbered:
        return [], []
    found: dict[str, str] = {}
    used: set[int] = set()
    by_line = dict(rows)
    alone = [i for i, keys in rows if len(keys) == 1 and not _value(above[i], keys[0], None)]
    for index, keys in rows:
        used.add(index)
        text = _unmarked(above[index].text)
        for number, key in enumerate(keys):
            end = keys[number + 1].start() if number + 1 < len(keys) else len(text)
            value = text[key.end() : end].strip(_BETWEEN)
            following = index + 1
            if not value and len(alone) > 2 and following < len(above) and following not in by_line:
                value = above[following].text.strip()
                used.add(following)
            name = squeezed(key["key"])
            if not found.get(name):
                found[name] = value
    for index in numbered:
        used.add(index)
        found.setdefault("索引号", squeezed(above[index].text))
    for index, paragraph in enumerate(above):
        if squeezed(paragraph.text) in ("主动公开", "依申请公开", "不予公开") and index not in used:
            used.add(index)
            found.setdefault("公开方式", squeezed(paragraph.text))
    return [above[i] for i in sorted(used)], list(found.items())


def _value(paragraph: Paragraph, key: re.Match[str], end: int | None) -> str:
    return _unmarked(paragraph.text)[key.end() : end].strip(_BETWEEN)


def _unmarked(text: str) -> str:
    return text[_MARK.match(text).end() :]  # type: ignore[union-attr]
