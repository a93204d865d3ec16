"""Issues that their own words call finished, and that a later part of the notice calls unfinished again."""

from __future__ import annotations

from tests.every import every
from tests.parser.support import notice_of

LETTERS = {"done": "d", "ongoing": "o", "long-term": "l", "unstated": "u"}
TITLES = ("公车管理不严", "档案管理混乱", "公务接待审批不严", "固定资产底数不清")


def notice(part="", *, own="该问题已完成整改。", before="", behind="", label="（{}）"):
    """A notice of four issues that are all called finished, `part` in a part behind them, `behind` the last answer."""
    issues = "".join(
        f"{label.format('一二三四'[n])}关于{title}的问题\n整改情况：组织学习，规范流程，建立台账。{own}\n"
        for n, title in enumerate(TITLES)
    )
    later = f"三、整改评估及后续情况\n{part}\n" if part else ""
    return notice_of(
        f"一、整改工作组织情况\n局党组召开会议，认真部署。{before}\n二、反馈问题整改情况\n{issues}{behind}\n{later}"
        "四、下一步工作打算\n局党组将持续加强作风建设，巩固成果。\n中共大河县民政局党组\n2024年5月24日\n"
    )


def letters(found):
    return "".join(LETTERS[one.status] for one in found.issues)


def doubts(found):
    return {one.code for one in found.anomalies} & {"blanket-unclear", "status-unclear"}


SENT_BACK = (
    "2024年3月，县委巡察办开展评估，认为整改总体有力，但有2个问题整改不到位，予以退回：一是第2个问题“档案管理混乱”，2个村档案未归档；二是第4个问题"
    "“固定资产底数不清”，仍有3处房产未入账。局党组诚恳接受，已将上述2个问题重新列入整改台账，目前正在整改，确保2024年8月底前整改到位。"
)
NOT_STRUCK_OFF = (
    "需要说明的是，第（三）项“公务接待审批不严”、第（四）项“固定资产底数不清”两个问题虽已完成阶段性任务，但办法尚未印发、3处房产仍未入账，"
    "按照巡察办复核意见，不作销号处理，继续整改，分别于2024年12月底前、2024年9月底前完成。"
)
REOPENED = [
    (SENT_BACK, "dodo"),
    ("县委巡察办评估认为，“公车管理不严”问题整改不到位，已退回重新整改。", "oddd"),
    ("经县纪委监委、县委巡察办联合验收，第1项、第3项问题未通过验收，责令继续整改。", "odod"),
    ("县委督导组督查发现，第2个问题出现反弹，已重新纳入整改台账。", "dodd"),
    ("经“回头看”，“公务接待审批不严”问题整改不彻底，目前正在进一步整改。", "ddod"),
    ("2024年4月，县委巡察办抽查后撤销第（四）项销号，要求重新整改。", "dddo"),
    ("县委巡察办审核认定，除“公车管理不严”问题整改不到位、需继续整改外，其余问题同意销号。", "oddd"),
    ("问题1、问题2因佐证材料不实，被县委巡察办退回整改。", "oodd"),
    ("审计发现，“固定资产底数不清”问题整改不实，不予销号，正在重新整改。", "dddo"),
    ("验收中发现“档案管理混乱”问题整改不彻底，已要求办公室限期1个月整改到位。", "dodd"),
    ("评估结果：1、3号问题整改到位，2、4号问题整改不到位。", "dodo"),
    ("其中，“固定资产底数不清”问题被认定为虚假整改，已撤销销号并启动问责。", "dddo"),
    ("评估组指出，“档案管理混乱”问题销号后又出现反弹，局党组已重新启动整改。", "dodd"),
]
"""A later part says of some by number or name that they are not finished."""


@every(REOPENED)
def test_what_a_later_part_calls_unfinished_is_not_done(part, wanted):
    assert letters(notice(part)) == wanted
    assert letters(notice(part, own="")) == wanted.replace("d", "u") or "其余问题同意销号" in part


BLANKET = "截至2024年4月底，反馈的4个问题均已完成整改，29条整改措施全部落实。"
EXPLAINED = [
    (NOT_STRUCK_OFF, "ddoo"),
    ("需要说明的是，第（二）项问题因历史原因尚未完成整改，将继续整改。", "dodd"),
    ("需说明的是，“公车管理不严”问题未通过验收，不作销号处理。", "oddd"),
    ("另需说明，第（一）项、第（四）项问题经复核整改不到位，继续整改。", "oddo"),
]


@every(EXPLAINED)
def test_a_paragraph_behind_the_last_answer_that_explains_which_are_left(words, wanted):
    for own in ("该问题已完成整改。", ""):
        found = notice(before=BLANKET, behind=words, own=own)
        assert letters(found) == wanted
        assert all(words not in one.response for one in found.issues)


MADE_GOOD = [
    "县委巡察办评估时将第2个问题“档案管理混乱”退回重新整改，经补充整改，已于2024年4月通过复核。",
    "第3项问题曾因佐证材料不全被退回，现已重新整改到位并销号。",
    "县委巡察办评估认为第1个问题整改不到位，予以退回。局党组重新制定措施，该问题现已整改到位。",
]


@every(MADE_GOOD)
def test_what_was_sent_back_and_made_good_stays_done(part):
    assert letters(notice(part)) == "dddd"


NO_ONE = [
    "对整改不到位的问题，一律退回重新整改。",
    "适时开展“回头看”，防止问题反弹回潮。",
    "督促相关人员退回违规发放资金3万元。",
    "局党组对“三重一大”制度执行情况开展检查，重新修订议事规则。",
]


@every(NO_ONE)
def test_words_that_name_no_issue_take_nothing_back(part):
    found = notice(part)
    assert letters(found) == "dddd"
    assert not doubts(found)


UNCLEAR = [
    "2024年3月，县委巡察办开展评估，有2个问题整改不到位，予以退回。",
    "经复核，3个问题未通过验收，已重新列入整改台账，正在整改。",
    "县委巡察办评估认为，第9个问题整改不到位，予以退回。",
    "县委巡察办评估认为，第2个问题“公车管理不严”整改不到位，予以退回。",
]


@every(UNCLEAR)
def test_what_was_sent_back_and_cannot_be_told_which_is_doubted(part):
    found = notice(part)
    assert "blanket-unclear" in doubts(found)
    assert "o" not in letters(found)


MAY_BE_LEFT = [
    ("县委巡察办评估后，将（三）、（四）两个问题退回。", "dduu"),
    ("“公务接待审批不严”问题虽已销号，但6月审计又发现2笔无公函接待，现已重新立案整改。", "ddud"),
    ("经评估，1个问题（档案管理混乱）整改成效不明显，需持续整改。", "dudd"),
    ("评估认定：完成整改的3个，未完成整改的1个，即“公车管理不严”问题。", "uddd"),
    ("针对群众反映“档案管理混乱”问题整改不到位的情况，局党组组织核查。", "dudd"),
]


@every(MAY_BE_LEFT)
def test_words_of_doubt_beside_a_name_take_back_what_was_called_finished(part, wanted):
    found = notice(part)
    assert (letters(found), doubts(found)) == (wanted, {"status-unclear"})
    assert letters(notice(part, own="该问题正在整改。")) == "oooo"


KEPT = [
    "“公车管理不严”问题整改后，2台闲置车辆已处置，未发现反弹。",
    "县委巡察办对第2个问题整改情况予以充分肯定。",
    "第2个问题的整改责任人因整改不力被约谈，目前该问题已整改到位。",
    "对第4个问题，县委巡察办提出继续整改意见，目前已完成整改并通过复核。",
    "对“公车管理不严”等问题，将持续跟踪问效，防止反弹回潮。",
    "坚决防止“公车管理不严”等问题反弹回潮。",
    "杜绝“档案管理混乱”问题再次发生。",
    "因“公务接待审批不严”问题监管不到位，对2人批评教育。",
    "针对“固定资产底数不清”问题，责令3名责任人作出书面检查。",
    "围绕“公车管理不严”问题举一反三，完善制度2项。",
]


@every(KEPT)
def test_what_only_tells_more_of_a_finished_one_leaves_it_so(part):
    assert letters(notice(part)) == "dddd"


def test_what_the_first_part_says_was_sent_back_is_doubted_where_the_issue_is_called_finished():
    words = "集中整改期结束时，县委巡察办评估认为第2个问题整改不到位，予以退回。"
    found = notice(before=words)
    assert (letters(found), "blanket-unclear" in doubts(found)) == ("dudd", True)
    assert letters(notice(before=f"{words}目前该问题正在整改。")) == "dodd"


def test_what_an_inspection_before_sent_back_is_nobodys():
    assert letters(notice(before="上一轮巡察反馈的第2个问题整改不到位，已重新纳入整改。")) == "dddd"
