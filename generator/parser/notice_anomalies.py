"""What a notice shows by itself that a careful editor would flag: numbers, figures, marks, words, personal data."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Set
from itertools import pairwise

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Anomaly, Followup, Issue, IssueMarks, Notice, Passage, title_of
from generator.model.numbering import label_at
from generator.model.personal import personal_data
from generator.model.personal_rules import ROWS
from generator.parser import part_status, status
from generator.parser.issues_title import ISSUES_TITLE
from generator.parser.leftovers import open_at_end
from generator.parser.readings import readings_of
from generator.parser.rules import confusions
from generator.parser.tally import tallies
from generator.parser.title_names import core
from generator.parser.unclear import unclear_in

_CONFUSIONS = tuple((sign, late_pattern(pattern), message) for sign, pattern, message in confusions.ROWS)
_DENIED = late_pattern(r"(?:尚未|仍未|还未)(?:全部)?(?:完成|整改|到位|办结|启动)|正在整改")
_PAIRS = (("“", "”", "双引号"), ("‘", "’", "单引号"), ("《", "》", "书名号"), ("（", "）", "括号"), ("(", ")", "括号"))
_PAIR_MARK = late_pattern("[“”‘’《》（）()]")
_UNMARKED = "[^“”‘’《》（）()]*+"
_PAIRED = late_pattern(
    f"{_UNMARKED}(?>(?:(?:{'|'.join(re.escape(a) + _UNMARKED + re.escape(b) for a, b, _ in _PAIRS)}){_UNMARKED})*)"
)
"""A passage in which each mark is closed before the next one: quicker than to count them."""
_RESIDUE = late_pattern(r"\\o\\ac|EQ\s*\\|HYPERLINK|MERGEFORMAT|[\ue000-\uf8ff\ufffd]+")
_NO_TEXT = late_pattern("[\\\\HM\ue000-\uf8ff\ufffd]")
"""A quick look before the exact one."""
_MASKED = late_pattern(r"[X×*]{2,}|(?<=[\u4e00-\u9fff])[×*](?=[\u4e00-\u9fff])")
_TICK = late_pattern("[√✓✔☑■●○▲△]")
_TICKED = "表格以记号表示整改状态，未能判断是哪一栏，状态作未注明。"
_CONTEXT = 12
_QUOTED = 24
"""Characters of a paragraph that stand for it."""
MOST = 200
"""Anomalies of one code in one notice that are told one by one."""


def anomalies_in(notice: Notice, codes: Container[str] | None = None) -> Iterator[Anomaly]:
    """The anomalies that can be seen in a notice without knowing how it was read; of these `codes` (None: of all)."""
    for check, found in _CHECKS:
        if codes is None or any(code in codes for code in found):
            yield from (one for one in check(notice) if codes is None or one.code in codes)


def limited(found: Iterable[Anomaly]) -> list[Anomaly]:
    """The anomalies, of each code the first `MOST`; one without a place says how many more there are.

    Nobody reads thousands of one kind, and a file made to harm would have each of them looked up in all of its words.
    """
    kept: list[Anomaly] = []
    counts: Counter[str] = Counter()
    for anomaly in found:
        counts[anomaly.code] += 1
        if counts[anomaly.code] <= MOST:
            kept.append(anomaly)
    more = [(code, count - MOST) for code, count in counts.items() if count > MOST]
    return kept + [nowhere(code, f"这一类疑点还有{count}处，先处理列出的各处，再检查一次。") for code, count in more]


def at(code: str, notice: Notice, span: Span, message: str) -> Anomaly:
    """An anomaly at a place of the text; its line is set by who knows the source."""
    return Anomaly(code=code, line=0, quote=span.of(notice.text), message=message, span=span)


def nowhere(code: str, message: str, quote: str = "") -> Anomaly:
    """An anomaly of the whole notice."""
    return Anomaly(code=code, line=0, quote=quote, message=message)


def _deadlines(notice: Notice) -> Iterator[Anomaly]:
    evidence = dict(notice.evidence)
    published = notice.published
    items: tuple[Issue | Followup, ...] = (*notice.issues, *notice.followups)
    for item in items:
        path = f"{'followups' if isinstance(item, Followup) else 'issues'}.{item.id}.deadline"
        deadline = item.deadline
        if deadline is None:
            continue
        span = evidence.get(path) or _deadline_words(notice, item.at)
        if path in notice.inferred:
            yield at("date-damaged", notice, span, f"整改时限字符缺损，推定为{deadline.chinese}。")
        is_open = isinstance(item, Followup) or item.status != "done"
        if published and is_open and deadline.last_day < published.first_day:
            yield at("deadline-past", notice, span, f"整改时限{deadline.chinese}早于通报日期{published.chinese}。")


def _deadline_words(notice: Notice, at: int) -> Span:
    """Where a deadline stands of which import noted no place: the item's own words of it, else its heading."""
    below = list(_below(notice, at))
    last = below[-1][0] if below else at
    end = notice.starts[last] + len(notice.body[last].text)
    for noted in notice.anomalies:
        if noted.code == "date-damaged" and noted.span and notice.starts[at] <= noted.span.start < end:
            return noted.span
    index = next((index for index, passage in below if passage.role == "deadline"), at)
    return Span(notice.starts[index], notice.starts[index] + len(notice.body[index].text))


def _below(notice: Notice, at: int) -> Iterator[tuple[int, Passage]]:
    for index in range(at + 1, len(notice.body)):
        if notice.body[index].role == "heading":
            return
        yield index, notice.body[index]


def _numbers(notice: Notice) -> Iterator[Anomaly]:
    """Numbers of headings that repeat, skip or change form; they may begin anew, or run on over the headings above."""
    starts = notice.starts
    styles: dict[int, str] = {}
    running: dict[tuple[int, str], int] = {}
    for index, passage in enumerate(notice.body):
        label = _number_of(passage.label) if passage.role == "heading" else None
        if label is None:
            continue
        styles = {level: style for level, style in styles.items() if level <= passage.level}
        key = (passage.level, label.style)
        last, value = running.get(key, 0), label.value
        if styles.get(passage.level, label.style) != label.style or value not in (1, last + 1):
            span = Span(starts[index], starts[index] + len(passage.label))
            if styles.get(passage.level, label.style) != label.style:
                yield at("number-style", notice, span, f"编号“{passage.label}”与同级标题的编号形式不同，次序存疑。")
            elif value == last > 1:
                yield at("number-repeated", notice, span, f"编号“{passage.label}”重复出现。")
                value += 1  # as if it had gone on
            else:
                yield at("number-skipped", notice, span, f"编号“{passage.label}”与前一编号不相连。")
        styles[passage.level] = label.style
        running[key] = value


_number_of = functools.lru_cache(maxsize=1024)(label_at)
"""The number that a heading's label is: a notice prints the same few again and again."""


_COUNTED = {
    "issues": "问题", "done": "已完成的问题", "ongoing": "尚未完成的问题", "measures": "整改措施", "aspects": "方面",
    "groups": "大项",
}  # fmt: skip


def _figures(notice: Notice) -> Iterator[Anomaly]:
    evidence = dict(notice.evidence)
    for one in tallies(notice):
        span = evidence.get(f"stated.{one.field}")
        if one.agrees is False:
            said = f"通报自述{_COUNTED[one.field]}{one.stated}项，按标题逐项清点为{one.counted}项。"
            yield at("stated-differs", notice, span, said) if span else nowhere("stated-differs", said)
        elif one.field == "people" and span and one.stated is not None and one.counted and one.agrees is None:
            said = f"自述{one.stated}人，各项处理人数合计{one.counted}人（可能一人多项）。"
            yield at("people-differ", notice, span, said)
    if not notice.issues:
        yield nowhere("no-issues", "没有找到逐项列出的问题。")


def _answers(notice: Notice) -> Iterator[Anomaly]:
    """Answers with a label of their own that share an issue or have none: the title of a problem may be missed."""
    titles = {*(issue.at for issue in notice.issues), *(followup.at for followup in notice.followups)}
    has_title, seen = False, set[str]()
    for index, (passage, start) in enumerate(zip(notice.body, notice.starts, strict=True)):
        label = passage.label.strip()
        if passage.role == "heading":
            has_title, seen = index in titles, set()
        elif passage.role == "response" and label and notice.issues:
            if label in seen or not has_title:
                where = "同一问题下不止一处" if has_title else "不在任何问题之下的"
                message = f"{where}“{label.rstrip(':：')}”，可能有问题的题目没有认出。"
                yield at("answer-apart", notice, Span(start, start + len(label)), message)
            seen.add(label)


_FIRST_WORDS = late_pattern("[^。：:；;]*")
_NUMBERED_FEWEST = 12
"""A numbered paragraph that is shorter is a list's or a table's."""


def _outside(notice: Notice) -> Iterator[Anomaly]:
    """Numbered paragraphs outside of all issues, in a part that holds issues or is called as one: they may be some."""
    starts, body = notice.starts, notice.body
    names = {core(issue.title) for issue in notice.issues}
    tops = [index for index, passage in enumerate(body) if passage.role == "heading" and passage.level == 1]
    for begin, end in pairwise((*tops, len(body))):
        inside = body[begin:end]
        of_issues = any(isinstance(passage.marks, IssueMarks) for passage in inside)
        title = title_of(inside[0])
        if not of_issues and not (ISSUES_TITLE.search(title) or part_status.of_heading(title)):
            continue
        is_outside = True
        for index in range(begin, end):
            passage = body[index]
            if passage.role == "heading":
                is_outside = passage.marks is None
            elif is_outside and passage.role == "prose" and not passage.run_on and _is_numbered(passage.words, names):
                span = Span(starts[index], starts[index] + min(len(passage.words), _QUOTED))
                yield at("answer-apart", notice, span, "在问题部分编了号的段落不属于任何问题，可能有问题没有认出。")


def _is_numbered(words: str, names: Set[str]) -> bool:
    """Whether a paragraph is numbered, and not one that only lists a problem which an issue takes up by its name."""
    label = label_at(words) if len(words) >= _NUMBERED_FEWEST else None
    first = _FIRST_WORDS.match(words, label.end) if label is not None else None
    return first is not None and core(first[0]) not in names


def _text(notice: Notice) -> Iterator[Anomaly]:
    for code, span, message in _signs(notice.text):
        yield at(code, notice, span, message)
    for passage, start in zip(notice.body, notice.starts, strict=True):
        for span, message in _unpaired(passage.text):
            yield at("unpaired", notice, Span(start + span.start, start + span.end), message)


@functools.lru_cache(maxsize=2)  # most acts at the desk leave the words as they are
def _signs(text: str) -> tuple[tuple[str, Span, str], ...]:
    return tuple(_odd_signs(text))


def _odd_signs(text: str) -> Iterator[tuple[str, Span, str]]:
    """Code, place and message of what looks like another sign, of what a conversion left, of what is masked."""
    for sign, pattern, message in _CONFUSIONS:
        for found in pattern.finditer(text) if sign in text else ():
            stop = text.find("\n", found.end())
            end = min(len(text) if stop == -1 else stop, found.end() + 2)
            start = max(text.rfind("\n", 0, found.start()) + 1, found.start() - 2)
            yield "confusion", Span(start, end), message
    for found in _RESIDUE.finditer(text) if _NO_TEXT.search(text) else ():
        yield "residue", Span(found.start(), found.end()), "疑为转换残留的代码或乱码。"
    bold = {at for found in _BOLD.finditer(text) for at in found.span("ends")} if "**" in text else set[int]()
    for found in _MASKED.finditer(text) if any(sign in text for sign in "X×*") else ():
        if found.start() not in bold and found.end() not in bold:
            yield "masked", Span(found.start(), found.end()), "原文以符号代替，未作为数字或名称采用。"


_BOLD = late_pattern(r"(?P<ends>\*\*[\u4e00-\u9fff]{2,15}(?:[:：]\*\*|\*\*(?=[:：])))")
"""A label that asterisks set off, and mask nothing: **整改措施：**."""
_ITEM_NUMBER = late_pattern(r"(?:^|[。；;：:，,、\s])(?:\d{1,2}|[A-Za-z])$")


@functools.lru_cache(maxsize=4096)  # the desk looks again after each act, of which most passages are what they were
def _unpaired(text: str) -> tuple[tuple[Span, str], ...]:
    return () if _PAIRED.fullmatch(text) else tuple(_quotes(text))


def _quotes(text: str) -> Iterator[tuple[Span, str]]:
    """Quotation marks and brackets that are not closed, or not opened, in one passage."""
    for opening, closing, name in _PAIRS:
        if text.count(opening) == text.count(closing):
            continue
        if opening in "（(" and (text.count("（") + text.count("(") == text.count("）") + text.count(")")):
            continue  # one of each width: a matter of typing
        if closing == ")" and _lone_label(text):
            continue
        depth, opened = 0, 0
        for found in _PAIR_MARK.finditer(text):
            position, char = found.start(), found[0]
            if char == opening:
                depth, opened = depth + 1, position
            elif char == closing:
                depth -= 1
                if depth < 0 and _ITEM_NUMBER.search(text, max(0, position - 4), position):
                    depth = 0  # 整改措施：1）规范收费；2）推行服务
                elif depth < 0:
                    span = Span(_phrase_start(text, position), position + 1)
                    yield span, f"缺前{name}。"
                    depth = 0
        if depth > 0:
            yield Span(opened, min(len(text), opened + _CONTEXT)), f"缺后{name}。"


def _lone_label(text: str) -> bool:
    """Whether the only odd bracket is that of a number which lost its first one: `1)针对`."""
    label = label_at(text)
    rest = text[label.end :] if label else text
    return label is not None and label.printed[0] not in "（(" and rest.count("(") == rest.count(")")


def _phrase_start(text: str, position: int) -> int:
    """Where the words begin that a mark at `position` closes: behind the punctuation before it, or a bit back."""
    start = max(0, position - _CONTEXT)
    cut = max(text.rfind(mark, start, position) for mark in "，,。；;：:、")
    return cut + 1 if cut >= 0 else start


def _denied_in(answer: str) -> str | None:
    """What an answer says is not done, or ends with as under way: 正在办理开工手续."""
    denied = _DENIED.search(answer)
    left = None if denied else open_at_end(answer)
    return denied[0] if denied else left.of(answer).strip().rstrip("。；;") if left else None


def _issues(notice: Notice) -> Iterator[Anomaly]:
    starts = notice.starts
    followed = {followup.refers_to for followup in notice.followups}
    for issue in notice.issues:
        span = Span(starts[issue.at], starts[issue.at] + len(notice.body[issue.at].text))
        said = [p.words for _, p in _below(notice, issue.at) if p.role == "status"]
        if issue.status_quote and issue.status_quote in issue.response:
            said.append(issue.status_quote)
        if issue.id in followed and any(status.decisive(words) == "done" for words in said):
            yield at("status-contradicts", notice, span, "正文写明已完成，又列入需进一步整改的事项。")
        if issue.status == "done" and said and (denied := _denied_in(issue.response)):
            yield at("status-contradicts", notice, span, f"状态为已完成，整改情况中又写“{denied}”。")
        if any(status.is_mostly(words) for words in (*said, issue.status_quote or "")):
            yield at("status-mostly", notice, span, "原文为“基本完成”，请核对状态。")
        remarks = () if said or issue.status != "unstated" else tuple(_remarks(notice, issue))
        if issue.status == "unstated" and (unclear := unclear_in(tuple(said) or remarks, issue.response)):
            yield at("status-unclear", notice, span, f"“{unclear}”说到整改状态，未能判断，状态作未注明。")
        if not issue.response and not issue.status_quote:
            yield at("no-response", notice, span, "没有整改情况。")
    for followup in notice.followups:
        if followup.refers_to is None:
            head = notice.body[followup.at]
            span = Span(starts[followup.at], starts[followup.at] + len(head.text))
            yield at("followup-alone", notice, span, "正文没有与之对应的问题。")
    for one, two in pairwise(notice.issues):
        if one.title and one.title == two.title:
            head = notice.body[two.at]
            span = Span(starts[two.at], starts[two.at] + len(title_of(head)))
            yield at("issue-repeated", notice, span, "与前一问题题目相同。")


def _remarks(notice: Notice, issue: Issue) -> Iterator[str]:
    """What stands in brackets in the labels of an answer and may say how far it is: 整改措施（已完成）：."""
    for _, passage in _below(notice, issue.at):
        if passage.role == "response" and (found := _IN_LABEL.search(passage.label)) and status.may_say(found[1]):
            yield found[1]


_IN_LABEL = late_pattern(r"[（(]([^（()）]+)[）)]")


def _ticks(notice: Notice) -> Iterator[Anomaly]:
    """Ticks of a table in a column that no status was read from."""
    for issue in notice.issues:
        for index, passage in _below(notice, issue.at) if issue.status == "unstated" else ():
            if passage.role == "prose" and _TICK.fullmatch(passage.words.strip()):
                start = notice.starts[index]
                yield at("status-unclear", notice, Span(start, start + len(passage.text)), _TICKED)


def _readings(notice: Notice) -> Iterator[Anomaly]:
    for code, span, message in readings_of(notice):
        yield at(code, notice, span, message)


def _personal(notice: Notice) -> Iterator[Anomaly]:
    """Personal data outside the contact paragraph, where it is wanted (GOV-SITE 7)."""
    for row, span in personal_data(notice.text):
        if notice.body[bisect_right(notice.starts, span.start) - 1].role != "contact":
            yield at(row.code, notice, span, f"疑为{row.name}，公开前须核对。")


def _contact(notice: Notice) -> Iterator[Anomaly]:
    """Words of the contact that no fact took."""
    for words in notice.contact.unread:
        message = f"联系方式中“{words.strip()}”没有读出。"
        start = notice.text.find(words)
        if start < 0:
            yield nowhere("contact-unread", message, words)
        else:
            yield at("contact-unread", notice, Span(start, start + len(words)), message)


_CHECKS: tuple[tuple[Callable[[Notice], Iterator[Anomaly]], tuple[str, ...]], ...] = (
    (_deadlines, ("date-damaged", "deadline-past")),
    (_numbers, ("number-style", "number-repeated", "number-skipped")),
    (_figures, ("stated-differs", "people-differ", "no-issues")),
    (_answers, ("answer-apart",)),
    (_outside, ("answer-apart",)),
    (_text, ("confusion", "residue", "masked", "unpaired")),
    (
        _issues,
        ("status-contradicts", "status-mostly", "status-unclear", "no-response", "followup-alone", "issue-repeated"),
    ),
    (_ticks, ("status-unclear",)),
    (_readings, ("answer-shared", "number-missing")),
    (_personal, tuple(row.code for row in ROWS)),
    (_contact, ("contact-unread",)),
)
"""Each check with the codes of what it finds."""
