"""Serves a preview on this machine, watches its files, and tells the open pages to reload."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado import ioloop, web

from generator.base.console import warn
from generator.base.diagnostics import DiscloseError
from generator.base.guard import HOST, Guarded, check_port, end_as_interrupted, file_at, media_of, refusal
from generator.base.layout import SITE_FILE
from generator.base.workers import processors
from generator.build.follower import Follower
from generator.build.preview import STYLE, Preview

_THREADS = 4
_GREETING = 10_000
"""Characters of what a page says to the live reload at most."""
_LAST = 5
"""Seconds in which a chunk of notices is surely read."""


class _StateHandler(web.RequestHandler):
    """Serves the preview's own script and style sheet, and the number of its builds."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self, kind: str) -> None:
        """Answer with the script, the style sheet or the number."""
        answers = {
            "js": ("text/javascript", self._preview.script),
            "css": ("text/css", STYLE),
            "json": ("application/json", str(self._preview.builds)),
        }
        media, text = answers[kind]
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", media)
        self.write(text)


class _ReloadHandler(LiveReloadHandler):  # type: ignore[misc]  # the library has no types
    """Tells a page of the preview, and no other, to reload."""

    def check_origin(self, _: str) -> bool:
        """Whether the page that asks is of this server; the guard has asked the same."""
        return refusal(self.request, self.application.port) is None

    def on_message(self, message: str | bytes) -> None:
        """Take the greeting alone, and no long one."""
        if len(message) <= _GREETING:
            super().on_message(message)


class _FileHandler(web.RequestHandler):
    """Serves the files of the site, each made when it is asked for."""

    def initialize(self, preview: Preview, threads: ThreadPoolExecutor) -> None:
        self._preview, self._threads = preview, threads

    async def get(self, path: str) -> None:
        """Answer with a file, or with 404."""
        path = file_at(path)
        data = await asyncio.get_running_loop().run_in_executor(self._threads, self._preview.data, path)
        if data is None:
            raise web.HTTPError(404)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", media_of(path))
        self.write(data)


class _SiteServer(Server):  # type: ignore[misc]  # the library has no types
    """livereload's server with the preview's pages, behind our guard: its own door is open to every page of the web."""

    def __init__(self, preview: Preview, watcher: Watcher, threads: ThreadPoolExecutor) -> None:
        super().__init__(watcher=watcher)
        self._preview, self._threads = preview, threads

    def application(self, port: int, host: str, *_: object, live_css: bool, **__: object) -> None:
        """Listen; the rest of what the library may ask for is of its own pages."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = live_css
        Guarded(
            [
                (r"/livereload", _ReloadHandler),
                (r"/livereload\.js", LiveReloadJSHandler),
                (r"/preview\.(js|css|json)", _StateHandler, {"preview": self._preview}),
                (r"/(.*)", _FileHandler, {"preview": self._preview, "threads": self._threads}),
            ],
            port,
        ).open(address=host)


class _SiteWatcher(Watcher):  # type: ignore[misc]
    """Tells livereload of a change once the preview has taken it in; what changes, watchfiles says."""

    def __init__(self, begin: Callable[[Callable[[], None]], None]) -> None:
        """`begin` is called once, with what tells the open pages to load again."""
        super().__init__()
        self._begin = begin

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin; the library need not look by itself."""
        loop = ioloop.IOLoop.current()
        self._begin(lambda: loop.add_callback(callback))
        return True

    def examine(self) -> tuple[str, None]:
        """What changed: by this name every page is told at once, however soon after the last save."""
        return "__livereload__", None


def serve(folder: Path, *, port: int, open_browser: bool = False) -> None:
    """Preview the site until interrupted. Raises DiscloseError when the port is taken or there is no site."""
    if not (folder / SITE_FILE).exists():
        raise DiscloseError(f"{folder / SITE_FILE}: there is no site here; name its folder with --site")
    check_port(port)
    end_as_interrupted()
    with tempfile.TemporaryDirectory(prefix="disclose-preview-") as temporary:
        _serve(Preview(folder.absolute(), Path(temporary), _say), folder.absolute(), port, open_browser=open_browser)


def _serve(preview: Preview, folder: Path, port: int, *, open_browser: bool) -> None:
    begun = time.time_ns()
    finish = preview.begin(processors())  # forks: there are no threads yet
    logging.getLogger("livereload").addFilter(lambda record: record.levelno >= logging.WARNING)
    with contextlib.ExitStack() as ending:

        def follow(tell: Callable[[], None]) -> None:
            """Read the rest of the site and follow its files, now that the server listens."""

            def load() -> None:
                with _uncollected():
                    finish()
                tell()

            def changed(paths: Iterable[Path]) -> None:
                preview.change(paths)
                tell()

            _say(f"Preview: http://{HOST}:{port}/  (Ctrl+C ends it)")
            follower, loader = Follower(folder, changed, begun), threading.Thread(target=load, daemon=True)
            loader.start()
            for work in (follower.follow_folder, follower.follow_trees):
                threading.Thread(target=work, daemon=True).start()
            ending.callback(loader.join, _LAST)  # Python waits for processes that still have work to do
            ending.callback(preview.stop)
            ending.callback(follower.stop)

        server = _SiteServer(preview, _SiteWatcher(follow), ThreadPoolExecutor(_THREADS))
        server.watch(str(folder))
        server.serve(port=port, host=HOST, live_css=False, open_url_delay=0 if open_browser else None)
    raise KeyboardInterrupt  # the library took it


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection, and none ever of what was made: to look through millions of objects takes seconds."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _say(text: str) -> None:
    warn(text)
