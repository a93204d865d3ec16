"""Importing: any mixture of files, nothing written for a bad one, nothing imported twice, an editor's work kept."""

import hashlib
import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from generator import readers
from generator.base.files import kept_name
from generator.cli import main
from generator.content.notice_file import read_notice
from generator.editorial import source_files

NOTICE = """中共青河县水利局党组关于巡察整改进展情况的通报
根据县委统一部署，2023年4月10日至5月20日，县委第二巡察组对县水利局党组开展了常规巡察。7月5日反馈了巡察意见。现将整改进展情况予以公布。
一、整改情况
（一）关于防汛责任压得不实的问题。
整改情况：重新签订责任书{}。已完成整改。
中共青河县水利局党组
2023年12月{}日
"""


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site.yml").write_text("name: 公开\nbase_url: https://www.example.gov.cn/\n", "utf-8")
    return tmp_path


def run(site, *arguments):
    return main(["--site", str(site), "import", *map(str, arguments)])


def notices(site):
    return sorted((site / "content" / "notices").rglob("*.md"))


def test_a_notice_becomes_a_content_file_and_its_source_is_kept(site, tmp_path, capsys):
    source = tmp_path / "通报.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    assert run(site, source) == 0
    (path,) = notices(site)
    assert path.relative_to(site).as_posix() == "content/notices/2023/qinghe-xian-shuili-ju-20231201.md"
    notice, problems = read_notice(path.read_text("utf-8"))
    assert problems == []
    assert len(notice.issues) == 1
    kept = site / "content" / "sources" / "qinghe-xian-shuili-ju-20231201" / "通报.txt"
    assert kept.read_bytes() == source.read_bytes()
    assert "     1 imported" in capsys.readouterr().err


LONG = "中共青河县水利局党组关于县委第二巡察组反馈意见整改进展情况的通报"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("通报.txt", "通报.txt"),
        (f"{LONG}（一）.docx", f"{LONG}（一）.docx"),
        (f"{LONG * 4}.txt", f"{(LONG * 4)[:78]}.txt"),
        ("a" * 250 + ".html", "a" * 115 + ".html"),
        ("a." + "b" * 250, "a." + "b" * 118),
        ("整改: 通报?.txt", "整改_ 通报_.txt"),
        ("aux.txt", "_aux.txt"),
        ("COM1", "_COM1"),
        ("Nul.tar.gz", "_Nul.tar.gz"),
        ("auxiliary.txt", "auxiliary.txt"),
        ("通报. ", "通报"),
        ("a\tb\\c|d.txt", "a_b_c_d.txt"),
        (".", "_"),
    ],
)
def test_a_source_is_kept_under_a_name_that_every_system_takes(name, kept):
    assert kept_name(name) == kept


@pytest.mark.parametrize("name", [f"{LONG * 4}.txt", "整改: 通报?.txt", "aux.txt"])
def test_a_name_that_only_an_archive_can_hold_is_no_hindrance(name, site, capsys):
    with zipfile.ZipFile(site / "a.zip", "w") as archive:
        archive.writestr(name, NOTICE.format("", 1))
    assert run(site, site / "a.zip") == 0
    notice, _ = read_notice(notices(site)[0].read_text("utf-8"))
    assert notice.source.file == kept_name(name)
    assert (site / "content/sources" / notice.id / notice.source.file).is_file()
    assert main(["--site", str(site), "check"]) == 1
    assert "source-unproved" not in capsys.readouterr().out


def test_one_notice_in_two_files_is_told(site, tmp_path, capsys):
    source, copy = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    copy.write_text(NOTICE.format("", 1), "gb18030")
    run(site, source)
    assert run(site, copy) == 0
    assert f"its words are those of {notices(site)[0]}" in capsys.readouterr().err
    assert len(notices(site)) == 1
    assert run(site, copy, "--as-new") == 0
    assert f"Same unit and day as {notices(site)[-1]}." in capsys.readouterr().err


def test_a_second_run_imports_nothing_twice_and_keeps_an_edited_file(site, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    run(site, source)
    (path,) = notices(site)
    edited = path.read_text("utf-8").replace("status=done", "status=ongoing")
    path.write_text(edited, "utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(source.read_bytes())
    assert run(site, source, copy) == 0
    assert notices(site) == [path]
    assert path.read_text("utf-8") == edited
    assert run(site, source, "--update") == 0
    assert path.read_text("utf-8") == edited
    assert run(site, source, "--update", "--take-new", "all") == 0
    assert "status=done" in path.read_text("utf-8")


def test_two_notices_of_a_unit_on_one_day_get_two_addresses(site, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(NOTICE.format(name, 1), "utf-8")
    run(site, tmp_path / "a.txt", tmp_path / "b.txt")
    stems = {path.stem for path in notices(site)}
    assert stems == {"qinghe-xian-shuili-ju-20231201", "qinghe-xian-shuili-ju-20231201-2"}


def test_a_folder_with_good_and_bad_files(site, tmp_path, capsys):
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "good.txt").write_text(NOTICE.format("", 1), "utf-8")
    (folder / "weather.txt").write_text("今天天气晴朗，适合出门。", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "~$lock.docx").write_bytes(b"x")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("卫健/通报.txt", NOTICE.format("二", 2))
        archive.writestr("../climbs.txt", NOTICE.format("三", 3))
    (folder / "all.zip").write_bytes(buffer.getvalue())
    assert run(site, folder) == 1
    said = capsys.readouterr().err
    assert "     2 imported" in said
    assert "not imported:" in said
    assert "to look at:" in said
    assert "weather.txt: not a rectification notice" in said
    assert "leads out of the archive" in said
    assert "empty.txt: the file is empty (0 bytes)" in said
    assert (
        "picture.png: error[unreadable]: this cannot be read, it is a picture. Ask for the file that it was made from"
        in said
    )
    assert "lock" not in said
    assert len(notices(site)) == 2
    assert "Traceback" not in said


def test_no_name_and_no_word_steers_the_terminal(site, tmp_path, capsys):
    (tmp_path / "买菜\x1b[2J\u202e.txt").write_text("买菜清单", "utf-8")
    (tmp_path / "通报\x9b31m.txt").write_text(NOTICE.format("", 1), "utf-8")
    assert run(site, tmp_path) == 1
    assert main(["--site", str(site), "import", str(tmp_path / "没有\x1b]0;x\x07")]) == 2
    printed = "".join(capsys.readouterr())
    assert not set(printed) & set("\x1b\x07\x9b\u202e")
    assert r"买菜\x1b[2J\u202e.txt" in printed


def test_what_is_missing_is_said(site, tmp_path, capsys):
    assert run(site, tmp_path / "none.txt") == 2
    assert "no such file" in capsys.readouterr().err
    assert main(["--site", str(tmp_path / "nowhere"), "import", str(tmp_path)]) == 2


def test_an_exported_content_file_comes_back_as_the_same_notice(site, tmp_path):
    (tmp_path / "a.txt").write_text(NOTICE.format("", 1), "utf-8")
    run(site, tmp_path / "a.txt")
    (path,) = notices(site)
    other = tmp_path / "other"
    other.mkdir()
    (other / "site.yml").write_bytes((site / "site.yml").read_bytes())
    assert run(other, path, "--with-decisions") == 0
    assert notices(other)[0].read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_whole_files_and_goes_on(site, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(NOTICE.format(number, number % 28 + 1), "utf-8")
    command = [sys.executable, "-m", "generator", "--site", str(site), "import", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    for wait in (0.2, 0.35, 0.5, 0.7):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in notices(site):
            notice, problems = read_notice(path.read_text("utf-8"))
            assert notice is not None
            assert problems == []
    assert subprocess.run(command, stderr=subprocess.DEVNULL, env=environment, check=False).returncode == 0
    assert len(notices(site)) == 60


def test_what_a_killed_command_left_is_cleared_and_nothing_else(site, tmp_path):
    folder = site / "content" / "sources" / "a"
    folder.mkdir(parents=True)
    for name in (".disclose-x1y2z3w4.tmp", ".editor.tmp", "~$a.tmp"):
        (folder / name).touch()
    (tmp_path / "通报.txt").write_text(NOTICE.format("", 1), "utf-8")
    assert run(site, tmp_path / "通报.txt") == 0
    assert sorted(path.name for path in folder.iterdir()) == [".editor.tmp", "~$a.tmp"]


def test_imports_at_once_give_every_notice_an_address_of_its_own(site, tmp_path):
    """One unit, one day: each of the commands would take the same free address."""
    words = [sys.executable, "-m", "generator", "--site", str(site), "import"]
    files = [tmp_path / f"{number}.txt" for number in range(4)]
    for number, file in enumerate(files):
        file.write_text(NOTICE.format(f"第{number}份", 1), "utf-8")
    running = [subprocess.Popen([*words, str(file)], stderr=subprocess.DEVNULL) for file in files]
    assert [process.wait() for process in running] == [0] * len(files)
    assert len(notices(site)) == len(files)
    texts = "".join(path.read_text("utf-8") for path in notices(site))
    assert all(f"第{number}份" in texts for number in range(len(files)))


def test_an_update_keeps_what_people_decided(site, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    run(site, source)
    (path,) = notices(site)
    text = path.read_text("utf-8")
    masked = text.replace("\n---\n", "\nmasks:\n- kind: other\n  why: 个人信息\n  value: 巡察\n  label: null\n---\n", 1)
    path.write_text(masked.replace("status=done", "status=ongoing"), encoding="utf-8")
    assert run(site, source, "--update") == 0
    assert path.read_text("utf-8") == masked.replace("status=done", "status=ongoing")
    assert run(site, source, "--update", "--take-new", "all") == 0
    assert path.read_text("utf-8") == masked


DECIDED = """review: reviewed
reviews:
- {step: 初审, name: 张三, date: 2025-01-01, words: x}
masks:
- {kind: other, why: 个人信息, value: 巡察}
accepted:
- {code: no-contact, who: 张三, when: 2025-01-01, why: 无}
"""


def decided(site, tmp_path):
    """A content file with decisions in it."""
    (tmp_path / "a.txt").write_text(NOTICE.format("", 1), "utf-8")
    run(site, tmp_path / "a.txt")
    (path,) = notices(site)
    text = path.read_text("utf-8")
    path.unlink()
    assert "review: draft" in text
    return text.replace("review: draft\n", "").replace("\n---\n", f"\n{DECIDED}---\n", 1)


@pytest.mark.parametrize("name", ["b.txt", "b", "b.html", "b.MD.txt", "通报.docx", "b.mdx"])
def test_only_a_file_called_md_may_be_a_content_file(name, site, tmp_path, capsys):
    source = tmp_path / name
    source.write_text(decided(site, tmp_path), "utf-8")
    capsys.readouterr()
    assert run(site, source) == 1
    assert notices(site) == []


def test_an_imported_content_file_is_a_draft_and_says_what_was_left_out(site, tmp_path, capsys):
    source = tmp_path / "b.md"
    source.write_text(decided(site, tmp_path), "utf-8")
    capsys.readouterr()
    assert run(site, source) == 0
    said = capsys.readouterr().err
    (path,) = notices(site)
    notice, problems = read_notice(path.read_text("utf-8"))
    assert problems == []
    assert (notice.review, notice.reviews, notice.masks, notice.accepted) == ("draft", (), (), ())
    for one in ("review: reviewed", "reviews: ", "masks: kind other", "accepted: code no-contact"):
        assert f"decision left out (--with-decisions takes it over): {one}" in said
    assert "value …" in said


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\u202e", "\x85", "\u2028"])
def test_the_name_of_a_file_forges_no_line(sign, tmp_path):
    shown = f"{tmp_path}/a{ascii(sign)[1:-1]}imported\u3000b.txt"
    assert source_files.shown_name(tmp_path / f"a{sign}imported\u3000b.txt") == shown


def test_a_content_file_that_names_anothers_source_does_not_keep_it_out(site, tmp_path, capsys):
    source, text = tmp_path / "genuine.txt", decided(site, tmp_path)
    source.write_text(NOTICE.format("其他", 7), "utf-8")
    forged = re.sub("sha256: .*", f"sha256: {hashlib.sha256(source.read_bytes()).hexdigest()}", text)
    (tmp_path / "b.md").write_text(forged, "utf-8")
    assert run(site, tmp_path / "b.md") == 0
    assert run(site, source) == 0
    assert len(notices(site)) == 2
    capsys.readouterr()
    assert run(site, source) == 0
    assert "unchanged" in capsys.readouterr().err


@pytest.mark.parametrize("update", [(), ("--update",)])
def test_a_file_that_is_there_already_is_told_by_its_name(update, site, tmp_path, capsys):
    source = tmp_path / "通报.txt"
    source.write_text(NOTICE.format("", 1), "utf-8")
    assert run(site, source) == 0
    capsys.readouterr()
    assert run(site, source, *update) == 0
    said = capsys.readouterr().err
    assert re.search(rf"^unchanged +{re.escape(str(source))}: already in .*\.md$", said, re.MULTILINE)


def test_decisions_come_in_when_they_are_asked_for_and_each_is_shown(site, tmp_path, capsys):
    source = tmp_path / "b.md"
    source.write_text(decided(site, tmp_path), "utf-8")
    capsys.readouterr()
    assert run(site, source, "--with-decisions") == 0
    said = capsys.readouterr().err
    (path,) = notices(site)
    notice, _ = read_notice(path.read_text("utf-8"))
    assert (notice.review, len(notice.reviews), len(notice.masks), len(notice.accepted)) == ("reviewed", 1, 1, 1)
    assert said.count("decision taken over: ") == 4


def test_a_text_that_quotes_a_title_origin_is_a_text(site, tmp_path):
    (tmp_path / "a.txt").write_text(NOTICE.format("", 1) + "\n\ntitle_origin: printed\n", "utf-8")
    run(site, tmp_path / "a.txt")
    assert "review: draft" in notices(site)[0].read_text("utf-8")


@pytest.mark.parametrize(
    "error", [LookupError("punycode"), RecursionError("x"), MemoryError(), UnicodeError("y"), KeyError(1)]
)
def test_whatever_a_file_brings_is_a_failure_of_that_file(error, site, tmp_path, monkeypatch, capsys):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(NOTICE.format(name, 1), "utf-8")
    whole = readers.read_document

    def read(data, name):
        if name.endswith("a.txt"):
            raise error
        return whole(data, name)

    monkeypatch.setattr(readers, "read_document", read)
    assert run(site, tmp_path / "a.txt", tmp_path / "b.txt") == 1
    assert len(notices(site)) == 1
    said = capsys.readouterr().err
    assert f"the program could not read it ({type(error).__name__}" in said
    assert "Traceback" not in said


def test_a_name_that_is_no_utf_8_is_read_as_gbk_and_leaves_no_orphan(site, tmp_path, capsys):
    folder = tmp_path / "mail"
    folder.mkdir()
    name = os.fsencode(folder) + b"/" + "整改通报.txt".encode("gbk")
    Path(os.fsdecode(name)).write_text(NOTICE.format("", 1), "utf-8")
    assert run(site, folder) == 0
    assert "整改通报.txt" in capsys.readouterr().err
    (path,) = notices(site)
    assert [source.name for source in (site / "content/sources").rglob("*.txt")] == ["整改通报.txt"]
    assert "整改通报.txt" in path.read_text("utf-8")


def test_pipes_and_devices_are_refused(site, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), Path("/dev/null")):
        assert run(site, path) == 1
        assert "Only plain files are imported" in capsys.readouterr().err
    assert notices(site) == []
