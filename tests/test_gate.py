"""What stands in the way of a release, and how it gets out of it."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from generator.base.diagnostics import Severity
from generator.build.driver import build
from generator.build.preview import Preview
from generator.cli import main
from generator.content.review import faults, fingerprint
from generator.editorial.acceptance import NEVER
from generator.editorial.gate import blocking
from generator.model.decisions import Acceptance, Review, Withdrawal
from generator.model.notice import PartialDate, Passage
from tests.samples import make_site, notice, put_notice

STEPS = ("初审", "终审")
DAY = PartialDate.parse("2025-12-01")
REAL = """\
owner: 某市巡察办
operator: 某市信息中心
phone: 010-12345678
address: 某路1号
postcode: '100020'
domain: www.moushi.gov.cn
id_code: '1101050001'
icp: 京ICP备00000001号
police: 京公网安备11010502000001号
conac: 0123456789ABCDEF0123456789ABCDEF
review_steps: [初审, 终审]
"""


def signed(item, steps=STEPS, **more):
    words = fingerprint(item)
    reviews = tuple(Review(step=step, name="某甲", date=DAY, words=words) for step in steps)
    return replace(item, review="reviewed", reviews=reviews, **more)


def clean(**more):
    return notice(1, anomalies=(), stated=notice(1).stated.__class__(), **more)


def real_site(folder, notices):
    make_site(folder, notices)
    (folder / "site.yml").write_text("name: 测试公开\nbase_url: https://www.moushi.gov.cn/\n" + REAL, encoding="utf-8")
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    return folder


def codes(folder):
    return [said.code for said in blocking(folder, folder / "output")]


def test_a_reviewed_notice_on_a_real_site_may_be_published(tmp_path):
    assert blocking(real_site(tmp_path, [signed(clean())]), tmp_path / "output") == []


def test_what_no_build_made_may_not_be_published(tmp_path):
    folder = real_site(tmp_path, [signed(clean())])
    assert [said.code for said in blocking(folder, folder / "elsewhere")] == ["not-built"]


def test_a_site_built_before_a_change_is_told_and_may_be_built_again(tmp_path, capsys):
    folder = real_site(tmp_path, [signed(clean())])

    def told():
        main(["--site", str(folder), "check"])
        return [line for line in capsys.readouterr().out.splitlines() if "output-outdated" in line]

    time.sleep(0.1)  # a file that changed a moment ago is not sure to be the one that was read
    build(folder, folder / "output")
    assert told() == []
    page = next((folder / "content").rglob("*.md"))
    page.write_bytes(page.read_bytes() + b"\n")
    time.sleep(0.1)
    said = f"built before {page.relative_to(folder).as_posix()} changed: what is said of it here may be fixed already"
    assert told() == [f"{folder}/output: note[output-outdated]: {said}"]
    build(folder, folder / "output")
    assert told() == []


def test_placeholders_may_not_be_published(tmp_path):
    folder = real_site(tmp_path, [signed(clean())])
    site_yml = folder / "site.yml"
    site_yml.write_text(site_yml.read_text("utf-8").replace("某市巡察办", "〔主办单位名称〕"), encoding="utf-8")
    assert "placeholder" in codes(folder)


@pytest.mark.parametrize(
    ("item", "found"),
    [
        (clean(), ["draft"]),
        (replace(signed(clean()), review="draft"), ["draft"]),
        (signed(clean(), steps=("初审",)), ["review-missing"]),
        (replace(signed(clean()), title="改过的标题"), ["review-void"]),
        (replace(signed(clean()), body=(*clean().body, Passage(words="补一句。"))), ["review-void"]),
        (replace(signed(clean()), published=None), ["review-void"]),
        (replace(signed(clean()), anomalies=notice(1).anomalies), []),
        (replace(clean(), withdrawn=Withdrawal(date=DAY, why="应单位要求")), []),
        (signed(clean()), []),
    ],
    ids=["draft", "draft-again", "step", "title", "words", "date", "doubts", "withdrawn", "reviewed"],
)
def test_a_review_holds_for_the_words_and_facts_that_were_signed(item, found):
    assert [code for code, _, _ in faults(item, STEPS)] == found


@pytest.mark.parametrize(
    ("item", "step"),
    [
        (clean(), "初审"),
        (replace(signed(clean(), steps=("初审",)), review="draft"), "终审"),
        (signed(clean(), steps=("初审",)), "终审"),
        (replace(signed(clean()), title="改过的标题"), "初审"),
    ],
    ids=["draft", "half-signed", "step", "title"],
)
def test_what_to_type_names_the_step_that_is_next(item, step):
    _, _, hint = next(faults(item, STEPS))
    assert f"disclose review {item.id} --step {step} --name NAME." in hint


def accept(code, quote=None):
    return Acceptance(code=code, who="某乙", when=DAY, why="是公共建筑", quote=quote)


def with_address(**more):
    body = (*clean().body[:8], Passage(words="占用丰泽新村45栋。", role="finding"), *clean().body[8:])
    return clean(passages=body, **more)


@pytest.mark.parametrize(
    ("accepted", "found"),
    [
        ((), ["personal-address"]),
        ((accept("personal-address", "45栋"),), []),
        ((accept("personal-address"),), []),
        ((accept("personal-address", "46栋"),), ["personal-address"]),
        ((accept("personal-id", "45栋"),), ["personal-address"]),
    ],
    ids=["open", "accepted", "every", "other-words", "other-code"],
)
def test_a_finding_blocks_until_somebody_answers_for_it(tmp_path, accepted, found):
    assert codes(real_site(tmp_path, [signed(with_address(accepted=accepted))])) == found


def test_an_acceptance_is_told_with_who_when_and_why(tmp_path, capsys):
    folder = real_site(tmp_path, [signed(with_address(accepted=(accept("personal-address", "45栋"),)))])
    assert main(["check", "--site", str(folder)]) == 0
    assert "accepted by 某乙, 2025-12-01: 是公共建筑" in capsys.readouterr().out
    main(["check", "--site", str(folder), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [one["accepted"]["who"] for one in told if one["code"] == "personal-address"] == ["某乙"]
    assert {one["accepted"] for one in told if one["code"] != "personal-address"} <= {None}


def test_an_acceptance_that_accepts_nothing_is_told(tmp_path, capsys):
    folder = real_site(tmp_path, [signed(clean(accepted=(accept("personal-address", "45栋"),)))])
    assert main(["check", "--site", str(folder)]) == 0
    assert "warning[acceptance-idle]: accepted: personal-address “45栋”" in capsys.readouterr().out


@pytest.mark.parametrize("code", sorted(NEVER))
def test_nobody_can_accept_a_draft_or_a_leak(tmp_path, code):
    folder = real_site(tmp_path, [replace(clean(accepted=(accept(code),)))])
    assert codes(folder) == ["acceptance-refused", "draft"]


def test_a_finding_about_the_built_site_is_accepted_in_site_yml(tmp_path):
    folder = real_site(tmp_path, [signed(clean())])
    page = folder / "templates/404.html"
    page.parent.mkdir()
    page.write_text('{% extends "base.html" %}{% block main %}<h1>没有</h1><p onclick="x">…</p>{% endblock %}', "utf-8")
    build(folder, folder / "output")
    assert codes(folder) == ["g-sec-03"]
    with (folder / "site.yml").open("a", encoding="utf-8") as out:
        out.write("accepted:\n- {code: g-sec-03, who: 某乙, when: 2025-12-01, why: 试}\n")
    assert codes(folder) == []


def test_an_editors_mending_takes_a_doubt_away(tmp_path):
    address = replace(with_address(), anomalies=notice(1).anomalies[:0])
    put_notice(make_site(tmp_path, []), signed(address))
    assert "personal-address" in codes(real_site(tmp_path, [signed(with_address())]))
    assert "personal-address" not in codes(real_site(tmp_path, [signed(clean())]))
    assert all(said.severity is Severity.ERROR for said in blocking(tmp_path, tmp_path / "output"))


def test_a_preview_marks_drafts_and_a_build_does_not(tmp_path):
    folder = real_site(tmp_path / "site", [clean()])
    path = f"notices/{clean().id}/index.html"
    preview = Preview(folder, tmp_path / "preview", lambda _: None)
    preview.begin()()
    assert "待审稿" in preview.data(path).decode()
    assert "待审稿" not in (folder / "output" / path).read_text("utf-8")
    put_notice(folder, signed(clean()))
    preview.change([folder / "content/notices/2024" / f"{clean().id}.md"])
    assert "待审稿" not in preview.data(path).decode()
