"""What a build makes: products, each a few files made from one slice of the site and from nothing else."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.charts import STATUS_NAMES
from generator.diagnostics import DiscloseError
from generator.exports.cards import calendar, vcard
from generator.exports.catalogue import (
    MEDIA_TYPES,
    Address,
    data_catalogue,
    notice_json_ld,
    opensearch,
    robots,
    site_json_ld,
    sitemaps,
)
from generator.exports.data import DATA_FILES, write_data
from generator.exports.feeds import Listing, atom, former_listing, list_json, listings, unit_listing
from generator.exports.formats import to_json
from generator.exports.tables import TABLES, table_schema
from generator.files import Staging, Written
from generator.gather import Gathered
from generator.inputs import digest_of_files, digest_of_program, source_file
from generator.model import PartialDate, Unit
from generator.pages.base import Page
from generator.pages.data import data_page
from generator.pages.notice import file_of_words, notice_page
from generator.pages.places import unit_pages, unit_paths
from generator.pages.plan import list_pages
from generator.pages.withdrawn import former_unit_page, former_units, withdrawn_page
from generator.record import record_of
from generator.render import Renderer
from generator.schema import notice_schema
from generator.search.index import write_index
from generator.search.records import groups_of
from generator.site import SiteNotice, SiteUnit
from generator.slices import digest
from generator.traditional import FOLDER, has_edition

Files = Iterator[tuple[str, bytes]]
"""Paths and bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Files that are made together."""

    name: str
    """The path of its first file; of a product that has a folder for itself that folder, ending in `/`."""
    slice: object
    """All that it is made from, beside what is common to all products."""
    make: Callable[[Staging], Iterator[Written]]
    others: tuple[str, ...] = ()
    """Paths of its further files."""
    is_long: bool = False
    """Whether it is made from every word of the site: such products are begun first."""


class Plan:
    """Everything that a site publishes, as products. To look at it costs little: nothing is made until it is asked."""

    def __init__(self, gathered: Gathered, *, preview: bool = False) -> None:
        frame = gathered.frame
        self.site = gathered.site
        self._frame = frame
        self._renderer = Renderer(self.site.config, frame.templates, frame.contents, self.site.as_of, preview=preview)
        self._common = digest(
            digest_of_program(),
            digest_of_files(_templates(frame.templates)),
            frame.config,
            frame.rules.topics,
            [(content.path, content.title) for content in frame.contents],
            preview,
        )

    def key(self, product: Product) -> str:
        """The hash of everything that the product is made from."""
        return digest(self._common, product.name, product.slice)

    def all_products(self) -> list[Product]:
        """All but the closing ones. Raises DiscloseError when two want the same address."""
        products, names = list(self.products()), set[str]()
        for product in products:
            if product.name in names:
                raise DiscloseError(
                    f"{product.name}: two things of the site have this address. Give a content page another file name, "
                    "or a notice another id."
                )
            names.add(product.name)
        return products

    def products(self) -> Iterator[Product]:
        """All but the closing ones; those that take long and cannot be divided first."""
        yield from self.long()
        yield from self._listings()
        yield from self._lists()
        yield from map(self._notice, self.site.notices)
        yield from map(self._unit, self.site.units)
        yield from map(self._withdrawn, self.site.withdrawn)
        yield from (self._former(*former) for former in former_units(self.site))
        yield from self._fixed()

    def closing(self, written: Iterable[Written]) -> Iterator[Product]:
        """What speaks of the other files, of which those of the open data are asked for: its catalogue and its page."""
        site, order = self.site, list(MEDIA_TYPES)
        data = [file for file in written if file.path.startswith("data/") and file.path.count("/") == 1]
        files = sorted(data, key=lambda file: (order.index(file.path.rpartition(".")[2]), file.path))
        made_from = (site.as_of, [(file.path, file.sha256, file.size) for file in files])
        page = data_page(site, files)
        yield _product("data/catalog.jsonld", made_from, lambda: data_catalogue(site, files))
        yield replace(self._page(page), slice=made_from)  # the page tells of the tables too, which are the program's
        addresses = list(self._addresses())
        yield Product(
            name="sitemap.xml", slice=addresses, make=_writing(lambda: iter(sitemaps(site.config, addresses).items()))
        )

    def find(self, path: str) -> Product | None:
        """The product that makes the file at `path`; None when there is no such file, or a closing one makes it."""
        plain = path.removeprefix(FOLDER)
        folder = "/".join(plain.split("/")[:2]) + "/"
        if folder in self._many:
            return self._many[folder]()
        section = plain.split("/")[0]
        single = self._pages_of(section) if plain.endswith(".html") else self._single
        return single.get(plain) or single.get(section + "/")

    @functools.cached_property
    def _many(self) -> Mapping[str, Callable[[], Product]]:
        """Products of which there are too many to look at them all, by their folder."""
        found: dict[str, Callable[[], Product]] = {}
        found.update((item.path, functools.partial(self._notice, item)) for item in self.site.notices)
        found.update((unit.path, functools.partial(self._unit, unit)) for unit in self.site.units)
        found.update((item.path, functools.partial(self._withdrawn, item)) for item in self.site.withdrawn)
        found.update((f"units/{one[0].id}/", functools.partial(self._former, *one)) for one in former_units(self.site))
        return found

    @functools.cached_property
    def _single(self) -> dict[str, Product]:
        """What is no page, by each of its paths."""
        products = (*self.long(), *self._listings(), *self._fixed())
        return {path: product for product in products for path in (product.name, *product.others)}

    @functools.cache  # noqa: B019 - a plan lives as long as what it plans
    def _pages_of(self, section: str) -> dict[str, Product]:
        return {product.name: product for product in self._lists(section)}

    # ------------------------------------------------------------------------------------------------------ pages

    def _page(self, page: Page, json_ld: Mapping[str, object] | None = None) -> Product:
        return Product(
            name=page.path,
            others=(FOLDER + page.path,) if self._has_twin(page.path) else (),
            slice=(page, self.site.as_of),
            make=_writing(lambda: self._html(page, json_ld)),
        )

    def _has_twin(self, path: str) -> bool:
        return self.site.config.traditional and has_edition(path)

    def _html(self, page: Page, json_ld: Mapping[str, object] | None = None) -> Files:
        root = urlsplit(self.site.config.base_url).path if page.path == "404.html" else page.root
        yield page.path, self._renderer.page(page, root, json_ld).encode()
        if self._has_twin(page.path):
            yield FOLDER + page.path, self._renderer.traditional(page).encode()

    def _lists(self, section: str | None = None) -> Iterator[Product]:
        home = site_json_ld(self.site.config)
        for page in list_pages(self.site, self._frame.contents, section):
            yield self._page(page, home if page.path == "index.html" else None)

    def _notice(self, item: SiteNotice) -> Product:
        site = self.site
        source = self._source(item)
        deadlines = site.deadlines_of[item.notice.id]
        return Product(
            name=item.path,
            others=(FOLDER + item.path,) if self._has_twin(item.path + "index.html") else (),
            slice=(
                item,
                site.unit_of[item.notice.unit.id],
                deadlines,
                site.as_of if deadlines else None,
                digest_of_files([("", source)]) if source else None,
            ),
            make=_writing(lambda: self._notice_files(item, source)),
        )

    def _notice_files(self, item: SiteNotice, source: Path | None) -> Files:
        topics = {issue.anchor: issue.topics for issue in item.issues}
        yield from self._html(notice_page(self.site, item), json_ld=notice_json_ld(self.site.config, item))
        yield item.path + "notice.json", to_json(record_of(item.notice, topics))
        yield item.path + "notice.txt", file_of_words(item.notice)
        if source:
            yield f"{item.path}source/{source.name}", source.read_bytes()

    def _source(self, item: SiteNotice) -> Path | None:
        """The file that the notice came as, when the site publishes those."""
        if not self.site.config.publish_sources or item.notice.redactions:  # a source shows what the masks hide
            return None
        return source_file(self._frame.folder, item.notice)

    def _unit(self, unit: SiteUnit) -> Product:
        deadlines = [deadline for item in unit.notices for deadline in self.site.deadlines_of[item.notice.id]]
        return Product(
            name=unit.path,
            others=(FOLDER + unit.path,) if self._has_twin(unit.path + "index.html") else (),
            slice=(unit, deadlines, self.site.as_of, self._withdrawn_of.get(unit.unit.id, ())),
            make=_writing(lambda: self._unit_files(unit)),
        )

    @functools.cached_property
    def _withdrawn_of(self) -> Mapping[str, tuple[SiteNotice, ...]]:
        """By the unit's id."""
        found: dict[str, tuple[SiteNotice, ...]] = {}
        for item in self.site.withdrawn:
            found[item.notice.unit.id] = (*found.get(item.notice.unit.id, ()), item)
        return found

    def _unit_files(self, unit: SiteUnit) -> Files:
        site = self.site
        for page in unit_pages(site, unit):
            yield from self._html(page)
        yield from self._listing_files(unit_listing(unit, self._withdrawn_of.get(unit.unit.id, ())))
        if unit.contact:
            yield unit.path + "contact.vcf", vcard(site.config, unit)
        deadlines = [deadline for item in unit.notices for deadline in site.deadlines_of[item.notice.id]]
        if deadlines:
            name = f"{unit.unit.name}整改期限"
            yield unit.path + "deadlines.ics", calendar(site.config, name, deadlines, site.as_of)

    def _withdrawn(self, item: SiteNotice) -> Product:
        return Product(
            name=item.path,
            others=(FOLDER + item.path,) if self._has_twin(item.path + "index.html") else (),
            slice=(item, item.notice.unit.id in self.site.unit_of),
            make=_writing(lambda: self._withdrawn_files(item)),
        )

    def _withdrawn_files(self, item: SiteNotice) -> Files:
        yield from self._html(withdrawn_page(self.site, item))
        yield item.path + "notice.json", to_json(record_of(item.notice))
        yield item.path + "notice.txt", "本通报已撤下。\n".encode()

    def _former(self, unit: Unit, withdrawn: tuple[SiteNotice, ...]) -> Product:
        """What stands at the address of a unit all of whose notices were withdrawn."""
        page, listing = former_unit_page(self.site, unit, withdrawn), former_listing(unit, withdrawn)
        folder = listing.folder

        def files() -> Files:
            yield from self._html(page)
            yield folder + "feed.xml", atom(self.site.config, listing, self.site.as_of)

        twin = (FOLDER + folder,) if self._has_twin(page.path) else ()
        return Product(name=folder, others=twin, slice=(withdrawn, self.site.as_of), make=_writing(files))

    # --------------------------------------------------------------------------------------------- feeds and data

    def _listings(self) -> Iterator[Product]:
        site = self.site
        for number, listing in enumerate(listings(site)):
            if number == 0:
                yield _product(
                    "feed.xml",
                    (listing.rows, listing.news, site.as_of),
                    functools.partial(atom, site.config, listing, site.as_of, "feed.xml"),
                )
            yield Product(
                name=listing.folder + "feed.xml",
                others=(listing.folder + "list.json",),
                slice=(listing.title, listing.rows, listing.news, site.as_of),
                make=_writing(functools.partial(self._listing_files, listing)),
            )
        yield _product(
            "deadlines/deadlines.ics",
            (site.deadlines, site.as_of),
            lambda: calendar(site.config, f"{site.config.name}整改期限", site.deadlines, site.as_of),
        )
        figures = {STATUS_NAMES[status]: count for status, count in site.figures.items()}
        progress = {
            "as_of": site.as_of.isoformat() if site.as_of else None,
            "notices": len(site.notices),
            "figures": figures,
        }
        yield _product("progress/list.json", progress, lambda: to_json(progress))

    def _listing_files(self, listing: Listing[Any]) -> Files:
        config, as_of = self.site.config, self.site.as_of
        yield listing.folder + "feed.xml", atom(config, listing, as_of)
        yield listing.folder + "list.json", list_json(config, listing, as_of)

    def long(self) -> Iterator[Product]:
        """The search index and the open data: what is made from every word of the site."""
        site = self.site
        yield Product(name="search/", slice=site, make=_writing(self._search_files), is_long=True)
        yield Product(name=DATA_FILES[0], others=DATA_FILES[1:], slice=site, make=self._write_data, is_long=True)

    def _write_data(self, staging: Staging) -> Iterator[Written]:
        for name in write_data(self.site, staging.folder / "data"):
            yield staging.adopt(f"data/{name}")

    def _search_files(self) -> Files:
        return ((f"search/{path}", data) for path, data in write_index(groups_of(self.site)))

    # ------------------------------------------------------------------------------------------------------ fixed

    def _fixed(self) -> Iterator[Product]:
        config = self.site.config
        yield _product("robots.txt", None, lambda: robots(config))
        yield _product("opensearch.xml", None, lambda: opensearch(config))
        yield _product("data/schema/notice-v1.json", None, lambda: _pretty(notice_schema()))
        for table in TABLES:
            yield _product(f"data/schema/{table.name}-v1.json", None, functools.partial(_pretty, table_schema(table)))
        for name, path in _assets(self._frame.templates).items():
            yield _product(name, digest_of_files([(name, path)]), path.read_bytes)

    def _addresses(self) -> Iterator[Address]:
        """The pages of the site map with the date of what they show: a list changes with the newest notice."""
        site = self.site
        newest = site.notices[0].notice.published if site.notices else None
        pages = dict[str, PartialDate | None]()
        for page in list_pages(site, self._frame.contents):
            pages[page.path] = None if page.path.startswith(("pages/", "search/")) else newest
        pages |= {item.path + "index.html": item.changed for item in site.notices}
        pages |= {path: unit.notices[0].notice.published for unit in site.units for path in unit_paths(site, unit)}
        for path in [*sorted(path for path in pages if path.endswith("index.html")), "data/index.html"]:
            yield Address(path=path, changed=pages.get(path, newest))


def _product(name: str, value: object, make: Callable[[], bytes]) -> Product:
    """A product of one file."""
    return Product(name=name, slice=value, make=_writing(lambda: iter([(name, make())])))


def _writing(files: Callable[[], Files]) -> Callable[[Staging], Iterator[Written]]:
    """How a product is made whose files are small enough to be whole before they are written."""
    return lambda staging: (staging.put(path, data) for path, data in files())


def _pretty(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _assets(folders: Iterable[Path]) -> dict[str, Path]:
    """The assets by their path in the output: a site's own stand before the shipped ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                found.setdefault(path.relative_to(folder).as_posix(), path)
    return found


def _templates(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every template, with a name that says which folder it stands in."""
    for number, folder in enumerate(folders):
        for path in sorted(folder.glob("*.html")):
            yield f"{number}/{path.name}", path
