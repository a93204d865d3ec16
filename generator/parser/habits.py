"""What a notice does in its own way, learned from its paragraphs: role labels no table knows, numbers without a stop.

A role label is a short run of words before a colon, a bracket, a stop or a blank that comes again from issue to issue.
Its words say its role, else its place among the other role labels, else what stands behind it.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model.notice import Role
from generator.model.numbering import UNIT, Label, label_at
from generator.parser import status
from generator.parser.printed_dates import tokens_of
from generator.parser.role_labels import BULLET, OwnLabel, role_label_at, role_of
from generator.parser.rules.role_labels import HINTS, NO_LEADS, NOUNS
from generator.parser.rules.status import DONE_REMARKS
from generator.parser.rules.wordlists import PROBLEM_ENDS
from generator.parser.text import Paragraph, patterns, without_note

_START = re.compile(
    BULLET + r"(?P<open>[【\[〔［（(「『《〈<])?\s?"
    r"(?P<word>[\u4e00-\u9fff][\u4e00-\u9fff、/]{1,11}|(?<=[【\[〔［])[\u4e00-\u9fff](?=[】\]〕］]))"
    r"(?P<mark>\s?[：:]|\s?[】\]〕］）)」』》〉>][：:]?|—{1,2}|[。．]|[ \u3000\u00a0\t]+|$)\s*"
)
_NOUN_AND_MARK = re.compile(f"(?:{patterns(NOUNS)})(?P<mark>[：:】〕）)])")
_MARKED = re.compile("(?:[：:]|[】〕）)][：:]?)")
_INSIDE = re.compile(r"(?:(?<=[。！？；”’）)\s\"])|(?=[【〔（(]))[【〔（(]?[\u4e00-\u9fff][\u4e00-\u9fff、]{2,10}\Z")
"""The words before that mark."""
_LONGEST_INSIDE = 12
_CLOSES = frozenset("】]〕］）)」』》〉>")
_HINTS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple((role, re.compile(pattern)) for role, pattern in HINTS)
_NO_LEAD = re.compile(patterns(NO_LEADS))
_FEWEST = 2
"""So often at least a role label comes before it is the notice's habit."""
_FEWEST_MARKLESS = 3
"""So often one that no colon and no bracket marks, and that no table knows."""
_TURNS = (None, "finding", "response")
"""Roles that take turns in an issue; who is responsible, why and until when may stand anywhere."""
_OF_WHAT_IS_LEFT = ("reason", "next")
_MOST_OWN = 40
_MOST_BESIDE = 40
"""Role labels of its own that a notice has, and role labels of one problem: a text made of them costs no more."""
_SHORT = 20
"""A status or a date alone is no longer."""
_LONG = 4
_BEHIND = 2
_STOPS = "。：:；; "
_PROBLEM_ENDS = (*PROBLEM_ENDS, "的问题")
_MOST = 0.6
"""Share of a role label's places that must agree."""
_CAPITALS = string.ascii_uppercase
_BLANK_NUMBER = re.compile(
    rf"(\d{{1,2}})[ \u3000\u00a0\t]+(?=[\u4e00-\u9fff“《【])(?!{UNIT}|[年月日号时分岁人名次件条项])"
)


class Habits(NamedTuple):
    """What a notice does in its own way."""

    own_labels: tuple[OwnLabel, ...] = ()
    """Its own role labels, each as it is printed."""
    numbers_by_blank: bool = False
    """It numbers by `1 关于…`."""
    letters: bool = False
    """It numbers by A., B., …, so that I. is the ninth."""
    numbers_behind_label: bool = False
    """It numbers behind the label of each problem: 反馈问题：1.…, 反馈问题：2.…"""
    parts_brackets: bool = False
    """（1） numbers groups, and 1） the problems in them."""

    def label_of(self, text: str, label: Label | None) -> Label | None:
        """The number that a paragraph begins with, what is printed twice (1.1.关于…) taken together.

        `label` is what it would be in any notice.
        """
        if label is None and self.numbers_by_blank and (found := _BLANK_NUMBER.match(text)):
            return Label("ar-blank", int(found[1]), found[1], found.end())
        if label is None and self.numbers_behind_label:
            return _behind_finding(text)
        if label is None:
            return None
        if self.letters and label.style == "roman" and label.printed[0] in _CAPITALS:
            label = label._replace(style="capital", value=_CAPITALS.index(label.printed[0]) + 1)
        if self.parts_brackets and _is_half_bracket(label):
            label = label._replace(style=f"{label.style}-half")
        return _twice(text, label) if text.startswith(label.printed, label.end) else label


def _is_half_bracket(label: Label) -> bool:
    """Whether it is 1） and not （1）."""
    return label.style in ("ar-paren", "cn-paren") and label.printed[-1] in "）)" and label.printed[0] not in "（("


def _parts_brackets(numbered: Sequence[Label | None]) -> bool:
    """Whether 1） or 一） stands right below （1） or （一）, more than once."""
    below = 0
    for above, label in itertools.pairwise(numbered):
        if above and label and above.style == label.style and label.value == 1:
            below += _is_half_bracket(label) and above.printed[0] in "（("
    return below >= _FEWEST


_MAY_NUMBER = re.compile(r"[^：:】\]\d]{2,12}[：:】\]]{1,2}\s?[（(]?\d")
"""A quick look before the role label is read."""


def _behind_finding(text: str) -> Label | None:
    """The number behind the role label of what was found, both of them taken for the number."""
    role_label = role_label_at(text) if _MAY_NUMBER.match(text) else None
    number = label_at(text, role_label.end) if role_label is not None and role_label.role == "finding" else None
    return number and number._replace(printed=text[: number.end].rstrip())


def _numbers_behind_label(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether numbers behind the role label of what was found go on from one problem to the next."""
    found = [label for paragraph in paragraphs if (label := _behind_finding(paragraph.text)) is not None]
    steps = [below.value - above.value for above, below in itertools.pairwise(found) if above.style == below.style]
    return bool(steps) and steps.count(1) * 2 >= len(steps) and steps.count(1) > 0


def _twice(text: str, label: Label) -> Label:
    """The label and its copy right behind it."""
    end = label.end + len(label.printed)
    while end < len(text) and text[end].isspace():
        end += 1
    return label._replace(printed=text[:end].rstrip(), end=end)


class _LabelCandidate(NamedTuple):
    """A run of words that may be a role label, at one place."""

    at: int
    word: str
    form: str
    """As printed, with its mark."""
    mark: str
    words: str
    """What stands behind it in its paragraph."""
    is_behind_finding: bool
    """Between it and the problem's number stands what was found, and no role label does."""


def habits_of(paragraphs: Sequence[Paragraph], numbered: Sequence[Label | None]) -> Habits:
    """The habits of a notice whose paragraphs are given, each with the number that it begins with."""
    blanks = [found for paragraph in paragraphs if (found := _BLANK_NUMBER.match(paragraph.text))]
    by_blank = [int(found[1]) for found in blanks]
    is_series = 1 in by_blank and 2 in by_blank
    heads = [
        label is not None or (is_series and _BLANK_NUMBER.match(paragraph.text) is not None)
        for label, paragraph in zip(numbered, paragraphs, strict=True)
    ]
    blocks = _blocks(heads)
    own = list(_own(list(_seen(paragraphs, numbered)), blocks))
    known = {role_label.form for role_label in own}
    own += [role_label for role_label in _own_inside(paragraphs) if role_label.form not in known]
    return Habits(
        own_labels=tuple(own[:_MOST_OWN]),
        numbers_by_blank=is_series,
        letters=_has_letters(numbered),
        numbers_behind_label=_numbers_behind_label(paragraphs),
        parts_brackets=_parts_brackets(numbered),
    )


def _has_letters(numbered: Sequence[Label | None]) -> bool:
    """Whether the notice numbers by letters: A. and B., and none of the Roman numbers that are several letters."""
    printed = {label.printed.rstrip("、．.)）") for label in numbered if label and label.style in ("capital", "roman")}
    return {"A", "B"} <= printed and not {"II", "III", "IV"} & printed


def _blocks(heads: Sequence[bool]) -> list[int]:
    """For each paragraph: below which numbered one it stands."""
    blocks, number = [], 0
    for is_head in heads:
        number += is_head
        blocks.append(number)
    return blocks


def _seen(paragraphs: Sequence[Paragraph], numbered: Sequence[Label | None]) -> Iterator[_LabelCandidate]:
    behind = 0
    """Paragraphs behind the number of a problem; 0: none is open."""
    for index, (paragraph, label) in enumerate(zip(paragraphs, numbered, strict=True)):
        if label is not None and not paragraph.is_row and (numbered_one := _with_stop(index, paragraph.text, label)):
            yield numbered_one
            continue
        if label is not None or paragraph.is_row:
            behind = int(label is not None and without_note(paragraph.text.rstrip(_STOPS)).endswith(_PROBLEM_ENDS))
            continue
        found = _START.match(paragraph.text)
        if found is None or (found["mark"].strip() in _CLOSES and not found["open"]):
            behind += bool(behind)
            continue
        mark = "" if not found["mark"] else found["mark"].strip()[:1] or " "
        yield _LabelCandidate(
            index, found["word"], found[0].rstrip(), mark, paragraph.text[found.end() :], behind == _BEHIND
        )
        behind = 0 if _kind(mark) == "marked" else behind + bool(behind)


def _with_stop(index: int, text: str, label: Label) -> _LabelCandidate | None:
    """A known role label behind a number, which a stop ends: 1.整改措施。修订…"""
    head = text[label.end : label.end + _LONGEST_INSIDE + _BEHIND]
    found = _START.match(head) if "。" in head[:-1] else None
    if found is None or found["open"] or found["mark"].strip() not in ("。", "．") or role_of(found["word"]) is None:
        return None
    return _LabelCandidate(index, found["word"], found[0].rstrip(), "。", text[label.end + found.end() :], False)


def _own_inside(paragraphs: Sequence[Paragraph]) -> Iterator[OwnLabel]:
    """The role labels that no table knows and that stand inside of paragraphs: 关于…的问题。整改实效：…"""
    places: dict[str, set[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        for form in _forms_in(paragraph.text):
            places.setdefault(form, set()).add(index)
    for form, at in places.items():
        word = form.strip("【〔（(：:】〕）)").strip()
        is_status = status.decisive(word) is not None  # （该问题已完成整改）
        if len(at) >= _FEWEST_MARKLESS and role_of(word) is None and not _NO_LEAD.match(word) and not is_status:
            role = _hinted(word)
            if role == "status" and word.endswith("说明"):
                role = "response"  # 整改进度说明：…
            if role in ("finding", "response"):
                yield OwnLabel(form, role)


def _forms_in(text: str) -> Iterator[str]:
    """Words with their mark that may be a role label inside of a text: a noun is the last of them."""
    for noun in _NOUN_AND_MARK.finditer(text):
        at = noun.start("mark")
        found = _INSIDE.search(text, max(0, at - _LONGEST_INSIDE), at)
        if found and (marked := _MARKED.match(text, at)):
            yield text[found.start() : marked.end()]


def _own(seen: Sequence[_LabelCandidate], blocks: Sequence[int]) -> Iterator[OwnLabel]:
    """The role labels among what was seen that no table knows, or not with the mark that they have here."""
    places: dict[tuple[str, str], list[_LabelCandidate]] = {}
    for one in seen:
        if one.word in DONE_REMARKS or _NO_LEAD.match(one.word):
            continue  # 【整改完成】修订办法
        if one.words or status.decisive(one.word) is None:  # （该问题已完成整改）
            places.setdefault((one.word, _kind(one.mark)), []).append(one)
    recurring = {
        key: found
        for key, found in places.items()
        if len({blocks[one.at] for one in found}) >= _FEWEST or _is_usual(found[0]) or _tells_alone(key)
    }
    if len(recurring) > _MOST_OWN:  # the commonest
        recurring = dict(sorted(recurring.items(), key=lambda item: -len(item[1]))[:_MOST_OWN])
    ranks = _Ranks(recurring, blocks)
    answers = _first_answers(recurring, blocks)
    for (word, kind), found in recurring.items():
        role = role_of(word)
        if role == "response" and _is_outcome(found, answers, blocks):
            role = "status"  # 整改措施：…, then 整改结果：已完成
        elif role is not None and _is_usual(found[0]):
            continue  # every notice's
        if role is None:
            role = ranks.known[word, kind] or (ranks.role(word, kind) if kind == "marked" else None)
        if role is not None and not (role == "finding" and found[0].mark in "—-"):  # 问题——… is a title
            for form in dict.fromkeys(one.form for one in found):
                yield OwnLabel(form, role, needs_blank=kind == "blank", is_alone=kind == "alone")


def _first_answers(
    recurring: Mapping[tuple[str, str], Sequence[_LabelCandidate]], blocks: Sequence[int]
) -> Mapping[int, tuple[int, str]]:
    """For each problem: where its first role label of an answer stands, and its word."""
    first: dict[int, tuple[int, str]] = {}
    for (word, _), found in recurring.items():
        for one in found if (role_of(word) or _hinted(word)) == "response" else ():
            block = blocks[one.at]
            first[block] = min(first.get(block, (one.at, word)), (one.at, word))
    return first


def _is_outcome(
    found: Sequence[_LabelCandidate], answers: Mapping[int, tuple[int, str]], blocks: Sequence[int]
) -> bool:
    """Whether a label of an answer leads in how far the issue is, behind another one that leads in what was done."""
    if _said(found) != "status":
        return False
    behind = [one for one in found if blocks[one.at] in answers and answers[blocks[one.at]][0] < one.at]
    return len(behind) >= _MOST * len(found) and all(answers[blocks[one.at]][1] != one.word for one in behind)


def _is_usual(one: _LabelCandidate) -> bool:
    """Whether the run is a role label in any notice."""
    blank = " " if one.mark == " " else ""
    return role_label_at(f"{one.form}{blank}{one.words}") is not None


def _tells_alone(key: tuple[str, str]) -> bool:
    """Whether words say so well what they lead in that they need not come again."""
    word, kind = key
    return kind == "marked" and len(word) >= _LONG and _hinted(word) in ("reason", "next", "deadline")


def _kind(mark: str) -> str:
    """How words are set off: marked by a colon or brackets, by a stop, by a blank, or alone in their line."""
    if not mark:
        return "alone"
    if mark in "。．":
        return "stop"
    return "blank" if mark == " " else "marked"


def _leads_in(found: Sequence[_LabelCandidate]) -> bool:
    """Whether a run that no colon marks is a noun with words behind it each time: 核改情况。一是…"""
    word = found[0].word
    is_noun = word.endswith(NOUNS) and status.decisive(word) is None  # 已完成整改。一是… says how far the issue is
    return is_noun and all(one.words or one.mark == "" for one in found)


def _hinted(word: str) -> Role | None:
    """The role that the words themselves say."""
    return next(_hints(word), None)


def _hints(word: str) -> Iterator[Role]:
    """The roles that the words may say, the likeliest first; 整改进度说明 and 销号依据 may tell what was done."""
    return (role for role, pattern in _HINTS if pattern.search(word))


def _said(found: Sequence[_LabelCandidate]) -> Role | None:
    """The role that what stands behind a role label says: a status each time, or a date."""
    values = [one.words for one in found if one.words]
    short = [words for words in values if len(words) <= _SHORT]
    if len(short) < _MOST * len(values) or not short:
        return None
    if sum(status.decisive(words) is not None for words in short) >= _MOST * len(values):
        return "status"
    if sum(any(True for _ in tokens_of(words)) for words in short) >= _MOST * len(values):
        return "deadline"
    return None


def _role(key: tuple[str, str], found: Sequence[_LabelCandidate]) -> Role | None:
    word, kind = key
    if kind != "marked" and role_of(word) is None and (len(found) < _FEWEST_MARKLESS or not _leads_in(found)):
        return None
    hinted = _hinted(word)
    if hinted in ("status", "deadline") and _said(found) != hinted:
        hinted = "response" if "response" in _hints(word) else None  # 销号依据：…, 整改进度说明：… tell what was done
    return role_of(word) or hinted or (_said(found) if kind == "marked" else None)


class _Ranks:
    """Which of the role labels of an issue comes first, and which last."""

    def __init__(self, recurring: Mapping[tuple[str, str], Sequence[_LabelCandidate]], blocks: Sequence[int]) -> None:
        self._order: dict[int, list[tuple[int, tuple[str, str]]]] = {}
        self._blocks = blocks
        self._recurring = recurring
        self.known = {key: _role(key, found) for key, found in recurring.items()}
        """What the words of a role label say, or what stands behind it."""
        role_labels = (found for key, found in recurring.items() if self.known[key] or key[1] == "marked")
        for found in role_labels:
            for one in found:
                beside = self._order.setdefault(blocks[one.at], [])
                if len(beside) < _MOST_BESIDE:
                    beside.append((one.at, (one.word, _kind(one.mark))))
        for keys in self._order.values():
            keys.sort()

    def role(self, word: str, kind: str) -> Role | None:
        """What was found, where an answer follows; the answer, where it comes first or behind what was found."""
        votes: list[Role | None] = []
        for one in self._recurring[word, kind]:
            beside = [key for _, key in self._order[self._blocks[one.at]]]
            keys = [key for key in beside if self.known[key] in _TURNS]
            if (word, kind) not in keys:
                continue
            if keys == beside[:1] and any(self.known[key] in _OF_WHAT_IS_LEFT for key in beside):
                votes.append("finding")  # 事项说明：…, then why it is unfinished, and what comes next
                continue
            rank = keys.index((word, kind))
            votes.append(self._vote(rank, [self.known[key] for key in keys], told=one.is_behind_finding))
        best = max(set(votes), key=votes.count, default=None)
        return best if votes.count(best) >= _MOST * len(votes) else None

    @staticmethod
    def _vote(rank: int, roles: Sequence[Role | None], *, told: bool) -> Role | None:
        """The role of the role label at `rank` among those of an issue; `told`: what was found stands above it."""
        if "response" in roles:
            is_before = rank == 0 and roles.index("response") > 0
            return ("prose" if told else "finding") if is_before else None
        if roles[0] == "finding":
            return "response" if rank == 1 else None
        if roles[0] is not None:
            return None
        is_alone = roles.count(None) == 1
        if rank == 0:
            return "response" if is_alone or told else "finding"
        return "response" if rank == 1 and not told else None
