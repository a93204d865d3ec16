"""A site that may be published, targets, and a server to publish to."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import io
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.base.dates import PartialDate
from generator.cli import main
from generator.content.review import fingerprint
from generator.model.decisions import Review
from generator.release.publish import opened, publish, rollback
from generator.release.releases import releases_among
from tests.samples import make_site, notice, put_notice

SBIN = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
DATE = PartialDate.parse("2025-11-27")
NOW = dt.datetime(2025, 11, 28, 9, 30, tzinfo=dt.UTC)

FILLED_IN = """\
owner: 某区委巡察工作领导小组办公室
operator: 某区委巡察办
phone: 010-12345678
address: 某区某路1号
postcode: '100000'
domain: www.mouqu.gov.cn
id_code: '1101050001'
icp: 京ICP备12345678号
police: 京公网安备11010502000001号
conac: CA110105000000000000000
"""


def clean(number, *, words=("", ""), **more):
    """A notice with nothing in it that a release has to be stopped for, one of its words replaced."""
    item = notice(number, anomalies=(), evidence=(), inferred=(), **more)
    body = tuple(passage._replace(words=passage.words.replace(*words)) for passage in item.body)
    item = replace(item, body=body, review="reviewed")
    signed = [Review(step=step, name="某人", date=DATE, words=fingerprint(item)) for step in ("初审", "复审", "终审")]
    return replace(item, reviews=tuple(signed))


def ready_site(folder: Path) -> Path:
    """A site of two notices that may be published."""
    make_site(folder, [clean(1), clean(2, published="2022-05-06")])
    text = "name: 测试公开\nbase_url: https://www.mouqu.gov.cn/\n" + FILLED_IN
    (folder / "site.yml").write_text(text, encoding="utf-8")
    return folder


def reword(site: Path, old: str, new: str) -> None:
    """Change a word of a notice, as an editor does, and have it reviewed."""
    put_notice(site, clean(1, words=(old, new)))


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


def disclose(*words) -> Done:
    """The command, without the seconds that a new process takes to start."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*map(str, words)])
    return Done(code, out.getvalue(), err.getvalue())


@dataclass
class Place:
    """A target, and what stands in it."""

    folder: Path
    target: str
    ssh: str = "ssh"

    @property
    def words(self):
        """How it is named on the command line."""
        return [self.target, "--ssh", self.ssh]

    def holds(self, released):
        """Let it hold what publishes left elsewhere: it is the same at every kind of target (test_publish.py)."""
        copied(released, self.folder)

    @property
    def live(self):
        return tree((self.folder / "current").resolve())

    @property
    def kept(self):
        return releases_among(path.name for path in (self.folder / "releases").iterdir())

    def publish(self, output, *, keep=10, key=None):
        """Publish an output that is built already."""
        with opened(self.target, self.ssh) as target:
            return publish(
                output, target, keep=keep, now=NOW, track=lambda paths, *_: paths, say=lambda _: None, key=key
            )

    def rollback(self, wanted="", **options):
        with opened(self.target, self.ssh) as target:
            return rollback(target, wanted, **options)


class Server:
    """OpenSSH's server on a free port of this machine, with keys of its own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where sshd gives its rights up; without it, it refuses to start
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        (folder / "known").write_text("")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "sshd.conf").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
            "Subsystem sftp internal-sftp\n"
            "PidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        )
        public = (folder / "host.pub").read_text()
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} {public}")
        self.ssh = f"ssh -F none -i {folder}/user -o UserKnownHostsFile={folder}/known -o IdentitiesOnly=yes"
        self.process = subprocess.Popen(
            [shutil.which("sshd", path=SBIN), "-D", "-e", "-f", folder / "sshd.conf"], stderr=subprocess.DEVNULL
        )
        self._wait()

    def _wait(self):
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("sshd does not answer")

    def target(self, path, kind="ssh"):
        return f"{kind}://{getpass.getuser()}@127.0.0.1:{self.port}{path}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


def copied(folder: Path, to: Path) -> Path:
    """A copy of a folder, its links links and what is one file in it one file."""
    subprocess.run(["cp", "-a", folder, to], check=True)
    return to


def tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
