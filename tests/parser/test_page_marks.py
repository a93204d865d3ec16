"""Numbers and heads of pages that a copy left amid the words."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

BODY = """一、整改情况
（一）关于学习不深入的问题
整改情况：制定学习计划，开展集中学习12次，并组织党员干部到红色教育基地
{0}
接受教育。修订学习制度2项，
{1}
由办公室督促落实。
（二）关于执行不严的问题
整改情况：开展检查3次，通报问题，督促各股室按照规定的程序和时限办理审批
{2}
事项，公示结果。
中共大河县民政局党组
2023年12月20日
"""
WHOLE = (
    "制定学习计划，开展集中学习12次，并组织党员干部到红色教育基地接受教育。修订学习制度2项，由办公室督促落实。",
    "开展检查3次，通报问题，督促各股室按照规定的程序和时限办理审批事项，公示结果。",
)


@pytest.mark.parametrize(
    "marks",
    [("1", "2", "3"), ("7", "8", "9"), ("中共大河县民政局党组文件",) * 3, ("大河县民政局巡察整改情况通报",) * 3],
)
def test_page_marks_amid_sentences_are_set_aside(marks):
    notice = notice_of(BODY.format(*marks))
    assert [issue.response for issue in notice.issues] == list(WHOLE)
    assert [edit.before for edit in notice.edits if edit.kind in ("page-number", "running-head")] == list(marks)


@pytest.mark.parametrize("numbers", [("12", "5", "3"), ("1", "2", "9")])
def test_numbers_that_do_not_count_pages_stay(numbers):
    text = notice_of(BODY.format(*numbers)).text
    assert all(number in text for number in numbers)


def test_a_number_before_what_it_counts_stays():
    body = BODY.replace("{0}\n接受教育", "1\n次，接受教育").format("", "2", "3")
    assert "".join(notice_of(body).issues[0].response.split()).count("1次，接受教育") == 1
