"""Phones, mail, address and postcode of the contact paragraph, and whatever in it could not be read (FORMATS h).

The words are cut at their keys (电话, 地址, 邮编 …): what stands behind a key until the next one is its value. A number
without an area code is a phone only as a phone's value. What no fact took is `unread`: no page may say 未载明 of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Contact
from generator.model.phones import DASHES
from generator.parser.printed_dates import tokens_of
from generator.parser.rules import contacts

_PHONE = re.compile(contacts.PHONE, re.VERBOSE)
_EMAIL = re.compile(contacts.EMAIL)
_KEY = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in contacts.KEYS))
_NO_PHONE = re.compile(contacts.NO_PHONE)
_AREA_OR_MOBILE = re.compile(r"[+(]|0|1[3-9]\d|[48]00-?\d")
_ADDRESS = re.compile(r"\s*+(?P<value>[^，。；;,\n(]{2,80}(?:\([^()\d]{1,40}\)[^，。；;,\n(]{0,40})?)")
_REST_OF_PLACE = re.compile(
    r"(?<![号楼室层栋座院])\n[^，。；,;:\s]{0,16}(?:号|号楼|楼|室|层|栋|座|院|办公室)(?=[。；;.\n]|$)"
)
_IS_PLACE = re.compile(r"[号路街巷村镇乡楼室栋座幢箱城区县市院局部厅道委园]")
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_PUT_BEHIND = re.compile(r"\s*+[(,，、]?\s*+(?P<value>\d{6})(?!\d)\)?")
_OFFICE = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,24})\s*+[:：]?\s*+$")
_OFFICE_BEHIND = re.compile(r"\s*+\((?P<name>[\u4e00-\u9fff]{2,16})\)")
_NO_OFFICE = re.compile(contacts.NO_OFFICE)
_HARMLESS = re.compile(contacts.HARMLESS)
_DIGITS = re.compile(r"\d+")
_CLAUSE = "，。；;,\n"
_MOST_UNREAD = 40
"""Characters of a piece that could not be read."""

_SAME_WIDTH: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(sign): "-" for sign in DASHES},
    0x3000: " ",
    0xA0: " ",
    ord("，"): "，",
    ord("；"): "；",
}
"""Half width for all but the stops of a clause, and one sign for every dash; the words stay as long as they are."""
_CN_ONE = re.compile(r"(?<=\d)一(?=\d)")


class ReadContact(NamedTuple):
    """What a contact paragraph says."""

    contact: Contact
    evidence: tuple[tuple[str, Span], ...]
    """Where each value stands in the words."""


class _ContactField(NamedTuple):
    """A key and its value: `kind` is empty for what stands before the first key."""

    kind: str
    key: Span
    end: int


def contact_of(text: str) -> ReadContact:
    """The contact in the contact paragraphs' words."""
    plain = _CN_ONE.sub("-", text.translate(_SAME_WIDTH))
    fields = list(_fields(plain))
    mails = [Span(*found.span()) for found in _EMAIL.finditer(plain)]
    phones = list(_phones(plain, fields, mails))
    address = next(_addresses(plain, fields), None)
    postcode = next(_postcodes(plain, fields, address), None)
    found = [
        *(("contact.phones", span) for span in phones),
        *(("contact.emails", span) for span in mails),
        *((("contact.address", address),) if address else ()),
        *((("contact.postcode", postcode),) if postcode else ()),
    ]
    unread = _unread(plain, fields, [span for _, span in found])
    whose = {span.of(text): _office(plain, fields, span) for span in phones}
    contact = Contact(
        phones=tuple(dict.fromkeys(span.of(text) for span in phones)),
        emails=tuple(dict.fromkeys(_mail(span.of(plain)) for span in mails)),
        address=address.of(text).replace("\n", "") if address else None,
        postcode=postcode.of(plain) if postcode else None,
        whose=tuple((phone, name) for phone, name in whose.items() if name),
        unread=tuple(dict.fromkeys(span.of(text) for span in unread)),
    )
    return ReadContact(contact, tuple(found))


def stray_contacts(text: str, known: Contact) -> Iterator[Span]:
    """Numbers and mail addresses behind a key of a contact that are none of the known facts."""
    if not _STRAY_KEY.search(text):
        return
    plain = text.translate(_SAME_WIDTH)
    facts = {re.sub(r"\D", "", phone) for phone in known.phones} | set(known.emails) | {known.postcode or ""}
    for found in _STRAY.finditer(plain):
        value = found["digits"] or found["mail"]
        if not any(value in fact or _bare(value) in _bare(fact) for fact in facts if fact):
            yield Span(*found.span())


_STRAY_KEY = re.compile(contacts.STRAY_KEYS)
_STRAY = re.compile(
    rf"(?:{contacts.STRAY_KEYS})[^，。；;,\n\d]{{0,12}}"
    rf"(?:(?P<mail>[A-Za-z]{contacts.MAIL_REST})|(?P<digits>[+(]?\d[\d() -]{{5,24}}\d))"
)


def _bare(value: str) -> str:
    return "".join(re.findall(r"[0-9a-z@.]", value.lower()))


def _fields(plain: str) -> Iterator[_ContactField]:
    keys = list(_KEY.finditer(plain))
    starts = [key.start() for key in keys]
    yield _ContactField("", Span(0, 0), starts[0] if keys else len(plain))
    for key, end in zip(keys, [*starts[1:], len(plain)], strict=False):
        yield _ContactField(key.lastgroup or "", Span(*key.span()), end)


def _field_at(fields: Sequence[_ContactField], offset: int) -> _ContactField:
    return fields[max(bisect_right(fields, offset, key=_begin) - 1, 0)]


def _begin(field: _ContactField) -> int:
    return field.key.start


def _phones(plain: str, fields: Sequence[_ContactField], mails: Sequence[Span]) -> Iterator[Span]:
    """The phones: with an area code anywhere but behind a key of other numbers, else as the value of a phone's key."""
    for found in _PHONE.finditer(plain):
        if any(span.start <= found.start() < span.end for span in mails):
            continue
        field = _field_at(fields, found.start())
        is_whole = _AREA_OR_MOBILE.match(found[0]) is not None
        is_other = _NO_PHONE.search(plain, max(0, found.start() - 12), found.start()) is not None
        if not is_other and (field.kind == "phone" or (is_whole and field.kind != "postcode")):
            yield Span(*found.span())


_OFFICE_LAST = re.compile(r"\((?:[^()\d号楼室层]{2,16}|(?:请|信封|信件|来信|封面|信函)[^()]{2,40})\)$")
"""Behind an address: whose it is, 人民街1号(党政综合办), or what is to be written: (信封上注明“意见建议”)."""


def _addresses(plain: str, fields: Sequence[_ContactField]) -> Iterator[Span]:
    for field in fields:
        if field.kind != "address":
            continue
        found = _ADDRESS.match(plain, field.key.end, field.end)
        if found is None:
            continue
        start = found.start("value")
        rest = _REST_OF_PLACE.match(plain, found.end(), field.end)
        words = plain[start : rest.end() if rest else found.end()].rstrip(" 、")
        words = re.sub(r"(?<!\s)\s*+\d{6}$", "", words)
        stop = start + len(_OFFICE_LAST.sub("", words) if "(" in words else words.rstrip(")"))
        if stop - start >= contacts.SHORTEST_ADDRESS and _IS_PLACE.search(plain, start, stop):
            yield Span(start, stop)


def _postcodes(plain: str, fields: Sequence[_ContactField], address: Span | None) -> Iterator[Span]:
    """The postcode: behind its key, else right behind the address."""
    for field in fields:
        if field.kind == "postcode" and (found := _POSTCODE.search(plain, field.key.end, field.end)):
            yield Span(*found.span())
    if address is not None and (found := _PUT_BEHIND.match(plain, address.end)):
        yield Span(*found.span("value"))


def _office(plain: str, fields: Sequence[_ContactField], phone: Span) -> str | None:
    """Whose phone it is, as printed before or behind it: 局办公室 of 监督电话：局办公室 5835406."""
    field = _field_at(fields, phone.start)
    clause = plain[max(field.key.end, phone.start - _MOST_UNREAD) : phone.start].rstrip(" (")
    found = _OFFICE.search(clause) or _OFFICE_BEHIND.match(plain, phone.end)
    return found["name"] if found and not _NO_OFFICE.search(found["name"]) else None


def _unread(plain: str, fields: Sequence[_ContactField], taken: Sequence[Span]) -> Iterator[Span]:
    """Digits that no fact took, and keys that no fact stands behind."""
    reached = {_field_at(fields, span.start) for span in taken}
    open_ = [field for field in fields if field.kind in contacts.REACHED_BY and field not in reached]
    open_ = [field for field in open_ if plain[field.key.end : field.end].strip(" :，。；;,、\n()")]
    for field in open_:
        words = plain[field.key.start : min(field.end, field.key.end + _MOST_UNREAD)].rstrip(" 。；;,，、\n")
        yield Span(field.key.start, field.key.start + len(words))
    covered = bytearray(len(plain))
    for start, end in (*taken, *_harmless(plain), *((field.key.start, field.end) for field in open_)):
        covered[start:end] = b"\1" * (end - start)
    for found in _DIGITS.finditer(plain):
        if len(found[0]) >= contacts.FEWEST_DIGITS and not covered[found.start()]:
            near = max(0, found.start() - _MOST_UNREAD)
            yield Span(max(near, *(plain.rfind(mark, near, found.start()) + 1 for mark in _CLAUSE)), found.end())


def _harmless(plain: str) -> Iterator[Span]:
    """Dates, hours and counts, by which nobody is reached."""
    yield from (token.span for token in tokens_of(plain))
    yield from (Span(*found.span()) for found in _HARMLESS.finditer(plain))


def _mail(printed: str) -> str:
    return re.sub(r"\s", "", re.sub(contacts.AT, "@", printed))
