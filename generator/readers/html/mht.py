"""Saved web pages in one file (.mht, .mhtml): the page is taken out and read as a web page."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message

from generator.readers import limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.html import reader as html
from generator.readers.signatures import signature_of


def read(data: bytes) -> Document:
    """The main page of the archive: its first part that is a web page."""
    limits.check("office-bytes", len(data))
    limits.check("mime-parts", data.count(b"Content-Type:") + data.count(b"content-type:"))
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        content = page.get_payload(decode=True) if page else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(f"the saved page is damaged ({type(error).__name__}). Save it again as .html.") from None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise ReadError("there is no web page in it. Open it in a browser and save it again as .html.")
    return html.read(content, declared=_charset(page), file_format="html")


def _charset(part: Message) -> str | None:
    """The encoding that the part's header names; None when it names none that can be read."""
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, UnicodeError):
        return None


READER = Reader(format="mht", suffixes=(".mht", ".mhtml"), claims=lambda data: signature_of(data) == "mht", read=read)
