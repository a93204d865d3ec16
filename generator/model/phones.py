"""What a telephone has to dial for a number as printed."""

from __future__ import annotations

import re
import unicodedata

DASHES = "‐‑‒–—―−－─━ー～~﹣﹘﹉"
"""What is printed, and typed, for the hyphen of a number."""
_EXTENSION = re.compile(r"(?:转|ext\.?|x)\s*(\d+)\D*$", re.IGNORECASE)
_COUNTRY = re.compile(r"\s*(?:\+|00)\s*86", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)


def dialled(printed: str) -> str:
    """The number for a `tel:` link (RFC 3966), with +86 where the area code is printed; empty when there is none.

    >>> [dialled(number) for number in ("0913—5522185", "5522185", "13800000000", "0596-5835406转8012")]
    ['+869135522185', '5522185', '+8613800000000', '+865965835406;ext=8012']
    """
    text = unicodedata.normalize("NFKC", printed)
    extension = _EXTENSION.search(text)
    digits = "".join(re.findall(r"[0-9]", text[: extension.start()] if extension else text))
    if not digits:
        return ""
    country = _COUNTRY.match(text)
    if country:
        digits = digits.removeprefix("00").removeprefix("86")
        digits = digits if digits.startswith("0") or _MOBILE.fullmatch(digits) else "0" + digits
    whole = "+86" + digits.removeprefix("0") if digits.startswith("0") or _MOBILE.fullmatch(digits) else digits
    return whole + (f";ext={extension[1]}" if extension else "")
