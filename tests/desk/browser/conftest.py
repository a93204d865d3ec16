"""A browser at a desk: every fault of the console, every report of the policy and every stranger is noted."""

from __future__ import annotations

import time

import pytest

from tests.browser.modes import _ALL, _AXE, _OF_LOOK, _TOO_WIDE
from tests.browser.tools import tool
from tests.desk.tools import running

SIZES = ((1366, 768), (1920, 1080), (683, 384))
NOTE = "window.__reports = []; addEventListener('securitypolicyviolation', e => __reports.push(e.violatedDirective));"


class Seat:
    """A page of a desk."""

    def __init__(self, page, desk):
        self.page, self.desk, self.faults = page, desk, []
        page.add_init_script(NOTE)
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url):
        own = (f"http://127.0.0.1:{self.desk.local.port}/", f"http://localhost:{self.desk.local.port + 1}/")
        if not url.startswith(own):
            self.faults.append(f"request to {url}")

    def open(self, path=""):
        self.page.goto(f"http://127.0.0.1:{self.desk.local.port}{self.desk.base}{path}")
        return self.page

    def until(self, expression, seconds=60):
        """Waits until the expression is true on the page; Playwright's own way is forbidden by the policy."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            time.sleep(0.05)

    def check(self):
        """What axe finds and what scrolls sideways, at three sizes; what the policy forbade."""
        found = list(self.faults) + self.page.evaluate("window.__reports")
        self.page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
        for number, (width, height) in enumerate(SIZES):
            self.page.set_viewport_size({"width": width, "height": height})
            rules = _OF_LOOK if number else _ALL
            found += [f"{width}: {fault}" for fault in self.page.evaluate(_AXE, rules)]
            if self.page.evaluate(_TOO_WIDE):
                found.append(f"{width}: scrolls sideways")
        return found


@pytest.fixture
def seat(chromium, desk):
    yield from seated(chromium, desk)


@pytest.fixture
def plain(chromium, desk):
    """Without script."""
    yield from seated(chromium, desk, java_script_enabled=False)


def seated(chromium, desk, **settings):
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, **settings)
    try:
        yield Seat(context.new_page(), desk)
    finally:
        context.close()


@pytest.fixture
def desk(site):
    with running(site, who="陈某") as found:
        yield found
