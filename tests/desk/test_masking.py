"""遮盖: suggestions, masks, and the proof that what is hidden stands nowhere. The persons are invented."""

from __future__ import annotations

import dataclasses
import json

import pytest

from generator.content.notice_file import read_notice
from generator.desk import leak_proof
from generator.desk.acts import AddMask
from generator.desk.journal import hash_of
from generator.desk.mask_view import KINDS
from generator.desk.rows import row_of
from generator.model.notice import Passage
from generator.model.personal_rules import ROWS
from tests.desk.tools import ask, post, running
from tests.samples import make_site
from tests.samples import notice as sample

CARD, PHONE, NAME = "11010519491231002X", "13800138000", "王小明"
WORDS = f"对患者{NAME}（身份证号 {CARD}，电话 １３８-0013 8000）反映的退费问题，已退还。{NAME}签字确认。"


def item():
    body = list(sample().body)
    body[8] = Passage(words=WORDS, label="整改情况：", role="response")
    return dataclasses.replace(sample(), body=tuple(body), evidence=(), anomalies=())


@pytest.fixture
def desk(tmp_path):
    with running(make_site(tmp_path / "site", [item()]), who="陈某") as found:
        yield found


def file_of(desk):
    [path] = (desk.site / "content/notices").rglob("*.md")
    return path


def do(desk, act, **more):
    [(name, values)] = row_of(act).items()
    fields = values | {"act": name, "version": hash_of(file_of(desk).read_bytes()), "page": "mask"} | more
    return post(desk, f"n/{file_of(desk).stem}/do", fields, script=True)


def test_what_may_have_to_be_hidden_is_suggested_with_how_it_would_look(desk):
    page = ask(desk, path=f"n/{file_of(desk).stem}/mask").text
    assert "遮盖，显示为 11*************02X" in page
    assert f'<span class="sug" data-d="1">{CARD}</span>' in page or f">{CARD}</span>" in page
    assert "处理了才能发布" in page


def test_a_suggestion_is_taken_and_the_page_shows_the_label(desk):
    notice_id = file_of(desk).stem
    choice = {"AddMask": {"kind": "$kind", "why": "$why", "value": CARD}}
    fields = {"act": "Settle", "go": "take", "choice": json.dumps(choice), "kind": "id-card", "why": "患者个人信息"}
    fields |= {"version": hash_of(file_of(desk).read_bytes()), "page": "mask"}
    answer = post(desk, f"n/{notice_id}/do", fields, script=True)
    assert answer.status == 200, answer.text
    assert 'id="seenin"' in answer.text
    [mask] = read_notice(file_of(desk).read_text("utf-8"))[0].masks
    assert (mask.kind, mask.value, mask.why) == ("id-card", CARD, "患者个人信息")
    assert 'aria-label="已遮盖：11*************02X"' in answer.text


def test_what_may_be_seen_is_accepted_with_a_reason(desk):
    page = ask(desk, path=f"n/{file_of(desk).stem}/mask").text
    assert "可以公开，照登" in page


def test_the_proof_counts_no_place_in_any_kind_of_file(desk):
    for act in (AddMask("id-card", "患者", CARD), AddMask("mobile", "患者", PHONE), AddMask("person", "患者", NAME)):
        assert do(desk, act).status == 200
    answer = ask(desk, path=f"n/{file_of(desk).stem}/leaks", X_Desk="1")
    assert answer.status == 200
    assert "证明：原字不在任何公开文件里" in answer.text
    assert CARD not in answer.text
    assert answer.text.count('<td class="ok">0</td>') >= 15


def test_a_leak_is_told_with_its_file(desk, monkeypatch):
    """The label of one mask shows what another hides: nothing but the search finds that."""
    assert do(desk, AddMask("person", "患者", NAME)).status == 200
    (desk.site / "content/pages").mkdir(parents=True, exist_ok=True)
    (desk.site / "content/pages/about.md").write_text(f"---\ntitle: 关于\n---\n\n{NAME}\n", "utf-8")
    path = file_of(desk)
    proof = leak_proof.prove(desk.site, path, read_notice(path.read_text("utf-8"))[0])
    assert not proof.is_clean
    assert any("pages/about" in row.where for row in proof.rows)


def test_without_masks_nothing_is_built(desk, monkeypatch):
    monkeypatch.setattr(leak_proof, "build", None)
    path = file_of(desk)
    assert leak_proof.prove(desk.site, path, read_notice(path.read_text("utf-8"))[0]).is_clean


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (AddMask("person", "x", "不在这里的人"), "找不到"),
        (AddMask("person", "x", "王"), "太短"),
        (AddMask("person", " ", NAME), "请写理由"),
        (AddMask("other", "x", NAME, f"某{NAME}"), "露出"),
    ],
)
def test_a_mask_that_hides_nothing_or_shows_all_is_refused(desk, act, said):
    answer = do(desk, act)
    assert (answer.status, said in answer.text) == (422, True), answer.text


def test_every_kind_has_a_name():
    assert {row.kind for row in ROWS} <= {kind for kind, _ in KINDS}


PERSON = "刘东伟"
FORMS = {
    PERSON: ("刘东伟", "刘 东 伟", "劉東偉", "刘\u200b东伟", "**刘**东*伟*", "&#21016;东伟"),
    CARD: (
        CARD,
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "110105-19491231-002X",
        "**110105**19491231002X",
    ),
    PHONE: (PHONE, "１３８ ００１３ ８０００", "138-0013-8000", "（138）0013 8000", "一三八〇〇一三八〇〇〇"),
}
"""Values, and how each may stand in a page that somebody writes: in every width and script, apart, between marks."""


def test_a_value_that_leaks_on_purpose_is_found_in_every_width_and_script(tmp_path):
    body = [one._replace(words=one.words.replace(NAME, PERSON)) for one in item().body]
    site = make_site(tmp_path / "site", [dataclasses.replace(item(), body=tuple(body))])
    pages = site / "content/pages"
    pages.mkdir(parents=True)
    for number, forms in enumerate(FORMS.values()):
        for n, form in enumerate(forms):
            (pages / f"p{number}-{n}.md").write_text(f"---\ntitle: 关于\n---\n\n详见{form}。\n", "utf-8")
    with running(site, who="陈某") as desk:
        for kind, value in (("person", PERSON), ("id-card", CARD), ("mobile", PHONE)):
            assert do(desk, AddMask(kind, "患者", value)).status == 200
        notice_id = file_of(desk).stem
        text = ask(desk, path=f"n/{notice_id}/leaks", X_Desk="1").text
        assert "原字还在公开文件里，不能发布" in text
        path = file_of(desk)
        proof = leak_proof.prove(site, path, read_notice(path.read_text("utf-8"))[0])
    assert [row.counts[0] for row in proof.rows if row.where] == [len(forms) for forms in FORMS.values()]
