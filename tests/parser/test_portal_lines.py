"""Lines that pages print above a notice and below it, in what their systems call them."""

from __future__ import annotations

import pytest

from tests.parser.support import TOP, notice_of

TITLE, OPENING = TOP.strip().split("\n")
BODY = """一、整改情况
（一）关于学习不深入的问题
整改情况：组织学习9次。已完成整改。
中共大河县民政局党组
2023年12月20日
"""

ABOVE = [
    "点击上方蓝字关注我们",
    "↑点击蓝字关注“大河民政”",
    "听全文",
    "打开大河发布APP",
    "县民政局 2023-12-21 1.2万阅读",
    f"{OPENING[:40]}...",
    f"{OPENING[:52]}……",
]
BELOW = [
    "长按识别二维码关注我们",
    "打开智慧大河APP，查看更多精彩",
    "------分隔线----------------------------\n顶一下\n(0)\n0%\n踩一下\n(12)\n33.33%",
    "推荐内容",
    "热门文章\n猜你喜欢",
    "大河县人民政府 http://www.dahe.gov.cn",
]


@pytest.mark.parametrize("line", ABOVE)
def test_lines_of_a_page_between_title_and_opening_are_set_aside(line):
    notice = notice_of(BODY, f"{TITLE}\n{line}\n{OPENING}\n")
    assert notice.text == f"{TITLE}\n{OPENING}\n{BODY.strip()}"
    assert notice.inspection.start.iso == "2023-02-21"
    assert not any(anomaly.code == "fact-weak" and "时间" in anomaly.message for anomaly in notice.anomalies)


@pytest.mark.parametrize("line", BELOW)
def test_lines_of_a_page_below_the_signature_are_set_aside(line):
    assert notice_of(f"{BODY}{line}\n").text == f"{TITLE}\n{OPENING}\n{BODY.strip()}"


@pytest.mark.parametrize("head", ["大河县民政局文件", "大河县人民医院文件", "中共大河县民政局党组文件"])
def test_the_head_of_a_paper_is_no_title(head):
    notice = notice_of(BODY, f"{head}\n{TITLE}\n{OPENING}\n")
    assert (notice.title, notice.text.split("\n")[0]) == (TITLE, TITLE)


@pytest.mark.parametrize(
    "line",
    [
        "整改完成率100%。",
        "举报网站：http://www.12388.gov.cn",
        "监督举报平台 http://www.dahe.gov.cn",
        "请点击关注并提出意见建议。",
    ],
)
def test_words_of_the_notice_stay(line):
    assert line in notice_of(BODY.replace("中共大河", f"{line}\n中共大河")).text


@pytest.mark.parametrize("date", ["二〇二三年十二月二〇日", "2023.12.20.", "二〇二三年一〇月三〇日"])
def test_dates_of_signatures(date):
    found = notice_of(BODY.replace("2023年12月20日", date)).published
    assert found is not None
    assert found.iso in ("2023-12-20", "2023-10-30")
