"""The preview answers to the person at this machine and to nobody else: a real server, asked as browsers ask."""

from __future__ import annotations

import base64
import http.client
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
from pathlib import Path

import pytest
import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

from generator.base.guard import BODY, HEADERS
from generator.build import follower
from generator.build.follower import Follower
from tests.samples import make_site, notice
from tests.test_preview import eventually, folder, served  # noqa: F401  # fixtures

ROOT = Path(__file__).parents[1]


@pytest.fixture
def port(served):  # noqa: F811
    return urllib.parse.urlsplit(served[0]).port


def ask(port, method="GET", path="/", body=None, **headers):
    """Status and headers of an answer; `headers` with `_` for `-`, and no Host but the one given."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    given = {"Host": f"127.0.0.1:{port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value.replace("PORT", str(port)))
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())


OWN = {
    "typed": {"Sec_Fetch_Site": "none"},
    "own page": {"Sec_Fetch_Site": "same-origin", "Origin": "http://127.0.0.1:PORT"},
    "localhost": {"Host": "localhost:PORT"},
    "capitals": {"Host": "LocalHost:PORT"},
    "old browser": {},
}
FOREIGN = {
    "rebound name": {"Host": "evil.example:PORT"},
    "name that begins so": {"Host": "127.0.0.1.evil.example:PORT"},
    "name that ends so": {"Host": "evil-localhost:PORT"},
    "other port": {"Host": "127.0.0.1:1"},
    "no port": {"Host": "127.0.0.1"},
    "no host": {"Host": None},
    "user in it": {"Host": "127.0.0.1:PORT@evil.example"},
    "two hosts in one": {"Host": "127.0.0.1:PORT, evil.example"},
    "any address": {"Host": "0.0.0.0:PORT"},
    "address six": {"Host": "[::1]:PORT"},
    "script of another site": {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Dest": "script"},
    "link on another site": {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
    "other port of this machine": {"Sec_Fetch_Site": "same-site"},
    "unknown word": {"Sec_Fetch_Site": "sibling"},
    "fetch of another page": {"Origin": "https://evil.example"},
    "file": {"Origin": "null"},
    "other port's page": {"Origin": "http://127.0.0.1:1"},
    "secure twin": {"Origin": "https://127.0.0.1:PORT"},
    "other name's page": {"Origin": "http://localhost:PORT"},
}
PATHS = ("/", "/preview.js", "/preview.json", "/livereload.js", f"/notices/{notice(1).id}/index.html", "/none")


def test_the_person_is_answered(port):
    for name, headers in OWN.items():
        assert ask(port, **headers)[0] == 200, name


def test_nobody_else_is_answered(port):
    for name, headers in FOREIGN.items():
        for path in PATHS:
            assert ask(port, path=path, **headers)[0] in (400, 403), (name, path)


def test_every_answer_is_for_pages_of_this_server_alone(port):
    for path in (*PATHS, "/livereload"):
        for headers in ({}, {"Origin": "https://evil.example"}):
            found = ask(port, path=path, **headers)[1]
            assert {name: found.get(name) for name in HEADERS} == HEADERS, path


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_who_changes_something_must_say_which_page_asks(method, port):
    assert ask(port, method, body=b"x")[0] == 403
    assert ask(port, method, body=b"x", Origin="http://127.0.0.1:PORT")[0] == 405
    assert ask(port, method, body=b"x", Origin="https://evil.example")[0] == 403


def handshake(port, **headers):
    key = base64.b64encode(b"0123456789abcdef").decode()
    return ask(
        port, path="/livereload", Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Key=key,
        Sec_WebSocket_Version="13", **headers,
    )[0]  # fmt: skip


def test_the_live_reload_speaks_to_pages_of_the_preview_alone(port):
    assert handshake(port, Origin="http://127.0.0.1:PORT") == 101
    assert handshake(port) == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1", "file://"):
        assert handshake(port, Origin=origin) == 403
    assert handshake(port, Host="evil.example:PORT", Origin="http://evil.example:PORT") == 403


def test_a_large_body_is_not_kept(port):
    status = None
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        connection.sendall(f"{head}Content-Length: {BODY + 1}\r\n\r\n".encode())
        status = connection.recv(100)
    assert not status or b" 400 " in status or b" 413 " in status
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        sent = 0
        try:
            for _ in range(200):
                sent += connection.send(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        except OSError:
            pass
        assert sent < 200 * 0x10000
    assert ask(port)[0] == 200


@pytest.mark.parametrize(
    "error",
    [
        OSError("OS file watch limit reached. (os error 28)"),
        WatchfilesRustInternalError("Error creating recommended watcher: Too many open files (os error 24)"),
        FileNotFoundError("No path was found."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_when_the_system_tells_of_no_changes_the_preview_looks_itself_and_says_so(error, tmp_path, monkeypatch, capsys):
    site = make_site(tmp_path / "site", [notice(1)])
    real, told = watchfiles.watch, []

    def watch(*places, **settings):
        if not settings["force_polling"]:
            raise error
        return real(*places, **settings)

    monkeypatch.setattr(follower, "watch", watch)
    one = Follower(site, told.extend, 0)
    threads = [threading.Thread(target=work, daemon=True) for work in (one.follow_folder, one.follow_trees)]
    for thread in threads:
        thread.start()
    page = site / "content/pages/new.md"
    page.parent.mkdir(exist_ok=True)

    def is_seen():
        page.write_text(f"# {len(told)}\n", "utf-8")
        return any(Path(path) == page for path in told)

    assert eventually(is_seen)
    one.stop()
    for thread in threads:
        thread.join(10)
    assert "looks for them itself" in capsys.readouterr().err


_HANGS = """
import asyncio, time
from generator.base import guard
guard._PATIENCE = 1

async def serving():
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
    print("begun", flush=True)
    await asyncio.Event().wait()

guard.run(serving())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there")
@pytest.mark.usefixtures("hangups_heeded")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_server_ends_though_a_thread_hangs(name):
    with subprocess.Popen([sys.executable, "-c", _HANGS], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(getattr(signal, name))
        assert process.wait(30) == 130


_GOES_ON = """
import asyncio, time
from generator.base import guard
guard._PATIENCE = 0.2

async def serving():
    pass

guard.run(serving())
time.sleep(1)
print("still there")
"""

_HANGS_AT_THE_END = """
import asyncio, threading, time
from generator.base import guard
guard._PATIENCE = 0.5

async def serving():
    threading.Thread(target=time.sleep, args=(60,)).start()

guard.run(serving())
"""


def test_a_program_whose_server_is_over_goes_on():
    done = subprocess.run([sys.executable, "-c", _GOES_ON], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "still there\n")


def test_a_program_ends_though_a_thread_of_its_server_hangs_at_its_end():
    done = subprocess.run([sys.executable, "-c", _HANGS_AT_THE_END], cwd=ROOT, timeout=30, check=False)
    assert done.returncode == 130
