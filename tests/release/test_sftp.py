"""Publishing by SFTP alone: what it does in another way than the other destinations. All else is in test_publish.py."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from generator.base.diagnostics import DiscloseError, UsageError
from generator.release.destination import owner
from generator.release.publish import opened
from generator.release.sftp import SftpDestination
from generator.release.sftp_connection import connection_options
from generator.release.sftp_lock import HELD
from tests.release.support import Place, tree


@pytest.fixture
def place(sshd, tmp_path):
    folder = tmp_path / "www"
    return Place(folder, sshd.target(folder, "sftp"), sshd.ssh)


def hold(place, text, *, age=0.0):
    place.folder.mkdir(exist_ok=True)
    lock = place.folder / HELD
    lock.write_text(text, encoding="utf-8")
    os.utime(lock, (time.time() - age,) * 2)


def ended():
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


LOCKS = [
    # what the lock says, seconds since it was touched, whether it stands in the way
    ("somebody on elsewhere, process 1\nabc", 0, True),
    ("somebody on elsewhere, process 1\nabc", 50, True),
    ("somebody on elsewhere, process 1\nabc", 200, False),
    ("", 0, True),
    ("", 200, False),
]


@pytest.mark.parametrize(("text", "age", "stands"), LOCKS)
def test_a_lock_holds_as_long_as_somebody_touches_it(place, outputs, text, age, stands):
    hold(place, text, age=age)
    if stands:
        with pytest.raises(DiscloseError, match="another publish is under way"):
            place.publish(outputs[0])
        assert not (place.folder / "current").exists()
    else:
        place.publish(outputs[0])
        assert not list(place.folder.glob(f"{HELD}*"))


def test_the_lock_of_a_process_of_this_machine_that_ended_is_none(place, outputs):
    hold(place, f"{owner().rpartition(' ')[0]} {ended()}\nabc")
    assert place.publish(outputs[0]).release.number == 1


def test_the_lock_of_a_process_of_this_machine_that_lives_holds(place, outputs):
    hold(place, f"{owner()}\nabc")
    with pytest.raises(DiscloseError, match="another publish"):
        place.publish(outputs[0])


def test_a_publish_that_slept_so_long_that_another_took_its_lock_switches_nothing(
    place, outputs, released, monkeypatch
):
    place.holds(released[0])
    old = place.live
    accept = SftpDestination.accept

    def then_another_begins(self, *arguments):
        accept(self, *arguments)
        (place.folder / HELD).write_text("somebody on elsewhere, process 1\nabc", encoding="utf-8")

    monkeypatch.setattr(SftpDestination, "accept", then_another_begins)
    with pytest.raises(DiscloseError, match="another publish is under way"):
        place.publish(outputs[1])
    assert place.live == old
    assert (place.folder / HELD).read_text("utf-8").startswith("somebody")


def test_what_the_live_release_has_is_linked_and_a_damaged_file_of_it_is_sent(place, outputs, released):
    first, second = outputs
    place.holds(released[0])
    old = next(place.folder.glob("releases/*/"))
    damaged = old / "robots.txt"
    damaged.write_bytes(b"x" * damaged.stat().st_size)
    place.publish(second)
    new = (place.folder / "current").resolve()
    assert (new / "robots.txt").read_bytes() == (second / "robots.txt").read_bytes()
    same = next(path for path in tree(first) if path.startswith("assets/") and (new / path).is_file())
    assert (new / same).stat().st_ino == (old / same).stat().st_ino


def test_a_server_whose_key_nobody_knows_is_no_server(place, outputs, tmp_path):
    nobody = tmp_path / "known"
    nobody.write_text("")
    place.ssh = f"{place.ssh.partition(' -o ')[0]} -o UserKnownHostsFile={nobody}"
    with pytest.raises(DiscloseError, match=r"Host key verification failed(?s:.)*compare the\s+fingerprint"):
        place.publish(outputs[0])


def test_a_stranger_is_told_how_to_be_let_in(place, outputs, tmp_path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
    known = place.ssh.partition("-o UserKnownHostsFile=")[2].split()[0]
    place.ssh = f"ssh -F none -i {tmp_path}/other -o UserKnownHostsFile={known} -o IdentitiesOnly=yes"
    with pytest.raises(DiscloseError, match=r"Permission denied(?s:.)*ssh-copy-id"):
        place.publish(outputs[0])


@pytest.mark.parametrize("ssh", ["ssh -X", "ssh -o", "ssh 'x"])
def test_options_that_mean_nothing_here_are_refused(ssh):
    with pytest.raises(UsageError, match="--ssh"), connection_options(ssh):
        pass


def test_nobody_answers(tmp_path):
    with pytest.raises(DiscloseError, match="Connection refused"), opened("sftp://me@127.0.0.1:9/srv/www"):
        pass
