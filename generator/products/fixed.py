"""Products that no notice has a part in: assets, schemas, and what tells machines how to read the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from generator.exports.catalogue import opensearch, robots
from generator.exports.tables import TABLES, table_schema
from generator.inputs import digest_of_files
from generator.products.base import Press, Product, pretty, product
from generator.schema import notice_schema


def fixed(press: Press) -> Iterator[Product]:
    """The products."""
    config = press.site.config
    yield product("robots.txt", None, lambda: robots(config))
    yield product("opensearch.xml", None, lambda: opensearch(config))
    yield product("data/schema/notice-v1.json", None, lambda: pretty(notice_schema()))
    for table in TABLES:
        yield product(f"data/schema/{table.name}-v1.json", None, partial(pretty, table_schema(table)))
    for name, path in _assets(press.frame.templates).items():
        yield product(name, digest_of_files([(name, path)]), path.read_bytes)


def _assets(folders: Iterable[Path]) -> dict[str, Path]:
    """The assets by their path in the output: a site's own stand before the shipped ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return found
