"""Notices made of any words at all, for properties."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from generator.base.diagnostics import Span
from generator.content.masks import bare
from generator.model.decisions import Acceptance, Correction, Erratum, Mask, Review, Withdrawal
from generator.model.notice import (
    ROLES,
    Accountability,
    Anomaly,
    Contact,
    Edit,
    FollowupMarks,
    Inspection,
    IssueMarks,
    Notice,
    PartialDate,
    Passage,
    Region,
    Source,
    Stated,
    Unit,
    text_of,
)

NASTY = ["1. ", "1) ", "# ", "## x {#s1}", "*", "**x** ", "_", "<b>", "|", "「」", "---", "```json", "{.finding} ",
         "{", "}",
         "\\", "&amp;", "- ", "+ ", "> ", "=", "~~", "[a](b)", "![x](y)", '"', "'", ": ", "#i1", "null", "2025-01-06",
         "：", "（1）", "一是", "{{ x }}", "]]>", "\u200b", "\u2028", "\x85", "\t", "\x0b", "é", "😀"]  # fmt: skip

_chars = st.characters(exclude_categories=("Cs",), exclude_characters="\n\r\x00")
words = st.one_of(
    st.text(_chars, max_size=40),
    st.lists(st.one_of(st.sampled_from(NASTY), st.text(_chars, max_size=8)), max_size=6).map("".join),
)
stripped = words.map(str.strip)
filled = stripped.filter(bool)
labels = st.one_of(st.just(""), filled)
dates = st.builds(
    lambda y, m, d: PartialDate(y, m, d if m else 0), st.integers(1900, 2100), st.integers(0, 12), st.integers(0, 28)
)
maybe_dates = st.none() | dates
maybe_words = st.none() | words
counts = st.none() | st.integers(0, 10**6)
slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
RUN_ROLES = sorted(ROLES - {"heading", "title"})

issue_marks = st.builds(
    IssueMarks,
    status=st.sampled_from(["done", "ongoing", "long-term", "unstated"]),
    quote=st.none() | filled,
    deadline=maybe_dates,
    responsible=st.none() | filled,
    topics=st.none() | st.lists(st.text("财务采购党建作风", min_size=1, max_size=4), max_size=3).map(tuple),
)
followup_marks = st.builds(FollowupMarks, deadline=maybe_dates, refers_to=st.none() | slugs)


def some(record, **fields):
    return st.lists(st.builds(record, **fields), max_size=2).map(tuple)


masks = st.one_of(
    st.builds(Mask, kind=st.sampled_from(["mobile", "id-card"]), why=words),
    st.builds(
        Mask,
        kind=st.sampled_from(["mobile", "other"]),
        why=words,
        value=words.filter(lambda value: len(bare(value)) > 1),
        label=st.none() | st.sampled_from(["〔略〕", "", "＊"]),
    ),
).filter(lambda mask: mask.value is None or bare(mask.value) not in bare(mask.label or ""))


decisions = st.fixed_dictionaries(
    {
        "review": st.sampled_from(["draft", "reviewed"]),
        "reviews": some(Review, step=words, name=words, date=dates, words=words),
        "accepted": some(Acceptance, code=words, who=words, when=dates, why=words, quote=maybe_words),
        "masks": st.lists(masks, max_size=2).map(tuple),
        "errata": some(Erratum, before=words, after=words, who=words, when=dates, why=words),
        "corrections": some(
            Correction, date=dates, what=words, why=words, before=maybe_words, after=maybe_words, who=maybe_words
        ),
        "withdrawn": st.none() | st.builds(Withdrawal, date=dates, why=words),
    }
)


@st.composite
def passages(draw):
    kind = draw(st.sampled_from(["run", "run", "heading", "title"]))
    label = draw(labels)
    text = draw(stripped if label else filled)
    run_on = draw(st.booleans())
    if kind == "title":
        return Passage(words=text, label=label, role="title", run_on=run_on)
    if kind == "heading":
        marks = draw(st.none() | issue_marks | followup_marks)
        return Passage(
            words=text, label=label, role="heading", level=draw(st.integers(1, 5)), run_on=run_on, marks=marks
        )
    return Passage(words=text, label=label, role=draw(st.sampled_from(RUN_ROLES)), run_on=run_on)


@st.composite
def bodies(draw):
    found = draw(st.lists(passages(), max_size=12))
    out = []
    for index, passage in enumerate(found):
        anchor = f"s{index}" if draw(st.booleans()) else None
        fields = {name: getattr(passage, name) for name in ("words", "role", "label", "level", "marks")}
        out.append(Passage(**fields, run_on=passage.run_on and index > 0, anchor=anchor))
    return tuple(out)


@st.composite
def spans(draw, text):
    start = draw(st.integers(0, max(0, len(text) - 1)))
    return Span(start, draw(st.integers(start + 1, max(start + 1, min(len(text), start + 12)))))


@st.composite
def notices(draw):
    body = draw(bodies())
    text = text_of(body)
    spot = spans(text) if text else st.none()
    anomalies = []
    for _ in range(draw(st.integers(0, 3)) if text else 0):
        span = draw(spot)
        anomalies.append(
            Anomaly(code="x", line=draw(st.integers(0, 99)), quote=span.of(text), message=draw(words), span=span)
        )
    return Notice(
        id=draw(slugs),
        title=draw(words),
        title_origin=draw(st.sampled_from(["printed", "constructed"])),
        unit=Unit(
            id=draw(slugs),
            name=draw(words),
            region=draw(
                st.none() | st.builds(Region, code=slugs, province=words, city=maybe_words, county=maybe_words)
            ),
        ),
        inspection=draw(
            st.builds(
                Inspection,
                inspector=maybe_words,
                kind=maybe_words,
                round=maybe_words,
                start=maybe_dates,
                end=maybe_dates,
                feedback=maybe_dates,
                printed=maybe_words,
            )
        ),
        published=draw(maybe_dates),
        inferred=draw(st.lists(words, max_size=3).map(tuple)),
        stated=draw(st.builds(Stated, issues=counts, done=counts, people=counts)),
        contact=draw(st.builds(Contact, phones=st.lists(words, max_size=3).map(tuple), address=maybe_words)),
        metadata=draw(st.dictionaries(words, words, max_size=4).map(lambda d: tuple(d.items()))),
        accountability=draw(
            st.none()
            | st.builds(
                Accountability,
                people=counts,
                actions=st.dictionaries(words, st.integers(0, 99), max_size=3).map(lambda d: tuple(d.items())),
            )
        ),
        body=body,
        edits=tuple(
            draw(
                st.lists(
                    st.builds(
                        Edit,
                        kind=slugs,
                        line=st.integers(1, 99),
                        before=words,
                        after=words,
                        start=st.none() | st.integers(0, 999),
                    ),
                    max_size=3,
                )
            )
        ),
        anomalies=tuple(anomalies),
        evidence=tuple(("unit.name", draw(spot)) for _ in range(draw(st.integers(0, 2)) if text else 0)),
        source=Source(file=draw(words), format="txt", sha256="0" * 64),
        **draw(decisions),
    )
