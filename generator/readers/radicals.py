"""Radicals in place of the character that they look like: ⼀ (U+2F00) for 一 (U+4E00).

A PDF keeps shapes and says by a table of its font which characters they are; where one shape serves a character and a
radical, programs often name the radical, and who copies from a PDF takes it along into any other file. The words are
the same, but no search and no rule would find them.
"""

from __future__ import annotations

import re
import unicodedata

_SUPPLEMENT = dict(
    zip(
        "⺁⺇⺈⺊⺌⺎⺐⺕⺗⺙⺛⺜⺟⺠⺡⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几刀卜小兀尢彐心攵无日母民氵爪丬牛犭王疋目示礻竹糸纟罒网网罒羊羊羊老肀聿月臼艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜龟龟",
        strict=True,
    )
)
_SIMPLIFIED = {"⼾": "户", "⾭": "青"}
"""Where the decomposition of Unicode is a form that no simplified text uses."""
_NAMED = _SUPPLEMENT | _SIMPLIFIED
RADICALS = "\u2e80-\u2fd5\uf900-\ufaff"
"""The blocks of radicals and of compatibility ideographs, as a pattern writes them between brackets."""
_RADICAL = re.compile(f"[{RADICALS}]")


def with_characters(text: str) -> str:
    """`text` with the characters that the radicals stand for.

    >>> with_characters("⼀、⺠⽣⼯作不⾜")
    '一、民生工作不足'
    """
    return _RADICAL.sub(lambda found: _NAMED.get(found[0]) or unicodedata.normalize("NFKC", found[0]), text)
