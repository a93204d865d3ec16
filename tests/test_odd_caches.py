"""Pipes, links and folders in the places of what builds keep: nobody waits, and no stranger's file is touched."""

from __future__ import annotations

import os
import shutil

import pytest

from generator.build.driver import build
from tests.samples import notice, put_notice
from tests.test_build import built_twice, tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no pipes have names")

PLACES = (
    ".output.build.json",
    ".cache/build.sqlite",
    ".cache/build.sqlite-journal",
    ".cache/folders.json",
    ".cache/index",
    ".cache/outputs",
)


@pytest.fixture
def site(tmp_path):
    return built_twice(tmp_path / "site")


def emptied(path):
    """The path, with nothing there."""
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return path


def builds_well(folder):
    for title in ("题目丙", "题目丁"):
        put_notice(folder, notice(1, title=title))
        build(folder, folder / "output")
    build(folder, folder / "whole", clean=True)
    return tree(folder / "output") == tree(folder / "whole")


@pytest.mark.parametrize("place", PLACES)
def test_nobody_waits_for_a_pipe(site, place):
    os.mkfifo(emptied(site / place))
    assert builds_well(site)


def test_nobody_waits_for_a_pipe_in_the_index(site):
    for path in (site / ".cache/index").iterdir():
        os.mkfifo(emptied(path))
    assert builds_well(site)


@pytest.mark.parametrize("place", PLACES)
def test_a_folder_costs_only_time(site, place):
    (emptied(site / place) / "folder").mkdir(parents=True)
    assert builds_well(site)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_a_link_leads_to_stays_as_it_is(site, tmp_path, place, what):
    (tmp_path / "theirs/folder/empty").mkdir(parents=True)
    for name in ("file", "folder/a.kept", "folder/b"):
        (tmp_path / "theirs" / name).touch()
    emptied(site / place).symlink_to(tmp_path / "theirs" / what)
    assert builds_well(site)
    assert [path.read_bytes() for path in (tmp_path / "theirs").rglob("*") if path.name in ("file", "a.kept", "b")] == [
        b"",
        b"",
        b"",
    ]
    assert (tmp_path / "theirs/folder/empty").is_dir()
    assert not [path for path in site.iterdir() if path.name.startswith("output.kept")]
