"""What the desk's program says, in Chinese; what its pages say stands in their templates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from generator.base.diagnostics import ContentError, Diagnostic, DiscloseError
from generator.base.language import chinese
from generator.desk.summary import Summary
from generator.model.notice import Notice
from generator.model.vocabulary import EDIT_NAMES

FOREIGN = "这个请求不是从编辑台的页面发来的，没有执行。请回到编辑台，刷新后再试。"
NO_PAGE = "没有这个页面。请用桌面上的图标打开编辑台。"
NO_NOTICE = "没有这份通报。它可能被删除或改了名。"
BROKEN = "内容文件读不懂，先修好它。"
NO_VERSION = "没有说明是对哪一版做的，没有执行。请刷新这一页再试。"
BUSY = "另一个程序正在修改或发布这个站点，等了 5 秒还没有让出来。没有执行，请稍后再试。"
TOO_LARGE = "文件太大，没有收下。"
DISK_FULL = "磁盘满了，这一步没有做；您做过的都已存盘。请先腾出空间，再做一次。"
NOT_WRITABLE = "这个文件夹写不进去，这一步没有做；您做过的都已存盘。请技术人员看看站点文件夹的权限，再做一次。"
FAULT = "编辑台出错了，没有执行。请把这一步告诉技术人员；您做过的都已存盘。"


_PLACE = re.compile(r"^line [0-9]+: ")
"""With which some messages begin: the line is told for itself."""


def of_fault(one: Diagnostic) -> str:
    """What is wrong in a file, in Chinese: the line, what it is, how it is mended."""
    said, hint = chinese().say(_PLACE.sub("", one.message)), chinese().say(one.hint)
    place = f"第 {one.line} 行：" if one.line else ""
    return f"{place}{said}{'' if said.endswith(('。', '？', '！')) else '。'}{hint}"


def of_error(error: DiscloseError) -> str:
    """What an error says, in Chinese; of files that are wrong a row each."""
    if isinstance(error, ContentError):
        return "\n".join(told(error.diagnostics))
    return chinese().say(str(error))


def told(problems: Iterable[Diagnostic]) -> list[str]:
    """What is wrong in files, a row each."""
    return [f"{PurePath(one.file).name} {of_fault(one)}" for one in problems]


def missing_field(name: str) -> str:
    """A form lacks a field."""
    return f"表单里少了“{name}”，没有执行。请刷新这一页再试。"


def shown(value: object) -> str:
    """A value of the model as a person reads it."""
    if value in (None, "", (), []):
        return "没有"
    if isinstance(value, tuple | list):
        return "、".join(shown(one) for one in value)
    return str(getattr(value, "iso", None) or getattr(value, "name", None) or getattr(value, "why", None) or value)


def today() -> dt.date:
    """The day of this machine."""
    return dt.datetime.now(dt.UTC).astimezone().date()


# ------------------------------------------------------------------------------------------------------------ 导入

NO_FILE = "没有选文件。"
GONE = "这个文件已经不在了，请再拖一次。"
IMPORTED = "导入"
NO_NAME = "没有名字的文件"
KNOWN = "与已有的一字不差，没有重复收。"
ASKS = "与已有的通报是同一单位同一天，或者大半的字相同。没有收下：这是新的一份，还是替换它？"
DIFFERS = "您改过的地方，新版也不一样。没有替换。下面是两边都动过的："
BROKE = "读这个文件时程序退出了（文件可能太大或已损坏）。其他文件照常。请在 Word 里打开它，另存一份再拖进来。"
_COMMAND = re.compile(r"--[a-z]|disclose ")
_SENTENCE = re.compile(r"[^。；\n]+[。；]?|[。；\n]")
_REMARK = re.compile("（[ -~]+）")
"""What a library says, in English: of use to nobody at a desk."""
_CODE = re.compile(r"error\[[a-z-]+\][:：]\s*")
_SHOWN = 2
"""Kinds of what was set aside that are named."""


def of_import(reason: str, name: str = "") -> str:
    """Why a file did not come in, in Chinese, without its name and without what only a command line takes."""
    bare = reason.removeprefix(f"{name}: ")
    said = chinese().say(bare)
    if said == bare:  # some rows begin with the name
        said = chinese().say(reason).removeprefix(f"{name}：").removeprefix(f"{name}: ")
    sentences = _SENTENCE.findall(_REMARK.sub("", _CODE.sub("", said, count=1)))
    return "".join(one for one in sentences if not _COMMAND.search(one)).strip() or FAULT


def of_notice(notice: Notice) -> str:
    """What a file that came in holds, in one line."""
    kinds = dict.fromkeys(edit.kind for edit in notice.edits)
    aside = "、".join(EDIT_NAMES.get(kind, kind) for kind in list(kinds)[:_SHOWN])
    more = f"；整理 {len(notice.edits)} 处（{aside}{'等' if len(kinds) > _SHOWN else ''}）" if notice.edits else ""
    return f"{len(notice.issues)} 个问题，一字不差{more}。"


def replaces(notice_id: str, share: float) -> str:
    """The button that replaces a notice."""
    return f"替换 {notice_id}（{share:.0%} 的字相同）"


def lines(rows: Iterable[str]) -> Iterator[str]:
    """Messages in Chinese."""
    return (chinese().say(row) for row in rows)


# ------------------------------------------------------------------------------------------------------------ 三审

NO_SCAN = "没有这份扫描件。"


def conflict(names: Iterable[str]) -> str:
    """An act concerns what was changed since the page was made."""
    rows = "".join(f"\n· {name}" for name in list(names)[:10])
    return f"这一页打开之后，有人在别处改了同一处，没有执行。请刷新看现在的样子，再做一次。{rows}"


# ------------------------------------------------------------------------------------------------------------ 发布

NO_PLACE = "还没有设置发布到哪里。"
PUBLISHES = "正在查或发布，等它做完再试。"


def waits_for(one: Summary) -> str:
    """What a notice must wait for before a release is even looked at; empty: nothing."""
    if one.withdrawn or one.problems:
        return ""
    blocks = f"还有 {one.blocks} 处挡发布的疑点" if one.blocks else ""
    missing = f"{'、'.join(one.missing)}还没有签" if one.missing else ""
    return "；".join(filter(None, (blocks, missing)))


def stamp(utc: str) -> str:
    """When a release was made, in the time of this place: `20251128T093000Z` → 2025-11-28 17:30."""
    at = dt.datetime.strptime(utc, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


# ------------------------------------------------------------------------------------------------------------ 设置

SETTINGS_CHANGED = "这一页打开之后，site.yml 在别处改过。下面是您填的；请打开另一页看现在的样子，再保存。"
NO_NUMBER = "行数和版数要写数字。"
NO_ADDRESS = "名称和地址都要写。"
