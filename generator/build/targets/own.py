"""Targets with a folder of their own: a notice, a unit, and what is left of those that were withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from generator.base.layout import SOURCES, digest_of_files, source_file
from generator.build.fingerprint import Whole
from generator.build.state import NEVER, stamps_of
from generator.build.targets.target import BuildContext, Files, Target, TargetSection, writing
from generator.content.record import record_of
from generator.data.catalogue import notice_json_ld
from generator.data.feeds import atom, former_listing, unit_listing
from generator.data.formats import to_json
from generator.data.vcard_ical import calendar, vcard
from generator.model.notice import Unit
from generator.pages.notice_page import courses_of, file_of_words, notice_page
from generator.pages.same import said_of_same, same_page, same_rows
from generator.pages.units_and_regions import unit_pages
from generator.pages.withdrawn import former_unit_page, former_units, withdrawn_page
from generator.site.elsewhere import Elsewhere
from generator.site.model import SiteNotice, SiteUnit, joined
from generator.site.same import same_of

_INDEX = "index.html"
UNITS = "units/"
"""What the sections of units begin with."""
_NO_UNIT = "withdrawn:"
"""The section of what is left of notices that were withdrawn."""


class OwnFolders:
    """The targets of all notices and units, each made when it is called: there may be tens of thousands."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._site = context.site

    @cached_property
    def by_folder(self) -> Mapping[str, Callable[[], Target]]:
        """Folder → its target."""
        site, found = self._site, dict[str, Callable[[], Target]]()
        found.update((item.path, partial(self._notice, item)) for item in site.notices)
        found.update((unit.path, partial(self._unit, unit)) for unit in site.units)
        found.update((item.path, partial(self._withdrawn, item)) for item in site.withdrawn)
        found.update((f"units/{unit.id}/", partial(self._former, unit, items)) for unit, items in former_units(site))
        return found

    def sections(self, common: str) -> Iterator[TargetSection]:
        """Each unit with its notices; `common` is the hash of what all targets are made from."""
        site = self._site
        same = same_of(site) if self._context.has_same else None
        for unit in site.units:
            withdrawn = (item.digest for item in self._withdrawn_of.get(unit.unit.id, ()))
            alike = (same.told(item) for item in unit.notices) if same else ()
            stamps = list(map(self._stamp_of_source, unit.notices))
            told = (common, str(site.as_of), unit.digest, *withdrawn, "", *alike, "", *map(str, stamps))
            made_from = "" if None in stamps else joined(unit.unit.id, told)
            yield TargetSection(name=unit.path, plan=partial(self._of_unit, unit), made_from=made_from)
        yield TargetSection(name=_NO_UNIT, plan=self._of_no_unit)

    def _of_unit(self, unit: SiteUnit) -> Iterator[Target]:
        yield self._unit(unit)
        yield from map(self._notice, unit.notices)

    def _of_no_unit(self) -> Iterator[Target]:
        yield from map(self._withdrawn, self._site.withdrawn)
        yield from (self._former(*one) for one in former_units(self._site))

    def _stamp_of_source(self, item: SiteNotice) -> object:
        """What tells without reading it that the source of a notice is the same; None: nothing can."""
        source = self._source(item)
        if source is None:
            return ""
        stamp = stamps_of([("", str(source))])[""]
        return None if stamp == NEVER else stamp

    # ---------------------------------------------------------------------------------------------------- notices

    def _notice(self, item: SiteNotice) -> Target:
        return Target(
            name=item.path,
            others=self._context.twin(item.path, _INDEX),
            inputs=partial(self._notice_inputs, item),
            make=writing(lambda: self._notice_files(item)),
        )

    def _notice_inputs(self, item: SiteNotice) -> object:
        site = self._site
        source, deadlines = self._source(item), site.deadlines_of[item.notice.id]
        return (
            Whole(item),
            site.unit_of[item.notice.unit.id],
            deadlines,
            site.as_of if deadlines else None,
            digest_of_files([("", source)]) if source else None,
            courses_of(site, item),
            said_of_same(site, item) if self._context.has_same else (),
        )

    def _notice_files(self, item: SiteNotice) -> Files:
        same = same_rows(self._site, item) if self._context.has_same else ()
        topics = {issue.anchor: issue.topics for issue in item.issues}
        yield from self._context.html(notice_page(self._site, item, same), notice_json_ld(self._site.config, item))
        if same:
            yield from self._context.html(same_page(self._site, item, same))
        yield item.path + "notice.json", to_json(record_of(item.notice, topics))
        yield item.path + "notice.txt", file_of_words(item.notice)
        if source := self._source(item):
            yield f"{item.path}source/{item.notice.source.file}", source.read_bytes()

    def _source(self, item: SiteNotice) -> Path | None:
        """The file that the notice came as, when it is published."""
        if not self._has_sources:
            return None
        return source_file(self._context.frame.folder, item.notice.id, item.source_file)

    def _withdrawn(self, item: SiteNotice) -> Target:
        return Target(
            name=item.path,
            others=self._context.twin(item.path, _INDEX),
            inputs=(Whole(item), item.notice.unit.id in self._site.unit_of),
            make=writing(lambda: self._withdrawn_files(item)),
        )

    def _withdrawn_files(self, item: SiteNotice) -> Files:
        yield from self._context.html(withdrawn_page(self._site, item))
        yield item.path + "notice.json", to_json(record_of(item.notice))
        yield item.path + "notice.txt", "本通报已撤下。\n".encode()

    # ------------------------------------------------------------------------------------------------------ units

    def _unit(self, unit: SiteUnit) -> Target:
        withdrawn = self._withdrawn_of.get(unit.unit.id, ())
        return Target(
            name=unit.path,
            others=self._context.twin(unit.path, _INDEX),
            inputs=(unit, [Elsewhere(item) for item in unit.notices], self._site.as_of, withdrawn),
            make=writing(lambda: self._unit_files(unit, withdrawn)),
        )

    def _unit_files(self, unit: SiteUnit, withdrawn: tuple[SiteNotice, ...]) -> Files:
        site = self._site
        deadlines = [deadline for item in unit.notices for deadline in site.deadlines_of[item.notice.id]]
        for page in unit_pages(site, unit):
            yield from self._context.html(page)
        yield from self._context.listing(unit_listing(site, unit, withdrawn))
        if unit.contact:
            yield unit.path + "contact.vcf", vcard(site.config, unit)
        if deadlines:
            name = f"{unit.unit.name}整改期限"
            yield unit.path + "deadlines.ics", calendar(site.config, name, deadlines, site.as_of)

    @cached_property
    def _has_sources(self) -> bool:
        return (self._context.frame.folder / SOURCES).is_dir()

    @cached_property
    def _withdrawn_of(self) -> Mapping[str, tuple[SiteNotice, ...]]:
        """By the unit's id."""
        found: dict[str, tuple[SiteNotice, ...]] = {}
        for item in self._site.withdrawn:
            found[item.notice.unit.id] = (*found.get(item.notice.unit.id, ()), item)
        return found

    def _former(self, unit: Unit, withdrawn: tuple[SiteNotice, ...]) -> Target:
        """What is at the address of a unit all of whose notices were withdrawn."""
        listing = former_listing(unit, withdrawn)

        def files() -> Files:
            yield from self._context.html(former_unit_page(self._site, unit, withdrawn))
            yield listing.folder + "feed.xml", atom(self._site.config, listing, self._site.as_of)

        return Target(
            name=listing.folder,
            others=self._context.twin(listing.folder, _INDEX),
            inputs=(withdrawn, self._site.as_of),
            make=writing(files),
        )
