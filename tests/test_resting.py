"""What rests of an output between two builds: links to its files and nothing else, never believed without a look."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time

import pytest

from generator.base import looked, staging
from generator.base import resting as resting_module
from generator.base.looked import TreeLook, load_seen
from generator.base.manifest import MANIFEST
from generator.base.resting import LOOKS, PLACE, RestingTree, without
from generator.build import driver
from generator.build.driver import build
from tests.samples import make_site, notice, put_notice
from tests.test_build import built_twice, tree


@pytest.fixture
def site(tmp_path):
    return built_twice(tmp_path / "site")


def resting(folder):
    (found,) = (folder / PLACE).iterdir()
    return found


def rests_well(folder):
    rest, output = resting(folder), folder / "output"
    names = TreeLook(rest).names - {".disclose-begun"}
    assert len(names) > 20
    assert [name for name in names if not (rest / name).samefile(output / name)] == []
    return True


def test_what_rests_is_in_the_output(site):
    assert rests_well(site)
    put_notice(site, notice(1, title="题目丙"))
    build(site, site / "output")
    assert rests_well(site)
    assert not any("题目乙".encode() in data for data in tree(resting(site)).values())


def test_an_edit_touches_no_name_that_stays(site):
    asset = resting(site) / "assets"
    before = asset.stat().st_ino, asset.stat().st_mtime_ns
    put_notice(site, notice(1, title="题目丙"))
    build(site, site / "output")
    now = (site / "output/assets").stat()
    assert (now.st_ino, now.st_mtime_ns) == before


def test_no_build_writes_into_a_file_of_the_output_by_its_second_name(site, monkeypatch):
    before = tree(site / "output")
    put_notice(site, notice(1, title="题目丙"))
    put_notice(site, notice(2, unit="bing-ju"))
    monkeypatch.setattr("generator.build.targets.open_data.data_catalogue", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(site, site / "output", clean=True)
    assert tree(site / "output") == before


staging_put = staging.Staging.put
STEPS = [
    (RestingTree, "wake"),
    (RestingTree, "lay"),
    (staging.Staging, "complete"),
    (driver, "_manifest"),
    (staging.Staging, "put"),
    (staging, "exchange"),
    (resting_module, "without"),
    (resting_module.os, "rename"),
    (resting_module, "TreeLook"),
    (resting_module, "save_seen"),
]


@pytest.fixture(scope="module")
def two_outputs(tmp_path_factory):
    """A site, and its output by the title of its notice, made from nothing."""
    folder = make_site(tmp_path_factory.mktemp("site"), [notice(1), notice(2, unit="yi-ju")])
    outputs = {}
    for title in ("题目乙", "题目丙"):
        put_notice(folder, notice(1, title=title))
        build(folder, folder / "output", clean=True)
        outputs[title] = tree(folder / "output")
    assert outputs["题目乙"] != outputs["题目丙"]
    return folder, outputs


def entitled(folder, outputs):
    """The title that the output has, and the other one."""
    found = tree(folder / "output")
    return sorted(outputs, key=lambda title: outputs[title] != found)


@pytest.mark.skipif(sys.platform == "win32", reason="no processes are forked there")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("holder", "step"), STEPS, ids=[step for _, step in STEPS])
def test_killed_at_every_step_the_output_is_the_old_or_the_new_whole(two_outputs, holder, step, when):
    site, outputs = two_outputs
    old, new = entitled(site, outputs)
    before, after = outputs[old], outputs[new]
    for _ in range(2):  # so that all of the output rests, too
        (site / "output/robots.txt").unlink()
        build(site, site / "output")
    assert tree(site / "output") == before
    assert rests_well(site)
    put_notice(site, notice(1, title=new))
    child = os.fork()
    if child == 0:
        setattr(holder, step, dying(getattr(holder, step), when))
        build(site, site / "output")
        os._exit(1)  # it was to die before
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == -signal.SIGKILL
    assert tree(site / "output") in (before, after)
    build(site, site / "output")
    assert tree(site / "output") == after
    assert not [path.name for path in site.iterdir() if path.name.startswith((".output.new", ".output.old", "output."))]


def dying(method, when):
    """The method, and this process killed before it or after it; of writing when it comes to the manifest."""

    def die(*arguments):
        if method is staging_put and arguments[1] != MANIFEST:
            return method(*arguments)
        found = method(*arguments) if when == "after" else None
        os.kill(os.getpid(), signal.SIGKILL)
        return found

    return die


def gone(rest):
    (rest / "robots.txt").unlink()


def other(rest):
    (rest / "robots.txt").unlink()
    (rest / "robots.txt").write_text("other")


def beside(rest):
    (rest / "notices/letter.txt").write_text("mine")


def led_out(rest):
    (rest / "notices").rename(rest.parents[3] / "elsewhere")
    (rest / "notices").symlink_to(rest.parents[3] / "elsewhere")


def empty(rest):
    (rest / "nothing").mkdir()


def a_folder(rest):
    (rest / "robots.txt").unlink()
    (rest / "robots.txt/deep").mkdir(parents=True)
    (rest / "robots.txt/deep/file").touch()


def a_file(rest):
    without(rest, {name for name in TreeLook(rest).names if name.startswith("contacts/")})
    (rest / "contacts").write_text("no folder")


def no_mark(rest):
    (rest / ".disclose-begun").unlink()


def all_gone(rest):
    without(rest, TreeLook(rest).names)


@pytest.mark.parametrize(
    "damage", [gone, other, beside, led_out, empty, a_folder, a_file, no_mark, all_gone], ids=lambda one: one.__name__
)
def test_whatever_happens_to_it_the_output_is_that_of_a_build_from_nothing(site, damage):
    damage(resting(site))
    put_notice(site, notice(2, unit="yi-ju", title="题目丁"))
    build(site, site / "output")
    build(site, site / "whole", clean=True)
    assert tree(site / "output") == tree(site / "whole")
    assert [path for path in (site / "output").rglob("*") if path.is_dir() and not any(path.iterdir())] == []


def test_who_writes_again_what_a_dead_process_had_handed_over_writes_nothing_into_the_output(site):
    output, path = site / "output", site / "output/data/notices.csv"
    shutil.rmtree(site / ".cache")  # nothing rests
    whole = path.read_bytes()
    with contextlib.suppress(KeyboardInterrupt), staging.replacing(site, output) as begun:
        for words, is_dying in ((whole, True), (b"begun", False)):
            room = begun.room("data", ["notices.csv"])
            room.mkdir(parents=True, exist_ok=True)
            (room / "notices.csv").write_bytes(words)
            if is_dying:
                begun.adopt("data/notices.csv", room / "notices.csv")  # it is that of the output by another name now
        raise KeyboardInterrupt
    assert path.read_bytes() == whole


def test_that_of_another_output_is_left_alone_and_makes_room(site):
    before = resting(site)
    for title in ("题目丙", "题目丁"):
        put_notice(site, notice(1, title=title))
        build(site, site / "other")
    assert resting(site) != before
    build(site, site / "output")
    assert tree(site / "output") == tree(site / "other")


def test_where_it_cannot_rest_nothing_is_left(site):
    rest = resting(site)
    without(rest, TreeLook(rest).names)
    rest.rmdir()
    (site / PLACE).rmdir()
    (site / PLACE).touch()
    put_notice(site, notice(1, title="题目丙"))
    build(site, site / "output")
    assert not [path.name for path in site.iterdir() if path.name.startswith((".output.new", ".output.old"))]


def counted(monkeypatch):
    """The folders that are listed from now on."""
    found, listed = [], looked._listed
    monkeypatch.setattr(looked, "_listed", lambda folder, stamp: found.append(folder) or listed(folder, stamp))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="stamps of folders are believed on POSIX alone")
def test_a_folder_that_is_as_it_was_is_not_listed_again(site, monkeypatch):
    for title in ("题目丙", "题目丁"):
        time.sleep(0.06)
        put_notice(site, notice(1, title=title))
        build(site, site / "output")
    found = counted(monkeypatch)
    time.sleep(0.06)
    put_notice(site, notice(1, title="题目甲"))
    build(site, site / "output")
    assert 0 < len(found) < len(TreeLook(site / "output").seen)
    assert rests_well(site)


@pytest.mark.parametrize("of_output", [False, True])
@pytest.mark.parametrize("damage", [gone, other, beside, empty, a_file], ids=lambda one: one.__name__)
def test_a_folder_that_was_seen_and_changed_is_listed_again(site, damage, of_output):
    for title in ("题目丙", "题目丁"):
        time.sleep(0.06)
        put_notice(site, notice(1, title=title))
        build(site, site / "output")
    time.sleep(0.06)
    damage(site / "output" if of_output else resting(site))
    for title in ("题目戊", "题目己"):
        put_notice(site, notice(1, title=title))
        build(site, site / "output")
    build(site, site / "whole", clean=True)
    assert tree(site / "output") == tree(site / "whole")
    kept = [path for path in site.glob("output.kept*") for path in path.rglob("*") if path.is_file()]
    assert bool(kept) == (of_output and damage in {other, beside, a_file})


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-9], lambda data: data.replace(b"1", b"2")])
def test_a_note_of_what_was_seen_that_is_damaged_is_not_believed(site, spoil):
    place = site / LOOKS
    assert set(load_seen(place, str(site / "output"))) == {"resting", "output"}
    assert load_seen(place, "another output") == {}
    place.write_bytes(spoil(place.read_bytes()))
    assert load_seen(place, str(site / "output")) == {}
    put_notice(site, notice(1, title="题目丙"))
    build(site, site / "output")
    assert rests_well(site)
