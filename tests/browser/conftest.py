"""A built site on a free port of this machine, and Debian's Chromium."""

from __future__ import annotations

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.build.driver import build
from tests.browser.guarded import watch
from tests.browser.modes import NOTICES
from tests.samples import SITE_YML, make_site

FOLDER = "/" + SITE_YML.split("gov.cn/")[1].strip()
"""Where the site stands on its host, as its settings say: the page of a wrong address counts on it."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def translate_path(self, path):
        return super().translate_path("/" + path.removeprefix(FOLDER))


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A browser that closes a page leaves answers unread: nothing to speak of."""


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A site of a few notices that show every kind of page, and its 繁體 edition: (site folder, output folder)."""
    settings = f"page_size: 4\ntraditional: true\nconac: {'0' * 32}\n"
    folder = make_site(tmp_path_factory.mktemp("site"), NOTICES, settings)
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    return folder, folder / "output"


@pytest.fixture(scope="session")
def site(built):
    """The address of the built site."""
    handler = functools.partial(_Quiet, directory=str(built[1]))
    with _QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{FOLDER}"
        server.shutdown()


@pytest.fixture
def page(chromium):
    """A page that notes every console error and every request that leaves this machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    found = context.new_page()
    found.faults = []
    found.on("console", lambda said: found.faults.append(said.text) if said.type == "error" else None)
    found.on("pageerror", lambda error: found.faults.append(str(error)))
    found.on("request", lambda request: _note_stranger(found, request.url))
    yield found
    context.close()
    assert found.faults == []


@pytest.fixture
def watched(page):
    """A page on which every report of the policy, every dialog and every trace of a script that ran is a fault."""
    return watch(page)


def _note_stranger(page, url):
    if not url.startswith(("http://127.0.0.1:", "file://", "data:")):
        page.faults.append(f"request to {url}")
