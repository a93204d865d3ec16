"""Chromium 88, as 360, QQ and UOS browsers and the WebViews of older phones have it, by its debugging protocol.

Playwright no longer speaks with it. One process draws one page at a time; it ends with the test session.
"""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import websocket

_UNPACK = """
const [from, to] = process.argv.slice(1), fs = require('fs');
fs.writeFileSync(to, require('zlib').brotliDecompressSync(fs.readFileSync(from)), {mode: 0o755});
"""
_SECONDS = 120


class OldChromium:
    """The browser with one page."""

    def __init__(self, packed: Path, folder: Path) -> None:
        program = folder / "chromium"
        subprocess.run(["node", "-e", _UNPACK, str(packed), str(program)], check=True)
        port = _free_port()
        words = ["--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu", "--hide-scrollbars"]
        self.process = subprocess.Popen(
            [
                program,
                *words,
                f"--remote-debugging-port={port}",
                f"--user-data-dir={folder / 'profile'}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._numbers = itertools.count(1)
        self.faults: list[str] = []
        self._socket: websocket.WebSocket | None = None
        try:
            self._socket = websocket.create_connection(_until(lambda: _page_of(port)), timeout=_SECONDS)
            self.ask("Page.enable")
            self.ask("Runtime.enable")
        except BaseException:
            self._end()
            raise

    def close(self) -> None:
        """Ends the browser."""
        self._end()

    def _end(self) -> None:
        if self._socket:
            self._socket.close()
        self.process.kill()
        self.process.wait()

    def ask(self, method: str, **params: object) -> dict:
        """What the browser answers; faults of scripts on the way are noted."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("method") == "Runtime.exceptionThrown":
                self.faults.append(said["params"]["exceptionDetails"]["exception"]["description"])
            if said.get("id") == number:
                assert "error" not in said, said
                return said["result"]

    def value(self, script: str) -> object:
        """The value of an expression on the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, address: str, width: int = 1280) -> None:
        """The page at the address, loaded."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Page.navigate", url=address)
        self.wait(f"location.href == {json.dumps(address)} && document.readyState == 'complete'")

    def wait(self, script: str) -> None:
        """Waits until the expression is true on the page."""
        _until(lambda: self.value(script))

    def press(self, selector: str) -> None:
        """Clicks what the selector finds, where it lies."""
        x, y = self.value(
            f"(e => {{e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            f"return [r.x + r.width / 2, r.y + r.height / 2]}})(document.querySelector({json.dumps(selector)}))"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _page_of(port: int) -> str | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            return next((tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page"), None)
    except urllib.error.URLError:
        return None


def _until(asked):
    end = time.monotonic() + _SECONDS
    while not (found := asked()):
        assert time.monotonic() < end, "Chromium 88 does not answer"
        time.sleep(0.05)
    return found
