"""From a Word file at four o'clock to the web at five, and back: one notice, every command, a real server."""

from __future__ import annotations

import json
import re

import docx
import pytest

from generator.commands.new import new_site
from tests.release.support import FILLED_IN, disclose
from tests.release.test_deploy import get, nginx, running

TITLE = "中共甲县水利局党组关于巡察整改进展情况的通报"
LINES = [
    "根据县委统一部署，2025年3月1日至4月30日，县委第一巡察组对县水利局党组开展了巡察。现将巡察整改情况予以公布。",
    "一、整改落实情况",
    "1.关于学习不深入的问题。",
    "整改情况：已组织集中学习3次，完善学习制度1项。已完成整改。",
    "2.关于水库巡查不到位的问题。",
    "整改情况：已修订巡查办法，落实巡查人员12名。已完成整改。",
    "欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0818-7350018；邮政信箱：甲县甲镇水利路1号；邮政编码：635000。",
    "中共甲县水利局党组",
    "2025年11月28日",
]
STEPS = (("初审", "某甲"), ("复审", "某乙"), ("终审", "某丙"))


def word_file(path, lines=LINES):
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for line in lines:
        document.add_paragraph(line)
    document.save(path)
    return path


class Journey:
    """A site, a target over SSH, a web server; each step is a command as an editor types it."""

    def __init__(self, folder, target, ssh, port):
        self.site, self.target, self.ssh, self.port = folder, target, ssh, port

    def run(self, *words, code=0):
        done = disclose("--site", self.site, "--lang", "zh", *words)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def publish(self, *words, code=0):
        return self.run("publish", self.target, "--ssh", self.ssh, *words, code=code)

    def sign(self, name):
        return [self.run("review", name, "--step", step, "--name", who) for step, who in STEPS]

    def get(self, path):
        status, _, data = get(self.port, "/" + path)
        assert status == 200, path
        return data.decode("utf-8")

    def words(self, id_):
        return json.loads(self.get(f"notices/{id_}/notice.json"))["text"]

    @property
    def content(self):
        return next((self.site / "content/notices").glob("*/*.md"))

    def edit(self, old, new):
        text = self.content.read_text("utf-8")
        assert text.count(old) >= 1, old
        self.content.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def journey(tmp_path, sshd):
    new_site(tmp_path / "site")
    settings = "name: 甲县巡察整改公开\nbase_url: https://www.mouqu.gov.cn/\n" + FILLED_IN
    (tmp_path / "site/site.yml").write_text(settings, encoding="utf-8")
    www = tmp_path / "www"
    with running(nginx, tmp_path / "server", www / "current") as port:
        yield Journey(tmp_path / "site", sshd.target(www), sshd.ssh, port)


def test_from_a_word_file_to_the_web_and_back(journey, tmp_path):
    source = word_file(tmp_path / "水利局整改通报（定稿）.docx")
    assert "已导入" in journey.run("import", source)
    id_ = journey.content.stem

    # a draft does not go, and says what it waits for
    assert "没有审定的通报" in journey.publish(code=1)
    assert "还差初审、复审、终审" in journey.run("check", "水利局", code=1)

    # signed out of order or by one person: refused
    assert "复审在初审之后" in journey.run("review", "水利局", "--step", "复审", "--name", "某乙", code=1)
    journey.run("slip", "水利局整改通报（定稿）.docx")
    journey.sign("甲县水利局")
    assert "更正" not in journey.publish("--dry-run")
    said = journey.publish()
    assert re.search(rf"新增　　  {TITLE}  {id_}", said)
    assert "已修订巡查办法，落实巡查人员12名" in journey.words(id_)
    assert "全部已完成" in journey.get(f"notices/{id_}/index.html")

    # a word altered by accident: told, never public
    journey.edit("落实巡查人员12名", "落实巡查人员21名")
    said = journey.run("check", id_, code=1)
    assert "错误[source-differs]" in said
    assert "错误[review-void]" in said
    assert "留下未发" in journey.publish()
    assert "巡查人员12名" in journey.words(id_)
    journey.edit("落实巡查人员21名", "落实巡查人员12名")

    # a correction (更正), recorded, signed again, live
    journey.edit("落实巡查人员12名", "落实巡查人员13名")
    journey.edit(
        "source:",
        "corrections:\n- {date: '2026-11-27', what: 巡查人员数, why: 原数有误, who: 某甲, "
        "before: 巡查人员12名, after: 巡查人员13名}\nsource:",
    )
    said = journey.sign(id_)[0]
    assert "上次签署以后的改动" in said
    assert "12名" in said
    assert re.search(rf"更正　　  {TITLE}", journey.publish())
    assert "巡查人员13名" in journey.words(id_)
    assert journey.run("verify")

    # back to the release before, and forward again
    journey.publish("--rollback")
    assert "巡查人员12名" in journey.words(id_)
    journey.publish("--rollback", "2")
    assert "巡查人员13名" in journey.words(id_)

    # a newer Word file replaces it, and waits for its own signatures
    lines = [line.replace("完善学习制度1项", "完善学习制度2项") for line in LINES]
    newer = word_file(tmp_path / "水利局整改通报（定稿2）.docx", lines)
    journey.run("import", newer, "--replace", id_)
    assert "留下未发" in journey.publish()
    assert "完善学习制度1项" in journey.words(id_)
    said = journey.sign(id_)[0]
    assert "1项" in said
    assert "2项" in said
    assert re.search(rf"更正　　  {TITLE}", journey.publish())
    assert "完善学习制度2项" in journey.words(id_)

    # withdrawn: at once, and no way back shows it
    journey.edit("source:", "withdrawn: {date: '2026-11-28', why: 应单位要求}\nsource:")
    assert re.search(rf"撤下　　  {TITLE}", journey.publish())
    assert "应单位要求" in journey.get(f"notices/{id_}/index.html")
    assert "巡查人员" not in journey.get(f"notices/{id_}/index.html")
    assert "已撤下" in journey.publish("--rollback", code=1)
