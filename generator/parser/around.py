"""What a notice says of its issues outside of them: in sentences about many, or that name one, and in headings."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.base.diagnostics import Span
from generator.model.notice import Passage, Status, title_of
from generator.parser import part_status, status
from generator.parser.blankets import Blanket, blankets_in
from generator.parser.items import BodyItem, MarkAnomaly, Place, PlacedStatus, is_blanket
from generator.parser.meant_issues import meant_behind, meant_outside, named_in
from generator.parser.rules import status as rules
from generator.parser.summaries import below_answers
from generator.parser.taken_back import meant_by_it, taken_back_in
from generator.parser.text import sentences, squeezed
from generator.parser.title_names import core

_MOST_UNFINISHED = 20
"""Sentences outside of the issues that are asked whether they name one."""
_MOST_BLANKETS = 50
_MOST_OUTSIDE = 500
"""Passages outside of the issues that are asked whether they take something back."""
_OFTEN = 3
_SEVERAL = 2
_OF_ALL = re.compile("均|都|全部|其余|其他|上述|以上|反馈")
_UNFINISHED = re.compile(r"(?:尚|仍|还)?(?:未完成|未销号|未整改到位|正在整改|正在推进)")
_FOUND_ANEW = re.compile("新(?:发现|增|查出|出现)的?[^，。]{0,6}问题")
"""What a look back found beside what is left of the first inspection: its parts say which is which, and no status."""
_FED_BACK_BY = re.compile(rules.FED_BACK_BY)
_CONTRADICTED = "称问题均已完成，而通报自述的数字并非全部完成，各问题未据此标注状态。"
_MAY_BE_OF_MORE = "可能说的不止这一个问题，前面的问题未据此标注状态。"
_UNCLEAR = "说到多个问题的整改情况，未能逐一对应，所涉问题未据此标注状态。"


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
    unsettled: frozenset[int] = frozenset()
    """Sentences with a day to come, or the mark of a note that may say less: they make nothing finished."""
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
        unsettled: frozenset[int],
    ) -> Around:
        """What stands around the issues of a body; `is_unfinished`: by the notice's totals not all are done."""
        titles = tuple((i, title_of(p)) for i, p in enumerate(body) if p.role == "heading" and p.marks is None)
        below = Counter(at for item in items if item.is_issue for at in item.above)
        is_look_back = any(_FOUND_ANEW.search(title) for _, title in titles)
        told = {index: said for index, title in titles if (said := part_status.of_heading(title, below[index]))}
        headings = {index: said for index, said in told.items() if said == "done" or not is_look_back}
        closing = Counter(squeezed(passage.words) for passage in body if passage.role == "status" and not passage.label)
        formulas = frozenset(words for words, count in closing.items() if count >= _OFTEN)
        around = cls(
            unfinished=tuple(_unfinished(body)),
            headings=headings,
            formulas=formulas,
            inspector=inspector or "",
            followed=followed,
            unsettled=unsettled,
        )
        issues = [item for item in items if item.is_issue]
        under = -1
        for index, passage in enumerate(body):
            under = index if passage.role == "heading" else under
            if is_blanket(passage):
                for blanket in blankets_in(passage.words):
                    if around._leaves_to_list(blanket, index, under, issues):
                        continue
                    targets = meant_outside(blanket, index, under, issues)
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
        around._take_back(issues, body)
        return around

    def _take_back(self, issues: Sequence[BodyItem], body: Sequence[Passage]) -> None:
        """Note which issues a sentence outside of them calls unfinished that were called finished.

        What the first part says of one may have been made good since, if it does not say what is so by now.
        """
        last = issues[-1].at if issues else 0
        for places in itertools.islice(_paragraphs(body), _MOST_OUTSIDE if issues else 0):
            starts = list(itertools.accumulate((len(body[at].words) for at in places), initial=0))
            is_behind = places[0] > last
            for one in taken_back_in("".join(body[at].words for at in places), is_behind=is_behind):
                meant, is_whole = meant_by_it(one, issues, body)
                index = places[bisect_right(starts, one.span.start) - 1]
                if one.is_made_good:
                    for item in meant:
                        if (before := self.named.get(item.at)) and before.place and before.place.at in places:
                            del self.named[item.at]
                    continue
                is_sure = is_whole and one.is_sure and (is_behind or one.is_now)
                said: Status = "ongoing" if is_sure else "unstated"
                place = Place(index)
                for item in meant:
                    before = self.named.get(item.at)
                    if one.is_sure or before is None or not before.is_open:
                        self.named[item.at] = PlacedStatus(said, place, is_own=True, is_taken_back=True)
                if one.is_sure and not is_sure:
                    self.mark_anomalies.append(MarkAnomaly("blanket-unclear", place, _UNCLEAR))

    def _leaves_to_list(self, blanket: Blanket, index: int, under: int, issues: Sequence[BodyItem]) -> bool:
        """Note what a sentence says of all issues but those of the notice's own list; False where it does not.

        One that stands below the heading of some of them, and does not count them all, may speak of these alone.
        """
        apart = blanket.apart
        if apart is None or index in self.unsettled or self._is_of_another(blanket):
            return False
        if not apart.fits(len(self.followed), len(issues)):
            return False
        below = sum(under in item.above for item in issues)
        is_of_some = blanket.reach == "part" or (blanket.reach == "above" and issues[-1].at > index)
        if is_of_some or (below not in (0, len(issues)) and not (apart.total or apart.rest)):
            return False
        for item in issues:
            if item.at not in self.followed:
                self.rest.setdefault(item.at, PlacedStatus("done", Place(index)))
        return True

    def _is_of_another(self, blanket: Blanket) -> bool:
        """Whether it names another inspection than that of the notice."""
        by = _FED_BACK_BY.search(blanket.words)
        return by is not None and bool(self.inspector) and by["by"] not in self.inspector

    def _read_inside(
        self, so_far: Sequence[BodyItem], group: Sequence[BodyItem], body: Sequence[Passage], *, is_last: bool
    ) -> None:
        """A sentence at the end of the last issue of a group that speaks of those above it too."""
        for index, passage in group[-1].last_first("status"):
            blankets = list(blankets_in(passage.words))
            blanket = blankets[0] if blankets else None
            is_apart = len(group) > 1 and not passage.run_on and not passage.label
            is_of_many = is_apart and status.is_of_many(passage.words)
            is_unread = blanket is None or not (blanket.status or blanket.named) or index in self.unsettled
            if is_unread and (is_of_many or self._may_be_of_all(passage, group)):
                self.spread.add(index)
                self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))
                return
            is_of_group = blanket is not None and (blanket.reach == "part" or _is_open_above(blanket))
            is_of_named = blanket is not None and len(blanket.named) >= _SEVERAL
            if blanket is None or not (
                blanket.is_plural or blanket.ordinals or is_of_named or is_of_many or is_of_group
            ):
                if blanket is not None:
                    self._doubt_of_one(blanket, index, group, passage)
                continue
            if (
                passage.label
                and not blanket.ordinals
                and len(blanket.named) < _SEVERAL
                and blanket.total < _SEVERAL
                and not _OF_ALL.search(blanket.words)
            ):
                continue  # 整改结果：问题正在整改
            targets = meant_behind(blanket, passage, so_far, group, body, is_last=is_last)
            if len(targets) > 1:
                self._read_of_several(blankets, index, targets, body)
            else:
                self._doubt_of_one(blanket, index, group, passage)
            return

    @staticmethod
    def _may_be_of_all(passage: Passage, group: Sequence[BodyItem]) -> bool:
        """Whether a sentence that only the last of several has may be of all: 均已整改到位，待验收."""
        is_sole = len(group) > 1 and not passage.label and not any(map(_has_status, group[:-1]))
        return is_sole and status.is_plural(passage.words)

    def _read_of_several(
        self, blankets: Sequence[Blanket], index: int, targets: Sequence[BodyItem], body: Sequence[Passage]
    ) -> None:
        self.spread.add(index)
        self._apply(blankets[0], Place(index), targets, body)
        for other in blankets[1:]:
            if other.named:  # 问题1—4已完成整改；问题5正在整改
                self._apply(other, Place(index), targets, body)
        if not (blankets[0].status or blankets[0].named):
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))

    def _doubt_of_one(self, blanket: Blanket, index: int, group: Sequence[BodyItem], passage: Passage) -> None:
        """Doubt a sentence that is taken for one of the last issue alone, where it may be of those above it too."""
        if (blanket.named or blanket.excepted) and not passage.label:
            if blanket.ordinals or (blanket.excepted and blanket.status is not None):
                self.spread.add(index)  # 以上问题除1个正在整改外，其余均已完成整改: of several
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _UNCLEAR))
        elif self._may_be_of_all(passage, group):
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(index), _MAY_BE_OF_MORE))

    def _apply(self, blanket: Blanket, place: Place, targets: Sequence[BodyItem], body: Sequence[Passage]) -> None:
        """Note what a sentence says of the issues that it speaks of; nothing of the rest when one name is not found."""
        if self._is_of_another(blanket):
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", place, _UNCLEAR))
            return
        names, is_found = named_in(blanket, targets, body)
        if not blanket.named and self.followed and _LISTED_APART.search(blanket.words):
            names, is_found = dict.fromkeys(self.followed, "ongoing"), True
        is_counted = not (blanket.groups and blanket.rest) or blanket.rest + len(names) == len(targets)
        is_fitting = blanket.total in (0, len(targets)) or (blanket.reach != "part" and blanket.total > len(targets))
        is_fitting = is_fitting and not (blanket.is_summed and blanket.total != len(targets))
        is_whole = is_found and is_counted and is_fitting
        is_unsettled = place.at in self.unsettled and "done" in (blanket.status, *names.values())
        for at, said in names.items():
            if not (is_unsettled and said == "done"):
                self.named[at] = PlacedStatus(said, place, is_own=True)
        if is_unsettled or not (is_whole if blanket.status else is_found):
            self.mark_anomalies.append(MarkAnomaly("blanket-unclear", place, _UNCLEAR))
        if blanket.status is None or not is_whole or is_unsettled:
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


def _has_status(item: BodyItem) -> bool:
    return any(passage.role == "status" for passage in item.below)


def _is_open_above(blanket: Blanket) -> bool:
    """Whether it says of those above that they are unfinished: 上列问题将于明年年底前整改完成."""
    return blanket.reach == "above" and blanket.status in ("ongoing", "long-term")


def _groups(issues: Sequence[BodyItem]) -> Iterator[tuple[Sequence[BodyItem], int]]:
    """Issues in a row below the same headings, and the index behind each such group."""
    start = 0
    for index, item in enumerate(issues):
        if index + 1 == len(issues) or issues[index + 1].above != item.above:
            yield issues[start : index + 1], index + 1
            start = index + 1


def _outside(body: Sequence[Passage]) -> Iterator[tuple[int, Passage]]:
    """The passages under no issue and no follow-up, and the summaries behind the last answer, each with its index."""
    is_outside, summaries = True, set(below_answers(body))
    for index, passage in enumerate(body):
        if passage.role == "heading":
            is_outside = passage.marks is None
        if is_outside or index in summaries:
            yield index, passage


def _paragraphs(body: Sequence[Passage]) -> Iterator[list[int]]:
    """The paragraphs of prose outside of the issues, each as the indices of its passages."""
    found: list[int] = []
    for index, passage in _outside(body):
        if passage.role != "prose":
            continue
        if found and not (passage.run_on and found[-1] == index - 1):
            yield found
            found = []
        found.append(index)
    if found:
        yield found


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
