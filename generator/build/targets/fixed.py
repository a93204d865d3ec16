"""Targets that no notice has a part in: assets, schemas, and what tells machines how to read the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.base.layout import digest_of_files
from generator.base.shipped import shipped
from generator.build.targets.target import BuildContext, Target, file_target, pretty
from generator.data.catalogue import opensearch, robots
from generator.data.schema import notice_schema, table_schema
from generator.data.tables import TABLES

_COMMENTS = re.compile(rb"^[ \t]*/\*(?>.*?\*/)[ \t]*+\n", re.DOTALL | re.MULTILINE)
"""Those that have their lines to themselves."""
_BLANKS = re.compile(rb"^[ \t]+", re.MULTILINE)


def fixed(context: BuildContext) -> Iterator[Target]:
    """The targets."""
    config = context.site.config
    yield file_target("robots.txt", None, lambda: robots(config))
    yield file_target("opensearch.xml", None, lambda: opensearch(config))
    yield file_target("data/schema/notice-v1.json", None, lambda: pretty(notice_schema()))
    for table in TABLES:
        yield file_target(f"data/schema/{table.name}-v1.json", None, partial(pretty, table_schema(table)))
    for name, path in _assets(context.frame.templates).items():
        yield file_target(name, digest_of_files([(name, path)]), partial(asset, path))


def asset(path: Path) -> bytes:
    """The bytes of an asset as it is published: a script or style of the program without comments and indentation."""
    data = path.read_bytes()
    if path.suffix in (".js", ".css") and path.is_relative_to(shipped("templates")):
        return _BLANKS.sub(b"", (_COMMENTS.sub(b"", data) if path.suffix == ".js" else _without_comments(data)))
    return data


def _without_comments(style: bytes) -> bytes:
    first, *others = style.split(b"/*")
    return first + b"".join(other.partition(b"*/")[2] for other in others)


def _assets(folders: Iterable[Path]) -> dict[str, Path]:
    """The assets by their path in the output: a site's own stand before the shipped ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return found
