"""A new notice moves no number and no name: lists that hold nothing of it stay as they are."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.search import chunks, grams, postings, sections
from generator.search.grams import grams_of
from generator.search.index import write_index
from generator.search.index_reader import IndexReader, units_of
from generator.search.record_numbers import RecordNumbers, numbers_of
from generator.search.records import SearchGroup, SearchRecord
from tests.search.test_index import of_notice, prose, truth
from tests.search.test_kept import Standing


def with_units(notices):
    """The groups of a site of (address, unit, words of each record), the newest first."""
    made, units = [], {}
    for url, unit, texts in notices:
        records = tuple(SearchRecord(kind="issue", url=f"#i{at}", runs=(words,)) for at, words in enumerate(texts))
        made.append(SearchGroup(url=url, title="通报", unit=unit, region=(), date=None, records=records))
        units.setdefault(unit, url)
    return [*(unit_group(unit, newest) for unit, newest in units.items()), *made]


def unit_group(unit, newest):
    record = SearchRecord(kind="unit", url="", head=unit, runs=(unit, "0596-12"))
    return SearchGroup(
        url=f"units/{unit}/", title=unit, unit=unit, region=(), date=None, records=(record,), newest=newest
    )


UNITS = ("东山县卫健局", "平罗县教育局", "局")
WORDS = st.text(st.sampled_from("整改采购问题，。1"), min_size=1, max_size=24)
NEW = st.text(st.characters(min_codepoint=0x5000, max_codepoint=0x9000, categories=["Lo"]), min_size=1, max_size=4)
TEXTS = st.lists(st.one_of(WORDS, NEW, st.just("整改整改问题" * 4)), min_size=1, max_size=4)


def changed(data, notices, number):
    """The notices after an edit of some kind."""
    url = f"notices/n{number}/"
    new = (url, data.draw(st.sampled_from(UNITS)), data.draw(TEXTS))
    at = data.draw(st.integers(0, len(notices) - 1))
    rest = [*notices[:at], *notices[at + 1 :]]
    return data.draw(
        st.sampled_from(
            [
                [new, *notices],
                [*notices[:at], new, *notices[at:]],
                [*notices, new],
                rest or [new],
                [notices[at], *rest],
                [*notices[:at], (notices[at][0], *new[1:]), *notices[at + 1 :]],
            ]
        )
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), most=st.sampled_from([2, 6, 1000]))
def test_after_any_edits_the_index_is_that_of_a_build_from_nothing(monkeypatch, tmp_path_factory, data, most):
    monkeypatch.setattr(sections, "_LEAST", 1)
    monkeypatch.setattr(sections, "_MOST", 2)
    monkeypatch.setattr(grams, "_SAMPLE", data.draw(st.sampled_from([32, 1 << 20])))
    monkeypatch.setattr(chunks, "_CHUNK", data.draw(st.sampled_from([50, 1 << 18])))
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=most))
    index, notices = Standing(tmp_path_factory.mktemp("kept")), [("notices/n0/", UNITS[0], ["整改"])]
    for number in range(1, 8):
        notices = changed(data, notices, number)
        index.update(with_units(notices))
    reader = IndexReader((one.path, one.content) for one in index.files)
    for word in ("整改", "整", "局", "改整改", "059612"):
        assert reader.search(word) == truth(with_units(notices), units_of(word))


def lists_of(groups):
    return {path: content for path, content in write_index(groups) if path.startswith("p/")}


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=60, most=80))


def test_a_new_notice_makes_only_the_lists_that_hold_what_it_says(small):
    made = prose(1, 40)
    before, after = lists_of(made), lists_of([of_notice(99, ("", "鼠龟龙")), *made])
    assert before.keys() == after.keys()
    assert sum(content != after[path] for path, content in before.items()) <= 20
    words = {path for path, _ in write_index(made) if "/" in path and not path.startswith("p/")}
    left = words - {path for path, _ in write_index([of_notice(99, ("", "鼠龟龙")), *made])}
    assert len({path.split("/")[0] for path in left}) <= 1


def test_a_unit_with_a_new_notice_moves_alone(small):
    """Its own number is another, so what it says is said in other places; those of the others stand as they stood."""
    notices = [(f"notices/n{at}/", f"第{at:03}单位", [f"整改{at}"]) for at in range(60)]
    before = lists_of(with_units(notices))
    after = lists_of(with_units([("notices/n99/", "第007单位", ["龟"]), *notices]))
    other = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert len(other) <= 30


def test_a_frequent_run_keeps_its_name_when_others_come_and_go():
    runs = sorted({(0x4E00 + at * 7 % 400, 0x4E00 + at * 13 % 390) for at in range(900)})
    ends = [np.array(column, dtype=np.uint16) for column in zip(*runs, strict=True)]
    whole = grams_of([(ends[0], ends[1])])
    less = grams_of([(ends[0][1::2], ends[1][1::2])])
    codes = dict(zip(whole.names, whole.codes.tolist(), strict=True))
    assert len(set(codes.values())) == len(runs)
    moved = {name for name, code in zip(less.names, less.codes.tolist(), strict=True) if code != codes[name]}
    assert moved <= {*whole.moved, *less.moved}
    assert len(whole.moved) < 30


def test_numbers_go_by_the_order_of_results_from_its_end():
    numbering = RecordNumbers(np.array([3, 1, 2]), [0, 2])
    numbers = np.concatenate([numbers_of(numbering.firsts, np.array([3, 1, 2, 1, 1]))])
    assert numbers.tolist() == [0, 1, 2, 3, 4, 5, 8, 10]
    groups = numbering.groups(numbers)
    assert groups.tolist() == [0, 0, 0, 1, 2, 2, 3, 4]
    assert numbering.places(numbers, groups).tolist() == list(range(8))
