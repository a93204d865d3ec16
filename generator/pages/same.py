"""The same again (同类问题): what earlier rounds found at the unit, and how other units answered an issue like it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.page import Link, Page, column_link, region_crumb
from generator.site.changes import IssueMention
from generator.site.model import Site, SiteIssue, SiteNotice
from generator.site.same import Alike, earlier, same_of

SAME = "same/index.html"
"""The path of the page of a notice, from its folder on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameRow:
    """An issue with those like it."""

    issue: SiteIssue
    before: tuple[IssueMention, ...]
    """以前查出过: the same title in earlier inspections of the unit, the earliest first."""
    alike: tuple[Alike, ...]
    """别处怎样改: of other units, the nearest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePage:
    """The value of `same.html`."""

    item: SiteNotice
    rows: tuple[SameRow, ...]


def same_rows(site: Site, item: SiteNotice) -> tuple[SameRow, ...]:
    """The issues of a notice that have any like them."""
    alike = same_of(site).elsewhere(item)
    before = earlier(site.unit_of[item.notice.unit.id], item)
    return tuple(
        SameRow(issue=one, before=before.get(one.anchor, ()), alike=alike.get(one.anchor, ()))
        for one in item.issues
        if one.anchor in alike or one.anchor in before
    )


def said_of_same(site: Site, item: SiteNotice) -> object:
    """All that the page of `same_rows` shows, the words of the others, too; it costs less than these rows."""
    alike = [
        (number, [other.brief.words[at] for _, other, at in others]) for number, others in same_of(site).like(item)
    ]
    before = earlier(site.unit_of[item.notice.unit.id], item)
    words = [
        (anchor, [one.item.brief.words[one.issue.number - 1] for one in found]) for anchor, found in before.items()
    ]
    return alike, words


def same_page(site: Site, item: SiteNotice, rows: tuple[SameRow, ...]) -> Page:
    """The page beside a notice that sets its issues and those like them side by side."""
    unit = site.unit_of[item.notice.unit.id]
    return Page(
        path=item.path + SAME,
        template="same.html",
        name="同类问题",
        column="notices",
        value=SamePage(item=item, rows=rows),
        crumbs=(
            column_link(site.config, "notices"),
            *region_crumb(unit),
            Link(href=item.path + "index.html", text="正文"),
        ),
        description=f"{item.notice.unit.name}的问题，以前查出过没有，别处怎样改",
    )
