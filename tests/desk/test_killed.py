"""The whole program, ended at any moment: each act that was answered is there, none is half, and it starts again."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import os
import random
import signal
import threading
import time
import uuid
from pathlib import Path

import pytest

from generator.base.locks import editing
from generator.content.notice_file import read_notice
from generator.desk.doing import Paper
from generator.desk.journal import hash_of
from tests.desk.test_board import WORDS, upload
from tests.desk.tools import eventually, post, program
from tests.samples import make_site, notice

KILLS = int(os.environ.get("KILLS", "6"))
"""The program was tried with 200."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return make_site(tmp_path / "site", [notice()])


@pytest.mark.slow
def test_killed_between_click_and_answer(site):
    """One clicks without pause and drops files; SIGKILL at a moment that chance chooses."""
    chance, [path] = random.Random(21), list((site / "content/notices").rglob("*.md"))
    answered, files = set[str](), set[str]()
    clicks, drops = 0, itertools.count(1)
    for number in range(KILLS):
        with program(site, who="陈某") as desk:
            said, brought = set(), set()
            threads = [
                threading.Thread(target=clicking, args=(desk, path, said)),
                threading.Thread(target=dropping, args=(desk, drops, brought)),
            ]
            for one in threads:
                one.start()
            if number % 2:  # the first file takes seconds, in which what reads it is loaded
                eventually(lambda brought=brought: brought)
            time.sleep(chance.uniform(0, 1.5))
            desk.process.send_signal(signal.SIGKILL)
            for one in threads:
                one.join(60)
            eventually(lambda: not processes_of(site))
            answered |= said
            files |= brought
            clicks += len(said)
        paper = Paper(site, path)
        state = paper.journal.settle(hash_of(path.read_bytes()))
        done = [one.id for one in state.entries if one.id]
        assert answered <= set(done)
        assert len(done) == len(set(done))
        assert state.head in ("", hash_of(path.read_bytes()))  # no act was begun yet
        assert all(a.after == b.before for a, b in itertools.pairwise(state.entries))
        names = {one.name.partition(".")[0] for one in (site / "content/sources").rglob("*") if one.is_file()}
        assert files <= names
        for one in (site / "content/notices").rglob("*.md"):
            assert read_notice(one.read_text("utf-8"))[0] is not None, one
    with editing(site):
        assert not list((site / "content").rglob("*.tmp"))
    assert clicks > KILLS
    assert files


def processes_of(site):
    """Who runs for the desk of a site, by what they were told where its state is."""
    marker, found = f"XDG_STATE_HOME={site.parent / 'state'}".encode(), []
    for one in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(one.name) != os.getpid() and marker in (one / "environ").read_bytes().split(b"\0"):
                found.append(one.name)
    return found


def clicking(desk, path, said):
    """Post acts until nobody answers; `said`: those that were answered."""
    kinds = itertools.cycle(["ongoing", "long-term", "unstated", "done"])
    with contextlib.suppress(OSError, http.client.HTTPException):
        for status in kinds:
            act = {"act": "SetStatus", "issue": "i2", "status": status, "quote": "", "id": uuid.uuid4().hex}
            version = hash_of(path.read_bytes())
            answer = post(desk, f"n/{path.stem}/do", act | {"version": version}, script=True)
            if answer.status == 200:
                said.add(act["id"])
            else:  # it has this status already
                assert answer.status == 422, answer.text


def dropping(desk, numbers, brought):
    """Drop files until nobody answers; `brought`: those that were answered."""
    with contextlib.suppress(OSError, http.client.HTTPException):
        for number in numbers:
            upload(desk, (f"{number}.txt", WORDS.replace("某县水务局", f"某县第{number}水务局").encode()), script=True)
            brought.add(str(number))


@pytest.mark.usefixtures("hangups_heeded")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_ends_in_peace_however_it_is_asked_to(site, name):
    with program(site) as desk:
        desk.process.send_signal(getattr(signal, name))
        assert desk.process.wait(30) == 130
    eventually(lambda: not processes_of(site))
    said = desk.log.read_text("utf-8")
    assert "Traceback" not in said
    assert "leaked" not in said
    assert "已写出的都完整" in said or "Stopped" in said, said
