"""Bytes → characters, when nobody says reliably how the characters were encoded."""

from __future__ import annotations

import codecs
import re

from generator.readers.text.labels import CODECS

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
"""Encodings of Chinese text; at a tie the earlier wins."""

# Frequent characters of notices, in both scripts, and the punctuation between them: under a wrong encoding they
# give way to rare characters, so their share tells a right guess from a wrong one.
_FREQUENT = frozenset(
    "的一是不了在有人中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "进部度家电力里如水化高自二理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间"
    "样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "整改巡察组情况委书记局单位落实责任制度完成措施坚持管理落"
    "為個國時來們於對會動過說產種後學經進電裡現實體機當點從業開還應無軍問題黨關"
    "整改巡察組責任單位況書記紀檢監"
    "，。、；：？！“”（）《》　0123456789"
)
_STRANGE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\u0250-\u1fff\u2c00-\u2e7f\u3040-\u30ff\u3400-\u4dbf\ua000-\uf8ff\uff61-\uffdc]"
)
"""What stands in a notice hardly ever, and in text that was decoded wrongly often: other scripts, rare characters."""
_SAMPLE = 1 << 18
_NOT_ASCII = re.compile(rb"[\x80-\xff\0]")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The characters of `data` and the name of their encoding. Never raises: what cannot be decoded becomes U+FFFD.

    A byte order mark decides; then strict UTF-8, which no other Chinese text passes by chance; then the encoding,
    `declared` first, under which the text shows the most characters that are frequent in notices.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    if b"\0" not in data:
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    encoding = _best(data, declared)
    return data.decode(encoding, "replace"), encoding


def _best(data: bytes, declared: str | None) -> str:
    """The encoding under which a sample of `data` looks most like a notice."""
    first = _NOT_ASCII.search(data)
    start = (first.start() if first else 0) & ~3  # UTF-16 must be cut between characters
    sample = data[start : start + _SAMPLE]
    named = _codec(declared) if declared else None
    candidates = dict.fromkeys([*([named] if named else []), *CANDIDATES])
    return max(candidates, key=lambda encoding: _likeness(sample.decode(encoding, "replace")))


def _likeness(text: str) -> float:
    """How much `text` looks like a notice, counted for each byte-independent character: at most 1."""
    if not text:
        return 0.0
    good = sum(text.count(char) for char in _FREQUENT)
    return (good - 10 * text.count("\ufffd") - 3 * len(_STRANGE.findall(text))) / len(text)


def _codec(name: str) -> str | None:
    """The codec for an encoding that a page names, as browsers understand it; None when it names none of theirs."""
    return CODECS.get(name.strip().lower())
