"""Two versions of a notice beside each other: the words, what they are, the facts, the decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.content.notice_file import DECISIONS
from generator.content.version_changes import changes
from generator.editorial.imported_decisions import decisions_of
from generator.model.differing import hunks
from generator.model.notice import Notice

_AROUND = 24
_NEAR = 3
DECISION_NAMES = {
    "reviews": "签名",
    "accepted": "接受的疑点",
    "masks": "遮盖",
    "errata": "勘误",
    "corrections": "更正",
    "withdrawn": "撤下",
}


class DiffPart(NamedTuple):
    """A run of the words: in both, or in one of the two."""

    kind: Literal["same", "del", "ins"]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedVersions:
    """What differs."""

    words: tuple[tuple[DiffPart, ...], ...]
    """Each place where the words differ, with a little around it; or all of them, paragraph by paragraph."""
    differing: int
    """Places where the words differ."""
    structure: tuple[str, ...]
    """Sentences, in English for `say`."""
    facts: tuple[str, ...]
    decisions: tuple[tuple[str, int, int], ...]
    """Name, how many before, how many after; only where they are others."""
    since: tuple[str, ...]
    """Decisions that only the newer version has: what is lost if the older one is restored."""
    same_words: int
    """Characters that both have."""

    @property
    def count(self) -> int:
        """How many differences there are."""
        return self.differing + len(self.structure) + len(self.facts) + len(self.decisions)


def compare(old: Notice, new: Notice, *, whole: bool = False) -> ComparedVersions:
    """The differences; `whole`: with all of the words."""
    found = hunks(old.text, new.text, near=_NEAR)
    said = [(one.place, str(one)) for one in changes(old, new) if not one.around]
    kept = set(decisions_of(old))
    return ComparedVersions(
        words=tuple(_whole(old.text, new.text) if whole else _places(old.text, new.text)),
        differing=len(found),
        structure=tuple(text for place, text in said if place.startswith("“")),
        facts=tuple(text for place, text in said if not place.startswith("“")),
        decisions=tuple(_decisions(old, new)),
        since=tuple(one for one in decisions_of(new) if one not in kept),
        same_words=len("".join(old.text.split())) - sum(len("".join(old.text[h.start : h.end].split())) for h in found),
    )


def _places(old: str, new: str) -> Iterator[tuple[DiffPart, ...]]:
    for hunk in hunks(old, new, near=_NEAR):
        first = max(old.rfind("\n", 0, hunk.start) + 1, hunk.start - _AROUND)
        line = old.find("\n", hunk.end)
        last = min(line if line >= 0 else len(old), hunk.end + _AROUND)
        parts = (
            DiffPart("same", old[first : hunk.start]),
            DiffPart("del", old[hunk.start : hunk.end]),
            DiffPart("ins", new[hunk.other : hunk.other_end]),
            DiffPart("same", old[hunk.end : last]),
        )
        yield tuple(part for part in parts if part.words)


def _whole(old: str, new: str) -> Iterator[tuple[DiffPart, ...]]:
    """All of the newer words by paragraph, with what the older ones had in its place."""
    row: list[DiffPart] = []
    for part in _run(old, new):
        pieces = part.words.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                yield tuple(row)
                row = []
            if piece:
                row.append(DiffPart(part.kind, piece))
    yield tuple(row)


def _run(old: str, new: str) -> Iterator[DiffPart]:
    done = 0
    for hunk in hunks(old, new, near=_NEAR):
        yield DiffPart("same", old[done : hunk.start])
        yield DiffPart("del", old[hunk.start : hunk.end])
        yield DiffPart("ins", new[hunk.other : hunk.other_end])
        done = hunk.end
    yield DiffPart("same", old[done:])


def _decisions(old: Notice, new: Notice) -> Iterator[tuple[str, int, int]]:
    for name in DECISIONS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield DECISION_NAMES[name], _number(before), _number(after)


def _number(value: object) -> int:
    return len(value) if isinstance(value, tuple) else int(value is not None)
