"""What a build made, target by target, and how one process tells another of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import orjson

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


Noted = tuple[bytes, bytes]
"""A section as it is noted: its files as they were written, and all else."""


class SectionMade:
    """A section as it was made. What was noted of one is read when somebody asks: most stay as they are."""

    __slots__ = ("_noted", "_targets", "made_from")

    def __init__(self, made_from: str, targets: Mapping[str, Made] | None = None, noted: Noted | None = None) -> None:
        """`made_from` is as the section says it; empty: not all of it could be made. Another one says the rest."""
        self.made_from, self._targets, self._noted = made_from, targets, noted

    @property
    def targets(self) -> Mapping[str, Made]:
        """By name."""
        if self._targets is None:
            self._targets = _targets_of(*self.noted)
        return self._targets

    @property
    def files(self) -> Iterator[Written]:
        """All its files."""
        return (file for target in self.targets.values() for file in target.files)

    @property
    def paths(self) -> Sequence[str]:
        """Those of its files."""
        if self._targets is None:
            return [path for path, *_ in files_of(self.noted[0])]
        return [file.path for file in self.files]

    @property
    def noted(self) -> Noted:
        """As it is noted. Raises TypeError when a name is no text."""
        if self._noted is None:
            self._noted = _noted(self.targets)
        return self._noted


def files_of(line: bytes) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of each file of a section, as they are noted."""
    columns = orjson.loads(line)
    return zip(columns["paths"], columns["sizes"], columns["times"], strict=True)


def _noted(targets: Mapping[str, Made]) -> Noted:
    files = [file for made in targets.values() for file in made.files]
    written = {
        "paths": [file.path for file in files],
        "sizes": [file.size for file in files],
        "times": [file.time for file in files],
    }
    rest = {
        "names": list(targets),
        "fingerprints": [made.fingerprint for made in targets.values()],
        "counts": [len(made.files) for made in targets.values()],
        "hashes": [file.sha256 for file in files],
        "notes": {name: made.notes for name, made in targets.items() if made.notes},
    }
    return (
        orjson.dumps(written, option=orjson.OPT_APPEND_NEWLINE),
        orjson.dumps(rest, option=orjson.OPT_APPEND_NEWLINE),
    )


def _targets_of(written: bytes, rest: bytes) -> Mapping[str, Made]:
    columns = orjson.loads(rest)
    files = [
        Written(path, sha256, size, time, False)
        for (path, size, time), sha256 in zip(files_of(written), columns["hashes"], strict=True)
    ]
    ends, notes = itertools.accumulate(columns["counts"]), columns["notes"]
    return {
        name: Made(fingerprint=fingerprint, files=tuple(files[end - count : end]), notes=tuple(notes.get(name, ())))
        for name, fingerprint, count, end in zip(
            columns["names"], columns["fingerprints"], columns["counts"], ends, strict=True
        )
    }


@dataclass(frozen=True, slots=True)
class LastMade:
    """What a build made, and what became of its files since."""

    sections: Mapping[str, SectionMade]
    """By name."""
    touched: frozenset[str] | None = None
    """Paths of files that the output does not hold as they were written; None: nobody looked."""
    unlinked: frozenset[str] = frozenset()
    """Paths of files that do not rest as they were written in the folder that is filled."""
    unsettled: frozenset[str] = frozenset()
    """The names of the sections that have any of these."""


NOTHING = LastMade({})
NOT_MADE = Made(fingerprint="", files=())
