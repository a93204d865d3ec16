"""A site that may be published, and a target for it."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from generator.build import build
from tests.publishing.support import Place, ready_site, reword

SBIN = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


@pytest.fixture
def site(tmp_path):
    return ready_site(tmp_path / "site")


@pytest.fixture(scope="session")
def outputs(tmp_path_factory):
    """The same site built twice, a word of one notice changed in between."""
    site = ready_site(tmp_path_factory.mktemp("outputs") / "site")
    build(site, site / "first")
    reword(site, "已修订", "已修改")
    build(site, site / "second")
    return site / "first", site / "second"


class Server:
    """OpenSSH's server on a free port of this machine, with keys of its own."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        (folder / "known").write_text("")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "sshd.conf").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
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

    def target(self, path):
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{path}"

    def stop(self):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory):
    if shutil.which("sshd", path=SBIN) is None or shutil.which("rsync") is None:
        pytest.skip("sshd or rsync is not installed: apt-get install openssh-server rsync")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where sshd gives its rights up; without it, it refuses to start
    server = Server(tmp_path_factory.mktemp("sshd") / "sshd")
    yield server
    server.stop()


@pytest.fixture(params=["folder", "ssh"])
def place(request, tmp_path):
    """A target of each kind."""
    folder = tmp_path / "www root"
    if request.param == "folder":
        return Place(folder, str(folder))
    server = request.getfixturevalue("sshd")
    return Place(folder, server.target(folder), server.ssh)
