"""A content file changed where a notice was changed, and nowhere else: comments, order and spacing stay as they are."""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Sequence

from generator.base.structure import dump, plain_fields, replace_keys
from generator.content.body_text import write_body
from generator.content.import_record import cut_provenance, write_provenance
from generator.content.notice_file import DECISIONS, FACTS, read_notice, write_notice
from generator.model.differing import Hunk, hunks
from generator.model.notice import Notice, Passage

_MARK = re.compile(r"\{\.([\w-]+)")
_REFERENCE = "quote=#"


def patched(text: str, before: Notice, after: Notice) -> str:
    """`text`, the content file of `before`, as that of `after`.

    Passages, keys of the front matter and rows of the import's record that differ get other lines; all other lines stay
    byte for byte. Raises ValueError when a file cannot say it: it would be read as another notice.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    old = text.removeprefix("\ufeff").replace("\r\n", "\n")
    new = _joined(old, before, after)
    if not _says(new, after):
        new = write_notice(after)
        if not _says(new, after):
            raise ValueError(after.id)
    return mark + _with_line_ends(text.removeprefix("\ufeff"), old, new)


def _says(text: str, notice: Notice) -> bool:
    found, problems = read_notice(text)
    return found == notice and not problems


def _joined(old: str, before: Notice, after: Notice) -> str:
    end = old.index("\n---\n", 3) + 5
    front, rest = old[:end], old[end:]
    words, _, _ = cut_provenance(rest)
    record = rest[len(words) :]
    front = _front(front, before, after)
    if before.body != after.body:
        words = _words(words, before.body, after.body)
    if not _has_same_record(before, after) and (new := write_provenance(after)) != write_provenance(before):
        words, record = words if record else words.rstrip("\n") + "\n\n", new
    return front + words + record


def _has_same_record(before: Notice, after: Notice) -> bool:
    """Whether the import's record says the same of both, without writing it: most acts concern none of it."""
    return before.text == after.text and all(getattr(before, name) == getattr(after, name) for name in _RECORDED)


_RECORDED = ("edits", "anomalies", "evidence", "grounds")


# -------------------------------------------------------------------------------------------------------- front matter


def _front(front: str, before: Notice, after: Notice) -> str:
    names = [name for name in (*FACTS, *DECISIONS) if getattr(before, name) != getattr(after, name)]
    for name in names:
        old, new = (_rows(one, name) for one in (before, after))
        front = _key(front, name, old, new)
    return front


def _rows(notice: Notice, name: str) -> list[str]:
    if name in DECISIONS and not getattr(notice, name):
        return []
    return dump(plain_fields(notice, (name,))).rstrip("\n").split("\n")


def _key(front: str, name: str, old: Sequence[str], new: Sequence[str]) -> str:
    """The front matter with a key's lines changed where they are as this program writes them; else all of them."""
    lines = front.split("\n")
    start, stop = _place(lines, name)
    there = lines[start:stop]
    if not new:
        return "\n".join(lines[:start] + lines[stop:])
    patch = _transplanted(there, old, new) if there and old else None
    if patch is None:
        return replace_keys(front, {name: "\n".join(new) + "\n"})
    return "\n".join(lines[:start] + patch + lines[stop:])


def _place(lines: Sequence[str], name: str) -> tuple[int, int]:
    """The lines of a top-level key, from its own to the last that belongs to it."""
    start = next((n for n, line in enumerate(lines) if line.startswith((f"{name}:", f"'{name}'", f'"{name}"'))), None)
    if start is None:
        return 0, 0
    stop = start + 1
    while stop < len(lines) - 1 and lines[stop] != "---" and re.match(r"[ \t#-]|$", lines[stop]):
        stop += 1
    while stop > start + 1 and re.match(r"[ \t]*(?:#|$)", lines[stop - 1]):
        stop -= 1  # a comment belongs to the key below it
    return start, stop


def _transplanted(there: Sequence[str], old: Sequence[str], new: Sequence[str]) -> list[str] | None:
    """`there` with the differences of two canonical forms; None when a line that must go is not in it as it is."""
    known = {at: index for index, at in kept_items(old, there).items()}
    found = list(there)
    for hunk in reversed(hunks(list(old), list(new), near=0)):
        places = [known.get(n, -1) for n in range(hunk.start, hunk.end)]
        at = known.get(hunk.start - 1, -2) + 1 if not places else places[0]
        if at < 0 or places != list(range(at, at + len(places))):
            return None
        found[at : at + len(places)] = new[hunk.other : hunk.other_end]
    return found


# --------------------------------------------------------------------------------------------------------------- words


@functools.lru_cache(maxsize=4)  # what an act leads to is what the next one begins with
def lines_of(body: tuple[Passage, ...]) -> tuple[str, ...]:
    """The line of each passage, as this program writes it."""
    return tuple(line for line in write_body(body).split("\n") if line.strip())


def _words(words: str, before: tuple[Passage, ...], after: tuple[Passage, ...]) -> str:
    """The words of a content file with other lines for the passages that differ."""
    lines = words.split("\n")
    rows = [number for number, line in enumerate(lines) if line.strip()]
    old, new = lines_of(before), lines_of(after)
    if not (len(rows) == len(old) == len(before) and len(new) == len(after)):
        return f"\n{write_body(after)}\n"
    above = [lines[a + 1 : b] for a, b in zip([-1, *rows], rows, strict=False)]
    kept, replaced = kept_items(before, after), _replaced(before, after)
    out: list[str] = []
    role = "prose"
    for index, one in enumerate(after):
        at = kept.get(index)
        as_before = at if at is not None else replaced.get(index)
        if index and as_before:
            out += above[as_before]
        else:
            out += above[0] if not index and above else [] if one.run_on else [""]
        keeps = at is not None and _still_says(lines[rows[at]], one, role, is_same=old[at] == new[index])
        out.append(lines[rows[at]] if keeps and at is not None else new[index])
        role = "prose" if one.role in ("heading", "title") else one.role
    return "\n".join([*out, *lines[rows[-1] + 1 :]]) if rows and after else f"\n{write_body(after)}\n"


def kept_items(before: Sequence[Hashable], after: Sequence[Hashable]) -> dict[int, int]:
    """For each item of `after` that is one of `before` as it was, which one."""
    kept: dict[int, int] = {}
    done = other = 0
    for hunk in (*hunks(before, after, near=0), Hunk(len(before), len(before), len(after), len(after))):
        kept |= {other + n: done + n for n in range(hunk.start - done)}
        done, other = hunk.end, hunk.other_end
    return kept


def _replaced(before: Sequence[Passage], after: Sequence[Passage]) -> dict[int, int]:
    """The first passage of each difference that stands where another one stood, so that what is above it stays."""
    return {
        hunk.other: hunk.start
        for hunk in hunks(before, after, near=0)
        if hunk.start < hunk.end
        and hunk.other < hunk.other_end
        and before[hunk.start].run_on == after[hunk.other].run_on
    }


def _still_says(line: str, one: Passage, role: str, *, is_same: bool) -> bool:
    """Whether a line says the same below other lines: its role may come from above, its quote from another run."""
    if one.role in ("heading", "title"):
        return is_same or _REFERENCE not in line
    return bool(_MARK.match(line)) or one.role == role


# ---------------------------------------------------------------------------------------------------------- line ends


def _with_line_ends(text: str, old: str, new: str) -> str:
    """`new` with the line ends that its lines have in `text`, which is `old` but for them."""
    if text == old:
        return new
    ends = ["\r\n" if line.endswith("\r") else "\n" for line in text.split("\n")]
    usual = "\r\n" if ends.count("\r\n") * 2 > len(ends) else "\n"
    before, after = old.split("\n"), new.split("\n")
    found = [usual] * len(after)
    for index, at in kept_items(before, after).items():
        found[index] = ends[at] if at < len(ends) else usual
    return "".join(line + end for line, end in zip(after[:-1], found, strict=False)) + after[-1]
