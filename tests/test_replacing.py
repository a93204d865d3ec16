"""A newer version of a notice takes its place from the command line: what people did is kept, nothing is lost."""

import io
import zipfile

import pytest

from generator.cli import main
from generator.content.fidelity import Comparison
from generator.content.notice_file import read_notice
from generator.content.origin import origin_of

NOTICE = """中共青河县水利局党组关于巡察整改进展情况的通报
根据县委统一部署，2023年4月10日至5月20日，县委第二巡察组对县水利局党组开展了常规巡察。7月5日反馈了巡察意见。现将整改进展情况予以公布。
一、整改情况
（一）关于防汛责任压得不实的问题。
整改情况：重新签订责任书12份，逐级压实防汛责任，对值班值守情况进行抽查并通报。已完成整改。
（二）关于水库管护不到位的问题。
整改情况：落实管护人员，清理库区面积389亩，建立巡查台账并按月检查。该问题正在整改。
（三）关于项目资金使用不规范的问题。
整改情况：修订资金管理办法，开展专项检查，逐一纠正到位。该问题已完成整改。
联系电话：0596-5835406
中共青河县水利局党组
2023年12月1日
"""
ID = "qinghe-xian-shuili-ju-20231201"
FIRST = "（一）关于防汛责任压得不实的问题。"
NEWER = (
    NOTICE.replace("该问题正在整改。", "该问题已完成整改。")
    .replace("5835406", "5835999")
    .replace(
        FIRST,
        "（一）关于党组会议制度不落实的问题。\n整改情况：制定议事规则，按月召开党组会议。已完成整改。\n"
        + FIRST.replace("一", "二", 1),
    )
    .replace("（二）关于水库", "（三）关于水库")
    .replace("（三）关于项目", "（四）关于项目")
)


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site.yml").write_text("name: 公开\nbase_url: https://www.example.gov.cn/\n", "utf-8")
    source = tmp_path / "通报.txt"
    source.write_text(NOTICE, "utf-8")
    assert run(tmp_path, source) == 0
    return tmp_path


def run(site, *arguments):
    return main(["--site", str(site), "import", *map(str, arguments)])


def content(site):
    [path] = (site / "content/notices").rglob("*.md")
    return path


def notice(site):
    found, problems = read_notice(content(site).read_text("utf-8"))
    assert problems == []
    return found


def edit(site, *pairs):
    text = content(site).read_text("utf-8")
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    content(site).write_text(text, "utf-8")


def source(site, text, name="通报.txt"):
    path = site / "新" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


DECIDED = """
masks:
- {kind: other, value: 责任书, label: 〔略〕, why: 试}
accepted:
- {code: contact-mobile, who: 李某, when: 2023-12-02, why: 已核对}
"""


def test_a_newer_version_replaces_and_keeps_what_people_did(site, capsys):
    edit(
        site,
        ("{#i3 .issue status=done", "{#i3 .issue status=ongoing responsible=财务股"),
        ("\nmetadata: {}", "\nmetadata: {}" + DECIDED.rstrip()),
    )
    before = content(site).read_text("utf-8")
    assert run(site, source(site, NEWER), "--replace", ID) == 0
    told = capsys.readouterr().err
    merged = notice(site)
    assert [(one.id, one.title[:8], one.status) for one in merged.issues] == [
        ("i4", "关于党组会议制度", "done"), ("i1", "关于防汛责任压得", "done"), ("i2", "关于水库管护不到", "done"),
        ("i3", "关于项目资金使用", "ongoing"),
    ]  # fmt: skip
    assert merged.issues[3].responsible == "财务股"
    assert merged.id == ID
    assert merged.contact.phones == ("0596-5835999",)
    assert [mask.value for mask in merged.masks] == ["责任书"]
    assert merged.accepted == ()
    for words in (
        " · rectification status: new: ongoing → done",
        " · rectification status: kept: ongoing; imported as done",
        "no more accepted: contact-mobile",
    ):
        assert words in told
    kept = site / "content/journal" / ID / "replaced-0001.md"
    assert kept.read_text("utf-8") == before
    assert f"as it was: {kept}" in told
    sources = sorted(path.name for path in (site / "content/sources" / ID).iterdir())
    assert sources == ["通报-2.txt", "通报.txt"]
    assert merged.source.file == "通报-2.txt"


def test_a_copy_can_be_put_back(site):
    before = content(site).read_text("utf-8")
    run(site, source(site, NEWER), "--replace", ID)
    assert content(site).read_text("utf-8") != before
    content(site).write_text((site / "content/journal" / ID / "replaced-0001.md").read_text("utf-8"), "utf-8")
    assert differing(site) == []


def differing(site):
    return Comparison(notice(site), origin_of(site, notice(site))).altered()


def test_the_merged_words_are_those_of_the_new_source(site):
    run(site, source(site, NEWER), "--replace", ID)
    assert differing(site) == []


def test_update_finds_the_notice_by_itself(site):
    assert (
        run(site, source(site, NEWER.replace("2023年12月1日", "2023年12月9日"), "整改通报（终）.txt"), "--update") == 0
    )
    assert notice(site).id == ID
    assert notice(site).published.iso == "2023-12-09"
    assert len(notice(site).issues) == 4


def test_another_notice_is_imported_by_update_too(site):
    other = NOTICE.replace("水利局", "林业局").replace("防汛", "防火").replace("水库", "林场").replace("389", "50")
    other = other.replace("县委第二巡察组", "县委第五巡察组").replace("2023年12月1日", "2023年11月7日")
    for old, new in (
        ("重新签订责任书", "组建护林队"),
        ("逐级压实", "分片包干"),
        ("落实管护人员", "补植苗木"),
        ("专项检查", "内部审计"),
    ):
        other = other.replace(old, new)
    main(["--site", str(site), "import", str(source(site, other)), "--update"])
    assert len(list((site / "content/notices").rglob("*.md"))) == 2


def test_where_both_changed_nothing_is_written_until_somebody_chooses(site, capsys):
    edit(site, ("{#i2 .issue status=ongoing", "{#i2 .issue status=long-term"))
    before = content(site).read_text("utf-8")
    path = source(site, NEWER)
    assert run(site, path, "--update") == 1
    told = capsys.readouterr().err
    assert (
        "” · rectification status: both changed: long-term here, done in the new version; the place is called i2.status"
        in told
    )
    assert content(site).read_text("utf-8") == before
    assert not (site / "content/journal" / ID / "replaced-0001.md").exists()
    assert run(site, path, "--update", "--keep-mine", "i2.status") == 0
    assert [one.status for one in notice(site).issues if one.id == "i2"] == ["long-term"]
    content(site).write_text(before, "utf-8")
    assert run(site, path, "--update", "--take-new", "all") == 0
    assert [one.status for one in notice(site).issues if one.id == "i2"] == ["done"]


def test_a_dry_run_shows_and_writes_nothing(site, capsys):
    before = {path: path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()}
    assert run(site, source(site, NEWER), "--update", "--dry-run") == 0
    told = capsys.readouterr().err
    assert "differs" in told
    assert "contact phones: new: “0596-5835406” → “0596-5835999”" in told
    assert {path: path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()} == before


def test_an_erratum_stays_until_the_unit_takes_it_over(site):
    edit(site, ("库区面积389亩", "库区面积398亩"))
    assert main(["--site", str(site), "correct", ID, "--who", "陈某", "--why", "对照原件"]) == 0
    assert run(site, source(site, NEWER), "--update") == 0
    assert "面积398亩" in notice(site).text
    assert len(notice(site).errata) == 1
    assert differing(site) == []
    assert run(site, source(site, NEWER.replace("389", "398")), "--update") == 0
    assert "面积398亩" in notice(site).text
    assert notice(site).errata == ()
    assert differing(site) == []


def test_signatures_stay_and_are_void(site):
    for step, name in (("初审", "甲"), ("复审", "乙"), ("终审", "丙")):
        assert main(["--site", str(site), "review", ID, "--step", step, "--name", name]) == 0
    assert run(site, source(site, NEWER), "--update") == 0
    assert [one.name for one in notice(site).reviews] == ["甲", "乙", "丙"]


def test_without_the_old_source_the_editor_is_told(site, capsys):
    (site / "content/sources" / ID / "通报.txt").unlink()
    path = source(site, NEWER)
    assert run(site, path, "--update") == 1
    assert "without it nobody can tell what was edited" in capsys.readouterr().err
    assert run(site, path, "--update", "--take-new", "all") == 0
    assert differing(site) == []


def test_another_units_file_replaces_nothing_by_mistake(site, capsys):
    other = (
        "中共白山县林业局党组关于巡察整改进展情况的通报\n"
        + "".join(
            f"（{sign}）关于{what}的问题。\n整改情况：{what}已经办结。已完成整改。\n"
            for sign, what in zip("一二三", ("护林", "采伐", "苗木"), strict=True)
        )
        + "中共白山县林业局党组\n2024年2月2日\n"
    )
    assert run(site, source(site, other), "--replace", ID) == 1
    assert "it is of another unit than" in capsys.readouterr().err
    assert len(notice(site).issues) == 3


def test_each_of_two_notices_of_a_unit_is_replaced_by_its_own_newer_version(site, capsys):
    second = NOTICE.replace("2023年12月1日", "2024年6月1日").replace("已完成整改", "已完成并长期坚持")
    assert run(site, source(site, second), "--as-new") == 0
    capsys.readouterr()
    assert run(site, source(site, NEWER), "--update") == 1
    assert "it may be a newer version of several notices" in capsys.readouterr().err
    assert run(site, source(site, NEWER), "--replace", ID) == 0


def test_files_of_an_archive_replace_each_its_notice(site):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("通报（修订）.txt", NEWER)
    path = site / "新.zip"
    path.write_bytes(data.getvalue())
    assert run(site, path, "--update") == 0
    assert len(notice(site).issues) == 4


@pytest.mark.parametrize(
    "arguments",
    [["--dry-run"], ["--replace", ID, "--update"], ["--replace", ID, "--as-new"], ["--replace", "nobody"]],
)
def test_what_does_not_go_together_is_said(site, arguments):
    assert run(site, source(site, NEWER), *arguments) == 2
