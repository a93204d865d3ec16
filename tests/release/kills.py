"""Commands killed at random moments; what is on the disk after each must be the old or the new, whole.

    python -m tests.release.kills --kills 200           # minutes; prints a table and every broken promise
    python -m tests.release.kills --kills 50 --ssh      # publish goes over SSH, to a server on this machine
    python -m tests.release.kills --kills 50 --sftp     # or over SFTP alone

SIGKILL goes to the process alone or to all its processes, at a moment drawn from the whole time that it needs. Three
kills go to the same step from one state of the content to the next, then it is run to its end.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import MANIFEST
from generator.release.copies import Folder
from generator.release.releases import digest_of
from generator.release.verify import verify
from tests.release.support import Server, clean, ready_site, reword, tree
from tests.samples import put_notice

SOURCE = """中共青河县水利局党组关于巡察整改进展情况的通报
根据县委统一部署，2023年4月10日至5月20日，县委第二巡察组对县水利局党组开展了常规巡察。7月5日反馈了巡察意见。
一、整改情况
（一）关于防汛责任压得不实的问题。
整改情况：重新签订责任书{}份。已完成整改。
中共青河县水利局党组
2023年12月{}日
"""
IN_A_ROW = 3
OVER = "was over before it could be killed"


@dataclass
class Kills:
    """The commands of one site, and what came of killing them."""

    folder: Path
    seed: int
    server: Server | None = None
    over: str = "ssh"
    done: Counter = field(default_factory=Counter)
    """(command, how it ended): killed, or over before it could be."""
    states: Counter = field(default_factory=Counter)
    """(command, what was found): old, new, part of the files."""
    broken: list[str] = field(default_factory=list)
    version: int = 0

    def __post_init__(self):
        self.random = random.Random(self.seed)
        self.site = ready_site(self.folder / "site")
        for number in range(3, 15):
            put_notice(self.site, clean(number, published=f"2023-{number - 2:02}-01"))
        self.sources = self.folder / "sources"
        self.sources.mkdir()
        for number in range(25):
            (self.sources / f"{number:02}.txt").write_text(SOURCE.format(number + 1, number + 1), "utf-8")
        self.www = self.folder / "www"
        target = [self.server.target(self.www, self.over), "--ssh", self.server.ssh] if self.server else [self.www]
        self.commands = {"build": ["build"], "publish": ["publish", *target], "import": ["import", self.sources]}
        self.importing = self.folder / "importing"
        self.times = {name: self.finish(name) for name in self.commands}
        self.imported = self._contents()

    def words(self, name):
        site = self.importing if name == "import" else self.site
        return [sys.executable, "-m", "generator", "--site", *map(str, [site, *self.commands[name]])]

    def finish(self, name):
        """Run a command to its end; the seconds it took."""
        if name == "import":
            shutil.rmtree(self.importing, ignore_errors=True)
            self.importing.mkdir()
            shutil.copyfile(self.site / "site.yml", self.importing / "site.yml")
        return self.run(name)

    def run(self, name):
        started = time.monotonic()
        done = subprocess.run(self.words(name), capture_output=True, text=True, check=False)
        if done.returncode or "Traceback" in done.stderr:
            self.broken.append(f"{name} after kills ended with {done.returncode}: {done.stderr[-600:]}")
        return time.monotonic() - started

    def kill(self, name):
        """Start a command and kill it at a random moment."""
        process = subprocess.Popen(
            self.words(name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(self.random.uniform(0, self.times[name] * 1.05))
            self.done[name, OVER] += 1
        except subprocess.TimeoutExpired:
            if self.random.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
                self.done[name, "killed with all its processes"] += 1
            else:
                process.kill()
                self.done[name, "killed alone"] += 1
            process.wait()

    def step(self, name, kills):
        """Kill a command on its way from one state to the next, then let it come to its end."""
        if name == "import":
            self._step_import(kills)
            return
        copy = self.site / "output" if name == "build" else self.www / "current"
        old = self._state(copy)
        self.version += 1
        reword(self.site, "已修订", f"第{self.version}次修订")
        found = []
        for _ in range(kills):
            self.kill(name)
            found.append(self._state(copy))
        self.times[name] = self.run(name)
        new = self._state(copy)
        for state in found:
            if state not in (old, new):
                self.broken.append(f"{name}, version {self.version}: neither old nor new: {state}")
            self.states[name, "old" if state == old else "new"] += 1
        if old == new:
            self.broken.append(f"{name}, version {self.version}: the run to the end changed nothing")
        if name == "publish":
            self._is_tidy()

    def _state(self, copy):
        """The digest of a whole copy, or what is wrong with it."""
        try:
            done = verify(Folder(copy.resolve()), site=self.folder)
        except DiscloseError as error:
            return str(error)
        if done.failed:
            return "; ".join(map(str, done.found))
        return digest_of((copy / MANIFEST).read_bytes())

    def _is_tidy(self):
        rest = [p.name for p in (self.www / "releases").iterdir() if p.name.startswith(".")]
        if rest:
            self.broken.append(f"publish left {rest}")

    def _contents(self):
        return {
            path: data for path, data in tree(self.importing / "content").items() if not Path(path).name.startswith(".")
        }

    def _step_import(self, kills):
        shutil.rmtree(self.importing / "content")
        for _ in range(kills):
            self.kill("import")
            found = self._contents()
            wrong = [path for path, data in found.items() if self.imported.get(path) != data]
            self.broken += [f"import: {path} is not whole" for path in wrong]
            self.states[
                "import", f"{'all' if len(found) == len(self.imported) else 'some'} of the files, each whole"
            ] += 1
        self.run("import")
        if self._contents() != self.imported:
            self.broken.append("import: the rest did not come in after the kills")
        rest = [path.name for path in (self.importing / "content").rglob(".*")]
        if rest:
            self.broken.append(f"import left {rest}")

    def go(self, kills):
        """Kill all commands in turn, until `kills` were killed before they were over."""
        while (left := kills - sum(count for (_, what), count in self.done.items() if what != OVER)) > 0:
            for name in self.commands:
                self.step(name, min(IN_A_ROW, left))
        return self


def main():
    """Report, and 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ssh", action="store_true")
    parser.add_argument("--sftp", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder, "sshd")) if options.ssh or options.sftp else None
        try:
            kills = Kills(Path(folder), options.seed, server, "sftp" if options.sftp else "ssh").go(options.kills)
        finally:
            if server:
                server.stop()
    for table in (kills.done, kills.states):
        print(*(f"{count:5}  {name}: {what}" for (name, what), count in sorted(table.items())), sep="\n")
    print(*kills.broken, f"{options.kills} kills, seed {options.seed}: {len(kills.broken)} broken promises", sep="\n")
    return 1 if kills.broken else 0


if __name__ == "__main__":
    sys.exit(main())
