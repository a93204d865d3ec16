"""Names of units as lower-case ASCII for permalinks (G-FRAME-06): made once at import, never changed after."""

from __future__ import annotations

import functools
import re

from generator.parser.rules import units
from generator.parser.text import patterns

_PREFIX = re.compile(r"^(?:中共|中国共产党)")
_ORGAN = re.compile(rf"(?<=...)(?:{patterns(units.ORGANS)})$")
_CUT = re.compile(
    # 市, 县, … after a place stand for themselves, or the words after them would be a place too: 安宁市，市住房和城乡
    rf"[A-Za-z0-9]+|{patterns(units.SLUG_WORDS)}|(?<=[\u4e00-\u9fff][^省市县区])[省市县区旗州盟镇乡]|"
    rf"[\u4e00-\u9fff]{{2,7}}?(?=自治|省|市|县|区|旗|州|盟|镇|乡|街道)|[省市县区旗州盟镇乡局院部厅委]|"
    rf"[\u4e00-\u9fff]+?(?={patterns(units.SLUG_WORDS)}|[省市县区旗州盟镇乡局院部厅]|[^\u4e00-\u9fff]|$)"
)
_MAX = 80


@functools.lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Pinyin words of a name, joined by hyphens; the Party's prefix and organ left out; empty for an empty name.

    >>> slug("中共东山县卫生健康局党组")
    'dongshan-xian-weisheng-jiankang-ju'
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - loads dictionaries, and only an import needs them

    bare = _ORGAN.sub("", _PREFIX.sub("", re.sub(r"[（(].{0,80}?[）)]|\s", "", name))) or name
    syllables = ("".join(lazy_pinyin(word, style=Style.NORMAL)) for word in _CUT.findall(bare))
    found = "-".join(re.sub(r"[^a-z0-9]", "", word.lower().replace("ü", "v")) for word in syllables)
    return re.sub(r"-{2,}", "-", found).strip("-")[:_MAX].strip("-")


_HIGHER = re.compile(
    r"^[a-z0-9]+-(?:sheng|shi|zizhiqu|zizhizhou|zhou|diqu|meng)-(?=[a-z0-9]+-(?:shi|xian|qu|qi|zizhixian)-)"
)


def short(found: str, most: int) -> str:
    """A slug of at most so many characters: higher places go first, then words at its end.

    >>> short("fujian-sheng-zhangzhou-shi-dongshan-xian-weisheng-jiankang-ju", 36)
    'dongshan-xian-weisheng-jiankang-ju'
    >>> short("quanzhou-shi-weisheng-jiankang-weiyuanhui", 36), short("a" * 50, 8)
    ('quanzhou-shi-weisheng-jiankang', 'aaaaaaaa')
    """
    while len(found) > most and (higher := _HIGHER.match(found)):
        found = found[higher.end() :]
    if len(found) <= most:
        return found
    cut = found[: most + 1].rpartition("-")[0]
    return cut or found[:most]
