"""Cost grows with the size of what is read, whatever it is: hostile shapes at n and at 4 n."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import time

import pytest

from generator.content.import_record import write_provenance
from generator.content.notice_file import read_notice, write_notice
from generator.editorial.importing import read_source
from generator.parser.notice_anomalies import MOST
from generator.parser.readings import readings_of
from generator.parser.tally import tallies
from generator.readers import ReadError
from generator.readers.signatures import signature_of

FRONT = (
    "某局党组关于巡察整改进展情况的通报\n\n根据统一部署，2024年3月1日至4月1日，区委第一巡察组对我局开展了巡察，"
    "现将整改情况公布如下。\n\n一、整改落实情况\n"
)
END = "\n某局党组\n2024年8月1日\n"
GROWS = 9
"""More than linear, which is 4; less than quadratic, which is 16."""
FLOOR = 0.3
"""Seconds that say nothing on a busy machine."""


def numbered(n: int, line: str) -> str:
    return "".join(line.format(i=i) for i in range(1, n + 1))


ANSWERS = "整改情况：已学。整改情况：已改。\n"
SHAPES = {
    "mht-headers": (500, lambda n: "name: value\r\n" * n),
    "mht-blank-headers": (500, lambda n: "a:\r\n \r\n" * n),
    "html-comments": (500, lambda n: "<!-- a --> " * n),
    "html-declarations": (500, lambda n: "<?xml a?> " * n),
    "slots": (20_000, lambda n: FRONT + "（一）问题" + "X" * n + END),
    "stars": (20_000, lambda n: FRONT + "（一）问题" + "×*" * n + END),
    # between 4000 and 5000 the reading takes a longer way, once: both sizes must lie above that step
    "same-issues": (6000, lambda n: FRONT + numbered(n, "{i}.学习不够。整改情况：已完成。\n") + END),
    "short-issues": (4000, lambda n: FRONT + numbered(n, "{i}.第{i}项。整改情况：2024年5月底前完成第{i}件。\n") + END),
    "one-line": (4000, lambda n: FRONT + numbered(n, "{i}.学习不够。整改情况：已完成。") + END),
    "groups-in-groups": (500, lambda n: FRONT + ("1.学习不深。（一）制度不全。" * n + ANSWERS) * 12 + END),
    "one-number-again": (1000, lambda n: FRONT + ("1.学习不深。" + "2.学习不深。" * n + ANSWERS) * 12 + END),
}


def seconds(data: bytes) -> float:
    """CPU time of all that import does with a text; what other tests left in memory is not looked through meanwhile."""
    gc.collect()
    gc.freeze()
    try:
        start = time.process_time()
        with contextlib.suppress(ReadError):
            notice, _ = read_source(data, "a.txt", force=True)
            read_notice(write_notice(notice))
        return time.process_time() - start
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("name", SHAPES)
def test_import_of_a_hostile_shape_is_linear(name):
    n, make = SHAPES[name]
    small, large = (seconds(make(size).encode()) for size in (n, 4 * n))
    assert large < max(FLOOR, GROWS * small), f"{name}: {small:.2f} s at {n}, {large:.2f} s at {4 * n}"


@pytest.mark.parametrize("data", [b"name: value\r\n" * 40, b"<!-- a --> " * 26, b"a:\r\n" * 1000, b"<!---->" * 500])
def test_the_kind_of_a_file_is_known_at_once(data):
    start = time.process_time()
    assert signature_of(data) is None
    assert time.process_time() - start < 0.1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"From: a\r\nSubject: b\r\n c\r\nMIME-Version: 1.0\r\n", "mht"),
        (b"\n\nFrom: a\nMime-Version: 1.0\n", "mht"),
        (b"<!-- a --> <!-- b --><?xml version='1.0'?>\n<!doctype html>", "html"),
        (b" <!-- <p> --> text", None),
    ],
)
def test_the_kind_of_a_file_is_what_it_was(data, kind):
    assert signature_of(data) == kind


def test_thousands_of_one_doubt_are_told_by_the_first_and_a_number():
    notice, _ = read_source((FRONT + numbered(900, "{i}.学习不够。整改情况：已完成。\n") + END).encode(), "a.txt")
    repeated = [one for one in notice.anomalies if one.code == "issue-repeated"]
    assert len(repeated) == MOST + 1
    assert f"还有{899 - MOST}处" in repeated[-1].message
    assert len(write_provenance(notice)) < 200_000


class Unsliced(tuple):
    """Passages of which nobody may take a copy of all behind one."""

    def __getitem__(self, at):
        assert not isinstance(at, slice), "a copy for each issue makes the cost grow with the square of the issues"
        return super().__getitem__(at)


def test_what_looks_on_from_each_issue_copies_nothing():
    answered = numbered(30, "{i}.学习不够。整改情况：已完成。\n") + "共完成整改30个，正在整改0个。\n"
    notice, _ = read_source((FRONT + answered + END).encode(), "a.txt")
    unsliced = dataclasses.replace(notice, body=Unsliced(notice.body))
    assert len(unsliced.issues) == 30
    assert list(readings_of(unsliced)) == list(readings_of(notice))
    assert list(tallies(unsliced)) == list(tallies(notice))
