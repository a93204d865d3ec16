"""What a paragraph begins with: a number, a role label, or neither; and where the title in it ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.model.enumeration import items_of
from generator.model.numbering import CN, Label
from generator.parser.habits import Habits
from generator.parser.role_labels import RoleLabel, role_labels_in, role_of
from generator.parser.rules import wordlists
from generator.parser.text import Paragraph, patterns, sentences, without_note
from generator.parser.title_names import name_before

_PROBLEM_SIGN = re.compile(f"[{''.join(word for word in wordlists.PROBLEM if len(word) == 1)}]")
_PROBLEM_WORD = re.compile(patterns(word for word in wordlists.PROBLEM if not _PROBLEM_SIGN.search(word)))
_NEGLECT = re.compile(wordlists.NEGLECT)
_LONGEST_NEGLECT = 14
_RESOLVE = re.compile("|".join(wordlists.RESOLVE))
_MAY_RESOLVE = re.compile("不|短板|解决|化解")
_EXHORTATION = re.compile(patterns(wordlists.EXHORTATION))
_SOLVES = re.compile(rf"(?:{patterns(wordlists.SOLVES)})(?!{wordlists.SOLVED_BADLY})")
_DONE_BADLY = (
    *(word for word in wordlists.PROBLEM_ENDS if word[0] == "不"),
    "不到位",
    "乏力",
    "打折扣",
    "走过场",
    "流于形式",
)
_ABOUT_A_FAULT = ("对", "针对", "通过", "按照", "根据", "结合", "已")
_WRAPPED = re.compile(
    r"(?:关于|针对|对|在|就|围绕)?.{2,}?(?:的?问题|事项|方面)[”’]?(?:的?整改(?:落实|进展|完成)?(?:情况)?)?[。．.：:；;]?$"
)
_WRAPPERS = ("关于", "针对", "对", "在", "就", "“")
_ANNOUNCING = re.compile(r"(?:问题[”’]?|^(?:关于|针对|对)[“\"].*[”\"])的?整改(?:(?:落实|进展|完成)?情况)?[。．.：:]?$")
_ABOUT = re.compile(r"(?:关于|针对|对)(?P<what>[^，。；]*)整改(?:落实|进展|完成)?情况[。．.：:；;]?")
_POINTED_OUT = r"(?:巡[察视]组?|反馈(?:意见)?)(?:中?指出|反馈|发现|提出)的?[：:]?“[^“”]{4,80}”(?:的?问题)?"
"""A problem in the words of the inspectors: 巡察指出“公车管理不严”的问题."""
_PROBLEM_THEN = re.compile(
    r"针对“[^“”]{4,80}”的?问题[，,](?=.{4})|针对“(?P<quoted>[^“”]{4,80})”[，,。](?=.{4})"
    r"|(?:关于|针对)[“\"]?(?P<what>[^，。；：“”\"]{4,60}?)[”\"]?的?问题[”’]?[，,](?=.{4})"
    rf"|{_POINTED_OUT}[。，,](?=.{{4}})"
)
_QUOTED_NAME = re.compile(
    r"“[^“”]{4,60}”(?:的?问题)?[：:](?=.)|“[^“”]{4,60}[。．]”(?![的等方问，、：:])(?=.)|(?:关于|针对)[^。；：:，,]{3,80}的?问题[：:](?=.)"
    r"|[\u4e00-\u9fff]{4,40}?(?:不[\u4e00-\u9fff]{1,3}|有(?:差距|偏差|漏洞|短板)|薄弱|滞后|缺失|乏力|缓慢|混乱)的?问题[：:](?=.)"
    rf"|(?:关于|针对)?问题(?:\d{{1,3}}|[{CN}]{{1,3}})(?:的?整改(?:落实|进展)?情况)?[：:](?=.)"
)
"""“公车管理不严”：车辆长期停放在外; 关于公车管理不严的问题：一是…; 问题1整改情况：… A name, and its words."""
_ENCLOSED = re.compile(r"【(?P<name>[^【】]{5,40})】(?=[^。：:，])")
"""A problem in brackets, and its words: 【固定资产账实不符】对2786件资产贴码盘点。"""
_IS_POINTED_OUT = re.compile(_POINTED_OUT)
GROUP_TITLE = re.compile("方面(?:的|存在的)?(?:主要)?(?:问题)?$")
"""How the heading of a group of issues ends: 党的建设方面."""
TITLE_MARKS = "。．.：:；;，,…！! "
"""Marks behind a title that are none of its words."""
GROUP_MARKS = "：:。"
"""Marks behind the heading of a group."""
_BULLETS = frozenset("●■◆▲▶►◇◎❖➢➤▷△▪★☆※")
_STOPS = "。！？!?"
_STOP = re.compile(f"[{_STOPS}]")
_STOP_OR_OPENING = re.compile(f"[{_STOPS}“‘《（(【]")
_HALF_STOP = re.compile(r"\.(?<=[\u4e00-\u9fff”].)(?=[\u4e00-\u9fff])")
_RUNS_INTO_TEXT = re.compile(r"(?<=[\u4e00-\u9fff”）)])[ \u3000]+(?=[\u4e00-\u9fff“（(\d])")


class Line(NamedTuple):
    """A paragraph and what it begins with."""

    paragraph: Paragraph
    text: str
    """The words of the paragraph."""
    label: Label | None
    role_label: RoleLabel | None
    """The role label that the paragraph begins with, behind its number if it has one."""
    role_labels: tuple[RoleLabel, ...]
    """All role labels in the paragraph that begin a sentence, `role_label` included."""

    @property
    def words_at(self) -> int:
        """Offset behind the number, or behind the bullet that a list of a page left in its place."""
        if self.label:
            return self.label.end
        return len(self.text) - len(self.text[1:].lstrip()) if self.text[:1] in _BULLETS else 0

    def follows(self, above: Line) -> bool:
        """Whether its number is the next one behind that of another line, in one style."""
        one, two = above.label, self.label
        return one is not None and two is not None and one.style == two.style and two.value == one.value + 1

    @property
    def is_role_label_alone(self) -> bool:
        """Whether a role label is all that stands in it, behind its number if it has one: 二、整改落实情况."""
        return self.role_label is not None and self.role_label.end >= len(self.text)


def announces_answer(title: str) -> bool:
    """Whether the answer, and not the finding, stands behind a title.

    >>> announces_answer("关于“管护责任不落实”问题的整改情况"), announces_answer("关于管护责任不落实的问题")
    (True, False)
    """
    return bool(_ANNOUNCING.search(title))


def line_of(paragraph: Paragraph, number: Label | None, habits: Habits) -> Line:
    """The line of a paragraph that begins with a number or not, read as the notice's habits say."""
    text = paragraph.text
    label = habits.label_of(text, number)
    start = label.end if label else 0
    role_labels = tuple(role_labels_in(text, start, habits.own_labels))
    return Line(
        paragraph, text, label, role_labels[0] if role_labels and role_labels[0].start == start else None, role_labels
    )


_INSIDE = ("ar", "ar-paren", "circled")
"""Styles that number the labels of an issue, and not parts that are called as labels are."""


def numbered_role_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines, numbers before a role label taken for a part of it: 1、存在问题：…, 2、整改措施：…, 3、整改结果：…

    A numbered 反馈问题：… is the title of an issue, unless the next number stands before the answer.
    """
    found = list(lines)
    inside = (*_INSIDE, "cn-paren") if _repeats_labels(lines) else _INSIDE
    below: Line | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.label is None:
            continue
        if line.role_label is not None and _is_numbered_role_label(line.label, line.role_label, below, inside):
            role_label = line.role_label._replace(start=0)
            found[index] = line._replace(
                label=None, role_label=role_label, role_labels=(role_label, *line.role_labels[1:])
            )
        below = line
    return found


_MEASURE = re.compile(rf"(?:整改)?(?:措施|举措|做法)\s?(?:\d{{1,2}}|[{CN}]{{1,3}})\s?[：:]")


def measures_in_answers(lines: Sequence[Line]) -> list[Line]:
    """The lines, 措施一： taken for words of the answer where 整改情况： leads it in."""
    found = list(lines)
    is_answered = False
    for index, line in enumerate(lines):
        if line.label is not None:
            is_answered = False
        is_measure = line.role_label is not None and _MEASURE.match(line.text, line.role_label.start)
        if is_measure and is_answered and line.label is None:
            found[index] = line._replace(role_label=None, role_labels=line.role_labels[1:])
        elif any(role_label.role == "response" for role_label in line.role_labels) and not is_measure:
            is_answered = True
    return found


_LONG_STATUS = 20
"""Characters: what is longer below 存在问题：… is no status."""


def answers_behind_findings(lines: Sequence[Line]) -> list[Line]:
    """The lines, the paragraph below 存在问题：… led in as the answer in a notice that prints no label for it."""
    if any(role_label.role == "response" for line in lines for role_label in _inside(line)):
        return list(lines)
    found = list(lines)
    for index, (line, below) in enumerate(pairwise(lines), 1):
        is_told = line.role_label is not None and line.role_label.role == "finding" and line.label is None
        is_plain = not below.role_labels and (below.label is None or below.label.style == "shi")
        if is_told and is_plain and line.text[-1:] in _STOPS and len(below.text) > _LONG_STATUS:
            own = RoleLabel("response", 0, 0)
            found[index] = below._replace(label=None, role_label=own, role_labels=(own,))
    return found


def _inside(line: Line) -> tuple[RoleLabel, ...]:
    """The role labels of a line, but for one that is all that a heading says: 二、整改落实情况."""
    if line.label is not None and line.is_role_label_alone:
        return line.role_labels[1:]
    return line.role_labels


def without_lists_of_faults(lines: Sequence[Line]) -> list[Line]:
    """The lines, the number taken off one that lists what was found: ①台账缺失。②督促不够。

    Such a line stands between the title of an issue, 关于…的问题, and its answer.
    """
    found = list(lines)
    for index in range(1, len(lines) - 1):
        above, line, below = lines[index - 1 : index + 2]
        if above.label is None or line.label is None or line.role_labels or above.label.style == line.label.style:
            continue
        if below.label is not None or below.role_label is None or below.role_label.role != "response":
            continue
        title = above.text[above.words_at :].rstrip(_STOPS)
        if is_wrapped(title) and not GROUP_TITLE.search(without_note(title)) and _lists_faults(line):
            found[index] = line._replace(label=None)
    return found


def _lists_faults(line: Line) -> bool:
    items = items_of(line.text)
    return bool(items) and items[0].start == 0


def _repeats_labels(lines: Sequence[Line]) -> bool:
    """Whether the notice prints （二）整改情况 alone in its line again and again, plain words below it each time."""
    alone = [
        (line.label.style, line.text[line.role_label.start : line.role_label.end], below.label is None)
        for line, below in pairwise(lines)
        if line.label and line.role_label and line.role_label.role == "response" and line.is_role_label_alone
    ]  # fmt: skip
    plain = [word for style, word, is_plain in alone if style == "cn-paren" and is_plain]
    return bool(plain) and len(plain) == len(alone) and min(Counter(plain).values()) > 1


def _is_numbered_role_label(label: Label, role_label: RoleLabel, below: Line | None, inside: Collection[str]) -> bool:
    if role_label.role != "finding":
        return label.style in inside
    if below is None or below.label is None or below.role_label is None or below.role_label.role == "finding":
        return False
    return below.label.style in inside and (below.label.style, below.label.value) == (label.style, label.value + 1)


def title_end(text: str, start: int, role_labels: Sequence[RoleLabel]) -> int:
    """Offset behind the title that begins at `start`: its first sentence, quotation marks and brackets respected.

    A title ends before a role label (`role_labels` are those of the text), at a half-width full stop between
    characters, and at the blank behind which it runs into its text.
    """
    if (quoted := _QUOTED_NAME.match(text, start)) is not None:
        return quoted.end()
    if (enclosed := _ENCLOSED.match(text, start)) is not None and is_fault(enclosed["name"]):
        return enclosed.end()
    limit = (
        next((role_label.start for role_label in role_labels if role_label.start > start), len(text))
        if role_labels
        else len(text)
    )
    mark = _STOP_OR_OPENING.search(text, start, limit)
    if mark is None or mark[0] in _STOPS:
        end = mark.end() if mark else limit
    else:
        end = start + next(sentences(text[start:limit], _STOPS)).end
    end = _behind_quotation(text, start, end, limit)
    if "." in text and (dot := _HALF_STOP.search(text, start, end)):
        end = dot.end()
    if (" " in text or "\u3000" in text) and (blank := _RUNS_INTO_TEXT.search(text, start, end)):
        before = text[start : blank.start()]
        if (
            before.rstrip("”’").endswith((*wordlists.HEADING_ENDS, *wordlists.PROBLEM_ENDS))
            and len(text) - blank.end() > 12
        ):
            end = blank.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _behind_quotation(text: str, start: int, end: int, limit: int) -> int:
    """`end`, or where the sentence ends whose straight quotation marks are still open there: "…不严。…"问题。"""
    while end < limit and text.count('"', start, end) % 2:
        close = text.find('"', end, limit)
        if close < 0:
            return end
        mark = _STOP.search(text, close, limit)
        end = mark.end() if mark else limit
    return end


def is_fault(name: str) -> bool:
    """Whether words in brackets are the name of a problem, and no role label."""
    return role_of(name) is None and is_problem(name)


def is_problem(title: str) -> bool:
    """Whether a title names a problem."""
    if _MAY_RESOLVE.search(title):
        title = _RESOLVE.sub("", title)
    return bool(_PROBLEM_SIGN.search(title) or _PROBLEM_WORD.search(title) or _NEGLECT.search(title))


def names_problem(title: str) -> bool:
    """Whether a title ends in the words of a problem: `…不够到位`, `…有差距`."""
    title = without_note(title)
    is_fault_last = is_problem(title[-7:]) or _NEGLECT.search(title[-_LONGEST_NEGLECT:]) is not None
    return is_fault_last and is_problem(title)


def is_wrapped(title: str) -> bool:
    """Whether a title has the form 关于…的问题 or one like it, 关于…滞后的整改情况, 巡察指出“…”."""
    if _IS_POINTED_OUT.fullmatch(title):
        return True
    if not title.startswith(_WRAPPERS):
        return False
    title = without_note(title)
    if _WRAPPED.fullmatch(title):
        return True
    about = _ABOUT.fullmatch(title)
    return about is not None and is_problem(name_before(about["what"], ("的", "反馈问题", "”", '"')))


def problem_end(text: str, start: int) -> int | None:
    """Offset behind a problem that its answer follows: 针对…不规范问题，建立…; 巡察指出“…”。建立…; else None."""
    found = _PROBLEM_THEN.match(text, start)
    name = (found["what"] or found["quoted"]) if found else None
    is_told = found is not None and (name is None or is_problem(name))
    return found.end() if found and is_told else None


def is_exhortation(title: str) -> bool:
    """Whether a title begins as an exhortation or a measure does, and does not say at its end that it was done badly.

    >>> is_exhortation("落实主体责任"), is_exhortation("落实主体责任不到位"), is_exhortation("组织生活质量不高问题")
    (True, False, False)
    """
    if _EXHORTATION.match(title) is None:
        return False
    whole = without_note(title)
    name = name_before(whole, ("的问题", "问题"))
    is_called_problem = name != whole and names_problem(name)
    is_done_badly = name.endswith(_DONE_BADLY) and not name.startswith(_ABOUT_A_FAULT)
    return not (is_called_problem or is_done_badly) or _SOLVES.search(name) is not None
