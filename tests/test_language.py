"""People are spoken to in their language: one table, every sentence in it, nothing lost on the way."""

import errno
import os
import re
import subprocess
import sys
import time
import unicodedata

import pytest

from generator.base.console import tell, warn
from generator.base.diagnostics import Diagnostic
from generator.base.files import unwritable
from generator.base.language import Translation, chinese, language_of, read_po, say, speak
from generator.cli import COMMANDS, main
from generator.commands.new import new_site
from generator.editorial.importing import _refused
from generator.parser.kinds import Refusal
from generator.parser.rules.kinds import NearKind
from generator.readers.limits import LIMITS
from generator.readers.signatures import SIGNATURES
from tests.messages import ROOT, messages, unnamed

PO = (ROOT / "base" / "zh.po").read_text("utf-8")
ROWS = list(read_po(PO))
CHINESE = re.compile("[\u4e00-\u9fff]")
SLOT = re.compile(r"\{(\w+)\}")

ASKED = """What was changed needs a new review. Read it against the original, then sign: \
disclose review a --step 初审 --name NAME.
#i3: “甲” → “乙”
b: added “1”
c: added “2”"""
TO_SIGN = """改动的内容要重新审核。对照原件读一遍，再签署：disclose review a --step 初审 --name 姓名。
#i3：“甲” → “乙”
b：加上“1”
c：加上“2”"""


@pytest.fixture
def in_chinese():
    speak("zh")


@pytest.fixture(autouse=True)
def in_english_after_all():
    yield
    speak("en")


def test_every_row_is_said_somewhere():
    said = {unnamed(template) for template in messages()}
    ours = re.sub(r"#, others\nmsgid .*\nmsgstr .*\n", "", PO)
    assert [english for english, _ in read_po(ours) if unnamed(english) not in said] == []


def test_there_are_as_many_sentences_as_a_search_of_the_sources_found_at_first():
    assert len(messages()) > 450


def test_a_row_keeps_what_varies():
    assert [english for english, other in ROWS if set(SLOT.findall(english)) != set(SLOT.findall(other))] == []


def test_a_row_is_chinese():
    words = [(english, re.sub(r"disclose (?:\w+|{\w+})|\{\w+\}", "", english), other) for english, other in ROWS]
    unsaid = [english for english, text, other in words if re.search("[a-z]{3}", text) and not CHINESE.search(other)]
    assert unsaid == []


@pytest.mark.parametrize("value", ["甲{}", "content/notices/2025/{}.md", "12{}"])
def test_a_row_is_found_by_what_is_said(value):
    for english, other in ROWS:
        values = {name: value.format(number) for number, name in enumerate(SLOT.findall(english))}
        values |= dict.fromkeys(re.findall(r"(?<=\})\{(\w+)\}", english), "")  # a tail, which may be missing
        said, expected = (SLOT.sub(lambda slot, v=values: v[slot[1]], text) for text in (english, other))
        assert chinese().say(said) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a.docx: it is protected by a password. Save it without one.", "a.docx：文件有密码。请去掉密码再保存。"),
        ("x.md: cannot be read: Permission denied", "x.md：读不出来：没有权限"),
        ("unknown key “titel”; did you mean “title”?", "没有“titel”这个键；您要写的是不是“title”？"),
        ("“error” is missing", "缺少“error”"),
        ("no row of the table says this", "no row of the table says this"),
        (ASKED, TO_SIGN),
        (
            "the record of the import at the end of the file is damaged: Expecting ',' delimiter",
            "文件末尾的导入记录损坏：这里应当有半角逗号",
        ),
        (
            "a.xlsx: the archive is damaged or cut off (File is not a zip file). Fetch or save it again.",
            "a.xlsx：压缩包损坏或不完整（不是 zip 压缩包）。请重新索取，或者重新保存。",
        ),
        (
            "this cannot be read, it is a picture. Ask for the file that it was made from, or make it a PDF with text.",
            "这种文件读不了（图片）。请索取生成它的原文件，或者做成带文字的 PDF。",
        ),
        ("  to look at:\n    3  a.md", "  要看的：\n    3  a.md"),
    ],
    ids=[
        "behind a file",
        "a value of the system",
        "a tail",
        "quoted words stay",
        "without a row",
        "lines within",
        "of json",
        "a part of a file",
        "a kind of file",
        "line by line",
    ],
)
def test_composed_messages(in_chinese, text, said):
    assert say(text) == said


@pytest.mark.parametrize("word", sorted({one.name for one in SIGNATURES} | {one.what for one in LIMITS.values()}))
def test_a_word_that_a_sentence_is_given_has_a_row(in_chinese, word):
    assert CHINESE.search(say(word))


def test_the_cost_is_linear_in_the_text():
    table = Translation(ROWS)
    started = time.perf_counter()
    for size in (10_000, 100_000):
        table.say("a: " * size)
        table.say("“" + "; did you mean “" * (size // 10) + "”")
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize(
    ("asked", "site", "environment", "language"),
    [
        (None, "", {}, "en"),
        (None, "", {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, "", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, "", {"LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
        (None, "name: x\nlang: zh\n", {"LANG": "en_US.UTF-8"}, "zh"),
        (None, "lang: 'en'\n", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, "# lang: zh\n", {}, "en"),
        ("en", "lang: zh\n", {"LANG": "zh_CN"}, "en"),
    ],
)
def test_which_language_is_spoken(asked, site, environment, language):
    assert language_of(asked, site, environment) == language


def test_a_diagnostic_is_said_in_both(in_chinese):
    one = Diagnostic(code="placeholder", file="site.yml", line=9, message="owner: “〔主办单位名称〕” is a placeholder")
    assert str(one) == "site.yml:9: 错误[placeholder]: owner：“〔主办单位名称〕”还是占位"
    speak("en")
    assert str(one) == "site.yml:9: error[placeholder]: owner: “〔主办单位名称〕” is a placeholder"


def test_the_console_says_it_and_steers_no_terminal(in_chinese, capsys):
    tell("no source files found: nothing to import.", 3)
    warn("“\x1b[2J” is missing")
    shown = capsys.readouterr()
    assert shown.out == "没有找到源文件：没有可导入的。\n3\n"
    assert shown.err == "缺少“\\x1b[2J”\n"


@pytest.mark.parametrize("command", [name for name, _, _ in COMMANDS])
def test_help_is_chinese(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    assert main(["--lang", "zh", command, "--help"]) == 0
    for line in capsys.readouterr().out.split("\n"):
        words = re.sub(r"[A-Z|]+|--?[a-z-]+|\S*[/.:]\S*|[{(\[].*?[})\]]|\bdisclose\b", "", line)
        assert not re.search(r"[a-z]{2,} [a-z]{2,}", words), line


def test_a_site_says_which_language(tmp_path, capsys):
    assert main(["new", str(tmp_path / "site"), "--lang", "zh"]) == 0
    assert main(["--site", str(tmp_path / "site"), "check"]) == 1
    assert "错误[placeholder]: owner：" in capsys.readouterr().out
    assert main(["--site", str(tmp_path / "site"), "chek"]) == 2
    assert "参数 命令：不能是 'chek'" in capsys.readouterr().err
    assert main(["--site", str(tmp_path / "site"), "check", "--lang", "en"]) == 1
    assert "error[placeholder]: owner: " in capsys.readouterr().out


def test_an_import_and_a_review_leave_no_english(tmp_path, capsys):
    site, source = tmp_path / "site", tmp_path / "a.txt"
    new_site(site)
    source.write_text(
        "中共山水县水利局党组关于巡察整改进展情况的通报\n\n一、整改情况\n\n（一）关于学习不深入的问题\n\n"
        "开展学习12次。整改完成。\n\n中共山水县水利局党组\n\n2025年12月1日\n",
        "utf-8",
    )
    command = ["--site", str(site), "--lang", "zh"]
    assert main([*command, "import", str(source), "--no-git"]) == 0
    source.write_text(source.read_text("utf-8").replace("12次", "13次"), "utf-8")
    assert main([*command, "import", str(source), "--no-git", "--update"]) == 0
    assert "     1 已导入" in capsys.readouterr().err
    content = next((site / "content" / "notices").rglob("shanshui*.md"))
    content.write_text(content.read_text("utf-8").replace("学习13次", "学习14次"), "utf-8")
    source.write_text(source.read_text("utf-8").replace("13次", "15次"), "utf-8")
    assert main([*command, "import", str(source), "--no-git", "--update"]) == 1
    assert capsys.readouterr().err.startswith("未收  ")
    content.write_text(content.read_text("utf-8").replace("学习14次", "学习13次"), "utf-8")
    for step, name in (("初审", "甲"), ("复审", "乙"), ("终审", "丙")):
        assert main([*command, "review", "水利局", "--step", step, "--name", name, "--no-git"]) == 0
    shown = "\n".join(capsys.readouterr())
    assert "；审核完成" in shown or "; 审核完成" in shown
    assert not re.search(r"\b(?:imported|reviewed|updated|differs)\b", shown)


@pytest.mark.parametrize(
    ("against", "pro", "said"),
    [
        ("招标", "整改", "不像通报的是“招标”；像通报的是“整改”。"),
        ("招标", "", "不像通报的是“招标”，也没有像通报的话。"),
        ("", "整改", "缺少整改通报该有的话，只有“整改”像通报。"),
        ("", "", "里面没有整改通报该有的话。"),
    ],
)
def test_a_refusal_reads_well_whatever_speaks_for_a_notice(in_chinese, against, pro, said):
    refused = Refusal(NearKind("other", "另一种文件", ()), against, pro)
    expected = f"不是整改通报，而是另一种文件。{said}一定要收下，请加 --force。"
    assert say(f"甲.docx: {_refused(refused)}") == f"甲.docx：{expected}"


def test_a_full_disk_is_told_with_what_helps(in_chinese, tmp_path):
    full = OSError(errno.ENOSPC, "No space left on device")
    assert say(str(unwritable(tmp_path, full))) == f"{tmp_path}：写不进去：磁盘已满；请腾出空间"
    other = "请腾出空间，或者用 --output 换一个磁盘上的文件夹"
    assert say(str(unwritable(tmp_path, full, is_output=True))) == f"{tmp_path}：写不进去：磁盘已满；{other}"


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii"])
def test_a_report_is_utf8_and_a_message_is_lost_by_no_terminal(tmp_path, encoding):
    new_site(tmp_path / "site")
    command = [sys.executable, "-m", "generator", "--site", str(tmp_path / "site"), "check", "--lang", "zh"]
    world = os.environ | {"PYTHONIOENCODING": encoding}
    html = subprocess.run([*command, "--format", "html"], check=False, capture_output=True, env=world)
    assert (html.returncode, html.stderr) == (1, b"")
    assert "✕ 必须处理" in html.stdout.decode("utf-8")
    assert "owner：“〔主办单位名称〕”还是占位" in html.stdout.decode("utf-8")
    text = subprocess.run(command, check=False, capture_output=True, env=world)
    assert (text.returncode, text.stderr) == (1, b"")
    assert b"site.yml" in text.stdout


def cells(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize("command", [name for name, *_ in COMMANDS])
def test_the_columns_of_help_stand_below_each_other_and_hold_no_english(in_chinese, capsys, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["--lang", "zh", command, "--help"]) == 0
    shown = capsys.readouterr().out
    rows = [found for line in shown.split("\n") if (found := re.fullmatch(r"(  \S.*?  +)(\S.*)", line))]
    assert len(rows) > 1
    assert len({cells(row[1]) for row in rows}) == 1
    assert max(cells(line) for line in shown.split("\n")) <= 100
    words = set(re.findall(r"\b[A-Z]{2,}\b", re.sub(r"\{.*?\}", "", shown)))
    assert words <= {"PDF", "JSON", "SSH", "HTML", "QR", "A4", "OCR", "URL", "CSV"}
