"""What controls of a web page show, and which of its pictures and frames may show words."""

from __future__ import annotations

import re

from bs4.element import Tag

from generator.readers.html.attributes import attribute
from generator.readers.html.seen import pixels
from generator.readers.html.tags import is_file_link

_CHECKED, _UNCHECKED = "☑☐"
_WRITTEN = frozenset({"", "text", "number", "date", "month", "tel", "email", "url"})
"""Types of an `<input>` whose value is shown as it was written."""
_ORNAMENT = re.compile(
    r"icon|logo|qrcode|ewm|erweima|weixin|wechat|weibo|share|print|close|arrow|banner|space|blank|line|dot|btn|button|"
    r"file_?type|\.gif\b|beacon|stat|count",
    re.IGNORECASE,
)
"""Names of pictures that show no words of the article."""
_NARROW, _LOW = 200, 60
"""Pixels of the sides of a picture that holds no words."""


def state_of(tag: Tag) -> str:
    """What an `<input>`, `<select>` or `<textarea>` shows; empty when it shows nothing that was written or chosen."""
    if tag.name == "textarea":
        return tag.get_text()
    if tag.name == "select":
        options = tag.find_all("option")
        chosen = next((one for one in options if one.has_attr("selected")), options[0] if options else None)
        return " ".join(chosen.get_text().split()) if chosen else ""
    kind = attribute(tag, "type").lower()
    if kind in ("checkbox", "radio"):
        return _CHECKED if tag.has_attr("checked") else _UNCHECKED
    return attribute(tag, "value").strip() if kind in _WRITTEN else ""


def is_picture_of_words(tag: Tag) -> bool:
    """Whether a picture or a frame is as large as a table or a page of text, as far as the page says."""
    if tag.name != "img":
        return tag.name in ("iframe", "embed", "object") and is_document(tag)
    source = attribute(tag, "src").rpartition("/")[2][:200] or attribute(tag, "data-src").rpartition("/")[2][:200]
    if not source or _ORNAMENT.search(source) or (tag.parent is not None and is_file_link(tag.parent)):
        return False
    style = attribute(tag, "style").lower()
    for side, least in (("width", _NARROW), ("height", _LOW)):
        found = re.search(rf"(?:^|[;\s]){side}\s*+:\s*+([^;]++)", style)
        length = found[1] if found else attribute(tag, side)
        if length and not length.endswith("%") and 0 < pixels(length) < least:
            return False
    return True


def is_document(tag: Tag) -> bool:
    """Whether a frame shows a document, such as a PDF, in the page."""
    target = attribute(tag, "src") or attribute(tag, "data")
    return bool(re.search(r"\.(?:pdf|docx?|ofd|html?)(?:$|[?#])|/pdf/|viewer", target[:500], re.IGNORECASE))
