"""Content files, site.yml and topics.yml damaged in any way: our own errors or a site, never anything else."""

from __future__ import annotations

import datetime as dt
import json
import random
import re

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.base.diagnostics import ContentError, visible
from generator.build.driver import build
from generator.content.config import Config, read_config
from generator.content.notice_file import read_notice, write_notice
from generator.content.phrases import Phrases
from generator.content.publication import published
from generator.content.record import record_of
from generator.content.topics import TopicRules, read_topics
from generator.data.formats import to_json
from generator.data.schema import notice_schema
from generator.editorial.acceptance import settle
from generator.editorial.against_source import against
from generator.editorial.checks import check
from generator.editorial.inspection import inspect
from generator.editorial.report import Report, as_html, as_json, as_text
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice
from tests.payloads import PAYLOADS, hostile
from tests.samples import SITE_YML, make_site, notice
from tests.strategies import NASTY, notices

CONFIG = read_config(SITE_YML)
SCHEMA = notice_schema()
MANY = settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
PIECES = [
    *NASTY, *PAYLOADS.values(), "\n", "---\n", "\n---\n", ": ", "- ", "&a ", "*a", "!!python/object:os.system ",
    "!!binary ", "|\n", ">\n", "? ", "[", "]", "{", "}", "'", '"', "\t", "null", "~", "true", "0x1F",
    "1e999", ".inf", ".nan", "-0", "9" * 400, "2025-13-45", "0000-00-00", "review: reviewed\n",
    "masks:\n- kind: other\n  value: ", "accepted: [",
    "withdrawn: {date: 2025-01-01, why: x}\n", "corrections:\n- {date: 1, what: 2}\n", "<<: *a\n", "%YAML 1.1\n",
    "\ufeff", "\r\n", "\x00", "\x85", "\ud7ff", "[" * 3000, "{a: " * 2000, "- " * 3000,
]  # fmt: skip


@st.composite
def damaged(draw, text):
    """`text` with some of its characters cut out, doubled, or replaced by what YAML, Markdown and JSON stumble over."""
    for _ in range(draw(st.integers(1, 5))):
        at, size = draw(st.integers(0, len(text))), draw(st.sampled_from([0, 0, 1, 3, 20, 200]))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=10))
        what = draw(st.sampled_from(["insert", "replace", "cut", "double", "line"]))
        if what == "line":
            lines = text.split("\n")
            number = draw(st.integers(0, len(lines) - 1))
            lines[number] = draw(st.sampled_from([piece, lines[number] + piece, "  " + lines[number]]))
            text = "\n".join(lines)
        else:
            middle = {"insert": piece, "replace": piece, "cut": "", "double": text[at : at + size] * 2}[what]
            text = text[:at] + middle + text[at + (0 if what == "insert" else size) :]
    return text


def take(text):
    """All that the program does with a content file; fails by raising anything but its own errors."""
    found, problems = read_notice(text, "f.md")
    assert (found is None) == bool(problems)
    for problem in problems:
        assert problem.code
        assert problem.message
        assert problem.line >= 0
        str(problem)
    if found is None:
        return False
    assert read_notice(write_notice(found))[0] == found
    shown = published(found, CONFIG)
    lines = text.split("\n")
    said = [*inspect(found, lines, "f.md", CONFIG, Phrases()), *against(found, lines, "f.md", None)]
    findings = settle(said, found.accepted, "f.md")
    report = Report(site="x", day=dt.date(2025, 1, 1), findings=tuple(findings))
    for form in (as_text, as_json, as_html):
        form(report)
    build_site(CONFIG, TopicRules(()), [LoadedNotice("f.md", found, "d")])
    assert shown.masks == ()
    jsonschema.validate(json.loads(to_json(record_of(shown))), SCHEMA)
    return True


GOOD = write_notice(notice(1))
DECIDED = write_notice(hostile(1, "甲乙丙"))


@given(damaged(GOOD))
@MANY
def test_a_damaged_content_file(text):
    take(text)


@given(damaged(DECIDED))
@MANY
def test_a_damaged_content_file_with_decisions(text):
    take(text)


@given(st.text(max_size=400) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@MANY
def test_any_text_as_front_matter(text):
    take(f"---\n{text}\n---\n\n# x\n")
    take(text)


@given(notices(), st.data())
@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_damaged_file_of_any_notice(item, data):
    take(data.draw(damaged(write_notice(item))))


def damage(chance, text):
    """The same without hypothesis, for many files at once."""
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(len(text)), chance.choice([0, 1, 3, 20])
        text = text[:at] + chance.choice([*PIECES, "", text[at : at + size] * 2]) + text[at + size :]
    return text


def test_a_site_of_damaged_files_is_built_of_those_that_can_be_read(tmp_path):
    chance = random.Random(8)
    folder = make_site(tmp_path, [])
    texts = (damage(chance, chance.choice([GOOD, DECIDED])) for _ in range(3000))
    taken = [text for text in texts if read_notice(text)[0]][:60]
    for number, text in enumerate(taken):
        own = re.sub("^id: .*$", f"id: x{number}", text, count=1, flags=re.MULTILINE)
        (folder / f"content/notices/{number}.md").write_bytes(own.encode("utf-8", "surrogatepass"))
    (folder / "content/notices/none.md").write_bytes(b"\xff\xfe junk")
    report = build(folder, folder / "output")
    assert len(taken) == 60
    assert report.notices > 30
    assert {found.code for found in report.diagnostics} <= {"encoding", "bad-id", "unknown-topic", "duplicate-id"}
    check(folder, output=folder / "output", day=dt.date(2025, 1, 1))


@pytest.mark.parametrize("seed", range(4))
def test_lines_of_a_content_file_in_any_order(seed):
    chance = random.Random(seed)
    taken = 0
    for _ in range(100):
        lines = DECIDED.split("\n")
        for _ in range(chance.randint(1, 6)):
            a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[a], lines[b] = lines[b], lines[a]
        taken += take("\n".join(lines))
    assert taken < 100


def read_or_refuse(read, text):
    """What `read` makes of the text; None after an error of our own, which says something."""
    try:
        return read(text)
    except ContentError as refused:
        said = refused
    assert said.diagnostics
    assert all(visible(one.message) in str(said) for one in said.diagnostics)
    return None


SETTINGS = (
    SITE_YML
    + """\
columns: {notices: 通报}
keywords: [a, b]
as_of: 2025-01-01
review_steps: [初审]
accepted:
- {code: g-frame-05, who: x, when: 2025-01-01, why: x}
page_size: 4
traditional: false
"""
)


@given(damaged(SETTINGS) | st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@MANY
@example("base_url: 'http://['\nname: x")
def test_a_damaged_site_yml(text):
    found = read_or_refuse(read_config, text)
    if found is not None:
        assert isinstance(found, Config)
        assert found.page_size > 0
        assert found.review_steps
        assert found.authority


TOPICS = """\
- id: finance
  name: 财务管理
  about: 钱款。
  words: [财务, 报销]
- id: party
  name: 党建
  about: 党的建设。
  words: [党建]
"""


@given(damaged(TOPICS) | st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@MANY
@example("\u202a")
def test_a_damaged_topics_yml(text):
    rules = read_or_refuse(read_topics, text)
    for issue in notice(1).issues if rules else ():
        assert rules.assign(issue._replace(topics=None))


def test_a_list_nested_deeply_is_told_and_no_more():
    found, problems = read_notice(f"---\n{'- ' * 500}\n---\n\n# x\n", "f.md")
    assert found is None
    assert problems
