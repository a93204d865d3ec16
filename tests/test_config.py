"""site.yml: what is wrong with it is said at once, with line and remedy."""

from __future__ import annotations

import pytest

from generator.base.diagnostics import ContentError, UsageError
from generator.base.language import speak
from generator.content.config import Columns, faulty_values, load_config, missing_values, read_config

GOOD = "name: 公开\nbase_url: https://a.gov.cn/\n"


def problems(text):
    with pytest.raises(ContentError) as caught:
        read_config(text)
    return [str(found) for found in caught.value.diagnostics]


def test_a_minimal_site_gets_placeholders_for_the_rest():
    config = read_config(GOOD)
    assert (config.name, config.authority, config.page_size) == ("公开", "a.gov.cn", 50)
    assert config.columns == Columns()
    assert {found.message.split(":")[0] for found in missing_values(config, GOOD)} >= {"owner", "id_code", "icp"}


def test_no_site_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="there is no site here"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("name: x\n", "site.yml:1:1: error[missing-key]: “base_url” is missing", id="missing"),
        pytest.param("", "site.yml:1: error[missing-key]: “name” is missing", id="empty file"),
        pytest.param(GOOD + "titel: x\n", "site.yml:3:8: error[unknown-key]: unknown key “titel”", id="unknown"),
        pytest.param(GOOD + "onwer: x\n", "did you mean “owner”?", id="nearest"),
        pytest.param(GOOD + "columns: {notice: x}\n", "did you mean “notices”?", id="nearest inside"),
        pytest.param(GOOD + "traditional: maybe\n", "“maybe” is neither true nor false", id="bool"),
        pytest.param(GOOD + "page_size: 0\n", "site.yml:3:12: error[value]: page_size: a page needs", id="size"),
        pytest.param(GOOD + "as_of: 2025-11\n", "site.yml:3:8: error[bad-date]: as_of: “2025-11”", id="as_of"),
        pytest.param("name: x\nbase_url: www.a.cn\n", "site.yml:2:11: error[bad-url]", id="no scheme"),
        pytest.param("name: x\nbase_url: https://a.cn/x\n", "error[bad-url]", id="no slash at the end"),
        pytest.param("name: x\nbase_url: 'https://[a/'\n", "error[bad-url]", id="broken host"),
        pytest.param(GOOD + "owner: [a\n", "error[yaml-syntax]: not valid YAML", id="syntax"),
        pytest.param(GOOD + "owner: [a\nphone: 1\n\n", "site.yml:3:8: error[yaml-syntax]", id="open bracket"),
        pytest.param(GOOD + 'owner: "a\nphone: 1\n', "site.yml:3:8: error[yaml-syntax]", id="open quote"),
        pytest.param(GOOD + "owner: 'a\nphone: 1\n# b\n", "site.yml:3:8: error[yaml-syntax]", id="open single quote"),
        pytest.param(GOOD + "\towner: a\n", "error[yaml-syntax]", id="tab"),
        pytest.param("- a\n", "expected keys", id="a list"),
        pytest.param(GOOD + "review_steps: [初审，复审]\n", "site.yml:3:15: error[value]", id="full-width comma"),
        pytest.param(GOOD + "why: |\n  a：b\n\n  c\n'x\n", "not valid YAML", id="full-width colon in a text"),
    ],
)
def test_every_fault_has_its_place(text, said):
    assert said in "\n".join(problems(text))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("owner：X\n", 1, "冒号要用半角‘:’，后面空一格"),
        (GOOD + "owner：X\n", 3, "冒号要用半角‘:’，后面空一格"),
        (GOOD + "\nowner：X\n# note\n\nphone: 1\n", 4, "冒号要用半角‘:’，后面空一格"),
        (GOOD + "columns:\n  home：X\n  data: Y\n", 4, "冒号要用半角‘:’，后面空一格"),
        (GOOD + "owner:X\n", 3, "冒号后面要空一格"),
        (GOOD + "owner: “a: b”\n", 3, "值两边的引号要用半角的 \" 或 '"),
        (GOOD + "keywords:\n－ a\n", 4, "列表的横线要用半角‘-’，后面空一格"),
    ],
)
def test_signs_of_a_chinese_input_method(text, line, said):
    speak("zh")
    try:
        assert problems(text)[0].startswith(f"site.yml:{line}:")
        assert f"第{line}行：{said}\n" in problems(text)[0] + "\n"
    finally:
        speak("en")


def test_all_faults_are_said_at_once():
    assert len(problems("nam: x\nbase_url: y\npage_size: many\ntraditional: 3\n")) == 5


def test_a_broken_file_says_one_thing_and_not_what_follows_from_it():
    assert len(problems("name: [x\n")) == 1


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("id_code", ("12345", "bm1234567", "无", "３５０６２６０００１"), ("bm12345678", "3506260001")),
        ("postcode", ("36260", "暂无", "3626000"), ("362600", "053000")),
        ("icp", ("无", "闽ICP备", "12345678"), ("闽ICP备05012345号", "京ICP备12345678号-1")),
        ("police", ("无", "公安备案"), ("京公网安备11010502000001号", "京公网安备 11010502000001号")),
        ("phone", ("无", "电话"), ("0596-5835406", "（0596）5835406", "12345", "0596-5835406转8001")),
        ("domain", ("https://www.a.gov.cn/", "无"), ("www.a.gov.cn", "政务.公益")),
        ("conac", ("无",), ("CA110105000000000000000", "0123456789ABCDEF0123456789ABCDEF")),
    ],
)
def test_a_value_that_cannot_be_one_is_told_with_its_line(name, wrong, right):
    for value in wrong:
        text = f"{GOOD}{name}: '{value}'\n"
        (found,) = faulty_values(read_config(text), text)
        assert (found.code, found.line) == ("site-value", 3)
        assert found.message == f"{name}: “{value}” is not what belongs here"
    for value in right:
        text = f"{GOOD}{name}: '{value}'\n"
        assert faulty_values(read_config(text), text) == []


def test_a_placeholder_is_told_with_its_line():
    text = GOOD + "owner: 〔主办单位名称〕\n"
    lines = {str(found).partition(":")[2].partition(":")[0] for found in missing_values(read_config(text), text)}
    assert "3" in lines
