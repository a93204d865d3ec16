"""The desk answers to the editor at this machine and to nobody else."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import time

import pytest

from generator.base.diagnostics import DiscloseError
from generator.base.guard import HEADERS
from generator.desk import local
from generator.desk.app import ROUTES
from generator.desk.handler import policy
from generator.desk.writing import Busy, writing
from tests.desk.tools import ask, free_port, post
from tests.samples import make_site, notice

ID = notice(1).id
PATHS = [
    path.replace("n/([a-z0-9-]+)/", f"n/{ID}/") for path, _ in ROUTES if "(" not in path.replace("([a-z0-9-]+)", "")
]
FOREIGN = {
    "rebound name": {"Host": "evil.example:PORT"},
    "the preview's name": {"Host": "localhost:PORT"},
    "other port": {"Host": "127.0.0.1:1"},
    "no port": {"Host": "127.0.0.1"},
    "no host": {"Host": None},
    "link on another site": {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},
    "page of another origin": {"Origin": "https://evil.example"},
    "preview's page": {"Origin": "http://localhost:PORT"},
    "file": {"Origin": "null"},
}


def test_there_are_pages_to_ask():
    assert "" in PATHS


@pytest.mark.parametrize("name", FOREIGN)
def test_nobody_else_is_answered(desk, name):
    for path in (*PATHS, "alive", "assets/desk.css"):
        assert ask(desk, path=path, **FOREIGN[name]).status in (400, 403), path


def test_who_does_not_know_the_key_finds_nothing(desk):
    right = desk.local.key
    for key in ("", "x", right[:-1], right + "0", right.upper(), "0" * 32, "%2e%2e", right[:-1] + "%E9"):
        answer = ask(desk, key=key)
        if key.upper() == right:  # no letter in it
            continue
        assert answer.status == 404, key
        assert desk.name not in answer.text
    assert ask(desk, path="/").status == 404
    assert ask(desk, path=f"/{right}").status == 404


@pytest.mark.parametrize(
    "path", ["", "assets/desk.css", "assets/desk.js", "assets/desk.svg", "alive", "none", "n/none/x"]
)
def test_every_answer_has_all_headers(desk, path):
    answer = ask(desk, path=path)
    wanted = {**HEADERS, "Content-Security-Policy": policy(desk.local.port), "Cache-Control": "no-store"}
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "Set-Cookie" not in answer.headers


def test_a_post_must_come_from_a_page_of_the_desk(desk):
    assert post(desk, "").status == 405
    assert post(desk, "", csrf=False).status == 403
    assert post(desk, "", {"csrf": "0" * 32}).status == 403
    assert post(desk, "", {"csrf": "é"}).status == 403
    assert post(desk, "", Origin=None).status == 403
    assert post(desk, "", Origin="null").status == 403
    assert post(desk, "", csrf=False, X_CSRF=desk.local.csrf).status == 405


def test_the_page_has_no_script_or_style_of_its_own(desk):
    text = ask(desk).text
    assert text.count("<script") == text.count('<script src="') > 0
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text


def test_what_is_kept_is_for_its_owner_alone(site):
    first = local.load(site)
    local.save(site, first)
    path = local.place_of(site)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert local.load(site) == first
    path.chmod(0o644)
    assert local.load(site).key != first.key, "others may have read it"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"key": 1}', '{"places": [1]}', '{"port": "x"}', "null", "\x00"])
def test_what_cannot_be_read_is_made_anew(site, text):
    local.save(site, local.Local())
    local.place_of(site).write_text(text)
    assert len(local.load(site).key) == 32


def test_two_sites_have_two_keys(site, tmp_path):
    assert local.place_of(site) != local.place_of(make_site(tmp_path / "other", []))


def test_another_program_may_not_hold_an_act_for_ever(site):
    script = (
        "import sys, time, pathlib; from generator.base.locks import editing\n"
        "with editing(pathlib.Path(sys.argv[1])):\n  print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(site)], stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        begun = time.monotonic()
        with pytest.raises(Busy), writing(site, 0.3):
            pass
        assert 0.2 < time.monotonic() - begun < 5
        other.kill()
    with writing(site):
        pass


def test_what_fails_within_is_not_taken_for_busy(site):
    with pytest.raises(DiscloseError, match="within"), writing(site):
        raise DiscloseError("within")
    with writing(site):
        pass


@contextlib.contextmanager
def start(site, *words):
    """The program; ended with the test, whatever happens in it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "--site", str(site), "desk", "--no-open", *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_start_opens_the_one_that_runs_and_the_key_stays(site):
    with start(site, "--port", str(free_port())) as first:
        said = first.stderr.readline()
        with start(site) as second:
            assert second.communicate(timeout=300)[1] == said
            assert second.returncode == 0
        with start(site, "--new-key") as third:
            assert third.wait(300) == 1
    kept = json.loads(local.place_of(site).read_text())
    assert f"/{kept['key']}/" in said
    with start(site) as again:
        assert again.stderr.readline() == said
    with start(site, "--new-key") as other:
        assert other.stderr.readline() != said
        host = f"127.0.0.1:{kept['port']}"
        with contextlib.closing(http.client.HTTPConnection(host, timeout=60)) as connection:
            connection.request("GET", f"/{kept['key']}/", headers={"Host": host})
            assert connection.getresponse().status == 404
