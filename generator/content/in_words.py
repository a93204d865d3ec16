"""Places and values of a notice in words for a person: `#i7.status` is “1.关于…” · rectification status.

In English, for `say` to put into the language that is spoken; what is in “ ” is the notice's own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.base.structure import plain
from generator.model.field_names import FIELD_NAMES, MARK_NAMES, ROLE_NAMES, VALUE_NAMES
from generator.model.notice import FollowupMarks, IssueMarks, Notice, Passage

_DIGITS = 12
"""Of a fingerprint, by which people tell it from others."""
_TITLE = 24
"""Characters of a heading that name it."""


class Said(NamedTuple):
    """A value."""

    text: str
    is_own: bool = True
    """Whether these are words of the notice or of a person, said as they stand; else English."""


def value_of(path: str, value: object, notice: Notice | None = None) -> Said:
    """A value of the field `path`; empty: there is none. `notice` names the issues that it speaks of.

    >>> value_of("#i7.status", "done"), value_of("contact.phones", ("010-1", "010-2"))
    (Said(text='done', is_own=False), Said(text='010-1、010-2', is_own=True))
    """
    if value is None or value in ("", (), [], {}):
        return Said("")
    field = path.rpartition(".")[2]
    names = VALUE_NAMES.get(path.removeprefix("#")) or (VALUE_NAMES.get(field, {}) if _is_of_body(path) else {})
    if isinstance(value, IssueMarks | FollowupMarks):
        return Said(VALUE_NAMES["marks"]["issue" if isinstance(value, IssueMarks) else "followup"], is_own=False)
    if isinstance(value, str) and value in names:
        return Said(names[value], is_own=False)
    if field == "inferred" and isinstance(value, str):
        return Said(place_of(value, notice), is_own=False)
    if field == "sha256" and isinstance(value, str):
        return Said(f"{value[:_DIGITS]}…")
    if isinstance(value, bool | int | float):
        return Said(str(value), is_own=False)
    return Said(_joined(plain(value)))


def _is_of_body(path: str) -> bool:
    return path.startswith(("#", "issues.", "followups."))


def _joined(value: object) -> str:
    """A plain value in one line."""
    if isinstance(value, Mapping):
        return "；".join(f"{key}：{_joined(inner)}" for key, inner in value.items() if inner not in (None, [], {}))
    return "、".join(map(_joined, value)) if isinstance(value, list | tuple) else str(value)


def place_of(path: str, notice: Notice | None = None) -> str:
    """The name of a field of the front matter, or of a place in the body.

    A path is `contact.phones`, `masks.2.value`, `#i7`, `#i7.status`, `issues.i7.status`, or `#i7+2`: the second passage
    below that heading.
    """
    if _is_of_body(path):
        head, _, field = path.removeprefix("#").removeprefix("issues.").removeprefix("followups.").partition(".")
        anchor, _, below = head.partition("+")
        place = passage_place(notice.body if notice else (), anchor, int(below) if below.isdecimal() else 0)
        return f"{place} · {MARK_NAMES.get(field, field)}" if field else place
    return " · ".join(_fields(path))


def _fields(path: str) -> Iterator[str]:
    """`masks.2.value` is an entry and its field, `metadata.索引号` a key that the notice itself has."""
    if path in FIELD_NAMES:
        yield FIELD_NAMES[path]
        return
    above, _, rest = path.partition(".")
    number, _, field = rest.partition(".")
    if number.isdigit() and above in FIELD_NAMES:
        yield f"{FIELD_NAMES[above]} [{number}]"
        yield from _fields(f"{above}.{field}") if field else ()
        return
    known = next((name for name in _prefixes(path) if name in FIELD_NAMES), "")
    yield from (FIELD_NAMES[known], f"“{path[len(known) + 1 :]}”") if known else (path,)


def _prefixes(path: str) -> Iterator[str]:
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def passage_place(body: Sequence[Passage], anchor: str, below: int = 0) -> str:
    """The passage with this anchor, or the one that stands so many below it."""
    at = next((n for n, passage in enumerate(body) if anchor and passage.anchor == anchor), None)
    place = place_in(body, at) if at is not None else f"#{anchor}" if anchor else ""
    return " · ".join(filter(None, (place, f"paragraph {below}" if below else "")))


def place_in(body: Sequence[Passage], at: int) -> str:
    """What a passage is called: by the heading above it and by its role.

    >>> place_in([Passage(words="学习不深入。", label="1.", role="heading"), Passage(words="…", role="response")], 1)
    '“1.学习不深入。” · what was done about it'
    """
    passage = body[at]
    if passage.role == "heading":
        return heading_name(passage)
    role = ROLE_NAMES[passage.role]
    above = next((one for one in reversed(body[:at]) if one.role == "heading"), None)
    return f"{heading_name(above)} · {role}" if above else role


def heading_name(passage: Passage) -> str:
    """A heading by its first words."""
    text = passage.text.strip()
    return f"“{text[:_TITLE]}{'…' if len(text) > _TITLE else ''}”"


def marks_of(passage: Passage) -> dict[str, object]:
    """How a passage is marked, by the keys of MARK_NAMES; what is not said is left out."""
    marks = passage.marks
    fields = {f.name: getattr(marks, f.name) for f in dataclasses.fields(marks)} if marks else {}
    kind = "issue" if isinstance(marks, IssueMarks) else "followup" if marks else "none"
    found: dict[str, object] = {
        "role": passage.role,
        "level": passage.level,
        "label": passage.label,
        "run_on": "yes" if passage.run_on else "no",
        "anchor": passage.anchor,
        "marks": kind if passage.role == "heading" else None,
        **fields,
    }
    return found
