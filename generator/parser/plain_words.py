"""A sentence on how far issues are in the plain words that are read: asides left out, whom it speaks of first."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.base.late_patterns import late_pattern
from generator.model.numbering import CN
from generator.parser.text import NOTE_MARK

_LED_IN = late_pattern(
    rf"^现?将(?P<state>(?![应须要])[^，。；、的]{{2,16}})的(?P<whom>[\d{CN}]{{1,4}}[个项条](?:具体|反馈)?问题)[^，。；：:]{{0,10}}如下[：:。]?$"
)
"""现将已完成整改的7个问题说明如下."""
_LOOKED_BACK = late_pattern(r"(?<=巡[察视])(?:工作)?[“\"‘]回头看[”\"’](?=反馈|指出|提出|发现|移交)")
"""The kind of the inspection, and no problem's name: 巡察“回头看”反馈的9个问题."""
_MEASURES_LAST = late_pattern(
    rf"[，,、；;](?:共|共计|累计)?(?:制[定订]|落实|采取|细化|出台|提出|推出|实施)(?:具体|整改)*(?:措施|举措)[\d{CN}]{{1,4}}[余多]?[条项个]"
    r"(?=[^已整落完到销办结推进未尚仍]*$)"
)
"""Counts the measures behind the problems, and nothing says how far they are: …均已完成整改，落实整改措施73项."""
_MEASURES = late_pattern(
    rf"[，,](?:制[定订]的?)?[\d{CN}]{{1,4}}[条项个](?:具体|整改)*(?:措施|举措)(?:也|均|都|已经?|全部|悉数)*(?:落实|完成|落地)(?:到位|完毕|见效)?(?=[，,。；;]|$)"
)
"""Tells of the measures beside the problems that all are carried out."""
_NONE = late_pattern(
    r"[，,、]?(?:尚|仍|还)?(?:已完成(?:整改)?|未完成(?:整改)?|未整改(?:到位)?|正在(?:整改|推进)|持续(?:整改|推进)|长期(?:坚持|整改)|基本完成)(?:的|问题)*\s?[0零]\s?[个项条](?![\d.])"
)
"""A state of which there is none: 已完成整改4个，未完成0个."""
_NOTE_MARK = late_pattern(NOTE_MARK)
"""What its note says, `note_marks.doubted` weighs."""
_COUNTED_NAMES = late_pattern(
    rf"(?P<count>[\d{CN}]{{1,3}}[个项条])(?P<thing>问题|事项|任务)?[（(](?:即|分别[为是])?(?P<names>[^（()），,。；;：:\d]{{4,80}})[）)]"
    r"(?=(?:已|正在|[尚仍]|取得|需|未|长期|持续))"
)
"""1个问题（“公车管理不严”）正在推进."""
_PART_LEFT = late_pattern(
    r"除(?P<name>“[^“”]{4,40}”)(?:的?问题)?[中里](?!的?问题)(?=[^“”。；外]{0,40}(?:[尚仍还]|未|正在|继续|待|需))[^“”。；外]{2,40}?外"
)
"""Of an issue something is unfinished: 除“公车管理不严”中2台车辆尚未处置外."""
_STATE_FIRST = late_pattern(
    r"(?P<state>(?:已|正在|尚未|未|需|基本|长期|持续)[^，。；、：:的]{2,8})的(?:问题|事项)?(?:有|为|是|包括)[:：]?"
    rf"(?P<names>第[\d{CN}、第和及个项条]{{1,40}}(?<=[个项条])|“[^“”]{{4,40}}”(?:[、和及]?“[^“”]{{4,40}}”){{0,9}})(?:问题|事项)?(?=[，。；,;]|$)"
)
"""已完成整改的有第1、2、3项."""


def _names_first(found: re.Match[str]) -> str:
    """“公车管理不严”1个问题 of 1个问题（公车管理不严）."""
    names = found["names"]
    quoted = names if names[0] in '“‘"' else "、".join(f"“{name}”" for name in names.split("、"))
    return f"{quoted}{found['count']}{found['thing'] or '问题'}"


_OF_PART = (_PART_LEFT, r"除\g<name>问题正在整改外")
_PLAIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_LED_IN, r"以下\g<whom>\g<state>"),
    *((aside, "") for aside in (_LOOKED_BACK, _MEASURES_LAST, _MEASURES, _NONE, _NOTE_MARK)),
    (_COUNTED_NAMES, _names_first),
    _OF_PART,
    (_STATE_FIRST, r"\g<names>\g<state>"),
)
"""Each in its turn, and what stands in its place."""


def told_plainly(sentence: str) -> str:
    """A sentence about many issues: 以下7个问题已完成整改 of 现将已完成整改的7个问题说明如下."""
    for words, plain in _PLAIN:
        sentence = words.sub(plain, sentence)
    return sentence


def part_for_the_issue(sentence: str) -> str:
    """A sentence, of 除“公车管理不严”中2台车辆尚未处置外 the part taken for the issue: it is unfinished."""
    words, plain = _OF_PART
    return words.sub(plain, sentence)
