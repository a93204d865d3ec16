"""Characters that no reader hands on: line ends of other systems, what nobody can see, and what an export garbled."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.base.diagnostics import Span
from generator.model.folding import NULL_MARKS, OVER
from generator.model.notice import Anomaly, Edit
from generator.readers import limits
from generator.readers.radicals import RADICALS, with_characters

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Control characters but tab and newline; characters without width; fillers, selectors of variants, tags: nobody sees
# them, they hide words from a search or hold hidden ones, and those that turn the direction of writing can show other
# words than are there. Noncharacters are no text at all.
_INVISIBLE = (
    "\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    + "".join(chr(plane + 0xFFFE) + chr(plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000))
    + NULL_MARKS
    + "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_STRANGE = re.compile(
    f"(?P<unseen>[{_INVISIBLE}]+)"
    f"|(?P<radical>[{RADICALS}])"
    r"|(?P<entity>&(?:nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|quot|middot|bull|hellip|mdash|ndash|times|yen"
    r"|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});)"
)
_UNREADABLE = re.compile("[\ufffc\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_STROKES = "\u0334-\u0338\u20d2\u20d3\u20d8-\u20da\u20e5\u20e6\u20ea\u20eb"
"""Marks that cross out the character before them."""
_LAID_OVER = re.compile(f"[0-9\u3000-\u9fff\uff00-\uffef](?![{_STROKES}])[{OVER}]")
"""Accents belong to letters; on Chinese and on digits they make look other what is read."""
_STROKE = re.compile(f"[{_STROKES}]")
_CROSSED = re.compile(f"(?>(?:[^\\s{_STROKES}][{_STROKES}]++)+)")


def clean_ends(text: str) -> str:
    """`text` with newlines as its only line ends."""
    return _LINE_END.sub("\n", text)


def clean(text: str, line: int = 1) -> tuple[str, tuple[Edit, ...]]:
    """`text` with newlines as its only line ends, without characters that nobody sees, radicals and entities fixed.

    The edits say what was taken out or put in its place. `line` is the number of its first line.
    """
    text = clean_ends(text)
    if not _STRANGE.search(text):
        return text, ()
    edits: list[Edit] = []
    parts: list[str] = []
    done = 0
    for found in _STRANGE.finditer(text):
        kind, after = _fixed(found)
        if kind is None:
            continue
        line += text.count("\n", done, found.start())
        parts += text[done : found.start()], after
        done = found.end()
        edits.append(Edit(kind=kind, line=line, before=found[0], after=after))
        limits.check("edits", len(edits))
    return "".join((*parts, text[done:])), tuple(edits)


def _fixed(found: re.Match[str]) -> tuple[str | None, str]:
    """The kind of edit and what stands in place of the find; no kind: it stays as it is."""
    if found["unseen"]:
        return "control-removed", ""
    if found["radical"]:
        after = with_characters(found[0])
        return ("radical", after) if after != found[0] else (None, "")
    after = html.unescape(found[0]).replace("\xa0", " ")
    is_seen = len(after) == 1 and (after.isprintable() or after.isspace()) and after not in "<>&\n\r\t\v\f"
    return ("entity", after) if is_seen else (None, "")


def unseen_in(text: str) -> list[str]:
    """The characters that nobody sees, in order."""
    return _UNSEEN.findall(text)


def crossed(text: str) -> list[Span]:
    """Where characters are crossed out by marks that stand among them, as chat programs write 已̶完̶成̶."""
    return [Span(*found.span()) for found in _CROSSED.finditer(text)] if _STROKE.search(text) else []


def crossed_out(text: str) -> Iterator[Anomaly]:
    """An anomaly for each of them."""
    line, done = 1, 0
    for number, span in enumerate(crossed(text), 1):
        limits.check("edits", number)
        line += text.count("\n", done, span.start)
        done = span.start
        yield Anomaly(code="struck-out", line=line, quote=span.of(text)[:_QUOTE], message=STRUCK_OUT)


STRUCK_OUT = "这些字画了删除线：照原样保留，不据以认定状态、事实和数字，请核定去留。"
_QUOTE = 30


def unreadable(text: str) -> Iterator[Anomaly]:
    """An anomaly for each line with a character that could not be decoded, or that only the file's own font shows."""
    if not _UNREADABLE.search(text) and not _LAID_OVER.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _UNREADABLE.search(line) or _LAID_OVER.search(line):
            quote = line[max(0, found.start() - 10) : found.start() + 10].strip()
            yield Anomaly(code="undecodable", line=number, quote=quote, message=_why(found[0]))


def _why(char: str) -> str:
    if char == "\ufffd":
        return "此处有不能识读的字符，请对照原件。"
    if len(char) > 1:
        return "此处有叠在别的字上的符号，请对照原件。"
    if char == "\ufffc":
        return "此处原有图片或别的对象，没有读出，请对照原件。"
    return "此处有只在原文件字体中才有的字符，请对照原件。"
