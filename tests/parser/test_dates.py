"""No words that look like a date can stop the parser, and a day that no calendar has is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.record import record_of
from generator.parser.chronology import solve
from generator.parser.deadlines import labelled, promised
from generator.parser.printed_dates import partial, ranges_of, tokens_of
from tests.parser.support import notice_of

OPENING = "{}，县委第六巡察组对县民政局党组开展了巡察。{}反馈了意见。现将整改情况予以公布。\n"
ISSUE = "一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。\n"

numbers = st.one_of(st.integers(0, 40), st.integers(1890, 2110), st.integers(0, 99999999)).map(str)
chinese = st.text("二〇○零０OＯo一三四五六七八九十廿卅", min_size=1, max_size=4)
signs = st.sampled_from(
    ["年", "月", "日", "号", "-", "/", ".", "至", "—", "~", "底", "上旬", "前", "起", " ", "，", ""]
)
date_like = st.lists(st.one_of(numbers, chinese, signs), max_size=12).map("".join)
leap_days = st.builds("{}{}月{}日".format, st.sampled_from(["", "2023年", "2024年", "2100年"]),
                      st.integers(0, 13), st.integers(27, 32))  # fmt: skip


@given(st.one_of(date_like, leap_days), st.one_of(date_like, leap_days), st.one_of(date_like, leap_days))
def test_any_date_like_words_are_read(first, second, signature):
    ranges = list(ranges_of(f"{first}至{second}"))
    tokens = [None, *tokens_of(f"{first}，{second}。{signature}")]
    for inspected in [None, *ranges]:
        solved = solve(inspected, tokens[-1], tokens[len(tokens) // 2], (30, 60))
        for date in (solved.start, solved.end, solved.feedback, solved.published):
            assert date is None or date.first_day <= date.last_day
            labelled(f"{first}前完成", date, is_label=True)
            promised(f"计划于{second}前完成整改", date, solved.published)


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2024年十二月二十日", "2024-12-20"),
        ("２０２４年十二月二十日", "2024-12-20"),
        ("二0二四年12月20日", "2024-12-20"),
        ("二〇二四年 12 月 20 日", "2024-12-20"),
        ("贰零贰肆年拾贰月贰拾日", "2024-12-20"),
        ("贰〇贰肆年壹拾贰月叁拾壹日", "2024-12-31"),
        ("2024／12／20", "2024-12-20"),
        ("２０２４／１２／２０", "2024-12-20"),
        ("2024－12－20", "2024-12-20"),
        ("２０２４．１２．２０", "2024-12-20"),
        ("2024‐12‐20", "2024-12-20"),
        ("2024·12·20", "2024-12-20"),
        ("2024—12—20", "2024-12-20"),
        ("2024年12月20号", "2024-12-20"),
        ("2024 年 12 月 20 号", "2024-12-20"),
    ],
)
def test_a_date_is_read_in_whatever_digits_and_signs(printed, iso):
    tokens = list(tokens_of(f"　　{printed}"))
    assert [(token.printed, partial(token.readings[0]).iso) for token in tokens] == [(printed, iso)]


@given(leap_days, leap_days, leap_days)
def test_a_notice_of_any_days_has_a_record(end, feedback, signature):
    text = OPENING.format(f"2023年9月28日至{end}", feedback) + ISSUE + f"县民政局党组\n{signature}"
    record_of(notice_of(text, top=""))


@pytest.mark.parametrize(
    ("dates", "feedback", "expected", "codes"),
    [
        ("2023年9月28日至10月23日", "2月29日", "2024-02-29", ()),
        ("2022年9月28日至10月23日", "2月29日", None, ("date-impossible",)),
        ("2023年9月28日至10月23日", "2023年2月29日", None, ("date-impossible",)),
        ("2023年9月28日至10月23日", "2024年2月29日", "2024-02-29", ()),
        ("2023年9月28日至10月23日", "11月31日", None, ("date-impossible",)),
        ("2024年1月3日至2月29日", "4月1日", "2024-04-01", ()),
    ],
)
def test_a_day_that_no_year_has_is_told(dates, feedback, expected, codes):
    notice = notice_of(OPENING.format(dates, feedback) + ISSUE, top="")
    assert record_of(notice)["inspection"]["feedback"] == expected
    assert tuple(a.code for a in notice.anomalies if a.code.startswith("date-")) == codes


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("剩余900万元已提起诉讼，力争2025年12月31日前执行到位。", "2025-12-31"),
        ("剩余2宗正在履行收回程序，2025年10月底前处置完毕。", "2025-10-31"),
        ("正在5个科室试点，2025年6月底前全院推开。", "2025-06-30"),
        ("办法已于2025年6月底前印发。", None),
        ("2023年10月底前处置完毕。", None),
        ("了解2025年12月底前的到位情况。", None),
    ],
)
def test_what_is_to_be_reached_until_a_day(words, day):
    found = promised(words, partial((2024, 1, 5)), partial((2024, 12, 20)))
    assert (found and found.date.iso) == day
