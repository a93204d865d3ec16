"""Interrupted anywhere, the disk full, files read-only, the clock wrong, two at once: never half, and always told."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.base.exchange import exchange
from generator.release.copies import Folder
from generator.release.local import LocalDestination
from generator.release.remote import RemoteDestination
from generator.release.sftp import SftpDestination
from generator.release.verify import verify
from tests.release.kills import Kills
from tests.release.support import Place, disclose, ready_site, reword, tree

ROOT = Path(__file__).parents[2]


def is_whole(copy):
    done = verify(Folder(copy.resolve()), site=Path("/nowhere"))
    return [str(found) for found in done.found if found.code != "source-unproved"] == []


@pytest.mark.slow
@pytest.mark.long
def test_killed_at_random_moments_nothing_is_half(tmp_path):
    kills = Kills(tmp_path, seed=int.from_bytes(os.urandom(4), "big")).go(6)
    assert kills.broken == [], kills.seed


@pytest.mark.parametrize(
    ("step", "when"),
    [("receive", "before"), *((step, "after") for step in ("receive", "hashes", "accept", "switch", "remove"))],
)
def test_killed_at_every_step_of_a_publish_the_old_or_the_new_is_live(outputs, released, place, step, when):
    place.holds(released[1])
    old = place.live
    child = os.fork()
    if child == 0:
        for target in (LocalDestination, RemoteDestination, SftpDestination):
            setattr(target, step, dying(getattr(target, step), when))
        place.publish(outputs[0], keep=1)
        os._exit(1)  # it was to die before
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    is_switched = step in {"switch", "remove"}
    assert (place.live != old) is is_switched
    assert is_whole(place.folder / "current")
    place.publish(outputs[0], keep=1)
    assert place.live != old
    assert {path.name for path in (place.folder / "releases").iterdir()} >= {release.name for release in place.kept}
    assert not [path for path in (place.folder / "releases").iterdir() if path.name.startswith(".")]


def dying(method, when):
    """The method, and this process killed before it or after it."""

    def die(*arguments):
        if when == "after":
            method(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    return die


def test_two_folders_change_places_or_nothing_happens(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange(tmp_path / "a", tmp_path / "b")
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.glob("*/*"))] == ["a/b", "b/a"]
    assert not exchange(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "a/b").exists()


# ------------------------------------------------------------------------------------------------------ a full disk


@contextlib.contextmanager
def small_disk(folder, size):
    """A disk of its own with few bytes; needs the right to mount."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a small disk cannot be mounted here: " + done.stderr.decode().strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(folder, leave):
    """Fill a disk but for `leave` bytes."""
    free = shutil.disk_usage(folder).free
    (folder / "ballast").write_bytes(bytes(max(0, free - leave)))


def told(done):
    assert done.returncode == 1, done.stdout + done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("leave", [4_096, 200_000])
def test_a_target_that_is_full_keeps_what_is_live(site, tmp_path, leave):
    with small_disk(tmp_path / "disk", "12m") as disk:
        place = Place(disk / "www", str(disk / "www"))
        assert disclose("--site", site, "publish", place.target).returncode == 0
        before = place.live
        text = (site / "site.yml").read_text("utf-8")
        (site / "site.yml").write_text(text.replace("name: 测试公开", "name: 另一公开"), "utf-8")  # every page changes
        fill(disk, leave)
        told(disclose("--site", site, "publish", place.target))
        assert place.live == before
        (disk / "ballast").unlink()
        assert disclose("--site", site, "publish", place.target).returncode == 0
        assert place.live != before
        assert is_whole(place.folder / "current")
        assert all(not path.name.startswith(".") for path in (place.folder / "releases").iterdir())


@pytest.mark.parametrize("leave", [0, 300_000])
def test_a_full_disk_keeps_output_and_content(tmp_path, leave):
    with small_disk(tmp_path / "disk", "16m") as disk:
        site = ready_site(disk / "site")
        assert disclose("--site", site, "build").returncode == 0
        before, content = tree(site / "output"), tree(site / "content")
        source = tmp_path / "通报.txt"
        source.write_bytes(next((ROOT / "content/sources").glob("dongshan*/*.txt")).read_bytes())
        reword(site, "已修订", "已修改")
        content = tree(site / "content")
        fill(disk, leave)
        told(disclose("--site", site, "build"))
        assert tree(site / "output") == before
        if leave < 10_000:
            told(disclose("--site", site, "import", source))
            assert {k: v for k, v in tree(site / "content").items() if k in content} == content
        (disk / "ballast").unlink()
        assert disclose("--site", site, "import", source).returncode == 0
        assert disclose("--site", site, "build").returncode == 0
        assert is_whole(site / "output")


# ------------------------------------------------------------------------------------------------------- read-only


@contextlib.contextmanager
def read_only(folder):
    """Nobody, not even root, may write there."""
    words = ["mount", "--bind", folder, folder], ["mount", "-o", "remount,ro,bind", folder]
    for command in words:
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            pytest.skip("a folder cannot be made read-only here: " + done.stderr.decode().strip())
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("command", ["build", "import", "publish", "publish over"])
def test_what_may_not_be_written_is_told_and_stays(site, tmp_path, command):
    www = tmp_path / "www"
    assert disclose("--site", site, "publish", www).returncode == 0
    before = tree(site), tree(www)
    reword(site, "已修订", "已修改")
    changed = tree(site / "content")
    source = next((ROOT / "content/sources").glob("dongshan*/*.txt"))
    words = {"build": ["build"], "import": ["import", source]}.get(command, ["publish", www])
    with read_only(www if command == "publish over" else site):
        done = disclose("--site", site, *words)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Read-only file system" in done.stderr
    assert tree(www) == before[1]
    assert tree(site / "content") == changed
    assert is_whole(site / "output")


# --------------------------------------------------------------------------------------------------------- the clock


@pytest.mark.parametrize("day", ["1971-01-02 03:04:05", "2099-12-31 23:59:59"])
def test_a_clock_that_is_wrong_changes_no_byte_and_no_order(site, tmp_path, day):
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed: apt-get install faketime")
    www = tmp_path / "www"
    assert disclose("--site", site, "publish", www).returncode == 0
    first = tree(site / "output")
    reword(site, "已修订", "已修改")
    words = ["faketime", day, sys.executable, "-m", "generator", "--site", site, "publish", www, "--keep", "2"]
    done = subprocess.run([*map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wrong = tree(site / "output")
    assert disclose("--site", site, "build", "--clean").returncode == 0
    assert tree(site / "output") == wrong != first
    reword(site, "已修订", "再修改")
    assert disclose("--site", site, "publish", www, "--keep", "2").returncode == 0
    assert [release.number for release in Place(www, "").kept] == [2, 3]
    assert "再修改" in (www / "current/notices/mou-ju-20240801-1/notice.txt").read_text("utf-8")


def test_a_content_file_from_the_past_is_built_all_the_same(site):
    assert disclose("--site", site, "build").returncode == 0
    reword(site, "已修订", "已修改")
    path = next((site / "content/notices/2024").iterdir())
    os.utime(path, (0, 0))
    assert disclose("--site", site, "build").returncode == 0
    assert "已修改" in (site / "output/notices/mou-ju-20240801-1/notice.txt").read_text("utf-8")


# -------------------------------------------------------------------------------------------------------- two at once


def test_two_builds_at_once_leave_one_whole_output(site):
    words = [sys.executable, "-m", "generator", "--site", str(site), "build", "--clean"]
    running = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    ends = [(process.communicate(timeout=300)[1], process.returncode) for process in running]
    assert all(code == 0 for _, code in ends), ends
    assert is_whole(site / "output")


# --------------------------------------------------------------------------------------- the same in, the same out


def digest(folder):
    found = hashlib.sha256()
    for path, data in tree(folder).items():
        found.update(path.encode() + b"\0" + hashlib.sha256(data).digest())
    return found.hexdigest()


WORLDS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "POSIX", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "99", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "Antarctica/Troll", "LC_ALL": "zh_CN.GB18030", "SOURCE_DATE_EPOCH": "1"},
]


@pytest.mark.slow
def test_the_same_content_gives_the_same_bytes_anywhere(tmp_path):
    """Other hash seed, time zone, locale, jobs, checkout path, order and times of the files."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    found = set()
    for number, world in enumerate(WORLDS):
        checkout = tmp_path / ("地方" * number + f"{number}") / "检出 out"
        for name in ("generator", "templates", "content", "site.yml"):
            files = sorted(path for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.is_file())
            for path in files[:: -1 if number % 2 else 1]:  # so that the folder lists them in another order
                copy = checkout / path.relative_to(ROOT)
                if "__pycache__" not in path.parts:
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    copy.write_bytes(path.read_bytes())
                    os.utime(copy, (number * 1e8, number * 1e8))
        words = [sys.executable, "-m", "generator", "build", "--jobs", str(1 + number % 3)]
        done = subprocess.run(
            words, cwd=checkout, env=plain | world, capture_output=True, text=True, check=False, errors="replace"
        )
        assert done.returncode == 0, done.stderr
        found.add(digest(checkout / "output"))
    assert len(found) == 1
