"""A live preview: build, serve on this machine, rebuild at a save, and tell the open page to reload.

The output of a preview stands in a folder of its own and is deleted at the end: `output/` is never touched, and what
the preview adds to a page (one script, one style sheet) is never published.
"""

from __future__ import annotations

import json
import logging
import socket
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import ForceReloadHandler, LiveReloadHandler, LiveReloadJSHandler
from tornado import web

from generator.build import build
from generator.config import SITE_FILE
from generator.diagnostics import ContentError, DiscloseError
from generator.shipped import site_or_shipped

_HOST = "127.0.0.1"
WATCHED = (SITE_FILE, "content", "templates")

_SCRIPT = """\
(function () {
  'use strict';
  var errors = %s, build = %d, script = document.createElement('script');
  script.src = '/livereload.js?port=' + location.port;
  document.head.appendChild(script);
  // a reload is told once: a page that was just loading then has missed it
  setInterval(function () {
    fetch('/preview.json').then(function (answer) { return answer.json(); })
      .then(function (now) { if (now !== build) location.reload(); }, function () {});
  }, 2000);
  if (!errors.length) return;
  var box = document.createElement('section'), title = document.createElement('h2');
  box.className = 'preview';
  box.setAttribute('role', 'alert');
  title.textContent = '预览：有 ' + errors.length + ' 处需要修改，下面是改好前的页面';
  box.appendChild(title);
  errors.forEach(function (text) {
    var line = document.createElement('pre');
    line.textContent = text;
    box.appendChild(line);
  });
  document.body.insertBefore(box, document.body.firstChild);
})();
"""

_STYLE = """\
.preview{position:sticky;top:0;z-index:99;max-height:50vh;overflow:auto;padding:1rem;background:#8c1515;color:#fff}
.preview h2{font-size:1.125rem}
.preview pre{margin:.5rem 0 0;white-space:pre-wrap;font:.875rem/1.5 ui-monospace,monospace}
"""

_EMPTY = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>预览</title>
<link rel="stylesheet" href="/preview.css"><script src="/preview.js" defer></script></head>
<body><p>还没有可以预览的页面。</p></body></html>
"""


class Preview:
    """The state of a preview: where it is built, and what is wrong now."""

    def __init__(self, folder: Path, output: Path, report: Callable[[str], None]) -> None:
        self.output = output
        self.errors: tuple[str, ...] = ()
        self.builds = 0
        self._folder = folder
        self._report = report

    def rebuild(self) -> None:
        """Build again; on a mistake the pages stay as they were and `errors` says what it is."""
        try:
            report = build(self._folder, self.output, preview=True)
        except ContentError as error:
            self.errors = tuple(map(str, error.diagnostics))
        except DiscloseError as error:
            self.errors = (str(error),)
        else:
            self.errors = tuple(map(str, report.diagnostics))
            self._report(f"Built: {report.notices} notices, {report.changed} of {report.files} files changed.")
        self.builds += 1
        for error_text in self.errors:
            self._report(error_text)
        if not (self.output / "index.html").exists():
            self.output.mkdir(exist_ok=True)
            (self.output / "index.html").write_text(_EMPTY, encoding="utf-8")
            (self.output / "manifest.json").write_text("{}", encoding="utf-8")

    @property
    def script(self) -> str:
        """The script of every page of the preview."""
        return _SCRIPT % (json.dumps(self.errors, ensure_ascii=False).replace("</", "<\\/"), self.builds)


class _StateHandler(web.RequestHandler):
    """Serves the preview's own script and style sheet."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    def get(self, kind: str) -> None:
        """Answer with the script, the style sheet or the number of the build."""
        answers = {
            "js": ("text/javascript", self._preview.script),
            "css": ("text/css", _STYLE),
            "json": ("application/json", str(self._preview.builds)),
        }
        media, text = answers[kind]
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", media)
        self.write(text)


class _Server(Server):  # type: ignore[misc]
    """livereload's server without its inline script, which the pages' own security policy forbids."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview

    def application(self, port: int, host: str, **_: Any) -> None:
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else a second save within three seconds is built but not shown
        handlers: Sequence[Any] = [
            (r"/livereload", LiveReloadHandler),
            (r"/forcereload", ForceReloadHandler),
            (r"/livereload\.js", LiveReloadJSHandler),
            (r"/preview\.(js|css|json)", _StateHandler, {"preview": self._preview}),
            *self.get_web_handlers(b""),
        ]
        web.Application(handlers=handlers, debug=False, static_hash_cache=False).listen(port, address=host)


def serve(folder: Path, *, port: int, open_browser: bool = False) -> None:
    """Preview the site until interrupted. Raises DiscloseError when the port is taken or there is no site."""
    if not (folder / SITE_FILE).exists():
        raise DiscloseError(f"{folder / SITE_FILE}: there is no site here; name its folder with --site")
    _check_port(port)
    with tempfile.TemporaryDirectory(prefix="disclose-preview-") as temporary:
        preview = Preview(folder, Path(temporary) / "output", _say)
        preview.rebuild()
        server = _Server(preview)
        for path in dict.fromkeys((*(folder / name for name in WATCHED), site_or_shipped(folder, "templates"))):
            server.watch(str(path), preview.rebuild)
        logging.getLogger("livereload").setLevel(logging.WARNING)
        _say(f"Preview: http://{_HOST}:{port}/  (Ctrl+C ends it)")
        server.serve(port=port, host=_HOST, root=str(preview.output), open_url_delay=1 if open_browser else None)


def _check_port(port: int) -> None:
    try:
        with socket.create_server((_HOST, port)):
            pass
    except (OSError, OverflowError) as error:
        raise DiscloseError(f"port {port}: {error}; choose another with --port") from error


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
