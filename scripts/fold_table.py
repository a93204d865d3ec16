"""Writes generator/model/folding.json, the one rule for folding text, from Unicode and OpenCC's characters.

Run by hand when the rule changes (`pip install opencc`); the table is committed. A character folds to the simplified
form of its NFKC case folding, without blanks and quotation marks. Rules that look at neighbours (composition of
combining marks) are left out, so that each offset of the folded text belongs to one character of the words.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import opencc

TABLE = Path(__file__).parent.parent / "generator" / "model" / "folding.json"
QUOTES = "\"'`´‘’‚‛“”„‟«»‹›「」『』｢｣〝〞〟＂＇❛❜❝❞"
BLANK = {"Zs", "Zl", "Zp", "Cc", "Cf"}
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0" + "".join(
    chr(code)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xFFF0, 0xFFF8), (0xE0000, 0xE01EF))
    for code in range(first, last + 1)
)
"""Default_Ignorable_Code_Point of Unicode, so far as no category of BLANK says it: joiners, fillers, variation
selectors, tags."""
UNUSED = {"Cn", "Cs", "Co"}
NEAR = ((0x00, 0xFF), (0x2000, 0x206F), (0x2160, 0x217F), (0x2460, 0x249B), (0x3000, 0x303F), (0xFF00, 0xFF60))
"""Blocks that Chinese text draws its marks from: what folds in them travels with the first file of the index."""


def is_dropped(char: str) -> bool:
    """Whether folding leaves the character out."""
    return char in QUOTES or char in UNSEEN or unicodedata.category(char) in BLANK


def folded(char: str, simplified: Callable[[str], str]) -> str:
    """What the character folds to; folding that again changes nothing."""
    before, text = "", char
    while text != before:
        before = text
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        text = "".join(simplified(each) for each in text if not is_dropped(each))
    return text


def main() -> None:
    """Write the table: characters dropped, one to one, and one to several."""
    simplified = opencc.OpenCC("t2s").convert
    used = [char for char in map(chr, range(0x110000)) if char in UNSEEN or unicodedata.category(char) not in UNUSED]
    table = {char: to for char in used if (to := folded(char, simplified)) != char}
    single = {char: to for char, to in table.items() if len(to) == 1}
    content = {
        "about": "Written by scripts/fold_table.py from Unicode "
        f"{unicodedata.unidata_version} and the characters of OpenCC (Apache License 2.0).",
        "near": NEAR,
        "dropped": "".join(char for char, to in table.items() if not to),
        "from": "".join(single),
        "to": "".join(single.values()),
        "longer": {char: to for char, to in table.items() if len(to) > 1},
    }
    rows = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=key == 'dropped')}" for key, value in content.items()]
    TABLE.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
