"""The wheel and the sdist hold the whole program: installed without the checkout, it does what the checkout does."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "content" / "sources"
BUILD = ("-m", "hatchling", "build")

pytestmark = pytest.mark.slow


def ran(*command, cwd, codes=(0,), **environment):
    """What a command prints. It has nothing of this process's ways to Python's packages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | {"PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The folder with what `make wheel` builds: (wheel, sdist)."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, *BUILD, "-d", folder, cwd=ROOT)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def installed(dist, tmp_path_factory):
    """The `disclose` of a venv that holds the wheel and what its metadata says that it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    venv.create(folder, symlinks=True, with_pip=False)
    (packages,) = [path for path in folder.rglob("site-packages") if path.is_dir() and not path.is_symlink()]
    python = folder / "bin" / "python"
    ran(
        *(sys.executable, "-m", "pip", f"--python={python}", "install", "--quiet", "--no-index", "--no-deps", dist[0]),
        cwd=folder,
    )
    (metadata,) = packages.glob("disclose-*.dist-info/METADATA")
    for name in needed(re.findall(r"(?m)^Requires-Dist: (.+)$", metadata.read_text("utf-8"))):
        link(name, packages)
    return folder / "bin" / "disclose"


def needed(requirements):
    """The names of the distributions that these requirements draw in, here, without extras."""
    names, waiting = set(), [("", one) for one in requirements]
    while waiting:
        extra, text = waiting.pop()
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        here = distribution(wanted.name)
        assert wanted.specifier.contains(here.version, prereleases=True), text
        if here.name not in names or wanted.extras:
            names.add(here.name)
            waiting += [(extra, one) for one in here.requires or () for extra in ("", *wanted.extras)]
    return names


def link(name, packages):
    """Let a distribution of this environment be found in another one."""
    here = distribution(name)
    tops = {file.parts[0] for file in here.files or () if file.parts[0] not in ("..", "__pycache__")}
    for top in tops:
        if not (packages / top).exists():
            (packages / top).symlink_to(here.locate_file(top))


def test_the_sdist_holds_what_the_wheel_is_made_of(dist, tmp_path):
    wheel, sdist = dist
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    ran(sys.executable, *BUILD, "-t", "wheel", "-d", tmp_path / "again", cwd=unpacked)
    assert (tmp_path / "again" / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_sdist_holds_nothing_else(dist):
    with tarfile.open(dist[1]) as archive:
        tops = {name.split("/")[1] for name in archive.getnames()}
    files = {"pyproject.toml", "README.md", "LICENSE", "PKG-INFO", ".gitignore"}
    assert tops == {"generator", "templates", "content"} | files


def test_the_wheel_holds_every_file_of_the_program(dist):
    with zipfile.ZipFile(dist[0]) as archive:
        inside = set(archive.namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert ours <= inside
    assert {name for name in inside if name.startswith("generator/") and "/shipped/" not in name} == ours


@pytest.fixture(scope="module")
def by_checkout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkout")
    return journey(folder, sys.executable, "-m", "generator", PYTHONPATH=str(ROOT))


def test_the_installed_program_does_what_the_checkout_does(installed, by_checkout, tmp_path):
    by_wheel = journey(tmp_path, installed)
    assert by_wheel == by_checkout
    assert len(by_wheel) > 100
    assert any(name.endswith("/notice.json") for name in by_wheel)


@pytest.mark.long
def test_it_does_the_same_with_the_newest_python_that_is_here(dist, by_checkout, tmp_path):
    python = newest()
    if python is None:
        pytest.skip("no Python is here that is newer than this one")
    ran(python, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    pip = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
    install = (*pip, f"--python={tmp_path / 'venv/bin/python'}", "install", "--no-compile")
    try:
        ran(*install, "--only-binary=:all:", "--require-hashes", "-r", ROOT / "requirements.lock", cwd=tmp_path)
    except AssertionError as failed:
        if "Failed to establish a new connection" in str(failed) or "timed out" in str(failed):
            pytest.skip("the package index cannot be reached")
        raise
    ran(*install, "--no-deps", dist[0], cwd=tmp_path)
    assert journey(tmp_path, tmp_path / "venv/bin/disclose") == by_checkout


def newest():
    """The newest Python of this machine, on the path or of pyenv, that is newer than this one; None: there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for minor in range(sys.version_info.minor + 5, sys.version_info.minor, -1):
        for python in (f"python3.{minor}", *sorted(pyenv.glob(f"versions/3.{minor}.*/bin/python"))):
            with contextlib.suppress(OSError, AssertionError):
                ran(python, "-c", "import sqlite3, venv", cwd=ROOT)
                return python
    return None


def journey(folder, *disclose, **environment):
    """What becomes of a source with a `disclose`: every file of the site, and what was said on the way."""
    source = next(SOURCES.glob("zhangfan*/*.txt"))
    folder = folder / "journey"
    folder.mkdir()
    said = [ran(*disclose, "new", "site", "--no-git", cwd=folder, **environment)]
    for command in (("import", source), ("check",), ("build",), ("verify",)):  # a new site waits for who runs it
        codes = (1,) if command[0] == "check" else (0,)
        said.append(ran(*disclose, *command, cwd=folder / "site", codes=codes, **environment))
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    notes = ("site/.output.", "site/.cache/", "site/content/notices/.")
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(notes)} | {"said": said}


def test_the_installed_program_stands_alone(installed, tmp_path):
    where = "import generator, sys; print(generator.__file__); print(*sys.path, sep='\\n')"
    lines = ran(installed.with_name("python"), "-c", where, cwd=tmp_path).splitlines()
    venv_folder = installed.parent.parent
    assert Path(lines[0]).is_relative_to(venv_folder)
    assert not any(Path(line).is_relative_to(ROOT) for line in lines[1:] if line)
