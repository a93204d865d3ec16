"""The files of the index: every list says exactly where its characters stand, and nothing is left out."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.search import numbers, postings
from generator.search.folding import fold
from generator.search.index import write_index
from generator.search.records import SearchGroup, SearchRecord
from tests.search.reader import Reader, names_in, units_of
from tests.search.reader import numbers as read_numbers

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


def truth(made):
    """Name → {record: places} for pairs and four digits, by the plainest reading of the rule."""
    found = {}
    records = [(group, record) for group in made for record in group.records]
    for number, (group, record) in enumerate(records):
        units = [unit for run in (*record.runs, group.unit) for unit in [*units_of(fold(run)), "\0"]]
        for at, unit in enumerate(units):
            names = [unit + " "] if unit != "\0" else []
            names += [unit + units[at + 1]] if unit != "\0" and units[at + 1] != "\0" else []
            four = "".join(units[at : at + 4])
            if len(four) == 4 and four.isascii() and four.isdigit():
                names.append(chr(0xDC00 + int(four[:2])) + chr(0xDC00 + int(four[2:])))
            for name in names:
                found.setdefault(name, {}).setdefault(number, []).append(at)
    return found


@settings(max_examples=60, deadline=None)
@given(groups())
def test_every_list_is_what_the_words_say(made):
    reader = Reader(write_index(made))
    expected = truth(made)
    for name, records in expected.items():
        held, heads, places = reader.list(name)
        assert held == list(records)
        if name[1] != " ":
            assert places == records
        flat = [record for group in made for record in group.records]
        size = 1 if name[1] == " " else 4 if ord(name[0]) & 0xFF00 == 0xDC00 and ord(name[1]) & 0xFF00 == 0xDC00 else 2
        for record, at in records.items():
            label, head = (len(units_of(fold(text))) for text in (flat[record].label, flat[record].head))
            assert ((record, int(at[0] == label)) in heads) == (at[0] + size <= label + head)
    names = {
        name
        for path, shard in reader.files.items()
        if path.startswith("p/") and not path.rpartition("/")[2].startswith("q")
        for name in names_in(shard[0])
    }
    assert names == expected.keys()


def test_long_lists_have_files_of_their_own(monkeypatch):
    monkeypatch.setattr(postings, "_LEAST", 2)
    monkeypatch.setattr(postings, "_GROWTH", 0)
    record = SearchRecord(kind="issue", url="", runs=("整改整改整改",))
    made = [SearchGroup(url="a/", title="", unit="", region=(), date=None, records=(record, record))]
    reader = Reader(write_index(made))
    assert "整改" in reader.entry["own"]
    assert reader.list("整改") == ([0, 1], [], {0: [0, 2, 4], 1: [0, 2, 4]})


@pytest.mark.parametrize("number", [0, 59, 60, 2243, 2244, 51929, 51930, 51931, 10**6, 68 * 10**6])
def test_a_number_reads_as_it_was_written(number):
    assert read_numbers(numbers.text(np.array([7, number, 7]))) == [7, number, 7]


def test_an_edit_changes_only_its_own_block():
    def made(text):
        return [
            SearchGroup(
                url=f"notices/n{number}/",
                title="",
                unit="单位",
                region=(),
                date=None,
                records=(SearchRecord(kind="issue", url="", runs=(text if number == 50 else "整改",)),),
            )
            for number in range(100)
        ]

    before, after = (
        {path for path, _ in write_index(made(text)) if not path.startswith("p/") and "/" in path}
        for text in ("整改", "整改了")
    )
    assert {path.split("/")[0] for path in before ^ after} != {path.split("/")[0] for path in before}
    assert len({path.split("/")[0] for path in before - after}) == 1


def test_the_same_records_give_the_same_files():
    record = SearchRecord(
        kind="unit", url="", head="卫生健康局", runs=("卫生健康局", "0596-5835406"), also=("05965835406",)
    )
    group = SearchGroup(url="u/", title="卫生健康局", unit="卫生健康局", region=(), date=None, records=(record,))
    assert list(write_index([group])) == list(write_index([dataclasses.replace(group)]))


def test_a_site_without_notices_has_an_index():
    assert [path for path, _ in write_index([])][-1] == "index.js"
