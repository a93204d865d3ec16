"""Words of a query that filter."""

import pytest

from generator.model.notice import PartialDate
from generator.search.filter_words import filter_words
from generator.search.index import write_index
from generator.search.index_reader import IndexReader
from generator.search.records import SearchGroup, SearchRecord


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("福建", ("region", "福建省")),
        ("福建省", ("region", "福建省")),
        ("宁夏", ("region", "宁夏回族自治区")),
        ("泉州", ("region", "泉州市")),
        ("城区", ("region", "城区")),
        ("逾期", ("due", "over")),
        ("期限已过", ("due", "over")),
        ("未到期", ("due", "due")),
        ("已完成", ("status", "done")),
        ("整改中", ("status", "ongoing")),
        ("城", None),
        ("采购", None),
    ],
)
def test_a_word_is_a_place_a_state_or_no_filter(word, expected):
    assert filter_words(["福建省", "宁夏回族自治区", "泉州市", "城区"]).get(word) == expected


@pytest.mark.parametrize(
    ("regions", "names"),
    [
        ([("福建省", "漳州市", "东山县"), ("河北省",)], ["福建省", "河北省"]),
        ([("福建省", "漳州市", "东山县"), ("福建省", "泉州市")], ["漳州市", "泉州市"]),
        ([("福建省", "漳州市", "东山县"), ("福建省", "漳州市", "云霄县"), ()], ["东山县", "云霄县"]),
        ([("福建省",)], ["福建省"]),
        ([()], []),
    ],
)
def test_places_are_those_that_divide_the_site(regions, names):
    record = SearchRecord(kind="issue", url="", runs=("整改",))
    groups = [
        SearchGroup(url=f"n{at}/", title="", unit="", region=region, date=PartialDate(2025), records=(record,))
        for at, region in enumerate(regions)
    ]
    filters = IndexReader(write_index(groups)).entry["filters"].values()
    assert list(dict.fromkeys(value for name, value in filters if name == "region")) == names
