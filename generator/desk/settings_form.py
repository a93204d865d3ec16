"""设置: site.yml as a form. What is saved changes only the lines of the keys that changed; comments and order stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.base.layout import SITE_FILE
from generator.base.structure import dump, replace_keys
from generator.content.config import Config, faulty_values, missing_values, read_config

Kind = Literal["text", "yes", "number", "steps"]


class SettingRow(NamedTuple):
    """A key of site.yml, as people call it."""

    key: str
    name: str
    help: str
    kind: Kind = "text"


FORM: Sequence[tuple[str, Sequence[SettingRow]]] = (
    (
        "网站",
        (
            SettingRow("name", "网站名称", "显示在每页顶上，也是网页标签 SiteName"),
            SettingRow("base_url", "网址", "以 https:// 开头，/ 结尾"),
            SettingRow("tagline", "一句话介绍", "首页标题下面"),
            SettingRow("description", "网站说明", "搜索引擎里看到的"),
        ),
    ),
    (
        "主办单位",
        (
            SettingRow("owner", "主办单位", "页脚“主办单位”"),
            SettingRow("operator", "承办单位", "页脚“承办单位”"),
            SettingRow("phone", "联系电话", "只放办公电话"),
            SettingRow("address", "地址", "办公地址"),
            SettingRow("postcode", "邮编", "6 位数字"),
        ),
    ),
    (
        "网站标识",
        (
            SettingRow("domain", "域名", "不带 https://"),
            SettingRow("id_code", "网站标识码", "10 位数字，或 bm 加 8 位数字"),
            SettingRow("icp", "ICP备案号", "问登记网站的人，不要编造"),
            SettingRow("police", "公网安备号", "问登记网站的人，不要编造"),
            SettingRow("conac", "党政机关网站标识编号", "问登记网站的人，不要编造"),
        ),
    ),
    (
        "三审三校",
        (
            SettingRow("review_steps", "步骤", "用顿号分开；每份通报发布前要签齐", "steps"),
            SettingRow("distinct_reviewers", "每一步要由不同的人签", "", "yes"),
            SettingRow("publish_reviewers", "在通报页上写出签的人", "", "yes"),
        ),
    ),
    (
        "网站怎样显示",
        (
            SettingRow("page_size", "列表每页行数", "", "number"),
            SettingRow("keep_releases", "留几版可以退回", "", "number"),
            SettingRow("traditional", "另建繁體版", "", "yes"),
            SettingRow("publish_sources", "公布原始文件", "Word 文件可能带有姓名、批注和修订痕迹", "yes"),
            SettingRow("index_accountability", "站内搜索也搜责任追究情况", "其中有人名", "yes"),
            SettingRow("show_old_wording", "更正后显示原来的字", "", "yes"),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingField:
    """A key with its value, and what is wrong with it."""

    row: SettingRow
    value: str
    fault: str = ""


def rows() -> Iterator[SettingRow]:
    """All keys of the form."""
    for _, some in FORM:
        yield from some


def shown(config: Config, row: SettingRow) -> str:
    """The value of a key as the form has it."""
    value = getattr(config, row.key)
    if row.kind == "yes":
        return "1" if value else ""
    return "、".join(value) if row.kind == "steps" else str(value)


def fields_of(config: Config, text: str) -> list[tuple[str, list[SettingField]]]:
    """The form, filled; placeholders and what cannot be right are marked."""
    faults = {one.message.partition(":")[0]: "还是占位，发布前必须换成真的" for one in missing_values(config, text)}
    faults |= {one.message.partition(":")[0]: "不像是这一项该写的" for one in faulty_values(config, text)}
    return [
        (
            name,
            [SettingField(row=row, value=shown(config, row), fault=faults.get(row.key, "")) for row in some],
        )
        for name, some in FORM
    ]


def changed(text: str, config: Config, given: Mapping[str, str]) -> str:
    """site.yml with what the form says in place of what it said; what did not change stays to the byte.

    Raises ContentError for what cannot be: nothing is saved then. Raises ValueError for what is no number.
    """
    values: dict[str, str] = {}
    for row in rows():
        if (new := given.get(row.key, "").strip()) != shown(config, row).strip():
            values[row.key] = dump({row.key: _value(row, new)})
    if not values:
        return text
    framed = replace_keys(f"---\n{text.rstrip(chr(10))}\n---\n", values)
    new_text = framed.removeprefix("---\n").removesuffix("---\n")
    read_config(new_text, SITE_FILE)
    return new_text


def _value(row: SettingRow, given: str) -> object:
    if row.kind == "yes":
        return given == "1"
    if row.kind == "number":
        return int(given)
    if row.kind == "steps":
        return [
            step for step in (part.strip() for part in given.replace(",", "、").replace("，", "、").split("、")) if step
        ]
    return given
