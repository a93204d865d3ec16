"""Phones, mail, address and postcode of the contact paragraph, as printed (FORMATS h)."""

from __future__ import annotations

import re

from generator.base.diagnostics import Span
from generator.model.notice import Contact

_DASH = r"[-－—–‐─]"
_PHONE = re.compile(
    rf"""
    (?<![\d/\-—〔\[@.])
    (?:
      [（(]\s?0\d{{2,3}}\s?[）)]\s?{_DASH}?\s?\d{{3,4}}\s?\d{{4}}   # (0596)5835406  (0532)8765 4321
      | 0\d{{2,3}}\s?(?:{_DASH}\s?){{1,2}}(?:\d{{3,4}}\s?\d{{4}}|12\d{{3}})(?!\d)  # 0596-5835406  0719-12309
      | 0\d{{2,3}}\s\d{{7,8}}                                     # 0313 7812345
      | 0\d{{9,11}}                                             # 05965835406
      | 1[3-9]\d(?:\s|{_DASH})?\d{{4}}(?:\s|{_DASH})?\d{{4}}     # mobile
      | 400{_DASH}?\d{{3,4}}{_DASH}?\d{{3,4}}
      | 12\d{{3}}(?!\d)                                         # 12345, 12380
      | [2-8]\d{{2,3}}\s?\d{{4}}                                  # area code missing
    )
    (?:\s?(?:转|{_DASH})\s?\d{{1,5}}(?!\d))?                     # extension
    (?:[/、](?:\d{{2,4}})(?!\s?\d))?                                # last digits of a second number
    (?![\d号年月])
    """,
    re.VERBOSE,
)
_PHONE_KEY = re.compile(
    r"(?:电\s*话|来\s*电|联系方式|热\s*线|传\s*真|手\s*机|号\s*码)(?:号码)?(?:[（(][^（()）]{1,10}[）)])?\s*(?:为|是)?\s*[:：]?\s*"
)
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9_])?\s?[@＠]\s?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]{2,})*\.(?:com|cn|net|org|gov|edu)(?:\.cn)?"
)
_ADDRESS = re.compile(
    r"(?:(?:通\s*[信讯]|联系|邮寄|单位|办公|来信|信访|接待)?地\s*址|邮政信箱|(?:来信|信函)(?:请)?(?:寄|至)?(?=\s*[:：]))\s*(?:为|是)?\s*[:：]?\s*"
    r"(?P<value>[^，。；;\n]{4,80}?)\s*(?=[；;。\n]|[，,、]?\s*(?:邮政编码|邮\s*编|电\s*话|联系电话|联系方式|电子|邮\s*箱|收件人|联系人|受理)|[（(]\s*邮|[，,]|$)"
)
_POSTCODE = re.compile(
    r"(?:(?:邮\s*政\s*编\s*码|邮\s*编)(?:号码)?\s*(?:为|是)?\s*[:：]?"
    r"|地\s*址\s*[:：][^。；;\n]{4,60}?[，,、（( ])\s*(?P<value>\d{6})(?!\d)"
)


_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF_WIDTH |= {0xFF20: ord("@"), 0xFF0E: ord(".")}
"""Full-width digits, letters, ＠ and ．: addresses and numbers typed with them are the same."""


def contact_of(text: str) -> tuple[Contact, tuple[tuple[str, Span], ...]]:
    """The contact in the contact paragraphs' words, and where each value stands in them."""
    evidence: list[tuple[str, Span]] = []
    printed, text = text, text.translate(_HALF_WIDTH)
    emails = list(dict.fromkeys(found[0].replace(" ", "") for found in _EMAIL.finditer(text)))
    mail_spans = [Span(found.start(), found.end()) for found in _EMAIL.finditer(text)]
    evidence += [("contact.emails", span) for span in mail_spans[:1]]
    phones: list[str] = []
    for found in _PHONE.finditer(text):
        if any(span.start <= found.start() < span.end for span in mail_spans) or not _is_phone(text, found):
            continue
        if (phone := printed[found.start() : found.end()]) not in phones:
            phones.append(phone)
            evidence.append(("contact.phones", Span(found.start(), found.end())))
    address, postcode = _ADDRESS.search(text), _POSTCODE.search(text)
    evidence += [
        (path, Span(found.start("value"), found.end("value")))
        for path, found in (("contact.address", address), ("contact.postcode", postcode))
        if found
    ]
    contact = Contact(
        phones=tuple(phones),
        emails=tuple(emails),
        address=printed[address.start("value") : address.end("value")].strip() if address else None,
        postcode=postcode["value"] if postcode else None,
    )
    return contact, tuple(evidence)


def _is_phone(text: str, found: re.Match[str]) -> bool:
    """Whether a phone-like number is one: a short one without area code only behind a phone's key."""
    before = text[max(0, found.start() - 40) : found.start()]
    if found[0][0] in "(（0" or (found[0][0] == "1" and len(found[0]) >= 11):
        return not re.search(r"(?:备案?|安备|许可证?|编\s*码|索引号|文号|账号|身份证|邮\s*编)\s*[:：]?\s*$", before)
    keys = list(_PHONE_KEY.finditer(before))
    return bool(keys) and re.fullmatch(r"[\d\s、，,/；;\-－—–()（）转]*", before[keys[-1].end() :]) is not None
