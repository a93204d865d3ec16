"""What a build makes, in order, and what each product is known by."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.files import Written
from generator.base.layout import digest_of_files, digest_of_program
from generator.build.fingerprint import digest
from generator.build.load import Gathered
from generator.build.targets.base import Press, Product
from generator.build.targets.fixed import fixed
from generator.build.targets.own import OwnFolders
from generator.build.targets.shared import closing, feeds, lists, long_ones
from generator.pages.plan import record_links
from generator.render.renderer import Renderer
from generator.render.traditional import FOLDER


class Plan:
    """Everything that a site publishes, as products. To look at it costs little: nothing is made until it is asked."""

    def __init__(self, gathered: Gathered, *, preview: bool = False) -> None:
        frame, site = gathered.frame, gathered.site
        records = tuple(record_links(site))
        renderer = Renderer(site.config, frame.templates, frame.contents, site.as_of, records=records, preview=preview)
        self._press = Press(site=site, frame=frame, renderer=renderer, has_same=not preview)
        self._own = OwnFolders(self._press)
        self._common = digest(
            digest_of_program(),
            digest_of_files(_templates(frame.templates)),
            frame.config,
            frame.rules.topics,
            [(content.path, content.title) for content in frame.contents],
            records,
            preview,
        )

    def key(self, product: Product) -> str:
        """The hash of everything that the product is made from."""
        return digest(self._common, product.name, product.slice)

    def products(self) -> list[Product]:
        """All but the closing ones, the long ones first. Raises DiscloseError when two want the same address."""
        products, names = list(self._all()), set[str]()
        for product in products:
            if product.name in names:
                raise DiscloseError(
                    f"{product.name}: two things of the site have this address. Give a content page another file name, "
                    "or a notice another id."
                )
            names.add(product.name)
        return products

    def _all(self) -> Iterator[Product]:
        yield from self.long_ones()
        yield from feeds(self._press)
        yield from self._lists
        yield from (product() for product in self._own.by_folder.values())
        yield from fixed(self._press)

    def long_ones(self) -> Iterator[Product]:
        """The search index and the open data."""
        return long_ones(self._press)

    def closing(self, written: Iterable[Written]) -> Iterator[Product]:
        """What speaks of the files that were `written`."""
        return closing(self._press, [product.name for product in self._lists], written)

    def find(self, path: str) -> Product | None:
        """The product that makes the file at `path`; None when there is no such file, or a closing one makes it."""
        plain = path.removeprefix(FOLDER)
        first, *rest = plain.split("/")
        if rest and (product := self._own.by_folder.get(f"{first}/{rest[0]}/")):
            return product()
        found = self._pages_of(first) if plain.endswith(".html") else self._no_pages
        return found.get(plain) or found.get(first + "/")

    @functools.cached_property
    def _lists(self) -> tuple[Product, ...]:
        return tuple(lists(self._press))

    @functools.cached_property
    def _no_pages(self) -> dict[str, Product]:
        products = (*self.long_ones(), *feeds(self._press), *fixed(self._press))
        return {path: product for product in products for path in (product.name, *product.others)}

    @functools.cache  # noqa: B019 - a plan lives as long as what it plans
    def _pages_of(self, section: str) -> dict[str, Product]:
        return {product.name: product for product in lists(self._press, section)}


def _templates(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every template, with a name that says which folder it stands in."""
    for number, folder in enumerate(folders):
        for path in sorted(folder.glob("*.html")):
            yield f"{number}/{path.name}", path
