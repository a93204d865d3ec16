"""What a phone or a calendar takes in: .vcf of a unit's contact, .ics of the deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from generator.content.config import Config
from generator.model.phones import dialled
from generator.model.vocabulary import DEADLINE_WORDS
from generator.site.model import SiteDeadline, SiteUnit

_FOLD = 75  # octets of a line, without its end (RFC 5545 §3.1, RFC 6350 §3.2)


def vcard(config: Config, unit: SiteUnit) -> bytes:
    """The contact of a unit as a vCard 4.0 (RFC 6350)."""
    contact = unit.contact
    rows = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:tag:{config.authority}\\,2025:unit/{unit.unit.id}",
        f"FN:{_text(unit.unit.name)}",
        f"ORG:{_text(unit.unit.name)}",
        *(f"TEL;VALUE=uri;TYPE=work,voice:tel:{dialled(phone)}" for phone in contact.phones if dialled(phone)),
        *(f"EMAIL:{_text(email)}" for email in contact.emails),
    ]
    if contact.address or contact.postcode:
        rows.append(f"ADR:;;{_text(contact.address or '')};;;{_text(contact.postcode or '')};中国")
    rows += [f"URL:{config.base_url}{unit.path}index.html", "END:VCARD"]
    return _lines(rows)


def calendar(config: Config, title: str, deadlines: Sequence[SiteDeadline], as_of: dt.date | None) -> bytes:
    """The deadlines as all-day events (RFC 5545). A deadline known to the month only is on the month's last day.

    Of more than a phone takes in, those that matter most: what is still due, the soonest first, then what passed last.
    """
    stamp = f"{as_of or dt.date(1970, 1, 1):%Y%m%d}T000000Z"
    events, left = dict[int, bytes](), _LARGEST
    for index in sorted(range(len(deadlines)), key=lambda at: _urgency(deadlines[at])):
        event = _lines(_event(config, deadlines[index], stamp))
        if len(event) <= left:
            events[index] = event
            left -= len(event)
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//disclose//deadlines//ZH", f"X-WR-CALNAME:{_text(title)}"]
    if len(events) < len(deadlines):
        rows.append(f"X-WR-CALDESC:{_text(f'共 {len(deadlines)} 项，只载最近的 {len(events)} 项，其余见网页。')}")
    return _lines(rows) + b"".join(events[index] for index in sorted(events)) + b"END:VCALENDAR\r\n"


_LARGEST = 199_000
"""Bytes of a calendar's events: with its head below 200 kB, which every phone takes in."""


def _urgency(deadline: SiteDeadline) -> tuple[int, int]:
    day = deadline.date.last_day.toordinal()
    return (0, day) if deadline.state == "due" else (1 if deadline.state == "over" else 2, -day)


def _event(config: Config, deadline: SiteDeadline, stamp: str) -> Iterable[str]:
    notice, day = deadline.notice.notice, deadline.date.last_day
    name = notice.unit.name.removeprefix("中共")
    return (
        "BEGIN:VEVENT",
        f"UID:{notice.id}-{deadline.anchor}@{config.authority}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(f'整改期限：{deadline.title}（{name}）')}",
        f"DESCRIPTION:{_text(f'期限 {deadline.date.chinese}，{DEADLINE_WORDS[deadline.state]}。')}",
        f"URL:{config.base_url}{deadline.notice.path}index.html#{deadline.anchor}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _text(value: str) -> str:
    for char, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        value = value.replace(char, escaped)
    return "".join(char for char in value if char >= " ")


def _lines(rows: Iterable[str]) -> bytes:
    return b"".join(part for row in rows for part in _folded(row.encode()))


def _folded(row: bytes) -> Iterable[bytes]:
    """The line in pieces of at most 75 octets, never cut inside a character."""
    start, limit = 0, _FOLD
    while len(row) - start > limit:
        end = start + limit
        while row[end] & 0xC0 == 0x80:
            end -= 1
        yield (b" " if start else b"") + row[start:end] + b"\r\n"
        start, limit = end, _FOLD - 1
    yield (b" " if start else b"") + row[start:] + b"\r\n"
