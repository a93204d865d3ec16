"""三审: each signs for the words that the page showed; what was changed since is told field by field."""

from __future__ import annotations

import base64
import hashlib
import html
import re

import pytest

from generator.base.dates import PartialDate
from generator.content.notice_file import read_notice, write_notice
from generator.content.review import fingerprint
from generator.desk.reviewing import sign_rows
from generator.desk.summary import rules_of
from generator.editorial.signing import sign
from generator.model.decisions import Review
from tests.desk.test_board import WORDS, upload
from tests.desk.tools import ask, post, running
from tests.samples import make_site, notice

STEPS = ("初审", "复审", "终审")


@pytest.fixture
def desk(tmp_path):
    with running(make_site(tmp_path / "site", []), who="陈某") as found:
        upload(found, ("水务局.txt", WORDS.encode()))
        yield found


@pytest.fixture
def path(desk):
    (found,) = (desk.site / "content/notices").rglob("*.md")
    return found


def form(desk, path):
    """The hidden fields of the first signing form of the page."""
    text = ask(desk, path=f"n/{path.stem}/review").text
    found = re.search(r'<form method="post" action="[^"]*/sign".*?</form>', text, re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[0])) if found else {}


def signed(desk, path, who, more=None):
    return post(desk, f"n/{path.stem}/sign", form(desk, path) | {"name": who} | (more or {}))


def now(path):
    return read_notice(path.read_text("utf-8"))[0]


def test_three_people_sign_and_the_notice_is_reviewed(desk, path):
    before = path.read_text("utf-8").split("\n")
    for name in ("陈某", "周某", "郑某"):
        assert signed(desk, path, name).status == 303
    assert [(one.step, one.name) for one in now(path).reviews] == list(
        zip(STEPS, ("陈某", "周某", "郑某"), strict=True)
    )
    assert now(path).review == "reviewed"
    assert all(one.words == fingerprint(now(path)) for one in now(path).reviews)
    kept = [line for line in before if line in path.read_text("utf-8").split("\n")]
    assert [line for line in before if line not in kept] == ["review: draft"]
    text = ask(desk, path=f"n/{path.stem}/review").text
    assert "三审已签齐" in text
    assert not form(desk, path)
    assert list((desk.site / "content/journal" / path.stem).glob("*.md"))


REFUSED = {
    "nobody": ({"name": "  "}, 422),
    "another step first": ({"step": "终审"}, 422),
    "no such step": ({"step": "四审"}, 422),
    "no version": ({"version": ""}, 428),
    "another version": ({"version": "0" * 64}, 409),
    "no csrf": ({"csrf": ""}, 403),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not_be_signed_is_not_signed(desk, path, name):
    more, status = REFUSED[name]
    before = path.read_bytes()
    answer = signed(desk, path, "周某", more)
    assert answer.status == status
    assert path.read_bytes() == before
    assert "Traceback" not in answer.text
    assert "disclose" not in html.unescape(re.sub("<[^>]+>", "", answer.text))


def test_one_name_signs_one_step(desk, path):
    assert signed(desk, path, "陈某").status == 303
    before = path.read_bytes()
    assert signed(desk, path, "陈某").status == 422
    assert path.read_bytes() == before


def test_a_double_click_signs_once(desk, path):
    fields = form(desk, path) | {"name": "陈某"}
    assert [post(desk, f"n/{path.stem}/sign", fields).status for _ in range(2)] == [303, 303]
    assert len(now(path).reviews) == 1


def test_a_change_voids_the_signature_and_is_told_field_by_field(desk, path):
    signed(desk, path, "陈某")
    path.write_text(path.read_text("utf-8").replace("0596-1234567", "0596-7654321"), encoding="utf-8")
    text = html.unescape(re.sub(r"<[^>]+>", "", ask(desk, path=f"n/{path.stem}/review").text))
    assert "签后有改动，签名作废" in text
    assert "0596-1234567" in text
    assert "0596-7654321" in text
    assert signed(desk, path, "陈某").status == 303
    assert "没有改动一个字" in ask(desk, path=f"n/{path.stem}/review").text


def test_each_sees_what_was_changed_since_that_step_was_signed_and_not_since_another(desk, path):
    for name in ("陈某", "周某", "郑某"):
        signed(desk, path, name)
    path.write_text(path.read_text("utf-8").replace("0596-1234567", "0596-7654321"), encoding="utf-8")
    for name, step in (("陈某", "初审"), ("周某", "复审"), ("郑某", "终审")):
        text = html.unescape(re.sub(r"<[^>]+>", "", ask(desk, path=f"n/{path.stem}/review").text))
        assert f"与{step}上次签的比" in text
        assert "0596-1234567" in text
        assert signed(desk, path, name).status == 303
    assert "没有改动一个字" in ask(desk, path=f"n/{path.stem}/review").text


@pytest.mark.parametrize(
    ("against", "said"), [("import", "没有改动一个字"), ("live", "还没有设置发布到哪里"), ("x", "还没有签过")]
)
def test_it_is_compared_with_what_is_asked_for(desk, path, against, said):
    ask(desk)
    assert said in ask(desk, path=f"n/{path.stem}/review?against={against}").text


def test_the_slip_is_a_page_of_its_own_with_its_own_style_alone(desk, path):
    answer = ask(desk, path=f"n/{path.stem}/slip")
    policy = answer.headers["Content-Security-Policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert fingerprint(now(path))[:8] in answer.text


def scan(desk, path, name, data):
    line = "=-="
    body = (
        (
            f'--{line}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{desk.local.csrf}\r\n'
            f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        ).encode()
        + data
        + f"\r\n--{line}--\r\n".encode()
    )
    return ask(
        desk, "POST", f"n/{path.stem}/scan", body, Origin="http://127.0.0.1:PORT",
        Content_Type=f"multipart/form-data; boundary={line}",
    )  # fmt: skip


def test_a_scan_is_kept_and_comes_back_as_a_download(desk, path):
    data = b"%PDF-1.4 " + b"x" * (5 << 20)
    assert scan(desk, path, "送审单.PDF", data).status == 303
    (kept,) = (desk.site / "content/journal" / path.stem).glob("signed-*")
    assert kept.name in ask(desk, path=f"n/{path.stem}/review").text
    answer = ask(desk, path=f"n/{path.stem}/scan/{kept.name}")
    assert answer.body == data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "data"), [("x.pdf", b"MZ"), ("x.html", b"<script>"), ("../../x", b"%PDF"), ("", b"%PDF")]
)
def test_what_is_no_scan_is_not_kept(desk, path, name, data):
    assert scan(desk, path, name, data).status == 422
    assert not list((desk.site / "content/journal" / path.stem).glob("signed-*"))


def test_no_other_file_is_sent(desk, path):
    for name in ("imported", "../../../site.yml", "%2e%2e/x", "signed-x.pdf"):
        assert ask(desk, path=f"n/{path.stem}/scan/{name}").status == 404


def test_a_broken_file_is_told_with_its_line(desk, path):
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    answer = ask(desk, path=f"n/{path.stem}/review")
    assert answer.status == 200
    assert "读不懂" in answer.text
    assert ask(desk, path=f"n/{path.stem}/slip").status == 422
    assert ask(desk, path="n/none/review").status == 404


def test_who_may_sign_next_is_suggested_where_nobody_else_must(tmp_path):
    config = rules_of(make_site(tmp_path / "s", [])).config
    one = notice(1)
    assert [(row.state, row.suggested) for row in sign_rows(one, config, "陈某")] == [
        ("next", "陈某"), ("waits", "陈某"), ("waits", "陈某"),
    ]  # fmt: skip
    by = Review(step="初审", name="陈某", date=PartialDate.parse("2025-01-02"), words=fingerprint(one))
    assert [(row.state, row.suggested) for row in sign_rows(sign(one, config, by), config, "陈某")] == [
        ("ok", ""), ("next", ""), ("waits", ""),
    ]  # fmt: skip


def test_a_doubt_about_signatures_is_told_here_and_is_none_about_the_notice(desk, path):
    """Days in another order than the steps: nothing is left at 校对, and 三审 says it."""
    first, config = now(path), rules_of(desk.site).config
    for step, day in zip(STEPS, ("2025-12-03", "2025-12-02", "2025-12-04"), strict=True):
        review = Review(step=step, name=f"{step}人", date=PartialDate.parse(day), words=fingerprint(first))
        first = sign(first, config, review)
    path.write_text(write_notice(first), "utf-8")
    assert desk.overview.of(path.stem).open == 0
    assert "还有 <b data-left>0</b> 处" in ask(desk, path=f"n/{path.stem}/proof").text
    assert "复审签于2025-12-02" in re.sub(r"\s", "", ask(desk, path=f"n/{path.stem}/review").text)
