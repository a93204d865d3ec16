"""校对 by its addresses: the page, the acts, what is answered when it cannot be done."""

from __future__ import annotations

import json
import re

import pytest

from generator.content.notice_file import read_notice
from generator.desk import acts
from generator.desk.doubt_cards import RULES
from generator.desk.facts import PATHS
from generator.desk.journal import hash_of
from generator.desk.places import place, whole
from generator.desk.refusals import WHY
from generator.desk.rows import row_of
from generator.desk.telling import FACTS
from generator.editorial.advice import ADVICE
from tests.desk.tools import CENTRE, ROOT, ask, post, running, site_of

ID = CENTRE


@pytest.fixture
def desk(tmp_path):
    """The desk of a site with notice 002 and its source."""
    site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        yield found


def file_of(desk):
    [path] = (desk.site / "content/notices").rglob("*.md")
    return path


def notice_of(desk):
    return read_notice(file_of(desk).read_text("utf-8"))[0]


def do(desk, act, *, version=None, script=True, act_id="", **more):
    """What the desk answers to an act."""
    [(name, values)] = row_of(act).items()
    fields = {key: json.dumps(value) if key == "acts" else value for key, value in values.items()}
    fields |= {"act": name, "version": version or hash_of(file_of(desk).read_bytes()), "id": act_id} | more
    return post(desk, f"n/{ID}/do", fields, script=script)


def words(notice, text):
    start = notice.text.index(text)
    return place(notice, start, start + len(text))


def test_the_page_shows_both_sides_and_accounts_for_every_character(desk):
    found = ask(desk, path=f"n/{ID}/proof")
    assert found.status == 200
    assert found.headers["Etag"].strip('"') == hash_of(file_of(desk).read_bytes())
    assert len(found.body) <= 200_000
    assert "原件 9 602 字 = 通报 9 477 + 公文信息 125 + 丢失 0" in found.text
    card = r'<article class="doubt[^>]*data-d='
    assert len(re.findall(card, found.text)) == 1  # that at hand; the script asks for the others at once
    assert len(re.findall(card, post(desk, f"n/{ID}/part", script=True).text)) == 12
    assert len(re.findall(r'<article class="issue ', found.text)) == 38
    shown = re.sub(
        r"<[^>]+>", "", found.text[found.text.index('<div class="doc"') : found.text.index('<aside class="pane rail"')]
    )
    shown = re.sub(r"\s", "", shown.replace("&amp;", "&").replace("&#34;", '"'))
    for passage in notice_of(desk).body:
        assert "".join(passage.text.split()) in shown


def test_an_act_by_the_script_answers_with_parts_and_the_new_version(desk):
    notice = notice_of(desk)
    found = do(desk, acts.MarkRole(whole(notice, 3), "finding"))
    assert found.status == 200
    assert found.headers["Etag"].strip('"') == hash_of(file_of(desk).read_bytes())
    assert {'id="docin"', 'id="railin"', 'id="tally"', 'id="undobar"', 'id="account"', 'id="case"'} <= set(
        re.findall(r'id="\w+"', found.text)
    )
    assert notice_of(desk).body[3].role == "finding"


def test_an_act_by_a_form_leads_back(desk):
    found = do(desk, acts.MarkRole(whole(notice_of(desk), 3), "finding"), script=False)
    assert found.status == 303
    assert found.headers["Location"].endswith(f"/n/{ID}/proof")
    assert notice_of(desk).body[3].role == "finding"


def test_an_act_sent_twice_is_done_once(desk):
    act = acts.SetTopics("i1", ("财务",))
    version = hash_of(file_of(desk).read_bytes())
    first = do(desk, act, version=version, act_id="x1")
    after = file_of(desk).read_bytes()
    again = do(desk, act, version=version, act_id="x1")
    assert (first.status, again.status) == (200, 200)
    assert file_of(desk).read_bytes() == after


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"act": "SetTopics", "issue": "i1", "names": "x"}, 428, "哪一版"),
        ({"act": "Nonsense", "version": "now"}, 422, "请求不完整"),
        ({"act": "MarkRole", "version": "now"}, 422, "请求不完整"),
        ({"act": "MarkRole", "at": "0-2:不是", "role": "prose", "version": "now"}, 422, "不在原来的地方"),
        ({"act": "MarkRole", "at": "x", "role": "prose", "version": "now"}, 422, "请求不完整"),
        ({"act": "SetFact", "path": "published", "value": "昨天", "version": "now"}, 422, "不是日期"),
        ({"act": "Settle", "choice": "{", "version": "now"}, 422, "请求不完整"),
        ({"act": "Settle", "choice": "[]", "version": "now"}, 422, "请求不完整"),
        ({"act": "Settle", "choice": '{"Accept": []}', "version": "now"}, 422, "请求不完整"),
        ({"act": "Batch", "acts": "[[[[", "version": "now"}, 422, "请求不完整"),
        ({"act": "Accept", "code": "unpaired", "why": " ", "version": "now"}, 422, "请写理由"),
    ],
)
def test_what_cannot_be_done_is_said(desk, fields, status, said):
    before = file_of(desk).read_bytes()
    fields = fields | ({"version": hash_of(before)} if fields.get("version") == "now" else {})
    found = post(desk, f"n/{ID}/do", fields, script=True)
    assert (found.status, said in found.text) == (status, True), found.text
    assert file_of(desk).read_bytes() == before


def test_no_such_notice_and_a_broken_one(desk):
    assert ask(desk, path="n/nothing/proof").status == 404
    text = file_of(desk).read_text("utf-8")
    file_of(desk).write_text(text.replace("review: draft", "review: ["), "utf-8")
    found = ask(desk, path=f"n/{ID}/proof")
    assert "内容文件读不懂" in found.text
    assert do(desk, acts.SetTopics("i1", ("x",))).status == 422


def test_an_edit_elsewhere_is_joined_on_and_told(desk):
    version = hash_of(file_of(desk).read_bytes())
    ask(desk, path=f"n/{ID}/proof")
    text = file_of(desk).read_text("utf-8")
    file_of(desk).write_text(text.replace("county: 薛城区", "county: 山亭区"), "utf-8")
    found = do(desk, acts.SetTopics("i1", ("财务",)), version=version)
    assert found.status == 200
    assert 'id="outside"' in found.text
    assert "已接上" in found.text
    assert notice_of(desk).issues[0].topics == ("财务",)
    assert notice_of(desk).unit.region.county == "山亭区"


def test_a_conflict_says_three_rows_and_can_be_sent_again(desk):
    ask(desk, path=f"n/{ID}/proof")
    version = hash_of(file_of(desk).read_bytes())
    text = file_of(desk).read_text("utf-8")
    assert "{#i22 .issue status=ongoing" in text
    file_of(desk).write_text(text.replace("{#i22 .issue status=ongoing", "{#i22 .issue status=long-term"), "utf-8")
    before = file_of(desk).read_bytes()
    found = do(desk, acts.SetDeadline("i22", None), version=version, act_id="c1")
    assert found.status == 409
    assert file_of(desk).read_bytes() == before
    for said in ("您打开时", "整改中", "文件里现在", "长期坚持", "您要做", "第22项　期限 → 没有"):
        assert said in found.text, said
    row = re.search(r'name="row" value="([^"]+)"', found.text)[1].replace("&#34;", '"')
    again = post(desk, f"n/{ID}/do", {"act": "Row", "row": row, "version": hash_of(before), "id": "c2"}, script=True)
    assert again.status == 200
    assert notice_of(desk).issues[21].deadline is None


def test_undo_names_what_it_undoes_and_gives_the_bytes_back(desk):
    before = file_of(desk).read_bytes()
    do(desk, acts.SetStatus("i6", "ongoing"))
    page = ask(desk, path=f"n/{ID}/proof").text
    assert "撤销：第6项　状态 → 整改中" in page
    number = re.search(r'name="of" value="(\d+)"', page)[1]
    fields = {"of": number, "version": hash_of(file_of(desk).read_bytes())}
    assert post(desk, f"n/{ID}/undo", fields, script=True).status == 200
    assert file_of(desk).read_bytes() == before
    assert post(desk, f"n/{ID}/undo", fields | {"id": "other"}, script=True).status == 409
    assert post(desk, f"n/{ID}/redo", fields | {"version": hash_of(before)}, script=True).status == 200
    assert notice_of(desk).issues[5].status == "ongoing"


def test_all_of_a_kind_are_settled_at_once_and_dates_are_not(desk):
    version = {"version": hash_of(file_of(desk).read_bytes())}
    assert (
        post(desk, f"n/{ID}/do", version | {"act": "Settle", "go": "same", "code": "unpaired"}, script=True).status
        == 200
    )
    assert [one.code for one in notice_of(desk).accepted] == ["unpaired"] * 4
    version = {"version": hash_of(file_of(desk).read_bytes())}
    found = post(desk, f"n/{ID}/do", version | {"act": "Settle", "go": "same", "code": "date-damaged"}, script=True)
    assert found.status == 422


def test_a_card_with_another_date(desk):
    page = ask(desk, path=f"n/{ID}/proof").text
    choice = re.search(r'name="choice" id="o[0-9a-f]+-2" value="([^"]+)"', page)[1].replace("&#34;", '"')
    fields = {"act": "Settle", "go": "take", "choice": choice, "date": "2024-11-21", "why": "对照纸质件"}
    fields |= {"version": hash_of(file_of(desk).read_bytes())}
    assert post(desk, f"n/{ID}/do", fields, script=True).status == 200
    notice = notice_of(desk)
    assert notice.inspection.start.iso == "2024-11-21"
    assert "inspection.start" in notice.inferred
    assert [(one.code, one.quote) for one in notice.accepted] == [("date-damaged", "20241120日")]


def test_hostile_words_are_text(desk):
    text = file_of(desk).read_text("utf-8")
    evil = "<script>alert(1)</script><b onclick=x>"
    file_of(desk).write_text(text.replace("name: 张范街道社区卫生服务中心", f"name: '{evil}'"), "utf-8")
    page = ask(desk, path=f"n/{ID}/proof").text
    assert evil not in page
    assert "&lt;script&gt;alert(1)" in page


def test_places_by_name(desk):
    found = ask(desk, path="find?kind=region&q=%E8%96%9B%E5%9F%8E")
    assert '<option value="370403">山东省枣庄市薛城区</option>' in found.text


# ---------------------------------------------------------------------------------------------------------- the tables


def test_every_fact_that_may_be_set_has_a_name():
    assert set(FACTS) == set(PATHS)


def test_every_rule_is_of_a_code_that_there_is():
    assert set(RULES) <= set(ADVICE)


def test_every_refusal_is_said_in_chinese():
    said = set()
    for path in (ROOT / "generator/desk").glob("*.py"):
        said |= set(re.findall(r'RefusedAct\(\s*"([\w-]+)"', path.read_text("utf-8")))
        for pair in re.findall(r'RefusedAct\("([\w-]+)" if [^)]*? else "([\w-]+)"', path.read_text("utf-8")):
            said |= set(pair)
    assert len(said) > 30
    assert said <= set(WHY)
