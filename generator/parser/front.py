"""The top of a page: chrome and metadata set aside, the title joined and freed of its copies, the opening found."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter

from generator.model.numbering import label_at
from generator.parser.metadata import KEY, metadata_of
from generator.parser.printed_dates import Token, tokens_of
from generator.parser.printed_title import BEFORE_STROKE, LONG_LINE, TITLE, TITLE_DATE, TITLE_LINES, titles_in
from generator.parser.role_labels import role_label_at
from generator.parser.rules import chrome
from generator.parser.text import Paragraph, patterns, squeezed

_TOP = tuple((kind, re.compile(pattern)) for kind, pattern in chrome.TOP)
_NAVIGATION = re.compile(chrome.NAVIGATION)
_SOURCE = re.compile(
    rf"(?<!巡察)(?<!巡视)(?<!反馈)(?<!整改)(?P<key>{patterns(key for key, _ in chrome.SOURCE_KEYS)})\s*[:：]\s*"
)
_STEP = re.compile(r"-?>+|»|›|\||\s[/／]\s|^[^:：]{0,12}位置(?:是)?\s?[:：]")
_STEPS = re.compile(r"[^。]+[>»›]\s*")
_BLANKS = re.compile(r"(?<!\s)\s+(?=\S)")
_MOST_BLANKS = 12
_OPENING_MARKS = "【〖[［（( \u3000\t\u00a0•·●-–—"
_SOURCE_KINDS = dict(chrome.SOURCE_KEYS)
_DOC_NUMBER = re.compile(r".{1,14}[〔［\[（(]\d{4}[〕］\]）)]\d{1,4}号")
_ORGAN = re.compile(r"中共.{2,40}(?:党组|党委|委员会|工委|总支|支部)(?:文件)?")
_ADDRESSEE = re.compile(r"(?!现将|[^。，,；;]*如下)[^。，,；;]{2,40}[:：]")
_OPENING = re.compile(
    r"巡[察视].{0,200}(?:反馈|进行|开展|公布|公开|通报|报告|汇报)|现将|按照.{2,40}(?:部署|要求)|根据.{2,60}(?:部署|安排|要求)"
)
_SITE_NAME = re.compile(r"(?<!\s)\s*+[_|｜-]\s*+[^_|｜。，；：:\d]{2,30}$")
_SUMMARY = re.compile(rf"[【\[]?(?:{patterns(chrome.SUMMARY_LABELS)})[】\]]?(?:\s*[:：]|$)")
_CUT_SHORT = re.compile(r"(?:\.{3,6}|…{1,2})\s*$")
"""How a teaser without a label ends, which a page cut out of the notice's first words."""
_BODY_LABEL = re.compile(chrome.BODY_LABEL)
_SENDS = re.compile(r"现将《[^《》]{4,80}》(?:随文)?(?:报上|上报|报送|呈报|呈上|印发|发给)")
"""Begins a letter that the notice was sent with."""
_TEASER_HEAD = 16
"""First characters of a teaser that the notice prints again."""
_TEASER_SIZE = 6
"""Most paragraphs of a teaser."""
_FIELD_LINE = re.compile(rf"(?=[^。，；]{{1,120}}$).*?(?:{chrome.DATE.replace('日?', '日?[ ]*')}|www\.|\.gov\.cn)")
"""A line of a page's own fields, in any order: a date or the site's address, and no sentence."""
_BOTH_ENDS = 2
_COLUMN = 14
"""The name of a column is no longer."""
_NEAR = 4
"""Lines of a group's heading, a problem and its answer."""
_LOOK_AHEAD = 60
"""Paragraphs in which the opening is looked for."""


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the notice's opening."""

    aside: tuple[tuple[str, Paragraph], ...]
    """Kind of edit, paragraph: set aside."""
    metadata: tuple[tuple[str, str], ...]
    title: tuple[Paragraph, ...]
    """The paragraphs that print the title, in order; empty when there is none."""
    addressee: tuple[Paragraph, ...]
    rest: tuple[Paragraph, ...]
    """Lines above the opening that are none of these; kept as prose."""
    page_dates: tuple[tuple[str, Token], ...]
    """Dates of the page's own fields, the surest first."""
    page_source: str | None
    """来源, from the page's source line."""
    other_titles: tuple[str, ...]
    """Copies of the title in chrome or metadata."""
    start: int
    """Index of the opening paragraph."""


def front_of(paragraphs: Sequence[Paragraph]) -> Front:
    """The front of a notice whose paragraphs are given."""
    teasers = _teasers(paragraphs)
    start = _opening(paragraphs, teasers)
    above = [part for at, whole in enumerate(paragraphs[:start]) if at not in teasers for part in _apart(whole)]
    block, metadata = metadata_of(above)
    aside: list[tuple[str, Paragraph]] = [("metadata", paragraph) for paragraph in block]
    aside += [("chrome-removed", paragraphs[at]) for at in sorted(teasers) if at < start]
    left: list[Paragraph] = []
    dates: list[tuple[int, Token]] = []
    source, crumbs = None, list[str]()
    for paragraph in above:
        if paragraph in block:
            continue
        kind = _chrome(paragraph.text)
        if kind is None:
            left.append(paragraph)
            continue
        aside.append(("chrome-removed", paragraph))
        if kind == "breadcrumb":
            steps = map(squeezed, _STEP.split(paragraph.text))
            crumbs += [step for step in steps if TITLE.fullmatch(step) and ("关于" in step or len(step) > _COLUMN)]
        if kind in ("source", "page-date"):
            found = _source_line(paragraph.text)
            source = found[0] or source
            dates += found[1]
    left, joint = _without_joint_heads(left)
    aside += [("chrome-removed", paragraph) for paragraph in joint]
    numbers = [p for p in left if _DOC_NUMBER.fullmatch(squeezed(p.text))]
    left = [p for p in left if p not in numbers]
    title, repeated, tail_dates, left = titles_in(left)
    aside += [("title-repeated", paragraph) for paragraph in repeated] + [("chrome-removed", p) for p, _ in tail_dates]
    dates += [(_SOME_DATE, token) for _, token in tail_dates if token]
    aside += [("metadata", p) for p in numbers]
    metadata += [
        ("发文字号", squeezed(p.text)) for p in numbers if not any(k in ("发文字号", "文号") for k, _ in metadata)
    ]
    addressee = tuple(p for p in left if _ADDRESSEE.fullmatch(p.text) and label_at(p.text) is None)
    return Front(
        aside=tuple(sorted(aside, key=lambda pair: pair[1].source(0))),
        metadata=tuple(metadata),
        title=tuple(title),
        addressee=addressee,
        rest=tuple(p for p in left if p not in addressee),
        page_dates=tuple((_DATE_SOURCES[rank], token) for rank, token in sorted(dates, key=itemgetter(0))),
        page_source=source,
        other_titles=(*(v for k, v in metadata if k in chrome.TITLE_KEYS and v), *crumbs),
        start=start,
    )


def _without_joint_heads(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The lines without, and the names of organs above the number of the document, a line each in a joint head."""
    number = next((at for at, line in enumerate(lines) if _DOC_NUMBER.fullmatch(squeezed(line.text))), 0)
    joint = [line for line in lines[:number] if _ORGAN.fullmatch(squeezed(line.text))]
    return [line for line in lines if line not in joint], joint


def _apart(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph in two, where a title has crumbs before it, or the page's source line or metadata behind it."""
    text = paragraph.text
    if len(text) > 2 * LONG_LINE:
        return [paragraph]
    if text[0] == text[-1] == "|" and text.count("|") == _BOTH_ENDS and text.strip("| \u3000"):  # a row of one cell
        ends = (paragraph.cut(0, 1), paragraph.cut(len(text) - 1, len(text)))
        return [ends[0], paragraph.cut(1, len(text) - 1).stripped(), ends[1]]
    if (crumbs := _STEPS.match(text)) and TITLE.fullmatch(squeezed(text[crumbs.end() :])) and _chrome(text) is None:
        return [paragraph.cut(0, crumbs.end()).stripped(), paragraph.cut(crumbs.end(), len(text))]
    for found in filter(None, (_SOURCE.search(text), KEY.search(text))):
        before = text[: found.start()].rstrip(_OPENING_MARKS)
        if dated := TITLE_DATE.search(before):  # …的公告  2017-08-30 发布日期：…
            before = before[: dated.start()]
        if TITLE.fullmatch(squeezed(before)):
            return [paragraph.cut(0, len(before)), paragraph.cut(len(before), len(text)).stripped()]
    for blank in itertools.islice(_BLANKS.finditer(text), _MOST_BLANKS):  # …的通报 语音朗读 【打印】
        if TITLE.fullmatch(squeezed(text[: blank.start()])) and _chrome(text[blank.end() :]) == "toolbar":
            return [paragraph.cut(0, blank.start()), paragraph.cut(blank.end(), len(text))]
    site = None if BEFORE_STROKE.match(text) and TITLE.fullmatch(squeezed(text)) else _SITE_NAME.search(text)
    if site and TITLE.fullmatch(squeezed(text[: site.start()])):
        return [paragraph.cut(0, site.start()), paragraph.cut(site.start(), len(text)).stripped()]
    return [paragraph]


def _teasers(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The labels of teasers and the teasers: what stands below, or below a label of its own, says it again."""
    found: set[int] = set()
    top = paragraphs[:_LOOK_AHEAD]
    for at, paragraph in enumerate(top):
        label = _SUMMARY.match(paragraph.text)
        if label is None:
            cut = _CUT_SHORT.search(paragraph.text)
            head = squeezed(paragraph.text[: cut.start()]) if cut else ""
            if len(head) >= _TEASER_HEAD and any(squeezed(p.text).startswith(head) for p in top[at + 1 :]):
                found.add(at)
            continue
        behind = range(at + 1, min(at + 1 + _TEASER_SIZE, len(top)))
        body = next((i for i in behind if _BODY_LABEL.fullmatch(squeezed(top[i].text))), None)
        if body is not None:
            found.update(range(at, body + 1))
            continue
        words = squeezed(paragraph.text[label.end() :])
        teaser = at if words else at + 1
        head = (words or squeezed("".join(p.text for p in top[teaser : teaser + 1])))[:_TEASER_HEAD]
        if head and any(map(_begins(head), top[teaser + 1 :])):
            found.update(range(at, teaser + 1))
    return frozenset(found)


def _begins(head: str) -> Callable[[Paragraph], bool]:
    return lambda paragraph: squeezed(paragraph.text[: 4 * _TEASER_HEAD]).startswith(head)


def _opening(paragraphs: Sequence[Paragraph], teasers: Collection[int] = ()) -> int:
    """Index of the first paragraph of the notice's text: its opening, or its first part where it has none."""
    numbered = _first_issue(paragraphs[:_LOOK_AHEAD])
    for index, paragraph in enumerate(paragraphs[:_LOOK_AHEAD]):
        text = paragraph.text
        if index in teasers or _SENDS.match(text):
            continue
        if index == numbered or _heads_issues(text):
            return index
        label = label_at(text)
        if label is not None and label.style in ("cn", "cn-paren") and label.value == 1 and not _is_chrome_like(text):
            return index
        is_sentence = (
            len(text) >= 24 and ("，" in text or "," in text) and re.search(r"[。:：;；]|公布|公开|如下$", text)
        )
        if is_sentence and _OPENING.search(text) and _chrome(text) is None and not KEY.match(text):
            return index - (index > 0 and index - 1 not in teasers and _breaks_off(paragraphs[index - 1].text))
    if numbered is not None:
        return numbered
    for index, paragraph in enumerate(paragraphs[:_LOOK_AHEAD]):
        if len(paragraph.text) > 60 and "。" in paragraph.text:
            return index
    return _behind_title(paragraphs)


_CELL = re.compile(r"[\t|｜]")
_NAMES_ISSUES = re.compile(r"(?:巡[察视])?(?:反馈|具体|存在|主要)?的?(?:问题|意见)(?:内容|名称|清单|描述)?")
_NAMES_ANSWERS = re.compile(
    r"(?:整改|具体|落实)?(?:措施|举措|情况|进展|成效|结果|状态|落实情况|完成情况)(?:及成效)?|整改\S{1,8}|完成情况"
)


def _heads_issues(text: str) -> bool:
    """Whether a line is the head of a table of issues, which stands above the notice's opening."""
    cells = [cell.strip() for cell in _CELL.split(text)] if len(text) <= LONG_LINE else []
    return any(map(_NAMES_ISSUES.fullmatch, cells)) and any(map(_NAMES_ANSWERS.fullmatch, cells))


def _first_issue(paragraphs: Sequence[Paragraph]) -> int | None:
    """The first numbered line of a text without opening, that an answer follows: （三）…, 6.…, 整改情况：…"""
    numbered = [index for index, paragraph in enumerate(paragraphs) if label_at(paragraph.text) is not None]
    if not numbered:
        return None
    below = (role_label_at(paragraph.text) for paragraph in paragraphs[numbered[0] + 1 : numbered[0] + _NEAR])
    return numbered[0] if any(found is not None and found.role == "response" for found in below) else None


def _behind_title(paragraphs: Sequence[Paragraph]) -> int:
    """Where the text begins that has no opening: behind its title, where it has one."""
    for index, paragraph in enumerate(paragraphs[: min(TITLE_LINES, len(paragraphs) - 1)]):
        if label_at(paragraph.text) is None and TITLE.fullmatch(squeezed(paragraph.text[:LONG_LINE])):
            return index + 1
    return 0


def _breaks_off(text: str) -> bool:
    """Whether a sentence breaks off here, cut by the end of a page."""
    is_open = text[-1] in "第的在对和、，" and ("，" in text or "," in text)
    return is_open and len(text) > _COLUMN and _chrome(text) is None and not KEY.match(text)


def _is_chrome_like(text: str) -> bool:
    return len(text) < 6


def _chrome(text: str) -> str | None:
    """The kind of page chrome that the line is; None when it is words of the notice."""
    if len(text) > 300:
        return None
    if _NAVIGATION.fullmatch(text.strip()) and not TITLE.fullmatch(squeezed(text)):
        return "toolbar"
    bare = squeezed(text)
    for kind, pattern in _TOP:
        if pattern.fullmatch(bare):
            return kind
    if "。" in text.rstrip("。") or text.count("，") > 1:
        return None  # words of the notice that a page's fields run into
    found = _SOURCE.match(text.lstrip("【[（( •·|")) or (_SOURCE.search(text) and _FIELD_LINE.match(text))
    return "source" if found else None


_DATE_SOURCES = ("page", "page", "changed")
"""What a date of each of chrome.DATE_KINDS is evidence of."""
_SOME_DATE = chrome.DATE_KINDS.index("some-date")


def _source_line(text: str) -> tuple[str | None, list[tuple[int, Token]]]:
    """来源 and the dates of a source line with their ranks; its fields may stand without blanks between them."""
    source, dates = None, list[tuple[int, Token]]()
    keys = list(_SOURCE.finditer(text))
    before = text[: keys[0].start()] if keys else text
    dates += [(_SOME_DATE, token) for token in tokens_of(before)]
    if not keys:
        return None, dates
    ends = [found.start() for found in keys[1:]] + [len(text)]
    for found, end in zip(keys, ends, strict=True):
        value = text[found.end() : end].strip(" \u3000|【】[]")
        kind = _SOURCE_KINDS[found["key"]]
        if kind == "source" and value:
            source = source or value
        elif kind in chrome.DATE_KINDS:
            dates += [(chrome.DATE_KINDS.index(kind), token) for token in tokens_of(value)][:1]
    if not dates:  # 编辑：办公室 2024/12/20 阅读（212）
        dates += [(_SOME_DATE, token) for token in tokens_of(text) if token.readings and token.readings[0][0]][:1]
    return source, dates
