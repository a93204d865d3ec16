"""A build deletes what an earlier build listed, as it wrote it, and nothing else; it never walks through a link."""

from __future__ import annotations

import json
import os

import pytest

from generator.base.clearing import BEGUN
from generator.base.diagnostics import DiscloseError
from generator.base.staging import replacing
from generator.build.driver import build
from tests.samples import make_site, notice, put_notice


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", [notice(1), notice(2)])


def precious(folder):
    (folder / "photos").mkdir(parents=True)
    (folder / "photos/a.jpg").write_text("precious")
    (folder / "index.html").write_text("mine")
    return folder


def whole(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


WEB_APP = {
    "web-app": {"name": "App", "icons": [{"src": "a.png"}], "start_url": "/"},
    "extension": {"manifest_version": 3, "name": "x", "files": ["a.js"]},
    "vite": {"files": {"main.js": {"file": "assets/main.js", "src": "main.ts"}}},
    "hashes-of-others": {"files": {"gone.txt": {"sha256": "0" * 64, "size": 1}}},
    "climbs": {"files": {"../x": {"sha256": "0" * 64, "size": 1}}},
    "list": [1, 2],
}


@pytest.mark.parametrize("name", WEB_APP)
def test_a_folder_with_another_programs_manifest_is_refused(name, site, tmp_path):
    folder = precious(tmp_path / "app")
    (folder / "manifest.json").write_text(json.dumps(WEB_APP[name]))
    before = whole(folder)
    with pytest.raises(DiscloseError, match="name an empty folder"):
        build(site, folder)
    assert whole(folder) == before


def test_an_output_that_is_a_link_is_resolved_once(site, tmp_path):
    real = tmp_path / "www" / "site"
    real.mkdir(parents=True)
    (site / "output").symlink_to(real)
    for _ in range(2):
        build(site, site / "output", clean=True)
        assert (site / "output").is_symlink()
        assert (real / "manifest.json").is_file()
    assert sorted(path.name for path in real.parent.iterdir()) == ["site"]


def test_an_output_that_leads_to_somebodys_folder_is_refused(site, tmp_path):
    folder = precious(tmp_path / "home")
    (site / "output").symlink_to(folder)
    before = whole(folder)
    with pytest.raises(DiscloseError):
        build(site, site / "output")
    assert whole(folder) == before


def test_links_in_the_output_are_not_walked_through(site, tmp_path):
    folder = precious(tmp_path / "home")
    build(site, site / "output")
    (site / "output/more").symlink_to(folder)
    (site / "output/data/photo.jpg").symlink_to(folder / "photos/a.jpg")
    before = whole(folder)
    build(site, site / "output", clean=True)
    assert whole(folder) == before
    assert (site / "output.kept/more").is_symlink()


def test_a_listed_folder_that_became_a_link_is_not_walked_through(site, tmp_path):
    build(site, site / "output")
    elsewhere = tmp_path / "copy"
    (site / "output/notices").rename(elsewhere)
    (site / "output/notices").symlink_to(elsewhere)
    before = whole(elsewhere)
    build(site, site / "output", clean=True)
    assert whole(elsewhere) == before


def test_what_no_build_wrote_is_kept_beside_the_output(site, capsys):
    build(site, site / "output")
    (site / "output/letter.txt").write_text("mine")
    (site / "output/notices/deep").mkdir()
    (site / "output/notices/deep/a.txt").write_text("mine too")
    (site / "output/robots.txt").write_text("changed by hand")
    build(site, site / "output", clean=True)
    assert whole(site / "output.kept") == {
        "letter.txt": b"mine",
        "notices/deep/a.txt": b"mine too",
        "robots.txt": b"changed by hand",
    }
    assert "output.kept: files that no build wrote" in capsys.readouterr().err
    assert b"changed by hand" not in (site / "output/robots.txt").read_bytes()


def test_a_second_time_it_is_kept_under_another_name(site):
    for number in range(2):
        build(site, site / "output", clean=True)
        (site / "output/letter.txt").write_text(str(number))
    build(site, site / "output", clean=True)
    assert [(site / name / "letter.txt").read_text() for name in ("output.kept", "output.kept-2")] == ["0", "1"]


def test_a_hidden_folder_that_is_a_link_loses_the_link_alone(site, tmp_path):
    folder = precious(tmp_path / "home")
    for name in (".output.new", ".output.old"):
        (site / name).symlink_to(folder)
    before = whole(folder)
    build(site, site / "output")
    assert whole(folder) == before


def test_nothing_is_left_behind_when_all_is_a_builds(site):
    for _ in range(3):
        build(site, site / "output", clean=True)
    names = {path.name for path in site.iterdir()}
    assert not {".output.new", ".output.old", "output.kept"} & names


def test_several_processes_do_not_trip_over_each_other(site):
    for number in range(1, 6):
        build(site, site / "output", clean=True, jobs=4)
        put_notice(site, notice(number))
    assert not list(site.glob("output.kept*"))


def test_a_hidden_folder_of_somebody_is_kept(site, capsys):
    for name in (".output.new", ".output.old"):
        precious(site / name)
    before = whole(site / ".output.new")
    build(site, site / "output")
    assert [whole(site / name) for name in ("output.kept", "output.kept-2")] == [before, before]
    assert "output.kept-2: files that no build wrote" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_what_somebody_has_under_the_name_of_the_old_output_becomes_no_output(what, site, tmp_path):
    mine = site / ".output.old"
    if what == "file":
        mine.write_text("precious")
    elif what == "folder":
        precious(mine)
    else:
        mine.symlink_to(precious(tmp_path / "home"))
    with pytest.raises(ZeroDivisionError), replacing(site, site / "output"):
        raise ZeroDivisionError
    assert not os.path.lexists(site / "output")
    assert os.path.lexists(site / "output.kept") == (what != "link")
    assert not build(site, site / "output").failed


@pytest.mark.parametrize("mark", ["link", "folder"])
def test_a_mark_that_no_build_set_is_none(mark, site, tmp_path):
    folder = precious(site / ".output.new")
    if mark == "link":
        (folder / BEGUN).symlink_to(tmp_path)
    else:
        (folder / BEGUN).mkdir()
    build(site, site / "output")
    assert (site / "output.kept/photos/a.jpg").read_text() == "precious"


def test_what_a_killed_build_left_is_taken_away(site):
    for name, began in ((".output.new", True), (".output.old", False)):
        (site / name).mkdir()
        if began:
            (site / name / BEGUN).touch()
            (site / name / "notices/a").mkdir(parents=True)
            (site / name / "notices/a/index.html").write_text("half")
    build(site, site / "output")
    assert not list(site.glob(".output.[no]*")) + list(site.glob("output.kept*"))
    assert not (site / "output" / BEGUN).exists()


def test_of_a_notice_that_cannot_be_built_what_was_listed_stays_and_nothing_else(site, tmp_path):
    build(site, site / "output")
    folder = site / "output/notices" / notice(1).id
    listed = sorted(whole(folder))
    (tmp_path / "secret").write_text("secret")
    (folder / "passwd").symlink_to(tmp_path / "secret")
    (folder / "shell.php").write_text("mine")
    file = next((site / "content/notices").rglob(f"{notice(1).id}.md"))
    file.write_text(file.read_text("utf-8").replace("title_origin:", "titel:"), "utf-8")
    build(site, site / "output", clean=True)
    assert sorted(whole(folder)) == listed
    assert whole(site / "output.kept/notices" / notice(1).id)["shell.php"] == b"mine"
