"""What a command changed is a commit by whoever answers for it; nothing depends on Git."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from generator.base.diagnostics import Diagnostic
from generator.base.history import fitting
from generator.cli import main
from generator.content.import_record import read_provenance
from tests.samples import notice, put_notice

SOURCE = """中共甲县水利局党组关于巡察整改进展情况的通报
根据县委统一部署，2025年3月1日至4月30日，县委第一巡察组对县水利局党组开展了巡察。现将整改情况予以公布。
一、整改落实情况
1.关于学习不深入的问题。
整改情况：已组织学习3次，完成整改。
联系电话：0818-7350018
中共甲县水利局党组
2025年11月28日
"""


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    """A machine on which Git does not know who works."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "EMAIL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site(tmp_path):
    assert main(["new", str(tmp_path / "site")]) == 0
    return tmp_path / "site"


def log(site):
    words = ["git", "-C", str(site), "log", "--format=%an: %s"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.splitlines()


def status(site):
    words = ["git", "-C", str(site), "status", "--porcelain"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def take(site, *more):
    source = site.parent / "水利局.txt"
    source.write_text(SOURCE, encoding="utf-8")
    assert main(["--site", str(site), "import", str(source), *more]) == 0
    return next(site.rglob("content/notices/2025/*.md"))


def test_each_change_is_a_commit_of_its_author(site):
    with (site / "site.yml").open("a", encoding="utf-8") as file:
        file.write("editor: 某编辑\n")
    path = take(site)
    assert main(["--site", str(site), "review", path.stem, "--step", "初审", "--name", "某甲"]) == 0
    assert log(site) == [f"某甲: review: 初审: {path.stem}", f"某编辑: import: {path.stem}", "disclose: site: Begin"]
    assert status(site) == ""


def test_what_somebody_else_prepared_stays_his(site):
    (site / "notes.txt").write_text("mine")
    subprocess.run(["git", "-C", str(site), "add", "notes.txt"], check=True)
    take(site)
    assert status(site) == "A  notes.txt\n"


def test_no_git_is_taken_at_its_word(tmp_path):
    assert main(["new", str(tmp_path / "site"), "--no-git"]) == 0
    assert not (tmp_path / "site/.git").exists()
    assert main(["new", str(tmp_path / "other")]) == 0
    take(tmp_path / "other", "--no-git")
    assert log(tmp_path / "other") == ["disclose: site: Begin"]


def test_a_machine_without_git_works_as_well(tmp_path, monkeypatch):
    found = shutil.which
    monkeypatch.setattr("shutil.which", lambda name, **more: None if name == "git" else found(name, **more))
    assert main(["new", str(tmp_path / "site")]) == 0
    assert take(tmp_path / "site").is_file()
    assert not (tmp_path / "site/.git").exists()


def test_a_site_inside_a_repository_makes_none_of_its_own_and_commits_nothing(tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert main(["new", str(tmp_path / "site")]) == 0
    take(tmp_path / "site")
    assert not (tmp_path / "site/.git").exists()
    assert "site/" in status(tmp_path)


@pytest.mark.parametrize(
    ("is_kept", "hint"), [(True, "Restore it from version control, or"), (False, "Delete the whole")]
)
def test_nothing_is_restored_where_nothing_was_kept(tmp_path, is_kept, hint):
    if is_kept:
        (tmp_path / ".git").mkdir()
    _, (torn,) = read_provenance("{", "", "x.md", 1)
    (found,) = fitting([torn], tmp_path / "x.md")
    assert found.hint.startswith(hint)
    assert isinstance(found, Diagnostic)


def test_no_finding_points_into_the_record_of_the_import(site, capsys):
    item = notice(1)
    path = put_notice(site, item)
    text = path.read_text("utf-8")
    fence = text[: text.index("```json")].count("\n") + 1
    main(["--site", str(site), "check", str(path)])
    lines = [line.split(":") for line in capsys.readouterr().out.splitlines() if line.startswith(str(path))]
    assert len(lines) > 3
    assert all(int(parts[1]) < fence for parts in lines if parts[1].strip().isdigit())
