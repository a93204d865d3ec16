"""A problem's name without what is wrapped around it, by which two titles are compared."""

from __future__ import annotations

from generator.base.late_patterns import late_pattern

_WRAPPERS_BEFORE = late_pattern(r"(?>(?:关于|针对|对|在|就|围绕)*)")
_TAILS = (
    "的整改情况",
    "的整改落实情况",
    "的整改",
    "的问题",
    "整改情况",
    "整改落实情况",
    "整改",
    "问题",
    "事项",
    "方面",
)
_MARKS = late_pattern(r"[\s“”‘’\"'《》（）()，,。．.、；;：:·—-]+")


def core(title: str) -> str:
    """A title without wrapper and punctuation, to compare titles by."""
    bare = _MARKS.sub("", title)
    before = _WRAPPERS_BEFORE.match(bare)
    return name_before(bare, _TAILS, before.end() if before else 0)


def name_before(text: str, tails: tuple[str, ...], start: int = 0) -> str:
    """`text` from `start` on without any of these tails, however many there are."""
    end = len(text)
    while text.endswith(tails, start, end):
        end -= len(next(tail for tail in tails if text.endswith(tail, start, end)))
    return text[start:end]
