"""What a build made, target by target, and how one process tells another of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.base.staging import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A target as it was made."""

    fingerprint: str
    files: tuple[Written, ...]
    notes: tuple[str, ...] = ()
    """What is to be known of each of the files, of a target that is made file by file."""

    def since(self, before: Made) -> MadeSince:
        """What of it differs from what it was: a process sends another the rest in a few numbers."""
        places = {id(file): at for at, file in enumerate(before.files)}
        again, new = list[tuple[int, int]](), [list[tuple[Written, str]]()]
        for file, note in zip(self.files, self.notes, strict=True):
            at = places.get(id(file), -1)
            if at < 0 or before.notes[at] != note:
                new[-1].append((file, note))
            elif again and again[-1][1] == at and not new[-1]:
                again[-1] = again[-1][0], at + 1
            else:
                again.append((at, at + 1))
                new.append([])
        return MadeSince(self.fingerprint, again, new)


class MadeSince(NamedTuple):
    """A target that is made file by file, by what differs from what it was."""

    fingerprint: str
    again: Sequence[tuple[int, int]]
    """Runs of files that are as they were, by their places there."""
    new: Sequence[Sequence[tuple[Written, str]]]
    """Files with their notes, before the first run and behind each."""

    def on(self, before: Made) -> Made:
        """All of it."""
        files, notes = list[Written](), list[str]()
        for (at, end), new in zip([(0, 0), *self.again], self.new, strict=True):
            files += (*before.files[at:end], *(file for file, _ in new))
            notes += (*before.notes[at:end], *(note for _, note in new))
        return Made(fingerprint=self.fingerprint, files=tuple(files), notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class SectionMade:
    """A section as it was made."""

    made_from: str
    """As its section says it; empty: not all of it could be made."""
    targets: Mapping[str, Made]
    """By name."""

    @property
    def files(self) -> Iterator[Written]:
        """All its files."""
        return (file for target in self.targets.values() for file in target.files)


@dataclass(frozen=True, slots=True)
class LastMade:
    """What a build made."""

    sections: Mapping[str, SectionMade]
    """By name."""
    standing: Mapping[str, Written] = field(default_factory=dict)
    """By path the files that the output holds as they were written."""
    rested: frozenset[str] = frozenset()
    """Paths of files that nobody was sure of (`Staging.unsure`), and that rest as they were written."""


NOTHING = LastMade({})
NOT_MADE = Made(fingerprint="", files=())
