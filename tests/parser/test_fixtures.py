"""Every fixture notice gives the fields that a person read in it."""

import pytest

from generator.model import Source
from generator.parser import parse
from generator.parser.kinds import refusal
from generator.readers.text import READER
from generator.record import record_of
from generator.wording import difference
from tests.parser.cases import cases, value_at

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fixture(case):
    document = READER.read(case.text.encode())
    notice = parse(document, Source(file="case.txt", format="txt", sha256="0" * 64))
    record = record_of(notice)
    kind = refusal(notice)
    record["refused"] = kind and kind.code
    record["codes"] = [anomaly.code for anomaly in notice.anomalies]
    assert difference(document.text, notice.edits, notice.text) is None
    wrong = {}
    for path, expected in case.expected:
        actual = value_at(record, path.removesuffix("~"))
        if path.endswith("~"):
            right = expected in actual if actual else False
        else:
            right = (len(actual) if isinstance(actual, list) and isinstance(expected, int) else actual) == expected
        if not right:
            wrong[path] = (expected, actual)
    assert not wrong
