"""How long a person waits: for help, for a small site, for a build after nothing or one thing changed, for the preview.

    python -m benchmarks.waits 10000                 # a site of its own in a temporary folder
    python -m benchmarks.waits 10000 --folder DIR    # DIR is kept: a second run finds its site built

Every row is wall time and processor time (of all processes that ended), the median of the rounds. The preview's rows
are wall time alone: from the start of the command, or from the save of a notice, until a reader would see it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tornado.websocket import websocket_connect

from benchmarks.build import write_site
from benchmarks.corpus import ROOT
from generator.base.files import notice_files
from generator.base.manifest import MANIFEST, read_manifest

assert sys.platform != "win32"  # what a process took, and the load of the machine, are asked of POSIX

_DISCLOSE = Path(sys.executable).with_name("disclose")
_ADDRESS = re.compile(r"http://\S+")


def _command(*arguments: str | Path, times: int, before: Callable[[], object] = lambda: None) -> str:
    """Wall and processor time of a command, as cells of the table."""
    runs = []
    for _ in range(times):
        before()
        start = time.perf_counter()
        process = subprocess.Popen([_DISCLOSE, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"disclose {' '.join(map(str, arguments))} ended with {process.returncode}")
        runs.append((time.perf_counter() - start, used.ru_utime + used.ru_stime))
    wall, processor = map(statistics.median, zip(*runs, strict=True))
    return f"{wall:.2f} s | {processor:.2f} s"


def _edit(path: Path, word: str = "改整") -> None:
    """Put another word for the first 整改 of a notice's text."""
    text = path.read_text(encoding="utf-8")
    head, fence, body = text.partition("\n---\n")
    path.write_text(head + fence + body.replace("整改", word, 1), encoding="utf-8")


def _files(site: Path) -> dict[str, str]:
    """The hash of each file that the last build wrote."""
    return read_manifest((site / "output" / MANIFEST).read_bytes(), MANIFEST)


def _restyle(site: Path) -> None:
    """Change the frame of all pages."""
    base = site / "templates" / "base.html"
    base.parent.mkdir(exist_ok=True)
    text = (base if base.exists() else ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    base.write_text(text.replace("</body>", "<!-- restyled --></body>"), encoding="utf-8")


def _small(folder: Path) -> Path:
    site = folder / "five"
    shutil.copytree(ROOT / "content", site / "content", dirs_exist_ok=True)
    shutil.copy(ROOT / "site.yml", site)
    return site


@contextmanager
def _serving(site: Path) -> Iterator[tuple[str, float, Callable[[], bool]]]:
    """The preview's address, when it was begun, and whether it has read all."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen([_DISCLOSE, "--site", site, "serve", "--port", str(port)], stderr=said)

        def is_read() -> bool:
            said.seek(0)
            return "read again" in said.read()

        try:
            yield f"http://127.0.0.1:{port}/", start, is_read
        finally:
            process.terminate()
            process.wait()


def _answered(url: str) -> float:
    """The time at which the address answers."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                answer.read()
        except OSError:
            time.sleep(0.01)
        else:
            return time.perf_counter()


async def _signals(url: str, path: Path, times: int) -> Sequence[float]:
    """Seconds from each of some saves to the signal to reload."""
    waits = []
    socket = await websocket_connect(url.replace("http", "ws", 1) + "livereload")
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    for message in (hello, {"command": "info", "url": url}):
        await socket.write_message(json.dumps(message))
    await socket.read_message()
    for _ in range(times):
        await asyncio.sleep(1)
        start = time.perf_counter()
        _edit(path)
        await socket.read_message()
        waits.append(time.perf_counter() - start)
    return waits


def _preview(site: Path, path: Path, times: int) -> None:
    page = f"notices/{path.stem}/index.html"
    with _serving(site) as (url, start, is_read):
        print(f"| preview: start to the first answer | {_answered(url + 'preview.json') - start:.2f} s | |")
        print(f"| preview: start to a notice's page | {_answered(url + page) - start:.2f} s | |")
        while not is_read():
            time.sleep(0.1)
        print(f"| preview: start to all lists | {time.perf_counter() - start:.2f} s | |", flush=True)
        waits = asyncio.run(_signals(url, path, times))
        print(f"| preview: save to the signal to reload | {statistics.median(waits):.2f} s | |")
        shown = time.perf_counter()
        print(f"| preview: the page after it | {_answered(url + page) - shown:.2f} s | |", flush=True)


def waits(count: int, folder: Path, times: int) -> None:
    """Print the table."""
    small, site = _small(folder), folder / f"site-{count}"
    if not site.exists():
        write_site(count, site)
    path = notice_files(site)[count // 2]
    subprocess.run([_DISCLOSE, "--site", site, "build"], check=True, stdout=subprocess.DEVNULL)
    print(f"\n{count} notices; median of {times}\n\n| what | wall | processor |\n|---|---|---|")
    print(f"| disclose --help | {_command('--help', times=times)} |")
    print(f"| five notices, everything anew | {_command('--site', small, 'build', '--clean', times=times)} |")
    build = ("--site", site, "build")
    time.sleep(1)
    print(f"| build when nothing changed | {_command(*build, times=times)} |", flush=True)
    for what, word in (("one word changed", "改整"), ("a word grew", "认真整改")):
        files = _files(site)
        print(f"| build after {what} in one notice | {_command(*build, times=1, before=partial(_edit, path, word))} |")
        changed = [name for name, sha256 in _files(site).items() if files.get(name) != sha256]
        of_index = sum(name.startswith("search/") for name in changed)
        print(f"| – files that are new or other | {len(changed)} of {len(files)}; of the search index {of_index} | |")
    print(
        f"| build after a template changed | {_command(*build, times=1, before=lambda: _restyle(site))} |", flush=True
    )
    print(f"| everything anew | {_command(*build, '--clean', times=1)} |", flush=True)
    os.sync()  # or the preview would wait for what the build has left to write
    _preview(site, path, times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, metavar="DIR")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        waits(chosen.count, chosen.folder or Path(temporary), chosen.rounds)


if __name__ == "__main__":
    main()
