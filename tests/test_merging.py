"""A newer version and an editor's work become one notice; where both changed, somebody is asked."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.content.aligning import merged_words
from generator.content.merging import merge
from generator.content.notice_file import read_notice, write_notice
from generator.model.decisions import Correction, Erratum, Mask
from generator.model.notice import Contact, FollowupMarks, IssueMarks, PartialDate, Passage, Source, text_of
from tests.samples import notice
from tests.strategies import bodies

DAY = PartialDate(2025, 12, 1)
MANY = settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)


def version(body, **more):
    empty = {"anomalies": (), "evidence": (), "inferred": (), "edits": ()}
    return notice(1, passages=tuple(body), **(empty | more))


def with_anchors(body):
    return tuple(p._replace(anchor=f"{'i' if p.marks else 's'}{at}" if p.role == "heading" else None, run_on=False)
                 for at, p in enumerate(body))  # fmt: skip


@st.composite
def edited(draw, body):
    """What an editor does to the structure: no word changes."""
    out = list(body)
    for at in draw(st.lists(st.integers(0, max(0, len(out) - 1)), max_size=4)) if out else []:
        if isinstance(out[at].marks, IssueMarks):
            out[at] = out[at]._replace(marks=replace(out[at].marks, status="ongoing", responsible="某室"))
        elif out[at].role not in ("heading", "title"):
            out[at] = out[at]._replace(role=draw(st.sampled_from(["finding", "response", "next"])))
    return tuple(out)


@st.composite
def newer(draw, body):
    """What a unit does to its notice: words change, come and go."""
    out = list(body)
    for what in draw(st.lists(st.sampled_from(["word", "cut", "new", "issue"]), max_size=4)):
        at = draw(st.integers(0, len(out)))
        if what == "new":
            out.insert(at, Passage(words="新增一段话。" + str(at)))
        elif what == "issue":
            out.insert(at, Passage(words=f"新增问题{at}", role="heading", level=2, anchor="i1", marks=IssueMarks()))
        elif at < len(out) and what == "cut":
            del out[at]
        elif at < len(out):
            out[at] = out[at]._replace(words=out[at].words + "（更新）")
    seen = set()
    for at, p in enumerate(out):
        anchor = p.anchor
        while anchor and anchor in seen:
            anchor += "9"
        seen.add(anchor)
        out[at] = p._replace(anchor=anchor)
    return tuple(out)


three = bodies().map(with_anchors).flatmap(lambda body: st.tuples(st.just(body), edited(body), newer(body)))


def shape(item):
    return [p._replace(anchor=None, marks=None if p.marks is None else type(p.marks)()) for p in item.body]


@given(three)
@MANY
def test_without_an_editors_work_the_new_version_is_taken_whole(bodies):
    base, _, theirs = map(version, bodies)
    merged = merge(base, base, theirs)
    assert merged.open == ()
    assert merged.notice.text == theirs.text
    assert shape(merged.notice) == shape(theirs)


@given(three)
@MANY
def test_without_a_new_version_the_editors_work_stays(bodies):
    base, mine, _ = map(version, bodies)
    merged = merge(base, mine, base)
    assert merged.open == ()
    assert merged.notice == mine


@given(three)
@MANY
def test_words_are_those_of_the_new_version_and_each_anchor_stands_once(bodies):
    base, mine, theirs = map(version, bodies)
    merged = merge(base, mine, theirs)
    assert merged.open == ()  # the editor changed no words, the unit no structure
    assert merged.notice.text == theirs.text
    anchors = [p.anchor for p in merged.notice.body if p.anchor]
    assert len(anchors) == len(set(anchors))
    assert read_notice(write_notice(merged.notice))[0] == merged.notice


@given(three)
@MANY
def test_an_anchor_of_a_heading_that_stayed_is_never_given_to_another(bodies):
    base, mine, theirs = map(version, bodies)
    merged = merge(base, mine, theirs)
    words = {p.anchor: p.words for p in mine.body if p.anchor}
    for p in merged.notice.body:
        if p.anchor in words:
            assert p.words.startswith(words[p.anchor]) or words[p.anchor].startswith(p.words.removesuffix("（更新）"))
    assert set(merged.gone) == {p.anchor for p in mine.body if p.role == "heading" and p.anchor} - {
        p.anchor for p in merged.notice.body
    }


@given(three, st.sampled_from(["mine", "theirs"]))
@MANY
def test_whoever_chooses_gets_what_he_chose(bodies, side):
    base, _, theirs = bodies
    other = tuple(p._replace(words=p.words + "（勘误）") for p in base)
    merged = merge(version(base), version(other), version(theirs), lambda _: side)
    assert merged.open == ()
    if side == "theirs" and all("（更新）" in p.words for p in theirs):
        assert merged.notice.text == text_of(theirs)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("面积389亩，补交12万元。", "面积398亩，补交12万元。", "面积389亩，补交15万元。", "面积398亩，补交15万元。"),
        ("面积389亩。", "面积398亩。", "面积400亩。", None),
        ("甲乙丙", "甲乙丙", "甲丙", "甲丙"),
        ("甲乙丙", "甲乙丙丁", "甲乙丙丁", "甲乙丙丁"),
        ("甲乙丙", "戊甲乙丙", "甲乙丙丁", "戊甲乙丙丁"),
    ],
)
def test_words_that_both_changed_in_different_places(base, mine, theirs, both):
    assert merged_words(base, mine, theirs) == both


HEAD = {"role": "heading", "level": 1}
BASE = (
    Passage(words="某局关于整改的通报", role="title"),
    Passage(words="关于会议的问题", label="1.", anchor="i1", marks=IssueMarks(status="done"), **HEAD),
    Passage(words="已补开会议。", role="response"),
    Passage(words="关于采购的问题", label="2.", anchor="i2", marks=IssueMarks(status="ongoing"), **HEAD),
    Passage(words="面积389亩，正在整改。", role="response"),
    Passage(words="关于培训的问题", label="3.", anchor="i3", marks=IssueMarks(), **HEAD),
    Passage(words="已培训。", role="response"),
    Passage(words="需进一步整改的采购", label="一、", role="heading", level=1, anchor="f1",
            marks=FollowupMarks(refers_to="i2")),
)  # fmt: skip


def at(body, anchor):
    return next(p for p in body if p.anchor == anchor)


def changed(body, anchor, **marks):
    return tuple(p._replace(marks=replace(p.marks, **marks)) if p.anchor == anchor else p for p in body)


def test_an_issue_that_is_put_in_front_moves_no_anchor():
    new = Passage(words="关于安全的问题", label="1.", anchor="i1", marks=IssueMarks(), **HEAD)
    renamed = {"i1": "i2", "i2": "i3", "i3": "i4"}
    rest = [p._replace(anchor=renamed.get(p.anchor, p.anchor)) for p in BASE[1:]]
    theirs = (BASE[0], new, *changed(rest, "f1", refers_to="i3"))
    merged = merge(version(BASE), version(BASE), version(theirs)).notice
    assert [(p.anchor, p.words) for p in merged.body if p.marks] == [
        ("i4", "关于安全的问题"), ("i1", "关于会议的问题"), ("i2", "关于采购的问题"), ("i3", "关于培训的问题"),
        ("f1", "需进一步整改的采购"),
    ]  # fmt: skip
    assert at(merged.body, "f1").marks.refers_to == "i2"


def test_issues_that_change_places_keep_their_anchors():
    theirs = (BASE[0], *BASE[3:5], *BASE[1:3], *BASE[5:])
    renamed = {"i1": "i2", "i2": "i1"}
    theirs = tuple(p._replace(anchor=renamed.get(p.anchor, p.anchor)) for p in theirs)
    merged = merge(version(BASE), version(changed(BASE, "i2", deadline=DAY)), version(theirs))
    assert [p.anchor for p in merged.notice.body if p.marks] == ["i2", "i1", "i3", "f1"]
    assert at(merged.notice.body, "i2").marks.deadline == DAY
    assert merged.gone == ()


def test_a_status_that_the_editor_set_stays_and_one_that_the_unit_changed_comes():
    mine = changed(BASE, "i3", status="done", quote="已培训。")
    theirs = tuple(
        p._replace(words="面积389亩，已完成。") if "389" in p.words else p for p in changed(BASE, "i2", status="done")
    )
    merged = merge(version(BASE), version(mine), version(theirs))
    assert merged.open == ()
    assert (at(merged.notice.body, "i2").marks.status, at(merged.notice.body, "i3").marks.status) == ("done", "done")
    assert {(one.name, one.taken) for one in merged.changes} == {
        ("#i3.status", "mine"), ("#i3.quote", "mine"), ("#i2.status", "theirs"), ("#i2+1", "theirs"),
    }  # fmt: skip


def test_where_both_changed_somebody_is_asked():
    mine, theirs = changed(BASE, "i2", status="done"), changed(BASE, "i2", status="long-term")
    versions = version(BASE), version(mine), version(theirs, published="2025-01-02")
    merged = merge(*versions)
    [one] = merged.open
    assert (one.name, one.base, one.mine, one.theirs) == ("#i2.status", "ongoing", "done", "long-term")
    assert at(merge(*versions, lambda _: "theirs").notice.body, "i2").marks.status == "long-term"
    assert at(merge(*versions, lambda _: "mine").notice.body, "i2").marks.status == "done"


@pytest.mark.parametrize(
    ("mine", "theirs", "phones"),
    [
        (("1", "2"), ("1",), ("1", "2")),
        (("1", "3"), ("1", "2"), ("1", "2", "3")),
        ((), ("1", "2"), ("2",)),
        (("1",), ("2",), ("2",)),
    ],
)
def test_lists_are_merged_entry_by_entry(mine, theirs, phones):
    versions = [version(BASE, contact=Contact(phones=one)) for one in (("1",), mine, theirs)]
    assert merge(*versions).notice.contact.phones == phones


def test_an_entry_for_which_each_has_another_one_is_asked_for():
    versions = [version(BASE, contact=Contact(phones=one)) for one in (("1", "5"), ("2", "5"), ("3", "5"))]
    assert [one.name for one in merge(*versions).open] == ["contact.phones"]
    assert merge(*versions, lambda _: "theirs").notice.contact.phones == ("3", "5")


def test_decisions_and_the_address_stay_and_an_erratum_that_the_unit_took_over_goes():
    erratum = Erratum(before="面积389亩", after="面积398亩", who="陈某", when=DAY, why="对照原件")
    kept = {"masks": (Mask(kind="person", value="王小明", why="患者"),),
            "corrections": (Correction(date=DAY, what="电话", why="变更"),), "errata": (erratum,)}  # fmt: skip
    own = tuple(p._replace(words=p.words.replace("389", "398")) for p in BASE)
    mine = version(own, **kept)
    old = version((*BASE, Passage(words="新的一段。")), source=Source(file="b.txt", format="txt", sha256="1" * 64))
    new = version((*own, Passage(words="新的一段。")), source=Source(file="b.txt", format="txt", sha256="1" * 64))
    for theirs, errata in ((old, (erratum,)), (new, ())):
        merged = merge(version(BASE), mine, theirs).notice
        assert (merged.id, merged.masks, merged.corrections) == (mine.id, mine.masks, mine.corrections)
        assert merged.errata == errata
        assert "面积398亩" in merged.text
        assert merged.source == theirs.source


@pytest.mark.parametrize(("side", "kept"), [("mine", 1), ("theirs", 0)])
def test_an_erratum_goes_with_the_words_that_it_mended(side, kept):
    versions = [
        version([p._replace(words=p.words.replace("389", area)) for p in BASE]) for area in ("389", "398", "377")
    ]
    erratum = Erratum(before="面积389亩", after="面积398亩", who="陈某", when=DAY, why="对照原件")
    merged = merge(versions[0], replace(versions[1], errata=(erratum,)), versions[2], lambda _: side)
    assert len(merged.notice.errata) == kept
