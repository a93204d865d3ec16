"""What the public sees of anomalies and figures: what a citizen needs, nothing of the editor's, no false alarm."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build.driver import build
from generator.content.audience import AUDIENCE, public_anomalies
from generator.content.config import Config
from generator.content.current_anomalies import current_anomalies
from generator.content.notice_file import read_notice
from generator.content.origin import read_origin
from generator.content.publication import published
from generator.content.topics import TopicRules
from generator.model.decisions import Acceptance
from generator.model.notice import Anomaly, Edit, IssueMarks, PartialDate, Passage, Source, Stated
from generator.pages.notice_page import notice_page
from generator.parser.tally import tallies
from generator.site.assemble import LoadedNotice, build_site
from tests.samples import make_site, notice

CONFIG = Config(name="x", base_url="https://a.cn/")
DAY = PartialDate(2025, 12, 1)
DOCS = Path("docs/diagnostics.md").read_text("utf-8")
HIDDEN = ("tracked-change", "hidden-text", "comment", "unread-part", "ocr-doubtful", "field-unread", "phrase",
          "confusion", "unpaired", "personal-name", "no-region", "struck-out")  # fmt: skip


def test_the_table_is_that_of_the_docs():
    told = re.findall(r"^\| readers, (always|until)[^|]*\|([^|]*)\|", DOCS, re.MULTILINE)
    documented = {code: who for who, codes in told for code in re.findall(r"`([a-z-]+)`", codes)}
    assert documented == {code: {"always": "always", "public": "until"}[who] for code, who in AUDIENCE.items()}


def test_what_the_public_sees_is_found_without_a_look_for_the_rest():
    for path in sorted(Path("content/notices").rglob("*.md")):
        found, _ = read_notice(path.read_text("utf-8"), path.name)
        every = current_anomalies(found)
        assert current_anomalies(found, AUDIENCE) == [one for one in every if one.code in AUDIENCE]


def doubtful(*codes, **more):
    noted = tuple(Anomaly(code=code, line=1, quote=f"暗{code}", message=f"暗记{code}") for code in codes)
    return notice(1, anomalies=noted, **more)


def test_the_editors_notes_stand_in_no_file(tmp_path):
    item = doubtful(
        *HIDDEN,
        source=Source(file="关于整改的通报（修订v3王某）.docx", format="docx", sha256="0" * 64),
        edits=(Edit(kind="hidden-removed", line=3, before="藏着的话", after=""),),
    )
    folder = make_site(tmp_path, [item])
    build(folder, folder / "output")
    files = [path for path in (folder / "output").rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in files if path.suffix in {".html", ".json", ".xml", ".txt", ".csv"})
    for secret in ("暗记", "暗tracked", "修订v3", "藏着的话", "王某"):
        assert secret.encode() not in data
    record = json.loads((folder / "output/notices" / item.id / "notice.json").read_text("utf-8"))
    assert record["source"]["file"] == f"{item.id}.docx"
    assert not {one["code"] for one in record["anomalies"]} & set(HIDDEN)


@pytest.mark.parametrize(
    ("code", "stays"), [("date-order", False), ("date-ambiguous", True), ("date-impossible", True)]
)
def test_what_is_accepted_leaves_the_page_unless_it_informs(code, stays):
    item = doubtful(code)
    assert code in {one.code for one in public_anomalies(item)}
    for quote, covers in ((None, True), (f"暗{code}", True), ("别的", False)):
        by = Acceptance(code=code, who="某甲", when=DAY, why="核对无误", quote=quote)
        shown = {one.code for one in published(replace(item, accepted=(by,)), CONFIG).anomalies}
        assert (code in shown) == (stays or not covers)


def test_a_doubt_that_was_mended_is_not_shown():
    """What import noted of the words is looked at anew: an editor may have fixed it."""
    item = replace(notice(1), anomalies=(Anomaly(code="stated-differs", line=4, quote="12个", message="旧"),))
    assert "旧" not in {one.message for one in published(item, CONFIG).anomalies}


# ----------------------------------------------------------------------------------------------------------- figures


def issue(number, words, status, *, anchor=None):
    head = Passage(words=f"问题{number}", label=f"{number}.", role="heading", level=1, anchor=anchor or f"i{number}",
                   marks=IssueMarks(status=status))  # fmt: skip
    response, _, said = words.partition("|")
    rows = [head, Passage(words=response, role="response", label="整改情况：")]
    return rows + ([Passage(words=said, role="status", run_on=True)] if said else [])


def counted(rows, **stated):
    body = tuple(p for number, (words, status) in enumerate(rows, 1) for p in issue(number, words, status))
    item = notice(
        1, passages=body, stated=Stated(**stated), accountability=None, anomalies=(), evidence=(), inferred=()
    )
    return {one.field: one for one in tallies(item)}, item


DONE, MOSTLY, STAGED = (
    ("已修订。|已完成整改。", "done"),
    ("已修订。|基本完成整改。", "done"),
    ("正在修订。|已取得阶段性成效。", "ongoing"),
)
OPEN, LONG, UNSAID = (
    ("正在修订。|正在整改。", "ongoing"),
    ("常抓不懈。|长期坚持。", "long-term"),
    ("已修订。", "unstated"),
)


@pytest.mark.parametrize(
    ("rows", "stated", "agrees"),
    [
        ([DONE, OPEN], {"issues": 2, "done": 1, "ongoing": 1}, {"issues": True, "done": True, "ongoing": True}),
        ([DONE, OPEN], {"issues": 3, "done": 2}, {"issues": False, "done": False}),
        ([DONE, LONG], {"done": 1, "ongoing": 0}, {"done": True, "ongoing": True}),
        ([DONE, LONG], {"done": 1, "ongoing": 1}, {"done": True, "ongoing": True}),
        ([DONE, LONG, OPEN], {"done": 2, "ongoing": 1}, {"done": True, "ongoing": True}),
        ([DONE, MOSTLY], {"done": 2}, {"done": True}),
        ([DONE, MOSTLY], {"done": 1}, {"done": True}),
        ([DONE, MOSTLY], {"done": 1, "ongoing": 1}, {"done": True, "ongoing": True}),
        ([DONE, MOSTLY, STAGED], {"done": 3, "ongoing": 0}, {"done": True, "ongoing": True}),
        ([DONE, MOSTLY, STAGED], {"done": 1, "ongoing": 1}, {"done": True, "ongoing": True}),
        ([DONE, MOSTLY, STAGED], {"done": 0, "ongoing": 2}, {"done": False}),
        ([DONE, UNSAID], {"done": 2, "ongoing": 0}, {"done": None, "ongoing": None}),
        ([("一是修订办法。二是建立台账。|已完成整改。", "done"), DONE], {"measures": 5}, {"measures": None}),
        ([("一是修订办法。二是建立台账。|已完成整改。", "done")], {"measures": 5}, {"measures": False}),
        ([("一是修订办法。二是建立台账。|已完成整改。", "done")], {"measures": 2}, {"measures": True}),
        ([], {"issues": 3, "done": 3}, {"issues": None, "done": None}),
    ],
)
def test_figures_are_compared_as_the_notice_counts_them(rows, stated, agrees):
    found, item = counted(rows, **stated)
    assert {field: found[field].agrees for field in agrees} == agrees
    told = [one.code for one in current_anomalies(item)].count("stated-differs")
    assert told == sum(one.agrees is False for one in found.values())


MEASURES = {"heyang-xian-weisheng-jiankang-ju-20221202": {"整改措施"}}
"""It tells of 7 measures, and its answers list 10."""


def test_what_the_page_calls_different_was_told_by_check():
    """Each row 不一致 of the page is a stated-differs of check, for the five notices and for one that is wrong."""
    _, wrong = counted([DONE, OPEN], issues=3, done=2, ongoing=1)
    five = [read_notice(path.read_text("utf-8"))[0] for path in sorted(Path("content/notices").rglob("*.md"))]
    site, _ = build_site(CONFIG, TopicRules(()), [LoadedNotice(one.id, one, "d") for one in (*five, wrong)])
    for item in (*five, wrong):
        [placed] = [one for one in site.notices if one.notice.id == item.id]
        checks = notice_page(site, placed).value.checks
        told = [one for one in current_anomalies(item) if one.code == "stated-differs"]
        red = [one for one in checks if one.agrees is False]
        assert len(red) <= len(told)
        assert {one.name for one in red} == ({"反馈问题", "已完成"} if item is wrong else MEASURES.get(item.id, set()))


def test_a_deadline_set_by_hand_is_judged():
    item = notice(1, evidence=(), anomalies=())
    past = [
        one
        for one in current_anomalies(replace(item, published=PartialDate(2026, 1, 1)))
        if one.code == "deadline-past"
    ]
    assert len(past) == 2
    assert all(one.span and one.quote for one in past)


def test_the_committed_notice_has_all_the_doubts_of_a_fresh_import(tmp_path):
    [path] = Path("content/notices").rglob("zhangfan-*.md")
    item, _ = read_notice(path.read_text("utf-8"))
    source = next(Path("content/sources", item.id).iterdir())
    fresh = read_origin(source.read_bytes(), source.name)[0].notice
    assert sorted(one.code for one in current_anomalies(item)) == sorted(one.code for one in current_anomalies(fresh))
    assert "deadline-past" in {one.code for one in current_anomalies(item)}
