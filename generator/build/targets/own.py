"""Products with a folder of their own: a notice, a unit, and what is left of those that were withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from generator.base.layout import digest_of_files, source_file
from generator.build.targets.base import Files, Press, Product, writing
from generator.content.publication import published_source
from generator.content.record import record_of
from generator.data.cards import calendar, vcard
from generator.data.catalogue import notice_json_ld
from generator.data.feeds import atom, former_listing, unit_changes, unit_listing
from generator.data.formats import to_json
from generator.model.notice import Unit
from generator.pages.notice import file_of_words, notice_page
from generator.pages.places import unit_pages
from generator.pages.same import SameRow, same_page, same_rows
from generator.pages.withdrawn import former_unit_page, former_units, withdrawn_page
from generator.site.model import SiteDeadline, SiteNotice, SiteUnit

_INDEX = "index.html"


class OwnFolders:
    """The products of all notices and units, each made when it is called: there may be tens of thousands."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._site = press.site

    @cached_property
    def by_folder(self) -> Mapping[str, Callable[[], Product]]:
        """Folder → its product."""
        site, found = self._site, dict[str, Callable[[], Product]]()
        found.update((item.path, partial(self._notice, item)) for item in site.notices)
        found.update((unit.path, partial(self._unit, unit)) for unit in site.units)
        found.update((item.path, partial(self._withdrawn, item)) for item in site.withdrawn)
        found.update((f"units/{unit.id}/", partial(self._former, unit, items)) for unit, items in former_units(site))
        return found

    # ---------------------------------------------------------------------------------------------------- notices

    def _notice(self, item: SiteNotice) -> Product:
        site = self._site
        source, deadlines = self._source(item), site.deadlines_of[item.notice.id]
        same = same_rows(site, item) if self._press.has_same else ()
        return Product(
            name=item.path,
            others=self._press.twin(item.path, _INDEX),
            slice=(
                item,
                site.unit_of[item.notice.unit.id],
                deadlines,
                site.as_of if deadlines else None,
                digest_of_files([("", source)]) if source else None,
                same,
            ),
            make=writing(lambda: self._notice_files(item, source, same)),
        )

    def _notice_files(self, item: SiteNotice, source: Path | None, same: tuple[SameRow, ...]) -> Files:
        topics = {issue.anchor: issue.topics for issue in item.issues}
        yield from self._press.html(notice_page(self._site, item, same), notice_json_ld(self._site.config, item))
        if same:
            yield from self._press.html(same_page(self._site, item, same))
        yield item.path + "notice.json", to_json(record_of(item.notice, topics))
        yield item.path + "notice.txt", file_of_words(item.notice)
        if source:
            yield f"{item.path}source/{item.notice.source.file}", source.read_bytes()

    def _source(self, item: SiteNotice) -> Path | None:
        """The file that the notice came as, when the site publishes those."""
        if published_source(item.notice, self._site.config) is None:
            return None
        return source_file(self._press.frame.folder, item.notice.id, item.source_file)

    def _withdrawn(self, item: SiteNotice) -> Product:
        return Product(
            name=item.path,
            others=self._press.twin(item.path, _INDEX),
            slice=(item, item.notice.unit.id in self._site.unit_of),
            make=writing(lambda: self._withdrawn_files(item)),
        )

    def _withdrawn_files(self, item: SiteNotice) -> Files:
        yield from self._press.html(withdrawn_page(self._site, item))
        yield item.path + "notice.json", to_json(record_of(item.notice))
        yield item.path + "notice.txt", "本通报已撤下。\n".encode()

    # ------------------------------------------------------------------------------------------------------ units

    def _unit(self, unit: SiteUnit) -> Product:
        deadlines = [deadline for item in unit.notices for deadline in self._site.deadlines_of[item.notice.id]]
        withdrawn = self._withdrawn_of.get(unit.unit.id, ())
        return Product(
            name=unit.path,
            others=self._press.twin(unit.path, _INDEX),
            slice=(unit, deadlines, self._site.as_of, withdrawn),
            make=writing(lambda: self._unit_files(unit, deadlines, withdrawn)),
        )

    def _unit_files(
        self, unit: SiteUnit, deadlines: Sequence[SiteDeadline], withdrawn: tuple[SiteNotice, ...]
    ) -> Files:
        site = self._site
        for page in unit_pages(site, unit):
            yield from self._press.html(page)
        yield from self._press.listing(unit_listing(unit, withdrawn))
        changes = unit_changes(site, unit)
        if changes.rows:
            yield unit.path + "changes.xml", atom(site.config, changes, site.as_of, unit.path + "changes.xml")
        if unit.contact:
            yield unit.path + "contact.vcf", vcard(site.config, unit)
        if deadlines:
            name = f"{unit.unit.name}整改期限"
            yield unit.path + "deadlines.ics", calendar(site.config, name, deadlines, site.as_of)

    @cached_property
    def _withdrawn_of(self) -> Mapping[str, tuple[SiteNotice, ...]]:
        """By the unit's id."""
        found: dict[str, tuple[SiteNotice, ...]] = {}
        for item in self._site.withdrawn:
            found[item.notice.unit.id] = (*found.get(item.notice.unit.id, ()), item)
        return found

    def _former(self, unit: Unit, withdrawn: tuple[SiteNotice, ...]) -> Product:
        """What stands at the address of a unit all of whose notices were withdrawn."""
        listing = former_listing(unit, withdrawn)

        def files() -> Files:
            yield from self._press.html(former_unit_page(self._site, unit, withdrawn))
            yield listing.folder + "feed.xml", atom(self._site.config, listing, self._site.as_of)

        return Product(
            name=listing.folder,
            others=self._press.twin(listing.folder, _INDEX),
            slice=(withdrawn, self._site.as_of),
            make=writing(files),
        )
