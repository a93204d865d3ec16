"""The preview: a save shows, a mistake is said and does not end it, and nothing of it is ever published."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from generator.cli import main
from generator.preview import Preview
from tests.samples import make_site, notice, put_notice


@pytest.fixture
def folder(tmp_path):
    return make_site(tmp_path / "site", [notice(1)])


@pytest.fixture
def preview(folder, tmp_path):
    said = []
    found = Preview(folder, tmp_path / "out", said.append)
    found.said = said
    found.rebuild()
    return found


def test_a_page_of_the_preview_has_its_script_and_a_built_page_has_not(folder, preview):
    assert 'src="preview.js"' in (preview.output / "index.html").read_text(encoding="utf-8")
    assert main(["build", "--site", str(folder)]) == 0
    assert "preview" not in (folder / "output/index.html").read_text(encoding="utf-8")


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
    page = preview.output / "notices" / notice(1).id / "index.html"
    before = page.read_bytes()
    path = folder / file
    good = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    preview.rebuild()
    assert said in preview.errors[0]
    assert said in preview.said[-1]
    assert said.split("error")[-1] in preview.script
    assert page.read_bytes() == before
    path.unlink() if good is None else path.write_bytes(good)
    preview.rebuild()
    assert preview.errors == ()


def test_a_site_that_cannot_be_built_at_all_shows_why(folder, tmp_path):
    (folder / "site.yml").write_text("nam: x\n", encoding="utf-8")
    found = Preview(folder, tmp_path / "out", lambda _: None)
    found.rebuild()
    assert "preview.js" in (found.output / "index.html").read_text(encoding="utf-8")
    assert "unknown-key" in found.script
    (folder / "site.yml").write_text("name: x\nbase_url: https://a.cn/\n", encoding="utf-8")
    found.rebuild()
    assert found.errors == ()


def test_what_a_message_holds_does_not_end_the_script(preview):
    preview.errors = ("</script><script>alert(1)</script>",)
    assert "</script>" not in preview.script


# ------------------------------------------------------------------------------------------------------ as a whole


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()


def eventually(check, seconds=30):
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
    put_notice(folder, notice(1, title="存过的题目"))
    assert eventually(lambda: "存过的题目" in get(page))
    path = put_notice(folder, notice(1))
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    assert eventually(lambda: "yaml-syntax" in get(url + "preview.js"))
    assert "error[yaml-syntax]" in log.read_text(encoding="utf-8")
    assert "存过的题目" in get(page)
    assert not (folder / "output").exists()


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
