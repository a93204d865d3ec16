"""A disk that is full or may not be written to: an act is done whole or not at all, and the answer says what to do."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import subprocess
import sys

import pytest

from generator.content.notice_file import read_notice
from generator.desk import doing, words
from generator.desk.doing import Paper
from generator.desk.journal import hash_of
from tests.desk.tools import post, running
from tests.samples import make_site, notice

STATUSES = ("done", "ongoing", "long-term", "unstated")


class Sitting:
    """A desk with one notice."""

    def __init__(self, desk):
        self.desk = desk
        [self.path] = (desk.site / "content/notices").rglob("*.md")

    def act(self):
        """What the desk answers to an act that changes something."""
        issue = read_notice(self.path.read_text("utf-8"))[0].issues[0]
        status = STATUSES[(STATUSES.index(issue.status) + 1) % 4]
        fields = {"act": "SetStatus", "issue": issue.id, "status": status, "id": secrets.token_hex(8)}
        fields["version"] = hash_of(self.path.read_bytes())
        return post(self.desk, f"n/{self.path.stem}/do", fields, script=True)

    def check(self):
        """The file is whole, and the journal ends with it."""
        data = self.path.read_bytes()
        assert read_notice(data.decode())[0] is not None
        state = Paper(self.desk.site, self.path).journal.settle(hash_of(data))
        assert state.head in ("", hash_of(data))
        assert not list(self.path.parent.glob("*.tmp"))
        return state


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, words.DISK_FULL),
        (errno.EROFS, words.NOT_WRITABLE),
        (errno.EACCES, words.NOT_WRITABLE),
    ],
)
def test_the_answer_says_what_to_do(tmp_path, monkeypatch, number, said):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    with running(make_site(tmp_path / "site", [notice()]), who="陈某") as desk:
        one = Sitting(desk)
        before = one.path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(doing, "write_bytes", refuse)
            answer = one.act()
        assert answer.text == said
        assert answer.status >= 500
        assert one.path.read_bytes() == before
        assert one.act().status == 200


@pytest.fixture
def disk(tmp_path):
    """A disk of its own, of a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if sys.platform != "linux" or not mount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place, left):
    """Leave so many bytes free."""
    found = os.statvfs(place)
    with (place / "filling").open("wb") as out:
        out.write(b"x" * max(0, found.f_bavail * found.f_frsize - left))


def test_a_disk_with_ever_less_room_and_one_that_is_read_only(disk):
    with running(make_site(disk / "site", [notice()]), who="陈某") as desk:
        one = Sitting(desk)
        assert one.act().status == 200
        done, refused = 0, 0
        for pages in range(8, -1, -1):
            fill(disk, pages * 4096)
            before = one.path.read_bytes()
            answer = one.act()
            (disk / "filling").unlink()
            if answer.status == 200:
                done += 1
                assert one.path.read_bytes() != before
            else:
                refused += 1
                assert (answer.status, answer.text) == (507, words.DISK_FULL)
                assert one.path.read_bytes() == before
            one.check()
        assert done
        assert refused
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        before = one.path.read_bytes()
        answer = one.act()
        assert (answer.status, answer.text) == (507, words.NOT_WRITABLE)
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        assert one.path.read_bytes() == before
        assert one.act().status == 200
        one.check()
