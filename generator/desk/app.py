"""The desk's addresses, and the server that answers them.

A page hangs on three things:

* a row in `ROUTES`: the path behind the key, and its handler;
* a handler (generator/desk/handlers/), a `handler.Handler`. It gives `get(notice_id)` and `post(notice_id)`, and finds
  in itself `self.opened(id)` (the notice as it is on the disk; its hash becomes the ETag), `self.version()` (the hash
  that a form was made for; 428 without), `self.field(name)`, `self.apart(work, …)` (in a thread), `self.page(template,
  **values)`, `self.parts(template, *blocks, **values)` (the same template's blocks, for the script), `self.back(path)`
  (303) and `self.refuse(status, words)`. Key, Host, Origin, csrf and headers are checked and set before it is asked;
* a template that extends `base.html`, or `notice.html` when it is a page of a notice (`opened` and `step` are then
  among its values). Every form has `<input type="hidden" name="csrf" value="{{ csrf }}">`, and one that changes a
  notice `name="version" value="{{ opened.version }}"`, too.

Who changes the content does it within `with self.desk.writing():`, in a thread: read, compare, apply, write. What is
said of a refusal are Chinese sentences of generator/desk/words.py.
"""

from __future__ import annotations

import asyncio
import functools
import gc
import mimetypes
import re
import sys
from collections.abc import Callable
from importlib import resources
from typing import Any

from tornado import httputil

from generator.base.guard import BODY, HOST, Guarded, behind, check_port, run
from generator.desk import words
from generator.desk.desk import Desk
from generator.desk.handler import Handler, Missing
from generator.desk.handlers.amends import CorrectPage
from generator.desk.handlers.board import Board, EventStream
from generator.desk.handlers.imports import Import
from generator.desk.handlers.masking import Leaks, MaskPage
from generator.desk.handlers.preview import PreviewPage
from generator.desk.handlers.proofing import DoAct, FindPlaces, PartOfNotice, ProofPage, SheetPages
from generator.desk.handlers.publish import CheckAgain, PublishPage, PublishStop, Rollback
from generator.desk.handlers.review import ReviewPage, ScanFile, Scans, SignStep, Slip
from generator.desk.handlers.settings import MySettings, PlaceSettings, SiteSettings
from generator.desk.handlers.versions import Histories, HistoryPage, VersionText
from generator.desk.preview_site import PreviewApplication
from generator.readers.limits import LIMITS

_ID = r"n/([a-z0-9-]+)/"
ROUTES: tuple[tuple[str, type[Handler]], ...] = (
    (r"", Board),
    (_ID + r"proof", ProofPage),
    (_ID + r"part", PartOfNotice),
    (_ID + r"sheets", SheetPages),
    (_ID + r"page/([0-9]{1,4})\.png", SheetPages),
    (_ID + r"mask", MaskPage),
    (_ID + r"leaks", Leaks),
    (_ID + r"(do|undo|redo)", DoAct),
    (r"find", FindPlaces),
    (_ID + r"history", HistoryPage),
    (_ID + r"correct", CorrectPage),
    (_ID + r"version/([0-9a-f]{64})", VersionText),
    (r"history", Histories),
    (r"events", EventStream),
    (r"import", Import),
    (_ID + r"publish", PublishPage),
    (_ID + r"publish/check", CheckAgain),
    (r"publish", PublishPage),
    (r"publish/check", CheckAgain),
    (r"publish/stop", PublishStop),
    (r"rollback", Rollback),
    (r"settings", SiteSettings),
    (r"settings/me", MySettings),
    (r"settings/places", PlaceSettings),
    (_ID + r"preview", PreviewPage),
    (_ID + r"review", ReviewPage),
    (_ID + r"sign", SignStep),
    (_ID + r"slip", Slip),
    (_ID + r"scan", Scans),
    (_ID + r"scan/(signed-[0-9a-f]{16}(?:-\d+)?\.[a-z]{3,4})", ScanFile),
)
"""The path behind the key → who answers it. `_ID` begins the pages of a notice, and gives the handler its id."""


_LARGE = frozenset({"/import"})
"""Paths that take files."""


_ASIDE = re.compile(
    rb"(?P<words>'[^'\n]*'|`[^`]*`)"  # they stay as they are
    rb"|^ */\*.*?\*/\n|^ +|(?<=[;{,])\n|;\s*(?=\})"
    rb"| ?(?P<sign>[=<>?:&|,;{}()\[\]!]) ?"
    rb"| (?P<sum>[-+*%]) (?![-+*])",  # two of them in a row are something else, and / may begin a pattern
    re.MULTILINE | re.DOTALL,
)


@functools.lru_cache(maxsize=16)
def lean(script: bytes) -> bytes:
    """A script of ours without remarks (on lines of their own), indents, and signs and line ends that say nothing.

    That it says the same is proved of every script by tests/desk/test_weight.py.
    """
    return _ASIDE.sub(lambda found: found["words"] or found["sign"] or found["sum"] or b"", script)


class Assets(Handler):
    """The style sheets, the scripts and the icon."""

    def get(self, name: str) -> None:
        """Answer with a file of generator/desk/assets/; of a script with what the browser reads."""
        place = resources.files("generator.desk") / "assets" / name
        if not place.is_file():
            self.refuse(404, words.NO_PAGE)
        self.set_header("Content-Type", f"{mimetypes.guess_type(name)[0]}; charset=utf-8")
        data = place.read_bytes()
        self.finish(lean(data) if name.endswith(".js") else data)


class Alive(Handler):
    """Tells a second start, and a page that lost its connection, that the desk runs."""

    def get(self) -> None:
        """Answer with the site's folder."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(str(self.desk.site))


class Application(Guarded):
    """Answers to the person at this machine, by the name 127.0.0.1 alone, and under the key alone."""

    def __init__(self, desk: Desk) -> None:
        shared = {"desk": desk}
        own = ((r"assets/([a-z]+\.(?:css|js|svg))", Assets), (r"alive", Alive))
        super().__init__(
            [(f"/{path}", handler, shared) for path, handler in (*ROUTES, *own)],
            desk.local.port,
            names=(HOST,),
            default_handler_class=Missing,
            default_handler_args=shared,
            log_function=lambda _: None,  # the key is part of every path
        )
        self._desk = desk

    def find_handler(self, request: httputil.HTTPServerRequest, **arguments: Any) -> Any:
        """The handler of the path behind the key; with another key, the one that says there is nothing."""
        request.path = behind(self._desk.local.key, request.path) or ""
        if (request.path in _LARGE or request.path.endswith("/scan")) and request.connection is not None:
            request.connection.set_max_body_size(LIMITS["bytes"].most + BODY)  # type: ignore[attr-defined]
        return super().find_handler(request, **arguments)


def serve(desk: Desk, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once when a browser may come. Raises DiscloseError: port taken."""
    for port in (desk.local.port, desk.local.port + 1):
        check_port(port)
    run(served(desk, ready))


_TURN = 0.001
"""Seconds after which a thread that counts lets another one go on: a style sheet does not wait for a page."""


async def served(desk: Desk, ready: Callable[[], None]) -> None:
    """Serve until cancelled."""
    sys.setswitchinterval(_TURN)
    servers = [Application(desk).open(), PreviewApplication(desk.preview, desk.local).open()]
    desk.events.begin()
    desk.follow()
    ready()
    gc.freeze()  # the program itself is never garbage: to look through it would make an act wait now and then
    try:
        await asyncio.Event().wait()
    finally:
        for server in servers:
            server.stop()
            await server.close_all_connections()  # so that no request under way is answered with a fault of the ending
        desk.close()
