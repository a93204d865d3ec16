"""Numbers as word processors and browsers print them before a paragraph: one row a format (ECMA-376 part 1, 17.18.59).

A format that is not in the table prints Arabic digits, and so does a number that
a format has no sign for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.model.numbering import STEMS

Printer = Callable[[int], str]

_LARGEST = 32_767  # Word counts no further


def printed(value: int, number_format: str) -> str:
    """The number `value` in a format of ECMA-376 or of CSS.

    >>> [printed(12, name) for name in ("decimal", "chineseCounting", "decimalEnclosedCircle", "ideographDigital")]
    ['12', '十二', '⑫', '一二']
    >>> [printed(110, name) for name in ("chineseCountingThousand", "chineseCounting", "japaneseCounting")]
    ['一百一十', '一一○', '百十']
    """
    printer = FORMATS.get(number_format)
    if number_format == "none":
        return ""
    if printer is None or not 0 < value <= _LARGEST:
        return str(value)
    return printer(value) or str(value)


def _positional(digits: str) -> Printer:
    """Each decimal digit by its sign: 二〇五."""
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _tens(digits: str, ten: str = "十") -> Printer:
    """二十五 below a hundred, positional from there on: 一○五."""
    positional = _positional(digits)

    def printer(value: int) -> str:
        tens, ones = divmod(value, 10)
        if value > 99 or not tens:
            return positional(value)
        return (digits[tens] if tens > 1 else "") + ten + (digits[ones] if ones else "")

    return printer


def _grouped(digits: str, units: str, *, zero: str = "", one: str = "all", ten_thousand: str = "万") -> Printer:
    """一百零五: each digit with its power of ten.

    `zero` stands for skipped powers. `one` says which powers show the digit one before them: `all`, `none`, or
    `inner`, all but a leading ten (十五, but 一百一十五).
    """

    def below(value: int) -> str:
        words, skipped = "", False
        for power in range(len(units), -1, -1):
            digit, value = divmod(value, 10**power)
            if not digit:
                skipped = bool(words)
                continue
            words += zero if skipped else ""
            skipped = False
            lone = digit == 1 and power and (one == "none" or (one == "inner" and power == 1 and not words))
            words += ("" if lone else digits[digit]) + (units[power - 1] if power else "")
        return words

    def printer(value: int) -> str:
        high, low = divmod(value, 10_000)
        if not high:
            return below(low)
        return below(high) + ten_thousand + (zero if low and low < 1000 else "") + (below(low) if low else "")

    return printer


def _listed(signs: str) -> Printer:
    """The sign at the number's place; none beyond the last."""
    return lambda value: signs[value - 1] if value <= len(signs) else ""


def _repeated(signs: Sequence[str]) -> Printer:
    """Letters a … z, aa … zz: the alphabet, its letters doubled in the second round, tripled in the third."""
    return lambda value: signs[(value - 1) % len(signs)] * ((value - 1) // len(signs) + 1)


def _run(first: str, count: int) -> str:
    return "".join(chr(ord(first) + index) for index in range(count))


def _roman(value: int) -> str:
    words = ""
    for worth, sign in _ROMAN:
        words += sign * (value // worth)
        value %= worth
    return words


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_CN = "一二三四五六七八九"
_CIRCLES = _run("①", 20)
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HALF_KATAKANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

_counting = _grouped("零" + _CN, "十百千", zero="零", one="inner")
_japanese = _grouped("〇" + _CN, "十百千", one="none")


def _stems_and_branches(value: int) -> str:
    """甲子, 乙丑 … 癸亥: sixty pairs, from the start again after them."""
    return STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


def _korean_words(value: int) -> str:
    tens, ones = divmod(value, 10)
    if value > 99:
        return ""
    return _KOREAN_TENS[tens] + _KOREAN_ONES[ones]


_KOREAN_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_KOREAN_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")

FORMATS: dict[str, Printer] = {
    # --- Chinese
    "chineseCounting": _tens("○" + _CN),
    "chineseCountingThousand": _counting,
    "chineseLegalSimplified": _grouped("零壹贰叁肆伍陆柒捌玖", "拾佰仟", zero="零"),
    "ideographDigital": _positional("〇" + _CN),
    "ideographTraditional": _listed(STEMS),
    "ideographZodiac": _listed(_BRANCHES),
    "ideographZodiacTraditional": _stems_and_branches,
    "ideographLegalTraditional": _grouped("零壹貳參肆伍陸柒捌玖", "拾佰仟", zero="零", ten_thousand="萬"),
    "ideographEnclosedCircle": _listed("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "taiwaneseCounting": _tens("○" + _CN),
    "taiwaneseCountingThousand": _grouped("零" + _CN, "十百千", zero="零", one="inner", ten_thousand="萬"),
    "taiwaneseDigital": _positional("○" + _CN),
    # --- circles, brackets, full width
    "decimalEnclosedCircle": _listed(_CIRCLES),
    "decimalEnclosedCircleChinese": _listed(_CIRCLES[:10]),
    "decimalEnclosedFullstop": _listed(_run("⒈", 20)),
    "decimalEnclosedParen": _listed(_run("⑴", 20)),
    "decimalFullWidth": _positional("０１２３４５６７８９"),
    "decimalFullWidth2": _positional("０１２３４５６７８９"),
    "decimalZero": lambda value: f"{value:02}",
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    # --- Japanese and Korean, which Chinese editions of Word offer too
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _positional("〇" + _CN),
    "japaneseLegal": _grouped("零壱弐参四伍六七八九", "拾百阡", ten_thousand="萬"),
    "aiueo": _repeated(_HALF_KATAKANA),
    "aiueoFullWidth": _repeated(_KATAKANA),
    "iroha": _repeated(_HALF_IROHA),
    "irohaFullWidth": _repeated(_IROHA),
    "koreanDigital": _positional("영일이삼사오육칠팔구"),
    "koreanDigital2": _positional("零" + _CN),
    "koreanCounting": _grouped("영일이삼사오육칠팔구", "십백천", one="none", ten_thousand="만"),
    "koreanLegal": _korean_words,
    "ganada": _repeated("가나다라마바사아자차카타파하"),
    "chosung": _repeated("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    # --- Latin
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _repeated(_run("A", 26)),
    "lowerLetter": _repeated(_run("a", 26)),
    "ordinal": lambda value: f"{value}{_ordinal_ending(value)}",
}


def _ordinal_ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
