"""What a notice says of its issues outside of them: in sentences about many, or that name one, and in headings."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.base.diagnostics import Span
from generator.model.listed import number_named
from generator.model.notice import IssueMarks, Passage, Status, title_of
from generator.model.numbering import label_at, number
from generator.parser import part_status, status
from generator.parser.blankets import Blanket, blankets_in
from generator.parser.body import Piece
from generator.parser.items import BodyItem, MarkAnomaly, Place, PlacedStatus
from generator.parser.ordinals import is_group, is_ordinal, meant_by, parted
from generator.parser.rules import status as rules
from generator.parser.summaries import below_answers
from generator.parser.text import sentences, squeezed
from generator.parser.title_names import core

_MOST_UNFINISHED = 20
"""Sentences outside of the issues that are asked whether they name one."""
_MOST_BLANKETS = 50
_OFTEN = 3
_SEVERAL = 2
_OF_ALL = re.compile("均|都|全部|其余|其他|上述|以上|反馈")
_OF_ALL_FED_BACK = re.compile("(?:以上|上述)(?:巡[察视])?反馈")
"""以上反馈问题: all that were fed back, and not the group."""
_UNFINISHED = re.compile(r"(?:尚|仍|还)?(?:未完成|未销号|未整改到位|正在整改|正在推进)")
_FED_BACK_BY = re.compile(rules.FED_BACK_BY)
_SHORTEST_NAME = 4
_CONTRADICTED = "称问题均已完成，而通报自述的数字并非全部完成，各问题未据此标注状态。"
_UNCLEAR = "说到多个问题的整改情况，未能逐一对应，所涉问题未据此标注状态。"


def with_blankets(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with each sentence about many issues that stands outside of them cut out as a passage `b1`, `b2`, …"""
    found: list[Piece] = []
    count, is_outside, has_issues = itertools.count(1), True, False
    names = functools.cache(lambda: _issue_names(pieces))
    for piece in pieces:
        passage = piece.passage
        if passage.role == "heading":
            is_outside, has_issues = passage.marks is None, has_issues or passage.marks is not None
        if passage.role != "prose" or not (is_outside or passage.label == ""):
            found.append(piece)
            continue
        spans = [
            one.span
            for one in itertools.islice(blankets_in(passage.words), _MOST_BLANKETS)
            if (has_issues or one.reach != "above" or one.total > 1 or _OF_ALL_FED_BACK.search(one.words))
            and (one.status or any(_fits(n, names()) for n, _ in one.named))
        ]
        found += _cut_out(piece, spans, count) if spans else [piece]
    return found


def _issue_names(pieces: Sequence[Piece]) -> list[str]:
    return [core(title_of(piece.passage)) for piece in pieces if isinstance(piece.passage.marks, IssueMarks)]


def _cut_out(piece: Piece, spans: Sequence[Span], count: Iterator[int]) -> Iterator[Piece]:
    """The piece in parts, those at `spans` of its words with an anchor."""
    words, shift = piece.passage.words, piece.end - len(piece.passage.words)
    ends = [0, *(place for span in spans for place in (span.start, span.end)), len(words)]
    is_first = True
    for at, (start, end) in enumerate(itertools.pairwise(ends)):
        text = words[start:end].strip()
        if not text and (spans or not is_first):
            continue
        begin = words.index(text, start)
        passage = Passage(
            words=text, role=piece.passage.role, anchor=f"b{next(count)}" if at % 2 else piece.passage.anchor,
            run_on=not is_first or piece.passage.run_on, label=piece.passage.label if is_first else "",
        )  # fmt: skip
        yield Piece(passage, piece.paragraph, shift + begin, shift + begin + len(text), piece.line)
        is_first = False


@dataclass(frozen=True, slots=True)
class Around:
    """What the words outside of the issues say of them."""

    rest: dict[int, PlacedStatus] = field(default_factory=dict)
    """Of an issue that a sentence about many speaks of and does not name, by the index of its heading."""
    named: dict[int, PlacedStatus] = field(default_factory=dict)
    """Of an issue that such a sentence names."""
    spread: set[int] = field(default_factory=set)
    """Passages inside an issue that speak of others too."""
    unfinished: tuple[tuple[Place, str, tuple[str, ...]], ...] = ()
    """Sentences that name unfinished issues (尚未完成整改2条,一是“…”;二是…, FORMATS d), their words without marks, and
    the names that they quote."""
    headings: dict[int, Status] = field(default_factory=dict)
    """What a heading that is no issue and no follow-up says of all beneath it, by its index."""
    formulas: frozenset[str] = frozenset()
    """Sentences that close many answers: what the notice says of every issue, it says of the issue."""
    inspector: str = ""
    """Who inspected; empty: not known."""
    followed: frozenset[int] = frozenset()
    """The issues that the notice's own list of unfinished matters names, when each of its items names one."""
    mark_anomalies: list[MarkAnomaly] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        body: Sequence[Passage],
        items: Sequence[BodyItem],
        *,
        is_unfinished: bool,
        inspector: str | None,
        followed: frozenset[int],
    ) -> Around:
        """What stands around the issues of a body; `is_unfinished`: by the notice's totals not all are done."""
        titles = ((i, title_of(p)) for i, p in enumerate(body) if p.role == "heading" and p.marks is None)
        below = Counter(at for item in items if item.is_issue for at in item.above)
        headings = {index: said for index, title in titles if (said := part_status.of_heading(title, below[index]))}
        closing = Counter(squeezed(passage.words) for passage in body if passage.role == "status" and not passage.label)
        formulas = frozenset(words for words, count in closing.items() if count >= _OFTEN)
        around = cls(
            unfinished=tuple(_unfinished(body)),
            headings=headings,
            formulas=formulas,
            inspector=inspector or "",
            followed=followed,
        )
        issues = [item for item in items if item.is_issue]
        under = -1
        for index, passage in enumerate(body):
            under = index if passage.role == "heading" else under
            if passage.anchor and passage.anchor.startswith("b") and passage.role == "prose":
                for blanket in blankets_in(passage.words):
                    targets = _meant(blanket, index, under, issues)
                    is_of_all = len(targets) == len(issues)
                    if (
                        is_unfinished
                        and is_of_all
                        and blanket.status == "done"
                        and not (blanket.named or blanket.excepted)
                    ):
                        around.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _CONTRADICTED))
                        continue
                    around._apply(blanket, Place(index), targets, body)
        for group, behind in _groups(issues):
            if len(around.spread) < _MOST_BLANKETS:
                around._read_inside(issues[:behind], group, body, is_last=behind == len(issues))
        return around

    def _read_inside(
        self, so_far: Sequence[BodyItem], group: Sequence[BodyItem], body: Sequence[Passage], *, is_last: bool
    ) -> None:
        """A sentence at the end of the last issue of a group that speaks of those above it too."""
        for index, passage in group[-1].last_first("status"):
            blankets = list(blankets_in(passage.words))
            blanket = blankets[0] if blankets else None
            is_apart = len(group) > 1 and not passage.run_on and not passage.label
            is_of_many = is_apart and status.is_of_many(passage.words)
            if blanket is None and is_of_many:
                self.spread.add(index)
                self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))
            is_of_group = blanket is not None and (blanket.reach == "part" or _is_open_above(blanket))
            is_of_named = blanket is not None and len(blanket.named) >= _SEVERAL
            if blanket is None or not (
                blanket.is_plural or blanket.ordinals or is_of_named or is_of_many or is_of_group
            ):
                continue
            if (
                passage.label
                and not blanket.ordinals
                and len(blanket.named) < _SEVERAL
                and blanket.total < _SEVERAL
                and not _OF_ALL.search(blanket.words)
            ):
                continue  # 整改结果：问题正在整改
            targets = _reached(blanket, passage, so_far, group, body, is_last=is_last)
            if len(targets) > 1:
                self.spread.add(index)
                self._apply(blanket, Place(index), targets, body)
                for other in blankets[1:]:
                    if other.named:  # 问题1—4已完成整改；问题5正在整改
                        self._apply(other, Place(index), targets, body)
                if not (blanket.status or blanket.named):
                    self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))
            elif blanket.named:
                if blanket.ordinals:
                    self.spread.add(index)
                self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))
            return

    def _apply(self, blanket: Blanket, place: Place, targets: Sequence[BodyItem], body: Sequence[Passage]) -> None:
        """Note what a sentence says of the issues that it speaks of; nothing of the rest when one name is not found."""
        by = _FED_BACK_BY.search(blanket.words)
        if by is not None and self.inspector and by["by"] not in self.inspector:
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", place, _UNCLEAR))
            return
        names, is_found = _named_in(blanket, targets, body)
        if not blanket.named and self.followed and _LISTED_APART.search(blanket.words):
            names, is_found = dict.fromkeys(self.followed, "ongoing"), True
        is_counted = not (blanket.groups and blanket.rest) or blanket.rest + len(names) == len(targets)
        is_fitting = blanket.total in (0, len(targets)) or (blanket.reach != "part" and blanket.total > len(targets))
        is_whole = is_found and is_counted and is_fitting
        for at, said in names.items():
            self.named[at] = PlacedStatus(said, place, is_own=True)
        if not (is_whole if blanket.status else is_found):
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", place, _UNCLEAR))
        if blanket.status is None or not is_whole:
            return
        for item in targets:
            if item.at not in names:
                before = self.rest.get(item.at)
                if before is None or before.status == "done":
                    self.rest[item.at] = PlacedStatus(blanket.status, place)


_LISTED_APART = re.compile(
    r"除(?:[^，,。；]{0,12}?(?:进一步|继续|持续|尚未|未|正在)(?:整改|完成|推进)[^，,。；]{0,6}|后文所列|下列|下述|第[^，,。；]{1,4}部分)(?:事项|问题|任务|清单)[^，,。；]{0,4}外"
)
"""All but those that the list of unfinished matters names: 除需进一步整改的事项外，其余问题均已整改完成."""


def _named_in(blanket: Blanket, targets: Sequence[BodyItem], body: Sequence[Passage]) -> tuple[dict[int, Status], bool]:
    """What a sentence says of the issues that it names, by the index of their headings; and whether all are found.

    The name of a group means all below its heading, where as many are counted: “主体责任压得不实”方面的2个问题.
    """
    names: dict[int, Status] = {}
    in_groups: set[int] = set()
    below: set[int] = set()
    all_found, of_groups = True, False
    for name, said in blanket.named:
        meant = _named_by(name, targets, blanket.total, body)
        if not meant and is_ordinal(name) and parted(name).sign:
            continue  # a sign that is explained, and that no title bears
        if not meant and (meant := _below_named(name, targets, body)):
            below |= {item.at for item in meant}
        elif said == "done" and not is_ordinal(name):  # 公车管理不严问题相关科室已整改完成: of less than the problem
            meant = [item for item in meant if core(name) in item.name]
        all_found, of_groups = all_found and bool(meant), of_groups or is_group(name)
        in_groups |= {item.at for item in meant if name in blanket.groups}
        for item in meant:
            names[item.at] = said if names.get(item.at, said) == said else "ongoing"
    is_found = all_found and len(names) - len(in_groups) == blanket.excepted
    if is_found:
        return names, True
    # 第二方面1个问题: which one?
    return {} if of_groups else {at: said for at, said in names.items() if at not in below}, False


def _is_open_above(blanket: Blanket) -> bool:
    """Whether it says of those above that they are unfinished: 上列问题将于明年年底前整改完成."""
    return blanket.reach == "above" and blanket.status in ("ongoing", "long-term")


def _fits(words: str, names: Sequence[str]) -> bool:
    name = core(words)
    return is_ordinal(words) or (len(name) >= _SHORTEST_NAME and any(name in other or other in name for other in names))


def _meant(blanket: Blanket, index: int, under: int, issues: Sequence[BodyItem]) -> Sequence[BodyItem]:
    """The issues that a sentence outside of them speaks of, which stands at `index` below the heading at `under`."""
    if blanket.reach == "above":
        above = [item for item in issues if item.at < index]
        is_of_all = not above and (blanket.total == len(issues) or _OF_ALL_FED_BACK.search(blanket.words) is not None)
        return issues if is_of_all else above
    inside = [item for item in issues if item.at > index and under in item.above]
    if blanket.reach in ("below", "part") or (inside and blanket.total == len(inside)):
        return inside or [item for item in issues if item.at > index and blanket.reach == "below"]
    return issues


def _named_by(name: str, targets: Sequence[BodyItem], total: int, body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues that a name or a number in a sentence about `total` issues means: 第3项, 第二方面, “公车管理不严”.

    A number is sure where the sentence counts all that it speaks of, or where they are numbered so.
    """
    if not is_ordinal(name):
        item = _by_name(core(name), targets)
        return [item] if item else []
    ordinal = parted(name)
    if ordinal.sign:
        return [item for item in targets if ordinal.sign in item.head.label + item.head.words]
    if ordinal.groups:
        inside = [_of_group(group, ordinal.unit, targets, body) for group in ordinal.groups]
        if not ordinal.numbers:
            return [item for group in inside for item in group] if all(inside) else []
        return _numbered(ordinal.numbers, inside[0], is_counted=False, is_group=True) if len(inside) == 1 else []
    return _numbered(name, targets, is_counted=total == len(targets))


def _below_named(name: str, targets: Sequence[BodyItem], body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues below the one heading that a name means: “监督责任履行不力”方面."""
    words = core(name.strip("“”"))
    if len(words) < _SHORTEST_NAME:
        return []
    heads = {at for item in targets for at in item.above}
    found = [at for at in heads if core(title_of(body[at])) == words]
    return [item for item in targets if found[0] in item.above] if len(found) == 1 else []


def _of_group(value: int, unit: str, targets: Sequence[BodyItem], body: Sequence[Passage]) -> Sequence[BodyItem]:
    """The issues below the heading that 第二部分, 第二方面 or 第二类 means; none where it may be another one.

    A 部分 is of the outermost level, a 方面 of the outermost one that parts the issues; a 类 may be of any that does.
    """
    held: dict[int, int] = {}
    for item in targets:
        for at in item.above:
            held[at] = held.get(at, 0) + 1
    heads = [at for at in held if (unit == "部分" or held[at] < len(targets))]
    levels = {body[at].level for at in heads}
    if unit != "类":
        heads = [at for at in heads if body[at].level == min(levels)]
    found = [at for at in heads if _value(body[at].label) == value]
    return [item for item in targets if found[0] in item.above] if len(found) == 1 else []


def _numbered(
    name: str, targets: Sequence[BodyItem], *, is_counted: bool, is_group: bool = False
) -> Sequence[BodyItem]:
    """The issues whose place among the targets the words mean, where no other one bears the number."""
    places = meant_by(name, len(targets))
    numbers = [_value(item.head.label) for item in targets]
    in_order = numbers == list(range(1, len(targets) + 1))
    is_free = is_group and not {*places} & {*numbers}
    return [targets[place - 1] for place in places] if in_order or is_counted or is_free else []


def _value(printed: str) -> int | None:
    """The value of a heading's number, also without a stop, `1 ` of 1 党员发展程序不规范; or in words: 对问题1："""
    label = label_at(printed)
    return label.value if label else number(printed.strip()) or number_named(printed)


def _by_name(name: str, items: Sequence[BodyItem]) -> BodyItem | None:
    """The one issue whose title holds a name, or that a name holds."""
    if len(name) < _SHORTEST_NAME:
        return None
    found = [item for item in items if name in item.name or (len(item.name) >= _SHORTEST_NAME and item.name in name)]
    return found[0] if len(found) == 1 else None


def _groups(issues: Sequence[BodyItem]) -> Iterator[tuple[Sequence[BodyItem], int]]:
    """Issues in a row below the same headings, and the index behind each such group."""
    start = 0
    for index, item in enumerate(issues):
        if index + 1 == len(issues) or issues[index + 1].above != item.above:
            yield issues[start : index + 1], index + 1
            start = index + 1


def _reached(
    blanket: Blanket,
    passage: Passage,
    so_far: Sequence[BodyItem],
    group: Sequence[BodyItem],
    body: Sequence[Passage],
    *,
    is_last: bool,
) -> Sequence[BodyItem]:
    """The issues that a sentence at the end of the last one of a group speaks of: the group, all so far, or that one.

    以上问题 at the end of every issue means each of them. Where it stands at the end of a group alone, on a line of its
    own, it means the group.
    """
    if blanket.reach == "all" and not (blanket.status or blanket.named):
        return so_far if is_last else group[-1:] if passage.run_on else group
    if blanket.total > 1:
        is_of_more = is_last and blanket.total > len(so_far)  # 以上10个问题: some stand below one title
        rest = so_far if is_of_more else group[-1:]
        return next((whole for whole in (group, so_far) if len(whole) == blanket.total), rest)
    if blanket.ordinals:
        wholes = (group, so_far)
        total, names = blanket.total, blanket.ordinals
        return next((whole for whole in wholes if all(_named_by(n, whole, total, body) for n in names)), group[-1:])
    if blanket.reach == "part":
        return group
    if blanket.reach != "above" or blanket.excepted or blanket.groups:  # 以上问题除1个外: of several
        return so_far if is_last else group[-1:]
    if is_last and _OF_ALL_FED_BACK.search(blanket.words):
        return so_far
    has_own = any(below.role == "status" for item in group[:-1] for below in item.below)
    return group[-1:] if has_own or passage.run_on else group


def _outside(body: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    """The passages under no issue and no follow-up, and the summaries behind the last answer, each with its index."""
    is_outside, summaries = True, set(below_answers(body))
    for index, passage in enumerate(body):
        if passage.role == "heading":
            is_outside = passage.marks is None
        if is_outside or index in summaries:
            yield index, passage


_QUOTED = re.compile(r"“([^“”]{4,60})”(?:的?问题|[，,；;。]|$)")


def _unfinished(body: Sequence[Passage]) -> Iterator[tuple[Place, str, tuple[str, ...]]]:
    places = (
        Place(index, Span(found.start(), span.end))
        for index, passage in _outside(body)
        if passage.role == "prose" and not passage.anchor and _UNFINISHED.search(passage.words)
        for span in sentences(passage.words, "。")
        if (found := _UNFINISHED.search(passage.words, span.start, span.end))
    )
    for place in itertools.islice(places, _MOST_UNFINISHED):
        words = place.of(body)
        yield place, core(words), tuple(core(found[1]) for found in _QUOTED.finditer(words))
