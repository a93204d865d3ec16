"""What every page has, whatever it shows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from generator.content.config import Config
from generator.model.notice import PartialDate
from generator.site.model import NO_REGION, SiteUnit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link inside the site."""

    href: str
    """Relative to the site's root."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTags:
    """内容页标签: page labels of a page that is an article."""

    title: str
    date: PartialDate | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One output path, its template and its one documented value."""

    path: str
    """Relative to the site's root, ends in `.html`."""
    template: str
    name: str
    """The page's own name: first part of its title and last step of its breadcrumb."""
    column: str
    """Which of `Columns` it belongs to."""
    value: object
    """What the template shows, as `v`."""
    crumbs: tuple[Link, ...] = ()
    """Steps between the home page and this page."""
    description: str = ""
    keywords: tuple[str, ...] = ()
    article: ArticleTags | None = None
    feed: str | None = None
    """Path of its Atom feed."""
    data: str | None = None
    """Path of its JSON."""
    is_listed: bool = True
    """Whether site maps and search engines may list it."""
    is_whole: bool = False
    """Whether it shows texts whole, however long they are; a list shows how they begin."""

    @property
    def root(self) -> str:
        """What leads from the page to the site's root: empty or `../` repeated."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where a page is among those of a long list."""

    number: int
    count: int
    total: int
    """Rows of the whole list."""
    folder: str
    """The list's folder, ending in `/`."""
    from_oldest: bool = False
    """Whether addresses are counted from the last page on: the last one is `page-2`."""

    def path(self, number: int) -> str:
        """The path of the page of that number."""
        if number == 1:
            return self.folder + "index.html"
        return f"{self.folder}page-{self.count + 2 - number if self.from_oldest else number}/index.html"

    @property
    def around(self) -> tuple[int | None, ...]:
        """The numbers to show: first, last, this one and its neighbours; None where some are left out."""
        near = sorted({1, self.count, *range(max(1, self.number - 2), min(self.count, self.number + 2) + 1)})
        shown: list[int | None] = []
        for number in near:
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return tuple(shown)


def paged(rows: Sequence[T], size: int, folder: str) -> Iterator[tuple[Pager, Sequence[T]]]:
    """The rows in pages of `size`; one empty page when there are none."""
    count = max(1, -(-len(rows) // size))
    for number in range(1, count + 1):
        yield (
            Pager(number=number, count=count, total=len(rows), folder=folder),
            rows[(number - 1) * size : number * size],
        )


def paged_from_oldest(rows: Sequence[T], size: int, folder: str) -> Iterator[tuple[Pager, Sequence[T]]]:
    """The rows in pages of `size`, filled from the last row on; the first has half as many more or less.

    So a page keeps its rows and its address when rows come at the head of the list. One empty page when there are none.
    """
    count = max(1, (len(rows) + size // 2) // size)
    end = len(rows) - (count - 1) * size
    for number, at in enumerate((0, *range(end, len(rows), size)), 1):
        pager = Pager(number=number, count=count, total=len(rows), folder=folder, from_oldest=True)
        yield pager, rows[at : end if number == 1 else at + size]


def paged_whole(groups: Sequence[Sequence[T]], size: int, folder: str) -> Iterator[tuple[Pager, Sequence[T]]]:
    """The rows of groups in pages of about `size`: no group is cut, and one longer than a page has one for itself."""
    pages: list[list[T]] = [[]]
    for group in groups:
        if pages[-1] and len(pages[-1]) + len(group) > size:
            pages.append([])
        pages[-1].extend(group)
    total = sum(map(len, pages))
    for number, rows in enumerate(pages, 1):
        yield Pager(number=number, count=len(pages), total=total, folder=folder), rows


NAVIGATION: tuple[tuple[str, str], ...] = (
    ("home", "index.html"),
    ("notices", "notices/index.html"),
    ("issues", "issues/index.html"),
    ("units", "units/index.html"),
    ("deadlines", "deadlines/index.html"),
    ("progress", "progress/index.html"),
    ("contacts", "contacts/index.html"),
    ("search", "search/index.html"),
)
"""Column and the page that opens it, in the order of the navigation."""


def column_link(config: Config, column: str) -> Link:
    """The link to the page that opens a column."""
    return Link(href=f"{column}/index.html", text=getattr(config.columns, column))


def region_crumb(unit: SiteUnit) -> tuple[Link, ...]:
    """The step of the breadcrumb that leads to the unit's region; none when the region is not known."""
    region = unit.unit.region
    known = unit.region_code != NO_REGION
    return (Link(href=f"regions/{unit.region_code}/index.html", text=region.name),) if region and known else ()


def numbered(name: str, pager: Pager) -> str:
    """The name of a list's page; from the second on with its number."""
    return name if pager.number == 1 else f"{name}（第 {pager.number} 页）"


def list_page(
    pager: Pager,
    *,
    template: str,
    name: str,
    column: str,
    value: object,
    description: str,
    crumbs: tuple[Link, ...] = (),
    feeds: str | None = None,
    has_json: bool = True,
    list_folder: str | None = None,
) -> Page:
    """A page of a list; its feed is in the list's folder or in that of `feeds`, its JSON, if it has one, in the list's.

    `list_folder` is that of the list when the page is of a part of it.
    """
    folder = list_folder or pager.folder
    return Page(
        path=pager.path(pager.number),
        template=template,
        name=numbered(name, pager),
        column=column,
        value=value,
        crumbs=crumbs,
        description=description,
        feed=(feeds or folder) + "feed.xml",
        data=folder + "list.json" if has_json else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[T]):
    """Rows under one heading."""

    title: str
    rows: tuple[T, ...]
    key: str = ""
    about: str = ""


def sections(rows: Iterable[T], key: Callable[[T], Hashable], title: Callable[[T], str]) -> tuple[Section[T], ...]:
    """Rows that follow each other with the same key, as sections."""
    found = []
    for value, same in groupby(rows, key=key):
        group = tuple(same)
        found.append(Section(title=title(group[0]), rows=group, key=str(value)))
    return tuple(found)
