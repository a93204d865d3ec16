"""The page that describes the open data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.base.staging import Written
from generator.data.catalogue import MEDIA_TYPES
from generator.data.table import Table, by_year
from generator.data.tables import TABLES
from generator.pages.page import Page
from generator.site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file for download."""

    path: str
    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataYear:
    """Files that hold all tables of a year."""

    id: str
    name: str
    notices: int
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """The value of `data.html`."""

    tables: tuple[tuple[Table[Any, Any], tuple[DataFile, ...]], ...]
    """Each whole."""
    years: tuple[DataYear, ...]
    """The newest first."""


def data_page(site: Site, files: Sequence[Written]) -> Page:
    """The page of the files under data/."""

    def below(start: str) -> tuple[DataFile, ...]:
        return tuple(_file(file) for file in files if file.path.startswith(start))

    return Page(
        path="data/index.html",
        template="data.html",
        name=site.config.columns.data,
        column="data",
        value=DataPage(
            tables=tuple((table, below(f"data/{table.name}.")) for table in TABLES),
            years=tuple(
                DataYear(id=one.name, name=one.title, notices=len(one.notices), files=below(f"data/{one.name}/"))
                for one in by_year(site)
            ),
        ),
        description="通报、问题、后续整改事项、联系方式和单位的开放数据与字段说明",
        data="data/catalog.jsonld",
    )


def _file(file: Written) -> DataFile:
    ending = file.path.rpartition(".")[2]
    return DataFile(path=file.path, name=MEDIA_TYPES[ending][1], size=file.size)
