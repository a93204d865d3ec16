"""What all pages of the desk have in common: how a request is checked, a page made, and a fault told."""

from __future__ import annotations

import asyncio
import errno
import functools
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import jinja2
from tornado import web

from generator.base.diagnostics import DiscloseError, visible
from generator.base.guard import HOST
from generator.base.language import chinese
from generator.desk import refusals, words
from generator.desk.desk import Desk
from generator.desk.doing import Conflict, Paper
from generator.desk.journal import JournalEntry
from generator.desk.notices import Opened
from generator.desk.page_pieces import Pieces, add_pieces
from generator.desk.places import RefusedAct
from generator.desk.whose_turn import tabs_of
from generator.desk.writing import Busy

DoneAnswer = TypeVar("DoneAnswer")
SCRIPT = "X-Desk"
"""Header of what the desk's own script asks: it takes fragments, and is answered in plain words."""


def policy(port: int) -> str:
    """What a page of the desk may load and do: its own files, and the preview in a frame."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action 'self'; frame-src http://localhost:{port + 1}; base-uri 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True)
class RefusedRequest(Exception):  # noqa: N818 - it is told, not fixed
    """Ends a request with words for the person."""

    status: int
    words: str


@functools.cache
def templates() -> jinja2.Environment:
    """The templates of the desk: what is not there is an error, and no value is ever markup."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("generator.desk", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["say"] = chinese().say
    found.filters["visible"] = visible
    found.globals["w"] = words
    found.globals["fresh_id"] = lambda: secrets.token_hex(8)
    add_pieces(found)
    macros = found.get_template("_macros.html").module
    found.globals.update((name, getattr(macros, name)) for name in ("icon", "hidden"))
    return found


class Handler(web.RequestHandler):
    """Answers one address of the desk. What it refuses raises `RefusedRequest`; a DiscloseError is a 422."""

    def initialize(self, desk: Desk) -> None:
        """Take what all handlers share."""
        self.desk = desk

    def set_default_headers(self) -> None:
        """The policy, on every answer; nothing is kept by the browser."""
        self.set_header("Content-Security-Policy", policy(self.application.port))  # type: ignore[attr-defined]
        self.set_header("Cache-Control", "no-store")

    def prepare(self) -> None:
        """Refuse what changes something and does not come from a page of ours; note how old the answer will be."""
        self._heard = self.desk.events.last
        if self.request.method == "POST":
            given = self.request.headers.get("X-CSRF") or self.get_body_argument("csrf", "")
            if not hmac.compare_digest(given.encode(), self.desk.local.csrf.encode()):
                self.refuse(403, words.FOREIGN)

    # ---------------------------------------------------------------------------------------------- what is asked

    @property
    def is_script(self) -> bool:
        """Whether the desk's own script asks, which takes fragments."""
        return self.request.headers.get(SCRIPT) == "1"

    def field(self, name: str, default: str | None = None) -> str:
        """A field of the form that was sent, as it is. Without `default` it must be there (422)."""
        found = self.get_body_argument(name, None, strip=False)
        if found is None and default is None:
            self.refuse(422, words.missing_field(name))
        return found if found is not None else str(default)

    def fields(self) -> dict[str, list[str]]:
        """All fields of the form, as they are."""
        return {name: self.get_body_arguments(name, strip=False) for name in self.request.body_arguments}

    def opened(self, notice_id: str) -> Opened:
        """The notice as it is on the disk now; its version becomes the answer's ETag. 404 when there is none."""
        found = self.desk.notices.open(notice_id)
        if found is None:
            self.refuse(404, words.NO_NOTICE)
        self.set_header("ETag", f'"{found.version}"')
        return found

    def version(self) -> str:
        """The version of the content file that the form was made for (428 when it names none)."""
        found = self.field("version", "") or self.request.headers.get("If-Match", "").strip('"')
        if not found:
            self.refuse(428, words.NO_VERSION)
        return found

    def check_etag_header(self) -> bool:
        """Always answer in full: an ETag names the content file, and a page shows more than that."""
        return False

    def compute_etag(self) -> str | None:
        """None but the one that was set."""
        return None

    # ------------------------------------------------------------------------------------------- what is answered

    async def apart(self, work: Callable[..., DoneAnswer], *arguments: Any, **named: Any) -> DoneAnswer:
        """What comes of work that reads, writes or counts long, done beside the server's thread."""
        call = functools.partial(work, *arguments, **named)
        return await asyncio.get_running_loop().run_in_executor(self.desk.threads, call)

    def begin_page(self, *scripts: str) -> None:
        """Begin the answer with a page, whose scripts these are, while it is made.

        The browser has its style before the first words, which it would else lay out once without.
        """
        places = [("desk.css", "style"), *((name, "script") for name in ("desk.js", *scripts))]
        rows = (f"<{self.desk.base}assets/{name}>; rel=preload; as={kind}" for name, kind in places)
        self.set_header("Link", ", ".join(rows))
        self.flush()

    def send_error(self, status_code: int = 500, **about: Any) -> None:
        """The same where a page was begun: it says what is wrong, and its status was sent."""
        if self._headers_written and not self._finished:
            self.write_error(status_code, **about)
        else:
            super().send_error(status_code, **about)

    def page(self, template: str, **values: Any) -> None:
        """Answer with a whole page."""
        self._finish(templates().get_template(template).render(**self._common(), **values), **values)

    async def notice_page(self, template: str, opened: Opened, step: str, **values: Any) -> None:
        """Answer with a page of a notice: its steps stand above it, `step` is the one at hand."""
        one = await self.apart(self.desk.overview.of, opened.id)
        if one is None:
            self.refuse(404, words.NO_NOTICE)
        tabs = tabs_of(one, self.desk.public.seen)
        self.page(template, opened=opened, step=step, steps=tabs, summary=one, **values)

    async def readable(self, notice_id: str, step: str) -> Opened | None:
        """The notice; None: its file cannot be read, and a page has been answered that says how it is mended."""
        found = self.opened(notice_id)
        if found.notice is None:
            await self.notice_page("broken.html", found, step, good=await self.apart(self.last_good, found))
            return None
        return found

    def last_good(self, found: Opened) -> JournalEntry | None:
        """The last act of which the content file can be read; None: the journal has none."""
        return Paper(self.desk.site, found.path).last_readable()

    def parts(self, template: str, *blocks: str, **values: Any) -> None:
        """Answer with these blocks of a page: to the script, which puts each element in the place of that with its id.

        The same template makes both, so a fragment cannot differ from its page.
        """
        found = [templates().get_template(name) for name in ("base.html", "notice.html", template)]
        known = {name: block for one in found for name, block in one.blocks.items()}
        context = found[-1].new_context({**self._common(), **values})
        self._finish("".join("".join(known[name](context)) for name in blocks), **values)

    def _finish(self, answer: str, *, pieces: Pieces | None = None, **_: Any) -> None:
        self.finish(pieces.filled(answer) if pieces else answer)

    def back(self, path: str) -> None:
        """Lead a form that was sent without script to a page of the desk (303)."""
        self.redirect(self.desk.base + path, status=303)

    def came_from(self, default: str = "") -> str:
        """The page of the desk from which a form was sent; `default` when none says so."""
        where = urlsplit(self.request.headers.get("Referer", ""))
        is_own = where.netloc == f"{HOST}:{self.desk.local.port}" and where.path.startswith(self.desk.base)
        path = where.path.removeprefix(self.desk.base) + (f"?{where.query}" if where.query else "")
        return path if is_own else default

    def refuse(self, status: int, why: str) -> NoReturn:
        """End the request with words for the person."""
        raise RefusedRequest(status, why)

    def write_error(self, status_code: int, **about: Any) -> None:
        """Say what is wrong: to the script in plain words, else on a page. No traceback ever."""
        error = about.get("exc_info", (None, None, None))[1]
        status, why = _fault(status_code, error)
        self.set_status(status)
        if self.is_script:
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(why)
        else:
            self.page("error.html", status=status, why=why, came_from=self.came_from())

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Nothing of what was told to the person; of faults of the program, what it takes to fix them."""
        if not isinstance(value, RefusedRequest | RefusedAct | Conflict | DiscloseError | Busy | web.HTTPError):
            super().log_exception(typ, value, tb)

    def _common(self) -> dict[str, Any]:
        desk = self.desk
        saved = self.get_query_argument("saved", "") == "1"
        return {
            "desk": desk, "base": desk.base, "csrf": desk.local.csrf, "local": desk.local, "saved": saved,
            "heard": self._heard,
        }  # fmt: skip


_OF_DISK = {
    errno.ENOSPC: words.DISK_FULL,
    errno.EDQUOT: words.DISK_FULL,
    errno.EROFS: words.NOT_WRITABLE,
    errno.EACCES: words.NOT_WRITABLE,
    errno.EPERM: words.NOT_WRITABLE,
}
"""What the person in front of the disk can do something about."""


def _fault(status: int, error: BaseException | None) -> tuple[int, str]:
    if isinstance(error, RefusedRequest):
        return error.status, error.words
    if isinstance(error, RefusedAct):
        return 422, refusals.told(error)
    if isinstance(error, Conflict):
        return 409, words.conflict([row.name for row in error.rows])
    if isinstance(error, Busy):
        return 423, words.BUSY
    of_disk = next((one for one in (error, error and error.__cause__) if isinstance(one, OSError)), None)
    if of_disk is not None and of_disk.errno in _OF_DISK:
        return 507, _OF_DISK[of_disk.errno]
    if isinstance(error, DiscloseError):
        return 422, words.of_error(error)
    return status, {404: words.NO_PAGE, 405: words.NO_PAGE, 413: words.TOO_LARGE}.get(status, words.FAULT)


class Missing(Handler):
    """Answers an address that leads nowhere, or has another key: 404, without a word of the site."""

    def prepare(self) -> None:
        """Say so, whatever was asked."""
        self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(words.NO_PAGE + "\n")
