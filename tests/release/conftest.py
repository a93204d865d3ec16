"""A site that may be published, and a target for it."""

from __future__ import annotations

import shutil

import pytest

from generator.build.driver import build
from tests.release.support import SBIN, Place, Server, copied, ready_site, reword


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


@pytest.fixture(scope="session")
def released(outputs, tmp_path_factory):
    """Folders as publishes leave them: after that of the first output, and after that of the second on it."""
    once, twice = (tmp_path_factory.mktemp("released") / name for name in ("once", "twice"))
    Place(once, str(once)).publish(outputs[0])
    copied(once, twice)
    Place(twice, str(twice)).publish(outputs[1])
    return once, twice


@pytest.fixture(scope="session")
def sshd(tmp_path_factory):
    if shutil.which("sshd", path=SBIN) is None or shutil.which("rsync") is None:
        pytest.skip("sshd or rsync is not installed: apt-get install openssh-server rsync")
    server = Server(tmp_path_factory.mktemp("sshd") / "sshd")
    yield server
    server.stop()


@pytest.fixture(params=["folder", "ssh", "sftp"])
def place(request, tmp_path):
    """A target of each kind."""
    folder = tmp_path / "www root"
    if request.param == "folder":
        return Place(folder, str(folder))
    server = request.getfixturevalue("sshd")
    return Place(folder, server.target(folder, request.param), server.ssh)
