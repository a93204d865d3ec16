"""What an address in a link means to a browser (WHATWG URL): which host it leads to."""

from __future__ import annotations

import re

_DROPPED = re.compile(r"[\t\n\r]")
_AROUND = "".join(map(chr, range(0x21)))
_WEB = re.compile(r"(?:https?:)?(?=[/\\]{2})|https?:", re.IGNORECASE)


def host_of(address: str) -> str | None:
    r"""The host that a browser asks, with its port, in small letters; None for an address inside the site.

    A backslash is a slash to it, more slashes are two, and what stands before @ is no host.

    >>> host_of("//evil.cn/a"), host_of(r"/\evil.cn"), host_of(r"https://evil.cn\@x.gov.cn/"), host_of("https:evil.cn")
    ('evil.cn', 'evil.cn', 'evil.cn', 'evil.cn')
    >>> host_of("a//b"), host_of("/a"), host_of("#//x"), host_of("mailto:a@b.cn"), host_of("HTTPS://u@X.cn:8443?q")
    (None, None, None, None, 'x.cn:8443')
    """
    address = _DROPPED.sub("", address).strip(_AROUND)
    scheme = _WEB.match(address)
    if scheme is None:
        return None
    place = re.split(r"[/\\?#]", address[scheme.end() :].lstrip("/\\"), maxsplit=1)[0]
    return place.rpartition("@")[2].lower()
