"""The site as it is now, for a while, for those on this network who have the address: `disclose share`.

The address has a key, made anew each time, as its first folder, so that every link within leads on with it. Only what
pages are made of is given: a file that can be kept has no watermark. It ends by itself.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import secrets
import socket
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tornado import httputil, web

from generator.base.console import warn
from generator.base.diagnostics import DiscloseError
from generator.base.guard import Guarded, behind, check_port, file_at, media_of, run
from generator.base.layout import SITE_FILE
from generator.base.workers import processors
from generator.build.preview import STYLE, Preview

_LOOK = 0.5
"""Seconds between two looks at the clocks."""
_BODY = 1024
"""Bytes of a request's body at most: nobody has anything to send."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_OF_PAGES = ("assets/", "search/")
"""Folders of what pages load."""
_NO_FILES = "预览里只能看网页，没有可以下载的文件：下载的文件不带水印。\n"
_BANNER = (
    '<p class="shared" role="note"><b>预览，没有公布。</b>{drafts}只供本单位办公网内查看，请勿转发。{until}关闭。</p>'
)
_STYLE = """\
.shared{margin:0;padding:.5rem 1rem;background:#8c1515;color:#fff;font-size:1rem}
body::after{content:"";position:fixed;top:0;right:0;bottom:0;left:0;z-index:98;pointer-events:none;
-webkit-print-color-adjust:exact;print-color-adjust:exact;color-adjust:exact;background:url("data:image/svg+xml,%s")}
"""
_MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="170"><g transform="rotate(-24 110 85)" fill="#e0463c"'
    ' fill-opacity=".24" font-family="sans-serif" text-anchor="middle"><text x="110" y="80" font-size="22">预览 未公布'
    '</text><text x="110" y="104" font-size="14">%s</text></g></svg>'
)
_DRAFT = """\
%s{content:"待审稿";margin-left:.4em;padding:0 .3em;border:1px dashed;font-size:.8em}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What is open."""

    url: str
    until: dt.datetime
    """By the clock of this place."""
    notices: int
    drafts: int
    """How many of them are not approved as they are."""


@dataclass(slots=True)
class SharingTime:
    """How long something is open.

    By the clock on the wall, which goes on while a machine sleeps, and by one that nobody sets back.
    """

    seconds: float
    end: float = field(init=False)
    """Of the first, since the epoch."""
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self.end, self._last = time.time() + self.seconds, time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        """Seconds; none or fewer: it is over."""
        return min(self.end - time.time(), self._last - time.monotonic())

    async def over(self) -> None:
        """Wait until it is."""
        while (left := self.left) > 0:
            await asyncio.sleep(min(left, _LOOK))


def share(folder: Path, *, address: str, port: int, seconds: float, opened: Callable[[Shared], None]) -> None:
    """Serve the site as it is now, for so long; `opened` is told of it once it can be seen.

    Raises DiscloseError when the address is not of this machine, the port is taken, or there is no site.
    """
    if not (folder / SITE_FILE).exists():
        raise DiscloseError(f"{folder / SITE_FILE}: there is no site here; name its folder with --site")
    check_port(port, address)
    with tempfile.TemporaryDirectory(prefix="disclose-share-") as temporary:
        preview = Preview(folder.absolute(), Path(temporary), lambda _: None)
        preview.begin(processors())()  # forks: there are no threads yet
        warn(*preview.errors)
        if preview.site is None:
            raise DiscloseError("there is nothing to show before this is mended; nothing was opened")
        run(_serve(preview, address, port, SharingTime(seconds), opened))


async def _serve(
    preview: Preview, address: str, port: int, term: SharingTime, opened: Callable[[Shared], None]
) -> None:
    application = SharedApplication(preview, address, port, term)
    server = application.open(_BODY, address)
    opened(application.shared)
    try:
        await term.over()
    finally:
        server.stop()
        await server.close_all_connections()


class SharedApplication(Guarded):
    """Answers at one address of this machine, under the key, as long as the term lasts."""

    def __init__(self, preview: Preview, address: str, port: int, term: SharingTime) -> None:
        self._key, self._term = secrets.token_hex(16), term
        notices = preview.site.notices if preview.site else ()
        drafts = [item.notice.id for item in notices if item.notice.review == "draft"]
        self.shared = Shared(
            url=f"http://{address}:{port}/{self._key}/",
            until=dt.datetime.fromtimestamp(term.end).astimezone(),
            notices=len(notices),
            drafts=len(drafts),
        )
        until = f"{self.shared.until:%m-%d %H:%M}"
        files = SharedFiles(
            preview=preview,
            banner=_BANNER.format(drafts=f"含待审稿 {len(drafts)} 份。" if drafts else "", until=until).encode(),
            style=style(drafts, until).encode(),
        )
        super().__init__(
            [
                (r"", web.RedirectHandler, {"url": self.shared.url, "permanent": False}),
                (r"/(.*)", _SharedFileHandler, {"files": files}),
            ],
            port,
            names=(address,),
            headers=_HEADERS,
            log_function=lambda _: None,  # the key is part of every path
        )

    def find_handler(self, request: httputil.HTTPServerRequest, **arguments: Any) -> Any:
        """The file behind the key; with another key, or when the time is over, nothing."""
        path = behind(self._key, request.path) if self._term.left > 0 else None
        request.path = "nothing" if path is None else path
        return super().find_handler(request, **arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFiles:
    """The files of a preview that pages are made of, marked."""

    preview: Preview
    banner: bytes
    """Above every page."""
    style: bytes
    """The watermark, and the marks of drafts in lists."""
    seen: set[str] = field(default_factory=set)
    """The addresses of those who looked."""

    def meet(self, who: str) -> None:
        """Say who looks, once."""
        if who not in self.seen:
            self.seen.add(who)
            warn(f"{who} looks at the preview")

    def data(self, path: str) -> bytes | None:
        """The bytes of a file; None: there is none."""
        own = {"preview.js": b"", "preview.css": self.style}.get(path.rpartition("/")[2])
        if own is not None:
            return own
        found = self.preview.data(path)
        is_page = found is not None and path.endswith(".html")
        return found.replace(b"<body>", b"<body>\n" + self.banner, 1) if found and is_page else found


def is_of_pages(path: str) -> bool:
    """Whether pages are made of the file: a page itself, or what pages load. A source is neither."""
    return path.startswith(_OF_PAGES) or (
        path.endswith((".html", "preview.css", "preview.js")) and "/source/" not in path
    )


def style(drafts: Iterable[str], until: str) -> str:
    """The style sheet of every page: what `disclose serve` has, the watermark, a mark behind each link to a draft."""
    links = ",".join(f'main a[href*="notices/{one}/"]::after' for one in drafts)
    return STYLE + _STYLE % quote(_MARK % f"{until} 前") + (_DRAFT % links if links else "")


class _SharedFileHandler(web.RequestHandler):
    """Answers with a file, to GET and HEAD."""

    def initialize(self, files: SharedFiles) -> None:
        self._files = files

    async def get(self, path: str) -> None:
        """Answer with it, or with 404; with 403 where it is one to keep."""
        self._files.meet(str(self.request.remote_ip))
        path = file_at(path)
        if not is_of_pages(path):
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(_NO_FILES)
            return
        data = await asyncio.to_thread(self._files.data, path)
        if data is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", media_of(path))
        self.finish(data)

    async def head(self, path: str) -> None:
        """The same without the bytes."""
        await self.get(path)


# ------------------------------------------------------------------------------------------------------------ where


def own_address() -> str:
    """The address by which this machine is known in its network: the one that a way out of it would begin at.

    Raises DiscloseError when there is none, or when it is one of the Internet.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            asked.connect(("192.0.2.1", 9))  # sends nothing: the system says which way it would go
            address = ipaddress.IPv4Address(asked.getsockname()[0])
    except OSError as error:
        raise DiscloseError(
            f"this machine is in no network ({error.strerror}); --address names one of its addresses"
        ) from error
    if not address.is_private:
        raise DiscloseError(
            f"{address}: an address of the Internet, open to anybody; if that is meant, say --address {address}"
        )
    return str(address)


def one_address(text: str) -> str:
    """The address as it was asked for. Raises DiscloseError for what is not an address of one machine."""
    try:
        address = ipaddress.IPv4Address(text.strip())
    except ValueError as error:
        raise DiscloseError(f"--address “{text}”: no address such as 192.168.1.20") from error
    if address.is_unspecified or address.is_multicast or address.is_reserved:
        raise DiscloseError(f"--address “{text}”: name one address of this machine; it never opens on all")
    return str(address)
