"""Personal data is found as people write it, harmless strings are left alone, and time stays linear."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.personal import found_beside, personal_data
from generator.model.personal_rules import KIND_NAMES, ROWS
from tests.personal import is_right, samples

FILES = ("first.tsv", "fresh.tsv", "last.tsv", "more.tsv", "latest.tsv", "latest2.tsv", "anew.tsv")


@pytest.mark.parametrize("name", FILES)
def test_personal_data_is_found_and_harmless_strings_are_not(name):
    rows = samples(name)
    wrong = [row for row in rows if not is_right(row)]
    personal, harmless = (sum(row.is_harmless is said for row in rows) for said in (False, True))
    missed, false = (sum(row.is_harmless is said for row in wrong) for said in (False, True))
    assert missed <= 0.05 * personal, wrong
    assert false <= 0.03 * harmless, wrong


def test_every_kind_that_is_found_has_a_name_and_samples():
    assert {row.kind for row in ROWS} == KIND_NAMES.keys() - {"other"}
    assert {row.kind for row in samples("first.tsv")} - {"-"} == {row.kind for row in ROWS}


def test_every_match_of_a_row_holds_one_of_its_signs():
    texts = [sample.text.lower() for name in FILES for sample in samples(name)]
    found = [(row, text) for row in ROWS if row.signs for text in texts if re.search(row.pattern, text)]
    assert len({row for row, _ in found}) > 5
    assert [(row, text) for row, text in found if not re.search(row.signs, text)] == []


_bits = st.sampled_from([
    *"\n\n，。, 生男女于住室号栋年月日1a", "男,", "女,汉族,", "1965年3月生", "二〇〇一年三月出生", "村民高大山",
    "高大山，男，", "患", "住县城一号路3号", "小区3栋201室", "2单元301室", "a@b.cn", "护照E12345678", "病历号123456",
])  # fmt: skip


@given(st.lists(_bits, max_size=25).map("".join))
def test_what_is_looked_for_beside_its_signs_is_found_anywhere(words):
    for row in ROWS:
        if row.signs:
            pattern = re.compile(row.pattern)
            beside = list(dict.fromkeys(match.span() for match in found_beside(re.compile(row.signs), pattern, words)))
            assert beside == [match.span() for match in pattern.finditer(words)], row.pattern


def test_an_address_is_found_by_any_word_for_it():
    found = personal_data("家庭地址：长桥镇东山村12号。")
    assert [row.kind for row, _ in found] == ["address"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("电话１３８ ０５９６ １２３４。", "１３８ ０５９６ １２３４"),
        ("前\n\u200b电话138\u200b0596\U000e01001234后", "138\u200b0596\U000e01001234"),
        ("㎡㎡电话13805961234", "13805961234"),
        ("甲\n乙电话1380596\n1234丙", "1380596\n1234"),
    ],
)
def test_the_place_is_that_in_the_text_as_it_stands(text, value):
    assert [span.of(text) for _, span in personal_data(text)] == [value]


@given(st.text(st.sampled_from("13805961234x-/ \n()（元号账微信qQ@.栋室住患者陈水根男，\u200b㎡"), max_size=60))
def test_places_are_in_order_and_inside(text):
    spans = [span for _, span in personal_data(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


HOSTILE = {
    "digits": "1",
    "groups": "138 ",
    "mobiles": "13805961234 ",
    "hyphens": "1-",
    "ids": "350626199001011236,",
    "letters": "a",
    "mail": "a@",
    "dots": "a@a.",
    "home": "住",
    "homes": "家住一",
    "flats": "1栋",
    "groups-of-a-village": "家住一1组",
    "rooms": "住一1号1",
    "wechat": "微信",
    "accounts": "账号",
    "patients": "患者",
    "names": "村民高",
    "born": "男,1965.",
    "numerals": "一",
    "blanks": " ",
    "lines": "\n",
    "unseen": "\u200b",
    "brackets": "(",
    "plates": "闽E",
    "of": "患有一",
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_time_grows_as_the_text_does(shape):
    def cost(size):
        text = HOSTILE[shape] * (size // len(HOSTILE[shape]))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            for _ in personal_data(text):
                pass
            best = min(best, time.process_time() - start)
        return best

    small, large = cost(10_000), cost(40_000)
    assert large < 8 * small + 0.05, (small, large)
