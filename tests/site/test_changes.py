"""What was changed between two versions of a notice is told by passage, completely."""

import dataclasses
import typing
from dataclasses import replace

import pytest
from hypothesis import given

from generator.base.language import chinese
from generator.content.in_words import place_of, value_of
from generator.content.notice_file import DECISIONS, FACTS
from generator.content.review import fingerprint
from generator.content.version_changes import changes
from generator.model.decisions import Mask, MaskKind
from generator.model.field_names import FIELD_NAMES, MARK_NAMES, ROLE_NAMES, VALUE_NAMES
from generator.model.notice import ROLES, Accountability, FollowupMarks, IssueMarks, Notice, PartialDate, Passage
from generator.model.personal_rules import KIND_NAMES
from generator.model.vocabulary import STATUS_NAMES
from tests.every import every
from tests.samples import body, notice
from tests.strategies import notices

FIRST = "“1.针对“三会一课”不规范的问题。”"


def told(new):
    return [str(one) for one in changes(notice(1), new)]


def with_passage(index, passage):
    return notice(1, passages=(*body()[:index], passage, *body()[index + 1 :]))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (notice(1), []),
        (
            replace(notice(1), published=PartialDate.parse("2024-08-02")),
            ["date of the notice: “2024-08-01” → “2024-08-02”"],
        ),
        (replace(notice(1), inferred=()), ["inferred facts: no more last day of the inspection"]),
        (
            notice(1, contact=replace(notice(1).contact, phones=("010-12345678", "010-87654321"))),
            ["contact phones: added “010-87654321”"],
        ),
        (
            notice(1, masks=(Mask(kind="person", value="王小明", why="患者"),)),
            [
                "masked value [1] · kind of masked value: now name of a person",
                "masked value [1] · reason of the mask: added “患者”",
                "masked value [1] · words of the masked value: added “王小明”",
            ],
        ),
        (
            with_passage(7, body()[7]._replace(words="2023年共开会二次<b>。")),
            [f"{FIRST} · what was found: “只开会一” became “共开会二”: “2023年共开会二次<b>。”"],
        ),
        (
            with_passage(7, body()[7]._replace(words="2023年开会一次，<b>。")),
            [
                f"{FIRST} · what was found: struck out “只”: “2023年只开会一次<b>。”",
                f"{FIRST} · what was found: put in “，”: “2023年开会一次，<b>。”",
            ],
        ),
        (
            with_passage(9, body()[9]._replace(marks=IssueMarks(status="done"))),
            [
                "“2.采购程序不规范” · rectification status: changed from ongoing to done",
                "“2.采购程序不规范” · rectification deadline: taken out “2024-09”",
                "“2.采购程序不规范” · who is responsible: taken out “办公室”",
            ],
        ),
        (
            notice(1, passages=(*body()[:8], Passage(words="补一句。"), *body()[8:])),
            [f"{FIRST} · plain text: added “补一句。”"],
        ),
        (
            notice(1, passages=(*body()[:7], *body()[8:])),
            [f"{FIRST} · what was found: taken out “2023年只开会一次<b>。”"],
        ),
    ],
    ids=["nothing", "a fact", "a list", "an entry", "a mask", "words", "two places", "a status", "added", "taken out"],
)
def test_each_change_has_its_place(new, said):
    assert told(new) == said


def test_a_fact_without_a_value_and_none_are_a_change():
    """They have other fingerprints: a signer must see why a signature is void."""
    empty = notice(1).replace(accountability=Accountability(people=None))
    none = notice(1).replace(accountability=None)
    for one, other in ((empty, none), (none, empty)):
        assert fingerprint(one) != fingerprint(other)
        assert [str(change) for change in changes(one, other)] == ["people held to account: changed"]


@pytest.mark.parametrize("path", ["#i1+:", "#i1+", "#i1+２", "#i1+-1", "#i1+99999"])
def test_a_path_that_names_no_place_is_no_crash(path):
    assert place_of(path, notice(1))


@given(notices(), notices())
def test_versions_with_other_fingerprints_differ_and_equal_ones_do_not(one, other):
    found = list(changes(one, other))
    assert bool(found) == (fingerprint(one) != fingerprint(other)) or one.source != other.source
    assert list(changes(one, one)) == []


def keys(record, path=""):
    """Every key that a record of this type has, however deep; keys of a mapping are the notice's own."""
    for name, hint in typing.get_type_hints(record).items():
        if path or name in (*FACTS, *DECISIONS):
            yield f"{path}{name}"
            kinds = [hint, *typing.get_args(hint), *(b for a in typing.get_args(hint) for b in typing.get_args(a))]
            for kind in kinds:
                if dataclasses.is_dataclass(kind) and kind is not PartialDate:
                    yield from keys(kind, f"{path}{name}.")


CONTAINERS = {"unit", "inspection", "stated", "contact", "source"}
"""Always there: what changes is a key of them."""


@every(sorted(set(keys(Notice)) - CONTAINERS))
def test_every_key_of_the_front_matter_has_a_name_in_both_languages(path):
    assert chinese().say(FIELD_NAMES[path]) != FIELD_NAMES[path]


@pytest.mark.parametrize("mark", sorted({f.name for r in (IssueMarks, FollowupMarks) for f in dataclasses.fields(r)}
                                        | set(Passage._fields) | {"of"}))  # fmt: skip
def test_every_mark_has_a_name_in_both_languages(mark):
    assert chinese().say(MARK_NAMES[mark]) != MARK_NAMES[mark]


def test_every_value_of_a_closed_set_has_a_name_in_both_languages():
    assert set(ROLE_NAMES) == ROLES
    assert {value: chinese().say(name) for value, name in VALUE_NAMES["status"].items()} == dict(STATUS_NAMES)
    assert {value: chinese().say(name) for value, name in VALUE_NAMES["masks.kind"].items()} == dict(KIND_NAMES)
    assert set(KIND_NAMES) == set(typing.get_args(MaskKind))
    unsaid = [name for names in VALUE_NAMES.values() for name in names.values() if chinese().say(name) == name]
    assert unsaid == []


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("contact.phones", "联系电话"),
        ("masks.2.value", "遮蔽［2］ · 遮蔽的文字"),
        ("metadata.索引号", "文件信息 · “索引号”"),
        ("#i2", "“2.采购程序不规范”"),
        ("#i2+2", "“2.采购程序不规范” · 下面第 2 段"),
        ("issues.i2.deadline", "“2.采购程序不规范” · 整改时限"),
        ("followups.i2.of", "“2.采购程序不规范” · 对应的问题"),
        ("#i99.status", "#i99 · 整改状态"),
    ],
)
def test_a_place_is_called_as_people_do(path, place):
    assert chinese().say(place_of(path, notice(1))) == place


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("#i2.status", "long-term", "长期坚持"),
        ("#i2.marks", IssueMarks(), "问题"),
        ("contact.phones", ("1", "2"), "1、2"),
        ("accountability.actions", (("诫勉谈话", 5),), "诫勉谈话：5"),
        ("title", "done", "done"),
        ("stated.done", 0, "0"),
        ("contact.postcode", None, ""),
    ],
)
def test_a_value_is_said_as_people_read_it(path, value, said):
    text, is_own = value_of(path, value)
    assert (text if is_own else chinese().say(text)) == said


def test_a_run_that_is_taken_out_is_told_as_that_and_not_as_another_that_follows_it():
    at = next(n for n, one in enumerate(body()) if one.role == "response")
    status = Passage(words="已完成整改。", role="status")
    old = notice(1, passages=(*body()[: at + 1], status._replace(run_on=True), *body()[at + 1 :]))
    new = notice(1, passages=(*body()[:at], status, *body()[at + 1 :]))
    gone, moved = (str(one) for one in changes(old, new))
    assert gone.endswith(f"taken out “{body()[at].text}”")
    assert moved.endswith("place in the paragraph: changed from in the same paragraph to in a paragraph of its own")
