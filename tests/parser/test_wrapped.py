"""A notice whose lines were wrapped at a width is read as the one whose paragraphs stand a line each."""

from pathlib import Path

import pytest

from generator.content.record import record_of
from generator.parser import parse
from generator.readers import read_document
from tests.parser.support import SOURCE

SOURCES = sorted((Path(__file__).parents[2] / "content" / "sources").rglob("*.txt"))
FACTS = ("label", "title", "finding", "response", "measures", "status", "deadline")


@pytest.mark.parametrize("width", [34, 40, 46])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem[:3])
def test_wrapped_with_indents(path, width):
    assert facts_of(wrapped(path, width, "　　")) == facts_of(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem[:3])
def test_wrapped_without_indents(path):
    found, plain = facts_of(wrapped(path, 40, "")), facts_of(path.read_text("utf-8"))
    assert found["issues"] == plain["issues"]
    assert found["contact"] == plain["contact"]


def wrapped(path, width, indent):
    lines = [indent + line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    return "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width))


def facts_of(text):
    record = record_of(parse(read_document(text.encode(), "x.txt"), SOURCE))
    issues = [[squeezed(issue[fact]) for fact in FACTS] for issue in record["issues"]]
    return {
        "issues": issues,
        "followups": [squeezed(followup) for followup in record["followups"]],
        **{key: record[key] for key in ("unit", "published", "contact", "stated", "accountability")},
    }


def squeezed(value):
    return "".join(str(value).split())


@pytest.mark.parametrize("width", range(24, 42))
def test_wrapped_before_what_looks_like_a_beginning(width):
    text = """• 名    称：中共明溪县住房和城乡建设局党组关于巡察整改情况的通报
中共明溪县住房和城乡建设局党组关于巡察整改情况的通报
根据县委统一部署，2024年3月25日至4月19日，县委第四巡察组对县住房和城乡建设局党组开展了巡察。5月24日反馈了意见。现将整改情况予以公布。
一、反馈问题整改情况
（一）关于小作坊监管缺位的问题
整改情况：一是开展专项整治，由分管领导牵头，每周调度一次进展情况。二是对抽检不合格的全部立案核查。目前该问题已整改到位。
（二）关于餐饮单位检查不严的问题
整改情况：一是接入餐饮单位419家，由分管领导牵头，每周调度一次进展情况。二是公开监督电话，接受群众监督。
下一步，县局党组将坚持以人民健康为中心，持续抓好后续整改，推动高质量发展。
联系电话：0598-2856123；电子邮箱：mxzj@163.com。
中共明溪县住房和城乡建设局党组    2024年9月13日
"""
    lines = text.split("\n")
    cut = "\n".join(line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width))
    found, plain = facts_of(cut), facts_of(text)
    assert (found["issues"], found["published"]) == (plain["issues"], plain["published"])


_ONE_LINE = (
    "中共某县水利局党组关于巡察整改进展情况的通报 根据县委统一部署，2024年3月至5月，县委第一巡察组对县水利局党组"
    "进行了巡察，7月反馈了意见。现将整改进展情况予以公布。一、党的建设方面 {0}{2}理论学习不深入，2023年只学了两次。"
    "整改情况：修订学习制度，开展集中学习12次。已完成整改。 {1}{2}组织生活不规范，会议记录不全。"
    "整改情况：补齐记录，开展培训3次。正在整改。 二、资金管理方面 {0}{2}报销手续不全，部分票据没有经办人签字。"
    "整改情况：补齐签字，收回2.3万元。已完成整改。 {1}{2}采购程序不到位，未进行比价。"
    "整改情况：修订采购办法，开展自查。已完成整改。 欢迎广大干部群众提出意见。联系电话：0596-5551234。"
)


@pytest.mark.parametrize("label", ["存在问题：", "问题描述：", " 存在问题：", "存在问题: "])
@pytest.mark.parametrize(
    "numbers", [("1.", "2."), ("1）", "2）"), ("（1）", "（2）"), ("①", "②"), ("（一）", "（二）")]
)
def test_a_label_behind_a_number_stays_with_it_in_a_notice_on_one_line(numbers, label):
    issues = facts_of(_ONE_LINE.format(*numbers, label))["issues"]
    titles = [
        "理论学习不深入，2023年只学了两次",
        "组织生活不规范，会议记录不全",
        "报销手续不全，部分票据没有经办人签字",
    ]
    assert [one[1] for one in issues] == [*titles, "采购程序不到位，未进行比价"]
    assert [one[0].startswith(number) for one, number in zip(issues, numbers * 2, strict=True)] == [True] * 4
    assert [one[5] for one in issues] == ["done", "ongoing", "done", "done"]
