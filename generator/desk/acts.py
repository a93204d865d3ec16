"""What an editor can do to a notice, as data: one frozen dataclass an act, and what each does, as a table.

`apply(notice, act, by)` is pure: it gives the notice as the act leaves it, or raises RefusedAct. `moved_act` gives
it with its places as they are in a newer text.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.base.dates import PartialDate
from generator.content.config import Config
from generator.desk import decisions, facts, structure
from generator.desk.places import GuardedPlace, RefusedAct, moved
from generator.model.decisions import MaskKind
from generator.model.notice import Notice, Role, Status


@dataclass(frozen=True, slots=True)
class MarkHeading:
    """B: the passage becomes a heading; level 0: as its number says."""

    at: GuardedPlace
    level: int = 0


@dataclass(frozen=True, slots=True)
class MarkIssue:
    """W: the passage becomes an issue."""

    at: GuardedPlace
    level: int = 0


@dataclass(frozen=True, slots=True)
class MarkFollowup:
    """H: the passage becomes a follow-up, of an issue or of none."""

    at: GuardedPlace
    of: str | None = None


@dataclass(frozen=True, slots=True)
class MarkRole:
    """X Z T Q R P: what the run is; those after it keep their role."""

    at: GuardedPlace
    role: Role


@dataclass(frozen=True, slots=True)
class SetLevel:
    """[ ]: a heading up or down, with the headings below it or alone."""

    anchor: str
    level: int
    with_below: bool = False


@dataclass(frozen=True, slots=True)
class SetLabel:
    """[ ] on words that begin a passage: they are its number, or it has none."""

    at: GuardedPlace
    length: int


@dataclass(frozen=True, slots=True)
class Split:
    """/: the run is cut where the place begins."""

    at: GuardedPlace


@dataclass(frozen=True, slots=True)
class Join:
    r"""\: the run, or the line, is joined to the one above."""

    at: GuardedPlace


@dataclass(frozen=True, slots=True)
class MergeIssue:
    r"""\ on a heading: it becomes what the issue above found."""

    anchor: str


@dataclass(frozen=True, slots=True)
class SetStatus:
    """1–4: the status of an issue and the words that prove it."""

    issue: str
    status: Status
    quote: GuardedPlace | None = None


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """Q: the deadline of an item, where it stands, whether it was inferred."""

    anchor: str
    date: PartialDate | None = None
    quote: GuardedPlace | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class SetResponsible:
    """R: who is responsible, in words of the notice; None: nobody is named at the heading."""

    issue: str
    at: GuardedPlace | None = None


@dataclass(frozen=True, slots=True)
class SetTopics:
    """The topics of an issue by hand; None: by rule."""

    issue: str
    names: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SetFact:
    """A fact of the front matter; an empty value: the notice does not say it."""

    path: str
    value: str = ""
    quote: GuardedPlace | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """Enter, Y: somebody answers for a finding."""

    code: str
    quote: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Retract:
    """改主意: nobody answers for a finding any more."""

    code: str
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class AddMask:
    """M: something that no output may show."""

    kind: MaskKind
    why: str
    value: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveMask:
    """A mask taken back, by its number from 1 on."""

    number: int


@dataclass(frozen=True, slots=True)
class Errata:
    """E: other words, before the notice was published."""

    at: GuardedPlace
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A step of the review, signed by name."""

    step: str
    name: str


@dataclass(frozen=True, slots=True)
class Correct:
    """更正: other words, or another fact (no place), after the notice was published."""

    what: str
    why: str
    at: GuardedPlace | None = None
    after: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class AddNews:
    """补充新进展: what a unit's letter says, behind words of an issue that stay, and the status that it proves."""

    issue: str
    status: Status
    at: GuardedPlace
    words: str
    what: str
    why: str
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """撤下: the notice is no longer shown."""

    why: str
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Reinstate:
    """The notice is shown again."""


@dataclass(frozen=True, slots=True)
class Restore:
    """The file as it was, by the hash of that version."""

    version: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Several acts: all or none, undone at once. Their places are those of the notice before the first."""

    acts: tuple[Act, ...]


Act = (
    MarkHeading | MarkIssue | MarkFollowup | MarkRole | SetLevel | SetLabel | Split | Join | MergeIssue
    | SetStatus | SetDeadline | SetResponsible | SetTopics | SetFact | Accept | Retract | AddMask | RemoveMask
    | Errata | Sign | Correct | AddNews | Withdraw | Reinstate | Restore | Batch
)  # fmt: skip
ACTS: Mapping[str, Any] = {kind.__name__: kind for kind in typing.get_args(Act)}
ANY_TIME = (Accept, Retract, AddMask, Correct, AddNews, Withdraw, Reinstate, Restore)
"""May be done to what the public reads, too: to answer for a doubt, to hide a name, to say openly what is changed."""


def _no_version(_: str) -> Notice:
    raise RefusedAct("no-version")


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, on which day, and what the site has settled."""

    who: str
    day: PartialDate
    config: Config = field(default_factory=lambda: Config(name="", base_url=""))
    """`Sign` asks for the steps of its review."""
    version: Callable[[str], Notice] = _no_version
    """The notice of a version, by its hash, for `Restore`."""
    source: Callable[[], str | None] = lambda: None
    """The text of the source, in which a joined line has its place."""


_Effect = Callable[[Notice, Any, By], Notice]
_EFFECTS: Mapping[Any, _Effect] = {
    MarkHeading: lambda n, a, _: structure.mark_heading(n, a.at, a.level),
    MarkIssue: lambda n, a, _: structure.mark_issue(n, a.at, a.level),
    MarkFollowup: lambda n, a, _: structure.mark_followup(n, a.at, a.of),
    MarkRole: lambda n, a, _: structure.mark_role(n, a.at, a.role),
    SetLevel: lambda n, a, _: structure.set_level(n, a.anchor, a.level, with_below=a.with_below),
    SetLabel: lambda n, a, _: structure.set_label(n, a.at, a.length),
    Split: lambda n, a, _: structure.split(n, a.at),
    Join: lambda n, a, by: structure.join(n, a.at, by.source()),
    MergeIssue: lambda n, a, _: structure.merge_issue(n, a.anchor),
    SetStatus: lambda n, a, _: facts.set_status(n, a.issue, a.status, a.quote),
    SetDeadline: lambda n, a, _: facts.set_deadline(n, a.anchor, a.date, a.quote, inferred=a.inferred),
    SetResponsible: lambda n, a, _: facts.set_responsible(n, a.issue, a.at),
    SetTopics: lambda n, a, _: facts.set_topics(n, a.issue, a.names),
    SetFact: lambda n, a, _: facts.set_fact(n, a.path, a.value, a.quote, inferred=a.inferred),
    Accept: lambda n, a, by: decisions.accept(n, a.code, a.quote, a.why, by.who, by.day),
    Retract: lambda n, a, _: decisions.retract(n, a.code, a.quote),
    AddMask: lambda n, a, _: decisions.add_mask(n, a.kind, a.value, a.label, a.why),
    RemoveMask: lambda n, a, _: decisions.remove_mask(n, a.number),
    Errata: lambda n, a, by: decisions.fix(n, a.at, a.after, a.why, by.who, by.day),
    Sign: lambda n, a, by: decisions.sign(n, a.step, a.name, by.day, by.config),
    Correct: lambda n, a, by: decisions.correct(n, a.what, a.why, a.at, a.after, by.who, a.date or by.day),
    AddNews: lambda n, a, by: decisions.add_news(
        n, a.issue, a.status, a.at, a.words, what=a.what, why=a.why, who=by.who, day=a.date or by.day
    ),
    Withdraw: lambda n, a, by: decisions.withdraw(n, a.why, a.date or by.day),
    Reinstate: lambda n, _, __: decisions.reinstate(n),
    Restore: lambda n, a, by: _restored(n, by.version(a.version)),
    Batch: lambda n, a, by: _one_by_one(n, a.acts, by),
}


def _restored(notice: Notice | None, found: Notice) -> Notice:
    """`notice` is None where the file cannot be read now."""
    if notice is not None and found.id != notice.id:
        raise RefusedAct("no-version", found.id)
    return found


def _one_by_one(notice: Notice, acts: tuple[Act, ...], by: By) -> Notice:
    text = notice.text
    for one in acts:
        notice = _EFFECTS[type(one)](notice, moved_act(one, text, notice.text), by)
    return notice


def apply(notice: Notice, act: Act, by: By) -> Notice:
    """The notice as the act leaves it. Raises RefusedAct: `nothing` when that is as it was."""
    after = _EFFECTS[type(act)](notice, act, by)
    if after == notice:
        raise RefusedAct("nothing")
    return after


def moved_act(act: Act, old: str, new: str) -> Act:
    """The act with its places as they are in a newer text. Raises RefusedAct when their words are others there."""
    if old == new:
        return act
    if isinstance(act, Batch):
        return Batch(tuple(moved_act(one, old, new) for one in act.acts))
    changes: dict[str, Any] = {}
    for one in dataclasses.fields(act):
        value = getattr(act, one.name)
        if isinstance(value, GuardedPlace):
            changes[one.name] = moved(value, old, new)
            if changes[one.name] is None:
                raise RefusedAct("moved", value.words)
    return dataclasses.replace(act, **changes)
