"""The site as it will be, on an origin of its own: no word of a notice ever runs beside the desk.

It is the preview of `disclose serve` behind a key and another host name; the desk alone may show it in a frame.
"""

from __future__ import annotations

import asyncio
import hmac
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tornado import httputil, web

from generator.base.diagnostics import Diagnostic
from generator.base.guard import HOST, Guarded, behind, file_at, media_of
from generator.desk.local import Local

if TYPE_CHECKING:
    from generator.build.preview import Preview

NAME = "localhost"
"""What the preview's origin is called; the desk is called by its number."""
_LOOKS = {"size": ("l", "xl"), "contrast": ("high",)}


def _loaded() -> ModuleType:
    """The preview, with all that a build takes: loaded when somebody looks, for the desk is there sooner without."""
    from generator.build import preview  # noqa: PLC0415

    return preview


class PreviewSite:
    """The preview of a site, read when somebody first looks. May be called from several threads."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._folder = tempfile.TemporaryDirectory(prefix="disclose-preview-")
        self._lock = threading.Lock()
        self._preview: Preview | None = None

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with templates and files: what `disclose serve` says, too."""
        return self._preview.problems if self._preview else ()

    def begin(self) -> Preview:
        """The preview; the first time its notices begin to be read, beside."""
        with self._lock:
            if self._preview is None:
                self._preview = _loaded().Preview(self._site, Path(self._folder.name), lambda _: None)
                threading.Thread(target=self._preview.begin(), daemon=True).start()
            return self._preview

    @property
    def style(self) -> bytes:
        """The style sheet that each of its pages asks for."""
        return str(_loaded().STYLE).encode()

    def change(self, paths: Iterable[Path]) -> None:
        """Read again what was saved."""
        if self._preview is not None:
            self._preview.change(paths)

    def data(self, path: str) -> bytes | None:
        """A file of the site as it will be; None: there is none."""
        return self.begin().data(path)

    def close(self) -> None:
        """Read no further, and delete what was made."""
        if self._preview is not None:
            self._preview.stop()
        self._folder.cleanup()


class PreviewFile(web.RequestHandler):
    """Answers with a file of the preview."""

    def initialize(self, preview: PreviewSite) -> None:
        """Take the preview."""
        self._preview = preview

    async def get(self, path: str) -> None:
        """Answer with it, or with 404; `?size=` and `?contrast=` as a reader may set them."""
        path = file_at(path)
        own = {"preview.js": b"", "preview.css": self._preview.style}.get(path.rpartition("/")[2])
        data = own if own is not None else await asyncio.to_thread(self._preview.data, path)
        if data is None:
            raise web.HTTPError(404)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", media_of(path))
        self.finish(self._looking(data) if path.endswith(".html") else data)

    def _looking(self, data: bytes) -> bytes:
        """The page as somebody sees it who reads in larger type, or in high contrast."""
        for name, values in _LOOKS.items():
            value = self.get_query_argument(name, "")
            if value in values:
                data = data.replace(b"<html ", f'<html data-{name}="{value}" '.encode(), 1)
        return data


class PreviewApplication(Guarded):
    """Answers to the desk's frames alone, and under a key."""

    def __init__(self, preview: PreviewSite, local: Local) -> None:
        super().__init__(
            [(r"/(.*)", PreviewFile, {"preview": preview})],
            local.port + 1,
            names=(NAME,),
            framed_by=f"http://{HOST}:{local.port}",
            log_function=lambda _: None,
        )
        self._key = preview_key(local)

    def find_handler(self, request: httputil.HTTPServerRequest, **arguments: Any) -> Any:
        """The file behind the key; with another key, nothing."""
        request.path = behind(self._key, request.path) or ""
        return super().find_handler(request, **arguments)


def preview_key(local: Local) -> str:
    """The key of the preview: whoever learns it learns nothing of the desk's own."""
    return hmac.digest(local.key.encode(), b"preview", "sha256").hex()[:32]


def preview_base(local: Local) -> str:
    """How every address of the preview begins."""
    return f"http://{NAME}:{local.port + 1}/{preview_key(local)}/"
