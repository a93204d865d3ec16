"""How far each of some issues is, by one sentence of any office, wherever in the notice it stands."""

from __future__ import annotations

from operator import itemgetter
from pathlib import Path

from tests.every import every
from tests.parser.support import notice_of

FIXTURE = Path(__file__).parents[1] / "fixtures" / "situations.txt"
LETTERS = {"done": "d", "ongoing": "o", "long-term": "l", "unstated": "u"}
ONE = ("tail", "para", "head", "only", "mark")
"""Places in the third issue: the others are unstated."""
FLAT = "flat-"
"""Begins the places of a notice of three issues without groups and labels; in the second: tail, only, mark."""


def wanted(place, truth):
    if "," in truth:
        return truth.split(",")
    if place.startswith(FLAT):
        if place in (FLAT + "tail", FLAT + "only", FLAT + "mark"):
            return ["u", truth, "u"]
        return ["u", "u", truth] if place == FLAT + "last" else list(truth)
    if place in ONE:
        return ["u", "u", truth, "u"]
    if place == "group":
        return [truth, truth, "u", "u"]
    return [truth] * 4 if place == "part" else list(truth)


def flat(place, words):
    """A notice of three issues without groups and labels, with the words at their place."""
    at = dict.fromkeys(("tail", "only", "mark", "last", "lead", "end", "next"), "")
    at[place] = f"\n{words}" if place in ("lead", "end") else words
    answer = at["only"] or "组织专题学习，修订《印章管理办法》，设立用印登记簿，由办公室专人保管。" + at["tail"]
    return f"""一、提高政治站位，扛牢整改责任
镇党委召开专题会议，制定整改方案，逐条明确责任。
二、整改落实情况{at["lead"]}
（一）“三会一课”走形式
各支部书记集中参加培训，镇党委派员列席支部大会，按季度检查会议记录本。
（二）{at["mark"] or "印章管理不规范"}
{answer}
（三）村级财务公开滞后
督促各村按季度公开收支明细，聘请村务监督员，设立意见箱。{at["last"]}{at["end"]}
三、下一步打算
镇党委将进一步压实责任，巩固成果。{at["next"]}
中共柳河镇委员会
2023年12月20日
"""


def body(place, words):
    """A notice of four issues in two groups, with the words at their place."""
    at = dict.fromkeys(("tail", "head", "glead", "lead", "gend", "end", "org", "opening", "last"), "")
    title, part, group, below = "关于公务接待审批不严的问题", "反馈问题整改情况", "履行管理职责方面", ""
    words = words.replace("\\n", "\n")
    if place.startswith(FLAT):
        return flat(place.removeprefix(FLAT), words)
    line = f"\n{words}"
    answer = "组织学习，规范审批流程，建立管理台账。"
    if place == "mark":
        title = words
    elif place == "part":
        part = words
    elif place == "group":
        group = words
    elif place == "only":
        answer = words
    elif place in ("next", "follow"):
        below = f"\n三、下一步工作打算{line}" if place == "next" else line
    else:
        key = "tail" if place == "para" else place
        at[key] = line if place in ("para", "lead", "glead", "gend", "end") else words
    return f"""{at["opening"]}
一、整改工作组织情况
局党组召开专题会议，成立领导小组，逐项研究部署。{at["org"]}
二、{part}{at["lead"]}
（一）{group}{at["glead"]}
1.关于公车管理不严的问题
整改情况：开展自查，严格派车审批，建立用车台账。
2.关于档案管理混乱的问题
整改情况：聘请专业人员清理档案，建成档案室。{at["gend"]}
（二）落实制度规定方面
3.{title}
整改情况：{at["head"]}{answer}{at["tail"]}
4.关于固定资产底数不清的问题
整改情况：开展资产清查，做到账实相符。{at["last"]}{at["end"]}{below}
中共大河县民政局党组
2023年12月20日
"""


ROWS = [row.split(" | ") for row in FIXTURE.read_text("utf-8").splitlines() if not row.startswith("#")]


def test_there_are_situations_to_look_at():
    assert len(ROWS) > 1800


@every(ROWS, by=itemgetter(0))
def test_how_far_each_issue_is(place, words, truth):
    found = [LETTERS[issue.status] for issue in notice_of(body(place, words).lstrip("\n")).issues]
    allowed = wanted(place, truth)
    assert len(found) == len(allowed)
    assert all(got in letters for got, letters in zip(found, allowed, strict=True)), found
