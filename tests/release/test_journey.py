"""From a Word file at four o'clock to the web at five, and back: real files, every command, a real server.

A function for each promise of the road; what an editor reads on the way is Chinese (tests/release/journey.py).
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys

import pytest

from generator.cli import main
from tests.release.journey import CONTACT, Journey, lines, on_a_terminal, row, title, with_notes, word_file
from tests.release.support import FILLED_IN, copied, disclose, tree
from tests.release.test_deploy import nginx, running


@pytest.fixture(scope="session")
def stages(tmp_path_factory):
    """Folders with a site, and what was published of it: (new, with a notice just imported, with it public), its id."""
    new, imported, live = (tmp_path_factory.mktemp("journey") / name for name in ("new", "imported", "live"))
    assert main(["new", str(new / "site")]) == 0
    settings = "name: 甲县巡察整改公开\nbase_url: https://www.mouqu.gov.cn/\n" + FILLED_IN
    (new / "site/site.yml").write_text(settings, encoding="utf-8")
    id_ = Journey(copied(new, imported) / "site").take(word_file(imported / "水利局整改通报（定稿）.docx"))
    last = Journey(copied(imported, live) / "site", str(live / "www"))
    last.sign(id_)
    last.publish()
    return {"new": new, "imported": imported, "live": live}, id_


@pytest.fixture
def at(stages, tmp_path, sshd):
    """Begins at one of the stages, with a target over SSH and a web server."""
    with contextlib.ExitStack() as servers:

        def begin(stage):
            for path in stages[0][stage].iterdir():
                copied(path, tmp_path / path.name)
            www = tmp_path / "www"
            port = servers.enter_context(running(nginx, tmp_path / "server", www / "current"))
            found = Journey(tmp_path / "site", sshd.target(www), sshd.ssh, port)
            found.id = stages[1]
            return found

        yield begin


@pytest.fixture
def journey(at):
    return at("new")


@pytest.fixture
def imported(at):
    """A notice that was just imported."""
    return at("imported")


@pytest.fixture
def live(at):
    """A notice that is public."""
    return at("live")


CORRECTION = (
    "corrections:\n- {date: '2026-11-27', what: 巡查人员数, why: 原数有误, who: 某甲, "
    "before: 巡查人员12名, after: 巡查人员13名}"
)


def test_there_and_back(imported):
    """Approved, corrected, rolled back and forth, withdrawn."""
    journey, id_ = imported, imported.id
    assert "没有审定的通报" in journey.publish(code=1)
    journey.sign(id_)
    assert row("新增", id_).search(journey.publish())
    assert "已修订巡查办法，落实巡查人员12名" in journey.words(id_)
    assert "全部已完成" in journey.page(id_)

    journey.edit(id_, "落实巡查人员12名", "落实巡查人员13名")
    journey.decide(id_, CORRECTION)
    said = journey.sign(id_)[0]
    assert "“2”改为“3”，现为“…办法，落实巡查人员13名。" in said
    assert "更正［1］ · 更正理由：加上“原数有误”" in said
    assert row("更正", id_).search(journey.publish())
    assert "巡查人员13名" in journey.words(id_)
    assert "原数有误" in journey.page(id_)

    journey.publish("--rollback")
    assert "巡查人员12名" in journey.words(id_)
    journey.publish("--rollback", "2")
    assert "巡查人员13名" in journey.words(id_)

    journey.decide(id_, "withdrawn: {date: '2026-11-28', why: 应单位要求}")
    assert row("撤下", id_).search(journey.publish())
    assert "应单位要求" in journey.page(id_)
    assert "巡查人员" not in journey.page(id_)
    assert "已撤下" in journey.publish("--rollback", code=1)


def test_1_a_newer_version_replaces_and_loses_nothing(live, tmp_path):
    journey, id_ = live, live.id
    journey.edit(id_, "{#i2 .issue status=done", "{#i2 .issue status=ongoing")
    journey.decide(id_, "masks:\n- {kind: other, value: 水利路1号, label: 〔略〕, why: 试}")
    mended = journey.text(id_)
    newer = word_file(tmp_path / "水利局整改通报（定稿2）.docx", lines(words=("完善学习制度2项", "巡查人员12名")))

    said = journey.run("import", newer, "--update", "--dry-run")
    assert "“1.关于学习不深入的问题。” · 整改情况：采用新版：" in said or "完善学习制度2项" in said
    assert "“2.关于水库巡查不到位的问题。” · 整改状态：保留：整改中（导入时为已完成）" in said
    assert journey.text(id_) == mended

    assert "原来的内容文件：" in journey.run("import", newer, "--update")
    assert list(journey.notices) == [id_]
    assert "完善学习制度2项" in journey.text(id_)
    assert "{#i2 .issue status=ongoing" in journey.text(id_)
    assert "value: 水利路1号" in journey.text(id_)
    kept = next((journey.site / "content/journal" / id_).glob("replaced-*.md"))
    assert kept.read_text("utf-8") == mended

    assert "留下未发" in journey.publish()
    assert "完善学习制度1项" in journey.words(id_)
    said = journey.sign(id_)[0]
    assert "“1”改为“2”" in said
    assert row("更正", id_).search(journey.publish())
    assert "完善学习制度2项" in journey.words(id_)
    assert "水利路1号" not in journey.page(id_)


def test_1_where_both_changed_somebody_chooses(imported, tmp_path):
    journey, id_ = imported, imported.id
    journey.edit(id_, "落实巡查人员12名", "落实巡查人员13名")
    newer = word_file(tmp_path / "新.docx", lines(words=("完善学习制度1项", "巡查人员14名")))
    before = journey.text(id_)
    said = journey.run("import", newer, "--replace", id_, code=1)
    assert "两边都改过" in said
    place = re.search(r"此处写作 (\S+)", said)[1]
    assert journey.text(id_) == before
    journey.run("import", newer, "--replace", id_, "--keep-mine", place)
    assert "巡查人员13名" in journey.text(id_)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is Unix")
@pytest.mark.parametrize(
    ("typed", "people", "code"),
    [("1", "13名", 0), ("2", "14名", 0), ("", "13名", 1), ("\x04", "13名", 1)],
    ids=["kept", "taken", "later", "end of input"],
)
def test_1_on_a_terminal_somebody_is_asked(imported, tmp_path, typed, people, code):
    journey, id_ = imported, imported.id
    journey.edit(id_, "落实巡查人员12名", "落实巡查人员13名")
    before = journey.text(id_)
    newer = word_file(tmp_path / "新.docx", lines(words=("完善学习制度2项", "巡查人员14名")))
    said, done = on_a_terminal(journey.site, typed, "import", newer, "--replace", id_)
    assert "“2.关于水库巡查不到位的问题。” · 下面第 1 段：两边都改过" in said
    assert re.search(r"(?m)^  1 .*13名.*\n  2 .*14名", said.replace("\r", ""))
    assert "1 保留现有的 · 2 采用新版的 · 回车：以后再定" in said
    assert (done, people in journey.text(id_)) == (code, True)
    assert ("完善学习制度2项" in journey.text(id_)) == (code == 0)
    assert code == 0 or journey.text(id_) == before


def test_1_a_dry_run_asks_nothing(imported, tmp_path):
    journey, id_ = imported, imported.id
    journey.edit(id_, "落实巡查人员12名", "落实巡查人员13名")
    newer = word_file(tmp_path / "新.docx", lines(words=("完善学习制度2项", "巡查人员14名")))
    said, done = on_a_terminal(journey.site, "", "import", newer, "--replace", id_, "--dry-run")
    assert "两边都改过" in said
    assert "采用新版" in said
    assert "回车" not in said
    assert done == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("落实巡查人员12名", "落实巡查人员21名", r"源文件是“.*12.*”，这里是“.*21.*”"),
        ("start: 2025-03-01", "start: 2024-03-01", r"巡察开始日期：源文件是“2025-03-01”，这里是“2024-03-01”"),
        ("- 0818-7350018", "- 0818-7350019", r"联系电话：源文件是“0818-7350018”，这里是“0818-7350019”"),
        ("{.response}", "｛.response｝", r"错误\[bad-mark\]"),
        ("{#i1 .issue", "{#i1 .issue status=已完成 #i9", r"错误\["),
        ("\n# ", "\n<<<<<<< HEAD\n# ", r"错误\[conflict"),
        ("已组织集中学习3次", "<!-- 请核 -->已组织集中学习3次", r"错误\["),
    ],
    ids=["words", "a date", "a phone", "braces", "a mark", "a conflict", "a comment"],
)
def test_2_what_differs_from_the_source_is_never_public(live, old, new, said):
    live.edit(live.id, old, new)
    told = live.run("check", live.id, code=1)
    assert re.search(said, told), told
    assert re.search(r"\.md:\d+", told)
    before = live.words(live.id)
    assert "留下未发" in live.publish()
    assert live.words(live.id) == before


def test_2_what_is_recorded_goes(live):
    live.edit(live.id, "落实巡查人员12名", "落实巡查人员21名")
    live.run("correct", live.id, "--who", "某甲", "--why", "对照原件改正录入错误")
    live.sign(live.id)
    live.publish()
    assert "巡查人员21名" in live.words(live.id)
    assert "某甲" not in live.page(live.id)


def test_3_the_editors_notes_stay_with_the_editor(journey, tmp_path):
    file = word_file(tmp_path / "水利局通报（修订v3）.docx", note=with_notes)
    id_ = journey.take(file)
    told = journey.run("check", id_, code=1)
    for code in ("tracked-change", "comment", "hidden-text"):
        assert f"[{code}]" in told
    journey.sign(id_)
    journey.publish()
    assert journey.is_public(id_)
    public = tree((journey.site.parent / "www/current").resolve())
    for secret in ("批注之秘", "隐藏之秘", "删去之秘", "某秘书", "修订v3", "tracked-change"):
        assert [path for path, data in public.items() if secret.encode() in data or secret in path] == []


def test_4_nothing_is_called_wrong_in_public_that_check_did_not_tell(journey, tmp_path):
    right, wrong = lines("水利局"), lines("林业局")
    right[0] += "共反馈问题2个，已完成2个。长期坚持抓好学习。"
    wrong[0] += "共反馈问题3个，已完成3个。"
    ids = {
        "right": journey.take(word_file(tmp_path / "一.docx", right, "水利局")),
        "wrong": journey.take(word_file(tmp_path / "二.docx", wrong, "林业局")),
    }
    for name, id_ in ids.items():
        told = journey.run("check", id_, code=1)
        assert ("stated-differs" in told) == (name == "wrong"), told
        journey.sign(id_)
    journey.publish()
    assert {name: "不一致" in journey.page(id_) for name, id_ in ids.items()} == {"right": False, "wrong": True}
    # a deadline that is set by hand is judged, too
    journey.edit(ids["right"], "{#i1 .issue status=done", "{#i1 .issue status=ongoing deadline=2025-01-01")
    assert "[deadline-past]" in journey.run("check", ids["right"], code=1)


def test_5_reviewed_notices_go_and_the_others_wait(journey, tmp_path):
    water, wood, road = (
        journey.take(word_file(tmp_path / f"{office}.docx", office=office)) for office in ("水利局", "林业局", "交通局")
    )
    journey.sign(water)
    journey.sign(wood)
    said = journey.publish("--dry-run")
    assert said.split("\n")[0].startswith("新增")
    assert ".json" not in said
    assert f"notices/{water}/index.html  {title()}" in said
    assert not journey.site.parent.joinpath("www/current").exists()
    assert f"notices/{water}/notice.json" in journey.publish("--dry-run", "-v")

    said = journey.publish("--only", "水利局")
    assert row("新增", water).search(said)
    assert re.search(rf"留下未发 *  {title('林业局')}  {wood}：这次没有点名", said)
    assert (journey.is_public(water), journey.is_public(wood)) == (True, False)

    said = journey.publish()
    assert row("新增", wood).search(said)
    assert "未动" in said
    assert re.search(rf"留下未发 *  {title('交通局')}  {road}：.*还差初审、复审、终审", said)
    assert journey.run("verify")


def test_5_an_unsigned_mask_holds_back_its_notice_alone(live, tmp_path):
    live.decide(live.id, "masks:\n- {kind: other, value: 水利路1号, label: 〔略〕, why: 试}")
    other = live.take(
        word_file(tmp_path / "林业局.docx", lines("林业局", contact="联系电话：0818-7350020。"), "林业局")
    )
    live.sign(other)
    said = live.publish()
    assert row("新增", other).search(said)
    assert "警告[mask-waits]: 公众现在仍能看到这份通报要遮蔽的内容（其他）" in said
    live.sign(live.id)
    live.publish()
    assert "水利路1号" not in live.page(live.id)


@pytest.mark.parametrize(
    ("contact", "phones", "shown"),
    [
        (CONTACT, ["0818-7350018"], "635000"),
        ("监督电话：（0818）7350-018。", ["（0818）7350-018"], "7350-018"),
        ("联系电话：0818-7350018/7350019，来访地点：甲镇水利路1号。", ["0818-7350018", "7350019"], "甲镇水利路1号"),
        ("联系电话：0818—7350018转8012，信箱 slj#126.com（请将#替换为@）。", ["0818—7350018转8012"], "slj@126.com"),
        ("联系方式：见县政府门户网站公告栏右侧二维码，号码73500。", [], "见联系方式原文"),
    ],
    ids=["plain", "4-3", "slash", "extension", "unread"],
)
def test_6_contacts_are_complete_or_doubted(journey, tmp_path, contact, phones, shown):
    id_ = journey.take(word_file(tmp_path / "通报.docx", lines(contact=contact)))
    told = journey.run("check", id_, code=1)
    assert ("[contact-unread]" in told) == (shown == "见联系方式原文")
    journey.sign(id_)
    journey.publish()
    assert journey.record(id_)["contact"]["phones"] == phones
    assert shown in journey.page(id_)


@pytest.mark.parametrize("status", ["整改中", "长期坚持", "未注明"])
def test_7_the_notice_speaks_chinese_both_ways(imported, status):
    journey, id_ = imported, imported.id
    journey.edit(id_, "{#i2 .issue status=done", f"{{#i2 .issue status={status}")
    told = journey.run("check", "水利局整改通报（定稿）.docx", code=1)
    assert "bad-" not in told
    for name in ("水利局", title(), "水利局整改通报（定稿）.docx"):
        assert id_ in journey.run("check", name, code=1)
    journey.sign(title())
    journey.publish()
    assert journey.record(id_)["issues"][1]["status"] != "done"


def test_7_a_slip_in_the_settings_is_said_with_its_line(journey):
    path = journey.site / "site.yml"
    path.write_text(path.read_text("utf-8").replace("owner: ", "owner："), "utf-8")
    number = next(n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line.startswith("owner"))
    told = journey.run("check", code=1)
    assert f"site.yml:{number}" in told
    assert "冒号要用半角" in told


def test_8_three_people_sign_in_order_for_what_they_read(imported, tmp_path):
    journey, id_ = imported, imported.id
    refused = [
        (("复审", "某乙"), (), "复审在初审之后"),
        (("初审", "某甲"), ("--date", "2020-01-01"), "导入"),
    ]
    for (step, who), more, said in refused:
        assert said in journey.run("review", id_, "--step", step, "--name", who, *more, code=1)
    journey.run("review", id_, "--step", "初审", "--name", "某甲")
    assert "某甲" in journey.run("review", id_, "--step", "复审", "--name", "某甲", code=1)
    assert "--again" in journey.run("review", id_, "--step", "初审", "--name", "某丁", code=1)
    journey.sign_rest = [
        journey.run("review", id_, "--step", step, "--name", who) for step, who in (("复审", "某乙"), ("终审", "某丙"))
    ]

    journey.edit(id_, "postcode: '635000'", "postcode: '635001'")
    told = journey.run("check", id_, code=1)
    assert "[review-void]" in told
    assert "邮政编码：“635000” → “635001”" in told
    journey.edit(id_, "postcode: '635001'", "postcode: '635000'")

    journey.run("slip", "水利局")
    slip = (journey.site / "slips" / f"{id_}.html").read_text("utf-8")
    assert all(part in slip for part in ("信息公开送审单", "某甲", "某乙", "某丙", "<svg", "指纹"))
    assert (journey.site / "slips" / f"{id_}.pdf").read_bytes().startswith(b"%PDF")
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    journey.run("slip", id_, "--attach", scan)
    assert [path.read_bytes() for path in (journey.site / "content/journal" / id_).glob("signed-*.pdf")] == [
        scan.read_bytes()
    ]


def test_9_each_change_is_kept_with_its_author(imported):
    journey, id_ = imported, imported.id
    journey.sign(id_)
    journey.publish()
    log = subprocess.run(
        ["git", "log", "--format=%an %s"], cwd=journey.site, capture_output=True, text=True, check=True
    ).stdout
    for part in (f"导入：{id_}", f"某甲 审核：初审：{id_}", f"某丙 审核：终审：{id_}"):
        assert part in log


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id_code: '1101050001'", "id_code: '11010'", "id_code"),
        ("postcode: '100000'", "postcode: 36260", "postcode"),
        ("icp: 京ICP备12345678号", "icp: 无", "icp"),
    ],
)
def test_9_what_is_wrong_in_the_settings_is_told_before_a_build(journey, old, new, said):
    path = journey.site / "site.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    number = next(n for n, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line.startswith(said))
    assert f"site.yml:{number}" in journey.run("check", code=1)


def test_9_a_refused_connection_says_what_to_do(live):
    stranger = f"{live.ssh} -o UserKnownHostsFile=/nowhere -o StrictHostKeyChecking=yes"
    stranger = re.sub(r" -o UserKnownHostsFile=\S+(?= .*UserKnownHostsFile)", "", stranger)
    done = disclose("--site", live.site, "--lang", "zh", "publish", live.target, "--ssh", stranger)
    assert done.returncode == 1
    assert "请手工连接一次" in done.stderr


def test_9_a_release_is_proved_without_reading_its_sources_again(live, monkeypatch):
    def read(*_):
        raise AssertionError("a source was read again")

    monkeypatch.setattr("generator.readers.read_document", read)
    assert live.run("verify")


def test_9_a_long_name_makes_a_short_address(journey, tmp_path):
    office = "经济技术开发区城市管理综合行政执法和住房城乡建设交通运输局"
    id_ = journey.take(word_file(tmp_path / "长.docx", office=office))
    assert len(id_) <= 48
