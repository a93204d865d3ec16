"""Fixtures that several folders of tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from generator.base.language import speak
from generator.build.driver import build
from tests.samples import make_site, variety

# Whoever starts the tests in the background may have told them to ignore Ctrl-C, and their children would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The tests read what is said in English, whoever runs them.
os.environ["LC_ALL"] = "C.UTF-8"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Tests that share what their module makes run in one process, or each process would make it."""
    for item in items:
        scopes = {one.scope for found in item._fixtureinfo.name2fixturedefs.values() for one in found}
        if "module" in scopes and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def pytest_collection_finish(session):
    """Groups that are not kept together cost half as much time again."""
    if getattr(session.config.option, "loadgroup", False):
        grouped = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group")]
        assert all("@" in each for each in grouped), "pytest-xdist knows no groups: is this pytest too new for it?"


@pytest.fixture(autouse=True)
def _in_english():
    """A command that spoke Chinese in this process leaves the next test its language."""
    yield
    speak("en")


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A built site of a few notices that show every kind of page: (site folder, output folder)."""
    folder = make_site(tmp_path_factory.mktemp("site"), variety(), "page_size: 4\n")
    output = folder / "output"
    report = build(folder, output)
    assert not report.failed, report.diagnostics
    return folder, output


_CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = next((path for path in _CHROMIUMS if path.exists()), _CHROMIUMS[-1])
"""Debian's, without a window of its own if it is there: the other one makes a bar and its buttons for each page, which
takes five times as long."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium: one for all tests of a process, for Playwright runs but once in it."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  tests without a browser need not load it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def hangups_heeded():
    """Programs that a test starts heed SIGHUP, also where the tests themselves were started with nohup."""
    if hasattr(signal, "SIGHUP"):
        before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
        yield
        signal.signal(signal.SIGHUP, before)
    else:
        yield
