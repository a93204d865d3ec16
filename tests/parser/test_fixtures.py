"""Every fixture notice gives the fields that a person read in it, and keeps the promises of the parser."""

from pathlib import Path

from generator.content.record import record_of
from generator.model.notice import Source
from generator.model.proof import difference
from generator.parser import parse
from generator.parser.kinds import refusal
from generator.readers.text.plain import READER
from tests.every import every
from tests.parser.cases import cases, value_at
from tests.parser.support import check_promises

SOURCE = Source(file="case.txt", format="txt", sha256="0" * 64)
CASES = cases()
TOPS = [
    case
    for case in CASES
    if case.name.startswith(("sectors", "tops", "shapes", "pages", "strangers")) and case.may_be_joined
]
TABLES = Path(__file__).parents[1] / "fixtures"


def file_of(case):
    return case.name.partition(":")[0]


@every(CASES, by=file_of)
def test_fixture(case):
    document, notice = read(case.text)
    check_promises(document, notice)
    check(notice, case.expected)


@every(TOPS, by=file_of)
def test_fixture_on_one_line(case):
    """Extractors join a page into one line, paragraphs by one blank: the fields are the same."""
    document, notice = read(" ".join(line.strip() for line in case.text.split("\n") if line.strip()))
    assert difference(document.text, notice.edits, notice.text) is None
    check(notice, (("refused", None), *case.expected))


def read(text):
    document = READER.read(text.encode())
    return document, parse(document, SOURCE)


def rows(name):
    return [line.split(" | ") for line in (TABLES / name).read_text("utf-8").splitlines() if not line.startswith("#")]


ISSUE = "\n一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。"


@every(rows("openings.txt"))
def test_opening(text, *expected):
    record = record_of(parse(READER.read((text + ISSUE).encode()), SOURCE))
    inspection = record["inspection"]
    found = (record["unit"]["name"], *(inspection[key] for key in ("inspector", "start", "end", "feedback")))
    assert [value or "-" for value in found] == list(expected)


@every(rows("titles.txt"))
def test_title(title, unit):
    opening = "\n2023年2月21日至4月20日，上级党委第六巡察组开展了巡察。现将整改情况予以公布。"
    record = record_of(parse(READER.read((title + opening + ISSUE).encode()), SOURCE))
    assert (record["unit"]["name"] or "-") == unit
    assert record["title_origin"] == "printed"


@every(rows("figures.txt"))
def test_figures(text, *expected):
    top = "中共大河县民政局党组关于巡察整改情况的通报\n2023年2月21日至4月20日，县委第六巡察组开展了巡察。"
    record = record_of(parse(READER.read(f"{top}{text}现将整改情况予以公布。{ISSUE}".encode()), SOURCE))
    found = [record["stated"][key] for key in ("issues", "done", "ongoing")]
    assert ["-" if value is None else str(value) for value in found] == list(expected)


def check(notice, expectations):
    record = record_of(notice)
    kind = refusal(notice)
    record["refused"] = kind and kind.code
    record["codes"] = [anomaly.code for anomaly in notice.anomalies]
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
