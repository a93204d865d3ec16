"""更正、撤下: first shown, then done, by the functions that the commands use."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from generator.content.errata import as_imported, changes_of
from generator.desk.journal import hash_of
from tests.desk.test_proof import ID, file_of, notice_of
from tests.desk.tools import ask, post, running, site_of

WORDS = {
    "how": "words",
    "before": "1.完善资料留存。",
    "after": "1.完善资料留存制度。",
    "what": "第2项的措施",
    "why": "录入有误",
}


@pytest.fixture
def desk(tmp_path):
    site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        yield found


def look(desk, fields):
    return ask(desk, path=f"n/{file_of(desk).stem}/correct?{urlencode(fields | {'look': '1'})}")


def confirm(desk, page):
    row = unescape(re.search(r'name="row" value="([^"]+)"', page)[1])
    fields = {"act": "Row", "row": row, "version": hash_of(file_of(desk).read_bytes()), "page": "correct"}
    return post(desk, f"n/{file_of(desk).stem}/do", fields)


def test_words_are_shown_first_and_then_corrected(desk):
    before, text = file_of(desk).read_bytes(), notice_of(desk).text
    page = look(desk, WORDS)
    assert page.status == 200
    assert "<ins>制度</ins>" in page.text
    assert file_of(desk).read_bytes() == before
    answer = confirm(desk, page.text)
    assert (answer.status, answer.headers["Location"].endswith("/correct")) == (303, True)
    [one] = notice_of(desk).corrections
    assert (one.what, one.why, one.who) == ("第2项的措施", "录入有误", "陈某")
    assert as_imported(notice_of(desk).text, changes_of(notice_of(desk)))[0] == text


def test_a_fact_is_corrected_without_a_word(desk):
    text = notice_of(desk).text
    page = look(desk, WORDS | {"before": "", "after": ""})
    assert "没有改字" in page.text
    assert confirm(desk, page.text).status == 303
    assert ([one.before for one in notice_of(desk).corrections], notice_of(desk).text) == ([None], text)


def test_new_progress_keeps_the_old_words(desk):
    fields = {
        "how": "news",
        "issue": "i22",
        "status": "done",
        "after": "以上问题已整改完成。",
        "what": "第22项已完成",
        "why": "单位来函",
    }
    assert confirm(desk, look(desk, fields).text).status == 303
    notice = notice_of(desk)
    assert (notice.issues[21].status, notice.issues[21].status_quote) == ("done", "以上问题已整改完成。")
    assert "20257月底" in notice.corrections[0].before


@pytest.fixture
def other(tmp_path):
    """A notice that says of its issues by a heading alone that they are done."""
    site_of(tmp_path / "site", "dongshan-xian-weisheng-jiankang-ju-20251128")
    with running(tmp_path / "site", who="陈某") as found:
        yield found


def test_new_progress_of_an_issue_without_words_of_a_status_stands_behind_its_answer(other):
    desk, before = other, notice_of(other)
    issue = next(one for one in before.issues if "status" not in roles_below(before, one))
    letter = "单位来函：该问题仍在整改，预计2026年6月底前完成。"
    fields = {
        "how": "news",
        "issue": issue.id,
        "status": "ongoing",
        "after": letter,
        "what": "新答复",
        "why": "单位来函",
    }
    page = look(desk, fields)
    assert f"<ins>{letter}</ins>" in page.text
    assert confirm(desk, page.text).status == 303
    after = notice_of(desk)
    found = next(one for one in after.issues if one.id == issue.id)
    assert (found.status, found.status_quote) == ("ongoing", letter)
    assert after.text.replace(letter, "") == before.text
    assert letter in after.corrections[0].after
    assert "处理了才能发布" not in ask(desk, path=f"n/{after.id}/proof").text
    assert as_imported(after.text, changes_of(after))[0] == before.text
    others = [(one.id, one.status, one.status_quote) for one in before.issues if one.id != issue.id]
    assert [(one.id, one.status, one.status_quote) for one in after.issues if one.id != issue.id] == others


def roles_below(notice, issue):
    """The roles of the passages of an issue."""
    roles = [one.role for one in notice.body[issue.at + 1 :]]
    return roles[: roles.index("heading")] if "heading" in roles else roles


def test_a_notice_is_withdrawn_and_comes_back(desk):
    before = file_of(desk).read_bytes()
    page = look(desk, {"how": "withdraw", "why": "应发布单位要求撤下", "date": "2026-01-05"})
    assert "本通报已于 2026-01-05 撤下" in page.text
    assert file_of(desk).read_bytes() == before
    assert confirm(desk, page.text).status == 303
    assert notice_of(desk).withdrawn.why == "应发布单位要求撤下"
    page = ask(desk, path=f"n/{ID}/correct").text
    assert "恢复公开" in page
    fields = {"act": "Reinstate", "version": hash_of(file_of(desk).read_bytes())}
    assert post(desk, f"n/{ID}/do", fields).status == 303
    assert file_of(desk).read_bytes() == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (WORDS | {"before": "没有这句话"}, "找不到"),
        (WORDS | {"before": "整改"}, "不止一处"),
        (WORDS | {"after": WORDS["before"]}, "改前改后一样"),
        (WORDS | {"why": " "}, "请写理由"),
        (WORDS | {"date": "昨天"}, "不是日期"),
        ({"how": "withdraw", "why": ""}, "请写理由"),
        ({"how": "news", "issue": "i99", "status": "done", "what": "x", "why": "y"}, "不完整"),
    ],
)
def test_what_cannot_be_corrected_is_said(desk, fields, said):
    page = look(desk, fields)
    assert (page.status, said in page.text) == (422, True)
    assert 'name="row"' not in page.text
