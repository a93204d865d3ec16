"""Signs in other forms than the usual, and names set wide: read as what they are, and kept as printed."""

from __future__ import annotations

import pytest

from generator.model.proof import difference
from generator.parser import parse
from generator.readers import read_document
from tests.parser.support import SOURCE, TOP, notice_of

ISSUES = ["关于理论学习不深入的问题", "关于财务审核把关不严的问题"]
BODY = """一、整改落实情况
{}关于理论学习不深入的问题
整改情况：组织集中学习6次。已完成整改。
{}关于财务审核把关不严的问题
整改情况：退回1.2万元。已完成整改。
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("﹙一﹚", "﹙二﹚"),
        ("︵一︶", "︵二︶"),
        ("⦅一⦆", "⦅二⦆"),
        ("｟一｠", "｟二｠"),
        ("﹝一﹞", "﹝二﹞"),
        ("❨1❩", "❨2❩"),
        ("⟮1⟯", "⟮2⟯"),
        ("1﹒", "2﹒"),
        ("1､", "2､"),
        ("1﹑", "2﹑"),
        ("（一）．", "（二）．"),
        ("（一）:", "（二）:"),
        ("（一）：", "（二）："),
        ("（一），", "（二），"),
        ("(1)：", "(2)："),
        ("①：", "②："),
        ("［一］", "［二］"),
        ("[一]、", "[二]、"),
        ("【一】", "【二】"),
        ("〈一〉", "〈二〉"),
        ("［1］", "［2］"),
        ("〔1〕", "〔2〕"),
    ],
)
def test_a_number_is_read_in_whatever_brackets(first, second):
    body = BODY.format(first, second)
    notice = notice_of(body)
    assert [issue.title for issue in notice.issues] == ISSUES
    assert [issue.label for issue in notice.issues] == [first, second]
    document = read_document((TOP + body).encode(), "case.txt")
    parsed = parse(document, SOURCE)
    assert difference(document.text, parsed.edits, parsed.text) is None


@pytest.mark.parametrize("colon", ["：", ":", "﹕", "︓", "∶", "꞉", "ː"])
def test_a_colon_is_read_in_whatever_form(colon):
    notice = notice_of(BODY.format("（一）", "（二）").replace("：", colon) + f"联系电话{colon}0791-8812345\n")
    assert [issue.status for issue in notice.issues] == ["done", "done"]
    assert notice.contact.phones == ("0791-8812345",)


@pytest.mark.parametrize(
    "date",
    [
        "公元2023年11月20日",
        "2023年11月20日印发",
        "（2023年11月20日印发）",
        "2023年11月20日星期一",
        "2023年11月20日 （星期一）",
        "2023年11月20日（公章）",
        "2023年11月20日（盖章）",
        "2023年11月20日发布",
        "印发日期：2023年11月20日",
        "成文日期：二〇二三年十一月二十日",
    ],
)
def test_a_date_with_a_word_beside_it_is_that_of_the_notice(date):
    notice = notice_of(BODY.format("（一）", "（二）") + f"中共大河县民政局党组\n{date}\n")
    assert notice.published is not None
    assert notice.published.iso == "2023-11-20"
    assert [passage.words.strip() for passage in notice.body if passage.role == "date"] == [date]


@pytest.mark.parametrize(
    "last", ["以上问题于2023年11月20日前完成", "会议于2023年11月20日召开", "自2023年11月20日起施行"]
)
def test_a_date_in_a_sentence_is_not_that_of_the_notice(last):
    notice = notice_of(BODY.format("（一）", "（二）") + f"{last}\n")
    assert notice.published is None


@pytest.mark.parametrize(
    ("signature", "unit"),
    [
        ("中 共 大 河 县 民 政 局 党 组", "中共大河县民政局党组"),
        ("中　共　大　河　县　民　政　局　党　组", "中共大河县民政局党组"),
        ("大  河  县  民  政  局  党  组", "大河县民政局党组"),
        ("中共大河县民政局 党 组", "中共大河县民政局党组"),
        ("（中共大河县民政局党组）", "中共大河县民政局党组"),
        ("签发单位：中共大河县民政局党组", "中共大河县民政局党组"),
        ("落款: 大河县民政局党组", "大河县民政局党组"),
        ("公布单位：（大河县民政局党组）", "大河县民政局党组"),
        ("中共大河县民政局\u00a0委\u00a0员\u00a0会", "中共大河县民政局委员会"),
    ],
)
def test_a_signature_set_wide_is_one(signature, unit):
    top = TOP[TOP.index("\n") + 1 :].replace("县民政局党组", "我局党组")
    notice = notice_of(BODY.format("（一）", "（二）") + f"　　　　{signature}\n　　　　2023年11月20日\n", top)
    assert [passage.words.strip() for passage in notice.body if passage.role == "signature"] == [signature]
    assert notice.unit.name == unit
    assert notice.published is not None
    assert "no-signature" not in {anomaly.code for anomaly in notice.anomalies}
