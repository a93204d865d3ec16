"""Every file that decides what a build makes: those of the site, and those of the program."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.base.files import NOTICES, is_notice_file
from generator.base.shipped import shipped, site_or_shipped

SITE_FILE = "site.yml"
SOURCES = "content/sources"
TOPICS = "content/topics.yml"
PHRASES = "content/phrases.yml"
PAGES = "content/pages"
TEMPLATES = "templates"
OUTPUT = "output"
"""Where a site is built, in its folder."""

_PACKAGE = Path(__file__).parents[1]


Contents = Mapping[str, Path]
"""The name of each content file, from the site's folder on, and where its text is read: there, or in the journal."""


def files_read(folder: Path, contents: Contents | None = None) -> Iterator[tuple[str, str]]:
    """Every file that a build of the site may read, of the notices those of `contents`: a name, and where it is."""
    yield SITE_FILE, str(folder / SITE_FILE)
    yield TOPICS, str(site_or_shipped(folder, TOPICS))
    for name, path in _below(NOTICES, folder / NOTICES):
        if contents is None or not is_notice_file(path):
            yield name, path
    yield from ((name, str(path)) for name, path in (contents or {}).items())
    yield from _below(SOURCES, folder / SOURCES)
    yield from _below(PAGES, site_or_shipped(folder, PAGES))
    for number, place in enumerate(template_folders(folder)):
        yield from _below(f"{TEMPLATES}:{number}", place)


def source_file(folder: Path, notice_id: str, file: str) -> Path | None:
    """The `file` that a notice came as: in a folder of its own, where import puts it, or among the others.

    None when it is lost.
    """
    name = file.rpartition("/")[2]
    places = (folder / SOURCES / notice_id / name, folder / SOURCES / name)
    return next((place for place in places if name and place.is_file()), None)


def template_folders(folder: Path) -> tuple[Path, ...]:
    """Where templates and assets stand, first found first."""
    return tuple(dict.fromkeys((site_or_shipped(folder, TEMPLATES), shipped(TEMPLATES))))


def _below(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    for base, _, files in os.walk(folder):
        inside = Path(base).relative_to(folder).as_posix()
        for file in files:  # the bytes of a name may be no text; an archive's may be those of another encoding
            yield f"{name}/{inside}/{file}".encode("utf-8", "backslashreplace").decode(), f"{base}/{file}"


@functools.cache
def digest_of_program() -> str:
    """The hash of this program and of the libraries that it works with: another version may write other bytes."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    names = (name[0] for text in importlib.metadata.requires("disclose") or () if (name := _NAME.match(text)))
    said = (
        sys.version,
        digest_of_files((path.relative_to(_PACKAGE).as_posix(), path) for path in files),
        *sorted(filter(None, map(_installed, names))),
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def digest_of_files(files: Iterable[tuple[str, Path]]) -> str:
    """The hash of files' names and bytes."""
    found = hashlib.sha256()
    for name, path in files:
        data = path.read_bytes()
        found.update(f"{name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()


_NAME = re.compile(r"[\w.-]+", re.ASCII)  # PEP 508: a requirement begins with the name of the distribution


def _installed(name: str) -> str | None:
    try:
        return f"{name} {importlib.metadata.version(name)}"
    except importlib.metadata.PackageNotFoundError:  # an extra that is not installed
        return None
