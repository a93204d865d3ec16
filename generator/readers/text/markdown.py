"""Markdown (.md): text whose marks of headings, emphasis and links are taken off.

A content file of this program (front matter with `title_origin`, see content.py) is handed on as it stands, with
format `md`, so that import can read it back to the very record that it was written from; `is_content_file` tells it.
"""

from __future__ import annotations

import re
from itertools import pairwise

from generator.readers import inline_marks, limits
from generator.readers.characters import clean_ends
from generator.readers.document import BlockKind, Document, Reader
from generator.readers.draft import Draft
from generator.readers.html import reader as html
from generator.readers.text import plain as text
from generator.readers.text.encoding import decode
from generator.readers.text.markdown_html import add_table, elements_of, has_words, tables_apart, without_tags

_FRONT_MATTER = re.compile(r"\A---\n(.{0,100000}?\n)---(?:\n|\Z)", re.DOTALL)
_OURS = re.compile(r"^title_origin:", re.MULTILINE)
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]++|(?<=##)(?=[^\s#]))(.*)$")
"""With a blank behind the signs; two and more of them without one, too, as many write before Chinese words."""
_RULE = re.compile(r"[ ]{0,3}(?>(?:-[ \t]*+){3,}|(?:\*[ \t]*+){3,}|(?:_[ \t]*+){3,}|=++|```.*+|~~~.*+)$")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ ]?)+")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?=\S)")
_TASK = re.compile(r"\[(?P<tick>[ xX])\][ \t]+(?=\S)")
_NOTE_MARK = re.compile(r"\[\^(?P<name>[^\[\]\s]{1,40})\](?!:)")
_NOTE = re.compile(r"^[ ]{0,3}\[\^(?P<name>[^\[\]\s]{1,40})\]:[ \t]*(?P<words>\S[^\n]*)", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ ]*+\|?[ ]*+:?-++:?[ ]*+(?>(?:\|[ ]*+:?-++:?[ ]*+)*)\|?[ ]*+$")
_INLINE = re.compile(
    r"""
    \\(?P<plain>[!-/:-@\[-`{-~])                                # a backslash makes a mark plain
    | !\[[^\[\]\n]{0,200}\]\([^)\n]{0,500}\)                      # a picture
    | \[(?P<link>[^\[\]\n]{1,200})\]\([^)\n]{0,500}\)             # a link
    | (?P<mark>\*\*\*|___|\*\*|__)(?P<strong>(?!\s)[^\n]{1,500}?)(?<!\s)(?P=mark)
    | ~~(?P<struck>(?!\s)[^~\n]{1,500})(?<!\s)~~
    | <(?P<tag>s|del|strike)>(?P<gone>[^<>\n]{1,500})</(?P=tag)>
    | <sup>(?P<up>[^<>\n]{1,50})</sup> | <sub>(?P<down>[^<>\n]{1,50})</sub>
    | ==(?P<light>(?![\s=])[^=\n]{1,500})(?<!\s)==
    | `(?P<code>[^`\n]{1,300})`
    | (?<![\w*])\*(?P<emphasis>[^\s*](?:[^*\n]{0,300}[^\s*])?)\*(?![\w*])
    """,
    re.VERBOSE,
)
_PICTURE = re.compile(r"(?<!\\)!\[[^\[\]\n]{0,200}\]\([^)\n]{0,500}\)|<img\s[^<>\n]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_CELL_END = re.compile(r"(?<!\\)\|")
_ORDERED = re.compile(r"([ ]{0,3})(\d{1,9})([.)])[ \t]+(?=\S)")
_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n^]{1,100}\]:[ \t]+(?:<|#|/|\./|https?:)[^\n]{0,500}$", re.MULTILINE)
"""Where a link leads to, or a remark that is written as such a line."""
_HIDDEN = re.compile(
    r"<(?P<tag>span|font|div|p|b|i)\s[^<>\n]{0,200}?"
    r"(?:display:\s*none|visibility:\s*hidden|font-size:\s*0(?![.\d])|opacity:\s*0(?![.\d])|\bhidden\b|color[:=]\s*[\"']?(?:white|#fff))"
    r"[^<>\n]{0,200}>(?P<inside>[^<>]{0,2000})</(?P=tag)>",
    re.IGNORECASE,
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
    text.read(data)  # refuses what is no text
    draft = Draft()
    body = inline_marks.foreign(clean_ends(plain))
    if front := _FRONT_MATTER.match(body):
        draft.edit("front-matter", front[1].strip())
        body = body[front.end() :]
    page = _MarkdownPage(body)
    for piece, is_table in tables_apart(_without_unseen(body)):
        if is_table and not has_words(piece):
            draft.edit("markup-removed", piece)
        elif is_table:
            add_table(draft, html.read(inline_marks.plain(piece).encode(), declared="utf-8"), piece)
        else:
            _add_lines(draft, piece, page)
    page.add(draft)
    return draft.document("md", encoding)


def _add_lines(draft: Draft, piece: str, page: _MarkdownPage) -> None:
    in_table = False
    number = _ListNumber()
    for line, below in pairwise([*piece.split("\n"), ""]):
        heads = "|" in line and "|" in below and bool(_TABLE_RULE.match(below))
        in_table = "|" in line and (in_table or heads)
        if not page.holds(line):
            _add(draft, number.printed(draft, line), page, is_row=in_table)


def _without_unseen(body: str) -> str:
    """The text with a mark for each character of comments and of what is written not to be shown."""
    body = _cut(body, "<!--", "-->")
    body = _HIDDEN.sub(lambda found: _marked(found[0], inline_marks.unseen(found["inside"])), body)
    return _DEFINITION.sub(lambda found: inline_marks.unseen(found[0]), body)


def _cut(body: str, opening: str, closing: str) -> str:
    """The text with marks in place of what stands between two signs; a sign that stays open is words."""
    parts: list[str] = []
    done = 0
    while (start := body.find(opening, done)) >= 0 and (end := body.find(closing, start + len(opening))) >= 0:
        inside = body[start + len(opening) : end]
        parts += body[done:start], _marked(inside, inline_marks.unseen(inside))
        done = end + len(closing)
    return "".join((*parts, body[done:]))


def _marked(text: str, shown: str) -> str:
    """What stands for a text, on as many lines."""
    return shown + "\n" * text.count("\n")


class _MarkdownPage:
    """What a line must know of the whole file: which tags are markup, and its footpage.

    [^a] becomes the number of its first mark, and what it leads to stands last.
    """

    def __init__(self, body: str) -> None:
        self._elements = elements_of(body)
        known = {found["name"] for found in _NOTE.finditer(body)}
        marks = (found["name"] for found in _NOTE_MARK.finditer(body))
        self._numbers = {name: at for at, name in enumerate(dict.fromkeys(one for one in marks if one in known), 1)}
        self._held: dict[int, tuple[str, str]] = {}

    def holds(self, line: str) -> bool:
        """Whether the line is a note that a mark leads to; it is kept for the end."""
        found = _NOTE.match(line)
        at = self._numbers.get(found["name"]) if found else None
        if found and at:
            self._held[at] = line.strip(), found["words"]
        return bool(at)

    def marked(self, line: str) -> str:
        """The line with the numbers of its page."""
        return _NOTE_MARK.sub(lambda found: f"[{at}]" if (at := self._numbers.get(found["name"])) else found[0], line)

    def shown(self, words: str) -> str:
        """The words without marks and tags."""
        return _INLINE.sub(_plain, without_tags(words, self._elements))

    def add(self, draft: Draft) -> None:
        """Adds the notes in their order."""
        for at, (line, words) in sorted(self._held.items()):
            draft.edit("markup-removed", line, f"[{at}] {words}")
            draft.add(f"[{at}] {self.shown(words)}", kind="note")


class _ListNumber:
    """Numbers of ordered lists: who writes 1. before each item means 1., 2., 3., as every program shows."""

    def __init__(self) -> None:
        self._written = ""
        self._shown = 0

    def printed(self, draft: Draft, line: str) -> str:
        """The line with the number that is shown before it."""
        found = _ORDERED.match(line)
        if not found:
            self._written = self._written if not line.strip() else ""
            return line
        if "".join(found.groups()) != self._written:
            self._written, self._shown = "".join(found.groups()), int(found[2])
            return line
        self._shown += 1
        draft.edit("auto-number", f"{found[2]}{found[3]}", f"{self._shown}{found[3]}")
        return f"{line[: found.start(2)]}{self._shown}{line[found.start(3) :]}"


def _add(draft: Draft, line: str, page: _MarkdownPage, *, is_row: bool) -> None:
    if _RULE.match(line) or line.strip() == "[TOC]" or ("|" in line and _TABLE_RULE.match(line)):
        draft.edit("markup-removed", line.strip())
        return
    words = page.marked(line)
    kind: BlockKind = "paragraph"
    level = 0
    if quote := _QUOTE.match(words):
        words = words[quote.end() :]
    if heading := _HEADING.match(words):
        words, kind, level = heading[2].rstrip(" \t").rstrip("#").rstrip(" \t"), "heading", len(heading[1])
    elif bullet := _BULLET.match(words):
        words, kind, level = _TASK.sub(_box, words[bullet.end() :]), "list-item", 1
    elif is_row or (words.strip().startswith("|") and words.strip().endswith("|") and words.count("|") > 2):
        words, kind = "\t".join(_cells(words)), "row"
    if pictures := len(_PICTURE.findall(words)):
        draft.flag("unread-part", "", f"此处有{pictures}幅图片，其中如有文字没有读。")
    words = _BREAK.sub(" " if kind == "row" else "\n", page.shown(words.removesuffix("\\")))
    if inline_marks.plain(words) != inline_marks.plain(line) and line.strip():
        draft.edit("markup-removed", line.strip(), words.strip())
    if kind == "row":
        draft.add_row(words.split("\t"))
    else:
        draft.add(words, kind=kind, level=level)


def _box(found: re.Match[str]) -> str:
    """What is shown for [x] and [ ] at the beginning of an item."""
    return "☐ " if found["tick"] == " " else "☑ "


def _cells(line: str) -> list[str]:
    """The cells of a row; a backslash makes the sign between them a part of the words."""
    cells = [cell.strip() for cell in _CELL_END.split(line.strip().removeprefix("|"))]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _plain(found: re.Match[str]) -> str:
    if found["struck"] or found["gone"]:
        return inline_marks.struck(_INLINE.sub(_plain, found["struck"] or found["gone"]))
    if found["up"]:
        return inline_marks.raised(found["up"])
    if found["down"]:
        return inline_marks.lowered(found["down"])
    inner = found["strong"] or found["emphasis"] or found["link"] or found["light"]
    return found["plain"] or found["code"] or (_INLINE.sub(_plain, inner) if inner else "")


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
