"""QR codes (二维码) for paper, as a picture of a dot a square: a path takes four times as much of a page."""

from __future__ import annotations

_MASK = 3
"""Any of the eight masks can be read; to try which is best would take a quarter of a page's time."""


def qr_code(text: str) -> str | None:
    """The code of an address as the address of a PNG (data:); None when it is too long for one.

    It is not compressed, for no two versions of zlib do it alike.
    """
    import segno  # noqa: PLC0415 - slow to load: by who makes a page that has one

    try:
        code = segno.make(text, error="l", micro=False, boost_error=False, mask=_MASK)
    except segno.DataOverflowError:
        return None
    return code.png_data_uri(scale=1, border=0, compresslevel=0)
