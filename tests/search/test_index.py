"""The files of the index: every list says exactly where its characters stand, and nothing is left out."""

import dataclasses
import pickle
import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model.folding import fold
from generator.model.notice import PartialDate
from generator.search import numbers, postings
from generator.search.clause_places import HEAD
from generator.search.index import update_index, write_index
from generator.search.index_reader import IndexReader, units_of
from generator.search.part import part_of
from generator.search.records import SearchGroup, SearchRecord, sources_from
from generator.search.spread import spread_alone

WORDS = st.text(st.sampled_from("整改采購购“”。，：A1234567890 \n㎡①𠮷𪛖"), max_size=30)


@st.composite
def groups(draw):
    made = []
    for number in range(draw(st.integers(1, 4))):
        records = []
        for at in range(draw(st.integers(1, 14))):
            label, head = draw(st.sampled_from(["", "（1）"])), draw(WORDS)
            runs = (label + head + draw(WORDS), *draw(st.lists(WORDS, max_size=2)))
            records.append(SearchRecord(kind="issue", url=f"#i{at}", label=label, head=head, runs=runs, status="done"))
        made.append(
            SearchGroup(
                url=f"notices/n{number}/",
                title="通报",
                unit=draw(WORDS),
                region=("福建省",),
                date=PartialDate(2025),
                records=tuple(records),
            )
        )
    return made


def truth(made, word):
    """{record: whether in the head, whether the head begins with it}, by the plainest reading of the rule."""
    found = {}
    records = [(group, record) for group in made for record in group.records]
    for number, (group, record) in enumerate(records):
        folded = [units_of(fold(run)) for run in (*record.runs, *record.also, group.unit)]
        if any(word in run for run in folded):
            head = units_of(fold(record.label + record.head))
            begins = len(units_of(fold(record.label)))
            found[number] = (word in head, head[begins:].startswith(word))
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=groups(), most=st.sampled_from([2, 4, 1000]), data=st.data())
def test_the_lists_alone_answer_every_word(monkeypatch, made, most, data):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=most))
    reader = IndexReader(write_index(made))
    runs = [units_of(fold(run)) for group in made for record in group.records for run in (*record.runs, group.unit)]
    for _ in range(20):
        run = data.draw(st.sampled_from(runs))
        first = data.draw(st.integers(0, max(0, len(run) - 1)))
        word = run[first : first + data.draw(st.integers(1, 12))] + data.draw(st.sampled_from(["", "", "", "整", "1"]))
        if word:
            assert reader.search(word) == truth(made, word)


def answer(reader, run):
    """(the records shown first, as in `holders`, how many more there are, their rows) of a frequent run."""
    common = units_of(reader.entry["common"])
    assert run in reader.frequent or run in common
    code = reader.frequent.get(run) or ord(run)
    number = spread_alone(np.array([code], np.uint32), reader.entry["packs"])[0]
    digits, more, _, rows, _ = {units_of(word): found for word, found in reader.file(f"a{number}").items()}[run]
    return reader.held_by(digits), more, rows


def unit_of(notice, group):
    """The unit of a notice, with the first words of a group."""
    record = dataclasses.replace(group.records[0], kind="unit")
    return dataclasses.replace(group, url=f"units/{notice.url}", records=(record,), newest=notice.url)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=groups(), units=groups())
def test_what_is_frequent_has_its_first_results_ready(monkeypatch, made, units):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=2))
    made = [*(unit_of(of, group) for of, group in zip(made, units, strict=False)), *made]
    reader = IndexReader(write_index(made))
    records = [(number, record) for number, group in enumerate(made) for record in group.records]

    def order(hit):
        record, (in_head, begins) = hit
        group, found = records[record]
        return (0, record) if found.kind == "unit" else (1, group, not begins, record) if in_head else (2, record)

    for word in {*reader.frequent, *units_of(reader.entry["common"])}:
        found = truth(made, word)
        shown = dict(sorted(sorted(found.items(), key=order)[:10]))
        first, more, rows = answer(reader, word)
        assert (first, more) == (shown, len(found) - len(shown))
        for record, (*_, cut, also) in zip(shown, rows, strict=True):
            group, whole = records[record]
            assert all(any(part in run for run in whole.runs) for part in cut)
            assert any(word in units_of(fold(text)) for text in (*cut, *also, made[group].unit))


def test_a_frequent_run_has_a_list_of_its_own_and_so_have_longer_ones(monkeypatch):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=2, most=3))
    record = SearchRecord(kind="issue", url="", runs=("整改整改整改",))
    made = [SearchGroup(url="a/", title="", unit="", region=(), date=None, records=(record, record))]
    reader = IndexReader(write_index(made))
    assert set(reader.frequent) == {"整改", "改整", "整改整", "改整改", "整改整改"}
    assert reader.search("整改") == {0: (False, False), 1: (False, False)}
    code = reader.frequent["改整改"]
    assert reader.places(chr(code) + "整", [code, ord("整")]) == {0: {HEAD + 1: False}, 1: {HEAD + 1: False}}


def test_a_record_too_long_for_two_digits_is_found_to_its_end():
    record = SearchRecord(kind="issue", url="", runs=("甲" * 9000 + "乙丙丁",))
    reader = IndexReader(
        write_index([SearchGroup(url="a/", title="", unit="", region=(), date=None, records=(record,))])
    )
    assert reader.entry["width"] == 4
    assert reader.search("乙丙丁") == {0: (False, False)}


@pytest.mark.parametrize("number", [0, 55, 56, 2057, 2058, 76586, 76587, 2337299, 2337300, 68 * 10**6])
def test_a_number_reads_as_it_was_written(number):
    assert numbers.decode(numbers.text(np.array([7, number, 7]))) == [7, number, 7]


def of_notice(number, *records):
    """What a notice gives the index: an issue a record, each with its place and words."""
    return SearchGroup(
        url=f"notices/n{number}/",
        title="通报",
        unit="单位",
        region=(),
        date=None,
        records=tuple(SearchRecord(kind="issue", url=url, runs=(words,)) for url, words in records),
    )


def test_an_edit_changes_only_its_own_block():
    def made(text):
        return [of_notice(number, ("", text if number == 50 else "整改")) for number in range(100)]

    before, after = (
        {path for path, _ in write_index(made(text)) if not path.startswith("p/") and "/" in path}
        for text in ("整改", "整改了")
    )
    assert {path.split("/")[0] for path in before ^ after} != {path.split("/")[0] for path in before}
    assert len({path.split("/")[0] for path in before - after}) == 1


def prose(seed, count):
    """Groups of ten records with a hundred characters of two hundred, as words repeat themselves."""
    chance = random.Random(seed)
    words = ["".join(chr(0x4E00 + chance.randrange(200)) for _ in range(chance.randint(2, 4))) for _ in range(300)]
    return [
        of_notice(number, *((f"#i{at}", "".join(chance.choices(words, k=33))) for at in range(10)))
        for number in range(count)
    ]


def edited(made, group, record, change):
    """The groups with other words in one record."""
    records = list(made[group].records)
    records[record] = dataclasses.replace(records[record], runs=tuple(map(change, records[record].runs)))
    return [*made[:group], dataclasses.replace(made[group], records=tuple(records)), *made[group + 1 :]]


@pytest.mark.parametrize(
    ("change", "most"),
    [
        (lambda run: run[:50] + run[51] + run[50] + run[52:], 20),
        (lambda run: run[:80] + run[81:], 80),
        (lambda run: run + "补", 20),
    ],
    ids=["two characters change places", "one goes", "one comes"],
)
def test_an_edit_changes_few_lists(monkeypatch, change, most):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=60, most=80))
    made = prose(1, 40)
    before, after = (dict(write_index(groups)) for groups in (made, edited(made, 7, 3, change)))
    lists = {path for path in before if path.startswith("p/")}
    assert len(lists) > 500
    assert lists == {path for path in after if path.startswith("p/")}
    assert 0 < sum(before[path] != after[path] for path in lists) <= most


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=groups(), others=groups(), most=st.sampled_from([2, 1000]))
def test_a_list_of_another_index_is_known_by_its_stamp(monkeypatch, made, others, most):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=most))
    mixed, other = IndexReader(write_index(made)), IndexReader(write_index(others))
    for path in [path for path in mixed.files if path.startswith("p/") and path in other.files]:
        own, mixed.files[path] = mixed.files[path], other.files[path]
        if own == other.files[path]:
            assert mixed.file(path[2:-3]) == own[0]
        else:
            with pytest.raises(ValueError, match="another index"):
                mixed.file(path[2:-3])


def kept(files):
    return {one.path: one.note for one in files}


def updated(before, groups, store=None):
    """The files of an update as they stand on disk after it, in order, and the paths of those that were made."""
    there = {one.path: one.content for one in before}
    files = list(update_index(sources_from(groups), kept(before), store, there.get))
    assert kept(files) == kept(update_index(sources_from(groups), {}))
    return [(path, there[path] if content is None else content) for path, _, content in files], {
        path for path, _, content in files if content is not None
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=groups(), others=groups(), most=st.sampled_from([2, 4, 1000]), data=st.data())
def test_whatever_index_was_there_an_update_gives_that_of_a_build_from_nothing(monkeypatch, made, others, most, data):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=4, most=most))
    before, at = list(update_index(sources_from(made), {})), data.draw(st.integers(0, len(made) - 1))
    for after in (others, made[::-1], [*made[:at], *made[at + 1 :]], [*made[:at], *others, *made[at:]]):
        assert updated(before, after)[0] == list(write_index(after))
    files, new = updated(before, made)
    assert (files, new) == (list(write_index(made)), set())


@pytest.mark.parametrize(
    "change",
    [
        lambda run: run[:50] + run[51] + run[50] + run[52:],
        lambda run: run[:80] + run[81:],
        lambda run: run + "补",
        lambda run: run,
    ],
    ids=["two characters change places", "one goes", "one comes", "nothing"],
)
def test_an_update_makes_the_files_that_differ_and_few_others(monkeypatch, change):
    monkeypatch.setattr(postings, "limits_of", lambda _: postings.Limits(shard=60, most=80))
    made = prose(1, 40)
    after = edited(made, 7, 3, change)
    before = list(update_index(sources_from(made), {}))
    files, new = updated(before, after)
    whole, there = dict(write_index(after)), {one.path: one.content for one in before}
    assert dict(files) == whole
    differ = {path for path in whole if there.get(path) != whole[path]}
    assert differ <= new
    assert len(new - differ) <= 12


def test_many_records_and_one_that_is_very_long():
    """Name, record and place of every run of two characters share 64 bits."""
    count, signs = 1 << 17, [chr(0x4E00 + at) for at in range(8200)]
    runs = [signs[at % 8199] + signs[at % 8199 + 1] for at in range(count)]
    records = [SearchRecord(kind="issue", url="", runs=(run,)) for run in runs]
    records.append(SearchRecord(kind="issue", url="", head="长龙", runs=("长龙" + "".join(signs) + "鼠龟" * 1000,)))
    made = SearchGroup(url="n/", title="", unit="", region=(), date=None, records=tuple(records))
    reader = IndexReader(write_index([made]))
    assert reader.entry["width"] == 4
    assert reader.search("长龙") == {count: (True, True)}
    assert reader.search(runs[5]) == dict.fromkeys([*range(5, count, 8199), count], (False, False))
    assert reader.search(signs[-1] + "鼠龟") == {count: (False, False)}


def test_the_same_records_give_the_same_files():
    record = SearchRecord(
        kind="unit", url="", head="卫生健康局", runs=("卫生健康局", "0596-5835406"), also=("05965835406",)
    )
    notice = of_notice(1, ("", "整改"))
    group = SearchGroup(
        url="u/", title="卫生健康局", unit="卫生健康局", region=(), date=None, records=(record,), newest=notice.url
    )
    assert list(write_index([group, notice])) == list(write_index([dataclasses.replace(group), notice]))


@given(groups())
@settings(max_examples=20, deadline=None)
def test_parts_are_plain_values(made):
    parts = [part_of(group) for group in made]
    assert pickle.loads(pickle.dumps(parts)) == parts


def test_a_site_without_notices_has_an_index():
    assert [path for path, _ in write_index([])][-1] == "index.js"
