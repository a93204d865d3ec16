"""Acts: no structural act changes a character, anchors live for ever, a file is changed where it must be."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.content.errata import as_imported, changes_of
from generator.content.notice_file import read_notice, write_notice
from generator.desk import acts
from generator.desk.patch import patched
from generator.desk.places import RefusedAct, place, whole
from generator.desk.rebasing import rebased
from generator.desk.rows import act_of, row_of
from tests.desk.strategies import BY, FIVE, any_acts, errata, notices
from tests.samples import notice as sample

RUNS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow,
                                                            HealthCheck.filter_too_much])  # fmt: skip


def squeezed(text):
    return "".join(text.split())


def tried(notice, act):
    """The notice after an act; None when it is refused."""
    try:
        return acts.apply(notice, act, BY)
    except RefusedAct:
        return None


@given(st.data())
@RUNS
def test_no_act_but_errata_changes_a_character(data):
    notice = data.draw(notices)
    assume(notice.body)
    before = notice
    for _ in range(data.draw(st.integers(1, 6))):
        notice = tried(notice, data.draw(any_acts(notice))) or notice
    assert squeezed(notice.text) == squeezed(before.text)
    if not any(one.kind == "line-joined" for one in notice.edits[len(before.edits) :]):
        assert notice.text == before.text


@given(st.data())
@RUNS
def test_source_without_edits_is_the_text_whatever_was_done(data):
    """Errata are undone by what is on record of them: the words of the source are proved."""
    notice = data.draw(st.sampled_from(FIVE))
    before = notice
    for _ in range(data.draw(st.integers(1, 4))):
        act = data.draw(st.one_of(errata(notice), any_acts(notice)))
        notice = tried(notice, act) or notice
    assert squeezed(as_imported(notice.text, changes_of(notice))[0]) == squeezed(before.text)


@given(st.data())
@RUNS
def test_what_is_patched_reads_as_what_was_meant(data):
    notice = data.draw(notices)
    assume(notice.body)
    text = write_notice(notice)
    after = tried(notice, data.draw(st.one_of(any_acts(notice), errata(notice))))
    assume(after is not None)
    try:
        new = patched(text, notice, after)
    except ValueError:
        assert read_notice(write_notice(after))[0] != after  # no file can say it
        return
    assert read_notice(new) == (after, [])


@given(st.data())
@RUNS
def test_untouched_lines_are_the_same_bytes(data):
    """A file as a person leaves it: remarks, other line ends, spacing, explicit roles."""
    notice = data.draw(st.sampled_from([*FIVE, sample()]))
    text = write_notice(notice)
    text = text.replace("\nunit:\n", "\n# 单位，问过\nunit:\n  # 名称照公章\n").replace("\n\n", "\n\n\n", 3)
    text = text.replace("\ninspection:\n", "\n\ninspection:\n")
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\n", end)
    assert read_notice(text) == (notice, [])
    after = tried(notice, data.draw(any_acts(notice)))
    assume(after is not None)
    new = patched(text, notice, after)
    old_lines, new_lines = text.split("\n"), new.split("\n")
    meant = lines_touched(notice, after)
    gone = Counter(old_lines) - Counter(new_lines)
    blank = sum(count for line, count in gone.items() if not line.strip())
    assert sum(gone.values()) - blank <= meant, gone
    assert blank <= 2 * meant, gone  # two that stand between paragraphs go when these are joined
    assert read_notice(new) == (after, [])


def lines_touched(before, after):
    """How many lines a canonical file of the one has that one of the other has not."""
    old, new = (Counter(write_notice(one).split("\n")) for one in (before, after))
    return sum((old - new).values())


@given(st.data())
@RUNS
def test_no_anchor_changes_and_none_is_given_twice(data):
    notice = data.draw(notices)
    assume(notice.body)
    before = {one.anchor: one.words[:4] for one in notice.body if one.anchor}
    for _ in range(data.draw(st.integers(1, 6))):
        notice = tried(notice, data.draw(any_acts(notice))) or notice
    given_ = [one.anchor for one in notice.body if one.anchor]
    assert len(given_) == len(set(given_))
    assert set(before) <= set(given_)


@given(st.data())
@RUNS
def test_rows_and_back(data):
    notice = data.draw(notices)
    assume(notice.body)
    act = data.draw(st.one_of(any_acts(notice), errata(notice)))
    [(name, values)] = row_of(act).items()
    assert act_of(name, values) == act


@given(st.data())
@RUNS
def test_a_status_is_never_better_than_before_without_words(data):
    notice = data.draw(st.sampled_from([*FIVE, sample()]))
    after = tried(notice, data.draw(any_acts(notice)))
    assume(after is not None)
    for issue in after.issues:
        if issue.status != "unstated" and issue.status_quote is None:
            was = next((one for one in notice.issues if one.id == issue.id), None)
            assert was is not None
            assert was.status == issue.status


# ------------------------------------------------------------------------------------------------- one by one, by hand


def at(notice, words):
    start = notice.text.index(words)
    return place(notice, start, start + len(words))


def done(notice, act):
    return acts.apply(notice, act, BY)


def test_a_paragraph_becomes_an_issue_with_the_next_free_anchor():
    notice = sample()
    after = done(notice, acts.MarkIssue(at(notice, "一是补开会议，二是建立台账。")))
    assert [one.id for one in after.issues] == ["i1", "i4", "i2", "i3"]
    assert after.text == notice.text


def test_an_issue_that_loses_the_words_of_its_status_is_unstated():
    notice = sample()
    assert [one.status for one in notice.issues] == ["done", "ongoing", "long-term"]
    after = done(notice, acts.MarkRole(at(notice, "长期坚持。"), "prose"))
    assert [one.status for one in after.issues] == ["done", "ongoing", "unstated"]


def test_a_status_that_says_more_needs_words():
    notice = done(sample(), acts.MarkRole(at(sample(), "长期坚持。"), "prose"))
    with pytest.raises(RefusedAct) as refused:
        done(notice, acts.SetStatus("i3", "done"))
    assert refused.value.code == "no-evidence"
    after = done(notice, acts.SetStatus("i3", "done", at(notice, "3个问题已全部完成。")))
    assert (after.issues[2].status, after.issues[2].status_quote) == ("done", "3个问题已全部完成。")


def test_words_of_the_issue_itself_become_its_run_of_status():
    notice = sample()
    after = done(notice, acts.SetStatus("i2", "done", at(notice, "已修订办法。")))
    assert [(one.role, one.words) for one in after.body[10:12]] == [
        ("status", "已修订办法。"),
        ("status", "正在整改，9月底前完成。"),
    ]
    assert after.issues[1].status_quote == "已修订办法。"
    assert read_notice(patched(write_notice(notice), notice, after))[0] == after


def test_merging_takes_the_status_that_says_less_and_keeps_the_anchor():
    notice = sample()
    after = done(notice, acts.MergeIssue("i2"))
    assert [(one.id, one.status) for one in after.issues] == [("i1", "ongoing"), ("i3", "long-term")]
    assert "i2" in [one.anchor for one in after.body]
    assert after.text == notice.text


def test_words_that_moved_are_refused():
    notice = sample()
    with pytest.raises(RefusedAct) as refused:
        done(notice, acts.MarkRole(dataclasses.replace(whole(notice, 3), words="别的"), "prose"))
    assert refused.value.code == "moved"


def test_an_erratum_is_on_record_and_proves_the_source():
    notice = sample()
    after = done(notice, acts.Errata(at(notice, "45日"), "4月5日", "扫描误识"))
    assert "4月5日" in after.text
    assert [(one.who, one.why) for one in after.errata] == [("陈某", "扫描误识")]
    assert as_imported(after.text, changes_of(after))[0] == notice.text
    assert after.anomalies == ()
    assert after.evidence == ()


def test_a_correction_records_the_words_before_and_after():
    notice = sample()
    after = done(notice, acts.Correct("办法的名称", "录入有误", at(notice, "已修订办法"), "已废止办法"))
    [one] = after.corrections
    assert one.after in after.text
    assert one.before not in after.text
    assert as_imported(after.text, changes_of(after))[0] == notice.text


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (acts.Accept("draft", None, "x"), "never"),
        (acts.Accept("unpaired", None, " "), "no-reason"),
        (acts.Retract("unpaired"), "not-accepted"),
        (acts.AddMask("person", "x", "a"), "mask-faulty"),
        (acts.AddMask("person", "x", "王小明"), "mask-idle"),
        (acts.RemoveMask(1), "no-mask"),
        (acts.SetFact("unit.id", "x"), "fact"),
        (acts.SetFact("unit.name", " "), "empty"),
        (acts.SetFact("published", "2025-13-01"), "date"),
        (acts.SetFact("unit.region", "000000"), "region"),
        (acts.SetFact("stated.issues", "十二"), "number"),
        (acts.SetStatus("s1", "done"), "no-issue"),
        (acts.SetLevel("i1", 9), "level"),
        (acts.MergeIssue("i1"), "no-issue-above"),
        (acts.Reinstate(), "not-withdrawn"),
        (acts.Withdraw(""), "no-reason"),
        (acts.Restore("0"), "no-version"),
        (acts.Sign("四审", "x"), "no-step"),
        (acts.Batch(()), "nothing"),
        (acts.SetTopics("i1", ("a,b",)), "topic"),
    ],
)
def test_refused(act, code):
    with pytest.raises(RefusedAct) as refused:
        done(sample(), act)
    assert refused.value.code == code


def test_an_act_on_a_newer_version_goes_where_its_words_stand_now():
    old = sample()
    new = done(old, acts.Errata(at(old, "45日"), "4月5日", "x"))
    act = acts.MarkRole(at(old, "已修订办法。"), "finding")
    moved = rebased(act, old, new)
    assert moved is not None
    assert done(new, moved).text == new.text
    assert rebased(acts.MarkRole(at(old, "2024年3月1日"), "finding"), old, new) is None


def test_a_heading_may_be_split_from_its_answer():
    notice = sample()
    after = done(
        notice, acts.Split(at(notice, "不规范”的") if "不规范”的" in notice.text else at(notice, "不规范的问题。"))
    )
    assert after.text == notice.text
    assert [one.role for one in after.body[6:8]] == ["heading", "prose"]
