"""HTML in a Markdown file, as exports of editors hold it: tables are read as a web page's, tags leave their words."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from generator.readers import inline_marks
from generator.readers.document import Document
from generator.readers.draft import Draft
from generator.readers.html.attributes import names

_ANY_TAG = re.compile(r"<[^<>]*>")
_OPENING = re.compile(r"<table[\s>]", re.IGNORECASE)
_CLOSING = re.compile(r"</table\s*>", re.IGNORECASE)
_ATTRIBUTE = r"\s[A-Za-z_:][A-Za-z0-9_:.-]{0,40}(?:=(?:\"[^\"<>\n]{0,300}\"|'[^'<>\n]{0,300}'|[^\s<>\"'=]{1,300}))?"
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>[a-z][a-z0-9]{{0,12}}(?::p)?)(?P<rest>(?:{_ATTRIBUTE}){{0,12}}\s?/?)>", re.IGNORECASE
)
"""A tag, and never a < between words: a<b 且 c>d."""
_INLINE = names("u b i em strong mark font span a small big ins label img o:p")
"""Elements whose words go on in their line."""
_BLOCK = names(
    "p div center section article details summary figure figcaption blockquote h1 h2 h3 h4 h5 h6 ul ol li hr"
)
"""Elements that end a line."""
_EMPTY = frozenset({"img", "hr"})


def elements_of(body: str) -> frozenset[str]:
    """The names of the elements that a text has, each tag of them closed: a text that speaks of <p> has none."""
    opened: Counter[str] = Counter()
    for tag in _TAG.finditer(body):
        name = tag["name"].lower()
        if name in _EMPTY:
            opened[name] += bool(tag["rest"].strip(" /"))
        elif not tag["rest"].endswith("/"):
            opened[f"/{name}" if tag["close"] else name] += 1
    return frozenset(
        name for name in _INLINE | _BLOCK if opened[name] and (name in _EMPTY or opened[name] == opened[f"/{name}"])
    )


def tables_apart(body: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a table of HTML."""
    done = 0
    while (opening := _OPENING.search(body, done)) and (closing := _CLOSING.search(body, opening.end())):
        yield body[done : opening.start()], False
        yield body[opening.start() : closing.end()], True
        done = closing.end()
    yield body[done:], False


def without_tags(line: str, elements: frozenset[str]) -> str:
    """The words of a line, the tags of those elements taken off; one that ends a line leaves a line's end."""

    def shown(tag: re.Match[str]) -> str:
        name = tag["name"].lower()
        return tag[0] if name not in elements else "\n" if name in _BLOCK else ""

    return _TAG.sub(shown, line) if elements and "<" in line else line


def has_words(table: str) -> bool:
    """Whether a table shows anything."""
    return bool(html.unescape(_ANY_TAG.sub("", inline_marks.plain(table))).strip())


def add_table(draft: Draft, table: Document, source: str) -> None:
    """Adds the rows of a table that the reader of web pages has read, and what that one tells of it."""
    draft.edit("markup-removed", source)
    for anomaly in table.anomalies:
        draft.flag(anomaly.code, anomaly.quote, anomaly.message)
    unseen = source.count(inline_marks.UNSEEN)
    for index, block in enumerate(table.blocks):
        words = _with_marks(table, block.start, block.end) + inline_marks.UNSEEN * (unseen if not index else 0)
        if block.kind == "row":
            draft.add_row(words.split("\t"))
        else:
            draft.add(words)


def _with_marks(table: Document, start: int, end: int) -> str:
    """The words of a block, those that are crossed out marked as such again."""
    parts: list[str] = []
    for span in table.struck:
        if start <= span.start < span.end <= end:
            parts += table.text[start : span.start], inline_marks.struck(table.text[span.start : span.end])
            start = span.end
    return "".join((*parts, table.text[start:end]))
