"""A zip holds the release and how to put it up, the same bytes each time, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import load_manifest
from generator.release.copies import Zipped
from generator.release.verify import verify
from generator.release.zipped import GUIDE, ZipDestination, zip_of
from tests.release.support import Place, disclose, tree


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "out"
    return Place(folder, str(folder / "site.zip"))


def path_of(place):
    return place.folder / "site.zip"


def test_it_holds_the_site_and_how_to_put_it_up(outputs, place, tmp_path):
    done = place.publish(outputs[0])
    assert done.before is None
    with zipfile.ZipFile(path_of(place)) as archive:
        archive.extractall(tmp_path / "unpacked")
    plain = {name: data for name, data in tree(tmp_path / "unpacked/site").items() if not name.endswith(".gz")}
    assert plain == tree(outputs[0])
    assert {path.name for path in (tmp_path / "unpacked").iterdir()} == {"site", GUIDE}
    text = BeautifulSoup((tmp_path / "unpacked" / GUIDE).read_bytes(), "lxml").get_text()
    assert hashlib.sha256((outputs[0] / "manifest.json").read_bytes()).hexdigest() in text
    assert f"{len(tree(tmp_path / 'unpacked/site'))} 个文件" in text
    assert "$" not in text


def test_the_same_site_makes_the_same_bytes(outputs, place, tmp_path):
    place.publish(outputs[0])
    os.utime(outputs[0] / "index.html", (1_000_000_000, 1_000_000_000))
    other = Place(tmp_path / "other", str(tmp_path / "other" / "site.zip"))
    other.publish(outputs[0])
    assert path_of(other).read_bytes() == path_of(place).read_bytes()


def test_a_second_one_says_what_changes_and_leaves_nothing_else(outputs, place):
    first = place.publish(outputs[0])
    second = place.publish(outputs[1])
    assert (second.before.digest, bool(second.changes.changed)) == (first.release.digest, True)
    assert place.publish(outputs[1]).before.digest == second.release.digest
    assert [path.name for path in place.folder.iterdir()] == ["site.zip"]


def test_what_a_killed_one_left_is_cleared_and_what_is_under_way_is_not(outputs, place):
    place.folder.mkdir()
    (place.folder / ".site.zip.killed.tmp").write_bytes(b"PK")
    (place.folder / "another.tmp").write_bytes(b"")
    one = ZipDestination(path_of(place))
    with one.locked():
        assert sorted(path.name for path in place.folder.iterdir()) == ["another.tmp"]


@pytest.mark.parametrize("data", [b"", b"words", b"PK\x05\x06" + bytes(18)])
def test_a_file_of_somebody_is_left_alone(outputs, place, data):
    place.folder.mkdir()
    path_of(place).write_bytes(data)
    with pytest.raises(DiscloseError, match="no zip that disclose made"):
        place.publish(outputs[0])
    assert path_of(place).read_bytes() == data


def test_a_failure_leaves_the_old_one(outputs, place, monkeypatch):
    place.publish(outputs[0])
    before = path_of(place).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.release.zipped.shutil.copyfileobj", full)
    with pytest.raises(DiscloseError, match="No space left on device"):
        place.publish(outputs[1])
    assert path_of(place).read_bytes() == before
    assert [path.name for path in place.folder.iterdir()] == ["site.zip"]


def test_verify_reads_it(outputs, place):
    place.publish(outputs[0])
    done = verify(Zipped(path_of(place)), site=Path("/nowhere"))
    assert [found.code for found in done.found] == ["source-unproved"]
    assert (done.files, done.notices) == (len(load_manifest(outputs[0])[0]), 2)
    assert done.companions > 50


def test_verify_names_what_was_altered_added_and_taken_away(outputs, place):
    place.publish(outputs[0])
    old = path_of(place).rename(place.folder / "old.zip")
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path_of(place), "w") as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename != "site/robots.txt":
                target.writestr(info, data + b"x" if info.filename == "site/notices/index.html" else data)
        target.writestr("site/new.html", "x")
        target.writestr("beside.exe", "x")
    done = verify(Zipped(path_of(place)), site=Path("/nowhere"))
    found = {(one.code, one.file.removeprefix(f"{path_of(place)}/")) for one in done.found}
    assert found >= {
        ("file-changed", "notices/index.html"),
        ("file-missing", "robots.txt"),
        ("file-extra", "new.html"),
        ("file-extra", "beside.exe"),
    }


def test_verify_names_what_lies_beside_the_site_under_the_name_of_a_page(outputs, place):
    place.publish(outputs[0])
    with zipfile.ZipFile(path_of(place), "a") as archive:
        archive.writestr("index.html", "evil")
    done = verify(Zipped(path_of(place)), site=Path("/nowhere"))
    assert ("file-extra", f"{path_of(place)}/../index.html") in {(one.code, one.file) for one in done.found}


def test_a_name_that_stands_twice_is_refused(outputs, place):
    """Programs differ in which of the two they unpack."""
    place.publish(outputs[0])
    with zipfile.ZipFile(path_of(place), "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("site/index.html", "evil")
    with pytest.raises(UsageError, match="twice"):
        Zipped(path_of(place))
    with pytest.raises(DiscloseError, match="twice"):
        place.publish(outputs[0])


def test_verify_refuses_what_is_no_zip(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"words")
    with pytest.raises(UsageError, match="no zip that can be read"):
        Zipped(tmp_path / "x.zip")


def test_the_gate_is_that_of_any_release(site, tmp_path):
    (site / "site.yml").write_text("name: 测试公开\nbase_url: https://www.mouqu.gov.cn/\n", encoding="utf-8")
    done = disclose("--site", site, "publish", tmp_path / "site.zip")
    assert done.returncode == 1
    assert "Nothing was published" in done.stderr
    assert not (tmp_path / "site.zip").exists()


def test_the_command_says_what_it_made(site, tmp_path):
    target = tmp_path / "site.zip"
    done = disclose("--site", site, "publish", target)
    assert done.returncode == 0, done.stderr
    assert f"{target}: the site as a zip" in done.stdout
    assert disclose("--site", site, "publish", target).stdout.endswith("nothing to do.\n")
    assert disclose("--site", site, "verify", target).returncode == 0
    assert "no release before" in disclose("--site", site, "publish", target, "--rollback").stderr


@pytest.mark.parametrize("named", ["site.zip", "/srv/a/SITE.ZIP", "./a:b.zip"])
def test_what_is_a_zip(named):
    assert zip_of(named) == Path(named)


@pytest.mark.parametrize("named", ["h:/srv/site.zip", "me@h:site.zip", "sftp://me@h/site.zip", "/srv/zip", "a.zip/b"])
def test_what_is_none(named):
    assert zip_of(named) is None
