"""What a sentence about all issues says besides: the kind of the inspection, and how many measures there are."""

from __future__ import annotations

from tests.every import every
from tests.parser.support import notice_of
from tests.parser.test_situations import LETTERS, body

ROWS = [
    # the kind of the inspection is no problem's name
    ("截至2023年7月20日，巡察“回头看”反馈的4个问题均已整改完成。", "dddd"),
    ("截至目前，巡察工作“回头看”指出的问题均已整改到位。", "dddd"),
    ("目前，巡视‘回头看’反馈的问题已全部整改到位。", "dddd"),
    ("截至目前，巡察“回头看”反馈的4个问题，已完成3个，正在推进1个。", "uuuu"),
    ("截至目前，巡察“回头看”反馈的4个问题均正在整改。", "oooo"),
    # measures that are counted behind the problems
    ("截至目前，巡察反馈的3个方面4个问题均已完成整改，落实整改措施73项，新建、修订制度15项。", "dddd"),
    ("截至目前，巡察反馈的4个问题均已完成整改，共制定整改措施20条，完善制度3项。", "dddd"),
    ("截至目前，巡察反馈的4个问题均已完成整改，采取具体措施20余条。", "dddd"),
    ("截至目前，巡察反馈的4个问题均已完成整改，制定措施73项，完成70项。", "uuuu"),
    ("截至目前，巡察反馈的4个问题均已完成整改，制定措施73项，正在推进3项。", "uuuu"),
    ("截至目前，巡察反馈的4个问题均已完成整改，制定措施73项，尚有3项未落实。", "uuuu"),
    ("对反馈的4个问题，制定整改措施4个，已整改4个。", "uuuu"),
    ("反馈的4个问题均已认领，制定措施4条，全部落实。", "uuuu"),
    ("截至目前，反馈的4个问题已落实整改措施73项。", "uuuu"),
    ("截至目前，反馈的4个问题均已制定整改措施，落实整改措施73项。", "uuuu"),
    ("截至目前，反馈的4个问题均正在整改，落实整改措施73项。", "oooo"),
]


@every(ROWS)
def test_an_aside_changes_nothing_of_what_is_said_of_all(words, wanted):
    notice = notice_of(body("opening", words).lstrip("\n"))
    assert "".join(LETTERS[one.status] for one in notice.issues) == wanted


HANDED_ON = [
    ("tail", "该问题已列入整改。"),
    ("tail", "该问题现已反馈整改。"),
    ("tail", "该问题已向责任单位提出整改要求。"),
    ("tail", "该问题已指出整改。"),
    ("tail", "该问题已列出整改。"),
    ("tail", "该问题已同意整改。"),
    ("tail", "该问题已全部批准整改。"),
    ("tail", "该问题已限时整改。"),
    ("last", "以上问题均已列入整改。"),
    ("last", "2024年3月底前，以上问题均已列入整改。"),
    ("last", "以上4个问题已全部列入整改。"),
    ("last", "上述问题均已认领整改。"),
    ("end", "反馈的4个问题均已列入整改。"),
]


@every(HANDED_ON)
def test_what_was_handed_on_to_be_rectified_is_not_finished(place, words):
    notice = notice_of(body(place, words).lstrip("\n"))
    assert {one.status for one in notice.issues} == {"unstated"}


FINISHED = [
    ("该问题已认领整改到位。", "d"),
    ("巡察反馈的该问题已整改。", "d"),
    ("该问题已全部完成整改。", "d"),
    ("该问题已予以整改。", "d"),
    ("该问题已同意销号。", "d"),
    ("该问题已限时完成整改。", "d"),
]


@every(FINISHED)
def test_what_was_finished_of_them_is(words, wanted):
    notice = notice_of(body("tail", words).lstrip("\n"))
    assert LETTERS[notice.issues[2].status] == wanted
