"""Markdown (.md): text whose marks of headings, emphasis and links are taken off.

A content file of this program (front matter with `title_origin`, see content.py) is handed on as it stands, with
format `md`, so that import can read it back to the very record that it was written from; `is_content_file` tells it.
"""

from __future__ import annotations

import re

from generator.readers import limits
from generator.readers.document import BlockKind, Document, Reader
from generator.readers.draft import Draft
from generator.readers.text import plain as text
from generator.readers.text.encoding import decode

_FRONT_MATTER = re.compile(r"\A---\n(.{0,100000}?\n)---(?:\n|\Z)", re.DOTALL)
_OURS = re.compile(r"^title_origin:", re.MULTILINE)
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+|```.*|~~~.*)$")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_TABLE_RULE = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
_INLINE = re.compile(
    r"""
    \\(?P<plain>[!-/:-@\[-`{-~])                                # a backslash makes a mark plain
    | !\[[^\[\]\n]{0,200}\]\([^)\n]{0,500}\)                      # a picture
    | \[(?P<link>[^\[\]\n]{1,200})\]\([^)\n]{0,500}\)             # a link
    | (?P<mark>\*\*|__)(?P<strong>(?!\s)[^\n]{1,500}?)(?<!\s)(?P=mark)
    | (?<![\w*])\*(?P<emphasis>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])
    """,
    re.VERBOSE,
)


def is_content_file(document_text: str) -> bool:
    """Whether a text is a content file of this program, which content.py reads."""
    found = _FRONT_MATTER.match(document_text)
    return bool(found and _OURS.search(found[1]))


def read(data: bytes) -> Document:
    """The words of a Markdown file, its marks recorded as edits; a content file of this program unchanged."""
    limits.check("text-bytes", len(data))
    plain, encoding = decode(data)
    plain = plain.replace("\r\n", "\n")
    if is_content_file(plain):
        return Document(text=plain, blocks=tuple(text.blocks_of(plain)), format="md", encoding=encoding)
    document = text.read(data)
    draft = Draft()
    body = document.text
    if front := _FRONT_MATTER.match(body):
        draft.edit("front-matter", front[1].strip())
        body = body[front.end() :]
    for line in body.split("\n"):
        _add(draft, line)
    return draft.document("md", encoding)


def _add(draft: Draft, line: str) -> None:
    if _RULE.match(line) or ("|" in line and _TABLE_RULE.match(line)):
        draft.edit("markup-removed", line.strip())
        return
    words = line
    kind: BlockKind = "paragraph"
    level = 0
    if quote := _QUOTE.match(words):
        words = words[quote.end() :]
    if heading := _HEADING.match(words):
        words, kind, level = heading[2], "heading", len(heading[1])
    elif bullet := _BULLET.match(words):
        words, kind, level = words[bullet.end() :], "list-item", 1
    elif words.strip().startswith("|") and words.strip().endswith("|") and words.count("|") > 2:
        words, kind = "\t".join(cell.strip() for cell in words.strip()[1:-1].split("|")), "row"
    words = _INLINE.sub(_plain, words.removesuffix("\\"))
    if words != line and line.strip():
        draft.edit("markup-removed", line.strip(), words.strip())
    draft.add(words, kind=kind, level=level)


def _plain(found: re.Match[str]) -> str:
    inner = found["strong"] or found["emphasis"] or found["link"]
    return found["plain"] or (_INLINE.sub(_plain, inner) if inner else "")


def _claims(data: bytes) -> bool:
    return data.startswith((b"---\n", b"---\r\n")) and is_content_file(
        data[:200_000].decode("utf-8", "replace").replace("\r\n", "\n")
    )


READER = Reader(
    format="md",
    suffixes=(".md", ".markdown"),
    claims=_claims,
    read=read,
)
