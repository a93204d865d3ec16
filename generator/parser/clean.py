"""Document → paragraphs: takes off what is not the notice's, fixes what the export broke, and records each change.

Promises, each tested as a property:
1. Words in = words out minus recorded edits, white space aside.
2. A paragraph's map leads each of its characters to the same character of the source (a field residue to its start).
3. Cleaning what was cleaned changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.model.notice import Edit
from generator.model.numbering import circled
from generator.parser.rules import chrome
from generator.parser.text import Lines, Paragraph, Segment
from generator.readers.document import Block, Document

_ANYWHERE = tuple((kind, re.compile(pattern)) for kind, pattern in chrome.ANYWHERE)
_MAY_BE_ASIDE = re.compile("|".join(f"(?:{pattern})" for _, pattern in chrome.ANYWHERE))

_RESIDUE = re.compile(
    r"""
    # Word field: a number in a circle
    (?<![ ])[ ]*EQ\s{0,4}\\o\s*\\ac\s*\(\s*[○〇Ｏo]\s*[,，;]\s*(?P<circled>\d{1,3})\s*\)
    | (?P<bold>\A\*\*|\*\*\Z)  # Markdown: **一、整改情况**
    | (?<=[\u4e00-\u9fff])[（(](?P<pinyin>[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6})[）)]  # mirror: 統(tǒng)一
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The paragraphs of a document, in order, and what was changed to get them."""

    paragraphs: tuple[Paragraph, ...]
    edits: tuple[Edit, ...]
    lines: Lines
    """Of the document."""


def paragraphs_of(document: Document) -> Cleaned:
    """The document's paragraphs, field residue resolved, page numbers and the format's own chrome set aside."""
    lines = Lines(document.text)
    paragraphs: list[Paragraph] = []
    edits: list[Edit] = []
    heads, pages = _running_heads(document), _bare_page_numbers(document)
    for block in document.blocks:
        text = document.text[block.start : block.end]
        line = lines.at(block.start)
        kind = "running-head" if block.start in heads else _set_aside(block, text)
        kind = "page-number" if block.start in pages else kind
        if kind:
            edits.append(Edit(kind=kind, line=line, before=text, after="", start=block.start))
            continue
        paragraph, found = _without_residue(block, text, line)
        edits += found
        if paragraph.text:
            paragraphs.append(paragraph)
    return Cleaned(tuple(paragraphs), tuple(edits), lines)


def _running_heads(document: Document) -> frozenset[int]:
    """Where blocks begin that are the head of each page: the same words again and again, amid a sentence each time."""
    again: dict[str, list[int]] = {}
    for index, block in enumerate(document.blocks):
        if block.end - block.start <= _LONGEST_HEAD:
            again.setdefault(document.text[block.start : block.end], []).append(index)
    found: set[int] = set()
    for text, places in again.items():
        if len(places) < _FEWEST_HEADS or not _HEAD.fullmatch("".join(text.split())):
            continue
        amid = [at for at in places if at and _breaks_off(document, document.blocks[at - 1])]
        if len(amid) + 1 >= len(places):  # the first may be the letterhead
            found.update(document.blocks[at].start for at in amid)
    return frozenset(found)


_HEAD = re.compile(
    r"[\u4e00-\u9fff（）()·“”]{2,30}(?:文件|党组|党委|委员会|支部|总支|工委|通报|公告|公示|报告|情况|整改)"
)
_LONGEST_HEAD = 44
_FEWEST_HEADS = 2
_LONG_LINE = 12
"""A line that is shorter may be whole without a stop: a heading."""


def _bare_page_numbers(document: Document) -> frozenset[int]:
    """Where blocks begin that are nothing but a number, one more each time, most of them amid a sentence.

    One that stands far from its margin between empty lines is a page's, though it is the only one.
    """
    places = [at for at, block in enumerate(document.blocks) if _BARE.fullmatch(document.text, block.start, block.end)]
    values = [int(document.text[block.start : block.end]) for block in map(document.blocks.__getitem__, places)]
    if not places or values != list(range(values[0], values[0] + len(values))):
        return frozenset()
    amid = sum(at > 0 and _breaks_off(document, document.blocks[at - 1]) for at in places)
    behind = (document.text[document.blocks[at + 1].start] for at in places if at + 1 < len(document.blocks))
    is_counted = any(sign in _COUNTED for sign in behind)  # 发现问题 / 12 / 个
    starts = [document.blocks[at].start for at in places]
    is_centred = all(not document.text[max(0, start - _INDENT) : start].strip(" ") for start in starts)
    is_amid = amid > 0 and len(places) >= _FEWEST_HEADS and (amid * 2 >= len(places) or is_centred)
    are_pages = is_amid or all(_SET_APART.search(document.text, max(0, start - _FAR), start) for start in starts)
    return frozenset(starts) if are_pages and not is_counted else frozenset()


_BARE = re.compile(r"\d{1,3}")
_SET_APART = re.compile(r"\n[ \u3000\t]{0,80}\n[ \u3000]{12,80}\Z")
_FAR = 100
_INDENT = 8
"""Blanks before a number that stands in the middle of its line."""
_COUNTED = "个项条次名人件份元万亿年月日％%"


def _breaks_off(document: Document, block: Block) -> bool:
    text = document.text[block.start : block.end].rstrip()
    is_told = any(mark in text for mark in "，。；、,")
    return is_told and len(text) > _LONG_LINE and (text[-1:].isalnum() or text[-1:] in "、，,（(《“")


def _set_aside(block: Block, text: str) -> str | None:
    if block.kind == "chrome":
        return "chrome-removed"
    if block.kind == "contents":
        return "contents-removed"
    if len(text) <= 24:
        bare = "".join(text.split())
        if _MAY_BE_ASIDE.fullmatch(bare):
            return next(kind for kind, pattern in _ANYWHERE if pattern.fullmatch(bare))
    return None


def _without_residue(block: Block, text: str, line: int) -> tuple[Paragraph, list[Edit]]:
    level = block.level if block.kind == "heading" else 0  # an item of a list is what its number says
    is_row = block.kind == "row" or (text[:1] in "|｜" and text[-1:] in "|｜")
    has_pinyin = "(" in text and _is_mirror(text)
    is_bold = _BOLD.fullmatch(text) is not None
    if not (has_pinyin or is_bold) and "EQ" not in text:
        return Paragraph(text, block.start, line, level, is_row, (), block.column), []
    out: list[str] = []
    segments: list[Segment] = []
    edits: list[Edit] = []
    at, done = 0, 0
    for found in _RESIDUE.finditer(text):
        if (found["pinyin"] and not has_pinyin) or (found["bold"] and not is_bold):
            continue
        after = circled(int(found["circled"])) if found["circled"] else ""
        kept = text[done : found.start()]
        if kept:
            segments.append(Segment(at, block.start + done))
            out.append(kept)
            at += len(kept)
        if after:
            segments.append(Segment(at, block.start + found.start(), block.start + found.end()))
            out.append(after)
            at += len(after)
        kind = next(_KINDS[name] for name, words in found.groupdict().items() if words)
        edits.append(Edit(kind=kind, line=line, before=found[0], after=after, start=block.start + found.start()))
        done = found.end()
    if done < len(text) or not segments:
        segments.append(Segment(at, block.start + done))
        out.append(text[done:])
    paragraph = Paragraph("".join(out), block.start, line, level, is_row, tuple(segments), block.column)
    return paragraph.stripped(), edits


_KINDS = {"circled": "field-residue", "pinyin": "pinyin-residue", "bold": "markup-removed"}
_BOLD = re.compile(r"\*\*[^*\n]{2,200}\*\*")
_TONED = re.compile(r"\((?<=[\u4e00-\u9fff].)[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)")


def _is_mirror(text: str) -> bool:
    """Whether pinyin with tone marks stands in brackets behind characters: left by a converting mirror."""
    return bool(_TONED.search(text))


def join_edit(first: Paragraph, second: Paragraph, text: str) -> Edit:
    """The edit that says that `second` goes on where `first` ends; `text` is the source."""
    start, end = first.source_end(len(first.text)), second.source(0)
    gap = text[start:end]
    # what stands in the gap besides blanks has an edit of its own
    if blanks := len(gap) - len(gap.lstrip()):
        end = start + blanks
    else:
        start = end - len(gap) + len(gap.rstrip())
    return Edit(kind="line-joined", line=second.line, before=text[start:end], after="", start=start)


def moved(part: Paragraph, to: int, line: int, kind: str, edits: list[Edit]) -> Paragraph:
    """The words at the offset `to` of the source, in its `line`; `edits` takes the two halves of the move."""
    edits.append(Edit(kind=kind, line=part.line, before=part.text, after="", start=part.source(0)))
    edits.append(Edit(kind=kind, line=line, before="", after=part.text, start=to))
    return Paragraph(part.text, to, line, segments=(Segment(0, to, to),))
