"""Who has the key sees pages, marked, as long as it lasts; nobody else sees anything: a real server, really asked."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path

import pytest
import segno

from generator.base.diagnostics import DiscloseError
from generator.build import sharing as module
from generator.build.driver import build
from generator.build.sharing import SharingTime, is_of_pages, one_address, own_address, share
from generator.cli import main
from generator.commands.share import drawn
from generator.model.decisions import Mask
from tests.release.support import clean
from tests.samples import make_site, notice
from tests.test_preview import free_port

ROOT = Path(__file__).parents[1]
HIDDEN = "张三丰"
DRAFT = notice(3, unit="ling-yi-ju", name="另一局党组", masks=(Mask(kind="person", value=HIDDEN, why="个人信息"),))
READY = clean(1, masks=(Mask(kind="person", value=HIDDEN, why="个人信息"),))
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_site(tmp_path_factory.mktemp("share") / "site", [READY, DRAFT], "traditional: true\n")


@pytest.fixture(scope="module")
def output(folder, tmp_path_factory):
    """The same site as a build makes it: what there is to ask for."""
    built = tmp_path_factory.mktemp("built") / "output"
    assert not build(folder, built).failed
    return [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def opened(folder, tmp_path_factory):
    """`disclose share`, as somebody starts and ends it: (address, port, key, what it said so far)."""
    log, port = tmp_path_factory.mktemp("log") / "log.txt", free_port()
    words = ["--site", folder, "share", "--address", "127.0.0.1", "--port", port, "--minutes", 5]
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *map(str, words)], stdout=out, stderr=out, cwd=ROOT
        )
    try:
        found = None
        for _ in range(300):
            said = log.read_text("utf-8")
            if process.poll() is not None or (
                found := re.search(r"^http://127\.0\.0\.1:\d+/(\w+)/$", said, re.MULTILINE)
            ):
                break
            time.sleep(0.1)
        assert found, said
        yield found[0], port, found[1], lambda: log.read_text("utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(20)
    assert code == 0
    assert log.read_text("utf-8").endswith("\nClosed: nobody reaches the preview any more.\n")
    assert not list(folder.glob("output*"))


def asked(port, path, method="GET", *, body=None, **headers):
    """Status, headers and bytes of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": f"127.0.0.1:{port}", **headers}.items():
        connection.putheader(name.replace("_", "-"), value.replace("PORT", str(port)))
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_no_address_that_somebody_asks_for_steers_the_terminal(opened):
    _, port, key, said = opened
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        head = f"GET /{key}/\x9b31m%ff HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode("latin-1"))
        while connection.recv(1000):
            pass
    assert "%ff" in said()
    assert "\x9b" not in said()


def test_it_says_what_it_opens_to_whom_and_until_when(opened):
    url, _, key, said = opened
    assert "preview of 2 notices, 1 of them drafts that are not approved" in said()
    assert "Whoever is in this network and has this address sees it; it is not encrypted" in said()
    assert re.search(r"^Open until \d\d:\d\d; Ctrl\+C closes it at once\.$", said(), re.MULTILINE)
    assert re.fullmatch("[0-9a-f]{32}", key)
    assert re.sub("\033\\[[0-9;]*m", "", drawn(segno.make(url, error="l", micro=False))) in re.sub(
        "\033\\[[0-9;]*m", "", said()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_the_code_is_drawn_with_the_signs_that_a_terminal_has(encoding, monkeypatch):
    class Terminal:
        pass

    Terminal.encoding = encoding
    monkeypatch.setattr(sys, "stderr", Terminal())
    code = segno.make("http://192.168.1.20:5600/0123456789abcdef0123456789abcdef/", error="l", micro=False)
    text = drawn(code)
    text.encode(encoding)
    assert squares(text) == [[*row] for row in code.matrix_iter(scale=1, border=2)]


def squares(text):
    """The dark squares of a drawing, row by row."""
    rows = []
    for line in text.splitlines():
        if "\033[7m" in line or "\033[49m" in line:
            runs = re.findall("\033\\[(7|49)m( +)", line)
            rows.append([int(sign == "49") for sign, run in runs for _ in range(len(run) // 2)])
        else:
            signs = re.sub("\033\\[[0-9;]*m", "", line)
            rows += [[int(sign in " ▄") for sign in signs], [int(sign in " ▀") for sign in signs]]
    return rows[: len(rows[0])]


def test_every_page_is_there_and_marked(opened, output):
    _, port, key, said = opened
    pages = [name for name in output if name.endswith(".html") and "/same/" not in name]  # a preview does without
    assert len(pages) > 40
    for name in pages:
        status, _, data = asked(port, f"/{key}/{name}")
        assert status == 200, name
        assert data.count("<b>预览，没有公布。</b>含待审稿 1 份。".encode()) == 1, name
        assert b"preview.css" in data, name
        assert HIDDEN.encode() not in data, name
    assert "待审稿</b>".encode() in asked(port, f"/{key}/notices/{DRAFT.id}/")[2]
    assert "待审稿</b>".encode() not in asked(port, f"/{key}/notices/{READY.id}/")[2]
    assert said().count("127.0.0.1 looks at the preview") == 1


def test_the_style_sheet_draws_the_watermark_and_marks_links_to_drafts(opened):
    _, port, key, _ = opened
    style = asked(port, f"/{key}/preview.css")[2].decode()
    assert urllib.parse.quote("预览 未公布") in style
    assert f'a[href*="notices/{DRAFT.id}/"]::after{{content:"待审稿"' in style
    assert READY.id not in style
    assert asked(port, f"/{key}/preview.js")[2] == b""


def test_what_pages_load_is_there_and_no_file_to_keep(opened, output):
    _, port, key, _ = opened
    others = [name for name in output if not name.endswith(".html")]
    assert len({Path(name).suffix for name in others}) > 8
    for name in others:
        status, _, data = asked(port, f"/{key}/{name}")
        assert status == (200 if name.startswith(("assets/", "search/")) else 403), name
        assert HIDDEN.encode() not in data, name
    assert "不带水印" in asked(port, f"/{key}/notices/{DRAFT.id}/notice.txt")[2].decode()


NOWHERE = (
    *(
        "site.yml",
        "content/notices/2024/x.md",
        "output/index.html",
        "preview.json",
        "livereload.js",
        "assets",
        "assets/",
    ),
    *("../site.yml", "..%2fsite.yml", "%2e%2e/site.yml", "assets/../../site.yml", "assets/%2e%2e/%2e%2e/site.yml"),
    *("/etc/passwd", "assets//etc/passwd", "assets/site.css/", "notices", "units/", "search/none.html", "x.html"),
    *("assets/site.css%00.html", "assets\\site.css", "content/pages/x.html", "notices/x/source/a.html", ".", "..", "~"),
)


@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_else_is_there(path, opened):
    _, port, key, _ = opened
    status, _, data = asked(port, f"/{key}/{path}")
    if path == "units/":
        assert status == 200  # a page: its list of units
        return
    assert status in (403, 404), path
    assert b"name:" not in data
    assert "测试公开".encode() not in data


def test_a_source_is_no_page():
    assert not is_of_pages("notices/x/source/x.html")
    assert not is_of_pages("zh-hant/notices/x/source/x.html")
    assert is_of_pages("notices/x/index.html")


def wrong(key):
    """Paths with another key."""
    yield from (
        "",
        key[:-1],
        f"{key}0",
        key.upper() + "x",
        "0" * 32,
        f"x/{key}",
        f"%20{key}",
        f"{key}%2f",
        f"{key};",
        "é",
    )
    yield from (f"?{key}", f"?key={key}", f"#{key}", f"/{key}", f"./{key}", "index.html", "preview.css", "robots.txt")


def test_with_another_key_there_is_nothing_to_read(opened):
    _, port, key, _ = opened
    for path in wrong(key):
        for rest in ("", "/", "/index.html", "/preview.css"):
            status, headers, data = asked(port, urllib.parse.quote(f"/{path}{rest}", safe="/?#%;="))
            assert status == 404, path
            assert len(data) < 100, path
            assert key.encode() not in data
            assert {name: headers.get(name) for name in HEADERS} == HEADERS
            assert "Set-Cookie" not in headers


def test_the_key_without_its_slash_leads_to_the_site(opened):
    url, port, key, _ = opened
    status, headers, _ = asked(port, f"/{key}")
    assert (status, headers["Location"]) == (302, url)


def test_every_answer_is_kept_nowhere_and_told_to_nobody(opened):
    _, port, key, _ = opened
    for path in ("", "assets/site.css", "none.html", "data/notices.csv", "preview.css"):
        headers = asked(port, f"/{key}/{path}")[1]
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path


OTHER_HOSTS = ("localhost:PORT", "0.0.0.0:PORT", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.2:PORT")


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_it_answers_to_the_address_shown_alone(host, opened):
    _, port, key, _ = opened
    assert asked(port, f"/{key}/", Host=host)[0] == 403


def test_it_is_read_and_nothing_else(opened):
    url, port, key, _ = opened
    own = {"Origin": url.removesuffix(f"/{key}/")}
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"):
        assert asked(port, f"/{key}/", method, **own)[0] == 405, method
    assert asked(port, f"/{key}/", "POST", Origin="http://evil.example")[0] == 403
    status, headers, data = asked(port, f"/{key}/", "HEAD")
    assert (status, data) == (200, b"")
    assert headers["Content-Length"] == str(len(asked(port, f"/{key}/")[2]))


def test_a_large_body_ends_its_connection(opened):
    _, port, key, _ = opened
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        host = f"127.0.0.1:{port}"
        head = f"POST /{key}/ HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 100000\r\n\r\n"
        connection.sendall(head.encode())
        answer = connection.recv(100)
    assert not answer or b" 400 " in answer or b" 413 " in answer
    assert asked(port, f"/{key}/")[0] == 200


# ------------------------------------------------------------------------------------------------------- how it ends


def test_it_ends_by_itself_and_takes_open_connections_along(folder):
    port, told = free_port(), []
    thread = threading.Thread(
        target=share, args=(folder,), kwargs={"address": "127.0.0.1", "port": port, "seconds": 1, "opened": told.append}
    )
    thread.start()
    for _ in range(200):
        if told:
            break
        time.sleep(0.05)
    path = urllib.parse.urlsplit(told[0].url).path
    held = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    held.request("GET", path)
    assert held.getresponse().read()
    thread.join(20)
    assert not thread.is_alive()
    assert held.sock.recv(1) == b""
    held.close()
    with pytest.raises(ConnectionRefusedError):
        asked(port, path)


def test_it_is_over_by_either_clock(monkeypatch):
    now = {"time": 1000.0, "monotonic": 50.0}
    for name in ("time", "monotonic"):
        monkeypatch.setattr(module.time, name, lambda name=name: now[name])
    term = SharingTime(60)
    assert term.left == 60
    now |= {"time": 2000.0}  # the machine slept
    assert term.left <= 0
    now |= {"time": 900.0, "monotonic": 111.0}  # somebody set the clock back
    assert term.left <= 0


# ------------------------------------------------------------------------------------------------- what it never opens


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "224.0.0.1", "255.255.255.255", "", "localhost", "::", "10.0.0", "1.2.3.4:80"]
)
def test_an_address_that_is_not_one_of_one_machine_is_refused(text):
    with pytest.raises(DiscloseError, match="--address “"):
        one_address(text or "x")


class Socket:
    """What the system says of the way out."""

    def __init__(self, way):
        self.way = way

    def __call__(self, *_):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def connect(self, _):
        if not self.way:
            raise OSError(101, "Network is unreachable")

    def getsockname(self):
        return self.way, 1


@pytest.mark.parametrize("way", ["10.1.2.3", "172.16.0.9", "192.168.1.20"])
def test_the_address_is_that_of_the_way_out(way, monkeypatch):
    monkeypatch.setattr(module.socket, "socket", Socket(way))
    assert own_address() == way


@pytest.mark.parametrize(("way", "said"), [("", "in no network"), ("59.12.3.4", "say --address 59.12.3.4")])
def test_it_opens_to_no_stranger_by_itself(way, said, monkeypatch):
    monkeypatch.setattr(module.socket, "socket", Socket(way))
    with pytest.raises(DiscloseError, match=said):
        own_address()


def test_nothing_opens_where_something_is_wrong(folder, tmp_path, capsys):
    here = ["--address", "127.0.0.1", "--port", str(free_port())]
    assert main(["--site", str(tmp_path), "share", *here]) == 1
    assert "there is no site here" in capsys.readouterr().err
    assert main(["--site", str(folder), "share", "--address", "203.0.113.77"]) == 1
    assert "203.0.113.77: this machine has no such address" in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--site", str(folder), "share", "--address", "127.0.0.1", "--port", port]) == 1
    assert "choose another with --port" in capsys.readouterr().err
    for minutes in ("0", "241", "-5", "x", "1e9"):
        assert main(["--site", str(folder), "share", *here, "--minutes", minutes]) == 2
    bad = make_site(tmp_path / "bad", [notice(1)])
    (bad / "site.yml").write_text("nam: x\n", "utf-8")
    assert main(["--site", str(bad), "share", *here]) == 1
    said = capsys.readouterr().err
    assert "unknown-key" in said
    assert "nothing was opened" in said
    assert "http://" not in said


# ----------------------------------------------------------------------------------------------------------- its look


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_phone_shows_the_watermark_over_everything(opened, chromium):
    url, *_ = opened
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True)
    page, faults = context.new_page(), []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(url)
    page.goto(f"{url}notices/index.html")
    mark = page.evaluate(
        "() => { const s = getComputedStyle(document.body, '::after');"
        " return [s.position, s.pointerEvents, s.width, s.height, s.backgroundImage.slice(0, 24)] }"
    )
    assert mark == ["fixed", "none", "390px", "844px", 'url("data:image/svg+xml,']
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    names = page.evaluate(
        "() => [...document.querySelectorAll('main a')]"
        ".filter(a => getComputedStyle(a, '::after').content === '\"待审稿\"').map(a => a.textContent)"
    )
    assert names == ["另一局党组"]
    page.click("text=另一局党组")
    assert page.locator(".draft").inner_text().startswith("待审稿")
    context.close()
    assert faults == []
