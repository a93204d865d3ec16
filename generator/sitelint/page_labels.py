"""网页标签: the page labels that inspections sample (GOV-SITE G-META)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from generator.sitelint.built import BuiltOutput, BuiltPage, Fault, PageFacts, line_of, target_of
from generator.sitelint.names import ARTICLE_PAGE, COLUMN_PAGE, EVERY_PAGE, ID_CODE, OPTIONAL, PUB_DATE

_NAMES = {name.lower(): name for name in (*EVERY_PAGE, *COLUMN_PAGE, *ARTICLE_PAGE, *OPTIONAL)}


def label_set(page: BuiltPage) -> Iterator[Fault]:
    """Every needed label occurs once, spelt exactly, with a real value on one line."""
    seen: Counter[str] = Counter()
    for meta in page.all("//meta[@name]"):
        name, value = meta.get("name", ""), meta.get("content", "")
        exact = _NAMES.get(name.lower())
        if exact is None:
            continue
        seen[exact] += 1
        if name != exact:
            yield Fault(f"the page label {exact} is spelt {name}", line_of(meta))
        if not value.strip():
            yield Fault(f"the page label {exact} is empty", line_of(meta))
        if "\n" in value or "\r" in value:
            yield Fault(f"the page label {exact} has a line break in it", line_of(meta))
        if "〔" in value and exact in EVERY_PAGE and exact != "SiteIDCode":
            yield Fault(f"the page label {exact} is the placeholder {value}", line_of(meta))
    for name in _needed(page):
        if not seen[name]:
            yield Fault(f"the page label {name} is missing")
    for name, count in seen.items():
        if count > 1:
            yield Fault(f"the page label {name} stands {count} times")


def _needed(page: BuiltPage) -> Iterator[str]:
    """A notice that prints no day of publication has no PubDate: none is invented."""
    yield from EVERY_PAGE
    for name in ARTICLE_PAGE if page.is_article else COLUMN_PAGE:
        if name != "PubDate" or len(page.shown_date) == len("2025-11-28"):
            yield name


def id_code(page: BuiltPage) -> Iterator[Fault]:
    """SiteIDCode is `bm` and 8 digits, or 10 digits."""
    for value in page.labels("SiteIDCode"):
        if value.strip() and not re.fullmatch(ID_CODE, value, re.ASCII):
            yield Fault(f"SiteIDCode “{value}” is no 政府网站标识码")


def pub_date_form(page: BuiltPage) -> Iterator[Fault]:
    """PubDate is `YYYY-MM-DD HH:MM`."""
    for value in page.labels("PubDate"):
        if value.strip() and not re.fullmatch(PUB_DATE, value, re.ASCII):
            yield Fault(f"PubDate “{value}” is not of the form 2025-11-28 00:00")


def pub_date_shown(page: BuiltPage) -> Iterator[Fault]:
    """PubDate is the date that the reader sees and the one in JSON-LD."""
    date = day_of(page)
    if not date:
        return
    if page.shown_date != date:
        yield Fault(f"PubDate is {date}, the date shown below the title is {page.shown_date or 'missing'}")
    for script in page.all("//script[@type='application/ld+json']"):
        told = _published(script.text or "")
        if told is not None and told[:10] != date:
            yield Fault(f"PubDate is {date}, JSON-LD says {told}", line_of(script))


def day_of(page: BuiltPage) -> str:
    """The day of PubDate, ISO; empty when there is none of the right form."""
    values = [value for value in page.labels("PubDate") if re.fullmatch(PUB_DATE, value, re.ASCII)]
    return values[0][:10] if values else ""


def _published(text: str) -> str | None:
    try:
        record = json.loads(text)
    except ValueError:
        return None
    return str(record["datePublished"]) if isinstance(record, dict) and "datePublished" in record else None


def dates_in_lists(_: BuiltOutput, pages: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """A list's row shows the date of the notice that it leads to."""
    dates = {page.path: page.date for page in pages if page.is_article and page.date}
    for page in pages:
        for path, shown, line in page.rows:
            if path in dates and shown != dates[path]:
                yield Fault(
                    f"the row of {path} shows {shown or 'no date'}, its PubDate is {dates[path]}", line, page.path
                )


def dates_in_data(tree: BuiltOutput, pages: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """Feeds and the JSON of lists give a notice, and what is in it, the date of its page."""
    dates = {page.path: page.date for page in pages if page.is_article and page.date}
    for path in sorted(tree.files):
        told = _READERS.get(path.rpartition("/")[2])
        if told is None:
            continue
        for address, date in told((tree.folder / path).read_text(encoding="utf-8", errors="replace")):
            target = target_of(path, address, tree.config)
            if target and date[:10] != dates.get(target[0], date[:10]):
                yield Fault(f"{target[0]} is dated {date[:10]}, its PubDate is {dates[target[0]]}", file=path)


def _feed_dates(text: str) -> Iterator[tuple[str, str]]:
    for entry in text.split("<entry>")[1:]:
        link = re.search(r'<link rel="alternate"(?>[^<>]*? href=")([^"]++)"', entry)
        date = re.search(r"<published>([^<]*)</published>", entry)
        if link and date:
            yield link[1], date[1]


def _list_dates(text: str) -> Iterator[tuple[str, str]]:
    try:
        items = json.loads(text).get("items", ())
    except (ValueError, AttributeError):
        return
    yield from ((item["url"], item["published"]) for item in items if item.get("published"))


_READERS: Mapping[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "feed.xml": _feed_dates,
    "list.json": _list_dates,
}
"""Name of a file → address and date of each entry in its text."""
