"""Old Word files go through LibreOffice, which fetches nothing that a document names."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator

import pytest

from generator.readers import read_document
from generator.readers.word import office
from tests.readers.support import packed

_XMLNS = "urn:oasis:names:tc:opendocument:xmlns"


class Asked(http.server.BaseHTTPRequestHandler):
    """A web server that notes what it is asked for, and has nothing."""

    paths: list[str] = []  # noqa: RUF012

    def answer(self) -> None:
        self.paths.append(self.path)
        self.send_error(404)

    do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Asked.paths = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def odt(link: str) -> bytes:
    """A file of OpenDocument with a picture that stands elsewhere."""
    image = f'<draw:image xlink:href="{link}/a.png" xlink:actuate="onLoad"/>'
    picture = f'<draw:frame text:anchor-type="as-char">{image}</draw:frame>'
    names = f'xmlns:office="{_XMLNS}:office:1.0" xmlns:text="{_XMLNS}:text:1.0" xmlns:draw="{_XMLNS}:drawing:1.0"'
    names += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    manifest = f'xmlns:manifest="{_XMLNS}:manifest:1.0"'
    body = f"<office:body><office:text><text:p>正文{picture}</text:p></office:text></office:body>"
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f"<manifest:manifest {manifest}>{entries}</manifest:manifest>",
            "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        },
        method=0,
    )


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("has_unshare", [True, False])
def test_a_picture_that_stands_elsewhere_is_not_fetched(
    address: str, has_unshare: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_unshare:
        monkeypatch.setattr(office, "_alone", tuple)
    assert read_document(odt(address), "x.odt").text == "正文"
    assert Asked.paths == []


def test_a_system_without_unshare_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    office._alone.cache_clear()
    assert office._alone() == ()
    office._alone.cache_clear()


@pytest.mark.parametrize(("platform", "ended_by"), [("win32", "taskkill"), ("linux", "killpg"), ("darwin", "killpg")])
def test_what_it_started_ends_with_it_on_every_system(platform, ended_by, monkeypatch) -> None:
    class Running:
        pid = 7

        def poll(self) -> None:
            """It runs."""

        def wait(self) -> None:
            """It has ended."""

    asked: list[str] = []
    monkeypatch.setattr(office.sys, "platform", platform)
    monkeypatch.setattr(office.subprocess, "run", lambda command, **_: asked.append(command[0]))
    if hasattr(office.os, "killpg") and ended_by == "taskkill":
        monkeypatch.delattr(office.os, "killpg")  # as on Windows
    else:
        monkeypatch.setattr(office.os, "killpg", lambda *_: asked.append("killpg"))
    office._end(Running())
    assert asked == [ended_by]
