"""A page that is no notice is refused with the nearest words on both sides."""

import pytest

from generator.parser.kinds import refusal
from tests.parser.support import notice_of

ROWS = [
    # page, kind, words against, words for
    ("关于县委第二巡察组反馈意见的整改方案\n根据2023年6月的巡察反馈意见，特制定本方案。\n（一）学习不深入的问题。整改措施：组织学习。\n",
     "plan", "整改方案", "反馈意见"),
    ("多家单位公布巡察整改情况\n本报讯 六届市委第五轮巡察的单位公布了整改情况。\n", "press", "本报讯", "整改情况"),
    ("县委巡察办关于第二轮巡察整改评估情况的通报\n各党委：现将巡察整改评估情况通报如下：一、总体情况。\n",
     "round-summary", "巡察办", "现将"),
    (("县委第二巡察组关于巡察清溪镇党委的反馈意见\n3月，县委第二巡察组对清溪镇党委进行了巡察。6月反馈了意见。\n一、主要问题\n"
      "1.项目推进缓慢。2022年的5个项目，至巡察时2个尚未完工。\n2.补贴发放不精准。3个村存在重复发放的情况。\n"),
     "findings", "反馈意见", "对清溪镇党委"),
    (("县水利局党组\n3月，县委第二巡察组对县水利局党组进行了巡察。现将巡察发现的主要问题公布如下：\n1.学习不深入。学用脱节。\n"
      "2.发包不规范。3项工程未招标。\n二、意见建议\n（一）制定整改方案。县水利局党组三个月内报送整改进展情况。\n"),
     "findings", "主要问题", "对县水利局党组"),
    ("今天天气晴朗，适合出门散步。公园里的花开了，游人很多。\n", "unknown", "", ""),
    ("关于2022年度审计查出问题整改情况的报告\n县审计局查出问题35个。现将整改情况报告如下。\n", "audit", "审计", "现将"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "code", "against", "pro"), ROWS, ids=[row[1] for row in ROWS])
def test_a_refusal_names_the_nearest_words(page, code, against, pro):
    refused = refusal(notice_of(page, top=""))
    assert refused is not None
    assert refused.code == code
    assert (against in refused.against, pro in refused.speaks_for) == (True, True)
    assert bool(refused.against) == bool(against)
    assert bool(refused.speaks_for) == bool(pro)


@pytest.mark.parametrize(
    ("page", "against", "pro"),
    [
        # the title speaks for a notice, too, and so does a line that is not quoted yet
        ("关于巡察整改的方案\n根据6月的巡察反馈意见，特制定本方案。\n（一）学习不深入。整改措施：组织学习。\n",
         "关于巡察整改的方案", "根据6月的巡察反馈意见，特制定本方案。"),
        # where nothing else does, its own words alone
        ("中共某县水利局党组关于县委巡察反馈意见整改方案\n局党组研究决定如下。\n（一）学习不深入。整改措施：组织学习。\n",
         "…党组关于县委巡察反馈意见整改方案", "巡察反馈"),
        ("巡察整改方案\n一、学习不深入的问题\n整改措施：组织学习。\n", "巡察整改方案", "巡察整改"),
        ("县审计局查出问题35个。现将整改情况报告如下。\n",
         "县审计局查出问题35个。现将整改情况报告如下。", "现将整改情况报告"),
    ],
)  # fmt: skip
def test_a_refusal_quotes_no_words_on_both_sides(page, against, pro):
    refused = refusal(notice_of(page, top=""))
    assert refused is not None
    assert (refused.against, refused.speaks_for) == (against, pro)


@pytest.mark.parametrize("page", ["", "\n", "巡" * 9000, "X" * 9000, "（" * 9000, "附件"])
def test_any_page_has_an_answer(page):
    refused = refusal(notice_of(page or " ", top=""))
    assert refused is None or refused.code


@pytest.mark.parametrize("page", [
    # answered, though its title or its opening speaks of what was found
    "关于巡察反馈意见的通报\n3月，县委第二巡察组对县水利局党组进行了巡察。6月反馈了意见。\n（一）学习不深入。整改情况：制定计划。\n",
    "县水利局党组\n3月，县委第二巡察组对县水利局党组进行了巡察。现将巡察反馈问题公布如下：\n（一）关于学习不深入的问题\n制定学习计划，已完成整改。\n",
    "关于巡察反馈意见\n3月，县委第二巡察组对县水利局党组进行了巡察。现将整改情况公布如下：\n（一）学习不深入。制定计划。\n",
    ("關於巡察反饋意見的通報\n3月，縣委第二巡察組對縣水利局黨組進行了巡察。6月反饋了意見。\n（一）關於學習不深入的問題\n"
     "整改情況：制定學習計劃，組織黨員幹部學習。\n（二）關於執行不嚴的問題\n整改情況：開展檢查，建立臺賬。\n"),
])  # fmt: skip
def test_a_page_that_answers_what_was_found_is_a_notice(page):
    assert refusal(notice_of(page, top="")) is None
