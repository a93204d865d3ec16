"""Every fixture notice gives the fields that a person read in it."""

from pathlib import Path

import pytest

from generator.content.record import record_of
from generator.model.notice import Source
from generator.model.proof import difference
from generator.parser import parse
from generator.parser.kinds import refusal
from generator.readers.text.plain import READER
from tests.parser.cases import cases, value_at

SOURCE = Source(file="case.txt", format="txt", sha256="0" * 64)
CASES = cases()
TOPS = [
    case
    for case in CASES
    if case.name.startswith(("sectors", "tops", "shapes", "pages", "strangers")) and case.may_be_joined
]
TABLES = Path(__file__).parents[1] / "fixtures"


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fixture(case):
    check(case.text, case.expected)


@pytest.mark.parametrize("case", TOPS, ids=[case.name for case in TOPS])
def test_fixture_on_one_line(case):
    """Extractors join a page into one line, paragraphs by one blank: the fields are the same."""
    check(" ".join(line.strip() for line in case.text.split("\n") if line.strip()), (("refused", None), *case.expected))


def rows(name):
    return [line.split(" | ") for line in (TABLES / name).read_text("utf-8").splitlines() if not line.startswith("#")]


ISSUE = "\n一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。"


@pytest.mark.parametrize("row", rows("openings.txt"), ids=lambda row: row[0][:24])
def test_opening(row):
    text, *expected = row
    record = record_of(parse(READER.read((text + ISSUE).encode()), SOURCE))
    inspection = record["inspection"]
    found = (record["unit"]["name"], *(inspection[key] for key in ("inspector", "start", "end", "feedback")))
    assert [value or "-" for value in found] == expected


@pytest.mark.parametrize("row", rows("titles.txt"), ids=lambda row: row[0])
def test_title(row):
    title, unit = row
    opening = "\n2023年2月21日至4月20日，上级党委第六巡察组开展了巡察。现将整改情况予以公布。"
    record = record_of(parse(READER.read((title + opening + ISSUE).encode()), SOURCE))
    assert (record["unit"]["name"] or "-") == unit
    assert record["title_origin"] == "printed"


@pytest.mark.parametrize("row", rows("figures.txt"), ids=lambda row: row[0][:24])
def test_figures(row):
    text, *expected = row
    top = "中共大河县民政局党组关于巡察整改情况的通报\n2023年2月21日至4月20日，县委第六巡察组开展了巡察。"
    record = record_of(parse(READER.read(f"{top}{text}现将整改情况予以公布。{ISSUE}".encode()), SOURCE))
    found = [record["stated"][key] for key in ("issues", "done", "ongoing")]
    assert ["-" if value is None else str(value) for value in found] == expected


def check(text, expectations):
    document = READER.read(text.encode())
    notice = parse(document, SOURCE)
    record = record_of(notice)
    kind = refusal(notice)
    record["refused"] = kind and kind.code
    record["codes"] = [anomaly.code for anomaly in notice.anomalies]
    assert difference(document.text, notice.edits, notice.text) is None
    wrong = {}
    for path, expected in expectations:
        actual = value_at(record, path.rstrip("~?"))
        if path.endswith("?"):
            right = actual in expected
        elif path.endswith("~"):
            right = expected in actual if actual else False
        else:
            right = (len(actual) if isinstance(actual, list) and isinstance(expected, int) else actual) == expected
        if not right:
            wrong[path] = (expected, actual)
    assert not wrong
