"""Makes what a plan says: takes over what has the same inputs as before, and makes the rest in several processes."""

from __future__ import annotations

import contextlib
import gc
import itertools
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.base.clearing import listed_in
from generator.base.diagnostics import DiscloseError
from generator.base.staging import Staging, Written
from generator.base.workers import Progress, in_processes
from generator.build.made import LastMade, Made, MadeSince
from generator.build.plan import Plan
from generator.build.targets.target import AnyTarget, Target, TargetSection, parts_of

_NOTHING = Made(fingerprint="", files=())
_CHUNK = 32
_LIFE = 30.0
"""Seconds after which a process that makes targets is replaced: it holds what it read for lists, and has touched much
that it shares with others."""


@dataclass(frozen=True, slots=True)
class Executed:
    """What was made."""

    targets: dict[str, Made]
    """By name."""
    made: int
    """Files that were made and not taken over."""
    again: tuple[str, ...] = ()
    """Further targets, which are as they were: what a process need not send."""
    since: Mapping[str, MadeSince] = field(default_factory=dict)
    """Further ones, by what differs from what they were."""
    dead: tuple[str, ...] = ()
    """Targets at which a process died."""
    of_lists: str = ""
    """The hash of everything that the lists may show."""
    listed: tuple[str, ...] = ()
    """The names of the lists."""
    asked: int = 0
    """How many targets and sections were asked for."""

    @property
    def files(self) -> list[Written]:
        """Every file of the targets."""
        return [file for target in self.targets.values() for file in target.files]

    def add(self, other: Executed, before: Mapping[str, Made]) -> Executed:
        """Both together, and what the other has by what it was before; takes what this one has.

        Raises DiscloseError when both have the same address.
        """
        found = {name: before[name] for name in other.again}
        found |= {name: made.on(before[name]) for name, made in other.since.items()}
        found |= other.targets
        for name in self.targets.keys() & found.keys():
            raise _twice(name)
        self.targets.update(found)
        return Executed(
            targets=self.targets,
            made=self.made + other.made,
            dead=self.dead + other.dead,
            listed=self.listed + other.listed,
        )


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
) -> Executed:
    """Have `hands` fill the staging folder with all targets of the plan; `before` is what the last build made.

    `kept` are the ids of notices that cannot be built now: what was published of them stays, and so does a target at
    which a process dies. What is done `meanwhile` all targets need but the long ones, which may be begun before it.
    """
    staging.standing.update(before.standing)
    staging.unsure.difference_update(before.rested)
    maker = Maker(plan, staging, before.targets)
    gc.freeze()  # all of it lives to the end, and is shared with other processes as long as nobody touches it
    tasks: list[Sequence[AnyTarget]] = [[target] for target in plan.long_ones()]
    with contextlib.closing(hands(maker, tasks)) as found:  # the long ones are begun: the others are planned meanwhile
        meanwhile()
        lists = before.lists_of(plan.of_lists)
        standing = {name: made for name in lists if maker.stands(made := before.targets[name])}
        asked = list(plan.targets(lists, standing))
        gc.freeze()
        tasks += [[one] for one in asked if isinstance(one, TargetSection)]
        others = [one for one in asked if isinstance(one, Target) and not one.is_long]
        tasks += [others[at : at + _CHUNK] for at in range(0, len(others), _CHUNK)]
        old = (listed_in(staging.output) or {}) if kept else {}
        done = standing | {
            f"kept:{name}": Made(fingerprint="", files=tuple(staging.keep(f"notices/{name}", old))) for name in kept
        }
        whole = Executed(targets=done, made=0)
        with progress("Writing", len(asked)) as bar:
            for some in found:
                whole = whole.add(some, before.targets)
                bar.update(some.asked)
    listed = tuple(lists) or whole.listed
    whole = whole.add(maker.make(list(plan.closing(listed, whole.files))), before.targets)
    if whole.dead:
        staging.trim({file.path for file in whole.files})
    return replace(whole, of_lists=plan.of_lists, listed=listed)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes targets of a plan into a staging folder."""

    plan: Plan
    staging: Staging
    before: Mapping[str, Made]
    """What the last build made, by name."""

    def make(self, asked: Sequence[AnyTarget]) -> Executed:
        """What the targets are now. Raises DiscloseError when two have the same address."""
        made, again, since, count = dict[str, Made](), list[str](), dict[str, MadeSince](), 0
        names, listed = set[str](), list[str]()
        for target in itertools.chain.from_iterable(map(parts_of, asked)):
            if target.name in names:
                raise _twice(target.name)
            names.add(target.name)
            if target.is_list:
                listed.append(target.name)
            fingerprint = self.plan.fingerprint(target)
            before = self.before.get(target.name)
            if before and before.fingerprint == fingerprint and self.stands(before):
                again.append(target.name)
                continue
            if target.update:
                new = list(target.update(self.staging, before or _NOTHING))
                files, notes = tuple(one.file for one in new), tuple(one.note for one in new)
                count += sum(one.is_made for one in new)
            else:
                files, notes = tuple(target.make(self.staging)), ()
                count += len(files)
            whole = Made(fingerprint=fingerprint, files=files, notes=notes)
            if before and notes:
                since[target.name] = whole.since(before)
            else:
                made[target.name] = whole
        return Executed(made, count, tuple(again), since, listed=tuple(listed), asked=len(asked))

    def stands(self, before: Made) -> bool:
        """Whether all files of a target are as they were written; they are taken over then."""
        return all(map(self.staging.take, before.files))

    def one_by_one(self, asked: Sequence[AnyTarget]) -> Executed:
        """What they are now, each made in a process that may die."""
        whole = Executed(targets={}, made=0)
        targets = list(itertools.chain.from_iterable(map(parts_of, asked)))
        for one in in_processes(lambda target: self.make([target]), targets, lost=self.kept):
            whole = whole.add(one, self.before)
        return replace(whole, asked=len(asked))

    def kept(self, target: Target) -> Executed:
        """A target at which a process died, as the last build made it, if it did; it is made again the next time."""
        before = self.before.get(target.name)
        files = before.files if before and self.stands(before) else ()
        listed = (target.name,) if target.is_list else ()
        return Executed(
            {target.name: Made(fingerprint="", files=files)}, made=0, dead=(target.name,), listed=listed, asked=1
        )


Hands = Callable[[Maker, Sequence[Sequence[AnyTarget]]], Generator[Executed, None, None]]
"""Who makes what a maker would, task by task, in any order. Tasks may be added until the first result is asked for."""


def forked(jobs: int) -> Hands:
    """Processes of this machine, which share what was read with this one."""
    return lambda maker, tasks: in_processes(maker.make, tasks, jobs=jobs, life=_LIFE, lost=maker.one_by_one)
