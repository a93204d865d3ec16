"""The page that describes the open data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.base.staging import Written
from generator.data.books import FOLDER, Chosen, books_of
from generator.data.catalogue import MEDIA_TYPES
from generator.data.data_files import LINES
from generator.data.table import Table
from generator.data.tables import TABLES
from generator.pages.page import Page
from generator.site.model import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file for download."""

    path: str
    name: str
    about: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBook:
    """Files that hold all tables, of all notices or those of a year."""

    id: str
    name: str
    """2024年; empty: all."""
    notices: int
    files: tuple[DataFile, ...]
    """The workbook and the database."""
    lines: tuple[DataFile, ...]
    """A table each; those of all notices stand with their tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """The value of `data.html`."""

    tables: tuple[tuple[Table[Any, Any], tuple[DataFile, ...]], ...]
    """Each whole."""
    books: tuple[DataBook, ...]
    """The newest first."""


_ABOUT = {"xlsx": "电子表格，中文列名，每个表一页，附说明", "sqlite": "数据库，每个表一张表，附列的说明"}


def data_page(site: Site, files: Sequence[Written]) -> Page:
    """The page of the files under data/."""

    def below(start: str) -> tuple[DataFile, ...]:
        return tuple(_file(file) for file in files if file.path.startswith(start))

    def book(chosen: Chosen) -> DataBook:
        lines = [(f"{chosen.folder}{table.name}.{LINES}", table.title) for table in TABLES] if chosen.name else []
        return DataBook(
            id=chosen.name,
            name=chosen.title,
            notices=len(chosen.notices),
            files=below(f"{chosen.folder}disclosure."),
            lines=tuple(replace(file, name=title) for path, title in lines for file in below(path)),
        )

    return Page(
        path="data/index.html",
        template="data.html",
        name=site.config.columns.data,
        column="data",
        value=DataPage(
            tables=tuple((table, below(f"{FOLDER}{table.name}.")) for table in TABLES),
            books=tuple(book(chosen) for chosen in books_of(site)),
        ),
        description="通报、问题、后续整改事项、联系方式和单位的开放数据与字段说明",
        data="data/catalog.jsonld",
    )


def _file(file: Written) -> DataFile:
    ending = file.path.rpartition(".")[2]
    return DataFile(path=file.path, name=MEDIA_TYPES[ending][1], about=_ABOUT.get(ending, ""), size=file.size)
