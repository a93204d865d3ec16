"""What was changed between two versions of a notice is told by passage, completely."""

from dataclasses import replace

import pytest
from hypothesis import given

from generator.content.changes import changes
from generator.content.review import fingerprint
from generator.model.notice import IssueMarks, PartialDate, Passage
from tests.samples import body, notice
from tests.strategies import notices


def told(new):
    return [str(one) for one in changes(notice(1), new)]


def with_passage(index, passage):
    return notice(1, passages=(*body()[:index], passage, *body()[index + 1 :]))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (notice(1), []),
        (replace(notice(1), published=PartialDate.parse("2024-08-02")), ["published: “2024-08-01” → “2024-08-02”"]),
        (replace(notice(1), inferred=()), ["inferred: taken out “['inspection.end']”"]),
        (
            with_passage(7, body()[7]._replace(words="2023年只开会二次<b>。")),
            ["#i1: “2023年只开会一次<b>。” → “2023年只开会二次<b>。”"],
        ),
        (
            with_passage(9, body()[9]._replace(marks=IssueMarks(status="done"))),
            [
                (
                    "#i2: “role=heading level=3 anchor=i2 status=ongoing deadline=2024-09 responsible=办公室” → "
                    "“role=heading level=3 anchor=i2 status=done”"
                )
            ],
        ),
        (
            notice(1, passages=(*body()[:8], Passage(words="补一句。"), *body()[8:])),
            ["#i1: added “补一句。”"],
        ),
        (notice(1, passages=(*body()[:7], *body()[8:])), ["#i1: taken out “2023年只开会一次<b>。”"]),
    ],
    ids=["nothing", "a fact", "a list", "a word", "a status", "added", "taken out"],
)
def test_each_change_has_its_place(new, said):
    assert told(new) == said


@given(notices(), notices())
def test_versions_with_other_fingerprints_differ_and_equal_ones_do_not(one, other):
    found = list(changes(one, other))
    assert bool(found) == (fingerprint(one) != fingerprint(other)) or one.source != other.source
    assert list(changes(one, one)) == []
