"""What a build makes, in order, and what each target is known by."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from generator.base.layout import TEMPLATES, digest_of_files, digest_of_program
from generator.base.shipped import shipped
from generator.base.staging import Written
from generator.build.fingerprint import Whole, fingerprint
from generator.build.load import Gathered
from generator.build.targets.fixed import fixed
from generator.build.targets.open_data import data_and_its_page
from generator.build.targets.own import OwnFolders
from generator.build.targets.shared import FEEDS, long_ones, section_of, sections, site_map
from generator.build.targets.target import BuildContext, Target, TargetSection, alone
from generator.pages.list_pages import record_links
from generator.render.renderer import Renderer
from generator.render.traditional import FOLDER
from generator.site.elsewhere import Elsewhere

_FIXED = "fixed:"
"""The section of what no notice has a part in."""


class Plan:
    """Everything that a site publishes, as targets. To look at it costs little: nothing is made until it is asked."""

    def __init__(self, gathered: Gathered, *, preview: bool = False) -> None:
        frame, site = gathered.frame, gathered.site
        records = tuple(record_links(site))
        renderer = Renderer(site.config, frame.templates, frame.contents, site.as_of, records=records, preview=preview)
        self._context = BuildContext(site=site, frame=frame, renderer=renderer, has_same=not preview)
        self._own = OwnFolders(self._context)
        self._pages = dict[str, dict[str, Target]]()
        self._is_whole = not all(map(_is_of_program, _templates(frame.templates)))
        self._common = fingerprint(
            digest_of_program(),
            digest_of_files(_templates(frame.templates)),
            frame.config,
            frame.rules.topics,
            [(content.path, content.title) for content in frame.contents],
            records,
            preview,
        )

    def fingerprint(self, target: Target) -> str:
        """The hash of everything that the target is made from."""
        inputs = target.inputs() if callable(target.inputs) else target.inputs
        return fingerprint(self._common, target.name, inputs, is_whole=self._is_whole)

    @functools.cached_property
    def of_lists(self) -> str:
        """The hash of everything that any list, feed or calendar may show; the same hash, the same targets."""
        context = self._context
        items = [Elsewhere(item) for item in (*context.site.notices, *context.site.withdrawn)]
        seen = (items, context.site.as_of, context.frame.contents)
        return fingerprint(self._common, seen, is_whole=self._is_whole)

    @functools.cached_property
    def of_all(self) -> str:
        """The hash of everything that was read: with the same two plans make the same files."""
        site, contents = self._context.site, self._context.frame.contents
        notices = [(item.path, Whole(item)) for item in (*site.notices, *site.withdrawn)]
        return fingerprint(self._common, site.as_of, contents, notices)

    def parts(self) -> Iterator[TargetSection]:
        """All but the long ones and the closing ones."""
        yield from self.sections.values()
        yield from self._own.sections(self._common)
        yield TargetSection(name=_FIXED, plan=functools.partial(fixed, self._context))

    def part(self, name: str) -> TargetSection:
        """The one of that name."""
        return self._parts[name]

    @functools.cached_property
    def _parts(self) -> Mapping[str, TargetSection]:
        return {part.name: part for part in (*map(alone, self.long_ones()), *self.parts())}

    @functools.cached_property
    def sections(self) -> Mapping[str, TargetSection]:
        """All lists with their feeds and calendars, by the names of the sections."""
        return {section.name: section for section in sections(self._context, self.of_lists)}

    @functools.cached_property
    def listed(self) -> tuple[Target, ...]:
        """The targets of these."""
        return tuple(target for section in self.sections.values() for target in section.plan())

    def long_ones(self) -> Iterator[Target]:
        """The search index and the open data."""
        return long_ones(self._context)

    def closing(
        self, listed: Callable[[], Iterable[str]], beside: Iterable[str], data: Iterable[Written]
    ) -> Iterator[TargetSection]:
        """What speaks of what was made.

        `listed` gives the names of the lists, `beside` are the paths of the pages of like issues, `data` the files of
        the open data.
        """
        yield from map(alone, data_and_its_page(self._context, data))
        yield site_map(self._context, self.of_lists, listed, sorted(beside))

    def find(self, path: str) -> Target | None:
        """The target that makes the file at `path`; None when there is no such file, or a closing one makes it."""
        plain = path.removeprefix(FOLDER)
        first, *rest = plain.split("/")
        if rest and (target := self._own.by_folder.get(f"{first}/{rest[0]}/")):
            return target()
        if not plain.endswith(".html"):
            return self._no_pages.get(plain) or self._no_pages.get(first + "/")
        section = section_of(plain)
        if section not in self._pages:
            self._pages[section] = {target.name: target for target in self.sections[section].plan()}
        return self._pages[section].get(plain)

    @functools.cached_property
    def _no_pages(self) -> dict[str, Target]:
        targets = (*self.long_ones(), *self.sections[FEEDS].plan(), *fixed(self._context))
        return {path: target for target in targets for path in (target.name, *target.others)}


def _is_of_program(template: tuple[str, Path]) -> bool:
    """Whether a template is the program's: one that is the site's own may show any word on any page."""
    return template[1].is_relative_to(shipped(TEMPLATES))


def _templates(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every template, with a name that says which folder it is in."""
    for number, folder in enumerate(folders):
        for path in sorted(folder.glob("*.html")):
            yield f"{number}/{path.name}", path
