"""Words that are crossed out stay in the notice, and nothing is concluded from them."""

from __future__ import annotations

import pytest

from generator.model.notice import Notice, Source
from generator.model.proof import difference
from generator.parser import parse
from generator.readers import read_document
from generator.readers.draft import Draft
from generator.readers.inline_marks import struck, unseen

NOTICE = """中共青禾镇委员会关于巡察整改进展情况的通报
根据县委统一部署，2024年3月5日至4月20日，县委第二巡察组对青禾镇党委开展了常规巡察。2024年6月18日，县委第二巡察组反馈了巡察意见。现将整改进展情况公布如下。
一、整改落实情况
（一）关于理论学习不深入的问题
整改情况：镇党委制定学习计划，组织集中学习6次。{学习}
（二）关于台账不实的问题
整改情况：台账46户重新核对，{台账}
二、下一步打算
镇党委将持续抓好整改。{总数}
联系电话：{电话}0791-8812345。
中共青禾镇委员会
2024年12月20日"""
VALID = {"学习": "已完成整改。", "台账": "拟于2025年3月底前完成。", "总数": "", "电话": ""}


def read(**words: str) -> Notice:
    draft = Draft()
    for line in NOTICE.format(**VALID | words).split("\n"):
        draft.add(line)
    document = draft.document("txt")
    notice = parse(document, Source(file="x", format="txt", sha256="0" * 64))
    assert difference(document.text, notice.edits, notice.text) is None
    assert not any(mark in notice.text for mark in "〓\ufdd0\ufdd1")
    return notice


def statuses(notice: Notice) -> list[str]:
    return [issue.status for issue in notice.issues]


def test_the_notice_without_a_line_through_it() -> None:
    assert statuses(read()) == ["done", "ongoing"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"台账": struck("已完成整改") + "拟于2025年3月底前完成。"}, ["done", "ongoing"]),
        ({"学习": struck("已完成整改。")}, ["unstated", "ongoing"]),
        ({"学习": "已" + struck("基本") + "完成整改。"}, ["unstated", "ongoing"]),
        ({"台账": struck("拟于2025年3月底前完成。") + "正在整改。"}, ["done", "ongoing"]),
        ({"总数": struck("以上问题均已全部完成整改。")}, ["done", "ongoing"]),
    ],
)
def test_no_status_comes_of_words_that_were_withdrawn(words: dict[str, str], expected: list[str]) -> None:
    notice = read(**words)
    assert statuses(notice) == expected
    plain = "".join(words.values()).replace("\ufdd0", "").replace("\ufdd1", "")
    assert plain in notice.text.replace("\n", "")
    assert [one.code for one in notice.anomalies].count("struck-out") == 1


def test_no_deadline_total_or_telephone_comes_of_them() -> None:
    notice = read(
        台账=struck("2026年6月底前完成。") + "正在整改。",
        总数=struck("共反馈问题9个，已完成整改9个。"),
        电话=struck("0791-8800000、"),
    )
    assert notice.issues[1].deadline is None
    assert notice.stated.issues is None
    assert notice.contact.phones == ("0791-8812345",)


def test_an_anomaly_stands_at_the_words() -> None:
    notice = read(学习=struck("已完成整改。"))
    place = next(one for one in notice.anomalies if one.code == "struck-out")
    assert place.span is not None
    assert place.span.of(notice.text) == "已完成整改。"


def test_what_nobody_sees_is_not_in_the_notice() -> None:
    notice = read(学习=unseen("起草人许某") + "已完成整改。")
    assert statuses(notice) == ["done", "ongoing"]
    assert [one.code for one in notice.anomalies].count("hidden-text") == 1
    assert "许某" not in repr(notice)


@pytest.mark.parametrize("count", [1, 300])
def test_of_many_words_that_are_crossed_out_the_first_ones_are_told(count):
    document = read_document("\n".join([NOTICE.partition("\n")[0], "已\u0336 " * count]).encode(), "x.txt")
    notice = parse(document, Source(file="x", format="txt", sha256="0" * 64))
    told = [one.quote for one in notice.anomalies if one.code == "struck-out"]
    assert 1 <= len(told) <= count
    assert set(told) - {""} == {"已\u0336"}  # the last one counts those that are left
