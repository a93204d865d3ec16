"""Set phrases: what is nearly right is found, what is right is not, and a hit waits for somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.diagnostics import ContentError
from generator.base.files import notice_files
from generator.base.layout import PHRASES
from generator.base.shipped import shipped
from generator.cli import main
from generator.content.phrases import read_phrases
from tests.release.support import clean, disclose, ready_site
from tests.samples import put_notice

TABLE = read_phrases(shipped(PHRASES).read_text("utf-8"))
FIXED = [row.text for row in TABLE.fixed]


def found(text):
    return [span.of(text) for span, _ in TABLE.faults(text)]


@pytest.mark.parametrize("phrase", FIXED)
def test_a_phrase_with_one_fault_inside_is_found(phrase):
    for at in range(1, len(phrase) - 1):
        for wrong in (phrase[:at] + "某" + phrase[at + 1 :], phrase[:at] + phrase[at + 1 :]):
            assert wrong in found(f"坚持以{wrong}为指导，"), wrong
        assert phrase[:at] + "某" + phrase[at:] in found(phrase[:at] + "某" + phrase[at:])


def test_two_characters_left_out_of_a_long_phrase_are_found():
    assert found("以习近平新时代特色社会主义思想为指导") == ["习近平新时代特色社会主义思想"]


@given(st.lists(st.sampled_from([*FIXED, "的", "、", "学习", "深入", "和", "精神"]), max_size=12))
def test_what_is_right_is_left_alone(parts):
    assert found("".join(parts)) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("深入学习近平同志", ["学习近平"]),
        ("认真学习习近平总书记重要讲话精神", []),
        ("走中国特色的社会主义道路", []),
        ("时任某省省委书记", ["省省委书记"]),
        ("中共某省委书记", []),
        ("中华人民共和国国家", []),
    ],
)
def test_real_sentences(text, wrong):
    assert found(text) == wrong


def test_no_notice_of_the_sample_has_one():
    files = notice_files(shipped(PHRASES).parent.parent)
    assert len(files) == 5
    assert [found(path.read_text("utf-8")) for path in files] == [[]] * 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fixed:\n- {text: 党员, source: x}\n", "phrases.yml:2: error[short-phrase]: “党员” is too short"),
        ("fixed:\n- {text: 中国特色社会主义}\n", "source"),
        ("fixed: 3\n", "error[type]"),
        ("wrong: []\n", "wrong"),
    ],
)
def test_a_table_with_a_fault_is_told(text, said):
    with pytest.raises(ContentError) as caught:
        read_phrases(text)
    assert said in str(caught.value)


def test_a_notice_with_a_hit_waits_until_somebody_accepts_it(tmp_path):
    site, www = ready_site(tmp_path / "site"), tmp_path / "www"
    path = put_notice(site, clean(1, words=("已修订", "按前苏联办法修订")))
    shown = www / "current" / "notices" / path.stem / "index.html"
    done = disclose("--site", site, "publish", www)
    assert f"waits      某局党组关于巡察整改进展情况的通报  {path.stem}: “前苏联” 应为“苏联”" in done.stdout
    assert not shown.exists()
    accepted = "accepted:\n- {code: phrase, quote: 前苏联, who: 某人, when: 2025-11-01, why: 历史文件名}\n"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\n" + accepted, 1), "utf-8")
    assert disclose("--site", site, "publish", www).returncode == 0
    assert "前苏联" in shown.read_text("utf-8")


def test_a_site_may_have_its_own(tmp_path):
    site = ready_site(tmp_path / "site")
    (site / PHRASES).write_text("unfit:\n- {text: 已修订, instead: 已经修订, source: 本单位}\n", "utf-8")
    assert main(["--site", str(site), "check"]) == 1
    (site / PHRASES).write_text("", "utf-8")
    put_notice(site, replace(clean(1), anomalies=()))
    assert main(["--site", str(site), "build"]) == 0
    assert main(["--site", str(site), "check"]) == 0
