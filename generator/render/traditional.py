"""The 繁體 edition: a finished page converted by OpenCC, its links led back to what exists once."""

from __future__ import annotations

import functools
import posixpath
import re
from typing import Any

from generator.base.diagnostics import ContentError, Diagnostic

try:
    import opencc
except ImportError:  # an optional part: `pip install opencc`
    opencc: Any = None  # type: ignore[no-redef]

FOLDER = "zh-hant/"
LANGUAGE = "zh-Hant"
_ONLY_ONCE = ("search/index.html", "404.html")
"""Pages that this edition leaves to the other: the index of the search is simplified."""
_LINK = re.compile(r'(?P<before>\s(?:href|src|action)=")(?P<target>[^"#?:]+)(?P<after>["#?])')


def has_edition(path: str) -> bool:
    """Whether the page has a 繁體 twin."""
    return path not in _ONLY_ONCE


def require() -> None:
    """Raise ContentError when the site asks for the edition and OpenCC is not installed."""
    if opencc is None:
        raise ContentError(
            [
                Diagnostic(
                    code="no-opencc",
                    file="site.yml",
                    message="traditional: true needs OpenCC, which is not installed",
                    hint="Install it: pip install opencc; or write traditional: false.",
                )
            ]
        )


def to_traditional(html: str, path: str) -> str:
    """The page of `path` in 繁體, for `zh-hant/<path>`. Page labels stay simplified, links reach the same things."""
    head, body = html.split("</head>", 1)
    before, opening, rest = head.partition("<title>")
    title, closing, behind = rest.partition("</title>")
    if closing:
        head = before + opening + _converter().convert(title) + closing + behind
    whole = head + "</head>" + _converter().convert(body)
    folder, up = posixpath.dirname(path), "../" * (path.count("/") + 1)

    def lead(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, found["target"]))
        here = target.startswith(FOLDER) or (target.endswith(".html") and has_edition(target))
        return found[0] if here else f"{found['before']}{up}{target}{found['after']}"

    return _LINK.sub(lead, whole)


@functools.cache
def _converter() -> Any:
    return opencc.OpenCC("s2tw")
