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
