"""历史: acts in words, any two versions compared, any one restored."""

from __future__ import annotations

import pytest

from generator.desk.acts import Accept, Errata, MarkRole, SetFact, SetStatus
from generator.desk.comparison import compare
from generator.desk.doing import Paper
from generator.desk.journal import hash_of
from generator.desk.places import whole
from tests.desk.test_proof import ID, do, file_of, notice_of, words
from tests.desk.tools import ask, post, running, site_of


@pytest.fixture
def desk(tmp_path):
    site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        yield found


def test_every_act_is_told_with_who_and_why(desk):
    do(desk, SetStatus("i6", "ongoing"))
    do(desk, Accept("unpaired", "工资发放附件不全”", "原文标点"))
    text = file_of(desk).read_text("utf-8")
    file_of(desk).write_text(text.replace("county: 薛城区", "county: 山亭区"), "utf-8")
    do(desk, Errata(words(notice_of(desk), "制约服务质"), "制约服务质量", "原件漏字"))
    page = ask(desk, path=f"n/{ID}/history").text
    for said in (
        "导入",
        "第6项　状态 → 整改中",
        "标点不成对",
        "原文标点",
        "编辑台外",
        "勘误　“制约服务质” → “制约服务质量”",
        "陈某",
    ):
        assert said in page, said


def test_the_first_and_the_last_are_compared(desk):
    do(desk, SetStatus("i6", "ongoing"))
    do(desk, Errata(words(notice_of(desk), "制约服务质"), "制约服务质量", "原件漏字"))
    page = ask(desk, path=f"n/{ID}/history").text
    assert "<ins>量</ins>" in page
    assert "长期坚持" in page
    assert "整改中" in page
    assert "勘误 <del>0</del> <ins>1</ins>" in page
    whole_page = ask(desk, path=f"n/{ID}/history?all=1").text
    assert "根据区委统一部署" in whole_page


def test_a_version_is_read_and_restored_and_that_can_be_undone(desk):
    first = file_of(desk).read_bytes()
    do(desk, SetStatus("i6", "ongoing"))
    changed = file_of(desk).read_bytes()
    version = hash_of(first)
    assert ask(desk, path=f"n/{ID}/version/{version}").body == first
    assert ask(desk, path=f"n/{ID}/version/{'0' * 64}").status == 404
    fields = {"act": "Restore", "to": version, "version": hash_of(changed), "page": "history"}
    answer = post(desk, f"n/{ID}/do", fields)
    assert (answer.status, answer.headers["Location"].endswith("/history")) == (303, True)
    assert file_of(desk).read_bytes() == first
    state = Paper(desk.site, file_of(desk)).state()
    undo = {"of": state.stacks()[0][-1].n, "version": version}
    assert post(desk, f"n/{ID}/undo", undo, script=True).status == 200
    assert file_of(desk).read_bytes() == changed


def test_a_notice_on_which_nobody_acted_has_an_empty_history(desk):
    page = ask(desk, path=f"n/{ID}/history")
    assert page.status == 200
    assert "还没有人在编辑台里改过这一份" in page.text


def test_what_is_lost_by_restoring_is_listed_first(desk):
    do(desk, Accept("unpaired", "工资发放附件不全”", "原文标点"))
    version = Paper(desk.site, file_of(desk)).state().entries[0].after
    page = ask(desk, path=f"n/{ID}/history?a={version}").text
    assert "那以后做的这些决定会没有" in page


def test_all_notices_with_a_history(desk):
    assert "还没有" in ask(desk, path="history").text
    do(desk, SetStatus("i6", "ongoing"))
    page = ask(desk, path="history").text
    assert f"n/{ID}/history" in page


def test_a_comparison_tells_words_structure_facts_and_decisions_apart(desk):
    notice = notice_of(desk)
    do(desk, MarkRole(whole(notice, 3), "finding"))
    do(desk, SetFact("inspection.inspector", "区委第七巡察组"))
    do(desk, Accept("unpaired", "工资发放附件不全”", "原文标点"))
    found = compare(notice, notice_of(desk))
    assert (found.words, found.differing) == ((), 0)
    assert len(found.structure) == 1
    assert len(found.facts) == 1
    assert found.decisions == (("接受的疑点", 0, 1),)
    assert found.same_words == 9477
