"""Promise 1 on the page: what stands in .verbatim is the notice's text, white space aside."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.base.diagnostics import Span
from generator.base.shipped import shipped
from generator.content.config import read_config
from generator.content.publication import published
from generator.content.topics import TopicRules
from generator.model.notice import Anomaly, IssueMarks, Passage
from generator.pages.article import Run
from generator.pages.article_layout import lay_out
from generator.pages.columns import TableHeads
from generator.pages.notice_page import notice_page
from generator.render.renderer import Renderer
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice
from tests import examples
from tests.samples import DATE, SITE_YML, notice
from tests.strategies import notices

_QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # a page is too large a thing to shrink by


def squeezed(text):
    return "".join(text.split())


CONFIG = read_config(SITE_YML)


def page_of(item):
    site, problems = build_site(CONFIG, TopicRules(()), [LoadedNotice("a.md", item, "a")])
    assert not problems
    return Renderer(site.config, [shipped("templates")], (), site.as_of).page(notice_page(site, site.notices[0]))


def verbatim(html):
    soup = BeautifulSoup(html, "html.parser")
    return squeezed("".join(element.get_text() for element in soup.select(".verbatim")))


@given(notices())
@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None, phases=_QUICK)
def test_a_page_shows_every_word_once_and_in_order(item):
    item = addressable(item)
    assert verbatim(page_of(item)) == squeezed(published(item, CONFIG).text)


def addressable(item):
    """The notice with what becomes part of an address in order, and no topics that do not exist."""
    region = item.unit.region and replace(item.unit.region, code="110105")
    body = tuple(p._replace(marks=_own_topics(p)) for p in item.body)
    return replace(item, id="a", unit=replace(item.unit, id="u", region=region), body=body, withdrawn=None)


def _own_topics(passage):
    return replace(passage.marks, topics=None) if isinstance(passage.marks, IssueMarks) else passage.marks


@given(notices())
@settings(max_examples=examples(30), suppress_health_check=list(HealthCheck), deadline=None, phases=_QUICK)
def test_every_anchor_is_on_the_page_once(item):
    item = addressable(item)
    soup = BeautifulSoup(page_of(item), "html.parser")
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    wanted = {p.anchor for p in item.body if p.anchor and p.role != "title"}
    assert wanted <= set(ids)
    targets = {a["href"][1:] for a in soup.select("a[href^='#']")}
    assert targets <= set(ids)


@pytest.fixture(scope="module")
def page():
    return BeautifulSoup(page_of(notice()), "html.parser")


def test_markup_in_words_is_shown_and_not_obeyed(page):
    assert "2023年只开会一次<b>。" in page.get_text()
    assert not page.select(".verbatim b")


def test_an_issue_shows_its_rows_in_the_order_of_the_notice(page):
    rows = [
        (dt.get_text(), dd.get_text())
        for dt, dd in zip(*(page.select(f"#i1 {tag}") for tag in ("dt", "dd")), strict=True)
    ]
    assert rows == [("问题表现", "2023年只开会一次<b>。"), ("整改情况：", "一是补开会议，二是建立台账。")]
    assert [li.get_text() for li in page.select("#i1 .measures li")] == ["一是补开会议，", "二是建立台账。"]
    assert page.select_one("#i1 dt").get("class") == ["site-label"]


def test_a_blanket_status_leads_to_the_words_that_say_so(page):
    assert page.select_one("#i1 a[href='#basis']")
    assert page.select_one("#basis").get_text() == "截至目前，3个问题已全部完成。"


def test_the_words_that_say_a_status_are_those_with_the_anchor_and_not_the_same_words_elsewhere():
    said = "全部完成。"
    marks = IssueMarks(status="done", quote=said)
    passages = (
        Passage(words="另有" + said),
        Passage(words=said, anchor="b1"),
        Passage(words="甲", role="heading", level=1, anchor="i1", marks=marks),
    )
    soup = BeautifulSoup(page_of(notice(passages=passages, anomalies=(), evidence=())), "html.parser")
    assert soup.select_one("#i1 a[href='#b1']")
    assert soup.select_one("#b1").get_text() == said


def test_a_status_in_the_issue_stands_there_as_its_basis(page):
    assert page.select_one("#i2 .basis dd").get_text() == "正在整改，9月底前完成。"


def test_an_anomaly_is_marked_as_printed_and_explained(page):
    mark = page.select_one("a.sic")
    assert (mark.get_text(), mark["href"], mark["data-n"]) == ("45日", "#y1", "1")
    assert "原文如此" in page.select_one("#y1").get_text()
    assert page.select_one(".facts a.infer")["href"] == "#y1"


def test_people_held_to_account_are_kept_from_excerpts_and_from_all_but_the_words(page):
    (place,) = [p for p in page.find_all("p") if "张三丰" in p.get_text()]
    assert place.has_attr("data-nosnippet")
    assert str(page).count("张三丰") == 1


def test_a_followup_and_its_issue_lead_to_each_other(page):
    assert page.select_one("#f1 a[href='#i2']")
    assert page.select_one("#i2 a[href='#f1']")


def test_of_what_is_unfinished_all_is_told_and_nothing_twice(page):
    assert page.select_one("#pend").get_text() == "尚未完成 2 项"
    assert [a["href"] for a in page.select(".pending li a")] == ["#followups", "#i3"]


def test_what_is_unfinished_is_listed_by_what_is_due_first():
    marks = {
        "i1": IssueMarks(status="long-term"),
        "i2": IssueMarks(status="ongoing"),
        "i3": IssueMarks(status="ongoing", deadline=DATE("2024-12-31")),
        "i4": IssueMarks(status="ongoing", deadline=DATE("2024-10")),
    }
    issues = tuple(
        Passage(words=anchor, role="heading", level=1, anchor=anchor, marks=marks[anchor]) for anchor in marks
    )
    soup = BeautifulSoup(page_of(notice(passages=issues, anomalies=(), evidence=())), "html.parser")
    assert [a["href"] for a in soup.select(".pending li a")] == ["#i4", "#i3", "#i2", "#i1"]


def test_contact_and_signature_close_the_notice_and_not_its_last_item(page):
    assert "010-12345678" not in page.select_one("#f1").get_text()
    assert [p.get_text() for p in page.select(".sign")] == ["中共某局党组", "2024年8月1日"]
    assert (
        page.select_one(".closing").get_text()
        == "联系电话：010-12345678；邮箱：a@b.cn；地址：某路1号；二楼；邮编：100020"
    )


def test_headings_nest_without_a_gap(page):
    levels = [int(h.name[1]) for h in page.select("main h1, main h2, main h3, main h4, main h5, main h6")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_a_made_title_is_not_among_the_words():
    made = notice(title="拟定的标题", title_origin="constructed", passages=(Passage(words="正文。"),))
    soup = BeautifulSoup(page_of(made), "html.parser")
    assert soup.h1.get_text() == "拟定的标题"
    assert not soup.select("h1 .verbatim")


@pytest.mark.parametrize("anomalies", [(), (Anomaly(code="x", line=1, quote="2大", message="。", span=Span(0, 2)),)])
def test_a_bare_number_stands_apart_from_its_title(anomalies):
    heading = Passage(
        words="大型设备闲置", label="2", level=1, anchor="i1", role="heading", marks=IssueMarks(status="done")
    )
    soup = BeautifulSoup(page_of(notice(passages=(heading,), anomalies=anomalies, evidence=())), "html.parser")
    assert soup.select_one("#i1-t").get_text() == "2 大型设备闲置"


def test_overlapping_anomalies_keep_the_words_and_show_every_number():
    text_at = {"甲乙丙丁": (0, 4), "乙丙": (1, 3), "丙丁戊": (2, 5)}
    anomalies = tuple(
        Anomaly(code="date-ambiguous", line=1, quote=quote, message="。", span=Span(*span))
        for quote, span in text_at.items()
    )
    item = notice(passages=(Passage(words="甲乙丙丁戊己"),), anomalies=anomalies, evidence=())
    site, _ = build_site(read_config(SITE_YML), TopicRules(()), [LoadedNotice("a.md", item, "a")])
    (block,) = lay_out(site.notices[0]).blocks
    runs = block.paragraphs[0].words
    assert "".join(run.text for run in runs) == "甲乙丙丁戊己"
    assert [(run.text, run.notes) for run in runs] == [
        ("甲", (1,)), ("乙", (1, 2)), ("丙", (1, 2, 3)), ("丁", (1, 3)), ("戊", (3,)), ("己", ()),
    ]  # fmt: skip
    assert [run.ends for run in runs] == ["", "", "2", "1", "3", ""]
    assert runs[-1] == Run(text="己")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8))
@settings(max_examples=examples(60), deadline=None)
def test_any_marks_leave_the_words_whole(spans):
    words = "甲乙丙丁戊己庚辛壬癸" * 4
    anomalies = tuple(
        Anomaly(code="date-ambiguous", line=1, quote="", message="", span=Span(start, start + size))
        for start, size in spans
    )
    item = notice(passages=(Passage(words=words[:15]), Passage(words=words[15:])), anomalies=anomalies, evidence=())
    assert verbatim(page_of(item)) == words


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("序号\t问题\t责任人\t完成时限\t整改情况", ["责任人", "完成时限"]),
        ("序号 | 问题 | 牵头领导 | 责任科室 | 整改期限", ["牵头领导、责任科室", "整改期限"]),
        ("序号｜问题｜整改措施", ["", ""]),
        ("问题\t责任人", ["", ""]),
        ("责任人：张三\t" + "长" * 30 + "\t期限", ["", ""]),
        ("责任人", ["", ""]),
    ],
)
def test_a_column_keeps_the_name_that_its_head_has(head, names):
    body = (
        Passage(words="责任单位\t问题\t时间"),
        Passage(words=head),
        Passage(words="设备闲置", label="1", level=1, anchor="i1", role="heading", marks=IssueMarks()),
        Passage(words="张三", role="responsible"),
        Passage(words="2024年9月", role="deadline"),
    )
    usual = TableHeads((*body[:1], *body[2:]))
    assert [usual.name(one, 2) for one in ("responsible", "deadline")] == ["责任单位", "时间"]
    found = TableHeads(body[1:])
    assert [found.name(role, at) for role, at in (("responsible", 2), ("deadline", 3))] == names
    assert found.name("responsible", 0) == ""


@pytest.mark.parametrize(
    ("words", "is_head"),
    [
        ("序号\t反馈问题\t整改措施\t整改时限", True),
        ("序号 | 问题 | 责任人", True),
        ("1\t学习不深入。\t已完成整改。", False),
        ("责任人\t张三", False),
        ("我局高度重视，认真整改。", False),
    ],
)
def test_the_head_of_a_table_is_no_paragraph(words, is_head):
    assert (0 in TableHeads((Passage(words=words, role="prose"),)).heads) == is_head


def test_the_head_of_a_table_keeps_its_words_beside_the_paragraphs():
    item = notice(
        passages=(
            Passage(words="一、整改情况", role="heading", level=1, anchor="s1"),
            Passage(words="序号\t反馈问题\t整改措施", role="prose"),
            Passage(words="我局高度重视。", role="prose"),
        )
    )
    soup = BeautifulSoup(page_of(item), "html.parser")
    assert soup.select_one(".heads").text == "序号\t反馈问题\t整改措施"
    assert [p.text for p in soup.select(".doc .prose p")] == ["我局高度重视。"]


def test_an_answer_says_below_its_number_which_problem_of_the_list_it_answers():
    words = (
        Passage(words="第1项：“食堂收支不公开”。"),
        Passage(words="第2项：“档案管理混乱”。"),
        Passage(words="", label="关于（2）：", role="heading", level=2, anchor="i1", marks=IssueMarks()),
        Passage(words="建成档案室。", role="response", run_on=True),
        Passage(words="公务接待超标", label="3.", role="heading", level=2, anchor="i2", marks=IssueMarks()),
        Passage(words="退缴餐费。", role="response"),
    )
    item = addressable(replace(notice(1), body=(*notice(1).body[:1], *words), evidence=(), anomalies=(), inferred=()))
    assert [(issue.label, issue.title) for issue in item.issues] == [
        ("第2项：", "“档案管理混乱”"),
        ("3.", "公务接待超标"),
    ]
    html = page_of(item)
    assert html.count("对应问题：") == 1
    assert "对应问题：“档案管理混乱”" in html
    assert verbatim(html) == squeezed(item.text)
