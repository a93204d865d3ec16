"""Characters of symbol fonts (Wingdings, Symbol …) as the Unicode characters that look the same: one row a sign.

Only signs that turn up in notices stand here; any other one is kept as it is, and reported.
"""

from __future__ import annotations

BULLET = "•"

_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x70: "❐",
    0x71: "❑",
    0x72: "❒",
    0x73: "⬧",
    0x74: "⧫",
    0x75: "◆",
    0x76: "❖",
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x81 + index: chr(ord("①") + index) for index in range(10)},
    **{0x8C + index: chr(ord("❶") + index) for index in range(10)},
}
_WINGDINGS_2 = {
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x54: "☒",
    0x98: "●",
    0xA3: "□",
    **{0x6A + index: chr(ord("①") + index) for index in range(10)},
    **{0x75 + index: chr(ord("❶") + index) for index in range(10)},
}
_SYMBOL = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xAE: "→", 0xD7: "·"}

FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(char: str, font: str) -> str:
    r"""The character that `char` of a symbol font looks like; `char` itself when the font is an ordinary one.

    An empty string for a sign of a symbol font that is not in the table.

    >>> symbol("\uf0fe", "Wingdings"), symbol("（", "宋体"), symbol("\uf0fe", "Unknown")
    ('☑', '（', '')
    """
    if not char:
        return ""
    code = ord(char) - 0xF000 if 0xF000 <= ord(char) <= 0xF0FF else ord(char)
    table = FONTS.get(font.lower())
    if table is not None and code in table:
        return table[code]
    return "" if 0xE000 <= ord(char) <= 0xF8FF or table is not None else char
