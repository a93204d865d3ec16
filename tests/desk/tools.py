"""A desk on a free port, and one who asks it as a browser does."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path
from typing import NamedTuple

from generator.base.dates import PartialDate
from generator.content.config import load_config
from generator.content.journal import keep
from generator.content.notice_file import write_notice
from generator.content.review import fingerprint
from generator.desk.app import served
from generator.desk.desk import Desk
from generator.desk.local import Local, save
from generator.editorial.signing import sign
from generator.model.decisions import Acceptance, Review
from tests.samples import SITE_YML, make_site, notice, put_notice
from tests.test_conventions import FILLED

STEPS = ("初审", "复审", "终审")


def approved(site, one):
    """The notice with every doubt accepted and every step signed, put into the content of the site."""
    config = load_config(site)
    day = PartialDate.parse("2025-01-02")
    for code in ("date-damaged", "stated-differs", "source-unproved", "fact-unproved"):
        one = one.replace(accepted=(*one.accepted, Acceptance(code=code, who="甲", when=day, why="原文如此")))
    for step, name in zip(STEPS, "甲乙丙", strict=True):
        one = sign(one, config, Review(step=step, name=name, date=day, words=fingerprint(one)))
    path = put_notice(site, one)
    keep(site, write_notice(one), one)
    return path


def filled_site(folder):
    """A site whose settings are filled in, without a notice."""
    found = make_site(folder, [], FILLED)
    settings = found / "site.yml"
    settings.write_text(settings.read_text("utf-8").replace("www.example.", "www.mouxian."), encoding="utf-8")
    return found


def publishable_site(folder):
    """A site whose settings are filled in, with one notice that may go."""
    found = filled_site(folder)
    approved(found, notice(1))
    return found


def free_port():
    """A port that is free, and the next one, too."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                other.bind(("127.0.0.1", port + 1))
                return port


@contextlib.contextmanager
def running(site, **settings):
    """The desk of a site, served from a thread of this process."""
    desk = Desk(site.resolve(), Local(port=free_port(), **settings))
    ready, loop = threading.Event(), asyncio.new_event_loop()
    task = None

    def work():
        nonlocal task
        asyncio.set_event_loop(loop)
        task = loop.create_task(served(desk, ready.set))
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield desk
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(60)


class Program(NamedTuple):
    """A desk that runs as a program of its own: what its page and `ask` need to know of it."""

    site: Path
    local: Local
    log: Path
    process: subprocess.Popen

    @property
    def base(self):
        return f"/{self.local.key}/"


@contextlib.contextmanager
def program(site, **settings):
    """`disclose desk` itself. The caller has set XDG_STATE_HOME, where it keeps its key and its port."""
    local = Local(**{"port": free_port(), **settings})
    save(site, local)
    command = [sys.executable, "-m", "generator", "--site", str(site), "desk", "--no-open"]
    with (
        site.with_suffix(".log").open("wb") as log,
        subprocess.Popen(
            command, stderr=log, stdout=log, cwd=site, env=os.environ | {"PYTHONPATH": str(ROOT)}
        ) as process,
    ):
        found = Program(site, local, Path(log.name), process)
        try:
            eventually(lambda: answers(found), 60)
            yield found
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def answers(desk):
    """Whether a desk answers."""
    with contextlib.suppress(OSError):
        return ask(desk, path="alive").status == 200
    return False


def eventually(find, seconds=60):
    """What `find` gives once it gives something; fails after some seconds."""
    end = time.monotonic() + seconds
    while not (found := find()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


def ask(desk, method="GET", path="", body=None, *, key=None, **headers):
    """What the desk answers; `headers` with `_` for `-`; one that is None is left out."""
    port = desk.local.port
    given = {"Host": f"127.0.0.1:{port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    prefix = f"/{desk.local.key if key is None else key}/"
    connection.putrequest(method, path if path.startswith("/") else prefix + path, skip_host=True)
    for name, value in given.items():
        if value is not None:
            connection.putheader(name, value.replace("PORT", str(port)))
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    found = Answer(answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return found


def post(desk, path, fields=None, *, csrf=True, script=False, **headers):
    """What the desk answers to a form of its own."""
    fields = ({"csrf": desk.local.csrf} if csrf else {}) | (fields or {})
    given = {
        "Origin": "http://127.0.0.1:PORT",
        "Content_Type": "application/x-www-form-urlencoded",
        **({"X_Desk": "1"} if script else {}),
        **headers,
    }
    return ask(desk, "POST", path, urllib.parse.urlencode(fields, doseq=True).encode(), **given)


ROOT = Path(__file__).parents[2]
CENTRE = "zhangfan-jiedao-shequ-weisheng-fuwu-zhongxin-20250920"
"""A notice with twelve doubts."""


def site_of(folder, notice_id=CENTRE):
    """A site with one of the notices of this repository and its source; gives its content file."""
    [content] = (ROOT / "content/notices").rglob(f"{notice_id}.md")
    place = folder / "content/notices" / content.parent.name
    place.mkdir(parents=True)
    shutil.copytree(ROOT / "content/sources" / notice_id, folder / "content/sources" / notice_id)
    (folder / "site.yml").write_text(SITE_YML, "utf-8")
    return shutil.copy(content, place / content.name)
