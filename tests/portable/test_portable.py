"""The commands do on a poor system, with content that Notepad saved, what it does here."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from generator.build.driver import build
from generator.model.decisions import Acceptance
from tests.desk.tools import free_port
from tests.release.support import SBIN, ready_site, tree
from tests.samples import DATE, make_site, notice

ROOT = Path(__file__).parents[2]
SOURCE = next((ROOT / "content/sources").glob("zhangfan*/*.txt"))
READY = "mou-ju-20240801-1"
POOR = (sys.executable, "-X", "utf8=0", "-X", "warn_default_encoding", "-m", "tests.portable.poor")
HERE = (sys.executable, "-m", "generator")
RESERVED = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
ROOM = 259 - len(r"C:\Users\Administrator\Documents\巡察整改公开\.output.packed\\") - len(".gz")
"""Characters of a path of the site's output at most, on a desk of Windows."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc, to know what is open"),
]


def environment(**more):
    """What both kinds of system see: a code page for what is printed, no UTF-8 mode, and no program beside this one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    own = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "gbk:replace", "LC_ALL": "C.UTF-8", "PATH": os.devnull}
    return kept | own | more


def disclose(system, *words, cwd):
    done = subprocess.run([*system, *map(str, words)], cwd=cwd, env=environment(), capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("gbk", "replace")  # a record is UTF-8 everywhere
    assert "Traceback" not in said, said
    return done.returncode, said.replace(str(cwd), "SITE")


IMPORTED = "zhangfan-jiedao-shequ-weisheng-fuwu-20250920"
REWORDED = ("组织1次专题学习", "组织一次专题学习")
JOURNEY = (
    ("parse", SOURCE),
    ("import", SOURCE, "--no-git"),
    ("check",),
    ("correct", IMPORTED, "--who", "某甲", "--why", "扫描误识", "--no-git"),
    ("slip", IMPORTED),
    ("review", IMPORTED, "--step", "初审", "--name", "某甲", "--no-git"),
    ("build",),
    ("verify",),
    ("build",),
    ("publish", "site.zip", "--no-git"),
    ("publish", "site.zip", "--no-git"),
    ("verify", "site.zip"),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return travelled(HERE, tmp_path_factory.mktemp("here") / "site")


@pytest.fixture(scope="module")
def drive(tmp_path_factory):
    """A folder on NTFS where `a` and `A` are one name and `aux` is none; where none can be had, an ordinary folder."""
    place = tmp_path_factory.mktemp("poor")
    image, folder = place / "ntfs", place / "drive"
    folder.mkdir()
    programs = [shutil.which(name, path=SBIN) for name in ("mkntfs", "lowntfs-3g", "umount")]
    if os.geteuid() or not all(programs) or not Path("/dev/fuse").exists():
        yield folder
        return
    make, mount, unmount = programs
    with image.open("wb") as file:
        file.truncate(400 << 20)
    run = functools.partial(subprocess.run, check=False, timeout=60, capture_output=True)
    run([make, "-F", "-Q", "-q", image])
    run([mount, image, folder, "-o", "ignore_case,windows_names"])
    yield folder
    if folder.is_mount():
        run([unmount, "-l", folder])


@pytest.fixture(scope="module")
def poor(drive):
    return travelled(POOR, drive / "site")


def test_names_are_taken_there_as_windows_takes_them(drive):
    if not drive.is_mount():
        pytest.skip("no folder where a and A are one name can be mounted: it takes root, /dev/fuse and ntfs-3g")
    (drive / "Ab").write_text("x", "utf-8")
    assert (drive / "aB").read_text("utf-8") == "x"
    with pytest.raises(OSError, match="Invalid argument"):
        (drive / "aux.txt").touch()


def travelled(system, site):
    """The site after the journey, and what each command of it said."""
    ready_site(site)
    told = []
    for words in JOURNEY:
        if words[0] == "correct":
            (imported,) = site.rglob(f"{IMPORTED}.md")
            imported.write_bytes(imported.read_bytes().replace(REWORDED[0].encode(), REWORDED[1].encode(), 1))
        if system is POOR:
            for path in (site / "site.yml", *site.glob("content/**/*.md"), *site.glob("content/**/*.yml")):
                path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        told.append(disclose(system, *words, cwd=site))
    return site, told


@pytest.mark.parametrize("step", range(len(JOURNEY)), ids=[" ".join(map(str, words[:1])) for words in JOURNEY])
def test_it_says_the_same(here, poor, step):
    def plain(answer):  # without links, what did not change is made anew
        return answer[0], re.sub(r"\(\d+ made", "(… made", answer[1])

    assert plain(poor[1][step]) == plain(here[1][step])


def test_it_makes_the_same_site(here, poor):
    assert len(tree(here[0] / "output")) > 100
    assert tree(poor[0] / "output") == tree(here[0] / "output")


def test_it_writes_the_same_content(here, poor):
    plain = {name: data.replace(b"\r\n", b"\n") for name, data in tree(poor[0] / "content").items()}
    assert plain.pop(".disclose.lock") == b""
    assert plain == tree(here[0] / "content")


def test_it_records_who_answers_for_a_word_and_prints_the_slip(here, poor):
    for site, told in (here, poor):
        said = {words[0]: answer for words, answer in zip(JOURNEY, told, strict=True)}
        assert "1 errata, 0 facts recorded" in said["correct"][1]
        assert "No PDF was made" in said["slip"][1]
        assert "送审单" in (site / f"slips/{IMPORTED}.html").read_text("utf-8")
    assert tree(here[0] / "slips") == tree(poor[0] / "slips")


def test_it_makes_the_same_zip(here, poor):
    assert (poor[0] / "site.zip").read_bytes() == (here[0] / "site.zip").read_bytes()


def test_a_new_site_builds(tmp_path):
    assert disclose(POOR, "new", "mine", "--no-git", cwd=tmp_path)[0] == 0
    (tmp_path / "empty").mkdir()
    assert disclose(POOR, "new", "empty", "--no-git", cwd=tmp_path)[0] == 0
    assert disclose(POOR, "build", cwd=tmp_path / "mine")[0] == 0
    assert disclose(POOR, "build", "--clean", cwd=tmp_path / "mine")[0] == 0
    assert ".disclose.lock" in (tmp_path / "mine/.gitignore").read_text("utf-8").splitlines()


def test_a_folder_is_no_destination_and_it_is_said_what_is(poor):
    code, said = disclose(POOR, "publish", "www", "--no-git", cwd=poor[0])
    assert code == 1
    assert "disclose publish site.zip" in said
    assert not (poor[0] / "www").exists()


def test_a_platform_gets_its_files(here, poor):
    for system, (site, _) in ((HERE, here), (POOR, poor)):
        code, said = disclose(system, "portal", READY, "--draft", cwd=site)
        assert code == 0, said
    names = {name for name in tree(here[0] / "portal") if not name.endswith(".pdf")}
    assert names == {name for name in tree(poor[0] / "portal") if not name.endswith(".pdf")}
    assert len(names) >= 3


def test_the_preview_begins_and_ends(poor):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*POOR, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=poor[0], env=environment(), stderr=subprocess.PIPE) as server:
        try:
            page = answered(f"http://127.0.0.1:{port}/notices/{READY}/", server)
        finally:
            server.send_signal(signal.SIGINT)
            said = server.stderr.read().decode("gbk")
    assert "某局党组" in page
    assert "Traceback" not in said, said
    assert server.returncode == 130


def answered(address, server):
    """The page that the preview shows when it has read the site."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    page = ""
    for _ in range(300):
        assert server.poll() is None, server.stderr.read().decode("gbk")
        with contextlib.suppress(OSError), opener.open(address, timeout=5) as answer:
            page = answer.read().decode()
        if "某局党组" in page:
            break
        time.sleep(0.2)
    return page


def test_the_preview_is_shared_and_closed(poor, tmp_path):
    log = tmp_path / "log.txt"
    command = [*POOR, "share", "--address", "127.0.0.1", "--port", str(free_port())]
    with log.open("wb") as out, subprocess.Popen(command, cwd=poor[0], env=environment(), stderr=out) as server:
        try:
            page = got(line_of(log, r"http://127\.0\.0\.1:\d+/\w+/", server) + f"notices/{READY}/")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
    said = log.read_text("gbk")
    assert "某局党组" in page
    assert "没有公布" in page
    assert "Traceback" not in said, said
    assert said.endswith("\nClosed: nobody reaches the preview any more.\n")
    assert server.returncode == 0


def test_the_desk_begins_takes_a_signature_shows_a_preview_and_ends(tmp_path):
    codes = ("date-damaged", "stated-differs", "source-unproved", "fact-unproved")
    why = {"who": "某乙", "when": DATE("2024-08-02"), "why": "原文如此"}
    item = notice(1, accepted=tuple(Acceptance(code=code, **why) for code in codes))
    site, log, port = make_site(tmp_path / "site", [item]), tmp_path / "log.txt", free_port()
    command = [*POOR, "desk", "--no-open", "--port", str(port)]
    place = environment(LOCALAPPDATA=str(tmp_path / "state"))
    with log.open("wb") as out, subprocess.Popen(command, cwd=site, env=place, stderr=out) as desk:
        try:
            base = line_of(log, rf"http://127\.0\.0\.1:{port}/\w+/", desk)
            assert "某局党组" in got(base)
            page = got(f"{base}n/{READY}/proof")
            assert "补开会议" in page
            page = got(f"{base}n/{READY}/review")
            fields = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("csrf", "version", "id")}
            got(f"{base}n/{READY}/sign", fields | {"step": "初审", "name": "某甲"})
            frame = re.search(r'http://localhost:\d+/\w+/[^"?]*', got(f"{base}n/{READY}/preview"))[0]
            assert "补开会议" in got(frame)
        finally:
            desk.send_signal(signal.SIGINT)
            desk.wait(30)
    said = log.read_text("gbk")
    assert "Traceback" not in said, said
    assert desk.returncode == 130
    assert re.search(r"step: 初审\s+name: 某甲", (site / f"content/notices/2024/{READY}.md").read_text("utf-8"))


def line_of(log, pattern, process):
    """What a server says once it can be asked."""
    for _ in range(300):
        if found := re.search(pattern, log.read_text("gbk")):
            return found[0]
        assert process.poll() is None, log.read_text("gbk")
        time.sleep(0.1)
    raise AssertionError(log.read_text("gbk"))


def got(address, fields=None):
    """A page, or what comes of a form."""
    form = urllib.parse.urlencode(fields).encode() if fields else None
    origin = "/".join(address.split("/")[:3])
    request = urllib.request.Request(address, form, {"Origin": origin} if form else {})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        return answer.read().decode()


@pytest.fixture(scope="module")
def longest(tmp_path_factory):
    """A built site whose names are as long as they get."""
    name = "中共" + "内蒙古自治区锡林郭勒盟苏尼特左旗" * 3 + "市场监督管理局党组"
    item = notice(1, unit="x" * 60, name=name)
    folder = make_site(tmp_path_factory.mktemp("long") / "site", [item])
    assert not build(folder, folder / "output").failed
    return folder / "output"


def test_names_are_names_everywhere(here, longest, built):
    for output in (here[0] / "output", longest, built[1]):
        paths = [path.relative_to(output).as_posix() for path in output.rglob("*")]
        folded = [unicodedata.normalize("NFC", path).casefold() for path in paths]
        assert len(set(folded)) == len(paths)
        assert [part for path in paths for part in path.split("/") if RESERVED.search(part)] == []
        assert max(map(len, paths)) <= ROOM
