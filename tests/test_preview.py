"""The preview: a save shows, a mistake is said and does not end it, and nothing of it is ever published."""

from __future__ import annotations

import gc
import json
import multiprocessing
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import weakref
from pathlib import Path

import pytest

from generator.base.language import speak
from generator.build.follower import Follower
from generator.build.preview import Preview
from generator.cli import main
from generator.site.model import Site
from tests.samples import make_site, notice, put_notice


@pytest.fixture
def folder(tmp_path):
    return make_site(tmp_path / "site", [notice(1)])


@pytest.fixture
def preview(folder, tmp_path):
    said = []
    found = Preview(folder, tmp_path / "out", said.append)
    found.said = said
    found.begin()()
    return found


PAGE = f"notices/{notice(1).id}/index.html"


def test_what_was_shown_before_a_save_is_not_kept(folder, preview):
    """Who edits a large site all day saves it a hundred times."""
    before = []
    for number in range(3):
        for path in (PAGE, "index.html", "issues/index.html", "units/mou-ju/index.html", "data/issues.csv", "x.html"):
            preview.data(path)
        before.append(weakref.ref(preview._plan))
        preview.change([put_notice(folder, notice(1, title=f"第{number}个题目"))])
    gc.collect()
    assert [plan() for plan in before] == [None] * 3
    assert sum(isinstance(one, Site) and one.config is preview.site.config for one in gc.get_objects()) == 1


def test_a_page_of_the_preview_has_its_script_and_a_built_page_has_not(folder, preview):
    assert b'src="preview.js"' in preview.data("index.html")
    assert main(["build", "--site", str(folder)]) == 0
    assert "preview" not in (folder / "output/index.html").read_text(encoding="utf-8")


def test_every_file_of_a_build_is_served_and_no_other(folder, preview):
    assert main(["build", "--site", str(folder)]) == 0
    for path in sorted((folder / "output").rglob("*")):
        name = path.relative_to(folder / "output").as_posix()
        if path.is_file() and not name.endswith(".html") and name not in ("manifest.json", "data/catalog.jsonld"):
            assert preview.data(name) == path.read_bytes(), name
        elif name.endswith(".html"):
            assert b"preview.js" in preview.data(name), name
    assert json.loads(preview.data("data/catalog.jsonld"))
    for name in ("x.html", "notices/x/index.html", "search/x.js", "data/x.csv", "../site.yml", "assets/", ""):
        assert preview.data(name) is None, name


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("content/notices/2024/x.md", "---\nid: [\n---\n", "error[yaml-syntax]"),
        ("site.yml", "name: [", "error[yaml-syntax]"),
        ("content/topics.yml", "topics: 3", "error[type]"),
        ("templates/home.html", "{% if %}", "templates/home.html:1: error[template]"),
        ("templates/home.html", "{{ 1 + 'a' }}", "templates/home.html:1: error[template]"),
    ],
)
def test_a_mistake_is_said_and_the_preview_goes_on(folder, preview, file, text, said):
    before = preview.data("index.html"), preview.data(PAGE)
    path = folder / file
    good = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    preview.change([path])
    assert (preview.data("index.html"), preview.data(PAGE)) == before
    assert said in preview.errors[0]
    assert said in "".join(preview.said)
    assert said.split("error")[-1] in preview.script
    path.unlink() if good is None else path.write_bytes(good)
    preview.change([path])
    assert (preview.data("index.html"), preview.data(PAGE)) == before
    assert preview.errors == ()


@pytest.mark.parametrize(("language", "heading"), [("en", "Preview: 1 to fix"), ("zh", "预览：有 1 处需要修改")])
def test_the_banner_speaks_the_language_of_the_editor(folder, preview, language, heading):
    path = folder / "content/notices/2024/x.md"
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    preview.change([path])
    speak(language)
    try:
        assert heading in preview.script
        assert re.search("预览|还没有", preview._waiting("index.html").decode()) is None or language == "zh"
    finally:
        speak("en")


def test_what_is_saved_deleted_and_renamed_shows(folder, preview):
    path = put_notice(folder, notice(2, title="第二份"))
    preview.change([path])
    page = f"notices/{notice(2).id}/index.html"
    assert "第二份".encode() in preview.data(page)
    assert "第二份".encode() in preview.data("notices/index.html")
    path.parent.rename(path.parent.with_name("elsewhere"))
    preview.change([path.parent, path.parent.with_name("elsewhere")])
    assert "第二份".encode() in preview.data(page)
    (path.parent.with_name("elsewhere") / path.name).unlink()
    preview.change([path.parent.with_name("elsewhere") / path.name])
    assert preview.data(page) is None
    assert "第二份".encode() not in preview.data("notices/index.html")


def test_what_was_published_of_a_notice_stays_until_its_mistake_is_mended(folder, preview):
    path = put_notice(folder, notice(1))
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    preview.change([path])
    assert notice(1).title.encode() in preview.data(PAGE)
    path.unlink()
    preview.change([path])
    assert preview.data(PAGE) is None


def test_a_page_is_there_before_all_notices_are_read(folder, tmp_path):
    found = Preview(folder, tmp_path / "out", lambda _: None)
    finish = found.begin()
    assert notice(1).title.encode() in found.data(PAGE)
    waiting = found.data("notices/index.html")
    assert b"reading the notices: 0 of 1" in waiting
    assert waiting.count(b'="../preview.') == 2, "what it loads is behind the key that a desk or a sharing has"
    assert b'http-equiv="refresh"' in waiting, "a desk's frame has no script that would ask again"
    assert found.data("assets/site.css")
    finish()
    assert notice(1).title.encode() in found.data("notices/index.html")


def test_what_is_saved_while_the_notices_are_read_is_the_newest(folder, tmp_path):
    found = Preview(folder, tmp_path / "out", lambda _: None)
    finish = found.begin()
    path = put_notice(folder, notice(1, title="读入时存的题目"))
    found.change([path])
    assert b"reading the notices" in found.data("notices/index.html")
    finish()
    assert "读入时存的题目".encode() in found.data("notices/index.html")


def test_what_was_saved_before_anybody_looked_is_told(folder):
    told, begun = queue.Queue(), time.time_ns()
    path = put_notice(folder, notice(1, title="没有人看见的题目"))
    follower = Follower(folder, told.put, begun)
    thread = threading.Thread(target=follower.follow_trees)
    thread.start()
    try:
        assert path in told.get(timeout=120)
    finally:
        follower.stop()
        thread.join()


def test_a_site_that_cannot_be_built_at_all_shows_why(folder, tmp_path):
    (folder / "site.yml").write_text("nam: x\n", encoding="utf-8")
    found = Preview(folder, tmp_path / "out", lambda _: None)
    found.begin()()
    assert b"preview.js" in found.data("index.html")
    assert "unknown-key" in found.script
    (folder / "site.yml").write_text("name: x\nbase_url: https://a.cn/\n", encoding="utf-8")
    found.change([folder / "site.yml"])
    assert found.errors == ()


def test_what_a_message_holds_does_not_end_the_script(folder, preview):
    path = folder / "content/notices/x.md"
    path.write_text("---\n</script><script>alert(1)</script>: 1\n---\n", encoding="utf-8")
    preview.change([path])
    assert preview.errors
    assert "</script>" not in preview.script


# ------------------------------------------------------------------------------------------------------ as a whole


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def eventually(check, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if check():
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


@pytest.fixture
def served(folder):
    port = free_port()
    command = [sys.executable, "-m", "generator", "--site", folder, "serve", "--port", str(port)]
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, cwd=Path(__file__).parent.parent)
    try:
        url = f"http://127.0.0.1:{port}/"
        assert eventually(lambda: get(url)), log.read_text()
        yield url, log
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert "Traceback" not in log.read_text()


def test_a_save_is_served_and_a_mistake_is_shown(folder, served):
    url, log = served
    page = f"{url}notices/{notice(1).id}/index.html"
    assert eventually(lambda: int(get(url + "preview.json")))  # all is read
    path = put_notice(folder, notice(1, title="存过的题目"))
    assert eventually(lambda: "存过的题目" in get(page))
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    assert eventually(lambda: "yaml-syntax" in get(url + "preview.js"))
    assert "error[yaml-syntax]" in log.read_text(encoding="utf-8")
    assert "存过的题目" in get(page)
    assert not (folder / "output").exists()


def test_who_stops_a_preview_waits_for_no_notices(tmp_path):
    folder = make_site(tmp_path / "site", [notice(number) for number in range(200)])
    (tmp_path / "out").mkdir()
    preview = Preview(folder, tmp_path / "out", lambda _: None)
    finish = preview.begin(jobs=2)
    preview.stop()
    finish()
    assert preview.builds == 0
    assert not multiprocessing.active_children()


def test_a_taken_port_is_said(folder, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--site", str(folder), "serve", "--port", str(taken.getsockname()[1])]) == 1
    assert "choose another with --port" in capsys.readouterr().err


def test_without_a_site_there_is_nothing_to_serve(tmp_path, capsys):
    assert main(["--site", str(tmp_path), "serve"]) in (1, 2)
    assert "there is no site here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
