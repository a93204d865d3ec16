"""The five first notices give what a person read in them: every field of every issue, and the facts."""

import hashlib
import json
from pathlib import Path

import pytest
import yaml

from generator.content.record import record_of
from generator.model.notice import Source
from generator.parser import parse
from generator.readers import read_document
from tests.parser.cases import _Loader, value_at

ROOT = Path(__file__).parents[1] / "fixtures" / "seeds"
SOURCES = {path.name[:3]: path for path in (ROOT.parents[2] / "content" / "sources").rglob("00*.txt")}
FACTS = yaml.load((ROOT / "facts.yml").read_text("utf-8"), Loader=_Loader)  # a SafeLoader
KEYS = sorted(FACTS)


def squeezed(text):
    return "".join(text.split()) if text is not None else None


@pytest.fixture(scope="module", params=KEYS)
def seed(request):
    path = SOURCES[request.param]
    data = path.read_bytes()
    document = read_document(data, path.name)
    notice = parse(document, Source(file=path.name, format="txt", sha256=hashlib.sha256(data).hexdigest()))
    expected = json.loads((ROOT / f"{request.param}.json").read_text("utf-8"))
    return request.param, notice, record_of(notice), expected


def test_facts(seed):
    key, _, record, expected = seed
    wrong = {p: (want, value_at(record, p)) for p, want in FACTS[key].items() if value_at(record, p) != want}
    assert not wrong
    assert record["title"] == expected["title"]


def test_issues(seed):
    _, notice, record, expected = seed
    assert [issue["id"] for issue in record["issues"]] == [issue["id"] for issue in expected["issues"]]
    for got, issue, want in zip(record["issues"], notice.issues, expected["issues"], strict=True):
        heading = squeezed(notice.body[issue.at].text)
        assert heading.rstrip("。.") == want["heading"].rstrip("。."), got["id"]
        assert [squeezed(step).rstrip("。") for step in got["path"]] == [s.rstrip("。.") for s in want["path"]], got[
            "id"
        ]
        assert squeezed(got["finding"]) == want["finding"], got["id"]
        assert squeezed(got["response"]) == want["response"], got["id"]
        assert got["status"] == want["status"], got["id"]
        assert got["deadline"] == want["deadline"], got["id"]
        assert len(got["measures"]) == want["measures"], got["id"]
        if want["status_quote"]:
            assert squeezed(got["status_quote"]) == want["status_quote"], got["id"]


def test_followups(seed):
    _, notice, record, expected = seed
    assert len(record["followups"]) == len(expected["followups"])
    for got, item, want in zip(record["followups"], notice.followups, expected["followups"], strict=True):
        assert squeezed(notice.body[item.at].text) == want["heading"]
        assert (got["id"], got["deadline"], got["refers_to"]) == (want["id"], want["deadline"], want["refers_to"])
        rows = want["rows"]
        assert squeezed(got["problem"]) == rows["存在问题:"]
        assert squeezed(got["reason"]) == rows["未完成整改原因:"]
        assert squeezed(got["next"]) == rows["下一步整改措施:"]


def test_spans_lead_to_the_words(seed):
    _, _, record, _ = seed
    text = record["text"]
    for issue in record["issues"]:
        start, end = record["spans"][f"issues.{issue['id']}.title"]
        assert squeezed(text[start:end]).startswith(squeezed(issue["title"]))
        start, end = record["spans"][f"issues.{issue['id']}.response"]
        assert squeezed(text[start:end]) == squeezed(issue["response"])
    for followup in record["followups"]:
        start, end = record["spans"][f"followups.{followup['id']}.problem"]
        assert squeezed(text[start:end]) == squeezed(followup["problem"])
