"""A server for one person at this machine: no page of another origin reads from it, writes to it or listens to it.

Preview, desk and share serve by it, so that there is one place to look at. A browser sends any page's requests to
127.0.0.1; what tells them apart are Host (a name that somebody lets lead here has another one), Origin and
Sec-Fetch-Site.
"""

from __future__ import annotations

import asyncio
import errno
import functools
import logging
import mimetypes
import os
import secrets
import signal
import socket
import threading
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, cast

from tornado import httputil, web
from tornado.httpserver import HTTPServer

from generator.base.diagnostics import DiscloseError, visible

HOST = "127.0.0.1"
BODY = 2 << 20
"""Bytes of a request's body at most."""
_HEADER = 64 << 10
_IDLE = 300
"""Seconds for which a connection may lie idle."""
_BODY_TIME = 30
"""Seconds in which a body must have come."""
NAMES = (HOST, "localhost")
"""What this machine is called in an address."""
_SITES = ("none", "same-origin")
"""Sec-Fetch-Site of what the person asks for: an address typed, a page of our own."""
_SAFE = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}
"""On every answer, whoever gives it."""
_IN_FRAME = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
"""What a page in a frame may load (docs/gov-site.md); who may frame it is added."""


def refusal(
    request: httputil.HTTPServerRequest, port: int, names: Sequence[str] = NAMES, *, in_frame: bool = False
) -> str | None:
    """Why a request is none of the person's own; None: it is one. The server answers to `names` alone.

    `in_frame`: a page of another origin may show a page in a frame; which one, Guarded's policy says.
    """
    headers = request.headers
    hosts, origins, sites = (headers.get_list(name) for name in ("Host", "Origin", "Sec-Fetch-Site"))
    if len(hosts) != 1 or hosts[0].lower() not in own_hosts(port, names):
        return "this server answers to its own address alone"
    if any(site not in _SITES for site in sites) and not (in_frame and _opens_a_frame(request)):
        return "another site asks"
    if any(origin != f"http://{hosts[0].lower()}" for origin in origins):
        return "a page of another origin asks"
    is_change = request.method not in _SAFE or headers.get("Upgrade", "").lower() == "websocket"
    if is_change and not origins:
        return "nobody says which page asks"
    return None


def _opens_a_frame(request: httputil.HTTPServerRequest) -> bool:
    asked = tuple(request.headers.get_list(f"Sec-Fetch-{name}") for name in ("Dest", "Mode"))
    return request.method in _SAFE and asked == (["iframe"], ["navigate"])


def own_hosts(port: int, names: Sequence[str] = NAMES) -> frozenset[str]:
    """What Host may be: `127.0.0.1:5500`, `localhost:5500`."""
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


class Guarded(web.Application):
    """An application that refuses, before any handler sees it, what is not asked by the person at this machine."""

    def __init__(
        self,
        rules: Sequence[Any],
        port: int,
        *,
        names: Sequence[str] = NAMES,
        framed_by: str = "",
        headers: Mapping[str, str] | None = None,
        **settings: Any,
    ) -> None:
        """`framed_by`: the origin whose pages may show these pages in a frame; empty: none but their own.

        `headers` are on every answer, beside HEADERS or in their place.
        """
        headers = HEADERS | dict(headers or {})
        if framed_by:
            del headers["X-Frame-Options"]
        headers |= {"Content-Security-Policy": f"{_IN_FRAME}; frame-ancestors {framed_by}"} if framed_by else {}
        transform = cast("type[web.OutputTransform]", functools.partial(_OwnHeaders, headers=headers))
        super().__init__(list(rules), transforms=[transform], **settings)
        self.port, self.names, self._framed_by = port, names, framed_by

    def find_handler(self, request: httputil.HTTPServerRequest, **arguments: Any) -> Any:
        """The handler of a request; of one that is refused, the one that says so."""
        why = refusal(request, self.port, self.names, in_frame=bool(self._framed_by))
        if why is not None:
            return self.get_handler_delegate(request, _GuardRefusal, {"why": why})
        return super().find_handler(request, **arguments)

    def open(self, body: int = BODY, address: str = HOST) -> HTTPServer:
        """Serve at the port of one address, by default to this machine alone.

        A body of more than `body` bytes ends its connection.
        """
        for name in ("access", "application", "general"):
            logging.getLogger(f"tornado.{name}").addFilter(_VISIBLE)
        return self.listen(
            self.port,
            address=address,
            max_body_size=body,
            max_buffer_size=body + _HEADER,
            max_header_size=_HEADER,
            idle_connection_timeout=_IDLE,
            body_timeout=_BODY_TIME,
        )


class _VisibleLog(logging.Filter):
    """Has what a stranger asked for steer no terminal."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let it pass, what would steer a terminal written as its number."""
        record.msg, record.args = visible(record.getMessage()), ()
        return True


_VISIBLE = _VisibleLog()


class _OwnHeaders(web.OutputTransform):
    """Puts `headers` on every answer."""

    def __init__(self, request: httputil.HTTPServerRequest, headers: Mapping[str, str]) -> None:
        super().__init__(request)
        self._headers = headers

    def transform_first_chunk(
        self,
        status_code: int,
        headers: httputil.HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, httputil.HTTPHeaders, bytes]:
        """The answer with them."""
        for name, value in self._headers.items():
            headers[name] = value
        return status_code, headers, chunk


class _GuardRefusal(web.RequestHandler):
    """Answers 403 to any method."""

    def initialize(self, why: str) -> None:
        self._why = why

    def prepare(self) -> None:
        """Say why, and be done."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"403: {self._why}\n")


_ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""What the system sends at its end, and a terminal when it is closed; as far as this system has them."""


def run(serving: Coroutine[Any, Any, None]) -> None:
    """Serve until interrupted, or ended in another way; then end, though a thread or a process hangs."""
    end_as_interrupted()
    is_over = threading.Event()
    try:
        asyncio.run(_until_ended(serving, is_over))
    finally:
        is_over.set()


_PATIENCE = 10.0
"""Seconds for what is under way when a server is asked to end; what was answered is on the disk by then."""


async def _until_ended(serving: Coroutine[Any, Any, None], is_over: threading.Event) -> None:
    try:
        await serving
    finally:
        last = threading.Timer(_PATIENCE, _end_what_hangs, [is_over])
        last.daemon = True
        last.start()


def _end_what_hangs(is_over: threading.Event) -> None:
    """End the process, unless the server is over and the program that had it goes on with something else."""
    if not is_over.is_set() or not threading.main_thread().is_alive():  # the interpreter waits for threads at its end
        os._exit(_INTERRUPTED)


_INTERRUPTED = 130
"""The exit status of what was ended by Ctrl+C."""


def end_as_interrupted() -> None:
    """Have a program that is asked to end in another way end as by Ctrl+C, with nothing half done."""
    if threading.current_thread() is threading.main_thread():
        for number in (getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)):
            if signal.getsignal(number) is signal.SIG_DFL:  # nohup has it ignored
                signal.signal(number, lambda *_: signal.raise_signal(signal.SIGINT))


def check_port(port: int, address: str = HOST) -> None:
    """Raise DiscloseError when the port is taken, or the address is not one of this machine."""
    try:
        with socket.create_server((address, port)):
            pass
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRNOTAVAIL:
            raise DiscloseError(f"{address}: this machine has no such address") from error
        raise DiscloseError(f"port {port}: {error}; choose another with --port") from error


def behind(key: str, path: str) -> str | None:
    """What a path has behind the key, its first folder: `/…`, empty without a slash. None: it has another key."""
    given, slash, rest = path.removeprefix("/").partition("/")
    return slash + rest if secrets.compare_digest(given.encode("utf-8", "replace"), key.encode()) else None


def file_at(path: str) -> str:
    """The file that an address means: that of a folder is its index.html."""
    return path + "index.html" if not path or path.endswith("/") else path


def media_of(path: str) -> str:
    """The type of a file by its name, as a header says it; texts are UTF-8."""
    media = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = media.startswith("text/") or media.endswith(("xml", "json", "javascript"))
    return f"{media}; charset=utf-8" if is_text else media
