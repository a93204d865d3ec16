"""Tables whose head takes two rows, some of its cells merged over the columns below them."""

from __future__ import annotations

import pytest

from generator.model.proof import difference
from generator.parser import parse
from generator.readers import read_document
from tests.parser.support import SOURCE, TOP

END = "<tr><td>{first}<td>理论学习不深入<td>{a}</tr><tr><td>{second}<td>财务审核把关不严<td>{b}</tr></table>"

ROWS = {
    "one head over two": (
        "<tr><td rowspan=2>序号<td rowspan=2>存在问题<td colspan=2>整改</tr><tr><td>整改措施<td>完成情况</tr>",
        ("制定学习计划<td>已完成", "修订报销办法<td>正在整改"),
    ),
    "one head over two, a column behind them": (
        (
            "<tr><td rowspan=2>序号<td rowspan=2>存在问题<td colspan=2>整改情况<td rowspan=2>备注</tr>"
            "<tr><td>整改措施<td>完成情况</tr>"
        ),
        ("制定学习计划<td>已完成<td>无", "修订报销办法<td>正在整改<td>无"),
    ),
    "two heads over two each": (
        (
            "<tr><td rowspan=2>序号<td rowspan=2>存在问题<td colspan=2>整改<td colspan=2>责任</tr>"
            "<tr><td>措施<td>完成情况<td>单位<td>领导</tr>"
        ),
        ("制定学习计划<td>已完成<td>办公室<td>张某", "修订报销办法<td>正在整改<td>财务科<td>李某"),
    ),
    "the first head says enough": (
        "<tr><td rowspan=2>序号<td rowspan=2>存在问题<td colspan=2>完成情况</tr><tr><td>整改措施<td>进度</tr>",
        ("制定学习计划<td>已完成", "修订报销办法<td>正在整改"),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_head_of_two_rows_names_its_columns(name):
    head, (a, b) = ROWS[name]
    lines = TOP.strip().split("\n")
    table = f"<table>{head}{END.format(first=1, second=2, a=a, b=b)}"
    page = f"<meta charset=utf-8><h1>{lines[0]}</h1><p>{lines[1]}</p><p>一、整改情况</p>{table}<p>县民政局党组</p>"
    document = read_document(page.encode(), "x.html")
    notice = parse(document, SOURCE)
    assert [issue.title for issue in notice.issues] == ["理论学习不深入", "财务审核把关不严"]
    assert [issue.status for issue in notice.issues] == ["done", "ongoing"]
    assert difference(document.text, notice.edits, notice.text) is None
    if "责任" in head:
        assert [issue.responsible for issue in notice.issues] == ["办公室\n张某", "财务科\n李某"]


@pytest.mark.parametrize("head", ["序号 存在问题\t整改措施\t完成情况", "序号　存在问题　整改措施\t完成情况"])
def test_heads_that_only_a_blank_parts_are_two(head):
    rows = "1\t理论学习不深入\t制定学习计划\t已完成\n2\t财务审核把关不严\t修订报销办法\t正在整改\n"
    document = read_document(f"{TOP}一、整改情况\n{head}\n{rows}县民政局党组\n".encode(), "x.txt")
    notice = parse(document, SOURCE)
    assert [issue.title for issue in notice.issues] == ["理论学习不深入", "财务审核把关不严"]
    assert [issue.status for issue in notice.issues] == ["done", "ongoing"]
    assert difference(document.text, notice.edits, notice.text) is None


def test_a_row_that_goes_on_with_the_head_of_one_row_is_no_head():
    lines = TOP.strip().split("\n")
    table = (
        "<table><tr><td>序号<td>存在问题<td>整改措施<td>完成情况</tr>"
        "<tr><td rowspan=2>1<td rowspan=2>理论学习不深入<td>整改措施<td>已完成</tr><tr><td>制度<td>已完成</tr></table>"
    )
    page = f"<meta charset=utf-8><h1>{lines[0]}</h1><p>{lines[1]}</p><p>一、整改情况</p>{table}<p>县民政局党组</p>"
    notice = parse(read_document(page.encode(), "x.html"), SOURCE)
    assert [issue.title for issue in notice.issues] == ["理论学习不深入"]
