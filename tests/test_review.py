"""`disclose review`: signatures are written into the file that the editor wrote, and into no other line of it."""

from __future__ import annotations

import pytest

from generator.base.structure import replace_keys
from generator.cli import main
from generator.content.notice_file import read_notice
from generator.content.review import faults
from tests.samples import make_site, notice, put_notice

STEPS = ("初审", "复审", "终审")


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path, [notice(1)])


def sign(site, step, *more):
    return main(["review", notice(1).id, "--site", str(site), "--step", step, "--name", "某甲", *more])


def item(site):
    return read_notice(next(site.rglob("content/notices/*/*.md")).read_text("utf-8"))[0]


def test_a_notice_is_reviewed_when_every_step_is_signed(site, capsys):
    for step in STEPS:
        assert item(site).review == "draft"
        assert sign(site, step, "--date", "2025-12-01") == 0
    assert [(one.step, one.name, one.date.iso) for one in item(site).reviews] == [
        (step, "某甲", "2025-12-01") for step in STEPS
    ]
    assert (item(site).review, list(faults(item(site), STEPS))) == ("reviewed", [])
    assert capsys.readouterr().out.splitlines()[1].endswith("复审 某甲 2025-12-01; waits for 终审")


def test_signing_again_after_a_change_leaves_the_other_steps_void(site):
    for step in STEPS:
        sign(site, step)
    path = next(site.rglob("content/notices/*/*.md"))
    path.write_text(path.read_text("utf-8").replace("长期坚持。", "长期坚持下去。"), encoding="utf-8")
    sign(site, "初审")
    assert (item(site).review, [one.step for one in item(site).reviews]) == ("draft", ["初审"])


def test_every_other_line_stays_as_it_was(site):
    path = put_notice(site, notice(1))
    before = path.read_text("utf-8").replace("published:", "# 日期见落款\npublished:  ")
    path.write_text(before, encoding="utf-8")
    sign(site, "初审")
    sign(site, "复审")
    after = path.read_text("utf-8")
    start, stop = after.index("reviews:"), after.index("\n---\n") + 1
    assert after[:start] + after[stop:] == before


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("---\na: 1\n---\nx", "---\na: 1\nk: 2\n---\nx"),
        ("---\nk: 1\n# of b\nb: 3\n---\nx", "---\nk: 2\n# of b\nb: 3\n---\nx"),
        ("---\nk:\n- 1\n- 2\nb: 3\n---\n---\n", "---\nk: 2\nb: 3\n---\n---\n"),
        ("\ufeff---\r\nk: [1,\r\n 2]\r\n---\r\n", "---\nk: 2\n---\n"),
    ],
    ids=["new", "comment", "list", "windows"],
)
def test_lines_of_a_key_are_replaced(text, after):
    assert replace_keys(text, {"k": "k: 2\n"}) == after


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--step", "初申", "--name", "某甲"], "--step: no step “初申”"),
        (["--step", "初审", "--name", " "], "--name: somebody must answer"),
        (["--step", "初审", "--name", "某甲", "--date", "2025-13"], "argument --date"),
    ],
)
def test_a_wrong_signature_is_refused(site, capsys, arguments, said):
    assert main(["review", notice(1).id, "--site", str(site), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert main(["review", "nobody", "--site", str(site), "--step", "初审", "--name", "某甲"]) == 2
