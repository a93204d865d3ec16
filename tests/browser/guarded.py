"""A built site behind the policy of a server, and a page on which whatever breaks that policy is a fault."""

from __future__ import annotations

import contextlib
import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
"""GOV-SITE G-SEC-04."""
_NOTE = """window.__reports = [];
addEventListener('securitypolicyviolation', e => __reports.push(e.violatedDirective + ' ' + e.blockedURI));
for (const name of ['alert', 'confirm', 'prompt', 'open']) window[name] = () => __reports.push(name);"""


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def translate_path(self, path):
        return super().translate_path(path.removeprefix("/gk"))  # where the page of a wrong address thinks it stands

    def log_message(self, *_):
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A browser that closes a page leaves answers unread: nothing to speak of."""


@contextlib.contextmanager
def guarded(output):
    """The address of the output behind a server that sends the policy."""
    with _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(output))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def watch(page):
    """Every report of the policy, every dialog and every trace of a script that ran becomes a fault of the page."""
    page.add_init_script(_NOTE)
    page.on("dialog", lambda dialog: (page.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("framenavigated", lambda frame: frame.parent_frame and page.faults.append(f"frame: {frame.url}"))
    return page


def faults_after(page):
    """What the page was found to do since it was opened."""
    found = page.evaluate("[...__reports, ...(window.pwned ? ['a script of the words ran'] : [])]")
    return found + page.faults
