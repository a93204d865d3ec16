"""Words of a form with boxes to tick: which of them is chosen."""

from __future__ import annotations

from generator.base.late_patterns import late_pattern
from generator.parser.rules import status

_BOX = late_pattern(f"[{status.EMPTY_BOXES}{status.BOXES}√✓✔]")
_FORM_BOX = late_pattern(r"[\[（(【]\s*(?:[√✓✔]\s*|(?P<empty>))[\]）)】]")
"""[√] and [ ] of a form."""


def chosen(text: str) -> str:
    """The words of a form whose box is ticked: of ☑已完成 □未完成, of 已完成□ 未完成☑, and of 完成√ 未完成."""
    text = _FORM_BOX.sub(lambda found: "□" if found["empty"] is not None else "☑", text)
    boxes = _BOX.findall(text)
    ticked = [words for words in text.split() if words[-1] in "√✓✔" and words[:-1].strip("（([【")]
    if len(boxes) == len(ticked) == 1 < len(text.split()):
        return ticked[0][:-1]
    if not boxes or not set(boxes) & set(status.EMPTY_BOXES):
        return _BOX.sub("", text) if any(box in status.BOXES for box in boxes) else text
    parts = _BOX.split(text)
    is_before = not parts[0].strip()
    words = parts[1:] if is_before else parts[:-1]
    return "".join(word for word, box in zip(words, boxes, strict=True) if box not in status.EMPTY_BOXES)
