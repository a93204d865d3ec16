"""How many problems were fed back, in how many aspects and groups, how many are done: what relates the numbers.

反馈7项问题，细化分解为20个具体问题，已完成整改20个: the finer number is what 已完成 counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from generator.base.diagnostics import Span
from generator.parser.mentions import Mention, all_done, mentions_in
from generator.parser.rules.figure_patterns import Thing


@dataclass
class Totals:
    """The totals that a notice gives of its problems."""

    values: dict[str, int] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)
    grains: list[int] = field(default_factory=list)
    """Numbers of problems, the finer behind the coarser."""
    is_detailed: bool = False
    rivals: list[tuple[Span, int]] = field(default_factory=list)
    """Other numbers of the problems that were fed back, which no relation explains."""
    is_of_tasks: bool = False
    """It is tasks that were announced: 整改任务35项."""
    _is_within: bool = False
    """The unfinished are counted among the done: 已整改18条，其中长期坚持2条."""
    _counted: Thing | Literal["part"] = "problems"
    """What a bare number behind it goes on counting."""
    _part: int = 0
    """How many a bare number counted last, when that is a part."""
    _unit: str = ""
    """The measure word of what was counted last, when that is not problems."""
    _summands: list[int] = field(default_factory=list)
    _problem_unit: str = ""
    _task_unit: str = ""
    """The measure word of the tasks that the problems were parted into, where it is another than theirs."""
    _faults: dict[int, Span] = field(default_factory=dict)
    """Numbers of 表现 that problems were said to have, and where: 14个问题44个具体表现."""

    def read(self, text: str, offset: int) -> None:
        """Take in the totals of one paragraph, which stands at `offset`; what was said before stays."""
        self._counted, self._unit, self._summands = "problems", "", []
        mentions = mentions_in(text)
        for index, mention in enumerate(mentions):
            behind = mentions[index + 1 : index + 4]
            self._take(mention, behind, offset)
            is_whole = mention.n in self.grains[-1:] or mention.thing == "measures"
            if is_whole or not behind:
                self._read_all_done(text[: behind[0].span.start if behind else len(text)], mention, offset)
        if not mentions:
            self._read_all_done(text, None, offset)

    def _read_all_done(self, text: str, mention: Mention | None, offset: int) -> None:
        if self._counted == "part" or not self.grains:
            return
        is_plain = self._counted == "problems" or (mention is not None and mention.n == self.grains[-1])
        if span := all_done(text, mention.span.end if mention else 0, is_plain=is_plain):
            self._keep("done", self.grains[-1], Span(span.start + offset, span.end + offset))

    def drop_impossible(self) -> tuple[tuple[Span, str], ...]:
        """Leave out totals of which one cannot be right: more are done than there are; says which and why."""
        self._count_faults()
        issues, done, ongoing = (self.values.get(name) for name in ("issues", "done", "ongoing"))
        if issues is None or done is None:
            return ()
        if done > issues:
            found = ((self.spans["done"], f"自述已完成{done}项，多于问题总数{issues}项，两数均未采用。"),)
            for name in ("issues", "done"):
                del self.values[name], self.spans[name]
            return found
        if ongoing is not None and done + ongoing > issues and not self._is_within:
            return ((self.spans["ongoing"], f"自述已完成{done}项、未完成{ongoing}项，合计多于问题总数{issues}项。"),)
        return ()

    def _count_faults(self) -> None:
        """Take the 表现 for the problems where more are done than there are problems: 8个问题27个表现，已完成26个."""
        issues, done = self.values.get("issues"), self.values.get("done")
        if issues is None or done is None or done <= issues or "groups" in self.values:
            return
        if (finer := next((n for n in self._faults if n >= done), None)) is not None:
            self._keep("groups", issues, self.spans["issues"])
            self.values["issues"], self.spans["issues"] = finer, self._faults[finer]

    def _keep(self, name: str, value: int, span: Span) -> None:
        if name not in self.values:
            self.values[name], self.spans[name] = value, span

    def _take(self, mention: Mention, behind: Sequence[Mention], offset: int) -> None:
        span = Span(mention.span.start + offset, mention.span.end + offset)
        if mention.is_partial:
            self._summands += [mention.n] if mention.thing == "problems" else []  # 立行立改问题3个，合计23个
            if not mention.is_aside:
                self._turn_to("part", "")
                self._part = mention.n
        elif mention.thing in ("aspects", "groups"):
            if _leads_to_problems(mention, behind):
                self._keep(mention.thing, mention.n, span)
                self._turn_to("problems", "")
        elif mention.thing == "bare" and not mention.state:
            if mention.is_sum and mention.n == sum(self._summands):
                self._announce(mention, span)
            elif behind and behind[0].is_joined and behind[0].thing == "problems":
                self._keep("groups", mention.n, span)
        elif mention.thing == "bare":
            if self._counts_problems(mention):
                self._state(mention, span)
        else:
            self._take_thing(mention, span)

    def _counts_problems(self, mention: Mention) -> bool:
        """Whether a bare number counts problems, and not what was spoken of last: 制定措施52条，已完成48条."""
        if self._counted == "part" and mention.is_of_rectifying and mention.n > self._part:
            self._turn_to("problems", "")  # 立行立改4个，已完成整改10个: they are more than the part
        if self._counted in ("problems", "part"):
            return self._counted == "problems"
        if mention.unit == self._task_unit:
            return False  # 细化为47项任务，制定措施139条，完成41项
        if mention.n in self.grains[-1:]:
            return True
        if self._counted == "other" and mention.is_of_rectifying and mention.n < max(self.grains, default=0):
            return True  # 完善制度14个，…已完成整改29个: no 制度 is rectified
        return mention.unit != self._unit and (mention.is_of_rectifying or self._counted == "measures")

    def _turn_to(self, thing: Thing | Literal["part"], unit: str) -> None:
        self._counted, self._unit = thing, unit

    def _take_thing(self, mention: Mention, span: Span) -> None:
        is_announced = mention.state in ("", "mostly") or mention.is_all
        if mention.thing == "tasks" and mention.is_of_rectifying and is_announced and not self.grains:
            self.is_of_tasks = True
        if mention.thing == "problems" or (mention.thing == "tasks" and self.is_of_tasks):
            self._turn_to("problems", "")
            if is_announced:
                self._announce(mention, span)
            self._state(mention, span)
            return
        if mention.thing == "tasks" and mention.is_finer and self.grains and mention.unit != self._problem_unit:
            self._task_unit = mention.unit
        if mention.is_fault and mention.is_joined:
            self._faults.setdefault(mention.n, span)
        if not mention.is_aside:
            self._turn_to(mention.thing, mention.unit)

    def _announce(self, mention: Mention, span: Span) -> None:
        """A number of problems: the first, or one that counts them in smaller parts, or the sum of those before."""
        before = self.grains[-1] if self.grains else 0
        is_whole = mention.is_sum and len(self._summands) > 1 and mention.n == sum(self._summands)
        is_joined = mention.is_joined and mention.is_fine
        is_finer = (mention.is_finer or is_joined or mention.n in self._faults) and mention.n > before
        self._summands.append(mention.n)
        if before and is_finer and not self.is_detailed:
            self._keep("groups", before, self.spans["issues"])
            self.is_detailed = True
        elif before and not is_whole:
            if mention.is_fed_back and mention.n not in (*self.grains, *self._summands[:-1]):
                self.rivals.append((span, mention.n))
            return
        self.grains.append(mention.n)
        self._problem_unit = mention.unit
        self.values["issues"], self.spans["issues"] = mention.n, span

    def _state(self, mention: Mention, span: Span) -> None:
        if mention.state in ("done", "ongoing"):
            if mention.state == "ongoing" and mention.state not in self.values:
                self._is_within = mention.is_aside
            is_later = mention.is_by_now and self.values.get("done", 0) < mention.n <= self.values.get("issues", 0)
            if mention.state == "done" and is_later:  # 集中整改期结束时完成9个；截至11月20日，已完成12个
                for name in ("done", "ongoing"):
                    self.values.pop(name, None)
                    self.spans.pop(name, None)
            self._keep(mention.state, mention.n, span)


def _leads_to_problems(mention: Mention, behind: Sequence[Mention]) -> bool:
    """Whether aspects or groups are those of problems: of 4个方面33条措施 they are not."""
    for other in behind:
        if not other.is_joined:
            break
        if other.thing not in ("aspects", "groups", "bare"):
            return other.thing == "problems" or (other.thing == "tasks" and other.is_of_rectifying)
    return mention.is_sure
