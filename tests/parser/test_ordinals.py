"""Numbers that say which issues a sentence means."""

from __future__ import annotations

import pytest

from generator.parser.ordinals import how_many, is_ordinal, meant_by


@pytest.mark.parametrize(
    ("words", "of", "meant"),
    [
        ("第2个", 4, [2]),
        ("第十二项", 15, [12]),
        ("第1、2、4项", 4, [1, 2, 4]),
        ("第一、二个", 4, [1, 2]),
        ("第1项、第3项", 4, [1, 3]),
        ("第1至3个", 4, [1, 2, 3]),
        ("前三个", 4, [1, 2, 3]),
        ("前2项", 4, [1, 2]),
        ("后两个", 4, [3, 4]),
        ("最后一个", 4, [4]),
        ("首个", 4, [1]),
        ("问题1、问题4", 4, [1, 4]),
        ("第5项", 4, []),
        ("前五个", 4, []),
        ("第3至9项", 4, []),
    ],
)
def test_which_are_meant(words, of, meant):
    assert is_ordinal(words)
    assert meant_by(words, of) == meant


@pytest.mark.parametrize("words", ["第二轮", "第三巡察组", "第一种形态", "前期", "问题3个", "第四季度", "三个"])
def test_what_counts_something_else(words):
    assert not is_ordinal(words)


def test_how_many_are_meant():
    assert [how_many(words) for words in ("第1至3个", "最后两项", "第2项", "问题1、3")] == [3, 2, 1, 2]
