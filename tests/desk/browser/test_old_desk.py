"""校对 in a real Chromium 88, as 360, UOS and Kylin have it: the page stands, and keys do their acts."""

import platform
from pathlib import Path

import pytest
from websocket import WebSocketTimeoutException

from generator.content.notice_file import read_notice
from tests.browser import old as chromium_88
from tests.browser.old import OldChromium
from tests.browser.tools import tool
from tests.desk.tools import CENTRE, running, site_of

pytestmark = pytest.mark.browser
VERSION = "document.querySelector('#docin').dataset.version"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    site = tmp_path_factory.mktemp("desk") / "site"
    path = site_of(site)
    with running(site, who="陈某") as found:
        yield path, f"http://127.0.0.1:{found.local.port}{found.base}n/{CENTRE}/"


@pytest.fixture(scope="module")
def old(desk, tmp_path_factory):
    """The browser; it ends before the desk does, and leaves no connection open."""
    if platform.machine() != "x86_64":
        pytest.skip("the old Chromium is a program for x86-64")
    found = started(tmp_path_factory)
    yield found
    faults = found.faults
    found.close()
    assert faults == []


def started(tmp_path_factory):
    """The browser; on a busy machine it sometimes hangs before its first word, and is then started again."""
    for left in range(5, -1, -1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(chromium_88, "_SECONDS", 15)
            try:
                found = OldChromium(tool("chrome-aws-lambda/bin/chromium.br"), tmp_path_factory.mktemp("old"))
            except (WebSocketTimeoutException, AssertionError):
                if not left:
                    raise
                continue
        found._socket.settimeout(120)
        return found
    return None


def press(old, code, key, number):
    for kind in ("rawKeyDown", "keyUp"):
        old.ask("Input.dispatchKeyEvent", type=kind, code=code, key=key, windowsVirtualKeyCode=number)


def test_proofing_by_keys(old, desk):
    path, address = desk
    old.open(address + "proof", 1366)
    old.wait("!!document.querySelector('.doubt:not([hidden]) .btn--main')")
    assert old.value("document.documentElement.scrollWidth") <= 1366
    assert old.value("getComputedStyle(document.querySelector('.proof')).display") == "grid"
    assert old.value("document.querySelectorAll('.tick').length") == 11  # two doubts are about the same words
    version = old.value(VERSION)
    press(old, "Enter", "Enter", 13)
    old.wait(f"{VERSION} !== '{version}'")
    version = old.value(VERSION)
    press(old, "KeyY", "y", 89)
    old.wait(f"{VERSION} !== '{version}'")
    notice, _ = read_notice(Path(path).read_text("utf-8"))
    assert [one.code for one in notice.accepted] == ["date-damaged", "date-damaged"]


@pytest.mark.parametrize("page", ["mask", "history", "correct"])
def test_the_other_pages_stand(old, desk, page):
    _, address = desk
    old.open(address + page, 1366)
    assert old.value("document.documentElement.scrollWidth") <= 1366
    assert old.value("getComputedStyle(document.querySelector('.bar')).display") == "flex"
