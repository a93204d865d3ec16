"""A sentence that calls issues finished and ends with a day or a time limit: by then they may have to be finished."""

from __future__ import annotations

from tests.every import every
from tests.parser.support import notice_of
from tests.parser.test_situations import LETTERS, body

ROWS = [
    # a past day tells since when; 以上问题 in the last answer's own line may be of this one, and is doubted
    ("last", "以上问题均已整改到位，截止2023年6月。", "uuud", True),
    ("last", "以上问题均已整改到位，截至2023年11月底。", "uuud", True),
    ("last", "上述问题均已整改到位，整改时间：2023年10月。", "uuud", True),
    ("end", "以上问题均已整改到位，截止2023年6月。", "uudd", False),
    ("end", "以上4个问题均已整改到位，截止2023年6月。", "dddd", False),
    ("tail", "该问题已整改完成，完成时限：2023年6月底。", "uudu", False),
    # a day to come, or a time limit
    ("last", "以上问题均已整改到位，截至2024年6月底。", "uuuu", True),
    ("last", "以上问题均已整改完成，整改时间：3个月。", "uuuu", True),
    ("last", "上述问题均已整改到位，整改期限：2025年3月。", "uuuu", True),
    ("last", "以上问题均已整改到位（整改期限：2025年3月）。", "uuuu", True),
    ("end", "以上问题均已整改到位，截止2024年6月。", "uuuu", True),
    ("end", "以上4个问题均已整改到位，整改期限：2025年3月。", "uuuu", True),
    ("end", "反馈问题均已整改到位，整改期限：2025年3月。", "uuuu", True),
    ("end", "以上问题均已整改完成，整改时间：3个月。", "uuuu", True),
    ("end", "以上4个问题均已整改完成，整改时限6个月。", "uuuu", True),
    ("end", "以上4个问题均已整改完成，限期3个月。", "uuuu", True),
    ("end", "以上4个问题均已整改完成，完成时间2024年11月。", "uuuu", True),
    ("tail", "该问题已整改完成，完成时限：2025年6月底。", "uuuu", True),
    ("tail", "该问题已整改到位，整改时限：3个月。", "uuuu", True),
    ("tail", "该问题已整改到位，整改时限3个月。", "uuuu", True),
]


@every(ROWS)
def test_what_ends_with_a_day_to_come_makes_nothing_finished(place, words, wanted, is_doubted):
    notice = notice_of(body(place, words).lstrip("\n"))
    assert "".join(LETTERS[one.status] for one in notice.issues) == wanted
    doubts = {one.code for one in notice.anomalies} & {"blanket-unclear", "status-unclear"}
    assert bool(doubts) == is_doubted
