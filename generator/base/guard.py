"""A server for one person at this machine: no page of another origin reads from it, writes to it or listens to it.

Preview and desk both serve by it, so that there is one place to look at. A browser sends any page's requests to
127.0.0.1; what tells them apart are Host (a name that somebody lets lead here has another one), Origin and
Sec-Fetch-Site.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tornado import httputil, web
from tornado.httpserver import HTTPServer

HOST = "127.0.0.1"
BODY = 2 << 20
"""Bytes of a request's body at most."""
_HEADER = 64 << 10
_IDLE = 300
"""Seconds for which a connection may lie idle."""
_BODY_TIME = 30
"""Seconds in which a body must have come."""
_NAMES = (HOST, "localhost")
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


def refusal(request: httputil.HTTPServerRequest, port: int) -> str | None:
    """Why a request is none of the person's own; None: it is one."""
    headers = request.headers
    hosts, origins, sites = (headers.get_list(name) for name in ("Host", "Origin", "Sec-Fetch-Site"))
    if len(hosts) != 1 or hosts[0].lower() not in own_hosts(port):
        return "this server answers to its own address alone"
    if any(site not in _SITES for site in sites):
        return "another site asks"
    if any(origin != f"http://{hosts[0].lower()}" for origin in origins):
        return "a page of another origin asks"
    is_change = request.method not in _SAFE or headers.get("Upgrade", "").lower() == "websocket"
    if is_change and not origins:
        return "nobody says which page asks"
    return None


def own_hosts(port: int) -> frozenset[str]:
    """What Host may be: `127.0.0.1:5500`, `localhost:5500`."""
    return frozenset(f"{name}:{port}" for name in _NAMES) | (frozenset(_NAMES) if port == 80 else frozenset())


class Guarded(web.Application):
    """An application that refuses, before any handler sees it, what is not asked by the person at this machine."""

    def __init__(self, rules: Sequence[Any], port: int, **settings: Any) -> None:
        super().__init__(list(rules), transforms=[_OwnHeaders], **settings)
        self.port = port

    def find_handler(self, request: httputil.HTTPServerRequest, **arguments: Any) -> Any:
        """The handler of a request; of one that is refused, the one that says so."""
        why = refusal(request, self.port)
        if why is not None:
            return self.get_handler_delegate(request, _Refused, {"why": why})
        return super().find_handler(request, **arguments)

    def open(self, body: int = BODY) -> HTTPServer:
        """Serve at the port, on this machine alone; a body of more than `body` bytes ends its connection."""
        return self.listen(
            self.port,
            address=HOST,
            max_body_size=body,
            max_buffer_size=body + _HEADER,
            max_header_size=_HEADER,
            idle_connection_timeout=_IDLE,
            body_timeout=_BODY_TIME,
        )


class _OwnHeaders(web.OutputTransform):
    """Puts `HEADERS` on every answer."""

    def transform_first_chunk(
        self,
        status_code: int,
        headers: httputil.HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002
    ) -> tuple[int, httputil.HTTPHeaders, bytes]:
        """The answer with them."""
        for name, value in HEADERS.items():
            headers[name] = value
        return status_code, headers, chunk


class _Refused(web.RequestHandler):
    """Answers 403 to any method."""

    def initialize(self, why: str) -> None:
        self._why = why

    def prepare(self) -> None:
        """Say why, and be done."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"403: {self._why}\n")
