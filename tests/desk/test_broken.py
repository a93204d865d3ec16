"""A content file that cannot be read: each page says in Chinese where, what and how to mend it."""

from __future__ import annotations

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.cli import main
from generator.desk.journal import hash_of
from generator.desk.notices import opened
from tests.desk.tools import ask, eventually, post, running
from tests.samples import make_site, notice

PAGES = ("proof", "mask", "preview", "review", "publish", "history", "correct")


def replaced(old, new):
    return lambda text: text.replace(old, new, 1).encode()


BROKEN = {
    "bracket": (replaced("unit:\n", "unit: [\n"), 6, "不是合格的 YAML：列表缺少逗号或右方括号", "值里有“: ”"),
    "tab": (replaced("unit:\n  ", "unit:\n\t"), 7, "不是合格的 YAML：这个字符不能放在开头", "缩进用空格，不用制表符"),
    "two colons": (replaced("title: ", "title: 甲: "), 4, "这里不能再写“键: 值”", "要用引号括起来"),
    "quote": (replaced("title: ", 'title: "'), 0, "可能缺了右引号", "要用引号括起来"),
    "colon of an input method": (replaced("title: ", "title："), 4, "冒号要用半角", "后面空一格"),
    "unknown key": (replaced("title:", "titel:"), 4, "没有“titel”这个键；您要写的是不是“title”？", "这里可以用的键"),
    "key twice": (replaced("review:", "title: 甲\nreview:"), 5, "“title”这个键在这里写了两次", "留下一个"),
    "no title": (replaced("title: 某局党组关于巡察整改进展情况的通报\n", ""), 2, "文件头缺少：title", "一项一行补上"),
    "no unit's name": (replaced("  name: 某局党组\n", ""), 7, "缺少：name", "一项一行补上"),
    "no such day": (replaced("2024-03-01", "2024-13-77"), 18, "“2024-13-77”不是日历上的日期", "对照原件"),
    "no such status": (replaced("status=done", "status=finished"), 0, "finished", "done"),
    "GB 18030": (lambda text: text.encode("gb18030"), 4, "不是 UTF-8 编码；看起来是 GB18030", "另存为 UTF-8"),
    "UTF-16": (lambda text: text.encode("utf-16"), 1, "不是 UTF-8 编码", "另存为 UTF-8"),
    "empty": (lambda _: b"", 1, "文件是空的", "导入"),
    "blank": (lambda _: b" \n\n", 1, "文件是空的", "导入"),
    "no facts": (lambda text: text.split("---\n", 2)[2].encode(), 1, "文件不是以文件头开始", "一行“---”"),
    "facts without an end": (replaced("\n---\n", "\n"), 1, "文件头没有结束", "一行“---”"),
    "two versions": (replaced("title:", "<<<<<<< HEAD\ntitle:"), 4, "合并", "留下"),
}


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", [notice()])


@pytest.fixture
def path(site):
    [found] = (site / "content/notices").rglob("*.md")
    return found


@pytest.fixture
def desk(site):
    with running(site, who="陈某") as found:
        yield found


def text_of(answer):
    """What a person reads of the main part of a page."""
    part = answer.text[answer.text.index("<main") :].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", part)).split())


@pytest.mark.parametrize("name", BROKEN)
def test_each_page_says_where_it_is_what_it_is_and_how_it_is_mended(desk, path, name, capsys):
    broken, line, what, how = BROKEN[name]
    path.write_bytes(broken(path.read_text("utf-8")))
    capsys.readouterr()
    assert main(["--site", str(desk.site), "--lang", "zh", "check"]) == 1
    checked = " ".join(capsys.readouterr().out.split())
    assert what in checked
    for page in PAGES:
        answer = ask(desk, path=f"n/{path.stem}/{page}")
        assert answer.status == 200, page
        said = text_of(answer)
        assert "读不懂" in said, page
        assert f"content/notices/2024/{path.name}" in said, page
        for words in (f"第 {line} 行" if line else "", what, how):
            assert words in said, (page, words)
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", said.replace("disclose check", "")), (page, said)
    row = eventually(lambda: re.search(f'<li id="row-{path.stem}">.*?</li>', ask(desk).text, re.DOTALL))[0]
    assert what in html.unescape(row)
    assert f"n/{path.stem}/proof" in row


@pytest.mark.parametrize("name", BROKEN)
def test_nothing_is_done_to_it_and_the_script_is_told_in_words(desk, path, name):
    broken, _, what, _ = BROKEN[name]
    path.write_bytes(broken(path.read_text("utf-8")))
    before = path.read_bytes()
    fields = {"act": "SetTopics", "issue": "i1", "names": "甲", "version": hash_of(before), "id": "x"}
    answer = post(desk, f"n/{path.stem}/do", fields, script=True)
    assert answer.status == 422
    assert what in answer.text
    assert path.read_bytes() == before
    assert post(desk, f"n/{path.stem}/sign", {"step": "初审", "name": "甲", "version": "x", "id": "y"}).status == 422
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", BROKEN)
def test_the_last_version_that_can_be_read_is_restored_by_one_button(desk, path, name):
    version = hash_of(path.read_bytes())
    fields = {"act": "SetTopics", "issue": "i1", "names": "甲", "version": version, "id": "x"}
    assert post(desk, f"n/{path.stem}/do", fields, script=True).status == 200
    good = path.read_bytes()
    path.write_bytes(BROKEN[name][0](good.decode()))
    broken = path.read_bytes()
    text = ask(desk, path=f"n/{path.stem}/proof").text
    form = re.search(r'<form[^>]*action="[^"]*/do"[^>]*>.*?</form>', text, re.DOTALL)[0]
    assert "恢复到第 2 步以后" in form
    assert "陈某" in text
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert post(desk, f"n/{path.stem}/do", sent).status == 303
    assert path.read_bytes() == good
    assert "读不懂" not in ask(desk, path=f"n/{path.stem}/proof").text
    kept = desk.site / "journal/texts" / hash_of(broken)
    assert kept.read_bytes() == broken, "what somebody wrote by hand is not lost"


def test_without_an_earlier_version_the_page_says_so(desk, path):
    path.write_bytes(b"")
    said = text_of(ask(desk, path=f"n/{path.stem}/proof"))
    assert "编辑台里没有更早的版本" in said
    assert "恢复" not in said


@pytest.mark.parametrize(("file", "text"), [
    ("site.yml", "name: [\n"), ("site.yml", "naem: 甲\nbase_url: https://a.cn/\n"), ("content/topics.yml", "- ["),
    ("content/topics.yml", "- id: a"), ("content/phrases.yml", "a: [b"),
])  # fmt: skip
def test_a_broken_file_of_the_site_is_told_in_the_same_way(desk, site, path, file, text):
    place = site / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    for page in ("", f"n/{path.stem}/proof"):
        answer = ask(desk, path=page)
        said = text_of(answer)
        assert re.search("第 [0-9]+ 行", said), (page, said)
        assert place.name in said
        assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", said), (page, said)


def test_it_is_read_again_when_somebody_mends_it(desk, path):
    good = path.read_bytes()
    path.write_bytes(b"")
    assert 'data-reload="file"' in ask(desk, path=f"n/{path.stem}/proof").text
    path.write_bytes(good)
    assert "读不懂" not in ask(desk, path=f"n/{path.stem}/proof").text


def test_a_version_is_what_its_own_bytes_say_also_while_somebody_writes(path):
    good = path.read_text("utf-8")

    def write():
        for number in range(1000):
            path.write_bytes(b"")
            path.write_text(good.replace("title: ", f"title: 第{number}版", 1), "utf-8")

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        while not writing.done():
            found = opened(path)
            title = re.search("(?m)^title: (.*)$", found.text)
            assert found.version == hash_of(found.text.encode())
            assert title is None or (found.notice and found.notice.title == title[1])


def test_a_broken_file_beside_the_one_that_is_looked_at_is_told_in_its_preview(desk, site, path):
    other = path.with_name("bie-de.md")
    other.write_bytes(BROKEN["bracket"][0](path.read_text("utf-8")))

    def told():
        said = text_of(ask(desk, path=f"n/{path.stem}/preview"))
        return said if "bie-de.md" in said else ""

    said = eventually(told)
    assert "列表缺少逗号或右方括号" in said
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", said), said
