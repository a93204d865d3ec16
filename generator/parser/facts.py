"""The facts of a notice, from the words of its body: who, whom, when, how many, whom to call."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.base.diagnostics import Span
from generator.model.notice import Accountability, Contact, Ground, PartialDate, Passage, Stated, text_of
from generator.parser import grounds
from generator.parser.chronology import Solved, solve
from generator.parser.closing import Closing
from generator.parser.contact import contact_of, stray_contacts
from generator.parser.front import Front
from generator.parser.opening import (
    Opening,
    opening_of,
    tells_of_inspection,
)
from generator.parser.printed_dates import Token, ranges_of, tokens_of
from generator.parser.region import RegionFound
from generator.parser.rules import chrome, wordlists
from generator.parser.stated_figures import accountability_in, stated_in
from generator.parser.summaries import below_answers, sums_up, tells_totals
from generator.parser.text import patterns, sentences
from generator.parser.unit import (
    is_of_several,
    unit_in_title,
)
from generator.parser.who import FIRST_PASSAGES, who_of, words_at

_INSPECTOR = "inspection.inspector"
_OPENING_PARAGRAPHS = 6
_OPENING_SIZE = 4_000
"""Characters in which the opening's facts are looked for; a line of megabytes is no opening."""
_LAST_PASSAGES = 12
"""In which an opening below a table stands."""
_NEXT_STEPS = re.compile(patterns(wordlists.NEXT_STEPS))
_NO_CONTACT_IN = frozenset({"contact", "title", "heading", "signature", "date"})
_SUMMARY_SIZE = 60_000
"""Characters in which totals are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the words say; `evidence` spans index the notice's text."""

    unit: str | None
    region: RegionFound
    inspector: str | None
    kind: str | None
    round: str | None
    printed: str | None
    dates: Solved
    published: PartialDate | None
    inferred: tuple[str, ...]
    tokens: tuple[tuple[str, Token, Span], ...]
    """Each date's field, its token, and where it stands in the text."""
    stated: Stated
    impossible: tuple[tuple[Span, str], ...]
    """Totals that cannot be right, and why."""
    rivals: tuple[tuple[Span, str], ...]
    """Totals that differ from those that were taken."""
    contact: Contact
    accountability: Accountability | None
    is_of_several: bool
    """The inspection was of several units at once."""
    is_higher: bool
    """巡视 (of a province or the centre), not 巡察."""
    evidence: tuple[tuple[str, Span], ...]
    grounds: tuple[Ground, ...]
    """What a fact rests on where there is something to weigh."""


def facts_of(body: Sequence[Passage], starts: Sequence[int], front: Front, closing: Closing, title: str) -> Facts:
    """The facts of a notice with this body (its passages stand at `starts` in the text), front and closing."""
    first = _first_heading(body)
    intro = _intro(body, first)
    at = starts[intro[0]] if intro else 0
    text = text_of(body[intro[0] : intro[-1] + 1])[:_OPENING_SIZE] if intro else ""
    opening = opening_of(text, unit_in_title(title) or "")
    evidence = _opening_evidence(opening, at)
    contact, contact_evidence = _contact(body, starts)
    summaries = _summaries(body, starts)
    figures = stated_in(summaries)
    accountability, accountability_evidence = _accountability(body, starts, summaries)
    issued = list(_issued(front, closing, body))
    published = _sole(issued[0][1]) if issued else None
    token, where = _signed_on(issued, body, starts)
    dates = solve(opening.range, opening.feedback, token, opening.duration, opening.year)
    tokens = _tokens(opening, at, token, where)
    who = who_of(title, body, front, contact, opening, text)
    inferred = tuple(
        name for name, token_, _ in tokens if token_.is_damaged and _value(dates, name, published) is not None
    )
    return Facts(
        unit=who.unit,
        region=who.region,
        inspector=who.inspector,
        kind=who.kind,
        round=who.round,
        printed=opening.range.printed if opening.range else None,
        dates=dates,
        published=dates.published if token is not None and token.is_damaged else published,
        inferred=inferred,
        tokens=tokens,
        stated=figures.stated,
        impossible=figures.impossible,
        rivals=figures.rivals,
        contact=contact,
        accountability=accountability,
        is_of_several=is_of_several(title) or bool(opening.object and is_of_several(opening.object.of(text))),
        is_higher="巡视" in (who.inspector or "") or ("巡视" in title and "巡察" not in title),
        evidence=(
            *(one for one in evidence if one[0] != _INSPECTOR or who.inspector == words_at(opening.inspector, text)),
            *_unit_evidence(who.unit, body, starts),
            *contact_evidence,
            *figures.evidence,
            *where_of(token, where),
            *accountability_evidence,
        ),
        grounds=(*who.grounds, *grounds.of_dates(text, opening), *grounds.of_publication(issued)),
    )  # fmt: skip


def where_of(token: Token | None, where: Span | None) -> tuple[tuple[str, Span], ...]:
    """Evidence of the date of publication."""
    return (("published", where),) if token is not None and where is not None else ()


def _intro(body: Sequence[Passage], first: int) -> list[int]:
    """The passages of the opening: the first prose behind the title and the addressee, one after the other."""
    above = max((i for i in range(first) if body[i].role in ("title", "addressee")), default=-1)
    below = [i for i in range(above + 1, first) if body[i].role == "prose"]
    below = below or [i for i in range(first) if body[i].role == "prose"]
    texts = [i for i in below if not body[i].words.startswith(("|", "｜")) and "\t" not in body[i].words]
    is_below_table = len(texts) < len(below) and not any(tells_of_inspection(body[i].words) for i in texts)
    below = [] if is_below_table else texts
    if not below:  # no opening: the first part may tell of the inspection, or the last lines do
        places = (*range(min(FIRST_PASSAGES, len(body))), *range(max(0, len(body) - _LAST_PASSAGES), len(body)))
        behind = (i for i in places if body[i].role == "prose" and tells_of_inspection(body[i].words))
        below = list(itertools.islice(behind, 1))
    elif not any(tells_of_inspection(body[i].words) or _dated(body[i].words) for i in below):
        below += _told_in_first_part(body, first)  # an opening that announces and no more
    return below[:_OPENING_PARAGRAPHS]


def _dated(words: str) -> bool:
    return next(ranges_of(words), None) is not None


def _told_in_first_part(body: Sequence[Passage], first: int) -> list[int]:
    """The first paragraph above all issues that says when which inspection was."""
    issue = next((i for i, passage in enumerate(body) if passage.marks is not None), len(body))
    told = (
        i
        for i in range(first, min(issue, FIRST_PASSAGES))
        if body[i].role == "prose" and tells_of_inspection(body[i].words) and _dated(body[i].words)
    )
    return list(itertools.islice(told, 1))


def _first_heading(body: Sequence[Passage]) -> int:
    return next((index for index, passage in enumerate(body) if passage.role == "heading"), len(body))


def _opening_evidence(opening: Opening, at: int) -> list[tuple[str, Span]]:
    spans: list[tuple[str, Span | None]] = [
        (_INSPECTOR, opening.inspector),
        ("inspection.kind", opening.kind),
        ("inspection.round", opening.round),
        ("inspection.printed", opening.range.span if opening.range else None),
        ("inspection.start", opening.range.start.span if opening.range else None),
        ("inspection.end", opening.range.end.span if opening.range and opening.range.end else None),
        ("inspection.feedback", opening.feedback.span if opening.feedback else None),
    ]
    return [(path, Span(span.start + at, span.end + at)) for path, span in spans if span is not None]


def _tokens(opening: Opening, at: int, token: Token | None, where: Span | None) -> tuple[tuple[str, Token, Span], ...]:
    found = [
        ("inspection.start", opening.range.start if opening.range else None),
        ("inspection.end", opening.range.end if opening.range else None),
        ("inspection.feedback", opening.feedback),
    ]
    tokens = [(name, t, Span(t.span.start + at, t.span.end + at)) for name, t in found if t is not None]
    if token is not None and where is not None:
        tokens.append(("published", token, where))
    return tuple(tokens)


def _value(dates: Solved, name: str, published: PartialDate | None) -> PartialDate | None:
    values = {
        "inspection.start": dates.start,
        "inspection.end": dates.end,
        "inspection.feedback": dates.feedback,
        "published": dates.published or published,
    }
    return values[name]


def _contact(body: Sequence[Passage], starts: Sequence[int]) -> tuple[Contact, list[tuple[str, Span]]]:
    """The contact, and where its values stand; numbers behind a key of a contact anywhere else are unread."""
    lines = [index for index, passage in enumerate(body) if passage.role == "contact"]
    read = contact_of("\n".join(body[index].text for index in lines))
    at = starts[lines[0]] if lines else 0
    if not read.contact and (above := next(_contacts_above(body, starts), None)):
        at, words = above
        read = contact_of(words)
    evidence = [(path, Span(span.start + at, span.end + at)) for path, span in read.evidence]
    others = (passage.text for passage in body if passage.role not in _NO_CONTACT_IN)
    strays = tuple(span.of(text) for text in others for span in stray_contacts(text, read.contact))
    unread = dict.fromkeys((*read.contact.unread, *strays))
    return replace(read.contact, unread=tuple(unread)), evidence


def _contacts_above(body: Sequence[Passage], starts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """What a paragraph before the issues ends with, when it is a contact: …建立制度8项。监督电话：0994-7217035。"""
    first = next((index for index, passage in enumerate(body) if passage.marks is not None), len(body))
    for index in range(first):
        text = body[index].text
        found = _CONTACT_ABOVE.search(text) if body[index].role == "prose" else None
        if found and contact_of(text[found.start() :]).contact.phones:
            yield starts[index] + found.start(), text[found.start() :]


_CONTACT_ABOVE = re.compile(
    r"(?<=[。；])(?:联系人[:：][^。；]{2,20}[，,；;])?(?:联系|监督|举报|咨询|受理|反映)(?:电话|热线|方式)[:：为]"
)


def _summaries(body: Sequence[Passage], starts: Sequence[int]) -> list[tuple[int, str]]:
    """The paragraphs in which totals stand: all prose under no issue and no plan (FORMATS d), offset and words.

    Of a plan, and beside a contact, behind all others the sentences that tell what is: 截至10月底，9个问题已完成5个。
    """
    chosen: list[tuple[int, str]] = []
    others: list[tuple[int, str]] = []
    behind = set(below_answers(body))
    is_about_all, is_plan = True, False
    for index, passage in enumerate(body):
        if passage.role == "heading":
            is_plan = _NEXT_STEPS.search(passage.words) is not None
            is_about_all = passage.marks is None and not is_plan
        elif passage.role == "accountability" or (passage.role == "prose" and (is_about_all or index in behind)):
            chosen.append((starts[index], passage.text))
        elif passage.role == "prose" and is_plan and sums_up(passage.text):
            others.append((starts[index], passage.text))
        elif passage.role == "contact" or (passage.role == "prose" and is_plan):
            told = ((starts[index] + span.start, span.of(passage.text)) for span in sentences(passage.text, "。；"))
            others += [one for one in told if tells_totals(one[1], is_plan=is_plan and passage.role == "prose")]
    left, found = _SUMMARY_SIZE, list[tuple[int, str]]()
    for start, words in (*chosen, *others):
        text = words[:left]
        left -= len(text)
        found.append((start, text))
    return found


def _accountability(
    body: Sequence[Passage], starts: Sequence[int], summaries: Sequence[tuple[int, str]]
) -> tuple[Accountability | None, list[tuple[str, Span]]]:
    """People held to account: from the part about it, else from a summary; the first passage that says how many."""
    parts = [i for i, p in enumerate(body) if p.role == "accountability"]
    first = next((i for i, p in enumerate(body) if p.marks is not None), len(body))
    summary = [i for i in range(first) if body[i].role == "prose"]
    own = [(starts[index], body[index].text) for index in (*parts, *summary, *below_answers(body))]
    for start, text in (*own, *summaries):
        found = accountability_in(text)
        if found is not None:
            return found, [("accountability", Span(start, start + len(text)))]
    return None, []


def _issued(front: Front, closing: Closing, body: Sequence[Passage]) -> Iterator[tuple[str, Token]]:
    """The dates of publication: the signature's, else the page's, else that of the metadata (FORMATS i)."""
    if closing.token is not None:
        words_ = next((passage.text for passage in body if passage.role == "date"), None)
        if words_ is not None:
            yield "signature", next(tokens_of(words_), closing.token)
    yield from front.page_dates
    metadata = dict(front.metadata)
    for source, keys in (("metadata", chrome.PUBLISHED_KEYS), ("written", chrome.WRITTEN_KEYS)):
        dates = (next(tokens_of(metadata.get(key, "")), None) for key in keys)
        yield from ((source, token) for token in dates if token is not None)


def _signed_on(
    issued: Sequence[tuple[str, Token]], body: Sequence[Passage], starts: Sequence[int]
) -> tuple[Token | None, Span | None]:
    """The token of the signature's date, and where in the text it stands."""
    index = next((i for i, p in enumerate(body) if p.role == "date"), None)
    if not issued or issued[0][0] != "signature" or index is None:
        return None, None
    token = issued[0][1]
    return token, Span(starts[index] + token.span.start, starts[index] + token.span.end)


def _sole(token: Token) -> PartialDate | None:
    return PartialDate(*token.readings[0]) if len(token.readings) == 1 and token.readings[0][0] else None


def _unit_evidence(unit: str | None, body: Sequence[Passage], starts: Sequence[int]) -> list[tuple[str, Span]]:
    if not unit:
        return []
    for index, passage in enumerate(body):
        at = passage.text.find(unit)
        if at != -1:
            return [("unit.name", Span(starts[index] + at, starts[index] + at + len(unit)))]
    return []
