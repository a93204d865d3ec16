"""YAML that is nested without end is an error of ours at its line; a process that dies names its file."""

from __future__ import annotations

import os
import signal

import pytest

from generator.base.diagnostics import ContentError
from generator.base.structure import DEEPEST, Decoder, compose
from generator.base.workers import in_processes
from generator.build.driver import build
from generator.content.config import read_config
from generator.content.notice_file import read_notice
from generator.content.phrases import read_phrases
from generator.content.topics import read_topics
from tests.samples import SITE_YML, make_site, notice

DEEP = {
    "brackets": "[" * 26_000,
    "braces": "{a: " * 26_000,
    "dashes": "- " * 26_000,
    "questions": "? " * 26_000,
    "indents": "\n".join(" " * depth + "a:" for depth in range(2_000)),
    "mixed": "\n".join(" " * depth + "- [" for depth in range(1_000)),
    "tagged": "!!seq [" * 9_000,
    "other-line-ends": "\u2028".join("  " * depth + "a:" for depth in range(500)),
}


@pytest.mark.parametrize("name", DEEP)
def test_nested_yaml_is_an_error_everywhere(name):
    decoder = Decoder("f.yml")
    assert decoder.compose(DEEP[name]) is None
    assert decoder.problems[0].code == "yaml-syntax"
    assert read_notice(f"---\n{DEEP[name]}\n---\n\n# x\n", "f.md")[0] is None
    for read in (read_config, read_topics, lambda text: read_phrases(text, "f")):
        with pytest.raises(ContentError):
            read(DEEP[name])


@pytest.mark.parametrize("name", ["brackets", "dashes"])
def test_a_nested_file_does_not_stop_the_others(name, tmp_path):
    folder = make_site(tmp_path, [notice(1), notice(2)])
    (folder / "content/notices/bad.md").write_text(f"---\n{DEEP[name]}\n---\n\n# x\n", "utf-8")
    report = build(folder, folder / "output")
    assert [problem.file for problem in report.diagnostics] == ["content/notices/bad.md"]
    assert report.notices == 2


@pytest.mark.parametrize("depth", [1, 5, DEEPEST - 1])
def test_what_people_write_is_not_too_deep(depth):
    assert compose("[" * depth + "]" * depth) is not None
    assert compose("\n".join(" " * at + "a:" for at in range(depth))) is not None


def test_a_process_that_dies_loses_its_item_alone():
    def do(number: int) -> int:
        if number in (0, 7, 19):
            os.kill(os.getpid(), signal.SIGSEGV)
        return number

    found = list(in_processes(do, range(20), jobs=3, lost=lambda number: -number - 1))
    assert found == [-1, *range(1, 7), -8, *range(8, 19), -20]


def test_site_yml_of_people_is_read():
    assert read_config(SITE_YML)
