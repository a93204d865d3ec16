"""The notice's body: its paragraphs cut into passages, each with its role, level and label."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.notice import FollowupMarks, IssueMarks, Passage, Role
from generator.parser import status
from generator.parser.footnotes import footnotes
from generator.parser.lines import Line, announces_answer, problem_end, title_end
from generator.parser.note_marks import closing_of
from generator.parser.outline import HeadingKind, Outline
from generator.parser.summaries import summary_lines
from generator.parser.text import Paragraph, sentences
from generator.parser.told_apart import findings_apart
from generator.parser.told_behind import told_behind


class Piece(NamedTuple):
    """A passage and the part of its paragraph that it is."""

    passage: Passage
    paragraph: Paragraph
    start: int
    end: int
    """Offsets in the paragraph."""
    line: int
    """Index of the line in the body."""


class _HeadingPlace(NamedTuple):
    """What the outline says of a heading."""

    line: int
    level: int
    end: int
    kind: HeadingKind
    anchor: str


_ANCHORS: dict[HeadingKind, str] = {"heading": "s", "issue": "i", "followup": "f"}
_MARKS: dict[HeadingKind, IssueMarks | FollowupMarks | None] = {
    "heading": None,
    "issue": IssueMarks(),
    "followup": FollowupMarks(),
}


def pieces_of(lines: Sequence[Line], outline: Outline) -> list[Piece]:
    """The passages of the body, in order, headings with their anchors; marks are not set yet, but for their kind."""
    pieces: list[Piece] = []
    context: HeadingKind = "text"
    has_answer = _answers_below(lines, outline)
    role: Role = "prose"
    around: Role = "prose"
    """The role of the words around a deadline and who is responsible."""
    counts = {"heading": 0, "issue": 0, "followup": 0}
    summaries = summary_lines(lines, outline)
    notes = footnotes(lines)
    behind = told_behind(lines, outline)
    findings = {} if behind.ends else findings_apart(lines, outline)
    for index, line in enumerate(lines):
        kind = outline.kinds[index]
        if kind == "text" and index in notes:
            pieces.append(Piece(Passage(words=line.text), line.paragraph, 0, len(line.text), index))
            continue
        if kind != "text":
            context = kind
            counts[kind] += 1
            place = _HeadingPlace(
                index, outline.levels[index], behind.ends.get(index, outline.ends[index]), kind,
                f"{_ANCHORS[kind]}{counts[kind]}",
            )  # fmt: skip
            around = "finding" if index in behind.ends and behind.is_finding else _below(line, place, has_answer[index])
            new, role = _heading(
                line, place, around, labelled=has_answer[index] is not None, answer=findings.get(index)
            )
            if kind == "issue" and has_answer[index] is None and role == "finding":
                role = "response"  # 主要表现为：…, and the answer in the paragraphs below
        else:
            base: Role = "accountability" if outline.parts[index] == "handling" else "prose"
            if role in _VALUES and pieces[-1].passage.words and not _is_value(line):
                role = around
            is_inside = context in ("issue", "followup") and index not in summaries
            is_first = pieces[-1].passage.role == "heading" if pieces else False
            led_in = _led_in(line.text, 0, role, context, is_first=is_first, answer=findings.get(index))
            new, role = _run(line, index, role if is_inside else base, context if is_inside else "text", led_in)
        pieces += new
        around = around if role in _VALUES else role
    return pieces


_VALUES: tuple[Role, ...] = ("deadline", "responsible")
_LONGEST_VALUE = 30
_LONGEST_STATUS = 24
_LONGEST_RESULT = 60
"""Behind 整改结果： a longer text tells what was done."""


def _is_value(line: Line) -> bool:
    """Whether a line below 责任单位：… may be one more value: no sentence, no numbered item."""
    return line.label is None and len(line.text) <= _LONGEST_VALUE and line.text[-1:] not in "。；;！"


def _answer(line: Line) -> Role | None:
    """The role of the line's first label for an answer; 整改状态：完成 says no more than how far it is."""
    for role_label in line.role_labels:
        is_result = "结果" in line.text[role_label.start : role_label.end]
        words = line.text[role_label.end :].rstrip("）)】] ")
        if is_result and len(words) <= _LONGEST_RESULT and status.decisive(words) is not None:
            continue  # （整改结果：已完成整改）
        if role_label.role in ("response", "reason", "next"):
            return role_label.role
        end = _closes_at(line.text, role_label.end) or len(line.text)
        if role_label.role == "status" and end - role_label.end > _LONGEST_STATUS:
            return role_label.role
    return None


def _answers_below(lines: Sequence[Line], outline: Outline) -> list[Role | None]:
    """For each heading: the role of the first label for an answer that follows before the next heading."""
    found: list[Role | None] = [None] * len(lines)
    below: Role | None = None
    for index in range(len(lines) - 1, -1, -1):
        below = _answer(lines[index]) or below
        if outline.kinds[index] != "text":
            found[index] = below
            below = None
    return found


def _below(line: Line, place: _HeadingPlace, label: Role | None) -> Role:
    """The role of the words below a heading: an issue's are what was found when a `label` for the answer follows.

    Below 关于…问题的整改 the answer stands at once, unless the label says that it begins there.
    """
    if place.kind not in ("issue", "followup"):
        return "prose"
    is_told = label == "response" or not announces_answer(line.text[line.words_at : place.end])
    return "finding" if label and is_told else "response"


def _heading(
    line: Line, place: _HeadingPlace, after: Role, *, labelled: bool, answer: int | None
) -> tuple[list[Piece], Role]:
    """The heading's passage and what runs on behind its title, and the role that the next line has."""
    text, kind = line.text, place.kind
    start, end = line.words_at, place.end
    if line.role_label is not None and line.role_label.role == "finding":
        if kind == "issue":
            start = line.role_label.end  # 1.反馈问题：…: the role label belongs to the label
        else:
            end = title_end(text, start, line.role_labels)
    if kind == "issue" and not labelled:
        end = min(end, problem_end(text, start) or end)
    if kind == "issue" and (mark := status.mark_behind(text[start:end])) is not None:
        end = start + mark
    said = status.behind_a_name(text[start:end]) if kind == "issue" else None
    title = end if said is None else start + said
    label = text[:start].rstrip()
    head = Passage(
        words=text[start:title], role="heading", label=label, level=place.level, anchor=place.anchor, marks=_MARKS[kind]
    )
    pieces = [Piece(head, line.paragraph, 0, title, place.line)]
    if said is not None:
        words = Passage(words=text[title:end], role="status", run_on=True)
        pieces.append(Piece(words, line.paragraph, title, end, place.line))
    rest = _skip_blanks(text, end)
    if rest < len(text):
        more, after = _cut(
            line,
            rest,
            place.line,
            after,
            run_on=True,
            led_in=_led_in(text, rest, after, kind, is_first=True, answer=answer),
        )
        pieces += more
    return pieces, after


def _run(
    line: Line, index: int, role: Role, context: HeadingKind, led_in: Sequence[tuple[int, Role]]
) -> tuple[list[Piece], Role]:
    if context not in ("issue", "followup"):
        passage = Passage(words=line.text, role=role)
        return [Piece(passage, line.paragraph, 0, len(line.text), index)], role
    return _cut(line, 0, index, role, run_on=False, led_in=led_in)


_POINTED_OUT = re.compile(r"(?:巡[察视]组?|反馈(?:意见)?)(?:中)?(?:指出|发现|反馈|认为|提出)[，,：:]")
_NEXT = re.compile(r"(?:下一?步|接下来|今后|后续)[，,]")


def _led_in(
    text: str, start: int, role: Role, context: HeadingKind, *, is_first: bool, answer: int | None
) -> list[tuple[int, Role]]:
    """Where words that are no label lead in another role: 巡察指出，… below a problem, 下一步，… of a follow-up.

    `answer`: where that of a finding begins which the notice's habit tells.
    """
    if role not in ("response", "finding"):
        return []
    if context == "followup":
        spans = (span.start for span in sentences(text[start:]) if _NEXT.match(text, start + span.start))
        return [(start + at, "next") for at in itertools.islice(spans, 1)]
    if answer is not None:
        return [(start, "finding"), (_skip_blanks(text, answer), "response")]
    if role == "response" and is_first and _POINTED_OUT.match(text, start):
        end = _skip_blanks(text, start + next(sentences(text[start:])).end)
        return [(start, "finding"), (end, "response")]
    return []


def _cut(
    line: Line, start: int, index: int, role: Role, *, run_on: bool, led_in: Sequence[tuple[int, Role]] = ()
) -> tuple[list[Piece], Role]:
    """The line from `start` on, cut where a role label begins or other words lead in, and where a status stands."""
    text, around = line.text, role
    role_labels = [
        role_label
        for role_label in line.role_labels
        if role_label.start >= start and (role_label is not line.role_label or not line.label)
    ]
    cuts = [(role_label.start, role_label.end, role_label.role) for role_label in role_labels]
    cuts += [(at, at, led) for at, led in led_in if at < len(text) and not role_labels]
    if not cuts or cuts[0][0] > start:
        cuts.insert(0, (start, start, role))
    pieces: list[Piece] = []
    for begin, words, end, of in _within_brackets(text, cuts, role):
        for a, b, c, part in _with_status(text, begin, words, max(words, _trim(text, end)), of):
            label = text[a:b].rstrip() if b > a else ""
            passage = Passage(words=text[b:c], role=part, label=label, run_on=run_on or bool(pieces))
            pieces.append(Piece(passage, line.paragraph, a, c, index))
        role = of
    after: Role = led_in[-1][1] if led_in and not role_labels else pieces[-1].passage.role if pieces else role
    if after == "status" and role_labels and _closes_at(text, role_labels[-1].end) is not None:
        return pieces, around  # …的问题（整改状态：已完成）
    if after == "status" and role in ("response", "finding"):
        after = role  # …的问题【已完成】, and below it what was found
    return pieces, after if after != "status" else "response"


def _within_brackets(
    text: str, cuts: Sequence[tuple[int, int, Role]], around: Role
) -> Iterator[tuple[int, int, int, Role]]:
    """The runs that begin at the cuts, each with its end; what follows the bracket of a form goes on as before it.

    …不严（责任单位：财务股；整改状态：完成）。清理票据33张。
    """
    for number, (begin, words, role) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(text)
        closed = _closes_at(text, words) if role in _IN_FORM and words > begin else None
        if closed is None or closed >= end:
            yield begin, words, end, role
            continue
        while closed < end and text[closed] in "。，；,;：: ":
            closed += 1
        yield begin, words, closed, role
        if closed < end:
            yield closed, closed, end, around


_IN_FORM: tuple[Role, ...] = ("status", "deadline", "responsible")


def _closes_at(text: str, at: int) -> int | None:
    """Offset behind the bracket that is open at `at`; None when none is, or it is not closed."""
    before = text[:at]
    if sum(map(before.count, "（(")) <= sum(map(before.count, "）)")):
        return None
    close = min((found for mark in "）)" if (found := text.find(mark, at)) >= 0), default=None)
    return None if close is None else close + 1


def _with_status(text: str, begin: int, words: int, end: int, role: Role) -> Iterator[tuple[int, int, int, Role]]:
    """The run `[begin:end)` of one role, its words from `words` on, a status sentence at its end cut off.

    Yields start, start of the words, end and role of each part.
    """
    if role == "finding" and _is_mark(text[words:end]):
        yield begin, words, end, "status"
        return
    if role not in ("finding", "response"):
        yield begin, words, end, role
        return
    if begin == words and (mark := status.mark_before(text[words:end])) and words + mark < end:
        mark += text.startswith(("。", "．"), words + mark)
        yield begin, words, words + mark, "status"  # （正在整改）清理票据33张
        begin = words = _skip_blanks(text, words + mark)
    if role == "finding":
        yield begin, words, end, role
        return
    said = closing_of(text[words:end])
    cut = words + said.span.start if said is not None else end
    if cut > words or (begin < words and said is None):
        yield begin, words, max(words, _trim(text, cut)), role
        begin = words = cut
    if said is not None:
        yield begin, words, end, "status"


def _is_mark(words: str) -> bool:
    """Whether a status in brackets is all that stands behind a title: …的问题。（正在整改）"""
    said = status.bracketed_in(words) if len(words) <= _LONGEST_STATUS else None
    return said is not None and len(words.strip("。. ")) <= said.span.end - said.span.start + 2


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _trim(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end
