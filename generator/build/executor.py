"""Makes what a plan says: takes over what has the same inputs as before, and makes the rest in several processes."""

from __future__ import annotations

import contextlib
import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.base.clearing import listed_in
from generator.base.diagnostics import DiscloseError
from generator.base.staging import Staging, Written
from generator.base.workers import Progress, in_processes
from generator.build.made import NOT_MADE, LastMade, Made, MadeSince, SectionMade
from generator.build.plan import Plan
from generator.build.targets.own import UNITS
from generator.build.targets.target import Target, TargetSection, alone
from generator.data.books import FOLDER as DATA
from generator.pages.same import SAME

_NONE = SectionMade("", {})
_CHUNK = 16
"""Sections of a unit or so that are made one after the other."""
_LIFE = 30.0
"""Seconds after which a process that makes targets is replaced: it holds what it read for lists, and has touched much
that it shares with others."""

News = Made | MadeSince | None
"""What became of a target: it was made, or some of its files were; None: it is as it was, which need not be sent."""


@dataclass(frozen=True, slots=True)
class Executed:
    """What was made."""

    sections: Mapping[str, Mapping[str, News]]
    """By the names of sections and targets."""
    made: int
    """Files that were made and not taken over."""
    dead: tuple[str, ...] = ()
    """Targets at which a process died."""

    def add(self, other: Executed) -> Executed:
        """Both together, which may have parts of the same sections."""
        sections = dict(self.sections)
        for name, news in other.sections.items():
            sections[name] = {**sections.get(name, {}), **news}
        return Executed(sections, self.made + other.made, self.dead + other.dead)


@dataclass(frozen=True, slots=True)
class AllMade:
    """All that is made."""

    sections: Mapping[str, SectionMade]
    """By name."""
    standing: frozenset[str]
    """The names of those that are as they were, of which nothing was asked."""
    made: int
    """As above."""
    dead: Sequence[str]

    @property
    def files(self) -> Iterator[Written]:
        """All files."""
        return (file for section in self.sections.values() for file in section.files)

    @property
    def standing_paths(self) -> Iterator[str]:
        """The paths of the files of the standing ones."""
        return (path for name in self.standing for path in self.sections[name].paths)

    @property
    def others(self) -> Iterator[Written]:
        """The files of all but the standing ones."""
        return (file for name, one in self.sections.items() if name not in self.standing for file in one.files)


class _Collecting:
    """Puts together what came from several processes."""

    def __init__(self, before: Mapping[str, SectionMade], standing: Mapping[str, SectionMade]) -> None:
        self.sections, self._before = dict(standing), before
        self._standing = frozenset(standing)
        self.made, self.dead = 0, list[str]()

    def add(self, some: Executed, made_from: Mapping[str, str]) -> None:
        """Take in what was made; `made_from` is what the sections are made from."""
        for name, news in some.sections.items():
            known, last = self.sections.get(name), self._before.get(name, _NONE).targets
            found = dict(known.targets) if known else {}
            for target, one in news.items():
                if one is None:
                    found[target] = last[target]
                else:
                    found[target] = one.on(last[target]) if isinstance(one, MadeSince) else one
            is_whole = not some.dead and (known is None or known.made_from != "")
            self.sections[name] = SectionMade(made_from.get(name, "") if is_whole else "", found)
        self.made += some.made
        self.dead += some.dead

    def whole(self) -> AllMade:
        """All of it. Raises DiscloseError when two targets have the same address."""
        others = {name: one.targets for name, one in self.sections.items() if name not in self._standing}
        counted = Counter(target for targets in others.values() for target in targets)
        if any(target not in self._before.get(name, _NONE).targets for name in others for target in others[name]):
            counted.update(target for name in self._standing for target in self.sections[name].targets)
        if twice := [target for target, count in counted.items() if count > 1]:
            raise _twice(min(twice))
        return AllMade(self.sections, self._standing, self.made, self.dead)


def _twice(name: str) -> DiscloseError:
    return DiscloseError(
        f"{name}: two things of the site have this address. Give a content page another file name, or a notice "
        "another id."
    )


def execute(
    plan: Plan,
    staging: Staging,
    before: LastMade,
    kept: Iterable[str],
    *,
    hands: Hands,
    progress: Progress,
    meanwhile: Callable[[], None],
) -> AllMade:
    """Have `hands` fill the staging folder with all targets of the plan; `before` is what the last build made.

    `kept` are the ids of notices that cannot be built now: what was published of them stays, and so does a target at
    which a process dies. What is done `meanwhile` all targets need but the long ones, which may be begun before it.
    """
    maker = Maker(plan, staging, before.sections)
    gc.freeze()  # all of it lives to the end, and is shared with other processes as long as nobody touches it
    tasks: list[Sequence[TargetSection]] = [[alone(target)] for target in plan.long_ones()]
    with contextlib.closing(hands(maker, tasks)) as found:  # the long ones are begun: the others are planned meanwhile
        meanwhile()
        standing, asked = dict[str, SectionMade](), list[TargetSection]()
        for section in plan.parts():
            if maker.is_as_it_was(section) and section.name not in before.unsettled:
                standing[section.name] = before.sections[section.name]
            else:
                asked.append(section)
        gc.freeze()
        tasks += [[section] for section in asked if section.name in plan.sections]
        others = [section for section in asked if section.name not in plan.sections]
        tasks += [others[at : at + _CHUNK] for at in range(0, len(others), _CHUNK)]
        collecting, made_from = _Collecting(before.sections, standing), {one.name: one.made_from for one in asked}
        with progress("Writing", len(tasks)) as bar:
            for some in found:
                collecting.add(some, made_from)
                bar.update(1)
    collecting.add(_kept(staging, kept), {})
    closing = list(plan.closing(*_told(plan, collecting.whole().sections)))
    collecting.add(maker.make(closing), {one.name: one.made_from for one in closing})
    whole = collecting.whole()
    if whole.dead:
        staging.trim({path for section in whole.sections.values() for path in section.paths})
    return whole


def _told(
    plan: Plan, sections: Mapping[str, SectionMade]
) -> tuple[Callable[[], Iterator[str]], Iterator[str], Iterator[Written]]:
    """What the closing targets speak of."""
    units = (path for name, one in sections.items() if name.startswith(UNITS) for path in one.paths)
    data = (file for name, one in sections.items() if name.startswith(DATA) for file in one.files)
    return (
        lambda: (target for name in plan.sections for target in sections[name].targets),
        (path for path in units if path.endswith(f"/{SAME}")),
        data,
    )


def _kept(staging: Staging, names: Iterable[str]) -> Executed:
    """What was published of notices that cannot be built now."""
    found = dict[str, dict[str, News]]()
    for name in names:
        old = listed_in(staging.output) or {}
        files = tuple(staging.keep(f"notices/{name}", old))
        found[f"kept:{name}"] = {f"kept:{name}": Made(fingerprint="", files=files)}
    return Executed(found, made=0)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes targets of a plan into a staging folder."""

    plan: Plan
    staging: Staging
    before: Mapping[str, SectionMade]
    """What the last build made, by name."""

    def make(self, asked: Sequence[TargetSection]) -> Executed:
        """What the sections are now. Raises DiscloseError when two targets of one have the same address."""
        sections, count = dict[str, Mapping[str, News]](), 0
        for section in asked:
            if self.is_as_it_was(section) and all(map(self.stands, self.before[section.name].targets.values())):
                sections[section.name] = dict.fromkeys(self.before[section.name].targets)
                continue
            news = sections[section.name] = dict[str, News]()
            last = self.before.get(section.name, _NONE).targets
            for target in section.plan():
                if target.name in news:
                    raise _twice(target.name)
                made, number = self._made(target, last.get(target.name))
                news[target.name] = made
                count += number
        return Executed(sections, count)

    def _made(self, target: Target, before: Made | None) -> tuple[News, int]:
        """What became of a target, and how many files were made."""
        fingerprint = self.plan.fingerprint(target)
        if before and before.fingerprint == fingerprint and self.stands(before):
            return None, 0
        if not target.update:
            files = tuple(target.make(self.staging))
            return Made(fingerprint=fingerprint, files=files), len(files)
        new = list(target.update(self.staging, before or NOT_MADE))
        files, notes = tuple(one.file for one in new), tuple(one.note for one in new)
        whole = Made(fingerprint=fingerprint, files=files, notes=notes)
        return whole.since(before) if before else whole, sum(one.is_made for one in new)

    def is_as_it_was(self, section: TargetSection) -> bool:
        """Whether its targets are those that the last build made, so that none of them need be planned."""
        before = self.before.get(section.name)
        return before is not None and before.made_from == section.made_from != ""

    def stands(self, before: Made) -> bool:
        """Whether all files of a target are as they were written; they are taken over then."""
        return all(map(self.staging.take, before.files))

    def one_by_one(self, asked: Sequence[TargetSection]) -> Executed:
        """What they are now, each target made in a process that may die."""
        parts = [(section.only(target), target) for section in asked for target in section.plan()]
        found = Executed({section.name: {} for section in asked}, made=0)
        for some in in_processes(
            lambda part: self.make([part[0]]), parts, lost=lambda part: self.kept(part[0].name, part[1].name)
        ):
            found = found.add(some)
        return found

    def kept(self, section: str, target: str) -> Executed:
        """A target at which a process died, as the last build made it, if it did; it is made again the next time."""
        before = self.before.get(section, _NONE).targets.get(target)
        files = before.files if before and self.stands(before) else ()
        return Executed({section: {target: Made(fingerprint="", files=files)}}, made=0, dead=(target,))


Hands = Callable[[Maker, Sequence[Sequence[TargetSection]]], Generator[Executed, None, None]]
"""Who makes what a maker would, task by task, in any order. Tasks may be added until the first result is asked for."""


def forked(jobs: int) -> Hands:
    """Processes of this machine, which share what was read with this one."""
    return lambda maker, tasks: in_processes(maker.make, tasks, jobs=jobs, life=_LIFE, lost=maker.one_by_one)
