"""The desk as a person has it: the program itself, a real browser, a site of 1 000 notices, 100 files at once.

Used by benchmarks/desk.py. Times of the wall are taken round by round, each thing once a round, so that what else runs
on the machine slows all of them alike; a round begins with a bare answer of the same desk (`alive`), which says how
slow the machine itself is just then.
"""

from __future__ import annotations

import base64
import http.client
import io
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import docx
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.corpus import notices
from generator.content.notice_file import write_notice
from generator.desk.local import Local, save

CHROMIUM = "/usr/bin/chromium"
ROUNDS = 9
FILES = 100
BOARD = 1000
"""Notices of the site."""
LONG = 30_000
"""Characters of the notice that is opened."""
_SECONDS = 300
_PAINT = """() => new Promise(done => {
  const look = () => {
    const [page] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    return paint && page.domComplete ? done(paint.startTime) : setTimeout(look, 5);
  };
  look();
})"""
"""Milliseconds from asking for a page to its first words on the screen."""
_SCREEN = """() => new Promise(done => {
  const look = () => document.querySelector('#railfoot')
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : setTimeout(look, 1);
  look();
})"""
"""The same, to the frame that has all of the first screen: source, words, and the doubt at hand."""
_WHOLE = """() => new Promise(done => {
  const look = () => document.querySelector('[data-early]') ? setTimeout(look, 5) : done(performance.now());
  look();
})"""
"""The same, until every doubt is there and all of the page is laid out."""
_KEY = """code => new Promise(done => {
  const start = performance.now(), asked = performance.getEntriesByType('resource').length;
  document.body.dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true}));
  requestAnimationFrame(() => setTimeout(() => {
    if (performance.getEntriesByType('resource').length > asked) throw new Error(`${code} asks the program`);
    done(performance.now() - start);
  }));
})"""
"""Milliseconds from a key to the frame that shows what it did; a key that asks the program is a fault."""
_ACT = """code => new Promise(done => {
  const version = () => document.querySelector('#docin').dataset.version, before = version(), start = performance.now();
  const answers = () => performance.getEntriesByType('resource').filter(e => /\\/(do|undo)$/.test(e.name));
  const old = answers().length;
  const wait = () => {
    if (version() === before || answers().length === old) return setTimeout(wait, 1);
    const answered = answers().pop().responseEnd - start;
    requestAnimationFrame(() => setTimeout(() => done([answered, performance.now() - start])));
  };
  document.body.dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true, ctrlKey: code === 'KeyZ'}));
  wait();
})"""
"""Milliseconds from a key to the answer with what changed, which is sent when the act is on the disk, and to the frame
that shows it."""
_DROP = """files => {
  const data = new DataTransfer();
  for (const [name, text] of files)
    data.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name));
  window.__late = [];
  new PerformanceObserver(list => list.getEntries().forEach(e => window.__late.push(e.duration)))
    .observe({type: 'event', durationThreshold: 16});
  window.__start = performance.now();
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""
_DONE = """names => ({
  now: performance.now() - window.__start,
  done: [...document.querySelectorAll('#files li > a')]
    .filter(a => names.includes(a.parentNode.querySelector('.files__n').textContent)).length,
})"""
"""How long ago the files were dropped, and how many of them can be opened; the list has those of before, too."""


_PROMISES = (
    ("open", f"open a notice of {LONG} characters, to first paint", 300.0),
    ("screen", "– to all of the first screen", None),
    ("whole", "– to every doubt, all of it laid out", None),
    ("act", "an act, key to answer, on the disk", 100.0),
    ("act-seen", "– to the frame that shows it", None),
    ("undo", "undo, key to answer", 100.0),
    ("undo-seen", "– to the frame that shows it", None),
    ("key", "J and K, to the frame, nothing asked", 50.0),
    ("picture", "page image, warm", 300.0),
    ("board", f"board of {BOARD + FILES} notices, to first paint", 500.0),
)


class Row(NamedTuple):
    """What was measured, and what is promised; None: it only tells how to read the others."""

    name: str
    value: float
    most: float | None


class Seat:
    """A desk that runs as a program of its own, and a browser at it."""

    def __init__(self, site: Path, local: Local, process: subprocess.Popen[bytes], browser: Browser) -> None:
        self.local, self.process = local, process
        self.address = f"http://127.0.0.1:{local.port}/{local.key}/"
        self._site, self._browser = site, browser

    def page(self, path: str = "") -> Page:
        """A new window with a page of the desk."""
        found = self._browser.new_page(viewport={"width": 1366, "height": 768}, bypass_csp=True)
        found.set_default_timeout(_SECONDS * 1000)
        found.goto(self.address + path, wait_until="commit")
        return found

    def evaluate(self, page: Page, script: str, argument: object = None) -> Any:
        """What a function gives on a page; what never comes is a fault, and not waited for."""
        late = f"new Promise((_, fail) => setTimeout(() => fail(new Error('nothing came')), {_SECONDS * 1000}))"
        return page.evaluate(f"given => Promise.race([({script})(given), {late}])", argument)

    def ask(self, path: str) -> tuple[int, bytes, float]:
        """Status, answer and milliseconds of a request."""
        connection = http.client.HTTPConnection("127.0.0.1", self.local.port, timeout=_SECONDS)
        start = time.perf_counter()
        connection.request("GET", f"/{self.local.key}/{path}")
        answer = connection.getresponse()
        data = answer.read()
        took = (time.perf_counter() - start) * 1000
        connection.close()
        return answer.status, data, took

    def memory(self) -> float:
        """Megabytes of the program with its processes; what they share counts once."""
        return sum(_pss(one) for one in _family(self.process.pid)) / 1000


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _pss(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


def _free_port() -> int:
    while True:
        with socket.socket() as one, socket.socket() as other, suppress(OSError, OverflowError):
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            other.bind(("127.0.0.1", port + 1))
            return port


@contextmanager
def seat(site: Path, state: Path, browser: Browser) -> Iterator[Seat]:
    """`disclose desk` of a site; its state is kept in a folder of its own."""
    os.environ["XDG_STATE_HOME"] = str(state)
    local = Local(port=_free_port(), who="x")
    save(site, local)
    command = [sys.executable, "-m", "generator", "--site", str(site), "desk", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield Seat(site, local, process, browser)
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()


def until_usable(one: Seat) -> float:
    """Seconds from the start of the program to a board on the screen with a row that can be opened."""
    start = time.monotonic()
    while True:
        with suppress(OSError):
            if one.ask("alive")[0] == 200:
                break
        if time.monotonic() - start > _SECONDS:
            raise SystemExit("the desk did not start")
        time.sleep(0.02)
    page = one.page()
    page.wait_for_selector("#rows .work a")
    took = time.monotonic() - start
    page.close()
    return took


def rounds(one: Seat, notice_id: str, picture: str) -> dict[str, list[float]]:
    """Milliseconds of each thing, a figure a round."""
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        found["alive"].append(one.ask("alive")[2])
        page = one.page(f"n/{notice_id}/proof")
        found["screen"].append(float(one.evaluate(page, _SCREEN)))
        found["open"].append(float(one.evaluate(page, _PAINT)))
        found["whole"].append(float(one.evaluate(page, _WHOLE)))
        page.wait_for_selector(".p.is-on")
        found["key"] += [float(one.evaluate(page, _KEY, code)) for code in ("KeyJ", "KeyK")]
        page.evaluate("document.querySelector('.p--response > div').click()")
        for name, code in (("act", "KeyX"), ("undo", "KeyZ")):
            answered, seen = one.evaluate(page, _ACT, code)
            found[name].append(float(answered))
            found[f"{name}-seen"].append(float(seen))
        page.close()
        page = one.page()
        found["board"].append(float(one.evaluate(page, _PAINT)))
        page.close()
        status, data, took = one.ask(picture)
        if status != 200 or not data.startswith(b"\x89PNG"):
            raise SystemExit(f"{picture}: no picture ({status})")
        found["picture"].append(took)
    return found


def word(text: str) -> bytes:
    """A Word file with a paragraph a line."""
    made, out = docx.Document(), io.BytesIO()
    for line in text.split("\n"):
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def dropped(one: Seat, files: list[tuple[str, bytes]]) -> tuple[float, float, float, int]:
    """All files at once: milliseconds from input to paint at most, seconds to the first result and to all, how many."""
    page = one.page()
    page.wait_for_selector("#f-words")
    page.wait_for_load_state()  # what is dropped before the scripts are there is lost
    page.evaluate(_DROP, [[name, base64.b64encode(data).decode()] for name, data in files])
    first = 0.0
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        page.keyboard.press("f")
        page.keyboard.press("a")
        page.keyboard.press("Backspace")
        page.evaluate("document.activeElement.blur()")
        seen: dict[str, Any] = page.evaluate(_DONE, [name for name, _ in files])
        first = first or (seen["now"] / 1000 if seen["done"] else 0.0)
        if seen["done"] >= len(files):
            break
        time.sleep(0.1)
    late = max(map(float, page.evaluate("window.__late")), default=0.0)
    page.close()
    return late, first, float(seen["now"]) / 1000, int(seen["done"])


def measured(folder: Path, settings: str, content: Path) -> Iterator[Row]:
    """Every promise of the page and the program, with what was measured; `content`: a notice whose page is weighed."""
    site = site_of(folder / "live", BOARD - 1, settings)
    shutil.copy(content, site / "content/notices/2025")
    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        stack.callback(browser.close)
        one = stack.enter_context(seat(site, folder / "state", browser))
        yield Row("program started to board usable, s", until_usable(one), 3.0)
        while one.ask("")[1].count("正在读入站点".encode()):
            time.sleep(0.5)
        yield Row(f"page of {content.stem}, bytes", float(len(one.ask(f"n/{content.stem}/proof")[1])), 200_000.0)
        [long] = notices(1, length=LONG, first=BOARD)
        dropped(one, [("长.docx", word(long.text))])
        notice_id = next(path.stem for path in (site / "content/sources").iterdir())
        files = [(f"{n}.docx", word(notice.text)) for n, notice in enumerate(notices(FILES, first=2 * BOARD))]
        late, first, whole, came = dropped(one, files)
        yield Row(f"{FILES} files at once: input to paint at most, ms", late, 100.0)
        yield Row("– first result, s", first, 2.0)
        yield Row(f"– all, s ({came} came in)", whole if came == FILES else _SECONDS, 60.0)
        drawn = one.ask(f"n/{notice_id}/sheets")
        if drawn[0] != 200:
            raise SystemExit(f"no pages were drawn ({drawn[0]})")
        yield Row("pages drawn by LibreOffice (text meanwhile), s", drawn[2] / 1000, None)
        times = rounds(one, notice_id, f"n/{notice_id}/page/1.png")
        yield Row("a bare answer (alive), ms", statistics.median(times["alive"]), None)
        for name, about, most in _PROMISES:
            yield Row(f"{about}, ms: median of {ROUNDS}", statistics.median(times[name]), most)
            yield Row("– best", min(times[name]), None)
        yield Row("memory of the program, MB", one.memory(), 600.0)


def site_of(folder: Path, count: int, settings: str) -> Path:
    """A site of so many notices."""
    place = folder / "content/notices/2025"
    place.mkdir(parents=True)
    (folder / "site.yml").write_text(settings, "utf-8")
    for notice in notices(count, length=800):
        (place / f"{notice.id}.md").write_text(write_notice(notice), "utf-8")
    return folder
