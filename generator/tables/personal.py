"""Personal data that may not be published (GOV-SITE 7). A row: code, pattern, what it is."""

from __future__ import annotations

ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "personal-id",
        r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx](?![0-9A-Za-z])",
        "身份证号码",
    ),
    ("personal-mobile", r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d-])", "手机号码"),
    ("personal-card", r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?(?!\d)", "银行卡号"),
    ("personal-address", r"(?<!\d)\d{1,4}(?:栋|幢|号楼|单元)(?:\d{1,4}(?:单元|室|号))?|(?<!\d)\d{3,4}室", "住址"),
)

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
"""GB 11643."""
