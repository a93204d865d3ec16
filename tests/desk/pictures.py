"""The pictures of docs/desk.zh.md: python -m tests.desk.pictures

Runs `disclose desk` on a site of its own, carries notice 002 from Word to live, and writes docs/desk/*.webp on the way.
Needs Chromium, LibreOffice and Pillow, and the right to make /srv/www, which goes again: its name is in the pictures.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from generator.desk.local import PublishPlace
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.desk.browser.test_acceptance import STEPS, Hands, published, sign, word_of_seed
from tests.desk.tools import ROOT, filled_site, program

FOLDER = ROOT / "docs/desk"
SIZE = {"width": 1366, "height": 768}
WWW = Path("/srv/www")
MOST = 60_000
"""Bytes of a picture."""


def keep(page: Page, name: str) -> None:
    """Write what the page shows, as small as words stay readable."""
    page.wait_for_timeout(700)
    picture = Image.open(io.BytesIO(page.screenshot()))
    for width, quality in ((1366, 60), (1366, 40), (1366, 30), (1100, 40), (1100, 25), (1000, 15)):
        buffer = io.BytesIO()
        small = picture.resize((width, width * picture.height // picture.width), Image.Resampling.LANCZOS)
        small.save(buffer, "webp", quality=quality, method=6)
        if len(buffer.getvalue()) <= MOST:
            break
    (FOLDER / f"{name}.webp").write_bytes(buffer.getvalue())
    print(f"{name}.webp: {len(buffer.getvalue())} bytes")


def walk(page: Page) -> None:
    """From Word to live."""
    hands = Hands(page)
    hands.drop(*((f"{source.stem[:3]}.docx", word_of_seed(source)) for source in ROOT.glob("content/sources/*/*.txt")))
    page.locator("#files .ico.ok").nth(4).wait_for(timeout=120_000)
    page.wait_for_timeout(9000)  # until what was said is gone
    keep(page, "board")
    hands.click("a", "002.docx")
    page.locator(".sheet image").first.wait_for(timeout=120_000)
    page.wait_for_timeout(2000)
    keep(page, "proof")
    for key in ("Enter", "Enter", "Enter", "Shift+Enter", "Enter", "Enter", "Enter", "Enter", "Enter"):
        hands.act(key)
    hands.press("Enter")
    page.frame_locator(".w390").locator("h1").wait_for(timeout=60_000)
    keep(page, "preview")
    hands.click("a", "看过了，送三审")
    for number, (step, name) in enumerate(STEPS):
        sign(hands, step, name)
        if number == 0:
            hands.click("summary", STEPS[1][0])
            keep(page, "review")
            hands.click("summary", STEPS[1][0])
    published(hands, lambda: keep(page, "publish"))
    keep(page, "live")


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = str(Path(folder, "state"))
        WWW.mkdir()
        places = (PublishPlace("政务网站", str(WWW)),)
        with program(filled_site(Path(folder, "site")), who="陈某", places=places) as desk, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport=SIZE)
            page.goto(f"http://127.0.0.1:{desk.local.port}{desk.base}")
            try:
                walk(page)
            finally:
                browser.close()
                shutil.rmtree(WWW)


if __name__ == "__main__":
    main()
