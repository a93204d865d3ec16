"""How search answers on made-up sites: size, bytes, requests, time, and whether it is right.

    python -m benchmarks.search 1000 10000            # prints the report; needs Chromium
    python -m benchmarks.search 1000 --pagefind       # with its build, when `pagefind[extended]` is installed
    python -m benchmarks.search --site .              # of the site in a folder: here the five sample notices
    python -m benchmarks.search 1000 --edits          # how many files an edit changes; needs no browser

A query counts until the first ten results (or all, when there are fewer) stand on the page with their words: every file
of search that was asked for until then, gzip level 6, cold cache, from a server on this machine; and once more until
the page says how many there are. Right means: the
records shown and counted are those whose folded text holds the words, found by plain substring search in Python.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import hashlib
import multiprocessing
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as NoAnswer

from benchmarks.corpus import ROOT, notices
from generator.build.load import gather
from generator.build.targets.fixed import asset
from generator.content.config import Config
from generator.content.topics import read_topics
from generator.model.folding import fold, terms
from generator.model.notice import Notice
from generator.pages.overview import search_page
from generator.render.renderer import Renderer
from generator.search.index import write_index
from generator.search.records import groups_of
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice, Site

assert sys.platform != "win32"  # what a process took, and the load of the machine, are asked of POSIX

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
TERMS = (
    "采购 党建 整改 救护车 三重一大 医疗废物 廉政风险 固定资产 公务接待 整改情况 中心组 巡察 台账 制度 八项规定"
    " 主体责任 经费 村卫生室 的 是"
)
ABSENT = "麒麟饕餮 量子纠缠 abcxyz 鳜鱼 飞碟 采购恐龙 整改火箭 qwerty 9999888877 龘"
WATCH = """addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  const shown = document.querySelectorAll('[data-hits] ol:not([data-asked]) li').length;
  const said = document.querySelector('[data-count]').textContent, count = /共 (\\d+) 条/.exec(said);
  if (!window.answered && (shown || /没有/.test(said))) window.answered = performance.now();
  if (!window.counted && (count || /没有/.test(said))) window.counted = performance.now();
}).observe(document.body, {subtree: true, childList: true, characterData: true}))"""

Record = tuple[str, tuple[str, ...]]
"""Address, folded runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one query cost."""

    kind: str
    query: str
    requests: int
    size: int
    wait: float
    """Milliseconds from the last byte of what the first results need to the page having drawn them."""
    hits: int
    is_right: bool
    counted_requests: int
    """The same until the page says how many there are."""
    counted_size: int


def site_of(made: Iterable[Notice]) -> Site:
    """The site of the made-up notices."""
    rules = read_topics((ROOT / "content" / "topics.yml").read_text(encoding="utf-8"))
    found = (LoadedNotice(notice.id, notice, notice.id) for notice in made)
    return build_site(Config(name="对照", base_url="http://127.0.0.1/"), rules, found)[0]


def _made_up(count: int, sources: Path) -> Site:
    return site_of(notices(count, sources))


def _site_in(folder: Path) -> Site:
    return gather(folder).site


def build(site: Site, folder: Path) -> str:
    """Write the search page and its index; a row of the report."""
    (folder / "search").mkdir(parents=True)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    made = [(path, _put(folder / "search" / path, content)) for path, content in write_index(groups_of(site))]
    seconds = time.process_time() - start
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    for path in (ROOT / "templates" / "assets").iterdir():
        _put(folder / "assets" / path.name, asset(path))
    page = replace(search_page(site), template="search.html")
    _put(folder / page.path, Renderer(site.config, [ROOT / "templates"], (), site.as_of).page(page).encode())
    size = sum(size for _, size in made) / 1e6
    packed = sum(len(gzip.compress((folder / "search" / path).read_bytes(), 6)) for path, *_ in made) / 1e6
    return (
        f"{seconds:.1f} s, {memory:.0f} MB above the notices, {len(made)} files, {size:.0f} MB ({packed:.0f} MB gzip)"
    )


def _put(path: Path, content: bytes) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return len(content)


def records_of(site: Site) -> list[Record]:
    """All records, to be searched in the plainest way."""
    return [
        (f"../{group.url}index.html{record.url}", tuple(fold(run) for run in (*record.runs, *record.also, group.unit)))
        for group in groups_of(site)
        for record in group.records
    ]


def queries(records: Sequence[Record], chance: random.Random, each: int) -> Iterator[tuple[str, str]]:
    """(kind, query): cut at random offsets of one to thirty characters, terms, units, phones, absent words."""

    def cut(least: int, most: int) -> str:
        while True:
            run = chance.choice(chance.choice(records)[1])
            size = chance.randint(least, most)
            if len(run) > size:
                at = chance.randrange(len(run) - size)
                return run[at : at + size]

    units = [runs for url, runs in records if url.startswith("../units/") and "#" not in url]
    for _ in range(each):
        yield "cut 1–2", cut(1, 2)
        yield "cut 3–10", cut(3, 10)
        yield "cut 11–30", cut(11, 30)
        yield "two words", f"{cut(2, 3)} {cut(2, 4)}"
        runs = chance.choice(units)
        yield "unit", runs[0]
        yield from [("phone", run) for run in runs if re.fullmatch(r"[\d-]{7,}", run)][:1]
    yield from (("term", term) for term in TERMS.split()[:each])
    yield from (("absent", word) for word in ABSENT.split()[:each])


class _Server(ThreadingHTTPServer):
    """Gives files packed and notes path and bytes of each."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.log: dict[str, int] = {}


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        file = self.server.folder / path.lstrip("/")
        if not file.is_file():
            self.send_error(404)
            return
        body = gzip.compress(file.read_bytes(), 6)
        self.server.log[path] = len(body)
        self.send_response(200)
        kinds = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
        self.send_header("Content-Type", kinds.get(file.suffix, "image/svg+xml") + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def ask(browser: Browser, server: _Server, records: Sequence[Record], kind: str, query: str) -> Answer:
    """Search in a new browser profile and compare."""
    words = terms(query)
    truth = {url for url, runs in records if words and all(any(word in run for run in runs) for word in words)}
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script(WATCH)
    server.log.clear()
    page.goto(f"http://127.0.0.1:{server.server_port}/search/index.html?q={quote(query)}")
    try:
        page.wait_for_function("() => window.counted", timeout=60_000)
    except NoAnswer as error:
        raise SystemExit(f"no answer to “{query}”: {page.text_content('[data-count]')}") from error
    loaded, counted, wait = page.evaluate(
        """() => { const until = time => performance.getEntriesByType('resource').filter(each => each.startTime < time
             && /\\/search\\/.*js$|search[-a-z]*\\.js$/.test(new URL(each.name).pathname));
             const drawn = performance.getEntriesByName('results')[0].startTime;
             const last = Math.max(...until(answered).map(each => each.responseEnd).filter(end => end <= drawn));
             const paths = all => all.map(each => new URL(each.name).pathname);
             return [paths(until(answered)), paths(until(window.counted)), drawn - last]; }"""
    )
    page.wait_for_load_state("networkidle")
    while len(truth) <= 50 and page.is_visible("[data-more]"):
        page.evaluate("document.querySelector('[data-more]').click()")
        page.wait_for_timeout(50)
    page.wait_for_function("() => /共|没有/.test(document.querySelector('[data-count]').textContent)")
    said = re.search(r"共 (\d+) 条", page.text_content("[data-count]") or "")
    links = page.locator("[data-hits] ol:not([data-asked]) h3 a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    context.close()
    whole = (
        links == []
        if not truth
        else set(links) == truth
        if len(truth) <= 50
        else set(links) < truth and len(links) == 10
    )
    return Answer(
        kind=kind,
        query=query,
        requests=len(loaded),
        size=sum(server.log.get(path, 0) for path in loaded),
        wait=wait,
        hits=len(truth),
        is_right=whole and len(links) == len(set(links)) and (int(said[1]) if said else 0) == len(truth),
        counted_requests=len(counted),
        counted_size=sum(server.log.get(path, 0) for path in counted),
    )


def measure(make: Callable[[], Site], each: int) -> None:
    """Build the index of a site and report on it."""
    site = make()
    with tempfile.TemporaryDirectory() as folder:
        print(f"\n## {len(site.notices)} notices\n\nBuild: {build(site, Path(folder))}.", flush=True)
        records = records_of(site)
        del site
        server = _Server(Path(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
            answers = [
                ask(browser, server, records, kind, query) for kind, query in queries(records, random.Random(7), each)
            ]
            browser.close()
        server.shutdown()
    print(f"{len(records)} records, {len(answers)} queries.\n")
    report(answers)


def _with_word(notice: Notice, word: str) -> Notice:
    """The notice with another word for the first 整改 of its prose."""
    at = next(at for at, one in enumerate(notice.body) if "整改" in one.words and one.role not in ("title", "heading"))
    one = notice.body[at]
    return replace(
        notice, body=(*notice.body[:at], one._replace(words=one.words.replace("整改", word, 1)), *notice.body[at + 1 :])
    )


def edits(count: int, sources: Path) -> None:
    """How many files are new or other after an edit of the notice in the middle."""

    def hashes() -> dict[str, str]:
        return {path: hashlib.sha256(data).hexdigest() for path, data in write_index(groups_of(site_of(changed)))}

    made = list(notices(count, sources))
    changed = list(made)
    before, middle = hashes(), count // 2
    for what, word in (("one word changed", "改整"), ("a word grew", "认真整改")):
        changed[middle] = _with_word(made[middle], word)
        after = hashes()
        names = [path for path, digest in after.items() if before.get(path) != digest]
        lists = sum(path.startswith("p/") for path in names)
        print(f"| {count} notices, {what} | {len(names)} of {len(after)} | {lists} |", flush=True)


def report(answers: Sequence[Answer]) -> None:
    """A table by kind of query."""
    print(
        "| query | right | kB median | kB most | requests median | most | ms after last byte | most"
        " | hits median | kB to the number | most | requests to the number | most |"
    )
    print("|---" * 13 + "|")
    for kind in [*dict.fromkeys(answer.kind for answer in answers), "all"]:
        some = [answer for answer in answers if kind in {answer.kind, "all"}]
        sizes, requests = [answer.size / 1000 for answer in some], [answer.requests for answer in some]
        right = sum(answer.is_right for answer in some)
        row = [
            kind,
            f"{right} of {len(some)}",
            f"{statistics.median(sizes):.0f}",
            f"{max(sizes):.0f}",
        ]
        row += [f"{statistics.median(requests):.0f}", str(max(requests))]
        waits = [answer.wait for answer in some]
        row += [f"{statistics.median(waits):.0f}", f"{max(waits):.0f}"]
        row += [f"{statistics.median(answer.hits for answer in some):.0f}"]
        sizes, requests = [answer.counted_size / 1000 for answer in some], [answer.counted_requests for answer in some]
        row += [f"{statistics.median(sizes):.0f}", f"{max(sizes):.0f}"]
        row += [f"{statistics.median(requests):.0f}", str(max(requests))]
        print("| " + " | ".join(row) + " |")
    wrong = [(answer.kind, answer.query) for answer in answers if not answer.is_right]
    if wrong:
        print(f"\nNot right: {wrong}")


def pagefind(count: int, sources: Path) -> None:
    """The peer's build of the same notices, a page each."""
    with tempfile.TemporaryDirectory() as folder:
        for notice in notices(count, sources):
            text = "".join(f"<p>{line}</p>" for line in notice.text.replace("<", "&lt;").split("\n"))
            page = (
                f'<!doctype html><html lang="zh-CN"><title>{notice.title}</title><main data-pagefind-body>{text}</main>'
            )
            _put(Path(folder) / notice.id / "index.html", page.encode())
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "pagefind", "--site", folder], check=True, capture_output=True)
        wall, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        memory, seconds = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
        files = [file for file in (Path(folder) / "pagefind").rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files) / 1e6
        print(f"\nPagefind: {seconds:.1f} s ({wall:.1f} s wall), {memory:.0f} MB, {len(files)} files, {size:.0f} MB")


def main() -> None:
    """Measure each size in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="*", help="made-up notices")
    parser.add_argument("--site", type=Path, help="the folder of a site to measure, too")
    parser.add_argument("--sources", type=Path, default=ROOT / "content" / "sources")
    parser.add_argument("--queries", type=int, default=20, help="of each kind")
    parser.add_argument("--edits", action="store_true", help="only what an edit changes")
    parser.add_argument("--pagefind", action="store_true", help="build the peer's index too")
    arguments = parser.parse_args()
    jobs: list[functools.partial[None]] = []
    if arguments.site:
        jobs.append(functools.partial(measure, functools.partial(_site_in, arguments.site), arguments.queries))
    for count in arguments.count:
        if arguments.edits:
            jobs.append(functools.partial(edits, count, arguments.sources))
            continue
        made_up = functools.partial(_made_up, count, arguments.sources)
        jobs.append(functools.partial(measure, made_up, arguments.queries))
        jobs += [functools.partial(pagefind, count, arguments.sources)] if arguments.pagefind else []
    for job in jobs:
        process = multiprocessing.get_context("spawn").Process(target=job)
        process.start()
        process.join()
        if process.exitcode:
            raise SystemExit(process.exitcode)


if __name__ == "__main__":
    main()
