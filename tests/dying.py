"""A process that dies at a file, by a signal: the file is named, and the rest goes on. Run by test_dying.py."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator import readers
from generator.base.diagnostics import ContentError
from generator.base.files import content_files
from generator.build import executor, load
from generator.build.driver import build
from generator.content.config import load_config
from generator.editorial import checks, selection
from generator.editorial.importing import Importer
from generator.editorial.selection import Selector
from generator.editorial.source_files import files_of
from generator.release import copy_check
from generator.release.copies import Folder
from generator.release.verify import verify
from generator.sitelint import output_check as sitelint
from tests.samples import make_site, notice
from tests.test_import import NOTICE

ID = "mou-ju-20240801-{}"
JOBS = pytest.mark.parametrize("jobs", [1, 2])


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", [notice(number) for number in range(1, 5)])


@pytest.fixture
def deadly(monkeypatch):
    """Makes a function of a module kill its process when one of its arguments has the text in it."""

    def make(module, name, text):
        whole, here = getattr(module, name), os.getpid()

        def die(*arguments, **options):
            if any(text in str(one) for one in arguments if isinstance(one, str | Path)):
                assert os.getpid() != here, "it would have killed the command"
                os.kill(os.getpid(), signal.SIGKILL)
            return whole(*arguments, **options)

        monkeypatch.setattr(module, name, die)

    return make


def unreadable(found):
    return [Path(one.file).name for one in found if one.code == "unreadable"]


@JOBS
def test_check_names_the_content_file(site, deadly, jobs):
    deadly(checks, "read_notice", "-3.md")
    report = checks.check(site, day=dt.date(2025, 1, 1), jobs=jobs)
    assert unreadable(one.diagnostic for one in report.findings) == [ID.format(3) + ".md"]
    others = {ID.format(number) + ".md" for number in (1, 2, 4)}
    assert {Path(one.diagnostic.file).name for one in report.findings} > others


@JOBS
def test_check_names_the_built_page(site, deadly, jobs):
    build(site, site / "output")
    deadly(sitelint, "read_page", "-3/index.html")
    found = sitelint.check_output(site / "output", load_config(site), jobs=jobs)
    page = site / f"output/notices/{ID.format(3)}/index.html"
    assert [one.file for one in found if one.code == "unreadable"] == [str(page)]


@JOBS
@pytest.mark.parametrize("signal_", [signal.SIGSEGV, signal.SIGKILL])
def test_build_names_what_it_made_and_keeps_what_was_there(site, monkeypatch, jobs, signal_):
    build(site, site / "output")
    for number in (2, 3):
        path = site / f"content/notices/2024/{ID.format(number)}.md"
        path.write_text(path.read_text("utf-8").replace("某路1号", "某路9号"), "utf-8")
    second, third = (site / f"output/notices/{ID.format(number)}/notice.json" for number in (2, 3))
    before = third.read_bytes()
    whole = executor.Staging.put

    def die(staging, path, data):
        written = whole(staging, path, data)
        if path == f"notices/{ID.format(3)}/notice.txt":
            os.kill(os.getpid(), signal_)
        return written

    monkeypatch.setattr(executor.Staging, "put", die)
    report = build(site, site / "output", jobs=jobs)
    assert [one.file for one in report.diagnostics if one.code == "unreadable"] == [f"notices/{ID.format(3)}/"]
    assert report.failed
    assert third.read_bytes() == before
    assert "某路9号" in second.read_text("utf-8")
    assert {one.code for one in verify(Folder(site / "output"), site=site).found} <= {"source-unproved"}
    monkeypatch.setattr(executor.Staging, "put", whole)
    assert not build(site, site / "output", jobs=jobs).failed
    assert "某路9号" in third.read_text("utf-8")


@JOBS
def test_verify_names_the_file(site, deadly, jobs):
    build(site, site / "output")
    (site / f"output/notices/{ID.format(1)}/notice.txt").write_bytes(b"x")
    deadly(copy_check, "read_page", "-3/index.html")
    found = verify(Folder(site / "output"), site=site, jobs=jobs).found
    [at] = [one for one in found if one.code == "unreadable"]
    assert at.file.endswith(f"output/notices/{ID.format(3)}")
    assert f"{ID.format(1)}/notice.txt" in "".join(one.file for one in found if one.code == "file-changed")


def test_import_names_the_source_file_and_goes_on(site, tmp_path, deadly):
    for day, name in enumerate("abc", 1):
        (tmp_path / f"{name}.txt").write_text(NOTICE.format(name, day), "utf-8")
    deadly(readers, "read_document", "b.txt")
    importer = Importer(site)
    done = [importer.take(file) for name in "abc" for file in files_of(tmp_path / f"{name}.txt")]
    assert [one.outcome for one in done] == ["imported", "failed", "imported"]
    assert "b.txt" in done[1].reason
    assert not list(site.rglob("b.txt"))


@JOBS
def test_publish_refuses_and_names_the_content_file(site, deadly, jobs):
    deadly(selection, "_read", "-3.md")
    live = SimpleNamespace(files={})
    with pytest.raises(ContentError, match=r"-3\.md"):
        Selector(site=site, config=load_config(site), live=live).select(jobs=jobs)


def test_a_build_names_the_content_file(site, deadly, monkeypatch):
    deadly(load, "read_notice", "-3.md")
    monkeypatch.setattr(load, "_CHUNK", 2)
    read = load.read_notices({file: site / file for file in content_files(site)}, jobs=2)
    assert [Path(one.file).name for one in read if one.found is None] == [ID.format(3) + ".md"]
    assert len(read) == 4
