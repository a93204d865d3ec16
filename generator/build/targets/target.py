"""A target: a few files made from one part of the site, its inputs, and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.base.staging import Staging, Written
from generator.build.load import Frame
from generator.build.made import Made
from generator.data.feeds import Listing, atom, rows_json
from generator.pages.page import Page
from generator.render.renderer import Renderer
from generator.render.traditional import FOLDER, has_edition
from generator.site.model import Site

Files = Iterator[tuple[str, bytes]]
"""Paths and bytes."""


class Updated(NamedTuple):
    """A file of a target that is made file by file."""

    file: Written
    note: str
    """What is to be known of it the next time."""
    is_made: bool
    """Whether it was made, and not taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Files that are made together."""

    name: str
    """The path of its first file; of a target that has a folder for itself that folder, ending in `/`."""
    inputs: object
    """All that it is made from, beside what is common to all targets; or what gives it, asked where it is made."""
    make: Callable[[Staging], Iterator[Written]]
    others: tuple[str, ...] = ()
    """Paths of its further files."""
    update: Callable[[Staging, Made], Iterator[Updated]] | None = None
    """How it is made where many of its files are what they were: the others alone."""


def file_target(name: str, value: object, make: Callable[[], bytes]) -> Target:
    """A target of one file."""
    return Target(name=name, inputs=value, make=writing(lambda: iter([(name, make())])))


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSection:
    """Targets that are planned together, by whoever makes them: there are ten for each notice."""

    name: str
    plan: Callable[[], Iterator[Target]]
    made_from: str = ""
    """The hash of all that any of them may show: where it is as it was, they are as they were, and none is planned.
    Empty: that must be asked of each."""

    def only(self, target: Target) -> TargetSection:
        """One of them alone."""
        return TargetSection(name=self.name, plan=lambda: iter((target,)))


def alone(target: Target) -> TargetSection:
    """A target that is a section by itself."""
    return TargetSection(name=target.name, plan=lambda: iter((target,)))


def writing(files: Callable[[], Files]) -> Callable[[Staging], Iterator[Written]]:
    """How a target is made whose files are small enough to be whole before they are written."""
    return lambda staging: (staging.put(path, data) for path, data in files())


def pretty(value: object) -> bytes:
    """A value as JSON for people to read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildContext:
    """What the files of a site are made with."""

    site: Site
    frame: Frame
    renderer: Renderer
    has_same: bool = True
    """Whether issues like others are looked for: a preview, which shows one notice of ten thousand, does without."""

    def page(self, page: Page, json_ld: Mapping[str, object] | None = None) -> Target:
        """The target of a page."""
        return Target(
            name=page.path,
            others=self.twin(page.path),
            inputs=(page, self.site.as_of),
            make=writing(lambda: self.html(page, json_ld)),
        )

    def twin(self, path: str, page: str = "") -> tuple[str, ...]:
        """Where the 繁體 edition of a page, or of the folder that it is in, stands: one path or none."""
        return (FOLDER + path,) if self.site.config.traditional and has_edition(path + page) else ()

    def html(self, page: Page, json_ld: Mapping[str, object] | None = None) -> Files:
        """The files of a page."""
        root = urlsplit(self.site.config.base_url).path if page.path == "404.html" else page.root
        yield page.path, self.renderer.page(page, root, json_ld).encode()
        for path in self.twin(page.path):
            yield path, self.renderer.traditional(page).encode()

    def listing(self, listing: Listing[Any]) -> Files:
        """The feed of a list, and its JSON if it has one."""
        yield listing.folder + "feed.xml", atom(self.site.config, listing, self.site.as_of)
        if listing.has_json:
            yield listing.folder + "list.json", rows_json(self.site.config, listing, self.site.as_of)
