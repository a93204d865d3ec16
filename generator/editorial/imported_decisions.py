"""What people decided in a content file that is imported: nothing of it comes in unless somebody asks for it."""

from __future__ import annotations

from typing import Any

from generator.base.structure import plain
from generator.content.notice_file import DECISIONS
from generator.model.decisions import Mask
from generator.model.notice import Notice

_UNDECIDED: dict[str, Any] = {"review": "draft", **dict.fromkeys(DECISIONS, ()), "withdrawn": None, "gathered": None}


def undecided(notice: Notice) -> Notice:
    """The notice as a draft, without signatures, masks and acceptances."""
    return notice.replace(**_UNDECIDED)


def decisions_of(notice: Notice) -> tuple[str, ...]:
    """What people decided about the notice, one by one, without the words that a mask hides."""
    found = [f"review: {notice.review}"] if notice.review != _UNDECIDED["review"] else []
    for name in DECISIONS:
        value = getattr(notice, name)
        if value != _UNDECIDED[name]:
            found += [f"{name}: {_told(one)}" for one in (value if isinstance(value, tuple) else (value,))]
    return tuple(found)


def _told(decision: Any) -> str:
    fields = {key: value for key, value in plain(decision).items() if value is not None}
    hidden = ("value",) if isinstance(decision, Mask) else ()
    return ", ".join(f"{key} {'…' if key in hidden else value}" for key, value in fields.items())
