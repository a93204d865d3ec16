"""Pages that list notices, contacts and deadlines. Every row has a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.charts import DEADLINE_WORDS
from generator.pages.base import Link, Page, Pager, Section, column_link, list_page, paged, sections
from generator.pinyin import initial
from generator.site import (
    Site,
    SiteDeadline,
    SiteNotice,
    SiteUnit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """The value of `notices.html`."""

    sections: tuple[Section[SiteNotice], ...]
    """By year."""
    pager: Pager
    years: tuple[tuple[Link, int], ...]
    year: int | None
    """The year whose notices these are; None: all."""


def notice_lists(site: Site) -> Iterator[Page]:
    """All notices, and those of each year."""
    years: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        if item.year:
            years.setdefault(item.year, []).append(item)
    links = tuple(
        (Link(href=f"notices/year/{year}/index.html", text=f"{year}年"), len(items)) for year, items in years.items()
    )
    yield from _notice_list(site, site.notices, None, links)
    for year, items in years.items():
        yield from _notice_list(site, items, year, links)


def _notice_list(
    site: Site, items: Sequence[SiteNotice], year: int | None, years: tuple[tuple[Link, int], ...]
) -> Iterator[Page]:
    folder = f"notices/year/{year}/" if year else "notices/"
    name = f"{year}年整改通报" if year else "整改通报"
    for pager, rows in paged(items, site.config.page_size, folder):
        by_year = sections(rows, lambda item: item.year, lambda item: f"{item.year}年" if item.year else "日期未载明")
        yield list_page(
            pager,
            template="notices.html",
            name=name,
            column="notices",
            value=NoticeList(sections=by_year, pager=pager, years=years, year=year),
            crumbs=(column_link(site.config, "notices"),) if year else (),
            description="巡察整改情况通报，按通报日期由新到旧",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """The value of `contacts.html`."""

    sections: tuple[Section[SiteUnit], ...]
    """By the first letter of the pinyin."""
    pager: Pager
    letters: tuple[Link, ...]
    """Where each letter begins."""
    without: int
    """Units whose notices give no contact at all."""


def contact_lists(site: Site) -> Iterator[Page]:
    """The directory, from A to Z."""
    letters: dict[str, Link] = {}
    pages = list(paged(site.units, site.config.page_size, "contacts/"))
    without = sum(not unit.contact for unit in site.units)
    for pager, rows in pages:
        for unit in rows:
            letter = initial(unit.unit.name)
            letters.setdefault(letter, Link(href=f"{pager.path(pager.number)}#{_letter_id(letter)}", text=letter))
    for pager, rows in pages:
        yield list_page(
            pager,
            template="contacts.html",
            name="联系方式",
            column="contacts",
            value=ContactList(
                sections=tuple(
                    Section(title=part.title, rows=part.rows, key=_letter_id(part.title))
                    for part in sections(
                        rows, lambda unit: initial(unit.unit.name), lambda unit: initial(unit.unit.name)
                    )
                ),
                pager=pager,
                letters=tuple(letters.values()),
                without=without,
            ),
            description="各单位受理巡察整改意见建议的电话、邮箱和地址",
        )


def _letter_id(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isalpha() else "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineList:
    """The value of `deadlines.html`."""

    sections: tuple[Section[SiteDeadline], ...]
    """未到期, soonest first · 期限已过 · 已有后续通报, latest first."""
    pager: Pager
    counts: tuple[tuple[str, str, int], ...]
    """State, its words, how many."""


_ABOUT_STATE = {
    "due": "由近到远。",
    "over": "原定期限已过，本站未收录该单位的后续通报；不等于未完成。由近到远。",
    "answered": "原定期限已过，该单位此后又公布过通报，进展见后续通报。由近到远。",
}


def deadline_lists(site: Site) -> Iterator[Page]:
    """All deadlines by state. Without any deadline there is no such page but one that says so."""
    by_state = {state: [d for d in site.deadlines if d.state == state] for state in DEADLINE_WORDS}
    by_state["due"].reverse()
    rows = [deadline for state in DEADLINE_WORDS for deadline in by_state[state]]
    counts = tuple((state, words, len(by_state[state])) for state, words in DEADLINE_WORDS.items())
    for pager, some in paged(rows, site.config.page_size, "deadlines/"):
        yield list_page(
            pager,
            template="deadlines.html",
            name="整改期限",
            column="deadlines",
            value=DeadlineList(
                sections=tuple(
                    Section(title=part.title, rows=part.rows, key=part.key, about=_ABOUT_STATE[part.key])
                    for part in sections(some, lambda d: d.state, lambda d: DEADLINE_WORDS[d.state])
                ),
                pager=pager,
                counts=counts,
            ),
            description="通报写明的整改期限：未到期、期限已过未见后续通报的事项",
        )
