from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.numbering import number
from generator.readers.numerals import FORMATS, printed

# ECMA-376 part 1, 17.18.59: what each format prints for 1, 10, 11, 20, 21, 105 and 110
CASES = {
    "decimal": "1 10 11 20 21 105 110",
    "decimalZero": "01 10 11 20 21 105 110",
    "decimalFullWidth": "１ １０ １１ ２０ ２１ １０５ １１０",
    "decimalEnclosedCircle": "① ⑩ ⑪ ⑳ 21 105 110",
    "decimalEnclosedCircleChinese": "① ⑩ 11 20 21 105 110",
    "decimalEnclosedParen": "⑴ ⑽ ⑾ ⒇ 21 105 110",
    "decimalEnclosedFullstop": "⒈ ⒑ ⒒ ⒛ 21 105 110",
    "chineseCounting": "一 十 十一 二十 二十一 一○五 一一○",
    "chineseCountingThousand": "一 十 十一 二十 二十一 一百零五 一百一十",
    "chineseLegalSimplified": "壹 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零伍 壹佰壹拾",
    "ideographDigital": "一 一〇 一一 二〇 二一 一〇五 一一〇",
    "ideographTraditional": "甲 癸 11 20 21 105 110",
    "ideographZodiac": "子 酉 戌 20 21 105 110",
    "ideographZodiacTraditional": "甲子 癸酉 甲戌 癸未 甲申 戊申 癸丑",
    "ideographLegalTraditional": "壹 壹拾 壹拾壹 貳拾 貳拾壹 壹佰零伍 壹佰壹拾",
    "ideographEnclosedCircle": "㊀ ㊉ 11 20 21 105 110",
    "taiwaneseCounting": "一 十 十一 二十 二十一 一○五 一一○",
    "taiwaneseCountingThousand": "一 十 十一 二十 二十一 一百零五 一百一十",
    "taiwaneseDigital": "一 一○ 一一 二○ 二一 一○五 一一○",
    "japaneseCounting": "一 十 十一 二十 二十一 百五 百十",
    "japaneseDigitalTenThousand": "一 一〇 一一 二〇 二一 一〇五 一一〇",
    "japaneseLegal": "壱 壱拾 壱拾壱 弐拾 弐拾壱 壱百伍 壱百壱拾",
    "koreanCounting": "일 십 십일 이십 이십일 백오 백십",
    "koreanLegal": "하나 열 열하나 스물 스물하나 105 110",
    "koreanDigital2": "一 一零 一一 二零 二一 一零五 一一零",
    "upperRoman": "I X XI XX XXI CV CX",
    "lowerRoman": "i x xi xx xxi cv cx",
    "upperLetter": "A J K T U AAAAA FFFFF",
    "numberInDash": "- 1 - - 10 - - 11 - - 20 - - 21 - - 105 - - 110 -",
}


@pytest.mark.parametrize(("name", "row"), CASES.items(), ids=CASES)
def test_formats_print_what_the_standard_says(name: str, row: str) -> None:
    assert " ".join(printed(value, name) for value in (1, 10, 11, 20, 21, 105, 110)) == row


@pytest.mark.parametrize(
    ("value", "words"),
    [(1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (10_000, "一万"), (10_050, "一万零五十")],
)
def test_large_numbers(value: int, words: str) -> None:
    assert printed(value, "chineseCountingThousand") == words


def test_an_unknown_format_prints_digits_and_none_prints_nothing() -> None:
    assert (printed(7, "hebrew1"), printed(7, "none"), printed(0, "chineseCounting")) == ("7", "", "0")


@given(st.integers(1, 999))
def test_counting_is_read_back(value: int) -> None:
    assert number(printed(value, "chineseCountingThousand")) == value


@given(st.integers(-5, 10**9), st.sampled_from(sorted(FORMATS)))
def test_no_number_raises_or_prints_nothing(value: int, name: str) -> None:
    assert printed(value, name)
