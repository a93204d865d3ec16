"""Targets of the open data: the tables, and the books that hold all of them; what tells of these is made last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.base.layout import digest_of_program
from generator.base.staging import Staging, Written
from generator.build.fingerprint import fingerprint
from generator.build.made import NOT_MADE, Made
from generator.build.targets.target import BuildContext, Target, Updated, file_target
from generator.data.books import FOLDER, Chosen, all_of, books_of
from generator.data.catalogue import MEDIA_TYPES, data_catalogue
from generator.data.data_files import (
    Update,
    book_files,
    last_data,
    sources_of,
    tables_files,
    update_book,
    update_tables,
)
from generator.data.workbook import said_of_time
from generator.pages.data import data_page

_SCHEMAS = f"{FOLDER}schema/"


def open_data(context: BuildContext) -> Iterator[Target]:
    """The targets; a book is made from its notices, and from what is said of their units."""
    site = context.site
    settings = fingerprint(digest_of_program(), site.config, site.rules.topics)
    yield _target(all_of(site), tables_files(), update_tables, settings, site)
    for chosen in books_of(site):
        yield _target(chosen, book_files(), update_book, settings, partial(_inputs, chosen))


def _inputs(chosen: Chosen) -> object:
    return list(sources_of(chosen, "")), said_of_time(chosen)


def _target(chosen: Chosen, names: Sequence[str], write: Update, settings: str, inputs: object) -> Target:
    folder = chosen.folder
    first, *others = (folder + name for name in names)

    def update(staging: Staging, before: Made) -> Iterator[Updated]:
        files = {file.path: file for file in before.files}
        notes = dict(zip(files, before.notes, strict=False))
        is_whole = all(map(staging.stands, before.files))
        named = {path.removeprefix(folder): note for path, note in notes.items()}
        last = last_data(staging.output / folder, named) if is_whole else None
        room = staging.room(folder.rstrip("/"), names)
        for name, note in write(chosen, room, settings, last):
            yield Updated(staging.adopt(folder + name, room / name, files.get(folder + name)), note, is_made=True)

    def make(staging: Staging) -> Iterator[Written]:
        return (one.file for one in update(staging, NOT_MADE))

    return Target(name=first, others=tuple(others), inputs=inputs, make=make, update=update)


def data_and_its_page(context: BuildContext, written: Iterable[Written]) -> Iterator[Target]:
    """The catalogue of the data files, and the page that tells of them."""
    site = context.site
    files = sorted((file for file in written if _is_data(file.path)), key=_order)
    made_from = (site.as_of, [(file.path, file.sha256, file.size) for file in files])
    yield file_target("data/catalog.jsonld", made_from, lambda: data_catalogue(site, files))
    # the page tells of the tables, too, which are the program's
    yield replace(context.page(data_page(site, files)), inputs=made_from)


def _is_data(path: str) -> bool:
    return path.startswith(FOLDER) and not path.startswith(_SCHEMAS)


_KINDS = list(MEDIA_TYPES)


def _order(file: Written) -> tuple[bool, int, int, str]:
    """Whole tables first, then the newest year."""
    year, _, name = file.path.removeprefix(FOLDER).rpartition("/")
    return bool(year), -int(year) if year.isdecimal() else 0, _KINDS.index(name.rpartition(".")[2]), name
