"""A fact that is said in several ways, or by one weak cue, tells so."""

import pytest

from generator.content.notice_file import read_notice, write_notice
from tests.parser.support import notice_of

BODY = "一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。\n"
OPENING = "2023年2月21日至4月20日，县委第六巡察组对县民政局党组开展了巡察。6月1日反馈了意见。现将整改情况予以公布。\n"
OURS = "2023年2月21日至4月20日，县委第六巡察组对我局开展了巡察。6月1日反馈了意见。现将整改情况予以公布。\n"
TITLE = "中共东山县民政局党组关于巡察整改情况的通报\n"

ROWS = [
    # what it shows, notice, fact, [(from, quote), …] with what was taken first
    ("everything agrees", TITLE + OPENING + BODY + "中共东山县民政局党组\n2023年9月1日\n", None, []),
    ("another unit signs", TITLE + OPENING + BODY + "中共东山县教育局党组\n2023年9月1日\n", "unit.name",
     [("title", "中共东山县民政局党组"), ("signature", "中共东山县教育局党组")]),
    ("the unit of a leading group", OURS + "一、组织领导\n成立东山县民政局巡察整改工作领导小组。\n" + BODY, "unit.name",
     [("group", "东山县民政局")]),
    ("the page's source",
     "来源：东山县民政局 发布时间：2023-09-01\n" + OURS + BODY, "unit.name", [("page", "东山县民政局")]),
    ("the area code alone", OPENING + BODY + "联系电话：0596-5835406\n", "unit.region", [("phone", "0596-5835406")]),
    ("a phone of another city", TITLE + OPENING + BODY + "联系电话：0512-5835406\n", "unit.region",
     [("name", "中共东山县民政局党组"), ("phone", "0512-5835406")]),
    ("two groups told", TITLE.replace("巡察整改", "县委第五巡察组反馈意见整改") + OPENING + BODY,
     "inspection.inspector", [("opening", "县委第六巡察组"), ("title", "县委第五巡察组")]),
    ("two kinds told", TITLE.replace("巡察整改", "专项巡察整改") + OPENING.replace("了巡察", "了常规巡察") + BODY,
     "inspection.kind", [("opening", "常规巡察"), ("title", "专项巡察")]),
    ("the kind of a plan", TITLE + OPENING.replace("现将", "制定《县民政局党组专项巡察整改方案》，现将") + BODY,
     "inspection.kind", [("plan", "专项巡察")]),
    ("two days of feedback", TITLE + OPENING.replace("现将", "6月9日，县委第六巡察组反馈了书面意见。现将") + BODY,
     "inspection.feedback", [("opening", "6月1日"), ("opening", "6月9日")]),
    ("the page is older than the signature",
     TITLE + "发布时间：2023-08-01\n" + OPENING + BODY + "中共东山县民政局党组\n2023年9月1日\n", "published",
     [("signature", "2023年9月1日"), ("page", "2023-08-01")]),
    ("the day of a change",
     TITLE + "更新时间：2023-08-01\n" + OPENING + BODY, "published", [("changed", "2023-08-01")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fact", "ways"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_grounds(text, fact, ways):
    notice = notice_of(text, top="")
    assert [(g.source, g.quote) for g in notice.grounds if g.fact == fact] == ways
    assert {g.fact for g in notice.grounds} == ({fact} if fact else set())
    codes = {a.code for a in notice.anomalies} & {"fact-rival", "fact-weak"}
    assert codes == (set() if not ways else {"fact-rival"} if len(ways) > 1 else {"fact-weak"})


@pytest.mark.parametrize("text", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_grounds_stand_in_the_content_file(text):
    notice = notice_of(text, top="")
    again, problems = read_notice(write_notice(notice))
    assert problems == []
    assert again is not None
    assert again.grounds == notice.grounds
