"""Targets made by any executor of Python's, each task twice at the same time: the output is that of a local build."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from generator.build import cluster
from generator.build.driver import build
from tests.samples import make_site, notice, put_notice, variety
from tests.test_build import tree

pytestmark = pytest.mark.xdist_group("delegated")


def nothing():
    pass


def no_links():
    def link(*_, **__):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    os.link = link


class Twice:
    """Has each task done by two processes at once."""

    def __init__(self, pool):
        self.pool = pool

    def submit(self, do, /, *args):
        first, second = self.pool.submit(do, *args), self.pool.submit(do, *args)
        first.add_done_callback(lambda done: done.cancelled() or done.exception())
        return second

    def watch(self):
        pass

    def is_deadly(self, error):
        return False


@pytest.fixture(params=[nothing, no_links])
def by_two(request, monkeypatch):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context, initializer=request.param) as pool:
        monkeypatch.setattr(cluster, "reach", lambda _: None)
        monkeypatch.setattr(cluster, "joined", lambda *_: contextlib.nullcontext(Twice(pool)))
        yield


def test_each_task_done_twice_at_once(tmp_path, by_two):
    site = make_site(tmp_path / "site", [*variety(), *(notice(number) for number in range(5, 30))], "page_size: 4\n")
    for title in ("题目甲", "题目乙", "题目丙"):
        for number in (5, 6, 7):
            put_notice(site, notice(number, title=title))
        put_notice(site, notice(8, unit=f"unit-{ord(title[-1])}"))
        report = build(site, site / "output", cluster="tcp://a:1")
        assert not report.failed
        build(site, tmp_path / "local/output", clean=True)
        assert tree(site / "output") == tree(tmp_path / "local/output")
    assert build(site, site / "output").changed == 0  # a file that two wrote may have another time than was noted
    assert [
        path.name for path in site.iterdir() if path.name.startswith((".output.new", ".output.old", "output."))
    ] == []
